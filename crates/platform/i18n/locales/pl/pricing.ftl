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
price-remove-sure = Usunąć cenę { $sku } od { $from }? Klienci tego cennika zapłacą według następnego albo nie zobaczą ceny.
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
flash-price-removed = Usunięto. Ta cena już nie obowiązuje.
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

## Changes of prices

price-cost = Koszt
price-floor = Próg
price-margin = Marża
price-before = Przedtem
price-after = Nowa
price-last = było { $price } do { $at }
price-history = Historia
price-history-title = Co działo się z ceną
price-history-empty = Nikt nie zmieniał tej ceny
price-history-empty-hint = Każda zmiana będzie tu zapisana: kto ją zrobił i dlaczego.
price-lists-wait = { $count ->
    [one] { $count } zmiana tego cennika czeka na drugą osobę
    [few] { $count } zmiany tego cennika czekają na drugą osobę
   *[other] { $count } zmian tego cennika czeka na drugą osobę
}
price-changes-title = Zmiany cen
price-changes-lead = Ceny poniżej progu lub kosztu obowiązują dopiero, gdy potwierdzi je druga osoba.
price-changes-waiting = Czekające
price-changes-empty = Nic nie czeka
price-changes-empty-hint = Tu pojawiają się ceny, które musi potwierdzić druga osoba. Pozostałe obowiązują od razu.
price-changes-wait = { $count ->
    [one] { $count } cena czeka na drugą osobę
    [few] { $count } ceny czekają na drugą osobę
   *[other] { $count } cen czeka na drugą osobę
}
price-change-title = Zmiana cen
price-change-at = Kiedy
price-change-by = Kto
price-change-by-system = System
price-change-by-former = Ktoś, kogo już tu nie ma
price-change-door = Źródło
price-change-holds = Obowiązuje
price-change-holds-from = Obowiązuje od (puste: od razu)
price-change-at-once = od razu
price-change-reason = Powód
price-change-state = Stan
price-change-decided = { $name }, { $at }
price-change-note = Uwaga
price-change-approve = { $count ->
    [one] Potwierdź { $count } cenę
    [few] Potwierdź { $count } ceny
   *[other] Potwierdź { $count } cen
}
price-change-decline = Odrzuć
price-change-take-back = Wycofaj
price-change-mine = To Twoja zmiana, więc potwierdzić musi ją ktoś inny.
price-change-own = Nikt inny nie może zarządzać cenami, więc Twoje potwierdzenie wystarcza i tak zostanie zapisane.
price-change-state-waiting = czeka
price-change-state-planned = zaplanowana
price-change-state-in_force = obowiązuje
price-change-state-declined = odrzucona
price-change-state-overtaken = zmieniona przez kogoś innego
price-door-price = wpisana
price-door-bulk = zmiana zbiorcza
price-door-import = import
price-door-api = API
price-concern-under-floor = poniżej progu
price-concern-under-floor-of = poniżej progu dla: { $section }
price-concern-below-cost = poniżej kosztu
price-planned-at = od { $day }: { $price }
price-planned-gone = od { $day }: bez ceny
price-concern-gift = za darmo
price-confirm-title = Czy te ceny są zamierzone?
price-confirm-under-floor = { $count ->
    [one] Ta cena jest poniżej progu polityki. Jeśli jest zamierzona, musi ją potwierdzić druga osoba.
    [few] { $count } ceny są poniżej progu polityki. Jeśli są zamierzone, musi je potwierdzić druga osoba.
   *[other] { $count } cen jest poniżej progu polityki. Jeśli są zamierzone, musi je potwierdzić druga osoba.
}
price-confirm-below-cost = { $count ->
    [one] Ta cena jest poniżej kosztu: każda sprzedaż przynosi stratę. Jeśli jest zamierzona, musi ją potwierdzić druga osoba.
    [few] { $count } ceny są poniżej progu, niektóre poniżej kosztu. Jeśli są zamierzone, musi je potwierdzić druga osoba.
   *[other] { $count } cen jest poniżej progu, niektóre poniżej kosztu. Jeśli są zamierzone, musi je potwierdzić druga osoba.
}
price-confirm-gift = { $count ->
    [one] Ta cena wynosi 0: towar zostałby rozdany. Jeśli jest zamierzona, musi ją potwierdzić druga osoba.
    [few] { $count } ceny są poniżej progu, niektóre wynoszą 0. Jeśli są zamierzone, musi je potwierdzić druga osoba.
   *[other] { $count } cen jest poniżej progu, niektóre wynoszą 0. Jeśli są zamierzone, musi je potwierdzić druga osoba.
}
price-confirm-send = { $count ->
    [one] Wyślij do drugiej osoby
    [few] Wyślij { $count } ceny do drugiej osoby
   *[other] Wyślij { $count } cen do drugiej osoby
}
price-confirm-own = { $count ->
    [one] Wprowadź na własną odpowiedzialność
    [few] Wprowadź { $count } ceny na własną odpowiedzialność
   *[other] Wprowadź { $count } cen na własną odpowiedzialność
}
price-bulk-title = Zmień wiele cen
price-bulk-lead = Procentowo albo od kosztu. Nic się nie zmieni, zanim nie zobaczysz, co by się zmieniło.
price-bulk-which = Tylko to, co znajdzie wyszukiwanie (puste: cały cennik)
price-bulk-basis = Nowa cena
price-bulk-basis-price = obecna cena podniesiona o
price-bulk-basis-cost = koszt podniesiony o
price-bulk-basis-margin = od kosztu, tak aby tyle ceny zostało
price-bulk-rate = Procent (poniżej zera: mniej)
price-bulk-step = Zaokrąglenie do
price-bulk-exact = tak dokładnie, jak ceny
price-bulk-preview = Pokaż, co by się zmieniło
price-bulk-changes = { $count ->
    [one] Zmieniłaby się { $count } cena
    [few] Zmieniłyby się { $count } ceny
   *[other] Zmieniłoby się { $count } cen
}
price-bulk-concerned = { $count ->
    [one] { $count } z nich jest poniżej progu lub kosztu i czeka na drugą osobę. Podaj powód.
    [few] { $count } z nich są poniżej progu lub kosztu i czekają na drugą osobę. Podaj powód.
   *[other] { $count } z nich jest poniżej progu lub kosztu i czeka na drugą osobę. Podaj powód.
}
price-bulk-without-cost = { $count ->
    [one] { $count } cena zostaje: nikt nie zna kosztu albo wynik nie jest ceną.
    [few] { $count } ceny zostają: nikt nie zna kosztu albo wynik nie jest ceną.
   *[other] { $count } cen zostaje: nikt nie zna kosztu albo wynik nie jest ceną.
}
price-bulk-do = { $count ->
    [one] Zmień { $count } cenę
    [few] Zmień { $count } ceny
   *[other] Zmień { $count } cen
}
price-bulk-more = Pokazano pierwsze 200; zmieniane są wszystkie.
price-bulk-moved = Ceny lub koszty zmieniły się od podglądu. Spójrz na niego jeszcze raz.
flash-price-waiting = Wysłano do drugiej osoby. To, co nie budzi wątpliwości, już obowiązuje.
flash-price-planned = Zaplanowano. Cena obowiązuje od swojego dnia.
flash-price-change-approved = Potwierdzono.
flash-price-change-declined = Odrzucono. Ceny zostają, jakie były.
invalid-price-change-past = Ten dzień już minął. Wybierz dzisiaj lub później.
invalid-price-change-far = Ceny można planować na dwa lata naprzód.
invalid-price-bulk-nothing = Nic by się przez to nie zmieniło.
refusal-price-change-unconfirmed = Cen poniżej progu, kosztu lub równych zero: { $count }. { $sections ->
    [none] Podaj
   *[other] Ten cennik obowiązuje także: { $sections }, a tam próg jest wyższy. Podaj
} powód i potwierdź, że mają trafić do drugiej osoby.
refusal-price-change-not-waiting = Nic z tej zmiany już nie czeka.
refusal-price-change-own-approval = To Twoja zmiana. Potwierdzić musi ją ktoś inny.
invalid-price-too-many = Zmień naraz najwyżej { $most } cen.

