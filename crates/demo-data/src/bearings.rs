//! Rolling bearings by series.

use drawing::{Bearing, BearingForm, Seal, Spec};
use kernel::Unit;

use crate::bearings_tables::{
    MINIATURE, NEEDLE, SERIES_60, SERIES_62, SERIES_63, SERIES_68, SERIES_511, WIDTHS_22, WIDTHS_302, WIDTHS_303,
};
use crate::draft::{Draft, code, loose, millimetres, plain, ring_mg, text};
use crate::model::Text;

/// A designation with its dimensions in hundredths of a millimetre.
struct Size {
    designation: String,
    bore: i64,
    outer: i64,
    width: i64,
}

/// What all bearings of a kind share.
struct Kind {
    form: BearingForm,
    category: &'static str,
    name: (&'static str, &'static str),
    standard: &'static str,
    customs_code: &'static str,
    /// Part of the ring between bore and outer diameter that is steel, in percent.
    fill: i64,
    /// Cost of a kilogram in cents, and of each bearing.
    cost: (i64, i64),
    demand: i64,
}

/// A suffix with what it means: closed by, clearance, cage; its surcharge in percent and its demand.
struct Variant {
    suffix: &'static str,
    seal: Seal,
    clearance: &'static str,
    cage: (&'static str, &'static str),
    surcharge: i64,
    demand: i64,
}

const SHEET_CAGE: (&str, &str) = ("Sheet steel", "Blacha stalowa");
const BRASS_CAGE: (&str, &str) = ("Brass", "Mosiądz");
const POLYAMIDE_CAGE: (&str, &str) = ("Polyamide", "Poliamid");

const fn variant(
    suffix: &'static str,
    seal: Seal,
    clearance: &'static str,
    cage: (&'static str, &'static str),
    surcharge: i64,
    demand: i64,
) -> Variant {
    Variant { suffix, seal, clearance, cage, surcharge, demand }
}

const DEEP_GROOVE: [Variant; 6] = [
    variant("", Seal::Open, "CN", SHEET_CAGE, 0, 4),
    variant("-C3", Seal::Open, "C3", SHEET_CAGE, 4, 2),
    variant("-2RS", Seal::Seals, "CN", SHEET_CAGE, 16, 22),
    variant("-2RS-C3", Seal::Seals, "C3", SHEET_CAGE, 19, 14),
    variant("-ZZ", Seal::Shields, "CN", SHEET_CAGE, 11, 16),
    variant("-ZZ-C3", Seal::Shields, "C3", SHEET_CAGE, 14, 8),
];
const SMALL: [Variant; 3] = [
    variant("", Seal::Open, "CN", SHEET_CAGE, 0, -6),
    variant("-2RS", Seal::Seals, "CN", SHEET_CAGE, 12, 18),
    variant("-ZZ", Seal::Shields, "CN", SHEET_CAGE, 8, 14),
];
const ANGULAR: [Variant; 2] =
    [variant("-B-TVP", Seal::Open, "CN", POLYAMIDE_CAGE, 0, 6), variant("-B-MP", Seal::Open, "CN", BRASS_CAGE, 38, -8)];
const ROLLER: [Variant; 4] = [
    variant("-E-TVP2", Seal::Open, "CN", POLYAMIDE_CAGE, 0, 6),
    variant("-E-TVP2-C3", Seal::Open, "C3", POLYAMIDE_CAGE, 4, 2),
    variant("-E-M1", Seal::Open, "CN", BRASS_CAGE, 42, -8),
    variant("-E-M1-C3", Seal::Open, "C3", BRASS_CAGE, 46, -12),
];
const SPHERICAL: [Variant; 3] = [
    variant("-E1", Seal::Open, "CN", SHEET_CAGE, 0, 6),
    variant("-E1-C3", Seal::Open, "C3", SHEET_CAGE, 4, 4),
    variant("-E1-K", Seal::Open, "CN", SHEET_CAGE, 6, -4),
];
const PLAIN: [Variant; 1] = [variant("", Seal::Open, "CN", SHEET_CAGE, 0, 0)];

const fn kind(form: BearingForm, name: (&'static str, &'static str), cost: (i64, i64)) -> Kind {
    Kind {
        form,
        category: "ball-bearings",
        name,
        standard: "ISO 15",
        customs_code: "84821090",
        fill: 62,
        cost,
        demand: 42,
    }
}

