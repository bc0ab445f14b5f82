#![warn(missing_docs)]
//! The pricing engine: which price a buyer gets, and what a line and a total come to.
//!
//! Pure values in, a value out: no I/O, no clock, no floats. Money is integer, computed in `i128` and checked; no input
//! makes it panic.
//!
//! * [`resolve`] picks the price ladder: at every quantity contract before company before group before general, within one
//!   scope the best price; no step holds below its quantity. The [`Explanation`] names every list that was looked at and what became of it.
//! * [`line_net`] and [`Totals::form`] are the only places where money is rounded.
//! * [`dues`] says what of an order is due when, where its lines are paid on different terms.
//! * [`tax::rule`] says which tax applies, and by which law.

mod dues;
mod ladder;
mod resolve;
pub mod tax;
mod totals;

pub use dues::{Due, dues, on_credit};
pub use ladder::{Ladder, ListInfo, ListRef, Scope, Tier};
pub use resolve::{Candidate, Entry, Explanation, Resolved, Verdict, resolve};
pub use totals::{Totals, line_net};
