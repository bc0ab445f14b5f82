//! Changing companies.

use db::WriteTx;
use kernel::{Amount, CompanyId, Country, Ctx, Failure, Invalid, Outcome, Permission, UserId, VatId};

use super::{Company, CompanyEvent, NewCompany, queries, store};
use crate::changes::PeopleRefusal;

/// Longest payment term that can be agreed, in days.
pub const PAYMENT_DAYS_MAX: i64 = 180;

/// Creates a company.
///
/// # Errors
/// Invalid `number` when it is taken; the refusal `not-allowed`.
pub async fn create(tx: &WriteTx, ctx: &Ctx, new: &NewCompany) -> Outcome<CompanyId> {
    let ids = create_many(tx, ctx, std::slice::from_ref(new)).await?;
    Ok(ids[0])
}

/// Creates many companies with few statements.
///
/// # Errors
/// As [`create`].
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, new: &[NewCompany]) -> Outcome<Vec<CompanyId>> {
    ctx.actor.must(Permission::ManageCompanies)?;
    for company in new {
        check_terms(company.payment_days, company.credit_limit_minor)?;
    }
    let rows: Vec<(CompanyId, NewCompany)> = new.iter().map(|company| (CompanyId::new(ctx), company.clone())).collect();
    let done = store::insert_many(tx, ctx, &rows).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("number", "taken").into()))?;
    for (id, _) in &rows {
        tx.append(ctx, &CompanyEvent::Created(*id)).await?;
    }
    Ok(rows.into_iter().map(|(id, _)| id).collect())
}

fn check_terms(payment_days: i64, credit_limit_minor: i64) -> Outcome<()> {
    let mut invalid = Invalid::default();
    if !(0..=PAYMENT_DAYS_MAX).contains(&payment_days) {
        invalid = invalid.and("payment_days", "payment-days", vec![("most", PAYMENT_DAYS_MAX.to_string())]);
    }
    if credit_limit_minor < 0 {
        invalid = invalid.and("credit_limit", "not-negative", Vec::new());
    }
    invalid.check()
}

/// What staff may change about a company.
#[derive(Debug, Clone)]
pub struct CompanyChange {
    /// The version that was read; another one means that somebody was faster.
    pub version: i64,
    /// The name.
    pub name: String,
    /// The VAT identification number.
    pub vat_id: Option<VatId>,
    /// Where it is taxed.
    pub country: Country,
    /// The segment.
    pub segment: String,
    /// The price group.
    pub price_group: Option<String>,
    /// Days from invoice to payment.
    pub payment_days: i64,
    /// How much may be open, in minor units of the company's currency.
    pub credit_limit_minor: i64,
    /// The sales rep.
    pub rep: Option<UserId>,
    /// Excluded from negotiation.
    pub is_negotiation_blocked: bool,
}

/// Changes a company.
///
/// # Errors
/// Not found; invalid terms; the refusals `not-allowed` and `stale`.
pub async fn update(tx: &WriteTx, ctx: &Ctx, id: CompanyId, change: &CompanyChange) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCompanies)?;
    check_terms(change.payment_days, change.credit_limit_minor)?;
    let company = queries::company(tx, id).await?.ok_or(Failure::NotFound)?;
    if company.version != change.version {
        return Err(PeopleRefusal::Stale.into());
    }
    let credit_limit = Amount::new(change.credit_limit_minor, company.currency);
    let changed = Company {
        // The store finds out whether the new one was ever confirmed.
        vat_confirmed_on: None,
        name: change.name.clone(),
        vat_id: change.vat_id.clone(),
        country: change.country.clone(),
        segment: change.segment.clone(),
        price_group: change.price_group.clone(),
        payment_days: change.payment_days,
        credit_limit,
        rep: change.rep,
        is_negotiation_blocked: change.is_negotiation_blocked,
        ..company
    };
    store::update(tx, &changed).await?;
    tx.append(ctx, &CompanyEvent::Changed(id)).await?;
    Ok(())
}
