//! The world of [`terms::testing`] with people who negotiate, for tests of this slice and of those above.

#![expect(clippy::unwrap_used, reason = "a world that cannot be made fails the test")]

use db::testing::TestDb;
use kernel::{Ctx, Instant, NegotiationId, Outcome};
use negotiation_engine::Policy;
use terms::testing::{eur, pieces};

use crate::negotiations::{Negotiation, store};
use crate::offers::OfferRow;
use crate::requests::{Ask, AskLine};

/// The world, and what can be done in it.
pub struct World(terms::testing::World);

impl std::ops::Deref for World {
    type Target = terms::testing::World;

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl World {
    /// With the starter policy.
    pub async fn new(test: &TestDb) -> Self {
        Self(terms::testing::World::new(test).await)
    }

    /// With a policy, and a cost of the first product.
    pub async fn with(test: &TestDb, policy: Policy, cost: &str) -> Self {
        Self(terms::testing::World::with(test, policy, cost).await)
    }

    /// An ask for so many pieces of a product at a price in euro.
    pub fn ask(&self, product: usize, quantity: i64, price: &str) -> Ask {
        Ask::of(vec![AskLine { product: self.products[product], quantity: pieces(quantity), price: eur(price) }])
    }

    /// Opens a negotiation.
    pub async fn open(&self, ctx: &Ctx, ask: &Ask) -> Outcome<NegotiationId> {
        self.db.write(|tx| async move { crate::requests::actions::open(&tx, ctx, ask).await }).await
    }

    /// Asks again.
    pub async fn again(&self, ctx: &Ctx, id: NegotiationId, ask: &Ask) -> Outcome<()> {
        self.db.write(|tx| async move { crate::requests::actions::ask_again(&tx, ctx, id, ask).await }).await
    }

    /// Takes the offer at a place.
    pub async fn take(&self, ctx: &Ctx, id: NegotiationId, at: usize) -> Outcome<crate::requests::Agreed> {
        let offer = self.load(id).await.offers[at].id;
        self.db.write(|tx| async move { crate::requests::actions::take(&tx, ctx, id, offer).await }).await
    }

    /// Gives the last ask to a person.
    pub async fn hand_over(&self, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
        self.db.write(|tx| async move { crate::requests::actions::hand_to_rep(&tx, ctx, id).await }).await
    }

    /// Takes the ask back.
    pub async fn withdraw(&self, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
        self.db.write(|tx| async move { crate::requests::actions::withdraw(&tx, ctx, id).await }).await
    }

    /// A negotiation as it is stored.
    pub async fn load(&self, id: NegotiationId) -> Negotiation {
        store::load(&self.db.read().await.unwrap(), None, id).await.unwrap().unwrap()
    }
}

/// Offers as `lever price x quantity /days`.
pub fn text(offers: &[OfferRow], now: Instant) -> Vec<String> {
    let standing = offers.iter().filter(|row| row.stands(now));
    let line = |row: &OfferRow| {
        let line = row.offer.terms.lines[0];
        let (lever, days) = (row.offer.lever.code(), row.offer.terms.payment_days);
        format!("{lever} {} x {} /{days}", line.price.to_decimal(), line.quantity.to_decimal())
    };
    standing.map(line).collect()
}
