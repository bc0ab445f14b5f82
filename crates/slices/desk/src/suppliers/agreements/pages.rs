//! Agreements in the office.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use i18n::Locale;
use kernel::{AgreementId, Amount, Failure, Invalid, Outcome, Quantity};
use negotiation::attachments::form::Sent;
use terms::agreements::{Agreement, Basis, Period, Step};
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::actions;
use super::typed::{self, AgreementText};

/// A line of the list.
struct Row {
    href: String,
    supplier: String,
    about: String,
    is_article: bool,
    steps: Vec<String>,
    period: String,
    bought: String,
    validity: String,
    state: String,
    class: &'static str,
}

/// What can be chosen in the form: code and word.
struct Choices {
    bases: Vec<(&'static str, String)>,
    periods: Vec<(&'static str, String)>,
    units: Vec<(&'static str, String)>,
    currencies: Vec<&'static str>,
}

#[derive(Template)]
#[template(path = "suppliers/agreements/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
    form: FormState,
    choices: Choices,
    csv: FormState,
}

#[derive(Template)]
#[template(path = "suppliers/agreements/edit.html")]
struct EditPage {
    shell: Shell,
    id: String,
    form: FormState,
    choices: Choices,
    refusal: String,
}

fn choices(visitor: &Visitor) -> Choices {
    let word = |key: String| visitor.locale.text(&key);
    Choices {
        bases: Basis::ALL.map(|b| (b.code(), word(format!("agreement-basis-{}", b.code())))).into(),
        periods: Period::ALL.map(|p| (p.code(), word(format!("agreement-period-{}", p.code())))).into(),
        units: kernel::Unit::ALL.map(|u| (u.code(), word(format!("unit-{}", u.code())))).into(),
        currencies: kernel::Currency::ALL.iter().map(|currency| currency.code()).collect(),
    }
}

fn row(app: &App, visitor: &Visitor, agreement: &Agreement) -> Row {
    let (locale, today) = (&visitor.locale, app.today());
    let product = agreement.product.and_then(|id| app.part::<Catalog>().product(id));
    let (key, class) = match () {
        () if today < agreement.valid_from => ("agreement-future", "warn"),
        () if today > agreement.valid_until => ("agreement-ended", ""),
        () => ("agreement-holds", "ok"),
    };
    let dates = [("from", locale.date(agreement.valid_from)), ("until", locale.date(agreement.valid_until))];
    Row {
        href: format!("/office/suppliers/{}", agreement.id),
        supplier: agreement.supplier.clone(),
        about: match (&product, &agreement.brand) {
            (Some(product), _) => product.sku.to_string(),
            (None, brand) => brand.clone().unwrap_or_default(),
        },
        is_article: product.is_some(),
        steps: agreement.steps.iter().map(|step| step_text(locale, agreement, step)).collect(),
        period: locale.text(&format!("agreement-period-{}", agreement.period.code())),
        bought: counted(locale, agreement, agreement.bought),
        validity: locale.text_with("agreement-dates", &dates.map(|(name, date)| (name, date.into()))),
        state: locale.text(key),
        class,
    }
}

/// What is paid back from how much on.
fn step_text(locale: &Locale, agreement: &Agreement, step: &Step) -> String {
    let paid = terms::words::per_unit(locale, step.per_unit, Quantity::new(Quantity::SCALE, agreement.unit));
    let args = [("reached", counted(locale, agreement, step.reaches).into()), ("paid", paid.into())];
    locale.text_with("agreement-step", &args)
}

/// A quantity or an amount as people read it.
fn counted(locale: &Locale, agreement: &Agreement, counted: i64) -> String {
    match agreement.basis {
        Basis::Quantity => locale.quantity_unit(Quantity::new(counted, agreement.unit)),
        Basis::Amount => locale.money(Amount::new(counted, agreement.currency)),
    }
}

/// An empty form with what is usual.
fn blank(app: &App) -> FormState {
    let today = app.today();
    FormState::of([
        ("basis", Basis::Quantity.code().to_owned()),
        ("unit", kernel::Unit::Piece.code().to_owned()),
        ("currency", app.settings().currency.code().to_owned()),
        ("period", Period::Year.code().to_owned()),
        ("valid_from", today.to_string()),
        ("valid_until", today.plus_days(365).to_string()),
        ("bought", "0".to_owned()),
        ("bought_on", today.to_string()),
    ])
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    list_page(&app, &visitor, blank(&app), FormState::default(), StatusCode::OK).await
}

async fn list_page(app: &App, visitor: &Visitor, form: FormState, csv: FormState, status: StatusCode) -> Reply {
    let all = actions::all(&app.db().read().await?, &visitor.actor).await?;
    let page = ListPage {
        shell: Shell::load(app, visitor, &visitor.locale.text("suppliers-title")).await?,
        rows: all.iter().map(|agreement| row(app, visitor, agreement)).collect(),
        form,
        choices: choices(visitor),
        csv,
    };
    web::page_with(status, &page)
}

fn read(app: &App, fields: &Fields) -> Outcome<Agreement> {
    AgreementText::of_form(fields).read(app.part::<Catalog>(), app.today())
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = match read(&app, &fields) {
        Ok(new) => {
            let new = &new;
            app.write(|tx| async move { actions::create(&tx, ctx, new).await }).await
        }
        Err(failure) => Err(failure),
    };
    match done {
        Ok(_) => web::flash(web::see_other("/office/suppliers"), "agreement-saved"),
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            list_page(&app, &visitor, form, FormState::default(), StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn import(State(app): State<App>, visitor: Visitor, sent: Sent) -> Reply {
    let (ctx, catalog) = (&app.ctx(&visitor), app.part::<Catalog>());
    let file = sent.file("csv").map(|file| String::from_utf8_lossy(&file.bytes).into_owned());
    let done = match &file {
        Some(text) => app.write(|tx| async move { actions::import(&tx, ctx, catalog, text).await }).await,
        None => Err(Invalid::field("csv", "required").into()),
    };
    match done {
        Ok(_) => web::flash(web::see_other("/office/suppliers"), "agreements-imported"),
        Err(Failure::Invalid(invalid)) => {
            let form = FormState::default().with_errors(&invalid, &visitor.locale);
            list_page(&app, &visitor, blank(&app), form, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn edit(State(app): State<App>, visitor: Visitor, Path(id): Path<AgreementId>) -> Reply {
    let agreement = actions::one(&app.db().read().await?, &visitor.actor, id).await?;
    let form = typed::form(&agreement, app.part::<Catalog>(), visitor.locale.notation());
    edit_page(&app, &visitor, id, form, String::new(), StatusCode::OK).await
}

async fn edit_page(
    app: &App,
    visitor: &Visitor,
    id: AgreementId,
    form: FormState,
    refusal: String,
    status: StatusCode,
) -> Reply {
    let shell = Shell::load(app, visitor, &visitor.locale.text("agreement-title")).await?;
    let (id, choices) = (id.to_string(), choices(visitor));
    web::page_with(status, &EditPage { shell, id, form, choices, refusal })
}

pub(super) async fn update(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<AgreementId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let version = fields.text("version").parse().unwrap_or(0);
    let done = match read(&app, &fields) {
        Ok(read) => {
            let changed = &Agreement { id, version, ..read };
            app.write(|tx| async move { actions::change(&tx, ctx, changed).await }).await
        }
        Err(failure) => Err(failure),
    };
    let (form, refusal, status) = match done {
        Ok(()) => return web::flash(web::see_other("/office/suppliers"), "agreement-saved"),
        Err(Failure::Invalid(invalid)) => {
            (fields.rejected(&invalid, &visitor.locale), String::new(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(Failure::Refused(refused)) => (fields.kept(), visitor.refusal(&refused), StatusCode::CONFLICT),
        Err(other) => return Err(other.into()),
    };
    edit_page(&app, &visitor, id, form, refusal, status).await
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Path(id): Path<AgreementId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::remove(&tx, ctx, id).await }).await?;
    web::flash(web::see_other("/office/suppliers"), "agreement-removed")
}
