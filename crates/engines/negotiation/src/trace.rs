//! Why a decision is what it is: one entry per rule that fired, with the numbers used. For the seller only.

use kernel::{Amount, Instant, ProductId, Quantity, Rate, UnitPrice};
use serde_json::{Map, Value};

use crate::{
    offer::Lever,
    stored::{Store, StoredError, from_text, sealed},
    terms::LINES_MAX,
};

/// A number or word used by a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    /// A plain count.
    Count(i64),
    /// Days.
    Days(u16),
    /// A rate.
    Rate(Rate),
    /// A price per unit.
    Price(UnitPrice),
    /// A quantity.
    Quantity(Quantity),
    /// A sum of money.
    Amount(Amount),
    /// A moment.
    At(Instant),
    /// A product.
    Product(ProductId),
    /// A word of the policy (a segment, a class), or a stable code.
    Text(String),
}

macro_rules! arg_from {
    ($($ty:ty => $variant:ident),+ $(,)?) => {$(
        impl From<$ty> for Arg { fn from(value: $ty) -> Self { Self::$variant(value) } }
    )+};
}
arg_from!(i64 => Count, u16 => Days, Rate => Rate, UnitPrice => Price, Quantity => Quantity, Amount => Amount,
    Instant => At, ProductId => Product, String => Text);

impl From<u32> for Arg {
    fn from(value: u32) -> Self {
        Self::Count(i64::from(value))
    }
}

impl From<Lever> for Arg {
    fn from(value: Lever) -> Self {
        Self::Text(value.code().into())
    }
}

impl From<&'static str> for Arg {
    fn from(value: &'static str) -> Self {
        Self::Text(value.into())
    }
}

