//! What the tests of the whole program share.
//!
//! * [`migrations`]: the schema.
//! * [`statements`]: every SQL statement of the workspace, found in its source.
#![warn(missing_docs)]

pub mod migrations;
pub mod statements;

use std::path::{Path, PathBuf};

/// The root of the checkout.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("the package lies in the checkout").to_owned()
}