const BALL: Kind = kind(BearingForm::Ball, ("Deep groove ball bearing", "Łożysko kulkowe zwykłe"), (760, 48));
const MINIATURE_BALL: Kind = Kind {
    customs_code: "84821010",
    ..kind(BearingForm::Ball, ("Miniature ball bearing", "Łożysko kulkowe miniaturowe"), (1_900, 34))
};
const ANGULAR_BALL: Kind = Kind {
    demand: 24,
    ..kind(BearingForm::Angular, ("Angular contact ball bearing", "Łożysko kulkowe skośne"), (1_750, 260))
};
const ALIGNING_BALL: Kind = Kind {
    demand: 20,
    ..kind(BearingForm::SelfAligning, ("Self-aligning ball bearing", "Łożysko kulkowe wahliwe"), (1_700, 280))
};
const CYLINDRICAL: Kind = Kind {
    category: "roller-bearings",
    customs_code: "84825000",
    fill: 68,
    demand: 22,
    ..kind(BearingForm::Cylindrical, ("Cylindrical roller bearing", "Łożysko walcowe"), (2_100, 420))
};
const TAPERED: Kind = Kind {
    category: "roller-bearings",
    standard: "ISO 355",
    customs_code: "84822000",
    fill: 60,
    demand: 34,
    ..kind(BearingForm::Tapered, ("Tapered roller bearing", "Łożysko stożkowe"), (1_150, 130))
};
const SPHERICAL_ROLLER: Kind = Kind {
    category: "roller-bearings",
    customs_code: "84823000",
    fill: 66,
    demand: 24,
    ..kind(BearingForm::Spherical, ("Spherical roller bearing", "Łożysko baryłkowe dwurzędowe"), (1_900, 900))
};
const THRUST: Kind = Kind {
    category: "thrust-needle-bearings",
    standard: "ISO 104",
    fill: 55,
    demand: 22,
    ..kind(BearingForm::Thrust, ("Thrust ball bearing", "Łożysko kulkowe wzdłużne"), (1_450, 120))
};
const NEEDLE_ROLLER: Kind = Kind {
    category: "thrust-needle-bearings",
    standard: "ISO 3245",
    customs_code: "84824000",
    fill: 48,
    demand: 26,
    ..kind(BearingForm::Needle, ("Drawn cup needle bearing", "Łożysko igiełkowe z tuleją"), (3_200, 60))
};

/// All bearings.
pub fn drafts(out: &mut Vec<Draft>) {
    let radial = |prefix: &'static str, rows: &'static [(&'static str, i64, i64, i64)]| {
        rows.iter().map(move |(code, bore, outer, width)| Size {
            designation: format!("{prefix}{code}"),
            bore: bore * 100,
            outer: outer * 100,
            width: width * 100,
        })
    };
    // Width series 22 and the tapered ones share bore and outer diameter with series 02 or 03.
    let wide = |prefix: &'static str,
                rows: &'static [(&'static str, i64, i64, i64)],
                widths: &'static [(&'static str, i64)],
                scale: i64| {
        widths.iter().filter_map(move |(code, width)| {
            let (_, bore, outer, _) = rows.iter().find(|row| row.0 == *code)?;
            let designation = format!("{prefix}{code}");
            Some(Size { designation, bore: bore * 100, outer: outer * 100, width: width * scale })
        })
    };
    for (prefix, rows) in [("60", &SERIES_60[..]), ("62", &SERIES_62), ("63", &SERIES_63)] {
        all(out, &BALL, &DEEP_GROOVE, radial(prefix, rows));
    }
    all(out, &BALL, &SMALL, radial("", &SERIES_68));
    all(out, &MINIATURE_BALL, &SMALL, radial("", &MINIATURE));
    all(out, &ANGULAR_BALL, &ANGULAR, radial("72", &SERIES_62).chain(radial("73", &SERIES_63)));
    all(out, &ALIGNING_BALL, &PLAIN, radial("12", &SERIES_62[..21]).chain(radial("13", &SERIES_63[..19])));
    for (narrow, heavy) in [("NU2", "NU3"), ("NJ2", "NJ3")] {
        let sizes = radial(narrow, &SERIES_62[3..]).chain(radial(heavy, &SERIES_63[4..]));
        all(out, &CYLINDRICAL, &ROLLER[..], sizes);
    }
    all(out, &CYLINDRICAL, &ROLLER[..2], wide("NU22", &SERIES_62, &WIDTHS_22, 100));
    all(out, &TAPERED, &PLAIN, wide("302", &SERIES_62, &WIDTHS_302, 1).chain(wide("303", &SERIES_63, &WIDTHS_303, 1)));
    all(out, &SPHERICAL_ROLLER, &SPHERICAL, wide("222", &SERIES_62, &WIDTHS_22[1..], 100));
    all(out, &THRUST, &PLAIN, radial("511", &SERIES_511));
    all(out, &NEEDLE_ROLLER, &PLAIN, radial("", &NEEDLE));
}

