//! The words for offers, the same on pages, in mails and in JSON. Nothing here knows more than a buyer may.

use std::collections::HashMap;

use catalog::Texts;
use i18n::{Arg, Locale};
use kernel::{ProductId, Quantity, UnitPrice};
use negotiation_engine::{Condition, FreightMode, Lever, Offer, Terms};

/// SKU and name of the products of a negotiation.
pub type Names = HashMap<ProductId, (String, Texts)>;

/// Names from memory, as far as products are on sale.
pub fn names_of(catalog: &catalog::Catalog, ids: impl IntoIterator<Item = ProductId>) -> Names {
    let known = ids.into_iter().filter_map(|id| catalog.product(id));
    known.map(|p| (p.id, (p.sku.to_string(), p.name.clone()))).collect()
}

/// What a product is called.
pub fn name(locale: &Locale, names: &Names, id: ProductId) -> String {
    names.get(&id).map_or_else(|| "–".into(), |(_, name)| name.get(locale.language()).to_owned())
}

/// A price with currency and unit.
pub fn per_unit(locale: &Locale, price: UnitPrice, quantity: Quantity) -> String {
    format!("{} {}", locale.unit_price(price), currency_per_unit(locale, price, quantity))
}

/// `EUR / pc`.
pub fn currency_per_unit(locale: &Locale, price: UnitPrice, quantity: Quantity) -> String {
    format!("{} / {}", price.currency().code(), locale.text(&format!("unit-{}", quantity.unit().code())))
}

/// The title of an offer's card.
pub fn title(locale: &Locale, offer: &Offer) -> String {
    let key = match offer.lever {
        Lever::Payment if offer.terms.payment_days == 0 => "offer-lever-prepay",
        Lever::VolumePayment if offer.terms.payment_days == 0 => "offer-lever-volume-prepay",
        Lever::VolumePayment => "offer-lever-volume-payment",
        Lever::Freight if offer.terms.extras.freight == FreightMode::Collected => "offer-lever-collect",
        lever => match lever.parts() {
            Some((first, second)) => {
                let part = |lever| title(locale, &Offer { lever, ..offer.clone() });
                return locale
                    .text_with("offer-lever-both", &[("first", part(first).into()), ("second", part(second).into())]);
            }
            None => return locale.text(&format!("offer-lever-{}", lever.code())),
        },
    };
    locale.text(key)
}

/// What a lever is called on the seller's side.
pub fn lever(locale: &Locale, lever: Lever) -> String {
    match lever.parts() {
        Some((first, second)) => {
            let args = [("first", self::lever(locale, first).into()), ("second", self::lever(locale, second).into())];
            locale.text_with("lever-both", &args)
        }
        None => locale.text(&format!("lever-{}", lever.code())),
    }
}

/// The price of an offer: of one unit, or of everything when there are several lines.
pub fn price(locale: &Locale, offer: &Offer) -> String {
    match offer.terms.lines.as_slice() {
        [line] => per_unit(locale, line.price, line.quantity),
        _ => total(locale, &offer.terms),
    }
}

/// The net value of terms.
pub fn total(locale: &Locale, terms: &Terms) -> String {
    let currency = terms.lines.first().map(|line| line.price.currency());
    let net = currency.and_then(|currency| crate::figures::net(terms, currency).ok());
    net.map_or_else(String::new, |net| locale.money(net))
}

/// Days to pay, in words.
pub fn payment(locale: &Locale, days: i64) -> String {
    match days {
        0 => locale.text("deal-prepaid"),
        days => locale.text_with("deal-days-net", &[("n", days.into())]),
    }
}

/// What the buyer has to do for an offer, in one sentence for its card: '4,000 pc in all, 2,000 more'.
pub fn condition(locale: &Locale, offer: &Offer, names: &Names) -> String {
    let single = offer.terms.lines.len() == 1;
    let mut parts: Vec<String> = Vec::new();
    for condition in &offer.conditions {
        parts.extend(of_goods(locale, condition, names, single));
    }
    if !offer
        .conditions
        .iter()
        .any(|condition| matches!(condition, Condition::OrderMore { .. } | Condition::TakeInstead { .. }))
    {
        let goods = match offer.terms.lines.as_slice() {
            [line] => locale.quantity_unit(line.quantity),
            lines => locale.text_with("lines", &[("count", lines.len().into())]),
        };
        parts.insert(0, goods);
    }
    parts.extend(offer.conditions.iter().filter_map(|condition| over_time(locale, condition)));
    let pays = offer.conditions.iter().find_map(|condition| match condition {
        Condition::Prepay => Some(locale.text("offer-prepaid")),
        Condition::PayWithin { days } => Some(locale.text_with("offer-paid-within", &[("n", i64::from(*days).into())])),
        _ => None,
    });
    parts.push(pays.unwrap_or_else(|| payment(locale, i64::from(offer.terms.payment_days))));
    parts.join(", ")
}

