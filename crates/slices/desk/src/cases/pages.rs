//! The pages of the desk.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use kernel::{Failure, Instant, Invalid, NegotiationId, Notation, OfferId, Outcome, Quantity, Refused, UnitPrice};
use negotiation::negotiations::{self, summary};
use negotiation::panel::localised;
use negotiation::{attachments, routing};
use serde::Deserialize;
use terms::support::{self, view};
use terms::{deciders, words};
use web::{App, Fields, Form, FormState, Path, Query, Reply, Shell, State, Visitor};

use super::customer::{self, CustomerView};
use super::queries::{self, Case, QueueRow, Whose};
use super::queue::{self, Queue};
use super::view::{CaseView, MarginView, Parts};
use super::way::Way;
use super::{Approval, Counter, Rejection, actions};

#[derive(Template)]
#[template(path = "cases/desk.html", blocks = ["queue_section"])]
struct DeskPage {
    shell: Shell,
    queue: Queue,
    case: Option<CaseView>,
    customer: Option<CustomerView>,
    is_open: bool,
}

#[derive(Template)]
#[template(path = "cases/margin.html")]
struct MarginFragment {
    margin: MarginView,
}

#[derive(Template)]
#[template(path = "cases/standing.html")]
struct StandingFragment {
    text: String,
    link: String,
}

#[derive(Template)]
#[template(path = "cases/reject_page.html")]
struct RejectPage {
    shell: Shell,
    case: CaseView,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    whose: String,
    #[serde(default)]
    at: String,
}

/// What is shown beside the queue, and what came back with errors.
#[derive(Default)]
struct Shown {
    id: Option<NegotiationId>,
    form: Option<FormState>,
    refusal: String,
}

async fn page(app: &App, visitor: &Visitor, asked: &Asked, shown: Shown) -> Result<DeskPage, Failure> {
    let tx = app.db().read().await?;
    let (me, own) = deciders::me(&tx, &visitor.actor).await?;
    let whose = Whose::parse(&asked.whose).unwrap_or(queue::usual(own));
    let rows = queries::queue(&tx, me.id, whose).await?;
    let id = shown.id.or(rows.first().map(|row| row.negotiation.id));
    let ctx = app.ctx(visitor);
    let found = match id {
        Some(id) => {
            let (case, facts) = case_parts(&tx, app, id).await?;
            Some((case, facts, Way::load(&tx, id, ctx.now, &ctx.zone).await?))
        }
        None => None,
    };
    let workloads = routing::queries::workloads(&tx, ctx.now, &ctx.zone).await?;
    let (mut files, mut requests) = (Vec::new(), Vec::new());
    if let Some(id) = id {
        files = attachments::queries::of_negotiation(&tx, id, &visitor.locale).await?;
        let asked = support::queries::of(&tx, support::About::Negotiation(id)).await?;
        requests = view::views(&asked, &visitor.locale);
    }
    drop(tx);
    let here = id.map_or_else(String::new, |id| id.to_string());
    let shell = Shell::load(app, visitor, &visitor.locale.text("desk-title")).await?;
    let load = queue::load(&shell, workloads.iter().find(|load| load.member.id == me.id));
    let queue = Queue { load, ..queue::queue(app, &shell, &rows, whose, &here) };
    let (mut case, mut customer) = (None, None);
    if let Some((found, facts, way)) = &found {
        let names = words::names_of(app.part::<Catalog>(), summary::products_of(&found.negotiation));
        let parts = Parts { app, visitor, case: found, facts, own, names };
        let view = parts.view(shown.form, shown.refusal);
        let way = way.view(app, visitor, found);
        let whole = CaseView { files, requests, way: Some(way), ..view };
        case = Some(with_neighbours(whole, &rows, &here, whose));
        customer = Some(customer::customer(app, visitor, found, facts));
    }
    Ok(DeskPage { shell, queue, case, customer, is_open: shown.id.is_some() })
}

fn with_neighbours(case: CaseView, rows: &[QueueRow], here: &str, whose: Whose) -> CaseView {
    let (previous, next) = queue::neighbours(rows, here, whose);
    CaseView { previous, next, ..case }
}

async fn case_parts(tx: &db::ReadTx, app: &App, id: NegotiationId) -> Outcome<(Case, queries::CustomerFacts)> {
    let case = queries::case(tx, id).await?;
    let facts = queries::customer(tx, &case, app.now()).await?;
    Ok((case, facts))
}

pub(super) async fn desk(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    web::page(&page(&app, &visitor, &asked, Shown::default()).await?)
}

