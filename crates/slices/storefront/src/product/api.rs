//! The product as JSON, with the caller's own prices.

use kernel::Quantity;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Path, Query, Reply, State, Visitor};

use super::facts::Facts;

/// For which quantity.
#[derive(Deserialize, JsonSchema)]
pub(super) struct ProductQuery {
    /// Decimal text; the smallest order when left out.
    quantity: Option<String>,
}

/// A product with the caller's own prices.
#[derive(Serialize, JsonSchema)]
pub(super) struct ProductView<'a> {
    sku: &'a str,
    gtin: Option<&'a str>,
    name: &'a str,
    description: &'a str,
    unit: &'static str,
    /// Content of one pack, in the unit.
    pack: String,
    packs_per_pallet: i64,
    minimum: String,
    step: String,
    /// `stock`, `mto` or `eto`.
    order_type: &'static str,
    stock: String,
    lead_days: i64,
    is_active: bool,
    /// Left out when there is no price, or prices are for customers only.
    price: Option<PriceView<'a>>,
    last_paid: Option<LastPaidView>,
}

/// The caller's price.
#[derive(Serialize, JsonSchema)]
struct PriceView<'a> {
    currency: &'static str,
    quantity: String,
    /// Net price of one unit at this quantity.
    net: String,
    /// The price list that makes it.
    price_list: &'a str,
    /// ISO 8601 date.
    valid_until: Option<String>,
    tax_percent: String,
    tiers: Vec<TierView>,
    /// The next cheaper step.
    next: Option<NextView>,
    /// The agreed deal that makes the price when so much is put into the cart; `net` is the price without it.
    deal: Option<DealView>,
}

/// An agreed deal that fits the quantity.
#[derive(Serialize, JsonSchema)]
struct DealView {
    offer: kernel::OfferId,
    /// The negotiation's number.
    number: i64,
    net: String,
    /// From this quantity on.
    from: String,
    /// What goes beyond is at the list price.
    up_to: String,
    /// RFC 3339.
    expires: String,
}

#[derive(Serialize, JsonSchema)]
struct TierView {
    from: String,
    net: String,
}

#[derive(Serialize, JsonSchema)]
struct NextView {
    from: String,
    /// So much more than `quantity`.
    more: String,
    net: String,
}

/// What the caller's company paid last.
#[derive(Serialize, JsonSchema)]
struct LastPaidView {
    net: String,
    quantity: String,
    /// RFC 3339.
    at: String,
    order: String,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(sku): Path<String>,
    Query(query): Query<ProductQuery>,
) -> Reply {
    let facts = Facts::of(&app, &visitor, &sku).await?;
    let product = &facts.product;
    let quantity = facts.quantity(query.quantity.as_deref().unwrap_or_default(), kernel::Notation::Plain);
    let language = visitor.locale.language();
    let plain = |thousandths| Quantity::new(thousandths, product.packing.unit).to_decimal();
    web::json(&ProductView {
        sku: product.sku.as_str(),
        gtin: product.gtin.as_ref().map(kernel::Gtin::as_str),
        name: product.name.get(language),
        description: product.description.get(language),
        unit: product.packing.unit.code(),
        pack: plain(product.packing.pack),
        packs_per_pallet: product.packing.packs_per_pallet,
        minimum: plain(product.packing.minimum),
        step: plain(product.packing.step),
        order_type: product.order_type.code(),
        stock: product.stock.to_decimal(),
        lead_days: product.lead_days,
        is_active: product.is_active,
        price: price(&facts, quantity),
        last_paid: facts.last_paid.as_ref().map(|paid| LastPaidView {
            net: paid.price.to_decimal(),
            quantity: paid.quantity.to_decimal(),
            at: paid.at.to_rfc3339(),
            order: paid.order_number.clone(),
        }),
    })
}

fn price(facts: &Facts, quantity: Quantity) -> Option<PriceView<'_>> {
    let ladder = &facts.resolved.as_ref()?.ladder;
    let list = ladder.list_at(quantity);
    let next = ladder.next(quantity).map(|tier| NextView {
        from: tier.from.to_decimal(),
        more: Quantity::new(tier.from.thousandths() - quantity.thousandths(), quantity.unit()).to_decimal(),
        net: tier.price.to_decimal(),
    });
    Some(PriceView {
        currency: ladder.currency().code(),
        quantity: quantity.to_decimal(),
        net: ladder.price_at(quantity).to_decimal(),
        price_list: &list.code,
        valid_until: list.valid_until.map(|date| date.to_string()),
        tax_percent: facts.tax.rate.to_percent(),
        tiers: ladder
            .tiers
            .iter()
            .map(|tier| TierView { from: tier.from.to_decimal(), net: tier.price.to_decimal() })
            .collect(),
        next,
        deal: facts.deal(quantity).map(|(offer, price, most)| DealView {
            offer: offer.id,
            number: offer.number,
            net: price.to_decimal(),
            from: offer.offer.terms.lines.first().map(|line| line.quantity.to_decimal()).unwrap_or_default(),
            up_to: most.to_decimal(),
            expires: offer.offer.expires.to_rfc3339(),
        }),
    })
}
