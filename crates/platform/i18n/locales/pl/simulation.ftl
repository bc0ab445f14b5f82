### Simulations and suggested policies.

## On the command line

simulate-past = Wczytano w { $seconds } s: transakcje: { $deals }, klienci: { $customers }, produkty: { $products }
simulate-verdict = { $arm }: { $change } { $sure }
simulate-matched = { $what }: zapisano { $recorded } { $chance }, symulacja { $simulated }, przed dopasowaniem { $before }: { $judgement }
simulate-running = Symulacja
simulate-speed = Kupujący: { $buyers } (pominięci: { $skipped }), decyzje: { $decisions } w { $seconds } s, czyli { $per_second } na sekundę
simulate-more = wobec cen cennikowych { $more } ({ $interval })

## Figures

simulation-between = od { $low } do { $high }
simulation-money = { $amount } { $currency }
simulation-figure-agreement = Uzgodnione bez udziału człowieka
simulation-figure-settled = Uzgodnione
simulation-figure-escalation = Przekazane człowiekowi
simulation-figure-rounds = Rundy na negocjację
simulation-figure-close = Kupili
simulation-figure-eligible = Kupujący, którzy mogą negocjować
simulation-figure-revenue = Przychód netto
simulation-figure-pocket = Marża kieszeniowa
simulation-figure-pocket-rate = Marża kieszeniowa w przychodzie
simulation-figure-leakage = Wyciek: zbędny rabat
simulation-figure-work = Minuty pracy handlowców
simulation-figure-lasting = Trwała marża kieszeniowa
simulation-figure-surplus = Korzyść kupujących
simulation-figure-discount = Udzielone rabaty
simulation-figure-discount-rate = Rabat od wartości cennikowej
simulation-figure-deals = Transakcje
simulation-figure-under-floor = Sprzedaż poniżej progu

## Arms

simulation-arm-published = Obowiązująca (wersja { $number })
simulation-arm-draft = Szkic (wersja { $number })
simulation-arm-version = Wersja { $number }
simulation-arm-suggested = Proponowana polityka
simulation-arm-starter = Polityka początkowa
simulation-arm-complete = Polityka ze wszystkimi dźwigniami
simulation-arm-list = Zawsze cena cennikowa
simulation-arm-floor = Zawsze ustępstwo do progu
simulation-arm-split = Dzielenie różnicy na pół
simulation-arm-was = Tak, jak było

## Breakdowns

simulation-by-segment = Według segmentu klientów
simulation-by-category = Według kategorii produktów
simulation-by-lever = Według dźwigni
simulation-by-size = Według wielkości transakcji
simulation-key-none = brak
simulation-key-nothing = bez sprzedaży
simulation-key-size = od { $from }

## How well the invented buyers fit

simulation-fit-title = Jak wiernie odtworzono kupujących?
simulation-fit-prices = Ceny i wielkości
simulation-calibration-old = Kupujących w tej symulacji nie dopasowano do przebiegu Państwa negocjacji. Należy ją uruchomić ponownie.
simulation-calibration-none = { $n ->
    [0] Nie zapisano żadnej negocjacji, którą dopuściłaby polityka obowiązująca: za mało,
   *[other] Zapisano za mało negocjacji, które dopuściłaby polityka obowiązująca ({ $count }),
} aby dopasować sposób negocjowania kupujących. Udział spraw przekazanych człowiekowi, liczba rund i liczba uzgodnień wynikają z ogólnych założeń.
simulation-calibration-bad = Te wyniki należy czytać ostrożnie: kupujący nie zachowują się tak jak Państwa klienci. { $figures }.
simulation-calibration-how = Zapisane negocjacje o jednym produkcie ({ $count }) obok tego, co polityka obowiązująca robi ze zmyślonymi kupującymi. Po obu stronach pominięto tych, którzy nie mogą negocjować.
simulation-matched-person = Przekazane człowiekowi
simulation-matched-rounds = Rundy na negocjację
simulation-matched-agreed = Uzgodnione
simulation-matched-discount = Rabat w uzgodnionych cenach
simulation-matched-recorded = Zapisano
simulation-matched-simulated = Symulacja
simulation-matched-before = Przed dopasowaniem
simulation-matched-fit = Zgodność
simulation-matched-chance = (± { $distance })
simulation-matched-well = blisko
simulation-matched-badly = daleko
simulation-matched-apart = { $what }: zapisano { $recorded }, w symulacji { $simulated }
simulation-fit-nothing = Historia jest za krótka, aby odłożyć jej część do porównania: kupujący odpowiadają raczej ogólnym założeniom niż Państwa klientom.
simulation-fit-how = Kupujących dopasowano do { $fitted } transakcji i porównano z { $held } najnowszymi, których dopasowanie nie znało. Dla każdego rozkładu podajemy największą odległość między zmyślonym a prawdziwym (odległość Kołmogorowa-Smirnowa).
simulation-fit-deal-size = Wielkości transakcji
simulation-fit-discount = Rabaty
simulation-fit-spread = Rozrzut cen tego samego produktu i ilości
simulation-fit-well = { $what }: odległość { $distance }. Tyle daje sam przypadek.
simulation-fit-fairly = { $what }: odległość { $distance }. Wystarczająco blisko, aby porównywać polityki.
simulation-fit-badly = { $what }: odległość { $distance }. Historia zmienia się zbyt mocno, aby z niej wróżyć; wyniki należy czytać ostrożnie.
simulation-fit-agreement = Negocjacje zakończone sprzedażą: oczekiwane { $predicted }, rzeczywiste { $seen }.
simulation-fit-levers = Wykorzystane dźwignie: udziały różnią się o { $distance }.

