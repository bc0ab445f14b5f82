//! Cables and wires by cores and cross-section, sold by the metre.

use drawing::{Cable, Colour, CoreMarking, Spec};
use kernel::{Packing, Quantity, Unit};

use crate::draft::{Draft, code, flag, millimetres, number, plain, text, whole};
use crate::model::Text;

type Words = (&'static str, &'static str);

/// A kind of multicore cable with the cross-sections (hundredths of mm²) that each number of cores is made in.
struct Kind {
    name: &'static str,
    category: &'static str,
    words: Words,
    standard: &'static str,
    sizes: &'static [(u8, &'static [i64])],
    has_protective_core: bool,
    marking: CoreMarking,
    screened: bool,
    jacket: Colour,
    voltage: &'static str,
    temperature_max: i64,
    /// Making, in percent on the metal.
    making: i64,
    demand: i64,
}

const POWER: &[i64] = &[150, 250, 400, 600, 1_000, 1_600];
const CONTROL: &[i64] = &[50, 75, 100, 150, 250];
const DATA: &[i64] = &[14, 25, 34, 50, 75];

const INSTALLATION: Kind = Kind {
    name: "NYM-J",
    category: "installation-cables",
    words: ("Sheathed installation cable", "Przewód instalacyjny w powłoce"),
    standard: "DIN VDE 0250-204",
    sizes: &[(3, &[150, 250, 400, 600]), (4, &[150, 250, 400, 600, 1_000, 1_600]), (5, POWER), (7, &[150, 250])],
    has_protective_core: true,
    marking: CoreMarking::Coloured,
    screened: false,
    jacket: Colour::Grey,
    voltage: "300/500 V",
    temperature_max: 70,
    making: 42,
    demand: 54,
};

const CONTROL_CABLE: Kind = Kind {
    name: "YSLY-JZ",
    category: "control-cables",
    words: ("Flexible control cable", "Przewód sterowniczy giętki"),
    standard: "DIN VDE 0281",
    sizes: &[
        (3, CONTROL),
        (4, &[50, 75, 100, 150, 250, 400, 600, 1_000, 1_600]),
        (5, &[50, 75, 100, 150, 250, 400, 600]),
        (7, CONTROL),
        (12, CONTROL),
        (18, CONTROL),
        (25, &[50, 75, 100, 150]),
    ],
    marking: CoreMarking::Numbered,
    making: 78,
    demand: 42,
    ..INSTALLATION
};

const DATA_CABLE: Kind = Kind {
    name: "LIYY",
    category: "data-cables",
    words: ("Data cable", "Przewód sygnałowy"),
    standard: "DIN VDE 0812",
    sizes: &[
        (2, DATA),
        (3, DATA),
        (4, DATA),
        (5, DATA),
        (6, DATA),
        (8, DATA),
        (10, &[14, 25, 34, 50]),
        (12, &[14, 25, 34, 50]),
        (16, &[14, 25, 34]),
        (20, &[14, 25]),
        (25, &[14, 25]),
    ],
    has_protective_core: false,
    marking: CoreMarking::Data,
    voltage: "250 V",
    making: 260,
    demand: 26,
    ..INSTALLATION
};

const KINDS: [Kind; 9] = [
    INSTALLATION,
    Kind {
        name: "NYY-J",
        category: "power-cables",
        words: ("Underground cable", "Kabel ziemny"),
        standard: "DIN VDE 0276-603",
        sizes: &[
            (3, POWER),
            (4, &[150, 250, 400, 600, 1_000, 1_600, 2_500, 3_500, 5_000, 7_000, 9_500, 12_000]),
            (5, &[150, 250, 400, 600, 1_000, 1_600, 2_500, 3_500]),
        ],
        jacket: Colour::Black,
        voltage: "0.6/1 kV",
        making: 38,
        demand: 36,
        ..INSTALLATION
    },
    Kind {
        name: "N2XH-J",
        category: "power-cables",
        words: ("Halogen-free cable", "Kabel bezhalogenowy"),
        standard: "DIN VDE 0276-604",
        sizes: &[(3, POWER), (4, POWER), (5, POWER)],
        jacket: Colour::Black,
        voltage: "0.6/1 kV",
        temperature_max: 90,
        making: 74,
        demand: 22,
        ..INSTALLATION
    },
    CONTROL_CABLE,
    Kind {
        name: "YSLYCY-JZ",
        words: ("Flexible control cable, screened", "Przewód sterowniczy giętki ekranowany"),
        screened: true,
        making: 135,
        demand: 30,
        ..CONTROL_CABLE
    },
    DATA_CABLE,
    Kind {
        name: "LIYCY",
        words: ("Data cable, screened", "Przewód sygnałowy ekranowany"),
        screened: true,
        making: 360,
        demand: 34,
        ..DATA_CABLE
    },
    Kind {
        name: "H05VV-F",
        category: "flexible-cables",
        words: ("PVC sheathed flexible cord", "Przewód oponowy PVC"),
        standard: "EN 50525-2-11",
        sizes: &[(3, &[75, 100, 150, 250]), (4, &[75, 100, 150, 250]), (5, &[75, 100, 150, 250])],
        jacket: Colour::White,
        making: 50,
        demand: 38,
        ..INSTALLATION
    },
    Kind {
        name: "H07RN-F",
        category: "flexible-cables",
        words: ("Rubber sheathed flexible cable", "Przewód oponowy gumowy"),
        standard: "EN 50525-2-21",
        sizes: &[(3, POWER), (4, POWER), (5, &[150, 250, 400, 600, 1_000, 1_600, 2_500])],
        jacket: Colour::Black,
        voltage: "450/750 V",
        temperature_max: 60,
        making: 92,
        demand: 40,
        ..INSTALLATION
    },
];

