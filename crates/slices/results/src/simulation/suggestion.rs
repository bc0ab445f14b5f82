//! A policy suggested from history: its numbers with their reasons, what history shows, what it would bring, and the one click
//! that makes it the draft.

use std::collections::HashMap;

use askama::Template;
use db::ReadTx;
use i18n::Locale;
use kernel::{Amount, CompanyId, Failure, Invalid, Outcome, ProductId, Rate, SimulationId};
use negotiation_engine::{Lever, Policy};
use simulation::{Finding, Reason, Subject};
use terms::figures::percent;
use terms::policies::{self, PolicyVersion};
use terms::words;
use web::{App, Fields, Form, Reply, Shell, State, Visitor};

use super::fit::{self, FitView};
use super::form::COUNT;
use super::pages::Status;
use super::rules::Wanted;
use super::view::{self, ResultView};
use super::{Results, RunState, SimulationRun, StoredSuggestion, actions, figures, queries};

/// A number of the suggested policy, and why.
struct Suggested {
    what: String,
    value: String,
    why: String,
}

/// A row of what history shows.
struct Found {
    kind: String,
    name: String,
    sales: String,
    at_list: String,
    discount: String,
    spread: String,
    under_usual: String,
    margin: String,
    agreed: String,
}

/// What a finished run suggests.
struct Shown {
    numbers: Vec<Suggested>,
    findings: Vec<Found>,
    results: ResultView,
    fit: FitView,
}

#[derive(Template)]
#[template(path = "simulation/suggestion.html")]
struct SuggestionPage {
    shell: Shell,
    status: Option<Status>,
    shown: Option<Shown>,
    /// The version of the draft that would be written over; empty when there is none.
    draft: String,
    refusal: String,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, String::new()).await?)
}

async fn page(app: &App, visitor: &Visitor, refusal: String) -> Outcome<SuggestionPage> {
    let tx = app.db().read().await?;
    let locale = &visitor.locale;
    let run = queries::last_suggested(&tx).await?;
    let draft = policies::queries::draft(&tx).await?;
    let results = match &run {
        Some(run) => queries::results(&tx, run.id).await?,
        None => None,
    };
    let shown = match run.as_ref().zip(results.as_ref()) {
        Some((run, results)) => shown(&tx, locale, run, results).await?,
        None => None,
    };
    drop(tx);
    let buyers = results.as_ref().map(|results| results.report.buyers);
    Ok(SuggestionPage {
        shell: Shell::load(app, visitor, &locale.text("suggestion-title")).await?,
        status: run.map(|run| Status::of(locale, &run, buyers)),
        shown,
        draft: draft.map(|draft: PolicyVersion| draft.version.to_string()).unwrap_or_default(),
        refusal,
    })
}

async fn shown(tx: &ReadTx, locale: &Locale, run: &SimulationRun, results: &Results) -> Outcome<Option<Shown>> {
    let Some(suggestion) = results.suggestion.as_ref().filter(|_| run.state == RunState::Done) else { return Ok(None) };
    let policy = suggestion.policy()?;
    let (names, groups) = (names(tx, suggestion).await?, figures::Names::load(tx, locale).await?);
    let number = |reason: &Reason| Suggested {
        what: what(locale, &policy, &reason.path),
        value: value(locale, &policy, &reason.path),
        why: why(locale, &policy, reason),
    };
    Ok(Some(Shown {
        numbers: suggestion.reasons.iter().map(number).collect(),
        findings: suggestion.findings.iter().map(|finding| found(locale, &names, &groups, finding)).collect(),
        results: view::of(locale, &groups, &run.settings, &results.report),
        fit: fit::of(locale, &results.buyers),
    }))
}

/// The place in a list that a path ends with: `margins[2]`.
fn index(path: &str) -> Option<usize> {
    path.split_once('[')?.1.trim_end_matches(']').parse().ok()
}

