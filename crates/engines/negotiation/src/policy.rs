//! The seller's rules: eligibility, floors and targets, levers with their give-get rows, tactic, limits, routing.
//! A published version never changes. A policy holds floors, so it is sealed like a position; staff surfaces use
//! [`Policy::to_json`] and [`Policy::from_json`].

use kernel::{Amount, Currency, Rate, UnitPrice};
use serde::{Deserialize, Serialize};

use crate::stored::{StoredError, from_text, sealed, store_by_serde, to_text};

mod check;
mod starter;

pub use check::PolicyFault;

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

store_by_serde!(Authority);

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
    }
}

sealed! {
    /// Floor and target of the pocket margin. The narrower rule wins: segment and class, then class, then segment,
    /// then neither.
    pub struct MarginRow {
        /// For this segment only.
        pub segment: Option<String>,
        /// For this product class only.
        pub class: Option<String>,
        /// Never crossed without a person.
        pub floor: Rate,
        /// Demanded in the first round.
        pub target: Rate,
    }
}

sealed! {
    /// The plain concession: discount that needs nothing in return. It is also what the other levers start from.
    pub struct PlainLever {
        /// Largest plain discount in the first round.
        pub from: Rate,
        /// Largest plain discount in the last round.
        pub to: Rate,
        /// Whether a plain-price card is offered at all.
        pub offered: bool,
    }
}

sealed! {
    /// Give-get for volume: `grant = per_double × (quantity / anchor − 1)`, see [`crate::ListLine::anchor`].
    pub struct VolumeLever {
        /// Extra discount for each +100 % of the anchor quantity.
        pub per_double: Rate,
        /// Largest multiple of the asked quantity that is offered, and of the anchor that earns; 3 × is 3,000,000 ppm.
        pub multiple_max: Rate,
        /// Whether more than the stock may be offered when no need-by date forbids it.
        pub beyond_stock: bool,
    }
}

sealed! {
    /// What one payment term is worth.
    pub struct PaymentRow {
        /// Days from invoice to payment; 0 is prepaid.
        pub days: u16,
        /// Extra discount (negative: surcharge) against the other rows. What counts is the difference to the row of the
        /// buyer's default days.
        pub grant: Rate,
    }
}

sealed! {
    /// How the demanded margin moves from target to floor, and the plain concession with it:
    /// `share = ((step − 1) / (rounds_max − 1)) ^ exponent`, the time-dependent tactic of Faratin, Sierra and Jennings
    /// (1998) with `exponent = 1/β`.
    pub struct Tactic {
        /// The exponent in thousandths, 50 to 20,000: above 1,000 Boulware (late), 1,000 linear, below conceder (early).
        pub exponent: u32,
        /// Most rounds before a person takes over, 1 to 50.
        pub rounds_max: u32,
        /// The smallest move of the buyer, as discount given up, that counts as one. Asking the same again, or nearly,
        /// does not move the tactic.
        pub move_min: Rate,
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
        /// Whether volume and payment may be asked together where one is not enough.
        pub pairs: bool,
        /// The tactic.
        pub tactic: Tactic,
        /// Limits.
        pub limits: Limits,
        /// Routing.
        pub routing: Routing,
        /// Price ticks. Where none fits, the currency's minor unit.
        pub ticks: Vec<TickRow>,
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

    /// Floor and target for a segment and a product class; `None` when no row fits.
    pub fn margins_for(&self, segment: &str, class: &str) -> Option<&MarginRow> {
        let fits = |rule: &Option<String>, value: &str| rule.as_deref().is_none_or(|rule| rule == value);
        let rows = self.margins.iter().filter(|row| fits(&row.segment, segment) && fits(&row.class, class));
        rows.max_by_key(|row| (row.class.is_some(), row.segment.is_some()))
    }

    /// The smallest step of a price around `price`, in millionths of its currency.
    pub fn tick_micros(&self, price: UnitPrice) -> i64 {
        let rows = self.ticks.iter();
        let fits = rows.filter(|r| r.from.currency() == price.currency() && r.from.micros() <= price.micros());
        let row = fits.max_by_key(|row| row.from.micros());
        row.map_or(price.currency().micros_per_minor(), |row| row.tick_micros)
    }
}
