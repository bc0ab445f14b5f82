//! What came of many buyers, counted. All sums are integers, so that shards merge in any order to the same tally.
//!
//! Customers are spread over [`REPLICATES`] groups by their place; every sum is kept by group. Groups are the units of all
//! confidence intervals ('random groups', Wolter 2007, Introduction to Variance Estimation, chapter 2): buyers of one
//! customer are alike, and must count as one.
//!
//! floats: bands of deal sizes for a chart

use kernel::Currency;
use negotiation_engine::Lever;

use crate::{
    frame::Frame,
    talk::{Ending, Outcome},
};

/// Groups of customers.
pub const REPLICATES: usize = 32;

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Metric {
    Negotiations,
    Agreed,
    Walked,
    Escalated,
    /// Sales of any kind.
    Closed,
    /// Sales of escalated ones.
    Granted,
    Rounds,
    Decisions,
    WorkMinutes,
    WaitMinutes,
    Revenue,
    /// Revenue of sales whose cost is known.
    CostedRevenue,
    Pocket,
    /// Pocket less what is only brought forward.
    Lasting,
    List,
    Discount,
    Leakage,
    Surplus,
    UnderFloor,
    /// Of buyers who may negotiate: how many, and what came of them.
    Eligible,
    EligibleAlone,
    EligibleAgreed,
    EligibleClosed,
    EligiblePerson,
    EligibleRounds,
}

const METRICS: usize = Metric::EligibleRounds as usize + 1;

/// One place of a breakdown: every metric, by group of customers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Cell(Vec<[i128; METRICS]>);

impl Cell {
    fn new() -> Self {
        Self(vec![[0; METRICS]; REPLICATES])
    }

    pub(crate) fn total(&self, metric: Metric) -> i128 {
        self.0.iter().map(|group| group[metric as usize]).sum()
    }

    /// By group of customers.
    pub(crate) fn groups(&self, metric: Metric) -> impl Iterator<Item = i128> + '_ {
        self.0.iter().map(move |group| group[metric as usize])
    }

    fn add(&mut self, group: usize, numbers: &[i128; METRICS]) {
        self.0[group].iter_mut().zip(numbers).for_each(|(sum, number)| *sum += number);
    }

    fn merge(&mut self, other: &Self) {
        self.0.iter_mut().zip(&other.0).for_each(|(mine, theirs)| {
            mine.iter_mut().zip(theirs).for_each(|(sum, number)| *sum += number);
        });
    }
}

/// What a breakdown goes by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// The customer's segment.
    Segment,
    /// The product's category.
    Category,
    /// The lever of what was sold; `list` where it was sold at list prices, empty where nothing was.
    Lever,
    /// The deal's value at list prices: the lower end of the band, in units of the currency.
    Size,
}

impl Dimension {
    /// Every dimension.
    pub const ALL: [Self; 4] = [Self::Segment, Self::Category, Self::Lever, Self::Size];
}

/// Lower ends of the bands of deal sizes, in [`size_unit`]s.
const SIZES: [f64; 7] = [0.0, 250.0, 1_000.0, 5_000.0, 25_000.0, 100_000.0, 500_000.0];

/// What is roughly worth one euro, in units of a currency: for round numbers, not for exchange.
pub(crate) fn size_unit(currency: Currency) -> i64 {
    match currency {
        Currency::Eur | Currency::Usd | Currency::Gbp | Currency::Chf => 1,
        Currency::Pln | Currency::Ron => 5,
        Currency::Nok | Currency::Sek | Currency::Dkk | Currency::Cny => 10,
        Currency::Czk => 25,
        Currency::Jpy => 150,
        Currency::Huf => 400,
    }
}

/// The sums of one arm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ArmTally {
    pub(crate) all: Cell,
    /// By place of the key; `None` where nothing happened.
    by: [Vec<Option<Cell>>; Dimension::ALL.len()],
}

/// Where a buyer belongs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Keys {
    pub(crate) group: usize,
    pub(crate) segment: usize,
    pub(crate) category: usize,
    pub(crate) size: usize,
}

impl Keys {
    /// The keys of a customer, a product and a deal's value in units of the currency.
    pub(crate) fn of(frame: &Frame<'_>, customer: u32, product: u32, value: f64) -> Self {
        let unit = size_unit(frame.market.currency) as f64;
        Self {
            group: customer as usize % REPLICATES,
            segment: frame.segment_of[customer as usize] as usize,
            category: frame.category_of[product as usize] as usize,
            size: SIZES.iter().filter(|from| value >= **from * unit).count().saturating_sub(1),
        }
    }
}

impl ArmTally {
    fn new(lengths: [usize; Dimension::ALL.len()]) -> Self {
        Self { all: Cell::new(), by: lengths.map(|length| vec![None; length]) }
    }

    /// The breakdown by a dimension: places of keys and their sums.
    pub(crate) fn by(&self, dimension: Dimension) -> &[Option<Cell>] {
        &self.by[dimension as usize]
    }

