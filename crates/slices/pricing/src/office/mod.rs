//! The start page of the office: where everything is, and how much of it there is.

use askama::Template;
use catalog::Catalog;
use kernel::{Access, Permission};
use web::{App, Method, Pager, Reply, Routes, Shell, State, Visitor, page};

use crate::lists::queries::{self, ListFilter};

pub(crate) fn routes() -> Routes {
    Routes::new().page(Method::GET, "/office", Access::Needs(Permission::UseDesk), start)
}

struct Tile {
    href: &'static str,
    icon: &'static str,
    title: String,
    text: String,
    /// How many there are; empty where a number says nothing.
    count: String,
}

#[derive(Template)]
#[template(path = "office/start.html")]
struct StartPage {
    shell: Shell,
    tiles: Vec<Tile>,
}

/// Only what the visitor may open is shown.
async fn start(State(app): State<App>, visitor: Visitor) -> Reply {
    let locale = &visitor.locale;
    let tx = app.db().read().await?;
    let one = Pager::asked(None, Some("1"));
    let lists = queries::lists(&tx, &ListFilter::default(), one).await?.1;
    let companies = parties::companies::queries::list(&tx, &Default::default(), 1, 0).await?.1;
    drop(tx);
    let products = i64::try_from(app.part::<Catalog>().count()).unwrap_or(i64::MAX);
    let all = [
        ("/office/policy", "scale", "policy", Permission::ManagePolicy, None),
        ("/office/simulations", "scale", "simulations", Permission::ManagePolicy, None),
        ("/office/segments", "building", "segments", Permission::ManagePolicy, None),
        ("/office/buyer-model", "eye", "buyer-model", Permission::ManagePolicy, None),
        ("/office/costs", "truck", "costs", Permission::ManagePolicy, None),
        ("/office/suppliers", "tag", "suppliers", Permission::ManagePrices, None),
        ("/office/tracking", "chart", "tracking", Permission::UseDesk, None),
        ("/office/experiments", "eye", "experiments", Permission::ManagePolicy, None),
        ("/office/routing", "users", "routing", Permission::ManagePolicy, None),
        ("/office/price-lists", "tag", "price-lists", Permission::ManagePrices, Some(lists)),
        ("/office/companies", "building", "companies", Permission::ViewCompanies, Some(companies)),
        ("/office/orders", "file", "orders", Permission::ViewCompanies, None),
        ("/office/products", "box", "products", Permission::ViewCosts, Some(products)),
    ];
    let may_open = all.into_iter().filter(|(_, _, _, permission, _)| visitor.may(*permission));
    let tiles = may_open.map(|(href, icon, name, _, count)| Tile {
        href,
        icon,
        title: locale.text(&format!("office-start-{name}")),
        text: locale.text(&format!("office-start-{name}-text")),
        count: count.map(|count| locale.number(count)).unwrap_or_default(),
    });
    let tiles = tiles.collect();
    page(&StartPage { shell: Shell::load(&app, &visitor, &locale.text("nav-office")).await?, tiles })
}
