//! What is believed, as JSON.

use kernel::Outcome;
use negotiation_engine::{Features, Lever};
use schemars::JsonSchema;
use serde::Serialize;
use terms::beliefs::{Belief, queries, rules};
use web::{App, Reply, State};

/// What is believed of a segment.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct BeliefJson {
    /// The segment; `null` for all customers together.
    pub segment: Option<String>,
    /// Offers from which was learnt.
    pub outcomes: i64,
    /// Of them, taken.
    pub taken: i64,
    /// When was learnt last, RFC 3339.
    pub learnt_at: String,
    /// For each lever the chance that such an offer at the asked price is taken.
    pub levers: Vec<ChanceJson>,
}

/// A chance in per cent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ChanceJson {
    /// The lever.
    pub lever: &'static str,
    /// The most likely value.
    pub percent: i64,
    /// The lower bound of the interval in which it lies with 95 %.
    pub low: i64,
    /// The upper bound.
    pub high: i64,
}

fn json(belief: &Belief) -> Outcome<BeliefJson> {
    let chance = |lever: Lever| {
        let at_ask = Features { gap: 0, extra_value: 0, earlier: 0, lever };
        let chance = belief.chance(&at_ask)?;
        Ok(ChanceJson { lever: lever.code(), percent: chance.percent, low: chance.low, high: chance.high })
    };
    Ok(BeliefJson {
        segment: Some(belief.segment.clone()).filter(|segment| !segment.is_empty()),
        outcomes: belief.outcomes,
        taken: belief.taken,
        learnt_at: belief.learnt_at.to_rfc3339(),
        levers: rules::levers().map(chance).collect::<Outcome<_>>()?,
    })
}

pub(super) async fn list(State(app): State<App>) -> Reply {
    let beliefs = queries::beliefs(&app.db().read().await?).await?;
    web::json(&beliefs.iter().map(json).collect::<Outcome<Vec<_>>>()?)
}
