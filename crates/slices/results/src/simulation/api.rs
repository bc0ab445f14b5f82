//! Simulations as JSON, for the seller's own people. Numbers are decimal text, shares in per cent.

use kernel::{Amount, Failure, Instant, Invalid, Outcome, SimulationId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use simulation::{ArmReport, Differences, Figures, Kind};
use terms::policies::verdict::{Direction, Verdict};
use web::{App, Json, Path, Reply, State, Visitor};

use super::figures::{METRICS, Number};
use super::rules::{Choice, Wanted};
use super::{Results, SimulationRun, StoredArm, actions, form, queries, verdict, view};

/// Runs in the list.
const LISTED_MAX: i64 = 100;

/// A simulation to be started.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartSimulation {
    /// What buyers meet: `published`, `draft`, the number of a version, `suggested`, `starter`, `complete`, or a reference
    /// rule: `list`, `floor`, `split`. A draft meets the policy in force and past deals meet `was`, what really was ordered,
    /// whether they are named or not.
    pub policies: Vec<String>,
    /// `backtest` for past deals, `monte_carlo` for invented buyers; the latter unless told.
    #[serde(default)]
    pub kind: Option<String>,
    /// So many invented buyers, 1 to 1,000,000; 20,000 unless told.
    #[serde(default)]
    pub count: Option<u64>,
    /// The seed that buyers are drawn from; 1 unless told.
    #[serde(default)]
    pub seed: Option<u64>,
}

impl StartSimulation {
    fn wanted(&self) -> Outcome<Wanted> {
        let mut arms = Vec::with_capacity(self.policies.len());
        for (at, code) in self.policies.iter().enumerate() {
            let unknown = || Failure::from(Invalid::field(format!("policies[{at}]"), "choice"));
            arms.push(Choice::parse(code).ok_or_else(unknown)?);
        }
        let kind = match self.kind.as_deref() {
            None | Some("monte_carlo") => Kind::MonteCarlo { count: self.count.unwrap_or(form::COUNT) },
            Some("backtest") => Kind::Backtest,
            Some(_) => return Err(Invalid::field("kind", "choice").into()),
        };
        Ok(Wanted { arms, kind, seed: self.seed.unwrap_or(1) })
    }
}

/// What buyers meet.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArmJson {
    /// As it was asked for.
    pub policy: String,
    /// The version's number.
    pub number: Option<i64>,
}

/// A simulation, without its results.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RunJson {
    /// Its id.
    pub id: SimulationId,
    /// Its number.
    pub number: i64,
    /// `queued`, `running`, `done`, `failed` or `cancelled`.
    pub state: &'static str,
    /// How far it is, in parts per million.
    pub progress_ppm: i64,
    /// What buyers meet.
    pub policies: Vec<ArmJson>,
    /// `backtest` or `monte_carlo`.
    pub kind: &'static str,
    /// Buyers that are invented.
    pub count: Option<u64>,
    /// The seed that they are drawn from.
    pub seed: u64,
    /// The currency of all amounts.
    pub currency: &'static str,
    /// SHA-256 of the policy text that is looked at first.
    pub policy_hash: Option<String>,
    /// Why it failed: `no-deals`, `currency`, `arms` or `faults`.
    pub error: Option<String>,
    /// When it was asked for, RFC 3339.
    pub created_at: String,
    /// When it ended, RFC 3339.
    pub finished_at: Option<String>,
}

impl RunJson {
    fn of(run: &SimulationRun) -> Self {
        let arm = |arm: &StoredArm| ArmJson { policy: arm.name.clone(), number: arm.number };
        let (kind, count) = match run.settings.kind {
            Kind::Backtest => ("backtest", None),
            Kind::MonteCarlo { count } => ("monte_carlo", Some(count)),
        };
        Self {
            id: run.id,
            number: run.number,
            state: run.state.code(),
            progress_ppm: run.progress_ppm,
            policies: run.settings.arms.iter().map(arm).collect(),
            kind,
            count,
            seed: run.settings.seed,
            currency: run.settings.currency.code(),
            policy_hash: run.examined.as_ref().map(|examined| examined.hash.clone()),
            error: Some(run.error.clone()).filter(|error| !error.is_empty()),
            created_at: run.created_at.to_rfc3339(),
            finished_at: run.finished_at.map(Instant::to_rfc3339),
        }
    }
}

/// A number with its 95 % interval.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FigureJson {
    /// Such as `revenue`, `pocket`, `agreement`.
    pub figure: &'static str,
    /// The number as decimal text; shares in per cent.
    pub value: String,
    /// The lower end.
    pub low: Option<String>,
    /// The upper end.
    pub high: Option<String>,
}

/// What came of one place of a breakdown.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PartJson {
    /// `segment`, `category`, `lever` or `size`.
    pub by: &'static str,
    /// The place.
    pub key: String,
    /// Its figures.
    pub figures: Vec<FigureJson>,
}

/// What came of one arm.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ArmResultJson {
    /// As it was asked for.
    pub policy: String,
    /// All together.
    pub figures: Vec<FigureJson>,
    /// What it has more than list prices for everybody, the same buyers on both sides.
    pub against_list: Vec<FigureJson>,
    /// What it has more than the version in force, or than the first arm.
    pub against_chosen: Vec<FigureJson>,
    /// By segment, category, lever and size of the deal.
    pub parts: Vec<PartJson>,
}

/// What changes when a policy takes the place of the one in force.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct VerdictJson {
    /// `loses`, `gains`, `same`, or `unsure` where that is within chance.
    pub direction: &'static str,
    /// How much more lasting pocket margin is left, with its 95 % interval.
    pub lasting: FigureJson,
    /// What is left with the policy in force.
    pub in_force: String,
}

