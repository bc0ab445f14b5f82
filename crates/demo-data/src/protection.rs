//! Protective equipment by size.

use drawing::{Colour, Garment, Spec};
use kernel::{Packing, Unit};

use crate::draft::{Draft, code, loose, text};
use crate::model::Text;

type Words = (&'static str, &'static str);

/// A model that comes in sizes and colours.
struct Model {
    code: &'static str,
    category: &'static str,
    garment: Garment,
    name: Words,
    standard: &'static str,
    level: &'static str,
    sizes: &'static [&'static str],
    colours: &'static [(&'static str, Words, Colour)],
    grams: i64,
    cents: i64,
    pack: i64,
    demand: i64,
}

const HANDS: &[&str] = &["6", "7", "8", "9", "10", "11"];
const FEET: &[&str] = &["36", "37", "38", "39", "40", "41", "42", "43", "44", "45", "46", "47", "48"];
const LETTERS: &[&str] = &["S", "M", "L", "XL", "XXL", "3XL", "4XL"];
const TROUSERS: &[&str] = &["44", "46", "48", "50", "52", "54", "56", "58", "60", "62", "64"];
const ONE: &[&str] = &[""];

type Shade = (&'static str, Words, Colour);
const GREY: Shade = ("GY", ("grey", "szary"), Colour::Grey);
const BLACK: Shade = ("BK", ("black", "czarny"), Colour::Black);
const BLUE: Shade = ("BU", ("blue", "niebieski"), Colour::Blue);
const WHITE: Shade = ("WH", ("white", "biały"), Colour::White);
const YELLOW: Shade = ("YE", ("yellow", "żółty"), Colour::Yellow);
const ORANGE: Shade = ("OG", ("orange", "pomarańczowy"), Colour::Orange);
const RED: Shade = ("RD", ("red", "czerwony"), Colour::Red);
const GREEN: Shade = ("GN", ("green", "zielony"), Colour::Green);
const NAVY: Shade = ("NV", ("navy", "granatowy"), Colour::Navy);
const BROWN: Shade = ("BN", ("brown", "brązowy"), Colour::Brown);
const CLEAR: Shade = ("CL", ("clear", "przezroczysty"), Colour::Clear);
const SMOKE: Shade = ("SM", ("smoke", "przyciemniany"), Colour::Grey);
const AMBER: Shade = ("AM", ("amber", "bursztynowy"), Colour::Yellow);

const fn glove(code: &'static str, name: Words, level: &'static str, colour: &'static [Shade], cents: i64) -> Model {
    Model {
        code,
        category: "gloves",
        garment: Garment::Glove,
        name,
        standard: "EN 388",
        level,
        sizes: HANDS,
        colours: colour,
        grams: 60,
        cents,
        pack: 12,
        demand: 50,
    }
}

const fn boot(code: &'static str, garment: Garment, name: Words, level: &'static str, cents: i64) -> Model {
    Model {
        code,
        category: "footwear",
        garment,
        name,
        standard: "EN ISO 20345",
        level,
        sizes: FEET,
        colours: &[BLACK],
        grams: 1_250,
        cents,
        pack: 1,
        demand: 40,
    }
}

const fn head(
    code: &'static str,
    garment: Garment,
    name: Words,
    norm: (&'static str, &'static str),
    cents: i64,
) -> Model {
    Model {
        code,
        category: "head-eye-ear",
        garment,
        name,
        standard: norm.0,
        level: norm.1,
        sizes: ONE,
        colours: &[WHITE, YELLOW, ORANGE, BLUE, RED, GREEN, GREY],
        grams: 380,
        cents,
        pack: 10,
        demand: 42,
    }
}

const fn clothing(
    code: &'static str,
    garment: Garment,
    name: Words,
    norm: (&'static str, &'static str),
    cents: i64,
) -> Model {
    Model {
        code,
        category: "clothing",
        garment,
        name,
        standard: norm.0,
        level: norm.1,
        sizes: LETTERS,
        colours: &[YELLOW, ORANGE],
        grams: 700,
        cents,
        pack: 10,
        demand: 40,
    }
}

const MODELS: [Model; 38] = [
    glove("GL-NITRILE", ("Nitrile coated glove", "Rękawica powlekana nitrylem"), "4121X", &[BLUE, BLACK], 98),
    glove("GL-PU", ("PU coated glove", "Rękawica powlekana poliuretanem"), "3131X", &[GREY, WHITE], 72),
    glove("GL-LATEX", ("Latex coated glove", "Rękawica powlekana lateksem"), "2142X", &[GREEN], 88),
    glove(
        "GL-CUT-C",
        ("Cut resistant glove, level C", "Rękawica odporna na przecięcie, poziom C"),
        "4X42C",
        &[GREY],
        310,
    ),
    glove(
        "GL-CUT-F",
        ("Cut resistant glove, level F", "Rękawica odporna na przecięcie, poziom F"),
        "4X44F",
        &[BLACK],
        640,
    ),
    glove("GL-LEATHER", ("Leather work glove", "Rękawica robocza skórzana"), "3122X", &[BROWN], 235),
    glove("GL-WELD", ("Welding glove", "Rękawica spawalnicza"), "4144X", &[BROWN], 620),
    glove("GL-WINTER", ("Winter work glove", "Rękawica robocza zimowa"), "2231X", &[ORANGE], 340),
    glove("GL-CHEM", ("Chemical resistant glove", "Rękawica chemoodporna"), "4101X", &[GREEN], 185),
    glove("GL-ASSEMBLY", ("Precision assembly glove", "Rękawica do prac precyzyjnych"), "3121A", &[BLACK], 165),
    boot("SH-S1P-LOW", Garment::Shoe, ("Safety shoe S1P, low", "Półbut bezpieczny S1P"), "S1P SRC", 2_450),
    boot("SH-S3-LOW", Garment::Shoe, ("Safety shoe S3, low", "Półbut bezpieczny S3"), "S3 SRC", 3_280),
    boot("SH-S1P-SPORT", Garment::Shoe, ("Safety trainer S1P", "Półbut sportowy bezpieczny S1P"), "S1P ESD", 3_690),
    boot("BT-S3", Garment::Boot, ("Safety boot S3", "Trzewik bezpieczny S3"), "S3 SRC", 3_650),
    boot("BT-S3-WINTER", Garment::Boot, ("Winter safety boot S3", "Trzewik bezpieczny zimowy S3"), "S3 CI", 4_980),
    boot("BT-S3-ESD", Garment::Boot, ("Safety boot S3 ESD", "Trzewik bezpieczny S3 ESD"), "S3 ESD", 4_420),
    boot(
        "BT-S3-HRO",
        Garment::Boot,
        ("Safety boot S3, heat resistant sole", "Trzewik bezpieczny S3, podeszwa żaroodporna"),
        "S3 HRO",
        4_750,
    ),
    Model {
        colours: &[WHITE],
        ..boot(
            "SH-S2-WHITE",
            Garment::Shoe,
            ("Safety shoe S2 for food plants", "Półbut bezpieczny S2 dla przemysłu spożywczego"),
            "S2 SRC",
            2_980,
        )
    },
    Model {
        colours: &[GREEN],
        grams: 1_900,
        ..boot("WB-S5", Garment::Wellington, ("Safety wellington S5", "Kalosz bezpieczny S5"), "S5 SRA", 2_150)
    },
    head("HE-BASIC", Garment::Helmet, ("Safety helmet", "Hełm ochronny"), ("EN 397", "LD"), 520),
    head(
        "HE-RATCHET",
        Garment::Helmet,
        ("Safety helmet with ratchet, vented", "Hełm ochronny z pokrętłem, wentylowany"),
        ("EN 397", "MM"),
        1_050,
    ),
    head(
        "HE-CLIMB",
        Garment::Helmet,
        ("Helmet for work at height", "Hełm do pracy na wysokości"),
        ("EN 12492", "LD"),
        3_400,
    ),
    Model { grams: 60, ..head("HE-CAP", Garment::Helmet, ("Bump cap", "Czapka ochronna"), ("EN 812", "A1"), 780) },
    Model {
        grams: 30,
        colours: &[CLEAR, SMOKE, AMBER],
        demand: 48,
        ..head(
            "GS-SPORT",
            Garment::Glasses,
            ("Safety glasses, sport", "Okulary ochronne sportowe"),
            ("EN 166", "1F"),
            235,
        )
    },
    Model {
        grams: 32,
        colours: &[CLEAR, SMOKE, AMBER],
        ..head(
            "GS-WRAP",
            Garment::Glasses,
            ("Safety glasses, anti-fog", "Okulary ochronne przeciwmgielne"),
            ("EN 166", "1FT KN"),
            420,
        )
    },
    Model {
        grams: 45,
        colours: &[CLEAR, SMOKE],
        ..head("GS-OVER", Garment::Glasses, ("Over-spectacles", "Okulary nakładane"), ("EN 166", "1F"), 310)
    },
    Model {
        grams: 90,
        colours: &[CLEAR],
        ..head("GS-GOGGLE", Garment::Glasses, ("Full-view goggles", "Gogle ochronne"), ("EN 166", "1B 34"), 560)
    },
    Model {
        grams: 210,
        colours: &[YELLOW, RED, BLACK],
        ..head(
            "EM-27",
            Garment::EarMuffs,
            ("Ear muffs, SNR 27 dB", "Nauszniki przeciwhałasowe, SNR 27 dB"),
            ("EN 352-1", "SNR 27"),
            690,
        )
    },
    Model {
        grams: 260,
        colours: &[YELLOW, BLACK],
        ..head(
            "EM-33",
            Garment::EarMuffs,
            ("Ear muffs, SNR 33 dB", "Nauszniki przeciwhałasowe, SNR 33 dB"),
            ("EN 352-1", "SNR 33"),
            1_480,
        )
    },
    Model {
        grams: 9,
        colours: &[WHITE],
        pack: 20,
        ..head(
            "MK-FFP2",
            Garment::Mask,
            ("Filtering mask FFP2", "Półmaska filtrująca FFP2"),
            ("EN 149", "FFP2 NR D"),
            68,
        )
    },
    Model {
        grams: 12,
        colours: &[WHITE],
        pack: 10,
        ..head(
            "MK-FFP3",
            Garment::Mask,
            ("Filtering mask FFP3 with valve", "Półmaska filtrująca FFP3 z zaworem"),
            ("EN 149", "FFP3 R D"),
            165,
        )
    },
    Model {
        grams: 140,
        demand: 52,
        pack: 25,
        ..clothing(
            "VE-BASIC",
            Garment::Vest,
            ("High-visibility vest", "Kamizelka ostrzegawcza"),
            ("EN ISO 20471", "class 2"),
            165,
        )
    },
    Model {
        grams: 190,
        ..clothing(
            "VE-POCKET",
            Garment::Vest,
            ("High-visibility vest with pockets and zip", "Kamizelka ostrzegawcza z kieszeniami i zamkiem"),
            ("EN ISO 20471", "class 2"),
            540,
        )
    },
    clothing(
        "JK-HIVIS",
        Garment::Jacket,
        ("High-visibility jacket", "Kurtka ostrzegawcza"),
        ("EN ISO 20471", "class 3"),
        2_650,
    ),
    Model {
        colours: &[NAVY, GREY],
        grams: 850,
        ..clothing(
            "JK-SOFT",
            Garment::Jacket,
            ("Softshell work jacket", "Kurtka robocza softshell"),
            ("EN ISO 13688", "EN 14058"),
            2_480,
        )
    },
    Model {
        colours: &[NAVY],
        grams: 1_350,
        ..clothing(
            "JK-WINTER",
            Garment::Jacket,
            ("Winter work jacket", "Kurtka robocza zimowa"),
            ("EN 342", "class 3"),
            4_650,
        )
    },
    Model {
        colours: &[GREY, NAVY],
        sizes: TROUSERS,
        grams: 620,
        ..clothing(
            "TR-WORK",
            Garment::Trousers,
            ("Work trousers", "Spodnie robocze"),
            ("EN ISO 13688", "EN 14404"),
            1_980,
        )
    },
    Model {
        sizes: TROUSERS,
        colours: &[ORANGE],
        ..clothing(
            "TR-HIVIS",
            Garment::Trousers,
            ("High-visibility trousers", "Spodnie ostrzegawcze"),
            ("EN ISO 20471", "class 2"),
            2_740,
        )
    },
];

/// All protective equipment.
pub fn drafts(out: &mut Vec<Draft>) {
    for model in &MODELS {
        for colour in model.colours {
            out.extend(model.sizes.iter().map(|size| draft(model, colour, size)));
        }
    }
}

/// Middle sizes sell most.
fn demand(sizes: &[&str], size: &str) -> i64 {
    let (place, last) = (sizes.iter().position(|s| *s == size).unwrap_or(0), sizes.len() - 1);
    let from_end = i64::try_from(place.min(last - place)).unwrap_or(0);
    if sizes.len() == 1 { 6 } else { from_end * 7 - 8 }
}

fn draft(model: &Model, colour: &Shade, size: &'static str) -> Draft {
    let &(suffix, shade, colour) = colour;
    let has_choice = model.colours.len() > 1;
    let tail = |word: &str, shade: &str| {
        let colour = if has_choice { format!(", {shade}") } else { String::new() };
        let size = if size.is_empty() { String::new() } else { format!(", {word} {size}") };
        format!("{colour}{size}")
    };
    let mut sku = model.code.to_string();
    for part in [if has_choice { suffix } else { "" }, size].into_iter().filter(|part| !part.is_empty()) {
        sku = format!("{sku}-{part}");
    }
    let unit = match model.garment {
        Garment::Glove | Garment::Shoe | Garment::Boot | Garment::Wellington => Unit::Pair,
        _ => Unit::Piece,
    };
    let mut attributes = vec![code("standard", model.standard), code("protection_level", model.level)];
    attributes.push(text("colour", Text::new(shade.0, shade.1)));
    if !size.is_empty() {
        attributes.push(code("size", size));
    }
    let weight_mg = model.grams * 1_000;
    Draft {
        sku,
        category: model.category,
        name: Text::new(
            format!("{}{}", model.name.0, tail("size", shade.0)),
            format!("{}{}", model.name.1, tail("rozmiar", shade.1)),
        ),
        description: Text::new(
            format!("{} to {}, {}{}.", model.name.0, model.standard, model.level, tail("size", shade.0)),
            format!("{} według {}, {}{}.", model.name.1, model.standard, model.level, tail("rozmiar", shade.1)),
        ),
        attributes,
        packing: Packing { packs_per_pallet: 96, ..loose(unit, model.pack, weight_mg) },
        weight_mg,
        cost_micros: model.cents * 10_000,
        demand: 8 + model.demand + demand(model.sizes, size),
        origins: &["CN", "PL", "PK", "VN", "IT", "PT"],
        customs_code: match model.garment {
            Garment::Glove => "61161020",
            Garment::Shoe | Garment::Boot => "64034000",
            Garment::Wellington => "64011000",
            Garment::Helmet => "65061010",
            Garment::Glasses => "90049010",
            Garment::Vest | Garment::Jacket => "62113390",
            Garment::Trousers => "62034311",
            Garment::EarMuffs => "39269097",
            Garment::Mask => "63079093",
        },
        sheet: model.code.to_lowercase(),
        certificate: Some(("EU declaration of conformity", "Deklaracja zgodności UE")),
        drawing: Spec::Wear { garment: model.garment, colour, size: size.into() },
    }
}
