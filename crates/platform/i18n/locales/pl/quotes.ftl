### Oferty i ceny specjalne dostawców.

## Oferty kupującego

quotes-title = Oferty
quotes-lead = Ceny na wykonanie na zamówienie i na całe projekty.
quotes-empty = Brak ofert
quotes-empty-hint = Proszę opisać potrzeby, z rysunkami, jeśli są. Odpowiadamy pozycja po pozycji.
quote-new = Zapytaj o ofertę
quote-new-title = Zapytanie ofertowe
quote-new-lead = Jedna pozycja na każdą rzecz. Można podać numer artykułu albo opisać go własnymi słowami.
quote-title = Oferta { $number }
quote-project = Projekt
quote-lines = Pozycje
quote-valid-until = Ważna do
quote-version = Odpowiedź { $number }, ważna do { $date }
quote-line = Pozycja { $n }
quote-sku = Numer artykułu
quote-description = Opis
quote-unit = Jednostka
quote-need-by = Potrzebne do
quote-target = Cena docelowa
quote-drawing = Rysunek do tej pozycji
quote-drawing-project = Rysunki do projektu
quote-files-hint = PDF, PNG, JPEG, STEP lub DXF, po 10 MB, najwyżej 10 plików. Jednostka dotyczy pozycji bez numeru artykułu.
quote-comment = Komentarz
quote-send = Wyślij zapytanie
quote-more-lines = Więcej pozycji
quote-pdf = Oferta jako PDF
quote-what = Co
quote-product = Produkt
quote-answer = Odpowiedź
quote-no-answer = Jeszcze bez odpowiedzi
quote-not-supplied = Nie do dostarczenia
quote-alternative = Alternatywa
quote-lead-days = { $n ->
    [one] { $n } dzień roboczy
    [few] { $n } dni robocze
   *[other] { $n } dni roboczych
}
quote-needed = potrzebne do { $date }
quote-hoped = cena docelowa { $price }
quote-take = Przyjęcie
quote-not-yet = Jeszcze nie
quote-counter-price = Państwa cena
quote-countered-at = Podana cena: { $price }
quote-counter-message = Wiadomość do nas
quote-accept = Przyjmij wybrane pozycje
quote-accept-whole = Przyjmij wszystkie pozycje razem
quote-counter = Zaproponuj te ceny
quote-withdraw = Wycofaj zapytanie
quote-unbound = Niektóre pozycje nie mają jeszcze numeru artykułu. Opiekun go założy; potem będzie można je przyjąć.
quote-agreed = Przyjęte pozycje czekają na zamówienie.
quote-to-cart = Włóż do koszyka
quote-add-file = Kolejny plik
quote-attach = Załącz
quote-change-new = nowe
quote-change-was = poprzednio: { $before }
quote-change-other = zmienione
quote-line-until = ważne do { $date }
quote-line-lapsed = wygasło, było ważne do { $date }
quote-line-until-own = Ostatni dzień tej pozycji
quote-taken = Przyjęta odpowiedź
quote-sums-hint = Wszystkie pozycje razem. Wybór innej odpowiedzi do pozycji zmienia sumę; pokażemy ją, zanim cokolwiek zostanie przyjęte.
quote-accepted-line = Pozycja { $n }: { $what }, { $quantity } po { $price }
quote-accepted-alternative = Pozycja { $n }, alternatywa { $choice }: { $what }, { $quantity } po { $price }
quote-ends-line = Pozycja { $n } jest ważna tylko do { $date }.
quote-ends-alternative = Pozycja { $n }, alternatywa { $choice }, jest ważna tylko do { $date }.
quote-when = Dostawa i ważność
quote-known-cost = Koszt do obliczeń
attachments-title = Pliki
attachment-meta = { $size } kB, { $moment }
attachment-hint = PDF, obraz, STEP lub DXF, do 10 MB.

quote-state-requested = Zapytanie
quote-state-answered = Z odpowiedzią
quote-state-partly = Przyjęta częściowo
quote-state-accepted = Przyjęta
quote-state-countered = Zaproponowano inne ceny
quote-state-lapsed = Wygasła
quote-state-withdrawn = Wycofana
quote-state-declined = Bez oferty

quote-step-requested = Zapytanie
quote-step-answered = Odpowiedź { $number }, ważna do { $date }
quote-step-rules = Odpowiedź { $number } według naszych reguł, ważna do { $date }
quote-step-countered = Zaproponowano inne ceny

## Oferty na biurku

