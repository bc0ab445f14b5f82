//! Cases that are so alike that one decision may answer them all, and deciding them together.
//!
//! Which cases are alike is the engine's question ([`workflow::group`]): the same reason, authority, segment and product
//! class, about the same margin impact and discount. Cases of different currencies are never alike: nobody can judge their sum, and
//! a rate of today has no place in a decision. Each case is decided in a transaction of its own and checked again; one
//! that has changed since it was read is left out, and the page says which.

use std::collections::HashMap;

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use db::ReadTx;
use kernel::{Amount, Currency, Failure, Invalid, NegotiationId, Outcome, Permission, Rate};
use negotiation::negotiations::{self, Negotiation, summary};
use negotiation::routing::{self, Assigned};
use negotiation_engine::Waterfall;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use terms::figures::hundredths;
use terms::{deciders, figures, words};
use web::{App, Fields, Form, FormState, Json, Reply, Shell, State, Visitor};
use workflow::{Bands, Level};

use super::queries::{self, QueueRow, Whose};
use super::{Approval, actions};

/// Most cases of one decision.
pub const TOGETHER_MAX: usize = 100;

/// The limits between margin impacts that count as about the same.
fn impact_bands() -> Bands {
    Bands([2, 4, 7, 10, 15].map(Rate::percent).to_vec())
}

/// The limits between discounts that count as about the same.
fn discount_bands() -> Bands {
    Bands([3, 6, 10, 15, 25].map(Rate::percent).to_vec())
}

/// Several cases with one answer.
#[derive(Debug, Clone)]
pub struct Together {
    /// Each case with the version that was read.
    pub cases: Vec<(NegotiationId, i64)>,
    /// Whether the best suggested answer is sent instead of granting the ask.
    pub is_suggestion: bool,
    /// Why, for the seller's own people; noted with every case.
    pub rationale: String,
    /// What the buyers read.
    pub message: String,
}

/// Approves cases one by one. Says for each whether it was done.
///
/// # Errors
/// Invalid `cases` or `rationale`; the refusal `not-allowed`. What is wrong with one case is in its own result.
pub async fn approve_all(
    app: &App,
    visitor: &Visitor,
    together: &Together,
) -> Outcome<Vec<(NegotiationId, Outcome<()>)>> {
    visitor.actor.must(Permission::UseDesk)?;
    let mut invalid = Invalid::default();
    if together.cases.is_empty() {
        invalid = invalid.and("cases", "required", Vec::new());
    }
    if together.cases.len() > TOGETHER_MAX {
        invalid = invalid.and("cases", "too-many-lines", vec![("most", TOGETHER_MAX.to_string())]);
    }
    if together.rationale.trim().is_empty() {
        invalid = invalid.and("rationale", "required", Vec::new());
    }
    invalid.check()?;
    actions::check_texts(&together.message, &together.rationale)?;
    let mut done = Vec::with_capacity(together.cases.len());
    for (id, version) in &together.cases {
        done.push((*id, approve_one(app, visitor, *id, *version, together).await));
    }
    Ok(done)
}

async fn approve_one(
    app: &App,
    visitor: &Visitor,
    id: NegotiationId,
    version: i64,
    together: &Together,
) -> Outcome<()> {
    let ctx = &app.ctx(visitor);
    app.write(|tx| async move {
        let offer = match together.is_suggestion {
            true => {
                let case = queries::case(&tx, id).await?;
                let first = case.suggested().next().map(|row| row.id);
                Some(first.ok_or(super::DeskRefusal::SuggestionGone)?)
            }
            false => None,
        };
        let (message, rationale) = (together.message.clone(), together.rationale.clone());
        actions::approve(&tx, ctx, id, &Approval { version, offer, message, rationale }).await
    })
    .await
}

/// Alike cases that the reader may decide, the largest group first.
struct Found {
    rows: Vec<QueueRow>,
    assigned: HashMap<NegotiationId, Assigned>,
    groups: Vec<workflow::Group>,
    /// What would be left of each ask that is granted.
    falls: HashMap<NegotiationId, Waterfall>,
}

impl Found {
    fn row(&self, key: u128) -> Option<&QueueRow> {
        self.rows.iter().find(|row| row.negotiation.id.uuid().as_u128() == key)
    }
}

