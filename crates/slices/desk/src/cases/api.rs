//! The desk as JSON. For the seller's own people only: it holds costs and margins.

use catalog::Catalog;
use kernel::{NegotiationId, OfferId, Quantity, UnitPrice};
use negotiation::negotiations::summary;
use negotiation::requests::json::{NegotiationJson, OfferJson, json_of, offer_json};
use negotiation_engine::{Terms, Waterfall};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::{deciders, trace, words};
use web::{App, Json, Path, Query, Reply, State, Visitor};

use super::queries::{self, Case, QueueRow, Sort, Whose};
use super::{Approval, Counter, NewProposal, Proposed, Rejection, actions, proposing, queue, undoing, waterfall};

/// Whose cases to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct CasesQuery {
    /// `mine`, `team`, `pool`, `all` or `done`; left out: what fits the person.
    #[serde(default)]
    pub whose: Option<String>,
    /// `due` (late first, the default) or `value`.
    #[serde(default)]
    pub sort: Option<String>,
}

/// A line of the queue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CaseRowJson {
    /// The negotiation.
    pub id: NegotiationId,
    /// Its number.
    pub number: i64,
    /// Who asks.
    pub company: String,
    /// The customer number.
    pub company_number: String,
    /// The value at asked prices.
    pub ask_value: String,
    /// ISO 4217.
    pub currency: &'static str,
    /// Who must decide at least: `rep`, `sales_manager` or `pricing_manager`.
    pub authority: Option<String>,
    /// On whose desk it lies; `null`: in the pool.
    pub person_id: Option<kernel::UserId>,
    /// An answer is promised by then, RFC 3339.
    pub answer_by: Option<String>,
    /// The version to decide with.
    pub version: i64,
}

/// A case with all context.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CaseJson {
    /// The version to decide with.
    pub version: i64,
    /// Who asks.
    pub company: String,
    /// Why the shop did not decide alone, as a code.
    pub reason: Option<String>,
    /// Who must decide at least.
    pub authority: Option<String>,
    /// The negotiation as its buyer sees it.
    pub negotiation: NegotiationJson,
    /// What is left of the ask; `null` without a known cost.
    pub ask: Option<WaterfallJson>,
    /// Suggested answers, the best first.
    pub suggested: Vec<SuggestionJson>,
    /// Why the shop decided as it did, in sentences.
    pub trace: Vec<TraceJson>,
    /// Net revenue of the last twelve months.
    pub revenue: String,
    /// What people decided, the oldest first.
    pub decisions: Vec<DecisionJson>,
    /// On whose desk it lay and lies, the oldest first.
    pub assignments: Vec<AssignmentJson>,
    /// Who holds the negotiation: further asks come to this person first.
    pub held_by: Option<kernel::UserId>,
    /// Who began it for the customer.
    pub started_by: Option<kernel::UserId>,
}

/// What a person decided, and what it gave.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecisionJson {
    /// Who.
    pub person_id: kernel::UserId,
    /// `approval`, `counteroffer`, `rejection`, `replacement`, `quote` or `start`.
    pub kind: String,
    /// Why not, as a code.
    pub reason: Option<String>,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// What the buyer reads.
    pub message: String,
    /// When, RFC 3339.
    pub at: String,
    /// When it was taken back, RFC 3339.
    pub undone_at: Option<String>,
    /// What was granted or offered.
    pub terms: Vec<DecidedTermsJson>,
    /// The pocket margin, in percent.
    pub margin: Option<String>,
    /// What is left.
    pub pocket: Option<String>,
    /// How far the person's authority reached.
    pub authority: Option<String>,
    /// The authority that it needed.
    pub needed: Option<String>,
    /// Working minutes from the buyer's ask.
    pub answer_minutes: Option<i64>,
}

/// Terms that a person gave.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecidedTermsJson {
    /// Days from invoice to payment.
    pub payment_days: u16,
    /// Quantity and price of each product.
    pub lines: Vec<DecidedLineJson>,
}

/// A line of terms that a person gave.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecidedLineJson {
    /// The product.
    pub product_id: kernel::ProductId,
    /// How much, as decimal text.
    pub quantity: String,
    /// Net price of one unit, as decimal text.
    pub price: String,
}

