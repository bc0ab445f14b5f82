//! The types of carts.

use catalog::products::Product;
use db::events::Event;
use kernel::{
    AddressId, Amount, CartId, CartLineId, CompanyId, Currency, Date, Instant, OfferId, ProductId, Quantity, UnitPrice,
    UserId,
};
use negotiation::offers::AgreedOffer;
use negotiation_engine::Breach;
use pricing_engine::tax::{Reason, TaxRule};
use pricing_engine::{Due, Totals};
use terms::freight::Freight;

/// A line of a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CartLine {
    /// Its id.
    pub id: CartLineId,
    /// Its place; lines are in this order.
    pub position: i64,
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// The agreed offer that the line is bound to.
    pub offer: Option<OfferId>,
}

/// A cart of one person in one company.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cart {
    /// Its id.
    pub id: CartId,
    /// For which company it buys.
    pub company: CompanyId,
    /// Whose it is.
    pub person: UserId,
    /// The name that the person gave it; empty for the first.
    pub name: String,
    /// Whether it is the one that things are put into.
    pub is_current: bool,
    /// Days from invoice to payment, when other than the company's.
    pub payment_days: Option<i64>,
    /// Where the goods shall go.
    pub ship_to: Option<AddressId>,
    /// Where the invoice shall go.
    pub bill_to: Option<AddressId>,
    /// The buyer's purchase order number; may be empty.
    pub po_number: String,
    /// Wanted on this date.
    pub requested_on: Option<Date>,
    /// A note to the seller; may be empty.
    pub note: String,
    /// When it was ordered; such a cart is over.
    pub ordered_at: Option<Instant>,
    /// Its lines, by position.
    pub lines: Vec<CartLine>,
    /// Counts changes of the cart itself.
    pub version: i64,
}

/// Whether the deal that a line is bound to gives its price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DealState {
    /// The agreed price applies.
    Holds {
        /// What was agreed.
        offer: AgreedOffer,
    },
    /// The list price applies.
    Broken {
        /// What was agreed.
        offer: AgreedOffer,
        /// Why it does not hold; empty when another order has used the offer up.
        breaches: Vec<Breach>,
    },
}

impl DealState {
    /// What was agreed.
    pub fn offer(&self) -> &AgreedOffer {
        match self {
            Self::Holds { offer } | Self::Broken { offer, .. } => offer,
        }
    }

    /// Whether the agreed price applies.
    pub fn holds(&self) -> bool {
        matches!(self, Self::Holds { .. })
    }
}

/// A line with what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedLine {
    /// The line.
    pub line: CartLine,
    /// Its product.
    pub product: Product,
    /// What one unit costs; `None` when the product has no price for this buyer or is retired.
    pub price: Option<UnitPrice>,
    /// What one unit would cost without a deal.
    pub list_price: Option<UnitPrice>,
    /// Price times quantity, rounded to the minor unit.
    pub net: Option<Amount>,
    /// Codes of the price lists that make the list price at this quantity.
    pub price_lists: Vec<String>,
    /// The deal that it is bound to.
    pub deal: Option<DealState>,
    /// Days from invoice to payment: what the deal that holds says for its lines, else what was chosen for the others.
    pub payment_days: i64,
    /// A deal that the line could be bound to, and is not.
    pub fitting: Option<Fitting>,
}

/// A deal that would make a line cheaper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fitting {
    /// The agreed offer.
    pub offer: OfferId,
    /// The negotiation's number.
    pub number: i64,
    /// The agreed price.
    pub price: UnitPrice,
    /// What the line would cost less.
    pub saving: Amount,
}

/// A cart with what it costs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PricedCart {
    /// Its lines, by position.
    pub lines: Vec<PricedLine>,
    /// The currency of everything in it.
    pub currency: Currency,
    /// Net of the lines that have a price.
    pub goods: Amount,
    /// What counts towards free freight: the goods at prices without deals, or at those paid where they are higher.
    pub goods_value: Amount,
    /// What is charged for freight, and why.
    pub freight: Freight,
    /// Net, tax and gross of goods and freight.
    pub totals: Totals,
    /// Which tax.
    pub tax: TaxRule,
    /// Why this tax.
    pub tax_reason: Reason,
    /// Days from invoice to payment of freight and of the lines without a deal: as chosen, else the company's. Where every
    /// line has a deal, the earliest of theirs.
    pub payment_days: i64,
    /// What the lines would cost without deals, freight not counted.
    pub list_net: Amount,
}

