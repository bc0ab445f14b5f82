//! Carts on both engines: whose they are, quantities, deals that break and come back, checkout.

mod freight;
mod money;

use std::sync::Arc;

use catalog::Texts;
use catalog::products::NewProduct;
use db::Db;
use db::testing::TestDb;
use kernel::{
    Actor, Amount, CartId, CartLineId, CompanyId, Country, Ctx, Currency, Email, Failure, Ids, Instant, OfferId,
    Outcome, Packing, ProductId, Quantity, Role, Sku, Unit, UnitPrice, UserId, VatId, Via,
};
use negotiation::negotiations::State;
use negotiation::requests::import::{PastNegotiation, PastOffer, PastRound};
use negotiation_engine::{Breach, Policy};
use parties::addresses::NewAddress;
use parties::companies::NewCompany;
use parties::people::NewMember;
use pricing::lists::{ListPrice, ListScope, NewList};
use pricing::{Buyer, Buyers};
use pricing_engine::Tier;

use super::{AddLine, Cart, CheckoutInput, Placed, PricedCart, actions, queries};

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

/// Two companies, two products (the first in packs of 100 at 1.20, the second singly at 3.00) and an agreed offer on the
/// first: 2,000 at 1.00, prepaid.
struct World {
    test: TestDb,
    ctx: Ctx,
    other: Ctx,
    buyer: Arc<Buyer>,
    screw: ProductId,
    valve: ProductId,
    offer: OfferId,
}

fn pieces(count: i64) -> Quantity {
    Quantity::whole(count, Unit::Piece)
}

fn eur(micros: i64) -> UnitPrice {
    UnitPrice::new(micros, Currency::Eur)
}

fn company(number: &str) -> NewCompany {
    NewCompany {
        number: number.into(),
        name: format!("Company {number}"),
        vat_id: None::<VatId>,
        country: Country::parse("PL").unwrap(),
        segment: "industry".into(),
        price_group: None,
        currency: Currency::Eur,
        payment_days: 30,
        credit_limit_minor: 100_000_000,
        rep: None,
    }
}

async fn person(db: &Db, ctx: &Ctx, company: CompanyId, email: &str) -> UserId {
    let member = &NewMember {
        company: Some(company),
        unit: None,
        email: Email::parse(email).unwrap(),
        name: "Ann".into(),
        title: String::new(),
        phone: String::new(),
        roles: [Role::Buyer].into_iter().collect(),
        language: "en".into(),
        time_zone: "UTC".into(),
        leads_sales: false,
        password_hash: None,
    };
    db.write(|tx| async move { parties::people::actions::create(&tx, ctx, member).await }).await.unwrap()
}

async fn products(db: &Db, ctx: &Ctx) -> (ProductId, ProductId) {
    let category = &catalog::categories::NewCategory {
        parent: None,
        code: "all".into(),
        position: 1,
        icon: "bolt".into(),
        name: Texts::new("All"),
        description: Texts::default(),
    };
    let category =
        db.write(|tx| async move { catalog::categories::actions::put(&tx, ctx, category).await }).await.unwrap();
    let step = 100 * Quantity::SCALE;
    let packing = Packing { pack: step, minimum: step, step, ..Packing::single(Unit::Piece) };
    let screw = NewProduct::simple(Sku::parse("SCREW").unwrap(), category, Texts::new("Screw"));
    let screw = NewProduct { packing, stock: pieces(10_000), ..screw };
    let valve = NewProduct::simple(Sku::parse("VALVE").unwrap(), category, Texts::new("Valve"));
    let valve = NewProduct { lead_days: 10, ..valve };
    let both = &[screw, valve];
    let ids =
        db.write(|tx| async move { catalog::products::actions::create_many(&tx, ctx, both).await }).await.unwrap();
    let list = &NewList {
        code: "general".into(),
        name: Texts::new("General"),
        scope: ListScope::General,
        currency: Currency::Eur,
        valid_from: None,
        valid_until: None,
    };
    let price =
        |product, micros| ListPrice { product, tier: Tier { from: Quantity::new(1, Unit::Piece), price: eur(micros) } };
    let prices = &[price(ids[0], 1_200_000), price(ids[1], 3_000_000)];
    let write = |tx| async move {
        let list = pricing::lists::actions::create(&tx, ctx, list).await?;
        pricing::lists::actions::put_many(&tx, ctx, list, prices).await
    };
    db.write(write).await.unwrap();
    (ids[0], ids[1])
}

