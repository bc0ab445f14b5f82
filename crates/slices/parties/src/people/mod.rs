//! People: buyers and admins of companies, and the seller's own staff.

pub mod actions;
pub mod queries;
pub(crate) mod store;

pub use crate::changes::PeopleRefusal;

use db::events::Event;
use i18n::Locale;
use kernel::{CompanyId, Email, Roles, UnitId, UserId};

/// A person who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Its id.
    pub id: UserId,
    /// The company the person buys for; `None` for the seller's own people.
    pub company: Option<CompanyId>,
    /// The unit.
    pub unit: Option<UnitId>,
    /// The e-mail address, which is also the name to sign in with.
    pub email: Email,
    /// The name.
    pub name: String,
    /// What the person is in the company, in words.
    pub title: String,
    /// Telephone.
    pub phone: String,
    /// What the person may do.
    pub roles: Roles,
    /// Language code.
    pub language: String,
    /// IANA time zone.
    pub time_zone: String,
    /// A rep who may decide what needs a sales manager.
    pub leads_sales: bool,
    /// May not sign in.
    pub is_blocked: bool,
    /// Counts changes.
    pub version: i64,
}

/// What the address of somebody ends with whose personal data was deleted; no mail ever gets there (RFC 2606).
pub(crate) const ERASED: &str = "@erased.invalid";

impl Member {
    /// Whether the personal data was deleted. The person stays as whoever ordered and negotiated.
    pub fn is_erased(&self) -> bool {
        self.email.as_str().ends_with(ERASED)
    }

    /// How to speak to this person.
    pub fn locale(&self) -> Locale {
        Locale::by_codes(&self.language, &self.time_zone)
    }
}

/// What is needed to create a person.
#[derive(Debug, Clone)]
pub struct NewMember {
    /// The company; `None` for staff.
    pub company: Option<CompanyId>,
    /// The unit.
    pub unit: Option<UnitId>,
    /// The e-mail address.
    pub email: Email,
    /// The name.
    pub name: String,
    /// Title in words.
    pub title: String,
    /// Telephone.
    pub phone: String,
    /// Roles: at least one; company roles with a company, staff roles without.
    pub roles: Roles,
    /// Language code.
    pub language: String,
    /// IANA time zone.
    pub time_zone: String,
    /// A rep who may decide what needs a sales manager.
    pub leads_sales: bool,
    /// Argon2 hash of the first password; `None` until the person sets one by a mailed link.
    pub password_hash: Option<String>,
}

/// What happens to people.
#[derive(Debug)]
pub struct PersonEvent {
    /// The stable name.
    pub kind: &'static str,
    /// The person.
    pub id: UserId,
    /// The person's company.
    pub company: Option<CompanyId>,
}

impl Event for PersonEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.id.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        self.company
    }
}
