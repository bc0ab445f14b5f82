### Obszar: katalog i sklep. Klucze zaczynają się od nazwy rzeczy, której dotyczą.

## Lista produktów w biurze

products-title = Produkty w katalogu
products-count = { $n ->
    [one] { $n } produkt
    [few] { $n } produkty
   *[many] { $n } produktów
}
products-find = Znajdź produkt
products-find-hint = Nazwa, SKU lub GTIN
products-query = „{ $query }”
products-class = Klasa { $class }
products-state = Stan
products-state-all = Wszystkie
products-state-active = W sprzedaży
products-state-retired = Wycofane
products-state-out = Brak w magazynie
products-state-nocost = Bez kosztu
products-column-sku = SKU
products-column-name = Nazwa
products-column-category = Kategoria
products-column-type = Rodzaj zamówienia
products-column-class = Klasa
products-column-stock = W magazynie
products-column-unit = Jednostka
products-column-cost = Koszt jednostki
products-column-currency = Waluta
products-column-lead = Czas realizacji
products-column-lead-days = Czas realizacji, dni
products-column-active = W sprzedaży

## Produkt, tak jak zmienia go sprzedawca

product-new = Nowy produkt
product-retired = Wycofany
product-cost-estimated = szacunkowy
product-stock-since = Najstarszy zapas od
product-cost-is-estimated = Koszt jest założeniem
product-can-be-bought = W sprzedaży
product-lead-days = { $n ->
    [one] { $n } dzień roboczy
    [few] { $n } dni robocze
   *[many] { $n } dni roboczych
}
product-order-type-stock = Z magazynu
product-order-type-mto = Na zamówienie
product-order-type-eto = Projektowany na zamówienie
product-see-in-shop = Zobacz w sklepie
product-mpn = Numer części producenta
product-description = Opis
product-packing = Opakowanie
product-pack = Zawartość opakowania
product-packs-per-pallet = Opakowań na palecie
product-minimum = Najmniejsze zamówienie
product-step = Sprzedawany w wielokrotnościach
product-weight = Masa
product-days-unit = dni rob.
product-supply = Dostępność
product-origin = Kraj pochodzenia
product-customs-code = Kod celny
product-seller-only = Tylko dla nas
product-seller-only-hint = Kupujący nigdy nie widzą klasy ani kosztu, ani na stronach, ani w API.
product-technical-data = Dane techniczne
product-attributes-hint = Dane techniczne, zdjęcia i dokumenty pochodzą z importu lub z API.
flash-product-saved = Produkt został zapisany.

## Odmowy i błędne dane

refusal-product-changed = Ktoś inny zmienił w tym czasie ten produkt. Wczytaj go ponownie i wprowadź zmianę jeszcze raz.
invalid-product-changed = Ktoś inny zmienił w tym czasie ten produkt. Porównaj swoje dane z obecnymi i zapisz ponownie.
invalid-product-name-long = Ten tekst jest za długi. Nazwa może mieć najwyżej 200 znaków, a numer części 60.
invalid-product-description-long = Opis jest za długi. Może mieć najwyżej 5000 znaków.
invalid-product-pack = Zawartość opakowania musi być większa od zera.
invalid-product-pallet = Liczba opakowań na palecie to liczba całkowita lub 0.
invalid-product-step = Krok musi być większy od zera.
invalid-product-minimum = Najmniejsze zamówienie musi być wielokrotnością kroku.
invalid-product-stock = Stan magazynu to zero lub więcej, w jednostce produktu.
invalid-product-lead-days = Czas realizacji to od 0 do 730 dni roboczych.
invalid-product-weight = Masa to od 0 do 100 000 000 gramów.
invalid-product-customs-code = Kod celny składa się z najwyżej 12 cyfr.
invalid-product-class = Klasa to od 1 do 12 liter i cyfr, na przykład A.
invalid-product-cost = Koszt nie może być ujemny.
invalid-product-too-many = Jest ich za dużo. Zostaw te, które są ważne.
invalid-product-media-url = Adres zdjęcia lub dokumentu zaczyna się od https:// albo / i nie ma spacji.
invalid-product-unit = Nie znamy tej jednostki. Użyj na przykład piece, metre lub kilogram.
invalid-product-drawing = Nie znamy takiego rysunku. Pomiń go, a pokażemy zwykły karton.
invalid-product-sku-taken = Inny produkt ma już to SKU.
invalid-product-gtin-taken = Inny produkt ma już ten GTIN.
invalid-product-sku-or-gtin-taken = Inny produkt ma już to SKU lub ten GTIN.
invalid-product-sku-fixed = SKU produktu się nie zmienia. Utwórz zamiast tego nowy produkt.
invalid-category-unknown = Nie ma takiej kategorii. Wybierz jedną z listy.
invalid-category-code = Kod kategorii to małe litery, cyfry i łączniki, najwyżej 60 znaków.
invalid-attribute-unknown = Nie ma takiej cechy. Najpierw ją zaimportuj.
invalid-attribute-value = To nie jest wartość właściwa dla tej cechy.

