//! The buyer's money: credit, terms, addresses, what is cancelled and what comes back.

use kernel::{Date, OfferId, Packing};
use negotiation::negotiations::State;
use negotiation::offers;
use negotiation::requests::import::{PastNegotiation, PastOffer, PastRound};
use negotiation_engine::Policy;
use parties::companies;
use parties::companies::actions::CompanyChange;
use pricing::{credit, purchases};

use super::*;
use crate::orders::{GivenBack, Order, WholeOrder};

const DAY: i64 = Instant::DAY;

fn later(ctx: &Ctx, by: i64) -> Ctx {
    Ctx { now: ctx.now.plus(by), ..ctx.clone() }
}

/// An agreed offer on the valve: exactly so much at 2.00 instead of 3.00, paid after so many days.
async fn deal(w: &World, count: i64, payment_days: i64) -> OfferId {
    let (db, ctx, product) = (&w.test.db, &w.system, w.product);
    let company = w.ann.actor.company().unwrap();
    let price = UnitPrice::new(2_000_000, Currency::Eur);
    let quantity = Quantity::whole(count, Unit::Piece);
    let offer = PastOffer { quantity, price, payment_days, made_by: None };
    let past = &[PastNegotiation {
        company,
        unit: None,
        person: w.ann.actor.user.unwrap(),
        product,
        list_price: UnitPrice::new(3_000_000, Currency::Eur),
        payment_days: 30,
        rounds: vec![PastRound { at: NOW, quantity, price, offers: vec![offer] }],
        competitor: None,
        need_by: None,
        comment: String::new(),
        state: State::Agreed,
        closed_at: NOW.plus(5 * DAY),
        agreed: Some(offer),
        order_number: None,
        decision: None,
    }];
    let import = |tx: db::WriteTx| async move {
        if terms::policies::queries::numbers(&tx).await?.is_empty() {
            terms::policies::actions::setup(&tx, ctx, Policy::starter()).await?;
        }
        negotiation::requests::import::import_many(&tx, ctx, past).await
    };
    db.write(import).await.unwrap();
    let tx = db.read().await.unwrap();
    let all = offers::queries::agreed_for_products(&tx, company, &[product], NOW).await.unwrap();
    all.into_iter().find(|offer| offer.offer.terms.lines[0].quantity == quantity).unwrap().id
}

impl World {
    async fn deal_in_cart(&self, offer: OfferId) -> CartId {
        let ctx = &self.ann;
        self.test.db.write(|tx| async move { carts::actions::add_deal(&tx, ctx, offer).await }).await.unwrap()
    }

    async fn cancel(&self, ctx: &Ctx, number: &str) -> Outcome<Vec<GivenBack>> {
        self.test.db.write(|tx| async move { actions::cancel(&tx, ctx, number, "ordered twice").await }).await
    }

    async fn order(&self, number: &str) -> Order {
        let tx = self.test.db.read().await.unwrap();
        queries::order(&tx, &self.ann.actor, number).await.unwrap().order
    }

    /// Whether an order has used the offer.
    async fn is_used(&self, offer: OfferId) -> bool {
        let tx = self.test.db.read().await.unwrap();
        offers::queries::agreed(&tx, self.ann.actor.company().unwrap(), offer).await.unwrap().unwrap().used
    }

    async fn credit_used(&self) -> i64 {
        let tx = self.test.db.read().await.unwrap();
        let id = self.ann.actor.company().unwrap();
        let company = companies::queries::company(&tx, id).await.unwrap().unwrap();
        credit::queries::of(&tx, &company).await.unwrap().unwrap().used.minor()
    }

    async fn limit(&self, minor: i64) {
        let (ctx, id) = (&self.system, self.ann.actor.company().unwrap());
        let company = companies::queries::company(&self.test.db.read().await.unwrap(), id).await.unwrap().unwrap();
        let change = &CompanyChange {
            version: company.version,
            name: company.name,
            vat_id: company.vat_id,
            country: company.country,
            segment: company.segment,
            price_group: company.price_group,
            payment_days: company.payment_days,
            credit_limit_minor: minor,
            rep: company.rep,
            is_negotiation_blocked: false,
        };
        self.test.db.write(|tx| async move { companies::actions::update(&tx, ctx, id, change).await }).await.unwrap();
    }

