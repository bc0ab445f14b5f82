//! Valves from the side.

use crate::canvas::{Canvas, Point, Trace, hexagon, label, mm};
use crate::palette::{ACCENT, DEEP, GRIP, INK, PAPER, Tone, metal};
use crate::spec::{Joint, Metal, Valve, ValveForm};

/// Height of the pipe's axis.
const AXIS: f64 = 168.0;
const MIDDLE: f64 = 196.0;

/// A valve.
pub fn valve(canvas: &mut Canvas, valve: &Valve) {
    let tone = metal(valve.metal);
    let nominal = f64::from(valve.nominal.clamp(4, 1_000));
    // Longer bodies look longer, within reason; large bores look a little larger.
    let bore = 52.0 + (nominal / 300.0).sqrt().min(1.0) * 22.0;
    let ratio = (mm(valve.length) / nominal).clamp(0.6, 4.2);
    let reach = match valve.joint {
        Joint::Wafer => (bore * ratio.min(1.1) * 0.5).max(20.0),
        _ => (bore * ratio * 0.5).clamp(64.0, 122.0),
    };
    if valve.form == ValveForm::Butterfly {
        butterfly(canvas, &tone);
    } else if valve.form == ValveForm::Check && valve.joint == Joint::Wafer {
        wafer_check(canvas, valve, &tone);
    } else {
        match valve.form {
            ValveForm::Ball => ball(canvas, (reach, bore), &tone),
            ValveForm::Gate => gate(canvas, (reach, bore), true, &tone),
            ValveForm::Globe => gate(canvas, (reach, bore), false, &tone),
            ValveForm::Check => check(canvas, (reach, bore), &tone),
            ValveForm::Strainer | ValveForm::Butterfly => strainer(canvas, (reach, bore), &tone),
        }
        ends(canvas, valve.joint, (reach, bore), &tone);
        canvas.axis((MIDDLE - reach - 26.0, AXIS), (MIDDLE + reach + 26.0, AXIS));
        let below = (AXIS + bore * if valve.form == ValveForm::Strainer { 1.42 } else { 1.08 }).min(266.0);
        canvas.span(MIDDLE - reach, MIDDLE + reach, AXIS + bore * 0.92, below, &label(valve.length));
    }
    if valve.nominal > 0 {
        canvas.text((60.0, 284.0), &format!("DN {}", valve.nominal));
    }
}

/// What joins the body to the pipe, on both sides.
fn ends(canvas: &mut Canvas, joint: Joint, (reach, bore): Point, tone: &Tone) {
    for side in [-1.0, 1.0] {
        let edge = MIDDLE + side * reach;
        let at = |inside: f64, width: f64| if side < 0.0 { edge + inside } else { edge - inside - width };
        match joint {
            Joint::Thread => {
                let (width, tall) = (26.0, bore * 1.12);
                canvas.bar((at(0.0, width), AXIS - tall / 2.0), (width, tall), 3.0, tone);
                for line in [-0.25, 0.25] {
                    canvas.hairline(
                        (at(0.0, width), AXIS + tall * line),
                        (at(0.0, width) + width, AXIS + tall * line),
                        INK,
                        1.3,
                    );
                }
            }
            Joint::Flange | Joint::Wafer => {
                let (width, tall) = (14.0, bore * 1.75);
                canvas.bar((at(0.0, width), AXIS - tall / 2.0), (width, tall), 2.0, tone);
                canvas.bar((at(-3.0, 3.0), AXIS - bore * 0.6), (3.0, bore * 1.2), 0.0, tone);
                if joint == Joint::Flange {
                    for bolt in [-0.68, 0.68] {
                        canvas.bar((at(-5.0, 24.0), AXIS + bore * bolt - 4.0), (24.0, 8.0), 1.0, &metal(Metal::Zinc));
                    }
                }
            }
            Joint::Press => {
                canvas.bar((at(-16.0, 40.0), AXIS - bore * 0.36), (40.0, bore * 0.72), 1.0, tone);
                canvas.bar((at(-16.0, 12.0), AXIS - bore * 0.46), (12.0, bore * 0.92), 6.0, tone);
            }
            Joint::Compression => {
                canvas.bar((at(-8.0, 30.0), AXIS - bore * 0.5), (30.0, bore), 3.0, tone);
            }
            Joint::Weld => {
                let (near, far) = (edge - side * 14.0, edge + side * 10.0);
                let points = [
                    (near, AXIS - bore * 0.4),
                    (far - side * 6.0, AXIS - bore * 0.4),
                    (far, AXIS - bore * 0.3),
                    (far, AXIS + bore * 0.3),
                    (far - side * 6.0, AXIS + bore * 0.4),
                    (near, AXIS + bore * 0.4),
                ];
                canvas.polygon(&points, tone.base);
            }
        }
    }
}

