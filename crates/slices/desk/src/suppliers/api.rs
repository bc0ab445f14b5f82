//! Suppliers' special prices by JSON, for the seller's own software.

use catalog::Catalog;
use kernel::{Date, Email, Failure, Invalid, NegotiationId, Quantity, QuoteId, UnitPrice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::support::{self, About, SupplierRequest, store};
use web::{App, Json, Path, Reply, State, Visitor};

use super::{NewRequest, pages};

/// Whom to ask for what.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AskJson {
    /// The negotiation, or `quote` and `line`.
    #[serde(default)]
    negotiation: Option<String>,
    #[serde(default)]
    quote: Option<String>,
    /// The line of the quote, from 1.
    #[serde(default)]
    line: Option<i64>,
    /// The product's id or SKU.
    product: String,
    /// The supplier's e-mail address.
    email: String,
    /// What the supplier calls the product.
    #[serde(default)]
    supplier_sku: String,
    /// As decimal text, in the product's unit.
    quantity: String,
    /// The cost of one unit that is asked for, as decimal text.
    asked: String,
    /// The currency of `asked`.
    currency: String,
    /// What the supplier reads.
    #[serde(default)]
    note: String,
    /// The last day for an answer, as `2026-11-27`.
    answer_by: String,
}

/// A request to a supplier.
#[derive(Serialize, JsonSchema)]
pub(super) struct RequestJson {
    id: String,
    product: String,
    email: String,
    quantity: String,
    asked: String,
    currency: String,
    /// `open`, `granted` or `refused`.
    state: String,
    /// The granted cost of one unit.
    granted: Option<String>,
    /// The last day of the granted price.
    granted_until: Option<String>,
    answer_note: String,
    asked_at: String,
}

impl RequestJson {
    fn of(request: &SupplierRequest) -> Self {
        Self {
            id: request.id.to_string(),
            product: request.product.to_string(),
            email: request.email.to_string(),
            quantity: request.quantity.to_decimal(),
            asked: request.asked.to_decimal(),
            currency: request.currency.code().into(),
            state: request.state.code().into(),
            granted: request.granted.map(|granted| granted.price.to_decimal()),
            granted_until: request.granted.map(|granted| granted.until.to_string()),
            answer_note: request.answer_note.clone(),
            asked_at: request.asked_at.to_rfc3339(),
        }
    }
}

fn read(catalog: &Catalog, body: &AskJson) -> Result<NewRequest, Failure> {
    let negotiation = body.negotiation.as_deref().and_then(NegotiationId::parse).map(About::Negotiation);
    let quote = body.quote.as_deref().and_then(QuoteId::parse).zip(body.line);
    let about = negotiation.or(quote.map(|(id, line)| About::Quote(id, line))).ok_or(Failure::NotFound)?;
    let product = negotiation::requests::product(catalog, &body.product).ok_or(Failure::NotFound)?;
    let mut invalid = Invalid::default();
    let currency = kernel::Currency::parse(&body.currency);
    if currency.is_none() {
        invalid = invalid.and("currency", "choice", Vec::new());
    }
    let email = invalid.take("email", Email::parse(&body.email).map_err(|code| (code, Vec::new())));
    let quantity = invalid.take("quantity", Quantity::parse(&body.quantity, product.packing.unit));
    let asked = currency.and_then(|currency| invalid.take("asked", UnitPrice::parse(&body.asked, currency)));
    let answer_by = Date::parse(&body.answer_by);
    if answer_by.is_none() {
        invalid = invalid.and("answer_by", "date", Vec::new());
    }
    invalid.check()?;
    let read = email.zip(quantity).zip(asked).zip(answer_by);
    let (((email, quantity), asked), answer_by) = read.ok_or_else(|| Invalid::field("email", "required"))?;
    let (supplier_sku, note) = (body.supplier_sku.clone(), body.note.clone());
    Ok(NewRequest { about, product: product.id, email, supplier_sku, quantity, asked, note, answer_by })
}

pub(super) async fn ask(State(app): State<App>, visitor: Visitor, Json(body): Json<AskJson>) -> Reply {
    let new = read(app.part::<Catalog>(), &body)?;
    let id = pages::send(&app, &visitor, &new).await?;
    let request = store::load(&app.db().read().await?, id).await?.ok_or(Failure::NotFound)?;
    web::created("/api/v1/desk/support", &RequestJson::of(&request))
}

pub(super) async fn list(State(app): State<App>, Path(id): Path<NegotiationId>) -> Reply {
    let requests = support::queries::of(&app.db().read().await?, About::Negotiation(id)).await?;
    web::json(&requests.iter().map(RequestJson::of).collect::<Vec<_>>())
}
