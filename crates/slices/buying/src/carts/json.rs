//! A cart as JSON.

use kernel::{AddressId, CartId, CartLineId, Currency, NegotiationId, OfferId, ProductId, Unit};
use pricing::credit::Credit;
use pricing_engine::Due;
use schemars::JsonSchema;
use serde::Serialize;
use web::Visitor;

use super::{Cart, DealState, PricedCart, PricedLine};

/// A cart with prices.
#[derive(Serialize, JsonSchema)]
pub struct CartView {
    id: CartId,
    name: String,
    is_current: bool,
    currency: Currency,
    lines: Vec<CartLineView>,
    /// Net of the lines.
    goods_net: String,
    freight: FreightView,
    /// Goods and freight; what `seen_net` of an order is compared with.
    net: String,
    tax: String,
    gross: String,
    /// `home`, `reverse-charge` or `export`.
    tax_rule: String,
    /// Why: `home`, `collected`, `no-vat-id`, `vat-id-elsewhere`, `vat-id-unconfirmed`, `within-union` or `export`.
    tax_reason: &'static str,
    /// In percent.
    tax_rate: String,
    /// What the lines would cost without deals, freight not counted.
    list_net: String,
    /// Of freight and of lines without a deal, as chosen; 0 is prepaid.
    payment_days: i64,
    /// What is due when; several where deals have terms of their own.
    payment_terms: Vec<DueView>,
    /// How much of the company's credit is taken; `null` where it has no limit.
    credit: Option<CreditView>,
    ship_to: Option<AddressId>,
    bill_to: Option<AddressId>,
    po_number: String,
    /// As `2026-11-27`.
    requested_on: Option<String>,
    note: String,
}

/// What is due so many days after the invoice.
#[derive(Serialize, JsonSchema)]
struct DueView {
    /// 0 is prepaid.
    days: i64,
    net: String,
    gross: String,
}

/// How much of the company's credit is taken, gross. Unpaid invoices of completed orders are not known here.
#[derive(Serialize, JsonSchema)]
struct CreditView {
    limit: String,
    /// By open orders, without what is paid in advance.
    used: String,
    free: String,
    /// By how much an order of this cart would go over the limit, and so wait for a release; `null` while it stays within.
    exceeded_by: Option<String>,
}

impl DueView {
    fn of(due: Due) -> Self {
        Self { days: due.days, net: due.net.to_decimal(), gross: due.gross.to_decimal() }
    }
}

impl CreditView {
    fn of(credit: &Credit, priced: &PricedCart) -> Self {
        Self {
            limit: credit.limit.to_decimal(),
            used: credit.used.to_decimal(),
            free: credit.free().to_decimal(),
            exceeded_by: credit.exceeded_by(priced.on_credit()).map(kernel::Amount::to_decimal),
        }
    }
}

/// What is charged for freight, in the cart's currency.
#[derive(Serialize, JsonSchema)]
struct FreightView {
    /// Net; it is taxed as the goods are.
    net: String,
    /// Why it is so much: `none` (the seller charges nothing, or the cart has no priced line), `charged`, `value` (the goods
    /// reach `free_from`), `deal` (a deal that holds gives it), `collected` (deals say that the buyer collects everything).
    reason: &'static str,
    /// What is charged below `free_from`; `null` when nothing ever is.
    usual: Option<String>,
    /// From this net value of the goods on it is free. Lines with a deal count at their price without it.
    free_from: Option<String>,
    /// So much is missing until it is free; `null` when nothing is charged.
    to_go: Option<String>,
}

impl FreightView {
    fn of(priced: &PricedCart) -> Self {
        let usual = priced.freight.usual();
        Self {
            net: priced.freight.amount(priced.currency).to_decimal(),
            reason: priced.freight.code(),
            usual: usual.map(|usual| usual.charge.to_decimal()),
            free_from: usual.map(|usual| usual.free_from.to_decimal()),
            to_go: priced.freight_to_go().map(kernel::Amount::to_decimal),
        }
    }
}

