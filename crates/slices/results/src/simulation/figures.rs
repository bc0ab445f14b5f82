//! Results in words: what a figure is called, how it and its interval read.
//!
//! floats: minutes and rounds are estimates, worded here

use std::collections::HashMap;

use db::ReadTx;
use i18n::Locale;
use kernel::{Amount, Outcome, Rate};
use negotiation_engine::Lever;
use simulation::{Differences, Dimension, Estimate, Figures, Quality, Report};
use terms::figures::{percent, points, whole_units};
use terms::words;

use super::rules::Choice;
use super::{RunSettings, StoredArm};

/// A figure with its interval.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Number {
    /// A share or an average of nobody.
    Unknown,
    /// Counted.
    Count(u64),
    /// A share.
    Share(Estimate<Rate>),
    /// A difference of two shares, in percentage points.
    Points(Estimate<Rate>),
    /// Money.
    Money(Estimate<Amount>),
    /// Minutes of work, or rounds.
    Plain(Estimate<f64>),
}

impl Number {
    /// As people read it.
    pub fn text(&self, locale: &Locale) -> String {
        match self {
            Self::Unknown => "–".into(),
            Self::Count(count) => locale.number(i64::try_from(*count).unwrap_or(i64::MAX)),
            Self::Share(estimate) => percent(locale, estimate.value),
            Self::Points(estimate) => points(locale, estimate.value),
            Self::Money(estimate) => money(locale, estimate.value),
            Self::Plain(estimate) => plain(locale, estimate.value),
        }
    }

    /// Its interval as people read it; empty where there is none.
    pub fn interval_text(&self, locale: &Locale) -> String {
        let ends = match self {
            Self::Unknown | Self::Count(_) => None,
            Self::Share(estimate) => estimate.interval.map(|(low, high)| (percent(locale, low), percent(locale, high))),
            Self::Points(estimate) => estimate.interval.map(|(low, high)| (points(locale, low), points(locale, high))),
            Self::Money(estimate) => estimate.interval.map(|(low, high)| (money(locale, low), money(locale, high))),
            Self::Plain(estimate) => estimate.interval.map(|(low, high)| (plain(locale, low), plain(locale, high))),
        };
        let Some((low, high)) = ends else { return String::new() };
        locale.text_with("simulation-between", &[("low", low.into()), ("high", high.into())])
    }

    /// For pictures: parts per million, minor units, or hundredths.
    pub fn size(&self) -> i64 {
        match self {
            Self::Unknown => 0,
            Self::Count(count) => i64::try_from(*count).unwrap_or(i64::MAX),
            Self::Share(estimate) | Self::Points(estimate) => estimate.value.ppm(),
            Self::Money(estimate) => estimate.value.minor(),
            Self::Plain(estimate) => hundredths(estimate.value),
        }
    }

    /// The interval, likewise.
    pub fn interval(&self) -> Option<(i64, i64)> {
        match self {
            Self::Unknown | Self::Count(_) => None,
            Self::Share(estimate) | Self::Points(estimate) => {
                estimate.interval.map(|(low, high)| (low.ppm(), high.ppm()))
            }
            Self::Money(estimate) => estimate.interval.map(|(low, high)| (low.minor(), high.minor())),
            Self::Plain(estimate) => estimate.interval.map(|(low, high)| (hundredths(low), hundredths(high))),
        }
    }

    /// A place on the axis of a picture as people read it.
    pub fn place(&self, locale: &Locale, size: i64) -> String {
        match self {
            Self::Unknown | Self::Count(_) => locale.number(size),
            Self::Share(_) => percent(locale, Rate::from_ppm(size)),
            Self::Points(_) => points(locale, Rate::from_ppm(size)),
            Self::Money(estimate) => money(locale, Amount::new(size, estimate.value.currency())),
            Self::Plain(_) => plain(locale, size as f64 / 100.0),
        }
    }

    /// Plain decimal texts for spreadsheets: value, low end, high end.
    pub fn plain(&self) -> [String; 3] {
        fn texts<T: Copy>(estimate: &Estimate<T>, text: impl Fn(T) -> String) -> [String; 3] {
            let (low, high) = estimate.interval.map(|(low, high)| (text(low), text(high))).unwrap_or_default();
            [text(estimate.value), low, high]
        }
        match self {
            Self::Unknown => Default::default(),
            Self::Count(count) => [count.to_string(), String::new(), String::new()],
            Self::Share(estimate) | Self::Points(estimate) => texts(estimate, Rate::to_percent),
            Self::Money(estimate) => texts(estimate, |amount| amount.to_decimal()),
            Self::Plain(estimate) => texts(estimate, |number| format!("{number:.2}")),
        }
    }
}