/// Declares the entries of a trace with their stable codes.
macro_rules! entries {
    ($($(#[doc = $doc:literal])+ $variant:ident = $code:literal { $($(#[doc = $field_doc:literal])+ $field:ident: $ty:ty),* $(,)? }),+ $(,)?) => {
        /// One rule that fired. Codes and names of numbers are stable; `trace-<code>` is the key of its sentence.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Entry { $($(#[doc = $doc])+ $variant { $($(#[doc = $field_doc])+ $field: $ty),* }),+ }

        impl Entry {
            /// Every code with what it means, in the order in which they can appear.
            pub const ALL: &'static [(&'static str, &'static str)] = &[$(($code, concat!($($doc),+))),+];

            /// The stable code.
            pub fn code(&self) -> &'static str {
                match self { $(Self::$variant { .. } => $code),+ }
            }

            /// The named numbers.
            pub fn args(&self) -> Vec<(&'static str, Arg)> {
                match self { $(Self::$variant { $($field),* } => vec![$((stringify!($field), Arg::from($field.clone()))),*]),+ }
            }
        }
    };
}

entries! {
    /// The policy version that decided, and when.
    Policy = "policy" {
        /// The version.
        version: u32,
        /// The time of the decision.
        at: Instant,
        /// The seed, for ties.
        seed: String,
    },
    /// The levers and tactic of a section apply.
    Section = "section" {
        /// The section's name.
        name: String,
    },
    /// Where the negotiation stands. Only real moves of the buyer raise the step.
    Round = "round" {
        /// The round, from 1.
        round: u32,
        /// The most rounds.
        rounds_max: u32,
        /// The step of the tactic, from 1.
        step: u32,
        /// How far the tactic has moved from target towards floor.
        share: Rate,
    },
    /// The buyer asked the same again, or moved by less than counts: the tactic stays.
    AskedAgain = "asked_again" {
        /// The plain discount that the ask needs now.
        needed: Rate,
        /// The least that any earlier ask needed.
        before: Rate,
    },
    /// The largest plain discount at this step.
    Concession = "concession" {
        /// The discount.
        plain: Rate,
    },
    /// The rule for a line's margins.
    Margins = "margins" {
        /// The product.
        product: ProductId,
        /// The product's class.
        class: String,
        /// The floor.
        floor: Rate,
        /// The target.
        target: Rate,
        /// Demanded at this step.
        demanded: Rate,
    },
    /// What a line starts from.
    Line = "line" {
        /// The product.
        product: ProductId,
        /// The list price at the asked quantity.
        list: UnitPrice,
        /// The asked price.
        asked: UnitPrice,
        /// The asked quantity.
        quantity: Quantity,
        /// The quantity from which volume grants count.
        anchor: Quantity,
    },
    /// A line's cost.
    Cost = "cost" {
        /// The product.
        product: ProductId,
        /// Effective cost of one unit.
        cost: UnitPrice,
    },
    /// The buyer cites a competitor.
    Competitor = "competitor" {
        /// The competitor's price per unit of the first line.
        price: UnitPrice,
    },
    /// What is left of the ask.
    Ask = "ask" {
        /// Net value.
        net: Amount,
        /// Pocket: net less cost, handling, freight and financing, plus bonus.
        pocket: Amount,
        /// Pocket margin.
        margin: Rate,
        /// Demanded margin.
        demanded: Rate,
        /// The plain discount that it needs.
        needed: Rate,
    },
    /// Whether the ask is supported. Both must hold.
    Supported = "supported" {
        /// Profit: the pocket margin is at least the demanded one.
        profit: &'static str,
        /// Fairness: the discount is at most plain concession plus grants.
        fairness: &'static str,
    },
    /// The request takes an offer that stands.
    StandingTaken = "standing_taken" {
        /// The offer's lever.
        lever: Lever,
    },
    /// The request asks for no more than the list terms give.
    ListSuffices = "list_suffices" {},
    /// What the buyer has shown about a lever in this negotiation changes its chance.
    Preference = "preference" {
        /// The lever.
        lever: Lever,
        /// What was done: `looked_at` or `turned_down`.
        seen: &'static str,
        /// The chance is multiplied by this.
        factor: Rate,
    },
    /// A lever gives no offer.
    LeverDropped = "lever_dropped" {
        /// The lever.
        lever: Lever,
        /// Why: see [`Dropped`].
        why: Dropped,
    },
    /// A lever gives an offer.
    Candidate = "candidate" {
        /// The lever.
        lever: Lever,
        /// Net value.
        net: Amount,
        /// Pocket.
        pocket: Amount,
        /// Pocket margin.
        margin: Rate,
        /// Prior probability that the buyer takes it.
        chance: Rate,
        /// Chance × pocket.
        value: Amount,
    },
    /// An offer made before stands and is at least as good for the buyer.
    StandingKept = "standing_kept" {
        /// The offer's lever.
        lever: Lever,
    },
    /// The offer is part of the answer.
    Chosen = "chosen" {
        /// The lever.
        lever: Lever,
        /// The place, from 1.
        place: u32,
    },
    /// The ask lies far below the best price that any lever carries.
    FarOff = "far_off" {
        /// So far, of the best price.
        gap: Rate,
        /// More than this is far.
        far: Rate,
        /// The deal at list prices.
        deal: Amount,
        /// The customer's revenue.
        revenue: Amount,
    },
    /// What the concession budget leaves.
    Budget = "budget" {
        /// The concession, in the policy's currency.
        concession: Amount,
        /// What is left, in the policy's currency.
        left: Amount,
    },
    /// Agreed.
    Accepted = "accepted" {
        /// By this lever.
        lever: Lever,
    },
    /// Declined.
    Declined = "declined" {
        /// The reason's code.
        reason: &'static str,
    },
    /// To a person.
    Escalated = "escalated" {
        /// The reason's code.
        reason: &'static str,
    },
    /// Who decides.
    Routed = "routed" {
        /// The authority's code.
        authority: &'static str,
        /// The promised minutes.
        minutes: u32,
        /// Target minus pocket margin of the ask; 100 % without a known cost.
        impact: Rate,
        /// The deal at list prices, in the policy's currency.
        deal: Amount,
        /// The customer's revenue.
        revenue: Amount,
    },
}

/// Why a lever gives no offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// The policy has no give-get row for it.
    NoRow,
    /// There is nothing to move: no larger quantity or no earlier payment is possible.
    NothingToMove,
    /// No price under the list price is supported.
    NoRoom,
    /// It would exceed the customer's budget of concessions.
    Budget,
    /// One lever alone reaches the asked price.
    NotNeeded,
    /// Others are worth more to the seller.
    WorthLess,
    /// Another offer is at least as good for the buyer in every respect.
    Outdone,
    /// The quantities are what a project needs.
    Fixed,
    /// A person of the seller has offered less than this.
    Person,
}

