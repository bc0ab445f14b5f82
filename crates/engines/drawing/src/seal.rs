//! O-rings and shaft seals: from above, and cut.

use crate::canvas::{Canvas, Point, Trace, label, mm};
use crate::palette::{PAPER, RUBBER, SOFT, colour, metal};
use crate::spec::{Colour, Length, Metal};

const CENTRE: Point = (150.0, 128.0);

/// An O-ring.
pub fn o_ring(canvas: &mut Canvas, inner: Length, section: Length, rubber: Colour) {
    let tone = colour(rubber);
    let (bore, cord) = (mm(inner), mm(section).min(mm(inner) * 2.0));
    let scale = 200.0 / (bore + 2.0 * cord);
    let (radius, thick) = (100.0, (cord * scale).clamp(6.0, 62.0));
    canvas.circle(CENTRE, radius, tone.shade);
    canvas.ring(CENTRE, radius - thick * 0.46, tone.base, thick * 0.7);
    canvas.ring(CENTRE, radius - thick * 0.4, tone.light, thick * 0.2);
    canvas.circle(CENTRE, radius - thick, PAPER);
    let side = 322.0;
    let round = (thick / 2.0).max(10.0);
    for y in [CENTRE.1 - radius + round, CENTRE.1 + radius - round] {
        canvas.circle((side, y), round, tone.base);
        canvas.disc((side - round * 0.3, y - round * 0.3), round * 0.28, tone.light);
    }
    canvas.hairline(
        (side, CENTRE.1 - radius + round * 2.0 + 4.0),
        (side, CENTRE.1 + radius - round * 2.0 - 4.0),
        SOFT,
        1.0,
    );
    let hole = radius - thick;
    canvas.span(CENTRE.0 - hole, CENTRE.0 + hole, CENTRE.1 + hole * 0.1, CENTRE.1 + radius + 20.0, &label(inner));
    canvas.span(side - round, side + round, CENTRE.1 + radius + 2.0, CENTRE.1 + radius + 20.0, &label(section));
}

/// A radial shaft seal.
pub fn shaft_seal(canvas: &mut Canvas, shaft: Length, outer: Length, width: Length) {
    let (outside, bore) = (mm(outer), mm(shaft).min(mm(outer) * 0.88));
    let scale = 200.0 / outside;
    let (radius, hole) = (100.0, bore * scale / 2.0);
    let steel = metal(Metal::Zinc);
    canvas.circle(CENTRE, radius, RUBBER.base);
    canvas.ring(CENTRE, radius - (radius - hole) * 0.3, RUBBER.light, (radius - hole) * 0.2);
    canvas.circle(CENTRE, hole + (radius - hole) * 0.5, RUBBER.shade);
    canvas.ring(CENTRE, hole + (radius - hole) * 0.28, steel.base, 4.0);
    canvas.circle(CENTRE, hole + (radius - hole) * 0.12, RUBBER.base);
    canvas.circle(CENTRE, hole, PAPER);
    let (left, wide) = (300.0, (mm(width) * scale).clamp(24.0, 60.0));
    for side in [-1.0, 1.0] {
        profile(canvas, (left, CENTRE.1), (wide, radius, hole), side);
    }
    canvas.axis((left - 14.0, CENTRE.1), (left + wide + 14.0, CENTRE.1));
    canvas.span(CENTRE.0 - hole, CENTRE.0 + hole, CENTRE.1 + hole * 0.1, CENTRE.1 + radius + 20.0, &label(shaft));
    canvas.span(left, left + wide, CENTRE.1 + radius + 2.0, CENTRE.1 + radius + 20.0, &label(width));
    canvas.rise(CENTRE.1 - radius, CENTRE.1 + radius, left + wide + 4.0, left + wide + 14.0, &label(outer));
}

/// Half of the cut: a leg outside, a web, a lip with its spring.
fn profile(canvas: &mut Canvas, (left, axis): Point, (wide, radius, hole): (f64, f64, f64), side: f64) {
    let y = |distance: f64| axis + side * distance;
    let (leg, web) = (((radius - hole) * 0.26).max(5.0), wide * 0.26);
    let lip = hole + (radius - hole) * 0.3;
    let shape = Trace::from((left, y(radius)))
        .to((left + wide, y(radius)))
        .to((left + wide, y(radius - leg)))
        .to((left + web, y(radius - leg)))
        .to((left + web, y(lip)))
        .to((left + wide * 0.8, y(lip)))
        .to((left + wide * 0.66, y(hole)))
        .to((left + web * 0.4, y(hole + (radius - hole) * 0.16)))
        .to((left, y(hole + (radius - hole) * 0.3)));
    canvas.path(&shape.closed(), RUBBER.base);
    canvas.circle((left + wide * 0.7, y(lip + 4.0)), 4.5, metal(Metal::Zinc).light);
}
