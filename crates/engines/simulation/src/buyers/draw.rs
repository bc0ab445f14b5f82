//! One buyer, drawn.
//!
//! floats: statistics, not money

use kernel::{Instant, Quantity, UnitPrice};
use statistics::{Random, normal_cdf, normal_quantile};

use crate::{
    buyers::{Buyers, SegmentFit, habits::Chances, place, tastes::Tastes},
    frame::{Frame, Observation},
    market::MarketProduct,
};

/// How a buyer moves from round to round.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Manner {
    /// By time: the share `((round − 1) / (rounds − 1)) ^ exponent` of the way to what the buyer would pay.
    Time { exponent: f64 },
    /// By behaviour: this share of what the seller gave since the last round.
    Mirror { share: f64 },
}

/// One buyer and what is wanted.
#[derive(Debug, Clone)]
pub(crate) struct Buyer {
    pub(crate) customer: u32,
    pub(crate) product: u32,
    /// The past deal that is replayed; `None` for an invented buyer.
    pub(crate) deal: Option<u32>,
    pub(crate) at: Instant,
    pub(crate) quantity: Quantity,
    /// The list price of one unit at this quantity; differs from today's ladder in a backtest.
    pub(crate) list: UnitPrice,
    /// The most that one unit is worth, over the list price.
    pub(crate) reservation: f64,
    /// The first ask over the list price.
    pub(crate) ask: f64,
    pub(crate) rounds: u32,
    pub(crate) manner: Manner,
    pub(crate) tastes: Tastes,
    /// Whether the buyer asks for a person before walking away.
    pub(crate) persists: bool,
    /// The round in which the buyer asks for a person, come what may.
    pub(crate) person_in: Option<u32>,
    /// How often the buyer tries for more, though an offer would do.
    pub(crate) haggles: u32,
    /// For the engine: ties between offers.
    pub(crate) seed: u64,
}

/// The share of buyers that move by time; the others mirror.
const BY_TIME: f64 = 0.7;

/// Draws buyers for a market.
pub(crate) struct Drawing<'a> {
    frame: &'a Frame<'a>,
    buyers: &'a Buyers,
    /// By segment and by class of the frame.
    fits: Vec<&'a SegmentFit>,
    jitters: Vec<f64>,
    seed: u64,
}

impl<'a> Drawing<'a> {
    pub(crate) fn new(frame: &'a Frame<'a>, buyers: &'a Buyers, seed: u64) -> Self {
        let jitter = |name: &&str| buyers.jitter.iter().find(|(class, _)| class == name).map_or(0.0, |(_, of)| *of);
        Self {
            frame,
            buyers,
            fits: frame.segments.iter().map(|name| buyers.segment(name)).collect(),
            jitters: frame.classes.iter().map(jitter).collect(),
            seed,
        }
    }

    /// The buyer of the deal with this number: quantity and list price as they were, the ask too where it is known. The
    /// reservation is drawn given what is known: at least what was paid, or less than what was turned down.
    pub(crate) fn replayed(&self, number: u64) -> Option<Buyer> {
        let one = self.frame.deals.get(usize::try_from(number).ok()?)?;
        let deal = self.frame.market.deals.get(one.deal as usize)?;
        let mut random = Random::from_stream(self.seed, number);
        let fit = self.fit(one);
        let paid = normal_cdf((one.ln_paid - fit.reservation) / fit.deviation).clamp(1e-6, 1.0 - 1e-6);
        let unit = random.unit();
        let level = if one.is_sale() { paid + (1.0 - paid) * unit } else { paid * unit };
        let known = fit.reservation + fit.deviation * normal_quantile(level.clamp(1e-9, 1.0 - 1e-9));
        // Far in a tail the quantile is only as good as its table: what was paid was worth it.
        let reservation = if one.is_sale() { known.max(one.ln_paid) } else { known };
        // What was really paid says more than how firm buyers are as a rule.
        let (mut buyer, _) = self.minded(one, reservation, &mut random);
        buyer.quantity = self.orderable(one.product, deal.quantity.thousandths())?;
        buyer.list = deal.list;
        buyer.deal = Some(one.deal);
        if let Some(talks) = one.talks {
            buyer.ask = talks.ln_asked.exp();
            buyer.rounds = buyer.rounds.max(u32::from(talks.rounds));
        }
        Some(buyer)
    }

