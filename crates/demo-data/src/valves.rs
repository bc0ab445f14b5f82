//! Valves and strainers by nominal diameter.

use drawing::{Joint, Metal, Spec, Valve, ValveForm};
use kernel::{Packing, Unit};

use crate::draft::{Draft, code, loose, packs_of, text, whole};
use crate::model::Text;

type Words = (&'static str, &'static str);

/// Face-to-face lengths in millimetres by nominal diameter.
type Lengths = &'static [(u16, i64)];

/// EN 558 basic series 1: flanged valves.
const SERIES_1: Lengths = &[
    (15, 130),
    (20, 150),
    (25, 160),
    (32, 180),
    (40, 200),
    (50, 230),
    (65, 290),
    (80, 310),
    (100, 350),
    (125, 400),
    (150, 480),
    (200, 600),
    (250, 730),
    (300, 850),
];
/// EN 558 basic series 14: short gate valves.
const SERIES_14: Lengths = &[
    (40, 140),
    (50, 150),
    (65, 170),
    (80, 180),
    (100, 190),
    (125, 200),
    (150, 210),
    (200, 230),
    (250, 250),
    (300, 270),
];
/// EN 558 basic series 20: butterfly valves.
const SERIES_20: Lengths =
    &[(50, 43), (65, 46), (80, 46), (100, 52), (125, 56), (150, 56), (200, 60), (250, 68), (300, 78)];
/// EN 558 basic series 49: wafer check valves.
const SERIES_49: Lengths = &[(15, 16), (20, 19), (25, 22), (32, 28), (40, 32), (50, 40), (65, 46), (80, 50), (100, 60)];
/// Threaded bodies, usual lengths.
const THREADED: Lengths = &[
    (8, 50),
    (10, 55),
    (15, 65),
    (20, 75),
    (25, 88),
    (32, 102),
    (40, 112),
    (50, 132),
    (65, 165),
    (80, 195),
    (100, 235),
];

/// All valves of one make.
struct Family {
    prefix: &'static str,
    suffix: &'static str,
    category: &'static str,
    name: Words,
    detail: Words,
    form: ValveForm,
    joint: Joint,
    lengths: Lengths,
    pressure: i64,
    material: Material,
    /// Grams at DN 50; other sizes follow.
    grams_50: i64,
    /// Cost at DN 50 in cents; other sizes follow.
    cents_50: i64,
    temperature_max: i64,
    demand: i64,
}

/// What a body is made of.
#[derive(Clone, Copy)]
struct Material {
    words: Words,
    grade: &'static str,
    metal: Metal,
}

const STAINLESS: Material =
    Material { words: ("Stainless steel", "Stal nierdzewna"), grade: "1.4408", metal: Metal::Stainless };
const BRASS: Material = Material { words: ("Brass", "Mosiądz"), grade: "CW617N", metal: Metal::Brass };
const STEEL: Material = Material { words: ("Cast steel", "Staliwo"), grade: "GP240GH", metal: Metal::Plain };
const IRON: Material = Material { words: ("Cast iron", "Żeliwo"), grade: "EN-GJL-250", metal: Metal::Iron };

const BALL: Words = ("Ball valve", "Zawór kulowy");
const GATE: Words = ("Gate valve", "Zasuwa");
const GLOBE: Words = ("Globe valve", "Zawór grzybkowy");
const CHECK: Words = ("Check valve", "Zawór zwrotny");
const BUTTERFLY: Words = ("Butterfly valve", "Przepustnica");
const STRAINER: Words = ("Y-strainer", "Filtr skośny");

const fn family(id: (&'static str, &'static str), form: ValveForm, name: Words, detail: Words) -> Family {
    Family {
        prefix: id.0,
        suffix: id.1,
        category: match form {
            ValveForm::Ball => "ball-valves",
            ValveForm::Gate | ValveForm::Globe => "gate-globe-valves",
            ValveForm::Butterfly => "butterfly-valves",
            ValveForm::Check | ValveForm::Strainer => "check-valves-strainers",
        },
        name,
        detail,
        form,
        joint: Joint::Thread,
        lengths: THREADED,
        pressure: 40,
        material: STAINLESS,
        grams_50: 3_400,
        cents_50: 8_000,
        temperature_max: 180,
        demand: 50,
    }
}

