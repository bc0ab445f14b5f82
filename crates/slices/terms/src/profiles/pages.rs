//! Segments in the office: the rules by which behaviour is named, and what they come to.

use askama::Template;
use axum::http::StatusCode;
use kernel::{Amount, Failure, Outcome};
use web::{App, Fields, Form, FormState, Reply, Shell, State, Visitor};

use super::{BehaviourRule, actions, queries, rules};
use crate::policies;

/// Empty rows at the end, to be filled in.
const SPARE: usize = 2;

#[derive(Template)]
#[template(path = "profiles/segments.html")]
struct SegmentsPage {
    shell: Shell,
    form: FormState,
    rows: Vec<String>,
    /// Behaviour, customers, share of all in per cent, revenue.
    counts: Vec<(String, String, String, String)>,
    fields: Vec<(&'static str, String)>,
    at: String,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, None).await?)
}

async fn page(app: &App, visitor: &Visitor, returned: Option<FormState>) -> Outcome<SegmentsPage> {
    let tx = app.db().read().await?;
    let (own, counts, last) =
        (queries::behaviour_rules(&tx).await?, queries::counts(&tx).await?, queries::last(&tx).await?);
    let currency = policies::queries::published(&tx).await?.policy.currency;
    drop(tx);
    let locale = &visitor.locale;
    let form = returned.unwrap_or_else(|| form_of(&own));
    let used = (0..rules::RULES_MAX).take_while(|at| {
        let name = |field: &str| format!("rules.{at}.{field}");
        !form.value(&name("name")).is_empty() || !form.value(&name("condition")).is_empty()
    });
    let rows = (0..(used.count() + SPARE).min(rules::RULES_MAX)).map(|at| format!("rules.{at}")).collect();
    let all: i64 = counts.iter().map(|(_, customers, _)| customers).sum();
    let count = |(behaviour, customers, revenue): (Option<String>, i64, i64)| {
        let share = kernel::Rate::from_ppm(customers * 1_000 / all.max(1) * 1_000);
        let name = behaviour.unwrap_or_else(|| locale.text("segment-no-rule"));
        (name, locale.number(customers), locale.percent(share), locale.money(Amount::new(revenue, currency)))
    };
    let kind = |field: &negotiation_engine::conditions::Field| {
        (field.name, locale.text(&format!("condition-kind-{}", field.kind.code())))
    };
    Ok(SegmentsPage {
        shell: Shell::load(app, visitor, &locale.text("segments-title")).await?,
        rows,
        counts: counts.into_iter().map(count).collect(),
        fields: rules::schema().fields().iter().map(kind).collect(),
        at: last.map_or_else(|| locale.text("segments-never"), |at| locale.long_moment(at)),
        form,
    })
}

fn form_of(rules: &[BehaviourRule]) -> FormState {
    let values: Vec<(String, String)> = rules
        .iter()
        .enumerate()
        .flat_map(|(at, rule)| {
            [(format!("rules.{at}.name"), rule.name.clone()), (format!("rules.{at}.condition"), rule.condition.clone())]
        })
        .collect();
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

pub(super) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let text = |at: usize, field: &str| fields.text(&format!("rules.{at}.{field}")).trim().to_owned();
    let places: Vec<usize> = (0..rules::RULES_MAX)
        .filter(|at| !text(*at, "name").is_empty() || !text(*at, "condition").is_empty())
        .collect();
    let rules: Vec<BehaviourRule> =
        places.iter().map(|at| BehaviourRule { name: text(*at, "name"), condition: text(*at, "condition") }).collect();
    let (ctx, rules) = (&app.ctx(&visitor), &rules);
    let saved = app.write(|tx| async move { actions::set_rules(&tx, ctx, rules).await }).await;
    match saved {
        Ok(()) => web::flash(web::see_other("/office/segments"), "segments-saved"),
        Err(Failure::Invalid(invalid)) => {
            // `rules[1].name` is the second rule that was filled in, wherever it stands in the form.
            let mut renamed = kernel::Invalid::default();
            for error in invalid.fields {
                let place = error.field.strip_prefix("rules[").and_then(|rest| rest.split_once("]."));
                let at = place.and_then(|(at, _)| places.get(at.parse::<usize>().ok()?));
                let name = match (at, place) {
                    (Some(at), Some((_, field))) => format!("rules.{at}.{field}"),
                    _ => error.field,
                };
                renamed = renamed.and(name, error.code, error.args);
            }
            let form = fields.rejected(&renamed, &visitor.locale);
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &visitor, Some(form)).await?)
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn recompute(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::recompute(&tx, ctx).await }).await?;
    web::flash(web::see_other("/office/segments"), "segments-recomputed")
}
