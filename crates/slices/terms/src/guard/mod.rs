//! The guard of every way to a price: may it come into force, by whom, and who must confirm it.
//!
//! A price under the [`Bounds`] of its product takes a second person, by whichever [`Door`] it comes: typed into a price
//! list, sent over the API, changed in bulk, imported from a file. Rules that make prices (a policy, the treatment of an
//! experiment, the cost model, segments) take one always. [`crate::deciders::second_person`] says who that may be.
//!
//! A list's price is what each of its buyers pays, so the highest floor counts that may apply to any of them: for a list of
//! one company what holds for it, for every other list the rows for all segments, and those whose condition may be met.
//!
//! What people grant in single cases, at the desk and in quotes, goes by their authority instead: that is the policy's own
//! guard of deals, and it asks for a person above.

pub mod queries;
pub mod rules;

use kernel::UnitPrice;

/// By which way something that makes prices comes into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Door {
    /// One price, typed by a person.
    Price,
    /// Many at once, by a rule.
    Bulk,
    /// From a file.
    Import,
    /// Over the API.
    Api,
}

impl Door {
    /// Every door.
    pub const ALL: [Self; 4] = [Self::Price, Self::Bulk, Self::Import, Self::Api];

    /// The stored code; `price-door-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Price => "price",
            Self::Bulk => "bulk",
            Self::Import => "import",
            Self::Api => "api",
        }
    }

    /// The door with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|door| door.code() == code)
    }
}

/// What a price may not go under without a second person. For the seller's own people.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Bounds {
    /// What the goods cost; `None` where nobody knows.
    pub cost: Option<UnitPrice>,
    /// The least price that leaves the highest floor of the policy in force that may apply to anybody who buys at it; `None`
    /// without a cost.
    pub floor: Option<UnitPrice>,
    /// Whose floor that is; `None` where it is everybody's.
    pub section: Option<Section>,
}

/// Those for whom a row of the policy sets a floor of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Section {
    /// Customers of this segment.
    pub segment: Option<String>,
    /// Where this condition is met.
    pub condition: Option<String>,
}

impl Section {
    /// Segment and condition as the policy writes them.
    pub fn text(&self) -> String {
        let parts = [self.segment.as_deref(), self.condition.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }
}

/// Who buys from a list, as far as that is known; what is `None` may be anything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Buyers<'a> {
    /// Their segment.
    pub segment: Option<&'a str>,
    /// Where they are taxed.
    pub country: Option<&'a str>,
}

/// What the rows of the policy may ask about goods, and what does not change from day to day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Goods {
    /// Their class.
    pub class: String,
    /// The code of their category.
    pub category: Option<String>,
    /// Their brand or maker.
    pub brand: Option<String>,
}

/// Why a price takes a second person; later ones are graver.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Concern {
    /// It leaves less than the floor.
    UnderFloor,
    /// It is less than the goods cost.
    BelowCost,
    /// It is nothing at all.
    Gift,
}

impl Concern {
    /// Every concern, the lightest first.
    pub const ALL: [Self; 3] = [Self::UnderFloor, Self::BelowCost, Self::Gift];

    /// The stored code; `price-concern-<code>` is the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::UnderFloor => "under-floor",
            Self::BelowCost => "below-cost",
            Self::Gift => "gift",
        }
    }

    /// The concern with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|concern| concern.code() == code)
    }
}
