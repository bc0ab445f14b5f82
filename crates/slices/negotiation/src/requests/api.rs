//! Negotiations as JSON, for buyers and their software. Decimals are text.

use catalog::Catalog;
use kernel::{Access, Failure, NegotiationId, OfferId, Permission};
use pricing::Buyers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{ApiDoc, App, IdempotencyKey, Json, Method, Pager, Path, Query, Reply, Routes, State, Visitor};

use super::json::{NegotiationJson, json_of};
use super::{Ask, AskText, LineText, actions};
use crate::negotiations::queries;
use crate::refusals::NegotiationRefusal;

pub(crate) fn routes() -> Routes {
    let may = Access::Needs(Permission::Negotiate);
    let doc = |id, summary| ApiDoc::new("negotiations", id, summary);
    Routes::new()
        .api(
            Method::POST,
            "/api/v1/negotiations",
            may,
            doc("open_negotiation", "Asks for a better price, or goes on asking for the same products")
                .request::<AskJson>()
                .created::<NegotiationJson>()
                .refusals(NegotiationRefusal::ALL)
                .idempotent(),
            open,
        )
        .api(
            Method::GET,
            "/api/v1/negotiations",
            may,
            doc("list_negotiations", "The company's negotiations, changed last first")
                .query::<ListQuery>()
                .response::<NegotiationsJson>(),
            list,
        )
        .api(
            Method::GET,
            "/api/v1/negotiations/{id}",
            may,
            doc("get_negotiation", "One negotiation").response::<NegotiationJson>(),
            one,
        )
        .api(
            Method::POST,
            "/api/v1/negotiations/{id}/rounds",
            may,
            doc("ask_again", "Asks again")
                .request::<AskJson>()
                .response::<NegotiationJson>()
                .refusals(NegotiationRefusal::ALL),
            ask_again,
        )
        .api(
            Method::POST,
            "/api/v1/negotiations/{id}/offers/{offer}/acceptance",
            may,
            doc("accept_offer", "Takes an offer; then add it to a cart with POST /api/v1/carts/current/deals")
                .response::<NegotiationJson>()
                .refusals(NegotiationRefusal::ALL),
            take,
        )
        .api(
            Method::POST,
            "/api/v1/negotiations/{id}/handover",
            may,
            doc("hand_over_negotiation", "Gives the last ask to a sales rep")
                .response::<NegotiationJson>()
                .refusals(NegotiationRefusal::ALL),
            hand_over,
        )
        .api(
            Method::POST,
            "/api/v1/negotiations/{id}/withdrawal",
            may,
            doc("withdraw_negotiation", "Takes the ask back")
                .response::<NegotiationJson>()
                .refusals(NegotiationRefusal::ALL),
            withdraw,
        )
}

/// What a buyer asks for.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskJson {
    /// At least one line, each product once.
    pub lines: Vec<AskLineJson>,
    /// A target for all lines together, as decimal text; prices of the lines are then scaled to it.
    #[serde(default)]
    pub total: Option<String>,
    /// Days from invoice to payment; left out: the company's own.
    #[serde(default)]
    pub payment_days: Option<i64>,
    /// The seller may deliver up to so many days later than requested.
    #[serde(default)]
    pub flexible_days: Option<u16>,
    /// Another way of freight: `consolidated` (together with others) or `collected` (the buyer comes for it).
    #[serde(default)]
    pub freight: Option<String>,
    /// More orders like this one.
    #[serde(default)]
    pub commitment: Option<CommitmentJson>,
    /// The quantities are what a project needs: offers leave them as they are.
    #[serde(default)]
    pub fixed_quantities: bool,
    /// A competitor's offer.
    #[serde(default)]
    pub competitor: Option<CompetitorJson>,
    /// Needed by, as `2026-11-27`.
    #[serde(default)]
    pub need_by: Option<String>,
    /// Why, or an own proposal.
    #[serde(default)]
    pub comment: String,
    /// The cart that is negotiated as a whole.
    #[serde(default)]
    pub cart_id: Option<String>,
    /// To a person at once.
    #[serde(default)]
    pub wants_person: bool,
}

/// A commitment to more orders.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CommitmentJson {
    /// In all so many times this order, at least 2.
    pub times: u16,
    /// Within so many months.
    pub months: u16,
}

/// One line of an ask.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AskLineJson {
    /// The product's id or SKU.
    pub product: String,
    /// How much, as decimal text in the product's unit.
    pub quantity: String,
    /// Net target price of one unit, as decimal text in the company's currency.
    pub price: String,
}

