//! Why a case went to a person, as it is stored and as it is said.

use std::collections::HashMap;

use i18n::Locale;
use kernel::{Date, UserId};
use serde::{Deserialize, Serialize};
use workflow::{Away, Level, Reason};

/// One step of the reasoning: the stable code of [`Reason`] and its values.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Because {
    /// The code; `because-<code>` is the key of its sentence.
    pub code: String,
    /// About whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub person: Option<UserId>,
    /// For whom somebody stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<UserId>,
    /// A level.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub level: Option<u8>,
    /// Cases that count.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub used: Option<u32>,
    /// The cap, or the number of people to choose from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<u32>,
    /// The last day of an absence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
}

impl Because {
    /// The reason as it is stored; `owner` is who it says 'own rep' about.
    pub fn of(reason: &Reason, owner: Option<UserId>) -> Self {
        let blank = Self { code: reason.code().into(), ..Self::default() };
        match *reason {
            Reason::OwnRep(person) | Reason::Excluded(person) => Self { person: Some(person), ..blank },
            Reason::OwnRepLevel { needed, .. } => Self { person: owner, level: Some(needed.0), ..blank },
            Reason::OwnRepAway(Away::Absent { until }) => Self { person: owner, until: Some(until), ..blank },
            Reason::OwnRepAway(_) => Self { person: owner, ..blank },
            Reason::Substitute { of, by } => Self { person: Some(by), other: Some(of), ..blank },
            Reason::OverCap { person, used, cap } => {
                Self { person: Some(person), used: Some(used), of: Some(cap), ..blank }
            }
            Reason::LeastLoaded { level, weight, among } => Self {
                level: Some(level.0),
                used: Some(weight),
                of: Some(u32::try_from(among).unwrap_or(u32::MAX)),
                ..blank
            },
            Reason::LevelAway(level)
            | Reason::LevelFull(level)
            | Reason::LeastOverCap(level)
            | Reason::HighestLevel(level)
            | Reason::Missed(level) => Self { level: Some(level.0), ..blank },
            Reason::NoSubstitute
            | Reason::NobodyPresent
            | Reason::SamePerson
            | Reason::NobodyActive
            | Reason::NobodyAbove => blank,
        }
    }

    /// The sentence.
    pub fn words(&self, locale: &Locale, names: &HashMap<UserId, String>) -> String {
        let name = |id: Option<UserId>| id.and_then(|id| names.get(&id)).cloned().unwrap_or_default();
        let count = |n: Option<u32>| i64::from(n.unwrap_or(0));
        let args = [
            ("name", name(self.person).into()),
            ("other", name(self.other).into()),
            ("level", self.level.map_or_else(String::new, |level| level_words(locale, Level(level))).into()),
            ("used", count(self.used).into()),
            ("of", count(self.of).into()),
            ("until", self.until.map_or_else(String::new, |day| locale.date(day)).into()),
        ];
        locale.text_with(&format!("because-{}", self.code.replace('_', "-")), &args)
    }
}

/// What a level is called.
pub fn level_words(locale: &Locale, level: Level) -> String {
    let key = match level {
        Level::REP => "authority-rep",
        Level::SALES_MANAGER => "authority-sales-manager",
        Level::PRICING_MANAGER => "authority-pricing-manager",
        _ => "level-admin",
    };
    locale.text(key)
}
