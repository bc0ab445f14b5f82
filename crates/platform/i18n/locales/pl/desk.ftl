### Area: desk. Keys start with the name of the thing they belong to.

## The queue

desk-title = Pulpit
desk-queue = Kolejka
desk-decisions = Decyzje
desk-whose = Czyje
desk-mine = Moje
desk-team = Zespołu
desk-done = Załatwione
desk-late = Po terminie
desk-due-today = Na dziś
desk-no-date = Bez terminu
desk-empty = Nie ma nic do decyzji
desk-empty-done = Jeszcze nic nie rozstrzygnięto
desk-empty-hint = Nowe sprawy pojawią się tu same.
desk-nothing = Żadna sprawa nie jest otwarta
desk-nothing-hint = Trafia tu to, czego nie rozstrzygają zasady, ze wszystkim, co potrzebne do odpowiedzi.
desk-customer = Klient

## The case

case-title = { $price } przy { $quantity }: { $product }
case-title-unasked = { $quantity } — { $product }
case-title-many = { $n ->
    [one] { $total } za { $n } pozycję
    [few] { $total } za { $n } pozycje
    [many] { $total } za { $n } pozycji
   *[other] { $total } za { $n } pozycji
}
case-what = { $product }, { $quantity } po { $price }
case-what-many = { $n ->
    [one] { $n } pozycja, rabat { $percent }
    [few] { $n } pozycje, rabat { $percent } na całość
    [many] { $n } pozycji, rabat { $percent } na całość
   *[other] { $n } pozycji, rabat { $percent } na całość
}
case-number = Sprawa { $number }
case-round = runda { $round } z { $of }
case-asked = Pytana cena
case-under-list = { $percent } poniżej cennika
case-list = Ich cennik
case-last-paid = Ostatnio płacili
case-never-bought = jeszcze nie kupowali
case-deal = Transakcja
case-competitor = Konkurent
case-stands = Już zaproponowane i ważne
case-waterfall = Od cennika do marży
case-floor = próg { $percent }
case-target = cel { $percent }
case-ask = Zapytanie
case-quantity-at = { $quantity } po { $price }
case-list-price = Cena z cennika
case-discount = Rabat
case-net-price = Cena netto
case-cost = Koszt
case-handling = Obsługa
case-freight = Fracht
case-financing = Finansowanie
case-rebate = Rabat zwrotny
case-bonus = Bonus dostawcy
case-support = Wsparcie dostawcy (ship and debit)
case-pocket = Na czysto
case-margin = ceny netto
case-no-cost = Koszt jednego z produktów nie jest znany, więc marży nie można pokazać. Ustal koszt przed odpowiedzią.
case-why = Dlaczego sklep nie zdecydował sam
case-answer = Odpowiedź
case-as-asked = Tak, jak w zapytaniu
case-saves-them = oszczędzają { $amount }
case-chance = szansa { $percent }
case-chance-low = szansa poniżej { $percent }
case-needs = wymaga uprawnienia: { $authority }
case-counter-price = Cena w kontrofercie
case-counter-days = Płatność
case-live-margin = Marża na czysto tej kontroferty
case-chosen-margin = Marża na czysto tej odpowiedzi
case-margin-unclear = Podaj cenę i ilość.
case-message = Wiadomość: { $name }
case-message-reject = Dla klienta
case-add-rationale = Notatka dla nas
case-rationale = Powód, dla nas
case-rationale-hint = Klient tego nie zobaczy.
case-counter = Wyślij kontrofertę
case-reject = Odmów
case-reject-title = Odmowa
case-reject-reason = Powód
case-key-counter = Kontroferta: wpisz cenę
case-key-customer = Otwórz klienta
case-key-message = Napisz wiadomość
case-previous = Poprzednia sprawa
case-next = Następna sprawa
case-closed = Ta sprawa jest rozstrzygnięta.
case-by-shop = Sklep odpowiedział sam, nikt nie musi decydować.
case-state-offered = Zaproponowano
case-state-waiting = Czeka na nas
case-state-agreed = Uzgodniono
case-state-declined = Odmowa
case-state-expired = Wygasła
case-state-withdrawn = Wycofana
case-decided-approval = Zgoda
case-decided-counteroffer = Kontroferta
case-decided-rejection = Odmowa
flash-case-approved = Zgoda: klient dostaje to, o co prosił.
flash-case-countered = Kontroferta jest u klienta.
flash-case-rejected = Odmowa wysłana. Klient już wie.

## What a button sends, and what became of it

