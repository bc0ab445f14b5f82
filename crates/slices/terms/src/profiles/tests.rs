//! Profiles: what orders come to, how behaviour is named, and the store on both engines.

use std::collections::HashMap;

use db::testing::TestDb;
use kernel::{Amount, CompanyId, Ctx, Currency, Ids, Instant, ProductId, Quantity, Rate, Unit, UnitPrice};
use pricing::purchases::CustomerYear;

use super::{BehaviourRule, Profile, actions, queries, rules};
use crate::tests::{VALVE, World, code, pieces};

fn euro(whole: i64) -> Amount {
    Amount::new(whole * 100, Currency::Eur)
}

fn ctx() -> Ctx {
    Ctx::system(Instant::from_micros(1_800_000_000_000_000), Ids::seeded(7))
}

/// `revenue before orders negotiated cost` of a customer, and what comes of it.
fn profile_of(revenue: i64, before: i64, orders: i64, negotiated: i64, cost: i64) -> Profile {
    let ctx = &ctx();
    let (company, product) = (CompanyId::new(ctx), ProductId::new(ctx));
    let years =
        [CustomerYear { company, net: euro(revenue), net_before: euro(before), orders, orders_negotiated: negotiated }];
    let sold = [(company, product, Quantity::whole(cost, Unit::Piece))];
    let costs = HashMap::from([(product, UnitPrice::new(1_000_000, Currency::Eur))]);
    let mut profile = rules::profiles(&years, &sold, &costs, Currency::Eur).remove(0);
    profile.behaviour = rules::behaviour(&rules::compiled(&rules::usual()).unwrap(), &profile);
    profile
}

#[test]
fn what_a_year_comes_to() {
    let cases = [
        // Half of the orders negotiated, 30 % margin, 20 % growth.
        ((12_000, 10_000, 10, 5, 8_400), (Some(200_000), Some(300_000), "deal optimiser")),
        ((60_000, 60_000, 10, 0, 45_000), (Some(0), Some(250_000), "volume buyer")),
        ((13_000, 10_000, 10, 0, 9_100), (Some(300_000), Some(300_000), "growing")),
        ((900, 0, 2, 0, 600), (None, Some(333_333), "occasional")),
        ((9_000, 10_000, 10, 0, 6_000), (Some(-100_000), Some(333_333), "steady")),
        // Hardly any cost is known: the margin is not known, and never 100 %.
        ((9_000, 10_000, 10, 0, 0), (Some(-100_000), None, "steady")),
        ((9_000, 10_000, 10, 0, 900), (Some(-100_000), None, "steady")),
        ((0, 10_000, 0, 0, 0), (Some(-1_000_000), None, "occasional")),
    ];
    for ((revenue, before, orders, negotiated, cost), (growth, margin, behaviour)) in cases {
        let profile = profile_of(revenue, before, orders, negotiated, cost);
        let ppm = |rate: Option<Rate>| rate.map(Rate::ppm);
        let has = (ppm(profile.growth), ppm(profile.margin), profile.behaviour.as_deref().unwrap());
        assert_eq!(has, (growth, margin, behaviour), "{revenue} {before} {orders} {negotiated} {cost}");
    }
}

#[test]
fn what_is_no_rule_is_named() {
    let rule = |name: &str, condition: &str| BehaviourRule { name: name.into(), condition: condition.into() };
    let cases = [
        (vec![rule("", "true")], "rules[0].name required"),
        (vec![rule("a", "true"), rule("b", "customer.orders >")], "rules[1].condition condition"),
        (vec![rule("a", "customer.colour == 'red'")], "rules[0].condition condition"),
        (vec![rule(&"x".repeat(41), "true")], "rules[0].name text-too-long"),
        (vec![rule("a", "true"); 21], "rules too-many-lines"),
    ];
    for (rules, want) in cases {
        let invalid = rules::compiled(&rules).unwrap_err();
        assert_eq!(format!("{} {}", invalid.fields[0].field, invalid.fields[0].code), want);
    }
}

