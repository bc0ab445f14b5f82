//! Reading profiles.

use std::collections::{BTreeMap, HashMap};

use db::ReadTx;
use kernel::{CompanyId, Instant, Outcome, ProductId};

use super::{BehaviourRule, Move, ProductProfile, Profile, rules, store};

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

/// How many customers would behave in each way by other rules; none at all are the usual ones.
///
/// # Errors
/// Invalid rules; a fault when the database fails.
pub async fn counts_by(tx: &ReadTx, wanted: &[BehaviourRule]) -> Outcome<BTreeMap<Option<String>, i64>> {
    let named = if wanted.is_empty() { rules::compiled(&rules::usual())? } else { rules::compiled(wanted)? };
    let mut counts = BTreeMap::new();
    for profile in store::all(tx).await? {
        *counts.entry(rules::behaviour(&named, &profile)).or_default() += 1;
    }
    Ok(counts)
}

/// Who comes to each behaviour and who leaves it by other rules than those in force; none at all are the usual ones.
///
/// # Errors
/// Invalid rules; a fault when the database fails.
pub async fn moves(tx: &ReadTx, wanted: &[BehaviourRule]) -> Outcome<BTreeMap<Option<String>, Move>> {
    let after = if wanted.is_empty() { rules::compiled(&rules::usual())? } else { rules::compiled(wanted)? };
    let before = rules::compiled(&behaviour_rules(tx).await?)?;
    Ok(rules::moves(&before, &after, &store::all(tx).await?))
}

/// When profiles were worked out last.
///
/// # Errors
/// A fault when the database fails.
pub async fn last(tx: &ReadTx) -> Outcome<Option<Instant>> {
    store::last(tx).await
}
