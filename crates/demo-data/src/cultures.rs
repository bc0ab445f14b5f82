//! How people are called and where they live, by country; and what companies do. All of it is invented.

/// What a company does: its name in both languages and how much it buys of each top category, in percent.
pub struct Industry {
    /// Key.
    pub code: &'static str,
    /// Words.
    pub words: (&'static str, &'static str),
    /// Shares: fasteners, bearings, valves and fittings, cables, seals and hoses, protection.
    pub shares: [i64; 6],
}

/// The industries.
pub const INDUSTRIES: [Industry; 10] = [
    Industry {
        code: "pipe",
        words: ("Pipeline and plant construction", "Budowa rurociągów i instalacji"),
        shares: [26, 2, 48, 4, 10, 10],
    },
    Industry { code: "steel", words: ("Steel structures", "Konstrukcje stalowe"), shares: [68, 2, 4, 4, 2, 20] },
    Industry { code: "machine", words: ("Mechanical engineering", "Budowa maszyn"), shares: [44, 28, 5, 8, 11, 4] },
    Industry {
        code: "electric",
        words: ("Electrical installation", "Instalacje elektryczne"),
        shares: [20, 0, 0, 66, 0, 14],
    },
    Industry { code: "ship", words: ("Shipyard and offshore", "Stocznia i offshore"), shares: [34, 6, 28, 12, 8, 12] },
    Industry { code: "farm", words: ("Agricultural machinery", "Maszyny rolnicze"), shares: [46, 24, 4, 6, 16, 4] },
    Industry { code: "food", words: ("Food industry", "Przemysł spożywczy"), shares: [26, 18, 24, 6, 14, 12] },
    Industry { code: "trade", words: ("Technical wholesale", "Hurt techniczny"), shares: [52, 14, 14, 6, 8, 6] },
    Industry { code: "hydraulics", words: ("Hydraulics", "Hydraulika siłowa"), shares: [22, 8, 34, 2, 30, 4] },
    Industry { code: "service", words: ("Maintenance service", "Utrzymanie ruchu"), shares: [38, 16, 14, 10, 10, 12] },
];

/// How people are called and where they live, by country.
pub struct Culture {
    /// Country.
    pub country: &'static str,
    /// Time zone.
    pub time_zone: &'static str,
    /// Prefix of telephone numbers.
    pub dial: &'static str,
    /// Name of the head office.
    pub head_office: &'static str,
    /// Given and family names with what stands for them in an e-mail address.
    pub people: &'static [(&'static str, &'static str)],
    /// Streets; `{}` stands for the number.
    pub streets: &'static [&'static str],
}

