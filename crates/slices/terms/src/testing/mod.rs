//! A small world for tests of this slice and of those above: a merchant with people, two customers, five products.

#![expect(clippy::unwrap_used, reason = "a world that cannot be made fails the test")]

mod server;

use catalog::Texts;
use catalog::categories::NewCategory;
use catalog::products::{NewProduct, SellerFacts};
use db::Db;
use db::testing::TestDb;
use kernel::{
    Actor, CompanyId, Country, Ctx, Currency, Email, Failure, Ids, Instant, Outcome, Packing, ProductId, Quantity,
    Role, Roles, Sku, Unit, UnitPrice, UserId, Via,
};
use negotiation_engine::Policy;
use parties::companies::NewCompany;
use parties::people::NewMember;
use pricing::lists::{ListPrice, ListScope, NewList};
use pricing_engine::Tier;

pub use server::{Answer, Server};

/// Monday 18 January 2027, 09:00 in Warsaw.
pub const NOW: Instant = Instant::from_micros(1_800_259_200_000_000);

/// The products of the world by their place.
pub const VALVE: usize = 0;
pub const FIXED: usize = 1;
pub const NO_COST: usize = 2;
pub const NO_PRICE: usize = 3;
pub const CHEAP: usize = 4;

/// A price in euro.
pub fn eur(text: &str) -> UnitPrice {
    UnitPrice::parse(text, Currency::Eur).unwrap()
}

/// So many pieces.
pub fn pieces(count: i64) -> Quantity {
    Quantity::whole(count, Unit::Piece)
}

/// What came out, as a short text.
pub fn code<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(_) => "done".into(),
        Err(Failure::Refused(refused)) => refused.code.into(),
        Err(Failure::Invalid(invalid)) => format!("{}: {}", invalid.fields[0].field, invalid.fields[0].code),
        Err(Failure::NotFound) => "not found".into(),
        Err(Failure::Fault(fault)) => format!("fault: {fault}"),
    }
}

/// A merchant with staff, two customers and five products.
pub struct World {
    /// The database.
    pub db: Db,
    /// The system at the beginning.
    pub ctx: Ctx,
    /// The first customer.
    pub company: CompanyId,
    /// The second customer.
    pub other: CompanyId,
    /// By their place: [`VALVE`] and so on.
    pub products: Vec<ProductId>,
    /// Two colleagues of `company`, and somebody of `other`.
    pub buyers: [UserId; 3],
    /// The company's rep, another rep, a sales manager, a pricing manager.
    pub staff: [UserId; 4],
}

fn new_company(number: &str, rep: Option<UserId>) -> NewCompany {
    NewCompany {
        number: number.into(),
        name: format!("Company {number}"),
        vat_id: None,
        country: Country::parse("DE").unwrap(),
        segment: "standard".into(),
        price_group: None,
        currency: Currency::Eur,
        payment_days: 30,
        credit_limit_minor: 100_000_000,
        rep,
    }
}

/// Somebody with one role.
pub fn member(company: Option<CompanyId>, name: &str, role: Role, leads_sales: bool) -> NewMember {
    NewMember {
        company,
        unit: None,
        email: Email::parse(&format!("{}@example.com", name.to_lowercase())).unwrap(),
        name: name.into(),
        title: String::new(),
        phone: "+48 22 000 00 00".into(),
        roles: Roles::from_iter([role]),
        language: "en".into(),
        time_zone: "Europe/Warsaw".into(),
        leads_sales,
        password_hash: None,
    }
}

fn new_product(at: usize, category: kernel::CategoryId, cost: Option<&str>, class: &str) -> NewProduct {
    let sku = Sku::parse(&format!("P-{at}")).unwrap();
    let name = Texts::new(format!("Product {at}")).with(i18n::Language::Pl, format!("Produkt {at}"));
    NewProduct {
        packing: Packing { pack: 50_000, packs_per_pallet: 20, minimum: 50_000, step: 50_000, unit: Unit::Piece },
        stock: pieces(100_000),
        weight_grams: 1_000,
        seller: SellerFacts { class: class.into(), cost: cost.map(eur), ..SellerFacts::default() },
        ..NewProduct::simple(sku, category, name)
    }
}

impl World {
    pub async fn new(test: &TestDb) -> Self {
        Self::with(test, Policy::starter(), "80").await
    }

