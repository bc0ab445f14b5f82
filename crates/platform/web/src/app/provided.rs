//! What the binary, which knows every slice, must bring along for an application.

use kernel::Outcome;

use super::App;
use crate::{BoxFuture, Credential, Person, Visitor};

/// Finds the person behind a credential.
pub trait Authenticate: Send + Sync {
    /// The visitor of a live session; `None` when there is no such session (any more).
    fn authenticate<'a>(&'a self, app: &'a App, credential: &'a Credential) -> BoxFuture<'a, Outcome<Option<Person>>>;
}

/// Fills what stands around every page.
pub trait ShellSource: Send + Sync {
    /// The data for one visitor.
    fn load<'a>(&'a self, app: &'a App, visitor: &'a Visitor) -> BoxFuture<'a, Outcome<ShellData>>;
}

/// A link in a menu.
#[derive(Debug, Clone)]
pub struct NavLink {
    /// The text, already in the reader's language.
    pub label: String,
    /// Where it leads.
    pub href: String,
}

/// What the slices put into the shell.
#[derive(Debug, Clone, Default)]
pub struct ShellData {
    /// Top categories.
    pub categories: Vec<NavLink>,
    /// Lines in the visitor's present cart.
    pub cart_lines: i64,
    /// Negotiations of the buyer that wait for the buyer.
    pub deals_waiting: i64,
    /// Cases on the desk that wait for this person.
    pub desk_waiting: i64,
    /// The buyer's sales rep: name and telephone or mail.
    pub rep: Option<(String, String)>,
}
