//! Every kind of buyer against several policies.
//!
//! floats: statistics of simulated talks, not money

use std::collections::BTreeMap;
use std::fmt;

use negotiation_engine::{Lever, Policy, TacticKind};
use statistics::interval::{Interval, mean, wilson};
use statistics::{Sums, Tally};

use super::{BuyerKind, Duel, Ending, Scene, Space, duel};

const LEVEL: f64 = 0.95;

/// A mean or a share with its 95 % interval; `None` where too little was seen.
pub type Cell = Option<Interval>;

/// One kind of buyer against one policy.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The buyer.
    pub buyer: BuyerKind,
    /// The policy's name.
    pub seller: String,
    /// Share of agreements among scenes in which an agreement is possible.
    pub agreed: Cell,
    /// Share of agreements among all scenes.
    pub agreed_of_all: Cell,
    /// Share of all scenes that went to a person.
    pub person: Cell,
    /// The seller's share of the surplus of agreements.
    pub seller_share: Cell,
    /// Both sides' surplus, as a share of the most they could have had together; nothing where they could have agreed
    /// and did not.
    pub realised: Cell,
    /// Asks until agreement.
    pub rounds: Cell,
    /// Distance of agreements to the Pareto front, in parts of each side's most.
    pub to_front: Cell,
    /// Distance of agreements to the Nash point.
    pub to_nash: Cell,
    /// Agreements by lever.
    pub levers: BTreeMap<Lever, u64>,
}

/// What came of a tournament.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// How many scenes there were.
    pub scenes: u64,
    /// In how many of them an agreement was possible under the first policy.
    pub possible: u64,
    /// One row a buyer and policy.
    pub rows: Vec<Row>,
}

/// The policy with each tactic in turn: time-dependent with exponents 5 (Boulware), 1 (linear) and 0.2 (conceder), mirror,
/// and minimal concession.
pub fn seller_tactics(policy: &Policy) -> Vec<(&'static str, Policy)> {
    let with = |kind: TacticKind, exponent: u32| {
        let mut policy = policy.clone();
        (policy.tactic.kind, policy.tactic.exponent) = (kind, exponent);
        policy
    };
    vec![
        ("Boulware", with(TacticKind::Time, 5_000)),
        ("linear", with(TacticKind::Time, 1_000)),
        ("conceder", with(TacticKind::Time, 200)),
        ("mirror", with(TacticKind::Mirror, 1_000)),
        ("minimal", with(TacticKind::Minimal, 1_000)),
    ]
}

/// Every kind of buyer against every policy in the first `scenes` scenes of a seed.
pub fn tournament(policies: &[(&str, Policy)], scenes: u64, seed: u64) -> Table {
    let places = || BuyerKind::ALL.into_iter().flat_map(|buyer| policies.iter().map(move |policy| (buyer, policy)));
    let mut counts: Vec<Counts> = places().map(|_| Counts::default()).collect();
    let mut possible = 0;
    for number in 0..scenes {
        let scene = Scene::generate(seed, number);
        let spaces = spaces(&scene, policies);
        possible += u64::from(spaces.first().is_some_and(Option::is_some));
        for (place, (buyer, (_, policy))) in places().enumerate() {
            let space = spaces[place % policies.len()].as_ref();
            counts[place].add(&scene, policy, space, &duel(&scene, policy, buyer));
        }
    }
    let rows = places().zip(counts).map(|((buyer, (name, _)), counts)| counts.row(buyer, name));
    Table { scenes, possible, rows: rows.collect() }
}

/// The space of a scene under each policy. Tactics do not change it, so it is worked out once where policies differ in
/// nothing else.
fn spaces(scene: &Scene, policies: &[(&str, Policy)]) -> Vec<Option<Space>> {
    let mut spaces: Vec<Option<Space>> = Vec::with_capacity(policies.len());
    for (at, (_, policy)) in policies.iter().enumerate() {
        let alike = policies[..at].iter().position(|(_, other)| {
            let with_tactic = Policy { tactic: policy.tactic.clone(), ..other.clone() };
            with_tactic == *policy
        });
        let space = alike.map_or_else(|| Space::of(scene, policy), |alike| spaces[alike].clone());
        spaces.push(space);
    }
    spaces
}

