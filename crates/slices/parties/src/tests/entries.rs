//! What people enter: texts that are too long or hide something, things of other companies, words that nobody knows.

use db::Db;
use kernel::{CompanyId, Ctx, Role, UnitId, UserId};

use super::*;
use crate::companies::Word;
use crate::people::actions::Profile;

/// Two companies, each with an admin and a unit.
struct Two {
    system: Ctx,
    companies: Vec<CompanyId>,
    admins: Vec<UserId>,
    units: Vec<UnitId>,
}

impl Two {
    async fn new(db: &Db) -> Self {
        let system = ctx();
        let by = &system;
        let news = &[new_company("K1"), new_company("K2")];
        let companies =
            db.write(|tx| async move { companies::actions::create_many(&tx, by, news).await }).await.unwrap();
        let (mut admins, mut units) = (Vec::new(), Vec::new());
        for (n, company) in companies.iter().enumerate() {
            let new = &[member(Some(*company), &format!("admin@k{n}.example"), Role::CompanyAdmin, None)];
            let made = db.write(|tx| async move { people::actions::create_many(&tx, by, new).await }).await.unwrap();
            admins.extend(made);
            let unit = db.write(|tx| async move { units::create(&tx, by, *company, None, "U1", "Works").await });
            units.push(unit.await.unwrap());
        }
        Self { system, companies, admins, units }
    }

    fn admin(&self, n: usize) -> Ctx {
        acting(&self.system, self.admins[n], self.companies[n], Role::CompanyAdmin)
    }
}

fn address(unit: Option<UnitId>, country: &str, postal_code: &str) -> NewAddress {
    NewAddress {
        unit,
        code: "A1".into(),
        name: "Works".into(),
        street: "Street 1".into(),
        postal_code: postal_code.into(),
        city: "Town".into(),
        country: Country::known(country).unwrap(),
        is_billing: true,
        is_shipping: true,
        note: String::new(),
    }
}

