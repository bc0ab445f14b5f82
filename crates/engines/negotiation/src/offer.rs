//! Offers as the buyer sees them. Nothing in this module holds a number of the seller's.

use kernel::{Amount, Instant, ProductId, Quantity};
use serde::{Deserialize, Serialize};

use crate::terms::{ListTerms, Terms};

/// How the buyer earns a concession.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lever {
    /// The buyer's list terms; no concession.
    List,
    /// A lower price for the same quantity and payment.
    Plain,
    /// A larger quantity.
    Volume,
    /// Earlier payment.
    Payment,
    /// A larger quantity and earlier payment.
    VolumePayment,
}

impl Lever {
    /// The stable code.
    pub fn code(self) -> &'static str {
        match self {
            Self::List => "list",
            Self::Plain => "plain",
            Self::Volume => "volume",
            Self::Payment => "payment",
            Self::VolumePayment => "volume_payment",
        }
    }
}

/// One sentence of an offer. Every page and mail words it in the reader's language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "condition")]
pub enum Condition {
    /// Quantity and payment as asked.
    AsItIs,
    /// Order `more` of the product than asked, `total` in all.
    OrderMore {
        /// The product.
        product: ProductId,
        /// More than asked.
        more: Quantity,
        /// In all.
        total: Quantity,
    },
    /// Pay before shipping.
    Prepay,
    /// Pay within this many days of the invoice.
    PayWithin {
        /// The days, at least 1.
        days: u16,
    },
}

/// Terms that the seller stands by until they expire.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// How the buyer earns it.
    pub lever: Lever,
    /// The terms. They are a whole: leave out a line, order less of one or pay later, and the prices no longer hold.
    pub terms: Terms,
    /// Per line, the quantity up to which the prices hold too; at least the line's own quantity.
    pub up_to: Vec<Quantity>,
    /// What the buyer has to do, in sentences; at least one.
    pub conditions: Vec<Condition>,
    /// What the buyer saves against list prices at the same quantities; zero where the buyer's own price ladder gives
    /// the price to everyone who orders so much.
    pub saving: Amount,
    /// The first moment at which the offer no longer stands.
    pub expires: Instant,
}

/// Why an offer does not hold for other terms; every reason that applies is given, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "breach")]
pub enum Breach {
    /// Its validity has ended.
    Expired,
    /// A product of the deal is missing.
    Missing {
        /// The product.
        product: ProductId,
    },
    /// Less than agreed.
    TooFew {
        /// The product.
        product: ProductId,
        /// So much more and the deal is back.
        short: Quantity,
    },
    /// More than the price holds for.
    TooMany {
        /// The product.
        product: ProductId,
        /// The most the price holds for.
        most: Quantity,
    },
    /// Later payment than agreed.
    PaysLater {
        /// The days agreed.
        days: u16,
    },
}

/// An offer that does not hold, and what applies instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Broken {
    /// Why; at least one reason.
    pub breaches: Vec<Breach>,
    /// The list terms for the quantities in hand; `None` when a product has no list price.
    pub otherwise: Option<Terms>,
}

/// Whether `offer` holds for `terms` (a cart: further products do not matter, prices in it are not looked at) at
/// `now`. `list` gives what applies when it does not.
///
/// # Errors
/// [`Broken`].
pub fn holds(offer: &Offer, list: &ListTerms, terms: &Terms, now: Instant) -> Result<(), Broken> {
    let breaches = breaches(offer, terms, now);
    if breaches.is_empty() {
        return Ok(());
    }
    Err(Broken { breaches, otherwise: list.at(terms) })
}

fn breaches(offer: &Offer, terms: &Terms, now: Instant) -> Vec<Breach> {
    let mut breaches = Vec::new();
    if now >= offer.expires {
        breaches.push(Breach::Expired);
    }
    for (agreed, up_to) in offer.terms.lines.iter().zip(&offer.up_to) {
        let product = agreed.product;
        let Some(line) = terms.lines.iter().find(|line| line.product == product) else {
            breaches.push(Breach::Missing { product });
            continue;
        };
        let (least, has) = (agreed.quantity.thousandths(), line.quantity.thousandths());
        if has < least {
            let short = Quantity::new(least.saturating_sub(has), agreed.quantity.unit());
            breaches.push(Breach::TooFew { product, short });
        }
        if has > up_to.thousandths() {
            breaches.push(Breach::TooMany { product, most: *up_to });
        }
    }
    if terms.payment_days > offer.terms.payment_days {
        breaches.push(Breach::PaysLater { days: offer.terms.payment_days });
    }
    breaches
}

/// Whether `offer` stands at `now` and covers `terms` as a whole: the same products, none left out and none more.
pub(crate) fn covers(offer: &Offer, terms: &Terms, now: Instant) -> bool {
    let whole = offer.terms.lines.len() == terms.lines.len() && offer.up_to.len() == terms.lines.len();
    whole && breaches(offer, terms, now).is_empty()
}
