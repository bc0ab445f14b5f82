//! Prices as JSON.

use catalog::Catalog;
use kernel::{Currency, Date, Invalid, ProductId, Unit};
use pricing_engine::Resolved;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Query, Reply, State, Visitor, json};

use crate::{Buyers, PriceBook};

/// One step of a price ladder.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StepView {
    /// From this quantity on, in the product's unit.
    pub from: String,
    /// Net price of one unit.
    pub price: String,
}

/// A price ladder as buyers may see it.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LadderView {
    /// The product.
    pub product: ProductId,
    /// Its SKU.
    pub sku: String,
    /// The unit that prices and quantities are in.
    pub unit: Unit,
    /// The currency of all prices.
    pub currency: Currency,
    /// The steps, by quantity.
    pub steps: Vec<StepView>,
    /// The name of the price list.
    pub list: String,
    /// The last day of the list; `null` when it has none.
    pub valid_until: Option<String>,
}

impl LadderView {
    /// The view of a resolved price for a reader of `language`.
    pub fn of(product: &catalog::products::Product, resolved: &Resolved, language: &str) -> Self {
        let ladder = &resolved.ladder;
        let step =
            |tier: &pricing_engine::Tier| StepView { from: tier.from.to_decimal(), price: tier.price.to_decimal() };
        Self {
            product: product.id,
            sku: product.sku.to_string(),
            unit: product.packing.unit,
            currency: ladder.currency(),
            steps: ladder.tiers.iter().map(step).collect(),
            list: ladder.list.name(language).to_owned(),
            valid_until: ladder.list.valid_until.map(|date: Date| date.to_string()),
        }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct MyQuery {
    /// SKUs, separated by commas; at most 100. Unknown ones and those without price are left out.
    skus: String,
}

pub(super) async fn mine(State(app): State<App>, visitor: Visitor, Query(query): Query<MyQuery>) -> Reply {
    let buyer = app.part::<Buyers>().get(app.db(), visitor.actor.company()?).await?;
    let skus: Vec<&str> = query.skus.split(',').map(str::trim).filter(|sku| !sku.is_empty()).collect();
    if skus.is_empty() || skus.len() > 100 {
        return Err(Invalid::field("skus", "price-skus").into());
    }
    let (catalog, book, today) = (app.part::<Catalog>(), app.part::<PriceBook>(), app.today());
    let language = visitor.locale.language().code();
    let views: Vec<LadderView> = skus
        .into_iter()
        .filter_map(|sku| {
            let product = catalog.by_sku(sku)?;
            Some(LadderView::of(&product, &book.resolve(&buyer.price, product.id, today)?, language))
        })
        .collect();
    json(&views)
}
