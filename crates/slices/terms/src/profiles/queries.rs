//! Reading profiles.

use std::collections::{BTreeMap, HashMap};

use db::ReadTx;
use kernel::{CompanyId, Instant, Outcome, ProductId};

use super::{BehaviourRule, ProductProfile, Profile, rules, store};

/// What is known of a customer; `None` for one that has not bought in two years, or not yet been looked at.
///
/// # Errors
/// A fault when the database fails.
pub async fn profile(tx: &ReadTx, company: CompanyId) -> Outcome<Option<Profile>> {
    store::by_company(tx, company).await
}

/// How much some products sold; those never sold are left out.
///
/// # Errors
/// A fault when the database fails.
pub async fn products(tx: &ReadTx, ids: &[ProductId]) -> Outcome<HashMap<ProductId, ProductProfile>> {
    Ok(store::products(tx, ids).await?.into_iter().map(|profile| (profile.product, profile)).collect())
}

/// The rules that name behaviours: those of the seller, else the usual ones.
///
/// # Errors
/// A fault when the database fails.
pub async fn behaviour_rules(tx: &ReadTx) -> Outcome<Vec<BehaviourRule>> {
    let own = store::rules(tx).await?;
    Ok(if own.is_empty() { rules::usual() } else { own })
}

/// How many customers behave in each way, and their revenue in minor units of the policy's currency.
///
/// # Errors
/// A fault when the database fails.
pub async fn counts(tx: &ReadTx) -> Outcome<Vec<(Option<String>, i64, i64)>> {
    store::counts(tx).await
}

/// How many customers would behave in each way by other rules.
///
/// # Errors
/// Invalid rules; a fault when the database fails.
pub async fn counts_by(tx: &ReadTx, wanted: &[BehaviourRule]) -> Outcome<BTreeMap<Option<String>, i64>> {
    let named = rules::compiled(wanted)?;
    let mut counts = BTreeMap::new();
    for profile in store::all(tx).await? {
        *counts.entry(rules::behaviour(&named, &profile)).or_default() += 1;
    }
    Ok(counts)
}

/// When profiles were worked out last.
///
/// # Errors
/// A fault when the database fails.
pub async fn last(tx: &ReadTx) -> Outcome<Option<Instant>> {
    store::last(tx).await
}
