//! What history shows: spread of prices, slopes over quantities, which customers, products and terms negotiate well.
//!
//! floats: statistics of history; what leaves is rounded to rates and amounts

use std::collections::BTreeMap;

use kernel::{Amount, CompanyId, ProductId, Rate};
use serde::{Deserialize, Serialize};

use crate::{
    figures::{amount, quantile, rate, robust_deviation},
    frame::{Frame, Observation, deviations},
    market::Market,
    suggest::{COUNT_MIN, margins::margin},
};

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// Everything.
    Market,
    /// A segment of customers.
    Segment(String),
    /// A class of products.
    Class(String),
    /// A category of products; empty: those without one.
    Category(String),
    /// The lever of the offer that was taken.
    Lever(String),
    /// A customer.
    Customer(CompanyId),
    /// A product.
    Product(ProductId),
}

/// What history shows about something.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Finding {
    /// What it is about.
    pub subject: Subject,
    /// Sales.
    pub sales: u64,
    /// Their value at list prices.
    pub list: Amount,
    /// The share of sales at list prices.
    pub at_list: Rate,
    /// The median discount.
    pub discount: Rate,
    /// How far prices for the same product and about the same quantity are apart: two thirds lie within this of the usual one.
    pub spread: Option<Rate>,
    /// What it would have brought to sell what was sold under the usual price at the usual price.
    pub under_usual: Amount,
    /// The median pocket margin, weighted by revenue, by costs of today moved with the list; `None` without known costs.
    pub margin: Option<Rate>,
    /// Negotiations, as far as they are known.
    pub talks: u64,
    /// The share of them that ended in a sale.
    pub agreed: Option<Rate>,
    /// The mean of (paid − asked) / list over those that did: how much buyers moved.
    pub moved: Option<Rate>,
}

/// How prices fall with quantities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slope {
    /// What doubling the quantity takes off the price; negative where prices rise.
    pub per_double: Rate,
    /// Pairs of sales that it was taken from.
    pub pairs: u64,
}

/// What history shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Findings {
    /// Of the whole market first, then segments, classes, categories, levers, customers and products; within each kind by
    /// falling [`Finding::under_usual`]. Customers, products and levers only from 20 sales or talks on, at most 100 each.
    pub findings: Vec<Finding>,
    /// How prices fall with quantities, over all products; `None` with too few.
    pub slope: Option<Slope>,
}

/// Most customers, and most products.
const LISTED_MAX: usize = 100;
/// Most pairs that a slope is taken from.
const PAIRS_MAX: usize = 20_000;

