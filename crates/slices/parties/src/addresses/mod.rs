//! Where goods and invoices go.

mod store;

use db::{ReadTx, WriteTx};
use kernel::{AddressId, CompanyId, Country, Ctx, Failure, Invalid, Outcome, UnitId};
use serde::{Deserialize, Serialize};

use crate::companies::CompanyEvent;
use crate::units::may_manage;

/// A postal address of a company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Address {
    /// Its id.
    pub id: AddressId,
    /// Whose it is.
    pub company: CompanyId,
    /// The unit it belongs to.
    pub unit: Option<UnitId>,
    /// Its code, unique in the company.
    pub code: String,
    /// The name on the label.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: Country,
    /// Invoices may go here.
    pub is_billing: bool,
    /// Goods may go here.
    pub is_shipping: bool,
    /// A note for the driver.
    pub note: String,
}

impl Address {
    /// The address on one line.
    pub fn one_line(&self) -> String {
        format!("{}, {}, {} {}, {}", self.name, self.street, self.postal_code, self.city, self.country)
    }
}

/// What is typed for an address.
#[derive(Debug, Clone)]
pub struct NewAddress {
    /// The unit it belongs to.
    pub unit: Option<UnitId>,
    /// Its code.
    pub code: String,
    /// The name on the label.
    pub name: String,
    /// Street and number.
    pub street: String,
    /// Postal code.
    pub postal_code: String,
    /// City.
    pub city: String,
    /// Country.
    pub country: Country,
    /// Invoices may go here.
    pub is_billing: bool,
    /// Goods may go here.
    pub is_shipping: bool,
    /// A note for the driver.
    pub note: String,
}

kernel::refusals! {
    /// Why an address cannot be changed.
    pub enum AddressRefusal {
        /// The company's only address for goods, or for invoices, cannot be removed.
        LastAddress = "address-last" => Conflict,
    }
}

/// The present addresses of a company, by code.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_company(tx: &ReadTx, company: CompanyId) -> Outcome<Vec<Address>> {
    store::of_company(tx, company).await
}

/// One present address of a company; another company's is not there.
///
/// # Errors
/// A fault when the database fails.
pub async fn address(tx: &ReadTx, company: CompanyId, id: AddressId) -> Outcome<Option<Address>> {
    store::by_id(tx, company, id).await
}

/// Adds an address.
///
/// # Errors
/// Invalid fields; the refusal `not-allowed`; not found.
pub async fn create(tx: &WriteTx, ctx: &Ctx, company: CompanyId, new: &NewAddress) -> Outcome<AddressId> {
    may_manage(ctx, company)?;
    let mut invalid = Invalid::default();
    let texts = [
        ("code", &new.code, 20),
        ("name", &new.name, 120),
        ("street", &new.street, 120),
        ("postal_code", &new.postal_code, 12),
        ("city", &new.city, 80),
    ];
    for (field, text, most) in texts {
        if text.trim().is_empty() {
            invalid = invalid.and(field, "required", Vec::new());
        } else if text.chars().count() > most {
            invalid = invalid.and(field, "too-long", vec![("most", most.to_string())]);
        }
    }
    if !new.is_billing && !new.is_shipping {
        invalid = invalid.and("is_shipping", "address-use", Vec::new());
    }
    invalid.check()?;
    let id = AddressId::new(ctx);
    let done = store::insert(tx, id, company, new).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("code", "taken").into()))?;
    tx.append(ctx, &CompanyEvent::Changed(company)).await?;
    Ok(id)
}

/// Adds many addresses with few statements, for imports.
///
/// # Errors
/// Invalid `code` when one is taken.
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, new: &[(CompanyId, NewAddress)]) -> Outcome<Vec<AddressId>> {
    ctx.actor.must(kernel::Permission::ManageCompanies)?;
    let rows: Vec<(AddressId, CompanyId, NewAddress)> =
        new.iter().map(|(company, a)| (AddressId::new(ctx), *company, a.clone())).collect();
    let done = store::insert_many(tx, &rows).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("code", "taken").into()))?;
    Ok(rows.into_iter().map(|(id, _, _)| id).collect())
}

/// Takes an address out of use; orders that went there keep it.
///
/// # Errors
/// [`AddressRefusal`]; the refusal `not-allowed`; not found.
pub async fn archive(tx: &WriteTx, ctx: &Ctx, company: CompanyId, id: AddressId) -> Outcome<()> {
    may_manage(ctx, company)?;
    let all = store::of_company(tx, company).await?;
    let Some(address) = all.iter().find(|a| a.id == id) else { return Err(Failure::NotFound) };
    let others = || all.iter().filter(|a| a.id != id);
    if (address.is_shipping && !others().any(|a| a.is_shipping))
        || (address.is_billing && !others().any(|a| a.is_billing))
    {
        return Err(AddressRefusal::LastAddress.into());
    }
    store::archive(tx, company, id, ctx.now).await?;
    tx.append(ctx, &CompanyEvent::Changed(company)).await?;
    Ok(())
}
