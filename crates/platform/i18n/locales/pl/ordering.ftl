### Obszar: ordering.

order = Zamówienie
orders-title = Zamówienia
orders-find = Numer zamówienia
orders-count = { $n ->
    [one] { $n } zamówienie
    [few] { $n } zamówienia
   *[other] { $n } zamówień
}
orders-empty = Nie ma tu jeszcze zamówień
orders-empty-hint = Tu pojawi się to, co zamówisz Ty i inne osoby z Twojej firmy.
order-title = Zamówienie { $number }
order-placed = Złożono
order-state-open = Otwarte
order-state-shipped = Wysłane
order-state-completed = Zrealizowane
order-state-cancelled = Anulowane
order-po-number = Nr zamówienia klienta
order-requested = Potrzebne na
order-ship-to = Adres dostawy
order-bill-to = Adres na fakturze
order-product = Produkt
order-price = Cena
order-goods = Towar
order-freight = Transport
order-net = Netto
order-gross = Brutto
order-saving = Oszczędność
order-tax-home = VAT { $rate }
order-tax-reverse-charge = VAT, odwrotne obciążenie
order-tax-export = Bez VAT, eksport
order-line-negotiated = Ustalenie { $number }
order-line-negotiated-plain = Wynegocjowano
order-line-list = Cennik: { $lists }
order-thanks = Dziękujemy, zamówienie { $number } zostało złożone
order-thanks-mail = Potwierdzenie wysyłamy na { $email }.
order-show = Pokaż zamówienie
order-go-on = Kupuj dalej
order-again = Zamów ponownie
order-again-missing = { $n ->
    [one] { $n } produktu nie można już kupić. Pozostałe są w koszyku.
    [few] { $n } produktów nie można już kupić. Pozostałe są w koszyku.
   *[other] { $n } produktów nie można już kupić. Pozostałe są w koszyku.
}
order-cancel = Anuluj zamówienie
flash-reordered = Produkty są w koszyku, w dzisiejszych cenach.
flash-order-cancelled = Zamówienie zostało anulowane.
credit-notes-title = Noty kredytowe
credit-notes-empty = Brak not kredytowych
credit-notes-empty-hint = Gdy towar wraca albo zamówienie zostaje anulowane po fakturze, korekta pojawia się tutaj.
invalid-idempotency-key = Idempotency-Key ma od 1 do 80 widocznych znaków ASCII bez spacji.
refusal-idempotency-key-reused = Tego Idempotency-Key użyto już do innego żądania. Do nowego żądania użyj nowego klucza.
refusal-cart-ordered = Ten koszyk został już zamówiony. Zamówienie znajdziesz w historii.
refusal-cart-empty = Koszyk jest pusty. Najpierw dodaj produkt.
refusal-order-line-unavailable = { $sku } nie można już kupić. Usuń tę pozycję z koszyka i zamów ponownie.
refusal-order-no-address = Brakuje adresu dla towaru lub faktury. Dodaj go na koncie firmy.
refusal-order-date = Żądana data już minęła. Wybierz późniejszą.
refusal-order-price-changed = W koszyku było { $seen }, a teraz jest { $now }. Nic nie zamówiono: sprawdź koszyk i zamów ponownie.
refusal-order-not-open = Zamówienie jest w drodze lub zakończone i nie można go tak zmienić. Zapytaj opiekuna.

## Strona produktu

stock-none = Brak w magazynie
stock-amount = { $amount } w magazynie
stock-more-in = więcej za { $days }
stock-made-in = wykonanie: { $days }
packing-pack = opakowanie { $pack }
packing-pallet = opakowanie { $pack }, paleta { $pallet }
product-is-retired = Ten produkt nie jest już sprzedawany. Poszukaj następcy albo zapytaj opiekuna.
product-class = Klasa
product-cost = Koszt
product-documents = Dokumenty
price-yours = Twoja cena
price-by-quantity = Twoja cena według ilości
price-per-pack = { $price } za opakowanie { $pack }
price-source = Cennik: { $list }.
price-source-list = Cena z cennika.
price-valid-until = Ważna do { $date }.
price-last-paid = Ostatnio zapłacono { $price } dnia { $date }.
price-nudge = Zamów o { $more } więcej i zapłać { $price }.
price-total-words = { $quantity } po { $price }
price-hidden = Ceny są dla klientów.
price-sign-in-own = Zaloguj się, aby zobaczyć swoją cenę
price-on-request = Ten produkt nie ma jeszcze ceny. Zapytaj opiekuna.
tier-from = Od
tier-saving = Oszczędzasz
tier-current = Twoja ilość
tier-to-go = brakuje { $quantity }
pack-words = one:opakowanie|few:opakowania|many:opakowań|other:opakowania
pallet-words = one:paleta|few:palety|many:palet|other:palety
quantity-less = Mniej
quantity-more = Więcej
add-to-cart = Do koszyka