fn hundredths(number: f64) -> i64 {
    (number * 100.0).round() as i64
}

/// In whole units of the currency.
fn money(locale: &Locale, amount: Amount) -> String {
    let currency = amount.currency();
    let units = locale.number(whole_units(amount));
    locale.text_with("simulation-money", &[("amount", units.into()), ("currency", currency.code().into())])
}

fn plain(locale: &Locale, number: f64) -> String {
    let whole = number.abs() >= 100.0;
    let text = if whole { format!("{number:.0}") } else { format!("{number:.1}") };
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if whole { locale.number(text.parse().unwrap_or(i64::MAX)) } else { locale.decimal(text) }
}

/// A figure that results are compared by.
#[derive(Clone, Copy)]
pub struct Metric {
    /// `simulation-figure-<code>` is the key of its name.
    pub code: &'static str,
    /// Whether it is drawn, and shown in breakdowns.
    pub is_main: bool,
    of: fn(&Figures) -> Number,
    less: fn(&Differences) -> Option<Number>,
}

impl Metric {
    /// Its number.
    pub fn of(&self, figures: &Figures) -> Number {
        (self.of)(figures)
    }

    /// What one arm has more of it than another, where that is worked out.
    pub fn difference(&self, differences: &Differences) -> Option<Number> {
        (self.less)(differences)
    }

    /// What it is called.
    pub fn name(&self, locale: &Locale) -> String {
        locale.text(&format!("simulation-figure-{}", self.code))
    }
}

const fn main(code: &'static str, of: fn(&Figures) -> Number, less: fn(&Differences) -> Option<Number>) -> Metric {
    Metric { code, is_main: true, of, less }
}

const fn further(code: &'static str, of: fn(&Figures) -> Number, less: fn(&Differences) -> Option<Number>) -> Metric {
    Metric { code, is_main: false, of, less }
}

/// What counts those who may negotiate, where there are some.
const fn of_some(figures: &Figures, number: Number) -> Number {
    if figures.eligible == 0 { Number::Unknown } else { number }
}

/// Every figure, in the order in which they are shown.
pub const METRICS: [Metric; 17] = [
    main("lasting", |f| Number::Money(f.lasting), |d| Some(Number::Money(d.lasting))),
    main("pocket", |f| Number::Money(f.pocket), |d| Some(Number::Money(d.pocket))),
    main("revenue", |f| Number::Money(f.revenue), |d| Some(Number::Money(d.revenue))),
    main(
        "settled",
        |f| of_some(f, Number::Share(f.settled_rate.unwrap_or(f.agreement_rate))),
        |d| d.settled_rate.map(Number::Points),
    ),
    main("escalation", |f| of_some(f, Number::Share(f.escalation_rate)), |d| d.escalation_rate.map(Number::Points)),
    main("rounds", |f| of_some(f, Number::Plain(f.rounds)), |d| d.rounds.map(Number::Plain)),
    main("close", |f| of_some(f, Number::Share(f.close_rate)), |d| Some(Number::Points(d.close_rate))),
    main("work", |f| Number::Plain(f.work_minutes), |d| Some(Number::Plain(d.work_minutes))),
    further("agreement", |f| of_some(f, Number::Share(f.agreement_rate)), |d| Some(Number::Points(d.agreement_rate))),
    further("pocket-rate", |f| Number::Share(f.pocket_rate), |d| Some(Number::Points(d.pocket_rate))),
    further("discount", |f| Number::Money(f.discount), |d| Some(Number::Money(d.discount))),
    further("discount-rate", |f| Number::Share(f.discount_rate), |d| d.discount_rate.map(Number::Points)),
    further("leakage", |f| Number::Money(f.leakage), |d| Some(Number::Money(d.leakage))),
    further("surplus", |f| Number::Money(f.surplus), |d| d.surplus.map(Number::Money)),
    further("deals", |f| Number::Count(f.closed), |_| None),
    further("eligible", |f| Number::Count(f.eligible), |_| None),
    further("under-floor", |f| Number::Count(f.under_floor), |_| None),
];

/// What an arm is called.
pub fn arm(locale: &Locale, arm: &StoredArm) -> String {
    let number = arm.number.map(|number| number.to_string()).unwrap_or_default();
    match Choice::parse(&arm.name) {
        Some(Choice::Version(_)) => locale.text_with("simulation-arm-version", &[("number", number.into())]),
        Some(Choice::Published | Choice::Draft) => {
            locale.text_with(&format!("simulation-arm-{}", arm.name), &[("number", number.into())])
        }
        Some(_) => locale.text(&format!("simulation-arm-{}", arm.name)),
        None => arm.name.clone(),
    }
}

