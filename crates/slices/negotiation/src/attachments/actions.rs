//! Attaching files.

use db::WriteTx;
use kernel::{AttachmentId, CompanyId, Ctx, Failure, NegotiationId, Outcome, Permission};
use serde_json::json;

use super::{About, Attachment, AttachmentRefusal, FILES_MAX, NewFile, rules, store};
use crate::events::NegotiationEvent;
use crate::negotiations;

/// Attaches a file to a negotiation of the actor's company: a competitor's offer, say.
///
/// # Errors
/// Not found for another company's; invalid `file`; [`AttachmentRefusal`].
pub async fn add_to_negotiation(tx: &WriteTx, ctx: &Ctx, id: NegotiationId, file: &NewFile) -> Outcome<AttachmentId> {
    ctx.actor.must(Permission::Negotiate)?;
    let company = ctx.actor.company()?;
    negotiations::store::load(tx, Some(company), id).await?.ok_or(Failure::NotFound)?;
    let attached = add(tx, ctx, company, About::Negotiation(id), ("file", file)).await?;
    let payload = json!({ "attachment": attached.to_string() });
    tx.append(ctx, &NegotiationEvent::new("negotiation.attached", id, company, payload)).await?;
    Ok(attached)
}

/// Stores a file for a case that the caller has looked up; the caller tells of it. `named` is the field and the file.
pub async fn add(
    tx: &WriteTx,
    ctx: &Ctx,
    company: CompanyId,
    about: About,
    named: (&str, &NewFile),
) -> Outcome<AttachmentId> {
    let (field, file) = named;
    let (media, name) = rules::check(file, field)?;
    if store::count(tx, about).await? >= i64::try_from(FILES_MAX).unwrap_or(i64::MAX) {
        return Err(AttachmentRefusal::TooMany.refused().with("most", FILES_MAX.to_string()).into());
    }
    let size = i64::try_from(file.bytes.len()).unwrap_or(i64::MAX);
    // Two files at once would each find the room that there is for one.
    tx.next_number(&format!("attachments of {company}")).await?;
    rules::has_room(store::bytes_of_company(tx, company).await?, tx.free_bytes(), size)?;
    let attachment = Attachment {
        id: AttachmentId::new(ctx),
        company,
        line: about.line(),
        name,
        media,
        size,
        sha256: rules::checksum(&file.bytes),
        person: ctx.actor.user()?,
        at: ctx.now,
    };
    store::insert(tx, about, &attachment, &file.bytes).await?;
    Ok(attachment.id)
}
