//! What a program sends is what it means: every request body refuses fields that it does not know, every number in a query
//! says that it is one.

use std::collections::BTreeSet;

use kontor_tests::world::on_both;
use serde_json::{Value, json};

/// The schemas that a schema leads to, itself included.
fn reached<'a>(
    document: &'a Value,
    schema: &'a Value,
    seen: &mut BTreeSet<String>,
    found: &mut Vec<(String, &'a Value)>,
) {
    match schema {
        Value::Object(parts) => {
            if let Some(name) = parts.get("$ref").and_then(Value::as_str).and_then(|path| path.rsplit('/').next())
                && seen.insert(name.to_owned())
            {
                let target = &document["components"]["schemas"][name];
                found.push((name.to_owned(), target));
                reached(document, target, seen, found);
            }
            parts.values().for_each(|part| reached(document, part, seen, found));
        }
        Value::Array(parts) => parts.iter().for_each(|part| reached(document, part, seen, found)),
        _ => {}
    }
}

fn operations(document: &Value) -> impl Iterator<Item = (&str, &Value)> {
    let paths = document["paths"].as_object().into_iter().flatten();
    paths.flat_map(|(path, methods)| {
        methods.as_object().into_iter().flatten().map(move |(_, operation)| (path.as_str(), operation))
    })
}

/// Open ends: objects that are maps by nature have no properties of their own.
fn is_open(schema: &Value) -> bool {
    schema["properties"].is_object() && schema["additionalProperties"] != Value::Bool(false)
}

#[test]
fn attack_l2_every_request_body_refuses_unknown_fields() {
    let document = kontor::openapi();
    let (mut seen, mut found) = (BTreeSet::new(), Vec::new());
    for (path, operation) in operations(&document) {
        let body = &operation["requestBody"]["content"]["application/json"]["schema"];
        found.push((path.to_owned(), body));
        reached(&document, body, &mut seen, &mut found);
    }
    assert!(seen.len() > 50, "request bodies were found: {seen:?}");
    let open: Vec<&str> = found.iter().filter(|(_, schema)| is_open(schema)).map(|(name, _)| name.as_str()).collect();
    assert!(open.is_empty(), "say #[serde(deny_unknown_fields)] on {open:?}");
}

#[test]
fn attack_l3_paging_is_stated_and_bounded() {
    let document = kontor::openapi();
    let mut pages = 0;
    for (path, operation) in operations(&document) {
        for parameter in operation["parameters"].as_array().into_iter().flatten() {
            let most = match parameter["name"].as_str() {
                Some("page") => 1_000_000,
                Some("per_page") => 200,
                _ => continue,
            };
            let schema = &parameter["schema"];
            assert_eq!((schema["type"].as_str(), schema["minimum"].as_i64()), (Some("integer"), Some(1)), "{path}");
            assert_eq!(schema["maximum"].as_i64(), Some(most), "{path}");
            pages += 1;
        }
    }
    assert!(pages >= 24, "{pages} parameters");
}

#[test]
fn attack_l1_numbers_in_json_have_a_point_only() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let sku = world.demo.story.sku.to_string();
        for quantity in ["1,000", "50,0", "0,971", "1 000", "1'000", "+50", "1e3", "½"] {
            let reply = buyer.ask("add_cart_line", json!({ "sku": sku, "quantity": quantity }));
            assert_eq!((reply.status, &reply.body["errors"][0]["code"]), (422, &json!("number-plain")), "{quantity}");
            let line = json!({ "product": sku, "quantity": "2000", "price": quantity });
            let reply = buyer.ask("open_negotiation", json!({ "lines": [line] }));
            assert_eq!((reply.status, &reply.body["errors"][0]["code"]), (422, &json!("number-plain")), "{quantity}");
        }
        assert_eq!(buyer.ask("list_carts", json!({})).status, 200);
    });
}

#[test]
fn attack_l2_l3_and_l17_a_slip_in_a_name_or_number_is_told_by_name() {
    on_both(|world| {
        let buyer = world.api(&world.buyer());
        let reply = buyer.ask("place_order", json!({ "seen_nett": "1.00" }));
        let error = &reply.body["errors"][0];
        assert_eq!(
            (reply.status, &error["field"], &error["code"]),
            (422, &json!("seen_nett"), &json!("unknown-field"))
        );
        for (name, value) in [("page", "AAA"), ("per_page", "AAA"), ("page", "0"), ("per_page", "201"), ("page", "1.0")]
        {
            let reply = buyer.ask("list_orders", json!({ name: value }));
            let error = &reply.body["errors"][0];
            assert_eq!((reply.status, &error["field"]), (422, &json!(name)), "{name}={value}");
        }
        assert_eq!(buyer.ask("list_orders", json!({ "page": 1, "per_page": 200 })).status, 200);
        for (operation, known) in [("list_orders", "held"), ("list_deals", "ended"), ("list_negotiations", "agreed")] {
            let reply = buyer.ask(operation, json!({ "state": "nonsense" }));
            let error = &reply.body["errors"][0];
            assert_eq!((reply.status, &error["field"]), (422, &json!("state")), "{operation}");
            assert!(error["detail"].as_str().unwrap().contains(known), "it names what is known: {error}");
            assert_eq!(buyer.ask(operation, json!({ "state": known })).status, 200, "{operation}");
        }
        let guest = world.guest();
        for (path, field) in
            [("products?q=", "q"), ("products?query=a&quantity=1", "quantity"), ("categories?x=1", "x")]
        {
            let answer = guest.send("GET", &format!("/api/v1/{path}"), &[], "");
            let body: Value = serde_json::from_str(&answer.body).unwrap();
            assert_eq!((answer.status, &body["errors"][0]["field"]), (422, &json!(field)), "{path}");
        }
    });
}
