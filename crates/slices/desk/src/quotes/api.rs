//! Quotes as JSON, for both sides' software. Decimals are text, days as `2026-11-27`. No type here holds a cost; what the
//! desk sends of costs is read and never shown.

use catalog::Catalog;
use kernel::{Failure, Outcome, QuoteId, UnitPrice};
use pricing::Buyers;
use pricing_engine::tax::TaxRule;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, IdempotencyKey, Json, Pager, Path, Query, Reply, State, Visitor};

use super::typed::{self, AnswerText, LineText, Said};
use super::{Answer, Quote, Version, actions, answering, queries, rules, sums};

/// What is asked for.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RequestJson {
    /// The project's name.
    #[serde(default)]
    project: String,
    /// Anything about it.
    #[serde(default)]
    comment: String,
    /// At least one line.
    lines: Vec<RequestLineJson>,
}

/// A line of a request.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RequestLineJson {
    /// The product's id or SKU, when there is one.
    #[serde(default)]
    product: String,
    /// What is wanted, in words.
    #[serde(default)]
    description: String,
    /// How much.
    quantity: String,
    /// The unit of lines without a product; `piece` when left out.
    #[serde(default)]
    unit: String,
    /// Needed by.
    #[serde(default)]
    need_by: String,
    /// The price hoped for.
    #[serde(default)]
    target: String,
}

/// A quote.
#[derive(Serialize, JsonSchema)]
pub(super) struct QuoteJson {
    id: String,
    number: i64,
    /// `requested`, `answered`, `partly`, `accepted`, `countered`, `lapsed`, `withdrawn` or `declined`.
    state: String,
    currency: String,
    project: String,
    comment: String,
    /// Why the seller does not quote.
    reply: String,
    /// RFC 3339.
    created_at: String,
    /// Counts changes.
    version: i64,
    lines: Vec<LineJson>,
    /// Answers, the first first.
    answers: Vec<VersionJson>,
}

#[derive(Serialize, JsonSchema)]
struct LineJson {
    position: i64,
    product: Option<String>,
    description: String,
    quantity: String,
    unit: String,
    need_by: Option<String>,
    target: Option<String>,
    /// The agreed offer, once accepted.
    offer: Option<String>,
    /// Which answer was accepted: 0 for the answer itself, 1 and more for alternatives.
    accepted_choice: Option<i64>,
}

#[derive(Serialize, JsonSchema)]
#[schemars(rename = "VersionJson2")] // its published name; `VersionJson` is the policies' one
struct VersionJson {
    number: i64,
    is_draft: bool,
    made_at: String,
    /// RFC 3339; from then on nothing of it can be accepted.
    valid_until: String,
    message: String,
    /// The prices hold only for all lines together.
    all_together: bool,
    /// What all lines come to that can only be accepted together, by the first answer of each; left out for other answers.
    total: Option<SumsJson>,
    lines: Vec<AnswerLineJson>,
}

/// What is to be paid, with the tax of the company's own country.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "QuoteTotal")]
struct SumsJson {
    net: String,
    tax: String,
    gross: String,
}

#[derive(Serialize, JsonSchema)]
struct AnswerLineJson {
    position: i64,
    /// 0 for the answer itself, 1 and more for alternatives.
    choice: i64,
    product: Option<String>,
    quantity: String,
    unit: String,
    /// Net price of one unit; left out: cannot be supplied.
    price: Option<String>,
    lead_days: Option<i64>,
    note: String,
    /// RFC 3339; from then on this line cannot be accepted.
    valid_until: String,
}

/// Quotes.
#[derive(Serialize, JsonSchema)]
pub(super) struct QuotesJson {
    quotes: Vec<QuoteJson>,
    total: i64,
}

/// Lines to accept.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AcceptJson {
    /// The number of the answer that was read.
    answer: i64,
    lines: Vec<ChosenJson>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ChosenJson {
    position: i64,
    #[serde(default)]
    choice: i64,
}

/// Prices to name instead.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CounterJson {
    /// The number of the answer that was read.
    answer: i64,
    lines: Vec<TargetJson>,
    #[serde(default)]
    message: String,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct TargetJson {
    position: i64,
    target: String,
}

