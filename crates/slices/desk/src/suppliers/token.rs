//! The secret in a supplier's link: 256 bits from the operating system; the database keeps its SHA-256.

use kernel::{Fault, Outcome};
use sha2::{Digest as _, Sha256};

/// A new token.
///
/// # Errors
/// A fault when the system gives no randomness.
pub(super) fn new() -> Outcome<String> {
    let mut bytes = [0_u8; 32];
    getrandom::fill(&mut bytes).map_err(|e| Fault::new(format!("taking randomness: {e}")))?;
    Ok(hex(&bytes))
}

/// What the database keeps of a token.
pub(super) fn hash(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
