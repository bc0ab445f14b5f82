//! Screws, nuts, washers, rods and rivets.

use crate::canvas::{Canvas, HEIGHT, Point, Trace, WIDTH, hexagon, label, mm};
use crate::palette::{DEEP, INK, PAPER, SOFT, Tone, metal};
use crate::spec::{Drive, Head, Length, Metal, Nut, NutForm, Screw, Washer, WasherForm};

/// A run of thread from `left` to `right` around the height `y`: body, flanks, and a chamfered end at the right.
fn thread(canvas: &mut Canvas, (left, right): Point, y: f64, diameter: f64, pitch: f64, tone: &Tone) {
    let (radius, chamfer) = (diameter / 2.0, (diameter * 0.12).min((right - left) / 3.0));
    let outline = [
        (left, y - radius),
        (right - chamfer, y - radius),
        (right, y - radius + chamfer),
        (right, y + radius - chamfer),
        (right - chamfer, y + radius),
        (left, y + radius),
    ];
    canvas.polygon(&outline, tone.base);
    let length = right - chamfer - left - 2.0;
    canvas.tint((left + 1.0, y - radius * 0.72), (length, diameter * 0.2), tone.light);
    canvas.tint((left + 1.0, y + radius * 0.44), (length, diameter * 0.28 - 1.0), tone.shade);
    let (pitch, lean) = (pitch.max(4.5), (pitch * 0.5).min(diameter * 0.2).max(2.0));
    let mut x = left + pitch * 0.7;
    while x + lean < right - chamfer * 0.4 {
        canvas.hairline((x, y - radius), (x + lean, y + radius), INK, if diameter < 14.0 { 0.8 } else { 1.3 });
        x += pitch;
    }
}

/// Where thick metal ends and thread starts: how a screw lies in the frame.
struct Layout {
    scale: f64,
    /// Left edge of the view along the axis.
    left: f64,
    /// Centre of the view of the head.
    eye: Point,
    /// Length as it is drawn.
    length: f64,
}

/// The largest scale at which both views fit, side by side and centred.
fn layout(head_width: f64, head_height: f64, length: f64, has_eye: bool) -> Layout {
    // Beyond this a screw would be a line; it is drawn shorter and the value tells its length.
    let length = length.min(head_width * 9.0).max(head_width * 0.2);
    let gap = 28.0;
    let eyes = if has_eye { head_width * 1.155 } else { 0.0 };
    let room = WIDTH - 20.0 - if has_eye { gap } else { 0.0 } - 46.0;
    let along = head_height + length;
    let mut scale = (room / (along + eyes)).min(150.0 / head_width);
    // A long thin screw: let its head overlap nothing, but do not waste the frame.
    scale = scale.min(270.0 / along.max(1.0)).max(0.001);
    let total = (along + eyes) * scale + if has_eye { gap } else { 0.0 } + 46.0;
    let start = (WIDTH - total) / 2.0;
    let eye = (start + eyes * scale / 2.0, HEIGHT / 2.0 - 18.0);
    let left = start + eyes * scale + if has_eye { gap } else { 0.0 };
    Layout { scale, left, eye, length }
}

