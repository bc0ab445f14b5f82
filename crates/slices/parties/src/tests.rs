//! Parties on both databases, and their rules as tables.

use db::testing::TestDb;
use kernel::{Actor, Country, Ctx, Currency, Email, Failure, Ids, Instant, Outcome, Role, Roles, UserId, VatId, Via};

use crate::addresses::{self, NewAddress};
use crate::companies::{self, NewCompany, actions::CompanyChange};
use crate::people::{self, NewMember};
use crate::sessions::rules::{self, Brake, Tries};
use crate::sessions::{self, hash_password};
use crate::units;

mod access;
mod entries;

const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);

fn ctx() -> Ctx {
    Ctx::system(NOW, Ids::seeded(7))
}

fn code<T: std::fmt::Debug>(outcome: Outcome<T>) -> String {
    match outcome {
        Ok(value) => format!("{value:?}"),
        Err(Failure::Refused(refused)) => refused.code.into(),
        Err(Failure::Invalid(invalid)) => format!("{}: {}", invalid.fields[0].field, invalid.fields[0].code),
        Err(Failure::NotFound) => "not found".into(),
        Err(Failure::Fault(fault)) => fault.to_string(),
    }
}

fn new_company(number: &str) -> NewCompany {
    NewCompany {
        number: number.into(),
        name: format!("Łódź {number}"),
        vat_id: VatId::parse("PL5260001246").ok(),
        country: Country::parse("PL").unwrap(),
        segment: "volume".into(),
        price_group: None,
        currency: Currency::Eur,
        payment_days: 30,
        credit_limit_minor: 1_000_000,
        rep: None,
    }
}

fn member(company: Option<kernel::CompanyId>, email: &str, role: Role, password_hash: Option<String>) -> NewMember {
    NewMember {
        company,
        unit: None,
        email: Email::parse(email).unwrap(),
        name: "Ann Berg".into(),
        title: String::new(),
        phone: String::new(),
        roles: Roles::from_iter([role]),
        language: "en".into(),
        time_zone: "Europe/Warsaw".into(),
        leads_sales: false,
        password_hash,
    }
}

fn acting(of: &Ctx, user: UserId, company: kernel::CompanyId, role: Role) -> Ctx {
    of.acting_as(Actor {
        user: Some(user),
        company: Some(company),
        unit: None,
        roles: Roles::from_iter([role]),
        via: Via::Page,
    })
}

#[test]
fn signing_in_slows_down_after_tries() {
    let wait = |brake: Brake, count, seconds| {
        let now = NOW.plus(seconds * Instant::SECOND);
        Tries { count, last: NOW }.left(brake, now).seconds_to_wait(brake, now)
    };
    for (brake, count, seconds, want) in [
        (Brake::Pair, 4, 0, 0),
        (Brake::Pair, 5, 0, 2),
        (Brake::Pair, 5, 1, 1),
        (Brake::Pair, 5, 2, 0),
        (Brake::Pair, 8, 15, 1),
        (Brake::Pair, 8, 16, 0),
        (Brake::Pair, 1_000, 0, 900),
        (Brake::Pair, 1_000, 899, 1),
        (Brake::Pair, 1_000, 900, 0),
        (Brake::Pair, 1_000, 12 * 3_600, 0),
        (Brake::Person, 19, 0, 0),
        (Brake::Person, 20, 0, 300),
        (Brake::Person, 20, 299, 1),
        (Brake::Person, 20, 300, 0),
        (Brake::Person, 30, 300, 300),
        (Brake::Address, 39, 0, 0),
        (Brake::Address, 40, 0, 15),
        (Brake::Address, 40, 15, 0),
        (Brake::Mail, 20, 0, 60),
    ] {
        assert_eq!(wait(brake, count, seconds), want, "{brake:?} {count} after {seconds} s");
    }
    assert_eq!(Tries { count: 9, last: NOW }.left(Brake::Pair, NOW.plus(13 * Instant::HOUR)).count, 0);
    assert_eq!(Tries { count: 9, last: NOW }.and_one(Brake::Pair, NOW.plus(5)), Tries { count: 10, last: NOW.plus(5) });
    // What leaks goes on leaking from where it was, however often somebody tries.
    let later = NOW.plus(20 * Instant::SECOND);
    let left = Tries { count: 40, last: NOW }.left(Brake::Address, later);
    assert_eq!(left, Tries { count: 39, last: NOW.plus(15 * Instant::SECOND) });
    assert_eq!(left.and_one(Brake::Address, later), Tries { count: 40, last: NOW.plus(15 * Instant::SECOND) });
}

