//! Parts that are engineered to order: few, dear, without a shape of their own.

use drawing::Spec;
use kernel::{Packing, Unit};

use crate::draft::{Draft, code, text};
use crate::model::Text;

/// Code, words, grams, cost in cents.
const PARTS: [(&str, (&str, &str), i64, i64); 12] = [
    ("SHAFT-40", ("Turned shaft, diameter 40 mm", "Wał toczony, średnica 40 mm"), 4_900, 8_600),
    ("SHAFT-60", ("Turned shaft, diameter 60 mm", "Wał toczony, średnica 60 mm"), 11_200, 14_900),
    ("BUSH-BZ-30", ("Bronze bush, bore 30 mm", "Tuleja z brązu, otwór 30 mm"), 260, 1_950),
    ("BUSH-BZ-50", ("Bronze bush, bore 50 mm", "Tuleja z brązu, otwór 50 mm"), 690, 3_850),
    ("PLATE-BASE-12", ("Base plate, 12 mm, drilled", "Płyta podstawy, 12 mm, wiercona"), 9_400, 5_200),
    ("PLATE-BASE-20", ("Base plate, 20 mm, drilled", "Płyta podstawy, 20 mm, wiercona"), 15_700, 8_100),
    ("MANIFOLD-4", ("Hydraulic manifold, 4 stations", "Blok hydrauliczny, 4 sekcje"), 6_800, 28_500),
    ("MANIFOLD-8", ("Hydraulic manifold, 8 stations", "Blok hydrauliczny, 8 sekcji"), 12_900, 46_000),
    ("SPACER-SS", ("Spacer, stainless steel, to length", "Tuleja dystansowa nierdzewna, na wymiar"), 85, 640),
    ("BRACKET-L", ("Angle bracket, laser cut and bent", "Wspornik kątowy, cięty laserem i gięty"), 740, 980),
    ("HOSE-ASSY-2SN", ("Hydraulic hose assembly to length", "Przewód hydrauliczny zakuty, na wymiar"), 1_400, 2_650),
    ("CABLE-SET-7G1.5", ("Cable set with connectors, to length", "Wiązka kablowa ze złączami, na wymiar"), 900, 3_400),
];

/// All parts to order.
pub fn drafts(out: &mut Vec<Draft>) {
    out.extend(PARTS.iter().map(|(suffix, words, grams, cents)| Draft {
        sku: format!("ETO-{suffix}"),
        category: "special-parts",
        name: Text::new(words.0, words.1),
        description: Text::new(
            format!("{}. Made to your drawing; the price is a guide for the usual size.", words.0),
            format!("{}. Wykonanie według rysunku; cena orientacyjna dla typowego rozmiaru.", words.1),
        ),
        attributes: vec![code("drawing_number", format!("WM-{suffix}")), text("tolerance", Text::same("ISO 2768-m"))],
        packing: Packing::single(Unit::Piece),
        weight_mg: grams * 1_000,
        cost_micros: cents * 10_000,
        demand: 0,
        origins: &["PL"],
        customs_code: "84879090",
        sheet: "parts-to-drawing".into(),
        certificate: Some(("Measurement report", "Protokół pomiarowy")),
        drawing: Spec::Carton { label: (*suffix).into() },
    }));
}
