### Tracking of negotiations.

policy-state-variant = Wariant eksperymentu
tracking-title = Wyniki negocjacji
tracking-lead = O co proszono, co przyznano i co z tego wynikło. Każda liczba prowadzi do swoich negocjacji, każda negocjacja do decyzji.
tracking-from = Od
tracking-until = Do
tracking-category = Kategoria
tracking-rep = Handlowiec
tracking-policy = Polityka
tracking-product = Produkt
tracking-show = Pokaż
tracking-all = Wszystkie
tracking-no-rep = bez handlowca
tracking-no-segment = bez segmentu
tracking-numbers = Liczby
tracking-nothing = Brak danych w tym okresie.
tracking-empty = Brak negocjacji w tym okresie
tracking-empty-hint = Wybierz dłuższy okres lub mniej filtrów. Negocjacje pojawiają się tu, gdy tylko kupujący zapyta o cenę.
tracking-found = { $n ->
    [one] { $n } negocjacja
    [few] { $n } negocjacje
   *[many] { $n } negocjacji
 }
tracking-report-overview = Przegląd
tracking-report-asks = Prośby i rabaty
tracking-report-levers = Dźwignie
tracking-report-outcomes = Wygrane i przegrane
tracking-report-prices = Ceny zapłacone
tracking-report-adherence = Dotrzymanie i zasięg
tracking-report-people = Handlowcy i segmenty
tracking-report-negotiations = Negocjacje
tracking-section-weeks = Tydzień po tygodniu
tracking-section-weeks-hint = Według tygodnia pierwszej prośby. Uzgodnienia liczone są wśród zakończonych. Pas na wykresie i dwie liczby w tabeli mówią, w jakich granicach udział naprawdę może leżeć, gdy transakcji jest mało: w 95 % przypadków.
tracking-section-waterfall = Od ceny cennikowej do kieszeni
tracking-section-waterfall-hint = Zamówione transakcje o znanych kosztach. Wyciek to kwota brakująca do progu.
tracking-section-categories = Według kategorii
tracking-section-categories-hint = Rabat, o który proszono, obok rabatu przyznanego, ważone wartością.
tracking-section-sizes = Według wielkości
tracking-section-sizes-hint = Według wartości prośby w cenach cennikowych.
tracking-section-levers = Dźwignie
tracking-section-levers-hint = W ilu negocjacjach dźwignię zaproponowano, obejrzano z bliska i przyjęto, oraz w ilu ofertach. Jedna negocjacja może mieć ich kilka.
tracking-section-reasons = Jak się skończyły i dlaczego
tracking-section-reasons-hint = Każda negocjacja raz, według zakończenia i podanego powodu.
tracking-section-policies = Według wersji polityki
tracking-section-policies-hint = Według wersji, która zdecydowała jako ostatnia. Co wersja powoduje, powie tylko eksperyment.
tracking-section-prices = Ceny uzgodnione dla jednego produktu
tracking-section-prices-hint = Każdy punkt to transakcja: cena jednostki względem ilości. Równym ilościom w nierównych cenach warto się przyjrzeć.
tracking-section-adherence = Czy transakcji dotrzymano
tracking-section-adherence-hint = Czy uzgodnioną ilość naprawdę zamówiono.
tracking-section-adoption = Jak szeroko to działa
tracking-section-adoption-hint = W całym okresie, niezależnie od pozostałych filtrów.
tracking-section-reps = Według handlowców
tracking-section-reps-hint = Według handlowca klienta. Każde nazwisko prowadzi do jednostronicowego podsumowania.
tracking-section-segments = Według segmentów
tracking-section-segments-hint = Według ówczesnego segmentu klienta. Każda nazwa prowadzi do jednostronicowego podsumowania.
column-with-unit = { $name }, { $unit }
column-unit = Jednostka
tracking-column-group = Grupa
tracking-column-count = Negocjacje
tracking-column-agreement = Uzgodnienia
tracking-column-asked = Rabat proszony
tracking-column-given = Rabat przyznany
tracking-column-rounds = Rundy
tracking-column-escalated = U człowieka
tracking-column-turnaround = Odpowiedź człowieka
tracking-column-agreed = Uzgodniono, { $currency }
tracking-column-revenue = Zamówiono, { $currency }
tracking-column-lapsed = Przepadło, { $currency }
tracking-column-offers = Złożone oferty
tracking-column-offers-taken = Przyjęte oferty
tracking-column-ordered = Zamówiona wartość
tracking-column-margin = Marża kieszeniowa
tracking-column-effect = Wobec bazy, { $currency }
tracking-column-step = Krok
tracking-column-amount = Kwota, { $currency }
tracking-column-of-list = Z cennika
tracking-column-offered = Zaproponowano
tracking-column-looked = Obejrzano
tracking-column-taken = Przyjęto
tracking-column-taken-share = Przyjęto z zaproponowanych
tracking-column-state = Co się stało
tracking-column-deals = Transakcje
tracking-column-part = Negocjowane
tracking-column-whole = Wszystkie
tracking-column-share = Udział
tracking-column-negotiation = Numer
tracking-column-company = Klient
tracking-column-day = Pierwsza prośba
tracking-column-outcome = Wynik
tracking-column-net = Uzgodniona wartość
tracking-column-list = Cena cennikowa
tracking-column-price = Cena uzgodniona
tracking-axis-quantity = Ilość
tracking-axis-price = Cena jednostki, { $currency }
tracking-price-point = { $company }: { $quantity } po { $price }
tracking-rebate = Premie
tracking-leakage = Wyciek
tracking-size-below = poniżej { $high }
tracking-size-between = { $low } do { $high }
tracking-size-above = { $low } i więcej
tracking-at-once = od razu
tracking-seconds = { $n } s
tracking-minutes = { $n } min
tracking-hours = { $n } godz.
tracking-days = { $n ->
    [one] { $n } dzień
    [few] { $n } dni
   *[many] { $n } dni
 }
