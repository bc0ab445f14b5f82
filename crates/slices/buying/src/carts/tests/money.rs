//! The buyer's money: terms of deals, what breaks them, what goes beyond them, quantities that nobody means, undo, tax.

use kernel::{AddressId, Date};
use pricing::credit::{self, CreditUse};
use pricing_engine::tax::Reason;

use super::*;
use crate::carts::{CartLine, DealState};

/// An agreed offer on one product: exactly so much at this price, paid after so many days, until five days from now.
async fn deal(w: &World, product: ProductId, count: i64, price: UnitPrice, payment_days: i64) -> OfferId {
    let (db, ctx) = (&w.test.db, &Ctx::system(NOW, Ids::seeded(count.unsigned_abs() + 100)));
    let (company, person) = (w.buyer.company.id, w.ctx.actor.user.unwrap());
    let offer = PastOffer { quantity: pieces(count), price, payment_days, made_by: None };
    let past = &[PastNegotiation {
        company,
        unit: None,
        person,
        product,
        list_price: eur(3_000_000),
        payment_days: 30,
        rounds: vec![PastRound { at: NOW, quantity: pieces(count), price, offers: vec![offer] }],
        competitor: None,
        need_by: None,
        comment: String::new(),
        state: State::Agreed,
        closed_at: NOW.plus(5 * Instant::DAY),
        agreed: Some(offer),
        order_number: None,
        decision: None,
    }];
    db.write(|tx| async move { negotiation::requests::import::import_many(&tx, ctx, past).await }).await.unwrap();
    let tx = db.read().await.unwrap();
    let all = negotiation::offers::queries::agreed_for_products(&tx, company, &[product], NOW).await.unwrap();
    all.into_iter().find(|offer| offer.offer.terms.lines[0].quantity == pieces(count)).unwrap().id
}

fn line_of(cart: &Cart, product: ProductId, has_offer: bool) -> CartLine {
    cart.lines.iter().find(|line| line.product == product && line.offer.is_some() == has_offer).unwrap().clone()
}

fn euro(minor: i64) -> Amount {
    Amount::new(minor, Currency::Eur)
}

/// `days: gross` of everything that is due.
fn due(priced: &PricedCart) -> Vec<(i64, i64)> {
    priced.dues().iter().map(|due| (due.days, due.gross.minor())).collect()
}

