//! The results of a run, ready to be stored and shown. For the office only.
//!
//! Intervals are 95 %, by Student's distribution over the groups of customers (see [`crate::REPLICATES`]): totals from the
//! totals of groups, ratios by linearisation, differences from the paired differences within groups. They speak about
//! other customers of the same kind. No interval where fewer than two groups have anything.
//!
//! floats: statistics; money is summed in integers, only the ends of intervals are rounded

use std::sync::LazyLock;

use kernel::{Amount, Currency, Rate};
use serde::{Deserialize, Serialize};
use statistics::student_quantile;

use crate::{
    figures::{amount, rate},
    frame::Frame,
    settings::Settings,
    tally::{ArmTally, Cell, Dimension, Metric, REPLICATES, Tally, key},
};

/// Student's 97.5 % quantile by degrees of freedom, from 1 on: it takes long to compute, and a report asks thousands of times.
static QUANTILES: LazyLock<[f64; REPLICATES]> =
    LazyLock::new(|| std::array::from_fn(|at| -student_quantile(0.025, at as f64 + 1.0)));

/// A number and its 95 % interval.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Estimate<T> {
    /// The number.
    pub value: T,
    /// Lower and upper end; `None` where there is too little to tell.
    pub interval: Option<(T, T)>,
}

/// What came of an arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Buyers: agreed + walked + escalated.
    pub negotiations: u64,
    /// Ended on terms better than the list's, or on the ask.
    pub agreed: u64,
    /// Left; may have bought at list prices.
    pub walked: u64,
    /// Went to a person.
    pub escalated: u64,
    /// Sales, however they came about.
    pub closed: u64,
    /// Escalations that ended in a sale below list prices.
    pub granted: u64,
    /// Decisions of the engine.
    pub decisions: u64,
    /// Sales below list prices and under the floor; 0 but for a person's or a rule's mistake.
    pub under_floor: u64,
    /// Buyers who may negotiate at all (see [`crate::Run::floors`]); the others are counted in sums, not in shares. 0 in reports
    /// of earlier versions, whose shares are over everybody.
    #[serde(default)]
    pub eligible: u64,
    /// Agreed without a person, of those who may negotiate.
    pub agreement_rate: Estimate<Rate>,
    /// Agreed at all, likewise.
    #[serde(default)]
    pub settled_rate: Option<Estimate<Rate>>,
    /// Bought, of those who may negotiate.
    pub close_rate: Estimate<Rate>,
    /// Went to a person, of those who may negotiate.
    pub escalation_rate: Estimate<Rate>,
    /// Net sales.
    pub revenue: Estimate<Amount>,
    /// Pocket margin of the sales whose cost is known.
    pub pocket: Estimate<Amount>,
    /// Of it what lasts: less what would have been left of goods that are only brought forward (see
    /// [`Settings::brought_forward`]).
    pub lasting: Estimate<Amount>,
    /// Pocket margin over net of these sales.
    pub pocket_rate: Estimate<Rate>,
    /// List less net.
    pub discount: Estimate<Amount>,
    /// Discount over list.
    pub discount_rate: Estimate<Rate>,
    /// Discount that the buyer would not have needed.
    pub leakage: Estimate<Amount>,
    /// What buyers have from it.
    pub surplus: Estimate<Amount>,
    /// Minutes of work at the desk.
    pub work_minutes: Estimate<f64>,
    /// Minutes promised until an answer, per escalation.
    pub wait_minutes: Estimate<f64>,
    /// Rounds per negotiation of those who may negotiate.
    pub rounds: Estimate<f64>,
}