/// An agreed offer on the first product: 2,000 at 1.00, prepaid, until five days from now.
async fn agreed(db: &Db, ctx: &Ctx, company: CompanyId, person: UserId, product: ProductId) -> OfferId {
    let (quantity, end) = (pieces(2_000), NOW.plus(5 * Instant::DAY));
    let offer = PastOffer { quantity, price: eur(1_000_000), payment_days: 0, made_by: None };
    let past = &[PastNegotiation {
        company,
        unit: None,
        person,
        product,
        list_price: eur(1_200_000),
        payment_days: 30,
        rounds: vec![PastRound { at: NOW, quantity, price: eur(1_000_000), offers: vec![offer] }],
        competitor: None,
        need_by: None,
        comment: String::new(),
        state: State::Agreed,
        closed_at: end,
        agreed: Some(offer),
        order_number: None,
        decision: None,
    }];
    db.write(|tx| async move { negotiation::requests::import::import_many(&tx, ctx, past).await }).await.unwrap();
    let tx = db.read().await.unwrap();
    let offers = negotiation::offers::queries::agreed_for_products(&tx, company, &[product], NOW).await.unwrap();
    offers[0].id
}

fn acting(ctx: &Ctx, company: CompanyId, user: UserId) -> Ctx {
    let roles = [Role::Buyer].into_iter().collect();
    ctx.acting_as(Actor { user: Some(user), company: Some(company), unit: None, roles, via: Via::Page })
}

async fn worlds() -> Vec<World> {
    worlds_with(&Policy::starter()).await
}

async fn worlds_with(policy: &Policy) -> Vec<World> {
    let migrations = [
        parties::MIGRATIONS,
        catalog::MIGRATIONS,
        pricing::MIGRATIONS,
        terms::MIGRATIONS,
        negotiation::MIGRATIONS,
        crate::MIGRATIONS,
    ]
    .concat();
    let mut worlds = Vec::new();
    for test in TestDb::both(&migrations).await {
        let system = Ctx::system(NOW, Ids::seeded(7));
        let (db, ctx) = (&test.db, &system);
        let firms = &[company("1001"), company("1002")];
        let write = |tx| async move { parties::companies::actions::create_many(&tx, ctx, firms).await };
        let firms = db.write(write).await.unwrap();
        let ann = person(db, ctx, firms[0], "ann@one.example").await;
        let bob = person(db, ctx, firms[1], "bob@two.example").await;
        let (screw, valve) = products(db, ctx).await;
        let setup = |tx| async move { terms::policies::actions::setup(&tx, ctx, policy.clone()).await };
        db.write(setup).await.unwrap();
        let offer = agreed(db, ctx, firms[0], ann, screw).await;
        let buyer = Buyers::new(&web::Settings::default()).unwrap().get(db, firms[0]).await.unwrap();
        let (ctx, other) = (acting(&system, firms[0], ann), acting(&system, firms[1], bob));
        worlds.push(World { test, ctx, other, buyer, screw, valve, offer });
    }
    worlds
}

impl World {
    async fn add(&self, product: ProductId, quantity: Quantity) -> Outcome<CartLineId> {
        self.put(&AddLine::new(product, quantity)).await.map(|placed| placed.line)
    }

    async fn put(&self, line: &AddLine) -> Outcome<Placed> {
        let ctx = &self.ctx;
        self.test.db.write(|tx| async move { actions::add(&tx, ctx, line).await }).await
    }

    async fn set(&self, line: CartLineId, quantity: Quantity) -> Outcome<Placed> {
        self.set_as(line, quantity, false).await
    }

    async fn set_as(&self, line: CartLineId, quantity: Quantity, is_confirmed: bool) -> Outcome<Placed> {
        let ctx = &self.ctx;
        let set = |tx| async move { actions::set_quantity(&tx, ctx, line, quantity, is_confirmed).await };
        self.test.db.write(set).await
    }

    async fn remove(&self, line: CartLineId, is_confirmed: bool) -> Outcome<CartId> {
        let ctx = &self.ctx;
        self.test.db.write(|tx| async move { actions::remove(&tx, ctx, line, is_confirmed).await }).await
    }

