//! Price lists as far as a price needs them, and the ladder of prices by quantity.

use std::collections::BTreeMap;
use std::sync::Arc;

use kernel::{Currency, Date, PriceListId, Quantity, UnitPrice};
use serde::{Deserialize, Serialize};

/// For whom a price list holds. Later variants are narrower, and the narrower list wins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// For everyone.
    General,
    /// For the companies of a price group.
    Group,
    /// For one company.
    Company,
    /// For one company, by contract.
    Contract,
}

impl Scope {
    /// Every scope, the widest first.
    pub const ALL: [Self; 4] = [Self::General, Self::Group, Self::Company, Self::Contract];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::General => "general",
            Self::Group => "group",
            Self::Company => "company",
            Self::Contract => "contract",
        }
    }

    /// The scope with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.code() == code)
    }
}

/// What an explanation says about a price list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListInfo {
    /// Its id.
    pub id: PriceListId,
    /// Its key.
    pub code: String,
    /// Its name in the merchant's first language.
    pub name: String,
    /// Its name in other languages, by language code.
    pub names: BTreeMap<String, String>,
    /// For whom.
    pub scope: Scope,
    /// The currency of all its prices.
    pub currency: Currency,
    /// First day; `None` for ever before.
    pub valid_from: Option<Date>,
    /// Last day; `None` for ever after.
    pub valid_until: Option<Date>,
}

impl ListInfo {
    /// The name for a reader of the language with this code.
    pub fn name(&self, language: &str) -> &str {
        self.names.get(language).unwrap_or(&self.name)
    }
}

/// A shared [`ListInfo`].
pub type ListRef = Arc<ListInfo>;

/// One step of a ladder: this net price of one unit from this quantity on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// From this quantity on.
    pub from: Quantity,
    /// Net price of one unit.
    pub price: UnitPrice,
}

/// What one buyer pays for one product by quantity. Never empty; quantities rise and prices fall from tier to tier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ladder {
    /// The steps.
    pub tiers: Vec<Tier>,
    /// The list of the first step (of all steps, unless several lists share the ladder).
    pub list: ListRef,
    /// One list for each step; empty when all come from `list`.
    pub(crate) sources: Vec<ListRef>,
}

impl Ladder {
    /// The ladder of all `steps` together: at each quantity the lowest price of the steps it reaches. Steps that bring
    /// nothing, and impossible ones (negative price or quantity), are left out. `None` when nothing is left.
    ///
    /// A list whose prices rise with the quantity is read like any other: who reaches a cheaper step keeps its price.
    pub(crate) fn of<'a>(steps: impl IntoIterator<Item = (&'a ListRef, Tier)>) -> Option<Self> {
        let mut steps: Vec<_> = steps.into_iter().filter(|(list, tier)| Self::holds(list, tier)).collect();
        // Equal quantities: the cheaper first, so that the dearer one brings nothing.
        steps.sort_by_key(|(list, tier)| (tier.from.thousandths(), tier.price.micros(), list.id));
        let list = Arc::clone(steps.first()?.0);
        let mut ladder = Self { tiers: Vec::with_capacity(steps.len()), list, sources: Vec::new() };
        let mut lowest = i64::MAX;
        let mut kept = Vec::new();
        for (list, tier) in steps {
            if tier.price.micros() < lowest {
                lowest = tier.price.micros();
                ladder.tiers.push(tier);
                kept.push(list);
            }
        }
        if kept.iter().any(|list| list.id != ladder.list.id) {
            ladder.sources = kept.into_iter().cloned().collect();
        }
        Some(ladder)
    }

    /// Whether a step of `list` can be part of a ladder at all.
    pub(crate) fn holds(list: &ListRef, tier: &Tier) -> bool {
        (0..=UnitPrice::MICROS_MAX).contains(&tier.price.micros())
            && tier.price.currency() == list.currency
            && tier.from.thousandths() >= 0
    }

    /// Whether any step holds for `quantity`: one does not hold below its own quantity. A first step from one unit on
    /// also holds for parts of the unit, because it is meant as the price without a condition.
    pub fn covers(&self, quantity: Quantity) -> bool {
        self.begins_at().is_none_or(|from| from.thousandths() <= quantity.thousandths())
    }

    /// The least quantity that has a price; `None` when every quantity has one.
    pub fn begins_at(&self) -> Option<Quantity> {
        self.tiers.first().map(|tier| tier.from).filter(|from| from.thousandths() > Quantity::SCALE)
    }

    /// The net price of one unit when `quantity` is ordered; `None` when no step holds for so little.
    pub fn price_for(&self, quantity: Quantity) -> Option<UnitPrice> {
        self.covers(quantity).then(|| self.price_at(quantity))
    }

    /// The place of the step that holds for `quantity`: the last one reached, or the first below all of them.
    pub fn step_at(&self, quantity: Quantity) -> usize {
        let reached = self.tiers.partition_point(|tier| tier.from.thousandths() <= quantity.thousandths());
        reached.saturating_sub(1)
    }

    /// The net price of one unit when `quantity` is ordered; below the first step that step's price, as what is nearest
    /// ([`Self::price_for`] says whether it can be had).
    pub fn price_at(&self, quantity: Quantity) -> UnitPrice {
        self.tiers[self.step_at(quantity)].price
    }

    /// The list that makes the price of `quantity`.
    pub fn list_at(&self, quantity: Quantity) -> &ListRef {
        self.sources.get(self.step_at(quantity)).unwrap_or(&self.list)
    }

    /// The next cheaper step above `quantity`.
    pub fn next(&self, quantity: Quantity) -> Option<&Tier> {
        self.tiers[self.step_at(quantity)..].iter().find(|tier| {
            tier.from.thousandths() > quantity.thousandths() && tier.price.micros() < self.price_at(quantity).micros()
        })
    }

    /// The currency of all its prices.
    pub fn currency(&self) -> Currency {
        self.list.currency
    }
}
