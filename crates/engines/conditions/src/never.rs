//! Whether a condition contradicts itself.
//!
//! A conjunction is taken apart into single tests by field. What a field's tests leave over is found by trying: every
//! range and exclusion of numbers changes its answer only beside a literal, so that a literal and its neighbours, a
//! millionth away, are enough.

use crate::schema::{Literal, Value};
use crate::tree::{Check, Comparison, Node, Test};

/// Whether no case can make `root` a yes, as far as that is plain.
pub(crate) fn is_never(root: &Node) -> bool {
    is_ruled_out(root, true)
}

/// A test that must come out so.
struct Demand<'a> {
    test: &'a Test,
    holds: bool,
}

/// Whether `node` can never be a yes, or a no where `holds` is false.
fn is_ruled_out(node: &Node, holds: bool) -> bool {
    let mut demands = Vec::new();
    demand(node, holds, &mut demands) || contradict(&demands)
}

/// Gathers the tests that must all come out so for `node` to be a yes (a no); true when a part of it can never.
fn demand<'a>(node: &'a Node, holds: bool, demands: &mut Vec<Demand<'a>>) -> bool {
    match (node, holds) {
        (Node::Constant(constant), _) => *constant != holds,
        (Node::Not(inner), _) => demand(inner, !holds, demands),
        (Node::All(nodes), true) | (Node::Any(nodes), false) => nodes.iter().any(|node| demand(node, holds, demands)),
        (Node::All(nodes), false) | (Node::Any(nodes), true) => nodes.iter().all(|node| is_ruled_out(node, holds)),
        (Node::Test(test), _) => {
            demands.push(Demand { test, holds });
            false
        }
    }
}

/// Whether the demands on one field cannot all be met.
fn contradict(demands: &[Demand<'_>]) -> bool {
    let mut slots: Vec<usize> = demands.iter().map(|demand| demand.test.field.slot).collect();
    slots.sort_unstable();
    slots.dedup();
    slots.into_iter().any(|slot| {
        let own: Vec<&Demand<'_>> = demands.iter().filter(|demand| demand.test.field.slot == slot).collect();
        is_missing_and_used(slot, demands) || have_no_value(&own)
    })
}

/// Whether the field must be unknown, and known for another demand.
fn is_missing_and_used(slot: usize, demands: &[Demand<'_>]) -> bool {
    let missing = |demand: &Demand<'_>| demand.test.check == Check::Known && !demand.holds;
    let uses = |demand: &Demand<'_>| {
        let second = matches!(&demand.test.check, Check::CompareField(_, other) if other.slot == slot);
        (demand.test.field.slot == slot || second) && !missing(demand)
    };
    demands.iter().any(|demand| demand.test.field.slot == slot && missing(demand)) && demands.iter().any(uses)
}

/// Whether no value of the field meets all demands on it.
fn have_no_value(demands: &[&Demand<'_>]) -> bool {
    let tests: Vec<&Demand<'_>> = demands.iter().copied().filter(|demand| is_of_literals(demand)).collect();
    if tests.is_empty() {
        return false;
    }
    if let Some(literals) = tests.iter().find_map(|demand| only(demand)) {
        return !literals.iter().any(|literal| meets(literal.value(), &tests));
    }
    let literals: Vec<&Literal> = tests.iter().flat_map(|demand| literals(&demand.test.check)).collect();
    match literals.first() {
        Some(Literal::Flag(_)) => ![false, true].into_iter().any(|flag| meets(Value::Flag(flag), &tests)),
        Some(Literal::Number(_)) => !literals.iter().any(|literal| is_met_beside(literal, &tests)),
        _ => starts_differ(&tests),
    }
}

fn is_of_literals(demand: &Demand<'_>) -> bool {
    !matches!(demand.test.check, Check::Known | Check::CompareField(..))
}

/// The only values that a demand leaves.
fn only<'a>(demand: &Demand<'a>) -> Option<&'a [Literal]> {
    match (&demand.test.check, demand.holds) {
        (Check::Compare(Comparison::Equal, literal), true) | (Check::Compare(Comparison::NotEqual, literal), false) => {
            Some(std::slice::from_ref(literal))
        }
        (Check::OneOf(literals), true) => Some(literals),
        _ => None,
    }
}

fn meets(value: Value<'_>, tests: &[&Demand<'_>]) -> bool {
    tests.iter().all(|demand| demand.test.check.of(value) == Some(demand.holds))
}

fn literals(check: &Check) -> &[Literal] {
    match check {
        Check::Compare(_, literal) => std::slice::from_ref(literal),
        Check::OneOf(literals) => literals,
        _ => &[],
    }
}

/// Literals are far from the ends of an `i64`.
fn is_met_beside(literal: &Literal, tests: &[&Demand<'_>]) -> bool {
    let Literal::Number(micros) = literal else { return false };
    [micros - 1, *micros, micros + 1].into_iter().any(|value| meets(Value::Number(value), tests))
}

/// Whether the text would have to start, or end, in two ways.
fn starts_differ(tests: &[&Demand<'_>]) -> bool {
    let held = || tests.iter().filter(|demand| demand.holds).map(|demand| &demand.test.check);
    let starts: Vec<&String> =
        held().filter_map(|c| if let Check::StartsWith(part) = c { Some(part) } else { None }).collect();
    let ends: Vec<&String> =
        held().filter_map(|c| if let Check::EndsWith(part) = c { Some(part) } else { None }).collect();
    let start = starts.iter().max_by_key(|part| part.len());
    let end = ends.iter().max_by_key(|part| part.len());
    start.is_some_and(|longest| starts.iter().any(|part| !longest.starts_with(part.as_str())))
        || end.is_some_and(|longest| ends.iter().any(|part| !longest.ends_with(part.as_str())))
}
