//! The pages of the desk.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use kernel::{Failure, Instant, NegotiationId, Outcome, Refused, UserId};
use negotiation::negotiations::{self, UNDO, summary};
use negotiation::{attachments, routing};
use serde::Deserialize;
use terms::support::{self, view};
use terms::{deciders, words};
use web::{App, Fields, Form, FormState, Path, Query, Reply, Shell, State, Visitor};

use super::customer::{self, CustomerView};
use super::decision::DecisionView;
use super::queries::{self, Case, QueueList, QueueRow, Sort, Whose};
use super::queue::{self, Queue};
use super::typed::{self, Chosen, Sent, rejected, version};
use super::view::{self as views, CaseView, Parts};
use super::way::Way;
use super::{Approval, NewProposal, Proposed, Rejection, actions, proposing, undoing};

#[derive(Template)]
#[template(path = "cases/desk.html", blocks = ["queue_section"])]
struct DeskPage {
    shell: Shell,
    queue: Queue,
    case: Option<CaseView>,
    customer: Option<CustomerView>,
    is_open: bool,
    undo: Option<UndoView>,
}

/// What was decided just now, and can still be taken back.
struct UndoView {
    title: String,
    terms: String,
    action: String,
    seconds: i64,
}

#[derive(Template)]
#[template(path = "cases/undo.html")]
struct UndoFragment {
    shell: Shell,
    undo: Option<UndoView>,
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

#[derive(Default, Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    whose: String,
    #[serde(default)]
    at: String,
    /// `value`: the largest first.
    #[serde(default)]
    sort: String,
    /// What is searched for in the queue.
    #[serde(default)]
    q: String,
    /// The answer that is looked at, without script.
    #[serde(default)]
    answer: String,
}

/// What is shown beside the queue, and what came back with errors.
#[derive(Default)]
struct Shown {
    id: Option<NegotiationId>,
    form: Option<FormState>,
    chosen: Option<Chosen>,
    refusal: String,
}

async fn page(app: &App, visitor: &Visitor, asked: &Asked, shown: Shown) -> Result<DeskPage, Failure> {
    let tx = app.db().read().await?;
    let (me, own) = deciders::me(&tx, &visitor.actor).await?;
    let whose = Whose::parse(&asked.whose).unwrap_or(queue::usual(own));
    let sort = Sort::parse(&asked.sort);
    let list = queue::search(app, &visitor.locale, queries::sorted_queue(&tx, me.id, whose, sort).await?, &asked.q);
    let id = shown.id.or(list.rows.first().map(|row| row.negotiation.id));
    let (ctx, is_open) = (app.ctx(visitor), shown.id.is_some());
    let found = match id {
        Some(id) => {
            let (case, facts) = case_parts(&tx, app, id).await?;
            Some((case, facts, Way::load(&tx, id, ctx.now, &ctx.zone).await?))
        }
        None => None,
    };
    let workloads = routing::queries::workloads(&tx, ctx.now, &ctx.zone).await?;
    let people = names(&tx).await?;
    let undo = undo_view(&tx, app, visitor, me.id).await?;
    let (mut files, mut requests, mut recorded) = (Vec::new(), Vec::new(), Vec::new());
    if let Some(id) = id {
        files = attachments::queries::of_negotiation(&tx, id, &visitor.locale).await?;
        let asked = support::queries::of(&tx, support::About::Negotiation(id)).await?;
        requests = view::views(&asked, &visitor.locale);
        recorded = negotiations::store::recorded(&tx, &[id]).await?.remove(&id).unwrap_or_default();
    }
    drop(tx);
    let here = id.map_or_else(String::new, |id| id.to_string());
    let shell = Shell::load(app, visitor, &visitor.locale.text("desk-title")).await?;
    let load = queue::load(&shell, workloads.iter().find(|load| load.member.id == me.id));
    let place = queue::Place { whose, sort, here: &here, people: &people, q: asked.q.trim() };
    let queue = Queue { load, ..queue::queue(app, &shell, &list, &place) };
    let (mut case, mut customer) = (None, None);
    if let Some((found, facts, way)) = &found {
        let names = words::names_of(app.part::<Catalog>(), summary::products_of(&found.negotiation));
        let parts = Parts { app, visitor, case: found, facts, own, names, people: people.clone() };
        let chosen = shown.chosen.or(Chosen::parse(&asked.answer));
        let view =
            parts.view(views::Asked { form: shown.form, chosen, refusal: shown.refusal, recorded, me: Some(me.id) });
        let way = way.view(app, visitor, found);
        let whole = CaseView { files, requests, way: Some(way), ..view };
        case = Some(with_neighbours(whole, &list.rows, &place));
        customer = Some(customer::customer(app, visitor, found, facts));
    }
    Ok(DeskPage { shell, queue, case, customer, is_open, undo })
}

