//! The usable part of a market, ready for statistics: names numbered, deals by time, prices as logarithms.
//!
//! floats: statistics, not money

use std::collections::{BTreeMap, BTreeSet};

use negotiation_engine::Lever;

use crate::{figures::quantile, market::Market};

/// A market with what is computed from it once.
pub(crate) struct Frame<'a> {
    pub(crate) market: &'a Market,
    /// Names of segments, classes and categories, sorted; products without a category are in the category `""`.
    pub(crate) segments: Vec<&'a str>,
    pub(crate) classes: Vec<&'a str>,
    pub(crate) categories: Vec<&'a str>,
    /// By customer and by product: the place of its name.
    pub(crate) segment_of: Vec<u32>,
    pub(crate) class_of: Vec<u32>,
    pub(crate) category_of: Vec<u32>,
    /// The usable deals by time.
    pub(crate) deals: Vec<Observation>,
}

/// A usable deal as numbers.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Observation {
    /// Its place in [`Market::deals`].
    pub(crate) deal: u32,
    pub(crate) product: u32,
    pub(crate) customer: u32,
    pub(crate) segment: u32,
    pub(crate) class: u32,
    /// ln of the quantity in units.
    pub(crate) ln_quantity: f64,
    /// The deal at list prices, in units of the currency.
    pub(crate) value: f64,
    /// ln(paid / list).
    pub(crate) ln_paid: f64,
    /// What is known of a negotiation.
    pub(crate) talks: Option<TalkNumbers>,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct TalkNumbers {
    /// ln(asked / list).
    pub(crate) ln_asked: f64,
    pub(crate) rounds: u8,
    pub(crate) lever: Option<Lever>,
    pub(crate) agreed: bool,
}

impl Observation {
    /// Whether something was sold; talks that failed still say something about prices.
    pub(crate) fn is_sale(&self) -> bool {
        self.talks.is_none_or(|talks| talks.agreed)
    }

    /// Paid as much as the list says, but for a ten-thousandth.
    pub(crate) fn is_at_list(&self) -> bool {
        self.ln_paid > -1e-4
    }
}

impl<'a> Frame<'a> {
    pub(crate) fn new(market: &'a Market) -> Self {
        let (segments, segment_of) = numbered(market.customers.iter().map(|customer| customer.segment.as_str()));
        let (classes, class_of) = numbered(market.products.iter().map(|product| product.class.as_str()));
        let category = |product: &'a crate::MarketProduct| product.category.as_deref().unwrap_or_default();
        let (categories, category_of) = numbered(market.products.iter().map(category));
        let mut frame =
            Self { market, segments, classes, categories, segment_of, class_of, category_of, deals: Vec::new() };
        let places = (0..market.deals.len()).filter_map(|at| u32::try_from(at).ok());
        let mut deals: Vec<Observation> = places.filter_map(|at| frame.observe(at)).collect();
        deals.sort_by_key(|one| (market.deals[one.deal as usize].at, one.deal));
        frame.deals = deals;
        frame
    }

    fn observe(&self, at: u32) -> Option<Observation> {
        let deal = self.market.deals.get(at as usize).filter(|deal| self.market.is_sound(deal))?;
        let (list, quantity) = (deal.list.micros() as f64 / 1e6, deal.quantity.thousandths() as f64 / 1e3);
        let ln_list = list.ln();
        let relative = |micros: i64| (micros as f64 / 1e6).ln() - ln_list;
        Some(Observation {
            deal: at,
            product: deal.product,
            customer: deal.customer,
            segment: self.segment_of[deal.customer as usize],
            class: self.class_of[deal.product as usize],
            ln_quantity: quantity.ln(),
            value: list * quantity,
            ln_paid: relative(deal.paid.micros()),
            talks: deal.talks.map(|talks| TalkNumbers {
                ln_asked: relative(talks.asked.micros()),
                rounds: talks.rounds,
                lever: talks.lever,
                agreed: talks.agreed,
            }),
        })
    }
}

/// Names without repetition, sorted, and the place of each.
fn numbered<'a>(names: impl Iterator<Item = &'a str> + Clone) -> (Vec<&'a str>, Vec<u32>) {
    let distinct: BTreeSet<&str> = names.clone().collect();
    let places: BTreeMap<&str, u32> = distinct.iter().copied().zip(0..).collect();
    let of = names.map(|name| places[name]).collect();
    (distinct.into_iter().collect(), of)
}

/// For each sale with at least two others of the same product and about the same quantity (the same power of two): how far
/// its price lies from their median, as ln. Prices count relative to the list of their day, so that a new list is no
/// spread. Scaled by `√(n / (n − 1))` for the median is theirs. Pairs of (place in `deals`, deviation).
pub(crate) fn deviations(deals: &[Observation]) -> Vec<(usize, f64)> {
    let mut groups: BTreeMap<(u32, i32), Vec<usize>> = BTreeMap::new();
    for (at, one) in deals.iter().enumerate().filter(|(_, one)| one.is_sale()) {
        let band = (one.ln_quantity / std::f64::consts::LN_2).floor() as i32;
        groups.entry((one.product, band)).or_default().push(at);
    }
    let mut found = Vec::new();
    for group in groups.values().filter(|group| group.len() >= 3) {
        let mut prices: Vec<f64> = group.iter().map(|at| deals[*at].ln_paid).collect();
        let median = quantile(&mut prices, 0.5).unwrap_or(0.0);
        let count = group.len() as f64;
        let scale = (count / (count - 1.0)).sqrt();
        found.extend(group.iter().map(|at| (*at, (deals[*at].ln_paid - median) * scale)));
    }
    found.sort_by_key(|(at, _)| *at);
    found
}
