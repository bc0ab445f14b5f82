//! The policy in the office.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Failure, Invalid, Outcome};
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::rules::Example;
use super::view::{self, PolicyView, Worked};
use super::{PolicyVersion, actions, form, queries};

/// A line of the history.
struct VersionRow {
    href: String,
    number: String,
    state: String,
    class: &'static str,
    when: String,
    who: String,
    note: String,
}

#[derive(Template)]
#[template(path = "policies/published.html")]
struct PublishedPage {
    shell: Shell,
    title: String,
    state: String,
    class: &'static str,
    meta: String,
    view: PolicyView,
    history: Vec<VersionRow>,
    has_draft: bool,
    is_published: bool,
}

#[derive(Template)]
#[template(path = "policies/draft.html")]
struct DraftPage {
    shell: Shell,
    title: String,
    meta: String,
    version: String,
    form: FormState,
    view: PolicyView,
    worked: Worked,
    margins: Vec<String>,
    payment: Vec<String>,
    routes: Vec<String>,
    authorities: Vec<(&'static str, String)>,
    currency: &'static str,
    diff: Vec<(String, String, String)>,
    has_draft: bool,
    refusal: String,
    publish: FormState,
}

#[derive(Template)]
#[template(path = "policies/worked.html")]
struct WorkedFragment {
    shell: Shell,
    worked: Worked,
}

pub(super) async fn published(State(app): State<App>, visitor: Visitor) -> Reply {
    let (version, all) = {
        let tx = app.db().read().await?;
        (queries::published(&tx).await?, queries::all(&tx).await?)
    };
    web::page(&version_page(&app, &visitor, &version, &all).await?)
}

pub(super) async fn version(State(app): State<App>, visitor: Visitor, Path(number): Path<i64>) -> Reply {
    let (version, all) = {
        let tx = app.db().read().await?;
        (queries::by_number(&tx, number).await?.ok_or(Failure::NotFound)?, queries::all(&tx).await?)
    };
    web::page(&version_page(&app, &visitor, &version, &all).await?)
}

fn state_class(state: super::PolicyState) -> &'static str {
    match state {
        super::PolicyState::Draft => "warn",
        super::PolicyState::Published => "ok",
        super::PolicyState::Retired | super::PolicyState::Variant => "",
    }
}

async fn version_page(
    app: &App,
    visitor: &Visitor,
    version: &PolicyVersion,
    all: &[PolicyVersion],
) -> Outcome<PublishedPage> {
    let locale = &visitor.locale;
    let mut history = Vec::with_capacity(all.len());
    let tx = app.db().read().await?;
    for row in all {
        let who = row.published_by.or(row.created_by);
        let person = match who {
            Some(who) => parties::people::queries::member(&tx, who).await?,
            None => None,
        };
        history.push(VersionRow {
            href: format!("/office/policy/versions/{}", row.number),
            number: row.number.to_string(),
            state: locale.text(&format!("policy-state-{}", row.state.code())),
            class: state_class(row.state),
            when: locale.long_moment(row.published_at.unwrap_or(row.created_at)),
            who: person.map_or_else(|| locale.text("policy-by-system"), |person| person.name),
            note: row.note.clone(),
        });
    }
    drop(tx);
    let title = locale.text_with("policy-version", &[("number", version.number.to_string().into())]);
    let when = version.published_at.unwrap_or(version.created_at);
    Ok(PublishedPage {
        shell: Shell::load(app, visitor, &locale.text("policy-title")).await?,
        title,
        state: locale.text(&format!("policy-state-{}", version.state.code())),
        class: state_class(version.state),
        meta: locale.text_with("policy-since", &[("moment", locale.long_moment(when).into())]),
        view: view::of(&version.policy, None, &Example::textbook(version.policy.currency), locale),
        has_draft: all.iter().any(|row| row.state == super::PolicyState::Draft),
        is_published: version.state == super::PolicyState::Published,
        history,
    })
}

/// What came back with errors.
#[derive(Default)]
struct Returned {
    form: Option<FormState>,
    publish: FormState,
    refusal: String,
    fields: Option<Fields>,
}