#[tokio::test]
async fn attack_l4_profiles_are_kept_and_replaced_by_a_job() {
    for t in TestDb::both(&crate::tests::migrations()).await {
        let w = World::new(&t).await;
        let ctx = &w.ctx;
        assert!(actions::due(&w.db.read().await.unwrap(), ctx.now).await.unwrap());
        w.bought(crate::tests::VALVE, 500).await;
        let count = w.db.write(|tx| async move { actions::recompute(&tx, ctx).await }).await.unwrap();
        let tx = w.db.read().await.unwrap();
        let profile = queries::profile(&tx, w.company).await.unwrap().unwrap();
        assert_eq!((count, profile.orders, profile.behaviour.as_deref()), (1, 1, Some("volume buyer")));
        let product = queries::products(&tx, &w.products).await.unwrap()[&w.products[crate::tests::VALVE]];
        assert_eq!((product.sold, product.customers), (pieces(500).thousandths(), 1));
        assert!(queries::profile(&tx, w.other).await.unwrap().is_none());
        assert!(!actions::due(&tx, ctx.now).await.unwrap());
        drop(tx);
        let own = &[BehaviourRule { name: "everyone".into(), condition: "true".into() }];
        let read = w.db.read().await.unwrap();
        let by = queries::counts_by(&read, own).await.unwrap();
        assert_eq!(by.into_iter().collect::<Vec<_>>(), [(Some("everyone".into()), 1)], "before they are in force");
        drop(read);
        let set = w.db.write(|tx| async move { actions::propose_rules(&tx, ctx, own, "").await }).await;
        assert_eq!(code(set), "done");
        let counts = async || queries::counts(&w.db.read().await.unwrap()).await.unwrap()[0].0.clone();
        assert_eq!(
            counts().await.as_deref(),
            Some("volume buyer"),
            "attack L4: nobody's request works out all customers"
        );
        w.db.write(|tx| async move { actions::recompute(&tx, ctx).await }).await.unwrap();
        let tx = w.db.read().await.unwrap();
        assert_eq!(queries::counts(&tx).await.unwrap()[0].0.as_deref(), Some("everyone"));
        drop(tx);
        t.remove().await;
    }
}

#[test]
fn the_preview_says_who_comes_and_who_leaves() {
    let (large, small) = (profile_of(20_000, 0, 2, 0, 0), profile_of(300, 0, 12, 0, 0));
    let rule = |name: &str, condition: &str| BehaviourRule { name: name.into(), condition: condition.into() };
    let compiled = |rules: &[BehaviourRule]| rules::compiled(rules).unwrap();
    let before = compiled(&[rule("volume buyer", "customer.average_order >= 5000"), rule("steady", "true")]);
    let after = compiled(&[rule("steady", "customer.orders < 4"), rule("frequent", "customer.orders >= 10")]);
    let profiles = [large.clone(), Profile { company: CompanyId::from_uuid(uuid::Uuid::from_u128(2)), ..small }];
    let moves = rules::moves(&before, &after, &profiles);
    let of = |name: &str| moves.get(&Some(name.to_owned())).cloned().unwrap_or_default();
    assert_eq!((of("volume buyer").leave, of("steady").enter), (vec![large.company], vec![large.company]));
    assert_eq!((of("steady").leave, of("frequent").enter), (vec![profiles[1].company], vec![profiles[1].company]));
    assert!(rules::moves(&before, &before, &profiles).is_empty(), "the same rules move nobody");
}

