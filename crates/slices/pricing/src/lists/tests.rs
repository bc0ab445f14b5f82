//! Price lists: refusals and invalid input as tables, the store on both engines.

use db::testing::TestDb;
use kernel::{Currency, Date, Invalid, Packing, Role, Unit, UnitPrice};
use web::Pager;

use super::actions::{self, ListChange};
use super::queries::{self, ListFilter};
use super::*;
use crate::world::{World, code, migrations, new_list, tier};

fn errors(invalid: Invalid) -> String {
    invalid.fields.iter().map(|e| format!("{}: {}", e.field, e.code)).collect::<Vec<_>>().join(", ")
}

#[test]
fn what_a_list_may_be() {
    let check = |change: fn(&mut NewList)| {
        let mut list = new_list("A-1", ListScope::General);
        change(&mut list);
        errors(rules::check(&list))
    };
    assert_eq!(check(|_| {}), "");
    assert_eq!(check(|l| l.code = " ".into()), "code: required");
    assert_eq!(check(|l| l.code = "a b".into()), "code: price-list-code");
    assert_eq!(check(|l| l.code = "x".repeat(41)), "code: price-list-code");
    assert_eq!(check(|l| l.name = Texts::default()), "name: required");
    assert_eq!(check(|l| l.name = Texts::new("x".repeat(81))), "name: price-list-name");
    let backwards = |l: &mut NewList| {
        (l.valid_from, l.valid_until) = (Date::parse("2027-01-02"), Date::parse("2027-01-01"));
    };
    assert_eq!(check(backwards), "valid_until: price-list-ends-first");
}

#[test]
fn what_a_step_may_be() {
    let packing = Packing::single(Unit::Piece);
    let check = |from, price| match rules::step(from, price, kernel::Notation::Point, packing, Currency::Eur) {
        Ok(tier) => format!("{} {}", tier.from.to_decimal(), tier.price),
        Err(invalid) => errors(invalid),
    };
    for (from, price, want) in [
        ("1", "110", "1 110.00 EUR"),
        ("2,000", "0.0425", "2000 0.0425 EUR"),
        ("1", "0,0425", "price: number-foreign"),
        ("1", "0", "1 0.00 EUR"),
        ("0", "1", "from: quantity-positive"),
        ("-1", "1", "from: quantity-positive"),
        ("1.5", "1", "from: quantity-whole"),
        ("1000000000000000000", "1", "from: quantity-too-large"),
        ("", "", "from: required, price: required"),
        ("1", "-1", "price: price-negative"),
        ("1", "1,2,3", "price: not-a-number"),
        ("1", "99999999999999", "price: too-large"),
        ("1", "0.0000001", "price: too-precise"),
    ] {
        assert_eq!(check(from, price), want, "{from} {price}");
    }
}