## Sklep: strona główna, listy, wyszukiwanie

shop-title = Produkty i ceny
shop-welcome = Witamy w { $merchant }
shop-hello = Dzień dobry, { $name }
shop-lead = { $n ->
    [one] { $n } produkt, z Twoją ceną i stanem magazynu.
    [few] { $n } produkty, każdy z Twoją ceną i stanem magazynu.
   *[many] { $n } produktów, każdy z Twoją ceną i stanem magazynu.
}
shop-lead-deals = { $n ->
    [one] { $n } oferta czeka na Twoją odpowiedź.
    [few] { $n } oferty czekają na Twoją odpowiedź.
   *[many] { $n } ofert czeka na Twoją odpowiedź.
}
shop-see-offers = Zobacz oferty
shop-sign-in-own-prices = Zaloguj się, aby zobaczyć swoje ceny
shop-sign-in-for-price = Zaloguj się, aby zobaczyć cenę
shop-open-orders = Otwarte zamówienia
shop-offers-waiting = Oferty czekające na Ciebie
shop-in-cart = Pozycje w koszyku
shop-deals = Negocjacje
shop-valid = Ważność
shop-answer-by = odpowiedź do: { $moment }
shop-holds-until = do: { $moment }
shop-bought-lately = Ostatnio kupowane
shop-all-orders = Wszystkie zamówienia
shop-empty = Nie ma jeszcze produktów
shop-empty-hint = Gdy tylko katalog zostanie zaimportowany, pojawią się tu jego kategorie.
shop-picture = Zdjęcie
shop-article = Artykuł
shop-availability = Dostępność
shop-my-price = Moja cena
shop-on-request = na zapytanie
shop-ask = Zapytaj
shop-price-from = { $price } od { $quantity }
shop-pack-of = opakowanie { $quantity }
shop-quantity-of = Ilość { $sku }
shop-in-stock-now = Teraz w magazynie
shop-available-in = { $n ->
    [0] Brak w magazynie
    [one] Za { $n } dzień roboczy
    [few] Za { $n } dni robocze
   *[many] Za { $n } dni roboczych
}
shop-made-in = { $n ->
    [0] Na zamówienie
    [one] Na zamówienie, { $n } dzień roboczy
    [few] Na zamówienie, { $n } dni robocze
   *[many] Na zamówienie, { $n } dni roboczych
}
shop-sort-best = Najlepsze dopasowanie
shop-sort-article = Według artykułu
shop-sort-name = Nazwa
shop-sort-price = Cena od najniższej
shop-sort-price-down = Cena od najwyższej
shop-sort-stock = Największy stan
shop-clear-all = Usuń wszystkie
shop-show-n = Pokaż { $n }
shop-from = { $name } od
shop-to = { $name } do
shop-more-values = { $n ->
    [one] Jeszcze { $n }
    [few] Jeszcze { $n }
   *[many] Jeszcze { $n }
}
shop-search-title = Szukaj: { $query }
shop-nothing-for = Nic nie znaleziono dla „{ $query }”
shop-nothing-hint = Sprawdź pisownię, użyj mniej słów albo zajrzyj do kategorii poniżej.
shop-categories = Kategorie
shop-all-results = Wszystkie wyniki
