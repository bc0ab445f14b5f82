//! The seller's rules: eligibility, floors and targets, levers with their give-get rows, tactic, limits, routing.
//! A published version never changes. A policy holds floors, so it is sealed like a position; staff surfaces use
//! [`Policy::to_json`] and [`Policy::from_json`].

use kernel::{Amount, Currency, Rate, UnitPrice};
use serde::{Deserialize, Serialize};

use crate::{
    facts::LineFacts,
    stored::{StoredError, from_text, sealed, store_by_serde, to_text},
};

mod check;
mod conditions;
mod levers;
mod sections;
mod starter;

pub use check::PolicyFault;
pub use conditions::{CustomerCondition, ProductCondition};
pub use levers::{
    AlternativeLever, BonusLever, BundleLever, CommitmentLever, DeliveryRow, FreightRow, PaymentRow, PlainLever,
    RebateLever, RebateRow, VolumeLever,
};
pub use sections::Section;

/// Who may decide; a later one may decide all that an earlier one may.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Authority {
    /// The customer's sales rep.
    Rep,
    /// The rep's manager.
    SalesManager,
    /// The owner of prices.
    PricingManager,
}

impl Authority {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Rep => "rep",
            Self::SalesManager => "sales_manager",
            Self::PricingManager => "pricing_manager",
        }
    }
}

/// Who answers once a person of the seller has made an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AfterPerson {
    /// That person: further asks wait for him or her.
    Person,
    /// The engine goes on, but never below what a person has offered.
    Engine,
}

impl AfterPerson {
    /// Every choice.
    pub const ALL: [Self; 2] = [Self::Person, Self::Engine];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Engine => "engine",
        }
    }
}

store_by_serde!(Authority, AfterPerson);

sealed! {
    /// Who may negotiate about what.
    pub struct Eligibility {
        /// Segments that may negotiate; empty: all.
        pub segments: Vec<String>,
        /// Segments that may not, even if named above.
        pub segments_blocked: Vec<String>,
        /// Product classes that are not negotiable.
        pub classes_blocked: Vec<String>,
        /// Smallest deal at list prices, in the policy's currency.
        pub deal_min: Amount,
        /// Most other open negotiations of one customer.
        pub open_max: u32,
        /// Customers and deals that may negotiate; what it asks for and is not known counts as not met.
        pub customers: Option<CustomerCondition> = None,
        /// Products that may be negotiated; every line must meet it.
        pub products: Option<ProductCondition> = None,
        /// Customers and deals that always get a person: outliers, key accounts.
        pub person: Option<CustomerCondition> = None,
    }
}

sealed! {
    /// Floor and target of the pocket margin. The narrower rule wins: the first whose condition is met, then segment and
    /// class, then class, then segment, then neither.
    pub struct MarginRow {
        /// For this segment only.
        pub segment: Option<String>,
        /// For this product class only.
        pub class: Option<String>,
        /// Only where this is met, too.
        pub condition: Option<ProductCondition> = None,
        /// Never crossed without a person.
        pub floor: Rate,
        /// Demanded in the first round.
        pub target: Rate,
    }
}

/// What moves the demanded margin from target to floor, and the plain concession with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TacticKind {
    /// The buyer's moves, counted: `share = ((step − 1) / (rounds_max − 1)) ^ exponent`, the time-dependent tactic of
    /// Faratin, Sierra and Jennings (1998) with `exponent = 1/β`.
    Time,
    /// The buyer's moves, measured: the plain concession rises by `mirror` of what the buyer has given up since the first
    /// ask, the behaviour-dependent tactic ("absolute tit-for-tat") of the same authors.
    Mirror,
    /// One `increment` for every new move of the buyer: the minimal concession of MiCRO (de Jonge 2022).
    Minimal,
}

impl TacticKind {
    /// Every kind.
    pub const ALL: [Self; 3] = [Self::Time, Self::Mirror, Self::Minimal];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::Mirror => "mirror",
            Self::Minimal => "minimal",
        }
    }
}

/// What the order of offers looks at: see [`Policy::objective`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Objective {
    /// What is left of the deal.
    Margin,
    /// What the deal sells.
    Revenue,
}

