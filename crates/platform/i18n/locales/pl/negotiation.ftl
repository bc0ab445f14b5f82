### Area: negotiation. Keys start with the name of the thing they belong to.

## The panel

deal-ask-title = Zapytaj o lepszą cenę
deal-ask = Zapytaj
deal-ask-again = Zapytaj ponownie
deal-ask-else = Zapytaj o coś innego
deal-target-price = Cena docelowa
deal-target-total = Docelowa suma netto
deal-you-pay-now = Teraz płacisz { $price }
deal-add-competitor = Dodaj ofertę konkurencji
deal-competitor-name = Konkurent
deal-competitor-price = Cena konkurenta
deal-competitor-note = Co obejmuje ta oferta
deal-competitor-file = Ich oferta jako plik
deal-needed-by = Potrzebne do
deal-need-by = Potrzebne do
deal-other-payment = Inny termin płatności
deal-payment-days = Zapłata w ciągu
deal-days = dni
deal-payment-hint = Dni od wystawienia faktury; 0 to przedpłata. Puste pole: termin jak zwykle.
deal-say-why = Podaj powód
deal-comment = Powód albo własna propozycja
deal-round = Runda { $round } z { $of }
deal-you-asked = Twoja propozycja: { $price } przy { $quantity }
deal-you-asked-total = Twoja propozycja: { $total } zamiast { $list }
deal-lead-offers = { $n ->
    [one] Mamy dla Ciebie propozycję:
    [few] Mamy dla Ciebie { $n } propozycje:
    [many] Mamy dla Ciebie { $n } propozycji:
   *[other] Mamy dla Ciebie { $n } propozycji:
}
deal-lead-person = { $name } proponuje:
deal-take = Biorę
deal-net = { $amount } netto
deal-holds = { $n ->
    [one] Ważne do: { $moment }.
    [2] Obie ważne do: { $moment }.
    [few] Wszystkie { $n } ważne do: { $moment }.
    [many] Wszystkie { $n } ważne do: { $moment }.
   *[other] Wszystkie { $n } ważne do: { $moment }.
}
deal-holds-first = { $n ->
    [one] Ważne do: { $moment }.
    [few] Pierwsza z nich wygasa: { $moment }.
    [many] Pierwsza z nich wygasa: { $moment }.
   *[other] Pierwsza z nich wygasa: { $moment }.
}
deal-talk-to-person = Porozmawiaj z naszym pracownikiem
deal-waiting-title = Sprawę prowadzi { $name }
deal-waiting-title-team = Sprawę prowadzi nasz dział sprzedaży
deal-case = Sprawa { $number }
deal-number = Ustalenie { $number }
deal-answer-by = Odpowiedź do
deal-waiting-beyond = O tym sklep nie decyduje sam, dlatego odpowie nasz pracownik.
deal-waiting-wanted = Na Twoją prośbę odpowie nasz pracownik.
deal-changes-by-itself = Wyślemy Ci e-mail, a ta strona sama się odświeży.
deal-meanwhile = W tym czasie nadal obowiązuje:
deal-take-back = Wycofaj
deal-agreed-title = Uzgodniono: { $price }
deal-agreed-lead = { $quantity } za { $total } netto
deal-agreed-lead-many = Całość za { $total } netto
deal-agreed-saves = Oszczędzasz { $amount } względem ceny z cennika.
deal-agreed-next = Cena obowiązuje, gdy trafi do koszyka.
deal-to-cart = Włóż do koszyka
deal-term-quantity = jedno zamówienie na { $quantity }
deal-term-up-to = jedno zamówienie od { $quantity } do { $most }
deal-term-order-until = zamówienie do: { $moment }
deal-term-ordered = zamówione, nr { $number }
deal-prepaid = przedpłata
deal-days-net = { $n ->
    [one] { $n } dzień netto
    [few] { $n } dni netto
    [many] { $n } dni netto
   *[other] { $n } dnia netto
}
deal-expired-title = Te propozycje wygasły: { $moment }
deal-expired-lead = Twoja cena to znów { $price }
deal-expired-text = Zapytaj o to samo jeszcze raz: odpowiedź przyjdzie od razu i może być inna, jeśli zmieniły się zapasy lub ceny.
deal-withdrawn-title = Zapytanie wycofane
deal-withdrawn-lead = Twoja propozycja: { $asked }.
deal-declined-title = Cena { $asked } nie jest możliwa
deal-declined-nearest = Obowiązuje to:
deal-declined-list = Twoja cena to nadal { $price }
deal-next-tier = Od { $from } płacisz { $price } bez pytania.
deal-declined-quantity-title = Takiej ilości nie można zamówić
deal-declined-quantity-text = Wybierz ilość zgodną z opakowaniami i zapytaj ponownie.
deal-declined-customer-title = Twoje ceny są stałe
deal-declined-customer-text = Ceny Twojej firmy wynikają z umowy. Więcej powie Twój opiekun.
deal-declined-credit-title = Najpierw rozliczenie, potem cena
deal-declined-credit-text = Otwarte zamówienia Twojej firmy osiągnęły limit kredytowy. Skontaktuj się z opiekunem, a potem zapytaj ponownie.
deal-declined-product-title = Ta cena jest stała
deal-declined-product-text = Ten produkt sprzedajemy tylko w cenie z cennika.
deal-declined-deal_too_small-title = Za mało, by negocjować
deal-declined-deal_too_small-text = Przy małym zamówieniu cena z cennika jest już najlepsza. Zapytaj o większą ilość.
deal-declined-too_many_open-title = Wiele Twoich zapytań czeka
deal-declined-too_many_open-text = Przyjmij lub wycofaj jedno z nich, a potem zapytaj ponownie.

