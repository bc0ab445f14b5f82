//! O-rings, shaft seals and hoses.

use drawing::{Colour, Spec};
use kernel::{Packing, Quantity, Unit};

use crate::draft::{Draft, boxed, code, loose, millimetres, number, plain, ring_mg, text, whole};
use crate::model::Text;

/// Inner diameters of ISO 3601-1 by cord diameter (series 0, 1, 2 and 3), in hundredths of a millimetre.
const O_RINGS: [(i64, &[i64]); 4] = [
    (
        178,
        &[
            290, 368, 447, 528, 607, 765, 925, 1_082, 1_242, 1_400, 1_560, 1_717, 1_877, 2_035, 2_195, 2_352, 2_512,
            2_670, 2_830, 3_150, 3_467, 3_784, 4_100, 4_417, 4_735, 5_052,
        ],
    ),
    (
        262,
        &[
            919, 1_077, 1_237, 1_394, 1_554, 1_712, 1_872, 2_029, 2_189, 2_347, 2_507, 2_664, 2_824, 2_982, 3_142,
            3_299, 3_459, 3_777, 4_094, 4_412, 4_730, 5_047, 5_365, 5_682, 6_000, 6_317,
        ],
    ),
    (
        353,
        &[
            1_864, 2_022, 2_182, 2_340, 2_499, 2_658, 2_817, 2_974, 3_134, 3_292, 3_452, 3_769, 4_087, 4_404, 4_722,
            5_039, 5_357, 5_674, 6_027, 6_662, 7_297, 7_932, 8_567, 9_202, 9_837, 11_107,
        ],
    ),
    (
        533,
        &[
            3_747, 4_065, 4_382, 4_700, 5_017, 5_335, 5_652, 6_017, 6_652, 7_287, 7_922, 8_557, 9_192, 9_827, 10_462,
            11_097, 12_367, 13_637, 14_907, 16_177,
        ],
    ),
];

