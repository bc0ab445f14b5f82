//! Pipe fittings.

use crate::canvas::{Canvas, Point, Trace, label, mm};
use crate::palette::{INK, PAPER, Tone, metal};
use crate::spec::{Fitting, FittingForm, Joint, Metal};

const CENTRE: Point = (200.0, 146.0);

/// Which way an end looks.
#[derive(Clone, Copy)]
enum Way {
    Left,
    Right,
    Up,
    Down,
}

/// A fitting with its label.
pub fn fitting(canvas: &mut Canvas, fitting: &Fitting) {
    let tone = metal(fitting.metal);
    if fitting.form == FittingForm::Flange {
        flange(canvas, fitting, &tone);
    } else {
        canvas.zoom(1.28, (200.0, 148.0), |canvas| piece(canvas, fitting, &tone));
    }
    let size = if fitting.label.trim().is_empty() { label(fitting.pipe) } else { fitting.label.clone() };
    let is_bent = matches!(fitting.form, FittingForm::Elbow | FittingForm::Bend);
    canvas.text(if is_bent { (116.0, 268.0) } else { (200.0, 284.0) }, &size);
}

fn piece(canvas: &mut Canvas, fitting: &Fitting, tone: &Tone) {
    let wide = 62.0;
    match fitting.form {
        FittingForm::Elbow => elbow(canvas, fitting.joint, wide, tone),
        FittingForm::Bend => bend(canvas, fitting.joint, wide, tone),
        FittingForm::Tee => {
            run(canvas, (CENTRE.0, CENTRE.1 + 20.0), (Way::Up, 62.0), wide, tone);
            run(canvas, (CENTRE.0 - 96.0, CENTRE.1 + 32.0), (Way::Right, 192.0), wide, tone);
            for (x, way) in [(-96.0, Way::Left), (96.0, Way::Right)] {
                end(canvas, fitting.joint, (CENTRE.0 + x, CENTRE.1 + 32.0), way, wide, tone);
            }
            end(canvas, fitting.joint, (CENTRE.0, CENTRE.1 - 44.0), Way::Up, wide, tone);
        }
        FittingForm::Coupling | FittingForm::Nipple => {
            run(canvas, (CENTRE.0 - 70.0, CENTRE.1), (Way::Right, 140.0), wide, tone);
            if fitting.form == FittingForm::Nipple {
                nut(canvas, (CENTRE.0 - 18.0, CENTRE.1), (36.0, wide * 1.25), tone);
            }
            let joint = if fitting.form == FittingForm::Nipple { None } else { Some(fitting.joint) };
            for (x, way) in [(-70.0, Way::Left), (70.0, Way::Right)] {
                match joint {
                    Some(joint) => end(canvas, joint, (CENTRE.0 + x, CENTRE.1), way, wide, tone),
                    None => male(canvas, (CENTRE.0 + x, CENTRE.1), way, wide, tone),
                }
            }
        }
        FittingForm::Reducer => reducer(canvas, fitting, wide, tone),
        FittingForm::Union => {
            run(canvas, (CENTRE.0 - 84.0, CENTRE.1), (Way::Right, 168.0), wide * 0.92, tone);
            nut(canvas, (CENTRE.0 - 30.0, CENTRE.1), (60.0, wide * 1.75), tone);
            end(canvas, fitting.joint, (CENTRE.0 - 84.0, CENTRE.1), Way::Left, wide, tone);
            male(canvas, (CENTRE.0 + 84.0, CENTRE.1), Way::Right, wide * 0.92, tone);
        }
        FittingForm::Cap => {
            let (left, right, half) = (CENTRE.0 - 52.0, CENTRE.0 + 40.0, wide * 0.56);
            let dome = Trace::from((left, CENTRE.1 - half))
                .to((right, CENTRE.1 - half))
                .curve((right + 44.0, CENTRE.1 - half), (right + 44.0, CENTRE.1 + half), (right, CENTRE.1 + half))
                .to((left, CENTRE.1 + half));
            canvas.path(&dome.closed(), tone.base);
            canvas.tint((left + 1.0, CENTRE.1 - half * 0.7), (right - left, half * 0.36), tone.light);
            canvas.tint((left + 1.0, CENTRE.1 + half * 0.5), (right - left, half * 0.46), tone.shade);
            end(canvas, fitting.joint, (left, CENTRE.1), Way::Left, wide, tone);
        }
        FittingForm::Flange => {}
    }
}

