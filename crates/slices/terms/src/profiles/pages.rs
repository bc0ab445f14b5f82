//! Segments in the office: the rules by which behaviour is named, and what they come to.

use std::collections::HashMap;

use askama::Template;
use axum::http::StatusCode;
use db::ReadTx;
use i18n::Locale;
use kernel::{Amount, CompanyId, Failure, Outcome, Rate, Rounding, SignoffId};
use parties::people;
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::{BehaviourRule, Move, actions, queries, rules};
use crate::figures;
use crate::policies;
use crate::signoffs::view::{self, Answering};
use crate::signoffs::{self, SignoffState, Subject};

/// Empty rows at the end, to be filled in.
const SPARE: usize = 2;
/// Names of customers that are shown; what is beyond is counted.
const NAMES_SHOWN: usize = 20;

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
    asked: Option<Asked>,
}

/// A change that waits: who wants it, which rules, how many customers would behave in each way, and who moves.
struct Waiting {
    says: String,
    rules: Vec<(String, String)>,
    counts: Vec<(String, String)>,
    moves: Vec<MoveView>,
    answering: Answering,
}

/// What typed rules would change, before they are sent.
struct Asked {
    /// Names the rules that were looked at.
    seen: String,
    moves: Vec<MoveView>,
}

/// Who comes to a behaviour and who leaves it, in words; empty for nobody.
struct MoveView {
    behaviour: String,
    enter: String,
    leave: String,
}

/// What comes back with the page.
#[derive(Default)]
struct Returned {
    form: Option<FormState>,
    refusal: String,
    asked: Option<Vec<BehaviourRule>>,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, Returned::default()).await?)
}

/// Who comes to each behaviour and who leaves it by these rules.
async fn moves(tx: &ReadTx, locale: &Locale, wanted: &[BehaviourRule]) -> Outcome<Vec<MoveView>> {
    let moves = queries::moves(tx, wanted).await?;
    if moves.is_empty() {
        return Ok(Vec::new());
    }
    let companies = parties::companies::queries::all(tx).await?;
    let names: HashMap<CompanyId, String> = companies.into_iter().map(|company| (company.id, company.name)).collect();
    let named = |ids: &[CompanyId]| {
        let mut known: Vec<&str> = ids.iter().filter_map(|id| names.get(id)).map(String::as_str).collect();
        known.sort_unstable();
        let rest = ids.len().saturating_sub(NAMES_SHOWN);
        known.truncate(NAMES_SHOWN);
        let args = [("count", ids.len().into()), ("names", known.join(", ").into()), ("rest", rest.into())];
        if ids.is_empty() { String::new() } else { locale.text_with("segment-move-names", &args) }
    };
    let view = |(behaviour, moved): (Option<String>, Move)| MoveView {
        behaviour: behaviour.unwrap_or_else(|| locale.text("segment-no-rule")),
        enter: named(&moved.enter),
        leave: named(&moved.leave),
    };
    Ok(moves.into_iter().map(view).collect())
}

async fn waiting(tx: &ReadTx, visitor: &Visitor) -> Outcome<Option<Waiting>> {
    let Some(signoff) = signoffs::queries::waiting(tx, Subject::Segments).await? else { return Ok(None) };
    let (locale, wanted) = (&visitor.locale, rules::stored(&signoff.text)?);
    let by = match signoff.by {
        Some(by) => people::queries::member(tx, by).await?.map(|member| member.name).unwrap_or_default(),
        None => String::new(),
    };
    let counts = queries::counts_by(tx, &wanted).await?;
    let count = |(name, count): (Option<String>, i64)| {
        (name.unwrap_or_else(|| locale.text("segment-no-rule")), locale.number(count))
    };
    Ok(Some(Waiting {
        says: format!("{by}, {}: {}", locale.moment(signoff.at), signoff.reason),
        rules: wanted.iter().map(|rule| (rule.name.clone(), rule.condition.clone())).collect(),
        counts: counts.into_iter().map(count).collect(),
        moves: moves(tx, locale, &wanted).await?,
        answering: Answering::of(tx, &visitor.actor, &signoff).await?,
    }))
}

async fn page(app: &App, visitor: &Visitor, returned: Returned) -> Outcome<SegmentsPage> {
    let tx = app.db().read().await?;
    let (own, counts, last) =
        (queries::behaviour_rules(&tx).await?, queries::counts(&tx).await?, queries::last(&tx).await?);
    let currency = policies::queries::published(&tx).await?.policy.currency;
    let waiting = waiting(&tx, visitor).await?;
    let locale = &visitor.locale;
    let asked = match &returned.asked {
        Some(wanted) => Some(Asked { seen: seen(wanted), moves: moves(&tx, locale, wanted).await? }),
        None => None,
    };
    drop(tx);
    let form = returned.form.unwrap_or_else(|| form_of(&own));
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
        refusal: returned.refusal,
        waiting,
        asked,
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

/// Names rules, so that those which are sent are those which were looked at.
fn seen(rules: &[BehaviourRule]) -> String {
    rules.iter().map(|rule| format!("{}={}", rule.name, rule.condition)).collect::<Vec<_>>().join("; ")
}

/// First what would change, then, looked at and with a reason, the change itself.
pub(super) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let text = |at: usize, field: &str| fields.text(&format!("rules.{at}.{field}")).trim().to_owned();
    let places: Vec<usize> = (0..rules::RULES_MAX)
        .filter(|at| !text(*at, "name").is_empty() || !text(*at, "condition").is_empty())
        .collect();
    let rules: Vec<BehaviourRule> =
        places.iter().map(|at| BehaviourRule { name: text(*at, "name"), condition: text(*at, "condition") }).collect();
    let (ctx, rules, reason) = (&app.ctx(&visitor), &rules, fields.text("reason"));
    let saved = match rules::compiled(rules) {
        Err(invalid) => Err(invalid.into()),
        Ok(_) if fields.text("looked_at") != "yes" || fields.text("seen") != seen(rules) => {
            let returned = Returned { form: Some(fields.kept()), asked: Some(rules.clone()), ..Returned::default() };
            return web::page(&page(&app, &visitor, returned).await?);
        }
        Ok(_) => app.write(|tx| async move { actions::propose_rules(&tx, ctx, rules, reason).await }).await,
    };
    match saved {
        Ok(signoff) if signoff.state == SignoffState::Waiting => {
            web::flash(web::see_other("/office/segments"), "signoff-sent")
        }
        Ok(_) => web::flash(web::see_other("/office/segments"), "segments-saved"),
        Err(Failure::Refused(refused)) => {
            let refusal = visitor.refusal(&refused);
            let returned = Returned { form: Some(fields.kept()), refusal, asked: Some(rules.clone()) };
            web::page_with(StatusCode::CONFLICT, &page(&app, &visitor, returned).await?)
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
            // Without a reason the rules are as they were looked at; what cannot be read has nothing to show.
            let asked = rules::compiled(rules).is_ok().then(|| rules.clone());
            let form = Some(fields.rejected(&renamed, &visitor.locale));
            let returned = Returned { form, asked, ..Returned::default() };
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &visitor, returned).await?)
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
    web::page_with(status, &page(app, visitor, Returned { refusal: says, ..Returned::default() }).await?)
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
    let done = view::decline(&app, &visitor, Subject::Segments, id, fields.text("note")).await;
    answer(&app, &visitor, done, "signoff-declined").await
}

pub(super) async fn recompute(State(app): State<App>, visitor: Visitor) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { actions::recompute_soon(&tx, ctx).await }).await?;
    web::flash(web::see_other("/office/segments"), "segments-recomputed")
}
