//! A policy in words, tables and curves. For the seller's own people only.

use i18n::Locale;
use kernel::{Amount, Rate};
use negotiation_engine::{Answer, Authority, Policy, TacticKind, Terms};

use super::diff::{self, Fact};
use super::example::{self, Example, TacticRound};
use super::shape;
use crate::figures::hundredths;
use crate::trace;
use crate::words::{self, Names};

pub(super) mod blocks;

/// A cell of the matrix of floors and targets.
pub(super) struct MarginCell {
    pub(super) text: String,
    pub(super) from_above: bool,
}

/// A row of the approval matrix.
pub(super) struct RouteView {
    pub(super) authority: String,
    pub(super) impact: String,
    pub(super) deal: String,
    pub(super) customer: String,
    pub(super) within: String,
}

/// The curve of the tactic as an SVG wants it.
#[derive(Clone)]
pub(super) struct Curve {
    pub(super) path: String,
    pub(super) was: String,
    /// x, y, x of the label.
    pub(super) dots: Vec<(String, String, String)>,
    pub(super) target: String,
    pub(super) floor: String,
    pub(super) label: String,
    /// What sort of tactic it is, in a sentence.
    pub(super) kind: String,
    pub(super) rows: Vec<(String, String, String)>,
}

/// What a policy answers to the example.
#[derive(Clone)]
pub(super) struct Worked {
    pub(super) intro: String,
    pub(super) says: Vec<(String, String)>,
    pub(super) outcome: String,
    pub(super) why: Vec<(&'static str, String)>,
}

/// A whole policy.
pub(super) struct PolicyView {
    pub(super) classes: Vec<String>,
    pub(super) margins: Vec<(String, Vec<MarginCell>)>,
    pub(super) conditional: Vec<Fact>,
    pub(super) levers: Vec<(String, Vec<Fact>)>,
    /// The levers that are not offered, in a sentence; empty when all are.
    pub(super) levers_off: String,
    pub(super) eligibility: Vec<Fact>,
    pub(super) tactic: Vec<Fact>,
    pub(super) limits: Vec<Fact>,
    pub(super) routes: Vec<RouteView>,
    pub(super) routing: Vec<Fact>,
    pub(super) sections: Vec<(String, Vec<Fact>)>,
    pub(super) curve: Curve,
    pub(super) worked: Worked,
}

/// The levers, in the order in which people read them.
const LEVERS: [&str; 10] =
    ["plain", "volume", "payment", "delivery", "freight", "commitment", "rebate", "alternative", "bundle", "bonus"];

pub(super) fn of(policy: &Policy, was: Option<&Policy>, example: &Example, locale: &Locale) -> PolicyView {
    let (classes, margins) = matrix(policy, locale);
    let facts = |names: &[&str]| names.iter().flat_map(|name| diff::facts(policy, name, locale)).collect::<Vec<_>>();
    // Under the name of a lever, that it is offered goes without saying.
    let lever = |name: &str| {
        let facts = diff::facts(policy, name, locale).into_iter().filter(|fact| fact.key != name);
        (diff::label(locale, name), facts.collect())
    };
    let whole = shape::whole(policy);
    let is_off = |name: &&str| whole[*name].as_array().map_or_else(|| whole[*name].is_null(), Vec::is_empty);
    let off: Vec<String> = LEVERS.iter().filter(|name| is_off(name)).map(|name| diff::label(locale, name)).collect();
    let sections = whole["sections"].as_array().into_iter().flatten();
    let section = |section: &serde_json::Value| {
        (section["name"].as_str().unwrap_or_default().to_owned(), diff::section_facts(section, locale))
    };
    let conditional = Policy {
        margins: policy.margins.iter().filter(|row| row.condition.is_some()).cloned().collect(),
        ..policy.clone()
    };
    PolicyView {
        classes,
        margins,
        conditional: diff::facts(&conditional, "margins", locale),
        levers: LEVERS.into_iter().filter(|name| !is_off(name)).map(lever).collect(),
        levers_off: match off.is_empty() {
            true => String::new(),
            false => locale.text_with("policy-levers-off", &[("levers", off.join(", ").into())]),
        },
        eligibility: facts(&["eligibility", "proactive"]),
        tactic: facts(&["tactic", "objective", "pairs"]),
        limits: facts(&["limits"]),
        routes: routes(policy, locale),
        routing: routing(policy, locale),
        sections: sections.map(section).collect(),
        curve: curve(policy, was, locale),
        worked: worked(policy, example, locale),
    }
}

fn percent(locale: &Locale, rate: Rate) -> String {
    locale.percent(hundredths(rate))
}

fn distinct<'a>(values: impl Iterator<Item = Option<&'a String>>) -> Vec<Option<String>> {
    let mut all: Vec<Option<String>> = vec![None];
    for value in values.flatten() {
        if !all.iter().flatten().any(|known| known == value) {
            all.push(Some(value.clone()));
        }
    }
    all
}

