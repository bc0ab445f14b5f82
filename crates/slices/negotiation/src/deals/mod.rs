//! What a company has agreed: which terms hold until when, and what is left of them.
//!
//! A deal is an offer that was taken. It is *open* while it can be ordered, *ordered* when an order has used it up, *ended*
//! when its time ran out first. Of a commitment it says what was called off and what is left; of a rebate, how much of the
//! turnover has been reached. Nothing is stored here: it is read from offers, call-offs and purchases.

mod api;
mod pages;
pub mod queries;

#[cfg(test)]
mod tests;

use kernel::{Access, Amount, Instant, NegotiationId, OfferId, Permission, ProductId, Quantity};
use web::{ApiDoc, Method, Routes};

/// Where a deal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It can be ordered.
    Open,
    /// An order has used it up.
    Ordered,
    /// Its time ran out before it was used up.
    Ended,
}

impl Standing {
    /// Every one, in the order in which people ask for them.
    pub const ALL: [Self; 3] = [Self::Open, Self::Ordered, Self::Ended];

    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Ordered => "ordered",
            Self::Ended => "ended",
        }
    }

    /// The one with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|standing| standing.code() == code)
    }
}

/// An agreed deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deal {
    /// The offer that was taken.
    pub id: OfferId,
    /// The negotiation in which it was agreed.
    pub negotiation: NegotiationId,
    /// The negotiation's number, as people call it.
    pub number: i64,
    /// The terms as agreed. `expires` is until when they can be ordered.
    pub offer: negotiation_engine::Offer,
    /// Net value as agreed, of one order.
    pub net: Amount,
    /// The charge for freight that it spares.
    pub spared: Amount,
    /// When it was agreed.
    pub agreed_at: Instant,
    /// The order that used it up.
    pub order_number: Option<String>,
    /// Orders that called off a part of a commitment, oldest first.
    pub call_offs: Vec<CallOff>,
    /// What the company has bought since, towards the turnover of a rebate; `None` where there is no rebate.
    pub turnover: Option<Amount>,
}

/// A part of a commitment that was ordered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallOff {
    /// The order.
    pub order_number: String,
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// When it was ordered.
    pub at: Instant,
}

/// How far a line of a commitment is called off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    /// The product.
    pub product: ProductId,
    /// What was committed to.
    pub total: Quantity,
    /// What was ordered of it.
    pub called_off: Quantity,
}

impl Progress {
    /// What is still to be called off.
    pub fn left(&self) -> Quantity {
        let left = self.total.thousandths().saturating_sub(self.called_off.thousandths()).max(0);
        Quantity::new(left, self.total.unit())
    }
}

impl Deal {
    /// What it saves against the same goods without a deal: goods, a rebate, and freight.
    pub fn saving(&self) -> Amount {
        self.offer.saving.plus(self.spared).unwrap_or(self.offer.saving)
    }

    /// Where it stands at `now`.
    pub fn standing(&self, now: Instant) -> Standing {
        match (&self.order_number, now < self.offer.expires) {
            (Some(_), _) => Standing::Ordered,
            (None, true) => Standing::Open,
            (None, false) => Standing::Ended,
        }
    }

    /// Whether a commitment is called off evenly: at least as many whole orders as the part of its time that has passed holds.
    /// `None` for all other deals, and once it is over.
    pub fn is_on_track(&self, now: Instant) -> Option<bool> {
        let commitment = self.offer.terms.extras.commitment.filter(|_| self.standing(now) == Standing::Open)?;
        let passed = i128::from(now.micros().saturating_sub(self.agreed_at.micros()).max(0));
        let all = i128::from(self.offer.expires.micros().saturating_sub(self.agreed_at.micros()).max(1));
        let due = i64::try_from(passed * i128::from(commitment.times) / all).unwrap_or(i64::MAX);
        let is_even = |(line, progress): (&negotiation_engine::LineTerms, Progress)| {
            progress.called_off.thousandths() >= line.quantity.thousandths().saturating_mul(due)
        };
        Some(self.offer.terms.lines.iter().zip(self.progress()).all(is_even))
    }

    /// How far each line of a commitment is called off; empty for all other deals.
    pub fn progress(&self) -> Vec<Progress> {
        let Some(commitment) = self.offer.terms.extras.commitment else { return Vec::new() };
        let line = |line: &negotiation_engine::LineTerms| {
            let own = self.call_offs.iter().filter(|call_off| call_off.product == line.product);
            let done = own.map(|call_off| call_off.quantity.thousandths()).fold(0_i64, i64::saturating_add);
            let called_off = Quantity::new(done, line.quantity.unit());
            Progress { product: line.product, total: commitment.total(line.quantity), called_off }
        };
        self.offer.terms.lines.iter().map(line).collect()
    }
}

pub(crate) fn routes() -> Routes {
    let may = Access::Needs(Permission::Negotiate);
    let doc = |id, summary| ApiDoc::new("negotiations", id, summary);
    Routes::new().page(Method::GET, "/account/deals", may, pages::list).api(
        Method::GET,
        "/api/v1/deals",
        may,
        doc("list_deals", "What the company has agreed, agreed last first: terms, validity, and what is left of them")
            .query::<api::ListQuery>()
            .response::<api::DealsJson>(),
        api::list,
    )
}
