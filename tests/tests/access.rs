//! Attacks on the way in, through a running program: guessing, floods, sessions, redirects; and what happens to work whose
//! session has ended.

use std::time::{Duration, Instant as Moment};

use kernel::{Instant, Role};
use kontor_tests::client::{Answer, Client, form};
use kontor_tests::page::Page;
use kontor_tests::world::{World, on_both};
use serde_json::json;

const JSON: (&str, &str) = ("content-type", "application/json");

/// A try to sign in by a program at this network address, as the proxy in front says.
fn guess(base: &str, address: &str, email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password }).to_string();
    Client::new(base).send("POST", "/api/v1/sessions", &[JSON, ("x-forwarded-for", address)], &body)
}

/// Many at once, each on a connection of its own.
fn at_once(tries: usize, one: impl Fn(usize) -> Answer + Sync) -> Vec<Answer> {
    std::thread::scope(|scope| {
        let one = &one;
        let all: Vec<_> = (0..tries).map(|n| scope.spawn(move || one(n))).collect();
        all.into_iter().map(|thread| thread.join().expect("an answer")).collect()
    })
}

#[test]
fn attack_h2_sixty_guesses_at_once_are_five() {
    on_both(|world| {
        let buyer = world.buyer();
        let answers = at_once(60, |n| {
            let wrong = format!("wrong guess {n}");
            guess(&world.base, "198.51.100.1", &buyer, if n == 50 { kontor::demo::PASSWORD } else { &wrong })
        });
        let looked_at = answers.iter().filter(|answer| answer.status != 429).count();
        assert!(looked_at <= 5, "{looked_at} guesses were looked at");
        for answer in answers.iter().filter(|answer| answer.status == 429) {
            let seconds: u64 = answer.header("retry-after").parse().expect("it says when to come again");
            assert!((1..=900).contains(&seconds), "{seconds}");
        }
        // The header of a stranger changes nothing: only the proxy's own line counts.
        let forged = "203.0.113.9, 198.51.100.1";
        assert_eq!(guess(&world.base, forged, &buyer, kontor::demo::PASSWORD).status, 429);
    });
}

#[test]
fn attack_h5_a_flood_of_unknown_addresses_keeps_nobody_out() {
    on_both(|world| {
        let known = world.sign_in(&world.buyer());
        let signs_in = |browser: &Client| {
            let began = Moment::now();
            let fields = [("email", world.buyer()), ("password", kontor::demo::PASSWORD.to_owned())];
            let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
            let answer = browser.post_once("/sign-in", &fields);
            (answer.status, began.elapsed())
        };
        let (status, calm) = signs_in(&known);
        assert_eq!(status, 303);
        let (flood, in_flood) = std::thread::scope(|scope| {
            let flood = scope.spawn(|| {
                at_once(300, |n| {
                    let address = format!("203.0.{}.{}", n / 200, n % 200);
                    guess(&world.base, &address, &format!("nobody{n}@flood.example"), "some guess")
                })
            });
            let mut worst = Duration::ZERO;
            let mut tries = 0;
            while !flood.is_finished() || tries == 0 {
                let (status, took) = signs_in(&known);
                assert_eq!(status, 303, "the right password gets in while strangers come in crowds");
                worst = worst.max(took);
                tries += 1;
            }
            (flood.join().expect("a flood"), worst)
        });
        assert!(in_flood < calm * 20 + Duration::from_secs(1), "{in_flood:?} in the flood, {calm:?} without");
        let refused: Vec<&Answer> = flood.iter().filter(|answer| answer.status == 429).collect();
        assert_eq!(flood.iter().filter(|answer| answer.status == 403).count() + refused.len(), 300);
        assert!(refused.iter().all(|answer| !answer.header("retry-after").is_empty()));
    });
}

#[test]
fn attack_m1_a_stranger_locks_nobody_out() {
    on_both(|world| {
        let (base, buyer) = (world.base.as_str(), world.buyer());
        for n in 0..8 {
            let want = if n < 5 { 403 } else { 429 };
            assert_eq!(guess(base, "203.0.113.9", &buyer, "some guess").status, want, "guess {n}");
        }
        assert_eq!(guess(base, "198.51.100.1", &buyer, kontor::demo::PASSWORD).status, 201);
        assert_eq!(world.sign_in(&buyer).get("/account").status, 200);
    });
}

