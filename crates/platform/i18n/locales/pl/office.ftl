### Area: office. Keys start with the name of the thing they belong to.

## Imports: what a run is doing

import-step-reading = Odczyt
import-step-deriving = Obliczenia
import-step-writing = Zapis

## Imports: the report

import-report-rows = { $count ->
    [one] { $count } wiersz w pliku
    [few] { $count } wiersze w pliku
    [many] { $count } wierszy w pliku
   *[other] { $count } wiersza w pliku
}
import-report-created = { $count ->
    [one] nowe: { $count } wiersz
    [few] nowe: { $count } wiersze
    [many] nowe: { $count } wierszy
   *[other] nowe: { $count } wiersza
}
import-report-updated = { $count ->
    [one] zmienione: { $count } wiersz
    [few] zmienione: { $count } wiersze
    [many] zmienione: { $count } wierszy
   *[other] zmienione: { $count } wiersza
}
import-report-unchanged = { $count ->
    [one] bez zmian: { $count } wiersz
    [few] bez zmian: { $count } wiersze
    [many] bez zmian: { $count } wierszy
   *[other] bez zmian: { $count } wiersza
}
import-report-credited = { $count ->
    [one] skorygowane: { $count } wiersz
    [few] skorygowane: { $count } wiersze
    [many] skorygowane: { $count } wierszy
   *[other] skorygowane: { $count } wiersza
}
import-report-failed = { $count ->
    [one] niezaimportowane, z błędami: { $count } wiersz
    [few] niezaimportowane, z błędami: { $count } wiersze
    [many] niezaimportowane, z błędami: { $count } wierszy
   *[other] niezaimportowane, z błędami: { $count } wiersza
}
import-report-held-back = { $count ->
    [one] niezaimportowane z powodu błędów w innych wierszach: { $count } wiersz
    [few] niezaimportowane z powodu błędów w innych wierszach: { $count } wiersze
    [many] niezaimportowane z powodu błędów w innych wierszach: { $count } wierszy
   *[other] niezaimportowane z powodu błędów w innych wierszach: { $count } wiersza
}
import-report-listed = { $count ->
    [one] pominięte: { $count } wiersz
    [few] pominięte: { $count } wiersze
    [many] pominięte: { $count } wierszy
   *[other] pominięte: { $count } wiersza
}
import-report-more-errors = { $count ->
    [one] i jeszcze { $count } błąd
    [few] i jeszcze { $count } błędy
    [many] i jeszcze { $count } błędów
   *[other] i jeszcze { $count } błędu
}
import-report-dry-run = Próba na sucho: niczego nie zapisano.
import-report-money = Kwoty się zgadzają: { $sum } z { $file } w pliku.
import-report-money-wrong = Kwoty się nie zgadzają: { $sum } z { $file } w pliku. Prosimy o zgłoszenie tego błędu.
import-error-cell = wiersz { $row }, { $column } „{ $value }”: { $reason }
import-error-row = wiersz { $row }: { $reason }
import-made-products = { $count ->
    [one] Utworzono { $count } produkt
    [few] Utworzono { $count } produkty
    [many] Utworzono { $count } produktów
   *[other] Utworzono { $count } produktu
}
import-made-categories = { $count ->
    [one] Utworzono { $count } kategorię
    [few] Utworzono { $count } kategorie
    [many] Utworzono { $count } kategorii
   *[other] Utworzono { $count } kategorii
}
import-made-attributes = { $count ->
    [one] Utworzono { $count } cechę
    [few] Utworzono { $count } cechy
    [many] Utworzono { $count } cech
   *[other] Utworzono { $count } cechy
}
import-made-companies = { $count ->
    [one] Utworzono { $count } firmę
    [few] Utworzono { $count } firmy
    [many] Utworzono { $count } firm
   *[other] Utworzono { $count } firmy
}
import-made-addresses = { $count ->
    [one] Dodano { $count } adres
    [few] Dodano { $count } adresy
    [many] Dodano { $count } adresów
   *[other] Dodano { $count } adresu
}
import-made-people = { $count ->
    [one] Dodano { $count } osobę
    [few] Dodano { $count } osoby
    [many] Dodano { $count } osób
   *[other] Dodano { $count } osoby
}
import-made-lists = { $count ->
    [one] Utworzono { $count } cennik
    [few] Utworzono { $count } cenniki
    [many] Utworzono { $count } cenników
   *[other] Utworzono { $count } cennika
}
import-made-steps = { $count ->
    [one] Wyznaczono { $count } cenę
    [few] Wyznaczono { $count } ceny
    [many] Wyznaczono { $count } cen
   *[other] Wyznaczono { $count } ceny
}
import-made-orders = { $count ->
    [one] Utworzono { $count } zamówienie
    [few] Utworzono { $count } zamówienia
    [many] Utworzono { $count } zamówień
   *[other] Utworzono { $count } zamówienia
}
import-made-credits = { $count ->
    [one] Utworzono { $count } korektę
    [few] Utworzono { $count } korekty
    [many] Utworzono { $count } korekt
   *[other] Utworzono { $count } korekty
}
import-note-credits-whole = { $count ->
    [one] { $count } korekta odpowiada w całości jednemu zamówieniu
    [few] { $count } korekty odpowiadają w całości po jednym zamówieniu
    [many] { $count } korekt odpowiada w całości po jednym zamówieniu
   *[other] { $count } korekty odpowiada w całości po jednym zamówieniu
}
import-note-credits-part = { $count ->
    [one] { $count } korekta odpowiada zamówieniu częściowo
    [few] { $count } korekty odpowiadają zamówieniom częściowo
    [many] { $count } korekt odpowiada zamówieniom częściowo
   *[other] { $count } korekty odpowiada zamówieniom częściowo
}
import-note-credits-open = { $count ->
    [one] { $count } korekta nie pasuje do żadnego zamówienia
    [few] { $count } korekty nie pasują do żadnego zamówienia
    [many] { $count } korekt nie pasuje do żadnego zamówienia
   *[other] { $count } korekty nie pasuje do żadnego zamówienia
}
import-note-steps-left = { $count ->
    [one] Uwaga: pozostaje { $count } wcześniejsza cena produktów z tego pliku, bo plik nie podaje jej ilości. Usuwa ją --replace ladders.
    [few] Uwaga: pozostają { $count } wcześniejsze ceny produktów z tego pliku, bo plik nie podaje ich ilości. Usuwa je --replace ladders.
    [many] Uwaga: pozostaje { $count } wcześniejszych cen produktów z tego pliku, bo plik nie podaje ich ilości. Usuwa je --replace ladders.
   *[other] Uwaga: pozostaje { $count } wcześniejszej ceny produktów z tego pliku, bo plik nie podaje ich ilości. Usuwa je --replace ladders.
}
import-note-steps-removed = { $count ->
    [one] Usunięto { $count } cenę, której nie ma w pliku
    [few] Usunięto { $count } ceny, których nie ma w pliku
    [many] Usunięto { $count } cen, których nie ma w pliku
   *[other] Usunięto { $count } ceny, których nie ma w pliku
}
import-note-not-replaced = Niczego nie usunięto, bo nie weszły wszystkie wiersze. Popraw je i zaimportuj cały plik jeszcze raz.
import-note-looks-utf8 = Uwaga: plik wygląda na UTF-8, a mapowanie podaje inne kodowanie. Sprawdź nazwy z polskimi znakami i popraw `encoding` w [source].
import-listed-cancels-nothing = anulowanie z dodatnią ilością lub bez ceny
import-listed-stock-correction = ujemna ilość bez anulowania: korekta stanu magazynu
import-listed-no-quantity = ilość równa zeru
import-listed-negative-price = ujemna cena: korekta księgowa
import-listed-no-name = brak ceny i opisu
import-listed-free = cena równa zeru: wydano bezpłatnie

