//! Nuts, washers, threaded rods and rivets.

use drawing::{Length, Metal, Nut, NutForm, Spec, Washer, WasherForm};
use kernel::Unit;

use super::finish::{A2, A4, BLACK_109, BRASS, Finish, HOT_DIP_88, PLAIN_88, ZINC_48, ZINC_88};
use super::tables::PITCHES;
use super::tables_nuts::{
    DIN_127, DIN_315, DIN_439, DIN_934, DIN_985, DIN_1587, DIN_6798, DIN_6923, DIN_7349, DIN_9021, ISO_4032, ISO_7089,
    ISO_7092, ISO_15977, NutRow, WasherRow,
};
use crate::draft::{Draft, boxed, by_mass, code, cylinder_mg, millimetres, packs_of, plain, ring_mg, text};
use crate::model::Text;

type Words = (&'static str, &'static str);

const HEX_NUT: Words = ("Hexagon nut", "Nakrętka sześciokątna");
const FLAT: Words = ("Plain washer", "Podkładka płaska");

/// Nuts: standard, name, form, dimensions, materials, demand.
type NutFamily = (&'static str, Words, NutForm, &'static [NutRow], &'static [Finish], i64);

const NUTS: [NutFamily; 7] = [
    ("DIN 934", HEX_NUT, NutForm::Hexagon, &DIN_934, &[ZINC_88, A2, A4, PLAIN_88, HOT_DIP_88, BRASS, BLACK_109], 50),
    ("ISO 4032", HEX_NUT, NutForm::Hexagon, &ISO_4032, &[ZINC_88, A2, A4], 44),
    ("DIN 985", ("Prevailing torque nut", "Nakrętka samohamowna"), NutForm::Locking, &DIN_985, &[ZINC_88, A2, A4], 46),
    (
        "DIN 439",
        ("Thin hexagon nut", "Nakrętka sześciokątna niska"),
        NutForm::Hexagon,
        &DIN_439,
        &[ZINC_88, A2, BRASS],
        28,
    ),
    ("DIN 6923", ("Flange nut", "Nakrętka z kołnierzem"), NutForm::Flange, &DIN_6923, &[ZINC_88, A2, A4], 36),
    ("DIN 1587", ("Domed cap nut", "Nakrętka kołpakowa"), NutForm::Cap, &DIN_1587, &[ZINC_88, A2, BRASS], 26),
    ("DIN 315", ("Wing nut", "Nakrętka skrzydełkowa"), NutForm::Wing, &DIN_315, &[ZINC_48, A2], 22),
];

/// Washers: standard, name, form, dimensions, materials, demand.
type WasherFamily = (&'static str, Words, WasherForm, &'static [WasherRow], &'static [Finish], i64);

const WASHERS: [WasherFamily; 8] = [
    ("DIN 125", FLAT, WasherForm::Flat, &ISO_7089, &[ZINC_48, A2, A4, HOT_DIP_88, BRASS], 50),
    ("ISO 7089", FLAT, WasherForm::Flat, &ISO_7089, &[ZINC_48, A2, A4], 44),
    ("ISO 7090", ("Chamfered washer", "Podkładka płaska ze ścięciem"), WasherForm::Flat, &ISO_7089, &[ZINC_48, A2], 32),
    (
        "DIN 9021",
        ("Large washer", "Podkładka powiększona"),
        WasherForm::Flat,
        &DIN_9021,
        &[ZINC_48, A2, A4, HOT_DIP_88],
        42,
    ),
    ("DIN 127", ("Spring lock washer", "Podkładka sprężysta"), WasherForm::Spring, &DIN_127, &[ZINC_48, A2, A4], 36),
    ("DIN 6798", ("Serrated lock washer", "Podkładka ząbkowana"), WasherForm::Toothed, &DIN_6798, &[ZINC_48, A2], 28),
    ("ISO 7092", ("Small washer", "Podkładka zmniejszona"), WasherForm::Flat, &ISO_7092, &[ZINC_48, A2], 24),
    ("DIN 7349", ("Heavy washer", "Podkładka gruba"), WasherForm::Flat, &DIN_7349, &[ZINC_48, A2], 20),
];

/// All nuts, washers, rods and rivets.
pub fn drafts(out: &mut Vec<Draft>) {
    for family in &NUTS {
        for finish in family.4 {
            out.extend(family.3.iter().filter(|row| finish.has(row.0)).map(|row| nut(family, finish, *row)));
        }
    }
    for family in &WASHERS {
        for finish in family.4 {
            out.extend(family.3.iter().filter(|row| finish.has(row.0)).map(|row| washer(family, finish, *row)));
        }
    }
    for finish in [ZINC_48, ZINC_88, A2, A4, HOT_DIP_88, BRASS, PLAIN_88] {
        let threads = PITCHES.iter().map(|(thread, _)| *thread).filter(|t| *t >= 400 && finish.has(*t));
        out.extend(threads.flat_map(|thread| [rod(&finish, thread, 100_000), rod(&finish, thread, 200_000)]));
    }
    for materials in &RIVETS {
        for (diameter, head, lengths) in &ISO_15977 {
            out.extend(lengths.iter().map(|length| rivet(materials, *diameter, *head, *length)));
        }
    }
}

fn demand(thread: Length) -> i64 {
    match thread {
        600 | 800 | 1_000 | 1_200 => 18,
        400 | 500 | 1_600 => 10,
        300 | 2_000 => 0,
        1_400 | 1_800 | 2_200 | 2_700 | 3_300 => -22,
        _ => -10,
    }
}

/// `M8` and the finish behind the standard, as SKU.
fn sku(standard: &str, size: &str, finish: &Finish) -> String {
    format!("{}-{size}-{}", standard.replace(' ', ""), finish.code)
}

fn named(name: Words, size: &str, standard: &str, finish: &Finish) -> Text {
    Text::new(
        format!("{} {size} {standard}, {}", name.0, finish.words.0),
        format!("{} {size} {standard}, {}", name.1, finish.words.1),
    )
}

fn nut(family: &NutFamily, finish: &Finish, row: NutRow) -> Draft {
    let &(standard, name, form, _, _, family_demand) = family;
    let (thread, across_flats, height) = row;
    let size = format!("M{}", plain(thread));
    let body = cylinder_mg(across_flats, height, finish.density);
    let weight_mg = match form {
        NutForm::Wing => body / 6,
        NutForm::Flange => body * 130 / 100 - cylinder_mg(thread, height, finish.density),
        _ => body * 110 / 100 - cylinder_mg(thread, height, finish.density) * 90 / 100,
    }
    .max(40);
    let mut attributes = vec![code("standard", standard), code("thread", size.clone())];
    attributes.extend(finish.attributes());
    let width = if form == NutForm::Wing { "span" } else { "width_across_flats" };
    attributes.extend([millimetres(width, across_flats), millimetres("height", height)]);
    let making = match form {
        NutForm::Hexagon => 1_800,
        NutForm::Locking | NutForm::Flange => 4_200,
        NutForm::Cap | NutForm::Wing => 14_000,
    };
    Draft {
        sku: sku(standard, &size, finish),
        category: if form == NutForm::Locking { "locking-nuts" } else { "nuts" },
        name: named(name, &size, standard, finish),
        description: Text::new(
            format!("{} to {standard} for thread {size}, {}. Sold in full boxes.", name.0, finish.words.0),
            format!(
                "{} według {standard} do gwintu {size}, {}. Sprzedaż w pełnych opakowaniach.",
                name.1, finish.words.1
            ),
        ),
        attributes,
        packing: boxed(weight_mg),
        weight_mg,
        cost_micros: by_mass(weight_mg, finish.cents_per_kg) + making + thread * thread / 500,
        demand: family_demand + finish.demand + demand(thread),
        origins: finish.origins,
        customs_code: match (finish.code, form) {
            ("MS", _) => "74153300",
            ("A2" | "A4", _) => "73181639",
            (_, NutForm::Locking) => "73181660",
            _ if thread <= 1_200 => "73181692",
            _ => "73181699",
        },
        sheet: standard.replace(' ', "").to_lowercase(),
        certificate: None,
        drawing: Spec::Nut(Nut { form, thread, across_flats, height, metal: finish.metal }),
    }
}

fn washer(family: &WasherFamily, finish: &Finish, row: WasherRow) -> Draft {
    let &(standard, name, form, _, _, family_demand) = family;
    let (thread, inner, outer, thickness) = row;
    let size = format!("M{}", plain(thread));
    let weight_mg = ring_mg(outer, inner, thickness, finish.density).max(10);
    let mut attributes = vec![code("standard", standard), code("thread", size.clone())];
    let [material, _, coating] = finish.attributes();
    attributes.extend([
        material,
        coating,
        millimetres("inner_diameter", inner),
        millimetres("outer_diameter", outer),
        millimetres("thickness", thickness),
    ]);
    let bare = Finish { words: bare_words(finish), ..*finish };
    Draft {
        sku: sku(standard, &size, &Finish { code: bare_code(finish), ..*finish }),
        category: if form == WasherForm::Flat { "flat-washers" } else { "lock-washers" },
        name: named(name, &size, standard, &bare),
        description: Text::new(
            format!(
                "{} to {standard} for M{}, {} × {} × {} mm, {}.",
                name.0,
                plain(thread),
                plain(inner),
                plain(outer),
                plain(thickness),
                bare.words.0
            ),
            format!(
                "{} według {standard} do M{}, {} × {} × {} mm, {}.",
                name.1,
                plain(thread),
                plain(inner),
                plain(outer),
                plain(thickness),
                bare.words.1
            ),
        ),
        attributes,
        packing: boxed(weight_mg),
        weight_mg,
        cost_micros: by_mass(weight_mg, finish.cents_per_kg) + 700 + thickness * 6,
        demand: family_demand + finish.demand + demand(thread),
        origins: finish.origins,
        customs_code: match (finish.code, form) {
            ("MS", _) => "74152100",
            (_, WasherForm::Flat) => "73182200",
            _ => "73182100",
        },
        sheet: standard.replace(' ', "").to_lowercase(),
        certificate: None,
        drawing: Spec::Washer(Washer { form, thread, inner, outer, thickness, metal: finish.metal }),
    }
}

/// Washers have no strength class.
fn bare_words(finish: &Finish) -> Words {
    match finish.code {
        "48ZN" => ("steel, zinc plated", "stal ocynkowana"),
        "88HDG" => ("steel, hot-dip galvanised", "stal, ocynk ogniowy"),
        _ => finish.words,
    }
}

fn bare_code(finish: &Finish) -> &'static str {
    match finish.code {
        "48ZN" => "ZN",
        "88HDG" => "HDG",
        code => code,
    }
}

fn rod(finish: &Finish, thread: Length, length: Length) -> Draft {
    let standard = "DIN 975";
    let metres = length / 100_000;
    let size = format!("M{}×{}", plain(thread), plain(length));
    let weight_mg = cylinder_mg(thread, length, finish.density) * 78 / 100;
    let pitch = PITCHES.iter().find(|(d, _)| *d == thread).map_or(0, |(_, pitch)| *pitch);
    let mut attributes = vec![
        code("standard", standard),
        code("thread", format!("M{}", plain(thread))),
        millimetres("length", length),
        millimetres("pitch", pitch),
    ];
    attributes.extend(finish.attributes());
    let pack = match weight_mg / metres {
        ..=400_000 => 25,
        400_001..=900_000 => 10,
        900_001..=2_500_000 => 5,
        _ => 1,
    };
    Draft {
        sku: format!("DIN975-M{}X{}-{}", plain(thread), plain(length), finish.code),
        category: "threaded-rods",
        name: named(("Threaded rod", "Pręt gwintowany"), &size, standard, finish),
        description: Text::new(
            format!("Threaded rod to DIN 975, {metres} m, thread M{}, {}.", plain(thread), finish.words.0),
            format!("Pręt gwintowany według DIN 975, {metres} m, gwint M{}, {}.", plain(thread), finish.words.1),
        ),
        attributes,
        packing: packs_of(Unit::Piece, pack, weight_mg),
        weight_mg,
        cost_micros: by_mass(weight_mg, finish.cents_per_kg) + 90_000 * metres,
        demand: 40 + finish.demand + demand(thread) - 14 * (metres - 1),
        origins: finish.origins,
        customs_code: if finish.code == "MS" { "74153300" } else { "73181542" },
        sheet: "din975".into(),
        certificate: None,
        drawing: Spec::Rod { thread, length, metal: finish.metal },
    }
}

/// Body and mandrel: code, words, cents per kilogram, density, look, demand.
type RivetMaterials = (&'static str, Words, i64, i64, Metal, i64);

const RIVETS: [RivetMaterials; 4] = [
    ("AL-ST", ("aluminium, steel mandrel", "aluminium, trzpień stalowy"), 780, 330, Metal::Aluminium, 52),
    ("ST-ST", ("steel, steel mandrel", "stal, trzpień stalowy"), 420, 785, Metal::Zinc, 38),
    ("A2-A2", ("stainless steel A2", "stal nierdzewna A2"), 1_650, 793, Metal::Stainless, 42),
    ("CU-ST", ("copper, steel mandrel", "miedź, trzpień stalowy"), 1_950, 880, Metal::Copper, 18),
];

fn rivet(materials: &RivetMaterials, diameter: Length, head: Length, length: Length) -> Draft {
    let &(suffix, words, cents_per_kg, density, metal, base) = materials;
    let size = format!("{}×{}", plain(diameter), plain(length));
    let weight_mg = cylinder_mg(diameter, length + 2_700, density) * 55 / 100 + cylinder_mg(head, 90, density);
    Draft {
        sku: format!("ISO15977-{}X{}-{suffix}", plain(diameter), plain(length)),
        category: "rivets",
        name: Text::new(
            format!("Blind rivet {size} ISO 15977, {}", words.0),
            format!("Nit zrywalny {size} ISO 15977, {}", words.1),
        ),
        description: Text::new(
            format!("Open end blind rivet with protruding head, {size} mm, {}.", words.0),
            format!("Nit zrywalny otwarty z łbem płaskim, {size} mm, {}.", words.1),
        ),
        attributes: vec![
            code("standard", "ISO 15977"),
            millimetres("diameter", diameter),
            millimetres("length", length),
            millimetres("head_diameter", head),
            text("material", Text::new(words.0, words.1)),
        ],
        packing: boxed(weight_mg * 3),
        weight_mg,
        cost_micros: by_mass(weight_mg, cents_per_kg) + 3_500,
        demand: base + if matches!(diameter, 320 | 400 | 480) { 16 } else { -8 },
        origins: &["PL", "DE", "CN", "TR"],
        customs_code: if metal == Metal::Aluminium { "76161000" } else { "73182300" },
        sheet: "iso15977".into(),
        certificate: None,
        drawing: Spec::Rivet { diameter, length, head, metal },
    }
}