/// A screw: its head from above at the left, its side at the right.
pub fn screw(canvas: &mut Canvas, screw: &Screw) {
    let tone = metal(screw.metal);
    let thread_mm = mm(screw.thread);
    let is_headless = screw.head == Head::Headless;
    let head_width =
        if is_headless { thread_mm } else { mm(screw.head_width).clamp(thread_mm * 1.05, thread_mm * 5.0) };
    let head_height = if is_headless { 0.0 } else { mm(screw.head_height).clamp(thread_mm * 0.1, thread_mm * 3.0) };
    // The length of a countersunk screw counts from the top of its head.
    let is_sunk = screw.head == Head::Countersunk;
    let length = if is_sunk { (mm(screw.length) - head_height).max(thread_mm * 0.3) } else { mm(screw.length) };
    let place = layout(head_width, head_height, length, true);
    let (scale, y) = (place.scale, HEIGHT / 2.0 - 18.0);
    let (diameter, neck) = (thread_mm * scale, place.left + head_height * scale);
    let tip = neck + place.length * scale;
    let share = (mm(screw.threaded) / mm(screw.length)).clamp(0.1, 1.0);
    let start = if share > 0.97 { neck } else { tip - place.length * scale * share };
    if start > neck {
        canvas.bar((neck, y - diameter / 2.0), (start - neck, diameter), 0.0, &tone);
    }
    thread(canvas, (start, tip), y, diameter, pitch(screw.thread) * scale, &tone);
    if screw.head == Head::Carriage {
        canvas.rect((neck, y - diameter / 2.0), (diameter * 0.55, diameter), 0.0, tone.base);
        canvas.hairline((neck, y - diameter / 2.0), (neck + diameter * 0.55, y + diameter / 2.0), SOFT, 1.0);
    }
    head_side(canvas, screw, (place.left, neck), y, head_width * scale, &tone);
    head_face(canvas, screw, place.eye, head_width * scale, &tone);
    let bottom = y + (head_width * scale * 0.58).max(diameter / 2.0);
    let first = if is_sunk || is_headless { place.left } else { neck };
    canvas.span(first, tip, y + diameter / 2.0 + 5.0, bottom + 22.0, &label(screw.length));
    let name = label(screw.thread);
    if !name.is_empty() {
        canvas.rise(y - diameter / 2.0, y + diameter / 2.0, tip + 5.0, tip + 14.0, &format!("M{name}"));
    }
}

/// Coarse pitch as a share of the diameter.
fn pitch(thread: Length) -> f64 {
    mm(thread) * if thread < 600 { 0.18 } else { 0.15 }
}

fn head_side(canvas: &mut Canvas, screw: &Screw, (left, right): Point, y: f64, width: f64, tone: &Tone) {
    let (tall, long) = (width / 2.0, right - left);
    match screw.head {
        Head::Headless => {}
        Head::Hexagon => hexagon_side(canvas, (left, y), (long, width), true, tone),
        Head::Flange => {
            let flange = long * 0.28;
            hexagon_side(canvas, (left, y), (long - flange, width * 0.86), true, tone);
            canvas.bar((right - flange, y - tall * 1.28), (flange, tall * 2.56), 2.0, tone);
        }
        Head::Cylinder => {
            canvas.bar((left, y - tall), (long, width), 3.0, tone);
            if screw.drive == Drive::Hexagon && long > 16.0 {
                // Knurling.
                let mut line = y - tall + 5.0;
                while line < y + tall - 3.0 {
                    canvas.hairline((left + 5.0, line), (right - 4.0, line), SOFT, 0.8);
                    line += 5.0;
                }
            }
        }
        Head::Pan => {
            let shape = Trace::from((right, y - tall))
                .to((left + long * 0.55, y - tall))
                .bend((left, y - tall * 0.75), (left, y))
                .bend((left, y + tall * 0.75), (left + long * 0.55, y + tall))
                .to((right, y + tall));
            canvas.path(&shape.closed(), tone.base);
            canvas.tint((left + long * 0.4, y + tall * 0.5), (long * 0.55, tall * 0.45), tone.shade);
        }
        Head::Button | Head::Carriage => {
            let shape = Trace::from((right, y - tall))
                .curve((left + long * 0.3, y - tall * 0.9), (left, y - tall * 0.4), (left, y))
                .curve((left, y + tall * 0.4), (left + long * 0.3, y + tall * 0.9), (right, y + tall));
            canvas.path(&shape.closed(), tone.base);
            let shade = Trace::from((right - 1.0, y + tall * 0.9))
                .curve(
                    (left + long * 0.4, y + tall * 0.8),
                    (left + long * 0.2, y + tall * 0.4),
                    (left + long * 0.2, y + tall * 0.3),
                )
                .bend((left + long * 0.5, y + tall * 0.6), (right - 1.0, y + tall * 0.55));
            canvas.patch(&shade.closed(), tone.shade);
        }
        Head::Countersunk => {
            let neck = mm(screw.thread) / mm(screw.head_width).max(0.01) * tall;
            let neck = neck.clamp(tall * 0.2, tall * 0.95);
            let rim = long * 0.1;
            let points = [
                (left, y - tall),
                (left + rim, y - tall),
                (right, y - neck),
                (right, y + neck),
                (left + rim, y + tall),
                (left, y + tall),
            ];
            canvas.polygon(&points, tone.base);
            let shade = [
                (left + rim, y + tall - 2.0),
                (right - 1.0, y + neck - 1.0),
                (right - 1.0, y + neck * 0.4),
                (left + 1.0, y + tall * 0.45),
            ];
            let shade = Trace::from(shade[0]).to(shade[1]).to(shade[2]).to(shade[3]);
            canvas.patch(&shade.closed(), tone.shade);
        }
    }
}