/// A line of a cart.
#[derive(Serialize, JsonSchema)]
pub struct CartLineView {
    id: CartLineId,
    product: ProductId,
    sku: String,
    name: String,
    quantity: String,
    unit: Unit,
    /// Net price of one unit; `null` when the product cannot be bought.
    price: Option<String>,
    /// Net price of one unit without a deal.
    list_price: Option<String>,
    net: Option<String>,
    /// Days from invoice to payment: those of the deal that holds, else those of the cart.
    payment_days: i64,
    deal: Option<DealView>,
    /// A deal that the line could be bound to (`add_cart_deal`), and is not.
    fitting_deal: Option<FittingView>,
}

/// A deal that would make a line cheaper.
#[derive(Serialize, JsonSchema)]
struct FittingView {
    offer: OfferId,
    /// The negotiation's number.
    number: i64,
    price: String,
    saving: String,
}

/// The deal that a line is bound to.
#[derive(Serialize, JsonSchema)]
struct DealView {
    offer: OfferId,
    negotiation: NegotiationId,
    /// The negotiation's number.
    number: i64,
    /// Whether it makes the price.
    holds: bool,
    /// Why not, as the engine's codes; empty while it holds, and when another order has used it up.
    breaches: Vec<serde_json::Value>,
    /// Until when it can be ordered.
    expires: String,
}

impl DealView {
    fn of(deal: &DealState) -> Self {
        let breaches = match deal {
            DealState::Holds { .. } => Vec::new(),
            DealState::Broken { breaches, .. } => {
                breaches.iter().filter_map(|breach| serde_json::to_value(breach).ok()).collect()
            }
        };
        let offer = deal.offer();
        Self {
            offer: offer.id,
            negotiation: offer.negotiation,
            number: offer.number,
            holds: deal.holds(),
            breaches,
            expires: offer.offer.expires.to_rfc3339(),
        }
    }
}

impl CartLineView {
    fn of(line: &PricedLine, visitor: &Visitor) -> Self {
        Self {
            id: line.line.id,
            product: line.product.id,
            sku: line.product.sku.to_string(),
            name: line.product.name.get(visitor.locale.language()).to_owned(),
            quantity: line.line.quantity.to_decimal(),
            unit: line.line.quantity.unit(),
            price: line.price.map(kernel::UnitPrice::to_decimal),
            list_price: line.list_price.map(kernel::UnitPrice::to_decimal),
            net: line.net.map(kernel::Amount::to_decimal),
            payment_days: line.payment_days,
            deal: line.deal.as_ref().map(DealView::of),
            fitting_deal: line.fitting.map(|deal| FittingView {
                offer: deal.offer,
                number: deal.number,
                price: deal.price.to_decimal(),
                saving: deal.saving.to_decimal(),
            }),
        }
    }
}

impl CartView {
    /// The view of a priced cart for this reader.
    pub fn of(cart: &Cart, priced: &PricedCart, credit: Option<&Credit>, visitor: &Visitor) -> Self {
        Self {
            id: cart.id,
            name: cart.name.clone(),
            is_current: cart.is_current,
            currency: priced.currency,
            lines: priced.lines.iter().map(|line| CartLineView::of(line, visitor)).collect(),
            goods_net: priced.goods.to_decimal(),
            freight: FreightView::of(priced),
            net: priced.totals.net.to_decimal(),
            tax: priced.totals.tax.to_decimal(),
            gross: priced.totals.gross.to_decimal(),
            tax_rule: priced.tax.code().to_owned(),
            tax_reason: priced.tax_reason.code(),
            tax_rate: priced.tax.rate.to_percent(),
            list_net: priced.list_net.to_decimal(),
            payment_days: priced.payment_days,
            payment_terms: priced.dues().into_iter().map(DueView::of).collect(),
            credit: credit.map(|credit| CreditView::of(credit, priced)),
            ship_to: cart.ship_to,
            bill_to: cart.bill_to,
            po_number: cart.po_number.clone(),
            requested_on: cart.requested_on.map(|date| date.to_string()),
            note: cart.note.clone(),
        }
    }
}