/// What an arm has more than another, the same buyers on both sides.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Differences {
    /// Of the agreement rates.
    pub agreement_rate: Estimate<Rate>,
    /// Of the shares of buyers who bought.
    pub close_rate: Estimate<Rate>,
    /// Of net sales.
    pub revenue: Estimate<Amount>,
    /// Of pocket margins.
    pub pocket: Estimate<Amount>,
    /// Of what lasts of them.
    pub lasting: Estimate<Amount>,
    /// Of pocket margin rates.
    pub pocket_rate: Estimate<Rate>,
    /// Of discounts.
    pub discount: Estimate<Amount>,
    /// Of leakages.
    pub leakage: Estimate<Amount>,
    /// Of minutes of work.
    pub work_minutes: Estimate<f64>,
    /// Of the shares that agreed at all; like the following `None` in reports of earlier versions.
    #[serde(default)]
    pub settled_rate: Option<Estimate<Rate>>,
    /// Of the shares that went to a person.
    #[serde(default)]
    pub escalation_rate: Option<Estimate<Rate>>,
    /// Of rounds per negotiation.
    #[serde(default)]
    pub rounds: Option<Estimate<f64>>,
    /// Of what buyers have from it.
    #[serde(default)]
    pub surplus: Option<Estimate<Amount>>,
    /// Of discounts over list.
    #[serde(default)]
    pub discount_rate: Option<Estimate<Rate>>,
}

/// One place of a breakdown.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// What the breakdown goes by.
    pub dimension: Dimension,
    /// The key, see [`Dimension`].
    pub key: String,
    /// What came of it.
    pub figures: Figures,
    /// Against list prices; `None` by lever, for another arm takes other levers.
    pub incremental: Option<Differences>,
    /// Against the chosen arm, likewise.
    pub difference: Option<Differences>,
}

/// What came of one arm.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArmReport {
    /// Its name.
    pub name: String,
    /// All together.
    pub figures: Figures,
    /// Against list prices for everybody.
    pub incremental: Differences,
    /// Against the chosen arm; `None` when none was chosen.
    pub difference: Option<Differences>,
    /// By segment, category, lever and size, in the order of [`Dimension::ALL`].
    pub parts: Vec<Part>,
}

/// The results of a run.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// What was run.
    pub settings: Settings,
    /// The currency of all amounts.
    pub currency: Currency,
    /// Buyers that were simulated.
    pub buyers: u64,
    /// Buyers that could not be: their deal cannot be ordered any more.
    pub skipped: u64,
    /// The chosen arm.
    pub against: Option<String>,
    /// List prices for everybody: what [`ArmReport::incremental`] is measured from.
    pub list: Figures,
    /// The arms in the order of the run.
    pub arms: Vec<ArmReport>,
}

impl Report {
    pub(crate) fn of(
        frame: &Frame<'_>,
        settings: &Settings,
        names: &[&str],
        tally: &Tally,
        against: Option<usize>,
    ) -> Self {
        let currency = frame.market.currency;
        let list = &tally.arms[names.len()];
        let chosen = against.map(|arm| &tally.arms[arm]);
        let arm = |(name, arm): (&&str, &ArmTally)| ArmReport {
            name: (*name).to_owned(),
            figures: figures(&arm.all, currency),
            incremental: differences(&arm.all, &list.all, currency),
            difference: chosen.map(|chosen| differences(&arm.all, &chosen.all, currency)),
            parts: parts(frame, arm, list, chosen),
        };
        Self {
            settings: *settings,
            currency,
            buyers: tally.buyers,
            skipped: tally.skipped,
            against: against.map(|arm| names[arm].to_owned()),
            list: figures(&list.all, currency),
            arms: names.iter().zip(&tally.arms).map(arm).collect(),
        }
    }
}

fn parts(frame: &Frame<'_>, arm: &ArmTally, list: &ArmTally, chosen: Option<&ArmTally>) -> Vec<Part> {
    let currency = frame.market.currency;
    let mut parts = Vec::new();
    for dimension in Dimension::ALL {
        let paired = dimension != Dimension::Lever;
        for (place, cell) in arm.by(dimension).iter().enumerate() {
            let Some(cell) = cell else { continue };
            let other = |arm: &ArmTally| {
                let other = arm.by(dimension)[place].as_ref().filter(|_| paired)?;
                Some(differences(cell, other, currency))
            };
            parts.push(Part {
                dimension,
                key: key(frame, dimension, place),
                figures: figures(cell, currency),
                incremental: other(list),
                difference: chosen.and_then(other),
            });
        }
    }
    parts
}