/// The round belly between two narrower necks.
fn belly(canvas: &mut Canvas, (reach, bore): Point, swell: f64, tone: &Tone) {
    let (neck, tall) = (bore * 0.42, bore * swell);
    let (left, right) = (MIDDLE - reach, MIDDLE + reach);
    let wide = (reach - 14.0).min(bore * 0.95);
    let shape = |grow: f64, from: f64| {
        Trace::from((left, AXIS + neck * from))
            .to((MIDDLE - wide, AXIS + neck * from))
            .curve(
                (MIDDLE - wide * 0.7, AXIS + tall * grow),
                (MIDDLE + wide * 0.7, AXIS + tall * grow),
                (MIDDLE + wide, AXIS + neck * from),
            )
            .to((right, AXIS + neck * from))
    };
    let outline = Trace::from((left, AXIS - neck))
        .to((MIDDLE - wide, AXIS - neck))
        .curve((MIDDLE - wide * 0.7, AXIS - tall), (MIDDLE + wide * 0.7, AXIS - tall), (MIDDLE + wide, AXIS - neck))
        .to((right, AXIS - neck))
        .to((right, AXIS + neck))
        .to((MIDDLE + wide, AXIS + neck))
        .curve((MIDDLE + wide * 0.7, AXIS + tall), (MIDDLE - wide * 0.7, AXIS + tall), (MIDDLE - wide, AXIS + neck))
        .to((left, AXIS + neck));
    canvas.path(&outline.closed(), tone.base);
    let lower = shape(0.98, 0.97).to((right, AXIS + neck * 0.5)).to((MIDDLE + wide, AXIS + neck * 0.5)).curve(
        (MIDDLE + wide * 0.6, AXIS + tall * 0.62),
        (MIDDLE - wide * 0.6, AXIS + tall * 0.62),
        (MIDDLE - wide, AXIS + neck * 0.5),
    );
    canvas.patch(&lower.to((left, AXIS + neck * 0.5)).closed(), tone.shade);
    canvas.tint((MIDDLE - wide * 0.8, AXIS - neck * 0.78), (wide * 1.6, neck * 0.34), tone.light);
}

fn ball(canvas: &mut Canvas, (reach, bore): Point, tone: &Tone) {
    let top = AXIS - bore * 0.78;
    let zinc = metal(Metal::Stainless);
    canvas.post((MIDDLE - 15.0, top - 16.0), (30.0, 40.0), 2.0, tone);
    belly(canvas, (reach, bore), 1.06, tone);
    if reach > bore * 0.9 {
        // The bolted middle part of a body of three.
        for side in [-1.0, 1.0] {
            let x = MIDDLE + side * bore * 0.62;
            canvas.bar((x - 5.0, AXIS - bore * 0.72), (10.0, bore * 1.44), 2.0, tone);
        }
        for line in [-0.56, 0.5] {
            canvas.bar((MIDDLE - bore * 0.78, AXIS + bore * line - 3.0), (bore * 1.56, 7.0), 3.0, &zinc);
        }
    }
    canvas.post((MIDDLE - 8.0, top - 34.0), (16.0, 22.0), 2.0, &zinc);
    // The lever: a flat of steel with a coated grip.
    let lever = Trace::from((MIDDLE - 18.0, top - 40.0))
        .to((MIDDLE + 26.0, top - 40.0))
        .bend((MIDDLE + 40.0, top - 40.0), (MIDDLE + 50.0, top - 52.0))
        .bend((MIDDLE + 58.0, top - 62.0), (MIDDLE + 74.0, top - 62.0))
        .to((MIDDLE + 74.0, top - 52.0))
        .bend((MIDDLE + 64.0, top - 52.0), (MIDDLE + 56.0, top - 42.0))
        .bend((MIDDLE + 46.0, top - 30.0), (MIDDLE + 28.0, top - 30.0))
        .to((MIDDLE - 18.0, top - 30.0));
    canvas.path(&lever.closed(), zinc.base);
    canvas.bar((MIDDLE + 66.0, top - 66.0), (92.0, 18.0), 9.0, &GRIP);
    canvas.polygon(&hexagon((MIDDLE, top - 44.0), 13.0), zinc.light);
}