/// What product groups are called in the reader's language, by their codes.
pub struct Names(HashMap<String, String>);

impl Names {
    /// Reads them.
    ///
    /// # Errors
    /// A fault when the database fails.
    pub async fn load(tx: &ReadTx, locale: &Locale) -> Outcome<Self> {
        let all = catalog::categories::queries::all(tx).await?.into_iter();
        Ok(Self(all.map(|one| (one.code, one.name.get(locale.language()).to_owned())).collect()))
    }

    /// The name of a group; its code where nobody has it any more.
    pub fn group<'n>(&'n self, code: &'n str) -> &'n str {
        self.0.get(code).map_or(code, String::as_str)
    }
}

/// What a place of a breakdown is called.
pub fn key(locale: &Locale, names: &Names, report: &Report, dimension: Dimension, key: &str) -> String {
    let unknown = || locale.text("simulation-key-none");
    match dimension {
        Dimension::Lever if key.is_empty() => locale.text("simulation-key-nothing"),
        Dimension::Lever => {
            let lever = Lever::ALL.iter().find(|lever| lever.code() == key);
            lever.map_or_else(|| key.to_owned(), |lever| words::lever(locale, *lever))
        }
        Dimension::Size => {
            let units: i64 = key.parse().unwrap_or(0);
            let minor = units.saturating_mul(1_000_000 / report.currency.micros_per_minor());
            let from = money(locale, Amount::new(minor, report.currency));
            locale.text_with("simulation-key-size", &[("from", from.into())])
        }
        Dimension::Segment | Dimension::Category if key.is_empty() => unknown(),
        Dimension::Segment => key.to_owned(),
        Dimension::Category => names.group(key).to_owned(),
    }
}

/// One figure of one arm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The arm.
    pub arm: String,
    /// The number.
    pub value: String,
    /// Its interval; empty for none.
    pub interval: String,
    /// The difference to list prices; empty for none.
    pub more: String,
    /// Its interval; empty for none.
    pub more_interval: String,
}

/// Every figure of every arm: name and rows.
pub fn table(locale: &Locale, settings: &RunSettings, report: &Report) -> Vec<(String, Vec<Row>)> {
    let row = |metric: &Metric| {
        let rows = settings.arms.iter().zip(&report.arms).map(|(named, arm_report)| {
            let number = metric.of(&arm_report.figures);
            let more = metric.difference(&arm_report.incremental);
            Row {
                arm: arm(locale, named),
                value: number.text(locale),
                interval: number.interval_text(locale),
                more: more.map(|more| more.text(locale)).unwrap_or_default(),
                more_interval: more.map(|more| more.interval_text(locale)).unwrap_or_default(),
            }
        });
        (metric.name(locale), rows.collect())
    };
    METRICS.iter().map(row).collect()
}

/// How well the fitted buyers reproduce what was held out, as sentences.
pub fn fit(locale: &Locale, quality: &Quality) -> Vec<String> {
    let count = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    if quality.held_out == 0 {
        return vec![locale.text("simulation-fit-nothing")];
    }
    let args = [
        ("fitted", locale.number(count(quality.fitted)).into()),
        ("held", locale.number(count(quality.held_out)).into()),
    ];
    let mut all = vec![locale.text_with("simulation-fit-how", &args)];
    let distances = [("deal-size", quality.deal_size), ("discount", quality.discount), ("spread", quality.spread)];
    for (code, distance) in distances {
        let Some(distance) = distance else { continue };
        // Sampling alone makes small distances; a tenth is what one would see in a picture.
        let how = match quality.usual {
            Some(usual) if distance <= usual => "well",
            _ if distance <= 0.1 => "fairly",
            _ => "badly",
        };
        let name = locale.text(&format!("simulation-fit-{code}"));
        let args = [("what", name.into()), ("distance", percent_of(locale, distance).into())];
        all.push(locale.text_with(&format!("simulation-fit-{how}"), &args));
    }
    if let Some((predicted, seen)) = quality.agreement {
        let args = [("predicted", percent_of(locale, predicted).into()), ("seen", percent_of(locale, seen).into())];
        all.push(locale.text_with("simulation-fit-agreement", &args));
    }
    if let Some(levers) = quality.levers {
        all.push(locale.text_with("simulation-fit-levers", &[("distance", percent_of(locale, levers).into())]));
    }
    all
}

pub(super) fn percent_of(locale: &Locale, part: f64) -> String {
    percent(locale, Rate::from_ppm((part * 1e6).round() as i64))
}
