//! Carts and the steps of checkout.
//!
//! * [`carts`]: several named carts per person, one of them current; lines, deals bound to lines, what everything costs,
//!   and what an order needs to know besides (addresses, terms, date, purchase order number).
//!
//! A cart's prices are never stored: they are worked out from the price lists and the agreed offers whenever the cart is
//! looked at, and once more in the transaction that orders it.
#![warn(missing_docs)]

pub mod carts;

use kernel::RefusalInfo;

/// The schema of this slice.
pub const MIGRATIONS: &[db::Migration] =
    &[db::migration!("buying", "0001_carts"), db::migration!("buying", "0002_undo")];

/// Every refusal of this slice.
pub const REFUSALS: &[&[RefusalInfo]] = &[carts::CartRefusal::ALL];

/// All routes of this slice.
pub fn routes() -> web::Routes {
    carts::routes()
}
