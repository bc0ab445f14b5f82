//! The SQL of what is believed.
//!
//! floats: the state of a statistical model, stored as JSON.

use db::{ReadTx, Row, WriteTx, params};
use kernel::{Fault, Outcome};
use serde::{Deserialize, Serialize};
use statistics::logistic::{Model, Parts};

use super::Belief;

db::sql! {
    ALL = "SELECT segment, parts, outcomes, taken, learnt_at FROM buyer_model ORDER BY segment";
    ONE = "SELECT segment, parts, outcomes, taken, learnt_at FROM buyer_model WHERE segment = $1";
    FOR = "SELECT segment, parts, outcomes, taken, learnt_at FROM buyer_model WHERE segment IN ($1, '')
        ORDER BY segment DESC LIMIT 1";
    PUT = "INSERT INTO buyer_model (segment, parts, outcomes, taken, learnt_at) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (segment) DO UPDATE SET parts = excluded.parts, outcomes = excluded.outcomes,
        taken = excluded.taken, learnt_at = excluded.learnt_at";
}

/// A model as it is written down.
#[derive(Serialize, Deserialize)]
struct Stored {
    mean: Vec<f64>,
    covariance: Vec<f64>,
    prior_variances: Vec<f64>,
    retention: f64,
}

fn from_row(row: &Row) -> Result<Belief, Fault> {
    let (segment, text): (String, String) = (row.get("segment")?, row.get("parts")?);
    let fault = |e: &dyn std::fmt::Display| Fault::new(format!("reading the buyer model of {segment:?}: {e}"));
    let Stored { mean, covariance, prior_variances, retention } = serde_json::from_str(&text).map_err(|e| fault(&e))?;
    let model = Model::from_parts(Parts { mean, covariance, prior_variances, retention });
    Ok(Belief {
        model: model.map_err(|e| fault(&format!("{e:?}")))?,
        outcomes: row.get("outcomes")?,
        taken: row.get("taken")?,
        learnt_at: row.get("learnt_at")?,
        segment,
    })
}

/// What is believed, by segment; all customers together first.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<Belief>> {
    Ok(tx.all(ALL, params![]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

/// What is believed of exactly this segment.
pub async fn one(tx: &ReadTx, segment: &str) -> Outcome<Option<Belief>> {
    Ok(tx.optional(ONE, params![segment]).await?.as_ref().map(from_row).transpose()?)
}

/// That of a segment, else that of all customers, whose name sorts first.
pub(super) async fn for_segment(tx: &ReadTx, segment: &str) -> Outcome<Option<Belief>> {
    Ok(tx.optional(FOR, params![segment]).await?.as_ref().map(from_row).transpose()?)
}

/// Writes down what is believed of a segment, in place of what was.
pub async fn put(tx: &WriteTx, belief: &Belief) -> Outcome<()> {
    let Parts { mean, covariance, prior_variances, retention } = belief.model.parts();
    let stored = Stored { mean, covariance, prior_variances, retention };
    let text = serde_json::to_string(&stored).map_err(|e| Fault::because("writing down a buyer model", e))?;
    let values = params![belief.segment, text, belief.outcomes, belief.taken, belief.learnt_at];
    Ok(tx.execute(PUT, values).await.map(|_| ())?)
}
