//! How long sessions and links live, when signing in is slowed down, and what a password must be.

use kernel::{Instant, Via};

use super::known;

/// A session ends by itself after 14 days.
pub const SESSION_MICROS: i64 = 14 * Instant::DAY;
/// How much later than it was a session may be said to be used; each time costs a change of the database.
pub const SEEN_EVERY: i64 = 10 * Instant::MINUTE;
/// A mailed link to set a password works for two hours,
pub const RESET_MICROS: i64 = 2 * Instant::HOUR;
/// and one that invites a new colleague for a week.
pub const INVITATION_MICROS: i64 = 7 * Instant::DAY;
/// One link to set a password is mailed in this time,
pub const RESET_EVERY: i64 = 5 * Instant::MINUTE;
/// and so many in a day.
pub const RESETS_PER_DAY: i64 = 12;
/// Colleagues that a company's own admins may invite in a day.
pub const INVITATIONS_PER_DAY: i64 = 20;
/// For how long a place is known from which somebody signed in.
pub const PLACE_MICROS: i64 = 180 * Instant::DAY;
/// Companies for which one address may act. Each costs a hash when somebody signs in.
pub const COMPANIES_MAX: usize = 8;
/// Shortest password (NIST SP 800-63B asks for 8 and against rules of composition; we ask for a little more).
pub const PASSWORD_MIN: usize = 10;
/// Longest password: hashing must not become a way to keep the server busy.
pub const PASSWORD_MAX: usize = 200;

/// A session ends when it was not used for this long: a browser's over night, a program's over a holiday.
pub fn idle(via: Via) -> i64 {
    match via {
        Via::Page | Via::System => 12 * Instant::HOUR,
        Via::Api => 7 * Instant::DAY,
    }
}

/// Tries that cost nothing.
const FREE_TRIES: i64 = 5;
/// Longest wait between two tries.
const WAIT_MAX: i64 = 15 * Instant::MINUTE;
/// Tries are forgotten after this long without one.
pub const FORGET: i64 = 12 * Instant::HOUR;

/// What tries are counted by, and how many are too many. A try counts before the password is looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Brake {
    /// One person from one place: five are free, then the wait doubles from two seconds to a quarter of an hour.
    Pair,
    /// One person from everywhere where that person is not known: 20, and one more every five minutes.
    Person,
    /// One network address, whoever is tried: 40, and one more every 15 seconds.
    Address,
    /// Links to set a password asked for from one network address: 20, and one more every minute.
    Mail,
}

/// What was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tries {
    /// How many.
    pub count: i64,
    /// The last of them; of a leaking brake, the last time that one was forgotten.
    pub last: Instant,
}

impl Brake {
    /// The beginning of its keys.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pair => "pair",
            Self::Person => "person",
            Self::Address => "address",
            Self::Mail => "mail",
        }
    }

    /// How many it holds, and how long it takes to forget one.
    fn leak(self) -> Option<(i64, i64)> {
        match self {
            Self::Pair => None,
            Self::Person => Some((20, 5 * Instant::MINUTE)),
            Self::Address => Some((40, 15 * Instant::SECOND)),
            Self::Mail => Some((20, Instant::MINUTE)),
        }
    }
}

impl Tries {
    /// None so far.
    pub fn none(now: Instant) -> Self {
        Self { count: 0, last: now }
    }

    /// What is left of them at `now`. A clock that went back makes nobody wait longer than it should: what lies in the
    /// future is taken to be now.
    #[must_use]
    pub fn left(self, brake: Brake, now: Instant) -> Self {
        let last = self.last.min(now);
        let waited = now.since(last);
        match brake.leak() {
            _ if waited >= FORGET => Self::none(now),
            None => Self { count: self.count, last },
            Some((_, each)) => {
                let count = (self.count - waited / each).max(0);
                let last = if count == 0 { now } else { last.plus(waited / each * each) };
                Self { count, last }
            }
        }
    }

    /// How long to wait before another try, in seconds; 0 when it may be now. `self` is what is [`Self::left`].
    pub fn seconds_to_wait(self, brake: Brake, now: Instant) -> i64 {
        let waited = now.since(self.last);
        let wait = match brake.leak() {
            Some((most, each)) if self.count >= most => each - waited,
            None if self.count >= FREE_TRIES => {
                let doublings = u32::try_from((self.count - FREE_TRIES + 1).clamp(1, 10)).unwrap_or(10);
                (Instant::SECOND * 2_i64.pow(doublings)).min(WAIT_MAX) - waited
            }
            _ => 0,
        };
        (wait.max(0) + Instant::SECOND - 1) / Instant::SECOND
    }

    /// One more. `self` is what is [`Self::left`].
    #[must_use]
    pub fn and_one(self, brake: Brake, now: Instant) -> Self {
        let last = if brake.leak().is_some() { self.last } else { now };
        Self { count: self.count + 1, last }
    }

    /// One less, which turned out to be right.
    #[must_use]
    pub fn less_one(self) -> Self {
        Self { count: (self.count - 1).max(0), last: self.last }
    }
}

/// Checks a new password. `about` are words that everybody connects with the person: name, address, company.
///
/// # Errors
/// The code of an `invalid-…` message with its values.
pub fn check_password(password: &str, about: &[&str]) -> Result<(), kernel::WrongValue> {
    match password.chars().count() {
        0 => Err(("required", Vec::new())),
        n if n < PASSWORD_MIN => Err(("password-short", vec![("least", PASSWORD_MIN.to_string())])),
        n if n > PASSWORD_MAX => Err(("too-long", vec![("most", PASSWORD_MAX.to_string())])),
        _ if known::is_known(password, about) => Err(("password-known", Vec::new())),
        _ => Ok(()),
    }
}