/// Colours of single-core wire: SKU code, words, colour.
const COLOURS: [(&str, Words, Colour); 11] = [
    ("BK", ("black", "czarny"), Colour::Black),
    ("BU", ("blue", "niebieski"), Colour::Blue),
    ("BN", ("brown", "brązowy"), Colour::Brown),
    ("GNYE", ("green-yellow", "zielono-żółty"), Colour::GreenYellow),
    ("GY", ("grey", "szary"), Colour::Grey),
    ("RD", ("red", "czerwony"), Colour::Red),
    ("DBU", ("dark blue", "ciemnoniebieski"), Colour::Navy),
    ("WH", ("white", "biały"), Colour::White),
    ("OG", ("orange", "pomarańczowy"), Colour::Orange),
    ("VT", ("violet", "fioletowy"), Colour::Violet),
    ("YE", ("yellow", "żółty"), Colour::Yellow),
];

/// All cables.
pub fn drafts(out: &mut Vec<Draft>) {
    for kind in &KINDS {
        for (cores, sections) in kind.sizes {
            out.extend(sections.iter().map(|section| multicore(kind, *cores, *section)));
        }
    }
    for section in [50, 75, 100] {
        out.extend(COLOURS.iter().map(|colour| wire("H05V-K", "300/500 V", section, colour)));
    }
    for section in [150, 250, 400, 600] {
        out.extend(COLOURS.iter().map(|colour| wire("H07V-K", "450/750 V", section, colour)));
    }
    for section in [1_000, 1_600, 2_500, 3_500, 5_000, 7_000, 9_500, 12_000] {
        out.extend(COLOURS[..4].iter().map(|colour| wire("H07V-K", "450/750 V", section, colour)));
    }
}

/// Outer diameter of one insulated core in hundredths of a millimetre.
fn core_diameter(section: i64) -> i64 {
    let conductor = 127 * (section * 100).isqrt() / 100;
    let insulation = match section {
        ..=50 => 40,
        51..=100 => 60,
        101..=600 => 75,
        601..=1_600 => 100,
        _ => 135,
    };
    conductor + 2 * insulation
}

/// Outer diameter of a cable: the circle around its cores, then screen and jacket.
fn cable_diameter(cores: u8, section: i64, screened: bool) -> i64 {
    let bundle = match cores {
        1 => 100,
        2 => 200,
        3 => 215,
        4 => 241,
        5 => 270,
        6 | 7 => 300,
        8 => 335,
        9 | 10 => 400,
        11 | 12 => 416,
        13..=18 => 495,
        _ => 600,
    };
    core_diameter(section) * bundle / 100 + 190 + if screened { 70 } else { 0 }
}

/// Grams of copper in a metre: 8.9 g per mm².
fn copper_grams(cores: u8, section: i64) -> i64 {
    (i64::from(cores) * section * 89 / 1_000).max(1)
}

/// Rings of 100 m and drums of 500 m, cut to a tenth of a metre.
fn by_the_metre(grams: i64) -> Packing {
    let one = Quantity::SCALE;
    let (pack, packs_per_pallet) = match grams {
        ..=250 => (100, 24),
        251..=1_200 => (500, 1),
        _ => (250, 1),
    };
    Packing { unit: Unit::Metre, pack: pack * one, packs_per_pallet, minimum: one, step: one / 10 }
}

