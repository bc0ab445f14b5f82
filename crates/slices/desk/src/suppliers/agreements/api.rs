//! Agreements by JSON.

use catalog::Catalog;
use kernel::{AgreementId, Outcome};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::agreements::Agreement;
use web::{App, Json, Path, Reply, State, Visitor};

use super::actions;
use super::typed::{self, AgreementText};

/// A rebate agreement to be written. Decimals are text, days as `2026-11-27`.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AgreementInput {
    /// Who pays.
    supplier: String,
    /// The article it is about, or `brand`.
    #[serde(default)]
    sku: String,
    /// The brand it is about.
    #[serde(default)]
    brand: String,
    /// `quantity` or `amount`.
    basis: String,
    /// The unit of quantities.
    unit: String,
    /// The currency of amounts and of what is paid back.
    currency: String,
    /// `term`, `month`, `quarter` or `year`.
    period: String,
    /// Its first day.
    valid_from: String,
    /// Its last day.
    valid_until: String,
    /// What was bought in the period so far.
    #[serde(default)]
    bought: String,
    /// As of this day; today when left out.
    #[serde(default)]
    bought_on: String,
    /// By rising `reaches`.
    steps: Vec<StepJson>,
    /// The version that was read; only for changes.
    #[serde(default)]
    version: i64,
}

/// A step.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct StepJson {
    /// Bought in the period.
    reaches: String,
    /// Paid back per unit.
    per_unit: String,
}

/// A rebate agreement.
#[derive(Serialize, JsonSchema)]
pub(super) struct AgreementJson {
    id: String,
    supplier: String,
    product: Option<String>,
    brand: Option<String>,
    basis: String,
    unit: String,
    currency: String,
    period: String,
    valid_from: String,
    valid_until: String,
    bought: String,
    bought_on: String,
    steps: Vec<StepJson>,
    version: i64,
}

impl AgreementInput {
    fn read(&self, app: &App) -> Outcome<Agreement> {
        let steps = self.steps.iter().map(|step| format!("{}:{}", step.reaches.trim(), step.per_unit.trim()));
        let steps = steps.collect::<Vec<_>>().join(";");
        let text = AgreementText::of(|field| {
            let text = match field {
                "supplier" => &self.supplier,
                "sku" => &self.sku,
                "brand" => &self.brand,
                "basis" => &self.basis,
                "unit" => &self.unit,
                "currency" => &self.currency,
                "period" => &self.period,
                "valid_from" => &self.valid_from,
                "valid_until" => &self.valid_until,
                "bought" => &self.bought,
                "bought_on" => &self.bought_on,
                _ => &steps,
            };
            text.clone()
        });
        text.read(app.part::<Catalog>(), app.today())
    }
}

impl AgreementJson {
    fn of(agreement: &Agreement) -> Self {
        let step = |step: &terms::agreements::Step| StepJson {
            reaches: typed::shown(agreement, step.reaches),
            per_unit: step.per_unit.to_decimal(),
        };
        Self {
            id: agreement.id.to_string(),
            supplier: agreement.supplier.clone(),
            product: agreement.product.map(|id| id.to_string()),
            brand: agreement.brand.clone(),
            basis: agreement.basis.code().into(),
            unit: agreement.unit.code().into(),
            currency: agreement.currency.code().into(),
            period: agreement.period.code().into(),
            valid_from: agreement.valid_from.to_string(),
            valid_until: agreement.valid_until.to_string(),
            bought: typed::shown(agreement, agreement.bought),
            bought_on: agreement.bought_on.to_string(),
            steps: agreement.steps.iter().map(step).collect(),
            version: agreement.version,
        }
    }
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    let all = actions::all(&app.db().read().await?, &visitor.actor).await?;
    web::json(&all.iter().map(AgreementJson::of).collect::<Vec<_>>())
}

async fn one(app: &App, visitor: &Visitor, id: AgreementId) -> Outcome<AgreementJson> {
    Ok(AgreementJson::of(&actions::one(&app.db().read().await?, &visitor.actor, id).await?))
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Json(input): Json<AgreementInput>) -> Reply {
    let (ctx, new) = (&app.ctx(&visitor), &input.read(&app)?);
    let id = app.write(|tx| async move { actions::create(&tx, ctx, new).await }).await?;
    web::created("/api/v1/supplier-agreements", &one(&app, &visitor, id).await?)
}

pub(super) async fn change(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AgreementId>,
    Json(input): Json<AgreementInput>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let changed = &Agreement { id, version: input.version, ..input.read(&app)? };
    app.write(|tx| async move { actions::change(&tx, ctx, changed).await }).await?;
    web::json(&one(&app, &visitor, id).await?)
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Path(id): Path<AgreementId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::remove(&tx, ctx, id).await }).await?;
    web::no_content()
}
