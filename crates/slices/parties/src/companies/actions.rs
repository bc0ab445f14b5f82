//! Changing companies.

use std::collections::BTreeSet;

use db::WriteTx;
use kernel::{Amount, CompanyId, Country, Ctx, Failure, Invalid, Outcome, Permission, UserId, VatId, text};

use super::{Company, CompanyEvent, NewCompany, Word, queries, store};
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

/// Creates many companies with few statements. It is how a new installation is filled, so segments and price groups that are
/// not there come into being.
///
/// # Errors
/// As [`create`].
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, new: &[NewCompany]) -> Outcome<Vec<CompanyId>> {
    ctx.actor.must(Permission::ManageCompanies)?;
    for company in new {
        let mut invalid = Invalid::default();
        invalid.take("number", text::required_line(&company.number, text::CODE_MAX));
        invalid.take("name", text::name(&company.name));
        check_country(&mut invalid, company.vat_id.as_ref(), &company.country);
        check_terms(&mut invalid, company.payment_days, company.credit_limit_minor);
        invalid.check()?;
    }
    for rep in new.iter().filter_map(|company| company.rep).collect::<BTreeSet<_>>() {
        if !store::is_staff(tx, rep).await? {
            return Err(Invalid::field("rep", "choice").into());
        }
    }
    register(tx, Word::Segment, new.iter().map(|company| company.segment.as_str())).await?;
    register(tx, Word::PriceGroup, new.iter().filter_map(|company| company.price_group.as_deref())).await?;
    let rows: Vec<(CompanyId, NewCompany)> = new.iter().map(|company| (CompanyId::new(ctx), company.clone())).collect();
    let done = store::insert_many(tx, ctx, &rows).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("number", "taken").into()))?;
    for (id, _) in &rows {
        tx.append(ctx, &CompanyEvent::Created(*id)).await?;
    }
    Ok(rows.into_iter().map(|(id, _)| id).collect())
}

fn check_terms(invalid: &mut Invalid, payment_days: i64, credit_limit_minor: i64) {
    if !(0..=PAYMENT_DAYS_MAX).contains(&payment_days) {
        let args = vec![("most", PAYMENT_DAYS_MAX.to_string())];
        invalid.take::<(), kernel::WrongValue>("payment_days", Err(("payment-days", args)));
    }
    if credit_limit_minor < 0 {
        invalid.take::<(), kernel::WrongValue>("credit_limit", Err(("not-negative", Vec::new())));
    }
}

/// A country that there is, and a VAT number of that country: one of another would be taxed as what the company is not.
fn check_country(invalid: &mut Invalid, vat_id: Option<&VatId>, country: &Country) {
    let known = Country::known(country.as_str()).map_err(|code| (code, Vec::new()));
    invalid.take("country", known);
    if let Some(vat_id) = vat_id.filter(|id| !id.fits(country)) {
        let args = vec![("prefix", vat_id.country().to_owned()), ("country", country.to_string())];
        invalid.take::<(), kernel::WrongValue>("vat_id", Err(("vat-other-country", args)));
    }
}

/// Sees to it that segments or price groups are there. Called by whoever brings them: the first companies, price lists.
///
/// # Errors
/// Invalid field with a text that is none.
pub async fn register<'a>(tx: &WriteTx, word: Word, texts: impl Iterator<Item = &'a str>) -> Outcome<()> {
    let texts: BTreeSet<&str> = texts.filter(|text| !text.is_empty()).collect();
    let mut invalid = Invalid::default();
    for one in &texts {
        invalid.take(word.code(), text::line(one, text::CODE_MAX));
    }
    invalid.check()?;
    store::add_words(tx, word, &texts.into_iter().collect::<Vec<_>>()).await
}

/// Adds a segment or a price group in which companies may then be.
///
/// # Errors
/// Invalid field of the word's name; the refusal `not-allowed`.
pub async fn add_word(tx: &WriteTx, ctx: &Ctx, word: Word, typed: &str) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCompanies)?;
    let mut invalid = Invalid::default();
    let text = invalid.take(word.code(), text::required_line(typed, text::CODE_MAX)).unwrap_or_default();
    invalid.check()?;
    let done = store::add_word(tx, word, &text).await;
    done.map_err(|e| e.on_unique(|| Invalid::field(word.code(), "taken").into()))?;
    tx.append(ctx, &CompanyEvent::WordAdded(word, text)).await?;
    Ok(())
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
    let company = queries::company(tx, id).await?.ok_or(Failure::NotFound)?;
    let name = check_change(tx, &company, change).await?;
    if company.version != change.version {
        return Err(PeopleRefusal::Stale.into());
    }
    let credit_limit = Amount::new(change.credit_limit_minor, company.currency);
    let changed = Company {
        // The store finds out whether the new one was ever confirmed.
        vat_confirmed_on: None,
        name,
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

/// Whether a change may be, and the name as it is stored. What a company has already it may keep: it is from before it was
/// asked for.
async fn check_change(tx: &WriteTx, old: &Company, new: &CompanyChange) -> Outcome<String> {
    let mut invalid = Invalid::default();
    let name = invalid.take("name", text::name(&new.name)).unwrap_or_default();
    if (&old.vat_id, &old.country) != (&new.vat_id, &new.country) {
        check_country(&mut invalid, new.vat_id.as_ref(), &new.country);
    }
    check_terms(&mut invalid, new.payment_days, new.credit_limit_minor);
    let of_word = [
        (Word::Segment, Some(&old.segment), Some(&new.segment)),
        (Word::PriceGroup, old.price_group.as_ref(), new.price_group.as_ref()),
    ];
    for (word, old, new) in of_word {
        let Some(new) = new.filter(|new| Some(*new) != old) else { continue };
        if !queries::words(tx, word).await?.contains(new) {
            invalid = invalid.and(word.code(), "choice", Vec::new());
        }
    }
    if let Some(rep) = new.rep.filter(|rep| Some(*rep) != old.rep)
        && !store::is_staff(tx, rep).await?
    {
        invalid = invalid.and("rep", "choice", Vec::new());
    }
    invalid.check()?;
    Ok(name)
}