    async fn add_deal(&self, offer: OfferId) -> Outcome<CartId> {
        let ctx = &self.ctx;
        self.test.db.write(|tx| async move { actions::add_deal(&tx, ctx, offer).await }).await
    }

    async fn checkout(&self, cart: CartId, input: &CheckoutInput) -> Outcome<()> {
        let ctx = &self.ctx;
        self.test.db.write(|tx| async move { actions::set_checkout(&tx, ctx, cart, input).await }).await
    }

    async fn current(&self) -> Cart {
        let tx = self.test.db.read().await.unwrap();
        queries::current(&tx, &self.ctx.actor).await.unwrap().unwrap()
    }

    async fn priced_at(&self, now: Instant) -> PricedCart {
        let (cart, tx) = (self.current().await, self.test.db.read().await.unwrap());
        queries::priced(&tx, &self.buyer, &cart, now, now.date()).await.unwrap()
    }

    async fn priced(&self) -> PricedCart {
        self.priced_at(NOW).await
    }
}

/// The codes of a failure: a refusal's, or those of the wrong fields.
fn codes<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<&'static str> {
    match outcome.unwrap_err() {
        Failure::Refused(refused) => vec![refused.code],
        Failure::Invalid(invalid) => invalid.fields.iter().map(|field| field.code).collect(),
        Failure::NotFound => vec!["not-found"],
        Failure::Fault(fault) => panic!("{fault}"),
    }
}

