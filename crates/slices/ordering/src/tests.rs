//! Orders on both databases: placed once, numbered without gaps, at the price that was seen.

mod cancelled;
mod money;
mod searched;

use buying::carts::{self, AddLine};
use catalog::Texts;
use catalog::products::NewProduct;
use db::Db;
use db::testing::TestDb;
use kernel::{
    Actor, Amount, CartId, Country, Ctx, Currency, Email, Failure, Ids, Instant, Outcome, ProductId, Quantity, Role,
    Sku, Unit, UnitPrice, UserId, Via,
};
use parties::addresses::NewAddress;
use parties::companies::NewCompany;
use parties::people::NewMember;
use pricing::Buyers;
use pricing::lists::{ListPrice, ListScope, NewList};
use pricing_engine::Tier;
use pricing_engine::tax::{TaxRule, Treatment};
use terms::cost_model;
use terms::costs::DealCosts;

use crate::credits::{self, PastCredit, PastCreditLine};
use crate::orders::{self, OrderState, PastOrder, PlaceOrder, actions, queries};

const NOW: Instant = Instant::from_micros(1_795_000_000_000_000);

struct World {
    test: TestDb,
    system: Ctx,
    ann: Ctx,
    stranger: Ctx,
    buyers: Buyers,
    product: ProductId,
    price_list: kernel::PriceListId,
}

fn migrations() -> Vec<db::Migration> {
    [
        parties::MIGRATIONS,
        catalog::MIGRATIONS,
        pricing::MIGRATIONS,
        terms::MIGRATIONS,
        negotiation::MIGRATIONS,
        buying::MIGRATIONS,
        crate::MIGRATIONS,
    ]
    .concat()
}

async fn company(db: &Db, ctx: &Ctx, number: &str) -> (kernel::CompanyId, UserId) {
    let (id, person) = company_without_address(db, ctx, number).await;
    let address = &[(
        id,
        NewAddress {
            unit: None,
            code: "A1".into(),
            name: "Works".into(),
            street: "Street 1".into(),
            postal_code: "00-001".into(),
            city: "Gdynia".into(),
            country: Country::parse("PL").unwrap(),
            is_billing: true,
            is_shipping: true,
            note: String::new(),
        },
    )];
    db.write(|tx| async move { parties::addresses::create_many(&tx, ctx, address).await }).await.unwrap();
    (id, person)
}

async fn company_without_address(db: &Db, ctx: &Ctx, number: &str) -> (kernel::CompanyId, UserId) {
    let company = &NewCompany {
        number: number.into(),
        name: format!("Company {number}"),
        vat_id: None,
        country: Country::parse("PL").unwrap(),
        segment: "industry".into(),
        price_group: None,
        currency: Currency::Eur,
        payment_days: 30,
        credit_limit_minor: 100_000_000,
        rep: None,
    };
    let id = db.write(|tx| async move { parties::companies::actions::create(&tx, ctx, company).await }).await.unwrap();
    let member = &NewMember {
        company: Some(id),
        unit: None,
        email: Email::parse(&format!("ann@{number}.example")).unwrap(),
        name: "Ann".into(),
        title: String::new(),
        phone: String::new(),
        roles: [Role::Buyer].into_iter().collect(),
        language: "en".into(),
        time_zone: "UTC".into(),
        leads_sales: false,
        password_hash: None,
    };
    let person = db.write(|tx| async move { parties::people::actions::create(&tx, ctx, member).await }).await.unwrap();
    (id, person)
}

async fn goods(db: &Db, ctx: &Ctx) -> (ProductId, kernel::PriceListId) {
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
    let valve = &NewProduct::simple(Sku::parse("VALVE").unwrap(), category, Texts::new("Valve"));
    let product =
        db.write(|tx| async move { catalog::products::actions::create(&tx, ctx, valve).await }).await.unwrap();
    let (name, code) = (Texts::new("General"), "general".into());
    let list = &NewList {
        code,
        name,
        scope: ListScope::General,
        currency: Currency::Eur,
        valid_from: None,
        valid_until: None,
    };
    let prices = &[price(product, 3_000_000)];
    let made = db.write(|tx| async move {
        let list = pricing::lists::actions::create(&tx, ctx, list).await?;
        pricing::lists::actions::put_many(&tx, ctx, list, prices).await?;
        Ok(list)
    });
    (product, made.await.unwrap())
}

