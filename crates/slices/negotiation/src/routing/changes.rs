//! Changes of routing as they are kept: what it was and what it shall be. They are the text of a [`terms::signoffs`] change.

use kernel::{Date, Fault, Outcome, Rate, UserId};
use serde::{Deserialize, Serialize};
use workflow::Span;

use super::{Holiday, RecommendFirst, Settings};

/// What was changed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// How the desk works.
    Settings {
        /// Before.
        before: Box<Kept>,
        /// After.
        after: Box<Kept>,
    },
    /// How many cases a day brings to one person.
    Cap {
        /// Whom.
        person: UserId,
        /// Before; `None`: as many as to everybody.
        before: Option<u32>,
        /// After.
        after: Option<u32>,
    },
}

/// Settings as they are kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    week: [Vec<(u16, u16)>; 7],
    has_national_holidays: bool,
    /// Day and name.
    holidays: Vec<(String, String)>,
    daily_cap: u32,
    remind_percent: u8,
    grace_minutes: u32,
    /// Millionths, and minutes.
    recommend_first: Option<(i64, u32)>,
}

impl Kept {
    /// Of settings.
    pub fn of(settings: &Settings) -> Self {
        let spans = |spans: &Vec<Span>| spans.iter().map(|span| (span.from, span.to)).collect();
        Self {
            week: std::array::from_fn(|day| spans(&settings.week[day])),
            has_national_holidays: settings.has_national_holidays,
            holidays: settings.holidays.iter().map(|one| (one.day.to_string(), one.name.clone())).collect(),
            daily_cap: settings.daily_cap,
            remind_percent: settings.remind_percent,
            grace_minutes: settings.grace_minutes,
            recommend_first: settings.recommend_first.map(|first| (first.above.ppm(), first.minutes)),
        }
    }

    /// As settings of the same installation as `base`, to be saved after it.
    pub fn onto(&self, base: &Settings) -> Settings {
        let spans = |spans: &Vec<(u16, u16)>| spans.iter().map(|(from, to)| Span { from: *from, to: *to }).collect();
        let holiday = |(day, name): &(String, String)| Some(Holiday { day: Date::parse(day)?, name: name.clone() });
        Settings {
            week: std::array::from_fn(|day| spans(&self.week[day])),
            country: base.country.clone(),
            has_national_holidays: self.has_national_holidays,
            holidays: self.holidays.iter().filter_map(holiday).collect(),
            daily_cap: self.daily_cap,
            remind_percent: self.remind_percent,
            grace_minutes: self.grace_minutes,
            recommend_first: self
                .recommend_first
                .map(|(above, minutes)| RecommendFirst { above: Rate::from_ppm(above), minutes }),
            version: base.version,
        }
    }
}

impl Change {
    pub(super) fn text(&self) -> Outcome<String> {
        Ok(serde_json::to_string(self).map_err(|e| Fault::because("writing down a change of routing", e))?)
    }

    /// A change as it was kept.
    ///
    /// # Errors
    /// A fault when it is none.
    pub fn stored(text: &str) -> Outcome<Self> {
        Ok(serde_json::from_str(text).map_err(|e| Fault::because("reading a change of routing", e))?)
    }
}