    /// With a policy, and a cost of the first product.
    pub async fn with(test: &TestDb, policy: Policy, cost: &str) -> Self {
        let (db, ctx) = (test.db.clone(), Ctx::system(NOW, Ids::seeded(7)));
        let by = &ctx;
        let staff = [
            member(None, "Ann", Role::SalesRep, false),
            member(None, "Ben", Role::SalesRep, false),
            member(None, "Max", Role::SalesRep, true),
            member(None, "Pia", Role::PricingManager, false),
        ];
        let staff = &staff;
        let staff = db.write(|tx| async move { parties::people::actions::create_many(&tx, by, staff).await });
        let staff: [UserId; 4] = staff.await.unwrap().try_into().unwrap();
        let new = &[new_company("1", Some(staff[0])), new_company("2", Some(staff[0]))];
        let companies = db.write(|tx| async move { parties::companies::actions::create_many(&tx, by, new).await });
        let companies = companies.await.unwrap();
        let new = [
            member(Some(companies[0]), "Kerstin", Role::Buyer, false),
            member(Some(companies[0]), "Matthias", Role::Buyer, false),
            member(Some(companies[1]), "Olga", Role::Buyer, false),
        ];
        let new = &new;
        let buyers = db.write(|tx| async move { parties::people::actions::create_many(&tx, by, new).await });
        let buyers = buyers.await.unwrap().try_into().unwrap();
        let policy = &policy;
        let setup = db.write(|tx| async move { crate::policies::actions::setup(&tx, by, policy.clone()).await });
        setup.await.unwrap();
        let products = products(&db, by, cost).await;
        Self { company: companies[0], other: companies[1], db, ctx, products, buyers, staff }
    }

    fn acting(&self, user: UserId, company: Option<CompanyId>, role: Role, now: Instant) -> Ctx {
        let actor = Actor { user: Some(user), company, unit: None, roles: Roles::from_iter([role]), via: Via::Page };
        Ctx { now, ..self.ctx.acting_as(actor) }
    }

    /// One of the buyers, so long after the beginning.
    pub fn buyer(&self, at: usize, after: i64) -> Ctx {
        let company = if at == 2 { self.other } else { self.company };
        self.acting(self.buyers[at], Some(company), Role::Buyer, NOW.plus(after))
    }

    /// One of the staff, so long after the beginning.
    pub fn person(&self, at: usize, after: i64) -> Ctx {
        let role = if at == 3 { Role::PricingManager } else { Role::SalesRep };
        self.acting(self.staff[at], None, role, NOW.plus(after))
    }

    /// The company bought so many of a product yesterday, at 100.00.
    pub async fn bought(&self, product: usize, count: i64) {
        let purchase = pricing::purchases::Purchase {
            order_number: "SO-0".into(),
            position: 1,
            company: self.company,
            product: self.products[product],
            at: NOW.plus(-Instant::DAY),
            quantity: pieces(count),
            price: eur("100"),
            list_price: eur("120"),
            net: kernel::Amount::new(count * 10_000, Currency::Eur),
            is_negotiated: false,
            is_open: false,
        };
        let rows = &[purchase];
        let done = self.db.write(|tx| async move { pricing::purchases::actions::record_many(&tx, rows).await });
        done.await.unwrap();
    }
}

async fn products(db: &Db, by: &Ctx, cost: &str) -> Vec<ProductId> {
    let category = NewCategory {
        parent: None,
        code: "all".into(),
        position: 0,
        icon: "bolt".into(),
        name: Texts::new("All"),
        description: Texts::default(),
    };
    let all = &[category];
    let categories = db.write(|tx| async move { catalog::categories::actions::put_many(&tx, by, all).await });
    let category = categories.await.unwrap()[0];
    let new = [
        new_product(VALVE, category, Some(cost), "A"),
        new_product(FIXED, category, Some("5"), "fixed"),
        new_product(NO_COST, category, None, "A"),
        new_product(NO_PRICE, category, Some("5"), "A"),
        new_product(CHEAP, category, Some("0.02"), "A"),
    ];
    let new = &new;
    let made = db.write(|tx| async move { catalog::products::actions::create_many(&tx, by, new).await });
    let products = made.await.unwrap();
    let list = &NewList {
        code: "base".into(),
        name: Texts::new("Base"),
        scope: ListScope::General,
        currency: Currency::Eur,
        valid_from: None,
        valid_until: None,
    };
    let price = |at: usize, from: i64, price: &str| ListPrice {
        product: products[at],
        tier: Tier { from: pieces(from), price: eur(price) },
    };
    let prices = &[price(VALVE, 1, "120"), price(FIXED, 1, "10"), price(NO_COST, 1, "10"), price(CHEAP, 1, "0.04")];
    let priced = db.write(|tx| async move {
        let id = pricing::lists::actions::create(&tx, by, list).await?;
        pricing::lists::actions::put_many(&tx, by, id, prices).await
    });
    priced.await.unwrap();
    products
}
