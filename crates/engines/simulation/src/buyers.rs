//! Synthetic buyers, fitted to history per segment.
//!
//! | what | from | where history says nothing |
//! |---|---|---|
//! | who buys what, and how much | a past deal drawn at random, its quantity moved by a log-normal factor | |
//! | reservation price over list | log-normal: median and spread of prices paid, see [`PRIOR`]; with talks that failed and succeeded, a probit of 'agreed' on the last price | [`PRIOR`] |
//! | first ask | the lower of reservation and list, less a gamma share: mean and variance of asks, less what reservations explain | [`PRIOR`] |
//! | rounds | one and a gamma, mean of the rounds of talks | [`PRIOR`] |
//! | who wants a person, haggles, is firm; how low first asks are | [`Habits`]: what the policy in force really made of buyers | none of it |
//! | what a lever costs the buyer | log-normal around a median ([`tastes`]), moved by the square root of assumed over observed shares of levers | the median |
//!
//! Every number of a segment is drawn to that of the whole market with the weight of 50 deals, the market's to the prior
//! likewise; the probit by normal priors on its two parameters.
//!
//! floats: statistics, not money

use negotiation_engine::Lever;
use serde::{Deserialize, Serialize};
use statistics::{Random, fit::LogNormal};

use crate::{
    figures::{quantile, robust_deviation, shrunk, six},
    frame::{Frame, Observation, deviations},
    market::Market,
};

mod draw;
mod habits;
mod matched;
mod probit;
mod quality;
pub(crate) mod tastes;

pub use habits::Habits;
pub use matched::{Calibration, Matched, Moment};

pub(crate) use draw::{Buyer, Drawing, Manner, at_its_time};
use probit::{Centre, Seen, reservations};
pub use quality::Quality;

/// What is assumed where history says nothing: the reservation price is 2 % above what is paid, with a spread of 4 %; the
/// first ask is 4 % below what the buyer would pay; three rounds.
pub const PRIOR: Prior = Prior { surplus: 0.02, spread: 0.04, ask: 0.04, ask_shape: 2.0, rounds: 3.0 };

/// See [`PRIOR`].
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prior {
    /// ln(reservation / paid).
    pub surplus: f64,
    /// Standard deviation of ln(reservation).
    pub spread: f64,
    /// Mean of ln(would pay / asked).
    pub ask: f64,
    /// Shape of its gamma distribution.
    pub ask_shape: f64,
    /// Mean rounds.
    pub rounds: f64,
}

/// What was learnt about the buyers of a segment.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SegmentFit {
    /// The segment; empty for the whole market.
    pub segment: String,
    /// Usable deals.
    pub deals: u64,
    /// Of them real negotiations.
    pub talks: u64,
    /// Share of sales at the list price.
    pub at_list: f64,
    /// Mean of ln(paid / list) over sales.
    pub paid: f64,
    /// Mean and standard deviation of ln(discount) where there is one.
    pub discount: (f64, f64),
    /// Standard deviation of ln(price) for the same product and about the same quantity.
    pub spread: f64,
    /// Mean of ln(reservation price / list).
    pub reservation: f64,
    /// Standard deviation of it.
    pub deviation: f64,
    /// Mean of ln(would pay / first ask).
    pub ask: f64,
    /// Shape of its gamma distribution.
    pub ask_shape: f64,
    /// Mean rounds.
    pub rounds: f64,
}

impl SegmentFit {
    fn shorten(&mut self) {
        let Self { at_list, paid, discount, spread, reservation, deviation, ask, ask_shape, rounds, .. } = self;
        let numbers =
            [at_list, paid, &mut discount.0, &mut discount.1, spread, reservation, deviation, ask, ask_shape, rounds];
        numbers.into_iter().for_each(|number| *number = six(*number));
    }
}

/// A fitted population of buyers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Buyers {
    /// The whole market.
    pub market: SegmentFit,
    /// Each segment, by name.
    pub segments: Vec<SegmentFit>,
    /// By lever: what it costs buyers, over what is assumed; 1 for levers not named.
    pub levers: Vec<(Lever, f64)>,
    /// Standard deviation of ln(quantity) by which a drawn deal is moved, by product class.
    pub jitter: Vec<(String, f64)>,
    /// How they behave at the table, beside prices.
    #[serde(default)]
    pub habits: Habits,
    /// What the habits were fitted to, and how well; `None` where that was not tried.
    #[serde(default)]
    pub calibration: Option<Calibration>,
    /// How well the last fifth of history is reproduced by a fit to the rest.
    pub quality: Quality,
}

