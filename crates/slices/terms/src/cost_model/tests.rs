//! The cost model: as JSON and back, what is refused, and that the last one counts.

use db::testing::TestDb;
use kernel::{Ctx, Ids, Instant, Rate};

use super::api::CostModelJson;
use super::{actions, queries};
use crate::costs::DealCosts;

fn ctx() -> Ctx {
    Ctx::system(Instant::from_micros(1_800_000_000_000_000), Ids::seeded(7))
}

#[test]
fn costs_read_back_as_they_were_written() {
    let odd = DealCosts { consolidated_order: None, capital: Rate::from_ppm(83_333), ..DealCosts::STANDARD };
    for costs in [DealCosts::STANDARD, odd] {
        assert_eq!(CostModelJson::of(&costs).read(kernel::Notation::Plain), Ok(costs));
    }
}

#[test]
fn what_is_no_cost_is_named() {
    let usual = || CostModelJson::of(&DealCosts::STANDARD);
    let cases = [
        (CostModelJson { handling_order: "-1".into(), ..usual() }, "handling_order cost-negative"),
        (CostModelJson { freight_kilogram: "-0.1".into(), ..usual() }, "freight_kilogram cost-negative"),
        (CostModelJson { capital: "80".into(), ..usual() }, "capital policy-out-of-range"),
        (CostModelJson { handling_order: "1000.01".into(), ..usual() }, "handling_order cost-too-large"),
        (CostModelJson { consolidated_share: "101".into(), ..usual() }, "consolidated_share policy-out-of-range"),
        (CostModelJson { flexible_days: 0, ..usual() }, "flexible_days payment-days-asked"),
        (CostModelJson { currency: "XXX".into(), ..usual() }, "currency choice"),
        (CostModelJson { freight_order: "much".into(), ..usual() }, "freight_order number-plain"),
    ];
    for (model, want) in cases {
        let invalid = model.read(kernel::Notation::Plain).expect_err(want);
        let has: Vec<String> = invalid.fields.iter().map(|e| format!("{} {}", e.field, e.code)).collect();
        assert_eq!(has.join(", "), want);
    }
}

#[tokio::test]
async fn the_last_costs_count() {
    for t in TestDb::both(&crate::tests::migrations()).await {
        let ctx = &ctx();
        assert_eq!(queries::current(&t.db.read().await.unwrap()).await.unwrap(), DealCosts::STANDARD);
        for handling_order in [3_000, 1_800] {
            let costs = &DealCosts { handling_order, ..DealCosts::STANDARD };
            t.db.write(|tx| async move { actions::set(&tx, ctx, costs).await }).await.unwrap();
            assert_eq!(queries::current(&t.db.read().await.unwrap()).await.unwrap(), *costs);
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn use_s42_costs_take_a_second_person() {
    use kernel::Role;

    use crate::testing::{World, code, member};

    for t in TestDb::both(&crate::tests::migrations()).await {
        let world = World::new(&t).await;
        let (db, system) = (&t.db, &world.ctx);
        let new = &[member(None, "Rex", Role::PricingManager, false)];
        let rex = db.write(|tx| async move { parties::people::actions::create_many(&tx, system, new).await }).await;
        let pia = &world.person(3, 0);
        let mut actor = pia.actor.clone();
        actor.user = Some(rex.unwrap()[0]);
        let rex = &pia.acting_as(actor);
        let wanted = &DealCosts { handling_order: 9_000, ..DealCosts::STANDARD };
        let propose =
            async |reason: &str| db.write(|tx| async move { actions::propose(&tx, pia, wanted, reason).await }).await;
        let current = async || queries::current(&db.read().await.unwrap()).await.unwrap();
        assert_eq!(code(propose(" ").await), "reason: required");
        let id = propose("wages").await.unwrap().id;
        assert_eq!(current().await, DealCosts::STANDARD, "nothing has changed yet");
        assert_eq!(code(propose("again").await), "signoff-open");
        let confirm =
            async |ctx: &kernel::Ctx| db.write(|tx| async move { actions::confirm(&tx, ctx, id, "").await }).await;
        assert_eq!(code(confirm(pia).await), "signoff-own-approval");
        assert_eq!(code(confirm(&world.person(0, 0)).await), "not-allowed");
        assert_eq!(code(confirm(rex).await), "done");
        assert_eq!(current().await, *wanted);
        assert_eq!(code(confirm(rex).await), "signoff-not-waiting");
        let past_the_guard = db.write(|tx| async move { actions::set(&tx, pia, wanted).await }).await;
        assert_eq!(code(past_the_guard), "not-allowed");
        t.remove().await;
    }
}