/// A gate or globe valve: a bonnet, a spindle, a hand wheel.
fn gate(canvas: &mut Canvas, (reach, bore): Point, is_gate: bool, tone: &Tone) {
    let zinc = metal(Metal::Stainless);
    let top = AXIS - bore * if is_gate { 1.16 } else { 1.0 };
    let half = bore * if is_gate { 0.36 } else { 0.46 };
    canvas.post((MIDDLE - 5.0, 44.0), (10.0, top - 40.0), 1.0, &zinc);
    let bonnet = Trace::from((MIDDLE - half, AXIS))
        .to((MIDDLE - half, top + 24.0))
        .curve((MIDDLE - half, top + 8.0), (MIDDLE - 14.0, top + 10.0), (MIDDLE - 13.0, top - 8.0))
        .to((MIDDLE + 13.0, top - 8.0))
        .curve((MIDDLE + 14.0, top + 10.0), (MIDDLE + half, top + 8.0), (MIDDLE + half, top + 24.0))
        .to((MIDDLE + half, AXIS));
    canvas.path(&bonnet.closed(), tone.base);
    canvas.tint((MIDDLE - half * 0.72, top + 22.0), (half * 0.36, AXIS - top - 40.0), tone.light);
    belly(canvas, (reach, bore), if is_gate { 0.8 } else { 1.12 }, tone);
    canvas.bar((MIDDLE - half - 11.0, top + 26.0), (half * 2.0 + 22.0, 11.0), 2.0, tone);
    for side in [-1.0, 1.0] {
        canvas.post((MIDDLE + side * (half + 3.0) - 4.0, top + 20.0), (8.0, 24.0), 1.0, &zinc);
    }
    canvas.post((MIDDLE - 16.0, top - 16.0), (32.0, 12.0), 2.0, &zinc);
    // The wheel from the side: rim, and spokes seen through it.
    canvas.bar((MIDDLE - 58.0, 38.0), (116.0, 15.0), 7.5, &GRIP);
    canvas.bar((MIDDLE - 13.0, 32.0), (26.0, 27.0), 4.0, &GRIP);
    canvas.polygon(&hexagon((MIDDLE, 30.0), 12.0), zinc.light);
}

fn check(canvas: &mut Canvas, (reach, bore): Point, tone: &Tone) {
    belly(canvas, (reach, bore), if reach < 50.0 { 0.9 } else { 1.14 }, tone);
    let (cap, wide) = (AXIS - bore * 0.92, bore * 0.46);
    if reach >= 50.0 {
        canvas.bar((MIDDLE - wide, cap), (wide * 2.0, 14.0), 3.0, tone);
        canvas.polygon(&hexagon((MIDDLE, cap - 6.0), 16.0), tone.light);
    }
    // The arrow tells the way.
    let y = AXIS - 3.0;
    let long = (reach * 0.55).min(44.0);
    let arrow = Trace::from((MIDDLE - long, y - 5.0))
        .to((MIDDLE + long * 0.4, y - 5.0))
        .to((MIDDLE + long * 0.4, y - 14.0))
        .to((MIDDLE + long, y))
        .to((MIDDLE + long * 0.4, y + 14.0))
        .to((MIDDLE + long * 0.4, y + 5.0))
        .to((MIDDLE - long, y + 5.0));
    canvas.path(&arrow.closed(), GRIP.base);
}

fn strainer(canvas: &mut Canvas, (reach, bore): Point, tone: &Tone) {
    let leg = Trace::from((MIDDLE - bore * 0.15, AXIS)).to((MIDDLE + bore * 0.72, AXIS + bore * 0.98));
    canvas.tube(&leg.open(), bore * 0.62, tone);
    let cap = ((MIDDLE + bore * 0.66, AXIS + bore * 0.91), (MIDDLE + bore * 0.86, AXIS + bore * 1.13));
    canvas.block(cap.0, cap.1, bore * 0.8, tone);
    belly(canvas, (reach, bore), 0.72, tone);
    let y = AXIS - 2.0;
    canvas.line((MIDDLE - 34.0, y), (MIDDLE + 30.0, y));
    canvas.polygon(&[(MIDDLE + 24.0, y - 8.0), (MIDDLE + 42.0, y), (MIDDLE + 24.0, y + 8.0)], INK);
}