fn price(product: ProductId, micros: i64) -> ListPrice {
    ListPrice {
        product,
        tier: Tier { from: Quantity::new(1, Unit::Piece), price: UnitPrice::new(micros, Currency::Eur) },
    }
}

async fn world(test: TestDb) -> World {
    let system = Ctx::system(NOW, Ids::seeded(5));
    let (ours, ann) = company(&test.db, &system, "k1").await;
    let (theirs, bob) = company(&test.db, &system, "k2").await;
    let (product, price_list) = goods(&test.db, &system).await;
    let acting = |company, user| {
        system.acting_as(Actor {
            user: Some(user),
            company: Some(company),
            unit: None,
            roles: [Role::Buyer].into_iter().collect(),
            via: Via::Page,
        })
    };
    let buyers = Buyers::new(&web::Settings::default()).unwrap();
    World { ann: acting(ours, ann), stranger: acting(theirs, bob), test, system, buyers, product, price_list }
}

fn code<T>(outcome: &Outcome<T>) -> String {
    match outcome {
        Ok(_) => "placed".into(),
        Err(Failure::Refused(refused)) => refused.code.into(),
        Err(Failure::Invalid(invalid)) => invalid.fields[0].code.into(),
        Err(Failure::NotFound) => "not found".into(),
        Err(Failure::Fault(fault)) => fault.to_string(),
    }
}

impl World {
    async fn cart(&self, pieces: i64) -> CartId {
        let (ctx, product) = (&self.ann, self.product);
        let add = &AddLine::new(product, Quantity::whole(pieces, Unit::Piece));
        self.test.db.write(|tx| async move { carts::actions::add(&tx, ctx, add).await }).await.unwrap();
        carts::queries::current(&self.test.db.read().await.unwrap(), &ctx.actor).await.unwrap().unwrap().id
    }

    async fn place(
        &self,
        ctx: &Ctx,
        cart: CartId,
        key: Option<&str>,
        seen: Option<i64>,
    ) -> Outcome<orders::WholeOrder> {
        let seen_net = match seen {
            Some(minor) => Amount::new(minor, Currency::Eur),
            None => self.net(cart).await,
        };
        let how = &PlaceOrder { idempotency_key: key.map(str::to_owned), seen_net };
        let buyers = &self.buyers;
        self.test
            .db
            .write(|tx| async move { actions::place(&tx, ctx, buyers, "http://x", Some(cart), how).await })
            .await
    }

    /// What Ann sees at this cart; nothing when it is not hers.
    async fn net(&self, cart: CartId) -> Amount {
        let tx = self.test.db.read().await.unwrap();
        let Ok(cart) = carts::queries::cart(&tx, &self.ann.actor, cart).await else {
            return Amount::zero(Currency::Eur);
        };
        let buyer = self.buyers.get_in(&tx, cart.company).await.unwrap();
        carts::queries::priced(&tx, &buyer, &cart, NOW, NOW.date()).await.unwrap().totals.net
    }

    async fn count(&self, table: &'static str) -> i64 {
        let tx = self.test.db.read().await.unwrap();
        tx.list(db::Statement::new("SELECT COUNT(*) AS n FROM").then(table, Vec::new())).await.unwrap()[0]
            .get("n")
            .unwrap()
    }
}

#[tokio::test]
async fn new_numbers_go_on_after_imported_ones() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let (ctx, company) = (&w.system, w.ann.actor.company().unwrap());
        let past = |number: &str| PastOrder {
            number: number.into(),
            company,
            unit: None,
            person: None,
            state: OrderState::Completed,
            currency: Currency::Eur,
            payment_days: 30,
            po_number: String::new(),
            requested_on: None,
            ship_to: None,
            bill_to: None,
            tax_rule: TaxRule { rate: kernel::Rate::percent(23), treatment: Treatment::Home },
            placed_at: NOW,
            lines: Vec::new(),
        };
        let all = &[past("SO-000041"), past("SO-000007"), past("SO-1234567890"), past("A-99")];
        w.test.db.write(|tx| async move { orders::import_many(&tx, ctx, all).await }).await.unwrap();
        let cart = w.cart(10).await;
        assert_eq!(w.place(&w.ann, cart, None, None).await.unwrap().order.number, "SO-000042");
        w.test.remove().await;
    }
}

