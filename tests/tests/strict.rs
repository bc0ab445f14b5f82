//! What a program sends is what it means: every request body refuses fields that it does not know, every number in a query
//! says that it is one.

use std::collections::BTreeSet;

use serde_json::Value;

/// The schemas that a schema leads to, itself included.
fn reached<'a>(document: &'a Value, schema: &'a Value, seen: &mut BTreeSet<String>, found: &mut Vec<(String, &'a Value)>) {
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
