//! The front page: for guests what there is, for buyers also what waits for them and what they buy.

use std::collections::HashSet;

use askama::Template;
use catalog::Catalog;
use kernel::{Access, CompanyId, Outcome};
use negotiation::negotiations::{self, Negotiation};
use pricing::purchases;
use terms::figures::{Mark, ORDERS_OPEN, of_company};
use web::{App, Method, Pager, Reply, Routes, Shell, State, Visitor};

use crate::listing::{Line, Tile, Viewer, tiles};

/// Products under 'bought lately'.
const RECENT_MAX: usize = 10;
/// Order lines looked at for them: the same product is often bought again.
const LINES_LOOKED_AT: i64 = 60;
const DEALS_MAX: i64 = 6;

pub(crate) fn routes() -> Routes {
    Routes::new().page(Method::GET, "/", Access::Public, show)
}

/// A negotiation that is not over.
struct Deal {
    href: String,
    subject: String,
    state: &'static str,
    state_words: String,
    until: String,
}

#[derive(Template)]
#[template(path = "front/front.html")]
struct FrontPage {
    shell: Shell,
    canonical: String,
    greeting: String,
    lead: String,
    open_orders: String,
    open_orders_mark: Option<Mark>,
    open_orders_net: String,
    deals_waiting: i64,
    deals: Vec<Deal>,
    recent: Vec<Line>,
    tiles: Vec<Tile>,
    is_guest: bool,
    sees_prices: bool,
}

/// What a buyer's company has going on.
#[derive(Default)]
struct Own {
    deals: Vec<Deal>,
    recent: Vec<Line>,
    open_orders: i64,
    open_orders_mark: Option<Mark>,
    open_orders_net: String,
}

async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    let (catalog, locale) = (app.part::<Catalog>(), &visitor.locale);
    let viewer = Viewer::of(&app, &visitor).await?;
    let own = match visitor.actor.company {
        Some(company) => own(&app, &visitor, &viewer, company).await?,
        None => Own::default(),
    };
    let shell = Shell::load(&app, &visitor, &locale.text("shop-title")).await?;
    let name = shell.person().split_whitespace().next().unwrap_or_default().to_owned();
    let greeting = match name.as_str() {
        "" => locale.text_with("shop-welcome", &[("merchant", shell.merchant.as_str().into())]),
        name => locale.text_with("shop-hello", &[("name", name.into())]),
    };
    let products = i64::try_from(catalog.roots().iter().map(|root| catalog.count_in(root.id)).sum::<usize>());
    let lead = match shell.data.deals_waiting {
        0 => locale.text_with("shop-lead", &[("n", products.unwrap_or(0).into())]),
        waiting => locale.text_with("shop-lead-deals", &[("n", waiting.into())]),
    };
    web::page(&FrontPage {
        canonical: format!("{}/", app.settings().base_url),
        greeting,
        lead,
        open_orders: locale.number(own.open_orders),
        open_orders_mark: own.open_orders_mark,
        open_orders_net: own.open_orders_net,
        deals_waiting: shell.data.deals_waiting,
        deals: own.deals,
        recent: own.recent,
        tiles: tiles(catalog, &catalog.roots(), &visitor),
        is_guest: viewer.is_guest,
        sees_prices: !viewer.is_hidden(),
        shell,
    })
}

async fn own(app: &App, visitor: &Visitor, viewer: &Viewer, company: CompanyId) -> Outcome<Own> {
    let (catalog, locale, now) = (app.part::<Catalog>(), &visitor.locale, app.now());
    let tx = app.db().read().await?;
    let pager = Pager { page: 1, per_page: 4 * DEALS_MAX, total: 0 };
    let (negotiations, _) = negotiations::queries::of_company(&tx, company, None, pager).await?;
    let lines = purchases::queries::recent(&tx, company, LINES_LOOKED_AT).await?;
    let orders = purchases::queries::open_orders(&tx, company).await?;
    drop(tx);
    let live = negotiations.iter().filter(|n| n.is_live(now)).take(usize::try_from(DEALS_MAX).unwrap_or(0));
    let mut seen = HashSet::new();
    let bought = lines.iter().filter(|line| line.quantity.thousandths() > 0 && seen.insert(line.product));
    let recent = bought.filter_map(|line| catalog.product(line.product)).filter(|product| product.is_active);
    let net = orders.first().map(|first| kernel::Amount::sum(first.net.currency(), orders.iter().map(|o| o.net)));
    let buyer = app.part::<pricing::Buyers>().get(app.db(), company).await?;
    Ok(Own {
        open_orders_mark: Some(Mark::new(ORDERS_OPEN, orders.len(), &of_company(&buyer.company.number))),
        deals: live.map(|n| deal(app, visitor, n)).collect(),
        recent: recent.take(RECENT_MAX).map(|product| Line::of(app, viewer, &product, locale)).collect(),
        open_orders: i64::try_from(orders.len()).unwrap_or(i64::MAX),
        // A company that orders in two currencies gets the number without a sum.
        open_orders_net: net.and_then(Result::ok).map(|net| locale.money(net)).unwrap_or_default(),
    })
}

fn deal(app: &App, visitor: &Visitor, n: &Negotiation) -> Deal {
    let (locale, state) = (&visitor.locale, n.state(app.now()));
    let subject = match n.lines.as_slice() {
        [line] => app.part::<Catalog>().product(line.product).map(|p| p.name.get(locale.language()).to_owned()),
        lines => Some(locale.text_with("lines", &[("count", lines.len().into())])),
    };
    let until = match state {
        negotiations::State::Waiting => n.answer_by.map(|at| ("shop-answer-by", at)),
        _ => n.expires_at.map(|at| ("shop-holds-until", at)),
    };
    Deal {
        href: format!("/account/negotiations/{}", n.id),
        subject: subject.unwrap_or_else(|| n.number.to_string()),
        state: if state == negotiations::State::Waiting { "info" } else { "deal" },
        state_words: locale.text(&format!("negotiation-state-{}", state.code())),
        until: until
            .map(|(key, at)| locale.text_with(key, &[("moment", locale.moment(at).into())]))
            .unwrap_or_default(),
    }
}