#[tokio::test]
async fn attack_m5_no_long_or_hidden_text_is_stored() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let two = Two::new(&t.db).await;
        let (admin, company) = (&two.admin(0), two.companies[0]);
        let long = "x".repeat(100_000);
        for (text, want) in [(long.as_str(), "too-long"), ("a\u{202e}b", "characters"), ("a\u{7}b", "characters")] {
            let new = &NewMember { name: text.into(), ..member(Some(company), "new@k1.example", Role::Buyer, None) };
            let done = t.db.write(|tx| async move { people::actions::create(&tx, admin, new).await.map(|_| ()) });
            assert_eq!(code(done.await), format!("name: {want}"));
            for (field, new) in [
                ("name", NewAddress { name: text.into(), ..address(None, "PL", "00-001") }),
                ("street", NewAddress { street: text.into(), ..address(None, "PL", "00-001") }),
                ("city", NewAddress { city: text.into(), ..address(None, "PL", "00-001") }),
                ("code", NewAddress { code: text.into(), ..address(None, "PL", "00-001") }),
                ("postal_code", NewAddress { postal_code: text.into(), ..address(None, "PL", "00-001") }),
                ("note", NewAddress { note: text.into(), ..address(None, "PL", "00-001") }),
            ] {
                let new = &new;
                let done =
                    t.db.write(|tx| async move { addresses::create(&tx, admin, company, new).await.map(|_| ()) });
                assert_eq!(code(done.await), format!("{field}: {want}"));
            }
            for (field, unit_code, name) in [("name", "U2", text), ("code", text, "Name")] {
                let done = t.db.write(|tx| async move {
                    units::create(&tx, admin, company, None, unit_code, name).await.map(|_| ())
                });
                assert_eq!(code(done.await), format!("{field}: {want}"));
            }
            for (field, name, phone) in [("name", text, ""), ("phone", "Ann", text)] {
                let (language, time_zone) = ("en".into(), "Europe/Warsaw".into());
                let profile = &Profile { name: name.into(), phone: phone.into(), language, time_zone };
                let done = t.db.write(|tx| async move { people::actions::change_profile(&tx, admin, profile).await });
                assert_eq!(code(done.await), format!("{field}: {want}"));
            }
            let new = &NewCompany { name: text.into(), ..new_company("K3") };
            let system = &two.system;
            let done = t.db.write(|tx| async move { companies::actions::create(&tx, system, new).await.map(|_| ()) });
            assert_eq!(code(done.await), format!("name: {want}"));
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_m6_a_company_invites_twenty_people_a_day_and_none_by_a_link() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let two = Two::new(&t.db).await;
        let (db, company) = (&t.db, two.companies[0]);
        let invite = |ctx: Ctx, name: &'static str, n: usize| async move {
            let new = &NewMember {
                name: name.into(),
                ..member(Some(company), &format!("p{n}@k.example"), Role::Buyer, None)
            };
            let ctx = &ctx;
            let done = db.write(|tx| async move {
                let id = people::actions::create(&tx, ctx, new).await?;
                sessions::links::invite(&tx, ctx, id, "http://x").await
            });
            code(done.await)
        };
        let link = "Ann http://evil.example/win";
        assert_eq!(invite(two.admin(0), link, 0).await, "name: name-link");
        // The admin was added today as well.
        for n in 1..=25 {
            let want = if n < 20 { "()" } else { "people-invitations" };
            assert_eq!(invite(two.admin(0), "Ann", n).await, want, "invitation {n}");
        }
        let tomorrow = Ctx { now: NOW.plus(Instant::DAY), ..two.admin(0) };
        assert_eq!(invite(tomorrow, "Ann", 30).await, "()");
        assert_eq!(access::mailed_links(db).await.len(), 20, "who is refused leaves no mail");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_m8_another_companys_unit_is_not_there() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let two = Two::new(&t.db).await;
        let (admin, company, foreign) = (&two.admin(0), two.companies[0], Some(two.units[1]));
        let new = &address(foreign, "PL", "00-001");
        let done = t.db.write(|tx| async move { addresses::create(&tx, admin, company, new).await.map(|_| ()) });
        assert_eq!(code(done.await), "unit: choice");
        let system = &two.system;
        let many = &[(company, address(foreign, "PL", "00-001"))];
        let done = t.db.write(|tx| async move { addresses::create_many(&tx, system, many).await.map(|_| ()) });
        assert_eq!(code(done.await), "unit: choice");
        let done =
            t.db.write(|tx| async move { units::create(&tx, admin, company, foreign, "U2", "X").await.map(|_| ()) });
        assert_eq!(code(done.await), "parent: choice");
        let person = &NewMember { unit: foreign, ..member(Some(company), "new@k1.example", Role::Buyer, None) };
        let done = t.db.write(|tx| async move { people::actions::create(&tx, admin, person).await.map(|_| ()) });
        assert_eq!(code(done.await), "unit: choice");
        let many = std::slice::from_ref(person);
        let done = t.db.write(|tx| async move { people::actions::create_many(&tx, system, many).await.map(|_| ()) });
        assert_eq!(code(done.await), "unit: choice");
        let staff = &NewMember { unit: foreign, ..member(None, "rep@m.example", Role::SalesRep, None) };
        let done = t.db.write(|tx| async move { people::actions::create(&tx, system, staff).await.map(|_| ()) });
        assert_eq!(code(done.await), "unit: choice");
        let (roles, own) = (Roles::from_iter([Role::CompanyAdmin]), two.admins[0]);
        let done = t.db.write(|tx| async move { people::actions::set_roles(&tx, admin, own, roles, foreign).await });
        assert_eq!(code(done.await), "unit: choice");
        // A customer's buyer is nobody's rep.
        let new = &NewCompany { rep: Some(two.admins[1]), ..new_company("K3") };
        let done = t.db.write(|tx| async move { companies::actions::create(&tx, system, new).await.map(|_| ()) });
        assert_eq!(code(done.await), "rep: choice");
        let new = &address(Some(two.units[0]), "PL", "00-001");
        let done = t.db.write(|tx| async move { addresses::create(&tx, admin, company, new).await.map(|_| ()) });
        assert_eq!(code(done.await), "()");
        t.remove().await;
    }
}

