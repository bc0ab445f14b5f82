//! What the tests of the whole program share.
//!
//! * [`client`], [`page`]: a person's browser without script. [`api`]: a program that has read the OpenAPI document.
//! * [`figures`]: the same figure is the same wherever it stands.
//! * [`migrations`]: the schema.
//! * [`world`]: a small company in a running program; [`process`]: the program as a process of its own.
//! * [`statements`]: every SQL statement of the workspace, found in its source.
#![warn(missing_docs)]

pub mod api;
pub mod client;
pub mod figures;
pub mod migrations;
pub mod page;
pub mod process;
pub mod statements;
pub mod world;

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the checkout").to_owned()
}