/// A case on a desk.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AssignmentJson {
    /// On whose desk; `null`: in the pool.
    pub person_id: Option<kernel::UserId>,
    /// `asked`, `step`, `escalated`, `absent`, `left`, `found`, `taken` or `passed`.
    pub cause: &'static str,
    /// Why this person, as codes in the order of thought.
    pub because: Vec<String>,
    /// Which step.
    pub step: i64,
    /// Of how many.
    pub steps: i64,
    /// What whoever put it there says.
    pub note: String,
    /// Since when, RFC 3339.
    pub at: String,
    /// Promised by then, RFC 3339.
    pub promised: String,
    /// When the holder was reminded, RFC 3339.
    pub reminded_at: Option<String>,
    /// How it ended; `null`: it lies there.
    pub outcome: Option<String>,
}

/// A suggested answer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SuggestionJson {
    /// The offer.
    pub offer: OfferJson,
    /// What is left of it.
    pub waterfall: Option<WaterfallJson>,
    /// Who may send it at least.
    pub needs: &'static str,
    /// The colleague who proposes it; `null`: the engine suggests it.
    pub proposed_by: Option<kernel::UserId>,
    /// Why the colleague proposes it.
    pub rationale: Option<String>,
}

/// From list price to pocket. Amounts are decimal text; rates are percent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WaterfallJson {
    /// At list prices.
    pub list: String,
    /// List less net.
    pub discount: String,
    /// What is invoiced.
    pub net: String,
    /// Cost of the goods.
    pub cost: String,
    /// Handling.
    pub handling: String,
    /// Freight.
    pub freight: String,
    /// Cost of waiting for the money.
    pub financing: String,
    /// Paid back to the buyer at the end of a period.
    pub rebate: String,
    /// Supplier bonus and support.
    pub bonus: String,
    /// What of it the supplier pays for this deal (ship and debit).
    pub support: String,
    /// What is left.
    pub pocket: String,
    /// Pocket over net.
    pub margin: String,
    /// Never crossed without a person.
    pub floor: String,
    /// Aimed for.
    pub target: String,
}

/// One sentence of the trace.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TraceJson {
    /// The stable code.
    pub code: String,
    /// The sentence.
    pub text: String,
}

/// Grants the ask, or sends a suggested answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveCase {
    /// The version that was read.
    pub version: i64,
    /// The suggested offer to send; left out: the ask itself is granted.
    #[serde(default)]
    pub offer_id: Option<String>,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
    /// Why, for the seller's own people.
    #[serde(default)]
    pub rationale: String,
}

/// Other terms.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterCase {
    /// The version that was read.
    pub version: i64,
    /// Quantity and price for each line of the ask, in its order.
    pub lines: Vec<CounterLineJson>,
    /// Days from invoice to payment; left out: as asked.
    #[serde(default)]
    pub payment_days: Option<i64>,
    /// The suggested offer that it starts from: what is agreed beside goods and payment stays as there; left out: as asked.
    #[serde(default)]
    pub offer_id: Option<String>,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
    /// Why, for the seller's own people.
    #[serde(default)]
    pub rationale: String,
}

/// A line of other terms.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterLineJson {
    /// How much, as decimal text.
    pub quantity: String,
    /// Net price of one unit, as decimal text.
    pub price: String,
}

/// Sends an answer on for approval: the ask, a suggested offer, or other terms.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeCase {
    /// The version that was read.
    pub version: i64,
    /// The suggested offer; left out with `lines`: the ask itself.
    #[serde(default)]
    pub offer_id: Option<String>,
    /// Other terms: quantity and price for each line of the ask, in its order.
    #[serde(default)]
    pub lines: Option<Vec<CounterLineJson>>,
    /// Days from invoice to payment; left out: as asked.
    #[serde(default)]
    pub payment_days: Option<i64>,
    /// What the buyer is to read.
    #[serde(default)]
    pub message: String,
    /// Why, for whoever approves.
    pub rationale: String,
}

/// Says no.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectCase {
    /// The version that was read.
    pub version: i64,
    /// `below-floor`, `quantity-too-small`, `not-comparable`, `scarce`, `credit`, `conditions-not-kept` or `other`.
    pub reason: String,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
}

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