quotes-waiting = Oczekujące
desk-quotes-empty = Żadna oferta nie czeka
desk-quotes-empty-hint = Tu pojawiają się nowe zapytania i zaproponowane ceny.
quote-draft = szkic
quote-price = Cena
quote-article = Artykuł do zamówienia
quote-article-hint = Pozycję można przyjąć, gdy ma artykuł. Artykuły na zamówienie zakłada się najpierw w biurze, potem podaje tutaj.
quote-lead = Czas realizacji
quote-cost = Nasz koszt (nigdy nie pokazywany)
quote-note = Uwaga dla kupującego
quote-message = Wiadomość do kupującego
quote-send-answer = Wyślij odpowiedź
quote-save-draft = Zachowaj szkic
quote-decline = Nie składaj oferty
quote-decline-why = Dlaczego (kupujący to przeczyta)

## Ceny specjalne dostawców

support-title = Zapytaj dostawcę o cenę specjalną
support-no-article = Podaj artykuł, aby zapytać dostawcę
support-case = Sprawa
support-list = Zapytania do dostawców
support-hint = Dostawca dostaje odnośnik pocztą i widzi tylko produkt, ilość, cenę, o którą prosimy, i naszą nazwę.
support-email = E-mail dostawcy
support-usual = Koszt dzisiaj: { $price }. Dostawca go nie widzi.
support-answer-by = Odpowiedź do
support-note = Uwaga dla dostawcy
support-send = Wyślij wiadomość
support-asked = { $quantity } po { $price }
support-granted = Przyznano: { $price } dla najwyżej { $quantity }, do { $date }
support-state-open = czeka na odpowiedź
support-state-granted = przyznano
support-state-refused = odmowa

supplier-title = Cena specjalna
supplier-lead = { $merchant } prosi o cenę specjalną. Można odpowiedzieć raz, do { $moment }.
supplier-sku = Numer artykułu dostawcy
supplier-own-sku = Państwa numer artykułu
supplier-asked = Cena, o którą prosimy
supplier-answer = Odpowiedź
supplier-yes = Tak, po
supplier-other = Po innej cenie
supplier-no = Nie
supplier-price = Państwa cena
supplier-up-to = Najwyżej dla
supplier-until = Ważna do
supplier-note = Uwaga
supplier-send = Wyślij odpowiedź
supplier-thanks = Dziękujemy
supplier-thanks-text = { $merchant } ma już odpowiedź. Tę stronę można zamknąć.

## Umowy z dostawcami

suppliers-title = Umowy z dostawcami
suppliers-lead = Co dostawcy zwracają, gdy w okresie kupiono dość. Negocjacje uwzględniają to, dopóki umowa obowiązuje.
suppliers-empty = Brak umów
suppliers-empty-hint = Umowę można dodać poniżej albo wczytać z pliku.
agreement-title = Umowa z dostawcą
agreement-supplier = Dostawca
agreement-about = Dotyczy
agreement-sku = Numer artykułu albo
agreement-brand = Marka
agreement-basis = Liczy się
agreement-basis-quantity = ilość
agreement-basis-amount = kwota
agreement-unit = Jednostka
agreement-currency = Waluta
agreement-period = Zaczyna się od nowa
agreement-period-term = wcale
agreement-period-month = co miesiąc
agreement-period-quarter = co kwartał
agreement-period-year = co rok
agreement-from = Pierwszy dzień
agreement-until = Ostatni dzień
agreement-bought = Kupiono dotąd
agreement-bought-on = Stan na
agreement-steps = Progi
agreement-step = od { $reached }: { $paid }
agreement-steps-hint = Jeden próg w wierszu: co osiągnięto, dwukropek, zwrot za jednostkę. Na przykład 1000:0.50
agreement-validity = Ważność
agreement-dates = od { $from } do { $until }
agreement-holds = obowiązuje
agreement-future = jeszcze nie
agreement-ended = zakończona
agreement-new = Nowa umowa
agreement-import = Wczytaj plik
agreement-csv = Plik CSV
agreement-csv-hint = Kolumny w dowolnej kolejności; progi jako 1000:0.50 2000:0.80:
agreement-import-send = Wczytaj
agreement-remove = Usuń

## Dokument

paper-quote = Oferta { $number }, wersja { $version }
paper-prices-hold = Ceny obowiązują
paper-together = dla wszystkich pozycji razem
paper-by-line = dla każdej pozycji osobno
paper-date = Data
paper-valid-until = Ważna do
paper-customer = Numer klienta
paper-position = Poz.
paper-what = Opis
paper-price = Cena netto
paper-net = Wartość netto
paper-alternative = Alternatywa: { $product }
paper-net-total = Netto
paper-vat = VAT { $percent }
paper-gross-total = Brutto
paper-payment = Płatność
paper-terms = Warunki
paper-terms-text = Ceny są cenami netto. Oferta obowiązuje do podanego dnia; później ceny wymagają ponownego potwierdzenia. Alternatywy nie są wliczone w sumę. Obowiązują nasze ogólne warunki sprzedaży.
paper-page = Strona { $page } z { $pages }

