//! A JSON client that knows nothing but the OpenAPI document: operations by their id, parameters where the document says,
//! answers checked against the schemas that it promises.

use serde_json::{Map, Value};

use crate::client::{Client, encoded};

/// A client of `/api/v1`.
pub struct Api {
    client: Client,
    document: Value,
    token: Option<String>,
}

/// An answer of the API.
#[derive(Debug, Clone)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The body; null when there is none.
    pub body: Value,
}

impl Reply {
    /// The code of a problem; empty for none.
    pub fn code(&self) -> &str {
        self.body["code"].as_str().unwrap_or_default()
    }
}

impl Api {
    /// A client of the server at `base`, with the whole document: what a server hands out to guests is the buyers' part of it.
    pub fn new(base: &str) -> Self {
        Self { client: Client::new(base), document: kontor::openapi(), token: None }
    }

    /// The same client, sending this token.
    #[must_use]
    pub fn with_token(mut self, token: &str) -> Self {
        self.token = Some(token.to_owned());
        self
    }

    /// Every operation: id, method, path.
    pub fn operations(&self) -> Vec<(String, String, String)> {
        let paths = self.document["paths"].as_object().into_iter().flatten();
        let all = paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| {
                (operation["operationId"].as_str().unwrap_or_default().to_owned(), method.to_uppercase(), path.clone())
            })
        });
        all.collect()
    }

    /// Calls an operation that must succeed. `input` holds parameters and properties of the body under their names.
    ///
    /// # Panics
    /// When it fails, or answers with what the document does not promise.
    #[track_caller]
    pub fn call(&self, operation: &str, input: Value) -> Value {
        let reply = self.ask(operation, input);
        assert!(reply.status < 300, "{operation}: {} {:#}", reply.status, reply.body);
        reply.body
    }

    /// Calls an operation, whatever it answers.
    ///
    /// # Panics
    /// When the operation, or what it answers with, is not in the document.
    #[track_caller]
    pub fn ask(&self, operation: &str, input: Value) -> Reply {
        let found = self.operations().into_iter().find(|(id, _, _)| id == operation);
        let (_, method, path) = found.unwrap_or_else(|| panic!("the document has no operation {operation}"));
        let described = &self.document["paths"][&path][method.to_lowercase()];
        let mut rest = input.as_object().cloned().unwrap_or_default();
        let (target, headers) = place(&path, described, &mut rest);
        let body = if described["requestBody"].is_null() {
            String::new()
        } else {
            Value::Object(std::mem::take(&mut rest)).to_string()
        };
        assert!(rest.is_empty(), "{operation} takes no {:?}", rest.keys().collect::<Vec<_>>());
        let mut all: Vec<(&str, &str)> = headers.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
        let bearer = self.token.as_ref().map(|token| format!("Bearer {token}"));
        all.extend(bearer.iter().map(|value| ("authorization", value.as_str())));
        if !body.is_empty() {
            all.push(("content-type", "application/json"));
        }
        let answer = self.client.send(&method, &target, &all, &body);
        let body = if answer.body.is_empty() {
            Value::Null
        } else {
            serde_json::from_str(&answer.body).unwrap_or(Value::Null)
        };
        self.check(operation, described, answer.status, &body);
        Reply { status: answer.status, body }
    }

    /// The answer must be one that the document promises.
    #[track_caller]
    fn check(&self, operation: &str, described: &Value, status: u16, body: &Value) {
        let responses = &described["responses"];
        let promised = responses.get(status.to_string()).or_else(|| responses.get("default").filter(|_| status >= 400));
        let promised = promised
            .unwrap_or_else(|| panic!("{operation} answered {status}, which the document does not know: {body:#}"));
        let mut contents = promised["content"].as_object().into_iter().flatten();
        if let Some((_, content)) = contents.next() {
            let mut wrong = Vec::new();
            self.conforms(&content["schema"], body, "", &mut wrong);
            assert!(wrong.is_empty(), "{operation} ({status}) answers other than documented: {wrong:?}\n{body:#}");
        }
    }

    /// The parts of JSON Schema that our documents use.
    fn conforms(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        if let Some(name) = schema["$ref"].as_str() {
            let pointer = name.trim_start_matches('#');
            match self.document.pointer(pointer) {
                Some(target) => self.conforms(target, value, at, wrong),
                None => wrong.push(format!("{at}: {name} is nowhere")),
            }
        }
        for key in ["anyOf", "oneOf"] {
            if let Some(options) = schema[key].as_array()
                && !options.iter().any(|option| self.fits(option, value))
            {
                wrong.push(format!("{at}: fits none of {key}"));
            }
        }
        if let Some(values) = schema["enum"].as_array()
            && !values.contains(value)
        {
            wrong.push(format!("{at}: {value} is none of {values:?}"));
        }
        if !has_type(&schema["type"], value) {
            wrong.push(format!("{at}: {value} is no {}", schema["type"]));
        }
        if let Some(object) = value.as_object() {
            let required = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            wrong.extend(
                required.filter(|name| !object.contains_key(*name)).map(|name| format!("{at}/{name}: is missing")),
            );
            for (name, property) in schema["properties"].as_object().into_iter().flatten() {
                if let Some(value) = object.get(name) {
                    self.conforms(property, value, &format!("{at}/{name}"), wrong);
                }
            }
        }
        for (index, item) in value.as_array().into_iter().flatten().enumerate() {
            if !schema["items"].is_null() {
                self.conforms(&schema["items"], item, &format!("{at}/{index}"), wrong);
            }
        }
    }

    fn fits(&self, schema: &Value, value: &Value) -> bool {
        let mut wrong = Vec::new();
        self.conforms(schema, value, "", &mut wrong);
        wrong.is_empty()
    }
}