## Imports: what is wrong with a cell or row

invalid-import-date = To nie jest data w postaci { $form }. Popraw ją albo zmień postać w mapowaniu.
invalid-import-flag = Wpisz tak lub nie (albo 1 lub 0).
invalid-import-currency = Nie znamy tej waluty. Wpisz jej trzyliterowy kod, na przykład EUR.
invalid-import-percent = Wpisz procent od 0 do 100.
invalid-import-twice = Ten sam klucz jest już w wierszu { $row }. Zostaw jeden z tych wierszy.
invalid-import-unknown-sku = Nie ma produktu o tym SKU. Najpierw zaimportuj katalog albo popraw SKU.
invalid-import-relation-itself = Produkt nie może wskazywać sam siebie. Podaj inny produkt.
invalid-import-relations-many = Produkt może mieć najwyżej { $most } powiązań. Pomiń najsłabsze.
invalid-import-unknown-word = Nie ma jeszcze wartości { $word }. Popraw ją, dodaj ją w biurze, w firmach, albo importuj z --new-words.
invalid-import-unknown-company = Nie ma firmy o tym numerze. Najpierw zaimportuj firmy albo popraw numer.
invalid-import-rep = Nikt z Państwa pracowników nie ma tego adresu e-mail. Najpierw dodaj tę osobę albo zostaw komórkę pustą.
invalid-import-list-differs = Ten wiersz opisuje swój cennik inaczej niż wcześniejszy. Cennik ma jedną nazwę, jeden zakres, jedną walutę i jeden okres ważności.
invalid-import-list-scope = Cennik o tym kodzie jest już przeznaczony dla kogoś innego. Wybierz inny kod.
invalid-import-order-differs = Ten wiersz podaje dla swojego zamówienia inną firmę, walutę lub datę niż wcześniejszy. Zamówienie ma po jednej z nich.
invalid-import-order-apart = Wiersze tego zamówienia są już wyżej. Umieść wiersze zamówienia obok siebie.
invalid-import-group = Inny wiersz tego samego zamówienia zawiera błąd, a zamówienie importujemy w całości.
invalid-import-held-back = Nie zaimportowano, bo inny wiersz tej samej partii zawiera błąd.
invalid-import-width = Liczba komórek w wierszu ({ $found }) różni się od liczby w nagłówku ({ $wanted }). Brakuje separatora lub cudzysłowu albo jest ich za dużo.
invalid-import-quote = W tym wierszu otwiera się cudzysłów, który nigdy się nie zamyka; brakuje wszystkiego, co po nim następuje. Zamknij go albo podwój wewnątrz tekstu.
invalid-import-quote-inside = Wewnątrz cudzysłowów stoi cudzysłów. Podwój go ("1/2"" rura") albo usuń zewnętrzne.
invalid-import-workbook-large = Plik { $file } zawiera tekst albo tabelę większe niż w jakimkolwiek arkuszu. Zapisz go ponownie albo jako CSV.
invalid-import-replace-prices = Zastępować można tylko cenniki. Pomiń --replace.
invalid-import-row-long = Od tego miejsca przez { $most } kB nie ma końca wiersza. Brakuje cudzysłowu lub końca linii.
invalid-import-columns = Arkusz może mieć { $most } kolumn. Usuń to, co stoi dalej na prawo.
invalid-import-cut-off = Plik urywa się w środku albo od tego miejsca jest uszkodzony. Prześlij go jeszcze raz.
invalid-import-encoding = To nie są znaki kodowania podanego w mapowaniu. Ustaw `encoding` w [source], na przykład windows-1250, albo zapisz plik w UTF-8.
invalid-import-control = W tej komórce jest znak sterujący. Usuń go.
invalid-import-cell-error = W tej komórce formuła zwróciła błąd. Popraw ją w arkuszu.

