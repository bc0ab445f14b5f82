//! How much authority an answer needs.

use db::testing::TestDb;
use kernel::{NegotiationId, UnitPrice};
use negotiation_engine::{Authority, Terms};

use super::case;
use crate::cases::actions::{asked, needs, needs_of};
use crate::cases::queries::Case;
use crate::tests::{CHEAP, NO_COST, VALVE, World, migrations};

/// A small source of numbers, the same every time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from((self.0 >> 33) % end.unsigned_abs().max(1)).unwrap()
    }
}

/// Cases of all kinds: one that the rules would answer, one far under the floor, one so small that handling eats it, and one
/// without a known cost.
async fn cases(world: &World) -> Vec<Case> {
    let asks = [(VALVE, 250, "104", 0), (VALVE, 2_000, "90", 2), (CHEAP, 1_000, "0.03", 0), (NO_COST, 1_000, "9", 0)];
    let mut cases = Vec::new();
    for (product, quantity, price, buyer) in asks {
        let mut ask = world.ask(product, quantity, price);
        ask.wants_person = product != NO_COST;
        let id: NegotiationId = world.open(&world.buyer(buyer, 0), &ask).await.unwrap();
        cases.push(case(world, id).await);
    }
    cases
}

fn list(case: &Case, terms: &Terms) -> Terms {
    case.discussed.as_ref().unwrap().0.list.at(terms).unwrap()
}

/// The terms with another price and other days.
fn priced(terms: &Terms, micros: i64, payment_days: u16) -> Terms {
    let mut terms = Terms { payment_days, ..terms.clone() };
    for line in &mut terms.lines {
        line.price = UnitPrice::new(micros, line.price.currency());
    }
    terms
}

#[tokio::test]
async fn a_better_price_never_needs_more_authority() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let (mut numbers, mut differing) = (Numbers(7), 0);
    for case in cases(&world).await {
        let asked = asked(&case).unwrap();
        let most = list(&case, &asked).lines[0].price.micros();
        for _ in 0..4_000 {
            let (one, two) = (numbers.below(most) + 1, numbers.below(most) + 1);
            let (early, late) = (numbers.below(61), numbers.below(61));
            let days = |days: i64| u16::try_from(days).unwrap();
            let worse = priced(&asked, one.min(two), days(early.max(late)));
            let better = priced(&asked, one.max(two), days(early.min(late)));
            let (of_worse, of_better) = (needs(&case, &worse, Authority::Rep), needs(&case, &better, Authority::Rep));
            assert!(of_better <= of_worse, "{of_better:?} for {better:?}, {of_worse:?} for {worse:?}");
            differing += i32::from(of_better < of_worse);
        }
    }
    assert!(differing > 100, "prices mattered {differing} times");
    test.remove().await;
}

#[tokio::test]
async fn more_than_a_suggestion_needs_no_more_than_the_suggestion() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    let mut compared = 0;
    for case in cases(&world).await {
        for row in case.suggested() {
            let terms = &row.offer.terms;
            let sent = needs_of(&case, Some(row.id), terms);
            let most = list(&case, terms);
            let from = terms.lines[0].price.micros();
            for part in 0..=10 {
                let micros = from + (most.lines[0].price.micros() - from) * part / 10;
                let more = priced(terms, micros, terms.payment_days);
                assert!(needs(&case, &more, Authority::Rep) <= sent, "{more:?} needs more than {terms:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 0, "there were suggestions");
    test.remove().await;
}

#[tokio::test]
async fn the_list_price_needs_nobody() {
    let test = TestDb::sqlite(&migrations()).await;
    let world = World::new(&test).await;
    for case in cases(&world).await {
        let at_list = list(&case, &asked(&case).unwrap());
        assert_eq!(needs(&case, &at_list, Authority::Rep), Authority::Rep, "{at_list:?}");
        let below = priced(&at_list, at_list.lines[0].price.micros() / 2, at_list.payment_days);
        assert_eq!(needs(&case, &below, Authority::Rep), Authority::PricingManager, "{below:?}");
    }
    test.remove().await;
}