/// The path without a place in a list, as the last part of a key.
fn field(path: &str) -> String {
    path.split('[').next().unwrap_or_default().replace(['.', '_'], "-")
}

fn what(locale: &Locale, policy: &Policy, path: &str) -> String {
    let row = index(path).filter(|_| path.starts_with("margins")).and_then(|at| policy.margins.get(at));
    let (key, name) = match row.map(|row| (&row.segment, &row.class)) {
        Some((Some(segment), _)) => ("suggestion-margins-segment", segment.as_str()),
        Some((None, Some(class))) => ("suggestion-margins-class", class.as_str()),
        _ => return locale.text(&format!("suggestion-{}", field(path))),
    };
    locale.text_with(key, &[("name", name.into())])
}

fn value(locale: &Locale, policy: &Policy, path: &str) -> String {
    let percent = |rate: Rate| locale.percent(rate);
    let money = |amount: Option<Amount>| amount.map(|amount| locale.money(amount)).unwrap_or_default();
    match path.split('[').next().unwrap_or_default() {
        "margins" => {
            let Some(row) = index(path).and_then(|at| policy.margins.get(at)) else { return String::new() };
            let args = [("floor", percent(row.floor).into()), ("target", percent(row.target).into())];
            locale.text_with("suggestion-value-margins", &args)
        }
        "plain.from" => percent(policy.plain.from),
        "plain.to" => percent(policy.plain.to),
        "volume.per_double" => policy.volume.as_ref().map(|volume| percent(volume.per_double)).unwrap_or_default(),
        "volume.multiple_max" => {
            let most = policy.volume.as_ref().map(|volume| volume.multiple_max.ppm() / 100_000).unwrap_or_default();
            let most = locale.decimal(&format!("{}.{}", most / 10, most % 10));
            locale.text_with("suggestion-value-multiple", &[("multiple", most.into())])
        }
        "payment" => {
            let rows = policy.payment.iter().map(|row| {
                let args = [("days", i64::from(row.days).into()), ("grant", percent(row.grant).into())];
                locale.text_with("suggestion-value-payment", &args)
            });
            rows.collect::<Vec<_>>().join("; ")
        }
        "tactic.exponent" => {
            let exponent = policy.tactic.exponent / 100;
            locale.decimal(&format!("{}.{}", exponent / 10, exponent % 10))
        }
        "tactic.rounds_max" => policy.tactic.rounds_max.to_string(),
        "eligibility.deal_min" => money(Some(policy.eligibility.deal_min)),
        "limits.worth_deal" => money(Some(policy.limits.worth_deal)),
        "limits.deal_max" => money(policy.limits.deal_max),
        "limits.worth_customer" => money(Some(policy.limits.worth_customer)),
        "limits.discount_max" => percent(policy.limits.discount_max),
        "eligibility.classes_blocked" => {
            let class = index(path).and_then(|at| policy.eligibility.classes_blocked.get(at));
            class.cloned().unwrap_or_default()
        }
        _ => String::new(),
    }
}

