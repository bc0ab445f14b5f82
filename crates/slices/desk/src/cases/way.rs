//! On whose desk a case lies, how it came there, and what may be done about that.

use kernel::{NegotiationId, Outcome, TimeZone, UserId};
use negotiation::negotiations::State;
use negotiation::routing::queries::Roster;
use negotiation::routing::{self, Advice, Assigned, Attendance};
use web::{App, Visitor};

use super::queries::Case;
use super::timeline::{Step, timeline};

/// What is known of the way of a case.
pub(crate) struct Way {
    history: Vec<Assigned>,
    advice: Vec<Advice>,
    attendance: Attendance,
    roster: Roster,
}

impl Way {
    pub(crate) async fn load(
        tx: &db::ReadTx,
        id: NegotiationId,
        now: kernel::Instant,
        zone: &TimeZone,
    ) -> Outcome<Self> {
        Ok(Self {
            history: routing::queries::history(tx, id).await?,
            advice: routing::queries::advice(tx, id).await?,
            attendance: routing::queries::attendance(tx, id).await?,
            roster: routing::queries::roster(tx, now, zone).await?,
        })
    }

    /// The present assignment.
    fn open(&self) -> Option<&Assigned> {
        self.history.iter().find(|row| row.ended.is_none())
    }

    /// The view for a reader.
    pub(crate) fn view(&self, app: &App, visitor: &Visitor, case: &Case) -> WayView {
        let (n, locale, names) = (&case.negotiation, &visitor.locale, self.roster.names());
        let name = |id: UserId| names.get(&id).cloned().unwrap_or_default();
        let is_waiting = n.stored_state == State::Waiting;
        let open = self.open().filter(|_| is_waiting);
        let (me, step) = (visitor.actor.user, open.filter(|row| row.steps > 1));
        let needed = open.map_or_else(|| routing::rules::needed(n), |row| row.needed);
        let own = me.and_then(|me| self.roster.level(me));
        let args = |row: &Assigned| [("step", row.step.into()), ("of", row.steps.into())];
        let is_advised = open.is_some_and(|row| row.step < row.steps);
        let kind = if is_advised { "way-step-recommend" } else { "way-step-decide" };
        let held = self.attendance.held.map(|(holder, _)| name(holder));
        let is_live = !is_waiting && n.is_live(app.now());
        WayView {
            desk: match (is_waiting, n.rep) {
                (true, Some(rep)) => locale.text_with("way-with", &[("name", name(rep).into())]),
                (true, None) => locale.text("way-in-pool"),
                (false, _) => String::new(),
            },
            step: step.map_or_else(String::new, |row| locale.text_with(kind, &args(row))),
            may_take: is_waiting && me.is_some() && n.rep != me && own >= Some(needed),
            colleagues: if is_waiting { self.colleagues(n.rep, needed) } else { Vec::new() },
            wants_advice: is_advised,
            may_hold: is_live && held.is_none(),
            held: held.unwrap_or_default(),
            started: self.attendance.started_by.map(name).unwrap_or_default(),
            steps: timeline(locale, &self.history, &self.advice, &names),
        }
    }

    /// Who may get it instead: those whose level suffices, but for the holder.
    fn colleagues(&self, holder: Option<UserId>, needed: workflow::Level) -> Vec<(String, String)> {
        let able = |member: &&parties::people::Member| {
            Some(member.id) != holder && self.roster.level(member.id).is_some_and(|level| level >= needed)
        };
        let all = self.roster.staff.iter().filter(able);
        all.map(|member| (member.id.to_string(), member.name.clone())).collect()
    }
}

/// The way of a case, in words.
pub(crate) struct WayView {
    /// Where it lies.
    pub(crate) desk: String,
    /// Which step of how many; empty for one.
    pub(crate) step: String,
    pub(crate) may_take: bool,
    pub(crate) colleagues: Vec<(String, String)>,
    pub(crate) wants_advice: bool,
    pub(crate) may_hold: bool,
    /// Who holds it; empty: nobody.
    pub(crate) held: String,
    /// Who began it for the customer.
    pub(crate) started: String,
    pub(crate) steps: Vec<Step>,
}
