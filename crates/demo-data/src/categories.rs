//! The category tree and the attributes that products may have.

use drawing::Icon;

use crate::model::{AttributeKey, AttributeKind, Category, Text};

/// Key, parent (empty at the top), name and description in both languages, picture.
type Row = (&'static str, &'static str, (&'static str, &'static str), (&'static str, &'static str), Icon);

const ROWS: [Row; 54] = [
    (
        "fasteners",
        "",
        ("Fasteners", "Elementy złączne"),
        (
            "Screws, nuts, washers, rods and rivets by DIN and ISO.",
            "Śruby, nakrętki, podkładki, pręty i nity według DIN i ISO.",
        ),
        Icon::Bolt,
    ),
    (
        "screws-bolts",
        "fasteners",
        ("Screws and bolts", "Śruby i wkręty"),
        ("Metric, M2 to M36.", "Metryczne, od M2 do M36."),
        Icon::Bolt,
    ),
    (
        "hexagon-screws",
        "screws-bolts",
        ("Hexagon screws, full thread", "Śruby sześciokątne z pełnym gwintem"),
        ("DIN 933, ISO 4017 and flange screws DIN 6921.", "DIN 933, ISO 4017 i śruby z kołnierzem DIN 6921."),
        Icon::Bolt,
    ),
    (
        "hexagon-bolts",
        "screws-bolts",
        ("Hexagon bolts, partial thread", "Śruby sześciokątne z częściowym gwintem"),
        ("DIN 931 and ISO 4014.", "DIN 931 i ISO 4014."),
        Icon::Bolt,
    ),
    (
        "socket-screws",
        "screws-bolts",
        ("Socket head cap screws", "Śruby imbusowe z łbem walcowym"),
        ("DIN 912 and ISO 4762.", "DIN 912 i ISO 4762."),
        Icon::Bolt,
    ),
    (
        "countersunk-screws",
        "screws-bolts",
        ("Socket countersunk screws", "Śruby imbusowe z łbem stożkowym"),
        ("DIN 7991 and ISO 10642.", "DIN 7991 i ISO 10642."),
        Icon::Bolt,
    ),
    (
        "button-screws",
        "screws-bolts",
        ("Button head screws", "Śruby imbusowe z łbem kulistym"),
        ("ISO 7380-1 and ISO 7380-2.", "ISO 7380-1 i ISO 7380-2."),
        Icon::Bolt,
    ),
    (
        "set-screws",
        "screws-bolts",
        ("Set screws", "Wkręty dociskowe"),
        ("DIN 913, DIN 914 and DIN 916.", "DIN 913, DIN 914 i DIN 916."),
        Icon::Bolt,
    ),
    ("carriage-bolts", "screws-bolts", ("Carriage bolts", "Śruby zamkowe"), ("DIN 603.", "DIN 603."), Icon::Bolt),
    (
        "machine-screws",
        "screws-bolts",
        ("Machine screws", "Wkręty do metalu"),
        ("Cross recess, slot and six-lobe.", "Krzyżowe, z rowkiem i sześciokarbowe."),
        Icon::Bolt,
    ),
    (
        "nuts-all",
        "fasteners",
        ("Nuts", "Nakrętki"),
        (
            "Hexagon, locking, flange, cap and wing nuts.",
            "Sześciokątne, samohamowne, kołnierzowe, kołpakowe i skrzydełkowe.",
        ),
        Icon::Nut,
    ),
    (
        "nuts",
        "nuts-all",
        ("Hexagon and special nuts", "Nakrętki sześciokątne i specjalne"),
        (
            "DIN 934, ISO 4032, DIN 439, DIN 6923, DIN 1587, DIN 315.",
            "DIN 934, ISO 4032, DIN 439, DIN 6923, DIN 1587, DIN 315.",
        ),
        Icon::Nut,
    ),
    (
        "locking-nuts",
        "nuts-all",
        ("Locking nuts", "Nakrętki samohamowne"),
        ("DIN 985 with polyamide ring.", "DIN 985 z wkładką poliamidową."),
        Icon::Nut,
    ),
    (
        "washers",
        "fasteners",
        ("Washers", "Podkładki"),
        ("Flat, spring and serrated.", "Płaskie, sprężyste i ząbkowane."),
        Icon::Washer,
    ),
    (
        "flat-washers",
        "washers",
        ("Flat washers", "Podkładki płaskie"),
        ("DIN 125, ISO 7089, ISO 7090, DIN 9021 and others.", "DIN 125, ISO 7089, ISO 7090, DIN 9021 i inne."),
        Icon::Washer,
    ),
    (
        "lock-washers",
        "washers",
        ("Lock washers", "Podkładki sprężyste i ząbkowane"),
        ("DIN 127 and DIN 6798.", "DIN 127 i DIN 6798."),
        Icon::Washer,
    ),
    (
        "threaded-rods",
        "fasteners",
        ("Threaded rods", "Pręty gwintowane"),
        ("DIN 975, 1 m and 2 m.", "DIN 975, 1 m i 2 m."),
        Icon::Rod,
    ),
    (
        "rivets",
        "fasteners",
        ("Blind rivets", "Nity zrywalne"),
        ("ISO 15977 in four materials.", "ISO 15977 w czterech materiałach."),
        Icon::Rivet,
    ),
    (
        "bearings",
        "",
        ("Bearings", "Łożyska"),
        ("Rolling bearings by series.", "Łożyska toczne według serii."),
        Icon::Bearing,
    ),
    (
        "ball-bearings",
        "bearings",
        ("Ball bearings", "Łożyska kulkowe"),
        ("Deep groove, angular contact and self-aligning.", "Zwykłe, skośne i wahliwe."),
        Icon::Bearing,
    ),
    (
        "roller-bearings",
        "bearings",
        ("Roller bearings", "Łożyska wałeczkowe"),
        ("Cylindrical, tapered and spherical.", "Walcowe, stożkowe i baryłkowe."),
        Icon::Bearing,
    ),
    (
        "thrust-needle-bearings",
        "bearings",
        ("Thrust and needle bearings", "Łożyska wzdłużne i igiełkowe"),
        ("Series 511 and HK.", "Serie 511 i HK."),
        Icon::Bearing,
    ),
    (
        "valves-fittings",
        "",
        ("Valves and fittings", "Armatura i złączki"),
        ("From DN 8 to DN 300.", "Od DN 8 do DN 300."),
        Icon::Valve,
    ),
    (
        "valves",
        "valves-fittings",
        ("Valves", "Zawory"),
        ("Ball, gate, globe, butterfly and check valves.", "Kulowe, zasuwy, grzybkowe, przepustnice i zwrotne."),
        Icon::Valve,
    ),
    (
        "ball-valves",
        "valves",
        ("Ball valves", "Zawory kulowe"),
        ("Brass, steel and stainless steel.", "Mosiądz, stal i stal nierdzewna."),
        Icon::Valve,
    ),
    (
        "gate-globe-valves",
        "valves",
        ("Gate and globe valves", "Zasuwy i zawory grzybkowe"),
        ("Threaded and flanged.", "Gwintowane i kołnierzowe."),
        Icon::Valve,
    ),
    (
        "butterfly-valves",
        "valves",
        ("Butterfly valves", "Przepustnice"),
        ("Wafer and lug, DN 50 to DN 300.", "Międzykołnierzowe i LUG, od DN 50 do DN 300."),
        Icon::Valve,
    ),
    (
        "check-valves-strainers",
        "valves",
        ("Check valves and strainers", "Zawory zwrotne i filtry"),
        ("Spring loaded, wafer, swing; Y-strainers.", "Sprężynowe, międzykołnierzowe, klapowe; filtry skośne."),
        Icon::Valve,
    ),
    (
        "fittings",
        "valves-fittings",
        ("Pipe fittings", "Złączki rurowe"),
        ("Cutting ring, press, threaded; flanges.", "Pierścień zacinający, zaprasowywane, gwintowane; kołnierze."),
        Icon::Fitting,
    ),
    (
        "compression-fittings",
        "fittings",
        ("Cutting ring fittings", "Złączki z pierścieniem zacinającym"),
        ("ISO 8434-1, light and heavy series.", "ISO 8434-1, seria lekka i ciężka."),
        Icon::Fitting,
    ),
    (
        "press-fittings",
        "fittings",
        ("Press fittings", "Złączki zaprasowywane"),
        ("Stainless steel, copper and carbon steel.", "Stal nierdzewna, miedź i stal węglowa."),
        Icon::Fitting,
    ),
    (
        "threaded-fittings",
        "fittings",
        ("Threaded fittings", "Złączki gwintowane"),
        ("Malleable iron, stainless steel and brass.", "Żeliwo ciągliwe, stal nierdzewna i mosiądz."),
        Icon::Fitting,
    ),
    (
        "flanges",
        "fittings",
        ("Flanges", "Kołnierze"),
        ("Weld neck flanges EN 1092-1.", "Kołnierze szyjkowe EN 1092-1."),
        Icon::Fitting,
    ),
    (
        "cables",
        "",
        ("Cables and wires", "Kable i przewody"),
        ("By cross-section, cut to length or on drums.", "Według przekroju, cięte na wymiar lub na bębnach."),
        Icon::Cable,
    ),
    (
        "single-core-wires",
        "cables",
        ("Single-core wires", "Przewody jednożyłowe"),
        ("H05V-K and H07V-K.", "H05V-K i H07V-K."),
        Icon::Cable,
    ),
    (
        "installation-cables",
        "cables",
        ("Installation cables", "Przewody instalacyjne"),
        ("NYM-J.", "NYM-J."),
        Icon::Cable,
    ),
    (
        "power-cables",
        "cables",
        ("Power cables", "Kable energetyczne"),
        ("NYY-J and halogen-free N2XH-J.", "NYY-J i bezhalogenowe N2XH-J."),
        Icon::Cable,
    ),
    (
        "control-cables",
        "cables",
        ("Control cables", "Przewody sterownicze"),
        ("YSLY-JZ and screened YSLYCY-JZ.", "YSLY-JZ i ekranowane YSLYCY-JZ."),
        Icon::Cable,
    ),
    (
        "data-cables",
        "cables",
        ("Data cables", "Przewody sygnałowe"),
        ("LIYY and screened LIYCY.", "LIYY i ekranowane LIYCY."),
        Icon::Cable,
    ),
    (
        "flexible-cables",
        "cables",
        ("Flexible cables", "Przewody oponowe"),
        ("H05VV-F and rubber H07RN-F.", "H05VV-F i gumowe H07RN-F."),
        Icon::Cable,
    ),
    (
        "seals-hoses",
        "",
        ("Seals and hoses", "Uszczelnienia i węże"),
        ("O-rings, shaft seals and hoses.", "O-ringi, uszczelniacze i węże."),
        Icon::Seal,
    ),
    (
        "seals",
        "seals-hoses",
        ("Seals", "Uszczelnienia"),
        ("For shafts and flanges.", "Do wałów i kołnierzy."),
        Icon::Seal,
    ),
    (
        "o-rings",
        "seals",
        ("O-rings", "O-ringi"),
        ("ISO 3601-1 in five rubbers.", "ISO 3601-1 w pięciu mieszankach."),
        Icon::Seal,
    ),
    (
        "shaft-seals",
        "seals",
        ("Shaft seals", "Uszczelniacze wału"),
        ("ISO 6194-1 forms A and AS.", "ISO 6194-1, formy A i AS."),
        Icon::Seal,
    ),
    ("hoses", "seals-hoses", ("Hoses", "Węże"), ("By the metre.", "Na metry."), Icon::Hose),
    (
        "hydraulic-hoses",
        "hoses",
        ("Hydraulic hoses", "Węże hydrauliczne"),
        ("EN 853 1SN and 2SN.", "EN 853 1SN i 2SN."),
        Icon::Hose,
    ),
    (
        "utility-hoses",
        "hoses",
        ("Water, air and food hoses", "Węże do wody, powietrza i żywności"),
        ("With textile braid.", "Z oplotem tekstylnym."),
        Icon::Hose,
    ),
    (
        "protection",
        "",
        ("Protective equipment", "Środki ochrony"),
        ("From head to toe, by size.", "Od stóp do głów, według rozmiaru."),
        Icon::Helmet,
    ),
    (
        "gloves",
        "protection",
        ("Gloves", "Rękawice"),
        ("EN 388, sizes 6 to 11.", "EN 388, rozmiary od 6 do 11."),
        Icon::Glove,
    ),
    (
        "footwear",
        "protection",
        ("Safety footwear", "Obuwie bezpieczne"),
        ("EN ISO 20345, sizes 36 to 48.", "EN ISO 20345, rozmiary od 36 do 48."),
        Icon::Boot,
    ),
    (
        "head-eye-ear",
        "protection",
        ("Head, eyes, ears and breath", "Głowa, oczy, słuch i oddech"),
        ("Helmets, glasses, ear muffs and masks.", "Hełmy, okulary, nauszniki i półmaski."),
        Icon::Helmet,
    ),
    (
        "clothing",
        "protection",
        ("Work clothing", "Odzież robocza"),
        ("High visibility and workwear.", "Ostrzegawcza i robocza."),
        Icon::Vest,
    ),
    (
        "on-request",
        "",
        ("On request", "Na zamówienie"),
        ("What is made to your drawing; ask us.", "Wykonania według rysunku; prosimy o kontakt."),
        Icon::Carton,
    ),
    (
        "special-parts",
        "on-request",
        ("Parts to drawing", "Części według rysunku"),
        ("Turned and milled parts, engineered to order.", "Części toczone i frezowane, projektowane na zamówienie."),
        Icon::Carton,
    ),
];

