//! The form by which a merchant's administrator changes a product.

use i18n::{Language, Locale};
use kernel::{Country, Date, DecimalError, Gtin, Invalid, Outcome, Packing, Quantity, QuantityError, Sku, Unit};
use web::{App, Fields, FormState};

use super::api;
use crate::products::{NewProduct, OrderType};
use crate::{Catalog, Texts};

/// The merchant's first language.
pub(super) fn first(app: &App) -> Language {
    Language::parse(&app.settings().language).unwrap_or_default()
}

/// The languages whose texts stand beside the merchant's first one.
pub(super) fn others(first: Language) -> impl Iterator<Item = Language> {
    Language::ALL.into_iter().filter(move |language| *language != first)
}

/// The form of a product as it is.
pub(super) fn of(product: &NewProduct, catalog: &Catalog, first: Language, locale: &Locale) -> FormState {
    let decimal = |thousandths: i64| locale.quantity(Quantity::new(thousandths, product.packing.unit));
    let category = catalog.category(product.category).map_or_else(String::new, |category| category.code.clone());
    let text = |text: Option<&str>| text.unwrap_or_default().to_owned();
    let mut values = vec![
        ("sku".to_owned(), product.sku.to_string()),
        ("name".into(), product.name.first().to_owned()),
        ("description".into(), product.description.first().to_owned()),
        ("category".into(), category),
        ("gtin".into(), text(product.gtin.as_ref().map(Gtin::as_str))),
        ("mpn".into(), text(product.mpn.as_deref())),
        ("unit".into(), product.packing.unit.code().into()),
        ("pack".into(), decimal(product.packing.pack)),
        ("packs_per_pallet".into(), product.packing.packs_per_pallet.to_string()),
        ("minimum".into(), decimal(product.packing.minimum)),
        ("step".into(), decimal(product.packing.step)),
        ("order_type".into(), product.order_type.code().into()),
        ("stock".into(), locale.quantity(product.stock)),
        ("lead_days".into(), product.lead_days.to_string()),
        ("weight_grams".into(), product.weight_grams.to_string()),
        ("origin".into(), text(product.origin.as_ref().map(Country::as_str))),
        ("customs_code".into(), product.customs_code.clone()),
        ("class".into(), product.seller.class.clone()),
        ("cost".into(), product.seller.cost.map(|cost| locale.unit_price(cost)).unwrap_or_default()),
        ("is_cost_estimated".into(), flag(product.seller.is_cost_estimated)),
        ("stock_since".into(), product.seller.stock_since.map(|day| day.to_string()).unwrap_or_default()),
        ("is_active".into(), flag(product.is_active)),
    ];
    for language in others(first) {
        values.push((format!("name_{}", language.code()), text(product.name.translation(language))));
        values.push((format!("description_{}", language.code()), text(product.description.translation(language))));
    }
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

fn flag(is: bool) -> String {
    if is { "yes".into() } else { String::new() }
}

/// The product that the form describes. What the form does not show (attributes, media, drawing) stays as in `base`.
pub(super) fn parse(fields: &Fields, base: NewProduct, app: &App) -> Outcome<NewProduct> {
    let (catalog, currency, first_language) = (app.part::<Catalog>(), app.settings().currency, first(app));
    let mut wrong = Invalid::default();
    let plain = |code: &'static str| (code, Vec::new());
    let gtin = fields.some("gtin").and_then(|text| wrong.take("gtin", Gtin::parse(text).map_err(plain)));
    let origin = fields.some("origin").and_then(|text| wrong.take("origin", Country::parse(text).map_err(plain)));
    let category = catalog.category_by_code(fields.text("category")).map(|category| category.id);
    let category = wrong.take("category", category.ok_or_else(|| plain("category-unknown")));
    let order_type = OrderType::parse(fields.text("order_type"));
    let order_type = wrong.take("order_type", order_type.ok_or_else(|| plain("required")));
    let day = |text: &str| Date::entered(text).ok_or_else(|| plain("date"));
    let stock_since = fields.some("stock_since").and_then(|text| wrong.take("stock_since", day(text)));
    let cost = fields.some("cost").and_then(|_| wrong.take("cost", fields.price("cost", currency)));
    let mut whole = |name: &str| {
        let number = fields.number(name, 0);
        wrong.take(name, number.or_else(|e| if e == DecimalError::Empty { Ok(0) } else { Err(e) })).unwrap_or_default()
    };
    let (packs_per_pallet, lead_days, weight_grams) =
        (whole("packs_per_pallet"), whole("lead_days"), whole("weight_grams"));
    let (packing, stock) = packing(fields, packs_per_pallet, &mut wrong);
    let translated = |name: &str| {
        let fold = |texts: Texts, l: Language| texts.with(l, fields.text(&format!("{name}_{}", l.code())));
        others(first_language).fold(Texts::new(fields.text(name)), fold)
    };
    let mut product = NewProduct {
        gtin,
        mpn: fields.some("mpn").map(str::to_owned),
        name: translated("name"),
        description: translated("description"),
        lead_days,
        weight_grams,
        origin,
        customs_code: fields.text("customs_code").to_owned(),
        is_active: fields.some("is_active").is_some(),
        ..base
    };
    product.seller.class = fields.text("class").to_owned();
    product.seller.is_cost_estimated = cost.is_some() && fields.some("is_cost_estimated").is_some();
    product.seller.cost = cost;
    product.seller.stock_since = stock_since;
    product.category = category.unwrap_or(product.category);
    product.order_type = order_type.unwrap_or(product.order_type);
    product.packing = packing.unwrap_or(product.packing);
    product.stock = stock.unwrap_or(product.stock);
    wrong.check()?;
    Ok(product)
}

fn packing(fields: &Fields, packs_per_pallet: i64, wrong: &mut Invalid) -> (Option<Packing>, Option<Quantity>) {
    let unit = Unit::parse(fields.text("unit")).ok_or(("product-unit", Vec::new()));
    let Some(unit) = wrong.take("unit", unit) else { return (None, None) };
    let mut quantity = |name: &str, parsed: Result<Quantity, QuantityError>| wrong.take(name, parsed);
    let pack = quantity("pack", fields.quantity("pack", unit));
    let minimum = quantity("minimum", fields.quantity("minimum", unit));
    let step = quantity("step", fields.quantity("step", unit));
    let stock = quantity("stock", api::stock(fields.text("stock"), unit, fields.notation()));
    let packing = pack.zip(minimum).zip(step).map(|((pack, minimum), step)| Packing {
        unit,
        pack: pack.thousandths(),
        packs_per_pallet,
        minimum: minimum.thousandths(),
        step: step.thousandths(),
    });
    (packing, stock)
}

/// The SKU of a new product.
pub(super) fn sku(fields: &Fields) -> Outcome<Sku> {
    Sku::parse(fields.text("sku")).map_err(|code| Invalid::field("sku", code).into())
}
