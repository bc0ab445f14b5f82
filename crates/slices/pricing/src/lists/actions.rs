//! Changing price lists.

use std::collections::BTreeSet;

use catalog::Texts;
use db::WriteTx;
use kernel::{CompanyId, Ctx, Date, Failure, Invalid, Outcome, Permission, PriceListId, UnitPrice};
use parties::companies;
use pricing_engine::Tier;

use super::{ListEvent, ListPrice, ListRefusal, NewList, PriceList, Written, queries, rules, store};
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
    let wanted: BTreeSet<&str> = new.iter().filter_map(|list| list.scope.group()).collect();
    if !groups::ready(tx, &wanted).await? {
        return Err(Invalid::field("price_group", "price-list-group").into());
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

/// Sets many prices of a list with few statements: new ones, and in place of old ones. For the system only, which sets up an
/// installation or rebuilds a history; everybody else goes by the guard of prices.
///
/// # Errors
/// As [`write`].
pub async fn put_many(tx: &WriteTx, ctx: &Ctx, id: PriceListId, prices: &[ListPrice]) -> Outcome<()> {
    ctx.actor.must(Permission::RunSystem)?;
    let written = |p: &ListPrice| Written { product: p.product, from: p.tier.from, price: Some(p.tier.price) };
    write(tx, ctx, id, &prices.iter().map(written).collect::<Vec<_>>()).await
}

/// Writes prices that the guard has let through. It does not ask again, so nobody but `price_lists::changes` calls this
/// (`cargo xtask tidy` looks).
///
/// # Errors
/// Invalid `prices` when one is in another currency than the list, negative or from no quantity; not found; the refusal
/// `not-allowed`.
pub async fn write(tx: &WriteTx, ctx: &Ctx, id: PriceListId, prices: &[Written]) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    let list = queries::list(tx, id).await?;
    for (place, written) in prices.iter().enumerate() {
        let at = |code| Failure::from(Invalid::field(format!("prices[{place}]"), code));
        if written.price.is_some_and(|price| price.currency() != list.currency) {
            return Err(at("currency-mismatch"));
        }
        if written.price.is_some_and(|price| !(0..=UnitPrice::MICROS_MAX).contains(&price.micros())) {
            return Err(at("price-negative"));
        }
        if written.from.thousandths() <= 0 {
            return Err(at("quantity-positive"));
        }
    }
    let Some(first) = prices.first() else { return Ok(()) };
    let set = prices.iter().filter_map(|written| {
        Some(ListPrice { product: written.product, tier: Tier { from: written.from, price: written.price? } })
    });
    store::put_prices(tx, id, &set.collect::<Vec<_>>()).await?;
    for gone in prices.iter().filter(|written| written.price.is_none()) {
        store::remove_price(tx, id, gone.product, gone.from.thousandths()).await?;
    }
    let is_one = prices.iter().all(|written| written.product == first.product);
    tx.append(ctx, &ListEvent::Priced(id, is_one.then_some(first.product))).await?;
    Ok(())
}
