//! Conditions as JSON, for editors of people and of programs: the fields, what is wrong, what could come next.

use i18n::Locale;
use kernel::{FieldError, Invalid, Outcome};
use negotiation_engine::conditions::{ConditionError, Literal, Row, SuggestionKind};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use web::{App, Json, Method, Query, Reply, State, Visitor};

use super::{MAY, doc};
use crate::policies::conditions::{self, Known};
use crate::policies::value::{self, Subject};

pub(super) fn routes() -> web::Routes {
    web::Routes::new()
        .api(
            Method::GET,
            "/api/v1/policies/conditions/fields",
            MAY,
            doc("list_condition_fields", "The fields that conditions may ask, with the values that the data has")
                .query::<OfSubject>()
                .response::<Vec<FieldJson>>(),
            fields,
        )
        .api(
            Method::POST,
            "/api/v1/policies/conditions/examination",
            MAY,
            doc("examine_condition", "Says what is wrong with a condition, and at which column")
                .request::<ConditionJson>()
                .response::<ExaminedJson>(),
            examine,
        )
        .api(
            Method::POST,
            "/api/v1/policies/conditions/completion",
            MAY,
            doc("complete_condition", "What could stand at a column of a condition")
                .request::<CompleteJson>()
                .response::<Vec<SuggestionJson>>(),
            complete,
        )
}

/// Whom conditions are about.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct OfSubject {
    /// `customer` (customer and deal) or `product`.
    #[schemars(extend("enum" = Subject::ALL.map(Subject::code)))]
    pub subject: String,
}

/// A field that conditions may ask.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FieldJson {
    /// Its name.
    pub name: &'static str,
    /// `text`, `number`, `rate`, `money`, `days` or `flag`.
    pub kind: &'static str,
    /// Operators of a row.
    pub operators: Vec<&'static str>,
    /// Values that the data has.
    pub values: Vec<String>,
}

/// A condition.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "ConditionJson2")] // its published name; `ConditionJson` is that of offers
pub struct ConditionJson {
    /// `customer` (customer and deal) or `product`.
    pub subject: String,
    /// CEL.
    pub text: String,
}

/// A condition that is being written.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CompleteJson {
    /// `customer` (customer and deal) or `product`.
    pub subject: String,
    /// CEL, as far as it is written.
    pub text: String,
    /// Where the cursor stands, in characters counted from 1.
    pub column: usize,
}

/// What is to be said of a condition.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ExaminedJson {
    /// Whether it is a condition.
    pub is_valid: bool,
    /// Whether it contradicts itself, so that it never applies.
    pub is_never: bool,
    /// What is wrong.
    pub error: Option<ConditionErrorJson>,
    /// Rows of field, operator and values that say the same; `null` where rows cannot.
    pub rows: Option<Vec<RowJson>>,
}

/// What is wrong with a condition.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ConditionErrorJson {
    /// Where, in characters counted from 1.
    pub column: usize,
    /// The stable code.
    pub code: &'static str,
    /// The same in the reader's language.
    pub message: String,
}

/// A row of a condition.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct RowJson {
    /// The field.
    pub field: String,
    /// The operator.
    pub operator: &'static str,
    /// The values as CEL literals without quotation marks; numbers in millionths.
    pub values: Vec<Value>,
}

/// What could stand at the cursor.
#[derive(Debug, Clone, Serialize, JsonSchema)]
#[schemars(rename = "SuggestionJson2")] // its published name; `SuggestionJson` is the desk's
pub struct SuggestionJson {
    /// The text that replaces what stands between the columns.
    pub insert: String,
    /// `field`, `operator`, `value` or `function`.
    pub kind: &'static str,
    /// The first column replaced.
    pub replace_from: usize,
    /// The column after the last replaced.
    pub replace_to: usize,
}

fn subject(code: &str) -> Outcome<Subject> {
    Subject::parse(code).ok_or_else(|| Invalid::field("subject", "choice").into())
}

async fn fields(State(app): State<App>, Query(of): Query<OfSubject>) -> Reply {
    let (subject, known) = (subject(&of.subject)?, Known::load(&app.db().read().await?).await?);
    let schema = known.schema(subject);
    let field = |field: &negotiation_engine::conditions::Field| FieldJson {
        name: field.name,
        kind: field.kind.code(),
        operators: field.kind.operators().iter().map(|operator| operator.code()).collect(),
        values: field.values.clone(),
    };
    web::json(&schema.fields().iter().map(field).collect::<Vec<_>>())
}

/// Also asked by the editor's own script, which signs in as its page does.
pub(crate) async fn examine(visitor: Visitor, Json(body): Json<ConditionJson>) -> Reply {
    let examined = conditions::examine(subject(&body.subject)?, &body.text);
    web::json(&match examined {
        Ok(examined) => ExaminedJson {
            is_valid: true,
            is_never: examined.is_never,
            error: None,
            rows: examined.rows.map(|rows| rows.iter().map(row_json).collect()),
        },
        Err(error) => ExaminedJson {
            is_valid: false,
            is_never: false,
            error: Some(error_json(&error, &visitor.locale)),
            rows: None,
        },
    })
}

fn error_json(error: &ConditionError, locale: &Locale) -> ConditionErrorJson {
    let (code, args) = value::wrong(error);
    let message = locale.error(&FieldError { field: "text".into(), code, args });
    ConditionErrorJson { column: error.column, code: error.code.code(), message }
}

fn row_json(row: &Row) -> RowJson {
    let literal = |literal: &Literal| match literal {
        Literal::Text(text) => Value::from(text.as_str()),
        Literal::Number(micros) => Value::from(*micros),
        Literal::Flag(flag) => Value::from(*flag),
    };
    RowJson {
        field: row.field.clone(),
        operator: row.operator.code(),
        values: row.values.iter().map(literal).collect(),
    }
}

/// See [`examine`].
pub(crate) async fn complete(State(app): State<App>, Json(body): Json<CompleteJson>) -> Reply {
    let (subject, known) = (subject(&body.subject)?, Known::load(&app.db().read().await?).await?);
    let suggestions = conditions::complete(subject, &known, &body.text, body.column).into_iter().take(50);
    let json = suggestions.map(|suggestion| SuggestionJson {
        insert: suggestion.insert,
        kind: match suggestion.kind {
            SuggestionKind::Field => "field",
            SuggestionKind::Operator => "operator",
            SuggestionKind::Value => "value",
            SuggestionKind::Function => "function",
        },
        replace_from: suggestion.replace_from,
        replace_to: suggestion.replace_to,
    });
    web::json(&json.collect::<Vec<_>>())
}