/// Segments down, classes across; a cell that has no rule of its own shows what wins there.
fn matrix(policy: &Policy, locale: &Locale) -> (Vec<String>, Vec<(String, Vec<MarginCell>)>) {
    let plain = || policy.margins.iter().filter(|row| row.condition.is_none());
    let segments = distinct(plain().map(|row| row.segment.as_ref()));
    let classes = distinct(plain().map(|row| row.class.as_ref()));
    let cell = |segment: &Option<String>, class: &Option<String>| {
        let wins = policy.margins_for(segment.as_deref().unwrap_or(""), class.as_deref().unwrap_or(""));
        let is_own = |row: &negotiation_engine::MarginRow| row.segment == *segment && row.class == *class;
        let own = policy.margins.iter().any(|row| row.condition.is_none() && is_own(row));
        let text = wins.map_or_else(
            || "–".to_owned(),
            |row| format!("{} / {}", percent(locale, row.floor), percent(locale, row.target)),
        );
        MarginCell { text, from_above: !own }
    };
    let name = |value: &Option<String>| value.clone().unwrap_or_else(|| locale.text("all"));
    let rows = segments
        .iter()
        .map(|segment| (name(segment), classes.iter().map(|class| cell(segment, class)).collect()))
        .collect();
    (classes.iter().map(name).collect(), rows)
}

fn amount(locale: &Locale, amount: Option<Amount>) -> String {
    amount.map_or_else(|| locale.text("policy-no-limit"), |amount| locale.money(amount))
}

pub(super) fn authority(locale: &Locale, authority: Authority) -> String {
    locale.text(&format!("authority-{}", authority.code().replace('_', "-")))
}

fn routes(policy: &Policy, locale: &Locale) -> Vec<RouteView> {
    let row = |row: &negotiation_engine::RouteRow| RouteView {
        authority: authority(locale, row.authority),
        impact: row.impact_max.map_or_else(|| locale.text("policy-no-limit"), |rate| percent(locale, rate)),
        deal: amount(locale, row.deal_max),
        customer: amount(locale, row.customer_max),
        within: diff::duration(locale, row.answer_minutes),
    };
    policy.routing.rows.iter().map(row).collect()
}

fn routing(policy: &Policy, locale: &Locale) -> Vec<Fact> {
    let facts = diff::facts(policy, "routing", locale);
    facts.into_iter().take(3).collect()
}

/// The chart is 346 × 128 units inside its axes.
pub(super) fn curve(policy: &Policy, was: Option<&Policy>, locale: &Locale) -> Curve {
    let rounds = example::tactic_rounds(policy);
    let points = points(&rounds);
    let general = policy.margins_for("", "");
    let (floor, target) = general.map_or((Rate::ZERO, Rate::ZERO), |row| (row.floor, row.target));
    let label = locale.text_with(
        "policy-curve-label",
        &[
            ("target", percent(locale, target).into()),
            ("floor", percent(locale, floor).into()),
            ("n", i64::try_from(rounds.len()).unwrap_or(1).into()),
        ],
    );
    let row = |row: &TacticRound| (row.round.to_string(), percent(locale, row.margin), percent(locale, row.plain));
    let every = rounds.len().div_ceil(12).max(1);
    let dot = |((x, y), round): ((i64, i64), usize)| {
        let shown = if round.is_multiple_of(every) || every == 1 { round.to_string() } else { String::new() };
        (x.to_string(), y.to_string(), shown)
    };
    Curve {
        path: path(&points),
        was: was.map(|was| path(&self::points(&example::tactic_rounds(was)))).unwrap_or_default(),
        dots: points.iter().copied().zip(1..).map(dot).collect(),
        target: percent(locale, target),
        floor: percent(locale, floor),
        label,
        kind: kind(policy, locale),
        rows: rounds.iter().map(row).collect(),
    }
}

