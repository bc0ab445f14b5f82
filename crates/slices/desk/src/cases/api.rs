//! The desk as JSON. For the seller's own people only.

use catalog::Catalog;
use kernel::{NegotiationId, OfferId, Quantity, UnitPrice};
use negotiation::negotiations::summary;
use negotiation::requests::json::{json_of, offer_json};
use negotiation_engine::{Terms, Waterfall};
use terms::{deciders, trace, words};
use web::{App, Json, Path, Query, Reply, State, Visitor};

pub use super::json::{
    ApproveCase, AssignmentJson, CaseJson, CaseRowJson, CasesQuery, CounterCase, CounterLineJson, DecidedLineJson,
    DecidedTermsJson, DecisionJson, ProposeCase, RejectCase, SuggestionJson, TraceJson, WaterfallJson,
};
use super::queries::{self, Case, QueueRow, Sort, Whose};
use super::{Approval, Counter, NewProposal, Proposed, Rejection, actions, proposing, queue, undoing, waterfall};

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<CasesQuery>) -> Reply {
    let tx = app.db().read().await?;
    let (me, own) = deciders::me(&tx, &visitor.actor).await?;
    let whose = query.whose.as_deref().and_then(Whose::parse).unwrap_or(queue::usual(own));
    let sort = Sort::parse(query.sort.as_deref().unwrap_or_default());
    let rows = queries::sorted_queue(&tx, me.id, whose, sort).await?.rows;
    web::json(&rows.iter().map(row_json).collect::<Vec<_>>())
}

fn row_json(row: &QueueRow) -> CaseRowJson {
    let n = &row.negotiation;
    CaseRowJson {
        id: n.id,
        number: n.number,
        company: row.company.name.clone(),
        company_number: row.company.number.clone(),
        ask_value: n.ask_value.to_decimal(),
        currency: n.currency.code(),
        authority: n.authority.clone(),
        person_id: n.rep,
        answer_by: n.answer_by.map(kernel::Instant::to_rfc3339),
        version: n.version,
    }
}

pub(super) async fn load(app: &App, visitor: &Visitor, id: NegotiationId) -> Result<CaseJson, kernel::Failure> {
    let tx = app.db().read().await?;
    deciders::me(&tx, &visitor.actor).await?;
    let case = queries::case(&tx, id).await?;
    let facts = queries::customer(&tx, &case, app.now()).await?;
    let seen = negotiation::negotiations::queries::seen(&tx, case.negotiation.clone()).await?;
    let history = negotiation::routing::queries::history(&tx, id).await?;
    let attendance = negotiation::routing::queries::attendance(&tx, id).await?;
    let recorded = negotiation::negotiations::store::recorded(&tx, &[id]).await?.remove(&id).unwrap_or_default();
    drop(tx);
    let n = &case.negotiation;
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
    let suggested = case.suggested().map(|row| SuggestionJson {
        offer: offer_json(visitor, row, &names),
        waterfall: fall(&case, &row.offer.terms),
        needs: actions::needs_of(&case, Some(row.id), &row.offer.terms).code(),
        proposed_by: row.made_by,
        rationale: case.proposals.iter().find(|one| one.offer == row.id).map(|one| one.rationale.clone()),
    });
    let trace = trace::lines(&visitor.locale, &case.trace, &names);
    Ok(CaseJson {
        version: n.version,
        company: case.company.name.clone(),
        reason: n.reason.clone(),
        authority: n.authority.clone(),
        negotiation: json_of(app, visitor, &seen),
        ask: actions::asked(&case).ok().and_then(|terms| fall(&case, &terms)),
        suggested: suggested.collect(),
        trace: trace.into_iter().map(|line| TraceJson { code: line.code, text: line.text }).collect(),
        revenue: facts.revenue.to_decimal(),
        decisions: recorded.into_iter().map(decision_json).collect(),
        assignments: history.into_iter().map(assignment_json).collect(),
        held_by: attendance.held.map(|(holder, _)| holder),
        started_by: attendance.started_by,
    })
}

fn decision_json(row: negotiation::negotiations::Recorded) -> DecisionJson {
    let (decision, given) = (row.decision, row.given);
    let line = |line: &negotiation_engine::LineTerms| DecidedLineJson {
        product_id: line.product,
        quantity: line.quantity.to_decimal(),
        price: line.price.to_decimal(),
    };
    let terms = |offer: &negotiation_engine::Offer| DecidedTermsJson {
        payment_days: offer.terms.payment_days,
        lines: offer.terms.lines.iter().map(line).collect(),
    };
    DecisionJson {
        person_id: decision.person,
        kind: decision.kind,
        reason: decision.reason,
        rationale: decision.rationale,
        message: decision.message,
        at: decision.at.to_rfc3339(),
        undone_at: row.undone_at.map(kernel::Instant::to_rfc3339),
        terms: given.offers.iter().map(terms).collect(),
        margin: given.margin.map(kernel::Rate::to_percent),
        pocket: given.pocket.map(kernel::Amount::to_decimal),
        authority: given.authority,
        needed: given.needed,
        answer_minutes: given.answer_minutes,
    }
}

