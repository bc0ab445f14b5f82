//! What the program as a whole promises.
//!
//! One binary for all files, because each would link everything there is.

mod access;
mod backup;
mod figures;
mod full_disk;
mod guardrails;
mod kill;
mod new_installation;
mod numbers;
mod permissions;
mod published;
mod real_data;
mod refusals_json;
mod sql;
mod story_json;
mod strict;
