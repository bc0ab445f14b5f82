//! Lists of products as JSON.

use std::sync::Arc;

use catalog::Catalog;
use catalog::products::{OrderType, Product};
use kernel::{Currency, Failure, Quantity, Unit};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Pager, Query, Reply, State, Visitor};

use super::Viewer;

/// Which products.
#[derive(Debug, Default, Deserialize, JsonSchema)]
pub(super) struct ListQuery {
    /// What to search for: words, SKU, GTIN, dimensions.
    query: Option<String>,
    /// The code of a category; everything below it too.
    category: Option<String>,
    /// The page, from 1.
    page: Option<String>,
    /// Products on a page, 1 to 200; 50 when left out.
    per_page: Option<String>,
}

/// A page of products.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProductList {
    /// Products on this page.
    products: Vec<ProductLine>,
    /// Products in all.
    total: usize,
    /// The page.
    page: i64,
    /// Products on a page.
    per_page: i64,
}

/// A product in a list. Quantities and prices are decimal text.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct ProductLine {
    /// Stock keeping unit.
    sku: String,
    /// Name in the reader's language.
    name: String,
    /// The code of its category.
    category: String,
    /// Unit of measure.
    unit: Unit,
    /// Content of one pack.
    pack: String,
    /// Smallest order.
    minimum: String,
    /// Orders are multiples of this.
    step: String,
    /// How it comes about.
    order_type: OrderType,
    /// What is in stock.
    stock: String,
    /// Working days until it can leave the house when it is not in stock.
    lead_days: i64,
    /// The own price; `null` when there is none, or prices are for customers only.
    price: Option<LinePrice>,
}

/// The own price of a product in a list.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct LinePrice {
    /// The currency.
    currency: Currency,
    /// Net price of one unit at the smallest order.
    net: String,
    /// The next cheaper step.
    next: Option<NextStep>,
}

/// A step of a price ladder.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct NextStep {
    /// From this quantity on.
    from: String,
    /// Net price of one unit.
    net: String,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let (catalog, viewer) = (app.part::<Catalog>(), Viewer::of(&app, &visitor).await?);
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let (products, total) = found(catalog, &visitor, &query, pager)?;
    let language = visitor.locale.language();
    let line = |product: &Arc<Product>| {
        let decimal = |thousandths| Quantity::new(thousandths, product.packing.unit).to_decimal();
        ProductLine {
            sku: product.sku.to_string(),
            name: product.name.get(language).to_owned(),
            category: catalog.category(product.category).map(|c| c.code.clone()).unwrap_or_default(),
            unit: product.packing.unit,
            pack: decimal(product.packing.pack),
            minimum: decimal(product.packing.minimum),
            step: decimal(product.packing.step),
            order_type: product.order_type,
            stock: product.stock.to_decimal(),
            lead_days: product.lead_days,
            price: price(&app, &viewer, product),
        }
    };
    let products = products.iter().map(line).collect();
    web::json(&ProductList { products, total, page: pager.page, per_page: pager.per_page })
}

/// The wanted page of products, and how many there are.
fn found(
    catalog: &Catalog,
    visitor: &Visitor,
    query: &ListQuery,
    pager: Pager,
) -> Result<(Vec<Arc<Product>>, usize), Failure> {
    let (limit, offset) =
        (usize::try_from(pager.per_page).unwrap_or(50), usize::try_from(pager.offset()).unwrap_or(usize::MAX));
    let words: String = query.query.as_deref().unwrap_or_default().trim().chars().take(200).collect();
    let category = match query.category.as_deref().filter(|code| !code.is_empty()) {
        Some(code) => Some(catalog.category_by_code(code).ok_or(Failure::NotFound)?),
        None => None,
    };
    let page = |products: &[Arc<Product>]| products.iter().skip(offset).take(limit).cloned().collect::<Vec<_>>();
    Ok(match (words.is_empty(), category) {
        (false, category) => {
            let hits = catalog.search_in(&words, visitor.locale.language(), category.map(|c| c.id), limit, offset);
            (hits.products, hits.total)
        }
        (true, Some(category)) => {
            let products = catalog.in_category(category.id);
            (page(&products), products.len())
        }
        (true, None) => {
            let all: Vec<_> = catalog.roots().iter().flat_map(|root| catalog.in_category(root.id).to_vec()).collect();
            (page(&all), all.len())
        }
    })
}

fn price(app: &App, viewer: &Viewer, product: &Product) -> Option<LinePrice> {
    let ladder = viewer.resolve(app, product.id)?.ladder;
    let smallest = Quantity::new(product.packing.minimum, product.packing.unit);
    let next = ladder.next(smallest);
    Some(LinePrice {
        currency: ladder.currency(),
        net: ladder.price_at(smallest).to_decimal(),
        next: next.map(|tier| NextStep { from: tier.from.to_decimal(), net: tier.price.to_decimal() }),
    })
}
