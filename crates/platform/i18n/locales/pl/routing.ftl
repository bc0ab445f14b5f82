### Who decides, and by when.

## The settings

office-start-routing = Kalendarz i przydział
office-start-routing-text = Godziny pracy, limity, przypomnienia i zastępstwa

routing-title = Kalendarz i przydział
routing-lead = Kiedy pracuje biuro, jak sprawy są rozdzielane i co dzieje się po przekroczeniu terminu. Jakie uprawnienia są potrzebne, określa polityka negocjacji.
routing-hours = Godziny pracy
routing-hours-hint = Obiecany czas biegnie tylko w godzinach pracy. Kilka przedziałów rozdziela się przecinkami; puste pole oznacza dzień wolny.
routing-holidays-national = Zamknięte w święta państwowe ({ $country })
routing-holidays-unknown = Święta państwowe Państwa kraju nie są tu znane. Prosimy wpisać je poniżej.
routing-holidays-coming = Święta w dni robocze w najbliższych dwunastu miesiącach
routing-holidays-own = Własne dni wolne
routing-holidays-own-hint = Jeden w wierszu: data i nazwa, na przykład 2027-12-24 Wigilia.
routing-load = Obciążenie i przypomnienia
routing-load-hint = Kto osiągnął limit, nie dostaje kolejnych spraw, dopóki inna uprawniona osoba ma jeszcze miejsce.
routing-cap = Spraw na osobę dziennie
routing-cases = spraw
routing-remind = Przypomnienie po
routing-grace = Przekazanie po upływie terminu
routing-steps = Najpierw rekomendacja
routing-steps-hint = Sprawy, o których decyduje ktoś powyżej opiekuna klienta i których wpływ na marżę przekracza ten próg, trafiają najpierw do opiekuna po rekomendację. Puste: nigdy.
routing-recommend-above = Wpływ na marżę powyżej
routing-recommend-within = Rekomendacja w ciągu
routing-people = Osoby
routing-cap-own = Własny limit
routing-cap-of = Spraw dziennie: { $name }
routing-cap-hint = Puste pole oznacza limit ogólny.
routing-save-caps = Zapisz limity
routing-away-until = nieobecność do { $date }
routing-minutes = { $n ->
    [one] { $n } minuta
    [few] { $n } minuty
    [many] { $n } minut
   *[other] { $n } minuty
}
load-open = Otwarte
load-decided = Rozstrzygnięte dziś
load-turnaround = Mediana czasu
load-line = otwarte: { $open } · rozstrzygnięte dziś: { $decided } z { $cap }
load-line-turnaround = otwarte: { $open } · dziś: { $decided } z { $cap } · mediana { $minutes } min
weekday-0 = Poniedziałek
weekday-1 = Wtorek
weekday-2 = Środa
weekday-3 = Czwartek
weekday-4 = Piątek
weekday-5 = Sobota
weekday-6 = Niedziela
level-admin = Administrator

## Absences

absences-title = Nieobecności
absences-short = Nieobecności
absences-lead = W czasie nieobecności sprawy trafiają do zastępcy albo do najmniej obciążonej uprawnionej osoby. To, co czeka, jest przekazywane od razu.
absences-coming = Obecne i przyszłe
absences-none = Nikt nie jest nieobecny.
absence-enter = Wpisz nieobecność
absence-who = Kto
absence-when = Kiedy
absence-from = Pierwszy dzień
absence-until = Ostatni dzień
absence-days = od { $from } do { $until }
absence-substitute = Zastępca
absence-substitute-hint = Najpierw osoby, które mogą decydować w tym samym zakresie.
absence-decides-less = { $name } (mniejsze uprawnienia)
absence-nobody = nikt imiennie
absence-now = teraz
absence-remove = Cofnij
flash-absence-entered = Nieobecność została wpisana. Czekające sprawy przekazano.
flash-absence-removed = Nieobecność została cofnięta.

## Wrong input

