//! Files that buyers attach: drawings of a project, a competitor's offer.
//!
//! What a file is, its first bytes say; its name is made harmless. The bytes lie in the database in pieces, with their
//! SHA-256, so that a backup has them and no path can be guessed. Only people of the same company and of the seller's desk
//! get them, always as a download, under a policy that lets nothing run.

pub mod actions;
pub mod form;
mod pages;
pub mod queries;
pub mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use axum::extract::DefaultBodyLimit;
use axum::handler::Handler as _;
use kernel::{Access, AttachmentId, CompanyId, Instant, NegotiationId, Permission, QuoteId, UserId};
use web::Method;

pub use rules::Media;

/// The largest file, in bytes.
pub const FILE_BYTES_MAX: usize = 10 * 1024 * 1024;
/// Most files of one case.
pub const FILES_MAX: usize = 10;
/// Bytes of all files of one company.
pub const COMPANY_BYTES_MAX: i64 = 1024 * 1024 * 1024;
/// What stays free where the database lies: files of buyers must not be what stops orders from being written.
pub const FREE_BYTES_MIN: u64 = 512 * 1024 * 1024;
/// The largest form with files; more files than fit can be added one after the other.
pub const FORM_BYTES_MAX: usize = 3 * FILE_BYTES_MAX + 1024 * 1024;

/// What a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum About {
    /// A negotiation.
    Negotiation(NegotiationId),
    /// A request for quotation; with the line, if it is about one.
    Quote(QuoteId, Option<i64>),
}

impl About {
    pub(crate) fn kind(self) -> &'static str {
        match self {
            Self::Negotiation(_) => "negotiation",
            Self::Quote(..) => "quote",
        }
    }

    pub(crate) fn id(self) -> String {
        match self {
            Self::Negotiation(id) => id.to_string(),
            Self::Quote(id, _) => id.to_string(),
        }
    }

    pub(crate) fn line(self) -> Option<i64> {
        match self {
            Self::Negotiation(_) => None,
            Self::Quote(_, line) => line,
        }
    }
}

/// A file as it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewFile {
    /// As the sender calls it.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// A stored file without its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its id.
    pub id: AttachmentId,
    /// Whose it is.
    pub company: CompanyId,
    /// The line of a quote.
    pub line: Option<i64>,
    /// The harmless name.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the bytes in hexadecimal digits.
    pub sha256: String,
    /// Who attached it.
    pub person: UserId,
    /// When.
    pub at: Instant,
}

kernel::refusals! {
    /// Why a file is not taken.
    pub enum AttachmentRefusal {
        /// Too many files are being sent by everybody at this moment.
        Busy = "attachments-busy" => TooMany,
        /// The case has as many files as it may have.
        TooMany = "attachments-too-many" => Conflict,
        /// The company's files take as much room as they may.
        CompanyFull = "attachments-company-full" => Conflict,
        /// The seller's disk is nearly full.
        NoRoom = "attachments-no-room" => Conflict,
    }
}

pub(crate) fn routes() -> web::Routes {
    let upload = pages::add.layer(DefaultBodyLimit::max(FORM_BYTES_MAX));
    web::Routes::new()
        .page(Method::POST, "/negotiations/{id}/attachments", Access::Needs(Permission::Negotiate), upload)
        .page(Method::GET, "/attachments/{id}", Access::SignedIn, pages::download)
}