fn with_neighbours(case: CaseView, rows: &[QueueRow], place: &queue::Place<'_>) -> CaseView {
    let (previous, next) = queue::neighbours(rows, place);
    let decision = case.decision.map(|decision| DecisionView {
        previous: previous.clone(),
        next: next.clone(),
        whose: place.whose.code().to_owned(),
        ..decision
    });
    let here = format!("/desk/{}?{}", case.id, place.query());
    CaseView { here, previous, next, decision, ..case }
}

/// The seller's own people by name.
pub(super) async fn names(tx: &db::ReadTx) -> Outcome<std::collections::HashMap<UserId, String>> {
    Ok(routing::queries::names(&parties::people::queries::staff(tx).await?))
}

/// What the reader decided just now, and for how many seconds it can still be taken back.
async fn undo_view(tx: &db::ReadTx, app: &App, visitor: &Visitor, me: UserId) -> Outcome<Option<UndoView>> {
    let now = app.now();
    let Some(id) = negotiations::queries::last_decided(tx, me, now.plus(-UNDO)).await? else { return Ok(None) };
    let (case, facts) = case_parts(tx, app, id).await?;
    let recorded = negotiations::store::recorded(tx, &[id]).await?.remove(&id).unwrap_or_default();
    let Some(last) = recorded.iter().rfind(|row| row.undone_at.is_none()) else { return Ok(None) };
    if super::rules::may_undo(&case.negotiation, last, me, now).is_err() {
        return Ok(None);
    }
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(&case.negotiation));
    let own = negotiation_engine::Authority::Rep;
    let parts =
        Parts { app, visitor, case: &case, facts: &facts, own, names, people: std::collections::HashMap::new() };
    let left = last.decision.at.plus(UNDO).since(now);
    Ok(Some(UndoView {
        title: parts.undo_title(last),
        terms: parts.undo_terms(last),
        action: format!("/desk/{id}/decision/removal"),
        seconds: left / Instant::SECOND + 1,
    }))
}

pub(super) async fn undo_banner(State(app): State<App>, visitor: Visitor) -> Reply {
    let tx = app.db().read().await?;
    let (me, _) = deciders::me(&tx, &visitor.actor).await?;
    let undo = undo_view(&tx, &app, &visitor, me.id).await?;
    drop(tx);
    web::fragment(StatusCode::OK, &UndoFragment { shell: Shell::bare(&app, &visitor, ""), undo })
}

