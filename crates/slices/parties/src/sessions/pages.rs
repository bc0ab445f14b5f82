//! Sign-in, sign-out, forgotten password, and the small settings kept in cookies.

use askama::Template;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use kernel::{Access, Failure, Outcome};
use serde::Deserialize;
use web::{
    App, Fields, Form, FormState, Method, Path, Query, Reply, Response, Routes, SESSION_COOKIE, Shell, State, Visitor,
};

use super::{Opened, Sessions, actions};
use crate::{people, sign_out};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .page(Method::GET, "/sign-in", Access::Public, sign_in_form)
        .page(Method::POST, "/sign-in", Access::Public, sign_in)
        .page(Method::GET, "/welcome", Access::SignedIn, welcome)
        .page(Method::POST, "/sign-out", Access::Public, sign_out)
        .page(Method::GET, "/password", Access::Public, reset_form)
        .page(Method::POST, "/password", Access::Public, request_reset)
        .page(Method::GET, "/password/{token}", Access::Public, new_password_form)
        .page(Method::POST, "/password/{token}", Access::Public, set_new_password)
        .page(Method::POST, "/settings/{name}", Access::Public, setting)
}

#[derive(Template)]
#[template(path = "sessions/sign_in.html")]
struct SignInPage {
    shell: Shell,
    form: FormState,
    refusal: String,
    next: String,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

/// Only paths of this installation may be gone to after signing in.
fn own_path(next: &str) -> Option<&str> {
    let is_own = next.starts_with('/') && !next.starts_with("//") && !next.contains(['\\', '\r', '\n']);
    is_own.then_some(next)
}

async fn sign_in_form(State(app): State<App>, visitor: Visitor, Query(query): Query<Next>) -> Reply {
    if visitor.is_signed_in() {
        return web::see_other(home(&visitor));
    }
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("sign-in")).await?;
    web::page(&SignInPage { shell, form: FormState::default(), refusal: String::new(), next: query.next })
}

fn home(visitor: &Visitor) -> &'static str {
    if visitor.actor.is_staff() { "/desk" } else { "/" }
}

async fn sign_in(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Form(fields): Form<Fields>) -> Reply {
    let ctx = app.ctx(&visitor);
    let client = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let password = fields.0.get("password").map_or("", String::as_str);
    match actions::sign_in(app.db(), &ctx, fields.text("email"), password, client).await {
        Ok(opened) => with_session(&app, &opened, own_path(fields.text("next")).unwrap_or("/welcome")),
        Err(failure) => sign_in_again(&app, &visitor, &fields, failure).await,
    }
}

/// Where one begins after signing in: staff at the desk, buyers in the shop.
async fn welcome(visitor: Visitor) -> Reply {
    web::see_other(home(&visitor))
}

async fn sign_in_again(app: &App, visitor: &Visitor, fields: &Fields, failure: Failure) -> Reply {
    let mut kept = fields.clone();
    kept.0.remove("password");
    let (form, refusal, status) = match failure {
        Failure::Invalid(invalid) => {
            (kept.rejected(&invalid, &visitor.locale), String::new(), StatusCode::UNPROCESSABLE_ENTITY)
        }
        Failure::Refused(refused) => (kept.kept(), visitor.refusal(&refused), StatusCode::UNPROCESSABLE_ENTITY),
        other => return Err(other.into()),
    };
    let shell = Shell::load(app, visitor, &visitor.locale.text("sign-in")).await?;
    web::page_with(status, &SignInPage { shell, form, refusal, next: fields.text("next").to_owned() })
}

fn with_session(app: &App, opened: &Opened, to: &str) -> Reply {
    let secure = if app.settings().secure_cookies { "; Secure" } else { "" };
    let seconds = opened.expires.since(app.now()) / kernel::Instant::SECOND;
    let cookie =
        format!("{SESSION_COOKIE}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}", opened.token);
    with_cookie(web::see_other(to)?, &cookie)
}

fn with_cookie(mut response: Response, cookie: &str) -> Reply {
    let value = HeaderValue::from_str(cookie).map_err(|e| kernel::Fault::because("setting a cookie", e))?;
    response.headers_mut().append(header::SET_COOKIE, value);
    Ok(response)
}

