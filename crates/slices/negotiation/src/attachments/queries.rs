//! Reading attachments.

use db::ReadTx;
use i18n::Locale;
use kernel::{Actor, AttachmentId, Failure, Fault, NegotiationId, Outcome, Permission};

use super::{About, Attachment, rules, store};

/// A file in a list, in words.
#[derive(Debug, Clone)]
pub struct FileView {
    /// Where it is downloaded.
    pub href: String,
    /// Its name.
    pub name: String,
    /// Its size and when it was attached.
    pub meta: String,
    /// The line of a quote.
    pub line: Option<i64>,
}

/// The files of a case that the caller may see.
///
/// # Errors
/// A fault when the database fails.
pub async fn of(tx: &ReadTx, about: About) -> Outcome<Vec<Attachment>> {
    store::of(tx, about).await
}

/// The files of a negotiation that the caller may see, in words: for the panel and the desk.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_negotiation(tx: &ReadTx, id: NegotiationId, locale: &Locale) -> Outcome<Vec<FileView>> {
    Ok(store::of(tx, About::Negotiation(id)).await?.iter().map(|file| view(file, locale)).collect())
}

/// A file and its bytes: for its own company, and for people of the desk.
///
/// # Errors
/// Not found; a fault when the bytes are not those that were stored.
pub async fn content(tx: &ReadTx, actor: &Actor, id: AttachmentId) -> Outcome<(Attachment, Vec<u8>)> {
    let company = if actor.may(Permission::UseDesk) { None } else { Some(actor.company()?) };
    let file = store::by_id(tx, company, id).await?.ok_or(Failure::NotFound)?;
    let bytes = store::bytes(tx, id).await?;
    if rules::checksum(&bytes) != file.sha256 {
        return Err(Fault::new(format!("the attachment {id} is damaged")).into());
    }
    Ok((file, bytes))
}

/// A file in words.
pub fn view(file: &Attachment, locale: &Locale) -> FileView {
    let kilobytes = (file.size + 1_023) / 1_024;
    let args = [("size", locale.number(kilobytes).into()), ("moment", locale.moment(file.at).into())];
    FileView {
        href: format!("/attachments/{}", file.id),
        name: file.name.clone(),
        meta: locale.text_with("attachment-meta", &args),
        line: file.line,
    }
}
