### Area: errors. What is wrong, and what to do.

## Wrong input, shown at the field: `invalid-` and the code from the kernel

invalid-required = Wypełnij to pole.
invalid-not-a-number = Wpisz liczbę cyframi, na przykład 12. Tysiące oddziela się w grupy po trzy cyfry.
invalid-number-plain = Zapisz liczbę samymi cyframi, z kropką przed miejscami dziesiętnymi, na przykład 1234.
invalid-number-two-readings = Można to odczytać jako { $understood } albo { $other }. Odczytaliśmy { $understood }: wyślij ponownie, jeśli to dobrze, albo popraw.
invalid-number-foreign = Liczby zapisuje się tu inaczej. Odczytaliśmy { $understood }: wyślij ponownie, jeśli to dobrze, albo popraw.
invalid-too-precise = Wpisz mniej cyfr po przecinku.
invalid-too-large = Ta liczba jest za duża. Wpisz mniejszą.
invalid-quantity-whole = Tej jednostki nie sprzedajemy w tak małych częściach. Wpisz ilość z mniejszą liczbą miejsc po przecinku.
invalid-quantity-too-large = Ta ilość jest za duża. Wpisz mniejszą.
invalid-quantity-unit = Ilość podano w innej jednostce niż jednostka sprzedaży produktu. Podaj ją w jednostce produktu.
invalid-quantity-positive = Wpisz ilość większą od zera.
invalid-quantity-minimum = Najmniejsze zamówienie to { $minimum }. Wpisz co najmniej { $minimum }.
invalid-quantity-multiple = Wpisz ilość, która jest wielokrotnością { $step }: { $below } albo { $above }.
invalid-sku = SKU ma od 1 do 40 znaków, bez spacji, ukośników oraz znaków ?, # i %. Sprawdź wpisany kod.
invalid-gtin = GTIN ma 8, 12, 13 albo 14 cyfr. Wpisz je wszystkie.
invalid-gtin-check-digit = Ostatnia cyfra nie pasuje do pozostałych. Porównaj GTIN z numerem pod kodem kreskowym.
invalid-email = Wpisz adres e-mail, na przykład anna@example.com.
invalid-country = Wpisz dwuliterowy kod kraju, na przykład PL.
invalid-vat-country = Nie znamy tego prefiksu kraju. Zacznij numer VAT od prefiksu, na przykład DE albo PL.
invalid-vat-form = Numery VAT tego kraju mają inną postać. Porównaj numer z fakturą.
invalid-vat-other-country = Numer VAT zaczynający się od { $prefix } należy do innego kraju niż { $country }. Podaj numer z kraju firmy albo zostaw puste pole.
invalid-characters = Usuń znaki, których nie widać, na przykład końce wierszy i znaczniki kierunku pisma.
invalid-name-link = Imię i nazwisko nie może zawierać adresu strony ani skrzynki. Podaj tylko imię i nazwisko.
invalid-vat-check-digit = Cyfra kontrolna się nie zgadza. Porównaj numer VAT z fakturą.
invalid-amount-too-large = Kwota jest za duża. Zmniejsz ilość albo cenę.
invalid-currency-mismatch = Podano dwie różne waluty. Użyj wszędzie jednej.

## Refusals: `refusal-` and the code

refusal-not-allowed = Nie masz do tego uprawnień. Poproś o dostęp administratora swojej firmy.
refusal-sign-in-required = Najpierw się zaloguj, a potem wrócisz w to miejsce.
refusal-no-company = Kupować można tylko w imieniu firmy. Zaloguj się jako jej użytkownik.
refusal-too-many-requests = Zbyt wiele prób. Odczekaj chwilę i spróbuj ponownie.
refusal-stale = W międzyczasie ktoś to zmienił. Sprawdź obecny stan i zdecyduj jeszcze raz.

## Error pages: title and text by HTTP status