/// The reason in a sentence with its numbers.
fn why(locale: &Locale, policy: &Policy, reason: &Reason) -> String {
    let is_money = matches!(reason.code.as_str(), "deal_values" | "revenues");
    let texts: Vec<(&str, String)> = reason
        .numbers
        .iter()
        .map(|(name, number)| {
            let text = match name.as_str() {
                "seen" if is_money => locale.money(Amount::new(*number, policy.currency)),
                "multiple_seen" => locale.decimal(&format!("{}.{}", number / 1_000_000, number / 100_000 % 10)),
                "seen" | "floor_seen" | "target_seen" | "percentile" | "percentile_90" | "per_double_seen"
                | "capital" | "share" => percent(locale, Rate::from_ppm(*number)),
                _ => locale.number(*number),
            };
            (name.as_str(), text)
        })
        .collect();
    let args: Vec<(&str, i18n::Arg<'_>)> = texts.iter().map(|(name, text)| (*name, text.as_str().into())).collect();
    locale.text_with(&format!("suggestion-why-{}", reason.code.replace('_', "-")), &args)
}

/// What products and customers are called.
struct Names {
    products: HashMap<ProductId, String>,
    customers: HashMap<CompanyId, String>,
}

async fn names(tx: &ReadTx, suggestion: &StoredSuggestion) -> Outcome<Names> {
    let product = |finding: &Finding| match finding.subject {
        Subject::Product(id) => Some(id),
        _ => None,
    };
    let ids: Vec<ProductId> = suggestion.findings.iter().filter_map(product).collect();
    let products = catalog::products::queries::products(tx, &ids).await?.into_iter();
    let products = products.map(|product| (product.id, product.sku.to_string())).collect();
    let mut customers = HashMap::new();
    for finding in &suggestion.findings {
        if let Subject::Customer(id) = finding.subject
            && let Some(company) = parties::companies::queries::company(tx, id).await?
        {
            customers.insert(id, company.name);
        }
    }
    Ok(Names { products, customers })
}

fn found(locale: &Locale, names: &Names, groups: &figures::Names, finding: &Finding) -> Found {
    let none = || locale.text("simulation-key-none");
    let (kind, name) = match &finding.subject {
        Subject::Market => ("market", String::new()),
        Subject::Segment(name) => ("segment", name.clone()),
        Subject::Class(name) => ("class", name.clone()),
        Subject::Category(name) if name.is_empty() => ("category", none()),
        Subject::Category(code) => ("category", groups.group(code).to_owned()),
        Subject::Lever(code) => {
            let lever = Lever::ALL.iter().find(|lever| lever.code() == code);
            ("lever", lever.map_or_else(|| code.clone(), |lever| words::lever(locale, *lever)))
        }
        Subject::Customer(id) => ("customer", names.customers.get(id).cloned().unwrap_or_default()),
        Subject::Product(id) => ("product", names.products.get(id).cloned().unwrap_or_default()),
    };
    let percent = |rate: Option<Rate>| rate.map(|rate| self::percent(locale, rate)).unwrap_or_default();
    Found {
        kind: locale.text(&format!("suggestion-found-{kind}")),
        name,
        sales: locale.number(i64::try_from(finding.sales).unwrap_or(i64::MAX)),
        at_list: percent(Some(finding.at_list)),
        discount: percent(Some(finding.discount)),
        spread: percent(finding.spread),
        under_usual: locale.money(finding.under_usual),
        margin: percent(finding.margin),
        agreed: percent(finding.agreed),
    }
}

pub(super) async fn start(State(app): State<App>, visitor: Visitor) -> Reply {
    let (ctx, wanted) = (&app.ctx(&visitor), &Wanted::suggestion(COUNT));
    match app.write(|tx| async move { actions::start(&tx, ctx, wanted).await }).await {
        Ok(_) => web::see_other("/office/policy/suggestion"),
        Err(Failure::Refused(refused)) => {
            let shown = page(&app, &visitor, visitor.refusal(&refused)).await?;
            web::page_with(axum::http::StatusCode::CONFLICT, &shown)
        }
        Err(other) => Err(other.into()),
    }
}

pub(super) async fn adopt(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let unread = || Failure::from(Invalid::field("simulation", "required"));
    let id = SimulationId::parse(fields.text("simulation")).ok_or_else(unread)?;
    let read = fields.text("draft").parse().ok();
    match app.write(|tx| async move { actions::adopt(&tx, ctx, id, read).await }).await {
        Ok(_) => web::flash(web::see_other("/office/policy/draft"), "suggestion-adopted"),
        Err(Failure::Refused(refused)) => {
            let shown = page(&app, &visitor, visitor.refusal(&refused)).await?;
            web::page_with(axum::http::StatusCode::CONFLICT, &shown)
        }
        Err(other) => Err(other.into()),
    }
}