/// From the front: a ring with a sprung plate; and from the side.
fn wafer_check(canvas: &mut Canvas, valve: &Valve, tone: &Tone) {
    let (centre, radius, side) = ((160.0, 134.0), 94.0, 292.0);
    canvas.circle(centre, radius, tone.base);
    canvas.ring(centre, radius * 0.9, tone.light, 7.0);
    canvas.circle(centre, radius * 0.68, DEEP);
    canvas.circle(centre, radius * 0.62, tone.light);
    canvas.ring(centre, radius * 0.4, tone.shade, 6.0);
    for angle in [0.0_f64, 1.0, 2.0] {
        let (sin, cos) = (angle * std::f64::consts::TAU / 3.0 - 0.52).sin_cos();
        let tip = (centre.0 + cos * radius * 0.74, centre.1 + sin * radius * 0.74);
        canvas.block(centre, tip, 12.0, tone);
    }
    canvas.circle(centre, radius * 0.17, tone.base);
    let wide = (mm(valve.length) / f64::from(valve.nominal.max(4)) * radius).clamp(22.0, 66.0);
    canvas.bar((side, centre.1 - radius), (wide, radius * 2.0), 3.0, tone);
    canvas.bar((side - 4.0, centre.1 - radius * 0.7), (4.0, radius * 1.4), 0.0, tone);
    canvas.axis((side - 20.0, centre.1), (side + wide + 16.0, centre.1));
    canvas.span(side, side + wide, centre.1 + radius + 4.0, centre.1 + radius + 18.0, &label(valve.length));
}

/// From the front: a lined ring with a half-open disc, a neck, a lever.
fn butterfly(canvas: &mut Canvas, tone: &Tone) {
    let (centre, radius) = ((180.0, 186.0), 84.0);
    let zinc = metal(Metal::Stainless);
    canvas.post((centre.0 - 13.0, 50.0), (26.0, 70.0), 2.0, tone);
    canvas.bar((centre.0 - 24.0, 42.0), (48.0, 14.0), 3.0, tone);
    for (x, y) in [(-0.78, -0.78), (0.78, -0.78), (-0.78, 0.78), (0.78, 0.78)] {
        canvas.circle((centre.0 + x * radius, centre.1 + y * radius), 19.0, tone.base);
        canvas.circle((centre.0 + x * radius, centre.1 + y * radius), 8.0, PAPER);
    }
    canvas.circle(centre, radius, tone.base);
    canvas.ring(centre, radius * 0.92, tone.light, 5.0);
    canvas.circle(centre, radius * 0.82, DEEP);
    canvas.circle(centre, radius * 0.74, PAPER);
    // The disc stands at an angle, so one sees it as an ellipse.
    let (wide, tall) = (radius * 0.5, radius * 0.73);
    let disc = Trace::from((centre.0, centre.1 - tall))
        .curve(
            (centre.0 + wide * 1.3, centre.1 - tall),
            (centre.0 + wide * 1.3, centre.1 + tall),
            (centre.0, centre.1 + tall),
        )
        .curve(
            (centre.0 - wide * 1.3, centre.1 + tall),
            (centre.0 - wide * 1.3, centre.1 - tall),
            (centre.0, centre.1 - tall),
        );
    canvas.path(&disc.closed(), zinc.base);
    canvas.post((centre.0 - 10.0, centre.1 - tall + 4.0), (20.0, tall * 2.0 - 8.0), 8.0, &zinc);
    canvas.bar((centre.0 - 20.0, 22.0), (92.0, 14.0), 4.0, &zinc);
    canvas.bar((centre.0 + 56.0, 18.0), (108.0, 21.0), 10.0, &GRIP);
    canvas.circle((centre.0, 29.0), 12.0, zinc.light);
    canvas.hairline((centre.0, 56.0), (centre.0, centre.1 + radius + 14.0), ACCENT, 1.0);
}