fn assignment_json(row: negotiation::routing::Assigned) -> AssignmentJson {
    AssignmentJson {
        person_id: row.person,
        cause: row.cause.code(),
        because: row.because.into_iter().map(|because| because.code).collect(),
        step: row.step,
        steps: row.steps,
        note: row.note,
        at: row.at.to_rfc3339(),
        promised: row.promised.to_rfc3339(),
        reminded_at: row.reminded_at.map(kernel::Instant::to_rfc3339),
        outcome: row.ended.map(|ended| ended.outcome),
    }
}

fn fall(case: &Case, terms: &Terms) -> Option<WaterfallJson> {
    let Waterfall {
        list,
        discount,
        net,
        cost,
        handling,
        freight,
        financing,
        rebate,
        bonus,
        support,
        pocket,
        margin,
        floor,
        target,
        ..
    } = waterfall::of(case, terms)?;
    Some(WaterfallJson {
        list: list.to_decimal(),
        discount: discount.to_decimal(),
        net: net.to_decimal(),
        cost: cost.to_decimal(),
        handling: handling.to_decimal(),
        freight: freight.to_decimal(),
        financing: financing.to_decimal(),
        rebate: rebate.to_decimal(),
        bonus: bonus.to_decimal(),
        support: support.to_decimal(),
        pocket: pocket.to_decimal(),
        margin: margin.to_percent(),
        floor: floor.to_percent(),
        target: target.to_percent(),
    })
}

pub(super) async fn case(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    web::json(&load(&app, &visitor, id).await?)
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<ApproveCase>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let offer = offer_of(body.offer_id.as_deref())?;
    let approval = &Approval { version: body.version, offer, message: body.message, rationale: body.rationale };
    app.write(|tx| async move { actions::approve(&tx, ctx, id, approval).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

fn offer_of(text: Option<&str>) -> Result<Option<OfferId>, kernel::Failure> {
    let read = |text: &str| OfferId::parse(text).ok_or_else(|| kernel::Invalid::field("offer_id", "choice").into());
    text.map(read).transpose()
}

pub(super) async fn replace(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<CounterCase>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let case = queries::case(&app.db().read().await?, id).await?;
    let counter = &read_counter(&case, body)?;
    app.write(|tx| async move { actions::replace(&tx, ctx, id, counter).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

pub(super) async fn propose(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<ProposeCase>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let case = queries::case(&app.db().read().await?, id).await?;
    let ProposeCase { version, offer_id, lines, payment_days, message, rationale } = body;
    let answer = match (lines, offer_of(offer_id.as_deref())?) {
        (Some(lines), _) => {
            let (message, rationale) = (message.clone(), rationale.clone());
            let counter = CounterCase { version, lines, payment_days, offer_id, message, rationale };
            Proposed::Counter(read_counter(&case, counter)?)
        }
        (None, Some(offer)) => Proposed::Offer(offer),
        (None, None) => Proposed::Ask,
    };
    let new = &NewProposal { version, answer, message, rationale };
    app.write(|tx| async move { proposing::propose(&tx, ctx, id, new).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

pub(super) async fn undo(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { undoing::undo(&tx, ctx, id).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

pub(super) async fn counter(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<CounterCase>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let case = {
        let tx = app.db().read().await?;
        queries::case(&tx, id).await?
    };
    let counter = &read_counter(&case, body)?;
    app.write(|tx| async move { actions::counter(&tx, ctx, id, counter).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

fn read_counter(case: &Case, body: CounterCase) -> Result<Counter, kernel::Failure> {
    let n = &case.negotiation;
    if body.lines.len() != n.lines.len() {
        return Err(kernel::Invalid::field("lines", "other-products").into());
    }
    let mut invalid = kernel::Invalid::default();
    let mut lines = Vec::new();
    for (at, (typed, line)) in body.lines.iter().zip(&n.lines).enumerate() {
        let quantity = Quantity::parse(&typed.quantity, line.quantity.unit());
        let quantity = invalid.take(&format!("lines[{at}].quantity"), quantity);
        let price = invalid.take(&format!("lines[{at}].price"), UnitPrice::parse(&typed.price, n.currency));
        lines.extend(quantity.zip(price));
    }
    invalid.check()?;
    Ok(Counter {
        version: body.version,
        base: offer_of(body.offer_id.as_deref())?,
        lines,
        payment_days: body.payment_days.unwrap_or(n.payment_days),
        message: body.message,
        rationale: body.rationale,
    })
}

pub(super) async fn reject(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<RejectCase>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let RejectCase { version, reason, rationale, message } = body;
    let rejection = &Rejection { version, reason, rationale, message };
    app.write(|tx| async move { actions::reject(&tx, ctx, id, rejection).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}
