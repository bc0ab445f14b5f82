//! Who trades here: companies with their units, addresses and people, and how people sign in.
//!
//! * [`companies`] the firms that buy, with terms (currency, payment days, credit limit), segment and sales rep.
//! * [`vat`] whether their VAT ids were confirmed.
//! * [`units`] their branches, [`addresses`] where goods and invoices go.
//! * [`people`] buyers, company admins and the seller's own staff; [`sessions`] signing in and out, forgotten passwords.
//! * [`settings`] what a browser keeps: theme, density, language.
//! * [`account`] and [`office`] are the pages and JSON over these, for the company itself and for the seller.
#![warn(missing_docs)]

pub mod account;
pub mod addresses;
mod changes;
pub mod companies;
mod names;
pub mod office;
pub mod people;
pub mod sessions;
pub mod settings;
mod sign_out;
pub mod units;
pub mod vat;

#[cfg(test)]
mod tests;

use kernel::RefusalInfo;

pub use names::fold;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("parties", "0001_parties"),
    db::migration!("parties", "0002_access"),
    db::migration!("parties", "0003_vat_confirmation"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] =
    &[sessions::SignInRefusal::ALL, people::PeopleRefusal::ALL, addresses::AddressRefusal::ALL, vat::VatRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    sessions::pages::routes()
        .merge(sessions::api::routes())
        .merge(settings::routes())
        .merge(account::pages::routes())
        .merge(account::api::routes())
        .merge(office::pages::routes())
        .merge(office::api::routes())
        .merge(vat::routes())
}

/// The handlers of this slice's jobs, for the runner of the application.
pub fn handlers(runner: jobs::Runner, app: &web::App) -> jobs::Runner {
    sessions::links::handlers(runner, app)
}
