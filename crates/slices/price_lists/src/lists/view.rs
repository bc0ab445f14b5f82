//! Price lists as finished values for pages.

use std::collections::BTreeMap;

use catalog::Catalog;
use db::ReadTx;
use i18n::Locale;
use kernel::{Date, Instant, Outcome, ProductId};
use pricing::groups;
use pricing::lists::{ListPrice, ListScope, PriceList};
use pricing_engine::Scope;
use terms::guard::Bounds;

use super::figures::{Margin, last_text};
use crate::changes::Planned;
use crate::changes::view::price_text;

/// A line of the list of lists.
pub(super) struct ListLine {
    pub href: String,
    pub code: String,
    pub name: String,
    pub kind: String,
    pub is_contract: bool,
    pub target: String,
    pub validity: String,
    pub is_ended: bool,
    pub prices: String,
    pub currency: &'static str,
}

impl ListLine {
    pub async fn of(tx: &ReadTx, locale: &Locale, list: &PriceList, prices: i64, today: Date) -> Outcome<Self> {
        Ok(Self {
            href: format!("/office/price-lists/{}", list.id),
            code: list.code.clone(),
            name: list.name.get(locale.language()).to_owned(),
            kind: scope_label(locale, list.scope.scope()),
            is_contract: list.scope.scope() == Scope::Contract,
            target: target(tx, locale, &list.scope).await?,
            validity: validity(locale, list),
            is_ended: list.valid_until.is_some_and(|until| until < today),
            prices: locale.number(prices),
            currency: list.currency.code(),
        })
    }
}

/// For whom, by name.
async fn target(tx: &ReadTx, locale: &Locale, scope: &ListScope) -> Outcome<String> {
    Ok(match scope {
        ListScope::General => locale.text("price-list-for-all"),
        ListScope::Group(code) => {
            let groups = groups::all(tx).await?;
            let group = groups.iter().find(|group| group.code == *code);
            group.map_or(code.clone(), |group| group.name.get(locale.language()).to_owned())
        }
        ListScope::Company(company) => company_name(tx, *company).await?,
        ListScope::Contract { company, reference } => match reference.as_str() {
            "" => company_name(tx, *company).await?,
            reference => format!("{} · {reference}", company_name(tx, *company).await?),
        },
    })
}

async fn company_name(tx: &ReadTx, company: kernel::CompanyId) -> Outcome<String> {
    let company = parties::companies::queries::company(tx, company).await?;
    Ok(company.map(|company| company.name).unwrap_or_default())
}

/// The name of a scope.
pub(super) fn scope_label(locale: &Locale, scope: Scope) -> String {
    locale.text(&format!("price-list-scope-{}", scope.code()))
}

/// Since when and until when, in words.
pub(super) fn validity(locale: &Locale, list: &PriceList) -> String {
    let date = |date| locale.date(date);
    match (list.valid_from, list.valid_until) {
        (None, None) => locale.text("price-list-valid-always"),
        (Some(from), None) => locale.text_with("price-list-valid-from", &[("from", date(from).into())]),
        (None, Some(until)) => locale.text_with("price-list-valid-until", &[("until", date(until).into())]),
        (Some(from), Some(until)) => {
            locale.text_with("price-list-valid-between", &[("from", date(from).into()), ("until", date(until).into())])
        }
    }
}

/// A product with its steps.
pub(super) struct ProductLine {
    pub name: String,
    pub sku: String,
    pub href: String,
    pub product: ProductId,
    pub unit: String,
    pub steps: Vec<StepLine>,
}

/// A step with its form.
pub(super) struct StepLine {
    /// The quantity in thousandths: the last part of the step's address.
    pub from: i64,
    pub quantity: String,
    /// What stands in the field.
    pub typed: String,
    /// The price in micros when the page was made.
    pub old: i64,
    pub error: String,
    pub cost: String,
    pub floor: String,
    /// What is left of it.
    pub left: Margin,
    /// What it will be from a later day on; the next day first.
    pub planned: Vec<String>,
    /// What it was before its last change, and when that was; empty where nobody changed it.
    pub last: String,
}

/// What is known beside the prices of a page: costs and floors, each step's last change, and what is planned for it.
pub(super) struct Beside {
    pub bounds: BTreeMap<ProductId, Bounds>,
    pub last: BTreeMap<(ProductId, i64), (Option<i64>, Instant)>,
    pub planned: BTreeMap<(ProductId, i64), Vec<Planned>>,
}

/// A price that came back with an error.
pub(super) struct Wrong {
    pub at: (ProductId, i64),
    pub typed: String,
    pub sentence: String,
}

/// The products of a page of prices, which come sorted by product and quantity.
pub(super) fn product_lines(
    catalog: &Catalog,
    locale: &Locale,
    prices: &[ListPrice],
    beside: &Beside,
    wrong: Option<&Wrong>,
) -> Vec<ProductLine> {
    let line = |steps: &[ListPrice]| {
        let (id, unit) = (steps[0].product, steps[0].tier.from.unit());
        let product = catalog.product(id);
        ProductLine {
            name: product.as_ref().map_or(String::new(), |p| p.name.get(locale.language()).to_owned()),
            sku: product.as_ref().map_or_else(|| id.to_string(), |p| p.sku.to_string()),
            href: product.as_ref().map_or(String::new(), |p| p.href()),
            product: id,
            unit: locale.text(&format!("unit-{}", unit.code())),
            steps: steps.iter().map(|step| step_line(locale, step, beside, wrong)).collect(),
        }
    };
    prices.chunk_by(|a, b| a.product == b.product).map(line).collect()
}

fn step_line(locale: &Locale, step: &ListPrice, beside: &Beside, wrong: Option<&Wrong>) -> StepLine {
    let (from, price) = (step.tier.from.thousandths(), step.tier.price);
    let wrong = wrong.filter(|wrong| wrong.at == (step.product, from));
    let bounds = beside.bounds.get(&step.product).cloned().unwrap_or_default();
    let last = |last| last_text(locale, price.currency(), last);
    let planned = beside.planned.get(&(step.product, from)).into_iter().flatten();
    StepLine {
        from,
        quantity: locale.quantity(step.tier.from),
        typed: wrong.map_or_else(|| locale.unit_price(price), |wrong| wrong.typed.clone()),
        old: price.micros(),
        error: wrong.map(|wrong| wrong.sentence.clone()).unwrap_or_default(),
        cost: price_text(locale, bounds.cost),
        floor: price_text(locale, bounds.floor),
        left: Margin::of(locale, Some(price), &bounds, None),
        planned: planned.map(|planned| planned_text(locale, planned)).collect(),
        last: beside.last.get(&(step.product, from)).map(last).unwrap_or_default(),
    }
}

/// From which day on a price will be what.
fn planned_text(locale: &Locale, planned: &Planned) -> String {
    let day = locale.date(planned.holds_from);
    match planned.price {
        Some(price) => {
            locale.text_with("price-planned-at", &[("day", day.into()), ("price", locale.unit_price(price).into())])
        }
        None => locale.text_with("price-planned-gone", &[("day", day.into())]),
    }
}
