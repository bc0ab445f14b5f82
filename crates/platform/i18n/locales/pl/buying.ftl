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
cart-breaks-title = Przy { $quantity } ustalenie już nie obowiązuje
cart-breaks-totals = Koszyk wyniesie { $now } zamiast { $before }.
cart-breaks-more = To o { $more } więcej.
cart-breaks-change = Zmień na { $quantity }
cart-breaks-keep = Zostaw { $quantity }
cart-breaks-removal-title = Bez tej pozycji ustalenie przestanie obowiązywać
cart-breaks-remove = Usuń ją
cart-breaks-unbinding-title = Bez ustalenia obowiązuje cena z cennika
cart-breaks-unbind = Zrezygnuj z ustalenia
cart-unusual-title = { $quantity }: czy na pewno?
cart-unusual-text = { $why ->
    [stock] W magazynie jest { $known }.
   *[usual] Zwykle jest to najwyżej { $known }.
}{ $pallets ->
    [0] {""}
    [one] {" "}To { $pallets } paleta.
    [few] {" "}To { $pallets } palety.
   *[other] {" "}To { $pallets } palet.
} { $value }
cart-unusual-change = Tak, { $quantity }
cart-unusual-keep = Nie, zmień
cart-deal-fits = Ustalenie { $number } pasuje do tej pozycji: { $price }, oszczędzasz { $saving }
cart-deal-use = Użyj
cart-deal-unbind = Zamów bez ustalenia
cart-deal-split = Cena z ustalenia { $number } nie obejmuje więcej: { $rest } jest w osobnej pozycji po cenie z cennika.
cart-added-now = { $quantity } w koszyku
cart-added-said = { $sku } jest w: { $cart } ({ $quantity }).
cart-added-deal = { $sku } jest w: { $cart } w cenie z ustalenia { $number } ({ $quantity }).
cart-added-split = { $sku } jest w: { $cart } ({ $quantity }). Ustalenie { $number } obejmuje mniej, więc { $rest } jest po cenie z cennika.
cart-show = Pokaż
cart-credit = Limit kredytowy { $limit }: { $used } zajmują otwarte zamówienia, z podatkiem; wolne { $free }.
cart-credit-over = To zamówienie przekroczy limit kredytowy o { $over }. Zapłać z góry albo zamów i poczekaj na zwolnienie:
cart-credit-release = decyduje { $name }.
cart-credit-release-team = decyduje nasz zespół.
tax-reason-collected = Odbierasz towar na miejscu, dlatego naliczamy podatek.
tax-reason-no-vat-id = Nie mamy Twojego numeru VAT, dlatego naliczamy podatek.
tax-reason-vat-id-elsewhere = Twój numer VAT nie jest z innego kraju UE, dlatego naliczamy podatek.
tax-reason-vat-id-unconfirmed = Twój numer VAT nie jest jeszcze potwierdzony, dlatego naliczamy podatek.
tax-reason-within-union = Zwolnienie, art. 138 dyrektywy 2006/112/WE; podatek rozlicza nabywca.
tax-reason-export = Zwolnienie, art. 146 dyrektywy 2006/112/WE: towar opuszcza UE.

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
checkout-place-order-held = Zamawiam i czekam na zwolnienie
checkout-deal-terms = Ustalenia mają własne terminy płatności:

flash-cart-added = Produkt jest w koszyku.
flash-cart-deal-added = Ustalenie jest w koszyku.
flash-cart-added-by-deal = Produkt jest w koszyku, w cenie z Twojego ustalenia.
flash-cart-deal-split = Twoje ustalenie obejmuje mniej, więc reszta jest w osobnej pozycji po cenie z cennika.
flash-cart-removed = Koszyk został usunięty.
flash-cart-restored = Koszyk wrócił.
flash-cart-line-removed = Pozycja została usunięta.
flash-cart-line-restored = Pozycja wróciła.

invalid-checkout-address = Wybierz adres.
invalid-checkout-po-number = Wpisz najwyżej { $most } znaków; jest ich { $length }.
invalid-checkout-date = Wpisz datę, na przykład 2026-11-27.
invalid-checkout-past = Ta data już minęła. Wybierz późniejszą.
invalid-checkout-too-soon = Towar nie będzie wtedy gotowy. Wybierz { $earliest } lub później.
invalid-checkout-payment = Twoje warunki pozwalają na najwyżej { $days } dni. Wybierz wcześniejszą płatność.
invalid-cart-product = Nie ma produktu o tym numerze.
invalid-cart-deal-rest = Ustalenie obejmuje { $most }. Nadwyżka { $over } to mniej niż najmniejsze zamówienie ({ $minimum }): zamów { $most } albo o { $minimum } więcej.

refusal-cart-over = Ten koszyk został już zamówiony. Pracuj na innym.
refusal-cart-too-many = Masz już tyle koszyków, ile można. Najpierw usuń jeden.
refusal-cart-full = Koszyk ma już tyle pozycji, ile można. Użyj drugiego koszyka.
refusal-cart-not-for-sale = Ten produkt został wycofany albo nie ma dla Ciebie ceny. Zapytaj swojego opiekuna.
refusal-cart-deal-over = Tego ustalenia nie można już zamówić: skończyła się jego ważność albo wykorzystało je zamówienie.
refusal-cart-none = Nie ma jeszcze koszyka. Najpierw dodaj produkt.
refusal-cart-unusual-quantity = { $quantity } to znacznie więcej, niż { $why ->
    [stock] jest w magazynie
   *[usual] zwykle
} ({ $known }). Potwierdź, jeśli tak ma być.
refusal-cart-breaks-deal = Ustalenie przestanie obowiązywać. Potwierdź zmianę albo zostaw, jak jest.
refusal-cart-line-there = Produkt jest już znowu w koszyku.