invalid-opening-hours = Prosimy wpisać godziny, na przykład 8:00–17:00, albo dwa przedziały po przecinku. Nie mogą się nakładać.
invalid-never-open = Biuro nigdy nie jest otwarte. Prosimy wpisać godziny choć dla jednego dnia.
invalid-whole-between = Prosimy wpisać liczbę całkowitą od { $least } do { $most }.
invalid-holiday-line = Wiersz „{ $line }” nie zaczyna się od daty takiej jak 2027-12-24.
invalid-seven-days = Prosimy podać godziny dla siedmiu dni, od poniedziałku.
invalid-dates-order = Ostatni dzień jest wcześniejszy niż pierwszy. Prosimy wybrać późniejszy.
invalid-absence-too-long = Nieobecność trwa najwyżej { $most } dni. Prosimy wpisać dwie.
invalid-substitute-yourself = Nikt nie zastępuje samego siebie. Prosimy wybrać inną osobę.

## Refusals

refusal-routing-settings-changed = Ktoś inny zmienił te ustawienia. Prosimy sprawdzić je ponownie i zapisać.
refusal-absence-not-yours = Nieobecności innych osób wpisują tylko kierownicy. Prosimy zwrócić się do przełożonego.
refusal-absence-overlaps = Na część tych dni nieobecność jest już wpisana. Prosimy najpierw ją cofnąć.
refusal-colleague-without-authority = Ta osoba nie ma tak szerokich uprawnień. Mają je: { $names }.
refusal-colleague-away = Ta osoba jest nieobecna do { $until }. Prosimy wybrać inną.
refusal-no-recommendation-wanted = Ta sprawa czeka na decyzję, a nie na rekomendację.
refusal-negotiation-not-automated = Sklep nie odpowiada teraz sam w tej negocjacji, więc nie ma czego przejąć.
refusal-negotiation-held = Tę negocjację przejęła już osoba: { $name }.
refusal-negotiation-not-held = Nikt nie przejął tej negocjacji.
refusal-negotiation-going-on = Klient negocjuje już ten produkt: sprawa { $number }. Prosimy kontynuować tam.
refusal-company-without-buyer = Nikt z tej firmy nie może negocjować, więc nikt nie dostałby oferty.
refusal-negotiation-may-not-start = Ten klient jest wyłączony z negocjacji. Prosimy sprawdzić warunki firmy.
refusal-nothing-to-offer = Przy tej ilości sklep niczego by nie zaoferował. Prosimy wpisać cenę.

## The way of a case