#[tokio::test]
async fn quantities() {
    for w in worlds().await {
        let cases = [
            (0, "quantity-positive"),
            (-100_000, "quantity-positive"),
            (50_000, "quantity-minimum"),
            (150_500, "quantity-multiple"),
            (Quantity::THOUSANDTHS_MAX + 100_000, "quantity-too-large"),
            (1_000_000_000_000_000_000, "quantity-too-large"),
        ];
        for (thousandths, code) in cases {
            assert_eq!(codes(w.add(w.screw, Quantity::new(thousandths, Unit::Piece)).await), [code], "{thousandths}");
        }
        assert_eq!(codes(w.add(w.screw, Quantity::new(100_000, Unit::Metre)).await), ["quantity-unit"]);
        for (typed, code) in
            [("1.5", "quantity-whole"), ("0", "quantity-positive"), ("-1", "quantity-positive"), ("", "required")]
        {
            assert_eq!(codes(super::pages::parse(typed, Unit::Piece, kernel::Notation::Point)), [code], "{typed}");
        }
        let line = w.add(w.screw, pieces(200)).await.unwrap();
        assert_eq!(w.add(w.screw, pieces(300)).await.unwrap(), line, "the same product grows");
        assert_eq!(codes(w.add(w.screw, pieces(50)).await), ["quantity-minimum"], "the sum alone does not count");
        assert_eq!(codes(w.set(line, pieces(150)).await), ["quantity-multiple"]);
        assert_eq!(w.current().await.lines[0].quantity, pieces(500));
        assert_eq!(w.priced().await.totals.net, Amount::new(60_000, Currency::Eur));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn carts_of_others_are_not_there() {
    for w in worlds().await {
        let line = w.add(w.valve, pieces(2)).await.unwrap();
        let cart = w.current().await.id;
        let (db, other, offer) = (&w.test.db, &w.other, w.offer);
        let foreign = [
            db.write(|tx| async move { actions::set_quantity(&tx, other, line, pieces(9), true).await.map(|_| ()) })
                .await,
            db.write(|tx| async move { actions::remove(&tx, other, line, true).await.map(|_| ()) }).await,
            db.write(|tx| async move { actions::unbind(&tx, other, line, true).await.map(|_| ()) }).await,
            db.write(|tx| async move { actions::rename(&tx, other, cart, "Mine").await }).await,
            db.write(|tx| async move { actions::select(&tx, other, cart).await }).await,
            db.write(|tx| async move { actions::remove_cart(&tx, other, cart).await }).await,
            db.write(|tx| async move { actions::set_checkout(&tx, other, cart, &CheckoutInput::default()).await })
                .await,
            db.write(|tx| async move { actions::add_deal(&tx, other, offer).await.map(|_| ()) }).await,
        ];
        for outcome in foreign {
            assert_eq!(codes(outcome), ["not-found"]);
        }
        assert_eq!(codes(queries::cart(&db.read().await.unwrap(), &other.actor, cart).await), ["not-found"]);
        let guest = Actor::guest(Via::Page);
        assert_eq!(codes(queries::current(&db.read().await.unwrap(), &guest).await), ["no-company"]);
        assert_eq!(queries::line_count(&db.read().await.unwrap(), &guest).await.unwrap(), 0);
        assert_eq!(queries::line_count(&db.read().await.unwrap(), &w.ctx.actor).await.unwrap(), 1);
        w.test.remove().await;
    }
}

#[tokio::test]
async fn a_deal_breaks_and_comes_back() {
    for w in worlds().await {
        let valve = w.add(w.valve, pieces(10)).await.unwrap();
        let plain = w.add(w.screw, pieces(500)).await.unwrap();
        let cart = w.add_deal(w.offer).await.unwrap();
        assert_eq!(w.add_deal(w.offer).await.unwrap(), cart, "twice is the same as once");
        let priced = w.priced().await;
        let deal = priced.lines.iter().find(|line| line.line.offer == Some(w.offer)).unwrap().clone();
        assert_eq!((priced.lines.len(), deal.line.id), (2, plain), "the plain line became the deal's");
        assert_eq!(
            (deal.line.quantity, deal.price, deal.list_price),
            (pieces(2_000), Some(eur(1_000_000)), Some(eur(1_200_000)))
        );
        assert_eq!((deal.payment_days, priced.totals.net), (0, Amount::new(203_000, Currency::Eur)));
        assert_eq!(priced.list_net, Amount::new(243_000, Currency::Eur));

        let id = deal.line.id;
        assert_eq!(codes(w.set(id, pieces(1_500)).await), ["cart-breaks-deal"]);
        w.set(valve, pieces(99)).await.unwrap();
        w.set(valve, pieces(10)).await.unwrap();

        w.set_as(id, pieces(1_500), true).await.unwrap();
        assert_eq!(breaches(&w.priced().await), [Breach::TooFew { product: w.screw, short: pieces(500) }]);
        assert_eq!(w.priced().await.totals.net, Amount::new(183_000, Currency::Eur), "at the list price");
        w.set(id, pieces(2_000)).await.unwrap();
        assert!(w.priced().await.lines.iter().any(|line| line.deal.as_ref().is_some_and(super::DealState::holds)));
        assert_eq!(breaches(&w.priced_at(NOW.plus(5 * Instant::DAY)).await), [Breach::Expired]);

        w.remove(plain, true).await.unwrap();
        w.add_deal(w.offer).await.unwrap();
        assert_eq!(w.priced().await.totals.net, Amount::new(203_000, Currency::Eur), "the lines are back");
        w.test.remove().await;
    }
}

fn breaches(priced: &PricedCart) -> Vec<Breach> {
    let broken = priced.lines.iter().find_map(|line| match &line.deal {
        Some(super::DealState::Broken { breaches, .. }) => Some(breaches.clone()),
        _ => None,
    });
    broken.unwrap_or_default()
}

#[tokio::test]
async fn two_carts() {
    for w in worlds().await {
        w.add(w.valve, pieces(1)).await.unwrap();
        let first = w.current().await.id;
        let (db, ctx) = (&w.test.db, &w.ctx);
        let second = db.write(|tx| async move { actions::create(&tx, ctx, " Leipzig ").await }).await.unwrap();
        assert_eq!((w.current().await.id, w.current().await.name), (second, "Leipzig".into()));
        assert_eq!(
            codes(db.write(|tx| async move { actions::rename(&tx, ctx, second, " ").await }).await),
            ["required"]
        );
        w.add(w.valve, pieces(5)).await.unwrap();
        db.write(|tx| async move { actions::select(&tx, ctx, first).await }).await.unwrap();
        assert_eq!(w.current().await.lines[0].quantity, pieces(1));
        let cart = &w.current().await;
        db.write(|tx| async move { actions::mark_ordered(&tx, ctx, cart).await }).await.unwrap();
        assert_eq!(w.current().await.id, second, "the other one takes its place");
        let over = db.write(|tx| async move { actions::rename(&tx, ctx, first, "Old").await }).await;
        assert_eq!(codes(over), ["cart-over"]);
        db.write(|tx| async move { actions::remove_cart(&tx, ctx, second).await }).await.unwrap();
        let tx = db.read().await.unwrap();
        assert_eq!(queries::current(&tx, &ctx.actor).await.unwrap(), None);
        assert!(queries::all(&tx, &ctx.actor).await.unwrap().is_empty());
        drop(tx);
        w.test.remove().await;
    }
}

#[tokio::test]
async fn checkout_says_everything_that_is_wrong() {
    for w in worlds().await {
        w.add(w.valve, pieces(1)).await.unwrap();
        let cart = w.current().await.id;
        let today = NOW.date();
        let wrong = CheckoutInput {
            po_number: "x".repeat(36),
            requested_on: Some(today.plus_days(-1)),
            payment_days: Some(31),
            note: "ü".repeat(501),
            ..CheckoutInput::default()
        };
        let all = [
            "checkout-address",
            "checkout-address",
            "checkout-po-number",
            "checkout-past",
            "checkout-payment",
            "too-long",
        ];
        assert_eq!(codes(w.checkout(cart, &wrong).await), all);
        let new = &NewAddress {
            unit: None,
            code: "main".into(),
            name: "Main".into(),
            street: "Long 1".into(),
            postal_code: "50-202".into(),
            city: "Wrocław".into(),
            country: Country::parse("PL").unwrap(),
            is_billing: true,
            is_shipping: true,
            note: String::new(),
        };
        let (system, company) = (&Ctx::system(NOW, Ids::seeded(9)), w.buyer.company.id);
        let write = |tx| async move { parties::addresses::create(&tx, system, company, new).await };
        let address = w.test.db.write(write).await.unwrap();
        let right = CheckoutInput { ship_to: Some(address), po_number: "4500129".into(), ..CheckoutInput::default() };
        let soon = CheckoutInput { requested_on: Some(today.plus_days(2)), ..right.clone() };
        assert_eq!(codes(w.checkout(cart, &soon).await), ["checkout-too-soon"]);
        let right = CheckoutInput { requested_on: Some(today.plus_days(14)), payment_days: Some(14), ..right };
        w.checkout(cart, &right).await.unwrap();
        let cart = w.current().await;
        assert_eq!((cart.ship_to, cart.bill_to, cart.payment_days), (Some(address), Some(address), Some(14)));
        assert_eq!(w.priced().await.payment_days, 14);
        w.test.remove().await;
    }
}

#[tokio::test]
async fn a_cart_has_an_end() {
    for w in worlds().await {
        let (db, ctx) = (&w.test.db, &w.ctx);
        let many = shelf(&w, 501).await;
        let (last, first) = many.split_last().unwrap();
        let fill = |tx| async move {
            for product in first {
                actions::add(&tx, ctx, &AddLine::new(*product, pieces(1))).await?;
            }
            Ok(())
        };
        db.write(fill).await.unwrap();
        assert_eq!(codes(w.add(*last, pieces(1)).await.map(|_| ())), ["cart-full"]);
        w.add(first[0], pieces(1)).await.unwrap();
        assert_eq!(codes(w.add_deal(w.offer).await.map(|_| ())), ["cart-full"], "a deal needs lines too");
        w.test.remove().await;
    }
}

/// More products at 1.00 each.
async fn shelf(w: &World, count: usize) -> Vec<ProductId> {
    let (db, system) = (&w.test.db, &Ctx::system(NOW, Ids::seeded(8)));
    let category = catalog::products::queries::product(&db.read().await.unwrap(), w.valve).await.unwrap().unwrap();
    let product = |n| {
        let sku = Sku::parse(&format!("NUT-{n}")).unwrap();
        NewProduct::simple(sku, category.category, Texts::new("Nut"))
    };
    let (products, list) = (
        &(0..count).map(product).collect::<Vec<_>>(),
        &NewList {
            code: "nuts".into(),
            name: Texts::new("Nuts"),
            scope: ListScope::General,
            currency: Currency::Eur,
            valid_from: None,
            valid_until: None,
        },
    );
    let write = |tx| async move {
        let ids = catalog::products::actions::create_many(&tx, system, products).await?;
        let price = |product: &ProductId| ListPrice {
            product: *product,
            tier: Tier { from: Quantity::new(1, Unit::Piece), price: eur(1_000_000) },
        };
        let prices: Vec<ListPrice> = ids.iter().map(price).collect();
        let list = pricing::lists::actions::create(&tx, system, list).await?;
        pricing::lists::actions::put_many(&tx, system, list, &prices).await?;
        Ok(ids)
    };
    db.write(write).await.unwrap()
}
