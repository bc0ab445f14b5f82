//! The segments and countries that a policy names. A word that no customer can have makes a rule that never applies, and nobody
//! notices: so it is refused where it is typed. What the policy in force names already may stay.

use std::collections::BTreeMap;

use db::ReadTx;
use kernel::{Country, Invalid, Outcome};
use negotiation_engine::Policy;
use negotiation_engine::conditions::Condition;
use parties::companies::{self, Word};
use serde_json::Value;

use super::shape::{self, Field, Shape, held};
use super::value::{Kind, Subject};

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Of {
    Segment,
    Country,
}

/// Words with the path of the first field that names each.
type Named = BTreeMap<(Of, String), String>;

/// What a policy names that there is not, at its field.
///
/// # Errors
/// A fault when the database fails.
pub(super) async fn unknown(tx: &ReadTx, policy: &Policy, in_force: Option<&Policy>) -> Outcome<Invalid> {
    let kept = in_force.map(named).unwrap_or_default();
    let mut new = named(policy);
    new.retain(|word, _| !kept.contains_key(word));
    refused(tx, new).await
}

/// What a condition about customers and deals names that there is not, at `field`.
///
/// # Errors
/// A fault when the database fails.
pub async fn unknown_in(tx: &ReadTx, field: &str, condition: &str) -> Outcome<Invalid> {
    let mut named = Named::new();
    of_condition(&mut named, field, Subject::Customer, condition);
    refused(tx, named).await
}

async fn refused(tx: &ReadTx, named: Named) -> Outcome<Invalid> {
    let segments = companies::queries::words(tx, Word::Segment).await?;
    let mut invalid = Invalid::default();
    for ((of, word), path) in named {
        let code = match of {
            Of::Segment if !segments.contains(&word) => "policy-unknown-segment",
            Of::Country if Country::known(&word).is_err() => "policy-unknown-country",
            _ => continue,
        };
        invalid = invalid.and(path, code, vec![("word", word)]);
    }
    Ok(invalid)
}

fn named(policy: &Policy) -> Named {
    let mut named = Named::new();
    walk(&mut named, "", &shape::whole(policy), shape::POLICY);
    named
}

fn walk(named: &mut Named, under: &str, object: &Value, fields: &'static [Field]) {
    for field in fields {
        let (path, value) = (format!("{under}{}", field.name), held(object, field.name));
        match field.shape {
            Shape::Group(inner) => walk(named, &format!("{path}."), value, inner),
            Shape::Rows(inner, _) | Shape::Sections(inner) => {
                for (at, row) in value.as_array().into_iter().flatten().enumerate() {
                    walk(named, &format!("{path}[{at}]."), row, inner);
                }
            }
            Shape::Value(Kind::Condition(subject)) => {
                of_condition(named, &path, subject, value.as_str().unwrap_or_default());
            }
            Shape::Value(Kind::Word) if field.name == "segment" => add(named, &path, Of::Segment, value.as_str()),
            Shape::Value(Kind::Words) if field.name.starts_with("segments") => {
                let words = value.as_array().into_iter().flatten();
                words.for_each(|word| add(named, &path, Of::Segment, word.as_str()));
            }
            Shape::Value(_) => {}
        }
    }
}

fn of_condition(named: &mut Named, path: &str, subject: Subject, text: &str) {
    // What is none has been refused before.
    let Ok(condition) = Condition::parse(text, subject.schema()) else { return };
    for (field, of) in [("customer.segment", Of::Segment), ("customer.country", Of::Country)] {
        condition.texts_of(field).into_iter().for_each(|word| add(named, path, of, Some(word)));
    }
}

fn add(named: &mut Named, path: &str, of: Of, word: Option<&str>) {
    let Some(word) = word.filter(|word| !word.is_empty()) else { return };
    named.entry((of, word.to_owned())).or_insert_with(|| path.to_owned());
}
