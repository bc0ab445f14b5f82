#![warn(missing_docs)]
//! Who decides, and by when: calendars, absences, loads, steps.
//!
//! Pure values in, a value out: no I/O, no clock. Which authority a case needs is chosen elsewhere (the approval matrix
//! of the negotiation policy, the approval rules of a company); here it is only a [`Level`], and this engine finds the
//! person and the time.
//!
//! * [`WorkingCalendar`] counts working time in a time zone; [`HolidayRule`]s say which days are off, by country.
//! * [`assign`] gives a [`Task`] to one person of a [`Team`], or to the pool, and says why and by when.
//! * [`watch`] says what is due for an open assignment, [`escalate`] passes a missed one on, upwards, and in the end to
//!   the pool.
//! * [`Chain`] asks several people in turn.
//! * [`group`] finds cases that are so alike that one decision may answer them all.
//!
//! Nothing gets stuck: whatever the calendars, absences and loads are, a task lies on the desk of an active person or in
//! the pool, with a promised time, and a missed promise moves it up at most once per level before the pool has it.

mod alike;
mod assignment;
mod calendar;
mod holidays;
mod people;
mod steps;
mod watch;

pub use alike::{Alike, Bands, Case, Group, group};
pub use assignment::{Assignment, Desk, Load, Loads, Reason, Task, assign};
pub use calendar::{CalendarFault, Span, WorkingCalendar};
pub use holidays::{HolidayRule, OnDay, easter, national};
pub use people::{Absence, Away, Level, Person, Team};
pub use steps::{Chain, ChainFault, FourEyes, Next, StepDecision, StepKind, StepRefused, StepRule, Verdict};
pub use watch::{Due, escalate, watch};
