//! Mails: what they say, how they look, and how they leave.
//!
//! A command writes down an [`Outgoing`] as a job of the kind [`JOB`], in its own transaction; after commit the job's
//! handler calls [`Post::deliver`], which renders it ([`Templates`]) and hands it over ([`Mailer`]).
//!
//! ```no_run
//! # async fn example(post: mail::Post, job_id: &str, now: kernel::Instant) -> kernel::Outcome<()> {
//! let content = mail::Content::PasswordReset(mail::PasswordReset {
//!     link: "https://shop.example/reset/abc".into(),
//!     valid_until: "Fri 27 Nov, 17:00".into(),
//! });
//! let to = kernel::Email::parse("ann@example.com").expect("a valid address");
//! let mail = mail::Outgoing { to, to_name: "Ann Berg".into(), language: "en".into(), zone: "Europe/Oslo".into(), content };
//! post.deliver(&mail, now, job_id).await
//! # }
//! ```
//!
//! Texts are in the area `mail` of the message catalogues, layout in `templates/`. A merchant's theme folder may hold
//! files of the same names, which win; one that fails is logged and the built-in one used, so that no mail is lost.
#![warn(missing_docs)]

mod content;
mod files;
mod mailer;
mod templates;
#[cfg(test)]
mod tests;

use i18n::Locale;
use kernel::{Email, Instant, Outcome};
use serde::{Deserialize, Serialize};

pub use content::{
    Answer, Content, NegotiationAnswered, NegotiationWaiting, Offer, OrderConfirmation, OrderLine, OrderNews,
    OrderNewsKind, PasswordChanged, PasswordReset, QuoteKind, QuoteNews, SumLine, SupplierAsked, Welcome,
};
pub use mailer::{Mailer, Sender};
pub use templates::{Brand, Templates};

/// The kind of the job that delivers an [`Outgoing`].
pub const JOB: &str = "mail.send";

/// A rendered mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// The address.
    pub to: Email,
    /// The name beside the address.
    pub to_name: String,
    /// The subject, one line.
    pub subject: String,
    /// The mail as a page.
    pub html: String,
    /// The same as plain text.
    pub text: String,
}

/// A mail that is to be rendered and sent: the payload of a [`JOB`].
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outgoing {
    /// The address.
    pub to: Email,
    /// The reader's name.
    pub to_name: String,
    /// The code of the reader's language.
    pub language: String,
    /// The reader's time zone.
    pub zone: String,
    /// What it says.
    pub content: Content,
}

impl Outgoing {
    /// The payload for [`JOB`].
    ///
    /// # Errors
    /// Never in practice: the content is plain data.
    pub fn payload(&self) -> Outcome<serde_json::Value> {
        serde_json::to_value(self).map_err(|e| kernel::Fault::because("writing down a mail", e).into())
    }

    /// The reader's language and time zone.
    pub fn locale(&self) -> Locale {
        Locale::by_codes(&self.language, &self.zone)
    }
}

/// Renders mails and hands them over.
#[derive(Debug)]
pub struct Post {
    /// How they look.
    pub templates: Templates,
    /// How they leave.
    pub mailer: Mailer,
}

impl Post {
    /// Renders and sends `mail`. `message_id` is the id of its job: sending it again writes no second file, and carries
    /// the same `Message-ID` over SMTP, by which most receivers drop the second one.
    ///
    /// # Errors
    /// A fault when it cannot be rendered or handed over.
    pub async fn deliver(&self, mail: &Outgoing, now: Instant, message_id: &str) -> Outcome<()> {
        let message = self.templates.render(mail)?;
        Ok(self.mailer.send(&message, now, message_id).await?)
    }
}
