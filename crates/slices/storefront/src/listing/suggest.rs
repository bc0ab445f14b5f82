//! What the search box and the palette suggest while somebody types.

use askama::Template;
use catalog::{Catalog, folded};
use serde::Deserialize;
use web::{App, Query, Reply, Shell, State, StatusCode, Visitor};

use super::pages::{Tile, tiles};
use super::{Line, Viewer};

const PRODUCTS_MAX: usize = 7;
const CATEGORIES_MAX: usize = 3;

#[derive(Deserialize)]
pub(super) struct Typed {
    #[serde(default)]
    q: String,
}

#[derive(Template)]
#[template(path = "listing/suggest.html")]
struct Suggestions {
    shell: Shell,
    categories: Vec<Tile>,
    lines: Vec<Line>,
    all: String,
}

pub(super) async fn suggest(State(app): State<App>, visitor: Visitor, Query(typed): Query<Typed>) -> Reply {
    let typed: String = typed.q.trim().chars().take(200).collect();
    let (catalog, viewer) = (app.part::<Catalog>(), Viewer::of(&app, &visitor).await?);
    let products = if typed.is_empty() { Vec::new() } else { catalog.suggest(&typed, PRODUCTS_MAX) };
    web::fragment(
        StatusCode::OK,
        &Suggestions {
            categories: tiles(catalog, &categories(catalog, &typed, &visitor), &visitor),
            lines: products.iter().map(|product| Line::of(&app, &viewer, product, &visitor.locale)).collect(),
            all: format!("/search?q={}", web::encode(&typed)),
            shell: Shell::bare(&app, &visitor, ""),
        },
    )
}

/// Categories that have the typed text at the beginning of a word.
fn categories(catalog: &Catalog, typed: &str, visitor: &Visitor) -> Vec<std::sync::Arc<catalog::categories::Category>> {
    let typed = folded(typed);
    if typed.chars().count() < 2 {
        return Vec::new();
    }
    let all = catalog.roots().into_iter().flat_map(|root| catalog.subtree(root.id));
    let fits = |name: &str| {
        folded(name).split_whitespace().any(|word| word.starts_with(&typed)) || folded(name).starts_with(&typed)
    };
    let named = all.filter_map(|id| catalog.category(id)).filter(|c| fits(c.name.get(visitor.locale.language())));
    named.take(CATEGORIES_MAX).collect()
}