/// A hexagonal prism from the side, its axis horizontal: three faces, chamfered at the left if wanted.
fn hexagon_side(canvas: &mut Canvas, (left, y): Point, (long, across_flats): Point, is_chamfered: bool, tone: &Tone) {
    let tall = across_flats * 0.577_35;
    let cut = if is_chamfered { (long * 0.22).min(tall * 0.2) } else { 0.0 };
    let right = left + long;
    let outline = [
        (right, y - tall),
        (left + cut, y - tall),
        (left, y - tall * 0.75),
        (left, y + tall * 0.75),
        (left + cut, y + tall),
        (right, y + tall),
    ];
    canvas.polygon(&outline, tone.base);
    canvas.tint((left + cut * 0.5 + 1.0, y - tall * 0.5), (long - cut * 0.5 - 2.0, tall), tone.light);
    canvas.tint((left + cut + 1.0, y + tall * 0.5), (long - cut - 2.0, tall * 0.5 - 2.0), tone.shade);
    for side in [-0.5, 0.5] {
        canvas.hairline((left + cut * 0.5, y + tall * side), (right, y + tall * side), INK, 1.4);
    }
}

fn head_face(canvas: &mut Canvas, screw: &Screw, centre: Point, width: f64, tone: &Tone) {
    let radius = width / 2.0;
    match screw.head {
        Head::Hexagon => {
            canvas.polygon(&hexagon(centre, width), tone.base);
            canvas.circle(centre, radius * 0.93, tone.light);
        }
        Head::Flange => {
            canvas.circle(centre, radius * 1.28, tone.base);
            canvas.polygon(&hexagon(centre, width * 0.86), tone.light);
        }
        _ => {
            canvas.circle(centre, radius, tone.base);
            let inner = if screw.head == Head::Headless { 0.86 } else { 0.8 };
            canvas.disc(centre, radius * inner, tone.light);
        }
    }
    drive(canvas, screw.drive, centre, radius, screw.head);
}

fn drive(canvas: &mut Canvas, drive: Drive, centre: Point, radius: f64, head: Head) {
    let (x, y) = centre;
    match drive {
        Drive::None => {}
        Drive::Hexagon => {
            let share = if head == Head::Headless { 0.62 } else { 0.52 };
            canvas.polygon(&hexagon(centre, radius * 2.0 * share), DEEP);
        }
        Drive::Lobed => {
            let lobes = (0..6).map(|lobe| {
                let (sin, cos) = (f64::from(lobe) * std::f64::consts::FRAC_PI_3).sin_cos();
                (x + cos * radius * 0.42, y + sin * radius * 0.42)
            });
            let lobes: Vec<Point> = lobes.collect();
            canvas.circle(centre, radius * 0.42, DEEP);
            for lobe in lobes {
                canvas.disc(lobe, radius * 0.14, DEEP);
            }
        }
        Drive::Cross => {
            let (long, wide) = (radius * 0.55, radius * 0.13);
            canvas.rect((x - long, y - wide), (long * 2.0, wide * 2.0), 1.0, DEEP);
            canvas.rect((x - wide, y - long), (wide * 2.0, long * 2.0), 1.0, DEEP);
            canvas.tint((x - wide, y - wide), (wide * 2.0, wide * 2.0), DEEP);
        }
        Drive::Slot => canvas.rect((x - radius * 0.96, y - radius * 0.13), (radius * 1.92, radius * 0.26), 0.0, DEEP),
    }
}

