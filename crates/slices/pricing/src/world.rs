//! A small world for tests: companies, products, a general list.

use catalog::Texts;
use catalog::categories::{self, NewCategory};
use catalog::products::{self, NewProduct};
use db::testing::TestDb;
use db::{Db, Migration};
use kernel::{
    Actor, CompanyId, Country, Ctx, Currency, Date, Failure, Ids, Instant, Outcome, PriceListId, ProductId, Quantity,
    Role, Sku, Unit, UnitPrice, Via,
};
use parties::companies::{self, NewCompany};
use pricing_engine::Tier;

use crate::groups::{self, PriceGroup};
use crate::lists::{self, ListPrice, ListScope, NewList};

/// 15 January 2027.
pub(crate) const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);

pub(crate) struct World {
    pub db: Db,
    pub ctx: Ctx,
    pub company: CompanyId,
    pub other: CompanyId,
    /// Sold by the piece.
    pub products: Vec<ProductId>,
}

pub(crate) fn migrations() -> Vec<Migration> {
    [parties::MIGRATIONS, catalog::MIGRATIONS, crate::MIGRATIONS].concat()
}

pub(crate) fn today() -> Date {
    NOW.date()
}

pub(crate) fn tier(from: i64, price: &str) -> Tier {
    let price = UnitPrice::parse(price, Currency::Eur).expect("a test's price");
    Tier { from: Quantity::whole(from, Unit::Piece), price }
}

pub(crate) fn new_list(code: &str, scope: ListScope) -> NewList {
    NewList {
        code: code.into(),
        name: Texts::new(format!("List {code}")).with(i18n::Language::Pl, format!("Cennik {code}")),
        scope,
        currency: Currency::Eur,
        valid_from: None,
        valid_until: None,
    }
}

fn new_company(number: &str, price_group: Option<&str>) -> NewCompany {
    NewCompany {
        number: number.into(),
        name: format!("Company {number}"),
        vat_id: None,
        country: Country::parse("PL").expect("a country"),
        segment: "volume".into(),
        price_group: price_group.map(str::to_owned),
        currency: Currency::Eur,
        payment_days: 30,
        credit_limit_minor: 1_000_000,
        rep: None,
    }
}

/// What came out, as a short text.
pub(crate) fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(_) => "done".into(),
        Err(Failure::Refused(refused)) => refused.code.into(),
        Err(Failure::Invalid(invalid)) => format!("{}: {}", invalid.fields[0].field, invalid.fields[0].code),
        Err(Failure::NotFound) => "not found".into(),
        Err(Failure::Fault(fault)) => fault.to_string(),
    }
}

impl World {
    pub(crate) async fn new(test: &TestDb, products: usize) -> Self {
        let (db, ctx) = (test.db.clone(), Ctx::system(NOW, Ids::seeded(7)));
        let by = &ctx;
        let group = PriceGroup { code: "a".into(), name: Texts::new("Group A").with(i18n::Language::Pl, "Grupa A") };
        let new = [new_company("1", Some("a")), new_company("2", None)];
        let (group, new) = (&[group], &new);
        let companies = db.write(|tx| async move {
            groups::put_many(&tx, by, group).await?;
            companies::actions::create_many(&tx, by, new).await
        });
        let companies = companies.await.expect("companies are written");
        let category = NewCategory {
            parent: None,
            code: "all".into(),
            position: 0,
            icon: "bolt".into(),
            name: Texts::new("All"),
            description: Texts::default(),
        };
        let all = &[category];
        let categories = db.write(|tx| async move { categories::actions::put_many(&tx, by, all).await });
        let categories = categories.await.expect("a category is written");
        let simple = |number: usize| {
            let sku = Sku::parse(&format!("P{number}")).expect("a SKU");
            NewProduct::simple(sku, categories[0], Texts::new(format!("Product {number}")))
        };
        let new = &(0..products).map(simple).collect::<Vec<_>>();
        let products = db.write(|tx| async move { products::actions::create_many(&tx, by, new).await });
        let products = products.await.expect("products are written");
        Self { db, ctx, company: companies[0], other: companies[1], products }
    }

    /// The world's circumstances for a person with this role.
    pub(crate) fn acting(&self, role: Role) -> Ctx {
        let user = Some(kernel::UserId::new(&self.ctx));
        self.ctx.acting_as(Actor {
            user,
            company: None,
            unit: None,
            roles: [role].into_iter().collect(),
            via: Via::Api,
        })
    }

    pub(crate) async fn list(&self, new: NewList, prices: &[(usize, Tier)]) -> PriceListId {
        let ctx = &self.ctx;
        let prices: Vec<ListPrice> =
            prices.iter().map(|(at, tier)| ListPrice { product: self.products[*at], tier: *tier }).collect();
        let (new, prices) = (&new, &prices);
        let id = self.db.write(|tx| async move {
            let id = lists::actions::create(&tx, ctx, new).await?;
            lists::actions::put_many(&tx, ctx, id, prices).await?;
            Ok(id)
        });
        id.await.expect("a list is written")
    }
}