impl Buyers {
    /// Fits buyers to a market's history. An empty market gives the prior.
    pub fn fit(market: &Market) -> Self {
        let frame = Frame::new(market);
        let quality = quality::measure(&frame);
        Self { quality, ..Self::of(&frame, &frame.deals) }.short()
    }

    /// With six decimals, so that buyers are the same after being stored as JSON.
    pub(crate) fn short(mut self) -> Self {
        self.habits.shorten();
        self.calibration.iter_mut().for_each(Calibration::shorten);
        self.segments.iter_mut().for_each(SegmentFit::shorten);
        self.market.shorten();
        self.levers.iter_mut().for_each(|(_, factor)| *factor = six(*factor));
        self.jitter.iter_mut().for_each(|(_, jitter)| *jitter = six(*jitter));
        self.quality.shorten();
        self
    }

    /// The fit of a segment, or of the whole market.
    pub fn segment(&self, name: &str) -> &SegmentFit {
        self.segments.iter().find(|fit| fit.segment == name).unwrap_or(&self.market)
    }

    /// What a lever costs buyers, over what is assumed.
    pub fn lever(&self, lever: Lever) -> f64 {
        self.levers.iter().find(|(of, _)| *of == lever).map_or(1.0, |(_, factor)| *factor)
    }

    /// The fit to some of a frame's deals.
    fn of(frame: &Frame<'_>, deals: &[Observation]) -> Self {
        let spreads = deviations(deals);
        let prior = SegmentFit {
            segment: String::new(),
            deals: 0,
            talks: 0,
            at_list: 0.5,
            paid: 0.0,
            discount: (PRIOR.spread.ln(), 0.5),
            spread: PRIOR.spread,
            reservation: PRIOR.surplus,
            deviation: PRIOR.spread,
            ask: PRIOR.ask,
            ask_shape: PRIOR.ask_shape,
            rounds: PRIOR.rounds,
        };
        let whole = Group::of(deals, &spreads, |_| true).fit("", &prior, Centre::Prior);
        let segment = |(name, number): (&&str, u32)| {
            Group::of(deals, &spreads, |one| one.segment == number).fit(name, &whole, Centre::Market)
        };
        Self {
            segments: frame.segments.iter().zip(0..).map(segment).collect(),
            levers: tastes::factors(deals),
            jitter: jitters(frame, deals),
            habits: Habits::default(),
            calibration: None,
            quality: Quality::default(),
            market: whole,
        }
    }
}

/// The deals of a segment, or all.
struct Group<'a> {
    deals: Vec<&'a Observation>,
    deviations: Vec<f64>,
}

impl<'a> Group<'a> {
    fn of(deals: &'a [Observation], spreads: &[(usize, f64)], belongs: impl Fn(&Observation) -> bool) -> Self {
        let deviations = spreads.iter().filter(|(at, _)| belongs(&deals[*at])).map(|(_, deviation)| *deviation);
        Self { deviations: deviations.collect(), deals: deals.iter().filter(|one| belongs(one)).collect() }
    }