/// A nut: from above at the left, from the side at the right.
pub fn nut(canvas: &mut Canvas, nut: &Nut) {
    let tone = metal(nut.metal);
    let thread_mm = mm(nut.thread);
    let width = mm(nut.across_flats).clamp(thread_mm * 1.2, thread_mm * 6.0);
    let height = mm(nut.height).clamp(thread_mm * 0.15, width * 1.5);
    if nut.form == NutForm::Wing {
        return wing_nut(canvas, nut, &tone);
    }
    let spread = if nut.form == NutForm::Flange { 1.32 } else { 1.0 };
    let scale = (148.0 / (width * 1.155 * spread)).min(110.0 / height);
    let (flats, bore, tall) = (width * scale, thread_mm * scale, height * scale);
    let (y, gap) = (HEIGHT / 2.0 - 16.0, 44.0);
    let eye_width = flats * 1.155 * spread;
    let left = (WIDTH - eye_width - gap - tall - 40.0) / 2.0;
    let centre = (left + eye_width / 2.0, y);
    if nut.form == NutForm::Flange {
        canvas.circle(centre, eye_width / 2.0, tone.base);
    }
    canvas.polygon(&hexagon(centre, flats), if spread > 1.0 { tone.light } else { tone.base });
    if nut.form == NutForm::Cap {
        canvas.circle(centre, flats * 0.46, tone.light);
        canvas.circle(centre, flats * 0.24, tone.base);
    } else {
        canvas.circle(centre, flats * 0.465, tone.light);
        if nut.form == NutForm::Locking {
            canvas.circle(centre, bore * 0.66, "#3fa9b0");
        }
        canvas.circle(centre, bore / 2.0, PAPER);
        canvas.ring(centre, bore * 0.43, SOFT, 1.0);
    }
    let side = left + eye_width + gap;
    match nut.form {
        NutForm::Flange => {
            let flange = tall * 0.22;
            hexagon_side(canvas, (side, y), (tall - flange, flats), true, &tone);
            canvas.bar((side + tall - flange, y - eye_width / 2.0), (flange, eye_width), 2.0, &tone);
        }
        NutForm::Cap => {
            let dome = Trace::from((side + tall * 0.55, y - flats * 0.44))
                .curve((side, y - flats * 0.42), (side, y - flats * 0.2), (side, y))
                .curve((side, y + flats * 0.2), (side, y + flats * 0.42), (side + tall * 0.55, y + flats * 0.44));
            canvas.path(&dome.closed(), tone.light);
            hexagon_side(canvas, (side + tall * 0.5, y), (tall * 0.5, flats), false, &tone);
        }
        NutForm::Locking => {
            canvas.bar((side, y - flats * 0.4), (tall * 0.3, flats * 0.8), 3.0, &tone);
            hexagon_side(canvas, (side + tall * 0.25, y), (tall * 0.75, flats), true, &tone);
        }
        _ => hexagon_side(canvas, (side, y), (tall, flats), true, &tone),
    }
    let bottom = y + eye_width.max(flats * 1.155) / 2.0;
    canvas.span(side, side + tall, y + flats * 0.6, bottom + 18.0, &label(nut.height));
    let name = label(nut.thread);
    if !name.is_empty() {
        canvas.text((centre.0, bottom + 36.0), &format!("M{name}"));
    }
}

