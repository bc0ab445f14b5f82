//! A change of rules that prices or people depend on, written by one person and confirmed by another: the cost model, the
//! rules for segments, how cases are spread. The capability whose rules they are proposes here and, when it is confirmed, puts
//! the text into force, in the same transaction. Where nobody else may manage policies, the author's own word is taken, and
//! recorded as that.

pub mod actions;
pub mod queries;
mod store;
pub mod view;

use db::events::Event;
use kernel::{CompanyId, Instant, SignoffId, UserId};

/// What is changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// What serving a deal costs.
    CostModel,
    /// The rules that name behaviours.
    Segments,
    /// How cases are spread over the people of the desk.
    Routing,
}

impl Subject {
    const ALL: [Self; 3] = [Self::CostModel, Self::Segments, Self::Routing];

    /// The stored code.
    pub fn code(self) -> &'static str {
        match self {
            Self::CostModel => "cost_model",
            Self::Segments => "segments",
            Self::Routing => "routing",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|subject| subject.code() == code)
    }
}

/// Where a change stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignoffState {
    /// Waits for a second person.
    Waiting,
    /// In force since it was confirmed.
    Confirmed,
    /// A second person said no, or its author took it back.
    Declined,
}

impl SignoffState {
    const ALL: [Self; 3] = [Self::Waiting, Self::Confirmed, Self::Declined];

    /// The stored code; `signoff-state-<code>` is the key of its word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Waiting => "waiting",
            Self::Confirmed => "confirmed",
            Self::Declined => "declined",
        }
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.code() == code)
    }
}

/// A change with what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signoff {
    /// Its id.
    pub id: SignoffId,
    /// What it changes.
    pub subject: Subject,
    /// The whole of what it shall be, as its subject writes it.
    pub text: String,
    /// Why.
    pub reason: String,
    /// Who wants it; `None` for the system.
    pub by: Option<UserId>,
    /// Since when.
    pub at: Instant,
    /// Where it stands.
    pub state: SignoffState,
    /// Who decided, and when.
    pub decided: Option<(UserId, Instant)>,
    /// What they wrote.
    pub note: String,
    /// Whether it was the author's own word.
    pub is_own: bool,
}

/// What happens to a change.
#[derive(Debug)]
pub(crate) struct SignoffEvent {
    id: SignoffId,
    subject: Subject,
    state: SignoffState,
}

impl Event for SignoffEvent {
    fn kind(&self) -> &'static str {
        match self.state {
            SignoffState::Waiting => "signoff.proposed",
            SignoffState::Confirmed => "signoff.confirmed",
            SignoffState::Declined => "signoff.declined",
        }
    }
    fn subject(&self) -> String {
        self.id.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
    fn payload(&self) -> serde_json::Value {
        serde_json::json!({ "subject": self.subject.code() })
    }
}

kernel::refusals! {
    /// Why a change is not proposed, confirmed or declined.
    pub enum SignoffRefusal {
        /// Another change of the same waits already.
        Open = "signoff-open" => Conflict,
        /// It does not wait any more.
        NotWaiting = "signoff-not-waiting" => Conflict,
        /// Its author may not confirm it while somebody else could.
        OwnApproval = "signoff-own-approval" => Conflict,
    }
}