## Wiadomości

mail-quote-news-subject = { $kind ->
    [requested] { $company }: zapytanie ofertowe { $number }
    [countered] { $company }: inne ceny do oferty { $number }
    [accepted] { $company }: przyjęto pozycje oferty { $number }
    [confirmed] Oferta { $number }: przyjęte pozycje
    [supported] Dostawca odpowiedział w sprawie oferty { $number }
    [proposed] Prośba o zgodę: oferta { $number } dla { $company }
    [declined] Oferta { $number }: nie możemy jej złożyć
    [lapsing] Oferta { $number } wkrótce wygaśnie
   *[answered] Oferta { $number } jest gotowa
}
mail-quote-news-text = { $kind ->
    [requested] Zapytanie ofertowe czeka na odpowiedź.
    [countered] Zaproponowane ceny czekają na odpowiedź. Wysłana wersja nadal obowiązuje.
    [accepted] Przyjęte pozycje są uzgodnione i można je zamówić.
    [confirmed] Przyjęto pozycje wymienione poniżej. Aby je zamówić, proszę włożyć je do koszyka.
    [supported] Proszę obejrzeć odpowiedź i poprowadzić ofertę dalej.
    [proposed] Szkic wymaga wyższych uprawnień. Powód jest poniżej.
    [declined] Przykro nam. Powód jest poniżej.
    [lapsing] Wybrane pozycje można przyjąć do dnia podanego niżej albo zaproponować inne ceny.
    [answered_together] Ceny obowiązują dla wszystkich pozycji razem. Można przyjąć wszystkie albo zaproponować inne ceny.
   *[answered] Można przyjąć wszystkie pozycje lub niektóre albo zaproponować inne ceny.
}
mail-quote-news-project = Projekt
mail-quote-news-lines = Pozycje
mail-quote-news-valid-until = Ważna do
mail-quote-news-button = Otwórz ofertę
mail-supplier-asked-subject = { $merchant } prosi o cenę specjalną: { $product }
mail-supplier-asked-title = { $merchant } prosi o cenę specjalną
mail-supplier-asked-text = Można odpowiedzieć przez poniższy odnośnik do { $moment }. Konto nie jest potrzebne. Odnośnik działa raz i jest tylko dla Państwa.
mail-supplier-asked-sku = Państwa numer artykułu
mail-supplier-asked-price = Cena, o którą prosimy
mail-supplier-asked-button = Odpowiedz

## Zrobione

flash-attachment-added = Plik jest załączony.
flash-quote-requested = Zapytanie jest u nas.
flash-quote-accepted = Przyjęto. Aby zamówić, proszę włożyć pozycje do koszyka.
flash-quote-countered = Zaproponowane ceny są u nas.
flash-quote-withdrawn = Zapytanie jest wycofane.
flash-quote-sent = Odpowiedź jest wysłana.
flash-quote-proposed = Szkic przekazano do zgody. Kupujący do tego czasu nic nie wie.
flash-quote-saved = Szkic jest zachowany.
flash-quote-declined = Kupujący dostaje wiadomość.
flash-support-sent = Dostawca dostaje zapytanie.
flash-agreement-saved = Umowa jest zapisana.
flash-agreement-removed = Umowa jest usunięta.
flash-agreements-imported = Umowy są wczytane.

## Błędne dane