#[tokio::test]
async fn goods_need_an_address() {
    for test in TestDb::both(&migrations()).await {
        let mut w = world(test).await;
        let (theirs, eve) = company_without_address(&w.test.db, &w.system, "k3").await;
        w.ann.actor.company = Some(theirs);
        w.ann.actor.user = Some(eve);
        let cart = w.cart(10).await;
        assert_eq!(code(&w.place(&w.ann, cart, None, None).await), "order-no-address");
        w.test.remove().await;
    }
}

#[tokio::test]
async fn an_order_is_placed_once_and_remembers_everything() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(10).await;
        let first = w.place(&w.ann, cart, Some("key-1"), Some(3_000)).await.unwrap();
        assert_eq!(first.order.number, "SO-000001");
        assert_eq!((first.order.net.minor(), first.order.tax.minor(), first.order.gross.minor()), (3_000, 690, 3_690));
        assert_eq!(first.lines[0].explanation.price_lists, ["general"]);
        let again = w.place(&w.ann, cart, Some("key-1"), Some(3_000)).await.unwrap();
        assert_eq!(again.order.id, first.order.id, "the same key gives the same order");
        assert_eq!(code(&w.place(&w.ann, cart, Some("key-1"), Some(2_999)).await), "idempotency-key-reused");
        assert_eq!(code(&w.place(&w.ann, cart, Some("bad key"), None).await), "idempotency-key");
        assert_eq!(code(&w.place(&w.ann, cart, None, None).await), "cart-ordered");
        assert_eq!((w.count("purchase_order").await, w.count("purchase").await, w.count("job").await), (1, 1, 1));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn refusals_in_order_of_precedence() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(10).await;
        assert_eq!(code(&w.place(&w.stranger, cart, None, None).await), "not found");
        assert_eq!(code(&w.place(&w.system, cart, None, None).await), "no-company");
        assert_eq!(code(&w.place(&w.ann, cart, None, Some(2_999)).await), "order-price-changed");
        let (system, list, prices) = (&w.system, w.price_list, &[price(w.product, 4_000_000)]);
        w.test
            .db
            .write(|tx| async move { pricing::lists::actions::put_many(&tx, system, list, prices).await })
            .await
            .unwrap();
        assert_eq!(code(&w.place(&w.ann, cart, None, Some(3_000)).await), "order-price-changed");
        assert_eq!(w.count("purchase_order").await, 0, "nothing is ordered at a price that was not seen");
        let placed = w.place(&w.ann, cart, None, Some(4_000)).await.unwrap();
        let number = &placed.order.number;
        let tx = w.test.db.read().await.unwrap();
        assert_eq!(code(&queries::order(&tx, &w.stranger.actor, number).await), "not found");
        assert_eq!(code(&queries::order(&tx, &w.ann.actor, number).await), "placed");
        drop(tx);
        let cancel = |ctx: &Ctx| {
            let (db, ctx, number) = (w.test.db.clone(), ctx.clone(), number.clone());
            async move {
                db.write(|tx| {
                    let (ctx, number) = (ctx.clone(), number.clone());
                    async move { actions::cancel(&tx, &ctx, &number, "ordered twice").await }
                })
                .await
            }
        };
        assert_eq!(code(&cancel(&w.stranger).await), "not found");
        assert_eq!(code(&cancel(&w.ann).await), "placed");
        assert_eq!(code(&cancel(&w.ann).await), "order-not-open");
        assert_eq!(w.count("purchase").await, 0, "what is cancelled was not bought");
        w.test.remove().await;
    }
}

