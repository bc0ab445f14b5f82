//! Prices: groups, lists, contracts, and what was paid.
//!
//! * [`groups`] and [`lists`] are what a pricing manager sets: general lists, lists of a group or company, contracts.
//! * [`prices`] resolves a buyer's price inside a transaction: the authoritative answer, for orders and negotiations.
//! * [`PriceBook`] answers the same from memory, for pages; it follows the event log. Both ask the same engine.
//! * [`Buyers`] remembers what a company's prices and taxes depend on.
//! * `office` is the start page of the seller's office.
//! * [`credit`] how much of a company's credit is taken, gross.
//! * [`purchases`] remembers what was really paid: last price, revenue, largest quantity.
#![warn(missing_docs)]

mod book;
mod buyer;
mod buyers;
pub mod credit;
pub mod groups;
pub mod lists;
mod office;
pub mod prices;
pub mod purchases;
#[cfg(test)]
mod world;

pub use book::PriceBook;
pub use buyer::PriceBuyer;
pub use buyers::{Buyer, Buyers};

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] = &[
    db::migration!("pricing", "0001_pricing"),
    db::migration!("pricing", "0002_purchase_sums"),
    db::migration!("pricing", "0003_credit"),
    db::migration!("pricing", "0004_held"),
];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[lists::ListRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    prices::routes().merge(office::routes())
}
