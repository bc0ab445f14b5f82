//! What the engine promises.
//!
//! One binary for all files: it is compiled and linked once.

mod common;
mod desk;
mod hostile;
mod levers;
mod levers_properties;
mod probing;
mod properties;
mod replays;
mod sealed;
mod table;
