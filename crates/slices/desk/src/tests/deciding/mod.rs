//! What the rep sees is what is sent: the seller's findings about the decision form, by their number.

mod authority;
mod course;
mod form;

use kernel::{Instant, NegotiationId, Outcome};

use super::{VALVE, World, eur, pieces};
use crate::cases::queries::{self, Case};
use crate::cases::{Approval, Counter, actions, undoing};

pub(super) const MINUTE: i64 = Instant::MINUTE;
pub(super) const SECOND: i64 = Instant::SECOND;

pub(super) async fn waiting(world: &World, quantity: i64, price: &str) -> NegotiationId {
    let mut ask = world.ask(VALVE, quantity, price);
    ask.wants_person = true;
    world.open(&world.buyer(0, 0), &ask).await.unwrap()
}

pub(super) async fn case(world: &World, id: NegotiationId) -> Case {
    queries::case(&world.db.read().await.unwrap(), id).await.unwrap()
}

pub(super) async fn counter_at(
    world: &World,
    person: usize,
    at: i64,
    id: NegotiationId,
    terms: (i64, &str, i64),
) -> Outcome<()> {
    let ctx = &world.person(person, at);
    let (quantity, price, payment_days) = terms;
    let version = world.load(id).await.version;
    let counter = &Counter { version, lines: vec![(pieces(quantity), eur(price))], payment_days, ..Counter::default() };
    world.db.write(|tx| async move { actions::counter(&tx, ctx, id, counter).await }).await
}

pub(super) async fn replace(
    world: &World,
    person: usize,
    at: i64,
    id: NegotiationId,
    quantity: i64,
    price: &str,
) -> Outcome<()> {
    let ctx = &world.person(person, at);
    let version = world.load(id).await.version;
    let lines = vec![(pieces(quantity), eur(price))];
    let counter = &Counter { version, lines, payment_days: 30, ..Counter::default() };
    world.db.write(|tx| async move { actions::replace(&tx, ctx, id, counter).await }).await
}

pub(super) async fn approve_at(
    world: &World,
    person: usize,
    at: i64,
    id: NegotiationId,
    offer: Option<kernel::OfferId>,
) -> Outcome<()> {
    let ctx = &world.person(person, at);
    let approval = &Approval { version: world.load(id).await.version, offer, ..Approval::default() };
    world.db.write(|tx| async move { actions::approve(&tx, ctx, id, approval).await }).await
}

pub(super) async fn undo(world: &World, person: usize, at: i64, id: NegotiationId) -> Outcome<()> {
    let ctx = &world.person(person, at);
    world.db.write(|tx| async move { undoing::undo(&tx, ctx, id).await }).await
}

/// The value of a form field on a page.
pub(super) fn field(page: &str, name: &str) -> String {
    let tag = page.split('<').find(|tag| tag.contains(&format!("name=\"{name}\"")) && tag.starts_with("input"));
    let tag = tag.unwrap_or_else(|| panic!("no field {name}"));
    let value = tag.split("value=\"").nth(1).unwrap_or_default();
    value.split('"').next().unwrap_or_default().to_owned()
}

/// The words on the button that sends an answer.
pub(super) fn button(page: &str, sends: &str) -> String {
    let part = page.split("<button").find(|part| part.contains(&format!("name=\"sends\" value=\"{sends}\"")));
    let part = part.unwrap_or_else(|| panic!("no button sends {sends}: {page}"));
    part.split('>').nth(1).unwrap_or_default().split('<').next().unwrap_or_default().trim().to_owned()
}
