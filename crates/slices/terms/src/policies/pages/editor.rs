//! The editor of one part of the draft, with its effect beside it.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Failure, Invalid, Outcome};
use negotiation_engine::Policy;
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::{Head, Loaded};
use crate::policies::form::{self, Axes, Part};
use crate::policies::view::blocks::{Block, ConditionView, Maker, Matrix, help};
use crate::policies::view::{self, Curve, Worked};
use crate::policies::{Subject, actions};

/// A row of the table of fields that conditions may ask.
type HelpRow = (&'static str, String, String, String);

#[derive(Template)]
#[template(path = "policies/editor.html")]
struct EditorPage {
    shell: Shell,
    head: Head,
    title: String,
    lead: String,
    action: String,
    version: String,
    form: FormState,
    blocks: Vec<Block>,
    matrix: Option<Matrix>,
    conditional: Vec<(String, ConditionView)>,
    curve: Option<Curve>,
    worked: Worked,
    currency: &'static str,
    help: Vec<(String, Vec<HelpRow>)>,
    refusal: String,
}

#[derive(Template)]
#[template(path = "policies/worked.html")]
struct WorkedFragment {
    shell: Shell,
    worked: Worked,
}

/// What came back with errors.
#[derive(Default)]
struct Returned {
    form: Option<FormState>,
    fields: Option<Fields>,
    refusal: String,
}

pub(crate) async fn part(State(app): State<App>, visitor: Visitor, Path(code): Path<String>) -> Reply {
    show(&app, &visitor, Part::parse(&code).ok_or(Failure::NotFound)?).await
}

pub(crate) async fn section(State(app): State<App>, visitor: Visitor, Path(place): Path<usize>) -> Reply {
    show(&app, &visitor, Part::Section(place)).await
}

async fn show(app: &App, visitor: &Visitor, part: Part) -> Reply {
    web::page(&page(app, visitor, part, Returned::default()).await?)
}

pub(crate) async fn save_part(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    save(&app, &visitor, Part::parse(&code).ok_or(Failure::NotFound)?, fields).await
}

pub(crate) async fn save_section(
    State(app): State<App>,
    visitor: Visitor,
    Path(place): Path<usize>,
    Form(fields): Form<Fields>,
) -> Reply {
    save(&app, &visitor, Part::Section(place), fields).await
}

pub(crate) async fn part_example(
    State(app): State<App>,
    visitor: Visitor,
    Path(code): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    example(&app, &visitor, Part::parse(&code).ok_or(Failure::NotFound)?, &fields).await
}

pub(crate) async fn section_example(
    State(app): State<App>,
    visitor: Visitor,
    Path(place): Path<usize>,
    Form(fields): Form<Fields>,
) -> Reply {
    example(&app, &visitor, Part::Section(place), &fields).await
}

/// The policy as a part of it works: a section as if it applied.
fn in_force(policy: &Policy, part: Part) -> Policy {
    match part {
        Part::Section(at) => policy.sections.get(at).map_or_else(|| policy.clone(), |section| policy.with(section)),
        _ => policy.clone(),
    }
}

async fn page(app: &App, visitor: &Visitor, part: Part, returned: Returned) -> Outcome<EditorPage> {
    let loaded = Loaded::load(app).await?;
    let (locale, policy) = (&visitor.locale, loaded.policy());
    let section = match part {
        Part::Section(at) => Some(policy.sections.get(at).ok_or(Failure::NotFound)?),
        _ => None,
    };
    let axes = Axes::of(policy, &loaded.known.segments, &loaded.known.classes);
    let form = returned.form.unwrap_or_else(|| form::of(policy, part, &axes, locale));
    // Beside a form that came back stands what its policy would do, as far as it can be read.
    let typed = returned.fields.as_ref().and_then(|fields| form::read(fields, policy, part).ok());
    let shown = in_force(typed.as_ref().map_or(policy, |typed| &typed.policy), part);
    let example = match &returned.fields {
        Some(fields) => form::example(fields, loaded.example()),
        None => loaded.example(),
    };
    let maker = Maker { form: &form, currency: policy.currency.code(), locale };
    let is_margins = part == Part::Margins;
    let has_curve = matches!(part, Part::Tactic | Part::Section(_));
    let subjects = match part {
        Part::Who => &[Subject::Customer, Subject::Product][..],
        Part::Margins => &[Subject::Product],
        Part::Section(_) => &[Subject::Customer],
        _ => &[],
    };
    let was = in_force(&loaded.published.policy, part);
    let helped = |subject: &Subject| {
        (locale.text(&format!("policy-subject-{}", subject.code())), help(*subject, &loaded.known, locale))
    };
    Ok(EditorPage {
        head: loaded.head(locale, &part.href()),
        title: match section {
            Some(section) => section.name.clone(),
            None => locale.text(&format!("policy-tab-{}", part.code())),
        },
        lead: locale.text(&format!("policy-lead-{}", part.code())),
        action: part.href(),
        version: loaded.version(),
        blocks: if is_margins { Vec::new() } else { maker.blocks(part) },
        matrix: is_margins.then(|| Matrix::of(&shown, &axes, locale)),
        conditional: if is_margins { maker.conditional_margins() } else { Vec::new() },
        curve: has_curve.then(|| view::curve(&shown, Some(&was).filter(|was| was.tactic != shown.tactic), locale)),
        worked: view::worked(&shown, &example, locale),
        currency: policy.currency.code(),
        help: subjects.iter().map(helped).collect(),
        refusal: returned.refusal,
        shell: Shell::load(app, visitor, &locale.text("policy-edit-title")).await?,
        form,
    })
}

async fn save(app: &App, visitor: &Visitor, part: Part, fields: Fields) -> Reply {
    if let Some(wish) = fields.some("turn") {
        return turn(app, visitor, part, &fields, wish).await;
    }
    let ctx = &app.ctx(visitor);
    let base = Loaded::load(app).await?.policy().clone();
    let read = match form::read(&fields, &base, part) {
        Ok(read) => read,
        Err(invalid) => return rejected(app, visitor, part, fields, &invalid).await,
    };
    let (version, policy) = (fields.text("version").parse().ok(), &read.policy);
    let saved = app.write(|tx| async move { actions::save_draft(&tx, ctx, version, policy.clone()).await }).await;
    match saved {
        Ok(_) => web::flash(web::see_other(&part.href()), "policy-saved"),
        Err(Failure::Invalid(invalid)) => {
            rejected(app, visitor, part, fields, &form::renamed(&invalid, &read.places)).await
        }
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            let shown = Returned { form: Some(fields.kept()), fields: Some(fields), refusal };
            web::page_with(StatusCode::CONFLICT, &page(app, visitor, part, shown).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// The same form with a condition as CEL or as rows; nothing is saved.
async fn turn(app: &App, visitor: &Visitor, part: Part, fields: &Fields, wish: &str) -> Reply {
    let is_product = wish.starts_with("margins.") || wish.starts_with("eligibility.products");
    let subject = if is_product { Subject::Product } else { Subject::Customer };
    match form::turn(fields, wish, subject) {
        Ok(turned) => {
            let shown = Returned { form: Some(turned.kept()), fields: Some(turned), ..Returned::default() };
            web::page(&page(app, visitor, part, shown).await?)
        }
        Err(invalid) => rejected(app, visitor, part, fields.clone(), &invalid).await,
    }
}

async fn rejected(app: &App, visitor: &Visitor, part: Part, fields: Fields, invalid: &Invalid) -> Reply {
    let form = fields.rejected(invalid, &visitor.locale);
    let shown = Returned { form: Some(form), fields: Some(fields), ..Returned::default() };
    web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(app, visitor, part, shown).await?)
}

/// The worked example for what is typed, while it is typed.
async fn example(app: &App, visitor: &Visitor, part: Part, fields: &Fields) -> Reply {
    let loaded = Loaded::load(app).await?;
    let (base, example) = (loaded.policy(), form::example(fields, loaded.example()));
    let worked = match form::read(fields, base, part) {
        Ok(read) => view::worked(&in_force(&read.policy, part), &example, &visitor.locale),
        Err(_) => Worked {
            intro: visitor.locale.text("policy-example-wrong"),
            says: Vec::new(),
            outcome: String::new(),
            why: Vec::new(),
        },
    };
    let shell = Shell::bare(app, visitor, "");
    web::fragment(StatusCode::OK, &WorkedFragment { shell, worked })
}