tracking-won = Wygrane
tracking-lost = Przegrane
tracking-open = Otwarte
tracking-won-at-once = Uzgodniono od razu
tracking-won-offer = Przyjęto ofertę
tracking-won-person = Uzgodniono z człowiekiem
tracking-lost-person = Odmówił człowiek
tracking-kept-kept = Zamówiono zgodnie z umową
tracking-kept-short = Zamówiono mniej, niż uzgodniono
tracking-kept-partly = Zamówiono część, resztę jeszcze można
tracking-kept-not-ordered = Nie zamówiono
tracking-kept-open = Można jeszcze zamówić
tracking-paid-in-time = Zapłacono w terminie
tracking-not-known = nie wiadomo: płatności nie są jeszcze zapisywane
tracking-adoption-companies = Firmy
tracking-adoption-revenue = Przychód
tracking-tile-count = Negocjacje
tracking-tile-agreement = Uzgodnienia
tracking-tile-agreed = Uzgodniono
tracking-tile-lapsed = Przepadło
tracking-tile-answer = Pierwsza odpowiedź
tracking-tile-escalated = U człowieka
tracking-tile-discount = Rabat przyznany
tracking-tile-revenue = Zamówiono
tracking-tile-margin = Marża kieszeniowa
tracking-tile-effect = Zamówiono wobec bazy
tracking-tile-baseline = Dopasowana baza
tracking-tile-leakage = Wyciek
tracking-note-open = otwartych: { $n }
tracking-note-win-loss = wygrane: { $won }, przegrane: { $lost }
tracking-note-cycle = od prośby do końca { $time }
tracking-note-turnaround = odpowiedź w { $time }
tracking-note-asked = proszono o { $percent }
tracking-note-deals = { $n ->
    [one] { $n } transakcja
    [few] { $n } transakcje
   *[many] { $n } transakcji
 }
tracking-note-ordered = { $n ->
    [one] { $n } transakcja, { $amount } ponad to, o co proszono
    [few] { $n } transakcje, { $amount } ponad to, o co proszono
   *[many] { $n } transakcji, { $amount } ponad to, o co proszono
 }
tracking-note-lapsed = { $n ->
    [one] { $n } transakcja; { $amount } można jeszcze zamówić
    [few] { $n } transakcje; { $amount } można jeszcze zamówić
   *[many] { $n } transakcji; { $amount } można jeszcze zamówić
 }
tracking-note-estimated = { $n ->
    [0] po kosztach z dnia decyzji
    [one] { $n } transakcja po dzisiejszych kosztach
    [few] { $n } transakcje po dzisiejszych kosztach
   *[many] { $n } transakcji po dzisiejszych kosztach
 }
tracking-note-pocket-effect = w kieszeni { $amount }
tracking-note-matched = { $n ->
    [one] { $n } transakcja według wcześniejszych cen
    [few] { $n } transakcje według wcześniejszych cen
   *[many] { $n } transakcji według wcześniejszych cen
 }
