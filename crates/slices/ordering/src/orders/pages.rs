//! Orders in the shop: placing, thanks, history, ordering again.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Amount, CartId, Failure, Invalid};
use serde::Deserialize;
use sheets::{Cell, Sheet};
use terms::figures::{Mark, ORDERS_OPEN, of_company};
use web::{App, Fields, Form, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::views::{OrderRow, OrderView, state_words};
use super::{Order, OrderState, PlaceOrder, WholeOrder, actions, queries};
use queries::OrderFilter;

/// Most rows of an export.
const EXPORT_MAX: i64 = 50_000;

/// Orders the cart of the checkout form. The same key gives the same order, however often the button is pressed.
pub(super) async fn place(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let order = place_form(&app, &visitor, &fields).await?;
    web::see_other(&format!("/orders/{}/thanks", web::encode(&order.order.number)))
}

async fn place_form(app: &App, visitor: &Visitor, fields: &Fields) -> Result<WholeOrder, Failure> {
    let cart = CartId::parse(fields.text("cart")).ok_or(Failure::NotFound)?;
    let ctx = &app.ctx(visitor);
    let buyers = app.part::<pricing::Buyers>();
    let currency = buyers.get(app.db(), ctx.actor.company()?).await?.company.currency;
    let seen = fields.some("seen_net").ok_or_else(|| Invalid::field("seen_net", "required"))?;
    let seen_net = Amount::parse(seen, currency).map_err(|e| Invalid::field("seen_net", e.code()))?;
    let how = &PlaceOrder { idempotency_key: fields.some("key").map(str::to_owned), seen_net };
    let base_url = &app.settings().base_url;
    app.write(|tx| async move { actions::place(&tx, ctx, buyers, base_url, Some(cart), how).await }).await
}

#[derive(Template)]
#[template(path = "orders/order.html")]
struct OrderPage {
    shell: Shell,
    order: OrderView,
    is_new: bool,
    is_staff: bool,
    email: String,
}

async fn order_page(app: &App, visitor: &Visitor, number: &str, is_new: bool) -> Reply {
    let tx = app.db().read().await?;
    let whole = queries::order(&tx, &visitor.actor, number).await?;
    let lists = queries::list_names(&tx, &whole, visitor.locale.language()).await?;
    drop(tx);
    let title = visitor.locale.text_with("order-title", &[("number", number.into())]);
    let shell = Shell::load(app, visitor, &title).await?;
    let email = visitor.person.as_ref().map(|p| p.email.clone()).unwrap_or_default();
    web::page(&OrderPage {
        shell,
        order: OrderView::of(&whole, &lists, (visitor.actor.user, app.now()), &visitor.locale),
        is_new,
        is_staff: false,
        email,
    })
}

pub(super) async fn thanks(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    order_page(&app, &visitor, &number, true).await
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    order_page(&app, &visitor, &number, false).await
}

/// What a list of orders is asked for.
#[derive(Deserialize)]
pub(super) struct ListQuery {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub state: String,
    /// The number of a customer; for staff.
    #[serde(default)]
    pub company: String,
    pub page: Option<String>,
    pub per_page: Option<String>,
}

impl ListQuery {
    pub(super) fn filter(&self) -> OrderFilter {
        let text = Some(self.q.trim().to_owned()).filter(|t| !t.is_empty());
        OrderFilter { company: None, state: OrderState::parse(&self.state), text }
    }

    pub(super) fn pager(&self) -> Pager {
        Pager::asked(self.page.as_deref(), self.per_page.as_deref())
    }

    /// Links that choose a state: path, words, whether it is chosen.
    pub(super) fn states(&self, base: &str, visitor: &Visitor) -> Vec<(String, String, bool)> {
        let values =
            |code: &str| web::query_string(&[("q", self.q.as_str()), ("state", code), ("company", &self.company)]);
        let link = |code: &str| format!("{base}?{}", values(code));
        let all = (link(""), visitor.locale.text("all"), OrderState::parse(&self.state).is_none());
        let states =
            OrderState::ALL.iter().map(|s| (link(s.code()), state_words(*s, &visitor.locale), self.state == s.code()));
        std::iter::once(all).chain(states).collect()
    }

    pub(super) fn query_string(&self) -> String {
        web::query_string(&[("q", &self.q), ("state", &self.state), ("company", &self.company)])
    }

    /// The number of a customer's open orders, when they are what is listed.
    pub(super) fn mark(&self, company: &str, total: i64) -> Option<Mark> {
        let is_open = OrderState::parse(&self.state) == Some(OrderState::Open) && self.q.trim().is_empty();
        (is_open && !company.is_empty()).then(|| Mark::new(ORDERS_OPEN, total, &of_company(company)))
    }
}

#[derive(Template)]
#[template(path = "orders/list.html")]
struct ListPage {
    shell: Shell,
    base: &'static str,
    rows: Vec<OrderRow>,
    states: Vec<(String, String, bool)>,
    state: String,
    q: String,
    export: String,
    is_staff: bool,
    mark: Option<Mark>,
    company: String,
    pager: Pager,
    links: Vec<PageLink>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    const BASE: &str = "/account/orders";
    let pager = query.pager();
    let (orders, total) =
        queries::list(&app.db().read().await?, &visitor.actor, &query.filter(), pager.per_page, pager.offset()).await?;
    let pager = pager.of(total);
    let buyer = app.part::<pricing::Buyers>().get(app.db(), visitor.actor.company()?).await?;
    web::page(&ListPage {
        mark: query.mark(&buyer.company.number, total),
        company: String::new(),
        shell: Shell::load(&app, &visitor, &visitor.locale.text("orders-title")).await?,
        base: BASE,
        rows: orders.iter().map(|o| OrderRow::of(o, BASE, String::new(), &visitor.locale)).collect(),
        states: query.states(BASE, &visitor),
        links: pager.links(BASE, &query.query_string()),
        export: format!("{}&", query.query_string()),
        is_staff: false,
        pager,
        state: query.state,
        q: query.q,
    })
}

async fn sheet(app: &App, visitor: &Visitor, query: &ListQuery) -> Result<Sheet, Failure> {
    let (orders, _) = queries::list(&app.db().read().await?, &visitor.actor, &query.filter(), EXPORT_MAX, 0).await?;
    let t = |key: &str| visitor.locale.text(key);
    let head = vec![
        t("order"),
        t("order-placed"),
        t("status"),
        t("order-po-number"),
        t("currency"),
        t("order-freight"),
        t("order-net"),
        t("order-gross"),
    ];
    let mut sheet = Sheet::new("orders", head);
    for order in &orders {
        sheet.row(cells(order, visitor));
    }
    Ok(sheet)
}

fn cells(order: &Order, visitor: &Visitor) -> Vec<Cell> {
    vec![
        Cell::Text(order.number.clone()),
        Cell::Text(order.placed_at.to_rfc3339()),
        Cell::Text(state_words(order.state, &visitor.locale)),
        Cell::Text(order.po_number.clone()),
        Cell::Text(order.currency.code().into()),
        Cell::Number(order.freight.to_decimal()),
        Cell::Number(order.net.to_decimal()),
        Cell::Number(order.gross.to_decimal()),
    ]
}

pub(super) async fn export_csv(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    sheet(&app, &visitor, &query).await?.csv()
}

pub(super) async fn export_xlsx(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    sheet(&app, &visitor, &query).await?.xlsx()
}

#[derive(Template)]
#[template(path = "orders/reordered.html")]
struct ReorderedPage {
    shell: Shell,
    missing: Vec<String>,
}

pub(super) async fn reorder(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let (ctx, number) = (&app.ctx(&visitor), &number);
    let missing = app.write(|tx| async move { actions::reorder(&tx, ctx, number).await }).await?;
    if missing.is_empty() {
        return web::flash(web::see_other("/cart"), "reordered");
    }
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("order-again")).await?;
    web::page_with(StatusCode::OK, &ReorderedPage { shell, missing })
}
