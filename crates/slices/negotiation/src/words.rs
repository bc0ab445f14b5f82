//! The words for offers and negotiations, the same on pages, in mails and in JSON. Nothing here knows more than a buyer may.

use std::collections::HashMap;

use catalog::Texts;
use db::ReadTx;
use i18n::{Arg, Locale};
use kernel::{Outcome, ProductId, Quantity, UnitPrice};

use crate::engine::{Condition, Lever, Offer, Terms};
use crate::requests::Negotiation;

/// SKU and name of the products of a negotiation.
pub(crate) type Names = HashMap<ProductId, (String, Texts)>;

/// The names of a negotiation's products, from the database.
pub(crate) async fn names(tx: &ReadTx, n: &Negotiation) -> Outcome<Names> {
    let ids: Vec<ProductId> = n.lines.iter().map(|line| line.product).collect();
    let products = catalog::products::queries::products(tx, &ids).await?;
    Ok(products.into_iter().map(|p| (p.id, (p.sku.to_string(), p.name))).collect())
}

/// The same from memory, as far as products are on sale.
pub(crate) fn names_of(catalog: &catalog::Catalog, ids: impl IntoIterator<Item = ProductId>) -> Names {
    let known = ids.into_iter().filter_map(|id| catalog.product(id));
    known.map(|p| (p.id, (p.sku.to_string(), p.name.clone()))).collect()
}

/// What a product is called.
pub(crate) fn name(locale: &Locale, names: &Names, id: ProductId) -> String {
    names.get(&id).map_or_else(|| "–".into(), |(_, name)| name.get(locale.language()).to_owned())
}

/// What a negotiation is about: the product, or how many lines.
pub(crate) fn subject(locale: &Locale, n: &Negotiation, names: &Names) -> String {
    match n.lines.as_slice() {
        [line] => name(locale, names, line.product),
        lines => locale.text_with("lines", &[("count", lines.len().into())]),
    }
}

/// How much is asked for.
pub(crate) fn quantity(locale: &Locale, n: &Negotiation) -> String {
    match n.lines.as_slice() {
        [line] => locale.quantity_unit(line.quantity),
        lines => locale.text_with("lines", &[("count", lines.len().into())]),
    }
}

/// The price asked for, with currency and unit; the value for several lines.
pub(crate) fn asked(locale: &Locale, n: &Negotiation) -> String {
    match n.lines.as_slice() {
        [line] => per_unit(locale, line.price, line.quantity),
        _ => locale.money(n.ask_value),
    }
}

/// The price without a deal.
pub(crate) fn list(locale: &Locale, n: &Negotiation) -> String {
    match n.lines.as_slice() {
        [line] => per_unit(locale, line.list_price, line.quantity),
        _ => locale.money(n.list_value),
    }
}

/// A price with currency and unit.
pub(crate) fn per_unit(locale: &Locale, price: UnitPrice, quantity: Quantity) -> String {
    format!("{} {}", locale.unit_price(price), currency_per_unit(locale, price, quantity))
}

/// `EUR / pc`.
pub(crate) fn currency_per_unit(locale: &Locale, price: UnitPrice, quantity: Quantity) -> String {
    format!("{} / {}", price.currency().code(), locale.text(&format!("unit-{}", quantity.unit().code())))
}

/// The title of an offer's card.
pub(crate) fn title(locale: &Locale, offer: &Offer) -> String {
    let key = match offer.lever {
        Lever::List => "offer-lever-list",
        Lever::Plain => "offer-lever-plain",
        Lever::Volume => "offer-lever-volume",
        Lever::Payment if offer.terms.payment_days == 0 => "offer-lever-prepay",
        Lever::Payment => "offer-lever-payment",
        Lever::VolumePayment if offer.terms.payment_days == 0 => "offer-lever-volume-prepay",
        Lever::VolumePayment => "offer-lever-volume-payment",
    };
    locale.text(key)
}

/// The price of an offer: of one unit, or of everything when there are several lines.
pub(crate) fn price(locale: &Locale, offer: &Offer) -> String {
    match offer.terms.lines.as_slice() {
        [line] => per_unit(locale, line.price, line.quantity),
        _ => total(locale, &offer.terms),
    }
}

/// The net value of terms.
pub(crate) fn total(locale: &Locale, terms: &Terms) -> String {
    let currency = terms.lines.first().map(|line| line.price.currency());
    let net = currency.and_then(|currency| crate::offers::store::net(terms, currency).ok());
    net.map_or_else(String::new, |net| locale.money(net))
}

/// Days to pay, in words.
pub(crate) fn payment(locale: &Locale, days: i64) -> String {
    match days {
        0 => locale.text("deal-prepaid"),
        days => locale.text_with("deal-days-net", &[("n", days.into())]),
    }
}

/// What the buyer has to do for an offer, in one sentence for its card: '4,000 pc in all, 2,000 more'.
pub(crate) fn condition(locale: &Locale, offer: &Offer, names: &Names) -> String {
    let single = offer.terms.lines.len() == 1;
    let mut parts: Vec<String> = Vec::new();
    let more = offer.conditions.iter().filter_map(|condition| match condition {
        Condition::OrderMore { product, more, total } => Some((*product, *more, *total)),
        _ => None,
    });
    for (product, more, total) in more {
        let (all, more) = (locale.quantity_unit(total), locale.quantity(more));
        let text = locale.text_with("offer-more", &[("total", all.into()), ("more", more.into())]);
        parts.push(if single { text } else { format!("{}: {text}", name(locale, names, product)) });
    }
    if parts.is_empty() {
        parts.push(match offer.terms.lines.as_slice() {
            [line] => locale.quantity_unit(line.quantity),
            lines => locale.text_with("lines", &[("count", lines.len().into())]),
        });
    }
    let pays = offer.conditions.iter().find_map(|condition| match condition {
        Condition::Prepay => Some(locale.text("offer-prepaid")),
        Condition::PayWithin { days } => Some(locale.text_with("offer-paid-within", &[("n", i64::from(*days).into())])),
        _ => None,
    });
    parts.push(pays.unwrap_or_else(|| payment(locale, i64::from(offer.terms.payment_days))));
    parts.join(", ")
}

/// The whole offer as a sentence: 'Order 2,000 more (4,000 in all) and pay 110.00.'
pub(crate) fn sentence(locale: &Locale, offer: &Offer, names: &Names) -> String {
    let [line] = offer.terms.lines.as_slice() else {
        let args: [(&str, Arg<'_>); 2] =
            [("condition", condition(locale, offer, names).into()), ("price", price(locale, offer).into())];
        return locale.text_with("offer-says-many", &args);
    };
    let more = offer.conditions.iter().find_map(|condition| match condition {
        Condition::OrderMore { more, .. } => Some(locale.quantity(*more)),
        _ => None,
    });
    let key = match (offer.lever, offer.terms.payment_days) {
        (Lever::Volume, _) => "offer-says-volume",
        (Lever::VolumePayment, 0) => "offer-says-volume-prepay",
        (Lever::VolumePayment, _) => "offer-says-volume-payment",
        (Lever::Payment, 0) => "offer-says-prepay",
        (Lever::Payment, _) => "offer-says-payment",
        (Lever::Plain, _) => "offer-says-plain",
        (Lever::List, _) => "offer-says-list",
    };
    let args: [(&str, Arg<'_>); 4] = [
        ("price", locale.unit_price(line.price).into()),
        ("quantity", locale.quantity(line.quantity).into()),
        ("more", more.unwrap_or_default().into()),
        ("days", i64::from(offer.terms.payment_days).into()),
    ];
    locale.text_with(key, &args)
}
