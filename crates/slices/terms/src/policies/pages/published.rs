//! A version that nobody changes any more, and the list of all.

use askama::Template;
use axum::http::header;
use axum::response::IntoResponse as _;
use kernel::{Failure, Outcome};
use web::{App, Path, Reply, Shell, State, Visitor};

use super::{name_of, state_class};
use crate::cost_model;
use crate::policies::view::{self, PolicyView};
use crate::policies::{Example, PolicyState, PolicyVersion, file, queries, rules};

/// A line of the list of versions.
struct VersionRow {
    href: String,
    number: String,
    state: String,
    class: &'static str,
    when: String,
    who: String,
    note: String,
    approved: String,
    simulated: String,
    simulation_href: String,
    is_retired: bool,
}

#[derive(Template)]
#[template(path = "policies/published.html")]
struct PublishedPage {
    shell: Shell,
    title: String,
    state: String,
    class: &'static str,
    meta: String,
    number: i64,
    view: PolicyView,
    history: Vec<VersionRow>,
    has_draft: bool,
    is_published: bool,
    /// Whether it is what every new installation begins with.
    is_starter: bool,
    is_retired: bool,
}

pub(crate) async fn published(State(app): State<App>, visitor: Visitor) -> Reply {
    let (version, all) = {
        let tx = app.db().read().await?;
        (queries::published(&tx).await?, queries::all(&tx).await?)
    };
    web::page(&version_page(&app, &visitor, &version, &all).await?)
}

pub(crate) async fn version(State(app): State<App>, visitor: Visitor, Path(number): Path<i64>) -> Reply {
    let (version, all) = {
        let tx = app.db().read().await?;
        (queries::by_number(&tx, number).await?.ok_or(Failure::NotFound)?, queries::all(&tx).await?)
    };
    web::page(&version_page(&app, &visitor, &version, &all).await?)
}

/// A version as a file for version control.
pub(crate) async fn toml(State(app): State<App>, Path(number): Path<i64>) -> Reply {
    let version = queries::by_number(&app.db().read().await?, number).await?.ok_or(Failure::NotFound)?;
    let headers = [
        (header::CONTENT_TYPE, "application/toml; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename=\"kontor-policy-{number}.toml\"")),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file::to_toml(&version.policy)).into_response())
}

async fn rows(app: &App, visitor: &Visitor, all: &[PolicyVersion]) -> Outcome<Vec<VersionRow>> {
    let locale = &visitor.locale;
    let tx = app.db().read().await?;
    let mut rows = Vec::with_capacity(all.len());
    for row in all {
        let course = queries::course(&tx, row).await?;
        let mut approved = String::new();
        if let Some(approval) = &course.approval {
            let key = if approval.is_own { "policy-approved-own" } else { "policy-approved-by" };
            let who = name_of(&tx, Some(approval.by), locale).await?;
            let args = [
                ("person", who.into()),
                ("moment", locale.long_moment(approval.at).into()),
                ("note", approval.note.clone().into()),
            ];
            approved = locale.text_with(key, &args);
        }
        let simulated = course.simulation.as_ref().map_or_else(String::new, |simulation| {
            locale.text_with("policy-simulated-at", &[("moment", locale.long_moment(simulation.at).into())])
        });
        let run = course.simulation.and_then(|simulation| simulation.run);
        rows.push(VersionRow {
            href: if row.state.is_open() {
                "/office/policy/draft".into()
            } else {
                format!("/office/policy/versions/{}", row.number)
            },
            number: row.number.to_string(),
            state: locale.text(&format!("policy-state-{}", row.state.code())),
            class: state_class(row.state),
            when: locale.long_moment(row.published_at.unwrap_or(row.created_at)),
            who: name_of(&tx, row.published_by.or(row.created_by), locale).await?,
            note: row.note.clone(),
            approved,
            simulated,
            simulation_href: run.map_or_else(String::new, |run| format!("/office/simulations/{}", web::encode(&run))),
            is_retired: row.state == PolicyState::Retired,
        });
    }
    Ok(rows)
}

async fn version_page(
    app: &App,
    visitor: &Visitor,
    version: &PolicyVersion,
    all: &[PolicyVersion],
) -> Outcome<PublishedPage> {
    let locale = &visitor.locale;
    let costs = cost_model::queries::current(&app.db().read().await?).await?;
    let when = version.published_at.unwrap_or(version.created_at);
    let key = match version.state {
        PolicyState::Published => "policy-since",
        PolicyState::Retired | PolicyState::Variant => "policy-published-at",
        _ => "policy-begun-at",
    };
    Ok(PublishedPage {
        shell: Shell::load(app, visitor, &locale.text("policy-title")).await?,
        title: locale.text_with("policy-version", &[("number", version.number.to_string().into())]),
        state: locale.text(&format!("policy-state-{}", version.state.code())),
        class: state_class(version.state),
        meta: locale.text_with(key, &[("moment", locale.long_moment(when).into())]),
        number: version.number,
        view: view::of(&version.policy, None, &Example::at_costs(version.policy.currency, costs), locale),
        has_draft: all.iter().any(|row| row.state.is_open()),
        is_published: version.state == PolicyState::Published,
        is_starter: version.state == PolicyState::Published
            && rules::says_the_same(&version.policy, &negotiation_engine::Policy::starter()),
        is_retired: version.state == PolicyState::Retired,
        history: rows(app, visitor, all).await?,
    })
}