#[test]
fn attack_m1_a_clock_that_goes_back_makes_nobody_wait_for_days() {
    let ahead = Tries { count: 9, last: NOW.plus(30 * Instant::DAY) };
    for brake in [Brake::Pair, Brake::Person, Brake::Address, Brake::Mail] {
        assert!(ahead.left(brake, NOW).seconds_to_wait(brake, NOW) <= 900, "{brake:?}");
        assert_eq!(ahead.left(brake, NOW).last, NOW, "and from then on it is as it should be");
    }
}

#[test]
fn passwords_have_a_length() {
    let check = |text: &str| rules::check_password(text, &[]).map_err(|(code, _)| code);
    assert_eq!(check(""), Err("required"));
    assert_eq!(check("short"), Err("password-short"));
    assert_eq!(check("long enough"), Ok(()));
    assert_eq!(check(&"x".repeat(201)), Err("too-long"));
    assert_eq!(check("passwordpassword"), Err("password-known"));
}

#[tokio::test]
async fn companies_are_found_by_folded_names_and_change_once() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let (ctx, news) = (&ctx(), &[new_company("K1"), new_company("K2")]);
        let ids = t.db.write(|tx| async move { companies::actions::create_many(&tx, ctx, news).await }).await.unwrap();
        let again = t.db.write(|tx| async move { companies::actions::create(&tx, ctx, &new_company("K1")).await });
        assert_eq!(code(again.await), "number: taken");
        let tx = t.db.read().await.unwrap();
        let filter = companies::CompanyFilter { text: Some("lodz k2".into()), ..Default::default() };
        let (rows, total) = companies::queries::list(&tx, &filter, 10, 0).await.unwrap();
        assert_eq!((rows.len(), total, rows[0].company.id), (1, 1, ids[1]));
        for (typed, found) in
            [("%", 0), ("_", 0), ("k_", 0), ("K%", 0), ("\\", 0), ("k", 2), ("o\u{301}d", 2), ("K2", 1)]
        {
            let filter = companies::CompanyFilter { text: Some(typed.into()), ..Default::default() };
            let (_, total) = companies::queries::list(&tx, &filter, 10, 0).await.unwrap();
            assert_eq!(total, found, "faults R10 and D4: {typed:?}");
        }
        let company = companies::queries::by_number(&tx, "K1").await.unwrap().unwrap();
        drop(tx);
        let change = |version, days| CompanyChange {
            version,
            name: "New".into(),
            vat_id: None,
            country: company.country.clone(),
            segment: "volume".into(),
            price_group: None,
            payment_days: days,
            credit_limit_minor: 0,
            rep: None,
            is_negotiation_blocked: true,
        };
        for (version, days, want) in [(1, 999, "payment_days: payment-days"), (1, 14, "()"), (1, 14, "stale")] {
            let change = &change(version, days);
            let done = t.db.write(|tx| async move { companies::actions::update(&tx, ctx, company.id, change).await });
            assert_eq!(code(done.await), want);
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn only_the_own_account_can_be_changed() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let (system, news) = (&ctx(), &[new_company("K1"), new_company("K2")]);
        let ids =
            t.db.write(|tx| async move { companies::actions::create_many(&tx, system, news).await }).await.unwrap();
        let people = &[
            member(Some(ids[0]), "admin@k1.example", Role::CompanyAdmin, None),
            member(Some(ids[0]), "buyer@k1.example", Role::Buyer, None),
        ];
        let users =
            t.db.write(|tx| async move { people::actions::create_many(&tx, system, people).await }).await.unwrap();
        let users = &users;
        let (admin, buyer) =
            (&acting(system, users[0], ids[0], Role::CompanyAdmin), &acting(system, users[1], ids[0], Role::Buyer));
        let unit = |ctx: &Ctx, company| {
            let (db, ctx) = (t.db.clone(), ctx.clone());
            async move {
                db.write(|tx| {
                    let ctx = ctx.clone();
                    async move { units::create(&tx, &ctx, company, None, "U1", "Unit").await.map(|_| ()) }
                })
                .await
            }
        };
        assert_eq!(code(unit(buyer, ids[0]).await), "not-allowed");
        assert_eq!(code(unit(admin, ids[1]).await), "not found");
        assert_eq!(code(unit(admin, ids[0]).await), "()");
        assert_eq!(code(unit(admin, ids[0]).await), "code: taken");
        let roles = |roles: Roles| {
            let db = t.db.clone();
            async move {
                db.write(|tx| async move { people::actions::set_roles(&tx, admin, users[0], roles, None).await }).await
            }
        };
        assert_eq!(code(roles(Roles::from_iter([Role::Buyer])).await), "people-yourself");
        assert_eq!(code(roles(Roles::from_iter([Role::MerchantAdmin])).await), "roles: roles");
        let block = t.db.write(|tx| async move { people::actions::set_blocked(&tx, admin, users[0], true).await });
        assert_eq!(code(block.await), "people-yourself");
        let block = t.db.write(|tx| async move { people::actions::set_blocked(&tx, admin, users[1], true).await });
        assert_eq!(code(block.await), "()");
        t.remove().await;
    }
}

