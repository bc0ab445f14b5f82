//! Profiles in JSON, for the seller.

use kernel::{CompanyId, Failure, Outcome, Rate, SignoffId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Path, Reply, State, Visitor};

use super::{BehaviourRule, Move, actions, queries};
use crate::signoffs::{SignoffState, Subject, view};

/// A rule that names a behaviour.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RuleJson {
    /// What it is called.
    pub name: String,
    /// When it fits, in CEL, e.g. `customer.average_order >= 5000`.
    pub condition: String,
}

/// The rules, in the order in which they are tried.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetBehaviours {
    /// All of them; none: the usual ones.
    pub rules: Vec<RuleJson>,
    /// Why; required.
    pub reason: String,
}

/// Rules to be tried, in the order in which they are tried.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PreviewBehaviours {
    /// All of them; none: the usual ones.
    pub rules: Vec<RuleJson>,
}

/// What other rules change for one behaviour.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MoveJson {
    /// The behaviour; `null` where no rule fits.
    behaviour: Option<String>,
    /// Customers that come to it.
    enter: Vec<CompanyId>,
    /// Customers that leave it.
    leave: Vec<CompanyId>,
}

/// What became of other rules.
#[derive(Debug, Serialize, JsonSchema)]
pub struct SetAnswer {
    /// Whether they are in force, or wait for a second person.
    is_in_force: bool,
    /// The change, to be confirmed or declined.
    change: SignoffId,
}

/// A second person's note.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BehaviourNote {
    /// Why; required to decline.
    #[serde(default)]
    note: String,
}

/// The rules and what they come to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BehavioursJson {
    /// The rules, in the order in which they are tried.
    pub rules: Vec<RuleJson>,
    /// How many customers behave in each way.
    pub customers: Vec<CountJson>,
    /// When that was worked out, RFC 3339.
    pub at: Option<String>,
}

/// How many customers behave in one way.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CountJson {
    /// The behaviour; `null` for those that no rule fits.
    pub behaviour: Option<String>,
    /// So many.
    pub customers: i64,
}

/// What is known of a customer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProfileJson {
    /// The currency of the amounts.
    pub currency: &'static str,
    /// Net revenue of the last twelve months.
    pub revenue: String,
    /// That of the twelve before.
    pub revenue_before: String,
    /// Margin in per cent, as far as costs are known.
    pub margin: Option<String>,
    /// Growth in per cent.
    pub growth: Option<String>,
    /// Orders of the last twelve months.
    pub orders: i64,
    /// Those of them with a negotiated price.
    pub orders_negotiated: i64,
    /// How the customer behaves.
    pub behaviour: Option<String>,
}

pub(super) async fn list(State(app): State<App>) -> Reply {
    web::json(&load(&app).await?)
}

async fn load(app: &App) -> Outcome<BehavioursJson> {
    let tx = app.db().read().await?;
    let rule = |rule: BehaviourRule| RuleJson { name: rule.name, condition: rule.condition };
    let counts = queries::counts(&tx).await?.into_iter();
    Ok(BehavioursJson {
        rules: queries::behaviour_rules(&tx).await?.into_iter().map(rule).collect(),
        customers: counts.map(|(behaviour, customers, _)| CountJson { behaviour, customers }).collect(),
        at: queries::last(&tx).await?.map(kernel::Instant::to_rfc3339),
    })
}

pub(super) async fn set(State(app): State<App>, visitor: Visitor, Json(wanted): Json<SetBehaviours>) -> Reply {
    let rule = |rule: RuleJson| BehaviourRule { name: rule.name, condition: rule.condition };
    let rules: Vec<BehaviourRule> = wanted.rules.into_iter().map(rule).collect();
    let (ctx, rules, reason) = (&app.ctx(&visitor), &rules, wanted.reason.as_str());
    let done = app.write(|tx| async move { actions::propose_rules(&tx, ctx, rules, reason).await }).await?;
    web::json(&SetAnswer { is_in_force: done.state == SignoffState::Confirmed, change: done.id })
}

pub(super) async fn preview(State(app): State<App>, Json(wanted): Json<PreviewBehaviours>) -> Reply {
    let rule = |rule: RuleJson| BehaviourRule { name: rule.name, condition: rule.condition };
    let rules: Vec<BehaviourRule> = wanted.rules.into_iter().map(rule).collect();
    let moves = queries::moves(&app.db().read().await?, &rules).await?;
    let json =
        |(behaviour, moved): (Option<String>, Move)| MoveJson { behaviour, enter: moved.enter, leave: moved.leave };
    web::json(&moves.into_iter().map(json).collect::<Vec<_>>())
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Json(input): Json<BehaviourNote>,
) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), input.note.as_str());
    app.write(|tx| async move { actions::confirm_rules(&tx, ctx, id, note).await }).await?;
    web::no_content()
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Json(input): Json<BehaviourNote>,
) -> Reply {
    view::decline(&app, &visitor, Subject::Segments, id, &input.note).await?;
    web::no_content()
}

pub(super) async fn profile(State(app): State<App>, Path(company): Path<CompanyId>) -> Reply {
    let found = queries::profile(&app.db().read().await?, company).await?.ok_or(Failure::NotFound)?;
    web::json(&ProfileJson {
        currency: found.revenue.currency().code(),
        revenue: found.revenue.to_decimal(),
        revenue_before: found.revenue_before.to_decimal(),
        margin: found.margin.map(Rate::to_percent),
        growth: found.growth.map(Rate::to_percent),
        orders: found.orders,
        orders_negotiated: found.orders_negotiated,
        behaviour: found.behaviour,
    })
}