#[tokio::test]
async fn lists_are_kept_and_refused() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test, 3).await;
        let (db, ctx) = (&world.db, &world.ctx);
        let contract = ListScope::Contract { company: world.company, reference: "RV-1".into() };
        let id = world
            .list(new_list("base", ListScope::General), &[(0, tier(1, "10")), (0, tier(100, "8")), (1, tier(1, "5"))])
            .await;
        let own = world.list(new_list("own", contract.clone()), &[(0, tier(1, "7"))]).await;

        let read = db.read().await.unwrap();
        let list = queries::list(&read, own).await.unwrap();
        assert_eq!((list.scope, list.name.get(i18n::Language::Pl)), (contract, "Cennik own"));
        let pager = Pager::asked(None, None);
        let (all, total) = queries::lists(&read, &ListFilter::default(), pager).await.unwrap();
        assert_eq!((all.len(), total, all[0].1, all[0].0.code.as_str()), (2, 2, 3, "base"));
        let filter = ListFilter { text: Some("OWN".into()), ..ListFilter::default() };
        assert_eq!(queries::lists(&read, &filter, pager).await.unwrap().1, 1);
        for (typed, found) in [("%", 0), ("_", 0), ("b%e", 0), ("o_n", 0), ("\\", 0), ("cennik", 0), ("as", 1)] {
            let filter = ListFilter { text: Some(typed.into()), ..ListFilter::default() };
            assert_eq!(queries::lists(&read, &filter, pager).await.unwrap().1, found, "fault R10: {typed}");
        }
        // Products of one import have no order of their own: two pages of one product are all three prices.
        let page =
            async |number| queries::prices(&read, id, None, Pager::asked(Some(number), Some("1"))).await.unwrap();
        let (first, second) = (page("1").await, page("2").await);
        assert_eq!((first.0.len() + second.0.len(), first.1, second.1), (3, 2, 2));
        let (prices, products) = queries::prices(&read, id, Some(&[world.products[1]]), pager).await.unwrap();
        assert_eq!((prices.len(), products), (1, 1));
        drop(read);

        let again = &new_list("base", ListScope::General);
        let taken = db.write(|tx| async move { actions::create(&tx, ctx, again).await }).await;
        assert_eq!(code(taken), "code: price-list-code-taken");
        let nobody = kernel::CompanyId::new(ctx);
        for (scope, want) in [
            (ListScope::Group("nope".into()), "price_group: price-list-group"),
            (ListScope::Company(nobody), "company: price-list-company"),
        ] {
            let new = &new_list("new", scope);
            assert_eq!(code(db.write(|tx| async move { actions::create(&tx, ctx, new).await }).await), want);
        }
        // A group that was added for companies has lists from then on; until then it is refused like any slip of the pen.
        let grouped = &new_list("fresh", ListScope::Group("fresh".into()));
        let create = async || db.write(|tx| async move { actions::create(&tx, ctx, grouped).await }).await;
        assert_eq!(code(create().await), "price_group: price-list-group");
        let word = parties::companies::Word::PriceGroup;
        let added = db.write(|tx| async move { parties::companies::actions::add_word(&tx, ctx, word, "fresh").await });
        added.await.unwrap();
        assert_eq!(code(create().await), "done");
        let groups = crate::groups::all(&db.read().await.unwrap()).await.unwrap();
        assert_eq!(groups.iter().filter(|group| group.code == "fresh").count(), 1);
        let buyer = &world.acting(Role::Buyer);
        let refused = db.write(|tx| async move { actions::create(&tx, buyer, again).await }).await;
        assert_eq!(code(refused), "not-allowed");
        change_prices(&world, id).await;
        test.remove().await;
    }
}

async fn change_prices(world: &World, id: PriceListId) {
    let (db, ctx, product) = (&world.db, &world.ctx, world.products[0]);
    let change = &ListChange {
        name: Texts::new("New name"),
        valid_from: None,
        valid_until: Date::parse("2027-12-31"),
        version: 1,
    };
    let done = db.write(|tx| async move { actions::change(&tx, ctx, id, change).await }).await;
    assert_eq!(done.unwrap().version, 2);
    let stale = db.write(|tx| async move { actions::change(&tx, ctx, id, change).await }).await;
    assert_eq!(code(stale), "price-list-changed");

    let wrong = |currency, micros, from| ListPrice {
        product,
        tier: Tier { from: kernel::Quantity::whole(from, Unit::Piece), price: UnitPrice::new(micros, currency) },
    };
    for (price, want) in [
        (wrong(Currency::Pln, 1, 1), "prices[0]: currency-mismatch"),
        (wrong(Currency::Eur, -1, 1), "prices[0]: price-negative"),
        (wrong(Currency::Eur, i64::MAX, 1), "prices[0]: price-negative"),
        (wrong(Currency::Eur, 1, 0), "prices[0]: quantity-positive"),
        (wrong(Currency::Eur, 1, i64::MIN), "prices[0]: quantity-positive"),
        (wrong(Currency::Eur, 9_000_000, 1), "done"),
    ] {
        let prices = &[price];
        assert_eq!(code(db.write(|tx| async move { actions::put_many(&tx, ctx, id, prices).await }).await), want);
    }
    let written = &[
        Written { product, from: tier(1, "6").from, price: Some(tier(1, "6").price) },
        Written { product, from: tier(100, "8").from, price: None },
    ];
    let buyer = &world.acting(Role::Buyer);
    assert_eq!(code(db.write(|tx| async move { actions::write(&tx, buyer, id, written).await }).await), "not-allowed");
    let manager = &world.acting(Role::PricingManager);
    let past_the_guard = db.write(|tx| async move { actions::put_many(&tx, manager, id, &[]).await }).await;
    assert_eq!(code(past_the_guard), "not-allowed", "people go by the guard");
    db.write(|tx| async move { actions::write(&tx, manager, id, written).await }).await.unwrap();
    let read = db.read().await.unwrap();
    let now: Vec<Tier> = queries::steps(&read, id, product).await.unwrap().into_iter().map(|p| p.tier).collect();
    assert_eq!(now, [tier(1, "6")]);
}
