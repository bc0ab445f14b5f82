//! The product page and its price block.

use askama::Template;
use kernel::Permission;
use serde::Deserialize;
use web::{App, Hx, Path, Query, Reply, Shell, State, Visitor};

use super::facts::Facts;
use super::view::{PriceBlock, ProductBlock, StaffBlock, Steps, description};

#[derive(Deserialize)]
pub(super) struct PageQuery {
    #[serde(default)]
    quantity: String,
}

#[derive(Template)]
#[template(path = "product/page.html", blocks = ["price"])]
struct ProductPage {
    shell: Shell,
    description: String,
    product: ProductBlock,
    steps: Steps,
    quantity: kernel::Quantity,
    price: Option<PriceBlock>,
    is_hidden: bool,
    may_buy: bool,
    staff: Option<StaffBlock>,
    /// The negotiation panel, rendered by its own slice.
    panel: String,
}

/// The price block for another quantity, and what else on the page follows it.
#[derive(Template)]
#[template(source = "{{ price|safe }}{{ following|safe }}", ext = "html")]
struct PricePart {
    price: String,
    following: String,
}

pub(super) async fn show(
    State(app): State<App>,
    visitor: Visitor,
    Path(sku): Path<String>,
    Query(query): Query<PageQuery>,
) -> Reply {
    web::page(&product_page(&app, &visitor, &sku, &query).await?)
}

async fn product_page(
    app: &App,
    visitor: &Visitor,
    sku: &str,
    query: &PageQuery,
) -> Result<ProductPage, kernel::Failure> {
    let facts = Facts::of(app, visitor, sku).await?;
    let (locale, product) = (&visitor.locale, &facts.product);
    let quantity = facts.quantity(&query.quantity, visitor.locale.notation());
    let back = product.href();
    let price = PriceBlock::of(&facts, quantity, locale).filter(|_| product.is_active);
    let panel = match &price {
        Some(_) => negotiation::panel::for_product(app, visitor, product, quantity, &back).await?,
        None => None,
    };
    let staff = if visitor.may(Permission::ViewCosts) {
        let seller = catalog::products::queries::seller_facts(&app.db().read().await?, product.id).await?;
        Some(StaffBlock::of(&seller, &facts, locale))
    } else {
        None
    };
    Ok(ProductPage {
        shell: Shell::load(app, visitor, product.name.get(locale.language())).await?,
        description: description(product, locale.language()),
        product: ProductBlock::of(app, product, locale),
        steps: Steps::of(product, quantity, locale),
        quantity,
        may_buy: facts.buyer.is_some() && visitor.may(Permission::Buy) && price.is_some(),
        is_hidden: facts.is_hidden,
        price,
        staff,
        panel: panel.unwrap_or_default(),
    })
}

/// The price block alone, for another quantity.
pub(super) async fn price(
    State(app): State<App>,
    visitor: Visitor,
    hx: Hx,
    Path(sku): Path<String>,
    Query(query): Query<PageQuery>,
) -> Reply {
    if !hx.0 {
        return web::see_other(&format!("/p/{}?quantity={}", web::encode(&sku), web::encode(&query.quantity)));
    }
    let page = product_page(&app, &visitor, &sku, &query).await?;
    let product = app.part::<catalog::Catalog>().by_sku(&sku).ok_or(kernel::Failure::NotFound)?;
    let following = negotiation::panel::following(&app, &visitor, &product, page.quantity, &product.href()).await?;
    let price = page.as_price().render().map_err(|e| kernel::Fault::because("rendering a page", e))?;
    web::fragment(web::StatusCode::OK, &PricePart { price, following })
}
