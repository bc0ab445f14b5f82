//! How long sessions and links live, when signing in is slowed down, and what a password must be.

use kernel::{Instant, Outcome};

use super::SignInRefusal;

/// A session ends by itself after 14 days.
pub const SESSION_MICROS: i64 = 14 * Instant::DAY;
/// A mailed link to set a password works for two hours,
pub const RESET_MICROS: i64 = 2 * Instant::HOUR;
/// and one that invites a new colleague for a week.
pub const INVITATION_MICROS: i64 = 7 * Instant::DAY;
/// Shortest password (NIST SP 800-63B asks for 8 and against rules of composition; we ask for a little more).
pub const PASSWORD_MIN: usize = 10;
/// Longest password: hashing must not become a way to keep the server busy.
pub const PASSWORD_MAX: usize = 200;

/// Failures that cost nothing.
const FREE_FAILURES: i64 = 4;
/// Longest wait between two tries.
const WAIT_MAX: i64 = 15 * Instant::MINUTE;
/// Failures are forgotten after this long without one.
const FORGET: i64 = 12 * Instant::HOUR;

/// Whether another try is allowed after `failures` the last of which was at `last`: after the free ones the wait doubles
/// from two seconds to a quarter of an hour.
///
/// # Errors
/// [`SignInRefusal::Throttled`] with the seconds to wait.
pub fn may_try(failures: i64, last: Instant, now: Instant) -> Outcome<()> {
    let waited = now.since(last);
    if failures <= FREE_FAILURES || waited >= FORGET {
        return Ok(());
    }
    let doublings = u32::try_from((failures - FREE_FAILURES).clamp(1, 10)).unwrap_or(10);
    let wait = (Instant::SECOND * 2_i64.pow(doublings)).min(WAIT_MAX);
    if waited >= wait {
        return Ok(());
    }
    let seconds = (wait - waited + Instant::SECOND - 1) / Instant::SECOND;
    Err(SignInRefusal::Throttled.refused().with("seconds", seconds.to_string()).into())
}

/// How many failures count after one more at `now`.
pub fn failures_after(failures: i64, last: Instant, now: Instant) -> i64 {
    if now.since(last) >= FORGET { 1 } else { failures + 1 }
}

/// Checks a new password.
///
/// # Errors
/// The code of an `invalid-…` message with its values.
pub fn check_password(password: &str) -> Result<(), kernel::WrongValue> {
    match password.chars().count() {
        0 => Err(("required", Vec::new())),
        n if n < PASSWORD_MIN => Err(("password-short", vec![("least", PASSWORD_MIN.to_string())])),
        n if n > PASSWORD_MAX => Err(("too-long", vec![("most", PASSWORD_MAX.to_string())])),
        _ => Ok(()),
    }
}
