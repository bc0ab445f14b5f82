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
    /// A narrower list holds.
    Wider,
    /// Another list of the same scope is never dearer.
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
/// `candidates` are the lists that hold for the buyer at all (general ones, those of the buyer's group and company).
pub fn resolve<T>(candidates: &[Candidate<T>], currency: Currency, on: Date) -> Option<Resolved>
where
    T: Clone + IntoIterator<Item = Tier>,
{
    let mut verdicts: Vec<Verdict> = candidates.iter().map(|c| first_look(c, currency, on)).collect();
    let used = |verdict: &Verdict| *verdict == Verdict::Used;
    let narrowest: Scope =
        candidates.iter().zip(&verdicts).filter(|(_, v)| used(v)).map(|(c, _)| c.list.scope).max()?;
    for (candidate, verdict) in candidates.iter().zip(&mut verdicts) {
        if used(verdict) && candidate.list.scope < narrowest {
            *verdict = Verdict::Wider;
        }
    }
    let steps = candidates.iter().zip(&verdicts).filter(|(_, verdict)| used(verdict));
    let ladder = Ladder::of(steps.flat_map(|(c, _)| c.tiers.clone().into_iter().map(move |tier| (&c.list, tier))))?;
    let makes_a_step = |list: &ListRef| ladder.list.id == list.id || ladder.sources.iter().any(|l| l.id == list.id);
    let entry = |(candidate, verdict): (&Candidate<T>, Verdict)| {
        let dearer = verdict == Verdict::Used && !makes_a_step(&candidate.list);
        Entry { list: candidate.list.clone(), verdict: if dearer { Verdict::Dearer } else { verdict } }
    };
    let mut entries: Vec<Entry> = candidates.iter().zip(verdicts).map(entry).collect();
    entries.sort_by(|a, b| b.list.scope.cmp(&a.list.scope).then(a.list.id.cmp(&b.list.id)));
    Some(Resolved { ladder, explanation: Explanation { entries } })
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
    let possible = candidate.tiers.clone().into_iter().any(|tier| Ladder::holds(list, &tier));
    if possible { Verdict::Used } else { Verdict::NoPrice }
}
