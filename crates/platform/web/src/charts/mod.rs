//! Charts as SVG, drawn on the server: pure functions over integers, without script or style in the markup.
//!
//! ```
//! use web::charts::{self, Bar, Frame, Group, Tone};
//! let percent = |tenths: i64| format!("{}.{} %", tenths / 10, tenths % 10);
//! let frame = Frame { id: "margin", title: "Margin", description: "Margin of two policies.", label: &percent };
//! let bar = |value, low, high, tone| Bar { interval: Some((low, high)), ..Bar::new(value, percent(value), tone) };
//! let group = Group { label: "Key accounts".into(), bars: vec![bar(182, 170, 195, Tone::Brand), bar(201, 188, 214, Tone::Deal)] };
//! assert!(charts::bars(&frame, &[group]).to_string().starts_with("<svg class=\"plot\""));
//! ```
//!
//! * [`bars`]: horizontal bars in groups, each with an optional interval (whisker) and its value as text. Policies side by
//!   side are one group for each figure with one bar for each policy.
//! * [`lines`]: one or more lines over evenly spaced places (weeks, looks), with gaps, an optional band (a confidence
//!   sequence) and an optional level to compare with.
//! * [`scatter`]: points over two number axes, each with a tooltip and a link.
//! * [`waterfall`]: sums and the steps between them.
//! * [`legend`]: what the tones mean.
//!
//! Values are whole numbers of any unit (cents, parts per million, counts); [`Frame::label`] words those on the axis.
//! A [`Chart`] is safe markup: everything that came as text is escaped. In a template: `<div class="scroll">{{ chart|safe }}</div>`.
//! Colours are classes ([`Tone`]) in `frontend/src/css/charts.css`, light and dark; pages that extend `work.html` have them.
//! Every chart stands beside a table with the same numbers: the picture is for the eye, the table for everybody.

mod bars;
mod lines;
mod scale;
mod scatter;
mod svg;
#[cfg(test)]
mod tests;
mod waterfall;

use std::fmt;

pub use bars::{Bar, Group, bars};
pub use lines::{Line, lines};
pub use scatter::{Axis, Point, scatter};
pub use waterfall::{Step, waterfall};

/// What a chart is called, and how the numbers of its value axis read.
#[derive(Clone, Copy)]
pub struct Frame<'a> {
    /// Unique on the page; letters, digits and hyphens.
    pub id: &'a str,
    /// The name, for those who do not see the picture.
    pub title: &'a str,
    /// What it shows, in a sentence.
    pub description: &'a str,
    /// Words for a value on the axis.
    pub label: &'a dyn Fn(i64) -> String,
}

/// What a colour means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// What is looked at first.
    Brand,
    /// What is compared with it; what negotiates.
    Deal,
    /// Everything else.
    Quiet,
    /// Good.
    Good,
    /// Bad.
    Bad,
}

impl Tone {
    /// The class in the style sheet.
    pub fn class(self) -> &'static str {
        match self {
            Self::Brand => "t-brand",
            Self::Deal => "t-deal",
            Self::Quiet => "t-quiet",
            Self::Good => "t-good",
            Self::Bad => "t-bad",
        }
    }
}

/// A drawn chart: markup that is safe to insert.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart(String);

impl fmt::Display for Chart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the tones of a chart mean, as a list.
pub fn legend(entries: &[(Tone, &str)]) -> Chart {
    let mut out = String::from("<ul class=\"legend\">");
    for (tone, text) in entries {
        let class = tone.class();
        out.push_str(&format!(
            "<li><svg class=\"plot\" viewBox=\"0 0 16 8\" aria-hidden=\"true\"><rect class=\"bar {class}\" width=\"16\" height=\"8\"/></svg>{}</li>",
            svg::escaped(text)
        ));
    }
    out.push_str("</ul>");
    Chart(out)
}
