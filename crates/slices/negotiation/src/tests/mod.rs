//! Negotiations on both databases, through the same commands, pages and JSON that people use.

mod attending;
mod desk;
mod quotes;
mod requests;
mod routing;
mod sealed;
pub(crate) mod server;
mod support;

use catalog::Texts;
use catalog::categories::NewCategory;
use catalog::products::{NewProduct, SellerFacts};
use db::testing::TestDb;
use db::{Db, Migration};
use kernel::{
    Actor, CompanyId, Country, Ctx, Currency, Email, Failure, Ids, Instant, NegotiationId, Outcome, Packing, ProductId,
    Quantity, Role, Roles, Sku, Unit, UnitPrice, UserId, Via,
};
use negotiation_engine::Policy;
use parties::companies::NewCompany;
use parties::people::NewMember;
use pricing::lists::{ListPrice, ListScope, NewList};
use pricing_engine::Tier;

use crate::negotiations::{Negotiation, store};
use crate::offers::OfferRow;
use crate::policies;
use crate::requests::{Ask, AskLine};

/// Monday 18 January 2027, 09:00 in Warsaw.
pub(crate) const NOW: Instant = Instant::from_micros(1_800_259_200_000_000);

/// The products of the world by their place.
pub(crate) const VALVE: usize = 0;
pub(crate) const FIXED: usize = 1;
pub(crate) const NO_COST: usize = 2;
pub(crate) const NO_PRICE: usize = 3;
pub(crate) const CHEAP: usize = 4;

pub(crate) fn migrations() -> Vec<Migration> {
    [parties::MIGRATIONS, catalog::MIGRATIONS, pricing::MIGRATIONS, crate::MIGRATIONS].concat()
}

pub(crate) fn eur(text: &str) -> UnitPrice {
    UnitPrice::parse(text, Currency::Eur).unwrap()
}

pub(crate) fn pieces(count: i64) -> Quantity {
    Quantity::whole(count, Unit::Piece)
}

/// What came out, as a short text.
pub(crate) fn code<T>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(_) => "done".into(),
        Err(Failure::Refused(refused)) => refused.code.into(),
        Err(Failure::Invalid(invalid)) => format!("{}: {}", invalid.fields[0].field, invalid.fields[0].code),
        Err(Failure::NotFound) => "not found".into(),
        Err(Failure::Fault(fault)) => format!("fault: {fault}"),
    }
}

pub(crate) struct World {
    pub db: Db,
    pub ctx: Ctx,
    pub company: CompanyId,
    pub other: CompanyId,
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

pub(crate) fn member(company: Option<CompanyId>, name: &str, role: Role, leads_sales: bool) -> NewMember {
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
    pub(crate) async fn new(test: &TestDb) -> Self {
        Self::with(test, Policy::starter(), "80").await
    }

    pub(crate) async fn with(test: &TestDb, policy: Policy, cost: &str) -> Self {
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
        let setup = db.write(|tx| async move { policies::actions::setup(&tx, by, policy.clone()).await });
        setup.await.unwrap();
        let products = products(&db, by, cost).await;
        Self { company: companies[0], other: companies[1], db, ctx, products, buyers, staff }
    }

    fn acting(&self, user: UserId, company: Option<CompanyId>, role: Role, now: Instant) -> Ctx {
        let actor = Actor { user: Some(user), company, unit: None, roles: Roles::from_iter([role]), via: Via::Page };
        Ctx { now, ..self.ctx.acting_as(actor) }
    }

    /// One of the buyers, so long after the beginning.
    pub(crate) fn buyer(&self, at: usize, after: i64) -> Ctx {
        let company = if at == 2 { self.other } else { self.company };
        self.acting(self.buyers[at], Some(company), Role::Buyer, NOW.plus(after))
    }

    /// One of the staff, so long after the beginning.
    pub(crate) fn person(&self, at: usize, after: i64) -> Ctx {
        let role = if at == 3 { Role::PricingManager } else { Role::SalesRep };
        self.acting(self.staff[at], None, role, NOW.plus(after))
    }

    pub(crate) fn ask(&self, product: usize, quantity: i64, price: &str) -> Ask {
        Ask::of(vec![AskLine { product: self.products[product], quantity: pieces(quantity), price: eur(price) }])
    }

    /// The company bought so many of a product yesterday, at 100.00.
    pub(crate) async fn bought(&self, product: usize, count: i64) {
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

    pub(crate) async fn open(&self, ctx: &Ctx, ask: &Ask) -> Outcome<NegotiationId> {
        self.db.write(|tx| async move { crate::requests::actions::open(&tx, ctx, ask).await }).await
    }

    pub(crate) async fn again(&self, ctx: &Ctx, id: NegotiationId, ask: &Ask) -> Outcome<()> {
        self.db.write(|tx| async move { crate::requests::actions::ask_again(&tx, ctx, id, ask).await }).await
    }

    pub(crate) async fn take(&self, ctx: &Ctx, id: NegotiationId, at: usize) -> Outcome<crate::requests::Agreed> {
        let offer = self.load(id).await.offers[at].id;
        self.db.write(|tx| async move { crate::requests::actions::take(&tx, ctx, id, offer).await }).await
    }

    pub(crate) async fn hand_over(&self, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
        self.db.write(|tx| async move { crate::requests::actions::hand_to_rep(&tx, ctx, id).await }).await
    }

    pub(crate) async fn withdraw(&self, ctx: &Ctx, id: NegotiationId) -> Outcome<()> {
        self.db.write(|tx| async move { crate::requests::actions::withdraw(&tx, ctx, id).await }).await
    }

    pub(crate) async fn load(&self, id: NegotiationId) -> Negotiation {
        store::load(&self.db.read().await.unwrap(), None, id).await.unwrap().unwrap()
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

/// Offers as `lever price x quantity /days`.
pub(crate) fn text(offers: &[OfferRow], now: Instant) -> Vec<String> {
    let standing = offers.iter().filter(|row| row.stands(now));
    let line = |row: &OfferRow| {
        let line = row.offer.terms.lines[0];
        let (lever, days) = (row.offer.lever.code(), row.offer.terms.payment_days);
        format!("{lever} {} x {} /{days}", line.price.to_decimal(), line.quantity.to_decimal())
    };
    standing.map(line).collect()
}
