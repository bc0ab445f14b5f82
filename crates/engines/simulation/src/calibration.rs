//! Habits fitted to what is recorded: the policy in force is to make of invented buyers what it really made of those who
//! negotiated.
//!
//! Four figures of recorded negotiations are matched by the four numbers of [`Habits`], each of which moves mostly one of them.
//! The search goes round the four, one step at a time by the slope seen so far (a secant), on the same buyers every time
//! (common random numbers), so that it is the same in every run; it ends after [`STEPS`] at most. What it came to is measured
//! on other buyers than it was fitted to.
//!
//! Left out on both sides is who may not negotiate by the policy. Invented buyers are drawn after all that was bought, as in a
//! run: it is those whose figures a run shows.
//!
//! floats: statistics, not money

use std::sync::{Mutex, PoisonError};

use negotiation_engine::{CheckedPolicy, Lever, Policy};

use crate::{
    buyers::{Buyers, Calibration, Drawing, Habits, Matched, Moment},
    frame::Frame,
    market::Market,
    settings::{Kind, Settings},
    table::Table,
    talk::{Desk, negotiate},
};

/// Fewer negotiations say too little.
const RECORDED_MIN: usize = 20;
/// Most that are looked at.
const RECORDED_MAX: usize = 20_000;
/// Buyers that habits are fitted to, and those that the fit is measured on.
const FITTED: usize = 1_500;
const MEASURED: usize = 2_000;
/// So many buyers are drawn at most for one that may negotiate.
const DRAWN_PER_BUYER: u64 = 40;
/// Seeds of both, the same in every run.
const SEEDS: [u64; 2] = [4_801, 4_802];
/// Most steps of the search.
const STEPS: usize = 36;
/// How near is near enough, in the order of [`Moment::ALL`].
const TOLERANCES: [f64; 4] = [0.01, 0.03, 0.01, 0.003];
/// How much a figure moves with its habit, until more is known.
const SLOPES: [f64; 4] = [0.6, 1.0, -0.5, 0.03];
/// The longest step.
const STEP_MAX: f64 = 0.35;

