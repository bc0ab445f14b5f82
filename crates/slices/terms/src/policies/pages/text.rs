//! The draft as text: read, written and uploaded as TOML.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Failure, Invalid, Outcome};
use web::{App, Fields, Form, Multipart, Reply, Shell, State, Visitor};

use super::{Head, Loaded};
use crate::policies::file::{self, FileError};
use crate::policies::{PolicyVersion, actions};

#[derive(Template)]
#[template(path = "policies/text.html")]
struct TextPage {
    shell: Shell,
    head: Head,
    version: String,
    number: i64,
    text: String,
    /// Place, path and sentence of each error.
    errors: Vec<(String, String, String)>,
    refusal: String,
}

/// Why a text did not become the draft.
pub(crate) enum TextError {
    /// These places are wrong.
    Wrong(Vec<FileError>),
    /// Anything else.
    Failed(Failure),
}

/// Reads a text and saves it as the draft.
pub(crate) async fn save_text(
    app: &App,
    visitor: &Visitor,
    version: Option<i64>,
    text: &str,
) -> Result<PolicyVersion, TextError> {
    let read = file::read_apart(text.to_owned()).await.map_err(|fault| TextError::Failed(fault.into()))?;
    let (policy, places) = read.map_err(TextError::Wrong)?;
    let (ctx, policy) = (&app.ctx(visitor), &policy);
    let saved = app.write(|tx| async move { actions::save_draft(&tx, ctx, version, policy.clone()).await }).await;
    saved.map_err(|failure| match failure {
        Failure::Invalid(invalid) => TextError::Wrong(places.errors(&invalid)),
        other => TextError::Failed(other),
    })
}

async fn page(app: &App, visitor: &Visitor, typed: Option<&str>, errors: &[FileError]) -> Outcome<TextPage> {
    let loaded = Loaded::load(app).await?;
    let locale = &visitor.locale;
    let shown = |error: &FileError| {
        let args = [("line", error.line.to_string().into()), ("column", error.column.to_string().into())];
        (locale.text_with("policy-file-place", &args), error.error.field.clone(), locale.error(&error.error))
    };
    Ok(TextPage {
        head: loaded.head(locale, "/office/policy/draft/text"),
        version: loaded.version(),
        number: loaded.draft.as_ref().map_or(loaded.published.number, |draft| draft.number),
        text: typed.map_or_else(|| file::to_toml(loaded.policy()), str::to_owned),
        errors: errors.iter().map(shown).collect(),
        refusal: String::new(),
        shell: Shell::load(app, visitor, &locale.text("policy-edit-title")).await?,
    })
}

pub(crate) async fn text(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, None, &[]).await?)
}

pub(crate) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let version = fields.text("version").parse().ok();
    finish(&app, &visitor, version, &fields.0.get("text").cloned().unwrap_or_default()).await
}

pub(crate) async fn upload(State(app): State<App>, visitor: Visitor, mut form: Multipart) -> Reply {
    let malformed = || Failure::from(Invalid::field("file", "malformed"));
    let (mut version, mut text) = (None, String::new());
    while let Some(field) = form.next_field().await.map_err(|_| malformed())? {
        match field.name() {
            Some("version") => version = field.text().await.map_err(|_| malformed())?.trim().parse().ok(),
            Some("file") => {
                let bytes = field.bytes().await.map_err(|_| malformed())?;
                text = String::from_utf8(bytes.to_vec()).map_err(|_| malformed())?;
            }
            _ => {}
        }
    }
    finish(&app, &visitor, version, &text).await
}

async fn finish(app: &App, visitor: &Visitor, version: Option<i64>, text: &str) -> Reply {
    match save_text(app, visitor, version, text).await {
        Ok(_) => web::flash(web::see_other("/office/policy/draft"), "policy-saved"),
        Err(TextError::Wrong(errors)) => {
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(app, visitor, Some(text), &errors).await?)
        }
        Err(TextError::Failed(Failure::Refused(refused))) => {
            let shown = TextPage { refusal: visitor.refusal(&refused), ..page(app, visitor, Some(text), &[]).await? };
            web::page_with(StatusCode::CONFLICT, &shown)
        }
        Err(TextError::Failed(other)) => Err(other.into()),
    }
}