#[test]
fn attack_m2_nothing_leads_elsewhere_after_signing_in() {
    on_both(|world| {
        let (buyer, password) = (world.buyer(), kontor::demo::PASSWORD);
        for next in
            ["/\t/evil.example", "//evil.example", "/\\evil.example", "https://evil.example", "/\u{b}x", "/\0", ""]
        {
            let answer =
                world.guest().post_once("/sign-in", &[("email", &buyer), ("password", password), ("next", next)]);
            assert_eq!((answer.status, answer.header("location")), (303, "/welcome"), "{next:?}");
        }
        let answer =
            world.guest().post_once("/sign-in", &[("email", &buyer), ("password", password), ("next", "/cart?x=1")]);
        assert_eq!((answer.status, answer.header("location")), (303, "/cart?x=1"));
        // A link to the sign-in page, followed by somebody who is signed in.
        let there = world.sign_in(&buyer).send("GET", "/sign-in?next=/%09/evil.example", &[], "");
        assert_eq!((there.status, there.header("location")), (303, "/"));
        let form = [("content-type", "application/x-www-form-urlencoded"), ("referer", "http://x//evil.example/")];
        let answer = world.guest().send("POST", "/settings/theme", &form, "theme=dark");
        assert_eq!((answer.status, answer.header("location")), (303, "/"));
    });
}

fn lines(world: &World) -> i64 {
    world.number("SELECT CAST(COUNT(*) AS BIGINT) AS n FROM cart_line")
}

#[test]
fn use_11_what_was_sent_after_the_session_had_ended_is_sent_again_by_hand() {
    on_both(|world| {
        let (buyer, sku) = (world.buyer(), world.demo.story.sku.to_string());
        let (browser, before) = (world.sign_in(&buyer), lines(world));
        world.pass(13 * Instant::HOUR);
        let sent = browser.post_once("/cart/lines", &[("sku", &sku), ("quantity", "50")]);
        assert_eq!(sent.status, 401, "{}", sent.body);
        assert_eq!(lines(world), before);
        let page = Page::of(&browser, sent);
        page.sees("What you sent is kept.");
        // A wrong password first: the act is still there.
        let page = page.form("Sign in").fill("E-mail", &buyer).fill("Password", "not this one").send();
        assert_eq!(page.status, 422);
        let page = page.form("Sign in").fill("E-mail", &buyer).fill("Password", kontor::demo::PASSWORD).send();
        page.sees("You are signed in").sees("has not been done yet");
        assert_eq!(lines(world), before, "nothing is done unasked");
        let cart = page.form("Send it now").send();
        assert_eq!((cart.status, cart.path.starts_with("/cart")), (200, true), "{}", cart.path);
        assert_eq!(lines(world), before + 1);
    });
}

#[test]
fn use_11_a_fragment_gets_the_sign_in_as_a_dialog() {
    on_both(|world| {
        let sku = world.demo.story.sku.to_string();
        let current = format!("{}/p/{sku}?quantity=50", world.base);
        let headers = [
            ("content-type", "application/x-www-form-urlencoded"),
            ("sec-fetch-site", "same-origin"),
            ("hx-request", "true"),
            ("hx-current-url", &current),
        ];
        let (guest, before) = (world.guest(), lines(world));
        let body = form(&[("sku", &sku), ("quantity", "50"), ("note", "\"><script>")]);
        let answer = guest.send("POST", "/cart/lines", &headers, &body);
        assert_eq!((answer.status, answer.header("hx-retarget")), (401, "#flashes"));
        assert!(answer.body.trim_start().starts_with("<dialog data-open"), "{}", answer.body);
        assert!(!answer.body.contains("\"><script>"), "{}", answer.body);
        let page = Page::of(&guest, answer);
        let kept = page.form("Sign in").fill("E-mail", &world.buyer()).fill("Password", kontor::demo::PASSWORD).send();
        kept.sees("You are signed in");
        assert!(
            kept.html.contains(&format!("href=\"/p/{sku}?quantity=50\"")),
            "the way back to the page: {}",
            kept.html
        );
        assert_eq!(kept.form("Send it now").send().status, 200);
        assert_eq!(lines(world), before + 1);
        // A part that is only looked at says where to sign in.
        let headers = [("hx-request", "true"), ("hx-current-url", current.as_str())];
        let part = world.guest().send("GET", "/cart", &headers, "");
        assert_eq!(part.status, 401);
        assert!(part.body.contains("href=\"/sign-in?next=%2Fp%2F"), "{}", part.body);
    });
}