/// An answer to all open lines.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AnswerJson {
    /// The quote's `version` that was read.
    version: i64,
    /// The last day on which it stands.
    valid_until: String,
    #[serde(default)]
    message: String,
    /// Keeps it without sending it.
    #[serde(default)]
    is_draft: bool,
    /// The prices hold only for all lines together: they are accepted together or not at all.
    #[serde(default)]
    all_together: bool,
    /// Beyond the own authority: keeps it and asks somebody above to send it, for this reason.
    #[serde(default)]
    propose: Option<String>,
    lines: Vec<NewAnswerJson>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewAnswerJson {
    position: i64,
    #[serde(default)]
    choice: i64,
    /// The article's id or SKU.
    #[serde(default)]
    product: String,
    /// As asked when left out.
    #[serde(default)]
    quantity: String,
    /// Net price of one unit; left out: cannot be supplied.
    #[serde(default)]
    price: String,
    /// What it costs, where the catalogue does not know.
    #[serde(default)]
    cost: String,
    #[serde(default)]
    lead_days: Option<i64>,
    #[serde(default)]
    note: String,
    /// The last day on which this line stands, at most the answer's, which it is when left out.
    #[serde(default)]
    valid_until: String,
}

/// No quote.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct DeclineJson {
    /// The quote's `version` that was read.
    version: i64,
    /// What the buyer reads.
    reply: String,
}

impl QuoteJson {
    /// `tax` is the one that the buyer pays at home.
    fn of(quote: &Quote, tax: TaxRule, now: kernel::Instant) -> Outcome<Self> {
        let line = |line: &super::Line| LineJson {
            position: line.position,
            product: line.product.map(|id| id.to_string()),
            description: line.description.clone(),
            quantity: line.quantity.to_decimal(),
            unit: line.quantity.unit().code().into(),
            need_by: line.need_by.map(|date| date.to_string()),
            target: line.target.map(UnitPrice::to_decimal),
            offer: line.offer.map(|id| id.to_string()),
            accepted_choice: line.choice,
        };
        Ok(Self {
            id: quote.id.to_string(),
            number: quote.number,
            state: quote.state(now).code().into(),
            currency: quote.currency.code().into(),
            project: quote.project.clone(),
            comment: quote.comment.clone(),
            reply: quote.reply.clone(),
            created_at: quote.created_at.to_rfc3339(),
            version: quote.version,
            lines: quote.lines.iter().map(line).collect(),
            answers: quote
                .versions
                .iter()
                .map(|version| VersionJson::of(quote, version, (tax, now)))
                .collect::<Outcome<_>>()?,
        })
    }
}

impl VersionJson {
    fn of(quote: &Quote, version: &Version, (tax, now): (TaxRule, kernel::Instant)) -> Outcome<Self> {
        let total = if version.is_whole { Some(sums::of_whole(quote, version, (&|_| None, now), tax)?) } else { None };
        let line = |answer: &Answer| AnswerLineJson {
            position: answer.position,
            choice: answer.choice,
            product: answer.product.map(|id| id.to_string()),
            quantity: answer.quantity.to_decimal(),
            unit: answer.quantity.unit().code().into(),
            price: answer.price.map(UnitPrice::to_decimal),
            lead_days: answer.lead_days,
            note: answer.note.clone(),
            valid_until: rules::ends(version, answer).to_rfc3339(),
        };
        Ok(Self {
            number: version.number,
            is_draft: version.is_draft,
            made_at: version.made_at.to_rfc3339(),
            valid_until: version.valid_until.to_rfc3339(),
            message: version.message.clone(),
            all_together: version.is_whole,
            total: total.map(|total| SumsJson {
                net: total.net.to_decimal(),
                tax: total.tax.to_decimal(),
                gross: total.gross.to_decimal(),
            }),
            lines: version.answers.iter().map(line).collect(),
        })
    }
}

async fn load(app: &App, visitor: &Visitor, id: QuoteId) -> Outcome<Quote> {
    queries::quote(&app.db().read().await?, &visitor.actor, id).await
}

async fn json_of(app: &App, quote: &Quote) -> Outcome<QuoteJson> {
    let buyers = app.part::<Buyers>();
    let buyer = buyers.get(app.db(), quote.company).await?;
    QuoteJson::of(quote, buyers.tax(&buyer.company), app.now())
}

async fn shown(app: &App, visitor: &Visitor, id: QuoteId) -> Reply {
    web::json(&json_of(app, &load(app, visitor, id).await?).await?)
}

pub(super) async fn request(
    State(app): State<App>,
    visitor: Visitor,
    key: IdempotencyKey,
    Json(body): Json<RequestJson>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    rules::check_count(body.lines.len())?;
    let lines = body.lines.into_iter().map(|line| LineText {
        notation: kernel::Notation::Plain,
        sku: line.product,
        description: line.description,
        quantity: line.quantity,
        unit: line.unit,
        need_by: line.need_by,
        target: line.target,
    });
    let lines: Vec<LineText> = lines.collect();
    let company = ctx.actor.company()?;
    let company = parties::companies::queries::company(&app.db().read().await?, company).await?;
    let currency = company.ok_or(Failure::NotFound)?.currency;
    let new = &typed::request(&body.project, &body.comment, &lines, app.part::<Catalog>(), currency)?;
    let key = key.0.as_deref();
    let id = app.write(|tx| async move { actions::request_once(&tx, ctx, new, key).await }).await?;
    let quote = load(&app, &visitor, id).await?;
    web::created(&format!("/api/v1/quotes/{id}"), &json_of(&app, &quote).await?)
}

