//! Offers as the buyer sees them. Nothing in this module holds a number of the seller's.

use kernel::{Amount, Instant, ProductId, Quantity, Rate};
use serde::{Deserialize, Serialize};

use crate::terms::{FreightMode, ListTerms, Terms};

/// Declares the levers: single ones, then pairs with their parts.
macro_rules! levers {
    ($($(#[$doc:meta])+ $single:ident = $code:literal),+ ; $($pair:ident = $pair_code:literal ($first:ident, $second:ident)),+ $(,)?) => {
        /// How the buyer earns a concession. The order is that of their invention: it decides ties, and must stay.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Lever {
            $($(#[$doc])+ #[serde(rename = $code)] $single,)+
            $(#[doc = concat!("`", $pair_code, "`: both together.")] #[serde(rename = $pair_code)] $pair,)+
        }

        impl Lever {
            /// Every lever.
            pub const ALL: &'static [Self] = &[$(Self::$single,)+ $(Self::$pair),+];

            /// The stable code.
            pub fn code(self) -> &'static str {
                match self { $(Self::$single => $code,)+ $(Self::$pair => $pair_code),+ }
            }

            /// The two levers of a pair.
            pub fn parts(self) -> Option<(Self, Self)> {
                match self { $(Self::$pair => Some((Self::$first, Self::$second)),)+ _ => None }
            }
        }
    };
}

levers! {
    /// The buyer's list terms; no concession.
    List = "list",
    /// A lower price for the same quantity and payment.
    Plain = "plain",
    /// A larger quantity.
    Volume = "volume",
    /// Earlier payment.
    Payment = "payment",
    /// Later delivery, at the seller's choice.
    Delivery = "delivery",
    /// Another way of freight.
    Freight = "freight",
    /// More orders over months.
    Commitment = "commitment",
    /// A rebate for growth, paid at the end of a period.
    Rebate = "rebate",
    /// Another product.
    Alternative = "alternative",
    /// Further goods, ordered along.
    Bundle = "bundle",
    /// Goods for free in place of a lower price.
    Bonus = "bonus";
    VolumePayment = "volume_payment" (Volume, Payment),
    VolumeDelivery = "volume_delivery" (Volume, Delivery),
    VolumeFreight = "volume_freight" (Volume, Freight),
    VolumeRebate = "volume_rebate" (Volume, Rebate),
    PaymentDelivery = "payment_delivery" (Payment, Delivery),
    PaymentFreight = "payment_freight" (Payment, Freight),
    PaymentCommitment = "payment_commitment" (Payment, Commitment),
    PaymentRebate = "payment_rebate" (Payment, Rebate),
    DeliveryFreight = "delivery_freight" (Delivery, Freight),
    DeliveryCommitment = "delivery_commitment" (Delivery, Commitment),
    DeliveryRebate = "delivery_rebate" (Delivery, Rebate),
    FreightCommitment = "freight_commitment" (Freight, Commitment),
    FreightRebate = "freight_rebate" (Freight, Rebate),
    CommitmentRebate = "commitment_rebate" (Commitment, Rebate),
}

impl Lever {
    /// The lever with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|lever| lever.code() == code)
    }

    /// The pair of two single levers, in any order; `None` where they do not go together (volume now and volume over months).
    pub fn pair(one: Self, other: Self) -> Option<Self> {
        let is_pair = |pair: &Self| pair.parts().is_some_and(|parts| parts == (one, other) || parts == (other, one));
        Self::ALL.iter().copied().find(is_pair)
    }

    /// A number that keeps its meaning when levers are added: it orders equals, and is part of stored decisions.
    pub(crate) fn number(self) -> u64 {
        match self {
            Self::VolumePayment => 4,
            Self::List | Self::Plain | Self::Volume | Self::Payment => self as u64,
            _ => self as u64 + 1,
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
    /// The seller may deliver so many days later than requested.
    DeliverLater {
        /// The days, at least 1.
        days: u16,
        /// Whether freight is free for it.
        free_freight: bool,
    },
    /// The goods travel in this way.
    Ship {
        /// The way.
        mode: FreightMode,
    },
    /// Call off so much in all within these months, this order included.
    CommitTo {
        /// The product.
        product: ProductId,
        /// In all.
        total: Quantity,
        /// Months from the agreement.
        months: u16,
    },
    /// Buy for so much in all within these months, and so much is paid back.
    GrowTo {
        /// The turnover to be reached, this order included.
        turnover: Amount,
        /// Months from the agreement.
        months: u16,
        /// The share of this order's net value that is paid back.
        rate: Rate,
    },
    /// Take another product.
    TakeInstead {
        /// The product that was asked.
        of: ProductId,
        /// The other.
        product: ProductId,
        /// How much of it does the same work.
        quantity: Quantity,
        /// Whether it lasts longer; else it is cheaper.
        lasts_longer: bool,
    },
    /// Order this along.
    AlsoOrder {
        /// The product.
        product: ProductId,
        /// How much.
        quantity: Quantity,
    },
    /// This comes for free.
    ComesFree {
        /// The product.
        product: ProductId,
        /// How much.
        quantity: Quantity,
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
    /// What the buyer saves against list prices at the same quantities, goods for free and a rebate included; zero where
    /// the buyer's own price ladder gives the price to everyone who orders so much.
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

/// Whether `offer` stands at `now` and covers `terms` as a whole: the same products, none left out and none more, and all
/// that it asks for beside goods and payment.
pub(crate) fn covers(offer: &Offer, terms: &Terms, now: Instant) -> bool {
    let whole = offer.terms.lines.len() == terms.lines.len() && offer.up_to.len() == terms.lines.len();
    whole && offer.terms.extras.asks_no_more_than(&terms.extras) && breaches(offer, terms, now).is_empty()
}
