//! Sign-in, sign-out, forgotten password.

use askama::Template;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use kernel::{Access, Failure, Instant, Outcome, Refused};
use serde::Deserialize;
use web::{
    App, Fields, Form, FormState, KeptAct, Method, Path, Query, Reply, Response, Routes, SESSION_COOKIE, Shell, State,
    Visitor,
};

use super::actions::{Attempt, Origin, STAFF};
use super::passwords::Secret;
use super::{Opened, Sessions, actions, links, rules};
use crate::sign_out;

/// The mark by which a browser is known again: it proves nothing but that somebody signed in here before.
const MARK_COOKIE: &str = "kontor_browser";

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
}

#[derive(Template)]
#[template(path = "sessions/sign_in.html")]
struct SignInPage {
    shell: Shell,
    form: FormState,
    refusal: String,
    next: String,
    kept: KeptAct,
    /// Customer number and name of each company for which this person may sign in, once the password was right.
    companies: Vec<(String, String)>,
}

#[derive(Deserialize)]
struct Next {
    #[serde(default)]
    next: String,
}

async fn sign_in_form(State(app): State<App>, visitor: Visitor, Query(query): Query<Next>) -> Reply {
    if visitor.is_signed_in() {
        let next = Some(query.next.as_str()).filter(|next| web::is_own_path(next));
        return web::see_other(next.unwrap_or_else(|| home(&visitor)));
    }
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("sign-in")).await?;
    web::page(&SignInPage {
        shell,
        form: FormState::default(),
        refusal: String::new(),
        next: query.next,
        kept: KeptAct::default(),
        companies: Vec::new(),
    })
}

fn home(visitor: &Visitor) -> &'static str {
    if visitor.actor.is_staff() { "/desk" } else { "/" }
}

/// What a request says of where it comes from.
fn from<'a>(visitor: &Visitor, headers: &'a HeaderMap, mark: Option<&'a str>) -> Origin<'a> {
    let client = headers.get(header::USER_AGENT).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let session = visitor.person.as_ref().map(|person| person.session);
    Origin { address: visitor.address, mark, client, replaces: session.zip(visitor.actor.user) }
}

/// The mark that a browser brings, or a new one for it.
fn mark(app: &App, headers: &HeaderMap) -> Outcome<String> {
    let brought = web::cookie(headers, &app.settings().cookie_name(MARK_COOKIE));
    let is_mark = |text: &String| text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit());
    match brought.filter(is_mark) {
        Some(mark) => Ok(mark),
        None => Ok(Secret::new()?.token),
    }
}

fn with_mark(app: &App, response: Response, mark: &str) -> Reply {
    let name = app.settings().cookie_name(MARK_COOKIE);
    web::with_cookie(response, &name, mark, rules::PLACE_MICROS / Instant::SECOND)
}

async fn sign_in(State(app): State<App>, visitor: Visitor, headers: HeaderMap, Form(fields): Form<Fields>) -> Reply {
    let ctx = app.ctx(&visitor);
    let password = fields.0.get("password").map_or("", String::as_str);
    let mark = mark(&app, &headers)?;
    let attempt = Attempt {
        email: fields.text("email"),
        password,
        company: fields.text("company"),
        from: from(&visitor, &headers, Some(&mark)),
    };
    let opened = match actions::sign_in(app.db(), &ctx, &attempt).await {
        Ok(opened) => opened,
        Err(failure) => return sign_in_again(&app, &visitor, &fields, failure).await,
    };
    if visitor.is_signed_in() {
        app.part::<Sessions>().forget();
    }
    let answer = match KeptAct::in_form(&fields) {
        Some(kept) => kept_page(&app, &visitor, kept)?,
        None => {
            let next = Some(fields.text("next")).filter(|next| web::is_own_path(next));
            web::see_other(next.unwrap_or("/welcome"))?
        }
    };
    with_mark(&app, with_session(&app, answer, &opened)?, &mark)
}

/// Where one begins after signing in: staff at the desk, buyers in the shop.
async fn welcome(visitor: Visitor) -> Reply {
    web::see_other(home(&visitor))
}

#[derive(Template)]
#[template(path = "sessions/kept.html")]
struct KeptPage {
    shell: Shell,
    kept: KeptAct,
}

/// What was sent before signing in, ready to be sent by the person's own hand.
fn kept_page(app: &App, visitor: &Visitor, kept: KeptAct) -> Reply {
    // Who visits is known only from the next request on, so there is nothing of the person around this page.
    web::page(&KeptPage { shell: Shell::bare(app, visitor, &visitor.locale.text("kept-title")), kept })
}

async fn sign_in_again(app: &App, visitor: &Visitor, fields: &Fields, failure: Failure) -> Reply {
    let mut typed = fields.clone();
    typed.0.remove("password");
    let (form, refusal, status, refused) = match failure {
        Failure::Invalid(invalid) => {
            (typed.rejected(&invalid, &visitor.locale), String::new(), StatusCode::UNPROCESSABLE_ENTITY, None)
        }
        Failure::Refused(refused) => {
            let status = match refused.kind {
                kernel::RefusalKind::TooMany => StatusCode::TOO_MANY_REQUESTS,
                _ => StatusCode::UNPROCESSABLE_ENTITY,
            };
            (typed.kept(), visitor.refusal(&refused), status, Some(refused))
        }
        other => return Err(other.into()),
    };
    let page = SignInPage {
        shell: Shell::load(app, visitor, &visitor.locale.text("sign-in")).await?,
        form,
        refusal,
        next: fields.text("next").to_owned(),
        kept: KeptAct::in_form(fields).unwrap_or_default(),
        companies: refused.as_ref().map(|refused| choices(app, refused)).unwrap_or_default(),
    };
    let response = web::page_with(status, &page)?;
    Ok(match refused {
        Some(refused) => web::with_retry_after(response, &refused),
        None => response,
    })
}