/// The countries that customers come from.
pub const CULTURES: [Culture; 10] = [
    Culture {
        country: "PL",
        time_zone: "Europe/Warsaw",
        dial: "+48 58 555",
        head_office: "Centrala",
        people: &[
            ("Katarzyna Wrona", "katarzyna.wrona"),
            ("Michał Dąbek", "michal.dabek"),
            ("Agnieszka Lis", "agnieszka.lis"),
            ("Paweł Górny", "pawel.gorny"),
            ("Ewa Malinowska", "ewa.malinowska"),
            ("Krzysztof Bąk", "krzysztof.bak"),
            ("Joanna Sikora", "joanna.sikora"),
            ("Adam Czyż", "adam.czyz"),
            ("Monika Rogala", "monika.rogala"),
            ("Robert Kania", "robert.kania"),
            ("Zofia Jeleń", "zofia.jelen"),
            ("Grzegorz Topola", "grzegorz.topola"),
        ],
        streets: &[
            "ul. Składowa {}",
            "ul. Przemysłowa {}",
            "ul. Portowa {}",
            "ul. Fabryczna {}",
            "ul. Kolejowa {}",
            "al. Techników {}",
        ],
    },
    Culture {
        country: "DE",
        time_zone: "Europe/Berlin",
        dial: "+49 40 555",
        head_office: "Zentrale",
        people: &[
            ("Sabine Kröger", "sabine.kroeger"),
            ("Jürgen Albers", "juergen.albers"),
            ("Claudia Renner", "claudia.renner"),
            ("Thomas Wieland", "thomas.wieland"),
            ("Birgit Hollmann", "birgit.hollmann"),
            ("Stefan Ötting", "stefan.oetting"),
            ("Miriam Sand", "miriam.sand"),
            ("Uwe Brandis", "uwe.brandis"),
            ("Petra Lindner", "petra.lindner"),
            ("Felix Harms", "felix.harms"),
        ],
        streets: &["Industriestraße {}", "Am Güterbahnhof {}", "Werkstraße {}", "Hafenstraße {}", "Gewerbering {}"],
    },
    Culture {
        country: "NO",
        time_zone: "Europe/Oslo",
        dial: "+47 55 55",
        head_office: "Hovedkontor",
        people: &[
            ("Ingrid Solberg", "ingrid.solberg"),
            ("Lars Haugen", "lars.haugen"),
            ("Kari Myhre", "kari.myhre"),
            ("Ole Strand", "ole.strand"),
            ("Silje Nygård", "silje.nygard"),
            ("Bjørn Lien", "bjorn.lien"),
        ],
        streets: &["Havnegata {}", "Industriveien {}", "Verftsgata {}"],
    },
    Culture {
        country: "CZ",
        time_zone: "Europe/Prague",
        dial: "+420 555 555",
        head_office: "Centrála",
        people: &[
            ("Jana Horáková", "jana.horakova"),
            ("Petr Zelenka", "petr.zelenka"),
            ("Lucie Krejčí", "lucie.krejci"),
            ("Tomáš Havel", "tomas.havel"),
            ("Eva Bílková", "eva.bilkova"),
            ("Martin Kos", "martin.kos"),
        ],
        streets: &["Průmyslová {}", "Tovární {}", "Nádražní {}"],
    },
    Culture {
        country: "LT",
        time_zone: "Europe/Vilnius",
        dial: "+370 5 555",
        head_office: "Centrinė būstinė",
        people: &[
            ("Rasa Petraitė", "rasa.petraite"),
            ("Jonas Balčiūnas", "jonas.balciunas"),
            ("Eglė Vaitkutė", "egle.vaitkute"),
            ("Tomas Ąžuolas", "tomas.azuolas"),
        ],
        streets: &["Pramonės g. {}", "Uosto g. {}", "Gamyklų g. {}"],
    },
    Culture {
        country: "SE",
        time_zone: "Europe/Stockholm",
        dial: "+46 8 555",
        head_office: "Huvudkontor",
        people: &[
            ("Anna Björk", "anna.bjork"),
            ("Erik Sandell", "erik.sandell"),
            ("Maria Ekman", "maria.ekman"),
            ("Johan Åberg", "johan.aberg"),
            ("Lena Holm", "lena.holm"),
        ],
        streets: &["Industrigatan {}", "Hamngatan {}", "Verkstadsvägen {}"],
    },
    Culture {
        country: "GB",
        time_zone: "Europe/London",
        dial: "+44 191 496",
        head_office: "Head office",
        people: &[
            ("Helen Marsh", "helen.marsh"),
            ("David Thorne", "david.thorne"),
            ("Rachel Combe", "rachel.combe"),
            ("Simon Hale", "simon.hale"),
            ("Priya Nair", "priya.nair"),
        ],
        streets: &["{} Foundry Lane", "{} Quayside Road", "{} Mill Street"],
    },
    Culture {
        country: "DK",
        time_zone: "Europe/Copenhagen",
        dial: "+45 55 55",
        head_office: "Hovedkontor",
        people: &[("Mette Krogh", "mette.krogh"), ("Søren Dahl", "soren.dahl"), ("Lise Bang", "lise.bang")],
        streets: &["Industrivej {}", "Havnevej {}"],
    },
    Culture {
        country: "FI",
        time_zone: "Europe/Helsinki",
        dial: "+358 5 555",
        head_office: "Pääkonttori",
        people: &[
            ("Aino Laine", "aino.laine"),
            ("Mikko Salo", "mikko.salo"),
            ("Päivi Koski", "paivi.koski"),
            ("Juha Niemi", "juha.niemi"),
        ],
        streets: &["Tehtaankatu {}", "Satamatie {}"],
    },
    Culture {
        country: "EE",
        time_zone: "Europe/Tallinn",
        dial: "+372 655",
        head_office: "Peakontor",
        people: &[("Kadri Tamm", "kadri.tamm"), ("Priit Saar", "priit.saar"), ("Liis Kask", "liis.kask")],
        streets: &["Sadama {}", "Tööstuse {}"],
    },
];
