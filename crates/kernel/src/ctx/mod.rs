//! What every action is told from outside: who acts, when, and where new ids come from. The three know one another: an
//! actor has ids, and a new id is made from the circumstances.

pub(crate) mod actor;
pub(crate) mod id;

use std::sync::{Arc, Mutex};

use jiff::tz::TimeZone;
use uuid::Uuid;

use crate::{Actor, Date, Instant};

/// A source of UUIDv7. Production seeds it with entropy at start-up, tests with a number, so that runs repeat.
///
/// The random part comes from `SplitMix64` over a counter (Steele, Lea and Flood 2014): ids need to be unique and
/// in order of time, not secret. Secrets (sessions, reset links) never come from here.
#[derive(Debug, Clone)]
pub struct Ids(Arc<Mutex<u64>>);

impl Ids {
    /// A source whose ids depend on `seed` and the times handed in only.
    pub fn seeded(seed: u64) -> Self {
        Self(Arc::new(Mutex::new(seed)))
    }

    /// The next id for something that happens at `now`.
    pub fn next(&self, now: Instant) -> Uuid {
        let mut state = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let millis = u64::try_from(now.micros() / 1_000).unwrap_or(0);
        let mut random = [0_u8; 10];
        random[..8].copy_from_slice(&split_mix(&mut state).to_be_bytes());
        random[8..].copy_from_slice(&split_mix(&mut state).to_be_bytes()[..2]);
        uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid()
    }

    /// The next number, for seeds that are stored with a decision.
    pub fn next_seed(&self) -> u64 {
        split_mix(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// The circumstances of one command. Retries of the same command see the same `now`.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Who acts, for whom, and through which door.
    pub actor: Actor,
    /// The time of the command.
    pub now: Instant,
    /// Where new ids come from.
    pub ids: Ids,
    /// The id of the request or job, for logs and events.
    pub request_id: Uuid,
    /// The merchant's time zone. Prices begin and end at its midnight, wherever the buyer sits.
    pub zone: TimeZone,
}

impl Ctx {
    /// Circumstances for work that the system does by itself (jobs, imports, tests). Days are those of UTC.
    pub fn system(now: Instant, ids: Ids) -> Self {
        let request_id = ids.next(now);
        Self { actor: Actor::system(), now, ids, request_id, zone: TimeZone::UTC }
    }

    /// The same circumstances with the days of a time zone.
    pub fn in_zone(self, zone: TimeZone) -> Self {
        Self { zone, ..self }
    }

    /// The merchant's calendar day: which prices are valid, which dates have passed.
    pub fn today(&self) -> Date {
        self.now.date_in(&self.zone)
    }

    /// The same circumstances for another actor.
    pub fn acting_as(&self, actor: Actor) -> Self {
        Self { actor, ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seeded_ids_repeat_and_sort_by_time() {
        let (a, b) = (Ids::seeded(1), Ids::seeded(1));
        let first = a.next(Instant::from_micros(1_000_000));
        assert_eq!(first, b.next(Instant::from_micros(1_000_000)));
        assert!(a.next(Instant::from_micros(2_000_000)) > first);
        assert_eq!(first.get_version_num(), 7);
    }
}