## Refusals and fields

refusal-simulation-no-history = Nic jeszcze nie sprzedano ani nie wynegocjowano, więc nie ma kupujących, od których można się uczyć. Najpierw należy zaimportować dawne zamówienia.
refusal-simulation-too-many = Trzy symulacje już czekają lub trwają. Należy poczekać na koniec jednej z nich albo ją zatrzymać.
refusal-simulation-ended = Ta symulacja już się zakończyła, nie ma czego zatrzymywać.
refusal-simulation-no-suggestion = Ta symulacja nie zaproponowała polityki. Najpierw należy opracować propozycję.
invalid-simulation-twice = { $policy } podano dwa razy. Każdą politykę należy podać raz.
invalid-simulation-arms = Można wybrać najwyżej { $max } polityk i reguł.
invalid-simulation-was = Tylko dawne transakcje można pokazać tak, jak było. Należy wybrać dawne transakcje albo to pominąć.
invalid-simulation-count = Należy wybrać od 1 do { $max } kupujących.
invalid-simulation-seed = Należy wybrać ziarno od 0 do { $max }.
invalid-simulation-policy = Nie ma wersji { $policy } polityki.
flash-simulation-cancelled = Symulacja została zatrzymana.
flash-suggestion-adopted = Propozycja jest teraz szkicem. Przed publikacją warto ją przejrzeć.

## The list, and a new one

simulations-title = Symulacje
simulations-lead = Wypróbowanie polityk na dawnych i zmyślonych kupujących, zanim zaczną obowiązywać.
simulations-empty = Nie ma jeszcze symulacji
simulations-empty-hint = Symulacja pokazuje, ile polityka by sprzedała, z jaką marżą i jakim nakładem pracy.
simulation-new = Nowa symulacja
simulation-new-lead = Ci sami kupujący trafiają na każdą zaznaczoną politykę i regułę, dzięki czemu widać małe różnice.
simulation-which-policies = Polityki
simulation-which-references = Reguły odniesienia
simulation-references-hint = Obowiązują je progi polityki obowiązującej, jeśli bierze udział, w przeciwnym razie pierwszej polityki.
simulation-which-buyers = Kupujący
simulation-choose-invented = Zmyśleni, dopasowani do Państwa klientów
simulation-choose-backtest = Każda dawna transakcja raz, jakby kupujący zapytał; obok to, co naprawdę zamówiono
simulation-count = Zmyśleni kupujący
simulation-seed = Ziarno
simulation-seed-hint = To samo ziarno daje tych samych kupujących, a więc ten sam wynik.
simulation-start = Uruchom
simulation-policies = Polityki i reguły
simulation-buyers = Kupujący
simulation-when = Rozpoczęto
simulation-who = Przez
simulation-kind-backtest = dawne transakcje
simulation-kind-invented = zmyśleni: { $count }

## A run

