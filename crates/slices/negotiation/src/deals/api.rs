//! Deals as JSON. Decimals are text.

use catalog::Catalog;
use kernel::{Instant, NegotiationId, OfferId, ProductId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::words;
use web::{App, Pager, Query, Reply, State, Visitor};

use super::{Deal, Progress, Standing, pages, queries};
use crate::requests::answer::months_after;
use crate::requests::json::{ConditionJson, OfferLineJson, condition_json, offer_lines};

/// Which deals to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct ListQuery {
    /// Only those that are `open`, `ordered` or `ended`.
    #[serde(default)]
    #[schemars(extend("enum" = Standing::ALL.map(Standing::code)))]
    pub state: Option<String>,
    /// The page, from 1.
    #[serde(default)]
    pub page: Option<String>,
    /// Rows on a page, 1 to 200.
    #[serde(default)]
    pub per_page: Option<String>,
}

/// A page of deals.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DealsJson {
    /// How many there are in all.
    pub total: i64,
    /// Those of this page.
    pub deals: Vec<DealJson>,
}

/// An agreed deal.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DealJson {
    /// The offer that was taken; `POST /api/v1/carts/current/deals` puts it into a cart.
    pub id: OfferId,
    /// The negotiation in which it was agreed.
    pub negotiation: NegotiationId,
    /// The negotiation's number.
    pub number: i64,
    /// `open`, `ordered` or `ended`.
    pub state: &'static str,
    /// The terms as a sentence in the reader's language.
    pub sentence: String,
    /// What was agreed on besides prices.
    pub conditions: Vec<ConditionJson>,
    /// The terms of one order, line by line.
    pub lines: Vec<OfferLineJson>,
    /// Days from invoice to payment; 0 is prepaid.
    pub payment_days: u16,
    /// Net value of one order.
    pub net: String,
    /// ISO 4217.
    pub currency: &'static str,
    /// When it was agreed, RFC 3339.
    pub agreed_at: String,
    /// The first moment at which it can no longer be ordered, RFC 3339.
    pub expires_at: String,
    /// The order that used it up.
    pub order_number: Option<String>,
    /// Of a commitment: how far each line is called off.
    pub commitment: Vec<ProgressJson>,
    /// Of a rebate: how far the turnover is reached.
    pub rebate: Option<RebateJson>,
}

/// How far a line of a commitment is called off.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProgressJson {
    /// The product.
    pub product_id: ProductId,
    /// What was committed to.
    pub total: String,
    /// What was ordered of it.
    pub called_off: String,
    /// What is left.
    pub left: String,
}

/// How far the turnover of a rebate is reached.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RebateJson {
    /// The rebate in per cent of the deal's net value.
    pub rate: String,
    /// The turnover to reach.
    pub turnover: String,
    /// What was bought since the agreement.
    pub reached: String,
    /// The end of the period, RFC 3339.
    pub ends_at: String,
}

fn json(visitor: &Visitor, deal: &Deal, names: &words::Names, now: Instant) -> DealJson {
    let progress = |progress: Progress| ProgressJson {
        product_id: progress.product,
        total: progress.total.to_decimal(),
        called_off: progress.called_off.to_decimal(),
        left: progress.left().to_decimal(),
    };
    let rebate = deal.offer.terms.extras.rebate.zip(deal.turnover).map(|(rebate, reached)| RebateJson {
        rate: rebate.rate.to_percent(),
        turnover: rebate.turnover.to_decimal(),
        reached: reached.to_decimal(),
        ends_at: months_after(deal.agreed_at, rebate.months).to_rfc3339(),
    });
    DealJson {
        id: deal.id,
        negotiation: deal.negotiation,
        number: deal.number,
        state: deal.standing(now).code(),
        sentence: words::sentence(&visitor.locale, &deal.offer, names),
        conditions: deal.offer.conditions.iter().map(condition_json).collect(),
        lines: offer_lines(&deal.offer),
        payment_days: deal.offer.terms.payment_days,
        net: deal.net.to_decimal(),
        currency: deal.net.currency().code(),
        agreed_at: deal.agreed_at.to_rfc3339(),
        expires_at: deal.offer.expires.to_rfc3339(),
        order_number: deal.order_number.clone(),
        commitment: deal.progress().into_iter().map(progress).collect(),
        rebate,
    }
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let (standing, now) = (query.state.as_deref().and_then(Standing::parse), app.now());
    let tx = app.db().read().await?;
    let (deals, total) = queries::of_company(&tx, visitor.actor.company()?, standing, now, pager).await?;
    drop(tx);
    let names = words::names_of(app.part::<Catalog>(), pages::products(&deals));
    web::json(&DealsJson { total, deals: deals.iter().map(|deal| json(&visitor, deal, &names, now)).collect() })
}
