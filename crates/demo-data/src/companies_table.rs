//! The customers of the demo, all invented.

/// A customer before its people, addresses and VAT id.
pub struct Row {
    /// Number.
    pub number: &'static str,
    /// Registered name.
    pub name: &'static str,
    /// Domain of its addresses, without `.example`.
    pub domain: &'static str,
    /// Country.
    pub country: &'static str,
    /// City and postal code.
    pub city: (&'static str, &'static str),
    /// How it buys.
    pub segment: &'static str,
    /// Its price group; may be empty.
    pub group: &'static str,
    /// Key of its industry.
    pub industry: &'static str,
    /// People.
    pub employees: u32,
    /// Days to pay.
    pub payment_days: u16,
    /// Credit limit in thousands of euro.
    pub credit: i64,
    /// Branches: key, name, city, postal code.
    pub branches: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

type Branches = &'static [(&'static str, &'static str, &'static str, &'static str)];

/// Number, name and domain; country, city, postal code; segment, group, industry; people, days, credit; branches.
const fn row(
    id: (&'static str, &'static str, &'static str),
    seat: (&'static str, &'static str, &'static str),
    kind: (&'static str, &'static str, &'static str),
    figures: (u32, u16, i64),
    branches: Branches,
) -> Row {
    Row {
        number: id.0,
        name: id.1,
        domain: id.2,
        country: seat.0,
        city: (seat.1, seat.2),
        segment: kind.0,
        group: kind.1,
        industry: kind.2,
        employees: figures.0,
        payment_days: figures.1,
        credit: figures.2,
        branches,
    }
}

/// The customers. The first is the buyer of the textbook case.
pub const ROWS: [Row; 40] = [
    row(
        ("K10001", "Pomorska Armatura Przemysłowa sp. z o.o.", "pomorska-armatura"),
        ("PL", "Gdynia", "81-061"),
        ("volume", "PG-VOLUME", "pipe"),
        (420, 30, 750),
        &[("ELB", "Oddział Elbląg", "Elbląg", "82-300"), ("PLO", "Oddział Płock", "Płock", "09-411")],
    ),
    row(
        ("K10002", "Stalmont Wisła S.A.", "stalmont-wisla"),
        ("PL", "Kraków", "30-969"),
        ("volume", "PG-VOLUME", "steel"),
        (680, 60, 400),
        &[("KAT", "Zakład Katowice", "Katowice", "40-101"), ("TYC", "Magazyn Tychy", "Tychy", "43-100")],
    ),
    row(
        ("K10003", "Rurotech Tarnowski sp. z o.o.", "rurotech-tarnowski"),
        ("PL", "Tarnów", "33-101"),
        ("project", "PG-PROJECT", "pipe"),
        (95, 30, 120),
        &[("RZE", "Biuro Rzeszów", "Rzeszów", "35-016")],
    ),
    row(
        ("K10004", "Zakłady Mechaniczne Brzoza S.A.", "zm-brzoza"),
        ("PL", "Bydgoszcz", "85-825"),
        ("optimiser", "PG-OEM", "machine"),
        (310, 60, 260),
        &[("INO", "Zakład Inowrocław", "Inowrocław", "88-100")],
    ),
    row(
        ("K10005", "Elinstal Sowa sp. j.", "elinstal-sowa"),
        ("PL", "Wrocław", "54-156"),
        ("small", "", "electric"),
        (24, 14, 25),
        &[],
    ),
    row(
        ("K10006", "Konstrukcje Lipa sp. z o.o.", "konstrukcje-lipa"),
        ("PL", "Rzeszów", "35-105"),
        ("project", "PG-PROJECT", "steel"),
        (140, 30, 150),
        &[],
    ),
    row(
        ("K10007", "AgroMech Warta sp. z o.o.", "agromech-warta"),
        ("PL", "Poznań", "61-371"),
        ("optimiser", "PG-OEM", "farm"),
        (220, 30, 180),
        &[("KON", "Serwis Konin", "Konin", "62-510")],
    ),
    row(
        ("K10008", "Technozłącza Łódzkie sp. z o.o.", "technozlacza"),
        ("PL", "Łódź", "93-569"),
        ("volume", "PG-RESELLER", "trade"),
        (64, 30, 220),
        &[("PIO", "Sklep Piotrków", "Piotrków Trybunalski", "97-300")],
    ),
    row(
        ("K10009", "Mleczarnia Zielone Łąki sp. z o.o.", "zielone-laki"),
        ("PL", "Olsztyn", "10-467"),
        ("optimiser", "", "food"),
        (380, 30, 140),
        &[("MRA", "Zakład Mrągowo", "Mrągowo", "11-700")],
    ),
    row(
        ("K10010", "Stocznia Remontowa Mewa S.A.", "stocznia-mewa"),
        ("PL", "Szczecin", "71-642"),
        ("volume", "PG-VOLUME", "ship"),
        (540, 60, 380),
        &[("SWI", "Dok Świnoujście", "Świnoujście", "72-600")],
    ),
    row(
        ("K10011", "BudSerwis Nowicki", "budserwis-nowicki"),
        ("PL", "Lublin", "20-234"),
        ("small", "", "service"),
        (9, 0, 0),
        &[],
    ),
    row(
        ("K10012", "Maszyny Piekarskie Jodła sp. z o.o.", "maszyny-jodla"),
        ("PL", "Kielce", "25-655"),
        ("small", "PG-OEM", "machine"),
        (38, 14, 30),
        &[],
    ),
    row(
        ("K10013", "Brunswiek Anlagenbau GmbH", "brunswiek-anlagenbau"),
        ("DE", "Braunschweig", "38112"),
        ("project", "PG-PROJECT", "pipe"),
        (190, 30, 300),
        &[("SZG", "Baustelle Salzgitter", "Salzgitter", "38239")],
    ),
    row(
        ("K10014", "Hartmannsdorf Fördertechnik GmbH", "hartmannsdorf-ft"),
        ("DE", "Leipzig", "04347"),
        ("optimiser", "PG-OEM", "machine"),
        (260, 30, 240),
        &[("CHE", "Werk Chemnitz", "Chemnitz", "09117")],
    ),
    row(
        ("K10015", "Isarwerk Maschinenbau GmbH & Co. KG", "isarwerk"),
        ("DE", "München", "80939"),
        ("volume", "PG-OEM", "machine"),
        (720, 60, 520),
        &[("AUG", "Werk Augsburg", "Augsburg", "86167"), ("ING", "Lager Ingolstadt", "Ingolstadt", "85055")],
    ),
    row(
        ("K10016", "Kielhafen Schiffstechnik GmbH", "kielhafen"),
        ("DE", "Kiel", "24148"),
        ("optimiser", "PG-VOLUME", "ship"),
        (280, 30, 210),
        &[],
    ),
    row(
        ("K10017", "Lahnberg Hydraulik GmbH", "lahnberg-hydraulik"),
        ("DE", "Marburg", "35043"),
        ("small", "PG-OEM", "hydraulics"),
        (46, 14, 60),
        &[],
    ),
    row(
        ("K10018", "Ostsee Windservice GmbH", "ostsee-windservice"),
        ("DE", "Rostock", "18147"),
        ("project", "PG-PROJECT", "service"),
        (130, 30, 160),
        &[("STR", "Stützpunkt Stralsund", "Stralsund", "18439")],
    ),
    row(
        ("K10019", "Rheinkamp Industriehandel GmbH", "rheinkamp"),
        ("DE", "Duisburg", "47059"),
        ("volume", "PG-RESELLER", "trade"),
        (88, 30, 450),
        &[("ESS", "Filiale Essen", "Essen", "45141"), ("KRE", "Filiale Krefeld", "Krefeld", "47809")],
    ),
    row(
        ("K10020", "Schwarzfeld Elektrotechnik GmbH", "schwarzfeld"),
        ("DE", "Stuttgart", "70565"),
        ("optimiser", "", "electric"),
        (115, 30, 130),
        &[],
    ),
    row(
        ("K10021", "Teutoburg Landtechnik eG", "teutoburg-landtechnik"),
        ("DE", "Bielefeld", "33719"),
        ("optimiser", "PG-OEM", "farm"),
        (170, 30, 150),
        &[("GUE", "Werkstatt Gütersloh", "Gütersloh", "33334")],
    ),
    row(
        ("K10022", "Fjordstål AS", "fjordstal"),
        ("NO", "Bergen", "5162"),
        ("volume", "PG-VOLUME", "steel"),
        (210, 30, 280),
        &[("FLO", "Avdeling Florø", "Florø", "6900")],
    ),
    row(
        ("K10023", "Nordlys Havbruk AS", "nordlys-havbruk"),
        ("NO", "Tromsø", "9016"),
        ("optimiser", "", "food"),
        (160, 30, 120),
        &[("HAM", "Anlegg Hammerfest", "Hammerfest", "9600")],
    ),
    row(
        ("K10024", "Vestkyst Offshore Service AS", "vestkyst-offshore"),
        ("NO", "Stavanger", "4029"),
        ("project", "PG-PROJECT", "ship"),
        (340, 60, 480),
        &[("DUS", "Base Dusavika", "Stavanger", "4029"), ("KRI", "Base Kristiansund", "Kristiansund", "6517")],
    ),
    row(
        ("K10025", "Trøndermontasje AS", "trondermontasje"),
        ("NO", "Trondheim", "7038"),
        ("small", "", "service"),
        (32, 14, 40),
        &[],
    ),
    row(
        ("K10026", "Moravské Strojírny Hůrka a.s.", "hurka-strojirny"),
        ("CZ", "Brno", "627 00"),
        ("volume", "PG-OEM", "machine"),
        (390, 60, 300),
        &[("ZLI", "Závod Zlín", "Zlín", "760 01")],
    ),
    row(
        ("K10027", "Vltava Potrubí s.r.o.", "vltava-potrubi"),
        ("CZ", "Praha", "190 00"),
        ("project", "PG-PROJECT", "pipe"),
        (75, 30, 90),
        &[],
    ),
    row(
        ("K10028", "Krušnohor Montáže s.r.o.", "krusnohor"),
        ("CZ", "Ústí nad Labem", "400 01"),
        ("small", "", "steel"),
        (28, 14, 30),
        &[],
    ),
    row(
        ("K10029", "Plzeňské Nápojové Stroje s.r.o.", "napojove-stroje"),
        ("CZ", "Plzeň", "301 00"),
        ("optimiser", "PG-OEM", "food"),
        (145, 30, 110),
        &[],
    ),
    row(
        ("K10030", "Nemuno Technika UAB", "nemuno-technika"),
        ("LT", "Kaunas", "51178"),
        ("volume", "PG-RESELLER", "trade"),
        (42, 30, 160),
        &[("SIA", "Šiaulių skyrius", "Šiauliai", "76281")],
    ),
    row(
        ("K10031", "Baltijos Vamzdynai UAB", "baltijos-vamzdynai"),
        ("LT", "Klaipėda", "91109"),
        ("project", "PG-PROJECT", "pipe"),
        (110, 30, 130),
        &[],
    ),
    row(
        ("K10032", "Vilniaus Montuotojai UAB", "vilniaus-montuotojai"),
        ("LT", "Vilnius", "02189"),
        ("small", "", "electric"),
        (19, 0, 0),
        &[],
    ),
    row(
        ("K10033", "Mälarmontage AB", "malarmontage"),
        ("SE", "Västerås", "721 36"),
        ("optimiser", "PG-PROJECT", "electric"),
        (125, 30, 140),
        &[("ESK", "Lager Eskilstuna", "Eskilstuna", "631 04")],
    ),
    row(
        ("K10034", "Göta Maskinservice AB", "gota-maskinservice"),
        ("SE", "Göteborg", "417 05"),
        ("optimiser", "PG-OEM", "service"),
        (90, 30, 110),
        &[],
    ),
    row(
        ("K10035", "Norrskog Sågverk AB", "norrskog"),
        ("SE", "Umeå", "904 22"),
        ("volume", "", "machine"),
        (230, 30, 170),
        &[("SKE", "Verk Skellefteå", "Skellefteå", "931 36")],
    ),
    row(
        ("K10036", "Tynebank Fabrication Ltd", "tynebank"),
        ("GB", "Newcastle upon Tyne", "NE6 3PL"),
        ("volume", "PG-VOLUME", "steel"),
        (185, 30, 220),
        &[("SUN", "Sunderland yard", "Sunderland", "SR5 2TA")],
    ),
    row(
        ("K10037", "Pennine Process Supplies Ltd", "pennine-process"),
        ("GB", "Leeds", "LS10 1AB"),
        ("optimiser", "PG-RESELLER", "trade"),
        (36, 30, 90),
        &[],
    ),
    row(
        ("K10038", "Limfjord Køleteknik ApS", "limfjord-kole"),
        ("DK", "Aalborg", "9220"),
        ("small", "", "hydraulics"),
        (27, 14, 35),
        &[],
    ),
    row(
        ("K10039", "Saimaan Konepaja Oy", "saimaan-konepaja"),
        ("FI", "Lappeenranta", "53850"),
        ("optimiser", "PG-OEM", "machine"),
        (155, 30, 140),
        &[("IMA", "Imatran tehdas", "Imatra", "55120")],
    ),
    row(
        ("K10040", "Tallinna Laevaremont OÜ", "tallinna-laevaremont"),
        ("EE", "Tallinn", "11712"),
        ("project", "PG-VOLUME", "ship"),
        (105, 0, 0),
        &[],
    ),
];
