//! Screws and bolts.

use drawing::{Drive, Head, Length, Screw, Spec};

use super::finish::{
    A2, A4, BLACK_45H, BLACK_109, BLACK_129, BRASS, Finish, HOT_DIP_88, PLAIN_88, ZINC_48, ZINC_88, ZINC_109,
};
use super::tables::{
    DIN_84, DIN_603, DIN_913, DIN_931, DIN_933, DIN_965, DIN_6921, DIN_7985, DIN_7991, HeadRow, ISO_4014, ISO_4017,
    ISO_4762, ISO_7380, ISO_7380_2, ISO_10642, ISO_14583, LENGTHS, PITCHES,
};
use crate::draft::{Draft, boxed, by_mass, code, cylinder_mg, flag, millimetres, plain, text};
use crate::model::{Attribute, Text};

/// All screws of one standard.
struct Family {
    standard: &'static str,
    category: &'static str,
    name: (&'static str, &'static str),
    head: Head,
    drive: Drive,
    has_full_thread: bool,
    rows: &'static [HeadRow],
    finishes: &'static [Finish],
    demand: i64,
}

const HEX_SCREW: (&str, &str) = ("Hexagon head screw", "Śruba sześciokątna z pełnym gwintem");
const HEX_BOLT: (&str, &str) = ("Hexagon head bolt", "Śruba sześciokątna z częściowym gwintem");
const SOCKET: (&str, &str) = ("Socket head cap screw", "Śruba z łbem walcowym imbusowa");
const SUNK: (&str, &str) = ("Socket countersunk screw", "Śruba z łbem stożkowym imbusowa");

const fn hexagon(
    standard: &'static str,
    has_full_thread: bool,
    rows: &'static [HeadRow],
    finishes: &'static [Finish],
) -> Family {
    Family {
        standard,
        category: if has_full_thread { "hexagon-screws" } else { "hexagon-bolts" },
        name: if has_full_thread { HEX_SCREW } else { HEX_BOLT },
        head: Head::Hexagon,
        drive: Drive::None,
        has_full_thread,
        rows,
        finishes,
        demand: if has_full_thread { 46 } else { 38 },
    }
}

const fn socket(standard: &'static str, finishes: &'static [Finish], demand: i64) -> Family {
    Family {
        standard,
        category: "socket-screws",
        name: SOCKET,
        head: Head::Cylinder,
        drive: Drive::Hexagon,
        has_full_thread: false,
        rows: &ISO_4762,
        finishes,
        demand,
    }
}

const fn headed(
    standard: &'static str,
    category: &'static str,
    name: (&'static str, &'static str),
    shape: (Head, Drive),
    rows: &'static [HeadRow],
    finishes: &'static [Finish],
) -> Family {
    Family {
        standard,
        category,
        name,
        head: shape.0,
        drive: shape.1,
        has_full_thread: true,
        rows,
        finishes,
        demand: 34,
    }
}

