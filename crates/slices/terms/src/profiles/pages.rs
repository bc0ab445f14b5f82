//! Segments in the office: the rules by which behaviour is named, and what they come to.

use askama::Template;
use axum::http::StatusCode;
use db::ReadTx;
use kernel::{Amount, Failure, Outcome, Rate, Rounding, SignoffId};
use parties::people;
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::{BehaviourRule, actions, queries, rules};
use crate::figures;
use crate::policies;
use crate::signoffs::{self, SignoffState, Subject};

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
    refusal: String,
    waiting: Option<Waiting>,
}

/// A change that waits: who wants it, which rules, and how many customers would behave in each way.
struct Waiting {
    id: SignoffId,
    says: String,
    rules: Vec<(String, String)>,
    counts: Vec<(String, String)>,
    may_confirm: bool,
    is_own: bool,
    is_mine: bool,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, None, String::new()).await?)
}

async fn waiting(tx: &ReadTx, visitor: &Visitor) -> Outcome<Option<Waiting>> {
    let Some(signoff) = signoffs::queries::waiting(tx, Subject::Segments).await? else { return Ok(None) };
    let (locale, wanted) = (&visitor.locale, rules::stored(&signoff.text)?);
    let may = signoffs::queries::may_confirm(tx, &visitor.actor, &signoff).await?;
    let by = match signoff.by {
        Some(by) => people::queries::member(tx, by).await?.map(|member| member.name).unwrap_or_default(),
        None => String::new(),
    };
    let counts = queries::counts_by(tx, &wanted).await?;
    let count = |(name, count): (Option<String>, i64)| {
        (name.unwrap_or_else(|| locale.text("segment-no-rule")), locale.number(count))
    };
    Ok(Some(Waiting {
        id: signoff.id,
        says: format!("{by}, {}: {}", locale.moment(signoff.at), signoff.reason),
        rules: wanted.into_iter().map(|rule| (rule.name, rule.condition)).collect(),
        counts: counts.into_iter().map(count).collect(),
        may_confirm: may.is_some(),
        is_own: may == Some(true),
        is_mine: may.is_none(),
    }))
}

async fn page(app: &App, visitor: &Visitor, returned: Option<FormState>, refusal: String) -> Outcome<SegmentsPage> {
    let tx = app.db().read().await?;
    let (own, counts, last) =
        (queries::behaviour_rules(&tx).await?, queries::counts(&tx).await?, queries::last(&tx).await?);
    let currency = policies::queries::published(&tx).await?.policy.currency;
    let waiting = waiting(&tx, visitor).await?;
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
        let share = Rounding::HalfUp.divide(i128::from(customers) * 1_000_000, i128::from(all.max(1)));
        let share = Rate::from_ppm(i64::try_from(share).unwrap_or(0));
        let name = behaviour.unwrap_or_else(|| locale.text("segment-no-rule"));
        (name, locale.number(customers), figures::percent(locale, share), locale.money(Amount::new(revenue, currency)))
    };
    let kind = |field: &negotiation_engine::conditions::Field| {
        (field.name, locale.text(&format!("condition-kind-{}", field.kind.code())))
    };
    Ok(SegmentsPage {
        shell: Shell::load(app, visitor, &locale.text("segments-title")).await?,
        rows,
        counts: counts.into_iter().map(count).collect(),
        fields: rules::schema().fields().iter().map(kind).collect(),
        refusal,
        waiting,
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
    let (ctx, rules, reason) = (&app.ctx(&visitor), &rules, fields.text("reason"));
    let saved = app.write(|tx| async move { actions::propose_rules(&tx, ctx, rules, reason).await }).await;
    match saved {
        Ok(signoff) if signoff.state == SignoffState::Waiting => {
            web::flash(web::see_other("/office/segments"), "signoff-sent")
        }
        Ok(_) => web::flash(web::see_other("/office/segments"), "segments-saved"),
        Err(Failure::Refused(refused)) => {
            let page = page(&app, &visitor, Some(fields.kept()), visitor.refusal(&refused)).await?;
            web::page_with(StatusCode::CONFLICT, &page)
        }
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
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &visitor, Some(form), String::new()).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// Back to the page, or the page with what is in the way.
async fn answer(app: &App, visitor: &Visitor, done: Outcome<()>, flash: &'static str) -> Reply {
    let (status, says) = match done {
        Ok(()) => return web::flash(web::see_other("/office/segments"), flash),
        Err(Failure::Refused(refused)) => (StatusCode::CONFLICT, visitor.refusal(&refused)),
        Err(Failure::Invalid(invalid)) => {
            let says: Vec<String> = invalid.fields.iter().map(|error| visitor.locale.error(error)).collect();
            (StatusCode::UNPROCESSABLE_ENTITY, says.join(" "))
        }
        Err(failure) => return Err(failure.into()),
    };
    web::page_with(status, &page(app, visitor, None, says).await?)
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), fields.text("note"));
    let done = app.write(|tx| async move { actions::confirm_rules(&tx, ctx, id, note).await }).await;
    answer(&app, &visitor, done, "segments-saved").await
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), fields.text("note"));
    let done = app
        .write(|tx| async move { signoffs::actions::decline(&tx, ctx, Subject::Segments, id, note).await.map(|_| ()) });
    answer(&app, &visitor, done.await, "signoff-declined").await
}

pub(super) async fn recompute(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::recompute_soon(&tx, ctx).await }).await?;
    web::flash(web::see_other("/office/segments"), "segments-recomputed")
}
