//! Points over two number axes.

use super::scale::Scale;
use super::svg::{Anchor, Picture};
use super::{Chart, Frame, Tone};

const WIDTH: i64 = 640;
const HEIGHT: i64 = 320;
const LEFT: i64 = 80;
const RIGHT: i64 = 624;
const TOP: i64 = 24;
const BOTTOM: i64 = 262;

/// The axis from left to right.
#[derive(Clone, Copy)]
pub struct Axis<'a> {
    /// What it counts.
    pub name: &'a str,
    /// Words for a value on it.
    pub label: &'a dyn Fn(i64) -> String,
    /// What the axis upwards counts.
    pub up_name: &'a str,
}

/// A point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// From left to right.
    pub x: i64,
    /// Upwards.
    pub y: i64,
    /// Its colour.
    pub tone: Tone,
    /// What it is.
    pub text: String,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

/// A scatter of points.
pub fn scatter(frame: &Frame<'_>, axis: &Axis<'_>, points: &[Point]) -> Chart {
    let across = Scale::holding(points.iter().map(|point| point.x), LEFT + 10, RIGHT - 10);
    let up = Scale::holding(points.iter().map(|point| point.y), BOTTOM - 8, TOP + 8);
    let mut picture = Picture::new(frame, WIDTH, HEIGHT, points.iter().any(|point| !point.href.is_empty()));
    for tick in &up.ticks {
        let y = up.place(*tick);
        picture.line("grid", (LEFT, y), (RIGHT, y));
        picture.text((LEFT - 8, y + 4), Anchor::End, "", &(frame.label)(*tick));
    }
    for tick in &across.ticks {
        let x = across.place(*tick);
        picture.line("grid", (x, TOP), (x, BOTTOM));
        picture.text((x, BOTTOM + 18), Anchor::Middle, "", &(axis.label)(*tick));
    }
    picture.text((LEFT - 72, 14), Anchor::Start, "name", axis.up_name);
    picture.text((RIGHT, HEIGHT - 8), Anchor::End, "name", axis.name);
    picture.path("axis", &[(LEFT, TOP), (LEFT, BOTTOM), (RIGHT, BOTTOM)], false);
    for point in points {
        let at = (across.place(point.x), up.place(point.y));
        let class = format!("point {}", point.tone.class());
        let draw = |picture: &mut Picture| picture.dot(&class, at, 4, &point.text);
        if point.href.is_empty() {
            draw(&mut picture);
        } else {
            picture.link(&point.href, &point.text, draw);
        }
    }
    picture.done()
}