fn figures(cell: &Cell, currency: Currency) -> Figures {
    let count = |metric: Metric| u64::try_from(cell.total(metric)).unwrap_or(u64::MAX);
    let rate = |part: Metric, whole: Metric| as_rate(ratio(cell, None, part, whole));
    let share = |part: Metric| between(rate(part, Metric::Eligible), Rate::ZERO, Rate::ONE);
    let money = |metric: Metric| as_amount(cell.total(metric), total(cell, None, metric), currency);
    let no_less = |metric: Metric| {
        let not_under = |end: Amount| if end.minor() < 0 { Amount::zero(currency) } else { end };
        cut(money(metric), not_under)
    };
    let number = |estimate: Estimate<f64>| cut(estimate, |end| end.max(0.0));
    Figures {
        negotiations: count(Metric::Negotiations),
        agreed: count(Metric::Agreed),
        walked: count(Metric::Walked),
        escalated: count(Metric::Escalated),
        closed: count(Metric::Closed),
        granted: count(Metric::Granted),
        decisions: count(Metric::Decisions),
        under_floor: count(Metric::UnderFloor),
        eligible: count(Metric::Eligible),
        agreement_rate: share(Metric::EligibleAlone),
        settled_rate: Some(share(Metric::EligibleAgreed)),
        close_rate: share(Metric::EligibleClosed),
        escalation_rate: share(Metric::EligiblePerson),
        revenue: no_less(Metric::Revenue),
        pocket: money(Metric::Pocket),
        lasting: money(Metric::Lasting),
        pocket_rate: rate(Metric::Pocket, Metric::CostedRevenue),
        discount: money(Metric::Discount),
        discount_rate: rate(Metric::Discount, Metric::List),
        leakage: no_less(Metric::Leakage),
        surplus: money(Metric::Surplus),
        work_minutes: number(total(cell, None, Metric::WorkMinutes)),
        wait_minutes: number(ratio(cell, None, Metric::WaitMinutes, Metric::Escalated)),
        rounds: number(ratio(cell, None, Metric::EligibleRounds, Metric::Eligible)),
    }
}

fn differences(cell: &Cell, from: &Cell, currency: Currency) -> Differences {
    let rate = |part: Metric, whole: Metric| as_rate(ratio(cell, Some(from), part, whole));
    let share = |part: Metric| between(rate(part, Metric::Eligible), Rate::from_ppm(-Rate::ONE.ppm()), Rate::ONE);
    let money =
        |metric: Metric| as_amount(cell.total(metric) - from.total(metric), total(cell, Some(from), metric), currency);
    Differences {
        agreement_rate: share(Metric::EligibleAlone),
        settled_rate: Some(share(Metric::EligibleAgreed)),
        close_rate: share(Metric::EligibleClosed),
        escalation_rate: Some(share(Metric::EligiblePerson)),
        rounds: Some(ratio(cell, Some(from), Metric::EligibleRounds, Metric::Eligible)),
        surplus: Some(money(Metric::Surplus)),
        discount_rate: Some(rate(Metric::Discount, Metric::List)),
        revenue: money(Metric::Revenue),
        pocket: money(Metric::Pocket),
        lasting: money(Metric::Lasting),
        pocket_rate: rate(Metric::Pocket, Metric::CostedRevenue),
        discount: money(Metric::Discount),
        leakage: money(Metric::Leakage),
        work_minutes: total(cell, Some(from), Metric::WorkMinutes),
    }
}

