#![warn(missing_docs)]
//! The pricing engine: which price a buyer gets, and what a line and a total come to.
//!
//! Pure values in, a value out: no I/O, no clock, no floats. Money is integer, computed in `i128` and checked; no input
//! makes it panic.
//!
//! * [`resolve`] picks the price ladder: contract before company before group before general; within one scope the best
//!   price at every quantity. The [`Explanation`] names every list that was looked at and what became of it.
//! * [`line_net`] and [`Totals::form`] are the only places where money is rounded.
//! * [`tax::rule`] says which tax applies, and by which law.

mod ladder;
mod resolve;
pub mod tax;
mod totals;

pub use ladder::{Ladder, ListInfo, ListRef, Scope, Tier};
pub use resolve::{Candidate, Entry, Explanation, Resolved, Verdict, resolve};
pub use totals::{Totals, line_net};