/// A competitor's offer.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompetitorJson {
    /// Who.
    pub name: String,
    /// Their price of one unit of the first line, as decimal text.
    #[serde(default)]
    pub price: Option<String>,
    /// Anything about it.
    #[serde(default)]
    pub note: String,
}

/// A page of negotiations.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NegotiationsJson {
    /// How many there are in all.
    pub total: i64,
    /// Those of this page.
    pub negotiations: Vec<NegotiationJson>,
}

/// Which negotiations to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ListQuery {
    /// Only those stored as `offered`, `waiting`, `agreed`, `declined`, `expired` or `withdrawn`.
    #[serde(default)]
    #[schemars(extend("enum" = crate::negotiations::State::ALL.map(crate::negotiations::State::code)))]
    pub state: Option<String>,
    /// The page, from 1.
    #[serde(default)]
    pub page: Option<String>,
    /// Rows on a page, 1 to 200.
    #[serde(default)]
    pub per_page: Option<String>,
}

impl AskJson {
    fn text(self) -> AskText {
        let competitor =
            self.competitor.unwrap_or(CompetitorJson { name: String::new(), price: None, note: String::new() });
        let text = |number: Option<u16>| number.map_or_else(String::new, |number| number.to_string());
        let line = |line: AskLineJson| LineText { product: line.product, quantity: line.quantity, price: line.price };
        AskText {
            notation: kernel::Notation::Plain,
            lines: self.lines.into_iter().map(line).collect(),
            total: self.total.unwrap_or_default(),
            payment_days: self.payment_days.map_or_else(String::new, |days| days.to_string()),
            flexible_days: text(self.flexible_days),
            freight: self.freight.unwrap_or_default(),
            commitment_times: text(self.commitment.as_ref().map(|commitment| commitment.times)),
            commitment_months: text(self.commitment.as_ref().map(|commitment| commitment.months)),
            fixed_quantities: self.fixed_quantities,
            competitor_name: competitor.name,
            competitor_price: competitor.price.unwrap_or_default(),
            competitor_note: competitor.note,
            need_by: self.need_by.unwrap_or_default(),
            comment: self.comment,
            cart: self.cart_id.unwrap_or_default(),
            wants_person: self.wants_person,
        }
    }
}

async fn read(app: &App, visitor: &Visitor, ask: AskJson) -> Result<Ask, Failure> {
    let buyer = app.part::<Buyers>().get(app.db(), visitor.actor.company()?).await?;
    ask.text().read(app.part::<Catalog>(), buyer.company.currency)
}

pub(crate) async fn load(app: &App, visitor: &Visitor, id: NegotiationId) -> Result<NegotiationJson, Failure> {
    let tx = app.db().read().await?;
    let n = queries::negotiation(&tx, &visitor.actor, id).await?;
    let seen = queries::seen(&tx, n).await?;
    Ok(json_of(app, visitor, &seen))
}

async fn open(State(app): State<App>, visitor: Visitor, key: IdempotencyKey, Json(body): Json<AskJson>) -> Reply {
    let (ctx, ask) = (&app.ctx(&visitor), &read(&app, &visitor, body).await?);
    let key = key.0.as_deref();
    let id = app.write(|tx| async move { actions::open_once(&tx, ctx, ask, key).await }).await?;
    web::created(&format!("/api/v1/negotiations/{id}"), &load(&app, &visitor, id).await?)
}

async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let state = query.state.as_deref().and_then(crate::negotiations::State::parse);
    let tx = app.db().read().await?;
    let (all, total) = queries::of_company(&tx, visitor.actor.company()?, state, pager).await?;
    let mut negotiations = Vec::with_capacity(all.len());
    for n in all {
        negotiations.push(json_of(&app, &visitor, &queries::seen(&tx, n).await?));
    }
    web::json(&NegotiationsJson { total, negotiations })
}

async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    web::json(&load(&app, &visitor, id).await?)
}

async fn ask_again(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Json(body): Json<AskJson>,
) -> Reply {
    let (ctx, ask) = (&app.ctx(&visitor), &read(&app, &visitor, body).await?);
    app.write(|tx| async move { actions::ask_again(&tx, ctx, id, ask).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

async fn take(State(app): State<App>, visitor: Visitor, Path((id, offer)): Path<(NegotiationId, OfferId)>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::take(&tx, ctx, id, offer).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

async fn hand_over(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::hand_to_rep(&tx, ctx, id).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}

async fn withdraw(State(app): State<App>, visitor: Visitor, Path(id): Path<NegotiationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::withdraw(&tx, ctx, id).await }).await?;
    web::json(&load(&app, &visitor, id).await?)
}
