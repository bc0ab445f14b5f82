//! Negotiations as JSON, for buyers and their software. Decimals are text.

use catalog::Catalog;
use kernel::{Access, Failure, NegotiationId, OfferId, Permission};
use pricing::Buyers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{ApiDoc, App, Json, Method, Pager, Path, Query, Reply, Routes, State, Visitor};

use super::queries::{self, Seen};
use super::{Ask, AskText, LineText, NegotiationRefusal, actions};
use crate::engine::Condition;
use crate::offers::{OfferRow, OfferState};
use crate::words;

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
                .refusals(NegotiationRefusal::ALL),
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

/// A negotiation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NegotiationJson {
    /// Its id.
    pub id: NegotiationId,
    /// Its number, as people call it.
    pub number: i64,
    /// `offered`, `waiting`, `agreed`, `declined`, `expired` or `withdrawn`.
    pub state: &'static str,
    /// How often was asked.
    pub round: i64,
    /// Most rounds.
    pub rounds_max: i64,
    /// ISO 4217.
    pub currency: &'static str,
    /// Days to pay that were asked for.
    pub payment_days: i64,
    /// What is asked for.
    pub lines: Vec<LineJson>,
    /// The asked quantities at list prices.
    pub list_value: String,
    /// The asked quantities at asked prices.
    pub ask_value: String,
    /// Offers that stand, the best first; when agreed, the one that was taken.
    pub offers: Vec<OfferJson>,
    /// Why the answer was no.
    pub reason: Option<String>,
    /// What the rep wrote.
    pub message: Option<String>,
    /// Who has it or decided it.
    pub person: Option<PersonJson>,
    /// An answer is promised by then, RFC 3339.
    pub answer_by: Option<String>,
    /// A cited competitor.
    pub competitor: Option<CompetitorJson>,
    /// Needed by.
    pub need_by: Option<String>,
    /// What the buyer wrote.
    pub comment: String,
    /// When it began, RFC 3339.
    pub opened_at: String,
    /// When anything changed last, RFC 3339.
    pub changed_at: String,
    /// What can be done now: `rounds`, `handover`, `withdrawal`.
    pub actions: Vec<&'static str>,
}

/// One line of a negotiation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LineJson {
    /// The product.
    pub product_id: kernel::ProductId,
    /// Its SKU.
    pub sku: String,
    /// How much is asked for.
    pub quantity: String,
    /// The unit, e.g. `piece`.
    pub unit: &'static str,
    /// The list price of one unit at that quantity.
    pub list_price: String,
    /// The price asked for.
    pub asked_price: String,
}

/// An offer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OfferJson {
    /// Its id.
    pub id: OfferId,
    /// How it is earned: `list`, `plain`, `volume`, `payment`, `delivery`, `freight`, `commitment`, `rebate`, `alternative`,
    /// `bundle`, `bonus`, or two of the first of them joined by `_`.
    pub lever: &'static str,
    /// The whole offer as a sentence in the reader's language.
    pub sentence: String,
    /// What has to be done for it.
    pub conditions: Vec<ConditionJson>,
    /// The terms, line by line.
    pub lines: Vec<OfferLineJson>,
    /// Days from invoice to payment; 0 is prepaid.
    pub payment_days: u16,
    /// Net value.
    pub net: String,
    /// What it saves against list prices.
    pub saving: String,
    /// The first moment at which it no longer stands, or can no longer be ordered, RFC 3339.
    pub expires_at: String,
    /// Whether it was taken.
    pub taken: bool,
    /// The order that used it.
    pub order_number: Option<String>,
}

/// What has to be done for an offer, or what comes with it. What a condition has no word for is left out.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct ConditionJson {
    /// `as_it_is`, `order_more`, `prepay`, `pay_within`, `deliver_later`, `ship`, `commit_to`, `grow_to`, `take_instead`,
    /// `also_order` or `comes_free`.
    pub condition: &'static str,
    /// The product that it is about.
    pub product_id: Option<kernel::ProductId>,
    /// How much more than asked.
    pub more: Option<String>,
    /// How much in all.
    pub total: Option<String>,
    /// Days to pay, or days that the delivery may be later than requested.
    pub days: Option<u16>,
    /// Whether freight is free for the later delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_freight: Option<bool>,
    /// The way of freight: `consolidated` or `collected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<&'static str>,
    /// Months from the agreement within which to call off, or to reach the turnover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<u16>,
    /// The turnover to be reached for a rebate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turnover: Option<String>,
    /// The rebate in per cent of the net value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// The product in place of which to take the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<kernel::ProductId>,
    /// Whether the other product is dearer and lasts longer; else it is cheaper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lasts_longer: Option<bool>,
}

/// One line of an offer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OfferLineJson {
    /// The product.
    pub product_id: kernel::ProductId,
    /// How much.
    pub quantity: String,
    /// Net price of one unit.
    pub price: String,
    /// The price holds up to this quantity.
    pub up_to: String,
}

/// Somebody to talk to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PersonJson {
    /// The name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
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

