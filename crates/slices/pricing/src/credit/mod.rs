//! How much of a company's credit is taken.
//!
//! Gross is compared with gross: the limit is a sum of money that may be owed, and what is owed is owed with tax. What
//! counts are orders that are not completed, as far as they are not paid in advance. **Not known here** are invoices of
//! completed orders that are still unpaid: whoever shows these figures says so. A limit of zero means that none was set.

pub mod actions;
pub mod queries;
mod store;
#[cfg(test)]
mod tests;

use kernel::{Amount, CompanyId};

/// What one order takes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CreditUse {
    /// The order's number.
    pub order_number: String,
    /// Whose order.
    pub company: CompanyId,
    /// Gross, without what is paid in advance.
    pub gross: Amount,
}

/// A company's credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Credit {
    /// How much may be open, gross.
    pub limit: Amount,
    /// What open orders take, gross.
    pub used: Amount,
}

impl Credit {
    /// What is left, gross; below zero when more is taken than may be.
    pub fn free(&self) -> Amount {
        let left = self.limit.minor().saturating_sub(self.used.minor());
        Amount::new(left, self.limit.currency())
    }

    /// By how much `more`, gross, goes over the limit; `None` while it stays within, or nothing is taken.
    pub fn exceeded_by(&self, more: Amount) -> Option<Amount> {
        let over = more.minor().saturating_sub(self.free().minor());
        (more.minor() > 0 && over > 0).then(|| Amount::new(over, self.limit.currency()))
    }
}
