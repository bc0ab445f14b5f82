//! The page of the emergency: two buttons, each with a reason.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Failure, Outcome};
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::actions;
use crate::policies::{self, PolicyState, PolicyVersion};

struct VersionRow {
    number: String,
    when: String,
    note: String,
}

#[derive(Template)]
#[template(path = "emergency/emergency.html")]
struct EmergencyPage {
    shell: Shell,
    form: FormState,
    refusal: String,
    is_stopped: bool,
    in_force: String,
    versions: Vec<VersionRow>,
}

async fn page(app: &App, visitor: &Visitor, form: FormState, refusal: String) -> Outcome<EmergencyPage> {
    let (locale, tx) = (&visitor.locale, app.db().read().await?);
    let published = policies::queries::published(&tx).await?;
    let all = policies::queries::all(&tx).await?;
    drop(tx);
    let row = |version: &PolicyVersion| VersionRow {
        number: version.number.to_string(),
        when: locale.long_moment(version.published_at.unwrap_or(version.created_at)),
        note: version.note.clone(),
    };
    Ok(EmergencyPage {
        form,
        refusal,
        is_stopped: actions::is_stopped(&published),
        in_force: published.number.to_string(),
        versions: all.iter().filter(|version| version.state == PolicyState::Retired).map(row).collect(),
        shell: Shell::load(app, visitor, &locale.text("emergency-title")).await?,
    })
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, FormState::default(), String::new()).await?)
}

async fn answer(app: &App, visitor: &Visitor, fields: &Fields, done: Outcome<PolicyVersion>) -> Reply {
    let (status, form, refusal) = match done {
        Ok(_) => return web::flash(web::see_other("/office/policy/emergency"), "emergency-done"),
        Err(Failure::Invalid(invalid)) => {
            (StatusCode::UNPROCESSABLE_ENTITY, fields.rejected(&invalid, &visitor.locale), String::new())
        }
        Err(Failure::Refused(refused)) => (StatusCode::CONFLICT, fields.kept(), visitor.refusal(&refused)),
        Err(failure) => return Err(failure.into()),
    };
    web::page_with(status, &page(app, visitor, form, refusal).await?)
}

pub(super) async fn stop(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let (ctx, reason) = (&app.ctx(&visitor), fields.text("reason"));
    let done = app.write(|tx| async move { actions::stop(&tx, ctx, reason).await }).await;
    answer(&app, &visitor, &fields, done).await
}

pub(super) async fn back(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<i64>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, reason) = (&app.ctx(&visitor), fields.text("reason"));
    let done = app.write(|tx| async move { actions::back(&tx, ctx, number, reason).await }).await;
    answer(&app, &visitor, &fields, done).await
}
