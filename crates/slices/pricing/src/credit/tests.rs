//! Credit on both databases.

use db::testing::TestDb;
use kernel::{Amount, Currency};
use parties::companies;

use super::{Credit, CreditUse, actions, queries};
use crate::world::{World, migrations};

fn eur(minor: i64) -> Amount {
    Amount::new(minor, Currency::Eur)
}

#[test]
fn the_limit_itself_may_be_reached() {
    let credit = Credit { limit: eur(1_000), used: eur(400) };
    assert_eq!(credit.free(), eur(600));
    assert_eq!((credit.exceeded_by(eur(600)), credit.exceeded_by(eur(601))), (None, Some(eur(1))));
    let over = Credit { used: eur(1_500), ..credit };
    assert_eq!((over.free(), over.exceeded_by(eur(10)), over.exceeded_by(eur(0))), (eur(-500), Some(eur(510)), None));
}

#[tokio::test]
async fn what_is_taken_is_given_back() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test, 1).await;
        let (db, id) = (&world.db, world.company);
        let company = companies::queries::company(&db.read().await.unwrap(), id).await.unwrap().unwrap();
        let used = || async { queries::of(&db.read().await.unwrap(), &company).await.unwrap().unwrap().used.minor() };
        assert_eq!(used().await, 0);
        let of = |number: &str, gross| CreditUse { order_number: number.into(), company: id, gross };
        let all = &[of("A", eur(100)), of("B", eur(23)), of("C", Amount::new(900, Currency::Pln)), of("D", eur(0))];
        db.write(|tx| async move { actions::take_many(&tx, all).await }).await.unwrap();
        assert_eq!(used().await, 123, "another currency is another limit");
        db.write(|tx| async move { actions::give_back(&tx, "A").await }).await.unwrap();
        assert_eq!(used().await, 23);
        test.remove().await;
    }
}