tracking-note-leakage = brakuje do progu
tracking-negotiation = Negocjacja { $number }
tracking-decision = Decyzja { $number }
tracking-asked-for = Prośba: { $terms }
tracking-answer-agreed = Zgoda
tracking-answer-offered = Oferty
tracking-answer-waiting = Do człowieka
tracking-answer-declined = Odmowa
tracking-answer-imported = Import
tracking-decisions = Decyzje osób
tracking-column-person = Kto
tracking-column-decision = Decyzja
tracking-column-authority = Uprawnienie
tracking-column-terms = Warunki
tracking-column-pocket = Na czysto
tracking-column-rationale = Powód
tracking-column-answered = Minuty pracy od zapytania
tracking-column-at = Kiedy
tracking-offer-suggested = Sugerowana
tracking-offer-unsent = Sugestia, nie wysłana
tracking-offer-withdrawn = Wycofana
tracking-offer-open = Otwarta
tracking-offer-taken = Przyjęta
tracking-offer-superseded = Nieprzyjęta
tracking-trace = Dlaczego: każda zastosowana reguła z jej liczbami
tracking-no-trace = Import: decyzja nie zapadła tutaj, więc nie ma śladu ani czego odtwarzać.
tracking-replay = Odtwórz
tracking-identical = Identyczna: obliczona ponownie z zapisanych danych decyzja jest taka sama co do grosza.
tracking-different = Dziś decyzja wypadłaby inaczej. Różnice:
tracking-field = Pole
tracking-stored = Zapisano
tracking-again = Obliczono ponownie
tracking-fact-about = Dotyczy
tracking-fact-opened = Pierwsza prośba
tracking-fact-closed = Koniec
tracking-fact-agreed = Uzgodniono
tracking-fact-lever = Przez
tracking-fact-order = Zamówienie
tracking-summary-segment = Segment { $segment }
tracking-summary-span = Negocjacje z pierwszą prośbą od { $from } do { $until }
tracking-summary-lead = { $won ->
    [one] { $won } uzgodniona transakcja, z tego zamówiono { $ordered }: { $revenue }; wobec dopasowanej bazy { $effect }.
    [few] { $won } uzgodnione transakcje, z tego zamówiono { $ordered }: { $revenue }; wobec dopasowanej bazy { $effect }.
   *[many] { $won } uzgodnionych transakcji, z tego zamówiono { $ordered }: { $revenue }; wobec dopasowanej bazy { $effect }.
 }
tracking-share-between = { $share } (od { $low } do { $high })
tracking-own-summary = Moje podsumowanie
tracking-stories = Transakcje warte opowiedzenia
tracking-story = { $amount }, pierwsza prośba { $day }: proszono o { $asked } poniżej cennika, przyznano { $given }.
tracking-method = Kwoty liczą to, co zamówiono. Baza: zamówione ilości po cenie, jaką ten sam klient płacił za ten sam produkt w poprzednich 90 dniach, a gdy nie kupował – po cenie cennikowej; w kieszeni te same ilości przy tych samych kosztach. Wyciek: ile zamówionym transakcjom brakuje do progu.
office-start-tracking = Wyniki negocjacji
office-start-tracking-text = O co proszono, co przyznano i co z tego wynikło

## Co kupujący przyjmują

buyer-model-title = Co kupujący przyjmują
buyer-model-intro = Jak prawdopodobne jest przyjęcie oferty. Uczą tego oferty, które reguły złożyły tutaj, gdy ich negocjacja się skończy; oferty ludzi i z poprzedniego systemu niczego nie uczą. Decyduje o kolejności ofert w odpowiedzi, a na pulpicie mówi, jak prawdopodobna jest oferta i ile jest warta; nigdy nie zmienia ceny.
buyer-model-empty = Jeszcze nic nie wiadomo
buyer-model-empty-hint = Najpóźniej kwadrans po zakończeniu negocjacji pojawi się tu, co stało się z ofertami. Do tego czasu system przyjmuje 90 % przy oczekiwanej cenie i o 8 punktów mniej za każdy procent powyżej.
buyer-model-all = Wszyscy klienci
buyer-model-segments = Według segmentu klientów
buyer-model-segment = Segment
buyer-model-offers = Złożone oferty
buyer-model-offers-taken = Przyjęte oferty
buyer-model-outcomes = Nauka z ofert
buyer-model-taken = Z nich przyjęte
buyer-model-at-ask = Przy oczekiwanej cenie
buyer-model-above = { $gap } powyżej
buyer-model-between = { $low } do { $high } %
buyer-model-levers = Według dźwigni: { $segment }
buyer-model-levers-hint = Prawdopodobieństwo przy oczekiwanej cenie. Im więcej ofert, tym węższy przedział.
buyer-model-lever = Dźwignia
buyer-model-chance = Prawdopodobieństwo
buyer-model-interval = Przedział 95 %
tracking-by-version = wersja polityki { $number }
