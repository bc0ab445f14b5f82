//! Who gets a case, and by when.
//!
//! * [`Settings`]: when the desk works, how many cases a person gets a day, when a holder is reminded and when a missed
//!   promise is passed on, and which cases need the rep's recommendation first. [`Absence`]s: who is away, and who stands in.
//! * [`assigning`] gives a case to a person or to the pool by the engine `workflow`, writes down why ([`Assigned`]), and
//!   passes it on when the person is away, has left, or misses the promise. A case in the pool is in the queue of everybody
//!   who works on the desk.
//! * Nothing gets stuck: each assignment leaves a job for its reminder and its end, and a sweep looks at every waiting case
//!   ([`assigning::tend`]) whether or not those jobs ran: who has left since is found there too.
//! * Numbers that decide who gets a case take a second person ([`terms::signoffs`]), after a look at where the cases of the last
//!   month would have gone ([`replay`]); every change is kept ([`changes`]).
//!
//! Which authority a case needs is not decided here but by the policy's approval matrix.

pub mod actions;
pub mod assigning;
pub mod changes;
pub(crate) mod jobs;
pub mod queries;
pub mod reasons;
pub mod replay;
pub mod rules;
pub(crate) mod store;
#[cfg(test)]
mod tests;

use db::events::Event;
use kernel::{CompanyId, Country, Date, Instant, NegotiationId, Rate, UserId};
use workflow::{Level, Span};

pub use reasons::Because;

/// A day on which the desk is closed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holiday {
    /// The day.
    pub day: Date,
    /// What it is called.
    pub name: String,
}

/// Cases that need the rep's recommendation before somebody above decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecommendFirst {
    /// Those whose margin impact (target less pocket margin) is above this.
    pub above: Rate,
    /// Working minutes within which it is expected; without it the case goes on when they have passed.
    pub minutes: u32,
}

/// How the desk works.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Opening spans from Monday to Sunday, in the merchant's zone.
    pub week: [Vec<Span>; 7],
    /// The merchant's country.
    pub country: Option<Country>,
    /// Whether the desk is closed on the country's public holidays.
    pub has_national_holidays: bool,
    /// Own days off, ascending.
    pub holidays: Vec<Holiday>,
    /// Most cases that one day brings to a person: open ones and those decided today.
    pub daily_cap: u32,
    /// When a holder is reminded, in percent of the promised time.
    pub remind_percent: u8,
    /// Working minutes after the promised time before a case is passed on.
    pub grace_minutes: u32,
    /// Cases with several steps; `None`: everything is decided in one.
    pub recommend_first: Option<RecommendFirst>,
    /// Counts changes; 0 before anything was ever saved.
    pub version: i64,
}

/// Days on which somebody does not work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Absence {
    /// Its id.
    pub id: uuid::Uuid,
    /// Who.
    pub person: UserId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Who stands in.
    pub substitute: Option<UserId>,
}

/// What is needed to enter an absence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewAbsence {
    /// Who.
    pub person: UserId,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// Who stands in.
    pub substitute: Option<UserId>,
}

/// What put a case on a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// It needs a person.
    Asked,
    /// The step before is done.
    Step,
    /// The promise was missed.
    Escalated,
    /// The holder is away.
    Absent,
    /// The holder may not decide any more, or has left.
    Left,
    /// Somebody is there again for what lay in the pool.
    Found,
    /// Somebody took it.
    Taken,
    /// A colleague passed it on.
    Passed,
    /// A colleague proposes an answer that needs more authority.
    Proposed,
}

impl Cause {
    /// Every cause.
    pub const ALL: [Self; 9] = [
        Self::Asked,
        Self::Step,
        Self::Escalated,
        Self::Absent,
        Self::Left,
        Self::Found,
        Self::Taken,
        Self::Passed,
        Self::Proposed,
    ];

