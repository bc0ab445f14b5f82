//! What only the seller knows about a deal, and what happened in it so far.
//!
//! A position cannot be serialised for a buyer:
//!
//! ```compile_fail,E0277
//! fn to_a_buyer(position: &negotiation_engine::Position) -> String {
//!     serde_json::to_string(position).unwrap()
//! }
//! ```
//!
//! while an offer can:
//!
//! ```
//! fn to_a_buyer(offer: &negotiation_engine::Offer) -> String {
//!     serde_json::to_string(offer).unwrap()
//! }
//! ```

use kernel::{Amount, ProductId, Quantity, Rate, UnitPrice};

use crate::{
    offer::Offer,
    stored::{StoredError, from_text, sealed, store_by_serde, to_text},
    terms::{ListTerms, Request, Terms},
};

store_by_serde!(ProductId, ListTerms, Terms, Offer, Request);

sealed! {
    /// Who asks, as the policy sees it.
    pub struct Customer {
        /// The customer's segment, as in the policy's rules.
        pub segment: String,
        /// Excluded from negotiation by hand.
        pub blocked: bool,
        /// Over the credit limit or overdue.
        pub credit_hold: bool,
        /// Net revenue of the last twelve months, in the policy's currency.
        pub revenue: Amount,
    }
}

sealed! {
    /// What the supplier pays back once enough is sold.
    pub struct Bonus {
        /// When the line's quantity reaches this,
        pub from: Quantity,
        /// so much is earned per unit, on the whole line.
        pub per_unit: UnitPrice,
    }
}

sealed! {
    /// What only the seller knows about one line.
    pub struct LinePosition {
        /// The product.
        pub product: ProductId,
        /// The product's class, as in the policy's rules.
        pub class: String,
        /// Effective cost of one unit; `None` when it is not known, which makes the line not negotiable by itself.
        pub cost: Option<UnitPrice>,
        /// Free stock; `None` when stock sets no limit (made to order).
        pub stock: Option<Quantity>,
        /// Days until more than the stock can be there.
        pub lead_days: u16,
        /// Freight that the seller pays per unit.
        pub freight: UnitPrice,
        /// The supplier's bonus, if this line can earn one.
        pub bonus: Option<Bonus>,
    }
}

sealed! {
    /// What only the seller knows about a deal.
    pub struct Position {
        /// Who asks.
        pub customer: Customer,
        /// What this buyer gets without asking.
        pub list: ListTerms,
        /// One line per line of `list`, in the same order.
        pub lines: Vec<LinePosition>,
        /// Handling cost of the order.
        pub handling_order: Amount,
        /// Handling cost of each line.
        pub handling_line: Amount,
        /// Freight that the seller pays for the order, apart from [`LinePosition::freight`].
        pub freight: Amount,
        /// Cost of capital per year: `financing = net × capital × payment days / 365`.
        pub capital: Rate,
        /// What one unit of the deal's currency is worth in the policy's currency; [`Rate::ONE`] for the same currency.
        pub exchange: Rate,
    }
}

impl Position {
    /// Text to be stored for replay. For the seller only.
    pub fn to_stored(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Self::to_stored`] wrote.
    ///
    /// # Errors
    /// [`StoredError`].
    pub fn from_stored(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }
}

sealed! {
    /// What happened before this request.
    pub struct History {
        /// What was asked in each round so far, in order.
        pub rounds: Vec<Terms>,
        /// Every offer made in this negotiation that has not been taken; expired ones are ignored.
        pub standing: Vec<Offer>,
        /// Concessions already granted to this customer in the period, in the policy's currency.
        pub budget_used: Amount,
        /// Other open negotiations of the customer.
        pub open: u32,
    }
}

impl History {
    /// The first round of the only negotiation; `budget_used` is zero of the policy's currency.
    pub fn none(currency: kernel::Currency) -> Self {
        Self { rounds: Vec::new(), standing: Vec::new(), budget_used: Amount::zero(currency), open: 0 }
    }

    /// Text to be stored for replay. For the seller only.
    pub fn to_stored(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Self::to_stored`] wrote.
    ///
    /// # Errors
    /// [`StoredError`].
    pub fn from_stored(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }
}