const FAMILIES: [Family; 19] = [
    hexagon("DIN 933", true, &DIN_933, &[ZINC_88, A2, A4, PLAIN_88, BLACK_109, HOT_DIP_88, BRASS]),
    hexagon("ISO 4017", true, &ISO_4017, &[ZINC_88, A2, A4, PLAIN_88]),
    hexagon("DIN 931", false, &DIN_931, &[ZINC_88, A2, PLAIN_88, BLACK_109, HOT_DIP_88]),
    hexagon("ISO 4014", false, &ISO_4014, &[ZINC_88, A2, A4]),
    socket("DIN 912", &[PLAIN_88, ZINC_88, A2, A4, BLACK_129], 44),
    socket("ISO 4762", &[ZINC_88, A2, BLACK_129], 38),
    headed(
        "DIN 7991",
        "countersunk-screws",
        SUNK,
        (Head::Countersunk, Drive::Hexagon),
        &DIN_7991,
        &[BLACK_109, A2, A4, ZINC_88],
    ),
    headed("ISO 10642", "countersunk-screws", SUNK, (Head::Countersunk, Drive::Hexagon), &ISO_10642, &[BLACK_109, A2]),
    headed(
        "ISO 7380-1",
        "button-screws",
        ("Button head socket screw", "Śruba z łbem kulistym imbusowa"),
        (Head::Button, Drive::Hexagon),
        &ISO_7380,
        &[BLACK_109, A2, A4, ZINC_109],
    ),
    headed(
        "ISO 7380-2",
        "button-screws",
        ("Button head socket screw with collar", "Śruba z łbem kulistym i kołnierzem imbusowa"),
        (Head::Button, Drive::Hexagon),
        &ISO_7380_2,
        &[BLACK_109, A2],
    ),
    headed(
        "DIN 913",
        "set-screws",
        ("Flat point socket set screw", "Wkręt dociskowy imbusowy z końcem płaskim"),
        (Head::Headless, Drive::Hexagon),
        &DIN_913,
        &[BLACK_45H, A2],
    ),
    headed(
        "DIN 914",
        "set-screws",
        ("Cone point socket set screw", "Wkręt dociskowy imbusowy z końcem stożkowym"),
        (Head::Headless, Drive::Hexagon),
        &DIN_913,
        &[BLACK_45H, A2],
    ),
    headed(
        "DIN 916",
        "set-screws",
        ("Cup point socket set screw", "Wkręt dociskowy imbusowy z końcem wklęsłym"),
        (Head::Headless, Drive::Hexagon),
        &DIN_913,
        &[BLACK_45H, A2],
    ),
    headed(
        "DIN 6921",
        "hexagon-screws",
        ("Hexagon flange screw", "Śruba sześciokątna z kołnierzem"),
        (Head::Flange, Drive::None),
        &DIN_6921,
        &[ZINC_88, A2, ZINC_109],
    ),
    headed(
        "DIN 603",
        "carriage-bolts",
        ("Carriage bolt", "Śruba zamkowa"),
        (Head::Carriage, Drive::None),
        &DIN_603,
        &[ZINC_48, A2],
    ),
    headed(
        "DIN 7985",
        "machine-screws",
        ("Cross recess pan head screw", "Wkręt krzyżowy z łbem walcowym wypukłym"),
        (Head::Pan, Drive::Cross),
        &DIN_7985,
        &[ZINC_48, A2],
    ),
    headed(
        "DIN 965",
        "machine-screws",
        ("Cross recess countersunk screw", "Wkręt krzyżowy z łbem stożkowym"),
        (Head::Countersunk, Drive::Cross),
        &DIN_965,
        &[ZINC_48, A2],
    ),
    headed(
        "DIN 84",
        "machine-screws",
        ("Slotted cheese head screw", "Wkręt z rowkiem i łbem walcowym"),
        (Head::Cylinder, Drive::Slot),
        &DIN_84,
        &[ZINC_48, A2, BRASS],
    ),
    headed(
        "ISO 14583",
        "machine-screws",
        ("Six-lobe pan head screw", "Wkręt sześciokarbowy z łbem walcowym wypukłym"),
        (Head::Pan, Drive::Lobed),
        &ISO_14583,
        &[A2],
    ),
];

/// All screws.
pub fn drafts(out: &mut Vec<Draft>) {
    for family in &FAMILIES {
        for finish in family.finishes {
            for row in family.rows.iter().filter(|row| finish.has(row.0)) {
                let lengths = LENGTHS.iter().filter(|l| (row.4..=row.5).contains(*l) && is_made(row.0, **l, finish));
                out.extend(lengths.map(|length| draft(family, finish, *row, *length)));
            }
        }
    }
}

/// Odd lengths are made of the common materials only, and not for thick threads.
fn is_made(thread: Length, length: Length, finish: &Finish) -> bool {
    match length {
        1_400 | 1_800 | 2_200 | 2_800 => thread <= 500 && finish.is_common(),
        5_500 | 6_500 | 7_500 => thread >= 600 && finish.is_common(),
        _ => true,
    }
}

/// Length of the thread: all of it, or by ISO 888 (hexagon) and ISO 4762 (socket).
fn threaded(family: &Family, thread: Length, length: Length) -> Length {
    let partial = match (family.head, length) {
        (Head::Cylinder, _) => 2 * thread + 1_200,
        (_, ..=12_500) => 2 * thread + 600,
        (_, ..=20_000) => 2 * thread + 1_200,
        _ => 2 * thread + 2_500,
    };
    if family.has_full_thread { length } else { partial.min(length) }
}

fn draft(family: &Family, finish: &Finish, row: HeadRow, length: Length) -> Draft {
    let (thread, head_width, head_height, key, ..) = row;
    let slug = family.standard.replace(' ', "");
    let size = format!("M{}×{}", plain(thread), plain(length));
    let weight_mg = weight_mg(family.head, row, length, finish.density).max(30);
    let pitch = pitch(thread);
    let threaded = threaded(family, thread, length);
    Draft {
        sku: format!("{slug}-M{}X{}-{}", plain(thread), plain(length), finish.code),
        category: family.category,
        name: Text::new(
            format!("{} {size} {}, {}", family.name.0, family.standard, finish.words.0),
            format!("{} {size} {}, {}", family.name.1, family.standard, finish.words.1),
        ),
        description: Text::new(
            format!(
                "{} to {}, thread M{} with pitch {} mm, length {} mm, {}. Sold in full boxes.",
                family.name.0,
                family.standard,
                plain(thread),
                plain(pitch),
                plain(length),
                finish.words.0
            ),
            format!(
                "{} według {}, gwint M{} o skoku {} mm, długość {} mm, {}. Sprzedaż w pełnych opakowaniach.",
                family.name.1,
                family.standard,
                plain(thread),
                plain(pitch),
                plain(length),
                finish.words.1
            ),
        ),
        attributes: attributes(family, finish, row, length, threaded == length),
        packing: boxed(weight_mg),
        weight_mg,
        // Wire, then heading and rolling: a few tenths of a cent, more for thick ones and for inner drives.
        cost_micros: by_mass(weight_mg, finish.cents_per_kg)
            + 2_600
            + thread * thread / 300
            + if key > 0 { 1_400 + thread * 2 } else { 0 },
        demand: family.demand + finish.demand + demand(thread, length),
        origins: finish.origins,
        customs_code: customs_code(family, finish),
        sheet: slug.to_lowercase(),
        certificate: (finish.strength == "10.9" || finish.strength == "12.9")
            .then_some(("Inspection certificate 3.1", "Świadectwo odbioru 3.1")),
        drawing: Spec::Screw(Screw {
            head: family.head,
            drive: family.drive,
            thread,
            length,
            threaded,
            head_width,
            head_height,
            metal: finish.metal,
        }),
    }
}

