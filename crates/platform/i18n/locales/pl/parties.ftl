### Obszar: parties. Klucze zaczynają się od nazwy rzeczy, której dotyczą.

## Logowanie

password = Hasło
password-forgotten = Nie pamiętasz hasła?
reset-title = Ustaw nowe hasło
reset-lead = Podaj adres e-mail. Wyślemy odnośnik ważny przez dwie godziny.
reset-send = Wyślij odnośnik
reset-sent = Jeśli { $email } należy do konta, odnośnik jest już w drodze. Działa przez dwie godziny.
reset-back = Wróć do logowania
new-password-title = Wybierz hasło
new-password-lead = Co najmniej 10 znaków. Kilka słów z rzędu łatwiej zapamiętać niż znaki i cyfry.
new-password = Nowe hasło
new-password-set = Ustaw hasło
flash-password-set = Hasło zostało ustawione. Zaloguj się nim.
flash-signed-out-everywhere = Wylogowano Cię wszędzie.
invalid-password-short = Użyj co najmniej { $least } znaków.
invalid-password-known = To jedno z haseł, które sprawdza się najpierw: popularne słowo, rząd klawiszy, Twoje nazwisko. Wybierz kilka słów, które do siebie nie pasują.
refusal-sign-in-wrong = Adres e-mail i hasło do siebie nie pasują. Sprawdź oba albo poproś o odnośnik do ustawienia nowego hasła.
refusal-sign-in-throttled = Zbyt wiele prób. Spróbuj ponownie za { $seconds } s.
refusal-sign-in-busy = W tej chwili loguje się wiele osób. Spróbuj ponownie za { $seconds } s.
refusal-sign-in-choose = Działasz w imieniu kilku firm: { $companies }. Wybierz jedną i wpisz hasło jeszcze raz.
sign-in-kept = Wysłane dane są zachowane. Po zalogowaniu zobaczysz je ponownie i wyślesz jednym kliknięciem.
sign-in-kept-files = Pliki nie są zachowywane; trzeba je będzie wybrać ponownie.
sign-in-not-kept = Nastąpiło wylogowanie. Po zalogowaniu wrócisz na stronę, ale wysłane dane trzeba wpisać jeszcze raz.
kept-title = Zalogowano
kept-text = To, co zostało wcześniej wysłane, nie zostało jeszcze wykonane.
kept-files = Pliki nie są zachowywane. Przed wysłaniem wybierz je ponownie.
kept-file = Wybierz ponownie: { $names }
kept-send = Wyślij teraz
kept-back = Nie wysyłaj
kept-what = Co zostanie wysłane
refusal-reset-link-ended = Ten odnośnik został użyty lub jest zbyt stary. Poproś o nowy.

## Profil

profile-title = Profil i bezpieczeństwo
profile-you = Ty
phone = Telefon
password-present = Obecne hasło
password-change-hint = Nastąpi wylogowanie wszędzie. Zaloguj się potem nowym hasłem.
refusal-password-wrong = Obecne hasło jest błędne. Nic nie zostało zmienione.
own-data-title = Twoje dane
own-data-text = Wszystko, co przechowujemy o Tobie jako osobie, w jednym pliku. O usunięcie danych poproś administratora swojej firmy; zamówienia pozostaną, bez Twojego nazwiska.
sessions-title = Aktywne sesje
session-since = od: { $moment }
session-this = Ta sesja
sign-out-everywhere = Wyloguj wszędzie

## Firma

company-number = Numer klienta { $number }
company-terms = Warunki
vat-id = Numer VAT
vat-confirmation = Potwierdzenie numeru VAT
vat-unconfirmed = niepotwierdzony
vat-confirmed-on = potwierdzony { $date }
vat-confirmation-why = Towar wysyłany do innego kraju UE jest bez podatku tylko wtedy, gdy urząd (VIES) potwierdził numer.
vat-answer-on = Dzień odpowiedzi
vat-reference = Numer zapytania
vat-confirm = { $id } potwierdzono
flash-vat-not-confirmed = Podaj dzień, który już był, i najwyżej 60 znaków numeru zapytania.
invalid-vat-confirmed-on = Podaj dzień potwierdzenia numeru, najpóźniej dzisiejszy.
refusal-vat-other-id = Firma ma inny numer VAT niż potwierdzony. Sprawdź jeszcze raz.
payment-terms = Płatność
payment-prepaid = Z góry
payment-days = { $n ->
    [0] Z góry
    [one] { $n } dzień
   *[other] { $n } dni
}
credit-limit = Limit kredytowy
credit-taken = Zajęty limit
your-rep = Twój opiekun
people-title = Osoby
person-name = Imię i nazwisko
people-invite = Dodaj współpracownika
people-invite-send = Dodaj i wyślij zaproszenie
unit-of-company = Jednostka
unit-of = Jednostka osoby { $name }
role = Rola
unit-and-role = Jednostka i rola
role-of = Rola osoby { $name }
job-title = Stanowisko
you = Ty
blocked = Zablokowany
block = Zablokuj
unblock = Odblokuj
block-sure = Zablokować: { $name }? Nikt nie zaloguje się już na to konto, a obecne sesje zakończą się od razu.
erase = Usuń dane
erase-sure = Usunąć na zawsze imię i nazwisko, adres i hasło: { $name }? Zamówienia i negocjacje pozostaną, bez nazwiska.
units-title = Jednostki
units-empty = Nie ma jeszcze jednostek. Dodaj oddziały, aby rozróżniać zamówienia i budżety.
units-add = Dodaj jednostkę
units-parent = Należy do
code = Kod
addresses-title = Adresy
addresses-empty = Nie ma jeszcze adresów. Dodaj adres, aby można było wysłać towar.
addresses-add = Dodaj adres
address-name = Nazwa na etykiecie
address-street = Ulica i numer
address-postal-code = Kod pocztowy
address-city = Miejscowość
address-country = Kraj
address-shipping = Towar
address-billing = Faktury
address-remove = Usuń adres { $name }
address-remove-sure = Usunąć adres { $name }? Nie będzie można nic tam wysłać; wcześniejsze zamówienia go zachowają.
invalid-address-use = Zaznacz towar, faktury lub oba.
invalid-roles = Wybierz co najmniej jedną pasującą rolę: role firmowe dla firm, role pracownicze dla pracowników.
invalid-payment-days = Podaj od 0 do { $most } dni.
refusal-people-not-blocked = Najpierw zablokuj tę osobę, potem można usunąć jej dane.
refusal-people-invitations = Twoja firma zaprosiła dziś { $most } osób. Zaproś pozostałe jutro albo zapytaj swojego opiekuna.
refusal-people-yourself = Nie możesz zablokować siebie ani odebrać sobie roli administratora. Poproś innego administratora.
refusal-address-last = To ostatni adres tego rodzaju. Najpierw dodaj inny.

## Firmy, dla pracowników

companies-title = Firmy
companies-find = Nazwa lub numer klienta
companies-count = { $n ->
    [one] { $n } firma
    [few] { $n } firmy
   *[other] { $n } firm
}
companies-empty = Nie znaleziono firmy
companies-empty-hint = Wyszukaj część nazwy lub numeru klienta.
segment = Segment
price-group = Grupa cenowa
word-add = Dodaj segment lub grupę cenową
word-add-text = Polityki i cenniki używają dokładnie tych słów. Najpierw przejrzyj listę: inna pisownia to inny segment.
word-kind = Rodzaj
rep = Handlowiec
negotiation-blocked = Nie może negocjować