impl PricedCart {
    /// What is due when; one entry unless deals have terms of their own.
    pub fn dues(&self) -> Vec<Due> {
        let lines = self.lines.iter().filter_map(|line| Some((line.payment_days, line.net?)));
        let freight = self.freight.amount(self.currency);
        let freight = (freight.minor() > 0).then_some((self.payment_days, freight));
        pricing_engine::dues(self.totals.gross, lines.chain(freight))
    }

    /// Gross, without what is paid in advance.
    pub fn on_credit(&self) -> Amount {
        pricing_engine::on_credit(&self.dues(), self.currency)
    }

    /// Whether payment can be chosen: deals say it for their own lines.
    pub fn has_choice_of_payment(&self) -> bool {
        self.lines.iter().any(|line| !line.deal.as_ref().is_some_and(DealState::holds))
    }

    /// What is still missing in value until freight is free; `None` where it is not charged.
    pub fn freight_to_go(&self) -> Option<Amount> {
        match self.freight {
            Freight::Charged(usual) => usual.free_from.minus(self.goods_value).ok(),
            _ => None,
        }
    }

    /// What would be charged for freight without deals.
    pub fn list_freight(&self) -> Amount {
        match self.freight {
            Freight::Charged(usual) | Freight::ByDeal(usual) | Freight::Collected(usual) => usual.charge,
            Freight::Never | Freight::ByValue(_) => Amount::zero(self.currency),
        }
    }
}

/// A product to be put into a cart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddLine {
    /// The product.
    pub product: ProductId,
    /// How much.
    pub quantity: Quantity,
    /// Into which cart; the current one when none is named.
    pub cart: Option<CartId>,
    /// At the list price, though a deal would fit.
    pub is_without_deal: bool,
    /// The person was asked about what is unusual, and confirmed it.
    pub is_confirmed: bool,
}

impl AddLine {
    /// So much of a product, into the current cart, with a deal that fits.
    pub fn new(product: ProductId, quantity: Quantity) -> Self {
        Self { product, quantity, cart: None, is_without_deal: false, is_confirmed: false }
    }
}

/// What became of a quantity that was put into a cart or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Placed {
    /// The cart.
    pub cart: CartId,
    /// The line, of which there may be two: the deal's, when a deal makes the price.
    pub line: CartLineId,
    /// How much the line was about before; `None` for a new one.
    pub was: Option<Quantity>,
    /// The number of the negotiation whose deal makes the price.
    pub deal: Option<i64>,
    /// What goes at the list price because the deal holds for no more.
    pub rest: Option<Quantity>,
}

/// What an order needs to know besides the lines.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckoutInput {
    /// Where the goods shall go.
    pub ship_to: Option<AddressId>,
    /// Where the invoice shall go.
    pub bill_to: Option<AddressId>,
    /// The buyer's purchase order number; may be empty.
    pub po_number: String,
    /// Wanted on this date.
    pub requested_on: Option<Date>,
    /// Days from invoice to payment, when earlier than the company's.
    pub payment_days: Option<i64>,
    /// A note to the seller; may be empty.
    pub note: String,
}

kernel::refusals! {
    /// Why something is not done with a cart, in order of precedence.
    pub enum CartRefusal {
        /// The cart was ordered already and is over.
        Ordered = "cart-over" => Conflict,
        /// The person has as many carts as one may have.
        TooMany = "cart-too-many" => Conflict,
        /// The cart has as many lines as a cart may have.
        Full = "cart-full" => Conflict,
        /// The product is retired or has no price for this buyer.
        NotForSale = "cart-not-for-sale" => Conflict,
        /// The offer's validity has ended, or another order has used it up.
        DealOver = "cart-deal-over" => Conflict,
        /// There is no cart yet in which anything could be done.
        NoCart = "cart-none" => Conflict,
        /// The quantity is far beyond what is in stock or usual, and was not confirmed.
        Unusual = "cart-unusual-quantity" => Conflict,
        /// The change breaks a deal and was not confirmed.
        BreaksDeal = "cart-breaks-deal" => Conflict,
        /// The line that would come back is in the cart again already.
        There = "cart-line-there" => Conflict,
    }
}

/// What happens to carts.
#[derive(Debug)]
pub enum CartEvent {
    /// Anything in or about it changed; the head of the pages counts its lines anew.
    Changed(CartId, CompanyId),
}

impl Event for CartEvent {
    fn kind(&self) -> &'static str {
        "cart.changed"
    }
    fn subject(&self) -> String {
        let Self::Changed(id, _) = self;
        id.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        let Self::Changed(_, company) = self;
        Some(*company)
    }
}