case-own-answer = Własna kontroferta
case-proposed-by = Propozycja: { $name }
case-proposal-waits = Czeka na inną osobę: { $terms }
case-proposes = { $name } prosi o zgodę: { $terms }
case-approve-terms = Zgoda na { $terms }
case-send-answer = Wyślij: { $title }, { $terms }
case-send-on = Przekaż do zgody: { $terms }
case-counter-with = Kontroferta { $terms }
case-replace = Zastąp moją ofertę
case-replace-with = Zastąp moją ofertę: { $terms }
case-replace-title = Zastąpienie własnej oferty
case-choose = Pokaż tę odpowiedź
case-differs = w zapytaniu: { $asked }
case-selected-other = Wybrano inną odpowiedź, niż wskazywał przycisk, więc nic nie wysłano. Teraz przycisk mówi, co wyśle.
case-news = Ta sprawa zmieniła się od czasu otwarcia. Proszę obejrzeć ją ponownie.
case-unsent = To, co było napisane, nie zostało wysłane
case-stands-one = { $title }: { $terms }, do { $until }
case-sent = Wysłano: { $terms }
case-sent-other = Wysłano: { $terms }. W zapytaniu było: { $asked }
case-undo = Cofnij
case-undone = cofnięto
case-given = Marża na czysto { $margin }, zostaje { $pocket }; uprawnienie: { $authority }
case-given-nothing = Uprawnienie: { $authority }
case-decided-replacement = Oferta zastąpiona
case-decided-quote = Oferta na zapytanie
flash-case-answered = Odpowiedź jest u klienta.
flash-case-replaced = Nowa oferta zastąpiła poprzednią.
flash-case-proposed = Przekazano do zgody. Klient do tego czasu nic nie wie.
flash-case-undone = Cofnięto. Nic nie wysłano pocztą.
desk-sort = Kolejność
desk-sort-due = Według terminu
desk-sort-value = Według wartości
desk-by-value = Od największej
desk-with-colleagues = Moi klienci, u innych osób
desk-more = Widać { $shown } z { $total }.

## The customer

case-segment = segment { $segment }
case-revenue = Obrót, 12 miesięcy
case-revenue-change = Względem poprzedniego roku
case-open-orders = Otwarte zamówienia
case-credit-left = Wolny limit, z podatkiem
case-credit-unknown = bez niezapłaconych faktur zakończonych zamówień: nie są znane
case-payment = Płatność
case-prices-paid = Zapłacone ceny tego produktu
case-past = Dawniejsze negocjacje
case-past-none = brak
case-people = Ludzie
case-their-rep = ich opiekun

## Authorities, reasons

authority-rep = Handlowiec
authority-sales-manager = Kierownik sprzedaży
authority-pricing-manager = Menedżer cen
reject-reason-below-floor = Poniżej ceny, za którą możemy sprzedać
reject-reason-quantity-too-small = Ilość nie uzasadnia ceny
reject-reason-not-comparable = Oferta konkurencji nie jest porównywalna
reject-reason-scarce = Brak wystarczającego zapasu
reject-reason-credit = Klient ma zbyt duże zaległości
reject-reason-conditions-not-kept = Klient nie dotrzymuje warunków
reject-reason-other = Inny powód
escalated-inputs = Dziwne liczby w zapytaniu
escalated-policy = Zasady są sprzeczne
escalated-person = Kupujący chce rozmawiać z człowiekiem
escalated-countered = Złożono tu już osobistą ofertę
escalated-no-cost = Nieznany koszt
escalated-rule = Polityka kieruje to do człowieka
escalated-deal-size = Zbyt duże dla sklepu
escalated-discount = Zbyt duży rabat
escalated-budget = Budżet ustępstw wyczerpany
escalated-rounds = Nie ma już rund
escalated-out-of-reach = Poza zasięgiem, ale warte uwagi
declined-quantity = takiej ilości nie można zamówić
declined-customer = klient nie może negocjować
declined-credit = konto jest wstrzymane
declined-product = produkt nie podlega negocjacji
declined-deal-too-small = transakcja jest za mała
declined-too-many-open = zbyt wiele otwartych negocjacji
declined-nothing-better = nic lepszego nie jest możliwe
lever-list = Cennik
lever-plain = Zwykła cena
lever-volume = Ilość
lever-payment = Płatność
lever-pairs = Dwie dźwignie naraz
lever-both = { $first } i { $second }
lever-delivery = Dostawa
lever-freight = Fracht
lever-commitment = Zobowiązanie
lever-rebate = Premia zwrotna
lever-alternative = Inny produkt
lever-bundle = Towar zamówiony przy okazji
lever-bonus = Towar gratis

desk-pool = Pula
desk-all = Wszystkie
escalated-held = Najpierw odpowiada osoba z biura
escalated-started = Rozpoczęte dla klienta
case-decided-start = Zaoferowano klientowi
flash-case-taken = Sprawa jest na Państwa biurku.
flash-case-passed = Sprawa została przekazana.
flash-case-recommended = Rekomendacja została zapisana. Sprawa idzie dalej.
flash-case-held = Kolejne prośby trafią najpierw do Państwa.
flash-case-released = Na kolejne prośby znów odpowiada sklep.
flash-negotiation-started = Oferta jest u klienta.

