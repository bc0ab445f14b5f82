//! Companies for staff: the list and one company.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Access, Failure, Permission};
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Method, PageLink, Pager, Path, Query, Reply, Routes, Shell, State, Visitor};

use crate::account::{self, Account};
use crate::companies::{self, CompanyFilter, CompanyRow};
use crate::people;
use crate::sessions::Sessions;
use crate::units::{self, UnitAt};

pub(crate) fn routes() -> Routes {
    let view = Access::Needs(Permission::ViewCompanies);
    Routes::new()
        .page(Method::GET, "/office/companies", view, list)
        .page(Method::GET, "/office/companies/{number}", view, show)
        .page(Method::POST, "/office/companies/{number}", Access::Needs(Permission::ManageCompanies), update)
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
    may_manage: bool,
    /// The VAT id, and when it was confirmed; empty without one.
    vat_id: String,
    vat_confirmed_on: String,
    today: String,
    refusal: String,
}

async fn company_page(app: &App, visitor: &Visitor, number: &str, wrong: Option<FormState>, refusal: String) -> Reply {
    let tx = app.db().read().await?;
    let company = companies::queries::by_number(&tx, number).await?.ok_or(Failure::NotFound)?;
    let account = account::of(&tx, company).await?;
    let reps = people::queries::staff(&tx).await?;
    drop(tx);
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let page = CompanyPage {
        shell: Shell::load(app, visitor, &account.company.name).await?,
        units: units::tree(&account.units),
        form: wrong.unwrap_or_else(|| form_of(&account)),
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
        refusal,
    };
    web::page_with(status, &page)
}

fn form_of(account: &Account) -> FormState {
    let c = &account.company;
    FormState::of([
        ("name", c.name.clone()),
        ("vat_id", c.vat_id.as_ref().map(ToString::to_string).unwrap_or_default()),
        ("country", c.country.to_string()),
        ("segment", c.segment.clone()),
        ("price_group", c.price_group.clone().unwrap_or_default()),
        ("payment_days", c.payment_days.to_string()),
        ("credit_limit", c.credit_limit.to_decimal()),
        ("rep", c.rep.map(|r| r.to_string()).unwrap_or_default()),
        ("is_negotiation_blocked", if c.is_negotiation_blocked { "1".into() } else { String::new() }),
        ("version", c.version.to_string()),
    ])
}

async fn show(State(app): State<App>, visitor: Visitor, Path(number): Path<String>) -> Reply {
    company_page(&app, &visitor, &number, None, String::new()).await
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
            web::flash(web::see_other(&format!("/office/companies/{number}")), "saved")
        }
        Err(Failure::Invalid(invalid)) => {
            company_page(&app, &visitor, &number, Some(fields.rejected(&invalid, &visitor.locale)), String::new()).await
        }
        Err(Failure::Refused(refused)) => {
            company_page(&app, &visitor, &number, Some(fields.kept()), visitor.refusal(&refused)).await
        }
        Err(other) => Err(other.into()),
    }
}