#[tokio::test]
async fn the_last_address_of_its_kind_stays() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = &ctx();
        let company =
            t.db.write(|tx| async move { companies::actions::create(&tx, ctx, &new_company("K1")).await })
                .await
                .unwrap();
        let new = |code: &str, is_billing, is_shipping| NewAddress {
            unit: None,
            code: code.into(),
            name: "Works".into(),
            street: "Street 1".into(),
            postal_code: "00-001".into(),
            city: "Warszawa".into(),
            country: Country::parse("PL").unwrap(),
            is_billing,
            is_shipping,
            note: String::new(),
        };
        let none = &new("A0", false, false);
        let refused = t.db.write(|tx| async move { addresses::create(&tx, ctx, company, none).await.map(|_| ()) });
        assert_eq!(code(refused.await), "is_shipping: address-use");
        let all = &[(company, new("A1", true, true)), (company, new("A2", false, true))];
        let ids = t.db.write(|tx| async move { addresses::create_many(&tx, ctx, all).await }).await.unwrap();
        let ids = &ids;
        for (id, want) in [(ids[0], "address-last"), (ids[1], "()"), (ids[1], "not found")] {
            let done = t.db.write(|tx| async move { addresses::archive(&tx, ctx, company, id).await });
            assert_eq!(code(done.await), want);
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn sessions_open_close_and_reset() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = &ctx();
        let company =
            t.db.write(|tx| async move { companies::actions::create(&tx, system, &new_company("K1")).await })
                .await
                .unwrap();
        let people = &[member(
            Some(company),
            "ann@k1.example",
            Role::Buyer,
            Some(hash_password("correct horse").await.unwrap()),
        )];
        t.db.write(|tx| async move { people::actions::create_many(&tx, system, people).await }).await.unwrap();
        let sign_in = |email: &'static str, password: &'static str| {
            let db = t.db.clone();
            async move { code(access::sign_in(&db, system, email, password, access::place(1)).await.map(|_| ())) }
        };
        assert_eq!(sign_in("no address", "x").await, "email: email");
        assert_eq!(sign_in("bob@k1.example", "correct horse").await, "sign-in-wrong");
        assert_eq!(sign_in("ANN@k1.example", "correct horse").await, "()");
        for want in
            ["sign-in-wrong", "sign-in-wrong", "sign-in-wrong", "sign-in-wrong", "sign-in-wrong", "sign-in-throttled"]
        {
            assert_eq!(sign_in("ann@k1.example", "wrong").await, want);
        }
        for email in ["ann@k1.example", "nobody@k1.example"] {
            access::mail_resets(&t.db, system, email).await;
        }
        let links = access::mailed_links(&t.db).await;
        assert_eq!(links.len(), 1, "an unknown address gets no mail");
        let token = links[0].clone();
        let set = |password: &'static str| {
            let (db, token) = (t.db.clone(), token.clone());
            let from = access::place(1);
            async move {
                let done = sessions::actions::set_password_by_link(&db, system, &token, password, &from, "http://x");
                code(done.await)
            }
        };
        assert_eq!(set("short").await, "password: password-short");
        assert_eq!(set("battery staple").await, "()");
        assert_eq!(set("battery staple").await, "reset-link-ended");
        assert_eq!(sign_in("ann@k1.example", "battery staple").await, "()");
        t.remove().await;
    }
}