## Imports: what is wrong with the file or the mapping

invalid-import-file = Nie można otworzyć pliku { $file }. Sprawdź nazwę i uprawnienia do odczytu.
invalid-import-empty = Plik { $file } jest pusty: brakuje wiersza z nazwami kolumn.
invalid-import-not-xlsx = Plik { $file } nie jest skoroszytem XLSX. Zapisz go jako .xlsx (nie .xls) albo jako CSV.
invalid-import-utf16 = Plik { $file } jest w UTF-16. Zapisz go w UTF-8 (w arkuszu: CSV UTF-8).
invalid-import-zst = Plik { $file } nie jest skompresowany tak, jak wskazuje jego początek. Prześlij go jeszcze raz.
invalid-import-unreadable = Nie można odczytać pliku { $file }: jest uszkodzony w nieprzewidziany sposób. Zapisz go od nowa albo jako CSV.
invalid-import-sheet = Nie ma arkusza { $sheet }. Skoroszyt zawiera: { $known }.
invalid-import-column-missing = W pliku nie ma kolumny { $columns }. Kolumny: { $known }.
invalid-import-column-unknown = Wśród własnych kolumn Kontoru nie ma { $columns }. Są to: { $known }. Zmień nazwy pozostałych, usuń je albo opisz w mapowaniu.
invalid-import-column-twice = Kolumna { $columns } występuje dwa razy. Zmień nazwę jednej z nich. Kolumny: { $known }.
invalid-import-mapping = { $what ->
    [unknown] Wiersz { $line }: nie ma pola { $name }.
    [missing] Wiersz { $line }: brakuje pola { $name }.
   *[other] Wiersz { $line }: to nie jest TOML albo nie taka wartość, jaką mapowanie tu przyjmuje.
}
invalid-import-mapping-kind = Wiersz { $line }: { $value } nie jest rodzajem pliku. Wpisz catalog, companies, prices lub orders.
invalid-import-mapping-other = Mapowanie jest dla { $found }, a importowane mają być { $wanted }.
invalid-import-mapping-field = Wiersz { $line }: { $kind } nie ma pola { $field }. Pola: { $known }.
invalid-import-mapping-required = Pole { $field } wymaga kolumny albo stałej.
invalid-import-mapping-unused = Wiersz { $line }: pole { $field } nie ma ani kolumny, ani stałej.
invalid-import-mapping-transform = Wiersz { $line }: „{ $value }” nie jest przekształceniem. Są to: trim, upper, lower, replace:a:b, prefix:x, suffix:x, before:x, after:x, date:POSTAĆ, divide:N i multiply:N.
invalid-import-mapping-history = Wiersz { $line }: sekcję [history] może mieć tylko mapowanie dla orders.
invalid-import-mapping-attributes = Wiersz { $line }: sekcję [attributes] może mieć tylko mapowanie dla catalog.
invalid-import-mapping-delimiter = Wiersz { $line }: separator to jeden znak, na przykład "," lub ";" lub "\t".
invalid-import-mapping-encoding = Wiersz { $line }: nie umiemy czytać kodowania { $value }. Wpisz utf-8, windows-1250, windows-1252 lub iso-8859-2.
invalid-import-mapping-decimal = Wiersz { $line }: separatorem dziesiętnym jest "." albo ",".
invalid-import-mapping-zone = Wiersz { $line }: nie ma strefy czasowej { $value }. Wpisz na przykład Europe/Warsaw.
invalid-import-mapping-currency = Wiersz { $line }: nie znamy waluty { $value }.
invalid-import-mapping-country = Wiersz { $line }: { $value } nie jest dwuliterowym kodem kraju.
invalid-import-mapping-percent = Wiersz { $line }: { $value } nie jest procentem od 0 do mniej niż 100.
office-start-segments = Segmenty
office-start-segments-text = Którzy klienci jak się zachowują i według jakich reguł
office-start-buyer-model = Co kupujący przyjmują
office-start-buyer-model-text = Jak prawdopodobne jest przyjęcie oferty, na podstawie wszystkich złożonych
office-start-costs = Koszty obsługi
office-start-costs-text = Obsługa, fracht i kapitał: co musi pokryć każda transakcja
import-report-prices-waiting = { $count ->
    [one] { $count } cena jest poniżej progu lub kosztu i czeka na drugą osobę (biuro, zmiany cen).
    [few] { $count } ceny są poniżej progu lub kosztu i czekają na drugą osobę (biuro, zmiany cen).
   *[other] { $count } cen jest poniżej progu lub kosztu i czeka na drugą osobę (biuro, zmiany cen).
}