## Offers

offer-lever-list = Cena z cennika
offer-lever-plain = Bez zmian
offer-lever-volume = Zamów więcej
offer-lever-payment = Zapłać wcześniej
offer-lever-prepay = Zapłać z góry
offer-lever-volume-payment = Zamów więcej i zapłać wcześniej
offer-lever-volume-prepay = Zamów więcej i zapłać z góry
offer-lever-delivery = Poczekaj trochę
offer-lever-freight = Wyślij z innymi
offer-lever-collect = Odbierz samodzielnie
offer-lever-commitment = Zobowiąż się na więcej
offer-lever-rebate = Odzyskaj później
offer-lever-alternative = Weź inny produkt
offer-lever-bundle = Zamów coś jeszcze
offer-lever-bonus = Dostań towar gratis
offer-lever-both = { $first } + { $second }
offer-later = { $n ->
    [one] dostawa do { $n } dnia później
    [few] dostawa do { $n } dni później
    [many] dostawa do { $n } dni później
   *[other] dostawa do { $n } dnia później
}
offer-later-free = { $n ->
    [one] dostawa do { $n } dnia później, transport gratis
    [few] dostawa do { $n } dni później, transport gratis
    [many] dostawa do { $n } dni później, transport gratis
   *[other] dostawa do { $n } dnia później, transport gratis
}
offer-ship-consolidated = wysyłka razem z innymi
offer-ship-collected = odbiór własny
offer-ship-usual = zwykła wysyłka
offer-ship-free = transport gratis
offer-commit = { $n ->
    [one] razem { $total } w ciągu { $n } miesiąca, odbierane według potrzeb
    [few] razem { $total } w ciągu { $n } miesięcy, odbierane według potrzeb
    [many] razem { $total } w ciągu { $n } miesięcy, odbierane według potrzeb
   *[other] razem { $total } w ciągu { $n } miesiąca, odbierane według potrzeb
}
offer-grow = { $n ->
    [one] zwrot { $rate } %, jeśli kupisz za { $turnover } w ciągu { $n } miesiąca
    [few] zwrot { $rate } %, jeśli kupisz za { $turnover } w ciągu { $n } miesięcy
    [many] zwrot { $rate } %, jeśli kupisz za { $turnover } w ciągu { $n } miesięcy
   *[other] zwrot { $rate } %, jeśli kupisz za { $turnover } w ciągu { $n } miesiąca
}
offer-instead = zamiast tego { $product }: { $quantity }
offer-instead-longer = zamiast tego { $product }: { $quantity }, wystarczy na tak samo długo
offer-along = dodatkowo { $product }: { $quantity }
offer-free = gratis { $product }: { $quantity }
offer-says-otherwise = { $condition }: płacisz { $price }.
offer-more = razem { $total }, o { $more } więcej
offer-prepaid = płatne przed wysyłką
offer-paid-within = { $n ->
    [one] płatne w ciągu { $n } dnia
    [few] płatne w ciągu { $n } dni
    [many] płatne w ciągu { $n } dni
   *[other] płatne w ciągu { $n } dnia
}
offer-saves = oszczędzasz { $amount }
offer-says-plain = Zamów { $quantity } i płać { $price }.
offer-says-list = Zamów { $quantity } w cenie z cennika { $price }.
offer-says-volume = Zamów o { $more } więcej (razem { $quantity }) i płać { $price }.
offer-says-volume-prepay = Zamów o { $more } więcej (razem { $quantity }), zapłać przed wysyłką i płać { $price }.
offer-says-volume-payment = { $days ->
    [one] Zamów o { $more } więcej (razem { $quantity }), zapłać w ciągu { $days } dnia i płać { $price }.
    [few] Zamów o { $more } więcej (razem { $quantity }), zapłać w ciągu { $days } dni i płać { $price }.
    [many] Zamów o { $more } więcej (razem { $quantity }), zapłać w ciągu { $days } dni i płać { $price }.
   *[other] Zamów o { $more } więcej (razem { $quantity }), zapłać w ciągu { $days } dnia i płać { $price }.
}
offer-says-prepay = Zamów { $quantity }, zapłać przed wysyłką i płać { $price }.
offer-says-payment = { $days ->
    [one] Zamów { $quantity }, zapłać w ciągu { $days } dnia i płać { $price }.
    [few] Zamów { $quantity }, zapłać w ciągu { $days } dni i płać { $price }.
    [many] Zamów { $quantity }, zapłać w ciągu { $days } dni i płać { $price }.
   *[other] Zamów { $quantity }, zapłać w ciągu { $days } dnia i płać { $price }.
}
offer-says-many = { $condition }: całość za { $price } netto.