simulation-number = Symulacja { $number }
simulation-state-queued = Czeka
simulation-state-running = Trwa
simulation-state-done = Gotowa
simulation-state-failed = Nieudana
simulation-state-cancelled = Zatrzymana
simulation-meta = Zlecona { $moment }
simulation-done-meta = Kupujący: { $buyers }, gotowa { $moment }
simulation-runs = Symulacja trwa. Wynik pojawi się na tej stronie.
simulation-progress = Postęp
simulation-look-again = sprawdź ponownie
simulation-cancel = Zatrzymaj
simulation-was-cancelled = Tę symulację zatrzymano, zanim dała wynik.
simulation-error-no-deals = Nie ma dawnej transakcji, której można użyć: produkt musi mieć cenę i nadal być w sprzedaży.
simulation-error-currency = Jedna z polityk liczy w innej walucie niż polityka obowiązująca.
simulation-error-arms = W ten sposób nie można porównać polityk.
simulation-error-faults = Jedna z polityk zawiera sprzeczności.
simulation-side-by-side = Zestawienie
simulation-verdict = Co się zmieni
simulation-verdict-none = Polityka obowiązująca nie brała udziału razem z inną, więc o zmianie nic nie można powiedzieć. Należy uruchomić symulację z obiema.
simulation-changes-from = Zmiany względem: { $arm }. Na każdą politykę trafiają ci sami kupujący, więc przedziały (95 %) dotyczą zmiany.
simulation-eligible = Udziały i rundy dotyczą kupujących, którzy mogą negocjować: { $count }; pozostałych ({ $others }) wyklucza najmniejsza transakcja lub inna reguła. Sumy obejmują wszystkich. Z tego, jak było, do udziałów liczą się tylko prawdziwe negocjacje.
simulation-further = Dalsze wyniki
simulation-change = Zmiana: { $change }
simulation-change-between = Zmiana: { $change } ({ $interval })
simulation-change-lasting = Zmiana trwałej marży kieszeniowej
simulation-pictures = Wykresy
simulation-intervals = Wąsy to przedziały 95 % zmiany: przy innych klientach tego samego rodzaju leżałaby najczęściej w tym zakresie.
simulation-picture = Słupek dla każdej polityki lub reguły. Tabele zawierają te same liczby.
simulation-bar = { $number } · { $arm }
simulation-against-list = Więcej niż przy cenach cennikowych dla wszystkich
simulation-paired = Po obu stronach ci sami kupujący. Przedział bez zera oznacza rzeczywistą różnicę.
simulation-pocket-by = Marża kieszeniowa
simulation-limits = Każda negocjacja jest osobna: budżetów okresowych i wcześniejszych ustępstw wobec klienta nie symulujemy.
simulation-settings = Co uruchomiono
simulation-currency = Waluta
simulation-hash = Odcisk polityki
simulation-column-arm = Polityka lub reguła
simulation-column-by = Podział
simulation-column-key = Czego dotyczy
simulation-column-figure = Wielkość
simulation-column-value = Wartość
simulation-column-low = Dolny kraniec
simulation-column-high = Górny kraniec
simulation-column-unit = Jednostka
simulation-column-buyers = Kupujący

## A suggested policy

