//! The SQL of units.

use db::{ReadTx, WriteTx, params};
use kernel::{CompanyId, Fault, Outcome};

use super::OrgUnit;

db::sql! {
    OF_COMPANY = "SELECT id, company_id, parent_id, code, name FROM unit WHERE company_id = $1 ORDER BY code";
    INSERT = "INSERT INTO unit (id, company_id, parent_id, code, name) VALUES ($1, $2, $3, $4, $5)";
}

pub(super) async fn of_company(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<OrgUnit>> {
    let rows = tx.all(OF_COMPANY, params![company]).await?;
    let units = rows.iter().map(|row| {
        Ok(OrgUnit {
            id: row.get("id")?,
            company: row.get("company_id")?,
            parent: row.get("parent_id")?,
            code: row.get("code")?,
            name: row.get("name")?,
        })
    });
    Ok(units.collect::<Result<_, Fault>>()?)
}

pub(super) async fn insert(tx: &WriteTx, unit: &OrgUnit) -> Result<u64, db::DbError> {
    tx.execute(INSERT, params![unit.id, unit.company, unit.parent, unit.code, unit.name]).await
}