## Changes that a second person confirms

signoff-waits = Zmiana czeka na drugą osobę
signoff-mine = To Twoja zmiana, więc potwierdzić musi ją ktoś inny.
signoff-own = Nikt inny nie może zarządzać politykami, więc Twoje potwierdzenie wystarcza i tak zostanie zapisane.
signoff-confirm = Potwierdź: obowiązuje od teraz
signoff-past = Dotychczasowe zmiany
signoff-state-waiting = czeka
signoff-state-confirmed = potwierdzona
signoff-state-declined = odrzucona
costs-preview = Pokaż, co by się zmieniło
costs-asked = Co by się zmieniło
costs-send = Wyślij
costs-meaning = Obsługa zamówień z ostatnich 30 dni ({ $orders }) kosztowałaby o { $more } więcej.
costs-meaning-what = Obsługa ostatnich 30 dni
costs-meaning-handling = Obsługa
costs-meaning-freight = Transport
costs-meaning-capital = Kapitał na 30 dni
costs-meaning-total = Razem
flash-signoff-sent = Wysłano do drugiej osoby. Do tego czasu wszystko zostaje bez zmian.
flash-signoff-declined = Odrzucono. Wszystko zostaje bez zmian.
invalid-cost-too-large = To nie do wiary jak na obsługę zamówienia. Sprawdź przecinek.
refusal-signoff-open = Jedna zmiana już czeka. Najpierw ją potwierdź albo odrzuć.
refusal-signoff-not-waiting = Ta zmiana już nie czeka.
refusal-signoff-own-approval = To Twoja zmiana. Potwierdzić musi ją ktoś inny.

