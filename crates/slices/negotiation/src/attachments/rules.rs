//! What a file is, and what it may be called.

use kernel::Invalid;
use sha2::{Digest as _, Sha256};

use super::{AttachmentRefusal, COMPANY_BYTES_MAX, FILE_BYTES_MAX, FREE_BYTES_MIN, NewFile};

/// Most characters of a file's name.
const NAME_MAX: usize = 100;

/// SHA-256 in hexadecimal digits.
pub fn checksum(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Whether a file of this size may be stored: by what its company has already, and by what is free on the disk where that is known.
///
/// # Errors
/// [`AttachmentRefusal::CompanyFull`], [`AttachmentRefusal::NoRoom`].
pub fn has_room(of_company: i64, free: Option<u64>, size: i64) -> Result<(), AttachmentRefusal> {
    if of_company.saturating_add(size) > COMPANY_BYTES_MAX {
        return Err(AttachmentRefusal::CompanyFull);
    }
    let wanted = u64::try_from(size).unwrap_or(u64::MAX).saturating_add(FREE_BYTES_MIN);
    if free.is_some_and(|free| free < wanted) { Err(AttachmentRefusal::NoRoom) } else { Ok(()) }
}

/// Kinds of files that are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Media {
    /// A PDF.
    Pdf,
    /// A picture.
    Png,
    /// A photograph.
    Jpeg,
    /// A model, ISO 10303-21.
    Step,
    /// A drawing for exchange.
    Dxf,
}

impl Media {
    const ALL: [Self; 5] = [Self::Pdf, Self::Png, Self::Jpeg, Self::Step, Self::Dxf];

    /// The stored code, which is also the ending of the name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Png => "png",
            Self::Jpeg => "jpg",
            Self::Step => "step",
            Self::Dxf => "dxf",
        }
    }

    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|media| media.code() == code)
    }

    /// The type in `Content-Type`. Models and drawings are opaque bytes to everybody but the programs that made them.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Step | Self::Dxf => "application/octet-stream",
        }
    }

    fn endings(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Step => &["step", "stp"],
            Self::Dxf => &["dxf"],
        }
    }
}

/// What a file is by its first bytes; `None` for everything that is not taken.
pub fn sniff(bytes: &[u8]) -> Option<Media> {
    match bytes {
        [b'%', b'P', b'D', b'F', b'-', ..] => Some(Media::Pdf),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1A, b'\n', ..] => Some(Media::Png),
        [0xFF, 0xD8, 0xFF, ..] => Some(Media::Jpeg),
        _ if bytes.starts_with(b"ISO-10303-21;") => Some(Media::Step),
        _ if bytes.starts_with(b"AutoCAD Binary DXF\r\n\x1A\0") => Some(Media::Dxf),
        _ => is_text_dxf(bytes).then_some(Media::Dxf),
    }
}

/// A DXF as text begins with the group code 0 and the word SECTION, perhaps after comments (group code 999).
fn is_text_dxf(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2_000)]);
    let mut lines = head.lines().map(str::trim);
    while let (Some(group), Some(value)) = (lines.next(), lines.next()) {
        match group {
            "999" => {}
            "0" => return value == "SECTION",
            _ => return false,
        }
    }
    false
}

/// A name that is safe in a header, on a page and on any disk: without folders and control characters, with the ending of
/// what the file is.
pub fn safe_name(name: &str, media: Media) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept = last.chars().filter(|c| !c.is_control() && !is_hidden(*c) && !"\"<>:|?*;%".contains(*c));
    let kept: String = kept.collect();
    let kept = kept.trim().trim_matches('.').trim();
    let (stem, ending) = kept.rsplit_once('.').unwrap_or((kept, ""));
    let fits = media.endings().iter().any(|known| ending.eq_ignore_ascii_case(known));
    let stem = if fits { stem } else { kept };
    let ending = if fits { ending.to_ascii_lowercase() } else { media.code().to_owned() };
    let stem: String = stem.trim().chars().take(NAME_MAX).collect();
    if stem.is_empty() { format!("file.{ending}") } else { format!("{stem}.{ending}") }
}

/// Marks that turn the direction of text: 'fdp.exe' must not be shown as 'exe.pdf'.
fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// What a file is, and its name.
///
/// # Errors
/// What is wrong with it, at `field`.
pub fn check(file: &NewFile, field: &str) -> Result<(Media, String), Invalid> {
    if file.bytes.is_empty() {
        return Err(Invalid::field(field, "file-empty"));
    }
    if file.bytes.len() > FILE_BYTES_MAX {
        return Err(Invalid::field(field, "file-too-large"));
    }
    let media = sniff(&file.bytes).ok_or_else(|| Invalid::field(field, "file-type"))?;
    Ok((media, safe_name(&file.name, media)))
}
