//! Attacks on signing in.

use std::net::IpAddr;

use db::Db;
use kernel::{CompanyId, Ctx, Email, Outcome, Role, UserId};

use super::*;
use crate::sessions::actions::{Attempt, Origin};
use crate::sessions::{Opened, links};

const RIGHT: &str = "correct horse";

/// Network address number `n`, with a browser that brings no mark.
pub(super) fn place(n: u8) -> Origin<'static> {
    Origin { address: IpAddr::from([198, 51, 100, n]), mark: None, client: "test", replaces: None }
}

pub(super) async fn sign_in(db: &Db, ctx: &Ctx, email: &str, password: &str, from: Origin<'_>) -> Outcome<Opened> {
    sessions::actions::sign_in(db, ctx, &Attempt { email, password, company: "", from }).await
}

pub(super) async fn mail_resets(db: &Db, ctx: &Ctx, email: &str) {
    let email = &Email::parse(email).unwrap();
    db.write(|tx| async move { links::mail_resets(&tx, ctx, email, "http://x").await }).await.unwrap();
}

/// The secrets in the links of all mails that wait, oldest first.
pub(super) async fn mailed_links(db: &Db) -> Vec<String> {
    let sql = "SELECT payload FROM job WHERE kind = 'mail.send' ORDER BY created_at, id";
    let jobs = db.read().await.unwrap().all(sql, db::params![]).await.unwrap();
    let payloads = jobs.iter().map(|job| job.get::<String>("payload").unwrap());
    payloads.filter_map(|p| Some(p.split("/password/").nth(1)?.split('"').next()?.to_owned())).collect()
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    db.read().await.unwrap().one(sql, db::params![]).await.unwrap().get("n").unwrap()
}

/// A company with one buyer whose password is right.
async fn with_buyer(db: &Db, ctx: &Ctx, number: &str, email: &str) -> (CompanyId, UserId) {
    let new = &new_company(number);
    let company = db.write(|tx| async move { companies::actions::create(&tx, ctx, new).await }).await.unwrap();
    let hash = hash_password(RIGHT).await.unwrap();
    let people = &[member(Some(company), email, Role::Buyer, Some(hash))];
    let ids = db.write(|tx| async move { people::actions::create_many(&tx, ctx, people).await }).await.unwrap();
    (company, ids[0])
}