impl Dropped {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::NoRow => "no_row",
            Self::NothingToMove => "nothing_to_move",
            Self::NoRoom => "no_room",
            Self::Budget => "budget",
            Self::NotNeeded => "not_needed",
            Self::WorthLess => "worth_less",
            Self::Outdone => "outdone",
            Self::Fixed => "fixed",
            Self::Person => "person",
        }
    }
}

impl From<Dropped> for Arg {
    fn from(value: Dropped) -> Self {
        Self::Text(value.code().into())
    }
}

/// The entries of one decision, in order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace(Vec<Entry>);

impl Trace {
    /// With room for what most deals of so many lines note, so that it does not grow by copying.
    pub(crate) fn for_lines(lines: usize) -> Self {
        Self(Vec::with_capacity(40 + 3 * lines.min(LINES_MAX)))
    }

    pub(crate) fn note(&mut self, entry: Entry) {
        self.0.push(entry);
    }

    /// The entries, in order.
    pub fn entries(&self) -> &[Entry] {
        &self.0
    }

    /// Text to be stored with the decision. For the seller only.
    pub fn to_stored(&self) -> String {
        self.put().to_string()
    }

    pub(crate) fn put(&self) -> Value {
        let entry = |entry: &Entry| {
            let args = entry.args().into_iter().map(|(name, arg)| StoredArg { name: name.into(), arg }).collect();
            StoredEntry { code: entry.code().into(), args }
        };
        self.0.iter().map(entry).collect::<Vec<_>>().put()
    }

    /// Reads what [`Self::to_stored`] wrote, now or in an older version, as codes and numbers.
    ///
    /// # Errors
    /// [`StoredError`].
    pub fn read(text: &str) -> Result<Vec<StoredEntry>, StoredError> {
        from_text(text)
    }
}

sealed! {
    /// An entry of a stored trace.
    pub struct StoredEntry {
        /// The stable code.
        pub code: String,
        /// The numbers.
        pub args: Vec<StoredArg>,
    }
}

sealed! {
    /// A named number of a stored trace.
    pub struct StoredArg {
        /// Its name.
        pub name: String,
        /// Its value.
        pub arg: Arg,
    }
}

impl Store for Arg {
    fn put(&self) -> Value {
        let (kind, value) = match self {
            Self::Count(value) => ("count", value.put()),
            Self::Days(value) => ("days", value.put()),
            Self::Rate(value) => ("rate", value.put()),
            Self::Price(value) => ("price", value.put()),
            Self::Quantity(value) => ("quantity", value.put()),
            Self::Amount(value) => ("amount", value.put()),
            Self::At(value) => ("at", value.put()),
            Self::Product(value) => ("product", value.put()),
            Self::Text(value) => ("text", value.put()),
        };
        Value::Object(Map::from_iter([(kind.to_owned(), value)]))
    }

    fn take(value: Value) -> Result<Self, StoredError> {
        let Value::Object(map) = value else { return Err(StoredError::new("an object is expected")) };
        let Some((kind, value)) = map.into_iter().next() else { return Err(StoredError::new("a value is expected")) };
        match kind.as_str() {
            "count" => Store::take(value).map(Self::Count),
            "days" => Store::take(value).map(Self::Days),
            "rate" => Store::take(value).map(Self::Rate),
            "price" => Store::take(value).map(Self::Price),
            "quantity" => Store::take(value).map(Self::Quantity),
            "amount" => Store::take(value).map(Self::Amount),
            "at" => Store::take(value).map(Self::At),
            "product" => Store::take(value).map(Self::Product),
            "text" => Store::take(value).map(Self::Text),
            _ => Err(StoredError::new("there is no such kind of number").under(&kind)),
        }
    }
}
