//! Lines over evenly spaced places.

use super::scale::Scale;
use super::svg::{Anchor, Picture};
use super::{Chart, Frame, Tone};

const WIDTH: i64 = 640;
const HEIGHT: i64 = 240;
const LEFT: i64 = 72;
const RIGHT: i64 = 624;
const TOP: i64 = 10;
const BOTTOM: i64 = 206;
/// Labels under the axis, at most: more would run into each other.
const LABELS_MAX: usize = 8;

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it is, for tooltips.
    pub name: String,
    /// Its colour.
    pub tone: Tone,
    /// A value for each place; `None` is a gap.
    pub values: Vec<Option<i64>>,
    /// Where the value may truly lie at each place; empty for no band.
    pub band: Vec<Option<(i64, i64)>>,
}

/// Lines over `places` (their labels, in order), with a broken line at `level` when there is something to compare with.
pub fn lines(frame: &Frame<'_>, places: &[String], all: &[Line], level: Option<i64>) -> Chart {
    let of_line = |line: &Line| {
        let values = line.values.iter().flatten().copied();
        values.chain(line.band.iter().flatten().flat_map(|(low, high)| [*low, *high])).collect::<Vec<_>>()
    };
    let scale = Scale::holding(all.iter().flat_map(of_line).chain(level), BOTTOM, TOP);
    let mut picture = Picture::new(frame, WIDTH, HEIGHT, false);
    for tick in &scale.ticks {
        let y = scale.place(*tick);
        picture.line("grid", (LEFT, y), (RIGHT, y));
        picture.text((LEFT - 8, y + 4), Anchor::End, "", &(frame.label)(*tick));
    }
    labels(&mut picture, places);
    if let Some(level) = level {
        picture.line("level", (LEFT, scale.place(level)), (RIGHT, scale.place(level)));
    }
    for line in all {
        band(&mut picture, &scale, line, places.len());
    }
    for line in all {
        curve(&mut picture, &scale, line, places, frame.label);
    }
    picture.line("axis", (LEFT, TOP), (LEFT, BOTTOM));
    picture.done()
}

/// The place of number `index` of `count`, from left to right; a single one stands in the middle.
fn along(index: usize, count: usize) -> i64 {
    let (index, last) = (i64::try_from(index).unwrap_or(0), i64::try_from(count).unwrap_or(1) - 1);
    let room = RIGHT - LEFT - 32;
    if last <= 0 { LEFT + 16 + room / 2 } else { LEFT + 16 + room * index / last }
}

fn labels(picture: &mut Picture, places: &[String]) {
    let every = places.len().div_ceil(LABELS_MAX).max(1);
    for (index, label) in places.iter().enumerate().filter(|(index, _)| index % every == 0) {
        picture.text((along(index, places.len()), BOTTOM + 20), Anchor::Middle, "", label);
    }
}

/// The runs of places that have a value, each with its index.
fn runs<T: Copy>(values: &[Option<T>]) -> Vec<Vec<(usize, T)>> {
    let mut all: Vec<Vec<(usize, T)>> = Vec::new();
    let mut open = false;
    for (index, value) in values.iter().enumerate() {
        match value {
            Some(value) if open => all.last_mut().into_iter().for_each(|run| run.push((index, *value))),
            Some(value) => all.push(vec![(index, *value)]),
            None => {}
        }
        open = value.is_some();
    }
    all
}

fn band(picture: &mut Picture, scale: &Scale, line: &Line, count: usize) {
    let class = format!("band {}", line.tone.class());
    for run in runs(&line.band) {
        let upper = run.iter().map(|(index, (_, high))| (along(*index, count), scale.place(*high)));
        let lower = run.iter().rev().map(|(index, (low, _))| (along(*index, count), scale.place(*low)));
        picture.path(&class, &upper.chain(lower).collect::<Vec<_>>(), true);
    }
}

fn curve(picture: &mut Picture, scale: &Scale, line: &Line, places: &[String], label: &dyn Fn(i64) -> String) {
    let tone = line.tone.class();
    for run in runs(&line.values) {
        let points: Vec<(i64, i64)> =
            run.iter().map(|(index, value)| (along(*index, places.len()), scale.place(*value))).collect();
        picture.path(&format!("line {tone}"), &points, false);
        for ((index, value), at) in run.iter().zip(points) {
            let place = places.get(*index).map_or("", String::as_str);
            picture.dot(&format!("dot {tone}"), at, 3, &format!("{} {place}: {}", line.name, label(*value)));
        }
    }
}
