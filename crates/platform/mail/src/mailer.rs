//! How mails leave.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, UNIX_EPOCH};

use kernel::{Fault, Instant};
use lettre::message::{Mailbox, MultiPart};
use lettre::{Address, AsyncSmtpTransport, AsyncTransport as _, Tokio1Executor};

use crate::Message;
use crate::files::Folder;
use crate::templates::one_line;

/// Who mails are from.
#[derive(Debug, Clone)]
pub struct Sender {
    /// The name beside the address.
    pub name: String,
    /// The address.
    pub email: kernel::Email,
}

/// Where mails go.
#[derive(Debug, Clone)]
pub enum Mailer {
    /// To a mail server.
    Smtp {
        /// The connections.
        transport: AsyncSmtpTransport<Tokio1Executor>,
        /// Who they are from.
        sender: Sender,
    },
    /// Into a folder, to be opened with a mail program (`.eml`) or a browser (`.html`).
    Files {
        /// The folder.
        folder: Arc<Folder>,
        /// Who they are from.
        sender: Sender,
    },
}

/// The longest a mail server may take for one step.
const SMTP_TIMEOUT: Duration = Duration::from_secs(30);

impl Mailer {
    /// A mailer by its setting: `smtp://user:password@host:587` (STARTTLS), `smtps://user:password@host` (TLS from the
    /// start), or the path of a folder.
    ///
    /// # Errors
    /// A fault when the URL is none (its password is never repeated), or the folder cannot be made.
    pub fn open(setting: &str, sender: Sender) -> Result<Self, Fault> {
        if setting.starts_with("smtp://") || setting.starts_with("smtps://") {
            return Self::smtp(setting, sender);
        }
        Self::files(setting, sender)
    }

    /// Mails to a server. `smtp://` requires STARTTLS, except to this machine itself; where a server really cannot do it,
    /// `?tls=opportunistic` at the end of the URL says so. Certificates are checked against this machine's trust store,
    /// so that a company's own authority counts.
    ///
    /// # Errors
    /// A fault when the URL is none.
    pub fn smtp(url: &str, sender: Sender) -> Result<Self, Fault> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(&with_tls(url))
            // The cause may repeat the URL, and with it the password.
            .map_err(|_| Fault::new("the mail server's URL must look like smtp://user:password@host:587"))?;
        Ok(Self::Smtp { transport: builder.timeout(Some(SMTP_TIMEOUT)).build(), sender })
    }

    /// Mails into a folder, which is made when missing.
    ///
    /// # Errors
    /// A fault when the folder cannot be made.
    pub fn files(dir: impl Into<PathBuf>, sender: Sender) -> Result<Self, Fault> {
        Ok(Self::Files { folder: Arc::new(Folder::open(dir.into())?), sender })
    }

    /// Hands a mail over. In a folder, the same `message_id` never makes a second mail; a mail server is given it as the
    /// `Message-ID`, since whether it took a mail before a connection broke cannot be known.
    ///
    /// # Errors
    /// A fault when the mail is not taken; the job is then tried again.
    pub async fn send(&self, message: &Message, now: Instant, message_id: &str) -> Result<(), Fault> {
        match self {
            Self::Smtp { transport, sender } => {
                let mail = build(message, sender, now, message_id)?;
                transport.send(mail).await.map_err(|e| Fault::because("handing a mail to the mail server", e))?;
            }
            Self::Files { folder, sender } => {
                let eml = build(message, sender, now, message_id)?.formatted();
                let (folder, message, id) = (folder.clone(), message.clone(), message_id.to_owned());
                let written = tokio::task::spawn_blocking(move || folder.write(&message, &eml, now, &id)).await;
                written.map_err(|e| Fault::because("writing a mail", e))??;
            }
        }
        Ok(())
    }
}

/// The URL with `tls=required`, unless it says otherwise or leads to this machine.
fn with_tls(url: &str) -> String {
    let Some(rest) = url.strip_prefix("smtp://") else { return url.to_owned() };
    let host = rest.rsplit('@').next().unwrap_or_default();
    let local = ["localhost", "127.0.0.1", "[::1]"].iter().any(|name| {
        host.strip_prefix(name).is_some_and(|after| after.is_empty() || after.starts_with([':', '/', '?']))
    });
    match (local || url.contains("tls="), url.contains('?')) {
        (true, _) => url.to_owned(),
        (false, true) => format!("{url}&tls=required"),
        (false, false) => format!("{url}?tls=required"),
    }
}

/// The mail in its form for the wire. Values reach headers only through types that encode them, as one line.
fn build(message: &Message, sender: &Sender, now: Instant, message_id: &str) -> Result<lettre::Message, Fault> {
    if message_id.is_empty()
        || !message_id.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'))
    {
        return Err(Fault::new("the id of a mail may hold letters, digits, hyphens, dots and underscores only"));
    }
    let sent_at = UNIX_EPOCH + Duration::from_micros(u64::try_from(now.micros()).unwrap_or(0));
    let domain = sender.email.as_str().rsplit('@').next().unwrap_or("localhost");
    lettre::Message::builder()
        .from(mailbox(&sender.name, &sender.email)?)
        .to(mailbox(&message.to_name, &message.to)?)
        .subject(one_line(&message.subject))
        .date(sent_at)
        .message_id(Some(format!("<{message_id}@{domain}>")))
        // Keeps out-of-office replies away (RFC 3834).
        .raw_header(lettre::message::header::HeaderValue::new(
            lettre::message::header::HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(MultiPart::alternative_plain_html(message.text.clone(), message.html.clone()))
        .map_err(|e| Fault::because("putting a mail together", e))
}

fn mailbox(name: &str, email: &kernel::Email) -> Result<Mailbox, Fault> {
    let address: Address = email.as_str().parse().map_err(|e| Fault::because("reading a mail address", e))?;
    let name = one_line(name);
    Ok(Mailbox::new((!name.is_empty()).then_some(name), address))
}

#[cfg(test)]
mod tests {
    use super::with_tls;

    #[test]
    fn tls_is_required_unless_said_otherwise() {
        for (url, want) in [
            ("smtp://u:p@mail.example:587", "smtp://u:p@mail.example:587?tls=required"),
            ("smtp://mail.example?x=1", "smtp://mail.example?x=1&tls=required"),
            ("smtp://mail.example?tls=opportunistic", "smtp://mail.example?tls=opportunistic"),
            ("smtp://localhost:1025", "smtp://localhost:1025"),
            ("smtp://localhost.example", "smtp://localhost.example?tls=required"),
            ("smtps://u:p@mail.example", "smtps://u:p@mail.example"),
        ] {
            assert_eq!(with_tls(url), want);
        }
    }
}
