//! Runs: which arms meet which buyers.
//!
//! The same buyers meet every arm (common random numbers), so that differences between arms have little variance. A buyer
//! depends on seed and number alone: any range of numbers can be simulated by itself, on any thread, and merged.
//!
//! Every negotiation stands for itself: what a customer has been granted before, budgets over a period and other open
//! negotiations are not simulated, nor does what was learnt about buyers ([`negotiation_engine::BuyerModel`]) order offers.

use std::ops::Range;

use kernel::Currency;
use negotiation_engine::{CheckedPolicy, Policy};

use crate::{
    buyers::{Buyers, Drawing},
    frame::Frame,
    market::{Market, PastDeal},
    report::Report,
    settings::{Kind, Settings},
    table::Table,
    talk::{Outcome, floor_of, middle, negotiate, take_or_leave},
    tally::{Keys, Tally},
    was::as_it_was,
};

/// Most arms of a run.
pub const ARMS_MAX: usize = 16;

/// What a buyer meets.
#[derive(Debug, Clone, PartialEq)]
pub enum Arm {
    /// The engine with a policy.
    Policy(Box<Policy>),
    /// List prices, whatever is asked.
    AlwaysList,
    /// Every ask is granted down to the floor of [`Run::floors`]; at list prices without a known cost.
    UpToFloor,
    /// The middle between ask and list price, not under the floor; at list prices without a known cost.
    SplitDifference,
    /// What really was ordered. For past deals only.
    AsItWas,
}

/// Policies and rules, and the buyers they meet.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The arms by name, 1 to [`ARMS_MAX`].
    pub arms: Vec<(String, Arm)>,
    /// Floors for the reference rules. Its eligibility says which buyers may negotiate at all: shares are over these, in every
    /// arm alike, so that they speak of the same buyers.
    pub floors: Policy,
    /// Everything else.
    pub settings: Settings,
}

/// Why a run cannot be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RunError {
    /// No past deal that could be used.
    NoDeals,
    /// No arm, or more than [`ARMS_MAX`].
    Arms,
    /// Two arms of this name.
    SameName(String),
    /// The policy of this arm (empty: [`Run::floors`]) is in another currency than the market.
    Currency(String),
    /// The policy of this arm (empty: [`Run::floors`]) contradicts itself.
    Faults(String),
    /// This arm is of the past, and the buyers are invented.
    NoPast(String),
}

impl std::fmt::Display for RunError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NoDeals => f.write_str("there is no past deal to start from"),
            Self::Arms => write!(f, "a run has 1 to {ARMS_MAX} arms"),
            Self::SameName(name) => write!(f, "two arms are called {name}"),
            Self::Currency(name) => write!(f, "the policy '{name}' is in another currency"),
            Self::Faults(name) => write!(f, "the policy '{name}' contradicts itself"),
            Self::NoPast(name) => write!(f, "invented buyers have no past for '{name}'"),
        }
    }
}

impl std::error::Error for RunError {}

/// A run made ready. It can be shared between threads.
pub struct Simulation<'a> {
    frame: Frame<'a>,
    buyers: &'a Buyers,
    run: &'a Run,
    arms: Vec<CheckedArm<'a>>,
    floors: CheckedPolicy<'a>,
}

/// An [`Arm`] whose policy was checked once for all buyers.
enum CheckedArm<'a> {
    Policy(CheckedPolicy<'a>),
    AlwaysList,
    UpToFloor,
    SplitDifference,
    AsItWas,
}