    fn admin(&self) -> Ctx {
        let user = Some(UserId::new(&self.system));
        let roles = [Role::MerchantAdmin].into_iter().collect();
        self.system.acting_as(Actor { user, company: None, unit: None, roles, via: Via::Page })
    }

    fn rep(&self) -> Ctx {
        let user = Some(UserId::new(&self.system));
        let roles = [Role::SalesRep].into_iter().collect();
        self.system.acting_as(Actor { user, company: None, unit: None, roles, via: Via::Page })
    }

    async fn release(&self, ctx: &Ctx, number: &str) -> Outcome<()> {
        self.test.db.write(|tx| async move { actions::release(&tx, ctx, "http://x", number).await }).await
    }

    /// Another address of Ann's company.
    async fn address(&self, code: &str) -> kernel::AddressId {
        let (ctx, company) = (&self.system, self.ann.actor.company().unwrap());
        let new = &NewAddress {
            unit: None,
            code: code.into(),
            name: code.into(),
            street: "Street 2".into(),
            postal_code: "00-002".into(),
            city: "Gdynia".into(),
            country: Country::parse("PL").unwrap(),
            is_billing: true,
            is_shipping: true,
            note: String::new(),
        };
        let write = |tx| async move { parties::addresses::create(&tx, ctx, company, new).await };
        self.test.db.write(write).await.unwrap()
    }

    async fn checkout(&self, cart: CartId, input: &carts::CheckoutInput) {
        let ctx = &self.ann;
        let write = |tx| async move { carts::actions::set_checkout(&tx, ctx, cart, input).await };
        self.test.db.write(write).await.unwrap();
    }

    /// The valve as it is sold from now on.
    async fn sell(&self, change: impl FnOnce(NewProduct) -> NewProduct) {
        let (ctx, id) = (&self.system, self.product);
        let tx = self.test.db.read().await.unwrap();
        let present = catalog::products::queries::product(&tx, id).await.unwrap().unwrap();
        drop(tx);
        let plain = NewProduct::simple(Sku::parse("VALVE").unwrap(), present.category, Texts::new("Valve"));
        let new = &change(plain);
        let write = |tx| async move { catalog::products::actions::update(&tx, ctx, id, None, new).await };
        self.test.db.write(write).await.unwrap();
    }
}

#[tokio::test]
async fn attack_h3_no_order_passes_the_credit_limit_in_silence() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        // 10 valves are 30.00, with tax 36.90: three of them fit a limit of 110.70, to the cent.
        w.limit(11_070).await;
        for taken in [3_690, 7_380, 11_070] {
            let cart = w.cart(10).await;
            assert_eq!(w.place(&w.ann, cart, None, None).await.unwrap().order.state, OrderState::Open);
            assert_eq!(w.credit_used().await, taken);
        }
        let cart = w.cart(1).await;
        let held = w.place(&w.ann, cart, None, None).await.unwrap().order;
        assert_eq!((held.state, w.credit_used().await), (OrderState::Held, 11_070));
        let company = held.company;
        let tx = w.test.db.read().await.unwrap();
        let revenue = purchases::queries::revenue(&tx, company, Instant::from_micros(0)).await.unwrap();
        assert_eq!(revenue, [Amount::new(9_000, Currency::Eur)], "what is held is not bought yet");
        drop(tx);

        assert_eq!(code(&w.release(&w.ann, &held.number).await), "not-allowed");
        assert_eq!(code(&w.release(&w.rep(), &held.number).await), "order-not-held", "not a rep of this company");
        w.release(&w.admin(), &held.number).await.unwrap();
        assert_eq!((w.order(&held.number).await.state, w.credit_used().await), (OrderState::Open, 11_439));
        assert_eq!(code(&w.release(&w.admin(), &held.number).await), "order-not-held", "once");

        let cart = w.cart(1).await;
        let address = w.address("A9").await;
        let prepaid =
            carts::CheckoutInput { ship_to: Some(address), payment_days: Some(0), ..carts::CheckoutInput::default() };
        w.checkout(cart, &prepaid).await;
        let placed = w.place(&w.ann, cart, None, None).await.unwrap().order;
        assert_eq!((placed.state, w.credit_used().await), (OrderState::Open, 11_439), "what is paid in advance may");
        w.test.remove().await;
    }
}

