//! Alike cases of customers who pay in different currencies.

use catalog::Texts;
use db::testing::TestDb;
use kernel::{Actor, Country, Ctx, Currency, NegotiationId, Role, Roles, UnitPrice, Via};
use negotiation::requests::{Ask, AskLine};
use parties::companies::NewCompany;
use pricing::lists::{ListPrice, ListScope, NewList};
use pricing_engine::Tier;
use terms::testing::member;

use super::{NOW, VALVE, World, migrations, pieces, serve};

/// Two customers who pay in złoty, as their buyers.
async fn in_zloty(world: &World) -> Vec<Ctx> {
    let company = |number: &str| NewCompany {
        number: number.into(),
        name: format!("Company {number}"),
        vat_id: None,
        country: Country::parse("PL").unwrap(),
        segment: "standard".into(),
        price_group: None,
        currency: Currency::Pln,
        payment_days: 30,
        credit_limit_minor: 100_000_000,
        rep: Some(world.staff[0]),
    };
    let (by, new) = (&world.ctx, &[company("3"), company("4")]);
    let companies = world.db.write(|tx| async move { parties::companies::actions::create_many(&tx, by, new).await });
    let companies = companies.await.unwrap();
    let new = &[
        member(Some(companies[0]), "Zofia", Role::Buyer, false),
        member(Some(companies[1]), "Adam", Role::Buyer, false),
    ];
    let people = world.db.write(|tx| async move { parties::people::actions::create_many(&tx, by, new).await });
    let list = &NewList {
        code: "pln".into(),
        name: Texts::new("Złoty"),
        scope: ListScope::General,
        currency: Currency::Pln,
        valid_from: None,
        valid_until: None,
    };
    let price = UnitPrice::parse("520", Currency::Pln).unwrap();
    let prices = &[ListPrice { product: world.products[VALVE], tier: Tier { from: pieces(1), price } }];
    let priced = world.db.write(|tx| async move {
        let id = pricing::lists::actions::create(&tx, by, list).await?;
        pricing::lists::actions::put_many(&tx, by, id, prices).await
    });
    priced.await.unwrap();
    let people = people.await.unwrap();
    let buyer = |(user, company)| {
        let roles = Roles::from_iter([Role::Buyer]);
        let actor = Actor { user: Some(user), company: Some(company), unit: None, roles, via: Via::Page };
        Ctx { now: NOW, ..world.ctx.acting_as(actor) }
    };
    people.into_iter().zip(companies).map(buyer).collect()
}

async fn asks(world: &World, buyer: &Ctx, price: &str, currency: Currency) -> NegotiationId {
    let price = UnitPrice::parse(price, currency).unwrap();
    let line = AskLine { product: world.products[VALVE], quantity: pieces(250), price };
    let ask = Ask { wants_person: true, ..Ask::of(vec![line]) };
    world.open(buyer, &ask).await.unwrap()
}

#[tokio::test]
async fn cases_of_different_currencies_are_not_alike() {
    for test in TestDb::both(&migrations()).await {
        let world = World::new(&test).await;
        let polish = in_zloty(&world).await;
        for buyer in [world.buyer(0, 0), world.buyer(2, 0)] {
            asks(&world, &buyer, "114", Currency::Eur).await;
        }
        for buyer in &polish {
            asks(&world, buyer, "494", Currency::Pln).await;
        }
        let server = serve(&world, &test.db).await;
        let groups = server.get("ann", "/api/v1/desk/groups").await;
        let groups: serde_json::Value = serde_json::from_str(&groups.body).unwrap();
        let mut found: Vec<(String, usize)> = Vec::new();
        for group in groups.as_array().unwrap() {
            found.push((group["currency"].as_str().unwrap().to_owned(), group["cases"].as_array().unwrap().len()));
        }
        found.sort_unstable();
        assert_eq!(found, [("EUR".to_owned(), 2), ("PLN".to_owned(), 2)], "{groups}");
        let page = server.get("ann", "/desk/alike").await.body;
        for sum in ["57,000.00 EUR", "247,000.00 PLN"] {
            assert!(page.contains(sum), "{sum}: {page}");
        }
        test.remove().await;
    }
}
