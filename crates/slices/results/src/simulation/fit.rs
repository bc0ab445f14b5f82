//! How well invented buyers behave as real ones did, figure by figure: recorded against simulated.
//!
//! floats: rounds and shares are estimates, worded here

use i18n::Locale;
use kernel::Rate;
use simulation::{Buyers, Estimate, Matched, Moment};

use super::figures::{self, Number};

/// A figure as recorded and as simulated, in words.
pub struct MatchedRow {
    /// What it is called.
    pub name: String,
    /// Of recorded negotiations, and what chance alone would move it by.
    pub recorded: String,
    /// The latter.
    pub chance: String,
    /// Of invented buyers before anything was fitted.
    pub before: String,
    /// Of invented buyers as they are.
    pub simulated: String,
    /// Whether they are far apart.
    pub is_bad: bool,
    /// How near they are, in words.
    pub judgement: String,
}

/// What a page shows of the fit.
pub struct FitView {
    /// What is said before everything else, where the fit is bad or there is none; empty where it is good.
    pub warning: String,
    /// What was compared.
    pub how: String,
    /// Recorded against simulated; empty where nothing was fitted.
    pub rows: Vec<MatchedRow>,
    /// How well prices and sizes of what was held out are reproduced, as sentences.
    pub prices: Vec<String>,
}

/// The fit of a run's buyers. `None` of the calibration is a run of an earlier version.
pub fn of(locale: &Locale, buyers: &Buyers) -> FitView {
    let prices = figures::fit(locale, &buyers.quality);
    let Some(calibration) = &buyers.calibration else {
        let warning = locale.text("simulation-calibration-old");
        return FitView { warning, how: String::new(), rows: Vec::new(), prices };
    };
    let count = i64::try_from(calibration.negotiations).unwrap_or(i64::MAX);
    let args = [("count", locale.number(count).into()), ("n", count.into())];
    if calibration.figures.is_empty() {
        let warning = locale.text_with("simulation-calibration-none", &args);
        return FitView { warning, how: String::new(), rows: Vec::new(), prices };
    }
    let bad: Vec<String> = calibration.figures.iter().filter(|one| one.is_bad()).map(|one| said(locale, one)).collect();
    let warning = if bad.is_empty() {
        String::new()
    } else {
        locale.text_with("simulation-calibration-bad", &[("figures", bad.join("; ").into())])
    };
    FitView {
        warning,
        how: locale.text_with("simulation-calibration-how", &args),
        rows: calibration.figures.iter().map(|one| row(locale, one)).collect(),
        prices,
    }
}

fn row(locale: &Locale, one: &Matched) -> MatchedRow {
    let key = if one.is_bad() { "simulation-matched-badly" } else { "simulation-matched-well" };
    MatchedRow {
        name: name(locale, one.moment),
        recorded: number(locale, one.moment, one.recorded),
        chance: locale.text_with("simulation-matched-chance", &[("distance", distance(locale, one).into())]),
        before: number(locale, one.moment, one.before),
        simulated: number(locale, one.moment, one.simulated),
        is_bad: one.is_bad(),
        judgement: locale.text(key),
    }
}

fn name(locale: &Locale, moment: Moment) -> String {
    locale.text(&format!("simulation-matched-{}", moment.code()))
}

fn said(locale: &Locale, one: &Matched) -> String {
    let args = [
        ("what", name(locale, one.moment).into()),
        ("recorded", number(locale, one.moment, one.recorded).into()),
        ("simulated", number(locale, one.moment, one.simulated).into()),
    ];
    locale.text_with("simulation-matched-apart", &args)
}

fn number(locale: &Locale, moment: Moment, value: f64) -> String {
    match moment {
        Moment::Rounds => Number::Plain(Estimate { value, interval: None }).text(locale),
        _ => figures::percent_of(locale, value),
    }
}

fn distance(locale: &Locale, one: &Matched) -> String {
    match one.moment {
        Moment::Rounds => number(locale, one.moment, one.usual),
        _ => Number::Points(Estimate { value: Rate::from_ppm((one.usual * 1e6).round() as i64), interval: None })
            .text(locale),
    }
}
