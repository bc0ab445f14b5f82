//! A policy in words, tables and curves. For the seller's own people only.

use i18n::Locale;
use kernel::{Amount, Rate};

use super::rules::{self, Example};
use crate::desk::{tenths, trace_lines};
use crate::engine::{Answer, Authority, Policy, Terms};
use crate::words::{self, Names};

/// A cell of the matrix of floors and targets.
pub(super) struct MarginCell {
    pub(super) text: String,
    pub(super) from_above: bool,
}

/// A rule beside its name.
pub(super) type Fact = (String, String);

/// A row of the approval matrix.
pub(super) struct RouteView {
    pub(super) authority: String,
    pub(super) impact: String,
    pub(super) deal: String,
    pub(super) customer: String,
    pub(super) within: String,
}

/// The curve of the tactic as an SVG wants it.
pub(super) struct Curve {
    pub(super) path: String,
    pub(super) was: String,
    /// x, y, x of the label.
    pub(super) dots: Vec<(String, String, String)>,
    pub(super) target: String,
    pub(super) floor: String,
    pub(super) label: String,
    pub(super) rows: Vec<(String, String, String)>,
}

/// What a policy answers to the example.
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
    pub(super) give_get: Vec<(String, String, String, String)>,
    pub(super) payment: Vec<(String, String)>,
    pub(super) eligibility: Vec<Fact>,
    pub(super) limits: Vec<Fact>,
    pub(super) routes: Vec<RouteView>,
    pub(super) routing: Vec<Fact>,
    pub(super) curve: Curve,
    pub(super) worked: Worked,
}

pub(super) fn of(policy: &Policy, was: Option<&Policy>, example: &Example, locale: &Locale) -> PolicyView {
    let (classes, margins) = matrix(policy, locale);
    PolicyView {
        classes,
        margins,
        give_get: give_get(policy, locale),
        payment: payment(policy, locale),
        eligibility: eligibility(policy, locale),
        limits: limits(policy, locale),
        routes: routes(policy, locale),
        routing: routing(policy, locale),
        curve: curve(policy, was, locale),
        worked: worked(policy, example, locale),
    }
}

