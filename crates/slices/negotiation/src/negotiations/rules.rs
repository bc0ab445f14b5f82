//! Pure decisions about negotiations: where one stands, and what may be done with it.

use kernel::{Instant, OfferId};
use terms::costs::DECISIONS_MAX;

use super::{Negotiation, State, UNDO};
use crate::offers::{OfferRow, OfferState};
use crate::refusals::NegotiationRefusal;

/// Where a negotiation stands at `now`.
pub fn state(stored: State, expires_at: Option<Instant>, now: Instant) -> State {
    match stored {
        State::Offered if expires_at.is_some_and(|end| now >= end) => State::Expired,
        other => other,
    }
}

/// Whether the mail that was kept back for the decision of that moment has something to tell. It has not when another decision
/// has taken its place, which has a mail of its own; when it was taken back, unless that let a decision stand again whose own
/// mail it had kept from being sent; and when the buyer has taken the offer, and so has seen it.
pub fn is_to_tell(n: &Negotiation, decided: Instant) -> bool {
    let Some(last) = n.decisions.last() else { return false };
    let is_taken_since = n.agreed().is_some_and(|row| row.taken_at > Some(last.at));
    last.at <= decided && decided < last.at.plus(UNDO) && !is_taken_since
}

/// Negotiations of one company that move within a day, at most: more than any purchasing software has a reason for, and few
/// enough that they fill no disk.
pub const MOVED_A_DAY_MAX: i64 = 10_000;

/// Whether a company may open another negotiation when so many of its own have moved within a day.
///
/// # Errors
/// [`NegotiationRefusal::TooManyToday`].
pub fn may_open(moved_today: i64) -> Result<(), NegotiationRefusal> {
    if moved_today >= MOVED_A_DAY_MAX { Err(NegotiationRefusal::TooManyToday) } else { Ok(()) }
}

/// Whether the buyer may ask again.
///
/// # Errors
/// The refusal, in order of precedence.
pub fn may_ask_again(n: &Negotiation, decisions: i64, rounds_max: i64, now: Instant) -> Result<(), NegotiationRefusal> {
    if n.stored_state == State::Waiting {
        return Err(NegotiationRefusal::WithPerson);
    }
    if !n.is_live(now) {
        return Err(NegotiationRefusal::NotOpen);
    }
    let is_over = n.round >= rounds_max && !n.decisions.is_empty();
    if is_over || decisions >= DECISIONS_MAX { Err(NegotiationRefusal::RoundsExhausted) } else { Ok(()) }
}

/// Whether the buyer may give it to a person.
///
/// # Errors
/// The refusal, in order of precedence.
pub fn may_hand_over(n: &Negotiation, decisions: i64, now: Instant) -> Result<(), NegotiationRefusal> {
    if n.stored_state == State::Waiting {
        return Err(NegotiationRefusal::WithPerson);
    }
    if !n.is_live(now) {
        return Err(NegotiationRefusal::NotOpen);
    }
    if n.is_answered_by_person() {
        return Err(NegotiationRefusal::AnsweredByPerson);
    }
    if decisions >= DECISIONS_MAX { Err(NegotiationRefusal::RoundsExhausted) } else { Ok(()) }
}

/// Whether the buyer may take it back.
///
/// # Errors
/// [`NegotiationRefusal::NotOpen`].
pub fn may_withdraw(n: &Negotiation, now: Instant) -> Result<(), NegotiationRefusal> {
    let open = matches!(n.state(now), State::Offered | State::Waiting | State::Declined);
    if open { Ok(()) } else { Err(NegotiationRefusal::NotOpen) }
}

/// The offer that may be taken. Taking the same offer twice is taking it once.
///
/// # Errors
/// The refusal, in order of precedence; `None` when the negotiation has no such offer for the buyer's eyes.
pub fn may_take(n: &Negotiation, id: OfferId, now: Instant) -> Option<Result<&OfferRow, NegotiationRefusal>> {
    // Who looked at the page in the seconds before an offer was undone is told that it stands no more.
    let is_known = |row: &&OfferRow| row.state.was_shown() || row.state == OfferState::Undone;
    let row = n.offers.iter().filter(is_known).find(|row| row.id == id)?;
    Some(match row.state {
        OfferState::Taken => Ok(row),
        _ if matches!(n.stored_state, State::Agreed | State::Withdrawn) => Err(NegotiationRefusal::NotOpen),
        OfferState::Open if now < row.offer.expires => Ok(row),
        OfferState::Open => Err(NegotiationRefusal::OfferExpired),
        _ => Err(NegotiationRefusal::OfferNotStanding),
    })
}
