//! Companies by JSON, for staff and the ERP.

use kernel::{Access, Failure, Permission};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::{ApiDoc, App, Fields, Json, Method, Path, Query, Reply, Routes, State, Visitor};

use super::pages::ListQuery;
use crate::companies::{self, Company, Word};
use crate::people::PeopleRefusal;
use crate::sessions::Sessions;

pub(crate) fn routes() -> Routes {
    let view = Access::Needs(Permission::ViewCompanies);
    let doc = |id, summary| ApiDoc::new("companies", id, summary);
    Routes::new()
        .api(
            Method::GET,
            "/api/v1/companies",
            view,
            doc("list_companies", "Companies by name.").query::<ListParameters>().response::<Companies>(),
            list,
        )
        .api(
            Method::GET,
            "/api/v1/companies/{number}",
            view,
            doc("get_company", "One company by its customer number.").response::<CompanyTerms>(),
            show,
        )
        .api(
            Method::PUT,
            "/api/v1/companies/{number}",
            Access::Needs(Permission::ManageCompanies),
            doc("change_company", "Changes a company's terms.").request::<CompanyTerms>().refusals(PeopleRefusal::ALL),
            update,
        )
        .api(
            Method::GET,
            "/api/v1/company-words",
            view,
            doc("list_company_words", "The segments and price groups in which companies may be.")
                .response::<CompanyWords>(),
            words,
        )
        .api(
            Method::POST,
            "/api/v1/company-words",
            Access::Needs(Permission::ManageCompanies),
            doc("add_company_word", "Adds a segment or a price group.").request::<NewWord>(),
            add_word,
        )
}

/// Which companies.
#[derive(JsonSchema)]
#[expect(dead_code, reason = "only its schema is used: what is read is `ListQuery`")]
struct ListParameters {
    /// Part of name or number.
    q: Option<String>,
    /// Of this segment.
    segment: Option<String>,
    /// From 1.
    page: Option<u32>,
    /// 1 to 200.
    per_page: Option<u32>,
}

/// A page of companies.
#[derive(Serialize, JsonSchema)]
struct Companies {
    total: i64,
    companies: Vec<CompanyTerms>,
}

/// A company's terms, as staff see them.
#[derive(Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct CompanyTerms {
    #[serde(default)]
    number: String,
    name: String,
    #[serde(default)]
    vat_id: String,
    /// When this VAT id was confirmed, as `2026-11-27`; empty while it was not. Not changed here.
    #[serde(default)]
    vat_confirmed_on: String,
    country: String,
    segment: String,
    #[serde(default)]
    price_group: String,
    #[serde(default)]
    currency: String,
    payment_days: i64,
    credit_limit: String,
    /// Id of the sales rep.
    #[serde(default)]
    rep: String,
    #[serde(default)]
    is_negotiation_blocked: bool,
    /// As read; another one means that somebody was faster.
    version: i64,
}

impl CompanyTerms {
    fn of(c: &Company) -> Self {
        Self {
            number: c.number.clone(),
            name: c.name.clone(),
            vat_id: c.vat_id.as_ref().map(ToString::to_string).unwrap_or_default(),
            vat_confirmed_on: c.vat_confirmed_on.map(|on| on.to_string()).unwrap_or_default(),
            country: c.country.to_string(),
            segment: c.segment.clone(),
            price_group: c.price_group.clone().unwrap_or_default(),
            currency: c.currency.code().into(),
            payment_days: c.payment_days,
            credit_limit: c.credit_limit.to_decimal(),
            rep: c.rep.map(|r| r.to_string()).unwrap_or_default(),
            is_negotiation_blocked: c.is_negotiation_blocked,
            version: c.version,
        }
    }
}

/// The words that put companies into classes.
#[derive(Serialize, JsonSchema)]
struct CompanyWords {
    segments: Vec<String>,
    price_groups: Vec<String>,
}

/// A new segment or price group.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewWord {
    /// `segment` or `price_group`.
    kind: String,
    /// Up to 40 characters.
    word: String,
}

async fn words(State(app): State<App>) -> Reply {
    let tx = app.db().read().await?;
    let segments = companies::queries::words(&tx, Word::Segment).await?;
    web::json(&CompanyWords { segments, price_groups: companies::queries::words(&tx, Word::PriceGroup).await? })
}

async fn add_word(State(app): State<App>, visitor: Visitor, Json(body): Json<NewWord>) -> Reply {
    let (word, text) = &super::word(&body.kind, &body.word)?;
    let ctx = &app.ctx(&visitor);
    let done = app.write(|tx| async move { companies::actions::add_word(&tx, ctx, *word, text).await }).await;
    done.map_err(|failure| match failure {
        Failure::Invalid(invalid) => super::at_word(invalid).into(),
        other => other,
    })?;
    web::no_content()
}

async fn list(State(app): State<App>, Query(query): Query<ListQuery>) -> Reply {
    let pager = query.pager();
    let (rows, total) =
        companies::queries::list(&app.db().read().await?, &query.filter(), pager.per_page, pager.offset()).await?;
    web::json(&Companies { total, companies: rows.iter().map(|r| CompanyTerms::of(&r.company)).collect() })
}

async fn show(State(app): State<App>, Path(number): Path<String>) -> Reply {
    let company = companies::queries::by_number(&app.db().read().await?, &number).await?.ok_or(Failure::NotFound)?;
    web::json(&CompanyTerms::of(&company))
}

async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Json(b): Json<CompanyTerms>,
) -> Reply {
    let company = companies::queries::by_number(&app.db().read().await?, &number).await?.ok_or(Failure::NotFound)?;
    let pairs = [
        ("name", b.name),
        ("vat_id", b.vat_id),
        ("country", b.country),
        ("segment", b.segment),
        ("price_group", b.price_group),
        ("payment_days", b.payment_days.to_string()),
        ("credit_limit", b.credit_limit),
        ("rep", b.rep),
        ("is_negotiation_blocked", if b.is_negotiation_blocked { "1".into() } else { String::new() }),
        ("version", b.version.to_string()),
    ];
    let change = &super::change(&Fields::of(BTreeMap::from(pairs.map(|(k, v)| (k.to_owned(), v)))), company.currency)?;
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { companies::actions::update(&tx, ctx, company.id, change).await }).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}
