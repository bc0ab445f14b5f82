//! How much of the company's credit is taken, for its own people: a page, which the account shows as a part of its own.

use askama::Template;
use kernel::Failure;
use parties::companies;
use pricing::credit;
use web::{App, Hx, Reply, Shell, State, StatusCode, Visitor};

use super::staff::{CreditFact, credit_facts};
use super::{OrderState, queries};
use queries::OrderFilter;

/// An order that takes credit.
struct Row {
    number: String,
    href: String,
    gross: String,
}

#[derive(Template)]
#[template(path = "orders/credit.html", blocks = ["credit"])]
struct CreditPage {
    shell: Shell,
    /// Limit, taken and free; empty where there is no limit.
    facts: Vec<CreditFact>,
    /// Whether more is taken than may be.
    is_over: bool,
    held: Vec<Row>,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, hx: Hx) -> Reply {
    let locale = &visitor.locale;
    let tx = app.db().read().await?;
    let company = companies::queries::company(&tx, visitor.actor.company()?).await?.ok_or(Failure::NotFound)?;
    let credit = credit::queries::of(&tx, &company).await?;
    let filter = OrderFilter { state: Some(OrderState::Held), ..OrderFilter::default() };
    let (held, _) = queries::list(&tx, &visitor.actor, &filter, 20, 0).await?;
    drop(tx);
    let facts = credit.map(|credit| credit_facts(&credit, &company.number, locale));
    let page = CreditPage {
        shell: Shell::load(&app, &visitor, &locale.text("credit-title")).await?,
        facts: facts.unwrap_or_default(),
        is_over: credit.is_some_and(|credit| credit.free().minor() < 0),
        held: held
            .iter()
            .map(|order| Row {
                number: order.number.clone(),
                href: format!("/account/orders/{}", web::encode(&order.number)),
                gross: locale.money(order.gross),
            })
            .collect(),
    };
    if hx.0 { web::fragment(StatusCode::OK, &page.as_credit()) } else { web::page(&page) }
}
