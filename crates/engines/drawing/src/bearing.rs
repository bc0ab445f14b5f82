//! Rolling bearings: from the front, and cut in half.

use crate::canvas::{Canvas, HEIGHT, Point, label, mm};
use crate::palette::{ACCENT, DEEP, PAPER, RUBBER, Tone, metal};
use crate::spec::{Bearing, BearingForm, Metal, Seal};

/// Proportions of the cut, as shares of the height of a half section.
struct Shares {
    outer: f64,
    inner: f64,
}

/// A bearing.
pub fn bearing(canvas: &mut Canvas, bearing: &Bearing) {
    let steel = metal(Metal::Zinc);
    let outer = mm(bearing.outer);
    let bore = mm(bearing.bore).min(outer * 0.9);
    let scale = 190.0 / outer;
    let wide = (mm(bearing.width) * scale).clamp(14.0, 110.0);
    let (radius, hole) = (95.0, (bore * scale / 2.0).max(4.0));
    let (y, gap) = (HEIGHT / 2.0 - 18.0, 46.0);
    let left = (400.0 - radius * 2.0 - gap - wide - 46.0) / 2.0;
    let centre = (left + radius, y);
    front(canvas, bearing, centre, (radius, hole), &steel);
    let side = left + radius * 2.0 + gap;
    section(canvas, bearing, (side, y), (wide, radius, hole), &steel);
    canvas.axis((side - 12.0, y), (side + wide + 12.0, y));
    canvas.rise(y - radius, y + radius, side + wide + 5.0, side + wide + 16.0, &label(bearing.outer));
    canvas.span(side, side + wide, y + radius + 4.0, y + radius + 20.0, &label(bearing.width));
    canvas.span(centre.0 - hole, centre.0 + hole, y + hole * 0.3, y + radius + 20.0, &label(bearing.bore));
}

fn shares(form: BearingForm) -> Shares {
    match form {
        BearingForm::Needle => Shares { outer: 0.3, inner: 0.0 },
        BearingForm::SelfAligning | BearingForm::Spherical => Shares { outer: 0.26, inner: 0.28 },
        _ => Shares { outer: 0.28, inner: 0.28 },
    }
}

/// Rings and what rolls between them, or what covers it.
fn front(canvas: &mut Canvas, bearing: &Bearing, centre: Point, (radius, hole): Point, steel: &Tone) {
    let shares = shares(bearing.form);
    let height = radius - hole;
    let (outside, inside) = (radius - height * shares.outer, hole + height * shares.inner);
    canvas.circle(centre, radius, steel.base);
    canvas.ring(centre, radius - height * shares.outer * 0.42, steel.light, height * shares.outer * 0.36);
    if bearing.form == BearingForm::Thrust {
        canvas.ring(centre, (radius + hole) / 2.0, steel.shade, height * 0.3);
        canvas.circle(centre, hole, PAPER);
        return;
    }
    match bearing.seal {
        Seal::Open => {
            canvas.circle(centre, outside, PAPER);
            rolling(canvas, bearing.form, centre, (outside, inside), steel);
        }
        Seal::Shields => {
            canvas.circle(centre, outside, steel.shade);
            canvas.ring(centre, (outside + inside) / 2.0, steel.base, (outside - inside) * 0.6);
        }
        Seal::Seals => {
            canvas.circle(centre, outside, RUBBER.base);
            canvas.ring(centre, (outside + inside) / 2.0, RUBBER.light, (outside - inside) * 0.34);
        }
    }
    if shares.inner > 0.0 {
        canvas.circle(centre, inside, steel.base);
        canvas.ring(centre, hole + height * shares.inner * 0.45, steel.light, height * shares.inner * 0.36);
    }
    canvas.circle(centre, hole, PAPER);
}

/// As many balls or rollers as have room, with a cage between them.
fn rolling(canvas: &mut Canvas, form: BearingForm, centre: Point, (outside, inside): Point, steel: &Tone) {
    let (middle, size) = ((outside + inside) / 2.0, (outside - inside) * 0.46);
    let spacing = if form == BearingForm::Needle { 2.3 } else { 2.9 };
    let count = (std::f64::consts::TAU * middle / (size.max(1.0) * spacing)).floor().clamp(6.0, 26.0);
    canvas.ring(centre, middle, ACCENT, 2.0);
    let mut place = 0.0;
    while place < count {
        let (sin, cos) = (place * std::f64::consts::TAU / count).sin_cos();
        canvas.circle((centre.0 + cos * middle, centre.1 + sin * middle), size, steel.light);
        place += 1.0;
    }
}

