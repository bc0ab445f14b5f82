//! What is typed into the search of orders is found to the letter.

use super::*;
use crate::orders::queries::OrderFilter;

#[tokio::test]
async fn fault_r10_wildcards_are_found_literally() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let (ctx, company) = (&w.system, w.ann.actor.company().unwrap());
        let past = |number: &str, po_number: &str| PastOrder {
            number: number.into(),
            company,
            unit: None,
            person: None,
            state: OrderState::Completed,
            currency: Currency::Eur,
            payment_days: 30,
            po_number: po_number.into(),
            requested_on: None,
            ship_to: None,
            bill_to: None,
            tax_rule: TaxRule { rate: kernel::Rate::percent(23), treatment: Treatment::Home },
            placed_at: NOW,
            lines: Vec::new(),
        };
        let all = &[
            past("SO-000001", "PO_4711"),
            past("SO-000002", "PO-4711"),
            past("SO-000003", "at 50% off"),
            past("SO-000004", "at 500 off"),
            past("SO-000005", r"Łódź\7"),
        ];
        w.test.db.write(|tx| async move { orders::import_many(&tx, ctx, all).await }).await.unwrap();
        let tx = w.test.db.read().await.unwrap();
        for (typed, want) in [
            ("PO_4711", vec!["SO-000001"]),
            ("po_47", vec!["SO-000001"]),
            ("50%", vec!["SO-000003"]),
            ("%", vec!["SO-000003"]),
            ("_", vec!["SO-000001"]),
            (r"\7", vec!["SO-000005"]),
            ("Łódź", vec!["SO-000005"]),
            ("4711", vec!["SO-000002", "SO-000001"]),
            ("O-0000", vec!["SO-000005", "SO-000004", "SO-000003", "SO-000002", "SO-000001"]),
        ] {
            let filter = OrderFilter { text: Some(typed.into()), ..OrderFilter::default() };
            let (found, total) = queries::list(&tx, &w.ann.actor, &filter, 50, 0).await.unwrap();
            let mut found: Vec<String> = found.into_iter().map(|order| order.number).collect();
            let mut want: Vec<String> = want.into_iter().map(str::to_owned).collect();
            found.sort();
            want.sort();
            assert_eq!((found, total), (want.clone(), want.len() as i64), "{typed}");
        }
        drop(tx);
        w.test.remove().await;
    }
}
