//! The cost model in JSON; it is also stored so.

use kernel::{Amount, Currency, Invalid, Notation, Rate, UnitPrice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Reply, State, Visitor};

use super::{actions, queries};
use crate::costs::DealCosts;

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
        let mut amount = |field: &str, text: &str| {
            let parsed = invalid.take(field, Amount::typed(text, currency, notation));
            parsed.map_or(0, |amount| positive(&mut invalid, field, amount.minor()))
        };
        let (handling_order, handling_line) =
            (amount("handling_order", &self.handling_order), amount("handling_line", &self.handling_line));
        let freight_order = amount("freight_order", &self.freight_order);
        let consolidated_order = self.consolidated_order.as_deref().filter(|text| !text.trim().is_empty());
        let consolidated_order = consolidated_order.map(|text| amount("consolidated_order", text));
        let flexible_saves = amount("flexible_saves", &self.flexible_saves);
        let freight_charge = amount("freight_charge", &self.freight_charge);
        let freight_free_from = amount("freight_free_from", &self.freight_free_from);
        let kilogram = invalid.take("freight_kilogram", UnitPrice::typed(&self.freight_kilogram, currency, notation));
        let freight_kilogram = kilogram.map_or(0, |price| positive(&mut invalid, "freight_kilogram", price.micros()));
        let capital = rate(&mut invalid, "capital", (&self.capital, notation), Rate::percent(1_000));
        let consolidated_share =
            rate(&mut invalid, "consolidated_share", (&self.consolidated_share, notation), Rate::ONE);
        if self.flexible_days == 0 || self.flexible_days > 365 {
            invalid = invalid.and("flexible_days", "payment-days-asked", Vec::new());
        }
        let costs = DealCosts {
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
        if invalid.fields.is_empty() { Ok(costs) } else { Err(invalid) }
    }
}

/// A cost is not negative.
fn positive(invalid: &mut Invalid, field: &str, value: i64) -> i64 {
    if value < 0 {
        *invalid = std::mem::take(invalid).and(field, "cost-negative", Vec::new());
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

pub(super) async fn set(State(app): State<App>, visitor: Visitor, Json(model): Json<CostModelJson>) -> Reply {
    let (ctx, costs) = (&app.ctx(&visitor), &model.read(Notation::Plain)?);
    app.write(|tx| async move { actions::set(&tx, ctx, costs).await }).await?;
    web::json(&CostModelJson::of(costs))
}
