//! How a buyer negotiates with a policy, or with one of the reference rules.
//!
//! The buyer asks, moves from round to round (see [`Manner`]), and takes the best offer once it is worth at least as much as
//! the own next ask would be (the acceptance condition AC_next of Baarslag, Hindriks and Jonker 2013), in the last round
//! once it is better than buying at list prices or not at all; who haggles tries again though an offer would do. Some want a
//! person, at once or after the first answer, and one in ten of those who would walk away; the others buy at list prices if
//! these are worth it. A refusal that says 'not here' ends the talks at once. How many do what is fitted, see
//! [`crate::Habits`].
//!
//! The modelled person offers what the engine suggests and the middle between ask and list price, not under the price that
//! leaves the middle between floor and target (without a known cost: not under the last plain concession).
//!
//! floats: a buyer's private worth is no money

use kernel::{Rounding, UnitPrice};
use negotiation_engine::{
    Answer, Authority, CheckedPolicy, DeclineReason, Escalation, History, Lever, Offer, Request, Waterfall,
};
use serde::{Deserialize, Serialize};

use crate::{
    buyers::Manner,
    table::{Sale, Table},
};

/// Minutes of work that one escalation takes, by who decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Desk {
    /// The customer's sales rep.
    pub rep_minutes: u32,
    /// The rep's manager.
    pub sales_manager_minutes: u32,
    /// The owner of prices.
    pub pricing_manager_minutes: u32,
}

impl Default for Desk {
    /// A quarter of an hour for a rep, 20 minutes for a manager, half an hour for the owner of prices.
    fn default() -> Self {
        Self { rep_minutes: 15, sales_manager_minutes: 20, pricing_manager_minutes: 30 }
    }
}

impl Desk {
    fn minutes(&self, authority: Authority) -> u32 {
        match authority {
            Authority::Rep => self.rep_minutes,
            Authority::SalesManager => self.sales_manager_minutes,
            Authority::PricingManager => self.pricing_manager_minutes,
        }
    }
}

/// How talks ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    /// On an offer of the seller's, or the ask.
    Agreed,
    /// The buyer left; may have bought at list prices.
    Walked,
    /// A person took over; may have sold.
    Escalated,
}

/// What came of one buyer.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Outcome {
    pub(crate) ending: Ending,
    pub(crate) sale: Option<Sale>,
    pub(crate) rounds: u32,
    pub(crate) decisions: u32,
    /// Minutes of work, and minutes promised until the answer.
    pub(crate) work: u32,
    pub(crate) wait: u32,
    /// Whether both agreed on terms, with or without a person.
    pub(crate) is_agreed: bool,
}

/// One seller's price, take it or leave it: what reference rules do.
pub(crate) fn take_or_leave(table: &Table<'_>, floors: &CheckedPolicy<'_>, price: Option<UnitPrice>) -> Outcome {
    let below_list = price.filter(|price| price.micros() < table.buyer.list.micros());
    let (ending, sale) = match below_list.and_then(|price| bought_at(table, floors, price)) {
        Some(sale) => (Ending::Agreed, Some(sale)),
        None => (Ending::Walked, table.list_sale(floors)),
    };
    let is_agreed = ending == Ending::Agreed;
    Outcome { ending, sale, rounds: 1, decisions: 0, work: 0, wait: 0, is_agreed }
}

fn bought_at(table: &Table<'_>, policy: &CheckedPolicy<'_>, price: UnitPrice) -> Option<Sale> {
    let surplus = table.surplus_at(price.micros() as f64 / table.buyer.list.micros() as f64);
    if surplus < 0.0 {
        return None;
    }
    table.sale(policy, Lever::Plain, &table.terms(price), surplus)
}

/// The margin at the floor.
pub(crate) fn floor_of(waterfall: &Waterfall) -> i64 {
    waterfall.floor.ppm()
}

/// The middle between two prices, rounded up.
pub(crate) fn middle(a: UnitPrice, b: UnitPrice) -> UnitPrice {
    let micros = Rounding::Up.divide(i128::from(a.micros()) + i128::from(b.micros()), 2);
    UnitPrice::new(i64::try_from(micros).unwrap_or(i64::MAX), b.currency())
}

/// Lets a buyer negotiate with a policy.
pub(crate) fn negotiate(table: &Table<'_>, policy: &CheckedPolicy<'_>, desk: &Desk) -> Outcome {
    let mut history = History::none(policy.policy().currency);
    let mut talk = Talk {
        ask: table.buyer.ask.min(1.0),
        least_offered: 1.0,
        outcome: Outcome {
            ending: Ending::Walked,
            sale: None,
            rounds: 0,
            decisions: 0,
            work: 0,
            wait: 0,
            is_agreed: false,
        },
        table,
        policy,
        desk,
    };
    talk.run(&mut history);
    talk.outcome
}

struct Talk<'t, 'a> {
    table: &'t Table<'a>,
    policy: &'t CheckedPolicy<'t>,
    desk: &'t Desk,
    /// The buyer's ask over the list price.
    ask: f64,
    /// The lowest plain price offered so far, likewise.
    least_offered: f64,
    outcome: Outcome,
}

