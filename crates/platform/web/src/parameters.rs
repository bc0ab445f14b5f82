//! Query parameters of API routes as their documentation states them: what it does not name is refused by name, and what
//! should be a number, a day or one of a few words must be one. So a slip of a letter never lists everything in silence. Pages
//! leave out what they cannot read, and show it as not set.

use axum::extract::Query;
use axum::http::Uri;
use kernel::{Date, Failure, Invalid};
use schemars::SchemaGenerator;
use serde_json::{Value, json};

use crate::ApiDoc;

/// Rows on a page, at most.
pub(crate) const PER_PAGE_MAX: i64 = 200;
/// The last page that can be asked for.
pub(crate) const PAGE_MAX: i64 = 1_000_000;

/// One parameter as it is documented.
#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: String,
    pub(crate) is_required: bool,
    pub(crate) schema: Value,
}

/// The parameters of a route.
pub(crate) fn of(doc: &ApiDoc, generator: &mut SchemaGenerator) -> Vec<Parameter> {
    let Some(query) = doc.query else { return Vec::new() };
    let schema = query(generator).to_value();
    let required: Vec<&str> =
        schema["required"].as_array().map(|all| all.iter().filter_map(Value::as_str).collect()).unwrap_or_default();
    let one = |(name, property): (&String, &Value)| Parameter {
        name: name.clone(),
        is_required: required.contains(&name.as_str()),
        schema: paged(name, property),
    };
    schema["properties"].as_object().into_iter().flatten().map(one).collect()
}

/// Paging is alike everywhere, whatever a handler reads it into.
fn paged(name: &str, property: &Value) -> Value {
    let most = match name {
        "page" => PAGE_MAX,
        "per_page" => PER_PAGE_MAX,
        _ => return property.clone(),
    };
    let mut schema = json!({ "type": "integer", "minimum": 1, "maximum": most });
    if let Some(description) = property.get("description") {
        schema["description"] = description.clone();
    }
    schema
}

/// Checks the query of a request against what the route takes.
///
/// # Errors
/// Invalid, by the name of each parameter that is unknown, stands there twice, or is no number where one is wanted.
pub(crate) fn check(known: &[Parameter], uri: &Uri) -> Result<(), Failure> {
    let pairs = Query::<Vec<(String, String)>>::try_from_uri(uri);
    let Query(pairs) = pairs.map_err(|_| Failure::from(Invalid::field("query", "malformed")))?;
    let mut invalid = Invalid::default();
    for (at, (name, value)) in pairs.iter().enumerate() {
        invalid = match known.iter().find(|parameter| parameter.name == *name) {
            None => invalid.and(name, "parameter-unknown", vec![("known", names(known))]),
            Some(_) if pairs[..at].iter().any(|(before, _)| before == name) => {
                invalid.and(name, "parameter-twice", Vec::new())
            }
            Some(parameter) => parameter.check(value, invalid),
        };
    }
    invalid.check()
}

fn names(known: &[Parameter]) -> String {
    let names: Vec<&str> = known.iter().map(|parameter| parameter.name.as_str()).collect();
    if names.is_empty() { "–".to_owned() } else { names.join(", ") }
}

impl Parameter {
    fn check(&self, value: &str, invalid: Invalid) -> Invalid {
        if self.is("integer") {
            let bound = |name: &str| self.schema.get(name).and_then(Value::as_i64);
            let (least, most) = (bound("minimum").unwrap_or(i64::MIN), bound("maximum").unwrap_or(i64::MAX));
            return match value.parse::<i64>() {
                Ok(number) if (least..=most).contains(&number) => invalid,
                _ if bound("maximum").is_some() => {
                    let args = vec![("least", least.to_string()), ("most", most.to_string())];
                    invalid.and(&self.name, "whole-between", args)
                }
                _ => invalid.and(&self.name, "number-plain", Vec::new()),
            };
        }
        if self.is("boolean") && !matches!(value, "true" | "false") {
            return invalid.and(&self.name, "choice", Vec::new());
        }
        if let Some(known) = self.schema["enum"].as_array().filter(|all| all.iter().all(|one| one != value)) {
            let known: Vec<&str> = known.iter().filter_map(Value::as_str).collect();
            return invalid.and(&self.name, "choice-of", vec![("known", known.join(", "))]);
        }
        if self.schema["format"] == "date" && Date::parse(value).is_none() {
            return invalid.and(&self.name, "parameter-date", Vec::new());
        }
        invalid
    }

