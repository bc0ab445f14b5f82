//! Experiments in the office.
//!
//! floats: statistics, not money; rounded to whole units for pictures and words

use askama::Template;
use i18n::Locale;
use kernel::{Amount, Failure, Outcome, Rate};
use negotiation_engine::TacticKind;
use terms::experiments::{self, Allocation, Experiment, ExperimentState, Metric, Plan, StopReason};
use terms::{figures, policies};
use uuid::Uuid;
use web::charts::{self, Chart, Frame, Line, Tone};
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, StatusCode, Visitor};

use super::queries::{self, Shown};
use super::way::{self, Way};
use super::{actions, form};

struct Row {
    href: String,
    name: String,
    state: String,
    class: &'static str,
    metric: String,
    owner: String,
    since: String,
    outcome: String,
}

#[derive(Template)]
#[template(path = "experiments/list.html")]
struct ListPage {
    shell: Shell,
    rows: Vec<Row>,
}

#[derive(Template)]
#[template(path = "experiments/edit.html")]
struct EditPage {
    shell: Shell,
    title: String,
    action: String,
    version: String,
    form: FormState,
    refusal: String,
    metrics: Vec<(&'static str, String)>,
    allocations: Vec<(&'static str, String)>,
    tactics: Vec<(&'static str, String)>,
}

/// A name and its values for control and treatment.
struct Compared {
    name: String,
    control: String,
    treatment: String,
}

struct GuardrailView {
    name: String,
    worsening: String,
    p_value: String,
    is_breached: bool,
}

#[derive(Template)]
#[template(path = "experiments/one.html")]
struct OnePage {
    shell: Shell,
    experiment: Experiment,
    path: String,
    state: String,
    class: &'static str,
    refusal: String,
    facts: Vec<(String, String)>,
    verdict: String,
    compared: Vec<Compared>,
    chart: Chart,
    looks: Vec<[String; 4]>,
    guardrails: Vec<GuardrailView>,
    diff: Vec<(String, String, String)>,
    is_draft: bool,
    way: Way,
    is_running: bool,
    may_publish: bool,
}

fn class(state: ExperimentState) -> &'static str {
    match state {
        ExperimentState::Draft => "warn",
        ExperimentState::Running => "ok",
        ExperimentState::Stopped => "",
    }
}

async fn owner(tx: &db::ReadTx, experiment: &Experiment) -> Outcome<String> {
    let member = parties::people::queries::member(tx, experiment.owner).await?;
    Ok(member.map_or_else(String::new, |member| member.name))
}

fn outcome(locale: &Locale, experiment: &Experiment) -> String {
    experiment
        .stop_reason
        .map_or_else(String::new, |reason| locale.text(&format!("experiment-stopped-{}", reason.code())))
}

pub(super) async fn list(State(app): State<App>, visitor: Visitor) -> Reply {
    let (locale, tx) = (&visitor.locale, app.db().read().await?);
    let mut rows = Vec::new();
    for experiment in experiments::queries::all(&tx).await? {
        rows.push(Row {
            href: format!("/office/experiments/{}", experiment.id),
            state: locale.text(&format!("experiment-state-{}", experiment.state.code())),
            class: class(experiment.state),
            metric: locale.text(&format!("experiment-metric-{}", experiment.plan.metric.code())),
            owner: owner(&tx, &experiment).await?,
            since: locale.long_moment(experiment.started_at.unwrap_or(experiment.created_at)),
            outcome: outcome(locale, &experiment),
            name: experiment.plan.name,
        });
    }
    drop(tx);
    web::page(&ListPage { shell: Shell::load(&app, &visitor, &locale.text("experiments-title")).await?, rows })
}

/// A form to be shown, new or returned.
struct Shows {
    form: FormState,
    version: String,
    refusal: String,
}

async fn edit_page(app: &App, visitor: &Visitor, id: Option<Uuid>, shows: Shows) -> Outcome<EditPage> {
    let locale = &visitor.locale;
    let named = |prefix: &str, code: &'static str| (code, locale.text(&format!("{prefix}{code}")));
    let title = locale.text(if id.is_some() { "experiment-edit" } else { "experiment-new" });
    Ok(EditPage {
        shell: Shell::load(app, visitor, &title).await?,
        title,
        action: id.map_or_else(|| "/office/experiments".into(), |id| format!("/office/experiments/{id}/plan")),
        version: shows.version,
        form: shows.form,
        refusal: shows.refusal,
        metrics: Metric::ALL.map(|metric| named("experiment-metric-", metric.code())).into(),
        allocations: Allocation::ALL.map(|way| named("experiment-allocation-", way.code())).into(),
        tactics: TacticKind::ALL.map(|kind| named("experiment-tactic-", kind.code())).into(),
    })
}

pub(super) async fn new(State(app): State<App>, visitor: Visitor) -> Reply {
    let published = policies::queries::published(&app.db().read().await?).await?.policy;
    let form = form::of(&form::blank(&published), &visitor.locale);
    web::page(&edit_page(&app, &visitor, None, Shows { form, version: String::new(), refusal: String::new() }).await?)
}

pub(super) async fn edit(State(app): State<App>, visitor: Visitor, Path(id): Path<Uuid>) -> Reply {
    let experiment = experiments::queries::experiment(&app.db().read().await?, id).await?;
    let form = form::of(&experiment.plan, &visitor.locale);
    let shows = Shows { form, version: experiment.version.to_string(), refusal: String::new() };
    web::page(&edit_page(&app, &visitor, Some(id), shows).await?)
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let made = match form::read(&fields) {
        Ok(plan) => {
            let plan = &plan;
            app.write(|tx| async move { actions::plan(&tx, ctx, plan.clone()).await }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    after_form(&app, &visitor, None, &fields, made).await
}

pub(super) async fn save(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, read) = (&app.ctx(&visitor), fields.text("version").parse().unwrap_or(0));
    let saved = match form::read(&fields) {
        Ok(plan) => {
            let plan: &Plan = &plan;
            app.write(|tx| async move { actions::change(&tx, ctx, id, read, plan).await }).await
        }
        Err(invalid) => Err(invalid.into()),
    };
    after_form(&app, &visitor, Some(id), &fields, saved).await
}

/// To the experiment, or back to the form with what is wrong.
async fn after_form(
    app: &App,
    visitor: &Visitor,
    id: Option<Uuid>,
    fields: &Fields,
    done: Outcome<Experiment>,
) -> Reply {
    let (status, form, refusal) = match done {
        Ok(experiment) => {
            return web::flash(web::see_other(&format!("/office/experiments/{}", experiment.id)), "experiment-saved");
        }
        // Faults deep inside the treatment are shown at its text, with their place.
        Err(Failure::Invalid(mut invalid)) => {
            for field in &mut invalid.fields {
                if field.field.starts_with("treatment.") {
                    field.field = "treatment".into();
                }
            }
            (StatusCode::UNPROCESSABLE_ENTITY, fields.rejected(&invalid, &visitor.locale), String::new())
        }
        Err(Failure::Refused(refused)) => (StatusCode::CONFLICT, fields.kept(), visitor.refusal(&refused)),
        Err(other) => return Err(other.into()),
    };
    let shows = Shows { form, version: fields.text("version").to_owned(), refusal };
    web::page_with(status, &edit_page(app, visitor, id, shows).await?)
}

pub(super) async fn one(State(app): State<App>, visitor: Visitor, Path(id): Path<Uuid>) -> Reply {
    web::page(&one_page(&app, &visitor, id, String::new()).await?)
}

async fn one_page(app: &App, visitor: &Visitor, id: Uuid, refusal: String) -> Outcome<OnePage> {
    crate::tracking::follower::up_to_date(app).await?;
    let tx = app.db().read().await?;
    let (locale, shown) = (&visitor.locale, queries::shown(&tx, id, app.now()).await?);
    let control = match shown.experiment.control {
        Some(control) => policies::queries::version(&tx, control).await?.ok_or(Failure::NotFound)?,
        None => policies::queries::published(&tx).await?,
    };
    let who = owner(&tx, &shown.experiment).await?;
    let e = &shown.experiment;
    let text = |key: &str, code: &str| locale.text(&format!("{key}{code}"));
    Ok(OnePage {
        shell: Shell::load(app, visitor, &e.plan.name).await?,
        path: format!("/office/experiments/{id}"),
        state: text("experiment-state-", e.state.code()),
        class: class(e.state),
        refusal,
        facts: facts(locale, &shown, who),
        verdict: verdict(locale, &shown),
        compared: compared(locale, &shown),
        chart: chart(locale, &shown),
        looks: looks(locale, &shown),
        guardrails: guardrails(locale, &shown),
        diff: policies::diff(&control.policy, &e.plan.treatment, locale),
        is_draft: e.state == ExperimentState::Draft,
        way: way::of(&tx, app, visitor, &shown).await?,
        is_running: e.state == ExperimentState::Running,
        may_publish: e.stop_reason == Some(StopReason::Higher),
        experiment: shown.experiment,
    })
}

/// A value of the metric in whole units: parts per million or minor units.
fn whole(metric: Metric, value: f64) -> i64 {
    let scaled = if metric == Metric::Agreement { value * 1e6 } else { value };
    // Infinite ends stop at the largest whole number.
    scaled.clamp(-1e15, 1e15).round() as i64
}

/// A value of the metric in words.
fn said(locale: &Locale, plan: &Plan, whole: i64) -> String {
    match plan.metric {
        Metric::Agreement => figures::percent(locale, Rate::from_ppm(whole)),
        _ => locale.money(Amount::new(whole, plan.treatment.currency)),
    }
}

/// A difference of two values of the metric in words: shares differ by percentage points.
pub(super) fn difference(locale: &Locale, plan: &Plan, whole: i64) -> String {
    match plan.metric {
        Metric::Agreement => figures::points(locale, Rate::from_ppm(whole)),
        _ => said(locale, plan, whole),
    }
}

fn facts(locale: &Locale, shown: &Shown, owner: String) -> Vec<(String, String)> {
    let e = &shown.experiment;
    let plan = &e.plan;
    let fact = |key: &str, value: String| (locale.text(key), value);
    let percent = |ppm: i64| locale.percent(Rate::from_ppm(ppm));
    let segment = if plan.segment.is_empty() { locale.text("all") } else { plan.segment.clone() };
    let mut all = vec![
        fact("experiment-owner", owner),
        fact("experiment-segment", segment),
        fact("experiment-metric", locale.text(&format!("experiment-metric-{}", plan.metric.code()))),
        fact("experiment-effect", difference(locale, plan, plan.effect)),
        fact("experiment-allocation", locale.text(&format!("experiment-allocation-{}", plan.allocation.code()))),
        fact("experiment-exposure", percent(plan.exposure_ppm)),
        fact("experiment-treatment-share", percent(e.treatment_share_ppm)),
        fact("experiment-window", locale.text_with("tracking-days", &[("n", plan.window_days.into())])),
    ];
    if let Some(start) = e.started_at {
        let end = e.stopped_at.unwrap_or(start.plus(plan.days_max * kernel::Instant::DAY));
        all.push(fact("experiment-began", locale.long_moment(start)));
        all.push(fact(
            if e.stopped_at.is_some() { "experiment-ended" } else { "experiment-ends" },
            locale.long_moment(end),
        ));
    }
    let number = |n: u64| locale.number(i64::try_from(n).unwrap_or(i64::MAX));
    match (e.required_per_arm, shown.needed) {
        (Some(required), _) => all.push(fact("experiment-required", locale.number(required))),
        (None, Some(needed)) => {
            all.push(fact("experiment-required", number(needed.per_arm)));
            let days = needed.days.map_or_else(|| "–".into(), number);
            all.push(fact("experiment-required-days", days));
        }
        (None, None) => all.push(fact("experiment-required", locale.text("experiment-required-unknown"))),
    }
    all
}

fn verdict(locale: &Locale, shown: &Shown) -> String {
    use statistics::sequential::Verdict;
    if let Some(reason) = shown.experiment.stop_reason {
        return locale.text(&format!("experiment-stopped-{}", reason.code()));
    }
    locale.text(match shown.standing.reading.map(|reading| reading.verdict) {
        None | Some(Verdict::TooEarly) => "experiment-verdict-early",
        Some(Verdict::Undecided) => "experiment-verdict-undecided",
        Some(Verdict::Higher) => "experiment-verdict-higher",
        Some(Verdict::Lower) => "experiment-verdict-lower",
    })
}

fn compared(locale: &Locale, shown: &Shown) -> Vec<Compared> {
    let plan = &shown.experiment.plan;
    let count = |n: u64| locale.number(i64::try_from(n).unwrap_or(i64::MAX));
    let row = |key: &str, [control, treatment]: [String; 2]| Compared { name: locale.text(key), control, treatment };
    vec![
        row("experiment-exposed", shown.exposed.map(|n| locale.number(n))),
        row("experiment-counted", shown.standing.counts.map(count)),
        row("experiment-mean", shown.standing.means.map(|mean| said(locale, plan, whole(plan.metric, mean)))),
    ]
}

/// The confidence sequence of the difference over the looks; looks that are too early have no interval.
fn chart(locale: &Locale, shown: &Shown) -> Chart {
    let (plan, looks) = (&shown.experiment.plan, &shown.standing.looks);
    let drawn: Vec<_> = looks.iter().filter(|(_, reading)| reading.lower.is_finite()).collect();
    if drawn.is_empty() {
        return Chart::default();
    }
    let number = |value: f64| whole(plan.metric, value);
    let line = Line {
        name: locale.text("experiment-difference"),
        tone: Tone::Brand,
        values: drawn.iter().map(|(_, reading)| Some(number(reading.difference))).collect(),
        band: drawn.iter().map(|(_, reading)| Some((number(reading.lower), number(reading.upper)))).collect(),
    };
    let places: Vec<String> = drawn.iter().map(|(at, _)| locale.day(at.date())).collect();
    let (title, description) = (locale.text("experiment-sequence"), locale.text("experiment-sequence-hint"));
    let label = |value: i64| difference(locale, plan, value);
    let frame = Frame { id: "sequence", title: &title, description: &description, label: &label };
    charts::lines(&frame, &places, &[line], Some(0))
}

/// The last looks: day, difference, interval, p value.
fn looks(locale: &Locale, shown: &Shown) -> Vec<[String; 4]> {
    const SHOWN: usize = 20;
    let plan = &shown.experiment.plan;
    let value = |value: f64| {
        if value.is_finite() { difference(locale, plan, whole(plan.metric, value)) } else { "–".to_owned() }
    };
    let looks = shown.standing.looks.iter().rev().take(SHOWN);
    looks
        .map(|(at, reading)| {
            let interval = [("low", value(reading.lower).into()), ("high", value(reading.upper).into())];
            [
                locale.date(at.date()),
                value(reading.difference),
                locale.text_with("experiment-interval", &interval),
                locale.decimal(&format!("{:.3}", reading.p_value)),
            ]
        })
        .collect()
}

fn guardrails(locale: &Locale, shown: &Shown) -> Vec<GuardrailView> {
    let names = ["escalations", "withdrawals", "margin"];
    let view = |(name, alarm): (&str, statistics::sequential::Alarm)| GuardrailView {
        name: locale.text(&format!("experiment-guardrail-{name}")),
        worsening: figures::points(locale, Rate::from_ppm(whole(Metric::Agreement, alarm.worsening))),
        p_value: locale.decimal(&format!("{:.3}", alarm.p_value)),
        is_breached: alarm.is_breached,
    };
    names.into_iter().zip(shown.standing.guardrails).map(view).collect()
}

/// What a button does.
async fn pressed(app: &App, visitor: &Visitor, id: Uuid, done: Outcome<Experiment>, flash: &'static str) -> Reply {
    match done {
        Ok(_) => web::flash(web::see_other(&format!("/office/experiments/{id}")), flash),
        Err(Failure::Refused(refused)) => {
            let page = one_page(app, visitor, id, visitor.refusal(&refused)).await?;
            web::page_with(StatusCode::CONFLICT, &page)
        }
        Err(Failure::Invalid(invalid)) => {
            let text = invalid.fields.first().map_or_else(String::new, |field| visitor.locale.error(field));
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &one_page(app, visitor, id, text).await?)
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn start(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, read) = (&app.ctx(&visitor), fields.text("version").parse().unwrap_or(0));
    let is_confirmed = fields.text("confirmed") == "yes";
    let done = app.write(|tx| async move { actions::start(&tx, ctx, id, read, is_confirmed).await }).await;
    pressed(&app, &visitor, id, done, "experiment-started").await
}

pub(super) async fn simulate(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, read) = (&app.ctx(&visitor), fields.text("version").parse().unwrap_or(0));
    let done = app.write(|tx| async move { actions::simulate(&tx, ctx, id, read).await }).await;
    pressed(&app, &visitor, id, done, "experiment-simulated").await
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, read) = (&app.ctx(&visitor), fields.text("version").parse().unwrap_or(0));
    let note = fields.text("note");
    let done = app.write(|tx| async move { actions::approve(&tx, ctx, id, read, note).await }).await;
    pressed(&app, &visitor, id, done, "experiment-approved").await
}

pub(super) async fn discard(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, read) = (&app.ctx(&visitor), fields.text("version").parse().unwrap_or(0));
    match app.write(|tx| async move { actions::discard(&tx, ctx, id, read).await }).await {
        Ok(()) => web::flash(web::see_other("/office/experiments"), "experiment-discarded"),
        Err(failure) => pressed(&app, &visitor, id, Err(failure), "experiment-discarded").await,
    }
}

pub(super) async fn end(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<Uuid>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, read) = (&app.ctx(&visitor), fields.text("version").parse().unwrap_or(0));
    let done = app.write(|tx| async move { actions::end(&tx, ctx, id, read).await }).await;
    pressed(&app, &visitor, id, done, "experiment-ended").await
}

pub(super) async fn draft(State(app): State<App>, visitor: Visitor, Path(id): Path<Uuid>) -> Reply {
    let ctx = &app.ctx(&visitor);
    match app.write(|tx| async move { actions::draft(&tx, ctx, id).await }).await {
        Ok(_) => web::flash(web::see_other("/office/policy/draft"), "experiment-drafted"),
        other => pressed(&app, &visitor, id, other, "experiment-drafted").await,
    }
}