#[tokio::test]
async fn rules_for_segments_are_sent_after_a_look_at_who_moves() {
    for t in TestDb::both(&crate::tests::migrations()).await {
        let w = World::new(&t).await;
        let (ctx, rex) = (&w.ctx, &[crate::tests::member(None, "Rex", kernel::Role::PricingManager, false)]);
        w.db.write(|tx| async move { parties::people::actions::create_many(&tx, ctx, rex).await }).await.unwrap();
        w.bought(VALVE, 500).await;
        w.db.write(|tx| async move { actions::recompute(&tx, ctx).await }).await.unwrap();
        let server = crate::tests::serve(&w, &t.db).await;
        let typed = |seen: &str, condition: &str| {
            let looked = if seen.is_empty() { "" } else { "yes" };
            web::query_string(&[
                ("rules.0.name", "everyone"),
                ("rules.0.condition", condition),
                ("reason", "One is enough."),
                ("looked_at", looked),
                ("seen", seen),
            ])
        };
        let waits = async || {
            let tx = w.db.read().await.unwrap();
            crate::signoffs::queries::waiting(&tx, crate::signoffs::Subject::Segments).await.unwrap().is_some()
        };
        let page = server.form("pia", "/office/segments", &typed("", "true")).await;
        assert!(page.status == 200 && page.body.contains("1: Company 1"), "who moves is shown first: {}", page.body);
        assert!(!waits().await, "and nothing is sent");
        let other = server.form("pia", "/office/segments", &typed("everyone=true", "customer.orders > 0")).await;
        assert!(other.status == 200 && !waits().await, "other rules than those that were looked at");
        let sent = server.form("pia", "/office/segments", &typed("everyone=true", "true")).await;
        assert!(sent.status == 303 && waits().await, "{}", sent.body);
        let page = server.get("pia", "/office/segments").await.body;
        assert!(page.contains("1: Company 1") && page.contains("volume buyer"), "the second person sees it: {page}");
        let json =
            server.json("pia", "/api/v1/segments/preview", r#"{"rules":[{"name":"all","condition":"true"}]}"#).await;
        assert!(json.body.contains(&w.company.to_string()), "{}", json.body);
        t.remove().await;
    }
}

/// Sales of the valve: a tenth less on the list price goes with a third more, again and again.
async fn sold(w: &World, count: i64) {
    let sale = |at: i64| {
        let (price, quantity) = [("120", 30), ("108", 40), ("97.2", 53)][usize::try_from(at % 3).unwrap()];
        pricing::purchases::Purchase {
            order_number: format!("SO-{at:03}"),
            position: 1,
            company: w.company,
            product: w.products[VALVE],
            at: w.ctx.now.plus(-Instant::DAY * (at + 1)),
            quantity: pieces(quantity),
            price: UnitPrice::parse(price, Currency::Eur).unwrap(),
            list_price: UnitPrice::parse("120", Currency::Eur).unwrap(),
            net: euro(1),
            is_negotiated: false,
            is_open: false,
        }
    };
    let rows = &(0..count).map(sale).collect::<Vec<_>>();
    w.db.write(|tx| async move { pricing::purchases::actions::record_many(&tx, rows).await }).await.unwrap();
}

#[tokio::test]
async fn quantities_tell_how_sensitive_a_product_is() {
    for (count, known) in [(29, false), (60, true)] {
        for test in TestDb::both(&crate::tests::migrations()).await {
            let w = World::new(&test).await;
            sold(&w, count).await;
            let ctx = &w.ctx;
            w.db.write(|tx| async move { actions::recompute(&tx, ctx).await }).await.unwrap();
            actions::learn_sensitivities(&w.db, ctx).await.unwrap();
            let profiles = queries::products(&w.db.read().await.unwrap(), &w.products).await.unwrap();
            let found = profiles[&w.products[VALVE]].sensitivity;
            // ln(4/3) / -ln(0.9) is 2.73; the last step is a little smaller.
            let expected = Rate::from_ppm(2_660_000)..Rate::from_ppm(2_760_000);
            assert_eq!(found.is_some_and(|found| expected.contains(&found)), known, "{count}: {found:?}");
            test.remove().await;
        }
    }
}
