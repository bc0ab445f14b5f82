//! What one client must not be able to do to all others, tried on the running program.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use kernel::Role;
use kontor_tests::api::{Api, Reply};
use kontor_tests::client::Client;
use kontor_tests::world::{World, on_both};
use serde_json::{Value, json};

const SOON: Duration = Duration::from_secs(20);

fn errors(reply: &Reply) -> Vec<String> {
    let errors = reply.body["errors"].as_array().into_iter().flatten();
    errors.map(|error| format!("{}:{}", error["field"], error["code"]).replace('"', "")).collect()
}

fn ask(world: &World, quantity: &str) -> Value {
    json!({ "product": world.demo.story.sku.to_string(), "quantity": quantity, "price": "110.00" })
}

#[test]
fn attack_h4_hints_have_the_limit_of_negotiations_before_anything_is_read() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        // Products that are not there would be 'not found' if anybody looked.
        let lines = |count: usize| -> Vec<Value> {
            (0..count).map(|n| json!({ "product": format!("NONE-{n}"), "quantity": "1" })).collect()
        };
        for (operation, more) in
            [("list_hints", json!({})), ("take_hint", json!({ "lever": "volume", "quantity": "1" }))]
        {
            for (count, want) in [(501, 422), (12_000, 422), (500, 404)] {
                let mut input = more.clone();
                input["lines"] = lines(count).into();
                let reply = buyer.ask(operation, input);
                assert_eq!(reply.status, want, "{operation} with {count}: {:#}", reply.body);
                if want == 422 {
                    assert_eq!(errors(&reply), ["lines:too-many-lines"]);
                }
            }
        }
    });
}

#[test]
fn attack_m10_forty_thousand_bad_lines_are_refused_with_one_sentence() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let bad = json!({ "product": "nothing", "quantity": "many", "need_by": "never", "target": "cheap" });
        let reply = buyer.ask("request_quote", json!({ "lines": vec![bad.clone(); 25_000] }));
        assert_eq!((reply.status, errors(&reply)), (422, vec!["lines:too-many-lines".to_owned()]));
        let reply = buyer.ask("request_quote", json!({ "lines": vec![bad; 200] }));
        assert_eq!(reply.status, 422);
        assert_eq!(errors(&reply).len(), kernel::FIELD_ERRORS_MAX, "of 800 the first are told");
    });
}

#[test]
fn attack_h4_open_quotes_of_a_company_are_bounded() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let quote = json!({ "lines": [{ "description": "a valve", "quantity": "1" }] });
        let mut made = 0;
        let refused = loop {
            let reply = buyer.ask("request_quote", quote.clone());
            if reply.status != 201 {
                break reply;
            }
            made += 1;
            assert!(made <= 100, "somebody has to stop this");
        };
        assert_eq!((refused.status, refused.code()), (409, "quotes-too-many-open"));
        let open = "SELECT COUNT(*) AS n FROM quote q JOIN company c ON c.id = q.company_id
            WHERE q.state IN ('requested', 'answered', 'partly', 'countered')";
        assert!(world.number(open) >= 100);
        world.api(&world.stranger()).call("request_quote", quote);
    });
}

#[test]
fn attack_l15_a_repeated_quote_or_negotiation_is_the_first_one() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        for (operation, body, other) in [
            (
                "request_quote",
                json!({ "lines": [{ "description": "a valve", "quantity": "1" }] }),
                json!({ "lines": [{ "description": "a valve", "quantity": "2" }] }),
            ),
            ("open_negotiation", json!({ "lines": [ask(world, "2000")] }), json!({ "lines": [ask(world, "2500")] })),
        ] {
            let keyed = |body: &Value, key: &str| {
                let mut body = body.clone();
                body["Idempotency-Key"] = key.into();
                body
            };
            let first = buyer.call(operation, keyed(&body, "once"));
            let again = buyer.call(operation, keyed(&body, "once"));
            assert_eq!((&first["id"], &first["number"]), (&again["id"], &again["number"]), "{operation}");
            assert_eq!(again["round"], first["round"], "{operation}: nothing was asked twice");
            let reused = buyer.ask(operation, keyed(&other, "once"));
            assert_eq!((reused.status, reused.code()), (409, "idempotency-key-reused"), "{operation}");
            let bad = buyer.ask(operation, keyed(&body, "not a key"));
            assert_eq!(errors(&bad), ["Idempotency-Key:idempotency-key"], "{operation}");
        }
        let one = "SELECT COUNT(*) AS n FROM quote_line WHERE description = 'a valve'";
        assert_eq!(world.number(one), 1);
    });
}

