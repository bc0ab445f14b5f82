### Area: common. Words that every page may use.

## Verbs

save = Zapisz
cancel = Anuluj
search = Szukaj
sign-in = Zaloguj się
sign-out = Wyloguj się
yes = Tak
no = Nie
next = Dalej
last = Koniec
back = Wróć
close = Zamknij
open = Otwórz
change = Zmień
add = Dodaj
remove = Usuń
apply = Zastosuj
clear = Wyczyść
copy = Kopiuj
download = Pobierz
export = Eksportuj
import = Importuj
filter = Filtruj
filters = Filtry
clear-filters = Wyczyść filtry
sort = Sortuj
show-all = Pokaż wszystko

## Small words

of = z
from = od
to = do
none = Brak
all = Wszystkie
optional = opcjonalne
required = wymagane
unknown = Nieznane
name = Nazwa
number = Numer
status = Status
date = Data
note = Uwagi
changed = Zmieniono
actions = Działania
details = Szczegóły
total = Razem
net = netto
gross = brutto
price = Cena
quantity = Ilość
unit = Jednostka
currency = Waluta
company = Firma
email = E-mail
language = Język
time-zone = Strefa czasowa
saved = Zapisano.
copied = Skopiowano.

## Page navigation

skip-to-content = Przejdź do treści
menu = Menu
breadcrumb = Jesteś tutaj
columns = Kolumny
density = Gęstość
density-comfortable = Wygodna
density-compact = Zwarta
theme = Wygląd
theme-light = Jasny
theme-dark = Ciemny
results = { $count ->
    [0] Brak wyników
    [one] { $count } wynik
    [few] { $count } wyniki
   *[many] { $count } wyników
}
nothing-found = Nic nie znaleziono
nothing-found-hint = Sprawdź pisownię, użyj mniejszej liczby słów albo wyczyść filtry.
nav-products = Produkty
nav-cart = Koszyk
nav-orders = Zamówienia
nav-desk = Pulpit
nav-office = Biuro

## Spans of time

minutes = { $count ->
    [one] { $count } minuta
    [few] { $count } minuty
   *[many] { $count } minut
}
hours = { $count ->
    [one] { $count } godzina
    [few] { $count } godziny
   *[many] { $count } godzin
}
days = { $count ->
    [one] { $count } dzień
    [few] { $count } dni
   *[many] { $count } dni
}
working-days = { $count ->
    [one] { $count } dzień roboczy
    [few] { $count } dni robocze
   *[many] { $count } dni roboczych
}

## Units: short name beside a number, then the full name

unit-piece = szt.
unit-pair = par.
unit-set = kpl.
unit-metre = m
unit-kilogram = kg
unit-litre = l
unit-name-piece = sztuka
unit-name-pair = para
unit-name-set = komplet
unit-name-metre = metr
unit-name-kilogram = kilogram
unit-name-litre = litr
packs = { $count ->
    [one] { $count } opakowanie
    [few] { $count } opakowania
   *[many] { $count } opakowań
}
lines = { $count ->
    [one] { $count } pozycja
    [few] { $count } pozycje
   *[many] { $count } pozycji
}
products = { $count ->
    [one] { $count } produkt
    [few] { $count } produkty
   *[many] { $count } produktów
}

## Roles

role-buyer = Kupujący
role-company_admin = Administrator firmy
role-sales_rep = Handlowiec
role-pricing_manager = Menedżer cen
role-merchant_admin = Administrator sprzedawcy

## Dates

format-date = { $day } { $month } { $year }
format-day = { $weekday } { $day } { $month }
format-moment = { $weekday } { $day } { $month }, { $time }
format-long-moment = { $weekday } { $day } { $month } { $year }, { $time }
month-short-1 = sty
month-short-2 = lut
month-short-3 = mar
month-short-4 = kwi
month-short-5 = maj
month-short-6 = cze
month-short-7 = lip
month-short-8 = sie
month-short-9 = wrz
month-short-10 = paź
month-short-11 = lis
month-short-12 = gru
weekday-short-1 = pon.
weekday-short-2 = wt.
weekday-short-3 = śr.
weekday-short-4 = czw.
weekday-short-5 = pt.
weekday-short-6 = sob.
weekday-short-7 = niedz.

## Wokół każdej strony

go-to = Przejdź do
jump = Szukaj lub przejdź do
jump-placeholder = Strona, produkt, SKU
results-list = Wyniki
pages = Strony
look = Wygląd
theme-auto = Jak w systemie
buying-for = Kupujesz dla
your-contact = Twój opiekun:
nav-categories = Kategorie
nav-main = Główne
nav-deals = Negocjacje
nav-profile = Profil i bezpieczeństwo
nav-company = Firma
nav-companies = Firmy
nav-price-lists = Cenniki
nav-policy = Zasady negocjacji
nav-shop = Sklep
search-products = Szukaj produktów
search-placeholder = Nazwa, SKU lub GTIN
deals-waiting = { $n ->
    [one] { $n } oferta czeka na Ciebie
    [few] { $n } oferty czekają na Ciebie
   *[other] { $n } ofert czeka na Ciebie
}
cart-with-lines = { $n ->
    [0] Koszyk, pusty
    [one] Koszyk, { $n } pozycja
    [few] Koszyk, { $n } pozycje
   *[other] Koszyk, { $n } pozycji
}
account-of = Konto: { $name }
prices-without-vat = Ceny w { $currency } netto, bez VAT, o ile nie podano inaczej
toast-failed = To się nie udało. Nic nie zostało zmienione.
toast-offline = Brak połączenia. Nic nie zostało zmienione.
key-go-desk = Przejdź do pulpitu
key-go-office = Przejdź do biura
key-go-shop = Przejdź do sklepu
keyboard-shortcuts = Skróty klawiszowe
single-key-shortcuts = Skróty jednoliterowe
form-errors = Popraw zaznaczone pola
flash-saved = Zapisano.
undo = Cofnij
more = Więcej