/// Signing out works for everybody, also when the session has ended already.
async fn sign_out(State(app): State<App>, visitor: Visitor) -> Reply {
    if let Some(person) = &visitor.person {
        let (ctx, session) = (&app.ctx(&visitor), person.session);
        let done: Outcome<()> = app.write(|tx| async move { sign_out::close(&tx, ctx, session).await }).await;
        app.part::<Sessions>().forget();
        if let Err(failure @ Failure::Fault(_)) = done {
            return Err(failure.into());
        }
    }
    with_cookie(web::see_other("/")?, &format!("{SESSION_COOKIE}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0"))
}

#[derive(Template)]
#[template(path = "sessions/reset.html")]
struct ResetPage {
    shell: Shell,
    form: FormState,
    is_sent: bool,
}

async fn reset_form(State(app): State<App>, visitor: Visitor) -> Reply {
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("reset-title")).await?;
    web::page(&ResetPage { shell, form: FormState::default(), is_sent: false })
}

async fn request_reset(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = app.ctx(&visitor);
    let done = actions::request_reset(app.db(), &ctx, fields.text("email"), &app.settings().base_url).await;
    let (status, form, is_sent) = match done {
        Ok(()) => (StatusCode::OK, fields.kept(), true),
        Err(Failure::Invalid(invalid)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, fields.rejected(&invalid, &visitor.locale), false)
        }
        Err(other) => return Err(other.into()),
    };
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("reset-title")).await?;
    web::page_with(status, &ResetPage { shell, form, is_sent })
}

#[derive(Template)]
#[template(path = "sessions/new_password.html")]
struct NewPasswordPage {
    shell: Shell,
    form: FormState,
    token: String,
    is_alive: bool,
}

async fn new_password_page(app: &App, visitor: &Visitor, token: String, form: FormState) -> Reply {
    let is_alive = actions::is_link_alive(app.db(), &app.ctx(visitor), &token).await?;
    let status = match (is_alive, form.has_errors()) {
        (false, _) => StatusCode::CONFLICT,
        (_, true) => StatusCode::UNPROCESSABLE_ENTITY,
        _ => StatusCode::OK,
    };
    let shell = Shell::load(app, visitor, &visitor.locale.text("new-password-title")).await?;
    web::page_with(status, &NewPasswordPage { shell, form, token, is_alive })
}

async fn new_password_form(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Reply {
    new_password_page(&app, &visitor, token, FormState::default()).await
}

async fn set_new_password(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let password = fields.0.get("password").map_or("", String::as_str);
    match actions::set_password_by_link(app.db(), &app.ctx(&visitor), &token, password).await {
        Ok(()) => {
            app.part::<Sessions>().forget();
            web::flash(web::see_other("/sign-in"), "password-set")
        }
        Err(Failure::Invalid(invalid)) => {
            let form = FormState::default().with_errors(&invalid, &visitor.locale);
            new_password_page(&app, &visitor, token, form).await
        }
        Err(Failure::Refused(_)) => new_password_page(&app, &visitor, token, FormState::default()).await,
        Err(other) => Err(other.into()),
    }
}

/// Theme, density and language of this browser. Language also becomes the signed-in person's own.
async fn setting(
    State(app): State<App>,
    visitor: Visitor,
    headers: HeaderMap,
    Path(name): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let value = fields.text(&name);
    let allowed: &[&str] = match name.as_str() {
        "theme" => &["light", "dark", "auto"],
        "density" => &["comfortable", "compact"],
        "language" => &["en", "pl"],
        _ => return Err(Failure::NotFound.into()),
    };
    if !allowed.contains(&value) {
        return Err(kernel::Invalid::field(name, "choice").into());
    }
    if name == "language" && visitor.is_signed_in() {
        let (ctx, language) = (&app.ctx(&visitor), value);
        app.write(|tx| async move { people::actions::set_language(&tx, ctx, language).await }).await?;
        app.part::<Sessions>().forget();
    }
    let referer = headers.get(header::REFERER).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let path = referer.split_once("://").and_then(|(_, rest)| rest.find('/').map(|at| &rest[at..]));
    let back = path.and_then(own_path).unwrap_or("/");
    with_cookie(web::see_other(back)?, &format!("{name}={value}; Path=/; SameSite=Lax; Max-Age=31536000"))
}