#[tokio::test]
async fn attack_h3_what_is_refused_gives_its_deal_back() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        w.limit(100).await;
        let offer = deal(&w, 50, 60).await;
        let cart = w.deal_in_cart(offer).await;
        let held = w.place(&w.ann, cart, None, None).await.unwrap();
        assert_eq!((held.order.state, held.lines[0].payment_days), (OrderState::Held, 60));
        assert!(w.is_used(offer).await, "nobody else can use it meanwhile");
        let (admin, number) = (&w.admin(), &held.order.number);
        let refuse = |reason: &'static str| {
            w.test.db.write(move |tx| async move { actions::refuse(&tx, admin, number, reason).await })
        };
        assert_eq!(code(&refuse(" ").await), "required");
        let back = refuse("two invoices are overdue").await.unwrap();
        assert!(back.len() == 1 && back[0].is_valid && !w.is_used(offer).await);
        let order = w.order(number).await;
        assert_eq!((order.state, order.reason.as_str()), (OrderState::Cancelled, "two invoices are overdue"));
        let ann = &w.ann;
        let undo = w.test.db.write(|tx| async move { actions::undo(&tx, ann, number).await }).await;
        assert_eq!(code(&undo), "order-not-undone", "a refusal is not the buyer's to undo");
        w.test.remove().await;
    }
}