    /// Whether it is of this type, or may be left out and is of this type.
    fn is(&self, wanted: &str) -> bool {
        match &self.schema["type"] {
            Value::String(name) => name == wanted,
            Value::Array(names) => names.iter().any(|name| name == wanted),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use schemars::JsonSchema;

    use super::*;

    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is looked at")]
    struct Asked {
        page: Option<String>,
        per_page: Option<String>,
        query: Option<String>,
        version: Option<u32>,
        mine: Option<bool>,
        #[schemars(extend("enum" = ["open", "shut"]))]
        state: Option<String>,
        #[schemars(extend("format" = "date"))]
        from: Option<String>,
    }

    fn answer(query: &str) -> String {
        let known = of(&ApiDoc::new("x", "x", "x").query::<Asked>(), &mut SchemaGenerator::default());
        match check(&known, &format!("/api/v1/x?{query}").parse().unwrap()) {
            Ok(()) => "ok".into(),
            Err(Failure::Invalid(invalid)) => {
                invalid.fields.iter().map(|e| format!("{} {}", e.field, e.code)).collect::<Vec<_>>().join(", ")
            }
            Err(other) => other.to_string(),
        }
    }

    #[test]
    fn attack_l3_numbers_in_a_query_are_numbers() {
        for (query, want) in [
            ("", "ok"),
            ("page=2&per_page=200&query=a%20b&version=0&mine=true", "ok"),
            ("page=AAA", "page whole-between"),
            ("page=", "page whole-between"),
            ("page=0", "page whole-between"),
            ("page=1,000", "page whole-between"),
            ("per_page=201", "per_page whole-between"),
            ("per_page=AAA&page=1.0", "per_page whole-between, page whole-between"),
            ("version=-x", "version number-plain"),
            ("mine=yes", "mine choice"),
        ] {
            assert_eq!(answer(query), want, "{query}");
        }
    }

    #[test]
    fn what_is_none_of_the_known_values_is_refused_with_them() {
        for (query, want) in [
            ("state=open&from=2026-12-01", "ok"),
            ("state=nonsense", "state choice-of"),
            ("state=Open", "state choice-of"),
            ("state=", "state choice-of"),
            ("from=yesterday", "from parameter-date"),
            ("from=2026-02-30", "from parameter-date"),
        ] {
            assert_eq!(answer(query), want, "{query}");
        }
        let known = of(&ApiDoc::new("x", "x", "x").query::<Asked>(), &mut SchemaGenerator::default());
        let wrong = check(&known, &"/api/v1/x?state=ajar".parse().unwrap());
        let Err(Failure::Invalid(invalid)) = wrong else { panic!("it is taken") };
        assert_eq!(invalid.fields[0].args, [("known", "open, shut".to_owned())]);
    }

    #[test]
    fn attack_l17_an_unknown_parameter_is_refused_by_name() {
        for (query, want) in [
            ("q=", "q parameter-unknown"),
            ("q=valve&per-page=3", "q parameter-unknown, per-page parameter-unknown"),
            ("query=a&query=b", "query parameter-twice"),
            ("page=1&page=1", "page parameter-twice"),
        ] {
            assert_eq!(answer(query), want, "{query}");
        }
        let none = check(&[], &"/api/v1/x?fresh=1".parse().unwrap());
        assert!(matches!(none, Err(Failure::Invalid(invalid)) if invalid.fields[0].field == "fresh"));
        assert!(check(&[], &"/api/v1/x".parse().unwrap()).is_ok());
    }
}
