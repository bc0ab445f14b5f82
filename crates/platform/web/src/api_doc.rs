//! What an API route says about itself.

use kernel::RefusalInfo;
use schemars::{JsonSchema, Schema, SchemaGenerator};

pub(crate) type MakeSchema = fn(&mut SchemaGenerator) -> Schema;

/// What the documentation says about an API route beyond its path.
#[derive(Debug, Clone)]
pub struct ApiDoc {
    pub(crate) tag: &'static str,
    pub(crate) id: &'static str,
    pub(crate) summary: &'static str,
    pub(crate) query: Option<MakeSchema>,
    pub(crate) request: Option<MakeSchema>,
    pub(crate) response: Option<(u16, MakeSchema)>,
    pub(crate) refusals: Vec<RefusalInfo>,
    pub(crate) idempotent: bool,
}

fn make<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}

/// Query parameters are listed one by one, so their schema is needed in place.
fn make_inline<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    T::json_schema(generator)
}

impl ApiDoc {
    /// `id` is the operation id in snake case, unique: client generators name their functions by it.
    pub fn new(tag: &'static str, id: &'static str, summary: &'static str) -> Self {
        Self { tag, id, summary, query: None, request: None, response: None, refusals: Vec::new(), idempotent: false }
    }

    /// The type of the query parameters.
    #[must_use]
    pub fn query<T: JsonSchema>(mut self) -> Self {
        self.query = Some(make_inline::<T>);
        self
    }

    /// The type of the request body.
    #[must_use]
    pub fn request<T: JsonSchema>(mut self) -> Self {
        self.request = Some(make::<T>);
        self
    }

    /// The type of the answer with status 200.
    #[must_use]
    pub fn response<T: JsonSchema>(mut self) -> Self {
        self.response = Some((200, make::<T>));
        self
    }

    /// The type of the answer with status 201.
    #[must_use]
    pub fn created<T: JsonSchema>(mut self) -> Self {
        self.response = Some((201, make::<T>));
        self
    }

    /// The refusals that the route can give.
    #[must_use]
    pub fn refusals(mut self, refusals: &[RefusalInfo]) -> Self {
        self.refusals.extend_from_slice(refusals);
        self
    }

    /// The route takes an `Idempotency-Key` header.
    #[must_use]
    pub fn idempotent(mut self) -> Self {
        self.idempotent = true;
        self.refusals(db::KeyRefusal::ALL)
    }
}