/// Runs the task with each number below the count, once, on as many threads as there are to spare.
pub type Runner<'r> = &'r (dyn Fn(usize, &(dyn Fn(usize) + Sync)) + 'r);

/// So many tasks are made of a sample.
const TASKS: usize = 16;

impl Buyers {
    /// The same buyers with habits fitted to the recorded negotiations, as the policy in force would deal with them. The result is
    /// the same however the tasks are run. Where too little is recorded, habits stay and the calibration says so; so they do
    /// when the policy contradicts itself or is in another currency.
    pub fn calibrated(self, market: &Market, policy: &Policy, runner: Runner<'_>) -> Self {
        let frame = Frame::new(market);
        let Some(policy) =
            CheckedPolicy::new(policy).ok().filter(|checked| checked.policy().currency == market.currency)
        else {
            let nothing = Calibration { negotiations: 0, figures: Vec::new() };
            return Self { calibration: Some(nothing), ..self };
        };
        let recorded = Sums::recorded(&frame, &self, &policy);
        let nothing = Calibration { negotiations: recorded.count, figures: Vec::new() };
        if recorded.count < RECORDED_MIN as u64 {
            return Self { calibration: Some(nothing), ..self };
        }
        let fitted = Sample::draw(&frame, &self, &policy, (SEEDS[0], FITTED));
        let measured = Sample::draw(&frame, &self, &policy, (SEEDS[1], MEASURED));
        if fitted.numbers.is_empty() || measured.numbers.is_empty() {
            return Self { calibration: Some(nothing), ..self };
        }
        let target = recorded.moments();
        let habits = search(&target, |habits| fitted.met(&frame, &self, habits, &policy, runner).moments());
        let after = measured.met(&frame, &self, habits, &policy, runner).moments();
        let before = measured.met(&frame, &self, Habits::default(), &policy, runner).moments();
        let usual = recorded.usual();
        let matched = |moment: Moment| {
            let at = moment as usize;
            Matched { moment, recorded: target[at], usual: usual[at], before: before[at], simulated: after[at] }
        };
        let figures = Moment::ALL.map(matched).into();
        Self { habits, calibration: Some(Calibration { figures, ..nothing }), ..self }.short()
    }
}

/// Integer sums over negotiations, so that they may be added in any order.
#[derive(Debug, Clone, Copy, Default)]
struct Sums {
    count: u64,
    persons: u64,
    rounds: u64,
    rounds_squared: u64,
    /// Negotiations whose rounds are known.
    counted: u64,
    agreed: u64,
    discount_ppm: i64,
    /// In parts per thousand, squared.
    discount_squared: i64,
    /// Agreements whose price is known.
    priced: u64,
}

impl Sums {
    fn recorded(frame: &Frame<'_>, buyers: &Buyers, policy: &CheckedPolicy<'_>) -> Self {
        let drawing = Drawing::new(frame, buyers, SEEDS[0]);
        let mut sums = Self::default();
        // The newest first.
        let talked = frame.deals.iter().enumerate().rev().filter(|(_, one)| one.talks.is_some());
        for (number, one) in talked.take(RECORDED_MAX) {
            let Some(table) = drawing.replayed(number as u64).and_then(|buyer| table(frame, buyer)) else { continue };
            let Some(talks) = frame.market.deals[one.deal as usize].talks else { continue };
            if !table.may_negotiate(policy) {
                continue;
            }
            let paid = ((one.ln_paid.exp()) * 1e6).round() as i64;
            let rounds = Some(u64::from(talks.rounds)).filter(|rounds| *rounds > 0);
            sums.add(talks.person, rounds, talks.agreed, Some(paid).filter(|_| talks.agreed));
        }
        sums
    }

    fn add(&mut self, person: bool, rounds: Option<u64>, agreed: bool, price_ppm: Option<i64>) {
        self.count += 1;
        self.persons += u64::from(person);
        self.agreed += u64::from(agreed);
        if let Some(rounds) = rounds {
            (self.rounds, self.counted) = (self.rounds + rounds, self.counted + 1);
            self.rounds_squared += rounds * rounds;
        }
        if let Some(price) = price_ppm {
            let discount = 1_000_000 - price.clamp(0, 2_000_000);
            (self.discount_ppm, self.priced) = (self.discount_ppm + discount, self.priced + 1);
            self.discount_squared += (discount / 1_000).pow(2);
        }
    }

    fn merge(&mut self, other: Self) {
        self.count += other.count;
        self.persons += other.persons;
        self.rounds += other.rounds;
        self.rounds_squared += other.rounds_squared;
        self.counted += other.counted;
        self.agreed += other.agreed;
        self.discount_ppm += other.discount_ppm;
        self.discount_squared += other.discount_squared;
        self.priced += other.priced;
    }

    /// In the order of [`Moment::ALL`].
    fn moments(&self) -> [f64; 4] {
        let over = |sum: f64, count: u64| sum / count.max(1) as f64;
        [
            over(self.persons as f64, self.count),
            over(self.rounds as f64, self.counted),
            over(self.agreed as f64, self.count),
            over(self.discount_ppm as f64 / 1e6, self.priced),
        ]
    }

    /// 1.96 standard errors of the moments.
    fn usual(&self) -> [f64; 4] {
        let [person, rounds, agreed, discount] = self.moments();
        let share = |share: f64| share * (1.0 - share);
        let spread = |squares: f64, mean: f64, count: u64| (squares / count.max(1) as f64 - mean * mean).max(0.0);
        let error = |variance: f64, count: u64| 1.96 * (variance / count.max(1) as f64).sqrt();
        [
            error(share(person), self.count),
            error(spread(self.rounds_squared as f64, rounds, self.counted), self.counted),
            error(share(agreed), self.count),
            error(spread(self.discount_squared as f64 / 1e6, discount, self.priced), self.priced),
        ]
    }
}

fn table<'a>(frame: &Frame<'a>, buyer: crate::buyers::Buyer) -> Option<Table<'a>> {
    Table::new(frame.market, buyer, Settings::new(Kind::Backtest).brought_forward)
}

/// Invented buyers who may negotiate, by number.
struct Sample {
    seed: u64,
    numbers: Vec<u64>,
}

impl Sample {
    fn draw(frame: &Frame<'_>, buyers: &Buyers, policy: &CheckedPolicy<'_>, (seed, count): (u64, usize)) -> Self {
        let drawing = Drawing::new(frame, buyers, seed);
        let may = |number: &u64| {
            let table = drawing.invented(*number).and_then(|buyer| table(frame, buyer));
            table.is_some_and(|table| table.may_negotiate(policy))
        };
        Self { seed, numbers: (0..DRAWN_PER_BUYER * count as u64).filter(may).take(count).collect() }
    }

