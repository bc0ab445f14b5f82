//! Changing price lists.

use std::collections::BTreeSet;

use catalog::Texts;
use db::WriteTx;
use kernel::{CompanyId, Ctx, Date, Failure, Invalid, Outcome, Permission, PriceListId, ProductId, UnitPrice};
use parties::companies;
use pricing_engine::Tier;

use super::{ListEvent, ListPrice, ListRefusal, NewList, PriceList, queries, rules, store};
use crate::groups;

/// Creates a list without prices.
///
/// # Errors
/// Invalid fields (`code` also when it is taken); the refusal `not-allowed`.
pub async fn create(tx: &WriteTx, ctx: &Ctx, new: &NewList) -> Outcome<PriceListId> {
    let ids = create_many(tx, ctx, std::slice::from_ref(new)).await?;
    ids.first().copied().ok_or_else(|| kernel::Fault::new("creating one list gave none").into())
}

/// Creates many lists with few statements, for imports. Their ids are in the order of `new`.
///
/// # Errors
/// As [`create`]; the first list that is wrong is the one reported.
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, new: &[NewList]) -> Outcome<Vec<PriceListId>> {
    ctx.actor.must(Permission::ManagePrices)?;
    new.iter().try_for_each(|list| rules::check(list).check())?;
    check_targets(tx, new).await?;
    let rows: Vec<(PriceListId, &NewList)> = new.iter().map(|list| (PriceListId::new(ctx), list)).collect();
    let done = store::insert_many(tx, ctx, &rows).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("code", "price-list-code-taken").into()))?;
    for (id, _) in &rows {
        tx.append(ctx, &ListEvent::Created(*id)).await?;
    }
    Ok(rows.into_iter().map(|(id, _)| id).collect())
}

/// Groups and companies that lists are for must be there.
async fn check_targets(tx: &WriteTx, new: &[NewList]) -> Outcome<()> {
    if new.iter().any(|list| list.scope.group().is_some()) {
        let known: BTreeSet<String> = groups::all(tx).await?.into_iter().map(|group| group.code).collect();
        if new.iter().filter_map(|list| list.scope.group()).any(|group| !known.contains(group)) {
            return Err(Invalid::field("price_group", "price-list-group").into());
        }
    }
    let wanted: BTreeSet<CompanyId> = new.iter().filter_map(|list| list.scope.company()).collect();
    for company in wanted {
        if companies::queries::company(tx, company).await?.is_none() {
            return Err(Invalid::field("company", "price-list-company").into());
        }
    }
    Ok(())
}

/// What may change of a list once it is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListChange {
    /// Its name.
    pub name: Texts,
    /// First day.
    pub valid_from: Option<Date>,
    /// Last day.
    pub valid_until: Option<Date>,
    /// The version that was read.
    pub version: i64,
}

/// Changes name and validity.
///
/// # Errors
/// Invalid fields; [`ListRefusal::Changed`] when somebody else was faster; not found; the refusal `not-allowed`.
pub async fn change(tx: &WriteTx, ctx: &Ctx, id: PriceListId, change: &ListChange) -> Outcome<PriceList> {
    ctx.actor.must(Permission::ManagePrices)?;
    let old = queries::list(tx, id).await?;
    let (scope, code, currency) = (old.scope.clone(), old.code.clone(), old.currency);
    let (valid_from, valid_until) = (change.valid_from, change.valid_until);
    rules::check(&NewList { code, name: change.name.clone(), scope, currency, valid_from, valid_until }).check()?;
    let list = PriceList { name: change.name.clone(), valid_from, valid_until, version: change.version, ..old };
    if !store::update(tx, &list).await? {
        return Err(ListRefusal::Changed.into());
    }
    tx.append(ctx, &ListEvent::Changed(id)).await?;
    Ok(PriceList { version: list.version + 1, ..list })
}

/// Sets many prices of a list with few statements, for imports: new ones, and in place of old ones.
///
/// # Errors
/// Invalid `prices` when one is in another currency than the list, or negative; not found; the refusal `not-allowed`.
pub async fn put_many(tx: &WriteTx, ctx: &Ctx, id: PriceListId, prices: &[ListPrice]) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    let list = queries::list(tx, id).await?;
    for (place, price) in prices.iter().enumerate() {
        let at = |code| Failure::from(Invalid::field(format!("prices[{place}]"), code));
        if price.tier.price.currency() != list.currency {
            return Err(at("currency-mismatch"));
        }
        if !(0..=UnitPrice::MICROS_MAX).contains(&price.tier.price.micros()) {
            return Err(at("price-negative"));
        }
        if price.tier.from.thousandths() <= 0 {
            return Err(at("quantity-positive"));
        }
    }
    if !prices.is_empty() {
        store::put_prices(tx, id, prices).await?;
        tx.append(ctx, &ListEvent::Priced(id, None)).await?;
    }
    Ok(())
}

/// Replaces all steps of one product; no steps remove it from the list.
///
/// # Errors
/// As [`put_many`].
pub async fn replace(tx: &WriteTx, ctx: &Ctx, id: PriceListId, product: ProductId, steps: &[Tier]) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    queries::list(tx, id).await?;
    store::remove_product(tx, id, product).await?;
    let prices: Vec<ListPrice> = steps.iter().map(|tier| ListPrice { product, tier: *tier }).collect();
    if prices.is_empty() {
        tx.append(ctx, &ListEvent::Priced(id, Some(product))).await?;
        return Ok(());
    }
    put_many(tx, ctx, id, &prices).await
}

/// Sets the price of one step that was read as `old`.
///
/// # Errors
/// [`ListRefusal::Changed`] when it is another by now; the refusal `not-allowed`.
pub async fn set_price(tx: &WriteTx, ctx: &Ctx, id: PriceListId, old: &ListPrice, new: UnitPrice) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    if !store::set_price(tx, id, old, new).await? {
        return Err(ListRefusal::Changed.into());
    }
    tx.append(ctx, &ListEvent::Priced(id, Some(old.product))).await?;
    Ok(())
}

/// Removes one step.
///
/// # Errors
/// Not found; the refusal `not-allowed`.
pub async fn remove_price(tx: &WriteTx, ctx: &Ctx, id: PriceListId, product: ProductId, from: i64) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    if !store::remove_price(tx, id, product, from).await? {
        return Err(Failure::NotFound);
    }
    tx.append(ctx, &ListEvent::Priced(id, Some(product))).await?;
    Ok(())
}

/// Removes many steps, for imports; those that are not there are no mistake.
///
/// # Errors
/// The refusal `not-allowed`.
pub async fn remove_many(tx: &WriteTx, ctx: &Ctx, id: PriceListId, steps: &[(ProductId, i64)]) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    for (product, from) in steps {
        store::remove_price(tx, id, *product, *from).await?;
    }
    if !steps.is_empty() {
        tx.append(ctx, &ListEvent::Priced(id, None)).await?;
    }
    Ok(())
}