async fn find(tx: &ReadTx, visitor: &Visitor) -> Outcome<Found> {
    let (me, _) = deciders::me(tx, &visitor.actor).await?;
    let rows = queries::queue(tx, me.id, Whose::All).await?;
    let ids: Vec<NegotiationId> = rows.iter().map(|row| row.negotiation.id).collect();
    let assigned = routing::queries::assigned(tx, &ids).await?;
    let viewer = routing::rules::level(me.roles, me.leads_sales).unwrap_or(Level::REP);
    let groups = groups(&rows, &assigned, viewer);
    let mut falls = HashMap::new();
    for key in groups.iter().flat_map(|group| &group.cases) {
        let Some(row) = rows.iter().find(|row| row.negotiation.id.uuid().as_u128() == *key) else { continue };
        let case = queries::case(tx, row.negotiation.id).await?;
        let fall = actions::asked(&case).ok().and_then(|asked| super::waterfall::of(&case, &asked));
        falls.extend(fall.map(|fall| (row.negotiation.id, fall)));
    }
    Ok(Found { rows, assigned, groups, falls })
}

/// The groups of each currency, the largest first.
fn groups(rows: &[QueueRow], assigned: &HashMap<NegotiationId, Assigned>, viewer: Level) -> Vec<workflow::Group> {
    let mut currencies: Vec<Currency> = Vec::new();
    for row in rows {
        if !currencies.contains(&row.negotiation.currency) {
            currencies.push(row.negotiation.currency);
        }
    }
    let of_currency = |currency: Currency| {
        let own = rows.iter().filter(|row| row.negotiation.currency == currency);
        let cases: Vec<workflow::Case> = own.filter_map(|row| case(row, assigned.get(&row.negotiation.id)?)).collect();
        workflow::group(&cases, &impact_bands(), &discount_bands(), viewer)
    };
    let mut groups: Vec<workflow::Group> = currencies.into_iter().flat_map(of_currency).collect();
    groups.sort_by_key(|group| std::cmp::Reverse(group.cases.len()));
    groups
}

/// What the asks of a group are worth together at list and at asked prices, and what would be left, in the currency that all of
/// them have.
struct Sum {
    list: Amount,
    net: Amount,
    pocket: Amount,
    /// Whether the costs of all are known.
    is_whole: bool,
}

fn currency(found: &Found, group: &workflow::Group) -> Currency {
    let first = group.cases.first().and_then(|key| found.row(*key));
    first.map_or(Currency::Eur, |row| row.negotiation.currency)
}

fn sum(found: &Found, group: &workflow::Group) -> Sum {
    let zero = Amount::zero(currency(found, group));
    let mut sum = Sum { list: zero, net: zero, pocket: zero, is_whole: true };
    let add = |to: Amount, amount: Amount| to.plus(amount).unwrap_or(to);
    for row in group.cases.iter().filter_map(|key| found.row(*key)) {
        let n = &row.negotiation;
        (sum.list, sum.net) = (add(sum.list, n.list_value), add(sum.net, n.ask_value));
        match found.falls.get(&n.id) {
            Some(fall) => sum.pocket = add(sum.pocket, fall.pocket),
            None => sum.is_whole = false,
        }
    }
    sum
}

/// A case as the engine compares it. What waits for a recommendation is not decided yet.
fn case(row: &QueueRow, assigned: &Assigned) -> Option<workflow::Case> {
    let n = &row.negotiation;
    (assigned.step == assigned.steps).then(|| workflow::Case {
        key: n.id.uuid().as_u128(),
        level: assigned.needed,
        needed: routing::rules::needed(n),
        reason: n.reason.clone().unwrap_or_default(),
        segment: row.company.segment.clone(),
        class: assigned.class.clone(),
        impact: assigned.impact,
        discount: discount(n),
    })
}

fn discount(n: &Negotiation) -> Rate {
    figures::share(n.list_value.minus(n.ask_value).unwrap_or(n.ask_value), n.list_value)
}

/// A case in a group.
struct Row {
    id: String,
    version: String,
    href: String,
    number: String,
    company: String,
    what: String,
    value: String,
    currency: &'static str,
    discount: String,
    impact: String,
    pocket: String,
    margin: String,
    is_bad: bool,
    is_chosen: bool,
}

/// A group with its cases.
struct GroupView {
    title: String,
    facts: String,
    rows: Vec<Row>,
    value: String,
    discount: String,
    pocket: String,
    margin: String,
}