impl VerdictJson {
    fn of(verdict: &Verdict) -> Self {
        let text = |minor: i64| Amount::new(minor, verdict.currency).to_decimal();
        let lasting = FigureJson {
            figure: "lasting",
            value: text(verdict.more_minor),
            low: verdict.interval_minor.map(|(low, _)| text(low)),
            high: verdict.interval_minor.map(|(_, high)| text(high)),
        };
        let direction = match verdict.direction() {
            Direction::Loses => "loses",
            Direction::Gains => "gains",
            Direction::Same => "same",
            Direction::Unsure => "unsure",
        };
        Self { direction, lasting, in_force: text(verdict.in_force_minor) }
    }
}

/// A simulation with its results.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResultsJson {
    /// The simulation.
    pub run: RunJson,
    /// Buyers that were simulated.
    pub buyers: Option<u64>,
    /// Buyers that could not be: their deal cannot be ordered any more.
    pub skipped: Option<u64>,
    /// What changes in lasting pocket margin against the policy in force, for the draft or the first other policy; `null` where
    /// nothing can be said.
    pub verdict: Option<VerdictJson>,
    /// The arms in their order; empty while there are no results.
    pub arms: Vec<ArmResultJson>,
    /// The fitted buyers, how well they reproduce the newest fifth of history, and in `calibration` how well they negotiate as
    /// the recorded ones did.
    pub fit: Option<Value>,
    /// The suggested policy with reasons and findings, where it was an arm.
    pub suggestion: Option<Value>,
}

fn figure(code: &'static str, number: &Number) -> FigureJson {
    let [value, low, high] = number.plain();
    let some = |text: String| Some(text).filter(|text| !text.is_empty());
    FigureJson { figure: code, value, low: some(low), high: some(high) }
}

fn figures_of(figures: &Figures) -> Vec<FigureJson> {
    METRICS.iter().map(|metric| figure(metric.code, &metric.of(figures))).collect()
}

fn differences_of(differences: &Differences) -> Vec<FigureJson> {
    METRICS.iter().filter_map(|metric| Some(figure(metric.code, &metric.difference(differences)?))).collect()
}

fn arm_json(arm: &ArmReport) -> ArmResultJson {
    let part = |part: &simulation::Part| PartJson {
        by: view::dimension_code(part.dimension),
        key: part.key.clone(),
        figures: figures_of(&part.figures),
    };
    ArmResultJson {
        policy: arm.name.clone(),
        figures: figures_of(&arm.figures),
        against_list: differences_of(&arm.incremental),
        against_chosen: arm.difference.as_ref().map(differences_of).unwrap_or_default(),
        parts: arm.parts.iter().map(part).collect(),
    }
}

fn results_json(run: &SimulationRun, results: Option<&Results>) -> ResultsJson {
    let suggestion = results.and_then(|results| results.suggestion.as_ref()).map(|suggestion| {
        let policy: Value = serde_json::from_str(&suggestion.policy).unwrap_or(Value::Null);
        serde_json::json!({ "policy": policy, "reasons": suggestion.reasons, "findings": suggestion.findings })
    });
    ResultsJson {
        run: RunJson::of(run),
        verdict: results.and_then(|results| verdict::first(&run.settings, results)).as_ref().map(VerdictJson::of),
        buyers: results.map(|results| results.report.buyers),
        skipped: results.map(|results| results.report.skipped),
        arms: results.map(|results| results.report.arms.iter().map(arm_json).collect()).unwrap_or_default(),
        fit: results.map(|results| serde_json::json!(results.buyers)),
        suggestion,
    }
}

pub(super) async fn start(State(app): State<App>, visitor: Visitor, Json(body): Json<StartSimulation>) -> Reply {
    let (ctx, wanted) = (&app.ctx(&visitor), &body.wanted()?);
    let run = app.write(|tx| async move { actions::start(&tx, ctx, wanted).await }).await?;
    web::created(&format!("/api/v1/simulations/{}", run.id), &RunJson::of(&run))
}

pub(super) async fn list(State(app): State<App>) -> Reply {
    let runs = queries::newest(&app.db().read().await?, LISTED_MAX).await?;
    web::json(&runs.iter().map(RunJson::of).collect::<Vec<_>>())
}

pub(super) async fn get(State(app): State<App>, Path(id): Path<SimulationId>) -> Reply {
    let tx = app.db().read().await?;
    let run = queries::run(&tx, id).await?.ok_or(Failure::NotFound)?;
    web::json(&results_json(&run, queries::results(&tx, id).await?.as_ref()))
}

pub(super) async fn cancel(State(app): State<App>, visitor: Visitor, Path(id): Path<SimulationId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let run = app.write(|tx| async move { actions::cancel(&tx, ctx, id).await }).await?;
    web::json(&RunJson::of(&run))
}

/// A suggested policy to be made the draft.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AdoptSuggestion {
    /// The version of the draft that was read and is written over; left out when there was none.
    #[serde(default)]
    pub version: Option<i64>,
}

/// The draft that was made.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AdoptedJson {
    /// The number of the policy version.
    pub number: i64,
    /// The version to save the draft with.
    pub version: i64,
}

pub(super) async fn adopt(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SimulationId>,
    Json(body): Json<AdoptSuggestion>,
) -> Reply {
    let (ctx, read) = (&app.ctx(&visitor), body.version);
    let draft = app.write(|tx| async move { actions::adopt(&tx, ctx, id, read).await }).await?;
    web::json(&AdoptedJson { number: draft.number, version: draft.version })
}