async fn list_of((found, total): (Vec<Quote>, i64), app: &App) -> Reply {
    let mut quotes = Vec::with_capacity(found.len());
    for quote in &found {
        quotes.push(json_of(app, quote).await?);
    }
    web::json(&QuotesJson { quotes, total })
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(pager): Query<Pager>) -> Reply {
    let company = visitor.actor.company()?;
    let found = queries::of_company(&app.db().read().await?, company, pager).await?;
    list_of(found, &app).await
}

pub(super) async fn waiting(State(app): State<App>, visitor: Visitor, Query(pager): Query<Pager>) -> Reply {
    let found = queries::for_desk(&app.db().read().await?, &visitor.actor, true, pager).await?;
    list_of(found, &app).await
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<QuoteId>) -> Reply {
    shown(&app, &visitor, id).await
}

pub(super) async fn accept(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Json(body): Json<AcceptJson>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let chosen: Vec<(i64, i64)> = body.lines.iter().map(|line| (line.position, line.choice)).collect();
    let chosen = chosen.as_slice();
    app.write(|tx| async move { actions::accept(&tx, ctx, id, body.answer, chosen).await }).await?;
    shown(&app, &visitor, id).await
}

pub(super) async fn counter(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Json(body): Json<CounterJson>,
) -> Reply {
    let (ctx, body) = (&app.ctx(&visitor), &body);
    let quote = load(&app, &visitor, id).await?;
    let text = |position: i64| {
        let line = body.lines.iter().find(|line| line.position == position);
        line.map_or("", |line| line.target.as_str())
    };
    let places: Vec<(i64, i64)> = body.lines.iter().map(|line| (line.position, 0)).collect();
    let in_body = |failure| typed::in_body(failure, &places);
    let targets = typed::targets(&quote, text, kernel::Notation::Plain).map_err(in_body)?;
    let targets = targets.as_slice();
    let countered =
        app.write(|tx| async move { actions::counter(&tx, ctx, id, body.answer, targets, &body.message).await });
    countered.await.map_err(in_body)?;
    shown(&app, &visitor, id).await
}

pub(super) async fn withdraw(State(app): State<App>, visitor: Visitor, Path(id): Path<QuoteId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::withdraw(&tx, ctx, id).await }).await?;
    shown(&app, &visitor, id).await
}

pub(super) async fn answer(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Json(body): Json<AnswerJson>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let quote = load(&app, &visitor, id).await?;
    let answers = body.lines.iter().map(|line| AnswerText {
        notation: kernel::Notation::Plain,
        position: line.position,
        choice: line.choice,
        is_none: line.price.trim().is_empty(),
        sku: line.product.clone(),
        quantity: line.quantity.clone(),
        price: line.price.clone(),
        cost: line.cost.clone(),
        lead_days: line.lead_days.map(|days| days.to_string()).unwrap_or_default(),
        note: line.note.clone(),
        valid_until: line.valid_until.clone(),
    });
    let answers: Vec<AnswerText> = answers.collect();
    let said = &Said { valid_until: &body.valid_until, message: &body.message, is_whole: body.all_together };
    let places: Vec<(i64, i64)> = body.lines.iter().map(|line| (line.position, line.choice)).collect();
    let in_body = |failure| typed::in_body(failure, &places);
    let new = &typed::version(&quote, body.version, said, &answers, app.part::<Catalog>()).map_err(in_body)?;
    let (is_draft, propose) = (body.is_draft, body.propose.as_deref());
    let done = app.write(|tx| async move {
        match propose {
            Some(why) => answering::propose(&tx, ctx, id, new, why).await,
            None if is_draft => answering::save(&tx, ctx, id, new).await,
            None => answering::send(&tx, ctx, id, new).await,
        }
    });
    done.await.map_err(in_body)?;
    shown(&app, &visitor, id).await
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<QuoteId>,
    Json(body): Json<DeclineJson>,
) -> Reply {
    let (ctx, body) = (&app.ctx(&visitor), &body);
    app.write(|tx| async move { answering::decline(&tx, ctx, id, body.version, &body.reply).await }).await?;
    shown(&app, &visitor, id).await
}