/// The tree, parents first.
pub fn categories() -> Vec<Category> {
    ROWS.iter()
        .map(|(code, parent, name, description, icon)| Category {
            code,
            parent: (!parent.is_empty()).then_some(*parent),
            name: Text::new(name.0, name.1),
            description: Text::new(description.0, description.1),
            icon: *icon,
        })
        .collect()
}

/// The top of the tree above a category.
pub fn top_of(code: &str) -> &'static str {
    let mut row = ROWS.iter().find(|row| row.0 == code).expect("families use categories of the tree");
    while let Some(parent) = ROWS.iter().find(|parent| parent.0 == row.1) {
        row = parent;
    }
    row.0
}

/// Key, names, unit, kind, filter.
type KeyRow = (&'static str, (&'static str, &'static str), &'static str, AttributeKind, bool);

const NUMBER: AttributeKind = AttributeKind::Number;
const TEXT: AttributeKind = AttributeKind::Text;
const FLAG: AttributeKind = AttributeKind::Flag;

const KEYS: [KeyRow; 49] = [
    ("standard", ("Standard", "Norma"), "", TEXT, true),
    ("designation", ("Designation", "Oznaczenie"), "", TEXT, false),
    ("form", ("Form", "Forma"), "", TEXT, true),
    ("size", ("Size", "Rozmiar"), "", TEXT, true),
    ("thread", ("Thread", "Gwint"), "", TEXT, true),
    ("length", ("Length", "Długość"), "mm", NUMBER, true),
    ("pitch", ("Pitch", "Skok gwintu"), "mm", NUMBER, false),
    ("full_thread", ("Full thread", "Pełny gwint"), "", FLAG, true),
    ("diameter", ("Diameter", "Średnica"), "mm", NUMBER, true),
    ("material", ("Material", "Materiał"), "", TEXT, true),
    ("grade", ("Grade", "Gatunek"), "", TEXT, false),
    ("strength_class", ("Strength class", "Klasa wytrzymałości"), "", TEXT, true),
    ("coating", ("Surface", "Powłoka"), "", TEXT, true),
    ("width_across_flats", ("Width across flats", "Rozmiar klucza"), "mm", NUMBER, true),
    ("head_diameter", ("Head diameter", "Średnica łba"), "mm", NUMBER, false),
    ("head_height", ("Head height", "Wysokość łba"), "mm", NUMBER, false),
    ("drive", ("Drive", "Napęd"), "", TEXT, true),
    ("key_size", ("Key size", "Rozmiar klucza imbusowego"), "mm", NUMBER, false),
    ("height", ("Height", "Wysokość"), "mm", NUMBER, false),
    ("span", ("Span", "Rozpiętość"), "mm", NUMBER, false),
    ("inner_diameter", ("Inner diameter", "Średnica wewnętrzna"), "mm", NUMBER, true),
    ("outer_diameter", ("Outer diameter", "Średnica zewnętrzna"), "mm", NUMBER, true),
    ("thickness", ("Thickness", "Grubość"), "mm", NUMBER, false),
    ("bore", ("Bore", "Średnica otworu"), "mm", NUMBER, true),
    ("width", ("Width", "Szerokość"), "mm", NUMBER, true),
    ("seal", ("Seal", "Uszczelnienie"), "", TEXT, true),
    ("clearance", ("Internal clearance", "Luz wewnętrzny"), "", TEXT, true),
    ("cage", ("Cage", "Koszyk"), "", TEXT, true),
    ("nominal_diameter", ("Nominal diameter DN", "Średnica nominalna DN"), "", NUMBER, true),
    ("nominal_pressure", ("Nominal pressure PN", "Ciśnienie nominalne PN"), "bar", NUMBER, true),
    ("working_pressure", ("Working pressure", "Ciśnienie robocze"), "bar", NUMBER, true),
    ("connection", ("Connection", "Przyłącze"), "", TEXT, true),
    ("face_to_face", ("Face to face", "Długość zabudowy"), "mm", NUMBER, false),
    ("pipe_diameter", ("Pipe diameter", "Średnica rury"), "mm", NUMBER, true),
    ("temperature_min", ("Lowest temperature", "Temperatura minimalna"), "°C", NUMBER, false),
    ("temperature_max", ("Highest temperature", "Temperatura maksymalna"), "°C", NUMBER, true),
    ("cores", ("Cores", "Liczba żył"), "", NUMBER, true),
    ("cross_section", ("Cross-section", "Przekrój"), "mm²", NUMBER, true),
    ("voltage", ("Voltage", "Napięcie"), "", TEXT, true),
    ("protective_core", ("Protective core", "Żyła ochronna"), "", FLAG, true),
    ("screened", ("Screened", "Ekranowany"), "", FLAG, true),
    ("copper_per_metre", ("Copper per metre", "Miedź na metr"), "g", NUMBER, false),
    ("colour", ("Colour", "Kolor"), "", TEXT, true),
    ("cord_diameter", ("Cord diameter", "Średnica sznura"), "mm", NUMBER, true),
    ("shaft_diameter", ("Shaft diameter", "Średnica wału"), "mm", NUMBER, true),
    ("hardness", ("Hardness", "Twardość"), "Shore A", NUMBER, true),
    ("protection_level", ("Protection level", "Poziom ochrony"), "", TEXT, true),
    ("drawing_number", ("Drawing number", "Numer rysunku"), "", TEXT, false),
    ("tolerance", ("Tolerance", "Tolerancja"), "", TEXT, true),
];

/// The attributes that products may have.
pub fn attribute_keys() -> Vec<AttributeKey> {
    KEYS.iter()
        .map(|(key, name, unit, kind, is_filter)| AttributeKey {
            key,
            name: Text::new(name.0, name.1),
            unit,
            kind: *kind,
            is_filter: *is_filter,
        })
        .collect()
}