/// Both halves of the cut, mirrored at the axis.
fn section(canvas: &mut Canvas, bearing: &Bearing, (x, y): Point, (wide, radius, hole): (f64, f64, f64), steel: &Tone) {
    let height = radius - hole;
    canvas.tint((x, y - hole), (wide, hole * 2.0), PAPER);
    canvas.line((x, y - hole), (x, y + hole));
    canvas.line((x + wide, y - hole), (x + wide, y + hole));
    for side in [-1.0, 1.0] {
        let top = if side < 0.0 { y - radius } else { y + hole };
        if bearing.form == BearingForm::Thrust {
            thrust(canvas, (x, top), (wide, height), steel);
        } else {
            half(canvas, bearing, (x, top), (wide, height), side < 0.0, steel);
        }
    }
}

fn half(canvas: &mut Canvas, bearing: &Bearing, (x, top): Point, (wide, height): Point, is_upper: bool, steel: &Tone) {
    let shares = shares(bearing.form);
    let (outer, inner) = (height * shares.outer, height * shares.inner);
    let (first, second) = if is_upper { (outer, inner) } else { (inner, outer) };
    let middle = (x + wide / 2.0, top + first + (height - first - second) / 2.0);
    let room = height - first - second;
    canvas.tint((x, top), (wide, height), PAPER);
    for (at, tall) in [(top, first), (top + height - second, second)] {
        if tall > 0.0 {
            canvas.rect((x, at), (wide, tall), 3.0, steel.base);
            canvas.hatch((x, at), (wide, tall));
        }
    }
    element(canvas, bearing.form, middle, (wide, room), is_upper, steel);
    let cover = match bearing.seal {
        Seal::Open => return,
        Seal::Shields => DEEP,
        Seal::Seals => RUBBER.base,
    };
    let thick = if bearing.seal == Seal::Seals { 5.0 } else { 2.5 };
    for edge in [x + 3.0, x + wide - 3.0 - thick] {
        canvas.rect((edge, top + first - 1.0), (thick, room + 2.0), 0.5, cover);
    }
}

/// What rolls, in the room between the rings.
fn element(canvas: &mut Canvas, form: BearingForm, (x, y): Point, (wide, room): Point, is_upper: bool, steel: &Tone) {
    let lean = if is_upper { 1.0 } else { -1.0 };
    match form {
        BearingForm::Ball | BearingForm::Thrust => {
            canvas.circle((x, y), (room * 0.72).min(wide * 0.36), steel.light);
        }
        BearingForm::Angular => {
            let radius = (room * 0.72).min(wide * 0.36);
            canvas.circle((x, y), radius, steel.light);
            canvas.hairline(
                (x - radius * 1.3, y + lean * radius * 1.5),
                (x + radius * 1.3, y - lean * radius * 1.5),
                ACCENT,
                1.2,
            );
        }
        BearingForm::SelfAligning => {
            for side in [-0.24, 0.24] {
                canvas.circle((x + wide * side, y), (room * 0.6).min(wide * 0.2), steel.light);
            }
        }
        BearingForm::Cylindrical => {
            let long = (wide * 0.62).min(room * 1.6);
            canvas.rect((x - long / 2.0, y - room * 0.55), (long, room * 1.1), 2.0, steel.light);
        }
        BearingForm::Needle => {
            canvas.rect((x - wide * 0.4, y - room * 0.5), (wide * 0.8, room), 2.0, steel.light);
        }
        BearingForm::Spherical => {
            for side in [-1.0, 1.0] {
                let (cx, half) = (x + side * wide * 0.23, wide * 0.17);
                let tilt = side * lean * room * 0.1;
                let points = [
                    (cx - half, y - room * 0.52 + tilt),
                    (cx + half, y - room * 0.52 - tilt),
                    (cx + half, y + room * 0.52 - tilt),
                    (cx - half, y + room * 0.52 + tilt),
                ];
                canvas.polygon(&points, steel.light);
            }
        }
        BearingForm::Tapered => {
            let (half, tall, drop) = (wide * 0.34, room * 0.55, room * 0.22 * lean);
            let points = [
                (x - half, y - tall * 0.72 + drop),
                (x + half, y - tall - drop),
                (x + half, y + tall - drop),
                (x - half, y + tall * 0.72 + drop),
            ];
            canvas.polygon(&points, steel.light);
        }
    }
}

/// Two washers with balls between them.
fn thrust(canvas: &mut Canvas, (x, top): Point, (wide, height): Point, steel: &Tone) {
    let plate = wide * 0.3;
    canvas.tint((x, top), (wide, height), PAPER);
    for at in [x, x + wide - plate] {
        canvas.rect((at, top), (plate, height), 2.0, steel.base);
        canvas.hatch((at, top), (plate, height));
    }
    canvas.circle((x + wide / 2.0, top + height / 2.0), (wide * 0.3).min(height * 0.4), steel.light);
}