pub(super) async fn queue_only(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let tx = app.db().read().await?;
    let (me, own) = deciders::me(&tx, &visitor.actor).await?;
    let whose = Whose::parse(&asked.whose).unwrap_or(queue::usual(own));
    let rows = queries::queue(&tx, me.id, whose).await?;
    let ctx = app.ctx(&visitor);
    let workloads = routing::queries::workloads(&tx, ctx.now, &ctx.zone).await?;
    drop(tx);
    let here = NegotiationId::parse(&asked.at).map_or_else(String::new, |id| id.to_string());
    let shell = Shell::bare(&app, &visitor, "");
    let load = queue::load(&shell, workloads.iter().find(|load| load.member.id == me.id));
    let queue = Queue { load, ..queue::queue(&app, &shell, &rows, whose, &here) };
    let page = DeskPage { shell, queue, case: None, customer: None, is_open: false };
    web::fragment(StatusCode::OK, &page.as_queue_section())
}

pub(super) async fn case(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Query(asked): Query<Asked>,
) -> Reply {
    let shown = Shown { id: Some(id), ..Shown::default() };
    web::page(&page(&app, &visitor, &asked, shown).await?)
}

/// On whose desk the case lay when the page was made; empty for the pool.
#[derive(Deserialize)]
pub(super) struct Seen {
    #[serde(default)]
    with: String,
}

/// What has become of an open case, for a page that somebody looks at: nothing while it waits where it lay.
pub(super) async fn standing(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Query(seen): Query<Seen>,
) -> Reply {
    let tx = app.db().read().await?;
    let case = queries::case(&tx, id).await?;
    let n = &case.negotiation;
    let is_waiting = n.stored_state == negotiation::negotiations::State::Waiting;
    if is_waiting && n.rep == kernel::UserId::parse(&seen.with) {
        return web::fragment(StatusCode::OK, &StandingFragment { text: String::new(), link: String::new() });
    }
    let text = match n.decisions.last().filter(|last| last.at >= n.asked_at) {
        _ if is_waiting => moved(&tx, &visitor, n.rep).await?,
        Some(last) => {
            let person = parties::people::queries::member(&tx, last.person).await?;
            let name = person.map_or_else(String::new, |person| person.name);
            let at = visitor.locale.time(last.at);
            let args = [("name", name.into()), ("at", at.into())];
            visitor.locale.text_with("refusal-case-decided-already", &args)
        }
        None => visitor.locale.text("refusal-case-not-waiting"),
    };
    web::fragment(StatusCode::OK, &StandingFragment { text, link: negotiations::desk_href(id) })
}

/// That a case lies elsewhere now.
async fn moved(tx: &db::ReadTx, visitor: &Visitor, rep: Option<kernel::UserId>) -> Outcome<String> {
    let Some(rep) = rep else { return Ok(visitor.locale.text("way-now-in-pool")) };
    let name = parties::people::queries::member(tx, rep).await?.map_or_else(String::new, |member| member.name);
    Ok(visitor.locale.text_with("way-now-with", &[("name", name.into())]))
}

pub(super) async fn margin(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Query(fields): Query<Fields>,
) -> Reply {
    let tx = app.db().read().await?;
    let (_, own) = deciders::me(&tx, &visitor.actor).await?;
    let (case, facts) = case_parts(&tx, &app, id).await?;
    drop(tx);
    let text = |name: &str| fields.text(name).to_owned();
    let terms = counter_of(&case, &text, (fields.text("payment_days"), visitor.locale.notation()), 0)
        .and_then(|counter| actions::counter_terms(&case, &counter).map_err(invalid_of));
    let parts = Parts { app: &app, visitor: &visitor, case: &case, facts: &facts, own, names: words::Names::default() };
    let mut margin = parts.margin(&terms.as_ref().ok().cloned());
    if let Err(invalid) = &terms
        && let Some((_, sentence)) = rejected(&fields, invalid, &visitor).errors().first()
    {
        margin.note = (*sentence).to_owned();
    }
    web::fragment(StatusCode::OK, &MarginFragment { margin })
}

fn invalid_of(failure: Failure) -> Invalid {
    match failure {
        Failure::Invalid(invalid) => invalid,
        _ => Invalid::field("lines", "other-products"),
    }
}

/// The counter-offer as typed: `quantity_0`, `price_0` … and `payment_days`.
pub(super) fn counter_of(
    case: &Case,
    text: &dyn Fn(&str) -> String,
    (days, notation): (&str, Notation),
    version: i64,
) -> Result<Counter, Invalid> {
    let n = &case.negotiation;
    let mut invalid = Invalid::default();
    let mut lines = Vec::new();
    for (at, line) in n.lines.iter().enumerate() {
        let quantity = Quantity::typed(&text(&format!("quantity_{at}")), line.quantity.unit(), notation);
        let quantity = invalid.take(&format!("lines[{at}].quantity"), quantity);
        let price = UnitPrice::typed(&text(&format!("price_{at}")), n.currency, notation);
        let price = invalid.take(&format!("lines[{at}].price"), price);
        lines.extend(quantity.zip(price));
    }
    let payment_days = match kernel::parse_decimal(days, 0, notation) {
        Ok(days) => days,
        Err(kernel::DecimalError::Empty) => n.payment_days,
        Err(error) => {
            invalid = invalid.and("payment_days", error.code(), error.args());
            0
        }
    };
    if !invalid.fields.is_empty() {
        return Err(invalid);
    }
    let (message, rationale) = (text("message"), text("rationale"));
    Ok(Counter { version, lines, payment_days, message, rationale })
}