#[derive(Template)]
#[template(path = "cases/alike.html")]
struct AlikePage {
    shell: Shell,
    groups: Vec<GroupView>,
    form: FormState,
    done: String,
    skipped: Vec<(String, String, String)>,
}

/// What has come of a decision, or is wrong with it.
#[derive(Default)]
struct Returned {
    form: FormState,
    done: String,
    skipped: Vec<(String, String, String)>,
}

async fn alike_page(app: &App, visitor: &Visitor, returned: Returned) -> Outcome<AlikePage> {
    let found = {
        let tx = app.db().read().await?;
        find(&tx, visitor).await?
    };
    let shell = Shell::load(app, visitor, &visitor.locale.text("alike-title")).await?;
    let group = |group: &workflow::Group| view(app, &shell, &found, group, &returned.form);
    Ok(AlikePage {
        groups: found.groups.iter().map(group).collect(),
        form: returned.form.clone(),
        done: returned.done,
        skipped: returned.skipped,
        shell,
    })
}

fn view(app: &App, shell: &Shell, found: &Found, group: &workflow::Group, form: &FormState) -> GroupView {
    let (locale, alike) = (&shell.visitor.locale, &group.alike);
    let rows = group.cases.iter().filter_map(|key| found.row(*key));
    let count = i64::try_from(group.cases.len()).unwrap_or(i64::MAX);
    let facts = [
        ("reason", locale.text(&format!("escalated-{}", alike.reason.replace('_', "-"))).into()),
        ("authority", routing::reasons::level_words(locale, alike.needed).into()),
        ("segment", alike.segment.clone().into()),
        ("class", alike.class.clone().into()),
    ];
    let sum = sum(found, group);
    let given = sum.list.minus(sum.net).unwrap_or(sum.net);
    let none = || "–".to_owned();
    let margin = sum.is_whole.then(|| locale.percent(hundredths(figures::share(sum.pocket, sum.net))));
    GroupView {
        value: locale.money(sum.net),
        discount: format!("{} · {}", locale.percent(hundredths(figures::share(given, sum.list))), locale.money(given)),
        pocket: if sum.is_whole { locale.money(sum.pocket) } else { none() },
        margin: margin.unwrap_or_else(none),
        title: shell.tn("alike-group", &count),
        facts: locale.text_with("alike-facts", &facts),
        rows: rows.map(|row| row_view(app, shell, found, row, form)).collect(),
    }
}

fn row_view(app: &App, shell: &Shell, found: &Found, row: &QueueRow, form: &FormState) -> Row {
    let (n, locale) = (&row.negotiation, &shell.visitor.locale);
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
    let fall = found.falls.get(&n.id);
    let impact = found.assigned.get(&n.id).and_then(|assigned| assigned.impact);
    Row {
        id: n.id.to_string(),
        version: n.version.to_string(),
        href: negotiations::desk_href(n.id),
        number: n.number.to_string(),
        company: row.company.name.clone(),
        what: super::queue::what(locale, n, &names),
        value: locale.amount(n.ask_value),
        currency: n.currency.code(),
        discount: locale.percent(hundredths(discount(n))),
        impact: impact.map_or_else(|| "–".to_owned(), |impact| figures::points(locale, impact)),
        pocket: fall.map_or_else(|| "–".to_owned(), |fall| locale.money(fall.pocket)),
        margin: fall.map_or_else(|| "–".to_owned(), |fall| locale.percent(hundredths(fall.margin))),
        is_bad: fall.is_some_and(super::waterfall::is_bad),
        is_chosen: !form.value(&format!("case.{}", n.id)).is_empty(),
    }
}

pub(super) async fn page(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&alike_page(&app, &visitor, Returned::default()).await?)
}

