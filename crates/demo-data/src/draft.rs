//! A product as its family describes it, before class, price, stock and codes are worked out for all alike.

use drawing::{Length, Spec};
use kernel::{Packing, Quantity, Unit};

use crate::{Attribute, AttributeValue, Str, Text};

/// What a family knows about a product.
#[derive(Debug)]
pub struct Draft {
    /// Readable key.
    pub sku: String,
    /// A leaf of the category tree.
    pub category: &'static str,
    /// Name.
    pub name: Text,
    /// One or two sentences.
    pub description: Text,
    /// Attributes in reading order.
    pub attributes: Vec<Attribute>,
    /// How it is packed and sold.
    pub packing: Packing,
    /// Weight of one unit in milligrams.
    pub weight_mg: i64,
    /// What one unit costs to make, in micros, before the spread between suppliers.
    pub cost_micros: i64,
    /// How much it is wanted, 0 to 100.
    pub demand: i64,
    /// Where it may come from.
    pub origins: &'static [&'static str],
    /// Combined Nomenclature.
    pub customs_code: &'static str,
    /// Name of the data sheet, and whether there is a certificate too.
    pub sheet: String,
    /// Certificate that goes with it: its title in both languages, or nothing.
    pub certificate: Option<(&'static str, &'static str)>,
    /// Its picture.
    pub drawing: Spec,
}

/// A number in thousandths.
pub fn number(key: &'static str, thousandths: i64) -> Attribute {
    Attribute { key, value: AttributeValue::Number(thousandths) }
}

/// A whole number.
pub fn whole(key: &'static str, value: i64) -> Attribute {
    number(key, value * 1_000)
}

/// A length of the drawing as a number of millimetres.
pub fn millimetres(key: &'static str, length: Length) -> Attribute {
    number(key, length * 10)
}

/// A text in both languages.
pub fn text(key: &'static str, value: Text) -> Attribute {
    Attribute { key, value: AttributeValue::Text(value) }
}

/// A text that reads the same everywhere.
pub fn code(key: &'static str, value: impl Into<Str>) -> Attribute {
    text(key, Text::same(value))
}

/// Yes or no.
pub fn flag(key: &'static str, value: bool) -> Attribute {
    Attribute { key, value: AttributeValue::Flag(value) }
}

/// Hundredths of a millimetre as a plain number: `8`, `2.5`, `1.78`.
pub fn plain(length: Length) -> String {
    match (length / 100, length % 100) {
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

/// Milligrams of a full cylinder of the given diameter and length, at a density in hundredths of g/cm³.
pub fn cylinder_mg(diameter: Length, length: Length, density: i64) -> i64 {
    let d = i128::from(diameter);
    // π/4 in millionths; lengths are hundredths of millimetres, so the volume is 1e-6 mm³, and g/cm³ is mg/mm³.
    let mg = d * d * i128::from(length) * 785_398 * i128::from(density) / 100_000_000_000_000;
    i64::try_from(mg).expect("products weigh less than a mountain")
}

/// Milligrams of a ring.
pub fn ring_mg(outer: Length, inner: Length, length: Length, density: i64) -> i64 {
    cylinder_mg(outer, length, density) - cylinder_mg(inner, length, density)
}

/// Micros for `mg` milligrams of something that costs `cents_per_kg`.
pub fn by_mass(mg: i64, cents_per_kg: i64) -> i64 {
    mg * cents_per_kg / 100
}

/// Sold in whole packs of `pack` pieces, with as many packs on a pallet as weigh up to 600 kg.
pub fn packs_of(unit: Unit, pack: i64, weight_mg: i64) -> Packing {
    let pack_grams = (pack * weight_mg / 1_000).max(20);
    let room = 600_000 / pack_grams;
    let packs_per_pallet =
        [480, 360, 240, 180, 120, 96, 80, 60, 48, 40, 32, 24, 20, 16, 12, 8, 6, 4].into_iter().find(|n| *n <= room);
    let thousandths = pack * Quantity::SCALE;
    Packing {
        unit,
        pack: thousandths,
        packs_per_pallet: packs_per_pallet.unwrap_or(0),
        minimum: thousandths,
        step: thousandths,
    }
}

/// Packed by weight like fasteners: the largest usual number of pieces that a box of 4 kg holds.
pub fn boxed(weight_mg: i64) -> Packing {
    let pack = [1_000, 500, 200, 100, 50, 25, 10, 5].into_iter().find(|n| n * weight_mg <= 4_000_000).unwrap_or(1);
    packs_of(Unit::Piece, pack, weight_mg)
}

/// Packed by `pack`, but sold by the piece.
pub fn loose(unit: Unit, pack: i64, weight_mg: i64) -> Packing {
    Packing { minimum: Quantity::SCALE, step: Quantity::SCALE, ..packs_of(unit, pack, weight_mg) }
}