/// A total, or the difference of two: the sum over groups, whose spread says how sure it is.
fn total(cell: &Cell, from: Option<&Cell>, metric: Metric) -> Estimate<f64> {
    let groups = present(cell).into_iter().zip(cell.groups(metric)).zip(with(from, metric));
    let values = groups.filter(|((present, _), _)| *present).map(|((_, of), from)| of as f64 - from as f64);
    let values: Vec<f64> = values.collect();
    around(values.iter().sum(), &values)
}

/// The ratio of two totals, or the difference of two such ratios. To first order a ratio varies as the sum over groups of
/// `(part − ratio × whole) / total whole` does.
fn ratio(cell: &Cell, from: Option<&Cell>, part: Metric, whole: Metric) -> Estimate<f64> {
    let (value, own) = linear(cell, part, whole);
    let (other_value, others) = from.map_or_else(|| (0.0, vec![0.0; own.len()]), |from| linear(from, part, whole));
    let groups = present(cell).into_iter().zip(own.iter().zip(&others));
    let residuals: Vec<f64> = groups.filter(|(present, _)| *present).map(|(_, (own, other))| own - other).collect();
    let estimate = value - other_value;
    let found = around(0.0, &residuals);
    Estimate { value: estimate, interval: found.interval.map(|(low, high)| (estimate + low, estimate + high)) }
}

fn linear(cell: &Cell, part: Metric, whole: Metric) -> (f64, Vec<f64>) {
    let total = cell.total(whole) as f64;
    let value = if total > 0.0 { cell.total(part) as f64 / total } else { 0.0 };
    let groups = cell.groups(part).zip(cell.groups(whole));
    (value, groups.map(|(part, whole)| (part as f64 - value * whole as f64) / total.max(1.0)).collect())
}

/// Which groups have anything.
fn present(cell: &Cell) -> Vec<bool> {
    cell.groups(Metric::Negotiations).map(|count| count > 0).collect()
}

fn with(from: Option<&Cell>, metric: Metric) -> Vec<i128> {
    from.map_or_else(|| vec![0; REPLICATES], |from| from.groups(metric).collect())
}

/// The interval of a sum of independent values: `± t · √(n / (n − 1) · Σ(value − mean)²)`.
fn around(sum: f64, values: &[f64]) -> Estimate<f64> {
    let count = values.len() as f64;
    if count < 2.0 {
        return Estimate { value: sum, interval: None };
    }
    let mean = values.iter().sum::<f64>() / count;
    let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
    let quantile = QUANTILES[values.len().min(REPLICATES) - 2];
    let radius = quantile * (count / (count - 1.0) * squares).sqrt();
    Estimate { value: sum, interval: Some((sum - radius, sum + radius)) }
}

/// An interval cut at what is possible. It is a ratio over random groups of customers, whose negotiations are not independent of
/// each other, so that Wilson's interval for one sample of independent answers would be too narrow; the symmetric one of the
/// groups is cut at the ends instead.
fn between(estimate: Estimate<Rate>, least: Rate, most: Rate) -> Estimate<Rate> {
    cut(estimate, |end| end.clamp(least, most))
}

fn cut<T: Copy>(estimate: Estimate<T>, end: impl Fn(T) -> T) -> Estimate<T> {
    Estimate { interval: estimate.interval.map(|(low, high)| (end(low), end(high))), ..estimate }
}

fn as_rate(estimate: Estimate<f64>) -> Estimate<Rate> {
    let interval = estimate.interval.map(|(low, high)| (rate(low), rate(high)));
    Estimate { value: rate(estimate.value), interval }
}

/// Minor units as money; the value itself is the exact sum, as far as an [`Amount`] can hold it.
fn as_amount(exact: i128, estimate: Estimate<f64>, currency: Currency) -> Estimate<Amount> {
    let scale = 10_f64.powi(currency.exponent() as i32);
    let stopped = exact.clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    let value = Amount::new(i64::try_from(stopped).unwrap_or(i64::MAX), currency);
    let end = |minor: f64| amount(minor / scale, currency);
    Estimate { value, interval: estimate.interval.map(|(low, high)| (end(low), end(high))) }
}
