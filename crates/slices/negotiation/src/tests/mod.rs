//! Negotiations on both databases, through the same commands that people use.

mod policies;
mod requests;

use db::Migration;

pub(crate) use crate::testing::{World, text};
pub(crate) use terms::testing::{CHEAP, FIXED, NO_COST, NO_PRICE, NOW, VALVE, code, eur, pieces};

pub(crate) fn migrations() -> Vec<Migration> {
    [parties::MIGRATIONS, catalog::MIGRATIONS, pricing::MIGRATIONS, terms::MIGRATIONS, crate::MIGRATIONS].concat()
}