error-400-title = Nie udało się odczytać żądania
error-400-text = Adres albo formularz zawiera coś nieoczekiwanego. Wróć, sprawdź wpisane dane i spróbuj ponownie.
error-401-title = Zaloguj się, aby przejść dalej
error-401-text = Ta strona jest dla zalogowanych użytkowników. Zaloguj się, a potem wrócisz w to miejsce.
error-403-title = Brak dostępu
error-403-text = Twoja rola na to nie pozwala. Poproś o dostęp administratora swojej firmy.
error-404-title = Nie znaleziono
error-404-text = Nie ma tu tego, czego szukasz. Sprawdź adres albo skorzystaj z wyszukiwarki.
error-405-title = Tutaj to nie działa
error-405-text = Ten adres nie obsługuje takiego żądania. Wróć i użyj przycisku lub odnośnika na stronie.
error-409-title = Sytuacja się zmieniła
error-409-text = Ktoś był szybszy albo obecny stan na to nie pozwala. Odśwież stronę i zdecyduj jeszcze raz.
error-413-title = Za duże
error-413-text = Przesłane dane są większe, niż możemy przyjąć. Wyślij mniejszy plik albo go podziel.
error-415-title = Niewłaściwy rodzaj pliku
error-415-text = Nie potrafimy odczytać takiej zawartości. Wyślij plik jednego z rodzajów podanych na stronie.
error-422-title = Niektóre pola wymagają poprawy
error-422-text = Nic jeszcze nie zapisano. Popraw zaznaczone pola i wyślij ponownie.
error-429-title = Zbyt wiele żądań
error-429-text = Odczekaj chwilę i spróbuj ponownie.
error-500-title = Coś poszło nie tak po naszej stronie
error-500-text = To nie wina wpisanych danych. Spróbuj ponownie, a jeśli błąd się powtórzy, podaj nam poniższy numer.
error-no-space-title = Chwilowo nie można nic zapisać
error-no-space-text = Przesłane dane nie zostały zapisane: w systemie zabrakło miejsca na zapis. Zapisane wcześniej dane można nadal przeglądać. Spróbuj ponownie za kilka minut.
error-503-title = Zaraz wracamy
error-503-text = System się uruchamia albo trwają prace techniczne. Spróbuj ponownie za minutę.
error-reference = Numer dla pomocy technicznej: { $id }
error-fields = { $count ->
    [one] { $count } pole wymaga poprawy
    [few] { $count } pola wymagają poprawy
   *[many] { $count } pól wymaga poprawy
}
error-back-home = Na stronę główną

## Dalsze dane i odmowy

invalid-malformed = Nie udało się tego odczytać. Sprawdź i wyślij ponownie.
invalid-content-type = Wyślij treść jako application/json.
invalid-json = { $expected ->
    [missing] Brakuje pola { $name }.
    [object] Tu powinien być obiekt.
    [list] Tu powinna być lista.
    [flag] Tu powinno być true albo false.
    [number] Tu powinna być liczba.
    [text] Tu powinien być tekst.
   *[other] Postać tej wartości nie jest tą, której się tu oczekuje.
}
invalid-choice-of = Nie ma tu takiej wartości. Znane wartości: { $known }.
invalid-parameter-date = Zapisz dzień w postaci 2026-11-27.
invalid-unknown-field = Nie ma tu takiego pola. Znane pola: { $known }.
invalid-parameter-unknown = Nie ma tu takiego parametru. Znane parametry: { $known }.
invalid-parameter-twice = Ten parametr podano dwa razy. Podaj go raz.
invalid-choice = Wybierz jedną z podanych wartości.
invalid-taken = To jest już zajęte. Wybierz inne.
invalid-too-long = Użyj najwyżej { $most } znaków.
invalid-not-negative = Podaj zero lub więcej.
invalid-time-zone = Podaj strefę czasową, na przykład Europe/Warsaw.
refusal-cross-site = To przyszło z innej strony, więc nic nie zostało zmienione. Otwórz stronę tutaj i spróbuj ponownie.
error-request-id = Numer dla pomocy technicznej:
