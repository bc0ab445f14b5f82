//! Orders for staff.

use askama::Template;
use kernel::{Failure, Invalid, Permission};
use web::{App, Fields, Form, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::pages::ListQuery;
use super::views::{OrderRow, OrderView, state_words};
use super::{OrderState, actions, queries, rules};

#[derive(Template)]
#[template(path = "orders/staff_list.html")]
struct ListPage {
    shell: Shell,
    base: &'static str,
    rows: Vec<OrderRow>,
    states: Vec<(String, String, bool)>,
    state: String,
    q: String,
    export: String,
    is_staff: bool,
    pager: Pager,
    links: Vec<PageLink>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    const BASE: &str = "/office/orders";
    let pager = query.pager();
    let (orders, total) =
        queries::list(&app.db().read().await?, &visitor.actor, &query.filter(), pager.per_page, pager.offset()).await?;
    let pager = pager.of(total);
    let mut rows = Vec::with_capacity(orders.len());
    for order in &orders {
        let buyer = app.part::<pricing::Buyers>().get(app.db(), order.company).await?;
        rows.push(OrderRow::of(order, BASE, buyer.company.name.clone(), &visitor.locale));
    }
    web::page(&ListPage {
        shell: Shell::load(&app, &visitor, &visitor.locale.text("orders-title")).await?,
        base: BASE,
        rows,
        states: query.states(BASE, &visitor),
        links: pager.links(BASE, &query.query_string()),
        export: String::new(),
        is_staff: true,
        pager,
        state: query.state,
        q: query.q,
    })
}

#[derive(Template)]
#[template(path = "orders/staff_order.html")]
struct OrderPage {
    shell: Shell,
    order: OrderView,
    company: String,
    company_number: String,
    next_states: Vec<(&'static str, String)>,
    is_staff: bool,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let tx = app.db().read().await?;
    let whole = queries::order(&tx, &visitor.actor, &number).await?;
    let lists = queries::list_names(&tx, &whole, visitor.locale.language()).await?;
    drop(tx);
    let buyer = app.part::<pricing::Buyers>().get(app.db(), whole.order.company).await?;
    let next = if visitor.may(Permission::ManageCompanies) { rules::next_states(whole.order.state) } else { &[] };
    web::page(&OrderPage {
        shell: Shell::load(
            &app,
            &visitor,
            &visitor.locale.text_with("order-title", &[("number", number.as_str().into())]),
        )
        .await?,
        order: OrderView::of(&whole, &lists, &visitor.locale),
        company: buyer.company.name.clone(),
        company_number: buyer.company.number.clone(),
        next_states: next.iter().map(|s| (s.code(), state_words(*s, &visitor.locale))).collect(),
        is_staff: true,
    })
}

pub(super) async fn set_state(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let state =
        OrderState::parse(fields.text("state")).ok_or_else(|| Failure::from(Invalid::field("state", "choice")))?;
    let (ctx, number) = (&app.ctx(&visitor), &number);
    app.write(|tx| async move { actions::move_on(&tx, ctx, number, state).await }).await?;
    web::flash(web::see_other(&format!("/office/orders/{}", web::encode(number))), "saved")
}
