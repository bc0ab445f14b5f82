//! Learning from what became of offers.

use std::collections::HashMap;

use db::WriteTx;
use kernel::{Fault, Instant, Outcome, PolicyId};
use negotiation::negotiations::Negotiation;
use negotiation::negotiations::queries::inputs;
use negotiation::negotiations::store::{Filter, Order, list, rounds};
use negotiation::offers::OfferState;
use negotiation_engine::{Features, Policy};
use terms::beliefs::{self, Belief, rules};
use terms::policies;
use web::App;

use super::store;

/// Negotiations in one transaction.
const BATCH: i64 = 100;

/// Learns from every negotiation that was closed since.
///
/// # Errors
/// A fault when the database fails.
pub async fn follow(app: &App) -> Outcome<()> {
    let now = app.now();
    while app.write(|tx| async move { learn(&tx, BATCH, now).await }).await? == BATCH {}
    Ok(())
}

/// Learns from up to `limit` closed negotiations, in the order in which they were closed, and says from how many.
///
/// # Errors
/// A fault when the database fails.
pub async fn learn(tx: &WriteTx, limit: i64, now: Instant) -> Outcome<i64> {
    let ids = store::pending(tx, limit).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let filter = Filter { ids: Some(ids.clone()), ..Filter::default() };
    let mut all: HashMap<_, _> =
        list(tx, &filter, Order::Newest, limit, 0).await?.into_iter().map(|n| (n.id, n)).collect();
    let mut learner = Learner { tx, now, policies: HashMap::new(), beliefs: HashMap::new() };
    for id in &ids {
        if let Some(n) = all.remove(id) {
            learner.learn(&n).await?;
        }
        store::mark(tx, *id).await?;
    }
    for belief in learner.beliefs.values() {
        beliefs::store::put(tx, belief).await?;
    }
    Ok(i64::try_from(ids.len()).unwrap_or(limit))
}

/// What is believed while learning: written down at the end.
struct Learner<'a> {
    tx: &'a WriteTx,
    now: Instant,
    policies: HashMap<PolicyId, Policy>,
    beliefs: HashMap<String, Belief>,
}

impl Learner<'_> {
    async fn learn(&mut self, n: &Negotiation) -> Outcome<()> {
        for row in rounds(self.tx, n.id).await? {
            // Suggestions to a person are nothing that the buyer saw.
            if row.decision.is_empty() || row.outcome.ends_with("waiting") {
                continue;
            }
            let inputs = inputs(&row, self.policy(row.policy).await?)?;
            let known = inputs.features();
            let made = n.offers.iter().filter(|offer| offer.made_at == row.at && offer.made_by.is_none());
            for offer in made.filter(|offer| offer.state.was_shown()) {
                let Some((_, features)) = known.iter().find(|(lever, _)| *lever == offer.offer.lever) else { continue };
                self.update(&inputs.position.customer.segment, features, offer.state == OfferState::Taken).await?;
            }
        }
        Ok(())
    }

    async fn policy(&mut self, id: PolicyId) -> Outcome<Policy> {
        if let Some(known) = self.policies.get(&id) {
            return Ok(known.clone());
        }
        let version = policies::queries::version(self.tx, id).await?;
        let policy = version.ok_or_else(|| Fault::new("a decision names a policy that is not there"))?.policy;
        self.policies.insert(id, policy.clone());
        Ok(policy)
    }

    /// The segment first, so that a new one begins with what was believed of all before this outcome.
    async fn update(&mut self, segment: &str, features: &Features, is_taken: bool) -> Outcome<()> {
        let vector = rules::vector(features);
        for segment in [segment, ""] {
            let mut belief = self.belief(segment).await?;
            belief.model.update(&vector, is_taken).map_err(|e| Fault::new(format!("learning: {e:?}")))?;
            belief.outcomes += 1;
            belief.taken += i64::from(is_taken);
            belief.learnt_at = self.now;
            self.beliefs.insert(segment.to_owned(), belief);
        }
        Ok(())
    }

    async fn belief(&self, segment: &str) -> Outcome<Belief> {
        if let Some(known) = self.known(segment).await? {
            return Ok(known);
        }
        let all = if segment.is_empty() { None } else { self.known("").await? };
        let model = match all {
            Some(all) => rules::beginning(&all.model),
            None => rules::unlearnt(),
        };
        let model = model.map_err(|e| Fault::new(format!("beginning a buyer model: {e:?}")))?;
        Ok(Belief { segment: segment.to_owned(), model, outcomes: 0, taken: 0, learnt_at: self.now })
    }

    async fn known(&self, segment: &str) -> Outcome<Option<Belief>> {
        match self.beliefs.get(segment) {
            Some(known) => Ok(Some(known.clone())),
            None => beliefs::store::one(self.tx, segment).await,
        }
    }
}
