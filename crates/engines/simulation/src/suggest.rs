//! Mining: a starting policy from history, and what history shows.
//!
//! | what | from |
//! |---|---|
//! | floors and targets | 10th and 50th percentile of observed pocket margins, weighted by revenue; by class and segment drawn to the whole |
//! | plain concession | the 90th percentile of how far prices lie under the usual one for the same product and quantity; half of it in the first round |
//! | volume | Theil-Sen slope (Sen 1968) of ln(price) on ln(quantity) within products: what doubling takes off |
//! | payment | cost of capital over the days |
//! | tactic | the more is sold at list prices, the later it concedes |
//! | limits | quantiles of deal values, revenues and discounts |
//! | classes not negotiable | no product has a known cost |
//!
//! Everything else is the starter's. Each number that was set has a [`Reason`]. The policy has no faults, whatever the market.
//!
//! floats: statistics of history; what leaves is rounded to rates and amounts

use kernel::{Amount, Currency, Rate};
use negotiation_engine::Policy;
use serde::{Deserialize, Serialize};

use crate::{
    figures::{quantile, rate},
    frame::{Frame, Observation, deviations},
    market::Market,
    tally::size_unit,
};

mod findings;
mod limits;
mod margins;

pub use findings::{Finding, Findings, Slope, Subject, findings};

/// Fewer observations than this say nothing about a class, segment, product or customer.
const COUNT_MIN: usize = 20;

/// Why a number of a suggested policy is what it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The path of the field, as in [`negotiation_engine::PolicyFault::path`].
    pub path: String,
    /// What it was taken from:
    ///
    /// | code | numbers |
    /// |---|---|
    /// | `starter` | none: history says nothing about it |
    /// | `margins` | `deals`, and `floor_seen`, `target_seen` (ppm) before they were drawn to the whole |
    /// | `spread` | `deals`, `percentile_90` (ppm) |
    /// | `slope` | `pairs`, `per_double_seen` (ppm) |
    /// | `quantities` | `deals`, `multiple_seen` (ppm) |
    /// | `capital` | `capital` (ppm a year) |
    /// | `at_list` | `deals`, `share` (ppm) |
    /// | `rounds` | `talks`, `rounds` |
    /// | `deal_values` | `deals`, `percentile` (ppm), `seen` (minor units) |
    /// | `revenues` | `customers`, `percentile` (ppm), `seen` (minor units) |
    /// | `discounts` | `deals`, `percentile` (ppm), `seen` (ppm) |
    /// | `no_cost` | `products` |
    pub code: String,
    /// The numbers by name.
    pub numbers: Vec<(String, i64)>,
}

/// A policy to start with, and why.
#[derive(Debug, Clone, PartialEq)]
pub struct Suggestion {
    /// The policy, version 1.
    pub policy: Policy,
    /// One for each number that was set, in the order of the table above.
    pub reasons: Vec<Reason>,
}

/// A suggestion in the making.
struct Making<'a> {
    frame: Frame<'a>,
    policy: Policy,
    reasons: Vec<Reason>,
    /// Deals that were sold.
    sales: Vec<Observation>,
}

/// A starting policy for a market. Without usable deals it is [`Policy::starter`] with amounts of about the same size in
/// the market's currency.
pub fn suggest(market: &Market) -> Suggestion {
    let frame = Frame::new(market);
    let sales: Vec<Observation> = frame.deals.iter().filter(|one| one.is_sale()).copied().collect();
    let mut making = Making { frame, policy: starter(market.currency), reasons: Vec::new(), sales };
    if making.sales.is_empty() {
        making.because("policy", "starter", &[]);
    } else {
        making.margins();
        making.plain();
        making.volume();
        making.payment();
        making.tactic();
        making.limits();
        making.blocked();
    }
    if !making.policy.faults().is_empty() {
        // No market is known that leads here; a policy with faults would send every request to a person.
        making.policy = starter(market.currency);
        making.reasons.clear();
        making.because("policy", "starter", &[]);
    }
    Suggestion { policy: making.policy, reasons: making.reasons }
}

/// The starter with its amounts in round numbers of another currency.
fn starter(currency: Currency) -> Policy {
    let mut policy = Policy::starter();
    let converted = |amount: Amount| {
        let whole = amount.minor() / 100;
        let minor_per_whole = 1_000_000 / currency.micros_per_minor();
        Amount::new(whole.saturating_mul(size_unit(currency)).saturating_mul(minor_per_whole), currency)
    };
    policy.currency = currency;
    policy.eligibility.deal_min = converted(policy.eligibility.deal_min);
    let limits = &mut policy.limits;
    limits.budget = limits.budget.map(converted);
    limits.deal_max = limits.deal_max.map(converted);
    limits.worth_deal = converted(limits.worth_deal);
    limits.worth_customer = converted(limits.worth_customer);
    for row in &mut policy.routing.rows {
        row.deal_max = row.deal_max.map(converted);
        row.customer_max = row.customer_max.map(converted);
    }
    policy
}

