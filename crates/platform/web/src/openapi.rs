//! The OpenAPI 3.1 document, made from the route table and the types' JSON Schemas.

use std::collections::BTreeMap;

use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::IntoResponse as _;
use kernel::Access;
use schemars::{SchemaGenerator, generate::SchemaSettings};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};

use crate::{ApiDoc, Reply, RouteInfo, parameters};

/// A document as it is handed out, made once: it is large, and the same until the program is another.
#[derive(Debug, Clone)]
pub struct Document {
    text: Bytes,
    tag: String,
}

impl Document {
    /// The document for the API routes of `table`.
    pub fn new(table: &[RouteInfo], version: &str) -> Self {
        let text = document(table, version).to_string();
        let hash: String = Sha256::digest(text.as_bytes()).iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { text: text.into(), tag: format!("\"{hash}\"") }
    }

    /// The answer to who asks for it with these headers.
    ///
    /// # Errors
    /// None; the type fits handlers.
    pub fn reply(&self, asked: &HeaderMap) -> Reply {
        if asked.get(header::IF_NONE_MATCH).is_some_and(|known| known.as_bytes() == self.tag.as_bytes()) {
            return Ok(StatusCode::NOT_MODIFIED.into_response());
        }
        let head = [
            (header::CONTENT_TYPE, "application/json"),
            // Whoever is signed in may get another one.
            (header::CACHE_CONTROL, "private, no-cache"),
            (header::ETAG, self.tag.as_str()),
        ];
        Ok((head, self.text.clone()).into_response())
    }
}

/// The whole document for the API routes of `table`.
pub fn document(table: &[RouteInfo], version: &str) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in table {
        if let Some(doc) = &route.doc {
            let operation = operation(route, doc, &mut generator);
            paths.entry(route.path).or_default().insert(route.method.as_str().to_lowercase(), operation);
        }
    }
    let mut schemas: Map<String, Value> = generator.take_definitions(true);
    schemas.insert("Problem".into(), problem_schema());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Kontor",
            "version": version,
            "license": { "name": "Apache-2.0", "identifier": "Apache-2.0" },
            "description": "B2B commerce that negotiates. Sign in with POST /api/v1/sessions and send the token as \
                `Authorization: Bearer …`. Money and quantities are decimal text with a point (`1234.5`), never \
                floats. A field or parameter that a route does not know is refused by its name. Failures are RFC 9457 \
                problem documents; a refusal's `code` is stable.",
        },
        "servers": [{ "url": "/" }],
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": { "session": { "type": "http", "scheme": "bearer" } },
        },
    })
}

fn operation(route: &RouteInfo, doc: &ApiDoc, generator: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": doc.id,
        "tags": [doc.tag],
        "summary": doc.summary,
        "description": access_sentence(route.access),
        "parameters": parameters(route, doc, generator),
        "responses": responses(doc, generator),
    });
    if route.access != Access::Public {
        operation["security"] = json!([{ "session": [] }]);
    }
    if let Some(request) = doc.request {
        operation["requestBody"] =
            json!({ "required": true, "content": { "application/json": { "schema": request(generator) } } });
    }
    operation
}

fn access_sentence(access: Access) -> String {
    match access {
        Access::Public => "For anyone.".into(),
        Access::SignedIn => "For anyone who is signed in.".into(),
        Access::Needs(permission) => {
            let name = serde_json::to_value(permission).ok().and_then(|v| v.as_str().map(str::to_owned));
            format!("Needs the permission `{}`.", name.unwrap_or_default())
        }
    }
}

fn parameters(route: &RouteInfo, doc: &ApiDoc, generator: &mut SchemaGenerator) -> Vec<Value> {
    let names = route.path.split('/').filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'));
    let mut all: Vec<Value> = names
        .map(|name| json!({ "name": name, "in": "path", "required": true, "schema": { "type": "string" } }))
        .collect();
    for parameter in parameters::of(doc, generator) {
        let parameters::Parameter { name, is_required, schema } = parameter;
        all.push(json!({ "name": name, "in": "query", "required": is_required, "schema": schema }));
    }
    if doc.idempotent {
        all.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false, "schema": { "type": "string", "maxLength": 80 },
            "description": "The same key with the same body gives the first answer again; with another body 409.",
        }));
    }
    all
}

fn responses(doc: &ApiDoc, generator: &mut SchemaGenerator) -> Value {
    let mut all = Map::new();
    match doc.response {
        Some((status, schema)) => {
            let content = json!({ "application/json": { "schema": schema(generator) } });
            all.insert(status.to_string(), json!({ "description": "Done.", "content": content }));
        }
        None => {
            all.insert("204".into(), json!({ "description": "Done." }));
        }
    }
    let mut by_status: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for refusal in &doc.refusals {
        by_status.entry(crate::failed::status(refusal.kind).as_u16()).or_default().push(format!(
            "`{}`: {}",
            refusal.code,
            refusal.doc.trim()
        ));
    }
    for (status, sentences) in by_status {
        all.insert(status.to_string(), problem_response(&sentences.join("\n\n")));
    }
    all.insert("default".into(), problem_response("Any other failure: 401, 403, 404, 409, 422 or 500."));
    Value::Object(all)
}

fn problem_response(description: &str) -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Problem" });
    json!({ "description": description, "content": { "application/problem+json": { "schema": schema } } })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "RFC 9457 problem details.",
        "required": ["type", "title", "status", "code", "detail", "request_id"],
        "properties": {
            "type": { "type": "string", "format": "uri-reference" },
            "title": { "type": "string" },
            "status": { "type": "integer" },
            "code": { "type": "string", "description": "Stable code of the refusal, or invalid, not-found, fault." },
            "detail": { "type": "string", "description": "A sentence in the reader's language that says what to do." },
            "request_id": { "type": "string" },
            "errors": { "type": "array", "items": {
                "type": "object",
                "required": ["field", "code", "detail"],
                "properties": {
                    "field": { "type": "string" },
                    "code": { "type": "string" },
                    "detail": { "type": "string" },
                    "technical": { "type": "string", "description": "What the parser said, in English; not for people." },
                },
            } },
        },
    })
}