#[tokio::test]
async fn two_clicks_at_once_place_one_order() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(1).await;
        let clicks = (0..6).map(|_| w.place(&w.ann, cart, Some("click"), None));
        let mut numbers = Vec::new();
        for outcome in futures_util::future::join_all(clicks).await {
            numbers.push(outcome.unwrap().order.number);
        }
        numbers.dedup();
        assert_eq!((numbers.len(), w.count("purchase_order").await), (1, 1));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn credits_take_back_what_was_bought() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(10).await;
        let order = w.place(&w.ann, cart, None, None).await.unwrap().order;
        let line = PastCreditLine {
            product: w.product,
            sku: "VALVE".into(),
            name: "Valve".into(),
            quantity: Quantity::whole(4, Unit::Piece),
            price: UnitPrice::new(3_000_000, Currency::Eur),
        };
        let past = &[PastCredit {
            number: "C1".into(),
            company: order.company,
            order_number: Some(order.number),
            currency: Currency::Eur,
            issued_at: NOW,
            lines: vec![line],
        }];
        let system = &w.system;
        let import = || w.test.db.write(|tx| async move { credits::import_many(&tx, system, past).await });
        import().await.unwrap();
        assert_eq!(code(&import().await), "taken");
        let tx = w.test.db.read().await.unwrap();
        let (notes, total) = credits::own(&tx, &w.ann.actor, 10, 0).await.unwrap();
        assert_eq!((notes[0].net.minor(), total), (1_200, 1));
        let revenue = pricing::purchases::queries::revenue(&tx, order.company, Instant::from_micros(0)).await.unwrap();
        assert_eq!(revenue, [Amount::new(3_000 - 1_200, Currency::Eur)]);
        drop(tx);
        w.test.remove().await;
    }
}

#[tokio::test]
async fn ordering_again_fills_the_cart() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(10).await;
        let ctx = &w.ann;
        let order = &w.place(&w.ann, cart, None, None).await.unwrap().order;
        assert_eq!(order.state, OrderState::Open);
        let missing = w.test.db.write(|tx| async move { actions::reorder(&tx, ctx, &order.number).await });
        assert!(missing.await.unwrap().is_empty());
        let cart = carts::queries::current(&w.test.db.read().await.unwrap(), &ctx.actor).await.unwrap().unwrap();
        assert_eq!(cart.lines[0].quantity, Quantity::whole(10, Unit::Piece));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn freight_is_charged_kept_and_checked() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let system = &w.system;
        let charge = |minor: i64| {
            let costs = DealCosts { freight_charge: minor, freight_free_from: 5_000, ..DealCosts::STANDARD };
            w.test.db.write(move |tx| async move { cost_model::actions::set(&tx, system, &costs).await })
        };
        charge(250).await.unwrap();
        let cart = w.cart(10).await;
        charge(400).await.unwrap();
        assert_eq!(code(&w.place(&w.ann, cart, None, Some(3_250)).await), "order-price-changed");
        let placed = w.place(&w.ann, cart, None, Some(3_400)).await.unwrap().order;
        let tx = w.test.db.read().await.unwrap();
        let kept = queries::order(&tx, &w.ann.actor, &placed.number).await.unwrap().order;
        drop(tx);
        assert_eq!(kept, placed);
        let sums = [kept.goods().unwrap(), kept.freight, kept.list_freight, kept.net, kept.tax, kept.gross];
        assert_eq!(sums.map(Amount::minor), [3_000, 400, 400, 3_400, 782, 4_182]);
        charge(900).await.unwrap();
        let tx = w.test.db.read().await.unwrap();
        assert_eq!(queries::order(&tx, &w.ann.actor, &placed.number).await.unwrap().order.freight.minor(), 400);
        drop(tx);

        let (ctx, number) = (&w.ann, &placed.number);
        w.test.db.write(|tx| async move { actions::reorder(&tx, ctx, number).await }).await.unwrap();
        let cart = w.cart(7).await;
        let again = w.place(&w.ann, cart, None, Some(5_100)).await.unwrap().order;
        assert_eq!(
            (again.freight.minor(), again.net.minor(), again.has_freight()),
            (0, 5_100, false),
            "free from 50.00"
        );
        w.test.remove().await;
    }
}
