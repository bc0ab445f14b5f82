//! Conditions for whoever writes them: the fields with their known values, what is wrong at which column, what could come next.

use db::ReadTx;
use kernel::Outcome;
use negotiation_engine::conditions::{
    Condition, ConditionError, Field, Kind, Row, Schema, Simple, Suggestion, complete as suggest,
};

use super::value::Subject;

/// The values that the data has for the fields of conditions.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Segments of companies.
    pub segments: Vec<String>,
    /// Countries of companies.
    pub countries: Vec<String>,
    /// Classes of products.
    pub classes: Vec<String>,
    /// Codes of categories.
    pub categories: Vec<String>,
}

impl Known {
    /// What the database has.
    ///
    /// # Errors
    /// A fault when the database fails.
    pub async fn load(tx: &ReadTx) -> Outcome<Self> {
        let categories = catalog::categories::queries::all(tx).await?;
        Ok(Self {
            segments: parties::companies::queries::segments(tx).await?,
            countries: parties::companies::queries::countries(tx).await?,
            classes: catalog::products::queries::classes(tx).await?,
            categories: categories.iter().map(|category| category.code.to_string()).collect(),
        })
    }

    /// The values of a field.
    pub fn values(&self, field: &str) -> &[String] {
        match field {
            "customer.segment" => &self.segments,
            "customer.country" => &self.countries,
            "product.class" => &self.classes,
            "product.category" => &self.categories,
            _ => &[],
        }
    }

    /// The fields of a subject, with these values.
    pub fn schema(&self, subject: Subject) -> Schema {
        let field = |field: &Field| match field.kind {
            Kind::Text => Field::text(field.name, self.values(field.name).iter().cloned()),
            kind => Field::new(field.name, kind),
        };
        Schema::new(subject.schema().fields().iter().map(field).collect())
    }
}

/// What a text says as a condition.
#[derive(Debug, Clone)]
pub struct Examined {
    /// Whether it contradicts itself, so that it never applies.
    pub is_never: bool,
    /// The rows of a form that say the same; `None` where rows cannot.
    pub rows: Option<Vec<Row>>,
}

/// Looks at a condition.
///
/// # Errors
/// What is wrong, and at which column.
pub fn examine(subject: Subject, text: &str) -> Result<Examined, ConditionError> {
    let condition = Condition::parse(text, subject.schema())?;
    let rows = Simple::of(&condition).map(|simple| simple.all().to_vec());
    Ok(Examined { is_never: condition.is_never(), rows })
}

/// What could stand at a column, counted from 1.
pub fn complete(subject: Subject, known: &Known, text: &str, column: usize) -> Vec<Suggestion> {
    suggest(text, column, &known.schema(subject))
}
