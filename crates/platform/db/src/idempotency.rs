//! A repeated command gives the first answer again. The key is kept in the command's own transaction, so there is no
//! moment at which the command is done but its key unknown.

use kernel::{Ctx, Fault, Instant, Invalid, Outcome};
use sha2::{Digest as _, Sha256};

use crate::{ReadTx, WriteTx, params, sql};

/// Longest key that is taken.
const KEY_MAX: usize = 80;
/// How long answers are kept.
const KEPT: i64 = 3 * Instant::DAY;

kernel::refusals! {
    /// Why a command with an `Idempotency-Key` is refused.
    pub enum KeyRefusal {
        /// The idempotency key was used for another command.
        Reused = "idempotency-key-reused" => Conflict,
    }
}

sql! {
    FIND = "SELECT fingerprint, result FROM idempotency WHERE scope = $1 AND key = $2";
    KEEP = "INSERT INTO idempotency (scope, key, fingerprint, result, at) VALUES ($1, $2, $3, $4, $5)";
    FORGET = "DELETE FROM idempotency WHERE at < $1";
}

/// The key of a command, with what the command was about.
#[derive(Debug, Clone)]
pub struct Key {
    scope: String,
    key: String,
    fingerprint: String,
}

impl Key {
    /// A key as the client sent it, in the scope of one person and kind of command. `about` is everything that makes
    /// two commands the same.
    ///
    /// # Errors
    /// Invalid `Idempotency-Key`.
    pub fn new(ctx: &Ctx, command: &str, key: &str, about: &str) -> Outcome<Self> {
        let printable = !key.is_empty() && key.len() <= KEY_MAX && key.bytes().all(|b| b.is_ascii_graphic());
        if !printable {
            return Err(Invalid::field("Idempotency-Key", "idempotency-key").into());
        }
        let scope = format!("{} {command}", ctx.actor.user()?);
        let fingerprint = Sha256::digest(about.as_bytes()).iter().map(|b| format!("{b:02x}")).collect();
        Ok(Self { scope, key: key.to_owned(), fingerprint })
    }

    /// What the command gave when it was done before.
    ///
    /// # Errors
    /// [`KeyRefusal::Reused`] when the key belongs to another command.
    pub async fn done_before(&self, tx: &ReadTx) -> Outcome<Option<String>> {
        let Some(row) = tx.optional(FIND, params![self.scope, self.key]).await? else { return Ok(None) };
        if row.get::<String>("fingerprint")? != self.fingerprint {
            return Err(KeyRefusal::Reused.into());
        }
        Ok(Some(row.get("result")?))
    }

    /// Keeps what the command gives.
    ///
    /// # Errors
    /// A passing fault when the same command was done in this very moment: tried again, it finds the answer.
    pub async fn keep(&self, tx: &WriteTx, ctx: &Ctx, result: &str) -> Outcome<()> {
        let done = tx.execute(KEEP, params![self.scope, self.key, self.fingerprint, result, ctx.now]).await;
        done.map_err(|e| e.on_unique(|| Fault::new("the same command at the same moment").passing().into()))?;
        // Old answers go now and then, without a job of their own: one command in sixty-four sweeps.
        if ctx.now.micros() % 64 == 0 {
            tx.execute(FORGET, params![ctx.now.plus(-KEPT)]).await?;
        }
        Ok(())
    }
}