/// Takes path, query and header parameters out of `input`; gives the target and the headers.
fn place(path: &str, described: &Value, input: &mut Map<String, Value>) -> (String, Vec<(String, String)>) {
    let (mut target, mut query, mut headers) = (path.to_owned(), Vec::new(), Vec::new());
    for parameter in described["parameters"].as_array().into_iter().flatten() {
        let name = parameter["name"].as_str().unwrap_or_default();
        let value = input.remove(name).map(|v| v.as_str().map_or_else(|| v.to_string(), str::to_owned));
        match (parameter["in"].as_str(), value) {
            (Some("path"), Some(value)) => target = target.replace(&format!("{{{name}}}"), &encoded(&value)),
            (Some("query"), Some(value)) => query.push(format!("{name}={}", encoded(&value))),
            (Some("header"), Some(value)) => headers.push((name.to_lowercase(), value)),
            (_, None) => assert!(parameter["required"] != true, "{path} needs {name}"),
            (other, _) => panic!("{path}: a parameter in {other:?}"),
        }
    }
    if !query.is_empty() {
        target = format!("{target}?{}", query.join("&"));
    }
    (target, headers)
}

fn has_type(kind: &Value, value: &Value) -> bool {
    let is = |kind: &str| match kind {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        _ => false,
    };
    match kind {
        Value::String(kind) => is(kind),
        Value::Array(kinds) => kinds.iter().filter_map(Value::as_str).any(is),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn parameters_go_where_the_document_says() {
        let described = json!({ "parameters": [
            { "name": "sku", "in": "path", "required": true }, { "name": "page", "in": "query" }, { "name": "Idempotency-Key", "in": "header" },
        ] });
        let mut input =
            json!({ "sku": "A/1", "page": 2, "Idempotency-Key": "k", "quantity": "5" }).as_object().cloned().unwrap();
        let (target, headers) = place("/api/v1/products/{sku}", &described, &mut input);
        assert_eq!(target, "/api/v1/products/A%2F1?page=2");
        assert_eq!(headers, [("idempotency-key".to_owned(), "k".to_owned())]);
        assert_eq!(Value::Object(input), json!({ "quantity": "5" }));
    }

    #[test]
    fn answers_are_held_against_the_schema() {
        let document = json!({ "components": { "schemas": { "Line": {
            "type": "object", "required": ["sku"], "properties": { "sku": { "type": "string" }, "note": { "type": ["string", "null"] } },
        } } } });
        let api = Api { client: Client::new("http://127.0.0.1:1"), document, token: None };
        let lines = json!({ "type": "array", "items": { "$ref": "#/components/schemas/Line" } });
        assert!(api.fits(&lines, &json!([{ "sku": "A", "note": null }])));
        assert!(!api.fits(&lines, &json!([{ "note": "x" }])));
        assert!(!api.fits(&lines, &json!([{ "sku": 7 }])));
        assert!(!api.fits(&json!({ "enum": ["open"] }), &json!("closed")));
    }
}