impl Making<'_> {
    fn because(&mut self, path: impl Into<String>, code: &str, numbers: &[(&str, i64)]) {
        let numbers = numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect();
        self.reasons.push(Reason { path: path.into(), code: code.to_owned(), numbers });
    }

    /// The plain concession: what is given today to some buyers of the same product and quantity.
    fn plain(&mut self) {
        let mut under: Vec<f64> =
            deviations(&self.sales).into_iter().map(|(_, deviation)| -deviation).filter(|gap| *gap > 0.0).collect();
        let count = under.len();
        if count < COUNT_MIN {
            self.because("plain", "starter", &[]);
            return;
        }
        let seen = quantile(&mut under, 0.9).unwrap_or(0.0);
        let most = tenths(1.0 - (-seen).exp(), 0.01, 0.1);
        (self.policy.plain.from, self.policy.plain.to) = (Rate::from_ppm(most.ppm() / 2), most);
        self.because("plain.to", "spread", &[("deals", whole(count)), ("percentile_90", rate(seen).ppm())]);
        self.because("plain.from", "spread", &[("deals", whole(count)), ("percentile_90", rate(seen).ppm())]);
    }

    fn volume(&mut self) {
        let Some(slope) = findings::slope(&self.sales) else {
            return self.because("volume", "starter", &[]);
        };
        let Some(volume) = &mut self.policy.volume else { return };
        volume.per_double = tenths(slope.per_double.ppm() as f64 / 1e6, 0.005, 0.08);
        let pairs = i64::try_from(slope.pairs).unwrap_or(i64::MAX);
        self.because("volume.per_double", "slope", &[("pairs", pairs), ("per_double_seen", slope.per_double.ppm())]);
        let mut multiples = findings::multiples(&self.sales);
        let count = multiples.len();
        let seen = quantile(&mut multiples, 0.95).unwrap_or(3.0);
        if let Some(volume) = &mut self.policy.volume {
            volume.multiple_max = Rate::from_ppm((seen.clamp(2.0, 5.0) * 2.0).round() as i64 * 500_000);
        }
        let numbers = [("deals", whole(count)), ("multiple_seen", rate(seen.min(1e6)).ppm())];
        self.because("volume.multiple_max", "quantities", &numbers);
    }

    /// What waiting for money costs, against the usual days.
    fn payment(&mut self) {
        let capital = self.frame.market.costs.capital.ppm().clamp(0, 500_000);
        if capital == 0 {
            return self.because("payment", "starter", &[]);
        }
        let usual = i64::from(self.frame.market.payment_days);
        for row in &mut self.policy.payment {
            let grant = capital * (usual - i64::from(row.days)) / 365;
            row.grant = Rate::from_ppm((grant / 500 * 500).clamp(-500_000, 500_000));
        }
        self.because("payment", "capital", &[("capital", capital)]);
    }

    /// Where most is sold at list prices, concessions can wait.
    fn tactic(&mut self) {
        let count = self.sales.len();
        let share = self.sales.iter().filter(|one| one.is_at_list()).count() as f64 / count.max(1) as f64;
        self.policy.tactic.exponent = 1_000 + 100 * (10.0 * share).round() as u32;
        self.because("tactic.exponent", "at_list", &[("deals", whole(count)), ("share", rate(share).ppm())]);
        let talks = self.frame.deals.iter().filter_map(|one| one.talks);
        let mut rounds: Vec<f64> = talks.map(|talks| f64::from(talks.rounds)).filter(|rounds| *rounds > 0.0).collect();
        if rounds.len() >= COUNT_MIN {
            let median = quantile(&mut rounds, 0.5).unwrap_or(3.0).round() as u32;
            self.policy.tactic.rounds_max = (median + 1).clamp(3, 6);
            let numbers = [("talks", whole(rounds.len())), ("rounds", i64::from(median))];
            self.because("tactic.rounds_max", "rounds", &numbers);
        } else {
            self.because("tactic.rounds_max", "starter", &[]);
        }
    }
}

fn whole(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// A share within bounds, in whole tenths of a per cent.
fn tenths(share: f64, least: f64, most: f64) -> Rate {
    Rate::from_ppm((share.clamp(least, most) * 1_000.0).round() as i64 * 1_000)
}