## Negotiations in the account

negotiations-title = Negocjacje
negotiations-lead = O co pytała Twoja firma, co odpowiedzieliśmy i co uzgodniono.
negotiations-count = { $n ->
    [one] { $n } negocjacja
    [few] { $n } negocjacje
    [many] { $n } negocjacji
   *[other] { $n } negocjacji
}
negotiations-empty = Nie ma jeszcze negocjacji
negotiations-empty-hint = Otwórz produkt, podaj cenę, o której myślisz, a odpowiedź dostaniesz od razu.
negotiations-find = Znajdź produkt
negotiation-title = Negocjacja { $number }
negotiation-subject = Produkt
negotiation-asked = Zapytanie
negotiation-list = Cena z cennika
negotiation-add-file = Dodaj plik: ofertę konkurencji, rysunek
negotiation-payment = Płatność
negotiation-result = Propozycja
negotiation-saved = Oszczędność
negotiation-lines = Pozycje
negotiation-course = Przebieg
negotiation-facts = Zapytanie
negotiation-state-offered = Propozycje dla Ciebie
negotiation-state-waiting = W rozpatrzeniu
negotiation-state-agreed = Uzgodniono
negotiation-state-declined = Odmowa
negotiation-state-expired = Wygasła
negotiation-state-withdrawn = Wycofana
negotiation-step-asked = Twoje zapytanie
negotiation-step-person = Prośba o rozmowę
negotiation-step-start = Oferta Twojego opiekuna
negotiation-step-replacement = Nowa oferta Twojego opiekuna
negotiation-step-quote = Wycena Twojego opiekuna
negotiation-step-approval = Zgoda Twojego opiekuna
negotiation-step-counteroffer = Propozycja Twojego opiekuna
negotiation-step-rejection = Odmowa Twojego opiekuna

## Wrong input

invalid-price-currency = Twoje ceny są w walucie { $currency }. Podaj cenę w { $currency }.
invalid-price-positive = Podaj cenę większą od zera.
invalid-price-above-list = Już płacisz mniej: { $list }. Podaj niższą cenę albo zamów w swojej cenie.
invalid-price-is-list = To już jest Twoja cena: { $list }. Podaj niższą albo zamów w swojej cenie.
invalid-competitor-name = Podaj, kto składa tę ofertę.
invalid-text-too-long = Wpisz najwyżej { $most } znaków.
invalid-too-many-lines = Zapytaj najwyżej o { $most } pozycji naraz.
invalid-product-twice = Ten produkt już jest w zapytaniu. Połącz obie ilości w jednej pozycji.
invalid-other-products = Negocjacja dotyczy swoich produktów. Dla innych produktów zacznij nową.
invalid-date-past = Ten dzień już minął. Wybierz późniejszy.
invalid-payment-days-asked = Podaj liczbę dni od 0 do 365.
invalid-counter-above-list = To więcej niż cena klienta z cennika: { $list }.

