//! Working out profiles, and setting the rules for behaviour.

use std::collections::{HashMap, HashSet};

use db::{Db, ReadTx, WriteTx};
use kernel::{CompanyId, Ctx, Fault, Instant, Outcome, Permission, ProductId, Quantity, SignoffId, UnitPrice};
use pricing::purchases;

use super::{BehaviourRule, ProductProfile, Profile, ProfileEvent, queries, rules, sensitivity, store};
use crate::signoffs::{self, Signoff, SignoffState, Subject};
use crate::{costs, policies};

/// The job that works out all profiles, once, as soon as it can.
pub(super) const SOON: &str = "negotiation.profiles_soon";

/// Has every profile worked out anew, after the answer: how long that takes grows with what the company has ever sold.
///
/// # Errors
/// The refusal `not-allowed`; a fault when the database fails.
pub async fn recompute_soon(tx: &WriteTx, ctx: &Ctx) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePolicy)?;
    Ok(tx.enqueue_once(ctx, SOON, &serde_json::Value::Null, ctx.now).await?)
}

/// Works out every profile anew from the orders of two years.
///
/// # Errors
/// A fault when the database fails, or stored rules cannot be read.
pub async fn recompute(tx: &WriteTx, ctx: &Ctx) -> Outcome<usize> {
    let since = ctx.now.plus(-costs::REVENUE_PERIOD);
    let years = purchases::queries::years(tx, since.plus(-costs::REVENUE_PERIOD), since).await?;
    let sold = purchases::queries::sold(tx, since).await?;
    let costs = costs_of(tx, &sold).await?;
    let currency = policies::queries::published(tx).await?.policy.currency;
    let mut profiles = rules::profiles(&years, &sold, &costs, currency);
    let named = rules::compiled(&queries::behaviour_rules(tx).await?)?;
    for profile in &mut profiles {
        profile.behaviour = rules::behaviour(&named, profile);
    }
    write(tx, ctx, &profiles, &products(&sold)).await?;
    Ok(profiles.len())
}

async fn costs_of(tx: &ReadTx, sold: &[(CompanyId, ProductId, Quantity)]) -> Outcome<HashMap<ProductId, UnitPrice>> {
    let ids: HashSet<ProductId> = sold.iter().map(|(_, product, _)| *product).collect();
    let ids: Vec<ProductId> = ids.into_iter().collect();
    let facts = catalog::products::queries::seller_facts_many(tx, &ids).await?;
    Ok(facts.into_iter().filter_map(|(id, facts)| Some((id, facts.cost?))).collect())
}

fn products(sold: &[(CompanyId, ProductId, Quantity)]) -> Vec<ProductProfile> {
    let mut all: HashMap<ProductId, ProductProfile> = HashMap::new();
    for (_, product, quantity) in sold {
        let profile = all.entry(*product).or_insert(ProductProfile {
            product: *product,
            sold: 0,
            customers: 0,
            sensitivity: None,
        });
        profile.sold = profile.sold.saturating_add(quantity.thousandths());
        profile.customers += 1;
    }
    let mut all: Vec<ProductProfile> = all.into_values().collect();
    all.sort_by_key(|profile| profile.product);
    all
}

async fn write(tx: &WriteTx, ctx: &Ctx, profiles: &[Profile], products: &[ProductProfile]) -> Outcome<()> {
    store::replace(tx, profiles, products, ctx.now).await?;
    tx.append(ctx, &ProfileEvent::Recomputed { customers: profiles.len(), at: ctx.now }).await?;
    Ok(())
}

/// Works out anew how the quantities sold of each product react to its price. The sales of a year are read before anything is
/// written, so that nobody waits for it.
///
/// # Errors
/// A fault when the database fails.
pub async fn learn_sensitivities(db: &Db, ctx: &Ctx) -> Outcome<()> {
    let all = sensitivity::since(&db.read().await?, ctx.now.plus(-costs::REVENUE_PERIOD)).await?;
    let all = &all;
    db.write(|tx| async move { store::replace_sensitivities(&tx, all, ctx.now).await }).await
}

/// Wants other rules that name behaviours; none at all: the usual ones. They are in force at once where nobody else could
/// confirm them; otherwise when somebody has. Customers get their new names a moment later ([`recompute_soon`]).
///
/// # Errors
/// Invalid fields, `reason` among them; the refusals of [`signoffs`]; `not-allowed`.
pub async fn propose_rules(tx: &WriteTx, ctx: &Ctx, wanted: &[BehaviourRule], reason: &str) -> Outcome<Signoff> {
    ctx.actor.must(Permission::ManagePolicy)?;
    rules::compiled(wanted)?;
    let text = serde_json::to_string(wanted).map_err(|e| Fault::because("writing down rules", e))?;
    let signoff = signoffs::actions::propose(tx, ctx, Subject::Segments, text, reason).await?;
    if signoff.state == SignoffState::Confirmed {
        set_rules(tx, ctx, wanted).await?;
    }
    Ok(signoff)
}

/// Confirms, as a second person, rules that wait: they are in force from now on.
///
/// # Errors
/// The refusals of [`signoffs`]; not found; `not-allowed`.
pub async fn confirm_rules(tx: &WriteTx, ctx: &Ctx, id: SignoffId, note: &str) -> Outcome<()> {
    let signoff = signoffs::actions::confirm(tx, ctx, Subject::Segments, id, note).await?;
    set_rules(tx, ctx, &rules::stored(&signoff.text)?).await
}

/// Sets the rules, and has all profiles worked out anew.
async fn set_rules(tx: &WriteTx, ctx: &Ctx, wanted: &[BehaviourRule]) -> Outcome<()> {
    store::set_rules(tx, wanted).await?;
    tx.append(ctx, &ProfileEvent::RulesSet).await?;
    recompute_soon(tx, ctx).await
}

/// When profiles have to be worked out next: now if they never were, else the night after the last time.
///
/// # Errors
/// A fault when the database fails.
pub async fn due(tx: &ReadTx, now: Instant) -> Outcome<bool> {
    let last = store::last(tx).await?;
    Ok(last.is_none_or(|last| now.micros() - last.micros() >= 20 * Instant::HOUR))
}
