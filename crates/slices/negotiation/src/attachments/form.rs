//! Forms with files.

use std::time::Duration;

use axum::extract::{FromRequest, Request};
use axum::http::header;
use kernel::{Failure, Invalid, Outcome};
use tokio::sync::Semaphore;
use web::{Fields, Form, Multipart, Problem};

use super::{AttachmentRefusal, FILE_BYTES_MAX, NewFile};

/// Forms with files that are read at once. Each lies in memory until it is stored.
static READING: Semaphore = Semaphore::const_new(16);
/// How long a form waits for its turn.
const PATIENCE: Duration = Duration::from_secs(10);

/// A form as it was sent: its fields, and the files with the names of their fields. Fields of files that nobody chose are
/// left out.
#[derive(Debug, Default)]
pub struct Sent {
    /// Texts.
    pub fields: Fields,
    /// Files.
    pub files: Vec<(String, NewFile)>,
}

impl Sent {
    /// The file of a field.
    pub fn file(&self, field: &str) -> Option<&NewFile> {
        self.files.iter().find(|(name, _)| name == field).map(|(_, file)| file)
    }
}

/// Forms that may come with files or without: both encodings are understood.
impl<S: Send + Sync> FromRequest<S> for Sent {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if content_type.is_some_and(|value| value.starts_with("multipart/form-data")) {
            let notation = web::notation(request.extensions());
            let turn = tokio::time::timeout(PATIENCE, READING.acquire()).await;
            let _turn = turn.map_err(|_| Failure::from(AttachmentRefusal::Busy))?;
            let multipart = Multipart::from_request(request, state).await;
            let multipart = multipart.map_err(|_| Failure::from(Invalid::field("form", "malformed")))?;
            let Sent { fields, files } = read(multipart).await?;
            return Ok(Self { fields: fields.written_in(notation), files });
        }
        let Form(fields) = Form::<Fields>::from_request(request, state).await?;
        Ok(Self { fields, files: Vec::new() })
    }
}

/// Reads a form with files.
///
/// # Errors
/// Invalid: `file` when it is too large, `form` when it cannot be read.
async fn read(mut multipart: Multipart) -> Outcome<Sent> {
    let mut sent = Sent::default();
    while let Some(mut part) = multipart.next_field().await.map_err(wrong)? {
        let name = part.name().unwrap_or_default().to_owned();
        let Some(file_name) = part.file_name().map(str::to_owned) else {
            sent.fields.0.insert(name, part.text().await.map_err(wrong)?);
            continue;
        };
        let mut bytes = Vec::new();
        while let Some(piece) = part.chunk().await.map_err(wrong)? {
            if bytes.len() + piece.len() > FILE_BYTES_MAX {
                return Err(Invalid::field(name, "file-too-large").into());
            }
            bytes.extend_from_slice(&piece);
        }
        if !(bytes.is_empty() && file_name.is_empty()) {
            sent.files.push((name, NewFile { name: file_name, bytes }));
        }
    }
    Ok(sent)
}

fn wrong(error: axum::extract::multipart::MultipartError) -> Failure {
    let is_large = error.status() == axum::http::StatusCode::PAYLOAD_TOO_LARGE;
    if is_large { Invalid::field("file", "file-too-large").into() } else { Invalid::field("form", "malformed").into() }
}
