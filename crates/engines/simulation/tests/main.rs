//! What runs, duels, fits and suggestions promise.
//!
//! One binary for all files: it is compiled and linked once.

mod arms;
mod calibration;
mod common;
mod duel;
mod duel_probing;
mod mining;
mod runs;
