//! Beginning a negotiation for a customer, as a page and as JSON.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use kernel::{Failure, Invalid, NegotiationId, Notation, Outcome, Permission, Quantity, UnitPrice, UserId};
use negotiation::negotiations;
use negotiation::requests::product;
use parties::companies::{self, Company, CompanyFilter};
use schemars::JsonSchema;
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Json, Query, Reply, Shell, State, Visitor};

use super::{Start, api, attending};

/// Begins a negotiation for a customer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct StartNegotiation {
    /// The customer number.
    pub company: String,
    /// Who gets the offer; left out: whoever buys for the company.
    #[serde(default)]
    pub contact: String,
    /// The product's id or SKU.
    pub product: String,
    /// How much, as decimal text.
    pub quantity: String,
    /// Net price of one unit, as decimal text; left out: what the shop would offer.
    #[serde(default)]
    pub price: String,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
    /// Why, for the seller's own people.
    #[serde(default)]
    pub rationale: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    company: String,
    #[serde(default)]
    product: String,
}

#[derive(Template)]
#[template(path = "cases/start.html")]
struct StartPage {
    shell: Shell,
    q: String,
    /// Number and name of customers that were found.
    found: Vec<(String, String)>,
    company: Option<(String, String)>,
    currency: &'static str,
    contacts: Vec<(String, String)>,
    form: FormState,
    refusal: String,
}

/// Customers that are listed when one is looked for.
const FOUND_MAX: i64 = 12;

async fn start_page(
    app: &App,
    visitor: &Visitor,
    asked: &Asked,
    form: FormState,
    refusal: String,
) -> Outcome<StartPage> {
    let tx = app.db().read().await?;
    let company = match asked.company.as_str() {
        "" => None,
        number => Some(companies::queries::by_number(&tx, number).await?.ok_or(Failure::NotFound)?),
    };
    let (mut found, mut contacts) = (Vec::new(), Vec::new());
    match &company {
        Some(company) => {
            let people = parties::people::queries::of_company(&tx, company.id).await?;
            let able = people.into_iter().filter(|m| !m.is_blocked && m.roles.allow(Permission::Negotiate));
            contacts = able.map(|member| (member.id.to_string(), member.name)).collect();
        }
        None => {
            let text = Some(asked.q.trim().to_owned()).filter(|text| !text.is_empty());
            let filter = CompanyFilter { rep: visitor.actor.user.filter(|_| text.is_none()), text, segment: None };
            let (rows, _) = companies::queries::list(&tx, &filter, FOUND_MAX, 0).await?;
            found = rows.into_iter().map(|row| (row.company.number, row.company.name)).collect();
        }
    }
    drop(tx);
    Ok(StartPage {
        shell: Shell::load(app, visitor, &visitor.locale.text("start-title")).await?,
        q: asked.q.clone(),
        found,
        currency: company.as_ref().map_or("", |company| company.currency.code()),
        company: company.map(|company| (company.number, company.name)),
        contacts,
        form,
        refusal,
    })
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let form = FormState::of([("product", asked.product.clone())]);
    web::page(&start_page(&app, &visitor, &asked, form, String::new()).await?)
}

/// The texts of a start, from a form or from JSON.
fn read(
    app: &App,
    company: &Company,
    text: &(dyn Fn(&str) -> String + Sync),
    notation: Notation,
) -> Result<Start, Invalid> {
    let mut invalid = Invalid::default();
    let found = product(app.part::<Catalog>(), &text("product"));
    if found.is_none() {
        let code = if text("product").is_empty() { "required" } else { "sku-unknown" };
        invalid = invalid.and("product", code, Vec::new());
    }
    let quantity = found.as_ref().map(|product| Quantity::typed(&text("quantity"), product.packing.unit, notation));
    let quantity = quantity.and_then(|quantity| invalid.take("quantity", quantity));
    let price = Some(text("price")).filter(|price| !price.is_empty());
    let price = price.map(|price| UnitPrice::typed(&price, company.currency, notation));
    let price = price.and_then(|price| invalid.take("price", price));
    let contact = text("contact");
    let chosen = UserId::parse(&contact);
    if chosen.is_none() && !contact.is_empty() {
        invalid = invalid.and("contact", "choice", Vec::new());
    }
    match (found, quantity) {
        (Some(product), Some(quantity)) if invalid.fields.is_empty() => Ok(Start {
            contact: chosen,
            product: product.id,
            quantity,
            price,
            message: text("message"),
            rationale: text("rationale"),
        }),
        _ => Err(invalid),
    }
}

async fn begun(
    app: &App,
    visitor: &Visitor,
    number: &str,
    text: &(dyn Fn(&str) -> String + Sync),
    notation: Notation,
) -> Outcome<NegotiationId> {
    let company = companies::queries::by_number(&app.db().read().await?, number).await?.ok_or(Failure::NotFound)?;
    let (ctx, start) = (&app.ctx(visitor), &read(app, &company, text, notation)?);
    app.write(|tx| async move { attending::start_for(&tx, ctx, company.id, start).await }).await
}

/// Fields of the ask under the names that this form has for them.
fn renamed(invalid: Invalid, visitor: &Visitor) -> Invalid {
    let field = |error: kernel::FieldError| {
        let field = error.field.strip_prefix("lines[0].").unwrap_or(&error.field).to_owned();
        kernel::FieldError { field, args: negotiation::panel::localised(&error.args, &visitor.locale), ..error }
    };
    Invalid { fields: invalid.fields.into_iter().map(field).collect() }
}

pub(super) async fn begin(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let text = |name: &str| fields.text(name).to_owned();
    let asked = Asked { q: String::new(), company: text("company"), product: String::new() };
    let (status, form, refusal) = match begun(&app, &visitor, &asked.company, &text, fields.notation()).await {
        Ok(id) => return web::flash(web::see_other(&negotiations::desk_href(id)), "negotiation-started"),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&renamed(invalid, &visitor), &visitor.locale);
            (StatusCode::UNPROCESSABLE_ENTITY, form, String::new())
        }
        Err(Failure::Refused(refused)) => (StatusCode::CONFLICT, fields.kept(), visitor.refusal(&refused)),
        Err(other) => return Err(other.into()),
    };
    web::page_with(status, &start_page(&app, &visitor, &asked, form, refusal).await?)
}

pub(super) async fn begin_json(State(app): State<App>, visitor: Visitor, Json(body): Json<StartNegotiation>) -> Reply {
    let text = |name: &str| match name {
        "contact" => body.contact.clone(),
        "product" => body.product.clone(),
        "quantity" => body.quantity.clone(),
        "price" => body.price.clone(),
        "message" => body.message.clone(),
        _ => body.rationale.clone(),
    };
    let id = begun(&app, &visitor, &body.company, &text, Notation::Plain).await.map_err(|failure| match failure {
        Failure::Invalid(invalid) => Failure::Invalid(renamed(invalid, &visitor)),
        other => other,
    })?;
    web::created(&format!("/api/v1/desk/{id}"), &api::load(&app, &visitor, id).await?)
}
