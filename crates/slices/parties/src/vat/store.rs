//! The SQL of confirmations.

use db::{WriteTx, params};
use kernel::{CompanyId, Ctx, Outcome};

use super::Confirmation;

db::sql! {
    PUT = "INSERT INTO vat_confirmation (company_id, vat_id, confirmed_on, reference, person_id, at)
        VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (company_id, vat_id) DO UPDATE SET
        confirmed_on = excluded.confirmed_on, reference = excluded.reference, person_id = excluded.person_id,
        at = excluded.at";
}

pub(super) async fn put(tx: &WriteTx, ctx: &Ctx, company: CompanyId, new: &Confirmation) -> Outcome<()> {
    let values = params![company, new.vat_id, new.on, new.reference, ctx.actor.user, ctx.now];
    Ok(tx.execute(PUT, values).await.map(|_| ())?)
}