#[tokio::test]
async fn attack_h2_guesses_at_once_are_counted_like_guesses_in_a_row() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        with_buyer(&t.db, &ctx, "K1", "ann@k1.example").await;
        let mut all = tokio::task::JoinSet::new();
        for n in 0..60 {
            let (db, ctx) = (t.db.clone(), ctx.clone());
            let password = if n == 50 { RIGHT.to_owned() } else { format!("wrong guess {n}") };
            all.spawn(async move { code(sign_in(&db, &ctx, "ann@k1.example", &password, place(1)).await.map(|_| ())) });
        }
        let answers = all.join_all().await;
        let looked_at = answers.iter().filter(|a| matches!(a.as_str(), "sign-in-wrong" | "()")).count();
        assert!(looked_at <= 5, "{looked_at} of 60 guesses were looked at: {answers:?}");
        let refused = answers.iter().filter(|a| matches!(a.as_str(), "sign-in-throttled" | "sign-in-busy")).count();
        assert_eq!(looked_at + refused, 60, "{answers:?}");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_h2_a_present_password_is_guessed_five_times() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = ctx();
        let (company, person) = with_buyer(&t.db, &system, "K1", "ann@k1.example").await;
        let ctx = acting(&system, person, company, Role::Buyer);
        let mut all = tokio::task::JoinSet::new();
        for n in 0..40 {
            let (db, ctx, guess) = (t.db.clone(), ctx.clone(), format!("wrong guess {n}"));
            all.spawn(async move {
                let done =
                    sessions::actions::change_password(&db, &ctx, &guess, "battery staple", place(1).address, "x");
                code(done.await)
            });
        }
        let answers = all.join_all().await;
        let looked_at = answers.iter().filter(|a| *a == "password-wrong").count();
        assert_eq!(looked_at, 5, "{answers:?}");
        assert!(answers.iter().all(|a| matches!(a.as_str(), "password-wrong" | "sign-in-throttled")), "{answers:?}");
        // To sign in is another thing, which this does not slow down.
        assert_eq!(code(sign_in(&t.db, &system, "ann@k1.example", RIGHT, place(1)).await.map(|_| ())), "()");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_h2_one_address_tries_many_people_forty_times() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        let mut answers = Vec::new();
        for n in 0..60 {
            let email = format!("person{n}@k1.example");
            answers.push(code(sign_in(&t.db, &ctx, &email, "some guess", place(1)).await.map(|_| ())));
        }
        assert!(answers[..40].iter().all(|a| a == "sign-in-wrong"), "{answers:?}");
        assert!(answers[40..].iter().all(|a| a == "sign-in-throttled"), "{answers:?}");
        assert_eq!(code(sign_in(&t.db, &ctx, "x@k1.example", "guess", place(2)).await.map(|_| ())), "sign-in-wrong");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_h5_tries_of_unknown_addresses_are_swept() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        for n in 0..20 {
            let email = format!("person{n}@k1.example");
            sign_in(&t.db, &ctx, &email, "some guess", place(n)).await.err().unwrap();
        }
        assert_eq!(number(&t.db, "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM sign_in_failure").await, 60);
        let named = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM sign_in_failure WHERE key LIKE '%@%'";
        assert_eq!(number(&t.db, named).await, 0, "no address stands there in the clear");
        let later = Ctx { now: NOW.plus(rules::FORGET), ..ctx };
        sign_in(&t.db, &later, "other@k1.example", "guess", place(99)).await.err().unwrap();
        assert_eq!(number(&t.db, "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM sign_in_failure").await, 3);
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_m1_strangers_lock_nobody_out_of_the_own_office_or_browser() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        with_buyer(&t.db, &ctx, "K1", "ann@k1.example").await;
        let mark = &"a".repeat(64);
        let browser = |n| Origin { mark: Some(mark), ..place(n) };
        let try_at = |password: &'static str, from| {
            let (db, ctx) = (t.db.clone(), &ctx);
            async move { code(sign_in(&db, ctx, "ann@k1.example", password, from).await.map(|_| ())) }
        };
        assert_eq!(try_at(RIGHT, browser(1)).await, "()", "from now on this browser and this address are known");
        // Thirty guesses from thirty places use up what strangers have together.
        for n in 0..30 {
            let want = if n < 20 { "sign-in-wrong" } else { "sign-in-throttled" };
            assert_eq!(try_at("guess", place(100 + n)).await, want, "guess {n}");
        }
        assert_eq!(try_at(RIGHT, place(77)).await, "sign-in-throttled", "a stranger waits");
        assert_eq!(try_at(RIGHT, place(1)).await, "()", "the own office does not");
        assert_eq!(try_at(RIGHT, browser(78)).await, "()", "nor the own browser, wherever it is");
        // A neighbour in the same office guesses: the browser is still known.
        for n in 0..6 {
            let want = if n < 5 { "sign-in-wrong" } else { "sign-in-throttled" };
            assert_eq!(try_at("guess", place(1)).await, want);
        }
        assert_eq!(try_at(RIGHT, browser(1)).await, "()");
        // And a mark that nobody has signed in with helps nobody.
        let forged = &"b".repeat(64);
        assert_eq!(try_at(RIGHT, Origin { mark: Some(forged), ..place(79) }).await, "sign-in-throttled");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_m1_a_clock_that_went_back_is_caught_up_with() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        with_buyer(&t.db, &ctx, "K1", "ann@k1.example").await;
        let at = |micros: i64| Ctx { now: NOW.plus(micros), ..ctx.clone() };
        for _ in 0..9 {
            let _ = sign_in(&t.db, &at(30 * Instant::DAY), "ann@k1.example", "guess", place(1)).await;
        }
        let now = sign_in(&t.db, &ctx, "ann@k1.example", RIGHT, place(1)).await;
        let Err(Failure::Refused(refused)) = now else { panic!("{now:?}") };
        let seconds: i64 = refused.args.iter().find(|(name, _)| *name == "seconds").unwrap().1.parse().unwrap();
        assert!(seconds <= 900, "{seconds}");
        let soon = at(seconds * Instant::SECOND);
        assert_eq!(code(sign_in(&t.db, &soon, "ann@k1.example", RIGHT, place(1)).await.map(|_| ())), "()");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_m6_one_link_in_five_minutes_and_it_ends_those_before() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        with_buyer(&t.db, &ctx, "K1", "ann@k1.example").await;
        for _ in 0..40 {
            mail_resets(&t.db, &ctx, "ann@k1.example").await;
        }
        assert_eq!(mailed_links(&t.db).await.len(), 1);
        for minutes in (5..5 * 60).step_by(5) {
            let later = Ctx { now: NOW.plus(minutes * Instant::MINUTE), ..ctx.clone() };
            mail_resets(&t.db, &later, "ann@k1.example").await;
        }
        let links = mailed_links(&t.db).await;
        assert_eq!(links.len(), 12, "so many in a day");
        let later = Ctx { now: NOW.plus(56 * Instant::MINUTE), ..ctx.clone() };
        for (at, link) in links.iter().enumerate() {
            let is_alive = sessions::actions::is_link_alive(&t.db, &later, link).await.unwrap();
            assert_eq!(is_alive, at == 11, "link {at}");
        }
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_m6_links_are_asked_for_by_one_address_twenty_times() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        with_buyer(&t.db, &ctx, "K1", "ann@k1.example").await;
        let mut answers = Vec::new();
        for n in 0..25 {
            let email = format!("person{n}@k1.example");
            answers.push(code(links::request_reset(&t.db, &ctx, &email, place(1).address).await));
        }
        assert!(answers[..20].iter().all(|a| a == "()") && answers[20..].iter().all(|a| a == "sign-in-throttled"));
        t.remove().await;
    }
}