/// A straight piece of body.
fn run(canvas: &mut Canvas, at: Point, (way, long): (Way, f64), wide: f64, tone: &Tone) {
    match way {
        Way::Left | Way::Right => canvas.bar((at.0, at.1 - wide / 2.0), (long, wide), 0.0, tone),
        Way::Up | Way::Down => canvas.post((at.0 - wide / 2.0, at.1 - long), (wide, long), 0.0, tone),
    }
}

/// A hexagonal nut across a horizontal pipe.
fn nut(canvas: &mut Canvas, at: Point, (long, tall): Point, tone: &Tone) {
    canvas.bar((at.0, at.1 - tall / 2.0), (long, tall), 5.0, tone);
    for line in [-0.25, 0.25] {
        canvas.hairline((at.0 + 1.0, at.1 + tall * line), (at.0 + long - 1.0, at.1 + tall * line), INK, 1.4);
    }
}

/// A bar or a post across the axis, `inside` (may be negative) before the edge, `long` along the axis.
fn across(canvas: &mut Canvas, at: Point, way: Way, (inside, long, tall, radius): (f64, f64, f64, f64), tone: &Tone) {
    match way {
        Way::Left => canvas.bar((at.0 + inside, at.1 - tall / 2.0), (long, tall), radius, tone),
        Way::Right => canvas.bar((at.0 - inside - long, at.1 - tall / 2.0), (long, tall), radius, tone),
        Way::Up => canvas.post((at.0 - tall / 2.0, at.1 + inside), (tall, long), radius, tone),
        Way::Down => canvas.post((at.0 - tall / 2.0, at.1 - inside - long), (tall, long), radius, tone),
    }
}

/// Two lines along the axis that make a nut out of a bar.
fn faces(canvas: &mut Canvas, at: Point, way: Way, (inside, long, tall): (f64, f64, f64)) {
    for line in [-0.25, 0.25] {
        let (from, to) = match way {
            Way::Left => ((at.0 + inside, at.1 + tall * line), (at.0 + inside + long, at.1 + tall * line)),
            Way::Right => ((at.0 - inside - long, at.1 + tall * line), (at.0 - inside, at.1 + tall * line)),
            Way::Up => ((at.0 + tall * line, at.1 + inside), (at.0 + tall * line, at.1 + inside + long)),
            Way::Down => ((at.0 + tall * line, at.1 - inside - long), (at.0 + tall * line, at.1 - inside)),
        };
        canvas.hairline(from, to, INK, 1.4);
    }
}

/// What an end looks like, by its joint.
fn end(canvas: &mut Canvas, joint: Joint, at: Point, way: Way, wide: f64, tone: &Tone) {
    match joint {
        Joint::Thread => across(canvas, at, way, (-6.0, 26.0, wide * 1.26, 4.0), tone),
        Joint::Press => {
            across(canvas, at, way, (-22.0, 40.0, wide * 1.08, 2.0), tone);
            across(canvas, at, way, (-22.0, 15.0, wide * 1.28, 7.5), tone);
        }
        Joint::Compression => {
            across(canvas, at, way, (-24.0, 44.0, wide * 1.42, 5.0), tone);
            faces(canvas, at, way, (-24.0, 44.0, wide * 1.42));
            across(canvas, at, way, (-38.0, 14.0, wide * 0.66, 1.0), &metal(Metal::Zinc));
        }
        Joint::Flange | Joint::Wafer => across(canvas, at, way, (-4.0, 14.0, wide * 1.9, 2.0), tone),
        Joint::Weld => across(canvas, at, way, (-4.0, 10.0, wide * 0.92, 3.0), tone),
    }
}

/// An outer thread.
fn male(canvas: &mut Canvas, at: Point, way: Way, wide: f64, tone: &Tone) {
    across(canvas, at, way, (0.0, 44.0, wide, 3.0), tone);
    let sign = if matches!(way, Way::Right) { -1.0 } else { 1.0 };
    let mut place = 5.0;
    while place < 42.0 {
        let x = at.0 + sign * place;
        canvas.hairline((x, at.1 - wide / 2.0), (x + 3.0, at.1 + wide / 2.0), INK, 1.2);
        place += 6.5;
    }
}

fn elbow(canvas: &mut Canvas, joint: Joint, wide: f64, tone: &Tone) {
    let (left, down) = ((CENTRE.0 - 74.0, CENTRE.1 - 46.0), (CENTRE.0 + 44.0, CENTRE.1 + 68.0));
    let path = Trace::from(left)
        .to((left.0 + 40.0, left.1))
        .curve((down.0 - 16.0, left.1), (down.0, left.1 + 16.0), (down.0, left.1 + 74.0))
        .to(down);
    canvas.tube(&path.open(), wide, tone);
    end(canvas, joint, left, Way::Left, wide, tone);
    end(canvas, joint, down, Way::Down, wide, tone);
}

