//! What people do with their own account and their company's: profile, password, sessions, colleagues, units, addresses.

pub(crate) mod api;
mod data;
pub(crate) mod pages;
mod parse;

use db::ReadTx;
use kernel::{Ctx, Failure, Outcome};

use crate::addresses::{self, Address};
use crate::companies::{self, Company};
use crate::people::{self, Member};
use crate::units::{self, OrgUnit};

/// A company with everything that belongs to its account.
pub struct Account {
    /// The company.
    pub company: Company,
    /// Its sales rep.
    pub rep: Option<Member>,
    /// Its units.
    pub units: Vec<OrgUnit>,
    /// Its people.
    pub people: Vec<Member>,
    /// Its addresses.
    pub addresses: Vec<Address>,
}

/// The account of the actor's own company.
///
/// # Errors
/// The refusal `no-company`.
pub async fn own(tx: &ReadTx, ctx: &Ctx) -> Outcome<Account> {
    let id = ctx.actor.company()?;
    let company = companies::queries::company(tx, id).await?.ok_or(Failure::NotFound)?;
    of(tx, company).await
}

/// The account of a company. For staff.
///
/// # Errors
/// A fault when the database fails.
pub async fn of(tx: &ReadTx, company: Company) -> Outcome<Account> {
    let rep = match company.rep {
        Some(rep) => people::queries::member(tx, rep).await?,
        None => None,
    };
    Ok(Account {
        rep,
        units: units::of_company(tx, company.id).await?,
        people: people::queries::of_company(tx, company.id).await?,
        addresses: addresses::of_company(tx, company.id).await?,
        company,
    })
}
