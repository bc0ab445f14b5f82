//! Cases that are so alike that one decision may answer them all.

use std::collections::BTreeMap;

use kernel::Rate;

use crate::people::Level;

/// An open case as the desk compares it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The id of the negotiation or order as a number; the answer names cases by it.
    pub key: u128,
    /// The level of the desk on which it lies.
    pub level: Level,
    /// The lowest level that may decide it.
    pub needed: Level,
    /// Why it needs a person, as a code.
    pub reason: String,
    /// The customer's segment.
    pub segment: String,
    /// The product class.
    pub class: String,
    /// Margin impact; `None`: unknown, for want of a cost. Such a case is never grouped: somebody must look at it.
    pub impact: Option<Rate>,
    /// The discount that is asked.
    pub discount: Rate,
}

/// Limits between bands: `[5 %, 10 %]` makes the bands up to 5 %, above 5 % up to 10 %, and above 10 %.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bands(pub Vec<Rate>);

impl Bands {
    /// The band of a rate: how many limits lie under it. Limits may be in any order.
    pub fn of(&self, rate: Rate) -> usize {
        self.0.iter().filter(|limit| **limit < rate).count()
    }
}

/// What the cases of a group have in common.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Alike {
    /// The level of the desk on which they lie.
    pub level: Level,
    /// The lowest level that may decide them.
    pub needed: Level,
    /// Why they need a person.
    pub reason: String,
    /// The customers' segment.
    pub segment: String,
    /// The product class.
    pub class: String,
    /// The band of the margin impact, from 0.
    pub impact_band: usize,
    /// The band of the discount, from 0.
    pub discount_band: usize,
}

/// At least two cases that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// What they have in common.
    pub alike: Alike,
    /// [`Case::key`] of each, ascending.
    pub cases: Vec<u128>,
}

/// Groups of at least two alike cases that the viewer may decide, the largest first. A case is in one group at most.
pub fn group(cases: &[Case], impact_bands: &Bands, discount_bands: &Bands, viewer: Level) -> Vec<Group> {
    let mut groups: BTreeMap<Alike, Vec<u128>> = BTreeMap::new();
    for case in cases.iter().filter(|case| case.needed <= viewer) {
        let Some(impact) = case.impact else { continue };
        let alike = Alike {
            level: case.level,
            needed: case.needed,
            reason: case.reason.clone(),
            segment: case.segment.clone(),
            class: case.class.clone(),
            impact_band: impact_bands.of(impact),
            discount_band: discount_bands.of(case.discount),
        };
        groups.entry(alike).or_default().push(case.key);
    }
    let mut groups: Vec<_> = groups.into_iter().map(|(alike, cases)| Group { alike, cases: once(cases) }).collect();
    groups.retain(|group| group.cases.len() > 1);
    groups.sort_by_key(|group| std::cmp::Reverse(group.cases.len()));
    groups
}

fn once(mut keys: Vec<u128>) -> Vec<u128> {
    keys.sort_unstable();
    keys.dedup();
    keys
}
