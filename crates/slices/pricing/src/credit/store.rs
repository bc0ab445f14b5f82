//! The SQL of credit.

use db::{DbError, ReadTx, Value, WriteTx, params};
use kernel::{Amount, CompanyId, Currency, Outcome};

use super::CreditUse;

db::sql! {
    USED = "SELECT CAST(COALESCE(SUM(gross_minor), 0) AS BIGINT) AS gross FROM credit_use
        WHERE company_id = $1 AND currency = $2";
    REMOVE = "DELETE FROM credit_use WHERE order_number = $1";
}

const INSERT: &str = "INSERT INTO credit_use (order_number, company_id, currency, gross_minor) VALUES";

pub(super) async fn used(tx: &ReadTx, company: CompanyId, currency: Currency) -> Outcome<Amount> {
    Ok(Amount::new(tx.one(USED, params![company, currency]).await?.get("gross")?, currency))
}

pub(super) async fn insert_many(tx: &WriteTx, uses: &[CreditUse]) -> Result<u64, DbError> {
    let row =
        |of: &CreditUse| -> Vec<Value> { params![of.order_number, of.company, of.gross.currency(), of.gross.minor()] };
    tx.insert_many(INSERT, "", uses.iter().map(row).collect()).await
}

pub(super) async fn remove(tx: &WriteTx, order_number: &str) -> Outcome<()> {
    Ok(tx.execute(REMOVE, params![order_number]).await.map(|_| ())?)
}