/// A negotiation as its buyer may see it.
pub(crate) fn json_of(app: &App, visitor: &Visitor, seen: &Seen) -> NegotiationJson {
    let (n, now) = (&seen.negotiation, app.now());
    let names = words::names_of(app.part::<Catalog>(), words::products_of(n));
    let state = n.state(now);
    let offers: Vec<&OfferRow> = match n.agreed() {
        Some(row) => vec![row],
        None => n.standing(now).collect(),
    };
    let allowed = [
        ("rounds", seen.may_ask_again(now)),
        ("handover", seen.may_hand_over(now)),
        ("withdrawal", seen.may_withdraw(now)),
    ];
    NegotiationJson {
        id: n.id,
        number: n.number,
        state: state.code(),
        round: n.round,
        rounds_max: seen.rounds_max,
        currency: n.currency.code(),
        payment_days: n.payment_days,
        lines: n.lines.iter().map(|line| line_json(line, &names)).collect(),
        list_value: n.list_value.to_decimal(),
        ask_value: n.ask_value.to_decimal(),
        offers: offers.into_iter().map(|row| offer_json(visitor, row, &names)).collect(),
        reason: n.reason.clone().filter(|_| state == super::State::Declined),
        message: n.decisions.last().map(|last| last.message.clone()).filter(|message| !message.is_empty()),
        person: seen.person.as_ref().or(seen.rep.as_ref()).map(|person| PersonJson {
            name: person.name.clone(),
            phone: person.phone.clone(),
            email: person.email.to_string(),
        }),
        answer_by: n.answer_by.map(kernel::Instant::to_rfc3339),
        competitor: n.competitor.as_ref().map(|competitor| CompetitorJson {
            name: competitor.name.clone(),
            price: competitor.price.map(kernel::UnitPrice::to_decimal),
            note: competitor.note.clone(),
        }),
        need_by: n.need_by.map(|date| date.to_string()),
        comment: n.comment.clone(),
        opened_at: n.opened_at.to_rfc3339(),
        changed_at: n.changed_at.to_rfc3339(),
        actions: allowed.into_iter().filter(|(_, may)| *may).map(|(action, _)| action).collect(),
    }
}

fn line_json(line: &super::Line, names: &words::Names) -> LineJson {
    LineJson {
        product_id: line.product,
        sku: names.get(&line.product).map_or_else(String::new, |(sku, _)| sku.clone()),
        quantity: line.quantity.to_decimal(),
        unit: line.quantity.unit().code(),
        list_price: line.list_price.to_decimal(),
        asked_price: line.price.to_decimal(),
    }
}

pub(crate) fn offer_json(visitor: &Visitor, row: &OfferRow, names: &words::Names) -> OfferJson {
    let offer = &row.offer;
    OfferJson {
        id: row.id,
        lever: offer.lever.code(),
        sentence: words::sentence(&visitor.locale, offer, names),
        conditions: offer.conditions.iter().map(condition_json).collect(),
        lines: offer_lines(offer),
        payment_days: offer.terms.payment_days,
        net: row.net.to_decimal(),
        saving: offer.saving.to_decimal(),
        expires_at: offer.expires.to_rfc3339(),
        taken: row.state == OfferState::Taken,
        order_number: row.order_number.clone(),
    }
}

pub(crate) fn offer_lines(offer: &crate::engine::Offer) -> Vec<OfferLineJson> {
    let lines = offer.terms.lines.iter().zip(&offer.up_to).map(|(line, up_to)| OfferLineJson {
        product_id: line.product,
        quantity: line.quantity.to_decimal(),
        price: line.price.to_decimal(),
        up_to: up_to.to_decimal(),
    });
    lines.collect()
}

pub(crate) fn condition_json(condition: &Condition) -> ConditionJson {
    let plain = |condition| ConditionJson { condition, ..ConditionJson::default() };
    match condition {
        Condition::AsItIs => plain("as_it_is"),
        Condition::Prepay => plain("prepay"),
        Condition::PayWithin { days } => ConditionJson { days: Some(*days), ..plain("pay_within") },
        Condition::OrderMore { product, more, total } => ConditionJson {
            product_id: Some(*product),
            more: Some(more.to_decimal()),
            total: Some(total.to_decimal()),
            ..plain("order_more")
        },
        Condition::DeliverLater { days, free_freight } => {
            ConditionJson { days: Some(*days), free_freight: Some(*free_freight), ..plain("deliver_later") }
        }
        Condition::Ship { mode } => ConditionJson { mode: Some(mode.code()), ..plain("ship") },
        Condition::CommitTo { product, total, months } => ConditionJson {
            product_id: Some(*product),
            total: Some(total.to_decimal()),
            months: Some(*months),
            ..plain("commit_to")
        },
        Condition::GrowTo { turnover, months, rate } => ConditionJson {
            turnover: Some(turnover.to_decimal()),
            months: Some(*months),
            rate: Some(rate.to_percent()),
            ..plain("grow_to")
        },
        Condition::TakeInstead { of, product, quantity, lasts_longer } => ConditionJson {
            product_id: Some(*product),
            instead_of: Some(*of),
            total: Some(quantity.to_decimal()),
            lasts_longer: Some(*lasts_longer),
            ..plain("take_instead")
        },
        Condition::AlsoOrder { product, quantity } => {
            ConditionJson { product_id: Some(*product), total: Some(quantity.to_decimal()), ..plain("also_order") }
        }
        Condition::ComesFree { product, quantity } => {
            ConditionJson { product_id: Some(*product), total: Some(quantity.to_decimal()), ..plain("comes_free") }
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

async fn open(State(app): State<App>, visitor: Visitor, Json(body): Json<AskJson>) -> Reply {
    let (ctx, ask) = (&app.ctx(&visitor), &read(&app, &visitor, body).await?);
    let id = app.write(|tx| async move { actions::open(&tx, ctx, ask).await }).await?;
    web::created(&format!("/api/v1/negotiations/{id}"), &load(&app, &visitor, id).await?)
}

async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let state = query.state.as_deref().and_then(super::State::parse);
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
