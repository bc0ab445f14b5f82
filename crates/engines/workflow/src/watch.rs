//! What is due for a task that lies on a desk, and where it goes when its promise was missed.

use kernel::Instant;

use crate::{
    assignment::{Assignment, Desk, Loads, Reason, Task, assign, to_pool},
    people::{Level, Team},
};

/// What is due for an open assignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// Nothing before this moment; `None`: never again, it stays in the pool until somebody decides.
    Nothing {
        /// When to look again.
        until: Option<Instant>,
    },
    /// Remind the holder, or in the pool everybody who may decide.
    Remind,
    /// Pass it on to this level by [`escalate`].
    Escalate {
        /// The lowest level above the holder's where somebody is there.
        to: Level,
    },
    /// Pass it on to the pool by [`escalate`]: nobody is there above the holder.
    EscalateToPool,
}

/// What is due now. `is_reminded`: whether this assignment's reminder has been sent.
pub fn watch(task: &Task, open: &Assignment, is_reminded: bool, team: &Team, now: Instant) -> Due {
    if now < open.remind_at && now < open.escalate_at {
        return Due::Nothing { until: Some(open.remind_at) };
    }
    let is_in_pool = open.desk == Desk::Pool;
    if now >= open.escalate_at && !is_in_pool {
        return level_above(task, open, team, now).map_or(Due::EscalateToPool, |to| Due::Escalate { to });
    }
    if !is_reminded {
        return Due::Remind;
    }
    Due::Nothing { until: (!is_in_pool).then_some(open.escalate_at) }
}

/// Passes a task on, whether or not it is due, with a new promised time: to somebody at the next level above where
/// somebody is there, or to the pool. What lies in the pool stays there, with its old times. The level rises with every
/// step, so a task reaches the pool after at most as many steps as there are levels.
pub fn escalate(task: &Task, open: &Assignment, team: &Team, loads: &Loads, now: Instant) -> Assignment {
    if open.desk == Desk::Pool {
        return open.clone();
    }
    let mut because = vec![Reason::Missed(open.level)];
    let Some(needed) = level_above(task, open, team, now) else {
        because.push(Reason::NobodyAbove);
        return to_pool(task, team, because, now);
    };
    let mut next = assign(&Task { needed, owner: None, ..task.clone() }, team, loads, now);
    because.append(&mut next.because);
    Assignment { because, ..next }
}

/// The lowest level above the holder's, and not under the needed one, where somebody is there who may decide.
fn level_above(task: &Task, open: &Assignment, team: &Team, now: Instant) -> Option<Level> {
    let above = team.distinct().filter(|person| person.level > open.level && person.level >= task.needed);
    let allowed = above.filter(|person| !task.excluded.contains(&person.id));
    allowed.filter(|person| team.away(person, now).is_none()).map(|person| person.level).min()
}