invalid-file-empty = Ten plik jest pusty. Proszę wybrać inny.
invalid-file-too-large = Ten plik ma ponad 10 MB. Proszę wybrać mniejszy.
invalid-file-type = Proszę wybrać plik PDF, PNG, JPEG, STEP lub DXF. Liczy się zawartość, nie nazwa.
quote-needs = wymaga uprawnienia: { $authority }; kupujący może przyjąć każdą pozycję osobno
quote-total = Wszystkie pozycje
quote-all-together = Tylko wszystkie pozycje razem: kupujący przyjmuje wszystkie albo żadną
quote-holds-together = Te ceny obowiązują dla wszystkich pozycji razem. Można przyjąć wszystkie albo zaproponować inne ceny.
quote-proposal-waits = Twój szkic czeka na inną osobę
quote-proposes = { $name } prosi o zgodę na ten szkic
quote-proposal-yours = Można go wysłać: klawisz A.
quote-approve = Zgoda i wysłanie
refusal-quote-all-together = Te ceny obowiązują tylko dla wszystkich pozycji razem. Proszę wybrać odpowiedź dla każdej pozycji.
refusal-quote-no-approval-needed = Wystarczą własne uprawnienia. Proszę wysłać samodzielnie.
invalid-quote-total-changed = Z tymi odpowiedziami wszystkie pozycje kosztują razem { $total } z podatkiem. Nic jeszcze nie przyjęto; jeśli się zgadza, przyjmij jeszcze raz.
invalid-quote-choose = Proszę wybrać co najmniej jedną pozycję, każdą raz.
invalid-quote-target-above = Proszę podać cenę niższą niż { $price } albo przyjąć pozycję.
invalid-quote-valid-until = Proszę wybrać dzień od dzisiaj, najwyżej { $days } dni naprzód.
invalid-quote-line-valid-until = Pozycja jest ważna najwyżej tak długo jak cała odpowiedź. Proszę wybrać wcześniejszy dzień albo przesunąć termin odpowiedzi.
invalid-supplier-known-person = Ten adres należy do osoby, która tu sprzedaje lub kupuje. Podaj adres dostawcy.
invalid-quote-answer-all = Ta pozycja wymaga odpowiedzi: cena albo „nie do dostarczenia”.
invalid-quote-price-or-none = Proszę podać cenę albo zaznaczyć „nie do dostarczenia”.
invalid-quote-article-together = Proszę podać artykuł: co obowiązuje tylko razem, musi dać się razem zamówić.
invalid-quote-sku = Nie ma aktywnego artykułu o tym numerze. Proszę go sprawdzić albo zostawić pole puste.
invalid-agreement-about = Proszę podać numer artykułu albo markę, nie oba.
invalid-agreement-dates = Ostatni dzień jest przed pierwszym. Proszę poprawić jeden z nich.
invalid-agreement-steps = Proszę podać od 1 do 20 progów, na przykład 1000:0.50, każdy wyższy od poprzedniego w obu liczbach.
invalid-agreement-csv = Tego pliku nie da się odczytać. Potrzebne są kolumny podane niżej i co najmniej jeden wiersz.

## Odmowy

refusal-attachments-too-many = Jest już { $most } plików. Kilka rysunków można połączyć w jeden PDF.
refusal-attachments-busy = W tej chwili przesyłanych jest bardzo wiele plików. Spróbuj za minutę.
refusal-attachments-company-full = Pliki Twojej firmy zajmują już tyle miejsca, ile mogą. Zapytaj opiekuna lub wyślij link.
refusal-attachments-no-room = Plików nie można teraz przyjąć. Wyślij zapytanie bez nich lub spróbuj później.
refusal-quotes-too-many-open = Zbyt wiele ofert Twojej firmy jest w toku. Przyjmij lub wycofaj niektóre z nich, a potem zapytaj ponownie.
refusal-quotes-too-many-today = Twoja firma poprosiła dziś o bardzo wiele ofert. Spróbuj jutro lub zadzwoń do opiekuna.
refusal-quote-not-open = Ta oferta jest zakończona. Proszę zapytać o nową.
refusal-quote-lapsed = Minął dzień, do którego obowiązywały te ceny. Proszę poprosić o nową odpowiedź.
refusal-quote-newer-version = Jest nowsza odpowiedź. Proszę ją obejrzeć i wybrać ponownie.
refusal-quote-changed = Ktoś w międzyczasie zmienił tę ofertę. Proszę ją obejrzeć i wysłać ponownie.
refusal-quote-line-accepted = Jedna z pozycji jest już przyjęta. Proszę ją pominąć i wysłać ponownie.
refusal-quote-line-not-supplied = Jednej z pozycji nie da się dostarczyć. Proszę ją pominąć i wysłać ponownie.
refusal-quote-line-lapsed = Termin ważności jednej z pozycji minął. Proszę ją pominąć albo poprosić nas o nową cenę.
refusal-quote-line-without-product = Jedna z pozycji nie ma jeszcze numeru artykułu, więc nie można jej zamówić. Proszę ją na razie pominąć albo zapytać opiekuna.
refusal-quote-needs-authority = Te ceny wymagają większych uprawnień. Proszę zachować szkic; wysłać może go: { $names }.
refusal-support-case-closed = Ta sprawa nie czeka już na odpowiedź, więc nie można pytać o nią dostawcy.
refusal-support-cost-unknown = Koszt tego produktu nie jest znany, więc ceny specjalnej nie byłoby z czym porównać. Proszę najpierw podać koszt.
refusal-support-asked-already = Dostawca jest już o to pytany. Proszę poczekać na odpowiedź albo na koniec odnośnika.
refusal-agreement-changed = Ktoś w międzyczasie zmienił tę umowę. Proszę ją obejrzeć i zapisać ponownie.
office-start-suppliers = Umowy z dostawcami
office-start-suppliers-text = Progi premii, dzięki którym transakcja jest dla nas więcej warta
