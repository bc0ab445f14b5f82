//! The scripted buyers: what each wants to have in a round, given what it has seen. All but the prober, who does not
//! bargain but search (see [`super::talk`]), differ in nothing else.
//!
//! floats: utilities of simulated buyers, not money

use statistics::Random;

/// A kind of buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum BuyerKind {
    /// Gives in late: time-dependent with β = 0.2 (Faratin, Sierra and Jennings 1998).
    Boulware,
    /// Gives in evenly: β = 1.
    Linear,
    /// Gives in early: β = 5.
    Conceder,
    /// Gives up as much as the seller's last answer gave (absolute tit-for-tat of the same authors).
    TitForTat,
    /// Gives up one step for every new offer of the seller (MiCRO, de Jonge 2022).
    MinimalConcession,
    /// Wants anything between everything and nothing.
    Random,
    /// Bisects for the lowest price that is accepted, over several negotiations and with a colleague.
    Prober,
}

impl BuyerKind {
    /// Every kind.
    pub const ALL: [Self; 7] = [
        Self::Boulware,
        Self::Linear,
        Self::Conceder,
        Self::TitForTat,
        Self::MinimalConcession,
        Self::Random,
        Self::Prober,
    ];

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Boulware => "Boulware",
            Self::Linear => "linear",
            Self::Conceder => "conceder",
            Self::TitForTat => "tit-for-tat",
            Self::MinimalConcession => "minimal concession",
            Self::Random => "random",
            Self::Prober => "prober",
        }
    }
}

/// What a buyer knows when it makes up its mind. Surpluses are the buyer's own, in minor units.
#[derive(Debug, Clone, Copy)]
pub(super) struct Seen {
    /// The share of the rounds that is over before the next ask; 1 before the last.
    pub(super) time: f64,
    /// What the opening ask would bring.
    pub(super) opening: f64,
    /// What buying the wanted quantity at list prices would bring; negative where it is not worth it.
    pub(super) list: f64,
    /// What the best offer so far would bring.
    pub(super) best: f64,
    /// Whether the last answer held an offer that was not there before.
    pub(super) is_new: bool,
    /// The smallest step that a price is moved by.
    pub(super) step: f64,
}

/// How much a buyer wants to have in the next round.
pub(super) trait Wants {
    /// A surplus. What lies under zero is taken as nothing.
    fn next(&mut self, seen: &Seen) -> f64;
}

/// `opening × (1 − time^(1/β))`.
pub(super) struct TimeDependent {
    pub(super) beta: f64,
}

impl Wants for TimeDependent {
    fn next(&mut self, seen: &Seen) -> f64 {
        seen.opening * (1.0 - seen.time.powf(1.0 / self.beta))
    }
}

/// The seller begins at the list price.
#[derive(Default)]
pub(super) struct TitForTat {
    /// What is wanted, and the best that had been offered then.
    last: Option<(f64, f64)>,
}

impl Wants for TitForTat {
    fn next(&mut self, seen: &Seen) -> f64 {
        let (wanted, best) = self.last.unwrap_or((seen.opening, seen.list));
        let wanted = wanted - (seen.best - best).max(0.0);
        self.last = Some((wanted, seen.best.max(best)));
        wanted
    }
}

/// How many steps have been given up.
#[derive(Default)]
pub(super) struct MinimalConcession {
    steps: u32,
}

impl Wants for MinimalConcession {
    fn next(&mut self, seen: &Seen) -> f64 {
        self.steps += u32::from(seen.is_new);
        seen.opening - f64::from(self.steps) * seen.step
    }
}

/// Draws from its own seed.
pub(super) struct AtRandom {
    pub(super) random: Random,
}

impl Wants for AtRandom {
    fn next(&mut self, seen: &Seen) -> f64 {
        seen.opening * self.random.unit()
    }
}
