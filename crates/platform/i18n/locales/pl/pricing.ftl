### Area: pricing. Cenniki oraz skąd bierze się cena.

price-lists-title = Cenniki
price-lists-lead = Obowiązuje najwęższy ważny cennik: umowa, firma, grupa, ogólny.
price-lists-find = Szukaj po kodzie lub nazwie
price-lists-count = { $n ->
    [one] { $n } cennik
    [few] { $n } cenniki
   *[many] { $n } cenników
}
price-lists-empty = Nie znaleziono cennika
price-lists-empty-hint = Wyczyść wyszukiwanie albo utwórz cennik. Bez cennika nikt nie zobaczy ceny.
price-list = Cennik
price-list-new = Nowy cennik
price-list-create = Utwórz cennik
price-list-kind = Rodzaj
price-list-for = Dla kogo
price-list-for-all = wszyscy
price-list-for-groups = dla grup
price-list-scope-general = Ogólny
price-list-scope-group = Grupa
price-list-scope-company = Firma
price-list-scope-contract = Umowa
price-list-code = Kod
price-list-name = Nazwa widoczna dla kupujących
price-list-name-pl = Nazwa po polsku
price-list-company-number = Numer klienta, dla cenników jednej firmy
price-list-reference = Oznaczenie firmy, dla umów
price-list-first-day = Pierwszy dzień
price-list-last-day = Ostatni dzień
price-list-validity = Ważność
price-list-valid-always = zawsze
price-list-valid-from = od { $from }
price-list-valid-until = do { $until }
price-list-valid-between = od { $from } do { $until }
prices = Ceny
price-find = Szukaj produktu w tym cenniku
price-products-count = { $n ->
    [one] { $n } produkt
    [few] { $n } produkty
   *[many] { $n } produktów
}
prices-empty = Nie ma tu cen
prices-empty-hint = Dodaj cenę obok, prześlij ceny przez API albo zaimportuj plik.
price-product = Produkt
price-from = Od ilości
price-add = Dodaj cenę
price-of-from = Cena { $sku } od { $from }
price-remove = Usuń cenę { $sku } od { $from }

## Skąd bierze się cena

price-why-title = Ile płaci firma
price-why-lead = Dzisiejsza cena produktu dla jednej firmy i każdy cennik, który wzięto pod uwagę.
price-why-company = Numer klienta
price-why-show = Pokaż cenę
price-why-none = Dla tej firmy nie obowiązuje żaden cennik: nie widzi ona ceny i nie może zamówić produktu.
price-why-steps = Cena według ilości
price-why-verdict = Co z niego wynikło
price-verdict-used = wyznacza cenę
price-verdict-wider = obowiązuje węższy cennik
price-verdict-dearer = inny cennik nigdy nie jest droższy
price-verdict-other-currency = w innej walucie
price-verdict-not-yet-valid = zaczyna obowiązywać później
price-verdict-no-longer-valid = już nie obowiązuje
price-verdict-no-price = nie zawiera ceny

## Strona początkowa biura

office-start-lead = Co ustala sprzedawca i co przychodzi.
office-start-policy = Zasady negocjacji
office-start-policy-text = Kto może negocjować, ile wart jest każdy krok i kto decyduje
office-start-price-lists = Cenniki
office-start-price-lists-text = Ceny ogólne, grupy, firmy i umowy
office-start-companies = Firmy
office-start-companies-text = Warunki, osoby i adresy tych, którzy tu kupują
office-start-orders = Zamówienia
office-start-orders-text = Wszystko, co zamówiono, z cenami i ich uzasadnieniem
office-start-products = Produkty
office-start-products-text = Katalog oczami sprzedawcy

## Mówione raz

flash-price-list-created = Cennik utworzony. Teraz dodaj ceny.
flash-price-saved = Zapisano. Cena obowiązuje od teraz.

## Błędne dane i odmowy

invalid-price-list-code = Kod ma od 1 do 40 liter, cyfr, kropek, łączników lub podkreśleń.
invalid-price-list-code-taken = Inny cennik ma już ten kod. Wybierz inny.
invalid-price-list-name = Napisz najwyżej 80 znaków.
invalid-price-list-ends-first = Ostatni dzień wypada przed pierwszym. Przesuń jeden z nich.
invalid-price-list-scope = Wybierz: ogólny, grupa, firma albo umowa.
invalid-price-list-company = Żadna firma nie ma tego numeru klienta.
invalid-price-list-group = Nie ma takiej grupy cenowej. Wybierz jedną z listy.
invalid-price-negative = Cena nie może być ujemna.
invalid-price-sku = Żaden produkt nie ma tego SKU.
invalid-price-skus = Podaj od 1 do 100 SKU, oddzielonych przecinkami.
invalid-date = Podaj datę, na przykład 2026-11-27.
invalid-currency = Nie handlujemy w tej walucie.
refusal-price-list-changed = Ktoś zmienił to w międzyczasie. Widzisz teraz aktualny stan; wprowadź zmianę jeszcze raz.
