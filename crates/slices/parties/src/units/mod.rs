//! Branches and departments of a company, a tree.

mod store;

use db::{ReadTx, WriteTx};
use kernel::{CompanyId, Ctx, Failure, Invalid, Outcome, Permission, UnitId, text};

use crate::companies::CompanyEvent;

/// A branch or department.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrgUnit {
    /// Its id.
    pub id: UnitId,
    /// Whose it is.
    pub company: CompanyId,
    /// The unit above it.
    pub parent: Option<UnitId>,
    /// Its code, unique in the company.
    pub code: String,
    /// Its name.
    pub name: String,
}

/// A unit with its depth in the tree, in the order in which a tree is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitAt {
    /// The unit.
    pub unit: OrgUnit,
    /// Steps below the top.
    pub depth: usize,
}

/// The units of a company, by code.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_company(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<OrgUnit>> {
    store::of_company(tx, company).await
}

/// The units in reading order of the tree. Units whose parent is missing stand at the top.
pub fn tree(units: &[OrgUnit]) -> Vec<UnitAt> {
    let mut out = Vec::with_capacity(units.len());
    let is_top = |unit: &&OrgUnit| unit.parent.is_none_or(|parent| !units.iter().any(|u| u.id == parent));
    for top in units.iter().filter(is_top) {
        grow(units, top, 0, &mut out);
    }
    out
}

fn grow(units: &[OrgUnit], unit: &OrgUnit, depth: usize, out: &mut Vec<UnitAt>) {
    // A loop in the data ends here instead of growing for ever.
    if out.iter().any(|at| at.unit.id == unit.id) {
        return;
    }
    out.push(UnitAt { unit: unit.clone(), depth });
    for child in units.iter().filter(|u| u.parent == Some(unit.id)) {
        grow(units, child, depth + 1, out);
    }
}

/// Adds a unit to a company. Company admins for their own company, staff who manage companies for any.
///
/// # Errors
/// Invalid `name`, `code` or `parent`; the refusal `not-allowed`; not found.
pub async fn create(
    tx: &WriteTx,
    ctx: &Ctx,
    company: CompanyId,
    parent: Option<UnitId>,
    code: &str,
    name: &str,
) -> Outcome<UnitId> {
    may_manage(ctx, company)?;
    let mut invalid = Invalid::default();
    let name = invalid.take("name", text::name(name)).unwrap_or_default();
    let code = invalid.take("code", text::required_line(code, text::CODE_MAX)).unwrap_or_default();
    if let Some(parent) = parent
        && !store::of_company(tx, company).await?.iter().any(|u| u.id == parent)
    {
        invalid = invalid.and("parent", "choice", Vec::new());
    }
    invalid.check()?;
    let unit = OrgUnit { id: UnitId::new(ctx), company, parent, code, name };
    let done = store::insert(tx, &unit).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("code", "taken").into()))?;
    tx.append(ctx, &CompanyEvent::Changed(company)).await?;
    Ok(unit.id)
}

/// Refuses another company's unit, and one that is not there; the two are never told apart.
///
/// # Errors
/// Invalid `unit`.
pub async fn must_be_of(tx: &ReadTx, company: CompanyId, unit: UnitId) -> Outcome<()> {
    let known = store::of_company(tx, company).await?.iter().any(|u| u.id == unit);
    if known { Ok(()) } else { Err(Invalid::field("unit", "choice").into()) }
}

/// Who may change the account of `company`: its own admins, and staff who manage companies.
pub(crate) fn may_manage(ctx: &Ctx, company: CompanyId) -> Outcome<()> {
    if ctx.actor.may(Permission::ManageCompanies) {
        return Ok(());
    }
    if ctx.actor.company != Some(company) {
        return Err(Failure::NotFound);
    }
    ctx.actor.must(Permission::ManageCompany)
}