/// Among which companies to choose, as the refusal names them.
fn choices(app: &App, refused: &Refused) -> Vec<(String, String)> {
    let named = refused.args.iter().filter(|(name, _)| *name == "company").map(|(_, text)| text.as_str());
    let choice = |text: &str| match text.split_once(' ') {
        Some((number, name)) => (number.to_owned(), name.to_owned()),
        None => (STAFF.to_owned(), app.settings().name.clone()),
    };
    named.map(choice).collect()
}

fn with_session(app: &App, response: Response, opened: &Opened) -> Reply {
    let seconds = opened.expires.since(app.now()) / Instant::SECOND;
    web::with_cookie(response, &app.settings().cookie_name(SESSION_COOKIE), &opened.token, seconds)
}

/// The answer after which this browser has no session: without its cookie, and without what it has kept of our pages.
pub(crate) fn without_session(app: &App, response: Response) -> Reply {
    let mut response = web::with_cookie(response, &app.settings().cookie_name(SESSION_COOKIE), "", 0)?;
    let clear = HeaderValue::from_static("\"cache\", \"storage\"");
    response.headers_mut().insert(HeaderName::from_static("clear-site-data"), clear);
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
    without_session(&app, web::see_other("/")?)
}

#[derive(Template)]
#[template(path = "sessions/reset.html")]
struct ResetPage {
    shell: Shell,
    form: FormState,
    refusal: String,
    is_sent: bool,
}

async fn reset_form(State(app): State<App>, visitor: Visitor) -> Reply {
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("reset-title")).await?;
    web::page(&ResetPage { shell, form: FormState::default(), refusal: String::new(), is_sent: false })
}

async fn request_reset(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = app.ctx(&visitor);
    let done = links::request_reset(app.db(), &ctx, fields.text("email"), visitor.address).await;
    let (status, form, refused) = match done {
        Ok(()) => (StatusCode::OK, fields.kept(), None),
        Err(Failure::Invalid(invalid)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, fields.rejected(&invalid, &visitor.locale), None)
        }
        Err(Failure::Refused(refused)) => (StatusCode::TOO_MANY_REQUESTS, fields.kept(), Some(refused)),
        Err(other) => return Err(other.into()),
    };
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("reset-title")).await?;
    let refusal = refused.as_ref().map(|refused| visitor.refusal(refused)).unwrap_or_default();
    let page = ResetPage { shell, form, refusal, is_sent: status == StatusCode::OK };
    let response = web::page_with(status, &page)?;
    Ok(match refused {
        Some(refused) => web::with_retry_after(response, &refused),
        None => response,
    })
}

#[derive(Template)]
#[template(path = "sessions/new_password.html")]
struct NewPasswordPage {
    shell: Shell,
    form: FormState,
    refusal: String,
    token: String,
    is_alive: bool,
}

async fn new_password_page(app: &App, visitor: &Visitor, token: String, form: FormState, refusal: String) -> Reply {
    let is_alive = actions::is_link_alive(app.db(), &app.ctx(visitor), &token).await?;
    let status = match (is_alive, form.has_errors(), refusal.is_empty()) {
        (false, _, _) => StatusCode::CONFLICT,
        (_, true, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (_, _, false) => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::OK,
    };
    let shell = Shell::load(app, visitor, &visitor.locale.text("new-password-title")).await?;
    web::page_with(status, &NewPasswordPage { shell, form, refusal, token, is_alive })
}

async fn new_password_form(State(app): State<App>, visitor: Visitor, Path(token): Path<String>) -> Reply {
    new_password_page(&app, &visitor, token, FormState::default(), String::new()).await
}

async fn set_new_password(
    State(app): State<App>,
    visitor: Visitor,
    Path(token): Path<String>,
    headers: HeaderMap,
    Form(fields): Form<Fields>,
) -> Reply {
    let password = fields.0.get("password").map_or("", String::as_str);
    let mark = mark(&app, &headers)?;
    let (ctx, from) = (app.ctx(&visitor), from(&visitor, &headers, Some(&mark)));
    let base_url = &app.settings().base_url;
    match actions::set_password_by_link(app.db(), &ctx, &token, password, &from, base_url).await {
        Ok(()) => {
            app.part::<Sessions>().forget();
            with_mark(&app, web::flash(web::see_other("/sign-in"), "password-set")?, &mark)
        }
        Err(Failure::Invalid(invalid)) => {
            let form = FormState::default().with_errors(&invalid, &visitor.locale);
            new_password_page(&app, &visitor, token, form, String::new()).await
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            new_password_page(&app, &visitor, token, FormState::default(), refusal).await
        }
        Err(other) => Err(other.into()),
    }
}
