#![warn(missing_docs)]
//! Policies tried on past and invented buyers.
