//! The sections of the draft: added, put in order, taken away. Each has an editor of its own.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Failure, Invalid, Outcome};
use negotiation_engine::{CustomerCondition, Policy, Section};
use web::{App, Fields, Form, FormState, Reply, Shell, State, Visitor};

use super::{Head, Loaded};
use crate::policies::form::Part;
use crate::policies::{actions, value};

struct SectionRow {
    href: String,
    place: usize,
    name: String,
    condition: String,
    is_first: bool,
    is_last: bool,
}

#[derive(Template)]
#[template(path = "policies/sections.html")]
struct SectionsPage {
    shell: Shell,
    head: Head,
    version: String,
    rows: Vec<SectionRow>,
    form: FormState,
    refusal: String,
}

async fn page(app: &App, visitor: &Visitor, form: FormState, refusal: String) -> Outcome<SectionsPage> {
    let loaded = Loaded::load(app).await?;
    let locale = &visitor.locale;
    let sections = &loaded.policy().sections;
    let row = |(place, section): (usize, &Section)| SectionRow {
        href: Part::Section(place).href(),
        place,
        name: section.name.clone(),
        condition: section.condition.text().to_owned(),
        is_first: place == 0,
        is_last: place + 1 == sections.len(),
    };
    Ok(SectionsPage {
        head: loaded.head(locale, "/office/policy/draft/sections"),
        version: loaded.version(),
        rows: sections.iter().enumerate().map(row).collect(),
        form,
        refusal,
        shell: Shell::load(app, visitor, &locale.text("policy-edit-title")).await?,
    })
}

pub(crate) async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, FormState::default(), String::new()).await?)
}

/// Adds a section (`add`), takes one away (`removal`, its place), or moves one up or down (`up`, `down`).
pub(crate) async fn change(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let mut policy = Loaded::load(&app).await?.policy().clone();
    let place = match changed(&mut policy, &fields) {
        Ok(place) => place,
        Err(invalid) => return rejected(&app, &visitor, &fields, &invalid).await,
    };
    let (version, policy) = (fields.text("version").parse().ok(), &policy);
    let saved = app.write(|tx| async move { actions::save_draft(&tx, ctx, version, policy.clone()).await }).await;
    match saved {
        Ok(_) => {
            let to = place.map_or_else(|| "/office/policy/draft/sections".to_owned(), |at| Part::Section(at).href());
            web::flash(web::see_other(&to), "policy-saved")
        }
        Err(Failure::Invalid(invalid)) => {
            let named = invalid
                .fields
                .iter()
                .fold(Invalid::default(), |all, error| all.and("name", error.code, error.args.clone()));
            rejected(&app, &visitor, &fields, &named).await
        }
        Err(Failure::Refused(refused)) => {
            let shown = page(&app, &visitor, fields.kept(), visitor.refusal(&refused)).await?;
            web::page_with(StatusCode::CONFLICT, &shown)
        }
        Err(other) => Err(other.into()),
    }
}

/// Does what the form asks for; the place of a section to be looked at next.
fn changed(policy: &mut Policy, fields: &Fields) -> Result<Option<usize>, Invalid> {
    let place = |name: &str| fields.text(name).parse::<usize>().ok().filter(|at| *at < policy.sections.len());
    if let Some(at) = place("removal") {
        policy.sections.remove(at);
    } else if let Some(at) = place("up").filter(|at| *at > 0) {
        policy.sections.swap(at, at - 1);
    } else if let Some(at) = place("down").filter(|at| at + 1 < policy.sections.len()) {
        policy.sections.swap(at, at + 1);
    } else if fields.some("add").is_some() {
        policy.sections.push(new_section(policy, fields)?);
        return Ok(Some(policy.sections.len() - 1));
    }
    Ok(None)
}

/// A section begins with what the policy itself says.
fn new_section(policy: &Policy, fields: &Fields) -> Result<Section, Invalid> {
    let mut invalid = Invalid::default();
    let name = fields.text("name");
    if name.is_empty() {
        invalid = invalid.and("name", "required", Vec::new());
    }
    let parsed = CustomerCondition::parse(fields.text("condition")).map_err(|error| value::wrong(&error));
    let Some(condition) = invalid.take("condition", parsed).filter(|_| !name.is_empty()) else { return Err(invalid) };
    let policy = policy.clone();
    Ok(Section {
        name: name.to_owned(),
        condition,
        objective: policy.objective,
        plain: policy.plain,
        volume: policy.volume,
        payment: policy.payment,
        delivery: policy.delivery,
        freight: policy.freight,
        commitment: policy.commitment,
        rebate: policy.rebate,
        alternative: policy.alternative,
        bundle: policy.bundle,
        bonus: policy.bonus,
        pairs: policy.pairs,
        tactic: policy.tactic,
    })
}

async fn rejected(app: &App, visitor: &Visitor, fields: &Fields, invalid: &Invalid) -> Reply {
    let shown = page(app, visitor, fields.rejected(invalid, &visitor.locale), String::new()).await?;
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &shown)
}