const fn ball(suffix: &'static str, detail: Words) -> Family {
    family(("BV", suffix), ValveForm::Ball, BALL, detail)
}

const fn butterfly(suffix: &'static str, detail: Words, cents_50: i64) -> Family {
    Family {
        joint: Joint::Wafer,
        lengths: SERIES_20,
        pressure: 16,
        material: IRON,
        grams_50: 2_600,
        cents_50,
        temperature_max: 120,
        demand: 34,
        ..family(("BFV", suffix), ValveForm::Butterfly, BUTTERFLY, detail)
    }
}

const FAMILIES: [Family; 28] = [
    ball("SS", ("three-piece, full bore, female thread", "trzyczęściowy, pełny przelot, gwint wewnętrzny")),
    Family {
        joint: Joint::Weld,
        demand: 36,
        ..ball("SS-W", ("three-piece, full bore, butt-weld ends", "trzyczęściowy, pełny przelot, do spawania"))
    },
    Family {
        grams_50: 2_300,
        cents_50: 4_650,
        ..ball("SS-2P", ("two-piece, female thread", "dwuczęściowy, gwint wewnętrzny"))
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_1,
        grams_50: 9_200,
        cents_50: 12_400,
        demand: 34,
        ..ball("SS-FL", ("full bore, flanged", "pełny przelot, kołnierzowy"))
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_1,
        material: STEEL,
        grams_50: 9_600,
        cents_50: 9_100,
        demand: 28,
        ..ball("CS-FL", ("full bore, flanged", "pełny przelot, kołnierzowy"))
    },
    Family {
        pressure: 25,
        material: BRASS,
        grams_50: 1_450,
        cents_50: 1_640,
        temperature_max: 120,
        demand: 62,
        ..ball("MS", ("steel lever, female thread", "dźwignia stalowa, gwint wewnętrzny"))
    },
    Family {
        pressure: 25,
        material: BRASS,
        grams_50: 1_400,
        cents_50: 1_680,
        temperature_max: 120,
        demand: 48,
        ..ball("MS-T", ("T-handle, female thread", "motylek, gwint wewnętrzny"))
    },
    Family {
        pressure: 25,
        material: BRASS,
        grams_50: 1_520,
        cents_50: 1_790,
        temperature_max: 120,
        demand: 44,
        ..ball("MS-MF", ("steel lever, male and female thread", "dźwignia stalowa, gwint zewnętrzny i wewnętrzny"))
    },
    Family {
        pressure: 5,
        material: BRASS,
        grams_50: 1_450,
        cents_50: 1_820,
        temperature_max: 60,
        demand: 38,
        ..ball("MS-GAS", ("for gas, yellow lever, female thread", "do gazu, żółta dźwignia, gwint wewnętrzny"))
    },
    Family {
        joint: Joint::Press,
        lengths: &[(15, 94), (20, 106), (25, 124), (32, 142), (40, 164), (50, 192)],
        pressure: 16,
        material: BRASS,
        grams_50: 1_700,
        cents_50: 3_150,
        temperature_max: 110,
        demand: 40,
        ..ball("MS-PR", ("press ends", "końcówki zaprasowywane"))
    },
    Family {
        pressure: 16,
        material: BRASS,
        grams_50: 1_350,
        cents_50: 1_980,
        temperature_max: 120,
        demand: 40,
        ..family(("GV", "MS"), ValveForm::Gate, GATE, ("hand wheel, female thread", "pokrętło, gwint wewnętrzny"))
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_14,
        pressure: 16,
        material: IRON,
        grams_50: 10_800,
        cents_50: 5_900,
        temperature_max: 120,
        demand: 30,
        ..family(("GV", "GG"), ValveForm::Gate, GATE, ("soft seated, flanged", "miękko uszczelniana, kołnierzowa"))
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_14,
        pressure: 16,
        grams_50: 11_500,
        cents_50: 19_800,
        demand: 14,
        ..family(("GV", "SS"), ValveForm::Gate, GATE, ("flanged", "kołnierzowa"))
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_1,
        pressure: 16,
        material: IRON,
        grams_50: 11_200,
        cents_50: 7_400,
        temperature_max: 300,
        demand: 26,
        ..family(("GLV", "GG"), ValveForm::Globe, GLOBE, ("bellows sealed, flanged", "mieszkowy, kołnierzowy"))
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_1,
        material: STEEL,
        grams_50: 13_800,
        cents_50: 16_900,
        temperature_max: 400,
        demand: 18,
        ..family(("GLV", "CS"), ValveForm::Globe, GLOBE, ("bellows sealed, flanged", "mieszkowy, kołnierzowy"))
    },
    Family {
        pressure: 16,
        material: BRASS,
        grams_50: 1_900,
        cents_50: 2_900,
        demand: 24,
        ..family(("GLV", "MS"), ValveForm::Globe, GLOBE, ("female thread", "gwint wewnętrzny"))
    },
    Family {
        pressure: 16,
        material: BRASS,
        grams_50: 900,
        cents_50: 1_150,
        temperature_max: 100,
        demand: 42,
        ..family(
            ("CV", "MS"),
            ValveForm::Check,
            CHECK,
            ("spring loaded, female thread", "sprężynowy, gwint wewnętrzny"),
        )
    },
    Family {
        cents_50: 5_400,
        grams_50: 1_900,
        demand: 28,
        ..family(
            ("CV", "SS"),
            ValveForm::Check,
            CHECK,
            ("spring loaded, female thread", "sprężynowy, gwint wewnętrzny"),
        )
    },
    Family {
        joint: Joint::Wafer,
        lengths: SERIES_49,
        grams_50: 1_300,
        cents_50: 4_300,
        temperature_max: 250,
        demand: 26,
        ..family(("CV", "SS-WF"), ValveForm::Check, CHECK, ("wafer type", "międzykołnierzowy"))
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_1,
        pressure: 16,
        material: IRON,
        grams_50: 10_400,
        cents_50: 6_700,
        temperature_max: 200,
        demand: 20,
        ..family(("CV", "GG"), ValveForm::Check, CHECK, ("swing type, flanged", "klapowy, kołnierzowy"))
    },
    butterfly("EPDM", ("wafer, EPDM lined, lever", "międzykołnierzowa, wykładzina EPDM, dźwignia"), 2_850),
    butterfly("NBR", ("wafer, NBR lined, lever", "międzykołnierzowa, wykładzina NBR, dźwignia"), 2_950),
    butterfly("FKM", ("wafer, FKM lined, lever", "międzykołnierzowa, wykładzina FKM, dźwignia"), 6_100),
    butterfly("LUG", ("lug type, EPDM lined, lever", "gwintowana LUG, wykładzina EPDM, dźwignia"), 3_700),
    butterfly("GEAR", ("wafer, EPDM lined, gearbox", "międzykołnierzowa, wykładzina EPDM, przekładnia"), 5_900),
    butterfly(
        "PNEU",
        ("wafer, EPDM lined, pneumatic drive", "międzykołnierzowa, wykładzina EPDM, napęd pneumatyczny"),
        14_800,
    ),
    Family {
        pressure: 20,
        material: BRASS,
        grams_50: 1_250,
        cents_50: 1_420,
        temperature_max: 110,
        demand: 38,
        ..family(
            ("YS", "MS"),
            ValveForm::Strainer,
            STRAINER,
            ("0.5 mm sieve, female thread", "sito 0,5 mm, gwint wewnętrzny"),
        )
    },
    Family {
        joint: Joint::Flange,
        lengths: SERIES_1,
        pressure: 16,
        material: IRON,
        grams_50: 10_900,
        cents_50: 5_300,
        temperature_max: 300,
        demand: 24,
        ..family(("YS", "GG"), ValveForm::Strainer, STRAINER, ("flanged", "kołnierzowy"))
    },
];

