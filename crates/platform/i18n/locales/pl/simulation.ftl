### Simulations and suggested policies.

## On the command line

simulate-past = Wczytano w { $seconds } s: transakcje: { $deals }, klienci: { $customers }, produkty: { $products }
simulate-running = Symulacja
simulate-speed = Kupujący: { $buyers } (pominięci: { $skipped }), decyzje: { $decisions } w { $seconds } s, czyli { $per_second } na sekundę
simulate-more = wobec cen cennikowych { $more } ({ $interval })

## Figures

simulation-between = od { $low } do { $high }
simulation-money = { $amount } { $currency }
simulation-figure-agreement = Uzgodnione bez udziału człowieka
simulation-figure-close = Kupujący, którzy kupili
simulation-figure-revenue = Przychód netto
simulation-figure-pocket = Marża kieszeniowa
simulation-figure-pocket-rate = Marża kieszeniowa w przychodzie
simulation-figure-leakage = Wyciek: zbędny rabat
simulation-figure-escalation = Przekazane człowiekowi
simulation-figure-work = Minuty pracy handlowców
simulation-figure-lasting = Trwała marża kieszeniowa
simulation-figure-surplus = Korzyść kupujących
simulation-figure-discount = Udzielone rabaty
simulation-figure-discount-rate = Rabat od wartości cennikowej
simulation-figure-deals = Transakcje
simulation-figure-rounds = Rundy na negocjację
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