pub(super) async fn case_parts(
    tx: &db::ReadTx,
    app: &App,
    id: NegotiationId,
) -> Outcome<(Case, queries::CustomerFacts)> {
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
    let sort = Sort::parse(&asked.sort);
    let list: QueueList = queries::sorted_queue(&tx, me.id, whose, sort).await?;
    let list = queue::search(&app, &visitor.locale, list, &asked.q);
    let ctx = app.ctx(&visitor);
    let workloads = routing::queries::workloads(&tx, ctx.now, &ctx.zone).await?;
    let people = names(&tx).await?;
    drop(tx);
    let here = NegotiationId::parse(&asked.at).map_or_else(String::new, |id| id.to_string());
    let shell = Shell::bare(&app, &visitor, "");
    let load = queue::load(&shell, workloads.iter().find(|load| load.member.id == me.id));
    let place = queue::Place { whose, sort, here: &here, people: &people, q: asked.q.trim() };
    let queue = Queue { load, ..queue::queue(&app, &shell, &list, &place) };
    let page = DeskPage { shell, queue, case: None, customer: None, is_open: false, undo: None };
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
    /// The version of the case that the page shows; a page from before does not say.
    #[serde(default)]
    version: Option<i64>,
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
    let is_same = seen.version.is_none_or(|version| version == n.version);
    if is_waiting && is_same && n.rep == UserId::parse(&seen.with) {
        return web::fragment(StatusCode::OK, &StandingFragment { text: String::new(), link: String::new() });
    }
    let text = match n.decisions.last().filter(|last| last.at >= n.asked_at) {
        _ if is_waiting && n.rep == UserId::parse(&seen.with) => visitor.locale.text("case-news"),
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

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let chosen = match typed::sent(&fields) {
        Sent::Answer(chosen) => chosen,
        Sent::Unclear(selected) => return unclear(&app, &visitor, id, &fields, selected).await,
    };
    let approval = &Approval {
        version: version(&fields),
        offer: chosen.offer(),
        message: fields.text("message").to_owned(),
        rationale: fields.text("rationale").to_owned(),
    };
    let done = app.write(|tx| async move { actions::approve(&tx, ctx, id, approval).await }).await;
    let flash = if chosen == Chosen::Ask { "case-approved" } else { "case-answered" };
    decided(&app, &visitor, id, &fields, (chosen, done), flash).await
}

/// Another answer was selected than the button named: the page shows that one, and its button now says what it sends.
async fn unclear(app: &App, visitor: &Visitor, id: NegotiationId, fields: &Fields, selected: Chosen) -> Reply {
    let asked = Asked { whose: fields.text("whose").to_owned(), ..Asked::default() };
    let refusal = visitor.locale.text("case-selected-other");
    let shown = Shown { id: Some(id), form: Some(fields.kept()), chosen: Some(selected), refusal };
    web::page_with(StatusCode::CONFLICT, &page(app, visitor, &asked, shown).await?)
}

pub(super) async fn counter(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let case = queries::case(&app.db().read().await?, id).await?;
    let text = |name: &str| fields.text(name).to_owned();
    let done = match typed::counter_of(&case, &text, fields.notation(), version(&fields)) {
        Ok(counter) => {
            let counter = &counter;
            app.write(|tx| async move { actions::counter(&tx, ctx, id, counter).await }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    decided(&app, &visitor, id, &fields, (Chosen::Own, done), "case-countered").await
}

pub(super) async fn replace(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let case = queries::case(&app.db().read().await?, id).await?;
    let text = |name: &str| fields.text(name).to_owned();
    let done = match typed::counter_of(&case, &text, fields.notation(), version(&fields)) {
        Ok(counter) => {
            let counter = &counter;
            app.write(|tx| async move { actions::replace(&tx, ctx, id, counter).await }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    decided(&app, &visitor, id, &fields, (Chosen::Own, done), "case-replaced").await
}

pub(super) async fn propose(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let chosen = match typed::sent(&fields) {
        Sent::Answer(chosen) => chosen,
        Sent::Unclear(selected) => return unclear(&app, &visitor, id, &fields, selected).await,
    };
    let case = queries::case(&app.db().read().await?, id).await?;
    let text = |name: &str| fields.text(name).to_owned();
    let answer = match chosen {
        Chosen::Ask => Ok(Proposed::Ask),
        Chosen::Offer(id) => Ok(Proposed::Offer(id)),
        Chosen::Own => typed::counter_of(&case, &text, fields.notation(), version(&fields)).map(Proposed::Counter),
    };
    let done = match answer {
        Ok(answer) => {
            let (message, rationale) = (text("message"), text("rationale"));
            let new = &NewProposal { version: version(&fields), answer, message, rationale };
            app.write(|tx| async move { proposing::propose(&tx, ctx, id, new).await }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    decided(&app, &visitor, id, &fields, (chosen, done), "case-proposed").await
}

pub(super) async fn undo(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = app.write(|tx| async move { undoing::undo(&tx, ctx, id).await }).await;
    let fields = Fields::of(std::iter::once(("next".to_owned(), negotiations::desk_href(id))).collect());
    answered(&app, &visitor, id, &fields, done, "case-undone").await
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
    let page = page(app, visitor, &Asked::default(), Shown { id: Some(id), form, ..Shown::default() }).await?;
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

/// After a command that is no decision: where the form says, or the same case with what was typed.
pub(super) async fn answered(
    app: &App,
    visitor: &Visitor,
    id: NegotiationId,
    fields: &Fields,
    done: Outcome<()>,
    flash: &'static str,
) -> Reply {
    after(app, visitor, id, fields, (None, done), flash).await
}

/// After a decision: the next case; when it was refused or wrong, the same case with the answer that was chosen.
async fn decided(
    app: &App,
    visitor: &Visitor,
    id: NegotiationId,
    fields: &Fields,
    (chosen, done): (Chosen, Outcome<()>),
    flash: &'static str,
) -> Reply {
    after(app, visitor, id, fields, (Some(chosen), done), flash).await
}

async fn after(
    app: &App,
    visitor: &Visitor,
    id: NegotiationId,
    fields: &Fields,
    (chosen, done): (Option<Chosen>, Outcome<()>),
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
    let asked = Asked { whose, ..Asked::default() };
    web::page_with(status, &page(app, visitor, &asked, Shown { id: Some(id), form, chosen, refusal }).await?)
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
