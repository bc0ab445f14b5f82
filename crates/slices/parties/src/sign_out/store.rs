//! The SQL of ending sessions.

use db::{WriteTx, params};
use kernel::{Outcome, SessionId, UserId};

db::sql! {
    DELETE = "DELETE FROM session WHERE id = $1 AND person_id = $2";
    DELETE_ALL = "DELETE FROM session WHERE person_id = $1";
}

pub(super) async fn delete(tx: &WriteTx, session: SessionId, person: UserId) -> Outcome<u64> {
    Ok(tx.execute(DELETE, params![session, person]).await?)
}

pub(super) async fn delete_all(tx: &WriteTx, person: UserId) -> Outcome<u64> {
    Ok(tx.execute(DELETE_ALL, params![person]).await?)
}
