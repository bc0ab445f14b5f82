//! Signing in and out, and forgotten passwords.
//!
//! A session is a random token that only its owner has; the database keeps its SHA-256. [`Sessions`] finds the person
//! behind a token, from memory while nothing changed, and forgets what it remembers as soon as the event log says that a
//! session ended or that a person or company changed.
//!
//! A try to sign in counts before the password is looked at: by person and place, by person, by network address
//! ([`rules::Brake`]). Where a person has signed in before, by browser or address, strangers' tries do not count, so nobody can
//! lock somebody else out of the own office. In front of the hashing stand two short queues, one for known people and one for
//! strangers; who finds no place in them is told when to come again.

pub mod actions;
pub mod api;
mod cache;
mod gate;
mod known;
pub mod links;
pub mod pages;
mod passwords;
pub mod rules;
pub(crate) mod store;
mod throttle;

pub use cache::Sessions;
pub use passwords::{Secret, hash_password};

use kernel::SessionId;

kernel::refusals! {
    /// Why somebody cannot sign in or set a password. One sentence for a wrong address and a wrong password: nobody
    /// learns here who has an account.
    pub enum SignInRefusal {
        /// More people try at this moment than can be served; come again in some seconds.
        Busy = "sign-in-busy" => TooMany,
        /// Too many tries; wait as long as the sentence says.
        Throttled = "sign-in-throttled" => TooMany,
        /// The e-mail address or the password is wrong, or the person is blocked.
        Wrong = "sign-in-wrong" => Forbidden,
        /// The address and the password belong to people of several companies; say for which to sign in.
        ChooseCompany = "sign-in-choose" => Conflict,
        /// The link to set a password was used or is too old.
        LinkEnded = "reset-link-ended" => Conflict,
    }
}

/// A new session: the only time its token is known.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The session.
    pub id: SessionId,
    /// The token, to be sent as cookie or bearer.
    pub token: String,
    /// When it ends by itself.
    pub expires: kernel::Instant,
}