#[tokio::test]
async fn attack_h3_a_deals_terms_are_for_its_own_lines() {
    for w in worlds().await {
        // 50 valves at 2.90 on 60 days, where the company has 30.
        let offer = deal(&w, w.valve, 50, eur(2_900_000), 60).await;
        w.add_deal(offer).await.unwrap();
        let alone = w.priced().await;
        assert_eq!((alone.payment_days, due(&alone)), (60, vec![(60, 17_835)]));
        assert!(!alone.has_choice_of_payment());
        // Screws for 12,000.00 come along: on the company's own terms.
        let screws = AddLine { is_without_deal: true, ..AddLine::new(w.screw, pieces(10_000)) };
        w.put(&screws).await.unwrap();
        let priced = w.priced().await;
        assert_eq!((priced.payment_days, due(&priced)), (30, vec![(30, 1_476_000), (60, 17_835)]));
        assert_eq!(priced.on_credit(), euro(1_493_835));
        let days = |product| priced.lines.iter().find(|line| line.line.product == product).unwrap().payment_days;
        assert_eq!((days(w.valve), days(w.screw)), (60, 30));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn attack_h3_what_is_chosen_stays_within_the_companys_terms_and_leaves_deals_alone() {
    for w in worlds().await {
        let offer = deal(&w, w.valve, 50, eur(2_900_000), 60).await;
        let cart = w.add_deal(offer).await.unwrap();
        w.add_deal(w.offer).await.unwrap();
        w.add(w.valve, pieces(1)).await.unwrap();
        let address = address(&w, "PL", "50-202").await;
        let at = |days| CheckoutInput { ship_to: Some(address), payment_days: Some(days), ..CheckoutInput::default() };
        assert_eq!(codes(w.checkout(cart, &at(60)).await), ["checkout-payment"], "60 days are not the company's");
        for (chosen, want) in [(30, vec![0, 30, 60]), (14, vec![0, 14, 60]), (0, vec![0, 60])] {
            w.checkout(cart, &at(chosen)).await.unwrap();
            let priced = w.priced().await;
            assert_eq!(priced.dues().iter().map(|due| due.days).collect::<Vec<_>>(), want, "{chosen}");
            let holding = priced.lines.iter().filter(|line| line.deal.as_ref().is_some_and(DealState::holds)).count();
            assert_eq!(holding, 2, "no choice of payment breaks a deal");
        }
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b4_a_deal_that_ends_takes_its_terms_along() {
    for w in worlds().await {
        w.add_deal(w.offer).await.unwrap();
        let line = w.current().await.lines[0].id;
        assert_eq!(due(&w.priced().await), [(0, 246_000)], "paid in advance for 1.00 instead of 1.20");
        w.set_as(line, pieces(1_900), true).await.unwrap();
        let broken = w.priced().await;
        assert_eq!(
            (broken.payment_days, due(&broken)),
            (30, vec![(30, 280_440)]),
            "the usual price on the usual terms"
        );
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_m13_every_change_that_breaks_a_deal_asks_first() {
    for w in worlds().await {
        w.add_deal(w.offer).await.unwrap();
        let line = w.current().await.lines[0].id;
        let (db, ctx) = (&w.test.db, &w.ctx);
        let unbind =
            |is_confirmed| db.write(move |tx| async move { actions::unbind(&tx, ctx, line, is_confirmed).await });
        assert_eq!(codes(w.set(line, pieces(1_900)).await), ["cart-breaks-deal"]);
        assert_eq!(codes(w.remove(line, false).await), ["cart-breaks-deal"]);
        assert_eq!(codes(unbind(false).await), ["cart-breaks-deal"]);
        assert_eq!(w.current().await.lines[0].quantity, pieces(2_000), "nothing is changed");
        unbind(true).await.unwrap();
        let priced = w.priced().await;
        assert_eq!((priced.totals.net, priced.payment_days), (euro(240_000), 30), "at the list price, on usual terms");
        w.remove(line, false).await.unwrap();
        w.add_deal(w.offer).await.unwrap();
        let line = w.current().await.lines[0].id;
        w.remove(line, true).await.unwrap();
        assert!(w.current().await.lines.is_empty());
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b3_a_deal_that_fits_is_used() {
    for w in worlds().await {
        let small = w.put(&AddLine::new(w.screw, pieces(500))).await.unwrap();
        assert_eq!((small.deal, w.priced().await.lines[0].price), (None, Some(eur(1_200_000))));
        // With what is there it comes to what was agreed on.
        let placed = w.put(&AddLine::new(w.screw, pieces(1_500))).await.unwrap();
        assert_eq!((placed.line, placed.deal, placed.rest), (small.line, Some(1), None));
        let priced = w.priced().await;
        assert_eq!((priced.lines.len(), priced.totals.net), (1, euro(200_000)), "2,000 at 1.00");
        w.test.remove().await;
    }
    for w in worlds().await {
        let plain = AddLine { is_without_deal: true, ..AddLine::new(w.screw, pieces(2_000)) };
        assert_eq!(w.put(&plain).await.unwrap().deal, None);
        let fitting = w.priced().await.lines[0].fitting.unwrap();
        assert_eq!((fitting.offer, fitting.number, fitting.saving), (w.offer, 1, euro(40_000)));
        w.add_deal(fitting.offer).await.unwrap();
        let priced = w.priced().await;
        assert_eq!((priced.lines.len(), priced.totals.net, priced.lines[0].fitting), (1, euro(200_000), None));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b8_more_than_a_deal_holds_for_goes_at_the_list_price() {
    for w in worlds().await {
        w.add_deal(w.offer).await.unwrap();
        let line = w.current().await.lines[0].id;
        let placed = w.set(line, pieces(2_500)).await.unwrap();
        assert_eq!((placed.line, placed.deal, placed.rest), (line, Some(1), Some(pieces(500))));
        let priced = w.priced().await;
        // 2,000 at 1.00 and 500 at 1.20.
        assert_eq!((priced.lines.len(), priced.totals.net), (2, euro(260_000)));
        assert!(priced.lines[0].deal.as_ref().is_some_and(DealState::holds));
        // More is put into the line that is there.
        w.add(w.screw, pieces(100)).await.unwrap();
        let cart = w.current().await;
        let quantities = [true, false].map(|has_offer| line_of(&cart, w.screw, has_offer).quantity);
        assert_eq!(quantities, [pieces(2_000), pieces(600)]);
        w.test.remove().await;
    }
    for w in worlds().await {
        let placed = w.put(&AddLine::new(w.screw, pieces(2_300))).await.unwrap();
        assert_eq!(
            (placed.deal, placed.rest, w.priced().await.totals.net),
            (Some(1), Some(pieces(300)), euro(236_000))
        );
        w.test.remove().await;
    }
}

#[tokio::test]
async fn attack_h3_a_quantity_that_nobody_means_asks_back() {
    for w in worlds().await {
        // 10,000 screws are in stock; of valves, of which none is, 1,000 times the smallest order is far beyond.
        // What goes by a deal, and beside it at the list price, is one quantity.
        assert!(w.add(w.screw, pieces(99_900)).await.is_ok());
        let lines = w.current().await.lines;
        assert_eq!(lines.iter().map(|line| line.quantity.thousandths()).sum::<i64>(), 99_900_000);
        assert_eq!(codes(w.add(w.screw, pieces(100)).await), ["cart-unusual-quantity"], "the sum counts");
        for line in lines {
            w.remove(line.id, true).await.unwrap();
        }
        let whole = AddLine { is_without_deal: true, ..AddLine::new(w.screw, pieces(99_900)) };
        w.put(&whole).await.unwrap();
        let line = w.current().await.lines[0].id;
        assert_eq!(codes(w.set(line, pieces(100_000)).await), ["cart-unusual-quantity"]);
        w.set_as(line, pieces(100_000), true).await.unwrap();
        w.set(line, pieces(99_900)).await.unwrap();
        assert!(w.add(w.valve, pieces(999)).await.is_ok());
        assert_eq!(codes(w.add(w.valve, pieces(111_001_100)).await), ["cart-unusual-quantity"]);
        let confirmed = AddLine { is_confirmed: true, ..AddLine::new(w.valve, pieces(5_000)) };
        assert!(w.put(&confirmed).await.is_ok());
        w.test.remove().await;
    }
}

#[tokio::test]
async fn the_question_about_a_quantity_names_what_the_cart_would_charge() {
    for w in worlds().await {
        // 2,000 screws go at 1.00 by the deal, all others at 1.20.
        let new = AddLine::new(w.screw, pieces(150_000));
        let worth = async |before: &Cart, after: &Cart, changed| {
            let tx = w.test.db.read().await.unwrap();
            let times = (NOW, NOW.date());
            queries::worth(&tx, &w.buyer, Ok((before.clone(), after.clone())), (w.screw, changed), times).await.unwrap()
        };
        let tx = w.test.db.read().await.unwrap();
        let (before, after) = actions::after_adding(&tx, &w.ctx, &new).await.unwrap();
        drop(tx);
        let asked = worth(&before, &after, None).await;
        w.put(&AddLine { is_confirmed: true, ..new }).await.unwrap();
        let goods = w.priced().await.goods;
        assert_eq!((asked, goods), (Some(goods), euro(200_000 + 148_000 * 120)));
        // Of another quantity of the deal's line, what is beyond goes where the rest is already.
        let before = w.current().await;
        let line = line_of(&before, w.screw, true).id;
        let tx = w.test.db.read().await.unwrap();
        let after = actions::after_setting(&tx, &w.ctx, &before, line, pieces(300_000)).await.unwrap();
        drop(tx);
        let asked = worth(&before, &after, Some(line)).await;
        w.set_as(line, pieces(300_000), true).await.unwrap();
        let more = w.priced().await.goods.minus(euro(148_000 * 120)).unwrap();
        assert_eq!((asked, more), (Some(more), euro(200_000 + 298_000 * 120)));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b12_what_was_removed_comes_back() {
    for w in worlds().await {
        w.add_deal(w.offer).await.unwrap();
        w.add(w.valve, pieces(3)).await.unwrap();
        let (db, ctx, before) = (&w.test.db, &w.ctx, w.priced().await.totals);
        let restore = |line| db.write(move |tx| async move { actions::restore(&tx, ctx, line).await });
        let cart = w.current().await;
        for line in &cart.lines {
            w.remove(line.id, true).await.unwrap();
        }
        assert!(w.current().await.lines.is_empty());
        for line in &cart.lines {
            restore(line.id).await.unwrap();
        }
        assert_eq!((w.current().await.lines, w.priced().await.totals), (cart.lines.clone(), before));
        assert_eq!(codes(restore(cart.lines[0].id).await), ["not-found"], "once");
        let id = cart.id;
        db.write(|tx| async move { actions::remove_cart(&tx, ctx, id).await }).await.unwrap();
        assert_eq!(queries::line_count(&db.read().await.unwrap(), &ctx.actor).await.unwrap(), 0);
        let other = &w.other;
        let foreign = db.write(|tx| async move { actions::restore_cart(&tx, other, id).await }).await;
        assert_eq!(codes(foreign), ["not-found"]);
        db.write(|tx| async move { actions::restore_cart(&tx, ctx, id).await }).await.unwrap();
        assert_eq!((w.current().await.id, w.priced().await.totals), (id, before));
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_m2_a_cart_has_no_price_below_the_first_step() {
    for w in worlds().await {
        let nut = shelf(&w, 1).await[0];
        let (db, system) = (&w.test.db, &Ctx::system(NOW, Ids::seeded(31)));
        let list = &NewList {
            code: "own".into(),
            name: Texts::new("Own"),
            scope: ListScope::Company(w.buyer.company.id),
            currency: Currency::Eur,
            valid_from: None,
            valid_until: None,
        };
        let prices = &[ListPrice { product: nut, tier: Tier { from: pieces(100), price: eur(800_000) } }];
        let write = |tx| async move {
            let list = pricing::lists::actions::create(&tx, system, list).await?;
            pricing::lists::actions::put_many(&tx, system, list, prices).await
        };
        db.write(write).await.unwrap();
        let line = w.add(nut, pieces(1)).await.unwrap();
        for (count, net) in [(1, 100), (99, 9_900), (100, 8_000)] {
            w.set(line, pieces(count)).await.unwrap();
            assert_eq!(w.priced().await.totals.net, euro(net), "{count}");
        }
        w.test.remove().await;
    }
}

/// An address of the company in a country.
async fn address(w: &World, country: &str, postal_code: &str) -> AddressId {
    let new = &NewAddress {
        unit: None,
        code: format!("{country} {postal_code}"),
        name: "Works".into(),
        street: "Long 1".into(),
        postal_code: postal_code.into(),
        city: "City".into(),
        country: Country::parse(country).unwrap(),
        is_billing: true,
        is_shipping: true,
        note: String::new(),
    };
    let seed = format!("{country}{postal_code}").bytes().map(u64::from).sum();
    let (system, company) = (&Ctx::system(NOW, Ids::seeded(seed)), w.buyer.company.id);
    let write = |tx| async move { parties::addresses::create(&tx, system, company, new).await };
    w.test.db.write(write).await.unwrap()
}

#[tokio::test]
async fn fault_m4_a_carts_tax_goes_by_its_address() {
    for w in worlds().await {
        w.add(w.valve, pieces(100)).await.unwrap();
        let cart = w.current().await.id;
        let (home, norway) = (address(&w, "PL", "50-202").await, address(&w, "NO", "0150").await);
        let to = |place| CheckoutInput { ship_to: Some(place), bill_to: Some(home), ..CheckoutInput::default() };
        for (place, tax, reason) in [(home, 6_900, Reason::Home), (norway, 0, Reason::Export)] {
            w.checkout(cart, &to(place)).await.unwrap();
            let priced = w.priced().await;
            assert_eq!((priced.totals.tax, priced.tax_reason), (euro(tax), reason));
        }
        w.test.remove().await;
    }
}

#[tokio::test]
async fn use_b9_credit_is_gross_and_counts_what_is_not_paid_in_advance() {
    for w in worlds().await {
        w.add_deal(w.offer).await.unwrap();
        w.add(w.valve, pieces(100)).await.unwrap();
        // 2,000.00 are paid in advance; 300.00 with 23 % are not.
        assert_eq!(w.priced().await.on_credit(), euro(36_900));
        let (company, order_number) = (w.buyer.company.id, "SO-1".to_owned());
        let uses = &[CreditUse { order_number, company, gross: euro(99_970_000) }];
        w.test.db.write(|tx| async move { credit::actions::take_many(&tx, uses).await }).await.unwrap();
        let credit = credit::queries::of(&w.test.db.read().await.unwrap(), &w.buyer.company).await.unwrap().unwrap();
        assert_eq!(
            (credit.free(), credit.exceeded_by(w.priced().await.on_credit())),
            (euro(30_000), Some(euro(6_900)))
        );
        w.test.remove().await;
    }
}

#[tokio::test]
async fn fault_m11_the_earliest_day_is_that_of_the_cart() {
    for w in worlds().await {
        w.add(w.valve, pieces(1)).await.unwrap();
        let monday = Date::parse("2026-11-30").unwrap();
        let earliest = queries::earliest(&w.priced().await, monday);
        assert_eq!(earliest, Date::parse("2026-12-14").unwrap(), "ten working days");
        w.test.remove().await;
    }
}