#[derive(Default)]
struct Counts {
    scenes: u64,
    possible: u64,
    agreed: u64,
    agreed_possible: u64,
    person: u64,
    seller_share: Vec<f64>,
    realised: Vec<f64>,
    rounds: Vec<f64>,
    to_front: Vec<f64>,
    to_nash: Vec<f64>,
    levers: BTreeMap<Lever, u64>,
}

impl Counts {
    fn add(&mut self, scene: &Scene, policy: &Policy, space: Option<&Space>, duel: &Duel) {
        self.scenes += 1;
        self.possible += u64::from(space.is_some());
        self.person += u64::from(duel.ending == Ending::Person);
        let agreed = match &duel.ending {
            Ending::Agreed(offer) => scene.point(policy, &offer.terms).map(|point| (offer, point)),
            Ending::Person | Ending::Walked => None,
        };
        let Some((offer, point)) = agreed else {
            self.realised.extend(space.map(|_| 0.0));
            return;
        };
        self.agreed += 1;
        *self.levers.entry(offer.lever).or_default() += 1;
        self.rounds.push(f64::from(duel.asks));
        if point.sum() > 0.0 {
            self.seller_share.push(point.seller / point.sum());
        }
        if let Some(space) = space {
            self.agreed_possible += 1;
            self.realised.push(point.sum() / space.sum_max);
            let (to_front, to_nash) = space.distances(point);
            self.to_front.push(to_front);
            self.to_nash.push(to_nash);
        }
    }

    fn row(self, buyer: BuyerKind, seller: &str) -> Row {
        let share = |part: u64, of: u64| Tally::new(part, of).and_then(|tally| wilson(&tally, LEVEL)).ok();
        let average = |values: &[f64]| Sums::of(values).and_then(|sums| mean(&sums, LEVEL)).ok();
        Row {
            buyer,
            seller: seller.to_owned(),
            agreed: share(self.agreed_possible, self.possible),
            agreed_of_all: share(self.agreed, self.scenes),
            person: share(self.person, self.scenes),
            seller_share: average(&self.seller_share),
            realised: average(&self.realised),
            rounds: average(&self.rounds),
            to_front: average(&self.to_front),
            to_nash: average(&self.to_nash),
            levers: self.levers,
        }
    }
}

/// As Markdown: shares in per cent, distances in parts of one, each with half the width of its interval.
impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let heads = [
            "buyer",
            "seller",
            "agreed, %",
            "of all, %",
            "to a person, %",
            "seller's share, %",
            "realised, %",
            "rounds",
            "to the front",
            "to Nash",
        ];
        writeln!(f, "| {} |", heads.join(" | "))?;
        writeln!(f, "|---|---|{}", "--:|".repeat(heads.len() - 2))?;
        for row in &self.rows {
            let shares = [row.agreed, row.agreed_of_all, row.person, row.seller_share, row.realised];
            let mut cells: Vec<String> = shares.into_iter().map(|cell| text(cell, 100.0, 1)).collect();
            cells.extend([text(row.rounds, 1.0, 2), text(row.to_front, 1.0, 3), text(row.to_nash, 1.0, 3)]);
            writeln!(f, "| {} | {} | {} |", row.buyer.name(), row.seller, cells.join(" | "))?;
        }
        Ok(())
    }
}

fn text(cell: Cell, times: f64, decimals: usize) -> String {
    let Some(Interval { estimate, lower, upper }) = cell else { return "–".into() };
    format!("{:.decimals$} ± {:.decimals$}", estimate * times, (upper - lower) / 2.0 * times)
}