/// The typed form with its errors at its own fields.
fn rejected(fields: &Fields, invalid: &Invalid, visitor: &Visitor) -> FormState {
    let mut renamed = Invalid::default();
    for error in &invalid.fields {
        let parts = error.field.strip_prefix("lines[").and_then(|rest| rest.split_once("]."));
        let field = parts.map_or_else(|| error.field.clone(), |(at, name)| format!("{name}_{at}"));
        renamed = renamed.and(field, error.code, localised(&error.args, &visitor.locale));
    }
    fields.rejected(&renamed, &visitor.locale)
}

pub(super) fn version(fields: &Fields) -> i64 {
    fields.text("version").parse().unwrap_or(0)
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let approval = &Approval {
        version: version(&fields),
        offer: OfferId::parse(fields.text("answer")),
        message: fields.text("message").to_owned(),
        rationale: fields.text("rationale").to_owned(),
    };
    let done = app.write(|tx| async move { actions::approve(&tx, ctx, id, approval).await }).await;
    answered(&app, &visitor, id, &fields, done, "case-approved").await
}

pub(super) async fn counter(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let case = {
        let tx = app.db().read().await?;
        queries::case(&tx, id).await?
    };
    let text = |name: &str| fields.text(name).to_owned();
    let done = match counter_of(&case, &text, (fields.text("payment_days"), fields.notation()), version(&fields)) {
        Ok(counter) => {
            let counter = &counter;
            app.write(|tx| async move { actions::counter(&tx, ctx, id, counter).await }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    answered(&app, &visitor, id, &fields, done, "case-countered").await
}

pub(super) async fn reject_form(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    reject_page(&app, &visitor, id, None, StatusCode::OK).await
}

async fn reject_page(
    app: &App,
    visitor: &Visitor,
    id: NegotiationId,
    form: Option<FormState>,
    status: StatusCode,
) -> Reply {
    let asked = Asked { whose: String::new(), at: String::new() };
    let page = page(app, visitor, &asked, Shown { id: Some(id), form, ..Shown::default() }).await?;
    let case = page.case.ok_or(Failure::NotFound)?;
    web::page_with(status, &RejectPage { shell: page.shell, case })
}

pub(super) async fn reject(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let rejection = &Rejection {
        version: version(&fields),
        reason: fields.text("reason").to_owned(),
        rationale: fields.text("rationale").to_owned(),
        message: fields.text("message").to_owned(),
    };
    let done = app.write(|tx| async move { actions::reject(&tx, ctx, id, rejection).await }).await;
    match done {
        Err(Failure::Invalid(invalid)) => {
            let form = rejected(&fields, &invalid, &visitor);
            reject_page(&app, &visitor, id, Some(form), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        done => answered(&app, &visitor, id, &fields, done, "case-rejected").await,
    }
}

/// After a decision: the next case; when it was refused or wrong, the same case with what was typed.
pub(super) async fn answered(
    app: &App,
    visitor: &Visitor,
    id: NegotiationId,
    fields: &Fields,
    done: Outcome<()>,
    flash: &'static str,
) -> Reply {
    let whose = fields.text("whose").to_owned();
    let (status, form, refusal) = match done {
        Ok(()) => {
            let next = Some(fields.text("next")).filter(|next| next.starts_with("/desk/"));
            return web::flash(web::see_other(next.unwrap_or("/desk")), flash);
        }
        Err(Failure::Invalid(invalid)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, Some(rejected(fields, &invalid, visitor)), String::new())
        }
        Err(Failure::Refused(refused)) => {
            (StatusCode::CONFLICT, Some(fields.kept()), visitor.refusal(&in_local_time(refused, visitor)))
        }
        Err(other) => return Err(other.into()),
    };
    let asked = Asked { whose, at: String::new() };
    web::page_with(status, &page(app, visitor, &asked, Shown { id: Some(id), form, refusal }).await?)
}

/// Moments in a refusal are RFC 3339 for programs; people read their own time.
pub(super) fn in_local_time(mut refused: Refused, visitor: &Visitor) -> Refused {
    for (name, value) in &mut refused.args {
        if *name == "at"
            && let Some(at) = Instant::parse(value)
        {
            *value = visitor.locale.time(at);
        }
    }
    refused
}
