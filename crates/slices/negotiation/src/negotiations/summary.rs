//! What a negotiation is about, in the same words on pages, in mails and in JSON. Nothing here knows more than a buyer may.

use std::collections::BTreeSet;

use db::ReadTx;
use i18n::Locale;
use kernel::{Outcome, ProductId};
use terms::words::{Names, name, per_unit};

use super::Negotiation;

/// The names of a negotiation's products, from the database.
pub async fn names(tx: &ReadTx, n: &Negotiation) -> Outcome<Names> {
    let ids: Vec<ProductId> = products_of(n).into_iter().collect();
    let products = catalog::products::queries::products(tx, &ids).await?;
    Ok(products.into_iter().map(|p| (p.id, (p.sku.to_string(), p.name))).collect())
}

/// The products that a negotiation and its offers speak of.
pub fn products_of(n: &Negotiation) -> BTreeSet<ProductId> {
    let asked = n.lines.iter().map(|line| line.product);
    asked.chain(n.offers.iter().flat_map(|row| row.offer.terms.lines.iter().map(|line| line.product))).collect()
}

/// What a negotiation is about: the product, or how many lines.
pub fn subject(locale: &Locale, n: &Negotiation, names: &Names) -> String {
    match n.lines.as_slice() {
        [line] => name(locale, names, line.product),
        lines => locale.text_with("lines", &[("count", lines.len().into())]),
    }
}

/// How much is asked for.
pub fn quantity(locale: &Locale, n: &Negotiation) -> String {
    match n.lines.as_slice() {
        [line] => locale.quantity_unit(line.quantity),
        lines => locale.text_with("lines", &[("count", lines.len().into())]),
    }
}

/// The price asked for, with currency and unit; the value for several lines.
pub fn asked(locale: &Locale, n: &Negotiation) -> String {
    match n.lines.as_slice() {
        [line] => per_unit(locale, line.price, line.quantity),
        _ => locale.money(n.ask_value),
    }
}

/// The price without a deal.
pub fn list(locale: &Locale, n: &Negotiation) -> String {
    match n.lines.as_slice() {
        [line] => per_unit(locale, line.list_price, line.quantity),
        _ => locale.money(n.list_value),
    }
}
