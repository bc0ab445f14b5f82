//! The small settings of a browser, kept in cookies: theme, density, language. Language also becomes the signed-in person's own.

use axum::http::{HeaderMap, HeaderValue, header};
use kernel::{Access, Fault, Invalid};
use web::{App, Fields, Form, Method, Path, Reply, Routes, State, Visitor};

use crate::people;
use crate::sessions::Sessions;

/// How long a browser keeps a setting: a year.
const KEPT_SECONDS: i64 = 31_536_000;

pub(crate) fn routes() -> Routes {
    Routes::new().page(Method::POST, "/settings/{name}", Access::Public, set)
}

async fn set(
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
        _ => return Err(kernel::Failure::NotFound.into()),
    };
    if !allowed.contains(&value) {
        return Err(Invalid::field(name, "choice").into());
    }
    if name == "language" && visitor.is_signed_in() {
        let (ctx, language) = (&app.ctx(&visitor), value);
        app.write(|tx| async move { people::actions::set_language(&tx, ctx, language).await }).await?;
        app.part::<Sessions>().forget();
    }
    let mut response = web::see_other(web::came_from(&headers).as_deref().unwrap_or("/"))?;
    // Scripts read it: the switches in the menu of the account show what is set.
    let cookie = format!("{name}={value}; Path=/; SameSite=Lax; Max-Age={KEPT_SECONDS}");
    let cookie = HeaderValue::from_str(&cookie).map_err(|e| Fault::because("setting a cookie", e))?;
    response.headers_mut().append(header::SET_COOKIE, cookie);
    Ok(response)
}