    /// What the policy makes of them when they have these habits.
    fn met(
        &self,
        frame: &Frame<'_>,
        buyers: &Buyers,
        habits: Habits,
        policy: &CheckedPolicy<'_>,
        runner: Runner<'_>,
    ) -> Sums {
        let buyers = &Buyers { habits, ..buyers.clone() };
        let meet = |numbers: &[u64]| {
            let drawing = Drawing::new(frame, buyers, self.seed);
            let mut sums = Sums::default();
            for number in numbers {
                let Some(table) = drawing.invented(*number).and_then(|buyer| table(frame, buyer)) else { continue };
                let outcome = negotiate(&table, policy, &Desk::default());
                let person = outcome.ending == crate::talk::Ending::Escalated;
                let sold = outcome.sale.filter(|sale| outcome.is_agreed && sale.lever != Lever::List);
                sums.add(person, Some(outcome.rounds.into()), outcome.is_agreed, sold.and_then(|sale| sale.price));
            }
            sums
        };
        let parts: Vec<&[u64]> = self.numbers.chunks(self.numbers.len().div_ceil(TASKS).max(1)).collect();
        let whole = Mutex::new(Sums::default());
        runner(parts.len(), &|at| {
            let sums = meet(parts[at]);
            whole.lock().unwrap_or_else(PoisonError::into_inner).merge(sums);
        });
        whole.into_inner().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Habits whose figures come as near to the target as a few steps bring them.
fn search(target: &[f64; 4], meet: impl Fn(Habits) -> [f64; 4]) -> Habits {
    let at = Habits::default().to_array();
    let mut place = Place { has: meet(Habits::default()), at, slopes: SLOPES };
    let mut best = (loss(target, &place.has), at);
    let (mut steps, mut rounds) = (0, 0);
    while steps < STEPS && rounds < STEPS && best.0 > 0.0 {
        rounds += 1;
        for one in [3, 1, 2, 0] {
            let Some(next) = place.next(target, one) else { continue };
            let found = meet(Habits::from_array(next));
            steps += 1;
            place.step(target, one, next, found);
            let now = loss(target, &place.has);
            if now < best.0 {
                best = (now, place.at);
            }
        }
    }
    Habits::from_array(best.1)
}

/// Where the search stands, what comes of it there, and how much each figure moves with its habit.
struct Place {
    at: [f64; 4],
    has: [f64; 4],
    slopes: [f64; 4],
}

impl Place {
    /// Where to look next for one figure; `None` where it is near enough, or can come no nearer.
    fn next(&self, target: &[f64; 4], one: usize) -> Option<[f64; 4]> {
        let off = target[one] - self.has[one];
        let (low, high) = Habits::BOUNDS[one];
        let moved = (self.at[one] + (off / self.slopes[one]).clamp(-STEP_MAX, STEP_MAX)).clamp(low, high);
        let mut next = self.at;
        next[one] = moved;
        (off.abs() > TOLERANCES[one] && (moved - self.at[one]).abs() > 1e-3).then_some(next)
    }

    /// Goes there where it is nearer; learns the slope either way.
    fn step(&mut self, target: &[f64; 4], one: usize, next: [f64; 4], found: [f64; 4]) {
        let slope = (found[one] - self.has[one]) / (next[one] - self.at[one]);
        let usual = SLOPES[one];
        // A slope of the wrong sign, or none, is noise: the next step is shorter.
        self.slopes[one] = if slope * usual > 0.0 {
            usual.signum() * (0.5 * (self.slopes[one].abs() + slope.abs())).max(0.2 * usual.abs())
        } else {
            2.0 * self.slopes[one]
        };
        let off = |has: &[f64; 4]| (target[one] - has[one]).abs();
        if off(&found) < off(&self.has) {
            (self.at, self.has) = (next, found);
        } else {
            self.slopes[one] *= 2.0;
        }
    }
}

/// How far off all figures are beyond what is near enough.
fn loss(target: &[f64; 4], has: &[f64; 4]) -> f64 {
    let over = |one: usize| ((target[one] - has[one]).abs() / TOLERANCES[one] - 1.0).max(0.0);
    (0..4).map(|one| over(one).powi(2)).sum()
}