    /// The stored code; `assigned-cause-<code>` is the key of its sentence.
    pub fn code(self) -> &'static str {
        match self {
            Self::Asked => "asked",
            Self::Step => "step",
            Self::Escalated => "escalated",
            Self::Absent => "absent",
            Self::Left => "left",
            Self::Found => "found",
            Self::Taken => "taken",
            Self::Passed => "passed",
            Self::Proposed => "proposed",
        }
    }

    /// The cause with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|cause| cause.code() == code)
    }
}

/// A case on a desk: one line of the history of its routing.
#[derive(Debug, Clone, PartialEq)]
pub struct Assigned {
    /// Its id.
    pub id: uuid::Uuid,
    /// The case.
    pub negotiation: NegotiationId,
    /// Counts the assignments of the case, from 1.
    pub place: i64,
    /// What put it there.
    pub cause: Cause,
    /// When.
    pub at: Instant,
    /// On whose desk; `None`: in the pool.
    pub person: Option<UserId>,
    /// The level of that person; in the pool the level that is needed.
    pub level: Level,
    /// The lowest level that suffices for this step.
    pub needed: Level,
    /// Which step, from 1.
    pub step: i64,
    /// Of how many.
    pub steps: i64,
    /// Working minutes promised for this step.
    pub step_minutes: u32,
    /// Working minutes promised for the decision.
    pub answer_minutes: u32,
    /// Target less pocket margin of the ask; `None` without a known cost.
    pub impact: Option<Rate>,
    /// The product class; `mixed` for several.
    pub class: String,
    /// Why this person, in the order of thought.
    pub because: Vec<Because>,
    /// What whoever put it there says.
    pub note: String,
    /// Who put it there; `None`: the rules.
    pub put_by: Option<UserId>,
    /// This step is promised by then.
    pub promised: Instant,
    /// The holder is reminded then.
    pub remind_at: Instant,
    /// It is passed on then.
    pub escalate_at: Instant,
    /// When the holder was reminded.
    pub reminded_at: Option<Instant>,
    /// How and when it ended.
    pub ended: Option<Ended>,
}

/// How an assignment ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    /// `decided`, `recommended`, `closed` by the buyer, or the code of the [`Cause`] that put it elsewhere.
    pub outcome: String,
    /// Who ended it; `None`: the rules, or the buyer.
    pub by: Option<UserId>,
    /// When.
    pub at: Instant,
}

/// Advice before the decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Advice {
    /// Who.
    pub person: UserId,
    /// The person's level then.
    pub level: Level,
    /// `approve`, `reject` or `counter`.
    pub verdict: String,
    /// Why.
    pub rationale: String,
    /// When.
    pub at: Instant,
}

/// Who attends to a negotiation that the shop answers by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attendance {
    /// Who began it for the customer.
    pub started_by: Option<UserId>,
    /// To whom further asks come first, and since when.
    pub held: Option<(UserId, Instant)>,
}

kernel::refusals! {
    /// Why calendar or absences are not changed.
    pub enum RoutingRefusal {
        /// Somebody else changed the settings after they were read.
        SettingsChanged = "routing-settings-changed" => Conflict,
        /// Only managers enter the absence of others.
        NotYours = "absence-not-yours" => Forbidden,
        /// The person is absent on some of these days already.
        Overlaps = "absence-overlaps" => Conflict,
    }
}

/// What happens to calendar and absences.
#[derive(Debug)]
pub(crate) enum RoutingEvent {
    Settings,
    Cap(UserId),
    AbsenceEntered(UserId),
    AbsenceRemoved(UserId),
}

impl Event for RoutingEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::Settings => "routing.changed",
            Self::Cap(_) => "routing.cap_changed",
            Self::AbsenceEntered(_) => "absence.entered",
            Self::AbsenceRemoved(_) => "absence.removed",
        }
    }
    fn subject(&self) -> String {
        match self {
            Self::Settings => "routing".into(),
            Self::Cap(person) | Self::AbsenceEntered(person) | Self::AbsenceRemoved(person) => person.to_string(),
        }
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
}
