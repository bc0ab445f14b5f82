//! Hashing passwords (argon2id) and making secret tokens.

use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use kernel::{Fault, Outcome};
use sha2::{Digest as _, Sha256};

use super::gate::{Lane, Place, in_slot};

/// OWASP's recommendation (Password Storage Cheat Sheet, 2024): 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;

fn argon2() -> Argon2<'static> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).expect("the parameters are in range");
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
}

fn hash(password: &str) -> Result<String, Fault> {
    let hash = argon2().hash_password(password.as_bytes());
    Ok(hash.map_err(|e| Fault::new(format!("hashing a password: {e}")))?.to_string())
}

/// Hashes a password for which nobody waits at a door. Takes tens of milliseconds on a thread of its own.
///
/// # Errors
/// A fault when there is no randomness.
pub async fn hash_password(password: &str) -> Outcome<String> {
    let password = password.to_owned();
    in_slot(Lane::Known, move || hash(&password)).await
}

/// Hashes a password for somebody who has a place.
pub(super) async fn hash_new(place: &Place, password: &str) -> Outcome<String> {
    let password = password.to_owned();
    place.work(move || hash(&password)).await
}

/// Whether `password` belongs to `hash`. Without a hash as much time passes, so that nobody learns who has an account.
pub(super) async fn password_fits(place: &Place, password: &str, hash: Option<String>) -> Outcome<bool> {
    let password = password.to_owned();
    let fits = place.work(move || {
        let Some(hash) = hash else {
            let _ = argon2().hash_password(password.as_bytes());
            return Ok(false);
        };
        let hash = PasswordHash::new(&hash).map_err(|e| Fault::new(format!("reading a password hash: {e}")))?;
        Ok(argon2().verify_password(password.as_bytes(), &hash).is_ok())
    });
    fits.await
}

/// A secret that its owner carries; we keep the SHA-256. 256 random bits need no slow hash.
#[derive(Debug, Clone)]
pub struct Secret {
    /// What the owner gets.
    pub token: String,
    /// What the database keeps.
    pub hash: String,
}

impl Secret {
    /// A new secret from the operating system's randomness.
    ///
    /// # Errors
    /// A fault when there is none.
    pub fn new() -> Outcome<Self> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|e| Fault::new(format!("taking randomness: {e}")))?;
        let token = hex(&bytes);
        Ok(Self { hash: Self::hash_of(&token), token })
    }

    /// What the database keeps of `token`.
    pub fn hash_of(token: &str) -> String {
        hex(&Sha256::digest(token.as_bytes()))
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}
