//! The sheet: lines, shapes, dimension lines, and the way from millimetres to the frame.

use std::fmt::Write;

use crate::palette::{ACCENT, INK, Tone};
use crate::spec::Length;

/// Width of the frame.
pub const WIDTH: f64 = 400.0;
/// Height of the frame.
pub const HEIGHT: f64 = 300.0;

/// A point of the frame.
pub type Point = (f64, f64);

/// A picture in the making.
#[derive(Debug, Default)]
pub struct Canvas {
    body: String,
}

/// A length of the spec in millimetres, bent into what can be drawn.
pub fn mm(length: Length) -> f64 {
    // At most 100 m, so it is exact as a float.
    length.clamp(1, 10_000_000) as f64 / 100.0
}

/// A length as people write it: `8`, `2.5`, `1.78`; nothing for what cannot be.
pub fn label(length: Length) -> String {
    match (length / 100, length % 100) {
        _ if !(1..=10_000_000).contains(&length) => String::new(),
        (whole, 0) => whole.to_string(),
        (whole, rest) if rest % 10 == 0 => format!("{whole}.{}", rest / 10),
        (whole, rest) => format!("{whole}.{rest:02}"),
    }
}

/// A coordinate with at most one decimal.
fn n(value: f64) -> String {
    let value = if value.is_finite() { value.clamp(-2_000.0, 2_000.0) } else { 0.0 };
    let text = format!("{value:.1}");
    match text.strip_suffix(".0") {
        Some("-0") => "0".into(),
        Some(whole) => whole.into(),
        None => text,
    }
}

/// Text that is safe between tags and in quotes, cut to what fits, without control characters.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_control()).take(28) {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Not allowed in XML at all.
            '\u{fffe}' | '\u{ffff}' => {}
            other => out.push(other),
        }
    }
    out
}

impl Canvas {
    /// The whole document.
    pub fn finish(self) -> String {
        format!(
            concat!(
                r#"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 300" width="400" height="300">"#,
                r#"<g fill="none" stroke="{}" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">"#,
                "{}</g></svg>"
            ),
            INK, self.body
        )
    }

    fn add(&mut self, arguments: std::fmt::Arguments<'_>) {
        self.body.write_fmt(arguments).expect("writing to memory does not fail");
    }