/// How long it takes cannot tell who has an account, because the same is done: the answer is given before anybody looks.
#[tokio::test]
async fn attack_m7_a_known_and_an_unknown_address_leave_the_same() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        with_buyer(&t.db, &ctx, "K1", "ann@k1.example").await;
        for email in ["ann@k1.example", "bob@k1.example"] {
            links::request_reset(&t.db, &ctx, email, place(1).address).await.unwrap();
        }
        let tx = t.db.read().await.unwrap();
        let jobs = tx.all("SELECT kind, payload FROM job ORDER BY created_at, id", db::params![]).await.unwrap();
        let mut jobs: Vec<(String, String)> =
            jobs.iter().map(|job| (job.get("kind").unwrap(), job.get("payload").unwrap())).collect();
        jobs.sort();
        let job = |email: &str| (links::JOB.to_owned(), format!("{{\"email\":\"{email}\"}}"));
        assert_eq!(jobs, [job("ann@k1.example"), job("bob@k1.example")]);
        drop(tx);
        t.remove().await;
    }
}

#[tokio::test]
async fn fault_r7_one_address_acts_for_two_companies() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = ctx();
        let (first, ann) = with_buyer(&t.db, &system, "K1", "ann@agency.example").await;
        let new = &new_company("K2");
        let system = &system;
        let second = t.db.write(|tx| async move { companies::actions::create(&tx, system, new).await }).await.unwrap();
        let admin = &acting(system, ann, second, Role::CompanyAdmin);
        let invite = |company: CompanyId, email: &'static str| {
            let db = t.db.clone();
            async move {
                let new = &member(Some(company), email, Role::Buyer, None);
                db.write(|tx| async move { people::actions::create(&tx, admin, new).await }).await
            }
        };
        // An address that is nobody's and one that is somebody's elsewhere are answered alike.
        let other = invite(second, "ann@agency.example").await.unwrap();
        invite(second, "new@agency.example").await.unwrap();
        assert_eq!(
            code(invite(second, "ann@agency.example").await),
            "email: taken",
            "of one's own people one may know"
        );
        let tx = t.db.read().await.unwrap();
        let both = people::queries::by_email(&tx, &Email::parse("ann@agency.example").unwrap()).await.unwrap();
        let of = |company| both.iter().filter(|m| m.company == Some(company)).count();
        assert_eq!((both.len(), of(first), of(second)), (2, 1, 1));
        drop(tx);
        // With a password of its own for each, the password says for which.
        let set = |person: UserId, password: &'static str| {
            let db = t.db.clone();
            async move {
                let hash = hash_password(password).await.unwrap();
                let (hash, ctx) = (&hash, system);
                db.write(|tx| async move {
                    let member = people::queries::member(&tx, person).await?.unwrap();
                    people::actions::set_password(&tx, ctx, &member, hash).await
                })
                .await
                .unwrap();
            }
        };
        set(other, "battery staple").await;
        let whose = |password: &'static str, company: &'static str| {
            let db = t.db.clone();
            async move {
                let from = place(1);
                let attempt = Attempt { email: "ann@agency.example", password, company, from };
                match sessions::actions::sign_in(&db, system, &attempt).await {
                    Ok(opened) => {
                        let sql = "SELECT person_id FROM session WHERE id = $1";
                        let row = db.read().await.unwrap().one(sql, db::params![opened.id]).await.unwrap();
                        Ok(row.get::<UserId>("person_id").unwrap())
                    }
                    Err(failure) => Err(code::<()>(Err(failure))),
                }
            }
        };
        assert_eq!(whose(RIGHT, "").await, Ok(ann));
        assert_eq!(whose("battery staple", "").await, Ok(other));
        // With the same one it is asked.
        set(other, RIGHT).await;
        assert_eq!(whose(RIGHT, "").await, Err("sign-in-choose".into()));
        assert_eq!(whose(RIGHT, "K2").await, Ok(other));
        assert_eq!(whose(RIGHT, "K1").await, Ok(ann));
        assert_eq!(whose("wrong guess", "K1").await, Err("sign-in-wrong".into()));
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_l6_sessions_end_when_unused_and_are_for_one_door() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = ctx();
        with_buyer(&t.db, &system, "K1", "ann@k1.example").await;
        let through = |via| {
            let ctx = Ctx { actor: Actor { via, ..system.actor.clone() }, ..system.clone() };
            let db = t.db.clone();
            async move { sign_in(&db, &ctx, "ann@k1.example", RIGHT, place(1)).await.unwrap() }
        };
        let (page, program) = (through(Via::Page).await, through(Via::Api).await);
        let lives = |token: &str, via, hours: i64| {
            let (db, token) = (t.db.clone(), token.to_owned());
            async move {
                let (tx, now) = (db.read().await.unwrap(), NOW.plus(hours * Instant::HOUR));
                sessions::store::live(&tx, &token, via, now).await.unwrap().is_some()
            }
        };
        for (opened, via, hours, want) in [
            (&page, Via::Page, 0, true),
            (&page, Via::Api, 0, false),
            (&page, Via::Page, 11, true),
            (&page, Via::Page, 12, false),
            (&program, Via::Api, 0, true),
            (&program, Via::Page, 0, false),
            (&program, Via::Api, 6 * 24, true),
            (&program, Via::Api, 7 * 24, false),
        ] {
            assert_eq!(lives(&opened.token, via, hours).await, want, "{via:?} after {hours} h");
        }
        let id = page.id;
        t.db.write(|tx| async move { sessions::store::seen(&tx, id, NOW.plus(11 * Instant::HOUR)).await })
            .await
            .unwrap();
        assert!(lives(&page.token, Via::Page, 22).await, "who comes back stays");
        t.db.write(|tx| async move { sessions::store::seen(&tx, id, NOW.plus(14 * Instant::DAY)).await })
            .await
            .unwrap();
        assert!(!lives(&page.token, Via::Page, 14 * 24).await, "but not for ever");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_l6_signing_in_again_ends_the_session_of_that_browser() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let ctx = ctx();
        let (_, person) = with_buyer(&t.db, &ctx, "K1", "ann@k1.example").await;
        let first = sign_in(&t.db, &ctx, "ann@k1.example", RIGHT, place(1)).await.unwrap();
        let from = Origin { replaces: Some((first.id, person)), ..place(1) };
        sign_in(&t.db, &ctx, "ann@k1.example", "wrong", from).await.err().unwrap();
        let sessions = "SELECT CAST(COUNT(*) AS BIGINT) AS n FROM session";
        assert_eq!(number(&t.db, sessions).await, 1, "who does not get in ends nothing");
        sign_in(&t.db, &ctx, "ann@k1.example", RIGHT, from).await.unwrap();
        assert_eq!(number(&t.db, sessions).await, 1);
        sign_in(&t.db, &ctx, "ann@k1.example", RIGHT, place(2)).await.unwrap();
        assert_eq!(number(&t.db, sessions).await, 2, "another browser has its own");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_l8_who_did_not_change_the_password_hears_of_it() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = ctx();
        let (company, person) = with_buyer(&t.db, &system, "K1", "ann@k1.example").await;
        let ctx = acting(&system, person, company, Role::Buyer);
        let change =
            sessions::actions::change_password(&t.db, &ctx, RIGHT, "battery staple", place(1).address, "http://x");
        assert_eq!(code(change.await), "()");
        let sql = "SELECT payload FROM job WHERE kind = 'mail.send'";
        let jobs = t.db.read().await.unwrap().all(sql, db::params![]).await.unwrap();
        let payload: String = jobs[0].get("payload").unwrap();
        assert!(payload.contains("password_changed") && payload.contains("ann@k1.example"), "{payload}");
        assert!(!payload.contains("battery") && !payload.contains(RIGHT), "{payload}");
        t.remove().await;
    }
}