## Refusals

refusal-not-negotiable = Ten produkt nie ma ceny, od której można negocjować. Poproś opiekuna o ofertę.
refusal-negotiations-too-many-today = Twoja firma negocjowała dziś już bardzo wiele. Spróbuj jutro lub zadzwoń do opiekuna.
refusal-too-many-open = Zbyt wiele zapytań Twojej firmy czeka. Przyjmij lub wycofaj jedno z nich, a potem zapytaj ponownie.
refusal-negotiation-not-open = Ta negocjacja się skończyła. Zapytaj ponownie, aby zacząć następną.
refusal-negotiation-with-person = Tym zapytaniem zajmuje się nasz pracownik i odpowie w obiecanym czasie. Do tej chwili nic nie można zmienić.
refusal-negotiation-answered-by-person = Opiekun już odpowiedział na to zapytanie. Najpierw zapytaj o inną cenę lub ilość.
refusal-rounds-exhausted = Wszystkie rundy są wykorzystane, a opiekun podjął decyzję. Przyjmij propozycję, która obowiązuje, albo zadzwoń do opiekuna.
refusal-offer-not-standing = Tej propozycji już nie ma.
refusal-offer-expired = Ta propozycja wygasła. Zapytaj ponownie; odpowiedź przyjdzie od razu.
refusal-offer-used = To ustalenie wykorzystało już inne zamówienie.

## Policy: the seller’s rules