fn all(out: &mut Vec<Draft>, kind: &Kind, variants: &[Variant], sizes: impl Iterator<Item = Size>) {
    for size in sizes {
        out.extend(variants.iter().map(|variant| draft(kind, variant, &size)));
    }
}

fn draft(kind: &Kind, variant: &Variant, size: &Size) -> Draft {
    let name = format!("{}{}", size.designation, variant.suffix);
    let steel_mg = ring_mg(size.outer, size.bore, size.width, 785);
    let weight_mg = (steel_mg * kind.fill / 100).max(1_000);
    let cost = weight_mg * kind.cost.0 / 100 + kind.cost.1 * 10_000;
    let dimensions = format!("{} × {} × {} mm", plain(size.bore), plain(size.outer), plain(size.width));
    let pack = match weight_mg {
        ..=60_000 => 50,
        60_001..=300_000 => 20,
        300_001..=900_000 => 10,
        900_001..=2_500_000 => 5,
        _ => 1,
    };
    let closed = match variant.seal {
        Seal::Open => ("open", "otwarte"),
        Seal::Shields => ("metal shields on both sides", "z blaszkami ochronnymi po obu stronach"),
        Seal::Seals => ("rubber seals on both sides", "z uszczelkami po obu stronach"),
    };
    let series_demand = match size.bore {
        ..=700 => -4,
        701..=4_000 => 14,
        4_001..=6_000 => 2,
        6_001..=9_000 => -12,
        _ => -24,
    };
    Draft {
        sku: name.clone(),
        category: kind.category,
        name: Text::new(
            format!("{} {name}, {dimensions}", kind.name.0),
            format!("{} {name}, {dimensions}", kind.name.1),
        ),
        description: Text::new(
            format!("{} {name}, {dimensions}, {}, internal clearance {}.", kind.name.0, closed.0, variant.clearance),
            format!("{} {name}, {dimensions}, {}, luz wewnętrzny {}.", kind.name.1, closed.1, variant.clearance),
        ),
        attributes: vec![
            code("standard", kind.standard),
            code("designation", name),
            millimetres("bore", size.bore),
            millimetres("outer_diameter", size.outer),
            millimetres("width", size.width),
            text("seal", Text::new(seal_word(variant.seal).0, seal_word(variant.seal).1)),
            code("clearance", variant.clearance),
            text("cage", Text::new(variant.cage.0, variant.cage.1)),
        ],
        packing: loose(Unit::Piece, pack, weight_mg),
        weight_mg,
        cost_micros: cost * (100 + variant.surcharge) / 100,
        demand: kind.demand + variant.demand + series_demand,
        origins: &["DE", "PL", "SK", "IT", "CN", "JP", "SE"],
        customs_code: kind.customs_code,
        sheet: format!("bearing-{}", size.designation.to_lowercase()),
        certificate: None,
        drawing: Spec::Bearing(Bearing {
            form: kind.form,
            bore: size.bore,
            outer: size.outer,
            width: size.width,
            seal: variant.seal,
        }),
    }
}

fn seal_word(seal: Seal) -> (&'static str, &'static str) {
    match seal {
        Seal::Open => ("Open", "Otwarte"),
        Seal::Shields => ("Shields (ZZ)", "Blaszki (ZZ)"),
        Seal::Seals => ("Seals (2RS)", "Uszczelki (2RS)"),
    }
}
