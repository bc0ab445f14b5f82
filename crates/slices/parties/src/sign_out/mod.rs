//! Signing out: how sessions end. It stands below people, because who is blocked or has a new password is signed out
//! everywhere in the same transaction.

mod store;

use db::WriteTx;
use db::events::Event;
use kernel::{CompanyId, Ctx, Failure, Outcome, SessionId, UserId};

/// What happens to sessions.
#[derive(Debug)]
pub struct SessionEvent {
    /// The stable name.
    pub kind: &'static str,
    /// The session, or nil for all of a person.
    pub subject: String,
    /// The person's company.
    pub company: Option<CompanyId>,
}

impl Event for SessionEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.subject.clone()
    }
    fn company(&self) -> Option<CompanyId> {
        self.company
    }
}

/// Ends one session of the actor.
///
/// # Errors
/// Not found when it is not the actor's.
pub async fn close(tx: &WriteTx, ctx: &Ctx, session: SessionId) -> Outcome<()> {
    if store::delete(tx, session, ctx.actor.user()?).await? == 0 {
        return Err(Failure::NotFound);
    }
    let event = SessionEvent { kind: "session.closed", subject: session.to_string(), company: ctx.actor.company };
    tx.append(ctx, &event).await?;
    Ok(())
}

/// Ends the session that a browser has, because another begins in it. It may have ended already.
///
/// # Errors
/// A fault when the database fails.
pub async fn replace(tx: &WriteTx, ctx: &Ctx, session: SessionId, of: UserId) -> Outcome<()> {
    if store::delete(tx, session, of).await? > 0 {
        let event = SessionEvent { kind: "session.closed", subject: session.to_string(), company: ctx.actor.company };
        tx.append(ctx, &event).await?;
    }
    Ok(())
}

/// Ends every session of a person: 'sign out everywhere', a new password, a block.
///
/// # Errors
/// A fault when the database fails.
pub async fn end_all(tx: &WriteTx, ctx: &Ctx, person: UserId) -> Outcome<()> {
    store::delete_all(tx, person).await?;
    let event = SessionEvent { kind: "session.all_closed", subject: person.to_string(), company: ctx.actor.company };
    tx.append(ctx, &event).await?;
    Ok(())
}
