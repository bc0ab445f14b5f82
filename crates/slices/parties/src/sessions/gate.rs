//! The queue in front of the hashing of passwords. Hashing is slow on purpose, so whoever asks for many must not take it from
//! everybody: strangers and known people stand in queues of their own, both are short, and one network address gets a few
//! places in the strangers' only. Whoever finds no place is told at once when to come again.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{LazyLock, Mutex, PoisonError};

use kernel::{Fault, Outcome, Refused};
use tokio::sync::{Semaphore, SemaphorePermit};

use super::SignInRefusal;

/// Places for tries of people where they are known: from a browser or an address by which they came before.
const PLACES_KNOWN: usize = 64;
/// Places for all other tries: about half a second of work.
const PLACES_STRANGERS: usize = 24;
/// Of these, for one network address.
const PLACES_ADDRESS: usize = 8;
/// When to come again, in seconds.
const BUSY_SECONDS: i64 = 2;

/// In which of the two queues somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lane {
    Known,
    Strangers,
}

/// Places are for as long as a try takes, slots for the hashing itself. One slot each: more would only take memory and starve
/// pages of processors, and with one for both strangers would be in the way.
struct Queue {
    places: Semaphore,
    slot: Semaphore,
}

static KNOWN: Queue = Queue { places: Semaphore::const_new(PLACES_KNOWN), slot: Semaphore::const_new(1) };
static STRANGERS: Queue = Queue { places: Semaphore::const_new(PLACES_STRANGERS), slot: Semaphore::const_new(1) };
/// How many places each address has, of those that have any.
static BY_ADDRESS: LazyLock<Mutex<HashMap<IpAddr, usize>>> = LazyLock::new(Mutex::default);

impl Lane {
    fn queue(self) -> &'static Queue {
        match self {
            Self::Known => &KNOWN,
            Self::Strangers => &STRANGERS,
        }
    }
}

/// A place in a queue, until it is dropped.
pub(super) struct Place {
    lane: Lane,
    _place: SemaphorePermit<'static>,
    _of_address: Option<OfAddress>,
}

impl Place {
    /// Takes a place. `address` is where a stranger calls from.
    ///
    /// # Errors
    /// [`SignInRefusal::Busy`].
    pub(super) fn take(lane: Lane, address: IpAddr) -> Result<Self, Refused> {
        let busy = |_| SignInRefusal::Busy.refused().with("seconds", BUSY_SECONDS.to_string());
        let of_address = match lane {
            Lane::Known => None,
            Lane::Strangers => Some(OfAddress::take(web::network(address)).ok_or(()).map_err(busy)?),
        };
        let place = lane.queue().places.try_acquire().map_err(|_| busy(()))?;
        Ok(Self { lane, _place: place, _of_address: of_address })
    }

    /// Does slow work, one at a time for each queue, on a thread of its own.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
    ) -> Outcome<T> {
        in_slot(self.lane, work).await
    }
}

/// Does slow work for which nobody waits at a door: at the command line, and when the demo is made.
pub(super) async fn in_slot<T: Send + 'static>(
    lane: Lane,
    work: impl FnOnce() -> Result<T, Fault> + Send + 'static,
) -> Outcome<T> {
    let _slot = lane.queue().slot.acquire().await.map_err(|e| Fault::because("waiting to hash a password", e))?;
    let done = tokio::task::spawn_blocking(work).await.map_err(|e| Fault::because("hashing a password", e))?;
    Ok(done?)
}

/// One of the places of an address.
struct OfAddress(IpAddr);

impl OfAddress {
    fn take(address: IpAddr) -> Option<Self> {
        let mut all = BY_ADDRESS.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = all.entry(address).or_default();
        if *taken >= PLACES_ADDRESS {
            return None;
        }
        *taken += 1;
        Some(Self(address))
    }
}

impl Drop for OfAddress {
    fn drop(&mut self) {
        let mut all = BY_ADDRESS.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get_mut(&self.0) {
            Some(taken) if *taken > 1 => *taken -= 1,
            _ => drop(all.remove(&self.0)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attack_h5_one_address_takes_a_few_places_and_strangers_take_none_of_the_known() {
        let address = |n: u8| IpAddr::from([198, 51, 100, n]);
        let mut taken: Vec<Place> =
            (0..PLACES_ADDRESS).map_while(|_| Place::take(Lane::Strangers, address(1)).ok()).collect();
        assert_eq!(taken.len(), PLACES_ADDRESS);
        let refused = Place::take(Lane::Strangers, address(1)).err().expect("one address has no more");
        assert_eq!((refused.code, refused.args), ("sign-in-busy", vec![("seconds", "2".to_owned())]));
        for n in 2..=60 {
            taken.extend(Place::take(Lane::Strangers, address(n)));
        }
        assert_eq!(taken.len(), PLACES_STRANGERS, "the queue of strangers ends");
        assert!(Place::take(Lane::Known, address(1)).is_ok(), "known people stand elsewhere");
        drop(taken);
        assert!(Place::take(Lane::Strangers, address(1)).is_ok());
        assert!(BY_ADDRESS.lock().unwrap().is_empty(), "nothing is kept of those who have gone");
    }
}