async fn draft_page(app: &App, visitor: &Visitor, returned: Returned) -> Outcome<DraftPage> {
    let (published, draft) = {
        let tx = app.db().read().await?;
        (queries::published(&tx).await?, queries::draft(&tx).await?)
    };
    let locale = &visitor.locale;
    let policy = draft.as_ref().map_or(&published.policy, |draft| &draft.policy);
    let form = returned.form.unwrap_or_else(|| form::of(policy, locale));
    // Beside a form that came back stands what its policy would do, as far as it can be read.
    let typed = returned.fields.as_ref().and_then(|fields| form::read(fields, policy).ok());
    let shown = typed.as_ref().map_or(policy, |(typed, _)| typed);
    let example = match &returned.fields {
        Some(fields) => form::example(fields, policy.currency),
        None => Example::textbook(policy.currency),
    };
    let number = draft.as_ref().map_or(published.number + 1, |draft| draft.number);
    let authorities = [
        crate::engine::Authority::Rep,
        crate::engine::Authority::SalesManager,
        crate::engine::Authority::PricingManager,
    ];
    Ok(DraftPage {
        title: locale.text_with("policy-draft-of", &[("number", number.to_string().into())]),
        meta: locale.text_with("policy-against", &[("number", published.number.to_string().into())]),
        version: draft.as_ref().map_or_else(String::new, |draft| draft.version.to_string()),
        view: view::of(shown, Some(&published.policy), &example, locale),
        worked: view::worked(shown, &example, locale),
        margins: form::rows(&form, "margins", "floor"),
        payment: form::rows(&form, "payment", "days"),
        routes: form::rows(&form, "routing.rows", "answer_minutes"),
        authorities: authorities.map(|a| (a.code(), view::authority(locale, a))).into(),
        currency: policy.currency.code(),
        diff: draft.as_ref().map_or_else(Vec::new, |draft| view::diff(&published.policy, &draft.policy, locale)),
        has_draft: draft.is_some(),
        refusal: returned.refusal,
        publish: returned.publish,
        form,
        shell: Shell::load(app, visitor, &locale.text("policy-edit-title")).await?,
    })
}

pub(super) async fn draft(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&draft_page(&app, &visitor, Returned::default()).await?)
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let base = {
        let tx = app.db().read().await?;
        match queries::draft(&tx).await? {
            Some(draft) => draft.policy,
            None => queries::published(&tx).await?.policy,
        }
    };
    let (policy, places) = match form::read(&fields, &base) {
        Ok(read) => read,
        Err(invalid) => return returned(&app, &visitor, fields, &invalid).await,
    };
    let (read, policy) = (fields.text("version").parse().ok(), &policy);
    let saved = app.write(|tx| async move { actions::save_draft(&tx, ctx, read, policy.clone()).await }).await;
    match saved {
        Ok(_) => web::flash(web::see_other("/office/policy/draft"), "policy-saved"),
        Err(Failure::Invalid(invalid)) => returned(&app, &visitor, fields, &form::renamed(&invalid, &places)).await,
        Err(Failure::Refused(refused)) => {
            let shown = Returned {
                form: Some(fields.kept()),
                refusal: visitor.refusal(&refused),
                fields: Some(fields),
                ..Returned::default()
            };
            web::page_with(StatusCode::CONFLICT, &draft_page(&app, &visitor, shown).await?)
        }
        Err(other) => Err(other.into()),
    }
}

async fn returned(app: &App, visitor: &Visitor, fields: Fields, invalid: &Invalid) -> Reply {
    let form = fields.rejected(invalid, &visitor.locale);
    let shown = Returned { form: Some(form), fields: Some(fields), ..Returned::default() };
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &draft_page(app, visitor, shown).await?)
}

/// The worked example for what is typed, while it is typed.
pub(super) async fn example(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let base = {
        let tx = app.db().read().await?;
        queries::published(&tx).await?.policy
    };
    let example = form::example(&fields, base.currency);
    let shell = Shell::bare(&app, &visitor, "");
    let worked = match form::read(&fields, &base) {
        Ok((policy, _)) => view::worked(&policy, &example, &visitor.locale),
        Err(_) => Worked {
            intro: visitor.locale.text("policy-example-wrong"),
            says: Vec::new(),
            outcome: String::new(),
            why: Vec::new(),
        },
    };
    web::fragment(StatusCode::OK, &WorkedFragment { shell, worked })
}

pub(super) async fn discard(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::discard(&tx, ctx).await }).await?;
    web::flash(web::see_other("/office/policy"), "policy-discarded")
}

/// The draft's page with its changes and the field for the note.
pub(super) async fn before_publication(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&draft_page(&app, &visitor, Returned::default()).await?)
}

pub(super) async fn publish(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), fields.text("note"));
    let read = fields.text("version").parse().unwrap_or(0);
    let done = app.write(|tx| async move { actions::publish(&tx, ctx, read, note).await }).await;
    let (status, shown) = match done {
        Ok(_) => return web::flash(web::see_other("/office/policy"), "policy-published"),
        Err(Failure::Invalid(invalid)) => {
            let publish = fields.rejected(&invalid, &visitor.locale);
            (StatusCode::UNPROCESSABLE_ENTITY, Returned { publish, ..Returned::default() })
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            (StatusCode::CONFLICT, Returned { publish: fields.kept(), refusal, ..Returned::default() })
        }
        Err(other) => return Err(other.into()),
    };
    web::page_with(status, &draft_page(&app, &visitor, shown).await?)
}