/// What a market's history shows.
pub fn findings(market: &Market) -> Findings {
    let frame = Frame::new(market);
    let gaps: BTreeMap<usize, f64> = deviations(&frame.deals).into_iter().collect();
    let sales: Vec<Observation> = frame.deals.iter().filter(|one| one.is_sale()).copied().collect();
    let mut all = Vec::new();
    let subjects: [fn(&Frame<'_>, &Observation) -> Option<Subject>; 7] = [
        |_, _| Some(Subject::Market),
        |frame, one| Some(Subject::Segment(frame.segments[one.segment as usize].to_owned())),
        |frame, one| Some(Subject::Class(frame.classes[one.class as usize].to_owned())),
        |frame, one| {
            Some(Subject::Category(frame.categories[frame.category_of[one.product as usize] as usize].to_owned()))
        },
        |_, one| Some(Subject::Lever(one.talks?.lever?.code().to_owned())),
        |frame, one| Some(Subject::Customer(frame.market.customer(one.customer)?.id)),
        |frame, one| Some(Subject::Product(frame.market.product(one.product)?.id)),
    ];
    for (kind, subject) in subjects.into_iter().enumerate() {
        let mut groups: BTreeMap<Subject, Vec<usize>> = BTreeMap::new();
        for (at, one) in frame.deals.iter().enumerate() {
            if let Some(subject) = subject(&frame, one) {
                groups.entry(subject).or_default().push(at);
            }
        }
        let enough = |group: &Vec<usize>| kind < 4 || group.len() >= COUNT_MIN;
        let groups = groups.into_iter().filter(|(_, group)| enough(group));
        let mut found: Vec<Finding> = groups.map(|(subject, group)| finding(&frame, subject, &group, &gaps)).collect();
        found.sort_by_key(|finding| std::cmp::Reverse(finding.under_usual.minor()));
        found.truncate(if kind < 4 { usize::MAX } else { LISTED_MAX });
        all.extend(found);
    }
    Findings { findings: all, slope: slope(&sales) }
}

fn finding(frame: &Frame<'_>, subject: Subject, group: &[usize], gaps: &BTreeMap<usize, f64>) -> Finding {
    let currency = frame.market.currency;
    let sales: Vec<(usize, &Observation)> =
        group.iter().map(|at| (*at, &frame.deals[*at])).filter(|(_, one)| one.is_sale()).collect();
    let count = sales.len() as f64;
    let at_list = sales.iter().filter(|(_, one)| one.is_at_list()).count() as f64;
    let mut discounts: Vec<f64> = sales.iter().map(|(_, one)| 1.0 - one.ln_paid.exp()).collect();
    let of_group: Vec<(f64, f64)> =
        sales.iter().filter_map(|(at, one)| Some((*gaps.get(at)?, one.value * one.ln_paid.exp()))).collect();
    let spreads: Vec<f64> = of_group.iter().map(|(gap, _)| *gap).collect();
    let under: f64 = of_group.iter().filter(|(gap, _)| *gap < 0.0).map(|(gap, net)| net * ((-gap).exp() - 1.0)).sum();
    let margins: Vec<(f64, f64)> = sales.iter().filter_map(|(_, one)| margin(frame, one)).collect();
    let talks: Vec<_> = group.iter().filter_map(|at| Some((&frame.deals[*at], frame.deals[*at].talks?))).collect();
    let agreed: Vec<_> = talks.iter().filter(|(_, talks)| talks.agreed).collect();
    let moves: f64 = agreed.iter().map(|(one, talks)| one.ln_paid.exp() - talks.ln_asked.exp()).sum();
    Finding {
        subject,
        sales: sales.len() as u64,
        list: amount(sales.iter().map(|(_, one)| one.value).sum(), currency),
        at_list: if count > 0.0 { rate(at_list / count) } else { Rate::ZERO },
        discount: rate(quantile(&mut discounts, 0.5).unwrap_or(0.0)),
        spread: robust_deviation(&spreads).map(rate),
        under_usual: amount(under, currency),
        margin: statistics::fit::weighted_quantile(&margins, 0.5).ok().map(rate),
        talks: talks.len() as u64,
        agreed: (!talks.is_empty()).then(|| rate(agreed.len() as f64 / talks.len() as f64)),
        moved: (!agreed.is_empty()).then(|| rate(moves / agreed.len() as f64)),
    }
}

/// The median slope (Theil 1950, Sen 1968) over pairs of sales of one product, neighbours and further apart in quantity, whose
/// quantities differ by half at least. `None` with fewer than 20 pairs.
pub(super) fn slope(sales: &[Observation]) -> Option<Slope> {
    let mut by_product: BTreeMap<u32, Vec<(f64, f64)>> = BTreeMap::new();
    for one in sales {
        // Paid over today's list of one piece would hide the ladder, which is part of how prices fall: paid per unit it is.
        by_product
            .entry(one.product)
            .or_default()
            .push((one.ln_quantity, one.value.ln() - one.ln_quantity + one.ln_paid));
    }
    let mut slopes = Vec::new();
    for sales in by_product.values_mut() {
        sales.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let half = sales.len() / 2;
        for (low, high) in sales.iter().zip(&sales[half..]) {
            let apart = high.0 - low.0;
            if apart >= 1.5_f64.ln() && slopes.len() < PAIRS_MAX {
                slopes.push((high.1 - low.1) / apart);
            }
        }
    }
    let pairs = slopes.len();
    let slope = quantile(&mut slopes, 0.5).filter(|_| pairs >= COUNT_MIN)?;
    Some(Slope { per_double: rate((1.0 - slope.clamp(-20.0, 20.0).exp2()).clamp(-1e6, 1.0)), pairs: pairs as u64 })
}

/// Quantities over the median quantity of their product.
pub(super) fn multiples(sales: &[Observation]) -> Vec<f64> {
    let mut by_product: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for one in sales {
        by_product.entry(one.product).or_default().push(one.ln_quantity);
    }
    let mut multiples = Vec::with_capacity(sales.len());
    for quantities in by_product.values_mut() {
        let median = quantile(quantities, 0.5).unwrap_or(0.0);
        multiples.extend(quantities.iter().map(|quantity| (quantity - median).exp()));
    }
    multiples
}
