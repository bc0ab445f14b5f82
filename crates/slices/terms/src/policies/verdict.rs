//! What a simulation says of a policy against the one in force, in one sentence. Who simulates, who approves a policy and who
//! approves an experiment read the same sentence, from [`said`].

use i18n::Locale;
use kernel::{Amount, Currency};
use serde::{Deserialize, Serialize};

use crate::figures::{percent, share};

/// What changes in lasting pocket margin when a policy takes the place of the one in force: the same buyers on both sides.
/// Amounts are in minor units.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verdict {
    /// The currency of the amounts.
    pub currency: Currency,
    /// How many buyers met both.
    pub buyers: u64,
    /// What lasts with the policy in force.
    pub in_force_minor: i64,
    /// How much more lasts with the other.
    pub more_minor: i64,
    /// Between what it lies with 95 %; `None` where there is too little to tell.
    pub interval_minor: Option<(i64, i64)>,
}

/// Which way it goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Surely less.
    Loses,
    /// Surely more.
    Gains,
    /// Not a cent of difference.
    Same,
    /// The interval has both in it, or there is none.
    Unsure,
}

impl Verdict {
    /// Which way it goes.
    pub fn direction(&self) -> Direction {
        match self.interval_minor {
            Some((0, 0)) if self.more_minor == 0 => Direction::Same,
            Some((_, high)) if high < 0 => Direction::Loses,
            Some((low, _)) if low > 0 => Direction::Gains,
            _ => Direction::Unsure,
        }
    }
}

/// A verdict in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What changes.
    pub text: String,
    /// How sure it is; empty where nothing changes.
    pub sure: String,
    /// How it is shown: `bad` (red) where less is left, `ok` where more surely is, else `warn`.
    pub class: &'static str,
}

/// A verdict in the reader's language.
pub fn said(locale: &Locale, verdict: &Verdict) -> Said {
    let money = |minor: i64| locale.money(Amount::new(minor, verdict.currency));
    let direction = verdict.direction();
    let way = match direction {
        Direction::Loses => "loses",
        Direction::Gains => "gains",
        Direction::Same => "same",
        Direction::Unsure if verdict.more_minor < 0 => "unsure-less",
        Direction::Unsure => "unsure-more",
    };
    let distance = i64::try_from(verdict.more_minor.unsigned_abs()).unwrap_or(i64::MAX);
    let more = share(
        Amount::new(distance, verdict.currency),
        Amount::new(verdict.in_force_minor.saturating_abs(), verdict.currency),
    );
    let buyers = locale.number(i64::try_from(verdict.buyers).unwrap_or(i64::MAX));
    let args = [
        ("amount", money(distance).into()),
        ("percent", percent(locale, more).into()),
        ("buyers", buyers.into()),
        ("in-force", money(verdict.in_force_minor).into()),
    ];
    let text = locale.text_with(&format!("verdict-{way}"), &args);
    let sure = match verdict.interval_minor {
        _ if direction == Direction::Same => String::new(),
        Some((low, high)) => {
            locale.text_with("verdict-interval", &[("low", money(low).into()), ("high", money(high).into())])
        }
        None => locale.text("verdict-no-interval"),
    };
    let class = match direction {
        Direction::Gains => "ok",
        Direction::Same => "",
        _ if verdict.more_minor < 0 => "bad",
        _ => "warn",
    };
    Said { text, sure, class }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(more_minor: i64, interval_minor: Option<(i64, i64)>) -> Verdict {
        Verdict { currency: Currency::Eur, buyers: 20_000, in_force_minor: 121_400_000, more_minor, interval_minor }
    }

    #[test]
    fn use_s11_a_loss_is_said_in_red_with_its_interval() {
        let locale = Locale::by_codes("en", "UTC");
        let cases = [
            (verdict(-8_595_200, Some((-12_000_000, -5_100_000))), "bad", "Loses"),
            (verdict(8_595_200, Some((5_100_000, 12_000_000))), "ok", "Gains"),
            (verdict(-900, Some((-5_000, 3_000))), "bad", "may lose"),
            (verdict(900, Some((-3_000, 5_000))), "warn", "may gain"),
            (verdict(900, None), "warn", "may gain"),
            (verdict(0, Some((0, 0))), "", "no difference"),
        ];
        for (verdict, class, word) in cases {
            let said = said(&locale, &verdict);
            assert!(said.class == class && said.text.contains(word), "{said:?}");
        }
        let Said { text, sure, .. } = said(&locale, &verdict(-8_595_200, Some((-12_000_000, -5_100_000))));
        let loses = format!("{text} {sure}");
        for number in ["85,952.00 EUR", "7.1", "-120,000.00 EUR", "-51,000.00 EUR", "20,000"] {
            assert!(loses.replace('\u{2212}', "-").contains(number), "{number}: {loses}");
        }
    }
}