policy-title = Zasady negocjacji
policy-lead = Na co sklep może się zgodzić sam i kto decyduje o reszcie. Opublikowana wersja nigdy się nie zmienia; każda decyzja podaje wersję, która ją podjęła.
policy-version = Wersja { $number }
policy-since = obowiązuje od: { $moment }
policy-draft-of = Szkic wersji { $number }
policy-against = w porównaniu z opublikowaną wersją { $number }
policy-state-draft = Szkic
policy-state-published = Opublikowana
policy-state-retired = Wycofana
policy-by = Kto
policy-by-system = Ustawiona przy instalacji
policy-begin-draft = Zmień zasady
policy-continue-draft = Wróć do szkicu
policy-to-published = Do opublikowanej wersji
policy-edit-title = Zmiana zasad
policy-save = Zapisz szkic
policy-discard = Porzuć szkic
policy-publish = Opublikuj
policy-publish-hint = Od tej chwili każda nowa odpowiedź trzyma się tej wersji. Złożone propozycje nadal obowiązują.
policy-note = Powód tej wersji
policy-changes = Zmiany względem opublikowanej wersji
policy-no-changes = Szkic mówi to samo co opublikowana wersja.
policy-rule = Zasada
policy-history = Wersje
policy-give-get = Coś za coś
policy-give-get-hint = Ile dodatkowego rabatu jest wart krok kupującego.
policy-lever-on = Stosuj tę dźwignię
policy-worked = Co z tego wynika, na przykładzie
policy-example-intro = Cennik { $list }, pytanie o { $ask } przy { $quantity }, klient z segmentu { $segment }, klasa produktu { $class }:
policy-example-agreed = Zgoda od razu.
policy-example-offers = Kupujący może wybrać:
policy-example-person = Decyduje człowiek. Podpowiedzi:
policy-example-declined = Odmowa. Obowiązuje:
policy-example-wrong = Popraw zaznaczone pola, a przykład się przeliczy.
policy-example-other = Wypróbuj inną transakcję
policy-example-list = Cena z cennika
policy-example-cost = Koszt
policy-example-ask = Pytana cena
policy-leaves = zostaje { $percent }
policy-margins = Progi i cele
policy-margins-hint = Marża na czysto: co zostaje z ceny netto po kosztach towaru, obsługi, frachtu i finansowania.
policy-margins-read = Próg / cel. Wygrywa węższa zasada: segment i klasa, potem klasa, potem segment. Przygaszone pola przejmują szerszą zasadę.
policy-margins-matrix = Co gdzie obowiązuje
policy-rows-hint = Opróżnienie wiersza usuwa go; po zapisie pojawią się kolejne.
policy-segment = Segment
policy-class = Klasa produktu
policy-floor = Próg
policy-target = Cel
policy-tactic = Taktyka
policy-tactic-hint = Jak wymagana marża schodzi od celu do progu w kolejnych rundach. Rundą jest tylko prawdziwy ruch kupującego.
policy-curve-label = { $n ->
    [one] Wymagana marża { $target } w jednej rundzie
    [few] Wymagana marża schodzi od { $target } w rundzie 1 do { $floor } w rundzie { $n }
    [many] Wymagana marża schodzi od { $target } w rundzie 1 do { $floor } w rundzie { $n }
   *[other] Wymagana marża schodzi od { $target } w rundzie 1 do { $floor } w rundzie { $n }
}
policy-this-draft = Ten szkic
policy-round = Runda
policy-demanded = Wymagana marża
policy-concession = Zwykły rabat
policy-who = Kto i co
policy-who-hint = Kto może negocjować i o jakich produktach.
policy-limits = Granice
policy-no-limit = bez granicy
policy-hours = godz.
policy-routing = Kto decyduje o reszcie
policy-authority = Uprawnienie
policy-impact-max = Wpływ na marżę do
policy-route-deal = Transakcja do
policy-route-customer = Klient do
policy-answer-within = Odpowiedź w ciągu
policy-minutes = min
flash-policy-saved = Szkic zapisany.
flash-policy-published = Nowa wersja obowiązuje.
flash-policy-discarded = Szkic usunięty. Opublikowana wersja nadal obowiązuje.
invalid-policy-no-general-row = Potrzebny jest jeden wiersz bez segmentu i klasy, dla całej reszty.
invalid-policy-duplicate-row = Jest już wiersz dla tego segmentu i tej klasy.
invalid-policy-floor-above-target = Próg jest wyższy niż cel. Obniż go albo podnieś cel.
invalid-policy-falls = Ostatnia runda daje mniej niż pierwsza. Podnieś ją.
invalid-policy-not-sorted = Dni muszą rosnąć z wiersza na wiersz, a ich wartość maleć.
invalid-policy-currency = Ta kwota jest w innej walucie albo poniżej zera.
invalid-policy-not-a-multiple = Ten stopień nie zaczyna się od pełnego stopnia.
invalid-policy-out-of-range = Ta liczba wykracza poza to, co tu możliwe.
refusal-policy-no-draft = Nie ma szkicu. Najpierw zmień zasady.
refusal-policy-draft-changed = Ktoś inny zmienił szkic. Wczytaj stronę ponownie; to, co wpisano, możesz jeszcze skopiować.
refusal-policy-nothing-changed = Szkic mówi to samo co opublikowana wersja. Najpierw coś zmień.

## Segmenty

segments-title = Segmenty
segments-intro = Jak zachowują się klienci: wyliczane co noc z roku zamówień według poniższych reguł.
segments-now = Klienci dziś
segments-never = jeszcze nie wyliczono
segments-empty = Jeszcze nic nie wiadomo. Wylicz teraz albo poczekaj do nocy.
segments-recompute = Wylicz teraz
segments-preview = Pokaż, co się zmieni
segment-moves = Kto zmienia segment
segment-moves-none = Żaden klient nie zmienia segmentu.
segment-enter = Dochodzą
segment-leave = Odchodzą
segment-move-names = { $count }: { $names }{ $rest ->
    [0] {""}
   *[other] {" "}i jeszcze { $rest }
}
segments-save = Zapisz reguły
flash-segments-saved = Reguły zapisane. Wszyscy klienci są oceniani na nowo, to chwilę potrwa.
flash-segments-recomputed = Wszyscy klienci są oceniani na nowo, to chwilę potrwa.
segment-behaviour = Zachowanie
segment-customers = Klienci
segment-share = Udział
segment-revenue = Obrót, 12 miesięcy
segment-rules = Reguły
segment-rules-hint = Pierwsza pasująca reguła nazywa zachowanie. Zasady negocjacji pytają o nie jako customer.behaviour. Puste wiersze są pomijane; bez reguł obowiązują zwykłe.
segment-condition = Warunek w CEL
segment-fields = O co może pytać warunek
segment-no-rule = żadna reguła nie pasuje
condition-kind-text = tekst
condition-kind-number = liczba
condition-kind-rate = udział, 0.15 to 15 %
condition-kind-money = kwota w walucie zasad
condition-kind-days = dni
condition-kind-flag = tak lub nie
invalid-condition = To nie jest warunek; sprawdź znak { $column }.