fn bend(canvas: &mut Canvas, joint: Joint, wide: f64, tone: &Tone) {
    let left = (CENTRE.0 - 92.0, CENTRE.1 - 26.0);
    let path = Trace::from(left)
        .to((CENTRE.0 - 40.0, left.1))
        .bend((CENTRE.0 + 8.0, left.1), (CENTRE.0 + 42.0, left.1 + 34.0))
        .to((CENTRE.0 + 72.0, left.1 + 64.0));
    canvas.tube(&path.open(), wide, tone);
    let (x, y) = (CENTRE.0 + 66.0, left.1 + 58.0);
    let mut collar = |from: f64, to: f64, width: f64| {
        canvas.block((x + from, y + from), (x + to, y + to), wide * width, tone);
    };
    match joint {
        Joint::Press => {
            collar(-8.0, 20.0, 1.08);
            collar(10.0, 20.0, 1.28);
        }
        _ => collar(-6.0, 14.0, 1.26),
    }
    end(canvas, joint, left, Way::Left, wide, tone);
}

fn reducer(canvas: &mut Canvas, fitting: &Fitting, wide: f64, tone: &Tone) {
    let ratio = (mm(fitting.second) / mm(fitting.pipe)).clamp(0.35, 0.85);
    let (large, small) = (wide * 1.25, wide * 1.25 * ratio);
    let (left, right, y) = (CENTRE.0 - 82.0, CENTRE.0 + 82.0, CENTRE.1);
    canvas.bar((left, y - large / 2.0), (66.0, large), 0.0, tone);
    canvas.bar((CENTRE.0 + 24.0, y - small / 2.0), (58.0, small), 0.0, tone);
    let cone = Trace::from((left + 66.0, y - large / 2.0))
        .curve((CENTRE.0 + 6.0, y - large / 2.0), (CENTRE.0 + 2.0, y - small / 2.0), (CENTRE.0 + 26.0, y - small / 2.0))
        .to((CENTRE.0 + 26.0, y + small / 2.0))
        .curve((CENTRE.0 + 2.0, y + small / 2.0), (CENTRE.0 + 6.0, y + large / 2.0), (left + 66.0, y + large / 2.0));
    canvas.path(&cone.closed(), tone.base);
    end(canvas, fitting.joint, (left, y), Way::Left, large, tone);
    end(canvas, fitting.joint, (right, y), Way::Right, small, tone);
}

/// A weld neck flange: from the front, and from the side.
fn flange(canvas: &mut Canvas, fitting: &Fitting, tone: &Tone) {
    let (centre, radius) = ((142.0, 134.0), 98.0);
    let bore = radius * (mm(fitting.pipe) / mm(fitting.second).max(mm(fitting.pipe) * 1.2)).clamp(0.15, 0.7);
    canvas.circle(centre, radius, tone.base);
    canvas.ring(centre, (radius + bore) / 2.0 + 6.0, tone.light, (radius - bore) * 0.3);
    canvas.circle(centre, bore * 1.16, tone.light);
    canvas.circle(centre, bore, PAPER);
    let hole_circle = (radius * 0.5 + (bore * 1.16 + radius) * 0.25).max(bore * 1.16 + 14.0).min(radius - 14.0);
    let holes = if mm(fitting.second) > 190.0 { 8 } else { 4 };
    for hole in 0..holes {
        let angle = (f64::from(hole) + 0.5) * std::f64::consts::TAU / f64::from(holes);
        let (sin, cos) = angle.sin_cos();
        canvas.circle((centre.0 + cos * hole_circle, centre.1 + sin * hole_circle), 9.0, PAPER);
    }
    let (side, neck) = (284.0, bore * 1.1);
    canvas.bar((side, centre.1 - radius), (22.0, radius * 2.0), 2.0, tone);
    canvas.bar((side - 5.0, centre.1 - radius * 0.62), (5.0, radius * 1.24), 0.0, tone);
    let cone = Trace::from((side + 22.0, centre.1 - neck * 1.3))
        .bend((side + 34.0, centre.1 - neck), (side + 62.0, centre.1 - neck * 0.94))
        .to((side + 62.0, centre.1 + neck * 0.94))
        .bend((side + 34.0, centre.1 + neck), (side + 22.0, centre.1 + neck * 1.3));
    canvas.path(&cone.closed(), tone.base);
    canvas.axis((side - 18.0, centre.1), (side + 76.0, centre.1));
}
