//! What the pages of such changes share; their markup is in `signoffs/panel.html`.

use db::ReadTx;
use i18n::Locale;
use kernel::{Actor, Outcome, SignoffId, UserId};
use web::{App, Visitor};

use super::{Signoff, Subject, actions, queries};

/// What, before, after.
pub type Row = (String, String, String);

/// A change with what it means.
pub struct Wanted {
    /// What it changes.
    pub changes: Vec<Row>,
    /// What that would have made of the last month.
    pub meaning: Vec<Row>,
    /// Both in a sentence.
    pub says: String,
}

/// A change that waits for a second person.
pub struct Waiting {
    /// Who wrote it.
    pub by: String,
    /// When.
    pub at: String,
    /// Why.
    pub reason: String,
    /// What it would be.
    pub wanted: Wanted,
    /// What the reader may say to it.
    pub answering: Answering,
}

/// What a reader may say to a change that waits.
pub struct Answering {
    /// The change.
    pub id: SignoffId,
    /// Confirming would be an author's own word, since nobody else may.
    pub is_own: bool,
    /// It is the reader's, who may only take it back; others may confirm or decline.
    pub is_mine: bool,
}

impl Answering {
    /// # Errors
    /// A fault when the database fails.
    pub async fn of(tx: &ReadTx, actor: &Actor, signoff: &Signoff) -> Outcome<Self> {
        let may = queries::may_confirm(tx, actor, signoff).await?;
        Ok(Self { id: signoff.id, is_own: may == Some(true), is_mine: may.is_none() })
    }
}

/// Who decided a change, and when; empty where nobody has.
pub fn decided(locale: &Locale, signoff: &Signoff, name: impl Fn(Option<UserId>) -> String) -> String {
    signoff.decided.map_or_else(String::new, |(by, at)| format!("{}, {}", name(Some(by)), locale.moment(at)))
}

/// Declines a change or takes it back, from a page or as JSON.
///
/// # Errors
/// Those of [`actions::decline`].
pub async fn decline(app: &App, visitor: &Visitor, subject: Subject, id: SignoffId, note: &str) -> Outcome<()> {
    let ctx = &app.ctx(visitor);
    app.write(|tx| async move { actions::decline(&tx, ctx, subject, id, note).await.map(|_| ()) }).await
}