#[tokio::test]
async fn attack_l9_a_known_password_is_refused_wherever_one_is_set() {
    for t in TestDb::both(crate::MIGRATIONS).await {
        let system = ctx();
        let (company, person) = with_buyer(&t.db, &system, "K1", "ann@k1.example").await;
        let ctx = acting(&system, person, company, Role::Buyer);
        mail_resets(&t.db, &ctx, "ann@k1.example").await;
        let links = mailed_links(&t.db).await;
        let (link, from) = (links[0].as_str(), place(1));
        for password in ["passwordpassword", "qwertyuiop", "Berg-Ann-2026"] {
            let change = sessions::actions::change_password(&t.db, &ctx, RIGHT, password, place(1).address, "http://x");
            assert_eq!(code(change.await), "new_password: password-known", "{password}");
            let set = sessions::actions::set_password_by_link(&t.db, &ctx, link, password, &from, "http://x");
            assert_eq!(code(set.await), "password: password-known", "{password}");
        }
        t.remove().await;
    }
}

/// What was logged, to be read.
#[derive(Clone, Default)]
struct Log(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

impl Log {
    fn take(&self) -> String {
        String::from_utf8(std::mem::take(&mut *self.0.lock().unwrap())).unwrap()
    }
}

#[tokio::test]
async fn attack_l8_sign_ins_and_passwords_leave_a_trace_without_secrets() {
    let t = TestDb::sqlite(crate::MIGRATIONS).await;
    let log = Log::default();
    let writer = log.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let _guard = tracing::subscriber::set_default(subscriber);
    let system = ctx();
    let (company, person) = with_buyer(&t.db, &system, "K1", "ann@k1.example").await;
    let ctx = acting(&system, person, company, Role::Buyer);
    log.take();
    sign_in(&t.db, &ctx, "ann@k1.example", "a wrong guess", place(7)).await.err().unwrap();
    let refused = log.take();
    for word in ["a sign-in was refused", "sign-in-wrong", "198.51.100.7", &ctx.request_id.to_string()] {
        assert!(refused.contains(word), "{word} in {refused}");
    }
    sign_in(&t.db, &ctx, "ann@k1.example", RIGHT, place(7)).await.unwrap();
    let opened = log.take();
    assert!(opened.contains("somebody signed in") && opened.contains(&person.to_string()), "{opened}");
    let change = |present: &'static str| {
        let (db, ctx) = (t.db.clone(), ctx.clone());
        async move {
            let _ =
                sessions::actions::change_password(&db, &ctx, present, "battery staple", place(7).address, "http://x")
                    .await;
        }
    };
    change("a wrong guess").await;
    let denied = log.take();
    assert!(denied.contains("a change of password was refused") && denied.contains(&person.to_string()), "{denied}");
    change(RIGHT).await;
    let changed = log.take();
    assert!(changed.contains("a password was set") && changed.contains(&person.to_string()), "{changed}");
    let all = [refused, opened, denied, changed].concat();
    for secret in ["a wrong guess", RIGHT, "battery staple", "ann@k1.example"] {
        assert!(!all.contains(secret), "{secret} in {all}");
    }
    t.remove().await;
}
