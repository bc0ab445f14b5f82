//! What a panel is about: a product, or the lines of a cart.

use std::sync::Arc;

use catalog::Catalog;
use catalog::products::Product;
use kernel::{Amount, CartId, Notation, Outcome, Quantity, Rounding, UnitPrice};
use pricing::{Buyers, PriceBook};
use web::{App, Visitor};

use super::CartAskLine;
use crate::negotiations::Negotiation;

/// A product that is negotiated.
#[derive(Debug, Clone)]
pub(crate) struct SubjectLine {
    pub(crate) product: Arc<Product>,
    pub(crate) quantity: Quantity,
    /// What one unit costs without a deal; `None` when it is not known here.
    pub(crate) price: Option<UnitPrice>,
}

/// What is negotiated.
#[derive(Debug, Clone)]
pub(crate) struct Subject {
    pub(crate) lines: Vec<SubjectLine>,
    pub(crate) cart: Option<CartId>,
    /// The next step of the price ladder, for who gets a no.
    pub(crate) next_tier: Option<(Quantity, UnitPrice)>,
}

pub(super) async fn of_product(
    app: &App,
    visitor: &Visitor,
    product: &Arc<Product>,
    quantity: Quantity,
) -> Outcome<Option<Subject>> {
    let buyer = app.part::<Buyers>().get(app.db(), visitor.actor.company()?).await?;
    let found = app.part::<PriceBook>().resolve(&buyer.price, product.id, app.today());
    Ok(found.map(|resolved| {
        let price = Some(resolved.ladder.price_at(quantity));
        let next_tier = resolved.ladder.next(quantity).map(|tier| (tier.from, tier.price));
        Subject { lines: vec![SubjectLine { product: Arc::clone(product), quantity, price }], cart: None, next_tier }
    }))
}

pub(super) fn of_cart(app: &App, cart: CartId, lines: &[CartAskLine]) -> Option<Subject> {
    let catalog = app.part::<Catalog>();
    let line = |line: &CartAskLine| {
        let product = catalog.product(line.product)?;
        Some(SubjectLine { product, quantity: line.quantity, price: Some(line.price) })
    };
    let lines = lines.iter().map(line).collect::<Option<Vec<_>>>()?;
    Some(Subject { lines, cart: Some(cart), next_tier: None })
}

/// The subject of a negotiation that is known already.
pub(super) async fn of_negotiation(app: &App, visitor: &Visitor, n: &Negotiation) -> Outcome<Subject> {
    let catalog = app.part::<Catalog>();
    if let ([line], None) = (n.lines.as_slice(), n.cart)
        && let Some(product) = catalog.product(line.product)
        && let Some(subject) = of_product(app, visitor, &product, line.quantity).await?
    {
        return Ok(subject);
    }
    let line = |line: &crate::negotiations::Line| {
        let product = catalog.product(line.product)?;
        Some(SubjectLine { product, quantity: line.quantity, price: Some(line.list_price) })
    };
    Ok(Subject { lines: n.lines.iter().filter_map(line).collect(), cart: n.cart, next_tier: None })
}

/// Plain numbers for the quantity element.
#[derive(Default)]
pub(crate) struct Packing {
    pub(crate) step: String,
    pub(crate) minimum: String,
    pub(crate) pack: String,
    pub(crate) pallet: String,
}

/// What everything costs without a deal.
pub(super) fn total(subject: &Subject) -> Option<Amount> {
    let currency = subject.lines.first()?.price?.currency();
    let values = subject.lines.iter().map(|line| line.price?.times(line.quantity, Rounding::HalfUp).ok());
    Amount::sum(currency, values.collect::<Option<Vec<_>>>()?).ok()
}

/// Lines of a cart at today's prices, as the form that holds them will be read; the total scales them.
pub(super) fn cart_lines(subject: &Subject, notation: Notation) -> Vec<(String, String, String)> {
    let line = |line: &SubjectLine| {
        let price = line.price.map_or_else(String::new, |price| notation.write(&price.to_decimal()));
        (line.product.id.to_string(), notation.write(&line.quantity.to_decimal()), price)
    };
    subject.lines.iter().map(line).collect()
}

pub(super) fn packing(line: &SubjectLine) -> Packing {
    let packing = line.product.packing;
    let plain = |thousandths: i64| Quantity::new(thousandths, packing.unit).to_decimal();
    let pallet = packing.pack.saturating_mul(packing.packs_per_pallet);
    Packing {
        step: plain(packing.step),
        minimum: plain(packing.minimum),
        pack: plain(packing.pack),
        pallet: if pallet > 0 { plain(pallet) } else { String::new() },
    }
}