    fn fit(&self, segment: &str, whole: &SegmentFit, centre: Centre) -> SegmentFit {
        let sales: Vec<f64> = self.deals.iter().filter(|one| one.is_sale()).map(|one| one.ln_paid).collect();
        let at_list = self.deals.iter().filter(|one| one.is_sale() && one.is_at_list()).count();
        let paid = shrunk(mean(&sales), sales.len(), whole.paid);
        let spread = robust_deviation(&self.deviations).map(|spread| spread.clamp(0.005, 0.5));
        let spread = shrunk(spread, self.deviations.len(), whole.spread);
        let talks: Vec<_> = self.deals.iter().filter_map(|one| Some((one.ln_paid, one.talks?))).collect();
        let seen: Vec<Seen> = talks.iter().map(|(price, talks)| Seen { price: *price, agreed: talks.agreed }).collect();
        let (before, tightness) = match centre {
            Centre::Prior => ((paid + PRIOR.surplus, spread), (0.05, 0.5)),
            // Where the segment pays less than the market does, so it would, unless its talks say otherwise.
            Centre::Market => {
                let ratio = (spread / whole.spread.max(0.001)).clamp(0.25, 4.0);
                ((whole.reservation + paid - whole.paid, whole.deviation * ratio), (0.02, 0.3))
            }
        };
        let (reservation, deviation) = reservations(&seen, before, tightness);
        let asks: Vec<f64> = talks.iter().map(|(_, talks)| talks.ln_asked).collect();
        let (ask, ask_shape) = ask(&asks, reservation, deviation, whole);
        let rounds: Vec<f64> = talks.iter().map(|(_, talks)| f64::from(talks.rounds)).filter(|n| *n > 0.0).collect();
        SegmentFit {
            segment: segment.to_owned(),
            deals: self.deals.len() as u64,
            talks: talks.len() as u64,
            at_list: shrunk(mean_share(at_list, sales.len()), sales.len(), whole.at_list),
            paid,
            discount: discount(&sales, whole.discount),
            spread,
            reservation,
            deviation,
            ask,
            ask_shape,
            rounds: shrunk(mean(&rounds), rounds.len(), whole.rounds).clamp(1.0, 8.0),
        }
    }
}

/// Mean and shape of ln(would pay / asked). A buyer would pay the lower of reservation and list, whose moments are those of
/// a normal cut off at zero; what the asks vary beyond it is their own.
fn ask(asks: &[f64], reservation: f64, deviation: f64, whole: &SegmentFit) -> (f64, f64) {
    let (Some(asked), count) = (mean(asks), asks.len()) else { return (whole.ask, whole.ask_shape) };
    let z = reservation / deviation;
    let (below, density) = (statistics::normal_cdf(-z), (-0.5 * z * z).exp() / (2.0 * std::f64::consts::PI).sqrt());
    let first = reservation * below - deviation * density;
    let second = (reservation * reservation + deviation * deviation) * below - reservation * deviation * density;
    let variance = asks.iter().map(|ask| (ask - asked).powi(2)).sum::<f64>() / count as f64;
    let own = (variance - (second - first * first)).max(1e-6);
    let ask = (first - asked).clamp(0.005, 0.25);
    let shape = (ask * ask / own).clamp(0.5, 20.0);
    (shrunk(Some(ask), count, whole.ask), shrunk(Some(shape), count, whole.ask_shape))
}

fn discount(sales: &[f64], whole: (f64, f64)) -> (f64, f64) {
    let discounts: Vec<f64> = sales.iter().filter(|paid| **paid <= -1e-4).map(|paid| -paid).collect();
    let own = LogNormal::fit(&discounts).ok();
    let moved = |own: Option<f64>, whole: f64| shrunk(own, discounts.len(), whole);
    (moved(own.map(|own| own.log_mean), whole.0), moved(own.map(|own| own.log_deviation), whole.1))
}

/// A quarter of the spread of quantities for the same product: enough to fill the gaps between past deals, and the sizes stay.
fn jitters(frame: &Frame<'_>, deals: &[Observation]) -> Vec<(String, f64)> {
    let mut by_product: std::collections::BTreeMap<u32, Vec<f64>> = std::collections::BTreeMap::new();
    for one in deals {
        by_product.entry(one.product).or_default().push(one.ln_quantity);
    }
    let mut by_class: Vec<Vec<f64>> = vec![Vec::new(); frame.classes.len()];
    for (product, mut quantities) in by_product {
        let median = quantile(&mut quantities, 0.5).unwrap_or(0.0);
        let class = frame.class_of[product as usize] as usize;
        by_class[class].extend(quantities.iter().map(|quantity| quantity - median));
    }
    let jitter = |values: &Vec<f64>| (0.25 * robust_deviation(values).unwrap_or(0.0)).min(0.5);
    frame.classes.iter().zip(&by_class).map(|(name, values)| ((*name).to_owned(), jitter(values))).collect()
}

fn mean(values: &[f64]) -> Option<f64> {
    (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)
}

fn mean_share(part: usize, whole: usize) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// One of `count`, for draws from lists.
fn place(random: &mut Random, count: usize) -> usize {
    random.below(count as u64) as usize
}
