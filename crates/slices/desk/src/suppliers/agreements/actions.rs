//! Writing agreements.

use db::{ReadTx, WriteTx};
use kernel::{Actor, AgreementId, Ctx, Failure, Invalid, Outcome, Permission};
use terms::agreements::{Agreement, store};

use super::AgreementEvent;
use super::typed::AgreementText;
use crate::suppliers::SupportRefusal;

/// Most rows of one file.
pub const ROWS_MAX: usize = 5_000;

/// Adds an agreement. Its id and version are given here.
///
/// # Errors
/// Invalid fields; the refusal `not-allowed`.
pub async fn create(tx: &WriteTx, ctx: &Ctx, new: &Agreement) -> Outcome<AgreementId> {
    ctx.actor.must(Permission::ManagePrices)?;
    check(new).check()?;
    let agreement = Agreement { id: AgreementId::new(ctx), ..new.clone() };
    store::insert(tx, &agreement).await?;
    tell(tx, ctx, "supplier-agreement.created", agreement.id.to_string()).await?;
    Ok(agreement.id)
}

/// Changes an agreement. `version` is the one that was read.
///
/// # Errors
/// As [`create`]; not found; [`SupportRefusal::AgreementChanged`].
pub async fn change(tx: &WriteTx, ctx: &Ctx, agreement: &Agreement) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    store::load(tx, agreement.id).await?.ok_or(Failure::NotFound)?;
    check(agreement).check()?;
    if !store::update(tx, agreement).await? {
        return Err(SupportRefusal::AgreementChanged.into());
    }
    tell(tx, ctx, "supplier-agreement.changed", agreement.id.to_string()).await
}

/// Removes an agreement. What was decided with it stays as it was decided.
///
/// # Errors
/// Not found; the refusal `not-allowed`.
pub async fn remove(tx: &WriteTx, ctx: &Ctx, id: AgreementId) -> Outcome<()> {
    ctx.actor.must(Permission::ManagePrices)?;
    store::load(tx, id).await?.ok_or(Failure::NotFound)?;
    store::remove(tx, id).await?;
    tell(tx, ctx, "supplier-agreement.removed", id.to_string()).await
}

/// Adds the agreements of a CSV file with a head: `supplier,sku,brand,basis,unit,currency,period,valid_from,valid_until,
/// bought,bought_on,steps`, where steps are `1000:0.50 2000:0.80`. All or none.
///
/// # Errors
/// Invalid `[row].field`, rows counted as spreadsheets do; the refusal `not-allowed`.
pub async fn import(tx: &WriteTx, ctx: &Ctx, catalog: &catalog::Catalog, csv: &str) -> Outcome<usize> {
    ctx.actor.must(Permission::ManagePrices)?;
    let mut invalid = Invalid::default();
    let mut agreements = Vec::new();
    let rows = super::typed::rows(csv)?;
    if rows.is_empty() || rows.len() > ROWS_MAX {
        return Err(Invalid::field("csv", "agreement-csv").into());
    }
    for (row, text) in rows {
        match text.read(catalog, ctx.today()).and_then(|agreement| check(&agreement).check().map(|()| agreement)) {
            Ok(agreement) => agreements.push(agreement),
            Err(Failure::Invalid(wrong)) => {
                for error in wrong.fields {
                    invalid = invalid.and(format!("[{row}].{}", error.field), error.code, error.args);
                }
            }
            Err(other) => return Err(other),
        }
    }
    invalid.check()?;
    for agreement in &agreements {
        create(tx, ctx, agreement).await?;
    }
    Ok(agreements.len())
}

/// What is wrong with an agreement.
pub fn check(agreement: &Agreement) -> Invalid {
    let mut invalid = Invalid::default();
    let length = agreement.supplier.chars().count();
    if length == 0 {
        invalid = invalid.and("supplier", "required", Vec::new());
    }
    if length > 200 {
        invalid = invalid.and("supplier", "text-too-long", vec![("most", "200".into())]);
    }
    if agreement.product.is_some() == agreement.brand.is_some() {
        invalid = invalid.and("sku", "agreement-about", Vec::new());
    }
    if agreement.valid_until < agreement.valid_from {
        invalid = invalid.and("valid_until", "agreement-dates", Vec::new());
    }
    if agreement.bought < 0 {
        invalid = invalid.and("bought", "not-a-number", Vec::new());
    }
    let rises = agreement
        .steps
        .windows(2)
        .all(|pair| pair[0].reaches < pair[1].reaches && pair[0].per_unit.micros() < pair[1].per_unit.micros());
    let positive = agreement.steps.iter().all(|step| step.reaches > 0 && step.per_unit.micros() > 0);
    if agreement.steps.is_empty() || agreement.steps.len() > 20 || !rises || !positive {
        invalid = invalid.and("steps", "agreement-steps", Vec::new());
    }
    invalid
}

/// Every agreement.
///
/// # Errors
/// The refusal `not-allowed`.
pub async fn all(tx: &ReadTx, actor: &Actor) -> Outcome<Vec<Agreement>> {
    actor.must(Permission::ManagePrices)?;
    store::all(tx).await
}

/// One agreement.
///
/// # Errors
/// Not found; the refusal `not-allowed`.
pub async fn one(tx: &ReadTx, actor: &Actor, id: AgreementId) -> Outcome<Agreement> {
    actor.must(Permission::ManagePrices)?;
    store::load(tx, id).await?.ok_or(Failure::NotFound)
}

async fn tell(tx: &WriteTx, ctx: &Ctx, kind: &'static str, subject: String) -> Outcome<()> {
    Ok(tx.append(ctx, &AgreementEvent { kind, subject }).await?)
}

/// The text of an agreement, to be read.
pub type Typed = AgreementText;
