//! Pure rules: what a year of orders comes to, and how behaviour is named.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use kernel::{Amount, CompanyId, Currency, Fault, Invalid, ProductId, Quantity, Rate, Rounding, UnitPrice};
use negotiation_engine::conditions::{Answer, Condition, Field, Kind, Schema, Value};
use pricing::purchases::CustomerYear;

use super::{BehaviourRule, Move, Profile};
use crate::costs;

/// Most rules; more than that nobody understands.
pub const RULES_MAX: usize = 20;
/// Longest name of a behaviour.
pub const NAME_MAX: usize = 40;

static SCHEMA: LazyLock<Schema> = LazyLock::new(|| {
    Schema::new(vec![
        Field::new("customer.revenue", Kind::Money),
        Field::new("customer.growth", Kind::Rate),
        Field::new("customer.margin", Kind::Rate),
        Field::new("customer.orders", Kind::Number),
        Field::new("customer.average_order", Kind::Money),
        Field::new("customer.negotiated", Kind::Rate),
    ])
});

/// What a behaviour rule may ask: revenue, growth, margin and orders of twelve months, the average order, and the share of
/// orders with a negotiated price.
pub fn schema() -> &'static Schema {
    &SCHEMA
}

/// The rules of a new installation.
pub fn usual() -> Vec<BehaviourRule> {
    let rule = |name: &str, condition: &str| BehaviourRule { name: name.into(), condition: condition.into() };
    vec![
        rule("deal optimiser", "customer.orders >= 4 && customer.negotiated >= 0.3"),
        rule("volume buyer", "customer.average_order >= 5000"),
        rule("growing", "customer.growth >= 0.25 && customer.orders >= 4"),
        rule("occasional", "customer.orders < 4"),
        rule("steady", "true"),
    ]
}

/// Rules as a change keeps them.
///
/// # Errors
/// A fault: what is stored was written by us.
pub fn stored(text: &str) -> Result<Vec<BehaviourRule>, Fault> {
    serde_json::from_str(text).map_err(|e| Fault::because("reading rules", e))
}

/// The rules, ready to be asked.
///
/// # Errors
/// Invalid fields `rules[n].name` and `rules[n].condition`; the latter with `column`.
pub fn compiled(rules: &[BehaviourRule]) -> Result<Vec<(String, Condition)>, Invalid> {
    let mut invalid = Invalid::default();
    if rules.len() > RULES_MAX {
        return Err(invalid.and("rules", "too-many-lines", vec![("most", RULES_MAX.to_string())]));
    }
    let mut all = Vec::with_capacity(rules.len());
    for (at, rule) in rules.iter().enumerate() {
        let name = rule.name.trim();
        if name.is_empty() {
            invalid = invalid.and(format!("rules[{at}].name"), "required", Vec::new());
        }
        if name.chars().count() > NAME_MAX {
            invalid = invalid.and(format!("rules[{at}].name"), "text-too-long", vec![("most", NAME_MAX.to_string())]);
        }
        match Condition::parse(&rule.condition, &SCHEMA) {
            Ok(condition) => all.push((name.to_owned(), condition)),
            Err(error) => {
                let args = vec![("column", error.column.to_string())];
                invalid = invalid.and(format!("rules[{at}].condition"), "condition", args);
            }
        }
    }
    if invalid.fields.is_empty() { Ok(all) } else { Err(invalid) }
}

/// The name of the first rule that fits.
pub fn behaviour(rules: &[(String, Condition)], profile: &Profile) -> Option<String> {
    let orders = profile.orders.max(1);
    let average = profile.revenue.minor() / orders;
    let negotiated = Rate::from_ppm(profile.orders_negotiated.saturating_mul(1_000_000) / orders);
    let known = |rate: Option<Rate>| rate.map_or(Value::Unknown, Value::from);
    let facts = [
        profile.revenue.into(),
        known(profile.growth),
        known(profile.margin),
        Value::whole(profile.orders),
        Amount::new(average, profile.revenue.currency()).into(),
        negotiated.into(),
    ];
    rules.iter().find(|(_, condition)| condition.evaluate(&facts) == Answer::Yes).map(|(name, _)| name.clone())
}

/// Who comes to each behaviour and who leaves it when rules take the place of others; behaviours that keep their customers
/// are left out.
pub fn moves(
    before: &[(String, Condition)],
    after: &[(String, Condition)],
    profiles: &[Profile],
) -> BTreeMap<Option<String>, Move> {
    let mut moves: BTreeMap<Option<String>, Move> = BTreeMap::new();
    for profile in profiles {
        let (was, is) = (behaviour(before, profile), behaviour(after, profile));
        if was != is {
            moves.entry(was).or_default().leave.push(profile.company);
            moves.entry(is).or_default().enter.push(profile.company);
        }
    }
    moves
}

/// The profiles of all customers that bought in two years.
pub fn profiles(
    years: &[CustomerYear],
    sold: &[(CompanyId, ProductId, Quantity)],
    costs: &HashMap<ProductId, UnitPrice>,
    currency: Currency,
) -> Vec<Profile> {
    let mut all: HashMap<CompanyId, Profile> = HashMap::new();
    for year in years {
        let profile = all.entry(year.company).or_insert_with(|| blank(year.company, currency));
        profile.revenue = added(profile.revenue, costs::convert(year.net, currency));
        profile.revenue_before = added(profile.revenue_before, costs::convert(year.net_before, currency));
        profile.orders += year.orders;
        profile.orders_negotiated += year.orders_negotiated;
    }
    let mut spent: HashMap<CompanyId, i64> = HashMap::new();
    for (company, product, quantity) in sold {
        let cost = costs.get(product).and_then(|cost| cost.times(*quantity, Rounding::HalfUp).ok());
        let minor = cost.map_or(0, |cost| costs::convert(cost, currency).minor());
        let sum = spent.entry(*company).or_default();
        *sum = sum.saturating_add(minor);
    }
    let mut profiles: Vec<Profile> = all.into_values().collect();
    for profile in &mut profiles {
        profile.growth = growth(profile.revenue, profile.revenue_before);
        profile.margin = margin(profile.revenue, spent.get(&profile.company).copied().unwrap_or(0));
    }
    profiles.sort_by_key(|profile| profile.company);
    profiles
}

fn blank(company: CompanyId, currency: Currency) -> Profile {
    let nothing = Amount::zero(currency);
    Profile {
        company,
        revenue: nothing,
        revenue_before: nothing,
        margin: None,
        growth: None,
        orders: 0,
        orders_negotiated: 0,
        behaviour: None,
    }
}

fn added(sum: Amount, more: Amount) -> Amount {
    Amount::new(sum.minor().saturating_add(more.minor()), sum.currency())
}

/// Within ±1,000 %, which is as far as anybody compares.
fn growth(now: Amount, before: Amount) -> Option<Rate> {
    (before.minor() > 0).then(|| share(now.minor().saturating_sub(before.minor()), before.minor()))
}

/// What revenue leaves after the cost of goods. Costs that come to less than half of what goods cost everywhere are no
/// knowledge; without any the margin is not known, and never 100 %.
fn margin(revenue: Amount, cost: i64) -> Option<Rate> {
    let known = cost > 0 && revenue.minor() > 0 && cost >= revenue.minor() / 4;
    known.then(|| share(revenue.minor().saturating_sub(cost), revenue.minor()))
}

fn share(part: i64, whole: i64) -> Rate {
    let ppm = Rounding::HalfUp.divide(i128::from(part) * 1_000_000, i128::from(whole));
    Rate::from_ppm(i64::try_from(ppm.clamp(-10_000_000, 10_000_000)).unwrap_or(0))
}