## Alike cases

alike-title = Podobne sprawy
alike-short = Podobne sprawy
alike-lead = Ten sam powód, segment i klasa produktu, podobny wpływ na marżę i rabat. Prosimy wybrać sprawy i rozstrzygnąć je razem; każda jest sprawdzana jeszcze raz.
alike-group = { $n ->
    [one] { $n } sprawa
    [few] { $n } sprawy
    [many] { $n } spraw
   *[other] { $n } sprawy
}
alike-facts = { $reason } · { $authority } · segment { $segment } · klasa { $class }
alike-impact = Wpływ na marżę
alike-all = Wybierz wszystkie
alike-as-asked = Zgoda na prośbę
alike-suggestion = Wyślij najlepszą propozycję
alike-rationale-hint = Zapisywane przy każdej sprawie. Klienci tego nie widzą.
alike-message = Wiadomość dla klientów
alike-approve = Zatwierdź wybrane
alike-done = { $n ->
    [0] Nie zatwierdzono żadnej sprawy.
    [one] Zatwierdzono { $n } sprawę.
    [few] Zatwierdzono { $n } sprawy.
    [many] Zatwierdzono { $n } spraw.
   *[other] Zatwierdzono { $n } sprawy.
}
alike-chosen = wybrano
alike-skipped = Pominięto:
alike-empty = Nie ma podobnych spraw
alike-empty-hint = Gdy kilka czekających spraw jest do siebie podobnych, pojawiają się tutaj.
alike-to-desk = Do biurka

alike-sum = Razem

## For a customer

start-title = Oferta dla klienta
start-for-this = Złóż ofertę
start-short = Dla klienta
start-lead = Prosimy złożyć ofertę, zanim klient zapyta. Jest wysyłana od razu, w zakresie uprawnień.
start-company = Klient: nazwa albo numer
start-search = Szukaj
start-none = Nie znaleziono klienta. Prosimy szukać po nazwie albo numerze.
start-another = inny klient
start-contact = Odbiorca oferty
start-product = SKU lub nazwa
start-price = Cena za jednostkę
start-price-hint = Puste pole ceny: klient dostanie to, co zaoferowałby sklep.
start-message = Wiadomość dla klienta
start-send = Wyślij ofertę
start-more = Więcej pozycji
start-meant = Który produkt to „{ $text }”?
start-figures = Co wiadomo o tych pozycjach
start-stock = Na stanie
start-packing = Opakowanie
start-packs = co { $step }
start-valid = Oferta ważna przez
start-propose = Przekaż do zgody
invalid-sku-unknown = Nie ma takiego produktu. Prosimy sprawdzić SKU.

## Refusals

refusal-case-decided-already = Tę sprawę rozstrzygnięto już wcześniej: { $name }, godz. { $at }.
refusal-case-not-waiting = Kupujący poszedł dalej: przyjął propozycję albo wycofał zapytanie.
refusal-case-changed = Sprawa zmieniła się od czasu odczytu. Obejrzyj ją ponownie i zdecyduj.
refusal-no-approval-needed = Wystarczą własne uprawnienia. Proszę wysłać samodzielnie.
refusal-decision-stands = Tego nie można już cofnąć: minęło dziesięć sekund, decyzję podjął ktoś inny albo kupujący już z niej skorzystał.
refusal-nothing-to-replace = Nie ma tu własnej oferty, której kupujący by jeszcze nie przyjął.
refusal-suggestion-gone = Tej podpowiedzi już nie ma. Wybierz inną odpowiedź.
refusal-needs-authority = Twoje uprawnienia tego nie obejmują. Może o tym zdecydować: { $names }.

## The trace, sentence by sentence

