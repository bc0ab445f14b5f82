//! The account pages.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Access, AddressId, Ctx, Failure, Outcome, Permission, UserId};
use web::{App, Fields, Form, FormState, Method, Path, Reply, Routes, Shell, State, Visitor};

use super::{Account, data, parse};
use crate::people::{self, actions::Profile};
use crate::sessions::{self, Sessions, pages::without_session, store::SessionRow};
use crate::units::UnitAt;
use crate::{addresses, sign_out, units};

pub(crate) fn routes() -> Routes {
    let manage = Access::Needs(Permission::ManageCompany);
    Routes::new()
        .merge(data::page_routes())
        .page(Method::GET, "/account", Access::SignedIn, profile)
        .page(Method::POST, "/account/profile", Access::SignedIn, change_profile)
        .page(Method::POST, "/account/password", Access::SignedIn, change_password)
        .page(Method::POST, "/account/sessions/closure", Access::SignedIn, close_sessions)
        .page(Method::GET, "/account/company", Access::Needs(Permission::ViewCompany), company)
        .page(Method::POST, "/account/company/people", manage, invite)
        .page(Method::POST, "/account/company/people/{id}/roles", manage, set_roles)
        .page(Method::POST, "/account/company/people/{id}/block", manage, block)
        .page(Method::POST, "/account/company/people/{id}/unblock", manage, unblock)
        .page(Method::POST, "/account/company/people/{id}/erasure", manage, erase)
        .page(Method::POST, "/account/company/units", manage, add_unit)
        .page(Method::POST, "/account/company/addresses", manage, add_address)
        .page(Method::POST, "/account/company/addresses/{id}/archive", manage, archive_address)
}

#[derive(Template)]
#[template(path = "account/profile.html")]
struct ProfilePage {
    shell: Shell,
    form: FormState,
    password: FormState,
    refusal: String,
    sessions: Vec<(SessionRow, String, bool)>,
}