    /// A filled and outlined rectangle with rounded corners.
    pub fn rect(&mut self, at: Point, size: Point, radius: f64, fill: &str) {
        let (x, y, w, h) = (n(at.0), n(at.1), n(size.0.max(0.5)), n(size.1.max(0.5)));
        let radius = n(radius.min(size.0 / 2.0).min(size.1 / 2.0).max(0.0));
        self.add(format_args!(r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" rx="{radius}" fill="{fill}"/>"#));
    }

    /// A filled rectangle without outline.
    pub fn tint(&mut self, at: Point, size: Point, fill: &str) {
        if size.0 > 0.0 && size.1 > 0.0 {
            let (x, y, w, h) = (n(at.0), n(at.1), n(size.0), n(size.1));
            self.add(format_args!(r#"<rect x="{x}" y="{y}" width="{w}" height="{h}" fill="{fill}" stroke="none"/>"#));
        }
    }

    /// A horizontal cylinder from the side: tone, a light along the top and a shade along the bottom, outline.
    pub fn bar(&mut self, at: Point, size: Point, radius: f64, tone: &Tone) {
        self.rect(at, size, radius, tone.base);
        let inset = if size.0 > 8.0 { 1.0 + radius / 2.0 } else { 1.0 };
        let (x, w) = (at.0 + inset, size.0 - 2.0 * inset);
        self.tint((x, at.1 + size.1 * 0.14), (w, size.1 * 0.2), tone.light);
        self.tint((x, at.1 + size.1 * 0.72), (w, size.1 * 0.28 - 1.0), tone.shade);
    }

    /// A vertical cylinder from the side.
    pub fn post(&mut self, at: Point, size: Point, radius: f64, tone: &Tone) {
        self.rect(at, size, radius, tone.base);
        let inset = if size.1 > 8.0 { 1.0 + radius / 2.0 } else { 1.0 };
        let (y, h) = (at.1 + inset, size.1 - 2.0 * inset);
        self.tint((at.0 + size.0 * 0.14, y), (size.0 * 0.2, h), tone.light);
        self.tint((at.0 + size.0 * 0.72, y), (size.0 * 0.28 - 1.0, h), tone.shade);
    }

    /// A circle.
    pub fn circle(&mut self, centre: Point, radius: f64, fill: &str) {
        let (x, y, r) = (n(centre.0), n(centre.1), n(radius.max(0.5)));
        self.add(format_args!(r#"<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}"/>"#));
    }

    /// A circle without outline.
    pub fn disc(&mut self, centre: Point, radius: f64, fill: &str) {
        let (x, y, r) = (n(centre.0), n(centre.1), n(radius.max(0.5)));
        self.add(format_args!(r#"<circle cx="{x}" cy="{y}" r="{r}" fill="{fill}" stroke="none"/>"#));
    }

    /// A circle drawn as a line of its own colour and width.
    pub fn ring(&mut self, centre: Point, radius: f64, colour: &str, width: f64) {
        let (x, y, r, w) = (n(centre.0), n(centre.1), n(radius.max(0.5)), n(width));
        self.add(format_args!(r#"<circle cx="{x}" cy="{y}" r="{r}" stroke="{colour}" stroke-width="{w}"/>"#));
    }

    /// A closed shape through points.
    pub fn polygon(&mut self, points: &[Point], fill: &str) {
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect();
        self.add(format_args!(r#"<polygon points="{}" fill="{fill}"/>"#, points.join(" ")));
    }

    /// A path as it stands; only for constants of this crate.
    pub fn path(&mut self, data: &str, fill: &str) {
        self.add(format_args!(r#"<path d="{data}" fill="{fill}"/>"#));
    }

    /// A path without outline.
    pub fn patch(&mut self, data: &str, fill: &str) {
        self.add(format_args!(r#"<path d="{data}" fill="{fill}" stroke="none"/>"#));
    }

    /// A path as a line of its own colour and width, with square ends.
    pub fn stroke(&mut self, data: &str, colour: &str, width: f64) {
        let width = n(width.max(0.5));
        self.add(format_args!(r#"<path d="{data}" stroke="{colour}" stroke-width="{width}" stroke-linecap="butt"/>"#));
    }

    /// A tube along a path: outline, tone and a light off its middle.
    pub fn tube(&mut self, data: &str, width: f64, tone: &Tone) {
        self.stroke(data, INK, width + 4.0);
        self.stroke(data, tone.shade, width);
        self.stroke(data, tone.base, width * 0.72);
        self.stroke(data, tone.light, width * 0.3);
    }

    /// A straight piece of tube at any angle, outlined all round.
    pub fn block(&mut self, from: Point, to: Point, width: f64, tone: &Tone) {
        let (dx, dy) = (to.0 - from.0, to.1 - from.1);
        let long = dx.hypot(dy).max(0.1);
        let corner = |at: Point, share: f64| (at.0 - dy / long * width * share, at.1 + dx / long * width * share);
        self.polygon(&[corner(from, -0.5), corner(to, -0.5), corner(to, 0.5), corner(from, 0.5)], tone.base);
        let strip = |low: f64, high: f64| {
            let start = Trace::from(corner(from, low)).to(corner(to, low)).to(corner(to, high)).to(corner(from, high));
            start.closed()
        };
        self.patch(&strip(-0.36, -0.16), tone.light);
        self.patch(&strip(0.2, 0.47), tone.shade);
    }

    /// What follows is drawn larger around a point, with lines of the same weight.
    pub fn zoom(&mut self, scale: f64, around: Point, draw: impl FnOnce(&mut Self)) {
        let (x, y) = (around.0 * (1.0 - scale), around.1 * (1.0 - scale));
        let width = format!("{:.2}", 2.0 / scale);
        self.add(format_args!(
            r#"<g transform="translate({} {}) scale({scale:.2})" stroke-width="{width}">"#,
            n(x),
            n(y)
        ));
        draw(self);
        self.body.push_str("</g>");
    }

    /// A line in ink.
    pub fn line(&mut self, from: Point, to: Point) {
        self.hairline(from, to, INK, 2.0);
    }

    /// A line of its own colour and width.
    pub fn hairline(&mut self, from: Point, to: Point, colour: &str, width: f64) {
        let (x1, y1, x2, y2, w) = (n(from.0), n(from.1), n(to.0), n(to.1), n(width));
        self.add(format_args!(
            r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{colour}" stroke-width="{w}"/>"#
        ));
    }

    /// An axis: dash and dot in the accent.
    pub fn axis(&mut self, from: Point, to: Point) {
        let (x1, y1, x2, y2) = (n(from.0), n(from.1), n(to.0), n(to.1));
        self.add(format_args!(
            r#"<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{ACCENT}" stroke-width="1" stroke-dasharray="9 3 2 3"/>"#
        ));
    }

    /// Small text in the accent, centred on a point.
    pub fn text(&mut self, at: Point, text: &str) {
        self.words(at, text, 15.0, ACCENT);
    }

    /// Text, centred on a point; nothing when it is empty.
    pub fn words(&mut self, at: Point, text: &str, size: f64, colour: &str) {
        let text = escape(text);
        if !text.is_empty() {
            let (x, y, size) = (n(at.0), n(at.1), n(size));
            self.add(format_args!(
                r#"<text x="{x}" y="{y}" fill="{colour}" stroke="none" text-anchor="middle" font-family="Inter, 'Segoe UI', 'Helvetica Neue', Arial, sans-serif" font-size="{size}" font-weight="600">{text}</text>"#
            ));
        }
    }

    /// A dimension line below things, with its value under it; nothing when there is no value.
    pub fn span(&mut self, left: f64, right: f64, from_y: f64, y: f64, value: &str) {
        if value.is_empty() {
            return;
        }
        for x in [left, right] {
            self.hairline((x, from_y), (x, y + 5.0), ACCENT, 1.0);
        }
        self.hairline((left, y), (right, y), ACCENT, 1.2);
        self.arrow((left, y), (1.0, 0.0), right - left);
        self.arrow((right, y), (-1.0, 0.0), right - left);
        self.text(((left + right) / 2.0, y + 18.0), value);
    }

    /// A dimension line right of things, with its value beside it; nothing when there is no value.
    pub fn rise(&mut self, top: f64, bottom: f64, from_x: f64, x: f64, value: &str) {
        if value.is_empty() {
            return;
        }
        for y in [top, bottom] {
            self.hairline((from_x, y), (x + 5.0, y), ACCENT, 1.0);
        }
        self.hairline((x, top), (x, bottom), ACCENT, 1.2);
        self.arrow((x, top), (0.0, 1.0), bottom - top);
        self.arrow((x, bottom), (0.0, -1.0), bottom - top);
        let half = value.chars().count() as f64 * 4.5;
        self.text((x + 9.0 + half, (top + bottom) / 2.0 + 5.0), value);
    }

    /// The head of an arrow at `tip`, its body lying in `direction`; smaller on short lines.
    fn arrow(&mut self, tip: Point, direction: Point, length: f64) {
        let (long, wide) = if length < 24.0 { (length * 0.3, length * 0.1) } else { (8.0, 2.8) };
        let (x, y) = (tip.0 + direction.0 * long, tip.1 + direction.1 * long);
        let side = (direction.1 * wide, direction.0 * wide);
        let points = [tip, (x + side.0, y + side.1), (x - side.0, y - side.1)];
        let points: Vec<String> = points.iter().map(|(x, y)| format!("{},{}", n(*x), n(*y))).collect();
        self.add(format_args!(r#"<polygon points="{}" fill="{ACCENT}" stroke="none"/>"#, points.join(" ")));
    }

    /// Hatching of a cut face.
    pub fn hatch(&mut self, at: Point, size: Point) {
        let step = 7.0;
        let mut offset = step;
        while offset < size.0 + size.1 && offset < 2_000.0 {
            let from = (at.0 + (offset - size.1).max(0.0), at.1 + offset.min(size.1));
            let to = (at.0 + offset.min(size.0), at.1 + (offset - size.0).max(0.0));
            self.hairline(from, to, INK, 0.8);
            offset += step;
        }
    }
}

/// A path from formatted pieces; every number has at most one decimal.
#[derive(Debug, Clone)]
pub struct Trace {
    data: String,
}

impl Trace {
    /// A path that starts at a point.
    pub fn from(at: Point) -> Self {
        Self { data: format!("M{} {}", n(at.0), n(at.1)) }
    }

    /// A straight line.
    #[must_use]
    pub fn to(mut self, at: Point) -> Self {
        let _ = write!(self.data, "L{} {}", n(at.0), n(at.1));
        self
    }

    /// A curve with one control point.
    #[must_use]
    pub fn bend(mut self, control: Point, at: Point) -> Self {
        let _ = write!(self.data, "Q{} {} {} {}", n(control.0), n(control.1), n(at.0), n(at.1));
        self
    }

    /// A curve with two control points.
    #[must_use]
    pub fn curve(mut self, first: Point, second: Point, at: Point) -> Self {
        let _ =
            write!(self.data, "C{} {} {} {} {} {}", n(first.0), n(first.1), n(second.0), n(second.1), n(at.0), n(at.1));
        self
    }

    /// The open path.
    pub fn open(self) -> String {
        self.data
    }

    /// The closed path.
    pub fn closed(self) -> String {
        self.data + "Z"
    }
}

/// The corners of a regular hexagon with horizontal flats, by its width across flats.
pub fn hexagon(centre: Point, across_flats: f64) -> [Point; 6] {
    let (half, corner) = (across_flats / 2.0, across_flats * 0.577_35);
    let (x, y) = centre;
    [
        (x - corner, y),
        (x - corner / 2.0, y - half),
        (x + corner / 2.0, y - half),
        (x + corner, y),
        (x + corner / 2.0, y + half),
        (x - corner / 2.0, y + half),
    ]
}
