//! The cost model in JSON; it is also stored so.

use kernel::{Amount, Currency, Fault, Invalid, Notation, Rate, SignoffId, UnitPrice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Path, Reply, State, Visitor};

use super::{actions, queries};
use crate::costs::{self, DealCosts};
use crate::signoffs::{SignoffState, Subject, view};

/// What serving a deal costs the seller. Amounts are decimal text in `currency`, rates in per cent.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CostModelJson {
    /// The currency of the amounts.
    pub currency: String,
    /// Taking, picking and invoicing one order.
    pub handling_order: String,
    /// Each line of it.
    pub handling_line: String,
    /// A consignment, however small.
    pub freight_order: String,
    /// Each kilogram.
    pub freight_kilogram: String,
    /// Cost of capital in per cent a year.
    pub capital: String,
    /// A consignment that goes together with others; left out: there is no such thing.
    #[serde(default)]
    pub consolidated_order: Option<String>,
    /// The share of the freight per kilogram that is left then, in per cent.
    pub consolidated_share: String,
    /// From so many flexible days on tours can be planned,
    pub flexible_days: u16,
    /// which saves so much of handling an order.
    pub flexible_saves: String,
    /// What the buyer is charged for freight without asking.
    pub freight_charge: String,
    /// From this net value on nothing.
    pub freight_free_from: String,
}

impl CostModelJson {
    pub(super) fn of(costs: &DealCosts) -> Self {
        let amount = |minor: i64| Amount::new(minor, costs.currency).to_decimal();
        Self {
            currency: costs.currency.code().into(),
            handling_order: amount(costs.handling_order),
            handling_line: amount(costs.handling_line),
            freight_order: amount(costs.freight_order),
            freight_kilogram: UnitPrice::new(costs.freight_kilogram, costs.currency).to_decimal(),
            capital: costs.capital.to_percent(),
            consolidated_order: costs.consolidated_order.map(amount),
            consolidated_share: costs.consolidated_share.to_percent(),
            flexible_days: costs.flexible_days,
            flexible_saves: amount(costs.flexible_saves),
            freight_charge: amount(costs.freight_charge),
            freight_free_from: amount(costs.freight_free_from),
        }
    }

    /// A model as it was stored.
    ///
    /// # Errors
    /// A fault: what is stored was written by us.
    pub(super) fn stored(text: &str) -> Result<Self, Fault> {
        serde_json::from_str(text).map_err(|e| Fault::because("reading a cost model", e))
    }

    /// The costs that it says, of who writes numbers so.
    ///
    /// # Errors
    /// Invalid fields.
    pub(super) fn read(&self, notation: Notation) -> Result<DealCosts, Invalid> {
        let mut invalid = Invalid::default();
        let currency = Currency::parse(&self.currency);
        if currency.is_none() {
            invalid = invalid.and("currency", "choice", Vec::new());
        }
        let currency = currency.unwrap_or(Currency::Eur);
        let most = costs::convert(Amount::new(COST_MAX_EUR_MINOR, Currency::Eur), currency).minor();
        let mut amount = |field: &str, text: &str| {
            let parsed = invalid.take(field, Amount::typed(text, currency, notation));
            parsed.map_or(0, |amount| within(&mut invalid, field, amount.minor(), most))
        };
        let (handling_order, handling_line) =
            (amount("handling_order", &self.handling_order), amount("handling_line", &self.handling_line));
        let freight_order = amount("freight_order", &self.freight_order);
        let consolidated_order = self.consolidated_order.as_deref().filter(|text| !text.trim().is_empty());
        let consolidated_order = consolidated_order.map(|text| amount("consolidated_order", text));
        let flexible_saves = amount("flexible_saves", &self.flexible_saves);
        let freight_charge = amount("freight_charge", &self.freight_charge);
        let free_from = invalid.take("freight_free_from", Amount::typed(&self.freight_free_from, currency, notation));
        let most_net = most.saturating_mul(FREE_FROM_TIMES);
        let freight_free_from =
            free_from.map_or(0, |amount| within(&mut invalid, "freight_free_from", amount.minor(), most_net));
        let kilogram = invalid.take("freight_kilogram", UnitPrice::typed(&self.freight_kilogram, currency, notation));
        let most = most.saturating_mul(currency.micros_per_minor());
        let freight_kilogram =
            kilogram.map_or(0, |price| within(&mut invalid, "freight_kilogram", price.micros(), most));
        let capital = rate(&mut invalid, "capital", (&self.capital, notation), CAPITAL_MAX);
        let consolidated_share =
            rate(&mut invalid, "consolidated_share", (&self.consolidated_share, notation), Rate::ONE);
        if self.flexible_days == 0 || self.flexible_days > 365 {
            invalid = invalid.and("flexible_days", "payment-days-asked", Vec::new());
        }
        let read = DealCosts {
            currency,
            handling_order,
            handling_line,
            freight_order,
            freight_kilogram,
            capital,
            consolidated_order,
            consolidated_share,
            flexible_days: self.flexible_days,
            flexible_saves,
            freight_charge,
            freight_free_from,
        };
        if invalid.fields.is_empty() { Ok(read) } else { Err(invalid) }
    }
}