fn multicore(kind: &Kind, cores: u8, section: i64) -> Draft {
    let (area, outer) = (plain(section), cable_diameter(cores, section, kind.screened));
    let by = if kind.has_protective_core { 'G' } else { '×' };
    let size = format!("{cores}{by}{area}");
    let copper = copper_grams(cores, section);
    let grams = copper + outer * outer / 9_000 + if kind.screened { outer / 50 } else { 0 };
    let demand = match (cores, section) {
        (3 | 5, 150 | 250) => 22,
        (3..=5, 75..=600) => 8,
        (12.., _) | (_, 2_500..) => -16,
        _ => -2,
    };
    Draft {
        sku: format!("{}-{}", kind.name, size.replace('×', "X")),
        category: kind.category,
        name: Text::new(
            format!("{} {} {size} mm²", kind.words.0, kind.name),
            format!("{} {} {size} mm²", kind.words.1, kind.name),
        ),
        description: Text::new(
            format!(
                "{} {}, {cores} cores of {area} mm², {}, to {}. Cut to length or on drums.",
                kind.words.0, kind.name, kind.voltage, kind.standard
            ),
            format!(
                "{} {}, liczba żył {cores}, przekrój {area} mm², {}, według {}. Cięty na wymiar lub na bębnach.",
                kind.words.1, kind.name, kind.voltage, kind.standard
            ),
        ),
        attributes: vec![
            code("standard", kind.standard),
            whole("cores", i64::from(cores)),
            number("cross_section", section * 10),
            millimetres("outer_diameter", outer),
            code("voltage", kind.voltage),
            flag("protective_core", kind.has_protective_core),
            flag("screened", kind.screened),
            whole("temperature_max", kind.temperature_max),
            number("copper_per_metre", copper * 1_000),
        ],
        packing: by_the_metre(grams),
        weight_mg: grams * 1_000,
        cost_micros: copper * 9_100 * (100 + kind.making) / 100 + 62_000 + i64::from(cores) * 9_000,
        demand: kind.demand + demand,
        origins: &["PL", "DE", "CZ", "IT"],
        customs_code: if section < 100 { "85444993" } else { "85444991" },
        sheet: kind.name.to_lowercase(),
        certificate: Some(("Declaration of performance", "Deklaracja właściwości użytkowych")),
        drawing: Spec::Cable(Cable {
            cores,
            section,
            outer,
            jacket: kind.jacket,
            marking: kind.marking,
            screened: kind.screened,
        }),
    }
}

fn wire(name: &'static str, voltage: &'static str, section: i64, colour: &(&'static str, Words, Colour)) -> Draft {
    let &(suffix, words, colour) = colour;
    let area = plain(section);
    let (outer, copper) = (core_diameter(section), copper_grams(1, section));
    let grams = copper + outer * outer / 11_000 + 1;
    let packing = match section {
        ..=600 => Packing {
            unit: Unit::Metre,
            pack: 100_000,
            packs_per_pallet: if section <= 250 { 120 } else { 60 },
            minimum: 100_000,
            step: 100_000,
        },
        _ => by_the_metre(grams.max(251)),
    };
    Draft {
        sku: format!("{name}-{area}-{suffix}"),
        category: "single-core-wires",
        name: Text::new(
            format!("Flexible wire {name} {area} mm², {}", words.0),
            format!("Przewód giętki {name} {area} mm², {}", words.1),
        ),
        description: Text::new(
            format!("Single-core flexible wire {name}, {area} mm², {voltage}, PVC insulation {}.", words.0),
            format!("Przewód jednożyłowy giętki {name}, {area} mm², {voltage}, izolacja PVC, kolor {}.", words.1),
        ),
        attributes: vec![
            code("standard", "EN 50525-2-31"),
            whole("cores", 1),
            number("cross_section", section * 10),
            text("colour", Text::new(words.0, words.1)),
            millimetres("outer_diameter", outer),
            code("voltage", voltage),
            whole("temperature_max", 70),
            number("copper_per_metre", copper * 1_000),
        ],
        packing,
        weight_mg: grams * 1_000,
        cost_micros: copper * 9_100 * 124 / 100 + 21_000,
        demand: 40
            + if matches!(suffix, "BK" | "BU" | "GNYE" | "BN") { 18 } else { -14 }
            + if (150..=600).contains(&section) { 12 } else { -6 },
        origins: &["PL", "DE", "CZ"],
        customs_code: "85444991",
        sheet: name.to_lowercase(),
        certificate: Some(("Declaration of performance", "Deklaracja właściwości użytkowych")),
        drawing: Spec::Cable(Cable {
            cores: 1,
            section,
            outer,
            jacket: colour,
            marking: CoreMarking::Coloured,
            screened: false,
        }),
    }
}
