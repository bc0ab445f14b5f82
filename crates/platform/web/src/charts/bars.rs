//! Horizontal bars in groups.

use super::scale::Scale;
use super::svg::{Anchor, Picture};
use super::{Chart, Frame, Tone};

const WIDTH: i64 = 640;
/// Room for the first label of the axis.
const LEFT: i64 = 24;
/// So many characters of the first label fit there when it stands in the middle of its place.
const FIRST_MAX: usize = 7;
/// Room for the values behind the bars.
const VALUES: i64 = 120;
const LABEL: i64 = 20;
const BAR: i64 = 14;
const GAP: i64 = 12;
const AXIS: i64 = 22;

/// A bar.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    /// How long.
    pub value: i64,
    /// Where the value may truly lie; drawn as a whisker.
    pub interval: Option<(i64, i64)>,
    /// The value in words, behind the bar.
    pub text: String,
    /// Its colour.
    pub tone: Tone,
    /// Where it leads; empty for nowhere.
    pub href: String,
}

impl Bar {
    /// A bar without interval and link.
    pub fn new(value: i64, text: String, tone: Tone) -> Self {
        Self { value, interval: None, text, tone, href: String::new() }
    }
}

/// Bars under one label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they are about.
    pub label: String,
    /// At least one.
    pub bars: Vec<Bar>,
}

/// Bars from zero, one group below the other; the label stands above its bars, so that it may be long.
pub fn bars(frame: &Frame<'_>, groups: &[Group]) -> Chart {
    let all = || groups.iter().flat_map(|group| &group.bars);
    let ends = |bar: &Bar| [Some(bar.value), bar.interval.map(|i| i.0), bar.interval.map(|i| i.1)];
    let values = all().flat_map(ends).flatten().chain([0]);
    let scale = Scale::holding(values, LEFT, WIDTH - VALUES);
    let rows: i64 = groups.iter().map(|group| LABEL + BAR * count(&group.bars) + GAP).sum();
    let mut picture = Picture::new(frame, WIDTH, rows + AXIS, all().any(|bar| !bar.href.is_empty()));
    for tick in &scale.ticks {
        let (x, text) = (scale.place(*tick), (frame.label)(*tick));
        picture.line("grid", (x, 0), (x, rows));
        // A long first label would stand out of the picture.
        let is_cut = x == LEFT && text.chars().count() > FIRST_MAX;
        let (at, anchor) = if is_cut { (0, Anchor::Start) } else { (x, Anchor::Middle) };
        picture.text((at, rows + 15), anchor, "", &text);
    }
    let mut y = 0;
    for group in groups {
        picture.text((LEFT, y + 14), Anchor::Start, "label", &group.label);
        y += LABEL;
        for bar in &group.bars {
            row(&mut picture, &scale, group, bar, y);
            y += BAR;
        }
        y += GAP;
    }
    picture.line("axis", (scale.zero(), 0), (scale.zero(), rows));
    picture.done()
}

fn count(bars: &[Bar]) -> i64 {
    i64::try_from(bars.len()).unwrap_or(0)
}

fn row(picture: &mut Picture, scale: &Scale, group: &Group, bar: &Bar, y: i64) {
    let end = scale.place(bar.value);
    let class = format!("bar {}", bar.tone.class());
    let draw = |picture: &mut Picture| picture.rect(&class, (scale.zero(), y + 1), (end, y + BAR - 1));
    if bar.href.is_empty() {
        draw(picture);
    } else {
        picture.link(&bar.href, &format!("{}: {}", group.label, bar.text), draw);
    }
    let mut right = end.max(scale.zero());
    if let Some((low, high)) = bar.interval {
        let (low, high, middle) = (scale.place(low), scale.place(high), y + BAR / 2);
        picture.line("range", (low, middle), (high, middle));
        picture.line("range", (low, y + 3), (low, y + BAR - 3));
        picture.line("range", (high, y + 3), (high, y + BAR - 3));
        right = right.max(high);
    }
    picture.text((right + 6, y + BAR - 3), Anchor::Start, "value", &bar.text);
}