    fn add(&mut self, keys: Keys, is_eligible: bool, outcome: &Outcome) {
        let mut numbers = numbers(outcome);
        if is_eligible {
            count_eligible(&mut numbers, outcome);
        }
        self.all.add(keys.group, &numbers);
        let lever = outcome.sale.map_or(0, |sale| lever_place(sale.lever));
        for (cells, place) in self.by.iter_mut().zip([keys.segment, keys.category, lever, keys.size]) {
            cells[place].get_or_insert_with(Cell::new).add(keys.group, &numbers);
        }
    }

    fn merge(&mut self, other: &Self) {
        self.all.merge(&other.all);
        let pairs = self.by.iter_mut().flatten().zip(other.by.iter().flatten());
        for (mine, theirs) in pairs {
            if let Some(theirs) = theirs {
                mine.get_or_insert_with(Cell::new).merge(theirs);
            }
        }
    }
}

fn lever_place(lever: Lever) -> usize {
    1 + Lever::ALL.iter().position(|one| *one == lever).unwrap_or(0)
}

/// The sums of a run or a part of it. Merging is exact: the same buyers give the same tally, however they were split.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally {
    /// The arms, and behind them the list prices that all are compared to.
    pub(crate) arms: Vec<ArmTally>,
    /// Buyers that were simulated.
    pub(crate) buyers: u64,
    /// Buyers that could not be (their deal cannot be ordered any more).
    pub(crate) skipped: u64,
}

impl Tally {
    pub(crate) fn new(frame: &Frame<'_>, arms: usize) -> Self {
        let lengths = [frame.segments.len(), frame.categories.len(), Lever::ALL.len() + 1, SIZES.len()];
        Self { arms: vec![ArmTally::new(lengths); arms], buyers: 0, skipped: 0 }
    }

    pub(crate) fn add(&mut self, arm: usize, keys: Keys, is_eligible: bool, outcome: &Outcome) {
        self.arms[arm].add(keys, is_eligible, outcome);
    }

    /// Adds the sums of other buyers of the same run.
    pub fn merge(&mut self, other: &Self) {
        self.arms.iter_mut().zip(&other.arms).for_each(|(mine, theirs)| mine.merge(theirs));
        self.buyers += other.buyers;
        self.skipped += other.skipped;
    }

    /// Buyers counted so far, also those that could not be simulated: the run's progress.
    pub fn done(&self) -> u64 {
        self.buyers + self.skipped
    }

    /// Decisions of the engine so far, all arms together.
    pub fn decisions(&self) -> u64 {
        let all: i128 = self.arms.iter().map(|arm| arm.all.total(Metric::Decisions)).sum();
        u64::try_from(all).unwrap_or(u64::MAX)
    }
}

fn numbers(outcome: &Outcome) -> [i128; METRICS] {
    let mut numbers = [0_i128; METRICS];
    let mut put = |metric: Metric, number: i128| numbers[metric as usize] = number;
    put(Metric::Negotiations, 1);
    let ending = match outcome.ending {
        Ending::Agreed => Metric::Agreed,
        Ending::Walked => Metric::Walked,
        Ending::Escalated => Metric::Escalated,
    };
    put(ending, 1);
    put(Metric::Rounds, outcome.rounds.into());
    put(Metric::Decisions, outcome.decisions.into());
    put(Metric::WorkMinutes, outcome.work.into());
    put(Metric::WaitMinutes, outcome.wait.into());
    let Some(sale) = outcome.sale else { return numbers };
    put(Metric::Closed, 1);
    put(Metric::Granted, (outcome.ending == Ending::Escalated && sale.lever != Lever::List).into());
    put(Metric::Revenue, sale.revenue.into());
    put(Metric::List, sale.list.into());
    put(Metric::Discount, i128::from(sale.list) - i128::from(sale.revenue));
    put(Metric::Leakage, sale.leakage.into());
    put(Metric::Surplus, sale.surplus.into());
    put(Metric::UnderFloor, sale.under_floor.into());
    if let Some(pocket) = sale.pocket {
        put(Metric::CostedRevenue, sale.revenue.into());
        put(Metric::Pocket, pocket.into());
        put(Metric::Lasting, i128::from(pocket) - i128::from(sale.displaced));
    }
    numbers
}

/// The shares of a run are over buyers who may negotiate: the others say nothing about how it is done.
fn count_eligible(numbers: &mut [i128; METRICS], outcome: &Outcome) {
    let mut put = |metric: Metric, number: i128| numbers[metric as usize] = number;
    put(Metric::Eligible, 1);
    put(Metric::EligibleAlone, (outcome.ending == Ending::Agreed).into());
    put(Metric::EligibleAgreed, outcome.is_agreed.into());
    put(Metric::EligibleClosed, outcome.sale.is_some().into());
    put(Metric::EligiblePerson, (outcome.ending == Ending::Escalated).into());
    put(Metric::EligibleRounds, outcome.rounds.into());
}

/// The key at a place of a breakdown.
pub(crate) fn key(frame: &Frame<'_>, dimension: Dimension, place: usize) -> String {
    match dimension {
        Dimension::Segment => frame.segments[place].to_owned(),
        Dimension::Category => frame.categories[place].to_owned(),
        Dimension::Lever => place.checked_sub(1).map_or(String::new(), |at| Lever::ALL[at].code().to_owned()),
        Dimension::Size => {
            let unit = size_unit(frame.market.currency);
            (SIZES[place] as i64 * unit).to_string()
        }
    }
}
