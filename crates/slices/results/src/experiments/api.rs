//! Experiments as JSON, for the seller's own people. Statistics are numbers; money and shares of a plan are decimal text.
//!
//! floats: statistics, not money

use kernel::{Amount, Failure, Instant, Rate};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use terms::experiments::{self, Experiment, Metric, Plan};
use uuid::Uuid;
use web::{App, Json, Path, Reply, State, Visitor};

use super::actions;
use super::form::PlanText;
use super::queries::{self, Shown};

/// A plan.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PlanBody {
    /// What people call it.
    pub name: String,
    /// What is expected, and why.
    pub hypothesis: String,
    /// Customers that may enter, as a condition about them (`customer.segment == "key"`); left out: all.
    #[serde(default)]
    pub segment: String,
    /// `agreement`, `margin` or `revenue`, per negotiation of a company.
    pub metric: String,
    /// `even` or `thompson`.
    pub allocation: String,
    /// The share of companies that enter, in percent.
    pub exposure_percent: String,
    /// The least difference worth finding: percentage points for agreement, an amount else.
    pub effect: String,
    /// Days from exposure until a company counts.
    pub window_days: i64,
    /// It ends after so many days at the latest.
    pub days_max: i64,
    /// So many percentage points more of escalations are tolerated.
    pub escalations_percent: String,
    /// So many more of withdrawals.
    pub withdrawals_percent: String,
    /// So many less of pocket margin.
    pub margin_percent: String,
    /// The policy to try, whole.
    pub treatment: Value,
}

/// A changed plan.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangeBody {
    /// The version that was read.
    pub version: i64,
    /// The plan.
    pub plan: PlanBody,
}

/// The version that was read.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct VersionBody {
    /// As in the experiment.
    pub version: i64,
}

/// A second person's word.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApprovalBody {
    /// As in the experiment.
    pub version: i64,
    /// Why; required.
    pub note: String,
}

/// The version that was read, to begin it.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartBody {
    /// As in the experiment.
    pub version: i64,
    /// That it is known that the experiment cannot reach its size.
    #[serde(default)]
    pub confirm: bool,
}

/// An experiment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExperimentJson {
    /// Its id.
    pub id: String,
    /// What people call it.
    pub name: String,
    /// What is expected, and why.
    pub hypothesis: String,
    /// Who answers for it.
    pub owner: String,
    /// `draft`, `running` or `stopped`.
    pub state: &'static str,
    /// Customers that may enter.
    pub segment: String,
    /// `agreement`, `margin` or `revenue`.
    pub metric: &'static str,
    /// `even` or `thompson`.
    pub allocation: &'static str,
    /// The share of companies that enter.
    pub exposure_percent: String,
    /// The least difference worth finding.
    pub effect: String,
    /// Days from exposure until a company counts.
    pub window_days: i64,
    /// It ends after so many days at the latest.
    pub days_max: i64,
    /// Companies needed per variant.
    pub required_per_variant: Option<i64>,
    /// The share of new companies that get the treatment.
    pub treatment_share_percent: String,
    /// When it began, RFC 3339.
    pub started_at: Option<String>,
    /// When it ended.
    pub stopped_at: Option<String>,
    /// `higher`, `lower`, `undecided`, `guardrail` or `person`.
    pub stop_reason: Option<&'static str>,
    /// To be sent along with a change.
    pub version: i64,
}

/// A guardrail.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GuardrailJson {
    /// `escalations`, `withdrawals` or `margin`.
    pub name: &'static str,
    /// How much worse the treatment is so far; negative when it is better.
    pub worsening: f64,
    /// Valid at any time.
    pub p_value: f64,
    /// Whether it is breached.
    pub is_breached: bool,
}

/// What an experiment shows so far.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResultJson {
    /// The experiment.
    pub experiment: ExperimentJson,
    /// Companies exposed: control, treatment.
    pub exposed: [i64; 2],
    /// Companies that count.
    pub counted: [u64; 2],
    /// The metric's mean: control, treatment.
    pub means: [f64; 2],
    /// Treatment minus control; `null` before any company counts, like what follows.
    pub difference: Option<f64>,
    /// Lower end of the confidence sequence; `null` while it has none.
    pub lower: Option<f64>,
    /// Upper end.
    pub upper: Option<f64>,
    /// Valid at any time.
    pub p_value: Option<f64>,
    /// What must not get worse.
    pub guardrails: Vec<GuardrailJson>,
    /// For a draft: companies needed per variant, by the last 180 days.
    pub needed_per_variant: Option<u64>,
    /// Days until they are there.
    pub needed_days: Option<u64>,
    /// For a draft that cannot reach its size: companies per variant that there could be.
    pub exist_per_variant: Option<u64>,
    /// The least difference that these could show.
    pub detectable: Option<String>,
    /// Whether this plan was tried on the past, where there is one.
    pub is_simulated: bool,
    /// Whether a second person has approved this plan.
    pub is_approved: bool,
    /// The version of the policy that an approval was for, where another is in force by now: such an approval does not count.
    pub approved_for: Option<i64>,
}

fn text(body: &PlanBody) -> PlanText {
    PlanText {
        notation: kernel::Notation::Plain,
        name: body.name.clone(),
        hypothesis: body.hypothesis.clone(),
        segment: body.segment.clone(),
        metric: body.metric.clone(),
        allocation: body.allocation.clone(),
        exposure: body.exposure_percent.clone(),
        effect: body.effect.clone(),
        window_days: body.window_days.to_string(),
        days_max: body.days_max.to_string(),
        escalations: body.escalations_percent.clone(),
        withdrawals: body.withdrawals_percent.clone(),
        margin: body.margin_percent.clone(),
        treatment: body.treatment.to_string(),
    }
}

