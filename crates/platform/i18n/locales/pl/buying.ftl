### Obszar: buying. Klucz zaczyna się od nazwy rzeczy, do której należy.

carts-title = Koszyki
cart-first = Mój koszyk
cart-new = Nowy koszyk
cart-create = Utwórz
cart-name = Nazwa koszyka
cart-rename = Zmień nazwę
cart-select = Pracuj na tym koszyku
cart-remove = Usuń ten koszyk
cart-empty = Koszyk jest pusty
cart-empty-hint = Znajdź produkt albo zamów ponownie z historii.
cart-find-products = Znajdź produkty
cart-article = Artykuł
cart-update = Zmień
cart-no-price = Brak ceny
cart-retired = wycofany ze sprzedaży
cart-in-stock = w magazynie
cart-lead-days = { $n ->
    [0] na zamówienie
    [one] { $n } dzień roboczy
    [few] { $n } dni robocze
    [many] { $n } dni roboczych
   *[other] { $n } dnia roboczego
}
cart-quantity-of = Ilość: { $sku }
cart-remove-line = Usuń { $sku }
cart-totals = Razem
cart-list-net = Bez ustaleń, netto
cart-goods = Towar, netto
cart-freight = Transport
cart-freight-to-go = gratis od { $from } netto (brakuje { $missing })
cart-freight-free-from = gratis od { $from } netto
cart-freight-by-deal = gratis dzięki ustaleniu
cart-freight-collected = odbiór własny
cart-net = Netto
cart-gross = Brutto
cart-saving = Dzięki ustaleniom oszczędzasz { $amount }.
cart-payment = Płatność
cart-payment-prepaid = przed wysyłką
cart-payment-days = { $n ->
    [one] { $n } dzień od faktury
    [few] { $n } dni od faktury
    [many] { $n } dni od faktury
   *[other] { $n } dnia od faktury
}
cart-tax-home = VAT { $rate }
cart-tax-reverse-charge = VAT, odwrotne obciążenie
cart-tax-export = Bez VAT, eksport
cart-to-checkout = Do zamówienia
cart-not-orderable = Czegoś z koszyka nie można już kupić. Usuń to, aby przejść dalej.
cart-ask-total = Zapytaj o lepszą sumę
cart-add = Dodaj do koszyka
cart-back-to-product = Wróć do produktu
cart-deal = Ustalenie
cart-deal-holds = Ustalenie { $number }: { $price } zamiast { $list }
cart-deal-holds-plain = Ustalenie { $number }: { $price }
cart-deal-exactly = za { $quantity }
cart-deal-between = od { $from } do { $to }
cart-deal-whole = razem ze wszystkimi pozycjami ustalenia ({ $n })
cart-deal-until = do { $moment }
cart-deal-broken = Ustalenie { $number } nie obowiązuje: { $reason }
cart-deal-restore = Przywróć ustalenie
cart-deal-other-product = inny produkt
cart-broken-used = wykorzystało je inne zamówienie
cart-broken-expired = skończyła się jego ważność
cart-broken-missing = brak w koszyku
cart-broken-too-few = brakuje { $short }
cart-broken-too-many = obowiązuje do { $most }
cart-broken-pays-later = wymaga płatności { $needed }, wybrano { $present }
cart-back = Znowu { $price }: { $steps }, do { $moment }.
cart-back-used = Obowiązuje cena z cennika. Możesz zapytać ponownie.
cart-back-expired = Obowiązuje cena z cennika. Możesz zapytać ponownie.
cart-back-missing = dodaj ponownie do koszyka
cart-back-too-few = jeszcze { $short }
cart-back-too-many = najwyżej { $most }
cart-back-pays-later = płatność { $needed }
cart-breaks-heading = Ustalenie przestanie obowiązywać
cart-breaks-title = Przy { $quantity } ustalenie już nie obowiązuje
cart-breaks-totals = Koszyk wyniesie { $now } zamiast { $before }.
cart-breaks-more = To o { $more } więcej.
cart-breaks-change = Zmień na { $quantity }
cart-breaks-keep = Zostaw { $quantity }

checkout-title = Dostawa i warunki
checkout-steps = Kroki
checkout-review = Podsumowanie
checkout-ship-to = Adres dostawy
checkout-bill-to = Adres na fakturze
checkout-no-address = Twoja firma nie ma jeszcze adresu dostawy.
checkout-reference = Oznaczenie
checkout-po-number = Twój numer zamówienia
checkout-note = Uwagi
checkout-when = Termin
checkout-requested-on = Oczekiwana data
checkout-earliest = Wszystko może wyjechać do { $date }.
checkout-as-soon-as-possible = jak najszybciej
checkout-usual-terms = Twoje zwykłe warunki
checkout-terms = Warunki
checkout-to-review = Sprawdź zamówienie
checkout-back = Wróć do koszyka
checkout-change = Zmień dostawę lub warunki
checkout-place-order = Zamawiam

flash-cart-added = Produkt jest w koszyku.
flash-cart-deal-added = Ustalenie jest w koszyku.

invalid-checkout-address = Wybierz adres.
invalid-checkout-po-number = Wpisz najwyżej { $most } znaków; jest ich { $length }.
invalid-checkout-date = Wpisz datę, na przykład 2026-11-27.
invalid-checkout-past = Ta data już minęła. Wybierz późniejszą.
invalid-checkout-too-soon = Towar nie będzie wtedy gotowy. Wybierz { $earliest } lub później.
invalid-checkout-payment = Twoje warunki pozwalają na najwyżej { $days } dni. Wybierz wcześniejszą płatność.
invalid-cart-product = Nie ma produktu o tym numerze.

refusal-cart-over = Ten koszyk został już zamówiony. Pracuj na innym.
refusal-cart-too-many = Masz już tyle koszyków, ile można. Najpierw usuń jeden.
refusal-cart-full = Koszyk ma już tyle pozycji, ile można. Użyj drugiego koszyka.
refusal-cart-not-for-sale = Ten produkt został wycofany albo nie ma dla Ciebie ceny. Zapytaj swojego opiekuna.
refusal-cart-deal-over = Tego ustalenia nie można już zamówić: skończyła się jego ważność albo wykorzystało je zamówienie.
refusal-cart-none = Nie ma jeszcze koszyka. Najpierw dodaj produkt.
refusal-cart-breaks-deal = Przy tej ilości ustalenie przestanie obowiązywać. Potwierdź zmianę albo zostaw ilość.
