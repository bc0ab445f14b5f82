//! Where goods and invoices go.

mod store;

use db::{ReadTx, WriteTx};
use kernel::{AddressId, CompanyId, Country, Ctx, Failure, Invalid, Outcome, UnitId, text};
use serde::{Deserialize, Serialize};

use crate::companies::CompanyEvent;
use crate::units::{self, may_manage};

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
        let place = format!("{} {}", self.postal_code, self.city);
        format!("{}, {}, {}, {}", self.name, self.street, place.trim(), self.country)
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
    let new = &checked(tx, company, new).await?;
    let id = AddressId::new(ctx);
    let done = store::insert(tx, id, company, new).await;
    done.map_err(|e| e.on_unique(|| Invalid::field("code", "taken").into()))?;
    tx.append(ctx, &CompanyEvent::Changed(company)).await?;
    Ok(id)
}

/// An address as it is stored, if it may be: texts of a length that fits on a label, a postal code where the country has them,
/// and a unit of the company's own.
async fn checked(tx: &WriteTx, company: CompanyId, new: &NewAddress) -> Outcome<NewAddress> {
    let mut invalid = Invalid::default();
    let mut must = |field, text, most| invalid.take(field, text::required_line(text, most)).unwrap_or_default();
    let code = must("code", &new.code, 20);
    let name = must("name", &new.name, text::NAME_MAX);
    let street = must("street", &new.street, 120);
    let city = must("city", &new.city, 80);
    let postal_code = if new.country.has_postal_codes() {
        must("postal_code", &new.postal_code, 12)
    } else {
        invalid.take("postal_code", text::line(&new.postal_code, 12)).unwrap_or_default()
    };
    let note = invalid.take("note", text::note(&new.note, text::NOTE_MAX)).unwrap_or_default();
    if !new.is_billing && !new.is_shipping {
        invalid = invalid.and("is_shipping", "address-use", Vec::new());
    }
    invalid.check()?;
    if let Some(unit) = new.unit {
        units::must_be_of(tx, company, unit).await?;
    }
    Ok(NewAddress { code, name, street, postal_code, city, note, ..new.clone() })
}

/// Adds many addresses with few statements, for imports.
///
/// # Errors
/// As [`create`].
pub async fn create_many(tx: &WriteTx, ctx: &Ctx, new: &[(CompanyId, NewAddress)]) -> Outcome<Vec<AddressId>> {
    ctx.actor.must(kernel::Permission::ManageCompanies)?;
    let mut rows = Vec::with_capacity(new.len());
    for (company, address) in new {
        rows.push((AddressId::new(ctx), *company, checked(tx, *company, address).await?));
    }
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