/// No cost of serving a deal is larger, in euro cents: what is more is a typing error.
const COST_MAX_EUR_MINOR: i64 = 100_000;
/// The net value from which freight is free is no cost: it may be so many times as large.
const FREE_FROM_TIMES: i64 = 1_000;
/// No capital costs more in a year.
const CAPITAL_MAX: Rate = Rate::percent(40);

/// A cost is not negative, and not beyond belief.
fn within(invalid: &mut Invalid, field: &str, value: i64, most: i64) -> i64 {
    if value < 0 {
        *invalid = std::mem::take(invalid).and(field, "cost-negative", Vec::new());
    } else if value > most {
        *invalid = std::mem::take(invalid).and(field, "cost-too-large", Vec::new());
    }
    value
}

fn rate(invalid: &mut Invalid, field: &str, (text, notation): (&str, Notation), most: Rate) -> Rate {
    let rate = invalid.take(field, Rate::typed_percent(text, notation)).unwrap_or_default();
    if !(Rate::ZERO..=most).contains(&rate) {
        *invalid = std::mem::take(invalid).and(field, "policy-out-of-range", Vec::new());
    }
    rate
}

pub(super) async fn get(State(app): State<App>) -> Reply {
    web::json(&CostModelJson::of(&queries::current(&app.db().read().await?).await?))
}

/// Other costs, and why.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct CostModelInput {
    /// What serving a deal is to cost.
    model: CostModelJson,
    /// Why; required.
    reason: String,
}

/// What became of other costs.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct CostModelAnswer {
    /// Whether they are in force, or wait for a second person.
    is_in_force: bool,
    /// The change, to be confirmed or declined.
    change: SignoffId,
}

pub(super) async fn set(State(app): State<App>, visitor: Visitor, Json(input): Json<CostModelInput>) -> Reply {
    let (ctx, costs, reason) = (&app.ctx(&visitor), &input.model.read(Notation::Plain)?, input.reason.as_str());
    let done = app.write(|tx| async move { actions::propose(&tx, ctx, costs, reason).await }).await?;
    web::json(&CostModelAnswer { is_in_force: done.state == SignoffState::Confirmed, change: done.id })
}

/// A second person's note.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteInput {
    /// Why; required to decline.
    #[serde(default)]
    note: String,
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Json(input): Json<NoteInput>,
) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), input.note.as_str());
    app.write(|tx| async move { actions::confirm(&tx, ctx, id, note).await }).await?;
    web::no_content()
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Json(input): Json<NoteInput>,
) -> Reply {
    view::decline(&app, &visitor, Subject::CostModel, id, &input.note).await?;
    web::no_content()
}