impl Objective {
    /// Every objective.
    pub const ALL: [Self; 2] = [Self::Margin, Self::Revenue];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Margin => "margin",
            Self::Revenue => "revenue",
        }
    }
}

store_by_serde!(TacticKind, Objective);

sealed! {
    /// How far the seller has moved from target to floor at a step of the negotiation. Steps are the buyer's real moves, so
    /// that waiting or asking again does not pay. No tactic moves further than the time-dependent one with the same rounds
    /// would at its end.
    pub struct Tactic {
        /// What moves it.
        pub kind: TacticKind = TacticKind::Time,
        /// For [`TacticKind::Time`], the exponent in thousandths, 50 to 20,000: above 1,000 Boulware (late), 1,000 linear,
        /// below conceder (early).
        pub exponent: u32,
        /// Most rounds before a person takes over, 1 to 50.
        pub rounds_max: u32,
        /// The smallest move of the buyer, as discount given up, that counts as one. Asking the same again, or nearly,
        /// does not move the tactic.
        pub move_min: Rate,
        /// For [`TacticKind::Mirror`], the share of the buyer's move that is given back.
        pub mirror: Rate = Rate::ONE,
        /// For [`TacticKind::Minimal`], the smallest concession, as discount.
        pub increment: Rate = Rate::from_ppm(5_000),
    }
}

sealed! {
    /// Limits on what the engine does by itself.
    pub struct Limits {
        /// Hours for which an offer stands.
        pub validity_hours: u32,
        /// Most offers in one answer, 1 to 3.
        pub offers_max: u32,
        /// Most concessions to one customer per period, in the policy's currency; `None`: no limit.
        pub budget: Option<Amount>,
        /// Deals above this list value go to a person, in the policy's currency; `None`: no limit.
        pub deal_max: Option<Amount>,
        /// A discount above this, asked on any line, goes to a person.
        pub discount_max: Rate,
        /// An ask this far below the best price that any lever carries is far out of reach:
        pub far: Rate,
        /// it goes to a person when the deal has at least this list value, in the policy's currency,
        pub worth_deal: Amount,
        /// or the customer at least this revenue; otherwise it is answered with the best offers.
        pub worth_customer: Amount,
    }
}

sealed! {
    /// One row of the approval matrix: up to these limits, this authority suffices. A `None` sets no limit.
    pub struct RouteRow {
        /// Who decides.
        pub authority: Authority,
        /// Largest margin impact: target minus pocket margin of the ask.
        pub impact_max: Option<Rate>,
        /// Largest deal at list prices, in the policy's currency.
        pub deal_max: Option<Amount>,
        /// Largest customer by revenue, in the policy's currency.
        pub customer_max: Option<Amount>,
        /// Minutes within which an answer is promised.
        pub answer_minutes: u32,
    }
}

sealed! {
    /// Who decides what the engine does not: the cheapest authority with a row that fits.
    pub struct Routing {
        /// The approval matrix.
        pub rows: Vec<RouteRow>,
        /// The least authority for terms under the floor, or without a known cost.
        pub below_floor: Authority,
        /// Minutes promised when no row fits and the highest authority decides.
        pub answer_minutes: u32,
        /// Who answers once a person has made an offer.
        pub after_person: AfterPerson = AfterPerson::Person,
    }
}

sealed! {
    /// Offered prices from `from` on are whole multiples of `tick`.
    pub struct TickRow {
        /// From this price on; its currency is the row's currency. A multiple of `tick`.
        pub from: UnitPrice,
        /// The smallest step of a price, in millionths of the currency.
        pub tick_micros: i64,
    }
}