/// Two submits in the same moment: both get the one quote.
#[test]
fn attack_l15_the_same_quote_sent_at_once_is_made_once() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let body = json!({ "lines": [{ "description": "at once", "quantity": "1" }], "Idempotency-Key": "k" });
        let numbers: Vec<Value> = std::thread::scope(|scope| {
            let sent: Vec<_> = (0..6).map(|_| scope.spawn(|| buyer.call("request_quote", body.clone()))).collect();
            sent.into_iter().map(|quote| quote.join().expect("an answer")["number"].clone()).collect()
        });
        assert!(numbers.iter().all(|number| *number == numbers[0]), "{numbers:?}");
    });
}

#[test]
fn attack_l16_guests_and_buyers_read_the_buyers_routes_only() {
    on_both(|world| {
        let read = |token: Option<&str>| {
            let bearer = token.map(|token| format!("Bearer {token}"));
            let headers: Vec<(&str, &str)> = bearer.iter().map(|value| ("authorization", value.as_str())).collect();
            let answer = world.guest().send("GET", "/api/v1/openapi.json", &headers, "");
            let document: Value = serde_json::from_str(&answer.body).expect("a document");
            (document, answer.header("etag").to_owned())
        };
        let token = |email: &str| {
            let session = Api::new(&world.base)
                .call("open_session", json!({ "email": email, "password": kontor::demo::PASSWORD }));
            session["token"].as_str().expect("a token").to_owned()
        };
        let buyer = token(&world.buyer());
        let staff = token(&world.staff(Role::PricingManager));
        for (document, tag) in [read(None), read(Some(&buyer))] {
            let text = document.to_string();
            assert!(document["paths"]["/api/v1/negotiations"].is_object());
            for inside in ["/api/v1/policies", "/api/v1/tracking", "/api/v1/cases", "cost", "floor"] {
                assert!(!text.contains(&format!("\"{inside}")), "{inside}");
            }
            let answer = world.guest().send("GET", "/api/v1/openapi.json", &[("if-none-match", &tag)], "");
            assert_eq!(answer.status, 304, "it is not sent again");
        }
        let (whole, _) = read(Some(&staff));
        assert_eq!(whole, kontor::openapi());
        let health = world.guest().get("/healthz");
        assert!(!health.body.contains("version"), "{}", health.body);
        assert_eq!(world.guest().get("/readyz").body, "{\"status\":\"ready\"}");
    });
}

/// Reads of the live stream until `wanted` came or it ended; what came, and whether it ended.
fn hear(stream: &mut TcpStream, wanted: &str) -> (String, bool) {
    let began = Instant::now();
    let mut heard = String::new();
    let mut bytes = [0; 4_096];
    stream.set_read_timeout(Some(Duration::from_millis(200))).expect("a timeout");
    while began.elapsed() < SOON {
        match stream.read(&mut bytes) {
            Ok(0) => return (heard, true),
            Ok(count) => heard.push_str(&String::from_utf8_lossy(&bytes[..count])),
            Err(_) => {}
        }
        if heard.starts_with("0\r\n") || heard.contains("\r\n0\r\n") {
            return (heard, true);
        }
        if !wanted.is_empty() && heard.contains(wanted) {
            break;
        }
    }
    (heard, false)
}