fn plan(body: &PlanBody) -> Result<Plan, Failure> {
    Ok(text(body).read()?)
}

fn json(e: &Experiment) -> ExperimentJson {
    let percent = |ppm: i64| Rate::from_ppm(ppm).to_percent();
    let effect = match e.plan.metric {
        Metric::Agreement => percent(e.plan.effect),
        _ => Amount::new(e.plan.effect, e.plan.treatment.currency).to_decimal(),
    };
    ExperimentJson {
        id: e.id.to_string(),
        name: e.plan.name.clone(),
        hypothesis: e.plan.hypothesis.clone(),
        owner: e.owner.to_string(),
        state: e.state.code(),
        segment: e.plan.segment.clone(),
        metric: e.plan.metric.code(),
        allocation: e.plan.allocation.code(),
        exposure_percent: percent(e.plan.exposure_ppm),
        effect,
        window_days: e.plan.window_days,
        days_max: e.plan.days_max,
        required_per_variant: e.required_per_arm,
        treatment_share_percent: percent(e.treatment_share_ppm),
        started_at: e.started_at.map(Instant::to_rfc3339),
        stopped_at: e.stopped_at.map(Instant::to_rfc3339),
        stop_reason: e.stop_reason.map(terms::experiments::StopReason::code),
        version: e.version,
    }
}

/// Numbers that are not finite have no form in JSON.
fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

fn result(shown: &Shown) -> ResultJson {
    let reading = shown.standing.reading;
    let names = ["escalations", "withdrawals", "margin"];
    let guardrails = names.into_iter().zip(shown.standing.guardrails).map(|(name, alarm)| GuardrailJson {
        name,
        worsening: alarm.worsening,
        p_value: alarm.p_value,
        is_breached: alarm.is_breached,
    });
    ResultJson {
        experiment: json(&shown.experiment),
        exposed: shown.exposed,
        counted: shown.standing.counts,
        means: shown.standing.means,
        difference: reading.and_then(|r| finite(r.difference)),
        lower: reading.and_then(|r| finite(r.lower)),
        upper: reading.and_then(|r| finite(r.upper)),
        p_value: reading.and_then(|r| finite(r.p_value)),
        guardrails: guardrails.collect(),
        needed_per_variant: shown.needed.map(|needed| needed.per_arm),
        needed_days: shown.needed.and_then(|needed| needed.days),
        exist_per_variant: shown.short.map(|short| short.exist),
        detectable: shown
            .short
            .and_then(|short| short.detectable)
            .map(|least| queries::effect_text(&shown.experiment.plan, least)),
        is_simulated: shown.course.is_simulated(),
        is_approved: shown.course.approval.is_some(),
        approved_for: shown.course.outdated,
    }
}

pub(super) async fn list(State(app): State<App>) -> Reply {
    let all = experiments::queries::all(&app.db().read().await?).await?;
    web::json(&all.iter().map(json).collect::<Vec<_>>())
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Json(body): Json<PlanBody>) -> Reply {
    let (ctx, plan) = (&app.ctx(&visitor), &plan(&body)?);
    let made = app.write(|tx| async move { actions::plan(&tx, ctx, plan.clone()).await }).await?;
    web::created(&format!("/api/v1/experiments/{}", made.id), &json(&made))
}

pub(super) async fn one(State(app): State<App>, Path(id): Path<Uuid>) -> Reply {
    crate::tracking::follower::up_to_date(&app).await?;
    web::json(&result(&queries::shown(&app.db().read().await?, id, app.now()).await?))
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Json(body): Json<ChangeBody>,
) -> Reply {
    let (ctx, plan, read) = (&app.ctx(&visitor), &plan(&body.plan)?, body.version);
    web::json(&json(&app.write(|tx| async move { actions::change(&tx, ctx, id, read, plan).await }).await?))
}

pub(super) async fn start(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Json(body): Json<StartBody>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let started = app.write(|tx| async move { actions::start(&tx, ctx, id, body.version, body.confirm).await });
    web::json(&json(&started.await?))
}

pub(super) async fn simulate(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Json(body): Json<VersionBody>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    web::json(&json(&app.write(|tx| async move { actions::simulate(&tx, ctx, id, body.version).await }).await?))
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Json(body): Json<ApprovalBody>,
) -> Reply {
    let (ctx, body) = (&app.ctx(&visitor), &body);
    let approved = app.write(|tx| async move { actions::approve(&tx, ctx, id, body.version, &body.note).await });
    web::json(&json(&approved.await?))
}

pub(super) async fn discard(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Json(body): Json<VersionBody>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::discard(&tx, ctx, id, body.version).await }).await?;
    web::no_content()
}

pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Json(body): Json<VersionBody>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    web::json(&json(&app.write(|tx| async move { actions::end(&tx, ctx, id, body.version).await }).await?))
}

pub(super) async fn draft(State(app): State<App>, visitor: Visitor, Path(id): Path<Uuid>) -> Reply {
    let ctx = &app.ctx(&visitor);
    web::json(&json(&app.write(|tx| async move { actions::draft(&tx, ctx, id).await }).await?))
}