fn percent(locale: &Locale, rate: Rate) -> String {
    locale.percent(tenths(rate))
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
    let segments = distinct(policy.margins.iter().map(|row| row.segment.as_ref()));
    let classes = distinct(policy.margins.iter().map(|row| row.class.as_ref()));
    let cell = |segment: &Option<String>, class: &Option<String>| {
        let wins = policy.margins_for(segment.as_deref().unwrap_or(""), class.as_deref().unwrap_or(""));
        let own = policy.margins.iter().any(|row| row.segment == *segment && row.class == *class);
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

/// Lever, step, worth and limit of each lever that is offered.
fn give_get(policy: &Policy, locale: &Locale) -> Vec<(String, String, String, String)> {
    let plain = &policy.plain;
    let from_to = locale.text_with(
        "policy-from-to",
        &[("from", percent(locale, plain.from).into()), ("to", percent(locale, plain.to).into())],
    );
    let shown = locale.text(if plain.offered { "policy-plain-offered" } else { "policy-plain-hidden" });
    let mut rows = vec![(locale.text("lever-plain"), locale.text("policy-step-plain"), from_to, shown)];
    if let Some(volume) = &policy.volume {
        let multiple = locale.decimal(&Rate::from_ppm(volume.multiple_max.ppm() / 100).to_percent());
        let key = if volume.beyond_stock { "policy-volume-limit" } else { "policy-volume-limit-stock" };
        let limit = locale.text_with(key, &[("multiple", multiple.into())]);
        let worth = percent(locale, volume.per_double);
        rows.push((locale.text("lever-volume"), locale.text("policy-step-volume"), worth, limit));
    }
    if let (Some(first), Some(last)) = (policy.payment.first(), policy.payment.last()) {
        let worth = locale.text_with(
            "policy-from-to",
            &[("from", percent(locale, last.grant).into()), ("to", percent(locale, first.grant).into())],
        );
        let days: Vec<String> = policy.payment.iter().map(|row| row.days.to_string()).collect();
        let limit = locale.text_with("policy-payment-limit", &[("days", days.join(", ").into())]);
        rows.push((locale.text("lever-payment"), locale.text("policy-step-payment"), worth, limit));
    }
    if policy.pairs {
        let text = |key: &str| locale.text(key);
        rows.push((text("lever-pairs"), text("policy-step-pairs"), String::new(), String::new()));
    }
    rows
}

fn payment(policy: &Policy, locale: &Locale) -> Vec<(String, String)> {
    let row =
        |row: &crate::engine::PaymentRow| (words::payment(locale, i64::from(row.days)), percent(locale, row.grant));
    policy.payment.iter().map(row).collect()
}

fn list(words: &[String], locale: &Locale, none: &str) -> String {
    if words.is_empty() { locale.text(none) } else { words.join(", ") }
}

fn eligibility(policy: &Policy, locale: &Locale) -> Vec<Fact> {
    let rules = &policy.eligibility;
    vec![
        (locale.text("policy-segments"), list(&rules.segments, locale, "all")),
        (locale.text("policy-segments-blocked"), list(&rules.segments_blocked, locale, "none")),
        (locale.text("policy-classes-blocked"), list(&rules.classes_blocked, locale, "none")),
        (locale.text("policy-deal-min"), locale.money(rules.deal_min)),
        (locale.text("policy-open-max"), locale.number(i64::from(rules.open_max))),
    ]
}

fn amount(locale: &Locale, amount: Option<Amount>) -> String {
    amount.map_or_else(|| locale.text("policy-no-limit"), |amount| locale.money(amount))
}

fn limits(policy: &Policy, locale: &Locale) -> Vec<Fact> {
    let (limits, tactic) = (&policy.limits, &policy.tactic);
    vec![
        (
            locale.text("policy-validity"),
            locale.text_with("hours", &[("count", i64::from(limits.validity_hours).into())]),
        ),
        (locale.text("policy-offers-max"), locale.number(i64::from(limits.offers_max))),
        (locale.text("policy-rounds-max"), locale.number(i64::from(tactic.rounds_max))),
        (locale.text("policy-move-min"), percent(locale, tactic.move_min)),
        (locale.text("policy-budget"), amount(locale, limits.budget)),
        (locale.text("policy-deal-max"), amount(locale, limits.deal_max)),
        (locale.text("policy-discount-max"), percent(locale, limits.discount_max)),
        (locale.text("policy-far"), percent(locale, limits.far)),
        (locale.text("policy-worth-deal"), locale.money(limits.worth_deal)),
        (locale.text("policy-worth-customer"), locale.money(limits.worth_customer)),
    ]
}

pub(super) fn authority(locale: &Locale, authority: Authority) -> String {
    locale.text(&format!("authority-{}", authority.code().replace('_', "-")))
}

fn minutes(locale: &Locale, minutes: u32) -> String {
    if minutes.is_multiple_of(60) {
        return locale.text_with("hours", &[("count", i64::from(minutes / 60).into())]);
    }
    locale.text_with("minutes", &[("count", i64::from(minutes).into())])
}

fn routes(policy: &Policy, locale: &Locale) -> Vec<RouteView> {
    let row = |row: &crate::engine::RouteRow| RouteView {
        authority: authority(locale, row.authority),
        impact: row.impact_max.map_or_else(|| locale.text("policy-no-limit"), |rate| percent(locale, rate)),
        deal: amount(locale, row.deal_max),
        customer: amount(locale, row.customer_max),
        within: minutes(locale, row.answer_minutes),
    };
    policy.routing.rows.iter().map(row).collect()
}

fn routing(policy: &Policy, locale: &Locale) -> Vec<Fact> {
    vec![
        (locale.text("policy-below-floor"), authority(locale, policy.routing.below_floor)),
        (locale.text("policy-otherwise"), minutes(locale, policy.routing.answer_minutes)),
    ]
}

/// The chart is 346 × 128 units inside its axes.
fn curve(policy: &Policy, was: Option<&Policy>, locale: &Locale) -> Curve {
    let rounds = rules::tactic_rounds(policy);
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
    let row = |(round, _, margin, plain): &(u32, Rate, Rate, Rate)| {
        (round.to_string(), percent(locale, *margin), percent(locale, *plain))
    };
    Curve {
        path: path(&points),
        was: was.map(|was| path(&self::points(&rules::tactic_rounds(was)))).unwrap_or_default(),
        dots: points
            .iter()
            .zip(1..)
            .map(|((x, y), round): (_, i32)| (x.to_string(), y.to_string(), round.to_string()))
            .collect(),
        target: percent(locale, target),
        floor: percent(locale, floor),
        label,
        rows: rounds.iter().map(row).collect(),
    }
}

fn points(rounds: &[(u32, Rate, Rate, Rate)]) -> Vec<(i64, i64)> {
    let last = i64::try_from(rounds.len()).unwrap_or(1).max(2) - 1;
    let point = |(at, (_, share, _, _)): (i64, &(u32, Rate, Rate, Rate))| {
        (60 + 310 * at / last, 24 + 128 * share.ppm() / 1_000_000)
    };
    (0..).zip(rounds).map(point).collect()
}

fn path(points: &[(i64, i64)]) -> String {
    let parts = points.iter().enumerate().map(|(at, (x, y))| format!("{}{x} {y}", if at == 0 { "M" } else { "L" }));
    parts.collect()
}

/// What the policy answers to the example, and why.
pub(super) fn worked(policy: &Policy, example: &Example, locale: &Locale) -> Worked {
    let decision = example.decide(policy);
    let names = Names::default();
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
    let said = |offers: &[crate::engine::Offer]| {
        let says = offers.iter().map(|offer| (words::sentence(locale, offer, &names), margin(&offer.terms)));
        says.collect::<Vec<_>>()
    };
    let (key, says) = match &decision.outcome {
        Answer::Accept(offer) => ("policy-example-agreed", said(std::slice::from_ref(offer))),
        Answer::Counter(offers) => ("policy-example-offers", said(offers)),
        Answer::Escalate(escalation) => ("policy-example-person", said(&escalation.suggested)),
        Answer::Decline { nearest, .. } => ("policy-example-declined", said(std::slice::from_ref(nearest))),
    };
    let why = trace_lines(locale, &decision.trace, &names);
    let kept = ["concession", "ask", "supported", "lever_dropped", "far_off", "escalated", "declined"];
    let why = why.into_iter().filter(|line| kept.contains(&line.code.as_str())).map(|line| (line.class, line.text));
    Worked { intro, says, outcome: locale.text(key), why: why.collect() }
}

/// Every rule as a label and its words, to be compared between versions.
fn facts(policy: &Policy, locale: &Locale) -> Vec<Fact> {
    let mut facts = eligibility(policy, locale);
    for row in &policy.margins {
        let name = |value: &Option<String>| value.clone().unwrap_or_else(|| locale.text("all"));
        let args = [("segment", name(&row.segment).into()), ("class", name(&row.class).into())];
        let label = locale.text_with("policy-diff-margin", &args);
        facts.push((label, format!("{} / {}", percent(locale, row.floor), percent(locale, row.target))));
    }
    for (lever, _, worth, limit) in give_get(policy, locale) {
        facts.push((lever, [worth, limit].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join("; ")));
    }
    for (days, grant) in payment(policy, locale) {
        facts.push((format!("{}: {days}", locale.text("lever-payment")), grant));
    }
    let exponent = kernel::Quantity::new(i64::from(policy.tactic.exponent), kernel::Unit::Metre).to_decimal();
    facts.push((locale.text("policy-exponent"), locale.decimal(&exponent)));
    facts.extend(limits(policy, locale));
    for (row, number) in routes(policy, locale).into_iter().zip(1_i64..) {
        let label = locale.text_with("policy-diff-route", &[("n", number.into())]);
        facts.push((label, [row.authority, row.impact, row.deal, row.customer, row.within].join(" · ")));
    }
    facts.extend(routing(policy, locale));
    facts
}

/// What a draft changes: rule, published, draft.
pub(crate) fn diff(published: &Policy, draft: &Policy, locale: &Locale) -> Vec<(String, String, String)> {
    let (before, after) = (facts(published, locale), facts(draft, locale));
    let value = |all: &[Fact], label: &str| {
        all.iter().find(|(known, _)| known == label).map_or_else(String::new, |(_, value)| value.clone())
    };
    let mut labels: Vec<&String> = before.iter().map(|(label, _)| label).collect();
    for (label, _) in &after {
        if !labels.contains(&label) {
            labels.push(label);
        }
    }
    let rows = labels.into_iter().map(|label| (label.clone(), value(&before, label), value(&after, label)));
    let mut rows: Vec<_> = rows.filter(|(_, before, after)| before != after).collect();
    if published.ticks != draft.ticks {
        rows.push((locale.text("policy-ticks"), published.ticks.len().to_string(), draft.ticks.len().to_string()));
    }
    rows
}
