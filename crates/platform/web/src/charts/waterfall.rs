//! Sums and the steps between them (Marn and Rosiello 1992).

use super::scale::Scale;
use super::svg::{Anchor, Picture};
use super::{Chart, Frame, Tone};

const WIDTH: i64 = 640;
const HEIGHT: i64 = 280;
const LEFT: i64 = 80;
const RIGHT: i64 = 632;
const TOP: i64 = 22;
const BOTTOM: i64 = 220;

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A level reached, drawn from zero; what follows is counted from here.
    Sum {
        /// What it is.
        label: String,
        /// The level.
        value: i64,
        /// The level in words.
        text: String,
    },
    /// What is taken off (negative) or added, drawn from the level before.
    Change {
        /// What it is.
        label: String,
        /// How much.
        value: i64,
        /// How much in words.
        text: String,
    },
}

impl Step {
    fn parts(&self) -> (&str, &str) {
        match self {
            Self::Sum { label, text, .. } | Self::Change { label, text, .. } => (label, text),
        }
    }
}

/// A waterfall. Columns are placed by what the steps say; a sum that does not fit its steps is drawn where it says.
pub fn waterfall(frame: &Frame<'_>, steps: &[Step]) -> Chart {
    let columns = columns(steps);
    let scale = Scale::holding(columns.iter().flat_map(|(from, to, _)| [*from, *to]).chain([0]), BOTTOM, TOP);
    let mut picture = Picture::new(frame, WIDTH, HEIGHT, false);
    for tick in &scale.ticks {
        let y = scale.place(*tick);
        picture.line("grid", (LEFT, y), (RIGHT, y));
        picture.text((LEFT - 8, y + 4), Anchor::End, "", &(frame.label)(*tick));
    }
    let count = i64::try_from(steps.len()).unwrap_or(1).max(1);
    let room = (RIGHT - LEFT) / count;
    for (index, (step, (from, to, tone))) in (0_i64..).zip(steps.iter().zip(&columns)) {
        let (left, right) = (LEFT + index * room + 4, LEFT + (index + 1) * room - 4);
        let (top, bottom) = (scale.place(*from.max(to)), scale.place(*from.min(to)));
        picture.rect(&format!("bar {}", tone.class()), (left, top), (right, bottom));
        if index + 1 < count {
            let level = scale.place(*to);
            picture.line("joint", (right, level), (right + 8, level));
        }
        let (label, text) = step.parts();
        let middle = (left + right) / 2;
        picture.text((middle, top - 6), Anchor::Middle, "value", text);
        // Neighbours stand on two lines, so that longer words have room.
        picture.text((middle, BOTTOM + 20 + (index % 2) * 18), Anchor::Middle, "label", label);
    }
    picture.line("axis", (LEFT, scale.zero()), (RIGHT, scale.zero()));
    picture.done()
}

/// From, to and colour of each column.
fn columns(steps: &[Step]) -> Vec<(i64, i64, Tone)> {
    let mut level = 0_i64;
    let column = |step: &Step| match step {
        Step::Sum { value, .. } => {
            level = *value;
            (0, *value, if *value < 0 { Tone::Bad } else { Tone::Brand })
        }
        Step::Change { value, .. } => {
            let from = level;
            level = level.saturating_add(*value);
            (from, level, if *value < 0 { Tone::Deal } else { Tone::Good })
        }
    };
    steps.iter().map(column).collect()
}