suggestion-title = Proponowana polityka
suggestion-lead = Polityka na początek, opracowana na podstawie dotychczasowej sprzedaży. Przy każdej liczbie podano jej źródło.
suggestion-empty = Nie ma jeszcze propozycji
suggestion-empty-hint = Powstaje z dawnych zamówień i negocjacji i jest porównywana z polityką obowiązującą.
suggestion-begin = Zaproponuj politykę
suggestion-again = Opracuj ponownie
suggestion-adopt = Przyjmij jako szkic
suggestion-overwrites = Istnieje już szkic; propozycja zajęłaby jego miejsce.
suggestion-to-run = Wszystkie wyniki tej symulacji
suggestion-hint = Negocjacje przebiegają nadal według polityki początkowej. Można zaproponować politykę dopasowaną do dotychczasowej sprzedaży.
suggestion-numbers = Jej liczby
suggestion-what = Reguła
suggestion-value = Propozycja
suggestion-why = Dlaczego
suggestion-policy = Cała polityka
suggestion-margins = Próg i cel, wszyscy klienci i produkty
suggestion-margins-segment = Próg i cel, segment { $name }
suggestion-margins-class = Próg i cel, klasa { $name }
suggestion-plain = Ustępstwo bez warunków
suggestion-plain-from = Ustępstwo bez warunków, pierwsza runda
suggestion-plain-to = Ustępstwo bez warunków, ostatnia runda
suggestion-volume = Ilość
suggestion-volume-per-double = Za podwojenie ilości
suggestion-volume-multiple-max = Największa proponowana ilość
suggestion-payment = Płatność
suggestion-tactic-exponent = Taktyka (1: równe kroki; więcej: późniejsze ustępstwa)
suggestion-tactic-rounds-max = Rundy
suggestion-limits = Limity
suggestion-eligibility-deal-min = Najmniejsza negocjowana transakcja
suggestion-limits-worth-deal = Transakcje warte czasu człowieka od
suggestion-limits-deal-max = Transakcje zawsze dla człowieka od
suggestion-limits-worth-customer = Klienci warci czasu człowieka, roczny przychód od
suggestion-limits-discount-max = Największy rabat, na który pada odpowiedź
suggestion-eligibility-classes-blocked = Klasa bez negocjacji
suggestion-value-margins = { $floor } i { $target }
suggestion-value-multiple = { $multiple } × ilość z zapytania
suggestion-value-payment = { $days } dni: { $grant }
suggestion-why-starter = Historia mówi o tym za mało; z tą wartością zaczyna każda nowa instalacja.
suggestion-why-margins = W { $deals } transakcjach jedna dziesiąta przychodu dała mniej niż { $floor_seen }, połowa mniej niż { $target_seen }. Nieliczne transakcje przyciąga całość.
suggestion-why-spread = Spośród { $deals } transakcji poniżej zwykłej ceny tego samego produktu i ilości dziewięć na dziesięć leżało najwyżej { $percentile_90 } poniżej niej.
suggestion-why-slope = W { $pairs } parach sprzedaży podwojenie ilości obniżało cenę o { $per_double_seen }.
suggestion-why-quantities = W { $deals } transakcjach jedna na dwadzieścia dotyczyła co najmniej { $multiple_seen } × zwykłej ilości.
suggestion-why-capital = Czekanie na pieniądze kosztuje { $capital } rocznie.
suggestion-why-at-list = { $share } z { $deals } transakcji zawarto po cenie cennikowej: im więcej, tym późniejsze ustępstwa.
suggestion-why-rounds = Połowa z { $talks } negocjacji trwała najwyżej { $rounds } rundy; dopuszczono jedną więcej.
suggestion-why-deal-values = { $percentile } z { $deals } transakcji było wartych najwyżej { $seen }.
suggestion-why-revenues = { $percentile } z { $customers } klientów kupiło w roku najwyżej za { $seen }.
suggestion-why-discounts = { $percentile } z { $deals } transakcji miało rabat najwyżej { $seen }; dopuszczono półtora raza tyle.
suggestion-why-no-cost = Nie jest znany koszt żadnego z jej produktów ({ $products }).
suggestion-findings = Co pokazuje historia
suggestion-findings-hint = Na początku to, co najczęściej sprzedawano poniżej zwykłej ceny: tam polityka zarabia najwięcej.
suggestion-found-what = Czego dotyczy
suggestion-found-name = Nazwa
suggestion-found-sales = Sprzedaże
suggestion-found-at-list = Po cenie cennikowej
suggestion-found-discount = Mediana rabatu
suggestion-found-spread = Rozrzut
suggestion-found-under = Poniżej zwykłej ceny
suggestion-found-margin = Marża kieszeniowa
suggestion-found-agreed = Uzgodnione negocjacje
suggestion-found-market = Wszystko
suggestion-found-segment = Segment
suggestion-found-class = Klasa
suggestion-found-category = Kategoria
suggestion-found-lever = Dźwignia
suggestion-found-customer = Klient
suggestion-found-product = Produkt

## Start of the office

office-start-simulations = Symulacje
office-start-simulations-text = Wypróbowanie polityk na dawnych i zmyślonych kupujących, zanim zaczną obowiązywać
percentage-points = { $points } pkt proc.
simulation-pocket-by-largest = Marża kieszonkowa największych; mniejsze ({ $count }) są tylko w tabeli
