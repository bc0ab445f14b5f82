### Area: mail. What mails say; the layout is in crates/platform/mail/templates.

mail-hello = Dzień dobry, { $name },
mail-hello-nobody = Dzień dobry,
mail-foot = Tę wiadomość wysłał serwis { $brand } w związku ze zdarzeniem na Twoim koncie.
mail-valid-until = Odnośnik działa do: { $moment }.

mail-password-reset-subject = Ustaw nowe hasło
mail-password-reset-title = Ustaw nowe hasło
mail-password-reset-text = Ktoś, zapewne Ty, poprosił o nowe hasło do Twojego konta. Ustaw je tutaj:
mail-password-reset-button = Ustaw hasło
mail-password-reset-ignore = Jeśli to nie Ty, nie musisz nic robić: hasło pozostanie bez zmian.

mail-password-changed-subject = Twoje hasło zostało zmienione
mail-password-changed-title = Twoje hasło zostało zmienione
mail-password-changed-text = Hasło do Twojego konta zostało zmienione: { $moment }. Nastąpiło wylogowanie wszędzie.
mail-password-changed-not-you = Jeśli to nie Ty, ustaw od razu inne hasło i powiadom swojego administratora.
mail-password-changed-button = Ustaw inne hasło

mail-welcome-subject = Twój dostęp do konta firmy { $company }
mail-welcome-title = Witamy w serwisie { $brand }
mail-welcome-text = Dodano Cię jako użytkownika firmy { $company }. Ustaw hasło, aby zalogować się po raz pierwszy:
mail-welcome-button = Ustaw hasło
mail-welcome-ignore = Jeśli nie znasz tej firmy, zignoruj tę wiadomość.

mail-order-confirmation-subject = Twoje zamówienie { $number }
mail-order-confirmation-title = Mamy Twoje zamówienie { $number }
mail-order-confirmation-text = Dziękujemy. Data przyjęcia: { $moment }.
mail-order-confirmation-button = Zobacz zamówienie
mail-order-po-number = Twój numer zamówienia
mail-order-requested-date = Oczekiwany termin
mail-order-payment-terms = Płatność
mail-order-product = Produkt
mail-order-total = Wartość netto
mail-order-at = { $quantity } po { $price }
mail-order-ship-to = Adres dostawy
mail-order-bill-to = Adres na fakturze

mail-order-news-subject = { $kind ->
    [held] Zamówienie { $number } czeka na zwolnienie
    [cancelled] Zamówienie { $number } zostało anulowane
    [refused] Zamówienie { $number } nie zostało zwolnione
   *[cancellation_asked] { $company } chce anulować zamówienie { $number }
}
mail-order-news-text = { $kind ->
    [held] Twoje zamówienie przekracza limit kredytowy. Sprawdzimy je i napiszemy do Ciebie.
    [cancelled] Twoje zamówienie zostało anulowane.
    [refused] Nie mogliśmy zwolnić Twojego zamówienia; zostało anulowane.
   *[cancellation_asked] Poprosiłeś nas o anulowanie zamówienia.
}
mail-order-news-text-staff = { $kind ->
    [held] { $company } zamawia powyżej limitu kredytowego. Zwolnij zamówienie albo odmów.
    [cancelled] Zamówienie firmy { $company } zostało anulowane.
    [refused] Odmówiono zamówienia firmy { $company }.
   *[cancellation_asked] Zamówienie jest w drodze. Sprawdź, czy można je zatrzymać.
}
mail-order-news-total = Razem z podatkiem
mail-order-news-reason = Powód
mail-order-news-button = Otwórz zamówienie

mail-negotiation-answered-subject = Nasza odpowiedź: { $product }
mail-negotiation-answered-title-agreed = Zgoda
mail-negotiation-answered-title-offers = Mamy dla Ciebie propozycję
mail-negotiation-answered-title-unasked = Mamy dla Państwa ofertę
mail-negotiation-answered-title-declined = Nie możemy zaproponować tej ceny
mail-negotiation-answered-text-agreed = Twoja prośba: { $product }, { $quantity } w cenie { $price }. Zgadzamy się.
mail-negotiation-answered-text-offers = Twoja prośba: { $product }, { $quantity } w cenie { $price }. Oto, co możemy zaproponować:
mail-negotiation-answered-text-unasked = Za { $quantity }, { $product }, możemy zaproponować:
mail-negotiation-answered-text-declined = Twoja prośba: { $product }, { $quantity } w cenie { $price }. Nie możemy zejść tak nisko. Możesz zapytać ponownie, podając inną cenę lub ilość.
mail-negotiation-answered-comment = { $rep } pisze: { $comment }
mail-negotiation-answered-valid = Ważne do: { $moment }.
mail-negotiation-answered-button = Zobacz odpowiedź

mail-negotiation-waiting-subject = { $company } pyta: { $product }, { $value }
mail-negotiation-waiting-title = { $company } czeka na Twoją odpowiedź
mail-negotiation-waiting-text = Termin obiecanej odpowiedzi: { $moment }.
mail-negotiation-waiting-buyer = Kupujący
mail-negotiation-waiting-quantity = Ilość
mail-negotiation-waiting-asked = Oczekiwana cena
mail-negotiation-waiting-current = Cena dzisiaj
mail-negotiation-waiting-value = Wartość
mail-negotiation-waiting-comment = { $buyer } pisze: { $comment }
mail-negotiation-waiting-button = Otwórz sprawę
