//! Hints in JSON.

use catalog::Catalog;
use kernel::{Failure, Quantity};
use negotiation_engine::Lever;
use pricing::Buyers;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::words;
use web::{App, IdempotencyKey, Json, Reply, State, Visitor};

use super::queries::{self, Looking};
use super::{Chosen, Hint, actions};
use crate::requests::json::{self, ConditionJson, OfferLineJson};
use crate::requests::{Ask, AskText, LineText, api};

/// What the buyer has in hand.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct HintsQuery {
    /// The lines, each product once.
    pub lines: Vec<InHand>,
}

/// A product and how much of it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InHand {
    /// The product's id or SKU.
    pub product: String,
    /// How much, as decimal text in the product's unit.
    pub quantity: String,
}

/// An offer that can be taken without asking.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct HintJson {
    /// How it is earned.
    pub lever: &'static str,
    /// The whole offer as a sentence in the reader's language.
    pub sentence: String,
    /// What has to be done for it.
    pub conditions: Vec<ConditionJson>,
    /// The terms, line by line.
    pub lines: Vec<OfferLineJson>,
    /// Days from invoice to payment; 0 is prepaid.
    pub payment_days: u16,
    /// What it saves against the same goods without a deal: goods, a rebate, and the charge for freight that it spares.
    pub saving: String,
    /// The charge for freight that is due for the lines in hand and no longer for so much; `0.00` for none.
    pub freight_reached: String,
}

/// Which hint is taken.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeHint {
    /// The lines in hand, as they were when the hints were read.
    pub lines: Vec<InHand>,
    /// The lever of the hint.
    pub lever: String,
    /// The quantity of its first line.
    pub quantity: String,
}

async fn basis(app: &App, visitor: &Visitor, lines: Vec<InHand>) -> Result<Ask, Failure> {
    let line = |line: InHand| LineText { product: line.product, quantity: line.quantity, price: "1".into() };
    let text = AskText { lines: lines.into_iter().map(line).collect(), ..AskText::default() };
    let buyer = app.part::<Buyers>().get(app.db(), visitor.actor.company()?).await?;
    text.read(app.part::<Catalog>(), buyer.company.currency)
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor, Json(query): Json<HintsQuery>) -> Reply {
    let basis = basis(&app, &visitor, query.lines).await?;
    let looking = Looking { company: visitor.actor.company()?, now: app.now(), today: app.today() };
    let found = queries::hints(&app.db().read().await?, looking, &basis).await?;
    let json = |hint: &Hint| {
        let offer = &hint.offer;
        let names = words::names_of(app.part::<Catalog>(), offer.terms.lines.iter().map(|line| line.product));
        HintJson {
            lever: offer.lever.code(),
            sentence: words::sentence(&visitor.locale, offer, &names),
            conditions: offer.conditions.iter().map(json::condition_json).collect(),
            lines: json::offer_lines(offer),
            payment_days: offer.terms.payment_days,
            saving: hint.saving.to_decimal(),
            freight_reached: hint.freight.to_decimal(),
        }
    };
    web::json(&found.iter().map(json).collect::<Vec<_>>())
}

pub(super) async fn take(
    State(app): State<App>,
    visitor: Visitor,
    key: IdempotencyKey,
    Json(wanted): Json<TakeHint>,
) -> Reply {
    let basis = basis(&app, &visitor, wanted.lines).await?;
    let unit = basis.lines.first().map_or(kernel::Unit::Piece, |line| line.quantity.unit());
    let lever = Lever::parse(&wanted.lever).ok_or(queries::GONE)?;
    let mut invalid = kernel::Invalid::default();
    let quantity = invalid.take("quantity", Quantity::parse(&wanted.quantity, unit));
    invalid.check()?;
    let quantity = quantity.unwrap_or(Quantity::new(0, unit));
    let (ctx, basis, chosen) = (&app.ctx(&visitor), &basis, Chosen { lever, quantity });
    let key = key.0.as_deref();
    let id = app.write(|tx| async move { actions::take_once(&tx, ctx, basis, chosen, key).await }).await?;
    web::created(&format!("/api/v1/negotiations/{id}"), &api::load(&app, &visitor, id).await?)
}
