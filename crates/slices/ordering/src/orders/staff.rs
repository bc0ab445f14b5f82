//! Orders for staff.

use askama::Template;
use i18n::Locale;
use kernel::{Amount, Failure, Invalid, Permission};
use parties::companies;
use pricing::credit;
use terms::figures::{CREDIT_FREE, CREDIT_LIMIT, CREDIT_USED, Figure, Mark, of_company};
use web::{App, Fields, Form, PageLink, Pager, Path, Query, Reply, Shell, State, Visitor};

use super::cancelling::{self, Verb};
use super::pages::ListQuery;
use super::views::{OrderRow, OrderView, state_words};
use super::{OrderState, WholeOrder, actions, queries, rules};

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
    mark: Option<Mark>,
    company: String,
    pager: Pager,
    links: Vec<PageLink>,
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let pager = query.pager();
    let tx = app.db().read().await?;
    let company = match query.company.trim() {
        "" => None,
        number => Some(companies::queries::by_number(&tx, number).await?.ok_or(Failure::NotFound)?),
    };
    let filter = queries::OrderFilter { company: company.as_ref().map(|company| company.id), ..query.filter() };
    let (orders, total) = queries::list(&tx, &visitor.actor, &filter, pager.per_page, pager.offset()).await?;
    drop(tx);
    let pager = pager.of(total);
    let mut rows = Vec::with_capacity(orders.len());
    for order in &orders {
        let buyer = app.part::<pricing::Buyers>().get(app.db(), order.company).await?;
        rows.push(OrderRow::of(order, BASE, buyer.company.name.clone(), &visitor.locale));
    }
    web::page(&ListPage {
        mark: query.mark(company.as_ref().map_or("", |company| &company.number), total),
        company: company.map(|company| company.number).unwrap_or_default(),
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
    /// Where the order is cancelled; empty when it cannot be.
    cancel_href: String,
    /// How much of the credit is taken, and how much this order would be over; for an order that waits.
    credit: String,
    /// Limit, taken and free.
    credit_facts: Vec<CreditFact>,
    may_release: bool,
    is_new: bool,
    is_staff: bool,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let tx = app.db().read().await?;
    let whole = queries::order(&tx, &visitor.actor, &number).await?;
    let lists = queries::list_names(&tx, &whole, visitor.locale.language()).await?;
    let company = companies::queries::company(&tx, whole.order.company).await?.ok_or(Failure::NotFound)?;
    let credit = credit::queries::of(&tx, &company).await?;
    drop(tx);
    let (locale, state) = (&visitor.locale, whole.order.state);
    let manages = visitor.may(Permission::ManageCompanies);
    let next = if manages && state != OrderState::Held { rules::next_states(state) } else { &[] };
    let may_cancel = manages && next.contains(&OrderState::Cancelled);
    let is_own = company.rep.is_some() && company.rep == visitor.actor.user;
    let title = locale.text_with("order-title", &[("number", number.as_str().into())]);
    web::page(&OrderPage {
        shell: Shell::load(&app, &visitor, &title).await?,
        order: OrderView::of(&whole, &lists, (visitor.actor.user, app.now()), locale),
        company: company.name.clone(),
        company_number: company.number.clone(),
        next_states: next
            .iter()
            .filter(|state| **state != OrderState::Cancelled)
            .map(|state| (state.code(), state_words(*state, locale)))
            .collect(),
        cancel_href: if may_cancel { format!("{BASE}/{}/cancellation", web::encode(&number)) } else { String::new() },
        credit_facts: credit.as_ref().map(|credit| credit_facts(credit, &company.number, locale)).unwrap_or_default(),
        credit: credit.map(|credit| credit_words(&credit, &whole, locale)).unwrap_or_default(),
        may_release: state == OrderState::Held && (manages || is_own),
        is_new: false,
        is_staff: true,
    })
}

/// A figure of a company's credit: name, amount, and what it is for programs that compare places.
pub(super) type CreditFact = (String, String, Mark);

/// A company's credit: limit, taken and free, the same for the company and for staff.
pub(super) fn credit_facts(credit: &credit::Credit, company: &str, locale: &Locale) -> Vec<CreditFact> {
    let all = [
        ("credit-limit", CREDIT_LIMIT, credit.limit),
        ("credit-used", CREDIT_USED, credit.used),
        ("credit-free", CREDIT_FREE, credit.free()),
    ];
    let fact = |(key, figure, amount): (&str, Figure, Amount)| {
        (locale.text(key), locale.money(amount), Mark::new(figure, amount.to_decimal(), &of_company(company)))
    };
    all.into_iter().map(fact).collect()
}

/// What a person who releases an order looks at.
fn credit_words(credit: &credit::Credit, whole: &WholeOrder, locale: &Locale) -> String {
    let this = whole.credit_use().gross;
    let over = credit.exceeded_by(this).unwrap_or(kernel::Amount::zero(this.currency()));
    let args = [
        ("limit", locale.money(credit.limit).into()),
        ("used", locale.money(credit.used).into()),
        ("this", locale.money(this).into()),
        ("over", locale.money(over).into()),
    ];
    locale.text_with("order-held-credit", &args)
}

const BASE: &str = "/office/orders";

fn shown(number: &str) -> String {
    format!("{BASE}/{}", web::encode(number))
}

pub(super) async fn ask(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let verb = if visitor.path.contains("/refusal") { Verb::Refuse } else { Verb::Cancel };
    cancelling::asking(&app, &visitor, (&number, BASE), Some(verb), None).await
}

pub(super) async fn cancel(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, of, reason) = (&app.ctx(&visitor), &number, fields.text("reason"));
    let cancel = |tx| async move { actions::move_on(&tx, ctx, of, OrderState::Cancelled, reason).await.map(|_| ()) };
    let done = app.write(cancel).await;
    cancelling::answered(&app, &visitor, (&number, BASE), Verb::Cancel, (done, &fields)).await
}

pub(super) async fn refuse(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, of, reason) = (&app.ctx(&visitor), &number, fields.text("reason"));
    let done = app.write(|tx| async move { actions::refuse(&tx, ctx, of, reason).await.map(|_| ()) }).await;
    cancelling::answered(&app, &visitor, (&number, BASE), Verb::Refuse, (done, &fields)).await
}

pub(super) async fn release(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let (ctx, of, base_url) = (&app.ctx(&visitor), &number, &app.settings().base_url);
    app.write(|tx| async move { actions::release(&tx, ctx, base_url, of).await }).await?;
    web::flash(web::see_other(&shown(&number)), "order-released")
}

pub(super) async fn undo(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    let (ctx, of) = (&app.ctx(&visitor), &number);
    app.write(|tx| async move { actions::undo(&tx, ctx, of).await }).await?;
    web::flash(web::see_other(&shown(&number)), "order-restored")
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
    let reason = fields.text("reason");
    app.write(|tx| async move { actions::move_on(&tx, ctx, number, state, reason).await }).await?;
    web::flash(web::see_other(&shown(number)), "saved")
}