/// Rubber: code, words, hardness in Shore A, from and to in °C, cost factor in percent, colour, demand.
type Rubber = (&'static str, (&'static str, &'static str), i64, (i64, i64), i64, Colour, i64);

const RUBBERS: [Rubber; 5] = [
    ("NBR70", ("nitrile NBR", "kauczuk nitrylowy NBR"), 70, (-30, 100), 100, Colour::Black, 16),
    ("NBR90", ("nitrile NBR", "kauczuk nitrylowy NBR"), 90, (-25, 100), 125, Colour::Black, 4),
    ("FKM75", ("fluoro rubber FKM", "kauczuk fluorowy FKM"), 75, (-20, 200), 620, Colour::Brown, 6),
    ("EPDM70", ("EPDM", "EPDM"), 70, (-45, 130), 130, Colour::Black, 2),
    ("VMQ70", ("silicone VMQ", "silikon VMQ"), 70, (-55, 200), 310, Colour::Red, -6),
];

/// Shaft, outer diameter, width of radial shaft seals: ISO 6194-1.
const SHAFT_SEALS: [(i64, i64, i64); 34] = [
    (10, 22, 7),
    (10, 26, 7),
    (12, 24, 7),
    (12, 28, 7),
    (15, 26, 7),
    (15, 30, 7),
    (15, 35, 7),
    (17, 30, 7),
    (17, 35, 7),
    (20, 35, 7),
    (20, 40, 7),
    (20, 47, 7),
    (22, 40, 7),
    (25, 40, 7),
    (25, 47, 7),
    (25, 52, 7),
    (28, 47, 7),
    (30, 47, 7),
    (30, 52, 7),
    (30, 62, 7),
    (35, 50, 8),
    (35, 52, 8),
    (35, 62, 8),
    (40, 55, 8),
    (40, 62, 8),
    (45, 62, 8),
    (45, 65, 8),
    (50, 68, 8),
    (50, 72, 8),
    (55, 72, 8),
    (60, 80, 8),
    (65, 85, 10),
    (70, 90, 10),
    (80, 100, 10),
];

/// Nominal size, inner diameter, then for 1SN and 2SN: outer diameter, pressure in bar, grams per metre.
type HoseRow = (i64, i64, (i64, i64), (i64, i64), (i64, i64));

/// Hydraulic hoses: EN 853.
const HOSES: [HoseRow; 9] = [
    (6, 640, (1_330, 1_490), (225, 400), (210, 350)),
    (8, 790, (1_490, 1_650), (215, 350), (250, 410)),
    (10, 950, (1_730, 1_890), (180, 330), (330, 510)),
    (12, 1_270, (2_030, 2_190), (160, 275), (410, 620)),
    (16, 1_590, (2_340, 2_500), (130, 250), (480, 740)),
    (20, 1_900, (2_730, 2_930), (105, 215), (620, 950)),
    (25, 2_540, (3_540, 3_780), (88, 165), (880, 1_330)),
    (32, 3_180, (4_350, 4_830), (63, 125), (1_230, 2_020)),
    (40, 3_810, (5_060, 5_460), (50, 90), (1_520, 2_320)),
];

/// All seals and hoses.
pub fn drafts(out: &mut Vec<Draft>) {
    for rubber in &RUBBERS {
        for (section, inners) in &O_RINGS {
            out.extend(inners.iter().map(|inner| o_ring(rubber, *inner, *section)));
        }
    }
    for size in &SHAFT_SEALS {
        for rubber in [&RUBBERS[0], &RUBBERS[2]] {
            out.extend([false, true].map(|has_dust_lip| shaft_seal(rubber, *size, has_dust_lip)));
        }
    }
    out.extend(HOSES.iter().flat_map(|row| [hydraulic_hose(row, 1), hydraulic_hose(row, 2)]));
    for (inner, outer, bar, cents) in [
        (600, 1_200, 20, 62),
        (900, 1_500, 20, 84),
        (1_300, 2_000, 20, 128),
        (1_900, 2_700, 20, 196),
        (2_500, 3_400, 20, 288),
        (3_200, 4_300, 10, 420),
        (3_800, 5_000, 10, 560),
        (5_000, 6_400, 10, 840),
    ] {
        out.push(utility_hose(("WATER", "Water hose", "Wąż do wody", Colour::Green), (inner, outer), bar, cents));
        out.push(utility_hose(
            ("AIR", "Compressed air hose", "Wąż do powietrza", Colour::Blue),
            (inner, outer),
            bar,
            cents * 118 / 100,
        ));
        out.push(utility_hose(
            ("FOOD", "Food-grade hose", "Wąż spożywczy", Colour::White),
            (inner, outer),
            bar / 2,
            cents * 235 / 100,
        ));
    }
}

fn rubber_attributes(rubber: &Rubber) -> Vec<crate::Attribute> {
    vec![
        text("material", Text::new(rubber.1.0, rubber.1.1)),
        whole("hardness", rubber.2),
        whole("temperature_min", rubber.3.0),
        whole("temperature_max", rubber.3.1),
    ]
}

fn o_ring(rubber: &Rubber, inner: i64, section: i64) -> Draft {
    let size = format!("{}×{}", plain(inner), plain(section));
    // A torus: its cross-section times the length of its middle line.
    let weight_mg = ((inner + section) * 314 / 100 * section / 100 * section / 100 * 785 / 100_000 * 130 / 100).max(20);
    let mut attributes = vec![
        code("standard", "ISO 3601-1"),
        millimetres("inner_diameter", inner),
        millimetres("cord_diameter", section),
    ];
    attributes.extend(rubber_attributes(rubber));
    Draft {
        sku: format!("OR-{}X{}-{}", plain(inner), plain(section), rubber.0),
        category: "o-rings",
        name: Text::new(
            format!("O-ring {size} mm, {} {}", rubber.1.0, rubber.2),
            format!("O-ring {size} mm, {} {}", rubber.1.1, rubber.2),
        ),
        description: Text::new(
            format!(
                "O-ring to ISO 3601-1, inner diameter {} mm, cord {} mm, {}, {} Shore A.",
                plain(inner),
                plain(section),
                rubber.1.0,
                rubber.2
            ),
            format!(
                "O-ring według ISO 3601-1, średnica wewnętrzna {} mm, sznur {} mm, {}, {} Shore A.",
                plain(inner),
                plain(section),
                rubber.1.1,
                rubber.2
            ),
        ),
        attributes,
        packing: boxed(weight_mg.max(8_000)),
        weight_mg,
        cost_micros: (9_000 + weight_mg * 11) * rubber.4 / 100,
        demand: 44 + rubber.6 + if inner < 4_000 { 12 } else { -6 },
        origins: &["DE", "PL", "IT", "CN"],
        customs_code: "40169300",
        sheet: format!("o-ring-{}", rubber.0.to_lowercase()),
        certificate: None,
        drawing: Spec::ORing { inner, section, colour: rubber.5 },
    }
}

fn shaft_seal(rubber: &Rubber, size: (i64, i64, i64), has_dust_lip: bool) -> Draft {
    let (shaft, outer, width) = size;
    let form = if has_dust_lip { "AS" } else { "A" };
    let dimensions = format!("{shaft}×{outer}×{width}");
    let weight_mg = ring_mg(outer * 100, shaft * 100, width * 100, 220) / 2;
    let mut attributes = vec![
        code("standard", "ISO 6194-1"),
        whole("shaft_diameter", shaft),
        whole("outer_diameter", outer),
        whole("width", width),
        code("form", form),
    ];
    attributes.extend(rubber_attributes(rubber));
    Draft {
        sku: format!("SS-{shaft}X{outer}X{width}-{form}-{}", rubber.0),
        category: "shaft-seals",
        name: Text::new(
            format!("Shaft seal {form} {dimensions} mm, {}", rubber.1.0),
            format!("Uszczelniacz wału {form} {dimensions} mm, {}", rubber.1.1),
        ),
        description: Text::new(
            format!(
                "Radial shaft seal form {form} to ISO 6194-1 for shaft {shaft} mm, {}{}.",
                rubber.1.0,
                if has_dust_lip { ", with dust lip" } else { "" }
            ),
            format!(
                "Pierścień uszczelniający {form} według ISO 6194-1 na wał {shaft} mm, {}{}.",
                rubber.1.1,
                if has_dust_lip { ", z wargą przeciwpyłową" } else { "" }
            ),
        ),
        attributes,
        packing: loose(Unit::Piece, 10, weight_mg),
        weight_mg,
        cost_micros: (380_000 + outer * outer * 160) * (if rubber.4 > 200 { 290 } else { 100 }) / 100
            + if has_dust_lip { 90_000 } else { 0 },
        demand: 44 + rubber.6 / 2 + if has_dust_lip { 6 } else { 0 },
        origins: &["DE", "IT", "PL", "TR"],
        customs_code: "40169300",
        sheet: format!("shaft-seal-{}", form.to_lowercase()),
        certificate: None,
        drawing: Spec::ShaftSeal { shaft: shaft * 100, outer: outer * 100, width: width * 100 },
    }
}

/// Sold by the metre, cut to a tenth of a metre; rolls of `roll` metres.
fn by_the_metre(roll: i64, rolls_per_pallet: i64) -> Packing {
    let one = Quantity::SCALE;
    Packing { unit: Unit::Metre, pack: roll * one, packs_per_pallet: rolls_per_pallet, minimum: one, step: one / 10 }
}

fn hydraulic_hose(row: &HoseRow, braids: u8) -> Draft {
    let &(nominal, inner, outers, bars, grams) = row;
    let pick = |pair: (i64, i64)| if braids == 1 { pair.0 } else { pair.1 };
    let (outer, bar, weight) = (pick(outers), pick(bars), pick(grams));
    let kind = format!("{braids}SN");
    Draft {
        sku: format!("HH-{kind}-DN{nominal}"),
        category: "hydraulic-hoses",
        name: Text::new(
            format!("Hydraulic hose {kind} DN {nominal}, {bar} bar"),
            format!("Wąż hydrauliczny {kind} DN {nominal}, {bar} bar"),
        ),
        description: Text::new(
            format!(
                "Rubber hose to EN 853 {kind} with {braids} steel braid layer(s), inner diameter {} mm, working pressure {bar} bar. Cut to length.",
                plain(inner)
            ),
            format!(
                "Wąż gumowy według EN 853 {kind}, liczba oplotów stalowych: {braids}, średnica wewnętrzna {} mm, ciśnienie robocze {bar} bar. Cięty na wymiar.",
                plain(inner)
            ),
        ),
        attributes: vec![
            code("standard", "EN 853"),
            whole("nominal_diameter", nominal),
            millimetres("inner_diameter", inner),
            millimetres("outer_diameter", outer),
            whole("working_pressure", bar),
            whole("temperature_min", -40),
            whole("temperature_max", 100),
        ],
        packing: by_the_metre(50, 12),
        weight_mg: weight * 1_000,
        cost_micros: 700_000 + weight * 4_700,
        demand: 40 - nominal / 2,
        origins: &["IT", "PL", "CZ", "TR"],
        customs_code: "40092100",
        sheet: format!("hydraulic-hose-{}", kind.to_lowercase()),
        certificate: Some(("Type test certificate", "Certyfikat badania typu")),
        drawing: Spec::Hose { inner, outer, braids, colour: Colour::Black },
    }
}

fn utility_hose(
    kind: (&'static str, &'static str, &'static str, Colour),
    size: (i64, i64),
    bar: i64,
    cents: i64,
) -> Draft {
    let (suffix, en, pl, colour) = kind;
    let (inner, outer) = size;
    Draft {
        sku: format!("HO-{suffix}-{}", plain(inner)),
        category: "utility-hoses",
        name: Text::new(format!("{en} {} mm, {bar} bar", plain(inner)), format!("{pl} {} mm, {bar} bar", plain(inner))),
        description: Text::new(
            format!(
                "{en}, inner diameter {} mm, outer diameter {} mm, textile braid. Cut to length.",
                plain(inner),
                plain(outer)
            ),
            format!(
                "{pl}, średnica wewnętrzna {} mm, zewnętrzna {} mm, oplot tekstylny. Cięty na wymiar.",
                plain(inner),
                plain(outer)
            ),
        ),
        attributes: vec![
            millimetres("inner_diameter", inner),
            millimetres("outer_diameter", outer),
            whole("working_pressure", bar),
            number("temperature_max", 60_000),
        ],
        packing: by_the_metre(50, 16),
        weight_mg: ring_mg(outer, inner, 100_000, 128),
        cost_micros: cents * 10_000,
        demand: 34 - inner / 200,
        origins: &["PL", "IT", "DE"],
        customs_code: "39173900",
        sheet: format!("hose-{}", suffix.to_lowercase()),
        certificate: (suffix == "FOOD")
            .then_some(("Declaration of conformity for food contact", "Deklaracja zgodności do kontaktu z żywnością")),
        drawing: Spec::Hose { inner, outer, braids: 1, colour },
    }
}