fn attributes(family: &Family, finish: &Finish, row: HeadRow, length: Length, has_full_thread: bool) -> Vec<Attribute> {
    let (thread, head_width, head_height, key, ..) = row;
    let mut attributes = vec![
        code("standard", family.standard),
        code("thread", format!("M{}", plain(thread))),
        millimetres("length", length),
        millimetres("pitch", pitch(thread)),
        flag("full_thread", has_full_thread),
    ];
    attributes.extend(finish.attributes());
    if matches!(family.head, Head::Hexagon | Head::Flange) {
        attributes.push(millimetres("width_across_flats", head_width));
    } else if head_width > 0 {
        attributes.push(millimetres("head_diameter", head_width));
    }
    if head_height > 0 {
        attributes.push(millimetres("head_height", head_height));
    }
    if let Some(drive) = drive_words(family.drive) {
        attributes.push(text("drive", drive));
    }
    if key > 0 {
        attributes.push(millimetres("key_size", key));
    }
    attributes
}

fn pitch(thread: Length) -> Length {
    PITCHES.iter().find(|(d, _)| *d == thread).map_or(0, |(_, pitch)| *pitch)
}

/// Shank at its mean diameter and head at what its form fills.
fn weight_mg(head: Head, row: HeadRow, length: Length, density: i64) -> i64 {
    let (thread, width, height, ..) = row;
    let shank = cylinder_mg(thread, length, density) * 84 / 100;
    let full = cylinder_mg(width, height, density);
    shank
        + match head {
            Head::Hexagon => full * 110 / 100,
            Head::Flange => full * 135 / 100,
            Head::Cylinder | Head::Pan => full * 85 / 100,
            Head::Button | Head::Carriage => full * 62 / 100,
            Head::Countersunk => full * 48 / 100,
            Head::Headless => 0,
        }
}

/// The middle of the range is what everybody needs.
fn demand(thread: Length, length: Length) -> i64 {
    let by_thread = match thread {
        600 | 800 | 1_000 => 16,
        500 | 1_200 => 11,
        400 | 1_600 => 5,
        300 | 2_000 => -2,
        1_400 | 1_800 | 2_200 | 2_700 => -20,
        _ => -9,
    };
    let by_length = match length / 100 {
        14 | 18 | 22 | 28 | 55 | 65 | 75 => -14,
        16..=60 => 12,
        ..=15 | 61..=100 => 2,
        _ => -10,
    };
    by_thread + by_length
}

fn drive_words(drive: Drive) -> Option<Text> {
    match drive {
        Drive::None => None,
        Drive::Hexagon => Some(Text::new("Hexagon socket", "Gniazdo sześciokątne")),
        Drive::Lobed => Some(Text::new("Six-lobe socket", "Gniazdo sześciokarbowe")),
        Drive::Cross => Some(Text::new("Cross recess", "Krzyżowy")),
        Drive::Slot => Some(Text::new("Slot", "Rowek")),
    }
}

/// Heading 7318 15 (steel) and 7415 33 (copper alloys) of the Combined Nomenclature.
fn customs_code(family: &Family, finish: &Finish) -> &'static str {
    let is_stainless = matches!(finish.code, "A2" | "A4");
    match (finish.code, family.head, family.drive) {
        ("MS", ..) => "74153300",
        (_, _, Drive::Cross | Drive::Slot) => {
            if is_stainless {
                "73181552"
            } else {
                "73181558"
            }
        }
        (_, Head::Hexagon | Head::Flange, _) if is_stainless => "73181575",
        (_, Head::Hexagon | Head::Flange, _) => "73181588",
        (_, _, Drive::Hexagon) if is_stainless => "73181562",
        (_, _, Drive::Hexagon) => "73181568",
        _ => "73181595",
    }
}