fn wing_nut(canvas: &mut Canvas, nut: &Nut, tone: &Tone) {
    let (x, y, scale) = (WIDTH / 2.0, 176.0, 4.6);
    for side in [-1.0, 1.0] {
        let wing = Trace::from((x + side * 6.0 * scale, y + 2.0 * scale))
            .curve(
                (x + side * 12.0 * scale, y),
                (x + side * 13.0 * scale, y - 22.0 * scale),
                (x + side * 21.0 * scale, y - 24.0 * scale),
            )
            .curve(
                (x + side * 29.0 * scale, y - 26.0 * scale),
                (x + side * 30.0 * scale, y - 14.0 * scale),
                (x + side * 24.0 * scale, y - 6.0 * scale),
            )
            .curve(
                (x + side * 19.0 * scale, y + 4.0 * scale),
                (x + side * 14.0 * scale, y + 10.0 * scale),
                (x + side * 7.0 * scale, y + 12.0 * scale),
            );
        canvas.path(&wing.closed(), if side < 0.0 { tone.light } else { tone.base });
    }
    canvas.polygon(
        &[
            (x - 7.0 * scale, y - 8.0 * scale),
            (x + 7.0 * scale, y - 8.0 * scale),
            (x + 10.0 * scale, y + 14.0 * scale),
            (x - 10.0 * scale, y + 14.0 * scale),
        ],
        tone.base,
    );
    canvas.tint((x - 5.0 * scale, y - 6.0 * scale), (3.0 * scale, 19.0 * scale), tone.light);
    canvas.span(x - 28.0 * scale, x + 28.0 * scale, y - 4.0 * scale, y + 17.0 * scale, &label(nut.across_flats));
    let name = label(nut.thread);
    if !name.is_empty() {
        canvas.text((x, y - 12.0 * scale), &format!("M{name}"));
    }
}

/// A washer: from above at the left, in section at the right.
pub fn washer(canvas: &mut Canvas, washer: &Washer) {
    let tone = metal(washer.metal);
    let outer = mm(washer.outer);
    let inner = mm(washer.inner).min(outer * 0.92);
    let scale = 178.0 / outer;
    let (radius, hole) = (outer * scale / 2.0, inner * scale / 2.0);
    let thick = (mm(washer.thickness) * scale).clamp(5.0, 60.0);
    let y = HEIGHT / 2.0 - 20.0;
    let left = (WIDTH - radius * 2.0 - 62.0 - thick - 44.0) / 2.0;
    let centre = (left + radius, y);
    if washer.form == WasherForm::Toothed {
        for tooth in 0..18 {
            let (sin, cos) = (f64::from(tooth) * std::f64::consts::TAU / 18.0).sin_cos();
            let (ahead_sin, ahead_cos) = ((f64::from(tooth) + 0.5) * std::f64::consts::TAU / 18.0).sin_cos();
            let tooth = [
                (centre.0 + cos * radius * 0.84, centre.1 + sin * radius * 0.84),
                (centre.0 + cos * radius, centre.1 + sin * radius),
                (centre.0 + ahead_cos * radius, centre.1 + ahead_sin * radius),
                (centre.0 + ahead_cos * radius * 0.84, centre.1 + ahead_sin * radius * 0.84),
            ];
            canvas.polygon(&tooth, tone.base);
        }
        canvas.circle(centre, radius * 0.84, tone.base);
    } else {
        canvas.circle(centre, radius, tone.base);
    }
    canvas.ring(centre, (radius * 0.9 + hole) / 2.0, tone.light, (radius - hole) * 0.36);
    canvas.circle(centre, hole, PAPER);
    if washer.form == WasherForm::Spring {
        let (gap, x) = (radius * 0.07, centre.0);
        let cut = [
            (x - gap * 2.2, y - radius - 3.0),
            (x + gap * 0.4, y - radius - 3.0),
            (x + gap * 2.2, y - hole + 2.0),
            (x - gap * 0.4, y - hole + 2.0),
        ];
        canvas.patch(&Trace::from(cut[0]).to(cut[1]).to(cut[2]).to(cut[3]).closed(), PAPER);
        canvas.line((cut[0].0, cut[0].1 + 4.0), cut[3]);
        canvas.line((cut[1].0, cut[1].1 + 4.0), cut[2]);
    }
    let side = left + radius * 2.0 + 62.0;
    for (top, tall) in [(y - radius, radius - hole), (y + hole, radius - hole)] {
        canvas.rect((side, top), (thick, tall), 1.5, tone.light);
        canvas.hatch((side, top), (thick, tall));
    }
    canvas.line((side, y - hole), (side, y + hole));
    canvas.line((side + thick, y - hole), (side + thick, y + hole));
    canvas.rise(y - radius, y + radius, side + thick + 5.0, side + thick + 14.0, &label(washer.outer));
    canvas.span(centre.0 - hole, centre.0 + hole, y + hole * 0.2, y + radius + 20.0, &label(washer.inner));
}