pub(super) async fn approve(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let case = |(name, version): (&String, &String)| {
        Some((NegotiationId::parse(name.strip_prefix("case.")?)?, version.parse().ok()?))
    };
    let together = Together {
        cases: fields.0.iter().filter_map(case).collect(),
        is_suggestion: fields.text("answer") == "suggestion",
        rationale: fields.text("rationale").to_owned(),
        message: fields.text("message").to_owned(),
    };
    match approve_all(&app, &visitor, &together).await {
        Ok(done) => {
            let returned = returned(&app, &visitor, done).await?;
            web::page(&alike_page(&app, &visitor, returned).await?)
        }
        Err(Failure::Invalid(invalid)) => {
            let returned = Returned { form: fields.rejected(&invalid, &visitor.locale), ..Returned::default() };
            web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &alike_page(&app, &visitor, returned).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// How many were approved, and which were not and why.
async fn returned(app: &App, visitor: &Visitor, done: Vec<(NegotiationId, Outcome<()>)>) -> Outcome<Returned> {
    let locale = &visitor.locale;
    let approved = i64::try_from(done.iter().filter(|(_, result)| result.is_ok()).count()).unwrap_or(i64::MAX);
    let mut skipped = Vec::new();
    let tx = app.db().read().await?;
    for (id, result) in done {
        let Err(failure) = result else { continue };
        let case = negotiation::negotiations::store::load(&tx, None, id).await?;
        let number = case.map_or_else(String::new, |n| n.number.to_string());
        skipped.push((
            negotiations::desk_href(id),
            locale.text_with("case-number", &[("number", number.into())]),
            why(visitor, failure),
        ));
    }
    Ok(Returned {
        form: FormState::default(),
        done: locale.text_with("alike-done", &[("n", approved.into())]),
        skipped,
    })
}

/// Why a case was left out, in words.
fn why(visitor: &Visitor, failure: Failure) -> String {
    match failure {
        Failure::Refused(refused) => visitor.refusal(&super::pages::in_local_time(refused, visitor)),
        Failure::Invalid(invalid) => {
            invalid.fields.first().map_or_else(String::new, |error| visitor.locale.error(error))
        }
        Failure::NotFound => visitor.locale.text("error-404-title"),
        Failure::Fault(fault) => {
            tracing::error!("approving alike cases: {fault}");
            visitor.locale.text("error-500-title")
        }
    }
}

/// Cases that are alike.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct GroupJson {
    /// Why they need a person, as a code.
    pub reason: String,
    /// The customers' segment.
    pub segment: String,
    /// The product class.
    pub class: String,
    /// The currency of all of them.
    pub currency: String,
    /// The cases.
    pub cases: Vec<AlikeCaseJson>,
}

/// A case of a group.
#[derive(Debug, Clone, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlikeCaseJson {
    /// The negotiation.
    pub id: String,
    /// The version to decide with.
    pub version: i64,
}

/// Approves several cases.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveCases {
    /// At most a hundred.
    pub cases: Vec<AlikeCaseJson>,
    /// `ask` grants what was asked, `suggestion` sends the best suggested answer.
    #[serde(default)]
    pub answer: String,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// What the buyers read.
    #[serde(default)]
    pub message: String,
}

/// What has come of one of them.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DoneJson {
    /// The negotiation.
    pub id: NegotiationId,
    /// Whether it was approved.
    pub approved: bool,
    /// Why not.
    pub reason: Option<String>,
}

pub(super) async fn list_json(State(app): State<App>, visitor: Visitor) -> Reply {
    let tx = app.db().read().await?;
    let found = find(&tx, &visitor).await?;
    let json = |group: &workflow::Group| {
        let rows = group.cases.iter().filter_map(|key| found.row(*key));
        let case =
            |row: &QueueRow| AlikeCaseJson { id: row.negotiation.id.to_string(), version: row.negotiation.version };
        let alike = &group.alike;
        GroupJson {
            reason: alike.reason.clone(),
            segment: alike.segment.clone(),
            class: alike.class.clone(),
            currency: currency(&found, group).code().to_owned(),
            cases: rows.map(case).collect(),
        }
    };
    web::json(&found.groups.iter().map(json).collect::<Vec<_>>())
}

pub(super) async fn approve_json(State(app): State<App>, visitor: Visitor, Json(body): Json<ApproveCases>) -> Reply {
    let mut cases = Vec::with_capacity(body.cases.len());
    for (at, case) in body.cases.iter().enumerate() {
        let id = NegotiationId::parse(&case.id);
        cases.push((id.ok_or_else(|| Invalid::field(format!("cases[{at}].id"), "choice"))?, case.version));
    }
    let is_suggestion = body.answer == "suggestion";
    let together = Together { cases, is_suggestion, rationale: body.rationale, message: body.message };
    let done = approve_all(&app, &visitor, &together).await?;
    let json = |(id, result): (NegotiationId, Outcome<()>)| DoneJson {
        id,
        approved: result.is_ok(),
        reason: result.err().map(|failure| why(&visitor, failure)),
    };
    web::json(&done.into_iter().map(json).collect::<Vec<_>>())
}
