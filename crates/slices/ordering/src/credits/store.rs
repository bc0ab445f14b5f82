//! The SQL of credit notes.

use db::{ReadTx, Value, WriteTx, params};
use kernel::{Amount, CompanyId, Currency, Fault, Outcome};
use uuid::Uuid;

use super::{CreditNote, PastCredit, PastCreditLine};

db::sql! {
    LIST = "SELECT number, order_number, currency, net_minor, issued_at FROM credit_note WHERE company_id = $1
        ORDER BY issued_at DESC, id DESC LIMIT $2 OFFSET $3";
    COUNT = "SELECT COUNT(*) AS n FROM credit_note WHERE company_id = $1";
    KNOWN = "SELECT number FROM credit_note WHERE number = $1";
}

const INSERT_NOTE: &str =
    "INSERT INTO credit_note (id, number, company_id, order_number, source, currency, net_minor, issued_at) VALUES";
const INSERT_LINE: &str =
    "INSERT INTO credit_note_line (id, credit_note_id, position, product_id, sku, name, quantity, unit,
    price_micros, net_minor) VALUES";

pub(super) fn note_values(id: Uuid, past: &PastCredit, net: Amount) -> Vec<Value> {
    params![id, past.number, past.company, past.order_number, "import", past.currency, net.minor(), past.issued_at]
}

pub(super) fn line_values(id: Uuid, of: Uuid, position: i64, l: &PastCreditLine, net: Amount) -> Vec<Value> {
    params![
        id,
        of,
        position,
        l.product,
        l.sku,
        l.name,
        l.quantity.thousandths(),
        l.quantity.unit(),
        l.price.micros(),
        net.minor()
    ]
}

pub(super) async fn insert(tx: &WriteTx, notes: Vec<Vec<Value>>, lines: Vec<Vec<Value>>) -> Result<(), db::DbError> {
    tx.insert_many(INSERT_NOTE, "", notes).await?;
    tx.insert_many(INSERT_LINE, "", lines).await?;
    Ok(())
}

pub(super) async fn is_known(tx: &ReadTx, number: &str) -> Outcome<bool> {
    Ok(tx.optional(KNOWN, params![number]).await?.is_some())
}

pub(super) async fn list(tx: &ReadTx, company: CompanyId, limit: i64, offset: i64) -> Outcome<(Vec<CreditNote>, i64)> {
    let rows = tx.all(LIST, params![company, limit, offset]).await?;
    let notes = rows.iter().map(|row| {
        let currency: Currency = row.get("currency")?;
        Ok(CreditNote {
            number: row.get("number")?,
            order_number: row.get("order_number")?,
            net: Amount::new(row.get("net_minor")?, currency),
            issued_at: row.get("issued_at")?,
        })
    });
    let notes = notes.collect::<Result<_, Fault>>()?;
    Ok((notes, tx.one(COUNT, params![company]).await?.get("n")?))
}