impl ProfilePage {
    /// A browser and its system in two words; what is no browser says its own name.
    fn program(client: &str) -> String {
        const BROWSERS: [(&str, &str); 5] = [
            ("Edg/", "Edge"),
            ("OPR/", "Opera"),
            ("Firefox/", "Firefox"),
            ("Chrome/", "Chrome"),
            ("Safari/", "Safari"),
        ];
        const SYSTEMS: [(&str, &str); 6] = [
            ("Android", "Android"),
            ("iPhone", "iPhone"),
            ("iPad", "iPad"),
            ("Windows", "Windows"),
            ("Mac OS", "macOS"),
            ("Linux", "Linux"),
        ];
        let find = |known: &[(&str, &'static str)]| {
            known.iter().find(|(mark, _)| client.contains(mark)).map(|(_, name)| *name)
        };
        match (find(&BROWSERS), find(&SYSTEMS)) {
            (Some(browser), Some(system)) => format!("{browser}, {system}"),
            (Some(name), None) => name.to_owned(),
            _ => client.to_owned(),
        }
    }
}

/// What of the profile page came back with errors.
#[derive(Default)]
struct Returned {
    profile: Option<FormState>,
    password: Option<FormState>,
    refusal: String,
}

async fn profile_page(app: &App, visitor: &Visitor, returned: Returned) -> Reply {
    let ctx = app.ctx(visitor);
    let person = ctx.actor.user()?;
    let (member, sessions) = {
        let tx = app.db().read().await?;
        let member = people::queries::member(&tx, person).await?.ok_or(Failure::NotFound)?;
        (member, sessions::store::of_person(&tx, person, ctx.now).await?)
    };
    let is_wrong = returned.profile.is_some() || returned.password.is_some();
    let first = FormState::of([
        ("name", member.name),
        ("phone", member.phone),
        ("language", member.language),
        ("time_zone", member.time_zone),
    ]);
    let present = visitor.person.as_ref().map(|p| p.session);
    let sessions = sessions.into_iter().map(|row| {
        let (began, here) = (visitor.locale.moment(row.created), Some(row.id) == present);
        (row, began, here)
    });
    let page = ProfilePage {
        sessions: sessions.collect(),
        shell: Shell::load(app, visitor, &visitor.locale.text("profile-title")).await?,
        form: returned.profile.unwrap_or(first),
        password: returned.password.unwrap_or_default(),
        refusal: returned.refusal,
    };
    web::page_with(if is_wrong { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK }, &page)
}

async fn profile(State(app): State<App>, visitor: Visitor) -> Reply {
    profile_page(&app, &visitor, Returned::default()).await
}

async fn change_profile(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let text = |name: &str| fields.text(name).to_owned();
    let profile =
        &Profile { name: text("name"), phone: text("phone"), language: text("language"), time_zone: text("time_zone") };
    match app.write(|tx| async move { people::actions::change_profile(&tx, ctx, profile).await }).await {
        Ok(()) => {
            app.part::<Sessions>().forget();
            web::flash(web::see_other("/account"), "saved")
        }
        Err(Failure::Invalid(invalid)) => {
            let form = fields.rejected(&invalid, &visitor.locale);
            profile_page(&app, &visitor, Returned { profile: Some(form), ..Returned::default() }).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn change_password(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let text = |name: &str| fields.0.get(name).map_or("", String::as_str);
    let (ctx, base_url) = (app.ctx(&visitor), &app.settings().base_url);
    let (present, new) = (text("present"), text("new_password"));
    match sessions::actions::change_password(app.db(), &ctx, present, new, visitor.address, base_url).await {
        Ok(()) => {
            app.part::<Sessions>().forget();
            without_session(&app, web::flash(web::see_other("/sign-in"), "password-set")?)
        }
        Err(Failure::Invalid(invalid)) => {
            let form = FormState::default().with_errors(&invalid, &visitor.locale);
            profile_page(&app, &visitor, Returned { password: Some(form), ..Returned::default() }).await
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            profile_page(
                &app,
                &visitor,
                Returned { password: Some(FormState::default()), refusal, ..Returned::default() },
            )
            .await
        }
        Err(other) => Err(other.into()),
    }
}

async fn close_sessions(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    let person = ctx.actor.user()?;
    app.write(|tx| async move { sign_out::end_all(&tx, ctx, person).await }).await?;
    app.part::<Sessions>().forget();
    without_session(&app, web::flash(web::see_other("/sign-in"), "signed-out-everywhere")?)
}

/// A person of the company, as the table shows it.
struct PersonRow {
    id: String,
    name: String,
    email: String,
    title: String,
    unit: String,
    unit_id: String,
    role: &'static str,
    is_blocked: bool,
    is_me: bool,
}

#[derive(Template)]
#[template(path = "account/company.html")]
struct CompanyPage {
    shell: Shell,
    account: Account,
    people: Vec<PersonRow>,
    units: Vec<UnitAt>,
    may_manage: bool,
    credit_limit: String,
    person_form: FormState,
    unit_form: FormState,
    address_form: FormState,
    refusal: String,
    countries: Vec<(String, String)>,
}

/// Which of the forms of the company page came back with errors.
enum Wrong {
    None,
    Refused(String),
    Person(FormState),
    Unit(FormState),
    Address(FormState),
}

async fn company_page(app: &App, visitor: &Visitor, wrong: Wrong) -> Reply {
    let ctx = app.ctx(visitor);
    let account = super::own(&app.db().read().await?, &ctx).await?;
    let units = units::tree(&account.units);
    let people = people_rows(&account, &units, &ctx);
    let status = match wrong {
        Wrong::None => StatusCode::OK,
        Wrong::Refused(_) => StatusCode::CONFLICT,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let mut refusal = String::new();
    let at_home = FormState::of([("country", account.company.country.to_string())]);
    let (mut person_form, mut unit_form, mut address_form) = (FormState::default(), FormState::default(), at_home);
    match wrong {
        Wrong::None => {}
        Wrong::Refused(sentence) => refusal = sentence,
        Wrong::Person(form) => person_form = form,
        Wrong::Unit(form) => unit_form = form,
        Wrong::Address(form) => address_form = form,
    }
    let page = CompanyPage {
        shell: Shell::load(app, visitor, &account.company.name).await?,
        credit_limit: visitor.locale.money(account.company.credit_limit),
        may_manage: visitor.may(Permission::ManageCompany),
        account,
        people,
        units,
        person_form,
        unit_form,
        address_form,
        refusal,
        countries: crate::names::countries(&visitor.locale),
    };
    web::page_with(status, &page)
}

fn people_rows(account: &Account, units: &[UnitAt], ctx: &Ctx) -> Vec<PersonRow> {
    let unit_name =
        |id| units.iter().find(|at| Some(at.unit.id) == id).map(|at| at.unit.name.clone()).unwrap_or_default();
    let row = |member: &people::Member| PersonRow {
        id: member.id.to_string(),
        name: member.name.clone(),
        email: member.email.to_string(),
        title: member.title.clone(),
        unit: unit_name(member.unit),
        unit_id: member.unit.map(|u| u.to_string()).unwrap_or_default(),
        role: member.roles.iter().last().map_or("", kernel::Role::code),
        is_blocked: member.is_blocked,
        is_me: ctx.actor.user == Some(member.id),
    };
    account.people.iter().filter(|member| !member.is_erased()).map(row).collect()
}

async fn company(State(app): State<App>, visitor: Visitor) -> Reply {
    company_page(&app, &visitor, Wrong::None).await
}

/// After a form of the company page: back to it, or the form again with its errors.
async fn after(
    app: &App,
    visitor: &Visitor,
    done: Outcome<()>,
    wrong: impl FnOnce(&kernel::Invalid) -> Wrong,
) -> Reply {
    match done {
        Ok(()) => {
            app.part::<Sessions>().forget();
            web::flash(web::see_other("/account/company"), "saved")
        }
        Err(Failure::Invalid(invalid)) => company_page(app, visitor, wrong(&invalid)).await,
        Err(Failure::Refused(refused)) if refused.kind != kernel::RefusalKind::Forbidden => {
            let sentence = visitor.refusal(&refused);
            company_page(app, visitor, Wrong::Refused(sentence)).await
        }
        Err(other) => Err(other.into()),
    }
}

async fn invite(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let done = add_colleague(&app, &app.ctx(&visitor), &fields).await.map(|_| ());
    after(&app, &visitor, done, |invalid| Wrong::Person(fields.rejected(invalid, &visitor.locale))).await
}

/// Adds a colleague and mails the link to set a password.
pub(super) async fn add_colleague(app: &App, ctx: &Ctx, fields: &Fields) -> Outcome<UserId> {
    let company = ctx.actor.company()?;
    let by = people::queries::member(&app.db().read().await?, ctx.actor.user()?).await?.ok_or(Failure::NotFound)?;
    let (new, base_url) = (&parse::colleague(fields, company, &by)?, &app.settings().base_url);
    app.write(|tx| async move {
        let id = people::actions::create(&tx, ctx, new).await?;
        sessions::links::invite(&tx, ctx, id, base_url).await?;
        Ok(id)
    })
    .await
}

async fn set_roles(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<UserId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let ctx = &app.ctx(&visitor);
    let mut invalid = kernel::Invalid::default();
    let (roles, unit) = (parse::role(&fields, &mut invalid), parse::unit(&fields, &mut invalid));
    let done = match invalid.check() {
        Ok(()) => app.write(|tx| async move { people::actions::set_roles(&tx, ctx, id, roles, unit).await }).await,
        Err(failure) => Err(failure),
    };
    after(&app, &visitor, done, |invalid| Wrong::Person(FormState::default().with_errors(invalid, &visitor.locale)))
        .await
}

async fn block(state: State<App>, visitor: Visitor, id: Path<UserId>) -> Reply {
    set_blocked(state, visitor, id, true).await
}

async fn unblock(state: State<App>, visitor: Visitor, id: Path<UserId>) -> Reply {
    set_blocked(state, visitor, id, false).await
}

async fn set_blocked(State(app): State<App>, visitor: Visitor, Path(id): Path<UserId>, is_blocked: bool) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = app.write(|tx| async move { people::actions::set_blocked(&tx, ctx, id, is_blocked).await }).await;
    after(&app, &visitor, done, |_| Wrong::None).await
}

async fn erase(State(app): State<App>, visitor: Visitor, Path(id): Path<UserId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = app.write(|tx| async move { people::actions::erase(&tx, ctx, id).await }).await;
    after(&app, &visitor, done, |_| Wrong::None).await
}

async fn add_unit(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let mut invalid = kernel::Invalid::default();
    let parent = parse::unit(&fields, &mut invalid);
    let (code, name) = (fields.text("code"), fields.text("name"));
    let done = match (ctx.actor.company(), invalid.check()) {
        (Ok(company), Ok(())) => {
            app.write(|tx| async move { units::create(&tx, ctx, company, parent, code, name).await }).await
        }
        (Err(failure), _) | (_, Err(failure)) => Err(failure),
    };
    after(&app, &visitor, done.map(|_| ()), |invalid| Wrong::Unit(fields.rejected(invalid, &visitor.locale))).await
}

async fn add_address(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let done = match (ctx.actor.company(), &parse::address(&fields)) {
        (Ok(company), Ok(new)) => {
            app.write(|tx| async move { addresses::create(&tx, ctx, company, new).await }).await.map(|_| ())
        }
        (Err(failure), _) => Err(failure),
        (_, Err(Failure::Invalid(invalid))) => Err(invalid.clone().into()),
        (_, Err(_)) => Err(Failure::NotFound),
    };
    after(&app, &visitor, done, |invalid| Wrong::Address(fields.rejected(invalid, &visitor.locale))).await
}

async fn archive_address(State(app): State<App>, visitor: Visitor, Path(id): Path<AddressId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let company = ctx.actor.company()?;
    let done = app.write(|tx| async move { addresses::archive(&tx, ctx, company, id).await }).await;
    after(&app, &visitor, done, |_| Wrong::None).await
}
