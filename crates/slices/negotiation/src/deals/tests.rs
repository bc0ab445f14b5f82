//! Deals: what stands, what is called off, what is left, and whose they are.

use db::testing::TestDb;
use kernel::{Amount, Currency, Instant, NegotiationId, OfferId, ProductId, Quantity};
use negotiation_engine::{Commitment, Extras, Policy};
use web::Pager;

use super::{Deal, Standing, queries};
use crate::negotiations::State;
use crate::offers;
use crate::requests::Ask;
use crate::tests::{VALVE, World, code, pieces};

const DAY: i64 = Instant::DAY;

async fn deals(w: &World, standing: Option<Standing>, now: Instant) -> Vec<Deal> {
    let tx = w.db.read().await.unwrap();
    let (deals, total) = queries::of_company(&tx, w.company, standing, now, Pager::asked(None, None)).await.unwrap();
    assert_eq!(total, i64::try_from(deals.len()).unwrap());
    deals
}

/// An ask that was taken as it stands: at list price nobody has anything against it.
async fn agree(w: &World, extras: Extras) -> (NegotiationId, OfferId) {
    let buyer = &w.buyer(0, 0);
    let ask = Ask { extras, ..w.ask(VALVE, 2_000, "119") };
    let id = w.open(buyer, &ask).await.unwrap();
    let n = w.load(id).await;
    let taken = match n.state(buyer.now) {
        State::Agreed => n.agreed().unwrap().id,
        _ => {
            let wanted =
                n.offers.iter().position(|row| row.offer.terms.extras.commitment == extras.commitment).unwrap();
            w.take(buyer, id, wanted).await.unwrap();
            n.offers[wanted].id
        }
    };
    (id, taken)
}

async fn order(w: &World, offer: OfferId, number: &str, lines: &[(ProductId, Quantity)], after: i64) -> String {
    let buyer = &w.buyer(0, after);
    code(w.db.write(|tx| async move { offers::actions::mark_used(&tx, buyer, offer, number, lines).await }).await)
}

#[tokio::test]
async fn a_commitment_is_called_off_order_by_order() {
    for test in TestDb::both(&crate::tests::migrations()).await {
        let w = World::with(&test, Policy::complete(), "80").await;
        let committed = Extras { commitment: Some(Commitment { months: 6, times: 3 }), ..Extras::default() };
        let (id, offer) = agree(&w, committed).await;
        let valve = w.products[VALVE];

        assert_eq!(order(&w, offer, "SO-1", &[(valve, pieces(2_500))], DAY).await, "done");
        let [deal] = &deals(&w, Some(Standing::Open), w.ctx.now.plus(2 * DAY)).await[..] else { panic!("one deal") };
        assert_eq!((deal.id, deal.negotiation, deal.order_number.clone()), (offer, id, None));
        let [progress] = deal.progress()[..] else { panic!("one line") };
        assert_eq!(
            (progress.total, progress.called_off, progress.left()),
            (pieces(6_000), pieces(2_500), pieces(3_500))
        );
        assert_eq!(deal.call_offs[0].order_number, "SO-1");
        // Three orders of 2,000 within about 183 days: the first is due after 61, the second after 122.
        let paces = [1, 60, 62, 121, 123].map(|days| deal.is_on_track(w.ctx.now.plus(days * DAY)));
        assert_eq!(paces, [true, true, true, true, false].map(Some));

        assert_eq!(
            order(&w, offer, "SO-2", &[(valve, pieces(3_550))], 2 * DAY).await,
            "offer-used",
            "more than is left"
        );
        assert_eq!(order(&w, offer, "SO-2", &[(valve, pieces(3_500))], 2 * DAY).await, "done");
        assert_eq!(order(&w, offer, "SO-3", &[(valve, pieces(50))], 3 * DAY).await, "offer-used", "nothing is left");
        let [deal] = &deals(&w, Some(Standing::Ordered), w.ctx.now).await[..] else { panic!("one deal") };
        assert_eq!((deal.call_offs.len(), deal.progress()[0].left()), (2, pieces(0)));
        assert_eq!(deal.is_on_track(w.ctx.now), None, "it is over");
        assert!(deals(&w, Some(Standing::Open), w.ctx.now).await.is_empty());
        test.remove().await;
    }
}

#[tokio::test]
async fn a_deal_that_nobody_orders_ends() {
    for test in TestDb::both(&crate::tests::migrations()).await {
        let w = World::with(&test, Policy::complete(), "80").await;
        let (_, offer) = agree(&w, Extras::default()).await;
        let [deal] = &deals(&w, Some(Standing::Open), w.ctx.now).await[..] else { panic!("one deal") };
        assert_eq!(deal.net, Amount::new(deal.net.minor(), Currency::Eur));
        assert!(deal.progress().is_empty(), "nothing is called off of a single order");
        let (last, end) = (deal.offer.expires.plus(-1), deal.offer.expires);
        assert_eq!(deal.standing(last), Standing::Open);
        assert_eq!(deals(&w, Some(Standing::Ended), last).await.len(), 0);
        assert_eq!(deals(&w, Some(Standing::Ended), end).await[0].id, offer);
        assert_eq!(deals(&w, None, end).await.len(), 1);
        let tx = w.db.read().await.unwrap();
        let (others, total) =
            queries::of_company(&tx, w.other, None, w.ctx.now, Pager::asked(None, None)).await.unwrap();
        assert_eq!((others.len(), total), (0, 0), "another company's deals do not exist");
        drop(tx);
        test.remove().await;
    }
}