/// A threaded rod, broken because it is long.
pub fn rod(canvas: &mut Canvas, size: (Length, Length), material: Metal) {
    let tone = metal(material);
    let (y, diameter) = (HEIGHT / 2.0 - 14.0, mm(size.0).clamp(3.0, 42.0).sqrt() * 11.0);
    let step = (diameter * 0.16).max(5.0);
    thread(canvas, (26.0, 196.0), y, diameter, step, &tone);
    thread(canvas, (212.0, 344.0), y, diameter, step, &tone);
    let (top, bottom) = (y - diameter / 2.0 - 4.0, y + diameter / 2.0 + 4.0);
    let gap = |x: f64| Trace::from((x + 6.0, top)).curve((x - 8.0, y - 12.0), (x + 16.0, y + 12.0), (x, bottom));
    let paper = Trace::from((190.0 + 6.0, top))
        .curve((190.0 - 8.0, y - 12.0), (190.0 + 16.0, y + 12.0), (190.0, bottom))
        .to((208.0, bottom))
        .curve((208.0 + 16.0, y + 12.0), (208.0 - 8.0, y - 12.0), (214.0, top));
    canvas.patch(&paper.closed(), "#ffffff");
    canvas.path(&gap(190.0).open(), "none");
    canvas.path(&gap(208.0).open(), "none");
    canvas.span(26.0, 344.0, bottom + 2.0, bottom + 26.0, &label(size.1));
    let name = label(size.0);
    if !name.is_empty() {
        canvas.rise(y - diameter / 2.0, y + diameter / 2.0, 348.0, 356.0, &format!("M{name}"));
    }
}

/// A blind rivet with its mandrel, point up to the right.
pub fn rivet(canvas: &mut Canvas, size: (Length, Length), head: Length, material: Metal) {
    let tone = metal(material);
    let pin = metal(Metal::Zinc);
    let (diameter, length) = (mm(size.0), mm(size.1).clamp(mm(size.0) * 0.4, mm(size.0) * 6.0));
    let scale = (264.0 / (length + diameter * 4.2)).min(170.0 / mm(head).max(diameter * 1.2).min(diameter * 4.0));
    let (wide, long) = (diameter * scale, length * scale);
    let flange = (mm(head).clamp(diameter * 1.2, diameter * 4.0)) * scale;
    let (y, rim) = (HEIGHT / 2.0 - 16.0, (wide * 0.22).max(4.0));
    let stem = wide * 3.4;
    let left = (WIDTH - 46.0 - stem - rim - long - wide * 0.7) / 2.0;
    let neck = left + stem;
    canvas.bar((left, y - wide * 0.27), (stem, wide * 0.54), 3.0, &pin);
    let cap = neck + rim + long;
    canvas.bar((cap - 2.0, y - wide * 0.42), (wide * 0.7, wide * 0.84), wide * 0.36, &pin);
    canvas.bar((neck + rim, y - wide / 2.0), (long, wide), 1.0, &tone);
    let shape = Trace::from((neck + rim, y - flange / 2.0))
        .bend((neck, y - flange * 0.42), (neck, y - wide * 0.4))
        .to((neck, y + wide * 0.4))
        .bend((neck, y + flange * 0.42), (neck + rim, y + flange / 2.0));
    canvas.path(&shape.closed(), tone.light);
    canvas.span(neck + rim, cap, y + wide / 2.0 + 4.0, y + flange / 2.0 + 22.0, &label(size.1));
    canvas.rise(y - wide / 2.0, y + wide / 2.0, cap + wide * 0.7 + 5.0, cap + wide * 0.7 + 14.0, &label(size.0));
}
