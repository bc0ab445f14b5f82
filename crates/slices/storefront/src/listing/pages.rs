//! Category pages and search results.

use std::sync::Arc;

use askama::Template;
use catalog::Catalog;
use catalog::categories::Category;
use catalog::products::Product;
use i18n::Language;
use kernel::{Failure, Gtin, Outcome};
use web::{App, NavLink, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::asked::{Asked, Sort};
use super::facets::{Selection, select};
use super::view::{Filters, count};
use super::{Line, Selections, Viewer};

/// Products on one page.
const PER_PAGE: i64 = 50;
/// Search results that filters and pages look at; nobody reads further.
const FOUND_MAX: usize = 2_000;

/// A list with its filters; part of both pages.
struct List {
    filters: Filters,
    lines: Vec<Line>,
    pager: Pager,
    links: Vec<PageLink>,
    total: String,
}

impl List {
    async fn of(app: &App, visitor: &Visitor, selection: &Selection, asked: &Asked, path: &str) -> Outcome<Self> {
        let viewer = Viewer::of(app, visitor).await?;
        let pager = Pager { page: asked.page, per_page: PER_PAGE, total: 0 }.of(count(selection.products.len()));
        // A page beyond the last one shows the last one.
        let pager = Pager { page: pager.page.min(pager.pages()), ..pager };
        let products = sorted(app, &viewer, &selection.products, asked.sort, visitor.locale.language());
        let offset = usize::try_from(pager.offset()).unwrap_or(usize::MAX);
        let shown = products.iter().skip(offset).take(usize::try_from(PER_PAGE).unwrap_or(50));
        Ok(Self {
            lines: shown.map(|product| Line::of(app, &viewer, product, &visitor.locale)).collect(),
            filters: Filters::of(selection, asked, path, &visitor.locale, !viewer.is_hidden()),
            links: pager.links(path, &asked.address()),
            total: visitor.locale.number(pager.total),
            pager,
        })
    }
}

/// The products in the order asked for; those without a price come last when it is about prices.
fn sorted(app: &App, viewer: &Viewer, products: &[Arc<Product>], sort: Sort, language: Language) -> Vec<Arc<Product>> {
    let mut products = products.to_vec();
    let price = |product: &Arc<Product>| {
        let smallest = kernel::Quantity::new(product.packing.minimum, product.packing.unit);
        viewer.resolve(app, product.id).map(|resolved| resolved.ladder.price_at(smallest).micros())
    };
    match sort {
        Sort::Best => {}
        Sort::Name => products.sort_by_cached_key(|product| catalog::folded(product.name.get(language))),
        Sort::PriceUp => products.sort_by_cached_key(|product| price(product).unwrap_or(i64::MAX)),
        Sort::PriceDown => products.sort_by_cached_key(|product| std::cmp::Reverse(price(product).unwrap_or(-1))),
        Sort::Stock => products.sort_by_key(|product| std::cmp::Reverse(product.stock.thousandths())),
    }
    products
}

/// A category below the present one.
pub(crate) struct Tile {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) icon: String,
    pub(crate) products: String,
}

/// Categories as tiles; those without products are left out.
pub(crate) fn tiles(catalog: &Catalog, categories: &[Arc<Category>], visitor: &Visitor) -> Vec<Tile> {
    let tile = |category: &Arc<Category>| {
        let products = count(catalog.count_in(category.id));
        (products > 0).then(|| Tile {
            name: category.name.get(visitor.locale.language()).to_owned(),
            href: format!("/c/{}", category.code),
            icon: format!("/media/categories/{}.svg", category.code),
            products: visitor.locale.text_with("products-count", &[("n", products.into())]),
        })
    };
    categories.iter().filter_map(tile).collect()
}

#[derive(Template)]
#[template(path = "listing/category.html")]
struct CategoryPage {
    shell: Shell,
    name: String,
    lead: String,
    canonical: String,
    crumbs: Vec<NavLink>,
    tiles: Vec<Tile>,
    list: List,
}

pub(super) async fn category(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply {
    let catalog = app.part::<Catalog>();
    let category = catalog.category_by_code(&code).ok_or(Failure::NotFound)?;
    // Search is another page: what was searched for has no meaning here.
    let asked = Asked {
        query: String::new(),
        ..Asked::of(&pairs, &|key| catalog.attribute_key(key), visitor.locale.notation())
    };
    let language = visitor.locale.language();
    let selection = app.part::<Selections>().in_category(catalog, category.id, &asked);
    let path = format!("/c/{}", category.code);
    let above = catalog.path(category.id);
    let crumb = |c: &Arc<Category>| NavLink { label: c.name.get(language).to_owned(), href: format!("/c/{}", c.code) };
    let name = category.name.get(language).to_owned();
    web::page(&CategoryPage {
        shell: Shell::load(&app, &visitor, &name).await?,
        lead: category.description.get(language).to_owned(),
        canonical: format!("{}{path}", app.settings().base_url),
        crumbs: above.iter().take(above.len().saturating_sub(1)).map(crumb).collect(),
        tiles: tiles(catalog, &catalog.children(category.id), &visitor),
        list: List::of(&app, &visitor, &selection, &asked, &path).await?,
        name,
    })
}

#[derive(Template)]
#[template(path = "listing/search.html")]
struct SearchPage {
    shell: Shell,
    tiles: Vec<Tile>,
    list: List,
}

pub(super) async fn search(
    State(app): State<App>,
    visitor: Visitor,
    Query(pairs): Query<Vec<(String, String)>>,
) -> Reply {
    let (catalog, locale) = (app.part::<Catalog>(), &visitor.locale);
    let asked = Asked::of(&pairs, &|key| catalog.attribute_key(key), locale.notation());
    if let Some(product) = exact(catalog, &asked) {
        return web::see_other(&product.href());
    }
    let found = catalog.search(&asked.query, locale.language(), FOUND_MAX, 0);
    let selection = select(&found.products, &asked, &|key| catalog.attribute_key(key));
    let title = match asked.query.as_str() {
        "" => locale.text("search"),
        query => locale.text_with("shop-search-title", &[("query", query.into())]),
    };
    let mut shell = Shell::load(&app, &visitor, &title).await?;
    shell.query.clone_from(&asked.query);
    web::page(&SearchPage {
        shell,
        // When nothing is found, the way on is through the categories.
        tiles: if found.products.is_empty() { tiles(catalog, &catalog.roots(), &visitor) } else { Vec::new() },
        list: List::of(&app, &visitor, &selection, &asked, "/search").await?,
    })
}

/// Who types a whole SKU or GTIN wants that product, not a list of one.
fn exact(catalog: &Catalog, asked: &Asked) -> Option<Arc<Product>> {
    if asked.conditions() > 0 {
        return None;
    }
    if let Some(product) = catalog.by_sku(&asked.query) {
        return Some(product);
    }
    let gtin = Gtin::parse(&asked.query).ok()?;
    let found = catalog.search(gtin.as_str(), Language::En, 3, 0).products;
    found.into_iter().find(|product| product.gtin.as_ref() == Some(&gtin))
}
