//! Pictures: drawn from a product's shape and dimensions when it has no photograph, and icons of categories.

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use kernel::{Access, Failure};
use web::{App, Method, Path, Reply, State};

use crate::Catalog;
use crate::products::Product;

/// Pictures change only with the product or with this program.
const KEEP: &str = "public, max-age=86400, stale-while-revalidate=604800";

pub(crate) fn routes() -> web::Routes {
    web::Routes::new().page(Method::GET, "/media/products/{file}", Access::Public, product).page(
        Method::GET,
        "/media/categories/{file}",
        Access::Public,
        category,
    )
}

async fn product(State(app): State<App>, Path(file): Path<String>, headers: HeaderMap) -> Reply {
    let sku = file.strip_suffix(".svg").ok_or(Failure::NotFound)?;
    let product = app.part::<Catalog>().by_sku(sku).ok_or(Failure::NotFound)?;
    svg(&headers, &format!("\"{}-{}\"", product.id, product.version), || picture(&product))
}

async fn category(State(app): State<App>, Path(file): Path<String>, headers: HeaderMap) -> Reply {
    let code = file.strip_suffix(".svg").ok_or(Failure::NotFound)?;
    let category = app.part::<Catalog>().category_by_code(code).ok_or(Failure::NotFound)?;
    let icon = drawing::Icon::parse(&category.icon).unwrap_or(drawing::Icon::Carton);
    svg(&headers, &format!("\"{}\"", icon.code()), || drawing::icon(icon))
}

/// The drawing of a product; a carton for what has no shape of its own.
pub fn picture(product: &Product) -> String {
    let spec = product.drawing.as_deref().and_then(|json| serde_json::from_str(json).ok());
    drawing::draw(&spec.unwrap_or_else(|| drawing::Spec::Carton { label: product.sku.to_string() }))
}

fn svg(headers: &HeaderMap, tag: &str, draw: impl FnOnce() -> String) -> Reply {
    let same = headers.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == tag.as_bytes());
    let head = [(header::CACHE_CONTROL, KEEP), (header::ETAG, tag)];
    if same {
        return Ok((StatusCode::NOT_MODIFIED, head).into_response());
    }
    Ok((head, [(header::CONTENT_TYPE, "image/svg+xml")], draw()).into_response())
}