way-title = Kto ma tę sprawę
way-with = Sprawę prowadzi { $name }
way-in-pool = W puli: na niczyim biurku
way-now-with = Tę sprawę prowadzi teraz { $name }.
way-now-in-pool = Ta sprawa jest teraz w puli.
way-step-recommend = Krok { $step } z { $of }: rekomendacja
way-step-decide = Krok { $step } z { $of }: decyzja
way-started = Rozpoczęcie: { $name }
way-held = Najpierw odpowiada { $name }
way-take = Przejmij
way-hold = Przejmij od sklepu
way-release = Oddaj sklepowi
way-pass = Przekaż innej osobie
way-pass-to = Do kogo
way-pass-button = Przekaż
way-note = Co powinna wiedzieć ta osoba?
way-recommend-title = Rekomendacja
way-recommend = Zarekomenduj
way-verdict = Moja propozycja
way-history = Jak sprawa tu trafiła
verdict-approve = zgoda
verdict-counter = kontroferta
verdict-reject = odmowa
assigned-asked-person = Przydzielono: { $name }, termin { $moment }
assigned-asked-pool = Do puli, termin { $moment }
assigned-step-person = Do decyzji: { $name }, termin { $moment }
assigned-step-pool = Do decyzji w puli, termin { $moment }
assigned-escalated-person = Przekazano wyżej: { $name }, nowy termin { $moment }
assigned-escalated-pool = Przekazano do puli, nowy termin { $moment }
assigned-absent-person = Zamiast tego { $name }, termin { $moment }
assigned-absent-pool = Zamiast tego do puli, termin { $moment }
assigned-left-person = Przydzielono: { $name }, bo poprzedniej osoby już tu nie ma; termin { $moment }
assigned-left-pool = Do puli, bo poprzedniej osoby już tu nie ma; termin { $moment }
assigned-found-person = Z puli: { $name }, termin { $moment }
assigned-found-pool = W puli, termin { $moment }
assigned-taken-person = Przejęcie: { $name }, termin { $moment }
assigned-taken-pool = Do puli, termin { $moment }
assigned-passed-person = Od { $by } do { $name }, termin { $moment }
assigned-proposed-person = { $by } przekazuje do zgody: { $name }, termin { $moment }
assigned-proposed-pool = { $by } przekazuje do zgody, w puli, termin { $moment }
assigned-passed-pool = Od { $by } do puli, termin { $moment }
assigned-to-recommend = Najpierw po rekomendację.
reminded-person = Przypomniano: { $name }
reminded-pool = Przypomniano wszystkim uprawnionym
advised-approve = { $name } rekomenduje zgodę
advised-counter = { $name } rekomenduje kontrofertę
advised-reject = { $name } rekomenduje odmowę
because-own-rep = Opiekun klienta: { $name }.
because-own-rep-level = Opiekun klienta to { $name }, ale potrzeba co najmniej: { $level }.
because-own-rep-left = { $name } już tu nie pracuje.
because-own-rep-absent = { $name }: nieobecność do { $until }.
because-own-rep-closed = { $name } długo nie pracuje.
because-substitute = { $name } zastępuje: { $other }.
because-no-substitute = Nie ma zastępcy, który jest obecny i może decydować w tym zakresie.
because-over-cap = { $name }: dziś { $used } spraw przy limicie { $of }.
because-excluded = { $name }: głos w tej sprawie już padł.
because-level-away = { $level }: nikogo nie ma.
because-level-full = { $level }: wszyscy osiągnęli limit.
because-least-loaded = { $level }: najmniejsze obciążenie ({ $used }), osób z wolnym miejscem: { $of }.
because-least-over-cap = Wszyscy osiągnęli limit. { $level }: najmniejsze przekroczenie.
because-nobody-present = Nie ma nikogo, kto może decydować.
because-same-person = Nikt inny nie może decydować.
because-highest-level = Nikt nie ma tak szerokich uprawnień. { $level }: najwyższy obecny poziom.
because-nobody-active = Nikt nie pracuje przy biurku.
because-missed = { $level }: termin minął.
because-nobody-above = Powyżej nikogo nie ma.

## What the buyer reads of an offer that nobody asked for

deal-unasked = Oferta dla Państwa
routing-ranges = Od 1 do 1000 spraw, od 1 do 100 %, do 10 080 minut (tydzień). Godziny, dni wolne i przypomnienia obowiązują od razu; pozostałe liczby decydują, kto dostaje sprawę, więc potwierdza je druga osoba.
routing-holidays-closed = Zamknięte w święta państwowe
routing-change-what = Co
routing-change-at-once = od razu
routing-meaning = { $count ->
    [0] W ostatnich 30 dniach żadna sprawa nie trafiła na biurko.
    [one] { $moved ->
        [0] Jedyna sprawa z ostatnich 30 dni trafiłaby do tej samej osoby.
       *[other] Jedyna sprawa z ostatnich 30 dni trafiłaby do kogoś innego.
    }
   *[other] Z { $count } spraw z ostatnich 30 dni do kogoś innego trafiłoby najpierw { $moved }.
}
routing-meaning-first = Najpierw trafia do (ostatnie 30 dni)
routing-meaning-advised = najpierw po rekomendację
routing-meaning-passed-on = przekazane dalej, bo trwało za długo
invalid-too-many-days = Podaj najwyżej { $most } dni.
