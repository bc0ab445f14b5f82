//! What a company pays for a product, and why: every list that was looked at. For staff.

use std::sync::Arc;

use askama::Template;
use catalog::Catalog;
use catalog::products::Product;
use i18n::Locale;
use kernel::{Failure, Invalid, Notation, Outcome, Quantity};
use parties::companies::{self, Company};
use pricing_engine::{Ladder, Resolved};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, FormState, Query, Reply, Shell, State, StatusCode, Visitor, json, page_with};

use super::queries;
use crate::PriceBuyer;

/// Whose price of what.
#[derive(Deserialize, JsonSchema)]
pub(super) struct WhyQuery {
    /// The customer number.
    #[serde(default)]
    company: String,
    /// The SKU.
    #[serde(default)]
    sku: String,
    /// How much, in the product's unit; the smallest order when it is left out.
    #[serde(default)]
    quantity: String,
}

/// A price with everything that made it.
struct Why {
    company: Company,
    product: Arc<Product>,
    quantity: Quantity,
    resolved: Option<Resolved>,
}

async fn look(app: &App, query: &WhyQuery, notation: Notation) -> Outcome<Why> {
    let mut invalid = Invalid::default();
    let tx = app.db().read().await?;
    let company = match query.company.trim() {
        "" => Err(("required", Vec::new())),
        number => companies::queries::by_number(&tx, number).await?.ok_or(("price-list-company", Vec::new())),
    };
    let company = invalid.take("company", company);
    let product = match query.sku.trim() {
        "" => Err(("required", Vec::new())),
        sku => app.part::<Catalog>().by_sku(sku).ok_or(("price-sku", Vec::new())),
    };
    let product = invalid.take("sku", product);
    let quantity = product.as_ref().and_then(|product| match query.quantity.trim() {
        "" => Some(Quantity::new(product.packing.minimum, product.packing.unit)),
        typed => invalid.take("quantity", Quantity::typed(typed, product.packing.unit, notation)),
    });
    let (Some(company), Some(product), Some(quantity)) = (company, product, quantity) else {
        return Err(invalid.into());
    };
    let resolved = queries::ladder(&tx, &PriceBuyer::of(&company), product.id, app.today()).await?;
    Ok(Why { company, product, quantity, resolved })
}

/// One list that was looked at.
#[derive(Serialize, JsonSchema)]
struct EntryView {
    /// The list's code.
    list: String,
    /// `general`, `group`, `company` or `contract`.
    scope: String,
    /// What became of it: `used`, `wider`, `dearer`, `other-currency`, `not-yet-valid`, `no-longer-valid` or `no-price`.
    verdict: String,
}

/// A company's price of a product, and why.
#[derive(Serialize, JsonSchema)]
pub(super) struct WhyView {
    /// The customer number.
    company: String,
    sku: String,
    quantity: String,
    /// The net price of one unit; `null` when no list holds.
    price: Option<String>,
    currency: kernel::Currency,
    /// Every list that was looked at, the narrowest first.
    considered: Vec<EntryView>,
}

pub(super) async fn explain(State(app): State<App>, Query(query): Query<WhyQuery>) -> Reply {
    let why = look(&app, &query, Notation::Plain).await?;
    let entries = why.resolved.iter().flat_map(|resolved| &resolved.explanation.entries);
    json(&WhyView {
        company: why.company.number,
        sku: why.product.sku.to_string(),
        quantity: why.quantity.to_decimal(),
        price: why.resolved.as_ref().map(|resolved| resolved.ladder.price_at(why.quantity).to_decimal()),
        currency: why.company.currency,
        considered: entries
            .map(|entry| EntryView {
                list: entry.list.code.clone(),
                scope: entry.list.scope.code().into(),
                verdict: entry.verdict.code().into(),
            })
            .collect(),
    })
}

struct Entry {
    href: String,
    name: String,
    code: String,
    kind: String,
    verdict: String,
    is_used: bool,
}

struct Step {
    from: String,
    price: String,
    is_here: bool,
}

struct Answer {
    company: String,
    product: String,
    quantity: String,
    price: String,
    unit: String,
    steps: Vec<Step>,
    entries: Vec<Entry>,
}

#[derive(Template)]
#[template(path = "prices/why.html")]
struct WhyPage {
    shell: Shell,
    form: FormState,
    answer: Option<Answer>,
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(query): Query<WhyQuery>) -> Reply {
    let form = FormState::of([
        ("company", query.company.clone()),
        ("sku", query.sku.clone()),
        ("quantity", query.quantity.clone()),
    ]);
    let is_new = query.company.is_empty() && query.sku.is_empty();
    let (status, form, answer) =
        match if is_new { None } else { Some(look(&app, &query, visitor.locale.notation()).await) } {
            None => (StatusCode::OK, form, None),
            Some(Ok(why)) => (StatusCode::OK, form, Some(answer(&why, &visitor.locale))),
            Some(Err(Failure::Invalid(invalid))) => {
                (StatusCode::UNPROCESSABLE_ENTITY, form.with_errors(&invalid, &visitor.locale), None)
            }
            Some(Err(failure)) => return Err(failure.into()),
        };
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("price-why-title")).await?;
    page_with(status, &WhyPage { shell, form, answer })
}

fn answer(why: &Why, locale: &Locale) -> Answer {
    let unit = locale.text(&format!("unit-{}", why.quantity.unit().code()));
    let ladder = why.resolved.as_ref().map(|resolved| &resolved.ladder);
    let entries = why.resolved.iter().flat_map(|resolved| &resolved.explanation.entries);
    Answer {
        company: why.company.name.clone(),
        product: why.product.name.get(locale.language()).to_owned(),
        quantity: locale.quantity_unit(why.quantity),
        price: ladder.map_or_else(String::new, |ladder| locale.unit_price(ladder.price_at(why.quantity))),
        unit: format!("{} / {unit}", why.company.currency.code()),
        steps: ladder.map_or_else(Vec::new, |ladder| steps(ladder, why.quantity, locale)),
        entries: entries.map(|entry| entry_of(entry, locale)).collect(),
    }
}

fn steps(ladder: &Ladder, quantity: Quantity, locale: &Locale) -> Vec<Step> {
    let here = ladder.step_at(quantity);
    let step = |(place, tier): (usize, &pricing_engine::Tier)| Step {
        from: locale.quantity_unit(tier.from),
        price: locale.unit_price(tier.price),
        is_here: place == here,
    };
    ladder.tiers.iter().enumerate().map(step).collect()
}

fn entry_of(entry: &pricing_engine::Entry, locale: &Locale) -> Entry {
    Entry {
        href: format!("/office/price-lists/{}", entry.list.id),
        name: entry.list.name(locale.language().code()).to_owned(),
        code: entry.list.code.clone(),
        kind: locale.text(&format!("price-list-scope-{}", entry.list.scope.code())),
        verdict: locale.text(&format!("price-verdict-{}", entry.verdict.code())),
        is_used: entry.verdict == pricing_engine::Verdict::Used,
    }
}