trace-policy = Zdecydowała wersja { $version } zasad, { $at }.
trace-round = Runda { $round } z { $rounds_max }, krok { $step } taktyki: { $share } drogi od celu do progu.
trace-asked-again = Kupujący prosi o { $needed } rabatu; wcześniej prosił o { $before }. To nie jest prawdziwy ruch, więc taktyka stoi.
trace-concession = Zwykły rabat w tym kroku: do { $plain }.
trace-margins = { $product }: klasa { $class }, próg { $floor }, cel { $target }, teraz wymagane { $demanded }.
trace-line = { $product }: cennik { $list }, pytane { $asked } przy { $quantity }; ilość liczy się od { $anchor }.
trace-cost = { $product }: koszt { $cost }.
trace-competitor = Kupujący powołuje się na konkurenta: { $price }.
trace-ask = Z zapytania ({ $net } netto) zostaje { $pocket }: { $margin }, a wymagane jest { $demanded }. Potrzebny zwykły rabat { $needed }.
trace-supported = Zysk: { $profit }; uczciwość: { $fairness }.
trace-holds = spełnione
trace-fails = niespełnione
trace-standing-taken = Zapytanie przyjmuje ważną propozycję ({ $lever }).
trace-list-suffices = Cennik daje wszystko, o co pytano.
trace-lever-dropped = { $lever }: bez propozycji, { $why }.
trace-section = Obowiązują dźwignie i taktyka „{ $name }”.
trace-preference = { $lever }: kupujący { $seen } w tej negocjacji, więc szansa liczy się w { $factor }.
trace-seen-looked-at = dokładnie to oglądał
trace-seen-turned-down = odrzucił to
trace-why-person = osobista oferta jest wyższa
trace-why-fixed = ilości wynikają z projektu
trace-why-no-row = zasady jej nie przewidują
trace-why-nothing-to-move = nie ma czego zmienić
trace-why-no-room = żadna cena poniżej cennika nie jest możliwa
trace-why-budget = przekroczyłaby budżet ustępstw
trace-why-not-needed = wystarcza jedna dźwignia
trace-why-worth-less = inne są więcej warte
trace-why-outdone = inna propozycja jest pod każdym względem lepsza dla kupującego
trace-candidate = { $lever }: z { $net } netto zostaje { $pocket } ({ $margin }); szansa { $chance }, wartość { $value }.
trace-standing-kept = { $lever }: wcześniejsza propozycja obowiązuje i jest co najmniej tak dobra.
trace-chosen = { $lever }: odpowiedź nr { $place }.
trace-far-off = Zapytanie leży { $gap } poniżej tego, co niesie najlepsza dźwignia; daleko to ponad { $far }. Transakcja { $deal }, klient { $revenue }.
trace-budget = To ustępstwo: { $concession }, w budżecie zostało { $left }.
trace-accepted = Zgoda ({ $lever }).
trace-declined = Odmowa: { $reason }.
trace-escalated = Do człowieka: { $reason }.
trace-routed = Decyduje { $authority } w ciągu { $minutes } min: wpływ na marżę { $impact }, transakcja { $deal }, klient { $revenue }.
desk-search = Szukaj w kolejce
desk-not-found = Żadna sprawa nie pasuje
legend-title = Co oznaczają te oznaczenia
legend-round-title = Runda
legend-round = Ile razy ten klient zapytał w tej negocjacji, z największej liczby, na jaką pozwala taktyka polityki. Z każdą rundą sklep zbliża się o krok do progu; po ostatniej sam nie składa już ofert.
legend-median = Mediana: połowa Twoich odpowiedzi z ostatnich 30 dni nie trwała dłużej, liczona w minutach roboczych od pytania kupującego. Z dwóch odpowiedzi jest to szybsza.
legend-inputs = Coś w zapytaniu do siebie nie pasuje, na przykład cena daleka od wszystkich dotychczasowych. Sklep z tym nie liczy; sprawdź liczby z kupującym.
legend-policy = Dwie zasady polityki wykluczają się tutaj, więc sklep nic nie rozstrzygnął. Powinna na nią spojrzeć osoba, która prowadzi politykę.
legend-person = Kupujący wybrał rozmowę z człowiekiem. Sklep być może umiałby odpowiedzieć; cokolwiek postanowisz, kupujący czeka na słowo od Ciebie.
legend-countered = Ktoś złożył w tej negocjacji osobistą ofertę. Zgodnie z polityką kolejne pytania trafiają wtedy do ludzi, żeby sklep nie przebijał kolegi.
legend-no-cost = Nikt nie zna kosztu tego produktu, więc sklep nie wie, ile zostałoby z ceny. Mimo to możesz rozstrzygnąć.
legend-rule = Polityka ma warunek, według którego takie pytania zawsze trafiają do człowieka.
legend-deal-size = Transakcja jest warta więcej, niż polityka pozwala sklepowi rozstrzygać samodzielnie.
legend-discount = Rabat jest większy, niż polityka pozwala sklepowi przyznać samodzielnie.
legend-budget = To, co polityka pozwala sklepowi oddać w tym czasie, zostało wykorzystane. Ty decydujesz, czy ta transakcja jest warta więcej.
legend-rounds = Klient zapytał tyle razy, na ile pozwala taktyka, i nadal nie jest zadowolony.
legend-out-of-reach = Sklep nie może złożyć oferty zbliżonej do tej ceny, ale transakcja jest na tyle duża, że polityka chce, by ktoś na nią spojrzał, zanim przepadnie.
legend-held = Ktoś przejął tę negocjację, więc kolejne pytania trafiają najpierw do tej osoby.
legend-started = Kolega rozpoczął to dla klienta. Nikt jeszcze nie zapytał.