#[test]
fn use_11_an_address_that_only_takes_forms_leads_to_its_page() {
    on_both(|world| {
        let browser = world.sign_in(&world.buyer());
        for (path, want) in [("/cart/lines", "/cart"), ("/settings/language", "/"), ("/account/password", "/account")] {
            let answer = browser.send("GET", path, &[], "");
            assert_eq!((answer.status, answer.header("location")), (303, want), "{path}");
        }
        let referer = format!("{}/account/company#people", world.base);
        let answer = browser.send("GET", "/settings/language", &[("referer", &referer)], "");
        assert_eq!((answer.status, answer.header("location")), (303, "/account/company"));
        // What no page does has a page that says so.
        let answer = browser.send("DELETE", "/cart", &[("sec-fetch-site", "same-origin")], "");
        assert_eq!(answer.status, 405);
        assert!(answer.header("content-type").starts_with("text/html") && !answer.header("allow").is_empty());
        let bearer = format!("Bearer {}", world.token(&world.buyer()));
        let answer = browser.send("PATCH", "/api/v1/carts", &[JSON, ("authorization", &bearer)], "{}");
        assert_eq!((answer.status, answer.header("content-type")), (405, "application/problem+json"));
    });
}

#[test]
fn attack_l6_sessions_are_for_one_door_and_leave_nothing_behind() {
    on_both(|world| {
        let buyer = world.buyer();
        let (browser, token) = (world.sign_in(&buyer), world.token(&buyer));
        let cookie = browser.cookie(web::SESSION_COOKIE).expect("a session");
        let program = |token: &str| {
            let bearer = format!("Bearer {token}");
            world.guest().send("GET", "/api/v1/sessions/current", &[("authorization", &bearer)], "").status
        };
        assert_eq!((program(&token), program(&cookie)), (200, 401));
        let page = |token: &str| {
            let cookie = format!("{}={token}", web::SESSION_COOKIE);
            world.guest().send("GET", "/account", &[("cookie", &cookie)], "").status
        };
        assert_eq!((page(&cookie), page(&token)), (200, 303));
        // Who signs in again in the same browser has one session there, not two.
        let again = browser.post_once("/sign-in", &[("email", &buyer), ("password", kontor::demo::PASSWORD)]);
        assert_eq!(again.status, 303);
        assert_eq!(page(&cookie), 303, "the session before has ended");
        let out = browser.post_once("/sign-out", &[]);
        assert_eq!(out.header("clear-site-data"), "\"cache\", \"storage\"");
        assert_eq!(browser.cookie(web::SESSION_COOKIE), None);
        // A browser that nobody comes back to is signed out over night; used now and then it is not.
        let (idle, used) = (world.sign_in(&buyer), world.sign_in(&buyer));
        for _ in 0..3 {
            world.pass(5 * Instant::HOUR);
            assert_eq!(used.send("GET", "/account", &[], "").status, 200);
        }
        assert_eq!(idle.send("GET", "/account", &[], "").status, 303);
    });
}

#[test]
fn attack_m5_a_name_of_two_megabytes_is_refused() {
    on_both(|world| {
        let own = world.demo.companies.iter().find(|c| c.number == world.demo.story.company).expect("the company");
        let admin = own.users.iter().find(|u| u.role == Role::CompanyAdmin).expect("it has an admin");
        let api = world.api(&admin.email.to_string());
        let new = json!({ "name": "x".repeat(1_900_000), "email": "new@x.example", "role": "buyer" });
        let reply = api.ask("invite_colleague", new);
        assert_eq!((reply.status, &reply.body["errors"][0]["code"]), (422, &json!("too-long")));
        let new = json!({ "name": "Ann \u{202e}x", "email": "new@x.example", "role": "buyer" });
        assert_eq!(api.ask("invite_colleague", new).body["errors"][0]["code"], "characters");
    });
}

#[test]
fn attack_m7_nobody_learns_who_else_has_an_account() {
    on_both(|world| {
        let own = world.demo.companies.iter().find(|c| c.number == world.demo.story.company).expect("the company");
        let admin = own.users.iter().find(|u| u.role == Role::CompanyAdmin).expect("it has an admin");
        let api = world.api(&admin.email.to_string());
        for email in [world.stranger(), world.staff(Role::SalesRep), "nobody@nowhere.example".to_owned()] {
            let reply = api.ask("invite_colleague", json!({ "name": "Ann", "email": email, "role": "buyer" }));
            assert_eq!(reply.status, 201, "{email}: {:#}", reply.body);
        }
    });
}

#[test]
fn one_takes_the_own_data_along() {
    on_both(|world| {
        let data = world.api(&world.buyer()).call("own_data", json!({}));
        assert_eq!(data["email"], json!(world.buyer()));
        let answer = world.sign_in(&world.buyer()).get("/account/data.json");
        assert_eq!(answer.header("content-disposition"), "attachment; filename=\"my-data.json\"");
        assert!(answer.body.contains(&world.buyer()) && !answer.body.contains("argon2"), "{}", answer.body);
    });
}
