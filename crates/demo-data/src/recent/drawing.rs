//! A drawing of a flange as a PDF of one page: two views with centre lines, dimensions and a title block.

use std::fmt::Write as _;

/// A drawn flange; millimetres.
pub(super) struct Flange {
    /// Number of the drawing.
    pub number: &'static str,
    /// Title.
    pub title: &'static str,
    /// Outer diameter.
    pub outer: i64,
    /// Diameter of the bolt circle.
    pub circle: i64,
    /// Bore.
    pub bore: i64,
    /// Holes on the circle.
    pub holes: i64,
    /// Diameter of a hole.
    pub hole: i64,
    /// Thickness.
    pub thickness: i64,
}

/// The positions of 24 holes at most on a circle of 1,000, by steps of 15 degrees from the right: exact enough for a picture,
/// and the same on every machine.
const CIRCLE: [(i64, i64); 24] = [
    (1_000, 0),
    (966, 259),
    (866, 500),
    (707, 707),
    (500, 866),
    (259, 966),
    (0, 1_000),
    (-259, 966),
    (-500, 866),
    (-707, 707),
    (-866, 500),
    (-966, 259),
    (-1_000, 0),
    (-966, -259),
    (-866, -500),
    (-707, -707),
    (-500, -866),
    (-259, -966),
    (0, -1_000),
    (259, -966),
    (500, -866),
    (707, -707),
    (866, -500),
    (966, -259),
];

/// The drawing as a PDF, A4 across.
pub(super) fn pdf(flange: &Flange) -> Vec<u8> {
    let content = page(flange);
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 842 595] /Contents 4 0 R \
         /Resources << /Font << /F1 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{content}endstream", content.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = String::from("%PDF-1.4\n");
    let mut places = Vec::new();
    for (object, number) in objects.iter().zip(1..) {
        places.push(text.len());
        let _ = writeln!(text, "{number} 0 obj\n{object}\nendobj");
    }
    let table = text.len();
    let _ = writeln!(text, "xref\n0 {}\n0000000000 65535 f ", objects.len() + 1);
    for place in places {
        let _ = writeln!(text, "{place:010} 00000 n ");
    }
    let _ = writeln!(text, "trailer\n<< /Size {} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF", objects.len() + 1);
    text.into_bytes()
}

fn page(flange: &Flange) -> String {
    let (x, y) = (270, 320);
    // 300 points for the outer diameter, whatever it is.
    let scaled = |millimetres: i64| millimetres * 300 / flange.outer;
    let mut out = String::from("1 w 30 30 782 535 re S\n1.4 w\n");
    for diameter in [flange.outer, flange.bore] {
        ring(&mut out, (x, y), scaled(diameter) / 2);
    }
    let every = CIRCLE.len() / usize::try_from(flange.holes.clamp(1, 24)).unwrap_or(1);
    for (cos, sin) in CIRCLE.iter().step_by(every) {
        let radius = scaled(flange.circle) / 2;
        ring(&mut out, (x + radius * cos / 1_000, y + radius * sin / 1_000), scaled(flange.hole) / 2);
    }
    out.push_str("0.4 w [8 3 2 3] 0 d\n");
    ring(&mut out, (x, y), scaled(flange.circle) / 2);
    let _ = writeln!(out, "{} {y} m {} {y} l S\n{x} {} m {x} {} l S", x - 170, x + 170, y - 170, y + 170);
    side(&mut out, flange, (560, y), &scaled);
    title_block(&mut out, flange);
    out
}

/// The flange from the side.
fn side(out: &mut String, flange: &Flange, (x, y): (i64, i64), scaled: &dyn Fn(i64) -> i64) {
    let (half, thick, bore) = (scaled(flange.outer) / 2, scaled(flange.thickness).max(12), scaled(flange.bore) / 2);
    let _ = writeln!(out, "[] 0 d 1.4 w {x} {} {thick} {} re S", y - half, half * 2);
    let _ = writeln!(out, "0.8 w [4 3] 0 d {x} {} m {} {} l S", y - bore, x + thick, y - bore);
    let _ = writeln!(out, "{x} {} m {} {} l S\n[] 0 d 0.4 w", y + bore, x + thick, y + bore);
    let _ = writeln!(out, "{} {} m {} {} l S", x + thick + 24, y - half, x + thick + 24, y + half);
    label(out, (x + thick + 30, y - 4), 10, &format!("D {}", flange.outer));
    label(out, (x - 4, y - half - 18), 10, &format!("b {}", flange.thickness));
    let bolts = format!("{} x D {} on D {}", flange.holes, flange.hole, flange.circle);
    label(out, (100, 500), 10, &bolts);
    label(out, (100, 516), 10, &format!("Bore D {}", flange.bore));
}

fn title_block(out: &mut String, flange: &Flange) {
    out.push_str("1 w 532 30 280 92 re S\n0.4 w 532 76 m 812 76 l S\n");
    label(out, (542, 98), 14, flange.title);
    label(out, (542, 60), 10, &format!("Drawing {}   Rev. B", flange.number));
    label(out, (542, 44), 9, "ISO 2768-mK   Ra 3.2   all dimensions in mm");
}

fn label(out: &mut String, (x, y): (i64, i64), size: i64, text: &str) {
    let _ = writeln!(out, "BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET");
}

/// A circle of four curves.
fn ring(out: &mut String, (x, y): (i64, i64), radius: i64) {
    // 0.5523 of the radius makes a Bézier curve a quarter of a circle.
    let (r, k) = (radius, radius * 5_523 / 10_000);
    let _ = writeln!(
        out,
        "{} {y} m {} {} {} {} {x} {} c {} {} {} {} {} {y} c {} {} {} {} {x} {} c {} {} {} {} {} {y} c S",
        x + r,
        x + r,
        y + k,
        x + k,
        y + r,
        y + r,
        x - k,
        y + r,
        x - r,
        y + k,
        x - r,
        x - r,
        y - k,
        x - k,
        y - r,
        y - r,
        x + k,
        y - r,
        x + r,
        y - k,
        x + r,
    );
}