/// What was agreed beside quantity, price and payment, in sentences.
pub fn further(locale: &Locale, offer: &Offer, names: &Names) -> Vec<String> {
    let told = |condition: &Condition| match condition {
        Condition::OrderMore { .. } => None,
        other => of_goods(locale, other, names, true).or_else(|| over_time(locale, other)),
    };
    offer.conditions.iter().filter_map(told).collect()
}

/// A condition about what is ordered.
fn of_goods(locale: &Locale, condition: &Condition, names: &Names, single: bool) -> Option<String> {
    let said = |product: ProductId, text: String| match single {
        true => text,
        false => format!("{}: {text}", name(locale, names, product)),
    };
    let of = |key: &str, product: ProductId, quantity: Quantity| {
        let args =
            [("quantity", locale.quantity_unit(quantity).into()), ("product", name(locale, names, product).into())];
        locale.text_with(key, &args)
    };
    Some(match condition {
        Condition::OrderMore { product, more, total } => {
            let args = [("total", locale.quantity_unit(*total).into()), ("more", locale.quantity(*more).into())];
            said(*product, locale.text_with("offer-more", &args))
        }
        Condition::CommitTo { product, total, months } => {
            let args = [("total", locale.quantity_unit(*total).into()), ("n", i64::from(*months).into())];
            said(*product, locale.text_with("offer-commit", &args))
        }
        Condition::TakeInstead { product, quantity, lasts_longer: true, .. } => {
            of("offer-instead-longer", *product, *quantity)
        }
        Condition::TakeInstead { product, quantity, .. } => of("offer-instead", *product, *quantity),
        Condition::AlsoOrder { product, quantity } => of("offer-along", *product, *quantity),
        Condition::ComesFree { product, quantity } => of("offer-free", *product, *quantity),
        _ => return None,
    })
}

/// A condition about delivery, freight or what comes later.
fn over_time(locale: &Locale, condition: &Condition) -> Option<String> {
    Some(match condition {
        Condition::DeliverLater { days, free_freight } => {
            let key = if *free_freight { "offer-later-free" } else { "offer-later" };
            locale.text_with(key, &[("n", i64::from(*days).into())])
        }
        Condition::Ship { mode } => locale.text(&format!("offer-ship-{}", mode.code())),
        Condition::GrowTo { turnover, months, rate } => {
            let args = [
                ("turnover", locale.money(*turnover).into()),
                ("n", i64::from(*months).into()),
                ("rate", locale.decimal(&rate.to_percent()).into()),
            ];
            locale.text_with("offer-grow", &args)
        }
        _ => return None,
    })
}

/// The whole offer as a sentence: 'Order 2,000 more (4,000 in all) and pay 110.00.'
pub fn sentence(locale: &Locale, offer: &Offer, names: &Names) -> String {
    let in_general = |key: &str| {
        let args: [(&str, Arg<'_>); 2] =
            [("condition", condition(locale, offer, names).into()), ("price", price(locale, offer).into())];
        let text = locale.text_with(key, &args);
        // A unit may end with a full stop of its own.
        text.strip_suffix("..").map(|text| format!("{text}.")).unwrap_or(text)
    };
    let [line] = offer.terms.lines.as_slice() else { return in_general("offer-says-many") };
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
        _ => return in_general("offer-says-otherwise"),
    };
    let args: [(&str, Arg<'_>); 4] = [
        ("price", locale.unit_price(line.price).into()),
        ("quantity", locale.quantity(line.quantity).into()),
        ("more", more.unwrap_or_default().into()),
        ("days", i64::from(offer.terms.payment_days).into()),
    ];
    locale.text_with(key, &args)
}
