//! The SQL of agreements.

use db::{ReadTx, Row, Statement, WriteTx, params};
use kernel::{AgreementId, Date, Fault, Outcome, UnitPrice};

use super::{Agreement, Basis, Period, Step};

const SELECT: &str = "SELECT id, supplier, product_id, brand, basis, unit, currency, period, valid_from, valid_until,
    bought, bought_on, version FROM supplier_agreement";

db::sql! {
    INSERT = "INSERT INTO supplier_agreement (id, supplier, product_id, brand, basis, unit, currency, period, valid_from,
        valid_until, bought, bought_on, version) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 1)";
    UPDATE = "UPDATE supplier_agreement SET supplier = $3, product_id = $4, brand = $5, basis = $6, unit = $7, currency = $8,
        period = $9, valid_from = $10, valid_until = $11, bought = $12, bought_on = $13, version = version + 1
        WHERE id = $1 AND version = $2";
    REMOVE = "DELETE FROM supplier_agreement WHERE id = $1";
    INSERT_STEP = "INSERT INTO supplier_agreement_step (agreement_id, position, reaches, per_unit_micros)
        VALUES ($1, $2, $3, $4)";
    DROP_STEPS = "DELETE FROM supplier_agreement_step WHERE agreement_id = $1";
}

/// Stores a new agreement with its steps.
pub async fn insert(tx: &WriteTx, agreement: &Agreement) -> Outcome<()> {
    let (from, until) = (agreement.valid_from, agreement.valid_until);
    let values = params![
        agreement.id,
        agreement.supplier,
        agreement.product,
        agreement.brand,
        agreement.basis.code(),
        agreement.unit,
        agreement.currency,
        agreement.period.code(),
        from,
        until,
        agreement.bought,
        agreement.bought_on,
    ];
    tx.execute(INSERT, values).await?;
    insert_steps(tx, agreement).await
}

async fn insert_steps(tx: &WriteTx, agreement: &Agreement) -> Outcome<()> {
    for (step, position) in agreement.steps.iter().zip(1_i64..) {
        tx.execute(INSERT_STEP, params![agreement.id, position, step.reaches, step.per_unit.micros()]).await?;
    }
    Ok(())
}

/// Writes it as it is now; says whether `agreement.version` was still the present one.
pub async fn update(tx: &WriteTx, agreement: &Agreement) -> Outcome<bool> {
    let values = params![
        agreement.id,
        agreement.version,
        agreement.supplier,
        agreement.product,
        agreement.brand,
        agreement.basis.code(),
        agreement.unit,
        agreement.currency,
        agreement.period.code(),
        agreement.valid_from,
        agreement.valid_until,
        agreement.bought,
        agreement.bought_on,
    ];
    if tx.execute(UPDATE, values).await? == 0 {
        return Ok(false);
    }
    tx.execute(DROP_STEPS, params![agreement.id]).await?;
    insert_steps(tx, agreement).await?;
    Ok(true)
}

/// Removes an agreement with its steps.
pub async fn remove(tx: &WriteTx, id: AgreementId) -> Outcome<()> {
    tx.execute(DROP_STEPS, params![id]).await?;
    Ok(tx.update_one(REMOVE, params![id]).await?)
}

/// Every agreement, by supplier.
pub async fn all(tx: &ReadTx) -> Outcome<Vec<Agreement>> {
    read(tx, Statement::new(SELECT)).await
}

/// Agreements that hold on a day.
pub(super) async fn valid(tx: &ReadTx, on: Date) -> Outcome<Vec<Agreement>> {
    read(tx, Statement::new(SELECT).filter("valid_from <= ? AND valid_until >= ?", params![on, on])).await
}

/// An agreement, if it is there.
pub async fn load(tx: &ReadTx, id: AgreementId) -> Outcome<Option<Agreement>> {
    Ok(read(tx, Statement::new(SELECT).filter("id = ?", params![id])).await?.pop())
}

async fn read(tx: &ReadTx, statement: Statement) -> Outcome<Vec<Agreement>> {
    let rows = tx.list(statement.then("ORDER BY supplier, valid_from, id", Vec::new())).await?;
    let mut all = rows.iter().map(from_row).collect::<Result<Vec<_>, _>>()?;
    if all.is_empty() {
        return Ok(all);
    }
    let ids: Vec<AgreementId> = all.iter().map(|agreement| agreement.id).collect();
    let steps = Statement::new("SELECT agreement_id, reaches, per_unit_micros FROM supplier_agreement_step");
    let steps = steps.filter_in("agreement_id", &ids).then("ORDER BY agreement_id, position", Vec::new());
    for row in tx.list(steps).await? {
        let id: AgreementId = row.get("agreement_id")?;
        let (reaches, micros) = (row.get("reaches")?, row.get("per_unit_micros")?);
        for agreement in all.iter_mut().filter(|agreement| agreement.id == id) {
            agreement.steps.push(Step { reaches, per_unit: UnitPrice::new(micros, agreement.currency) });
        }
    }
    Ok(all)
}

fn from_row(row: &Row) -> Result<Agreement, Fault> {
    let (basis, period): (String, String) = (row.get("basis")?, row.get("period")?);
    Ok(Agreement {
        id: row.get("id")?,
        supplier: row.get("supplier")?,
        product: row.get("product_id")?,
        brand: row.get("brand")?,
        basis: Basis::parse(&basis).ok_or_else(|| Fault::new(format!("supplier_agreement.basis is {basis}")))?,
        unit: row.get("unit")?,
        currency: row.get("currency")?,
        period: Period::parse(&period).ok_or_else(|| Fault::new(format!("supplier_agreement.period is {period}")))?,
        valid_from: row.get("valid_from")?,
        valid_until: row.get("valid_until")?,
        bought: row.get("bought")?,
        bought_on: row.get("bought_on")?,
        steps: Vec::new(),
        version: row.get("version")?,
    })
}
