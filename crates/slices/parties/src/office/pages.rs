//! Companies for staff: the list and one company.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Access, Failure, Permission};
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Method, PageLink, Pager, Path, Query, Reply, Routes, Shell, State, Visitor};

use crate::account::{self, Account};
use crate::companies::{self, CompanyFilter, CompanyRow, Word};
use crate::people;
use crate::sessions::Sessions;
use crate::units::{self, UnitAt};

pub(crate) fn routes() -> Routes {
    let view = Access::Needs(Permission::ViewCompanies);
    Routes::new()
        .page(Method::GET, "/office/companies", view, list)
        .page(Method::GET, "/office/companies/{number}", view, show)
        .page(Method::POST, "/office/companies/{number}", Access::Needs(Permission::ManageCompanies), update)
        .page(Method::POST, "/office/company-words", Access::Needs(Permission::ManageCompanies), add_word)
}

#[derive(Deserialize)]
pub(crate) struct ListQuery {
    #[serde(default)]
    pub q: String,
    #[serde(default)]
    pub segment: String,
    pub page: Option<String>,
    pub per_page: Option<String>,
}

impl ListQuery {
    pub fn filter(&self) -> CompanyFilter {
        let some = |text: &str| Some(text.trim().to_owned()).filter(|t| !t.is_empty());
        CompanyFilter { text: some(&self.q), segment: some(&self.segment), rep: None }
    }

    pub fn pager(&self) -> Pager {
        Pager::asked(self.page.as_deref(), self.per_page.as_deref())
    }
}

#[derive(Template)]
#[template(path = "office/companies.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<CompanyRow>,
    pager: Pager,
    links: Vec<PageLink>,
    q: String,
}

async fn list(State(app): State<App>, visitor: Visitor, Query(query): Query<ListQuery>) -> Reply {
    let pager = query.pager();
    let (rows, total) =
        companies::queries::list(&app.db().read().await?, &query.filter(), pager.per_page, pager.offset()).await?;
    let pager = pager.of(total);
    let links = pager.links("/office/companies", &web::query_string(&[("q", &query.q), ("segment", &query.segment)]));
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("companies-title")).await?;
    web::page(&ListPage { shell, rows, pager, links, q: query.q })
}

#[derive(Template)]
#[template(path = "office/company.html")]
struct CompanyPage {
    shell: Shell,
    account: Account,
    units: Vec<UnitAt>,
    form: FormState,
    reps: Vec<(String, String)>,
    /// Values and texts of the choices.
    countries: Vec<(String, String)>,
    segments: Vec<(String, String)>,
    price_groups: Vec<(String, String)>,
    word_form: FormState,
    may_manage: bool,
    /// The VAT id, and when it was confirmed; empty without one.
    vat_id: String,
    vat_confirmed_on: String,
    today: String,
    refusal: String,
}

/// What of the page came back with errors.
#[derive(Default)]
struct Returned {
    terms: Option<FormState>,
    word: Option<FormState>,
    refusal: String,
}

async fn company_page(app: &App, visitor: &Visitor, number: &str, returned: Returned) -> Reply {
    let tx = app.db().read().await?;
    let company = companies::queries::by_number(&tx, number).await?.ok_or(Failure::NotFound)?;
    let account = account::of(&tx, company).await?;
    let reps = people::queries::staff(&tx).await?;
    let segments = companies::queries::words(&tx, Word::Segment).await?;
    let price_groups = companies::queries::words(&tx, Word::PriceGroup).await?;
    drop(tx);
    let is_wrong = returned.terms.is_some() || returned.word.is_some();
    let status = if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let same = |words: Vec<String>| words.into_iter().map(|word| (word.clone(), word)).collect();
    let page = CompanyPage {
        shell: Shell::load(app, visitor, &account.company.name).await?,
        units: units::tree(&account.units),
        form: returned.terms.unwrap_or_else(|| form_of(&account, &visitor.locale)),
        countries: crate::names::countries(&visitor.locale),
        segments: same(segments),
        price_groups: same(price_groups),
        word_form: returned.word.unwrap_or_default(),
        reps: reps
            .into_iter()
            .filter(|m| m.roles.has(kernel::Role::SalesRep))
            .map(|m| (m.id.to_string(), m.name))
            .collect(),
        may_manage: visitor.may(Permission::ManageCompanies),
        vat_id: account.company.vat_id.as_ref().map(ToString::to_string).unwrap_or_default(),
        vat_confirmed_on: account.company.vat_confirmed_on.map(|on| visitor.locale.date(on)).unwrap_or_default(),
        today: app.today().to_string(),
        account,
        refusal: returned.refusal,
    };
    web::page_with(status, &page)
}

fn form_of(account: &Account, locale: &i18n::Locale) -> FormState {
    let c = &account.company;
    FormState::of([
        ("name", c.name.clone()),
        ("vat_id", c.vat_id.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("country", c.country.to_string()),
        ("segment", c.segment.clone()),
        ("price_group", c.price_group.clone().unwrap_or_default()),
        ("payment_days", c.payment_days.to_string()),
        ("credit_limit", locale.amount(c.credit_limit)),
        ("rep", c.rep.map(|r| r.to_string()).unwrap_or_default()),
        ("is_negotiation_blocked", if c.is_negotiation_blocked { "1".into() } else { String::new() }),
        ("version", c.version.to_string()),
    ])
}

async fn show(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    company_page(&app, &visitor, &number, Returned::default()).await
}

async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let company = companies::queries::by_number(&app.db().read().await?, &number).await?.ok_or(Failure::NotFound)?;
    let ctx = &app.ctx(&visitor);
    let done = match &super::change(&fields, company.currency) {
        Ok(change) => {
            app.write(|tx| async move { companies::actions::update(&tx, ctx, company.id, change).await }).await
        }
        Err(Failure::Invalid(invalid)) => Err(invalid.clone().into()),
        Err(_) => Err(Failure::NotFound),
    };
    match done {
        Ok(()) => {
            app.part::<Sessions>().forget();
            web::flash(web::see_other(&href(&number)), "saved")
        }
        Err(Failure::Invalid(invalid)) => {
            let terms = Some(fields.rejected(&invalid, &visitor.locale));
            company_page(&app, &visitor, &number, Returned { terms, ..Returned::default() }).await
        }
        Err(Failure::Refused(refused)) => {
            let (terms, refusal) = (Some(fields.kept()), visitor.refusal(&refused));
            company_page(&app, &visitor, &number, Returned { terms, refusal, ..Returned::default() }).await
        }
        Err(other) => Err(other.into()),
    }
}

fn href(number: &str) -> String {
    format!("/office/companies/{}", web::encode(number))
}

/// Adds a segment or a price group, from the page of a company that is to be in it.
async fn add_word(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let number = fields.text("company");
    let typed = super::word(fields.text("kind"), fields.text("word"));
    let done = match &typed {
        Ok((word, text)) => {
            app.write(|tx| async move { companies::actions::add_word(&tx, ctx, *word, text).await }).await
        }
        Err(invalid) => Err(invalid.clone().into()),
    };
    match done {
        Ok(()) => web::flash(web::see_other(&href(number)), "saved"),
        Err(Failure::Invalid(invalid)) => {
            let word = Some(fields.rejected(&super::at_word(invalid), &visitor.locale));
            company_page(&app, &visitor, number, Returned { word, ..Returned::default() }).await
        }
        Err(other) => Err(other.into()),
    }
}