impl Talk<'_, '_> {
    fn run(&mut self, history: &mut History) {
        let buyer = &self.table.buyer;
        let mut haggles = buyer.haggles;
        let rounds = buyer.rounds.max(buyer.person_in.unwrap_or(1));
        for round in 1..=rounds {
            self.outcome.rounds = round;
            let mut request = Request::new(self.table.terms(self.table.price(self.ask)));
            if self.wants_person(round) {
                request.person = true;
            }
            let (next, is_last) = (self.next_ask(round), round == rounds);
            let offers = match self.decide(history, &request) {
                Answer::Accept(offer) => return self.agree(&offer, self.table.surplus(&offer)),
                Answer::Escalate(escalation) => return self.ask_person(&escalation, &request),
                Answer::Decline { reason: DeclineReason::NothingBetter, .. } => Vec::new(),
                Answer::Decline { .. } => return self.walk(),
                Answer::Counter(offers) => offers,
            };
            self.note_plain(&offers);
            let enough =
                if is_last { self.table.outside() } else { self.table.surplus_at(next).max(self.table.outside()) };
            // What was offered before still stands.
            if let Some((offer, surplus)) = self.best(offers.iter().chain(&history.standing))
                && surplus >= enough
            {
                if is_last || haggles == 0 {
                    return self.agree(offer, surplus);
                }
                haggles -= 1;
            }
            if is_last && buyer.persists {
                request.person = true;
                self.outcome.rounds += 1;
                if let Answer::Escalate(escalation) = self.decide(history, &request) {
                    return self.ask_person(&escalation, &request);
                }
            }
            history.rounds.push(request.terms);
            let new = offers.into_iter().filter(|offer| !history.standing.contains(offer)).collect::<Vec<_>>();
            history.standing.extend(new);
            self.ask = self.moved(next);
        }
        self.walk();
    }

    /// Who may not negotiate is told so at once, and asks nobody.
    fn wants_person(&self, round: u32) -> bool {
        self.table.buyer.person_in == Some(round) && self.table.may_negotiate(self.policy)
    }

    fn decide(&mut self, history: &History, request: &Request) -> Answer {
        self.outcome.decisions += 1;
        let buyer = &self.table.buyer;
        self.policy.decide(&self.table.position, history, request, buyer.at, buyer.seed).outcome
    }

    /// The ask of the next round, as far as it is known before the seller's answer.
    fn next_ask(&self, round: u32) -> f64 {
        let buyer = &self.table.buyer;
        let (first, limit) = (buyer.ask.min(1.0), buyer.reservation.min(1.0));
        match buyer.manner {
            Manner::Time { exponent } if buyer.rounds > 1 => {
                let share = (f64::from(round) / f64::from(buyer.rounds - 1)).min(1.0).powf(exponent);
                (first + (limit - first) * share).max(self.ask)
            }
            _ => self.ask,
        }
    }

    /// A buyer who mirrors moves by a share of what the seller has given, at least by a quarter per cent.
    fn moved(&self, next: f64) -> f64 {
        let buyer = &self.table.buyer;
        match buyer.manner {
            Manner::Time { .. } => next,
            Manner::Mirror { share } => {
                let given = (1.0 - self.least_offered) * share;
                let first = buyer.ask.min(1.0);
                (first + given).max(self.ask + 0.0025).min(buyer.reservation.min(1.0).max(first))
            }
        }
    }

    fn note_plain(&mut self, offers: &[Offer]) {
        let plain = offers.iter().find(|offer| offer.lever == Lever::Plain);
        if let Some(line) = plain.and_then(|offer| offer.terms.lines.first()) {
            let share = line.price.micros() as f64 / self.table.buyer.list.micros().max(1) as f64;
            self.least_offered = self.least_offered.min(share);
        }
    }

    /// The offer that is worth most to the buyer; of equals the first.
    fn best<'o>(&self, offers: impl Iterator<Item = &'o Offer>) -> Option<(&'o Offer, f64)> {
        let mut best: Option<(&Offer, f64)> = None;
        for offer in offers {
            let surplus = self.table.surplus(offer);
            if best.is_none_or(|(_, most)| surplus > most) {
                best = Some((offer, surplus));
            }
        }
        best
    }

    fn agree(&mut self, offer: &Offer, surplus: f64) {
        self.outcome.ending = Ending::Agreed;
        self.outcome.is_agreed = true;
        self.outcome.sale = self.table.sale(self.policy, offer.lever, &offer.terms, surplus);
    }

    /// Buys at list prices, or not at all.
    fn walk(&mut self) {
        self.outcome.ending = Ending::Walked;
        self.outcome.sale = self.table.list_sale(self.policy);
    }

    fn ask_person(&mut self, escalation: &Escalation, request: &Request) {
        self.outcome.ending = Ending::Escalated;
        self.outcome.work = self.desk.minutes(escalation.route.authority);
        self.outcome.wait = escalation.route.answer_minutes;
        let own = self.person_price(request).and_then(|price| bought_at(self.table, self.policy, price));
        let suggested = self.best(escalation.suggested.iter()).filter(|(_, surplus)| *surplus >= self.table.outside());
        let suggested =
            suggested.and_then(|(offer, surplus)| self.table.sale(self.policy, offer.lever, &offer.terms, surplus));
        let better = own.into_iter().chain(suggested).max_by_key(|sale| sale.surplus);
        self.outcome.is_agreed = better.is_some();
        self.outcome.sale = better.or_else(|| self.table.list_sale(self.policy));
    }

    /// What the person offers; `None`: no more than the list terms.
    fn person_price(&self, request: &Request) -> Option<UnitPrice> {
        let list = self.table.buyer.list;
        let asked = request.terms.lines.first()?.price;
        let demanded = |found: &Waterfall| found.floor.ppm() / 2 + found.target.ppm() / 2;
        let least = match self.table.lowest_price(self.policy, demanded) {
            Some(price) => price,
            None => list.less(self.policy.policy().plain.to, Rounding::Up),
        };
        let price = middle(asked, list).micros().max(least.micros());
        let price = UnitPrice::new(price, list.currency());
        let price = price.to_tick(self.policy.policy().tick_micros(price).max(1), Rounding::Up);
        (price.micros() < list.micros()).then_some(price)
    }
}