## Koszty obsługi

costs-title = Koszty obsługi
costs-intro = Ile kosztuje transakcja poza towarem. Każda nowa decyzja liczy z tymi liczbami; dawne zachowują swoje.
costs-serving = Obsługa i kapitał
costs-handling-order = Zamówienie
costs-handling-line = Każda jego pozycja
costs-capital = Kapitał, rocznie
costs-freight = Fracht
costs-freight-order = Przesyłka
costs-freight-kilogram = Każdy kilogram
costs-consolidated-order = Przesyłka razem z innymi
costs-consolidated-share = Tyle zostaje wtedy z kilograma
costs-flexible-days = Dni do wyboru, od których da się planować trasy
costs-flexible-saves = Oszczędza na obsłudze zamówienia
costs-charged = Ile płaci kupujący
costs-freight-charge = Fracht zamówienia
costs-freight-free-from = Gratis od
costs-charged-hint = Przy 0 fracht nie jest naliczany. Opłata liczy się do tego, co zostaje z transakcji, a dostawa w naszym terminie może ją znieść.
flash-costs-saved = Koszty zapisane.
invalid-cost-negative = Koszt nie może być ujemny.
invalid-product-unknown = Nie ma takiego produktu albo jest to ten sam produkt.
invalid-relation-lasts = Tylko trwalszy produkt zastępuje kilka: więcej niż 1, najwyżej 100.

## Co kupujący daje w zamian

deal-in-return = Zaproponuj coś w zamian
deal-can-wait = Mogę poczekać
deal-freight = Fracht
deal-freight-usual = jak zwykle
deal-freight-consolidated = razem z innymi
deal-freight-collected = odbiorę samodzielnie
deal-commit-times = Zamówię łącznie, razy ta ilość
deal-commit-months = w ciągu
deal-months = mies.
deal-fixed-quantities = Ilości są stałe: proszę ich nie zmieniać
invalid-number-at-most = Najwyżej { $most }.
invalid-commitment-half = Podaj, ile razy łącznie, co najmniej 2, i w ciągu ilu miesięcy.
deal-details = Szczegóły
deal-detail-line = { $product }: { $quantity } po { $price }
deal-detail-until = obowiązuje do: { $moment }

## Propozycje bez pytania

hints-title = Bez pytania
hints-ask = Co obniżyłoby moją cenę?
hints-none = Dla tej ilości nic. Zapytaj o cenę; odpowiedź przyjdzie od razu.
hint-to-go = brakuje { $quantity }
hint-freight-free = i bez opłaty za transport { $amount }

## Uzgodnione warunki na koncie

deals-title = Uzgodnione warunki
deals-lead = Co uzgodniono, do kiedy można to zamówić i ile jeszcze zostało. Wszyscy w firmie widzą to samo.
deals-count = { $n ->
    [one] { $n } uzgodnienie
    [few] { $n } uzgodnienia
   *[other] { $n } uzgodnień
}
deals-empty = Nic tu nie ma
deals-empty-hint = To, co zostanie uzgodnione w negocjacjach, czeka tutaj na zamówienie.
deals-state-open = Można zamówić
deals-state-ordered = Zamówione
deals-state-ended = Po terminie
deals-price = Uzgodniona cena
deals-quantity-to = { $quantity } do { $most }
deals-conditions = Warunki
deals-agreed = Uzgodniono
deals-until = Zamówienie do
deals-ordered-with = Zamówiono w
deals-called-off = Zamówiono { $done } z { $total }, zostało { $left }
deals-on-track = zgodnie z planem
deals-behind = opóźnione
deals-commitment = Zamówienia z umowy
deals-rebate = Premia
deals-turnover = { $reached } z { $turnover } obrotu do { $until }, premia { $rate } %
