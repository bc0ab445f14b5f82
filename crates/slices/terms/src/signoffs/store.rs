//! The SQL of signoffs.

use db::{DbError, ReadTx, Row, Statement, WriteTx, params};
use kernel::{Fault, Outcome, SignoffId};

use super::{Signoff, SignoffState, Subject};

const SELECT: &str =
    "SELECT id, subject, text, reason, proposed_by, proposed_at, state, decided_by, decided_at, decided_note,
    is_own FROM signoff";

db::sql! {
    INSERT = "INSERT INTO signoff (id, subject, text, reason, proposed_by, proposed_at, state, decided_by, decided_at,
        decided_note, is_own) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";
    DECIDE = "UPDATE signoff SET state = $2, decided_by = $3, decided_at = $4, decided_note = $5, is_own = $6
        WHERE id = $1 AND state = 'waiting'";
}

fn from_row(row: &Row) -> Result<Signoff, Fault> {
    let (subject, state): (String, String) = (row.get("subject")?, row.get("state")?);
    let odd = |what: &str, code: &str| Fault::new(format!("signoff.{what} is {code}"));
    let by: Option<kernel::UserId> = row.get("decided_by")?;
    let decided = match by {
        Some(by) => Some((by, row.get("decided_at")?)),
        None => None,
    };
    Ok(Signoff {
        id: row.get("id")?,
        subject: Subject::parse(&subject).ok_or_else(|| odd("subject", &subject))?,
        text: row.get("text")?,
        reason: row.get("reason")?,
        by: row.get("proposed_by")?,
        at: row.get("proposed_at")?,
        state: SignoffState::parse(&state).ok_or_else(|| odd("state", &state))?,
        decided,
        note: row.get("decided_note")?,
        is_own: row.get("is_own")?,
    })
}

pub(super) async fn insert(tx: &WriteTx, s: &Signoff) -> Result<u64, DbError> {
    let values = params![
        s.id,
        s.subject.code(),
        s.text,
        s.reason,
        s.by,
        s.at,
        s.state.code(),
        s.decided.map(|(by, _)| by),
        s.decided.map(|(_, at)| at),
        s.note,
        s.is_own,
    ];
    tx.execute(INSERT, values).await
}

/// Writes down what was decided; whether it waited still.
pub(super) async fn decide(tx: &WriteTx, s: &Signoff) -> Outcome<bool> {
    let (by, at) = (s.decided.map(|(by, _)| by), s.decided.map(|(_, at)| at));
    Ok(tx.execute(DECIDE, params![s.id, s.state.code(), by, at, s.note, s.is_own]).await? == 1)
}

pub(super) async fn by_id(tx: &ReadTx, id: SignoffId) -> Outcome<Option<Signoff>> {
    let rows = tx.list(Statement::new(SELECT).filter("id = ?", params![id])).await?;
    Ok(rows.first().map(from_row).transpose()?)
}

/// The change of a subject that waits.
pub(super) async fn waiting(tx: &ReadTx, subject: Subject) -> Outcome<Option<Signoff>> {
    let statement = Statement::new(SELECT).filter("subject = ? AND state = 'waiting'", params![subject.code()]);
    Ok(tx.list(statement).await?.first().map(from_row).transpose()?)
}

/// Changes of a subject, the newest first.
pub(super) async fn of(tx: &ReadTx, subject: Subject, limit: i64) -> Outcome<Vec<Signoff>> {
    let statement = Statement::new(SELECT).filter("subject = ?", params![subject.code()]);
    let rows = tx.list(statement.then("ORDER BY proposed_at DESC, id LIMIT ?", params![limit])).await?;
    Ok(rows.iter().map(from_row).collect::<Result<_, _>>()?)
}
