//! Which list makes a buyer's price, and why.

use kernel::{Currency, Date};
use serde::{Deserialize, Serialize};

use crate::ladder::{Ladder, ListRef, Scope, Tier};

/// The prices of one product in one list that holds for the buyer.
#[derive(Debug, Clone)]
pub struct Candidate<T> {
    /// The list.
    pub list: ListRef,
    /// Its steps, in any order.
    pub tiers: T,
}

/// The price ladder of a buyer, and why it is this one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolved {
    /// The ladder.
    pub ladder: Ladder,
    /// Every list that was looked at. For staff; buyers see [`Explanation::used`] only.
    pub explanation: Explanation,
}

/// Every list that was looked at, the narrowest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Explanation {
    /// One entry per list.
    pub entries: Vec<Entry>,
}

impl Explanation {
    /// The lists that made the price: this part buyers may see.
    pub fn used(&self) -> impl Iterator<Item = &ListRef> {
        self.entries.iter().filter(|entry| entry.verdict == Verdict::Used).map(|entry| &entry.list)
    }
}

/// What became of one list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The list.
    pub list: ListRef,
    /// What became of it.
    pub verdict: Verdict,
}

/// What became of a list, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// Its prices are in another currency than the buyer's.
    OtherCurrency,
    /// It begins later.
    NotYetValid,
    /// It has ended.
    NoLongerValid,
    /// It holds no possible price for the product.
    NoPrice,
    /// A narrower list holds at every quantity that this one has a step for.
    Wider,
    /// Another list that holds is never dearer.
    Dearer,
    /// It makes the price.
    Used,
}

impl Verdict {
    /// The stable code; `price-verdict-<code>` is the key of its words.
    pub fn code(self) -> &'static str {
        match self {
            Self::OtherCurrency => "other-currency",
            Self::NotYetValid => "not-yet-valid",
            Self::NoLongerValid => "no-longer-valid",
            Self::NoPrice => "no-price",
            Self::Wider => "wider",
            Self::Dearer => "dearer",
            Self::Used => "used",
        }
    }
}

/// The price ladder of a buyer who pays in `currency`, on the day `on`; `None` when no list holds.
///
/// `candidates` are the lists that hold for the buyer at all (general ones, those of the buyer's group and company). At each
/// quantity the narrowest list that has reached a step makes the price: no step holds below its quantity, and there the
/// next wider list holds. Whoever reaches a cheaper step keeps its price, so that prices never rise with the quantity.
pub fn resolve<T>(candidates: &[Candidate<T>], currency: Currency, on: Date) -> Option<Resolved>
where
    T: Clone + IntoIterator<Item = Tier>,
{
    let mut verdicts: Vec<Verdict> = candidates.iter().map(|c| first_look(c, currency, on)).collect();
    let mut steps = Vec::new();
    // Below so much, in thousandths, no narrower list has a step.
    let mut below = i64::MAX;
    for scope in Scope::ALL.into_iter().rev() {
        let mut lowest = below;
        for (candidate, verdict) in candidates.iter().zip(&mut verdicts) {
            if *verdict != Verdict::Used || candidate.list.scope != scope {
                continue;
            }
            let reached = steps.len();
            for tier in possible(candidate).filter(|tier| tier.from.thousandths() < below) {
                lowest = lowest.min(tier.from.thousandths());
                steps.push((&candidate.list, tier));
            }
            if steps.len() == reached {
                *verdict = Verdict::Wider;
            }
        }
        below = lowest;
    }
    let ladder = Ladder::of(steps)?;
    let makes_a_step = |list: &ListRef| ladder.list.id == list.id || ladder.sources.iter().any(|l| l.id == list.id);
    let entry = |(candidate, verdict): (&Candidate<T>, Verdict)| {
        let dearer = verdict == Verdict::Used && !makes_a_step(&candidate.list);
        Entry { list: candidate.list.clone(), verdict: if dearer { Verdict::Dearer } else { verdict } }
    };
    let mut entries: Vec<Entry> = candidates.iter().zip(verdicts).map(entry).collect();
    entries.sort_by(|a, b| b.list.scope.cmp(&a.list.scope).then(a.list.id.cmp(&b.list.id)));
    Some(Resolved { ladder, explanation: Explanation { entries } })
}

fn possible<T: Clone + IntoIterator<Item = Tier>>(candidate: &Candidate<T>) -> impl Iterator<Item = Tier> {
    candidate.tiers.clone().into_iter().filter(|tier| Ladder::holds(&candidate.list, tier))
}

fn first_look<T: Clone + IntoIterator<Item = Tier>>(candidate: &Candidate<T>, currency: Currency, on: Date) -> Verdict {
    let list = &candidate.list;
    if list.currency != currency {
        return Verdict::OtherCurrency;
    }
    if list.valid_from.is_some_and(|from| on < from) {
        return Verdict::NotYetValid;
    }
    if list.valid_until.is_some_and(|until| on > until) {
        return Verdict::NoLongerValid;
    }
    if possible(candidate).next().is_some() { Verdict::Used } else { Verdict::NoPrice }
}
