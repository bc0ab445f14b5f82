//! Front and Nash point against brute force, and what must hold in every duel.

use std::path::Path;

use negotiation_engine::{Lever, Policy};
use proptest::prelude::*;
use serde_json::Value;
use simulation::duel::{
    BuyerKind, Ending, Point, Scene, Space, distance_to_front, duel, frontier, nash_point, seller_tactics, tournament,
};

fn points(pairs: &[(f64, f64)]) -> Vec<Point> {
    pairs.iter().map(|(seller, buyer)| Point { seller: *seller, buyer: *buyer }).collect()
}

#[test]
fn front_and_nash_of_a_textbook_case() {
    let all =
        points(&[(0.0, 10.0), (4.0, 8.0), (4.0, 6.0), (6.0, 6.0), (6.0, 6.0), (5.0, 5.0), (10.0, 0.0), (12.0, -1.0)]);
    assert_eq!(frontier(&all), points(&[(12.0, -1.0), (10.0, 0.0), (6.0, 6.0), (4.0, 8.0), (0.0, 10.0)]));
    assert_eq!(nash_point(&all), Some(Point { seller: 6.0, buyer: 6.0 }));
    assert_eq!(nash_point(&points(&[(5.0, -1.0), (-1.0, 5.0)])), None);
}

#[test]
fn distances() {
    let front = points(&[(10.0, 0.0), (6.0, 6.0), (0.0, 10.0)]);
    let distance = |seller, buyer| distance_to_front(&front, Point { seller, buyer });
    assert_eq!(distance(3.0, 2.0), 5.0);
    assert_eq!(distance(6.0, 6.0), 0.0);
    assert_eq!(distance(8.0, 3.0), 0.0); // between two points of the grid: nothing dominates it
    assert_eq!(distance_to_front(&[], Point::default()), f64::INFINITY);
}

fn brute_front(all: &[Point]) -> Vec<Point> {
    let mut front: Vec<Point> = Vec::new();
    for point in all {
        if !all.iter().any(|other| other.dominates(*point)) && !front.contains(point) {
            front.push(*point);
        }
    }
    front.sort_by(|a, b| b.seller.total_cmp(&a.seller));
    front
}

fn brute_nash(all: &[Point]) -> f64 {
    let rational = all.iter().filter(|point| point.seller >= 0.0 && point.buyer >= 0.0);
    rational.map(|point| point.seller * point.buyer).fold(-1.0, f64::max)
}

fn check(all: &[Point]) {
    let front = frontier(all);
    assert_eq!(front, brute_front(all));
    assert_eq!(nash_point(all).map_or(-1.0, |nash| nash.seller * nash.buyer), brute_nash(all));
    if let Some(nash) = nash_point(all) {
        assert_eq!(distance_to_front(&front, nash), 0.0);
    }
}

proptest! {
    #[test]
    fn as_by_brute_force(pairs in prop::collection::vec((-5_i32..20, -5_i32..20), 0..60)) {
        check(&pairs.iter().map(|(a, b)| Point { seller: f64::from(*a), buyer: f64::from(*b) }).collect::<Vec<_>>());
    }
}

/// No duel ends under the floor or with a buyer who loses, no agreement is worth more than the best of the space, and list
/// terms are no agreement.
#[test]
fn agreements_are_rational_and_within_the_space() {
    for (name, policy) in seller_tactics(&Policy::complete()) {
        for scene in (0..60).map(|number| Scene::generate(3, number)) {
            let space = Space::of(&scene, &policy);
            for kind in BuyerKind::ALL {
                let Ending::Agreed(offer) = duel(&scene, &policy, kind).ending else { continue };
                let point = scene.point(&policy, &offer.terms).expect("the engine knows its own terms");
                let (who, terms) = (format!("{} against {name}", kind.name()), &offer.terms);
                assert!(point.seller >= 0.0 && point.buyer > 0.0, "{who}: {point:?} {terms:?}");
                assert_ne!(offer.lever, Lever::List);
                let most = space.as_ref().map_or(0.0, |space| space.sum_max);
                // The grid has not every quantity.
                assert!(point.sum() <= most * 1.02 + 100.0, "{who}: {point:?} beyond {most} {terms:?}");
            }
        }
    }
}

#[test]
fn a_tournament_is_the_same_every_time() {
    let policies = seller_tactics(&Policy::complete());
    let once = tournament(&policies[..2], 20, 5);
    assert_eq!(once, tournament(&policies[..2], 20, 5));
    assert_eq!(once.rows.len(), 14);
    assert_ne!(once.rows, tournament(&policies[..2], 20, 6).rows);
    assert_eq!(once.to_string().lines().count(), 16);
    assert!(once.possible > 5 && once.possible < 20);
}

#[test]
fn trades_beat_the_plain_price() {
    let complete = Policy::complete();
    let mut plain =
        Policy { volume: None, payment: Vec::new(), delivery: Vec::new(), freight: Vec::new(), ..complete.clone() };
    (plain.commitment, plain.rebate, plain.bundle, plain.bonus, plain.alternative) = (None, None, None, None, None);
    let table = tournament(&[("complete", complete), ("plain", plain)], 100, 9);
    let agreed = |name: &str| -> f64 {
        let rows = table.rows.iter().filter(|row| row.seller == name);
        rows.filter_map(|row| row.agreed_of_all).map(|cell| cell.estimate).sum()
    };
    assert!(agreed("complete") > agreed("plain"), "{} {}", agreed("complete"), agreed("plain"));
}

/// Outcomes of a scenario of the negotiating agents competition: both sides' weighted evaluations. `None` where it is not a
/// small, discrete one.
fn outcomes(scenario: &Value) -> Option<Vec<Point>> {
    let (one, other) = (&scenario["profiles"][0]["issues"], &scenario["profiles"][1]["issues"]);
    if scenario["outcomes"].as_u64()? > 1_500 {
        return None;
    }
    let mut points = vec![Point::default()];
    for issue in scenario["issues"].as_array()? {
        let worth = |side: &Value, value: &str| -> Option<f64> {
            let issue = side.as_array()?.iter().find(|own| own["name"] == issue["name"])?;
            let evaluations = issue["evaluations"].as_object()?;
            let most = evaluations.values().filter_map(Value::as_f64).fold(f64::MIN_POSITIVE, f64::max);
            Some(issue["weight"].as_f64()? * evaluations.get(value)?.as_f64()? / most)
        };
        let values = issue["values"].as_array()?.iter().map(|value| {
            let value = value.as_str()?;
            Some(Point { seller: worth(one, value)?, buyer: worth(other, value)? })
        });
        let values: Vec<Point> = values.collect::<Option<_>>()?;
        let plus = |point: &Point, value: &Point| Point {
            seller: point.seller + value.seller,
            buyer: point.buyer + value.buyer,
        };
        points = points.iter().flat_map(|point| values.iter().map(move |value| plus(point, value))).collect();
    }
    Some(points)
}

#[test]
fn as_by_brute_force_on_the_scenarios_of_the_competition() {
    let path =
        Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../../shared/data/negotiation-scenarios/scenarios.jsonl.zst");
    let Ok(packed) = std::fs::read(path) else {
        eprintln!("skipped: no shared data");
        return;
    };
    let text = String::from_utf8(zstd::decode_all(&packed[..]).unwrap()).unwrap();
    let scenarios = text.lines().filter_map(|line| outcomes(&serde_json::from_str(line).unwrap()));
    let checked = scenarios.inspect(|all| check(all)).count();
    assert!(checked >= 50, "only {checked}");
}