fn listen(world: &World, client: &Client) -> TcpStream {
    let address = world.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    let cookie = client.cookie("kontor_session").unwrap_or_default();
    let head = format!("GET /events HTTP/1.1\r\nHost: {address}\r\nCookie: kontor_session={cookie}\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("it is sent");
    stream
}

#[test]
fn attack_m3_guests_have_no_live_stream() {
    on_both(|world| {
        let answer = world.guest().get("/events");
        assert_eq!((answer.status, answer.body.as_str()), (204, ""));
    });
}

#[test]
fn attack_m4_a_live_stream_ends_with_its_session() {
    on_both(|world| {
        let (left, stays) = (world.sign_in(&world.buyer()), world.sign_in(&world.buyer()));
        let (mut of_left, mut of_stays) = (listen(world, &left), listen(world, &stays));
        assert!(hear(&mut of_left, "200 OK").0.contains("text/event-stream"));
        hear(&mut of_stays, "200 OK");
        left.post_once("/sign-out", &[]);
        assert!(hear(&mut of_left, "").1, "the stream of the session that was left is closed");
        world.api(&world.buyer()).call("create_cart", json!({ "name": "Site" }));
        let (heard, ended) = hear(&mut of_stays, "cart.changed");
        assert!(heard.contains("cart.changed") && !ended, "the other one goes on: {heard}");
        assert!(!heard.contains("session."), "nobody is told who signs in: {heard}");
    });
}

#[test]
fn attack_m4_a_blocked_person_hears_no_more_and_buyers_nothing_of_the_desk() {
    on_both(|world| {
        let mut stream = listen(world, &world.sign_in(&world.buyer()));
        hear(&mut stream, "200 OK");
        let buyer = world.api(&world.buyer());
        let asked = buyer.call("open_negotiation", json!({ "lines": [ask(world, "2000")] }));
        buyer.call("hand_over_negotiation", json!({ "id": asked["id"] }));
        world.api(&world.staff(Role::PricingManager)).call("assign_case", json!({ "id": asked["id"] }));
        buyer.call("create_cart", json!({ "name": "Site" }));
        let (heard, _) = hear(&mut stream, "cart.changed");
        assert!(heard.contains("negotiation.answered"), "{heard}");
        assert!(world.number("SELECT COUNT(*) AS n FROM event WHERE kind = 'negotiation.assigned'") > 0);
        assert!(!heard.contains("negotiation.assigned"), "{heard}");
        let id = world.text("SELECT id AS value FROM person WHERE email = $1", &world.buyer()).expect("the buyer");
        let company = world.demo.companies.iter().find(|c| c.number == world.demo.story.company).expect("the company");
        let admin = company.users.iter().find(|user| user.role == Role::CompanyAdmin).expect("an admin");
        assert_ne!(admin.email.to_string(), world.buyer());
        world.api(admin.email.as_str()).call("block_colleague", json!({ "id": id }));
        let (heard, ended) = hear(&mut stream, "");
        assert!(ended && !heard.contains("person.blocked"), "{heard}");
    });
}

/// What comes over one connection for these bytes, until it is silent or closed.
fn raw(world: &World, parts: &[&str]) -> String {
    let address = world.base.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).expect("a connection");
    stream.set_read_timeout(Some(Duration::from_secs(2))).expect("a timeout");
    for part in parts {
        // The other side may have closed already: that is what is looked at.
        let _ = stream.write_all(part.replace("HOST", address).as_bytes());
        std::thread::sleep(Duration::from_millis(60));
    }
    let mut all = Vec::new();
    let mut bytes = [0; 4_096];
    while let Ok(count) = stream.read(&mut bytes) {
        if count == 0 {
            break;
        }
        all.extend_from_slice(&bytes[..count]);
    }
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn attack_l12_a_refused_post_does_not_disturb_the_next_request() {
    on_both(|world| {
        let head =
            "POST /api/v1/orders HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n";
        for _ in 0..10 {
            let answers = raw(world, &[head, "{}", "GET /healthz HTTP/1.1\r\nHost: HOST\r\nConnection: close\r\n\r\n"]);
            assert!(answers.starts_with("HTTP/1.1 401"), "{answers}");
            assert!(
                answers.contains("HTTP/1.1 200 OK") && answers.contains("\"ok\""),
                "the next is answered: {answers}"
            );
        }
        let endless = head.replace("Content-Length: 2", "Content-Length: 2000000");
        let answers = raw(world, &[&endless, "{"]);
        assert!(answers.to_lowercase().contains("connection: close"), "it says that it ends: {answers}");
    });
}

#[test]
fn attack_l7_headers_and_hosts() {
    on_both(|world| {
        let nameless = raw(world, &["GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n"]);
        assert!(nameless.starts_with("HTTP/1.1 400"), "{nameless}");
        let twice =
            raw(world, &["GET /healthz HTTP/1.1\r\nHost: HOST\r\nHost: evil.example\r\nConnection: close\r\n\r\n"]);
        assert!(twice.starts_with("HTTP/1.1 400"), "{twice}");
        let rebound = raw(
            world,
            &["POST /sign-in HTTP/1.1\r\nHost: evil.example\r\nOrigin: http://evil.example\r\nContent-Length: 0\r\n\
               Connection: close\r\n\r\n"],
        );
        assert!(rebound.starts_with("HTTP/1.1 403"), "{rebound}");
        let page = world.guest().get("/");
        for (name, value) in [
            ("permissions-policy", "camera=()"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("content-security-policy", "img-src 'self';"),
        ] {
            assert!(page.header(name).contains(value), "{name}: {}", page.header(name));
        }
        let signed_in = world
            .guest()
            .post_once("/sign-in", &[("email", &world.buyer()), ("password", kontor::demo::PASSWORD), ("next", "/")]);
        assert_eq!((signed_in.status, signed_in.header("cache-control")), (303, "no-store"));
    });
}

/// Reading a report writes nothing, and yet shows what has just happened.
#[test]
fn attack_l19_reports_are_up_to_date_without_writing_themselves() {
    on_both(|world| {
        let manager = world.api(&world.staff(Role::PricingManager));
        let buyer = world.api(&world.buyer());
        for (round, price) in [(1, "110.00"), (2, "109.50"), (3, "109.00")] {
            let mut line = ask(world, "2000");
            line["price"] = price.into();
            let asked = buyer.call("open_negotiation", json!({ "lines": [line] }));
            let listed = manager.call("list_results", json!({}));
            let found = listed["negotiations"].as_array().into_iter().flatten().find(|n| n["id"] == asked["id"]);
            assert_eq!(found.map(|n| &n["rounds"]), Some(&json!(round)), "{listed:#}");
        }
    });
}