## Emergency

emergency-title = Zatrzymanie awaryjne
emergency-lead = Każde z tych działań obowiązuje od razu, bez drugiej osoby, i zostaje zapisane z powodem. Trwające eksperymenty się kończą.
emergency-stopped = Wszystkie prośby trafiają do ludzi. Gdy niebezpieczeństwo minie, przywróć wersję poniżej.
emergency-stop-title = Wszystkie prośby do ludzi
emergency-stop-text = Sklep sam już na nic nie odpowiada. Złożone oferty obowiązują do swojego terminu.
emergency-stop = Kieruj wszystkie prośby do ludzi
emergency-back-title = Powrót do wcześniejszej wersji
emergency-back = Wróć do wersji { $number }
emergency-no-version = Nie ma wcześniejszej wersji.
emergency-in-force = Obowiązuje wersja { $number }.
flash-emergency-done = Gotowe. Już obowiązuje.
refusal-emergency-already = Wszystkie prośby już trafiają do ludzi.
refusal-emergency-never-in-force = Przywrócić można tylko wersję, która kiedyś obowiązywała.
price-now = Obecnie
price-figures-more = o { $rate } więcej niż { $price }
price-figures-less = o { $rate } mniej niż { $price }
price-file-title = Ceny z pliku
price-file-lead = Tabela, którą eksportuje ten cennik, zmieniona w arkuszu. Nic się nie zmieni, zanim nie zobaczysz, co by się zmieniło.
price-file-file = CSV lub XLSX
price-file-hint = Kolumny sku, from i price, nazwane w pierwszym wierszu albo w tej kolejności. Liczby zapisuj tak jak tutaj. Czego nie ma w pliku, zostaje bez zmian.
price-file-lines = Wiersze do wklejenia lub poprawienia
price-file-lines-label = Wiersze
price-file-line = Wiersz
price-file-says = Co jest nie tak
price-file-wrong = { $count ->
    [one] { $count } wiersza nie da się odczytać. Popraw go poniżej albo w pliku; nic się nie zmieniło.
   *[other] { $count } wierszy nie da się odczytać. Popraw je poniżej albo w pliku; nic się nie zmieniło.
}
price-file-wrong-more = Może być ich więcej: tu przerwaliśmy czytanie.
price-file-unchanged = { $count ->
    [one] { $count } wiersz jest już taki, jak w cenniku.
    [few] { $count } wiersze są już takie, jak w cenniku.
   *[other] { $count } wierszy jest już takich, jak w cenniku.
}
invalid-price-file-no-table = To nie jest tabela, którą umiemy odczytać. Zapisz ją jako CSV lub XLSX.
invalid-price-file-columns = Brakuje kolumny. Potrzebne są sku, from i price.
invalid-price-file-empty = Nie ma tu żadnego wiersza. Wybierz plik albo wklej wiersze.
invalid-price-file-quote = Brakuje cudzysłowu: to, co zaczyna się w wierszu { $line }, nie ma końca.
invalid-price-file-cut-off = Plik urywa się w środku. Zapisz go jeszcze raz.
invalid-price-file-large = Ten plik jest większy niż 8 MB. Usuń zbędne kolumny albo wyślij go w częściach.
invalid-price-file-twice = W wierszu { $line } jest już cena dla tej ilości.
invalid-price-file-currency = Ten cennik jest w { $currency }.
invalid-price-file-unit = Ten produkt liczy się w { $unit }.