#[tokio::test]
async fn fault_r3_addresses_where_there_are_no_postal_codes() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let two = Two::new(&t.db).await;
        let (admin, company) = (&two.admin(0), two.companies[0]);
        for (n, (country, postal_code, want)) in [
            ("IE", "", "()"),
            ("HK", "", "()"),
            ("AE", "", "()"),
            ("IE", "D02 X285", "()"),
            ("PL", "", "postal_code: required"),
        ]
        .into_iter()
        .enumerate()
        {
            let new = &NewAddress { code: format!("A{n}"), ..address(None, country, postal_code) };
            let done = t.db.write(|tx| async move { addresses::create(&tx, admin, company, new).await.map(|_| ()) });
            assert_eq!(code(done.await), want, "{country}");
        }
        let tx = t.db.read().await.unwrap();
        let all = addresses::of_company(&tx, company).await.unwrap();
        assert_eq!(all[0].one_line(), "Works, Street 1, Town, IE");
        assert_eq!(all[3].one_line(), "Works, Street 1, D02 X285 Town, IE");
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn fault_m5_a_vat_number_is_of_the_companys_own_country() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = &ctx();
        for (n, (country, vat_id, want)) in [
            ("DE", "PL5260001246", "vat_id: vat-other-country"),
            ("DE", "CHE116281710MWST", "vat_id: vat-other-country"),
            ("XX", "PL5260001246", "country: country"),
            ("GR", "GR094259216", "()"),
            ("PL", "PL\u{a0}526\u{a0}000\u{a0}12\u{a0}46", "()"),
        ]
        .into_iter()
        .enumerate()
        {
            let (country, vat_id) = (Country::parse(country).unwrap(), VatId::parse(vat_id).ok());
            let new = &NewCompany { country, vat_id, ..new_company(&format!("K{n}")) };
            let done = t.db.write(|tx| async move { companies::actions::create(&tx, system, new).await.map(|_| ()) });
            assert_eq!(code(done.await), want, "{n}");
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn use_17_unknown_words_are_refused_until_somebody_adds_them() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = &ctx();
        let new = &NewCompany { price_group: Some("PG-A".into()), ..new_company("K1") };
        let id = t.db.write(|tx| async move { companies::actions::create(&tx, system, new).await }).await.unwrap();
        let db = &t.db;
        let change = |country: &'static str, segment: &'static str, group: Option<&'static str>| async move {
            let tx = db.read().await.unwrap();
            let version = companies::queries::company(&tx, id).await.unwrap().unwrap().version;
            drop(tx);
            let change = &CompanyChange {
                version,
                name: "K1".into(),
                vat_id: None,
                country: Country::parse(country).unwrap(),
                segment: segment.into(),
                price_group: group.map(str::to_owned),
                payment_days: 30,
                credit_limit_minor: 0,
                rep: None,
                is_negotiation_blocked: false,
            };
            code(db.write(|tx| async move { companies::actions::update(&tx, system, id, change).await }).await)
        };
        assert_eq!(change("XX", "volume", None).await, "country: country");
        assert_eq!(change("PL", "volum", None).await, "segment: choice");
        assert_eq!(change("PL", "volume", Some("PG-NOPE")).await, "price_group: choice");
        assert_eq!(change("PL", "", None).await, "segment: choice");
        assert_eq!(change("PL", "volume", Some("PG-A")).await, "()");
        let add = |word: Word, text: &'static str| async move {
            code(db.write(|tx| async move { companies::actions::add_word(&tx, system, word, text).await }).await)
        };
        assert_eq!(add(Word::Segment, "volume").await, "segment: taken");
        assert_eq!(add(Word::Segment, " ").await, "segment: required");
        assert_eq!(add(Word::Segment, "retail").await, "()");
        assert_eq!(change("PL", "retail", None).await, "()");
        assert_eq!(change("PL", "retail", Some("retail")).await, "price_group: choice");
        let tx = t.db.read().await.unwrap();
        assert_eq!(companies::queries::words(&tx, Word::Segment).await.unwrap(), ["retail", "volume"]);
        assert_eq!(companies::queries::words(&tx, Word::PriceGroup).await.unwrap(), ["PG-A"]);
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn personal_data_is_deleted_and_the_person_stays() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let two = Two::new(&t.db).await;
        let new = &NewMember {
            title: "Purchasing".into(),
            phone: "+48 1".into(),
            ..member(Some(two.companies[0]), "jan@k1.example", Role::Buyer, None)
        };
        let system = &two.system;
        let jan = t.db.write(|tx| async move { people::actions::create(&tx, system, new).await }).await.unwrap();
        let db = &t.db;
        let erase = |ctx: Ctx| async move {
            let ctx = &ctx;
            code(db.write(|tx| async move { people::actions::erase(&tx, ctx, jan).await }).await)
        };
        let block = |is_blocked| {
            let ctx = two.admin(0);
            async move {
                let ctx = &ctx;
                code(db.write(|tx| async move { people::actions::set_blocked(&tx, ctx, jan, is_blocked).await }).await)
            }
        };
        assert_eq!(erase(two.admin(1)).await, "not found", "another company's");
        assert_eq!(erase(two.admin(0)).await, "people-not-blocked");
        assert_eq!(block(true).await, "()");
        assert_eq!(erase(two.admin(0)).await, "()");
        assert_eq!(erase(two.admin(0)).await, "not found", "once is enough");
        assert_eq!(block(false).await, "not found", "nobody comes back as nobody");
        let tx = t.db.read().await.unwrap();
        let member = people::queries::member(&tx, jan).await.unwrap().unwrap();
        assert!(member.is_erased() && member.is_blocked);
        assert_eq!((member.name.as_str(), member.title.as_str(), member.phone.as_str()), ("—", "", ""));
        let sql = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM person WHERE email LIKE '%jan%' OR name LIKE '%Berg%' AND id = $1";
        assert_eq!(tx.one(sql, db::params![jan]).await.unwrap().get::<i64>("n").unwrap(), 0);
        drop(tx);
        t.remove().await;
    }
}
