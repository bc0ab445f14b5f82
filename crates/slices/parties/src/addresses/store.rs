//! The SQL of addresses.

use db::{ReadTx, Row, Value, WriteTx, params};
use kernel::{AddressId, CompanyId, Fault, Instant, Outcome};

use super::{Address, NewAddress};

db::sql! {
    OF_COMPANY = "SELECT id, company_id, unit_id, code, name, street, postal_code, city, country, is_billing, is_shipping, note
        FROM address WHERE company_id = $1 AND archived_at IS NULL ORDER BY code";
    BY_ID = "SELECT id, company_id, unit_id, code, name, street, postal_code, city, country, is_billing, is_shipping, note
        FROM address WHERE company_id = $1 AND id = $2 AND archived_at IS NULL";
    ARCHIVE = "UPDATE address SET archived_at = $3 WHERE company_id = $1 AND id = $2 AND archived_at IS NULL";
}

const INSERT_HEAD: &str =
    "INSERT INTO address (id, company_id, unit_id, code, name, street, postal_code, city, country,
    is_billing, is_shipping, note) VALUES";

fn from_row(row: &Row) -> Result<Address, Fault> {
    Ok(Address {
        id: row.get("id")?,
        company: row.get("company_id")?,
        unit: row.get("unit_id")?,
        code: row.get("code")?,
        name: row.get("name")?,
        street: row.get("street")?,
        postal_code: row.get("postal_code")?,
        city: row.get("city")?,
        country: row.get("country")?,
        is_billing: row.get("is_billing")?,
        is_shipping: row.get("is_shipping")?,
        note: row.get("note")?,
    })
}

pub(super) async fn of_company(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<Address>> {
    Ok(tx.all(OF_COMPANY, params![company]).await?.iter().map(from_row).collect::<Result<_, _>>()?)
}

pub(super) async fn by_id(tx: &ReadTx, company: CompanyId, id: AddressId) -> Outcome<Option<Address>> {
    Ok(tx.optional(BY_ID, params![company, id]).await?.as_ref().map(from_row).transpose()?)
}

fn values(id: AddressId, company: CompanyId, new: &NewAddress) -> Vec<Value> {
    params![
        id,
        company,
        new.unit,
        new.code.trim(),
        new.name.trim(),
        new.street.trim(),
        new.postal_code.trim(),
        new.city.trim(),
        new.country,
        new.is_billing,
        new.is_shipping,
        new.note.trim(),
    ]
}

pub(super) async fn insert(
    tx: &WriteTx,
    id: AddressId,
    company: CompanyId,
    new: &NewAddress,
) -> Result<u64, db::DbError> {
    tx.insert_many(INSERT_HEAD, "", vec![values(id, company, new)]).await
}

pub(super) async fn insert_many(tx: &WriteTx, new: &[(AddressId, CompanyId, NewAddress)]) -> Result<u64, db::DbError> {
    let rows = new.iter().map(|(id, company, address)| values(*id, *company, address)).collect();
    tx.insert_many(INSERT_HEAD, "", rows).await
}

pub(super) async fn archive(tx: &WriteTx, company: CompanyId, id: AddressId, now: Instant) -> Outcome<()> {
    Ok(tx.update_one(ARCHIVE, params![company, id, now]).await?)
}
