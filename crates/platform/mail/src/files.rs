//! Mails as files: `0001-your-order-10042.eml` and the same as `.html`.

use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use kernel::{Fault, Instant};

use crate::Message;
use crate::templates::escape;

/// A folder of mails. `.ids` in it remembers which mail was written under which name.
#[derive(Debug)]
pub struct Folder {
    dir: PathBuf,
    /// The last number given; also keeps two writers of this process apart.
    last: Mutex<u32>,
}

impl Folder {
    /// Opens the folder, and makes it when missing.
    pub(crate) fn open(dir: PathBuf) -> Result<Self, Fault> {
        let failed = |e| Fault::because(format!("opening the folder for mails {}", dir.display()), e);
        // Mails hold links that sign somebody in: nobody else on this machine reads them.
        fs::DirBuilder::new().recursive(true).mode(0o700).create(dir.join(".ids")).map_err(failed)?;
        let mut last = 0;
        for entry in fs::read_dir(&dir).map_err(failed)? {
            let name = entry.map_err(failed)?.file_name();
            let number = name.to_str().and_then(|n| n.split('-').next()).and_then(|n| n.parse().ok());
            last = last.max(number.unwrap_or(0));
        }
        Ok(Self { dir, last: Mutex::new(last) })
    }

    /// Writes the mail unless one of this id has been written. A mail that was cut off half-way is completed under the
    /// name that it had.
    pub(crate) fn write(&self, message: &Message, eml: &[u8], now: Instant, id: &str) -> Result<(), Fault> {
        let failed = |e| Fault::because(format!("writing a mail to {}", self.dir.display()), e);
        let mut last = self.last.lock().unwrap_or_else(PoisonError::into_inner);
        let known = self.dir.join(".ids").join(id);
        let name = match fs::read_to_string(&known) {
            Ok(name) => name,
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let name = self.free_name(&mut last, &message.subject).map_err(failed)?;
                replace(&known, name.as_bytes()).map_err(failed)?;
                name
            }
            Err(error) => return Err(failed(error)),
        };
        let page = self.dir.join(format!("{name}.html"));
        // The page is written last, so it stands for a complete mail.
        if page.exists() {
            return Ok(());
        }
        replace(&self.dir.join(format!("{name}.eml")), eml).map_err(failed)?;
        replace(&page, readable(message, now).as_bytes()).map_err(failed)
    }

    /// Takes the next number that no other process has taken, by making the empty `.eml`.
    fn free_name(&self, last: &mut u32, subject: &str) -> Result<String, std::io::Error> {
        loop {
            *last += 1;
            let name = format!("{:04}-{}", *last, slug(subject));
            let taken = private().create_new(true).open(self.dir.join(format!("{name}.eml")));
            match taken {
                Ok(_) => return Ok(name),
                Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Writes a file so that nobody ever sees half of it.
fn replace(path: &Path, bytes: &[u8]) -> Result<(), std::io::Error> {
    let mut making = path.as_os_str().to_owned();
    making.push(".new");
    private().create(true).truncate(true).open(&making)?.write_all(bytes)?;
    fs::rename(&making, path)
}

/// Ways to open a file for writing that only its owner may read.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).mode(0o600);
    options
}

/// The mail's page with its headers on top.
fn readable(message: &Message, now: Instant) -> String {
    let headers = format!(
        "<div style=\"font:14px/1.5 ui-monospace,monospace;padding:12px 16px;border-bottom:1px solid #888\">\
         To: {} &lt;{}&gt;<br>Subject: {}<br>Date: {}</div>",
        escape(&message.to_name),
        escape(message.to.as_str()),
        escape(&message.subject),
        now.to_rfc3339(),
    );
    let body = message.html.find("<body").and_then(|at| message.html[at..].find('>').map(|end| at + end + 1));
    let (before, after) = message.html.split_at(body.unwrap_or(0));
    format!("{before}{headers}{after}")
}

/// A subject as part of a file name: ASCII letters and digits, Polish letters without their marks.
fn slug(subject: &str) -> String {
    let mut slug = String::new();
    for c in subject.chars().flat_map(char::to_lowercase) {
        let c = match c {
            'ą' => 'a',
            'ć' => 'c',
            'ę' => 'e',
            'ł' => 'l',
            'ń' => 'n',
            'ó' => 'o',
            'ś' => 's',
            'ź' | 'ż' => 'z',
            other => other,
        };
        if c.is_ascii_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
        if slug.len() >= 48 {
            break;
        }
    }
    let slug = slug.trim_end_matches('-');
    if slug.is_empty() { "mail".to_owned() } else { slug.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn slugs() {
        assert_eq!(slug("Your order 10042"), "your-order-10042");
        assert_eq!(slug("Zażółć gęślą jaźń!"), "zazolc-gesla-jazn");
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("订单"), "mail");
    }
}
