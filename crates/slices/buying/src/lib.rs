//! Buying: named carts with bound deals, and the checkout up to the order itself.
//!
//! * [`carts`] holds what a person wants to buy and prices it: list price, or the price of an agreed offer for as long as
//!   its conditions hold.
//! * [`checkout`] asks where to, when and on which terms. Placing the order is ordering's business.
#![warn(missing_docs)]

pub mod carts;
pub mod checkout;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[db::migration!("buying", "0001_carts")];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[carts::CartRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    carts::routes().merge(checkout::routes())
}