    /// An invented buyer: wants about what somebody wanted before, at today's list.
    pub(crate) fn invented(&self, number: u64) -> Option<Buyer> {
        if self.frame.deals.is_empty() {
            return None;
        }
        let mut random = Random::from_stream(self.seed, number);
        let one = &self.frame.deals[place(&mut random, self.frame.deals.len())];
        let factor = (self.jitters[one.class as usize] * random.normal()).exp();
        let deal = &self.frame.market.deals[one.deal as usize];
        let fit = self.fit(one);
        let reservation = fit.reservation + fit.deviation * random.normal() + self.buyers.habits.worth_more();
        let (mut buyer, is_firm) = self.minded(one, reservation, &mut random);
        if is_firm {
            buyer.reservation = buyer.reservation.min(buyer.ask);
        }
        let wanted = (deal.quantity.thousandths() as f64 * factor) as i64;
        buyer.quantity = self.orderable(one.product, wanted)?;
        buyer.list = self.frame.market.product(one.product)?.price_at(buyer.quantity)?;
        Some(buyer)
    }

    /// What is the buyer's own whatever is wanted. Quantity and list price are filled in by the caller.
    fn minded(&self, one: &Observation, reservation: f64, random: &mut Random) -> (Buyer, bool) {
        let habits = &self.buyers.habits;
        let (fit, deal) = (self.fit(one), &self.frame.market.deals[one.deal as usize]);
        let gap = fit.ask / fit.ask_shape * random.gamma(fit.ask_shape) * habits.ask_factor();
        let more = 1.0 + 0.5 * (fit.rounds - 0.5).max(0.1) * random.gamma(2.0);
        let by_time = random.chance(BY_TIME);
        let (exponent, share) = ((0.4 * random.normal()).exp(), 0.5 + random.unit());
        let (tastes, persists) = (Tastes::draw(self.buyers, random), random.chance(habits.persists()));
        let seed = random.bits();
        let mut chance = || random.unit();
        let chances = Chances { person: chance(), when: chance(), haggling: chance(), firmness: chance() };
        let haggles = habits.haggles(&chances);
        let rounds = if habits.asks_once(&chances) { 1 } else { (more as u32).max(1 + haggles).clamp(1, 8) };
        let buyer = Buyer {
            customer: one.customer,
            product: one.product,
            deal: None,
            at: deal.at,
            quantity: deal.quantity,
            list: deal.list,
            reservation: reservation.exp(),
            ask: (reservation.min(0.0) - gap).exp(),
            rounds,
            manner: if by_time { Manner::Time { exponent } } else { Manner::Mirror { share } },
            tastes,
            persists,
            person_in: habits.person_in(&chances),
            haggles,
            seed,
        };
        (buyer, habits.is_firm(&chances))
    }

    fn fit(&self, one: &Observation) -> &'a SegmentFit {
        self.fits[one.segment as usize]
    }

    fn orderable(&self, product: u32, thousandths: i64) -> Option<Quantity> {
        let packing = self.frame.market.product(product)?.packing;
        let rounded = packing.round_up(thousandths.clamp(1, Quantity::THOUSANDTHS_MAX));
        (rounded <= Quantity::THOUSANDTHS_MAX).then(|| Quantity::new(rounded, packing.unit))
    }
}

/// A product's ladder as it stood when this quantity cost so much: every step, and the cost, moved by the same factor.
pub(crate) fn at_its_time(product: &MarketProduct, buyer: &Buyer) -> Option<(i64, i64)> {
    let today = product.price_at(buyer.quantity)?.micros();
    (today != buyer.list.micros() && today > 0).then_some((buyer.list.micros(), today))
}