#[tokio::test]
async fn what_waits_for_a_person_is_ordered_and_not_bought() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        w.limit(100).await;
        let cart = w.cart(10).await;
        let held = w.place(&w.ann, cart, None, None).await.unwrap().order;
        let remembered = || async { (w.count("purchase").await, w.count("purchase_held").await) };
        assert_eq!((held.state, remembered().await), (OrderState::Held, (0, 1)));
        w.cancel(&w.ann, &held.number).await.unwrap();
        assert_eq!(remembered().await, (0, 0));
        let (ann, number) = (&w.ann, &held.number);
        w.test.db.write(|tx| async move { actions::undo(&tx, ann, number).await }).await.unwrap();
        assert_eq!(remembered().await, (0, 1));
        w.release(&w.admin(), number).await.unwrap();
        assert_eq!(remembered().await, (1, 0));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn attack_h3_terms_stay_with_the_lines_of_an_order() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let offer = deal(&w, 50, 60).await;
        w.deal_in_cart(offer).await;
        let (ctx, product) = (&w.ann, w.product);
        let plain = &AddLine { is_without_deal: true, ..AddLine::new(product, Quantity::whole(500, Unit::Piece)) };
        let placed = w.test.db.write(|tx| async move { carts::actions::add(&tx, ctx, plain).await }).await.unwrap();
        let order = w.place(&w.ann, placed.cart, None, None).await.unwrap();
        let tx = w.test.db.read().await.unwrap();
        let kept = queries::order(&tx, &w.ann.actor, &order.order.number).await.unwrap();
        drop(tx);
        assert_eq!(kept, order);
        let due = |whole: &WholeOrder| whole.dues().iter().map(|due| (due.days, due.gross.minor())).collect::<Vec<_>>();
        // 500 at 3.00 on the company's 30 days, 50 at 2.00 on the deal's 60.
        assert_eq!((kept.order.payment_days, due(&kept)), (30, vec![(30, 184_500), (60, 12_300)]));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_m12_a_cancelled_order_gives_the_offer_back_while_it_is_valid() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let offer = deal(&w, 50, 30).await;
        let cart = w.deal_in_cart(offer).await;
        let order = w.place(&w.ann, cart, None, None).await.unwrap().order;
        assert!(w.is_used(offer).await);
        let back = w.cancel(&w.ann, &order.number).await.unwrap();
        assert_eq!(back, [GivenBack { number: 1, expires: NOW.plus(5 * DAY), is_valid: true }]);
        assert!(!w.is_used(offer).await);
        let cart = w.deal_in_cart(offer).await;
        let again = w.place(&w.ann, cart, None, None).await.unwrap().order;
        assert_eq!(again.net.minor(), 10_000, "at the price of the deal");
        let back = w.cancel(&later(&w.ann, 6 * DAY), &again.number).await.unwrap();
        assert!(!back[0].is_valid, "its time is over");
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b1_a_cancellation_takes_a_reason_and_can_be_undone_for_ten_minutes() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let offer = deal(&w, 50, 30).await;
        let cart = w.deal_in_cart(offer).await;
        let order = w.place(&w.ann, cart, None, None).await.unwrap().order;
        let number = &order.number;
        let taken = w.credit_used().await;
        let (db, ann) = (&w.test.db, &w.ann);
        let without = db.write(|tx| async move { actions::cancel(&tx, ann, number, "").await }).await;
        assert_eq!(code(&without), "required");
        w.cancel(&w.ann, number).await.unwrap();
        assert_eq!((w.credit_used().await, w.is_used(offer).await), (0, false));
        let (soon, late) = (later(&w.ann, 9 * Instant::MINUTE), later(&w.ann, 10 * Instant::MINUTE));
        let undo = |ctx: Ctx| {
            db.write(move |tx| {
                let ctx = ctx.clone();
                async move { actions::undo(&tx, &ctx, number).await }
            })
        };
        assert_eq!(code(&undo(w.stranger.clone()).await), "not found");
        assert_eq!(code(&undo(late).await), "order-not-undone");
        undo(soon).await.unwrap();
        let back = w.order(number).await;
        assert_eq!((back.state, back.reason.as_str(), back.cancelled), (OrderState::Open, "", None));
        assert_eq!((w.credit_used().await, w.is_used(offer).await, w.count("purchase").await), (taken, true, 1));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b1_what_is_on_its_way_is_asked_to_be_cancelled() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(10).await;
        let order = w.place(&w.ann, cart, None, None).await.unwrap().order;
        let (db, admin, ann, number) = (&w.test.db, &w.admin(), &w.ann, &order.number);
        let ask = || db.write(|tx| async move { actions::ask_to_cancel(&tx, ann, number, "too late").await });
        assert_eq!(code(&ask().await), "order-not-open", "it can still be cancelled");
        let ship = |tx| async move { actions::move_on(&tx, admin, number, OrderState::Shipped, "").await };
        db.write(ship).await.unwrap();
        assert_eq!(code(&w.cancel(&w.ann, number).await), "order-not-open");
        let before = w.count("job").await;
        ask().await.unwrap();
        assert_eq!((w.order(number).await.state, w.count("job").await), (OrderState::Shipped, before + 1));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b15_what_was_cancelled_was_not_paid() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(10).await;
        let order = w.place(&w.ann, cart, None, None).await.unwrap().order;
        let paid = || async {
            let tx = w.test.db.read().await.unwrap();
            purchases::queries::last_paid(&tx, order.company, w.product).await.unwrap().map(|paid| paid.order_number)
        };
        assert_eq!(paid().await.as_ref(), Some(&order.number));
        w.cancel(&w.ann, &order.number).await.unwrap();
        assert_eq!(paid().await, None);
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_m6_goods_go_where_the_buyer_said_or_nowhere() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let second = w.address("A2").await;
        let cart = w.cart(10).await;
        assert_eq!(code(&w.place(&w.ann, cart, None, None).await), "order-address-choice");
        let input = carts::CheckoutInput { ship_to: Some(second), ..carts::CheckoutInput::default() };
        w.checkout(cart, &input).await;
        let (ctx, company) = (&w.system, w.ann.actor.company().unwrap());
        let archive = |tx| async move { parties::addresses::archive(&tx, ctx, company, second).await };
        w.test.db.write(archive).await.unwrap();
        assert_eq!(code(&w.place(&w.ann, cart, None, None).await), "order-address-gone");
        let third = w.address("A3").await;
        w.checkout(cart, &carts::CheckoutInput { ship_to: Some(third), ..input }).await;
        let order = w.place(&w.ann, cart, None, None).await.unwrap().order;
        let names = [order.ship_to.unwrap().name, order.bill_to.unwrap().name];
        assert_eq!(names, ["A3", "A3"], "and the invoice with them");
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_m10_an_order_keeps_to_the_minimum_of_today() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let cart = w.cart(100).await;
        let minimum = 500 * Quantity::SCALE;
        w.sell(|valve| NewProduct { packing: Packing { minimum, ..Packing::single(Unit::Piece) }, ..valve }).await;
        let Err(Failure::Refused(refused)) = w.place(&w.ann, cart, None, None).await else { panic!("it is taken") };
        assert_eq!(refused.code, "order-line-quantity");
        assert!(refused.args.contains(&("minimum", "500".to_owned())), "{:?}", refused.args);
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_m11_a_requested_date_is_kept_or_refused() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let stocked =
            |count: i64| move |valve| NewProduct { stock: Quantity::whole(count, Unit::Piece), lead_days: 10, ..valve };
        w.sell(stocked(1_000)).await;
        let (cart, address) = (w.cart(100).await, w.address("A2").await);
        let tomorrow = NOW.date().plus_days(1);
        let input = carts::CheckoutInput {
            ship_to: Some(address),
            requested_on: Some(tomorrow),
            ..carts::CheckoutInput::default()
        };
        w.checkout(cart, &input).await;
        w.sell(stocked(99)).await;
        let Err(Failure::Refused(refused)) = w.place(&w.ann, cart, None, None).await else { panic!("it is taken") };
        let earliest = Date::parse(&refused.args.iter().find(|(name, _)| *name == "earliest").unwrap().1).unwrap();
        assert_eq!((refused.code, earliest.days() - NOW.date().days()), ("order-too-soon", 14), "ten working days");
        w.checkout(cart, &carts::CheckoutInput { requested_on: Some(earliest), ..input }).await;
        assert!(w.place(&w.ann, cart, None, None).await.is_ok());
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_r2_what_can_be_ordered_again_is() {
    for test in TestDb::both(&migrations()).await {
        let w = world(test).await;
        let (db, system, ann) = (&w.test.db, &w.system, &w.ann);
        let present = catalog::products::queries::product(&db.read().await.unwrap(), w.product).await.unwrap().unwrap();
        let nut = &NewProduct::simple(Sku::parse("NUT").unwrap(), present.category, Texts::new("Nut"));
        let nut =
            db.write(|tx| async move { catalog::products::actions::create(&tx, system, nut).await }).await.unwrap();
        let list = w.price_list;
        let put = |prices: Vec<ListPrice>| {
            db.write(move |tx| {
                let prices = prices.clone();
                async move { pricing::lists::actions::put_many(&tx, system, list, &prices).await }
            })
        };
        put(vec![price(nut, 1_000_000)]).await.unwrap();
        let add = &AddLine::new(nut, Quantity::whole(5, Unit::Piece));
        db.write(|tx| async move { carts::actions::add(&tx, ann, add).await }).await.unwrap();
        let cart = w.cart(10).await;
        let order = &w.place(&w.ann, cart, None, None).await.unwrap().order;
        let taken = [pricing::lists::Written { product: nut, from: price(nut, 1_000_000).tier.from, price: None }];
        let taken = &taken;
        let gone = |tx| async move { pricing::lists::actions::write(&tx, system, list, taken).await };
        db.write(gone).await.unwrap();
        let missing = db.write(|tx| async move { actions::reorder(&tx, ann, &order.number).await }).await.unwrap();
        assert_eq!(missing, ["NUT"]);
        let cart = carts::queries::current(&db.read().await.unwrap(), &ann.actor).await.unwrap().unwrap();
        assert_eq!((cart.lines.len(), cart.lines[0].product), (1, w.product));
        w.test.remove().await;
    }
}