sealed! {
    /// One version of the seller's negotiation rules.
    pub struct Policy {
        /// The version, written into every trace.
        pub version: u32,
        /// The currency of the amounts in here. Deals in others are converted by [`crate::Position::exchange`].
        pub currency: Currency,
        /// Who may negotiate about what.
        pub eligibility: Eligibility,
        /// Floors and targets; one row without segment and class makes sure that there always is one.
        pub margins: Vec<MarginRow>,
        /// The plain price.
        pub plain: PlainLever,
        /// The volume lever; `None`: not offered.
        pub volume: Option<VolumeLever>,
        /// The payment lever: allowed days by rising `days`, grants never rising; empty: not offered.
        pub payment: Vec<PaymentRow>,
        /// Later delivery: rows by rising days, grants never falling; empty: not offered.
        pub delivery: Vec<DeliveryRow> = Vec::new(),
        /// Other freight: one row a mode, by rising grants; empty: not offered.
        pub freight: Vec<FreightRow> = Vec::new(),
        /// Volume over months; `None`: not offered.
        pub commitment: Option<CommitmentLever> = None,
        /// Rebate at the end of a period; `None`: not offered.
        pub rebate: Option<RebateLever> = None,
        /// Another product in place of one that is asked; `None`: not offered.
        pub alternative: Option<AlternativeLever> = None,
        /// Goods that the buyer orders along; `None`: not offered.
        pub bundle: Option<BundleLever> = None,
        /// Goods that come for free in place of a lower price; `None`: not offered.
        pub bonus: Option<BonusLever> = None,
        /// Whether two levers may be asked together where one is not enough.
        pub pairs: bool,
        /// The tactic.
        pub tactic: Tactic,
        /// Limits.
        pub limits: Limits,
        /// Routing.
        pub routing: Routing,
        /// Price ticks. Where none fits, the currency's minor unit.
        pub ticks: Vec<TickRow>,
        /// Which of the offers the buyer sees first: those that leave most, or those that sell most.
        pub objective: Objective = Objective::Margin,
        /// Whether offers are shown before anyone asks.
        pub proactive: bool = false,
        /// Other levers and tactics for some customers and deals; the first whose condition is met applies.
        pub sections: Vec<Section> = Vec::new(),
    }
}

/// The rules that apply to one customer and deal.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Applied<'a> {
    pub(crate) policy: &'a Policy,
    /// Whether it is known to be without faults.
    pub(crate) is_checked: bool,
}

impl Tactic {
    /// The time-dependent tactic.
    pub fn by_time(exponent: u32, rounds_max: u32, move_min: Rate) -> Self {
        let (mirror, increment) = (Rate::ONE, Rate::from_ppm(5_000));
        Self { kind: TacticKind::Time, exponent, rounds_max, move_min, mirror, increment }
    }
}

impl MarginRow {
    /// Whether segment and class fit, whatever the condition.
    pub fn fits(&self, segment: &str, class: &str) -> bool {
        let fits = |rule: &Option<String>, value: &str| rule.as_deref().is_none_or(|rule| rule == value);
        fits(&self.segment, segment) && fits(&self.class, class)
    }
}

impl Policy {
    /// The policy as JSON, for storage and staff. Never for buyers.
    pub fn to_json(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Self::to_json`] wrote, or a person edited. Check it with [`Self::faults`] before publishing.
    ///
    /// # Errors
    /// [`StoredError`] with the path of the wrong field.
    pub fn from_json(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }

    /// Floor and target for a segment and a product class, of the rows without a condition; `None` when no row fits.
    pub fn margins_for(&self, segment: &str, class: &str) -> Option<&MarginRow> {
        let rows = self.margins.iter().filter(|row| row.condition.is_none() && row.fits(segment, class));
        rows.max_by_key(|row| (row.class.is_some(), row.segment.is_some()))
    }

    /// Floor and target for a line: the first row whose condition is met, else by segment and class.
    pub(crate) fn margins_of(&self, facts: &LineFacts<'_>) -> Option<&MarginRow> {
        let (segment, class) = (&facts.customer.segment, &facts.line.class);
        let met = |row: &&MarginRow| {
            row.fits(segment, class) && row.condition.as_ref().is_some_and(|condition| condition.is_met(facts))
        };
        self.margins.iter().find(met).or_else(|| self.margins_for(segment, class))
    }

    /// The smallest step of a price around `price`, in millionths of its currency.
    pub fn tick_micros(&self, price: UnitPrice) -> i64 {
        let rows = self.ticks.iter();
        let fits = rows.filter(|r| r.from.currency() == price.currency() && r.from.micros() <= price.micros());
        let row = fits.max_by_key(|row| row.from.micros());
        row.map_or(price.currency().micros_per_minor(), |row| row.tick_micros)
    }
}
