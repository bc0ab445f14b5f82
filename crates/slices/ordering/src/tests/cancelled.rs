//! What was cancelled was not bought: not by import, not by a cancellation, not in a database of before.

use pricing::purchases::{self, Purchase};

use super::*;

const CANCELLED: &str = "SO-000002";

fn past(w: &World, number: &str, state: OrderState) -> PastOrder {
    let line = orders::PastLine {
        product: w.product,
        sku: "VALVE".into(),
        name: "Valve".into(),
        quantity: Quantity::whole(10, Unit::Piece),
        price: UnitPrice::new(120_000_000, Currency::Eur),
        list_price: UnitPrice::new(120_000_000, Currency::Eur),
        price_lists: Vec::new(),
        negotiation: None,
        offer: None,
    };
    PastOrder {
        number: number.into(),
        company: w.ann.actor.company().unwrap(),
        unit: None,
        person: None,
        state,
        currency: Currency::Eur,
        payment_days: 30,
        po_number: String::new(),
        requested_on: None,
        ship_to: None,
        bill_to: None,
        tax_rule: TaxRule { rate: kernel::Rate::percent(23), treatment: Treatment::Home },
        placed_at: NOW,
        lines: vec![line],
    }
}

fn credit(w: &World, number: &str, order: &str) -> PastCredit {
    let line = PastCreditLine {
        product: w.product,
        sku: "VALVE".into(),
        name: "Valve".into(),
        quantity: Quantity::whole(4, Unit::Piece),
        price: UnitPrice::new(120_000_000, Currency::Eur),
    };
    PastCredit {
        number: number.into(),
        company: w.ann.actor.company().unwrap(),
        order_number: Some(order.into()),
        currency: Currency::Eur,
        issued_at: NOW,
        lines: vec![line],
    }
}

async fn bring_in(w: &World, past: &[PastOrder]) {
    let ctx = &w.system;
    w.test.db.write(|tx| async move { orders::import_many(&tx, ctx, past).await }).await.unwrap();
}

async fn bring_in_credits(w: &World, past: &[PastCredit]) {
    let ctx = &w.system;
    w.test.db.write(|tx| async move { credits::import_many(&tx, ctx, past).await }).await.unwrap();
}

/// Revenue in cents, the order of the last price paid, and the orders that prices remember otherwise than they are.
async fn remembered(w: &World) -> (i64, Option<String>, Vec<String>) {
    let tx = w.test.db.read().await.unwrap();
    let company = w.ann.actor.company().unwrap();
    let revenue = purchases::queries::revenue(&tx, company, Instant::from_micros(0)).await.unwrap();
    let last = purchases::queries::last_paid(&tx, company, w.product).await.unwrap();
    let wrong = queries::misremembered(&tx).await.unwrap();
    (revenue.first().map_or(0, |net| net.minor()), last.map(|paid| paid.order_number), wrong)
}

#[tokio::test]
async fn seller_6_imported_cancelled_orders_are_not_revenue() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        // One credit comes in before its order, one after.
        bring_in_credits(&w, &[credit(&w, "C1", CANCELLED), credit(&w, "C2", "SO-000001")]).await;
        let earlier = PastOrder { placed_at: NOW.plus(-Instant::DAY), ..past(&w, "SO-000001", OrderState::Completed) };
        bring_in(&w, &[earlier, past(&w, CANCELLED, OrderState::Cancelled)]).await;
        bring_in_credits(&w, &[credit(&w, "C3", CANCELLED)]).await;
        assert_eq!(w.count("purchase_order").await, 2, "the cancelled one stays in the history");
        assert_eq!(w.count("credit_note").await, 3);
        assert_eq!(remembered(&w).await, (120_000 - 48_000, Some("SO-000001".into()), vec![]));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn buyer_15_a_cancelled_order_is_no_last_price_paid() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let earlier = PastOrder { placed_at: NOW.plus(-Instant::DAY), ..past(&w, "SO-000001", OrderState::Completed) };
        bring_in(&w, &[earlier]).await;
        let cart = w.cart(10).await;
        let number = &w.place(&w.ann, cart, None, None).await.unwrap().order.number;
        assert_eq!(remembered(&w).await, (120_000 + 3_000, Some(number.clone()), vec![]));
        bring_in_credits(&w, &[credit(&w, "C1", number)]).await;
        assert_eq!(remembered(&w).await.0, 120_000 + 3_000 - 48_000);
        let ctx = &w.ann;
        w.test.db.write(|tx| async move { actions::cancel(&tx, ctx, number, "ordered twice").await }).await.unwrap();
        assert_eq!(remembered(&w).await, (120_000, Some("SO-000001".into()), vec![]));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn an_undone_cancellation_brings_back_what_was_credited() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(10).await;
        let number = &w.place(&w.ann, cart, None, None).await.unwrap().order.number;
        let credits = [credit(&w, "C1", number), PastCredit { number: "C2".into(), ..credit(&w, "C1", number) }];
        bring_in_credits(&w, &credits).await;
        let before = (3_000 - 2 * 48_000, Some(number.clone()), vec![]);
        assert_eq!(remembered(&w).await, before);
        let ctx = &w.ann;
        // Twice: what came back can be taken away again.
        for _ in 0..2 {
            w.test
                .db
                .write(|tx| async move { actions::cancel(&tx, ctx, number, "ordered twice").await })
                .await
                .unwrap();
            assert_eq!((w.count("purchase").await, remembered(&w).await), (0, (0, None, vec![])));
            w.test.db.write(|tx| async move { actions::undo(&tx, ctx, number).await }).await.unwrap();
            assert_eq!((w.count("purchase").await, remembered(&w).await), (3, before.clone()));
        }
        w.test.remove().await;
    }
}

#[tokio::test]
async fn seller_6_what_is_stored_is_mended_when_the_database_opens() {
    let all = migrations();
    let before: Vec<db::Migration> =
        all.iter().filter(|m| m.name != "ordering/0003_cancelled_are_not_bought").copied().collect();
    for test in TestDb::both(&before).await {
        let w = world(test).await;
        bring_in(&w, &[past(&w, "SO-000001", OrderState::Completed), past(&w, CANCELLED, OrderState::Cancelled)]).await;
        bring_in_credits(&w, &[credit(&w, "C1", CANCELLED), credit(&w, "C2", "SO-000001")]).await;
        // As it was remembered once.
        let stored = &[bought(&w, CANCELLED, 10), bought(&w, "C1", -4)];
        w.test.db.write(|tx| async move { purchases::actions::record_many(&tx, stored).await }).await.unwrap();
        let (revenue, last, wrong) = remembered(&w).await;
        assert_eq!((revenue, last.is_some(), wrong), (240_000 - 96_000, true, vec!["C1".into(), CANCELLED.into()]));
        w.test.db.migrate(&all, NOW).await.unwrap();
        assert_eq!(remembered(&w).await, (120_000 - 48_000, Some("SO-000001".into()), vec![]));
        w.test.remove().await;
    }
}

fn bought(w: &World, number: &str, pieces: i64) -> Purchase {
    let price = UnitPrice::new(120_000_000, Currency::Eur);
    Purchase {
        order_number: number.into(),
        position: 1,
        company: w.ann.actor.company().unwrap(),
        product: w.product,
        at: NOW,
        quantity: Quantity::whole(pieces, Unit::Piece),
        price,
        list_price: price,
        net: Amount::new(pieces * 12_000, Currency::Eur),
        is_negotiated: false,
        is_open: false,
    }
}