/// What the kind of tactic does, in a sentence.
fn kind(policy: &Policy, locale: &Locale) -> String {
    let tactic = &policy.tactic;
    let step = percent(locale, example::buyer_move(policy));
    match tactic.kind {
        TacticKind::Time if tactic.exponent > 1_000 => locale.text("policy-curve-late"),
        TacticKind::Time if tactic.exponent == 1_000 => locale.text("policy-curve-even"),
        TacticKind::Time => locale.text("policy-curve-early"),
        TacticKind::Mirror => {
            let args = [("share", percent(locale, tactic.mirror).into()), ("step", step.into())];
            locale.text_with("policy-curve-mirror", &args)
        }
        TacticKind::Minimal => {
            let args = [("increment", percent(locale, tactic.increment).into()), ("step", step.into())];
            locale.text_with("policy-curve-minimal", &args)
        }
    }
}

fn points(rounds: &[TacticRound]) -> Vec<(i64, i64)> {
    let last = i64::try_from(rounds.len()).unwrap_or(1).max(2) - 1;
    let point = |(at, row): (i64, &TacticRound)| (60 + 310 * at / last, 24 + 128 * row.share.ppm() / 1_000_000);
    (0..).zip(rounds).map(point).collect()
}

fn path(points: &[(i64, i64)]) -> String {
    let parts = points.iter().enumerate().map(|(at, (x, y))| format!("{}{x} {y}", if at == 0 { "M" } else { "L" }));
    parts.collect()
}

/// What the policy answers to the example, and why.
pub(super) fn worked(policy: &Policy, example: &Example, locale: &Locale) -> Worked {
    let decision = example.decide(policy);
    let [product, other, along] = Example::products();
    let called = |key: &str| (String::new(), catalog::Texts::new(locale.text(key)));
    let names: Names = [
        (product, called("policy-example-product")),
        (other, called("policy-example-alternative")),
        (along, called("policy-example-along")),
    ]
    .into();
    let intro = locale.text_with(
        "policy-example-intro",
        &[
            ("list", locale.unit_price(example.list).into()),
            ("ask", locale.unit_price(example.ask).into()),
            ("quantity", locale.quantity(example.quantity).into()),
            ("segment", example.segment.clone().into()),
            ("class", example.class.clone().into()),
        ],
    );
    let margin =
        |terms: &Terms| example.evaluate(policy, terms).map_or_else(String::new, |fall| percent(locale, fall.margin));
    let said = |offers: &[negotiation_engine::Offer]| {
        let says = offers.iter().map(|offer| (words::sentence(locale, offer, &names), margin(&offer.terms)));
        says.collect::<Vec<_>>()
    };
    let (key, says) = match &decision.outcome {
        Answer::Accept(offer) => ("policy-example-agreed", said(std::slice::from_ref(offer))),
        Answer::Counter(offers) => ("policy-example-offers", said(offers)),
        Answer::Escalate(escalation) => ("policy-example-person", said(&escalation.suggested)),
        Answer::Decline { nearest, .. } => ("policy-example-declined", said(std::slice::from_ref(nearest))),
    };
    let why = trace::of_trace(locale, &decision.trace, &names);
    let kept = ["concession", "ask", "supported", "lever_dropped", "far_off", "escalated", "declined"];
    let why = why.into_iter().filter(|line| kept.contains(&line.code.as_str())).map(|line| (line.class, line.text));
    Worked { intro, says, outcome: locale.text(key), why: why.collect() }
}