/// All valves.
pub fn drafts(out: &mut Vec<Draft>) {
    for family in &FAMILIES {
        out.extend(family.lengths.iter().map(|(nominal, length)| draft(family, *nominal, *length)));
    }
}

/// How a figure at DN 50 grows with the size: a share in proportion to the bore, the rest with its square.
fn scaled(at_50: i64, nominal: u16) -> i64 {
    let n = i64::from(nominal) + 6;
    (at_50 * n * 35 / 56 + at_50 * n * n * 65 / (56 * 56)) / 100
}

fn draft(family: &Family, nominal: u16, length: i64) -> Draft {
    let weight_mg = scaled(family.grams_50, nominal) * 1_000;
    let title = format!("DN {nominal} PN {}", family.pressure);
    let named =
        |name: &str, detail: &str, material: &str| format!("{name} {title}, {}, {detail}", material.to_lowercase());
    let material = family.material;
    let demand = match nominal {
        15..=32 => 12,
        40 | 50 => 8,
        8 | 10 | 65 | 80 | 100 => -6,
        _ => -20,
    };
    Draft {
        sku: format!("{}-DN{nominal}-PN{}-{}", family.prefix, family.pressure, family.suffix),
        category: family.category,
        name: Text::new(
            named(family.name.0, family.detail.0, material.words.0),
            named(family.name.1, family.detail.1, material.words.1),
        ),
        description: Text::new(
            format!(
                "{} {title}, body {} {}, {}. Face to face {length} mm, up to {} °C.",
                family.name.0,
                material.words.0.to_lowercase(),
                material.grade,
                family.detail.0,
                family.temperature_max
            ),
            format!(
                "{} {title}, korpus: {} {}, {}. Długość zabudowy {length} mm, do {} °C.",
                family.name.1,
                material.words.1.to_lowercase(),
                material.grade,
                family.detail.1,
                family.temperature_max
            ),
        ),
        attributes: vec![
            whole("nominal_diameter", i64::from(nominal)),
            whole("nominal_pressure", family.pressure),
            text("connection", joint_words(family.joint)),
            text("material", Text::new(material.words.0, material.words.1)),
            code("grade", material.grade),
            whole("face_to_face", length),
            whole("temperature_max", family.temperature_max),
        ],
        packing: packing(family, weight_mg),
        weight_mg,
        cost_micros: scaled(family.cents_50, nominal) * 10_000,
        demand: family.demand + demand + 6,
        origins: &["IT", "PL", "DE", "ES", "CN"],
        customs_code: match family.form {
            ValveForm::Ball => "84818081",
            ValveForm::Gate => "84818063",
            ValveForm::Globe => "84818073",
            ValveForm::Butterfly => "84818085",
            ValveForm::Check => "84813099",
            ValveForm::Strainer => "84212980",
        },
        sheet: format!("{}-{}", family.prefix, family.suffix).to_lowercase(),
        certificate: Some(("Inspection certificate EN 10204 3.1", "Świadectwo odbioru EN 10204 3.1")),
        drawing: Spec::Valve(Valve {
            form: family.form,
            joint: family.joint,
            nominal,
            length: length * 100,
            metal: material.metal,
        }),
    }
}

/// Small ball valves in full boxes; the others loose.
fn packing(family: &Family, weight_mg: i64) -> Packing {
    match weight_mg {
        ..=4_500_000 if family.form == ValveForm::Ball => packs_of(Unit::Piece, 10, weight_mg),
        ..=1_500_000 => loose(Unit::Piece, 10, weight_mg),
        1_500_001..=6_000_000 => loose(Unit::Piece, 4, weight_mg),
        _ => loose(Unit::Piece, 1, weight_mg),
    }
}

/// The name of a joint.
pub fn joint_words(joint: Joint) -> Text {
    match joint {
        Joint::Thread => Text::new("Thread", "Gwint"),
        Joint::Flange => Text::new("Flange", "Kołnierz"),
        Joint::Wafer => Text::new("Between flanges", "Międzykołnierzowe"),
        Joint::Press => Text::new("Press", "Zaprasowywane"),
        Joint::Compression => Text::new("Cutting ring", "Pierścień zacinający"),
        Joint::Weld => Text::new("Weld", "Do spawania"),
    }
}
