//! The SQL of attachments.

use db::{ReadTx, Row, WriteTx, params};
use kernel::{AttachmentId, CompanyId, Fault, Outcome};

use super::{About, Attachment, Media};

/// Bytes of one piece: small enough for every network buffer on the way.
const CHUNK: usize = 256 * 1024;

db::sql! {
    INSERT = "INSERT INTO attachment (id, company_id, kind, about_id, line, name, media, size, sha256, person_id, at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    INSERT_CHUNK = "INSERT INTO attachment_chunk (attachment_id, position, bytes) VALUES ($1, $2, $3)";
    OF = "SELECT id, company_id, line, name, media, size, sha256, person_id, at FROM attachment
        WHERE kind = $1 AND about_id = $2 ORDER BY id";
    BY_ID = "SELECT id, company_id, line, name, media, size, sha256, person_id, at FROM attachment WHERE id = $1";
    CHUNKS = "SELECT bytes FROM attachment_chunk WHERE attachment_id = $1 ORDER BY position";
    BYTES_OF_COMPANY = "SELECT CAST(COALESCE(SUM(size), 0) AS BIGINT) AS n FROM attachment WHERE company_id = $1";
    COUNT = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM attachment WHERE kind = $1 AND about_id = $2";
}

fn from_row(row: &Row) -> Result<Attachment, Fault> {
    let media: String = row.get("media")?;
    Ok(Attachment {
        id: row.get("id")?,
        company: row.get("company_id")?,
        line: row.get("line")?,
        name: row.get("name")?,
        media: Media::parse(&media).ok_or_else(|| Fault::new(format!("attachment.media is {media}")))?,
        size: row.get("size")?,
        sha256: row.get("sha256")?,
        person: row.get("person_id")?,
        at: row.get("at")?,
    })
}

pub(super) async fn insert(tx: &WriteTx, about: About, file: &Attachment, bytes: &[u8]) -> Outcome<()> {
    let values = params![
        file.id,
        file.company,
        about.kind(),
        about.id(),
        file.line,
        file.name,
        file.media.code(),
        file.size,
        file.sha256,
        file.person,
        file.at,
    ];
    tx.execute(INSERT, values).await?;
    for (chunk, position) in bytes.chunks(CHUNK).zip(0_i64..) {
        tx.execute(INSERT_CHUNK, params![file.id, position, chunk.to_vec()]).await?;
    }
    Ok(())
}

pub(super) async fn count(tx: &ReadTx, about: About) -> Outcome<i64> {
    Ok(tx.one(COUNT, params![about.kind(), about.id()]).await?.get("n")?)
}

/// Bytes of all files of a company.
pub(super) async fn bytes_of_company(tx: &ReadTx, company: CompanyId) -> Outcome<i64> {
    Ok(tx.one(BYTES_OF_COMPANY, params![company]).await?.get("n")?)
}

pub(super) async fn of(tx: &ReadTx, about: About) -> Outcome<Vec<Attachment>> {
    let rows = tx.all(OF, params![about.kind(), about.id()]).await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}

/// A file; of this company only when one is named.
pub(super) async fn by_id(tx: &ReadTx, company: Option<CompanyId>, id: AttachmentId) -> Outcome<Option<Attachment>> {
    let found = tx.optional(BY_ID, params![id]).await?.as_ref().map(from_row).transpose()?;
    Ok(found.filter(|file| company.is_none_or(|company| company == file.company)))
}

pub(super) async fn bytes(tx: &ReadTx, id: AttachmentId) -> Outcome<Vec<u8>> {
    let mut bytes = Vec::new();
    for row in tx.all(CHUNKS, params![id]).await? {
        bytes.extend(row.get::<Vec<u8>>("bytes")?);
    }
    Ok(bytes)
}
