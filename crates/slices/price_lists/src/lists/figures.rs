//! What is left of a price while it is typed: cost, floor and margin, and what is there now. For the seller's own people only.

use askama::Template;
use axum::response::IntoResponse as _;
use catalog::Catalog;
use i18n::Locale;
use kernel::{Currency, Failure, Instant, Outcome, ProductId, Quantity, Rate, UnitPrice};
use pricing::lists::{queries, rules};
use serde::Deserialize;
use terms::figures::percent;
use terms::guard::{Bounds, rules as guard};
use web::{App, Path, Query, Reply, State, Visitor, page};

use super::api::list_id;
use crate::changes;
use crate::changes::view::{concern_text, margin_text, price_text};

/// A price as far as it is typed: of a row by its product and its quantity in thousandths, or of a new step by its SKU.
#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    product: String,
    #[serde(default)]
    step: String,
    #[serde(default)]
    sku: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    price: String,
}

/// What is left of a price, in words.
pub(super) struct Margin {
    pub(super) margin: String,
    pub(super) is_loss: bool,
    /// What the price is under; empty when it is not.
    pub(super) concern: String,
    /// How much more or less than now that is; empty for nothing.
    pub(super) change: String,
}

impl Margin {
    pub(super) fn of(locale: &Locale, price: Option<UnitPrice>, bounds: &Bounds, now: Option<UnitPrice>) -> Self {
        let (margin, is_loss) = margin_text(locale, price, bounds.cost);
        Self {
            margin,
            is_loss,
            concern: concern_text(locale, price.and_then(|price| guard::concern(price, bounds)), bounds),
            change: price.zip(now).map(|(price, now)| change_text(locale, price, now)).unwrap_or_default(),
        }
    }
}

fn change_text(locale: &Locale, price: UnitPrice, now: UnitPrice) -> String {
    let Some(less) = guard::margin(now, price).filter(|less| *less != Rate::ZERO) else { return String::new() };
    let key = if less > Rate::ZERO { "price-figures-less" } else { "price-figures-more" };
    let rate = percent(locale, Rate::from_ppm(less.ppm().saturating_abs()));
    locale.text_with(key, &[("rate", rate.into()), ("price", locale.unit_price(now).into())])
}

#[derive(Template)]
#[template(path = "lists/margin.html")]
struct RowFragment {
    margin: Margin,
}

#[derive(Template)]
#[template(path = "lists/figures.html")]
struct NewFragment {
    /// Label and value, in the order of the page.
    known: Vec<(String, String)>,
    label: String,
    margin: Margin,
}

pub(super) async fn figures(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Query(typed): Query<Typed>,
) -> Reply {
    let (locale, id) = (&visitor.locale, list_id(&id)?);
    let tx = app.db().read().await?;
    let list = queries::list(&tx, id).await?;
    let price = rules::price_of(&typed.price, list.currency, locale.notation()).ok();
    let is_row = !typed.product.is_empty();
    let Some((product, from)) = step(&app, locale, &typed)? else { return Ok(().into_response()) };
    let bounds = changes::queries::bounds(&tx, &list, &[product]).await?.remove(&product).unwrap_or_default();
    let steps = queries::steps(&tx, id, product).await?;
    let now = steps.iter().find(|step| Some(step.tier.from.thousandths()) == from).map(|step| step.tier.price);
    let margin = Margin::of(locale, price, &bounds, now);
    if is_row {
        return page(&RowFragment { margin });
    }
    let last = changes::queries::last(&tx, id, &[product]).await?;
    let last = from.and_then(|from| last.get(&(product, from))).map(|last| last_text(locale, list.currency, last));
    let known = [
        ("price-cost", price_text(locale, bounds.cost)),
        ("price-floor", price_text(locale, bounds.floor)),
        ("price-now", price_text(locale, now)),
        ("price-history", last.unwrap_or_default()),
    ];
    let known = known.into_iter().filter(|(_, value)| !value.is_empty());
    let known = known.map(|(label, value)| (locale.text(label), value)).collect();
    page(&NewFragment { known, label: locale.text("price-margin"), margin })
}

/// The product that is meant, and from which quantity on, in thousandths; `None` while nobody can say which.
fn step(app: &App, locale: &Locale, typed: &Typed) -> Outcome<Option<(ProductId, Option<i64>)>> {
    if !typed.product.is_empty() {
        let product = ProductId::parse(&typed.product).ok_or(Failure::NotFound)?;
        return Ok(Some((product, typed.step.parse().ok())));
    }
    let Some(found) = app.part::<Catalog>().by_sku(typed.sku.trim()) else { return Ok(None) };
    let from = Quantity::typed(&typed.from, found.packing.unit, locale.notation());
    Ok(Some((found.id, from.ok().map(Quantity::thousandths))))
}

/// What a price was before its last change, and until when.
pub(super) fn last_text(locale: &Locale, currency: Currency, (old, at): &(Option<i64>, Instant)) -> String {
    let old = old.map(|micros| UnitPrice::new(micros, currency));
    let args = [("price", price_text(locale, old).into()), ("at", locale.date(locale.local_date(*at)).into())];
    locale.text_with("price-last", &args)
}