impl<'a> Simulation<'a> {
    /// Makes a run ready for buyers fitted to the same market.
    ///
    /// # Errors
    /// [`RunError`].
    pub fn new(market: &'a Market, buyers: &'a Buyers, run: &'a Run) -> Result<Self, RunError> {
        check_names(run)?;
        let checked = |name: &str, policy: &'a Policy| checked(name, policy, market.currency);
        let arm = |(name, arm): &'a (String, Arm)| match arm {
            Arm::Policy(policy) => checked(name, policy).map(CheckedArm::Policy),
            Arm::AlwaysList => Ok(CheckedArm::AlwaysList),
            Arm::UpToFloor => Ok(CheckedArm::UpToFloor),
            Arm::SplitDifference => Ok(CheckedArm::SplitDifference),
            Arm::AsItWas if run.settings.kind != Kind::Backtest => Err(RunError::NoPast(name.clone())),
            Arm::AsItWas => Ok(CheckedArm::AsItWas),
        };
        let arms = run.arms.iter().map(arm).collect::<Result<_, _>>()?;
        let floors = checked("", &run.floors)?;
        let frame = Frame::new(market);
        if frame.deals.is_empty() {
            return Err(RunError::NoDeals);
        }
        Ok(Self { frame, buyers, run, arms, floors })
    }

    /// How many buyers there are.
    pub fn count(&self) -> u64 {
        match self.run.settings.kind {
            Kind::Backtest => self.frame.deals.len() as u64,
            Kind::MonteCarlo { count } => count,
        }
    }

    /// Simulates the buyers with these numbers. Numbers beyond [`Self::count`] are left out.
    pub fn shard(&self, numbers: Range<u64>) -> Tally {
        let mut tally = Tally::new(&self.frame, self.run.arms.len() + 1);
        let drawing = Drawing::new(&self.frame, self.buyers, self.run.settings.seed);
        for number in numbers.start..numbers.end.min(self.count()) {
            let buyer = match self.run.settings.kind {
                Kind::Backtest => drawing.replayed(number),
                Kind::MonteCarlo { .. } => drawing.invented(number),
            };
            let brought_forward = self.run.settings.brought_forward;
            match buyer.and_then(|buyer| Table::new(self.frame.market, buyer, brought_forward)) {
                Some(table) => self.serve(&table, &mut tally),
                None => tally.skipped += 1,
            }
        }
        tally
    }

    /// The results so far: every arm against list prices, and against the arm with the number `against`, if any.
    pub fn report(&self, tally: &Tally, against: Option<usize>) -> Report {
        let names = self.run.arms.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>();
        Report::of(&self.frame, &self.run.settings, &names, tally, against.filter(|arm| *arm < names.len()))
    }

    /// One buyer meets every arm.
    fn serve(&self, table: &Table<'_>, tally: &mut Tally) {
        let buyer = &table.buyer;
        let keys = Keys::of(&self.frame, buyer.customer, buyer.product, table.value());
        let list = take_or_leave(table, &self.floors, None);
        let is_eligible = table.may_negotiate(&self.floors);
        for (place, arm) in self.arms.iter().enumerate() {
            // Of the past only real negotiations are known; who just bought never asked.
            let counts = match arm {
                CheckedArm::AsItWas => self.past(table).is_some_and(|deal| deal.talks.is_some()),
                _ => is_eligible,
            };
            tally.add(place, keys, counts, &self.meet(table, arm, &list));
        }
        tally.add(self.run.arms.len(), keys, is_eligible, &list);
        tally.buyers += 1;
    }

    fn past(&self, table: &Table<'_>) -> Option<&PastDeal> {
        self.frame.market.deals.get(usize::try_from(table.buyer.deal?).ok()?)
    }

    fn meet(&self, table: &Table<'_>, arm: &CheckedArm<'_>, list: &Outcome) -> Outcome {
        let floors = &self.floors;
        let asked = table.price(table.buyer.ask);
        let not_under = |price: kernel::UnitPrice| {
            let least = table.lowest_price(floors, floor_of)?;
            Some(if price.micros() > least.micros() { price } else { least })
        };
        match arm {
            CheckedArm::Policy(policy) => negotiate(table, policy, &self.run.settings.desk),
            CheckedArm::AlwaysList => *list,
            CheckedArm::AsItWas => {
                let was = |deal| as_it_was(table, floors, &self.run.settings.desk, deal);
                self.past(table).map_or(*list, was)
            }
            CheckedArm::UpToFloor => take_or_leave(table, floors, not_under(asked)),
            CheckedArm::SplitDifference => take_or_leave(table, floors, not_under(middle(asked, table.buyer.list))),
        }
    }
}

fn check_names(run: &Run) -> Result<(), RunError> {
    if run.arms.is_empty() || run.arms.len() > ARMS_MAX {
        return Err(RunError::Arms);
    }
    for (at, (name, _)) in run.arms.iter().enumerate() {
        if run.arms[..at].iter().any(|(other, _)| other == name) {
            return Err(RunError::SameName(name.clone()));
        }
    }
    Ok(())
}

fn checked<'a>(name: &str, policy: &'a Policy, currency: Currency) -> Result<CheckedPolicy<'a>, RunError> {
    if policy.currency != currency {
        return Err(RunError::Currency(name.to_owned()));
    }
    CheckedPolicy::new(policy).map_err(|_| RunError::Faults(name.to_owned()))
}
