//! What fasteners are made of.

use drawing::{Length, Metal};

use crate::Attribute;
use crate::draft::{code, text};
use crate::model::Text;

/// A material with its strength and its surface.
#[derive(Debug, Clone, Copy)]
pub struct Finish {
    /// Ends the SKU.
    pub code: &'static str,
    /// In words.
    pub words: (&'static str, &'static str),
    /// The material alone.
    pub material: (&'static str, &'static str),
    /// Strength class.
    pub strength: &'static str,
    /// Surface.
    pub coating: (&'static str, &'static str),
    /// What a kilogram of the finished part costs before its own making, in cents.
    pub cents_per_kg: i64,
    /// Density in hundredths of g/cm³.
    pub density: i64,
    /// How it looks.
    pub metal: Metal,
    /// How much it adds to the demand.
    pub demand: i64,
    /// Thinnest and thickest thread made of it.
    pub threads: (Length, Length),
    /// Where it comes from.
    pub origins: &'static [&'static str],
}

const STEEL: (&str, &str) = ("Steel", "Stal");
const STAINLESS: (&str, &str) = ("Stainless steel", "Stal nierdzewna");
const PLAIN: (&str, &str) = ("Plain", "Bez powłoki");
const ZINC: (&str, &str) = ("Zinc plated", "Ocynk galwaniczny");
const HOT_DIP: (&str, &str) = ("Hot-dip galvanised", "Ocynk ogniowy");
const BLACK: (&str, &str) = ("Black", "Oksydowana na czarno");
const FROM_STEELWORKS: &[&str] = &["PL", "TW", "IT", "DE", "CN", "TR"];
const FROM_STAINLESS_MILLS: &[&str] = &["TW", "IT", "IN", "CN", "DE"];

/// Carbon steel of one strength class and surface.
const fn steel(
    code: &'static str,
    words: (&'static str, &'static str),
    strength: &'static str,
    coating: (&'static str, &'static str),
    cents_per_kg: i64,
) -> Finish {
    Finish {
        code,
        words,
        material: STEEL,
        strength,
        coating,
        cents_per_kg,
        density: 785,
        metal: Metal::Zinc,
        demand: 0,
        threads: (0, 10_000),
        origins: FROM_STEELWORKS,
    }
}

/// Steel 4.8, zinc plated.
pub const ZINC_48: Finish =
    Finish { demand: 12, ..steel("48ZN", ("steel 4.8, zinc plated", "stal 4.8, ocynkowana"), "4.8", ZINC, 190) };
/// Steel 8.8, zinc plated.
pub const ZINC_88: Finish =
    Finish { demand: 20, ..steel("88ZN", ("steel 8.8, zinc plated", "stal 8.8, ocynkowana"), "8.8", ZINC, 215) };
/// Steel 8.8, plain.
pub const PLAIN_88: Finish = Finish {
    metal: Metal::Plain,
    demand: 2,
    ..steel("88", ("steel 8.8, plain", "stal 8.8, bez powłoki"), "8.8", PLAIN, 185)
};
/// Steel 8.8, hot-dip galvanised.
pub const HOT_DIP_88: Finish = Finish {
    demand: -4,
    threads: (1_000, 10_000),
    ..steel("88HDG", ("steel 8.8, hot-dip galvanised", "stal 8.8, ocynk ogniowy"), "8.8", HOT_DIP, 295)
};
/// Steel 10.9, black.
pub const BLACK_109: Finish = Finish {
    metal: Metal::Black,
    demand: 4,
    ..steel("109", ("steel 10.9, black", "stal 10.9, czarna"), "10.9", BLACK, 245)
};
/// Steel 10.9, zinc plated.
pub const ZINC_109: Finish =
    Finish { demand: 6, ..steel("109ZN", ("steel 10.9, zinc plated", "stal 10.9, ocynkowana"), "10.9", ZINC, 275) };
/// Steel 12.9, black.
pub const BLACK_129: Finish = Finish {
    metal: Metal::Black,
    demand: 6,
    ..steel("129", ("steel 12.9, black", "stal 12.9, czarna"), "12.9", BLACK, 310)
};
/// Steel 45H for set screws, black.
pub const BLACK_45H: Finish = Finish {
    metal: Metal::Black,
    demand: 8,
    ..steel("45H", ("steel 45H, black", "stal 45H, czarna"), "45H", BLACK, 340)
};
/// Stainless steel A2.
pub const A2: Finish = Finish {
    material: STAINLESS,
    metal: Metal::Stainless,
    demand: 15,
    density: 793,
    origins: FROM_STAINLESS_MILLS,
    ..steel("A2", ("stainless steel A2", "stal nierdzewna A2"), "A2-70", PLAIN, 590)
};
/// Stainless steel A4.
pub const A4: Finish = Finish {
    material: STAINLESS,
    metal: Metal::Stainless,
    demand: 2,
    density: 798,
    origins: FROM_STAINLESS_MILLS,
    ..steel("A4", ("stainless steel A4", "stal nierdzewna A4"), "A4-80", PLAIN, 840)
};
/// Brass.
pub const BRASS: Finish = Finish {
    material: ("Brass", "Mosiądz"),
    metal: Metal::Brass,
    demand: -12,
    density: 850,
    threads: (200, 1_200),
    origins: &["DE", "IT", "PL"],
    ..steel("MS", ("brass", "mosiądz"), "CU2", PLAIN, 1_150)
};

impl Finish {
    /// Whether parts with this thread are made of it.
    pub fn has(&self, thread: Length) -> bool {
        (self.threads.0..=self.threads.1).contains(&thread)
    }

    /// Whether it is one of the two that everybody keeps in all lengths.
    pub fn is_common(&self) -> bool {
        self.demand >= 15
    }

    /// Its attributes.
    pub fn attributes(&self) -> [Attribute; 3] {
        [
            text("material", Text::new(self.material.0, self.material.1)),
            code("strength_class", self.strength),
            text("coating", Text::new(self.coating.0, self.coating.1)),
        ]
    }
}
