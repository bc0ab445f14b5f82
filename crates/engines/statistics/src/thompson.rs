//! Which share of the next period's companies each arm gets.
//!
//! Thompson sampling (Thompson 1933): an arm gets the share of draws in which it is the best. Allocation then depends
//! on outcomes, so the tests of [`crate::sequential::means`] and [`crate::sequential::proportions`] do not hold; keep
//! the sums of every arm and use [`crate::sequential::means_adaptive`] or [`crate::sequential::proportions_exact`]. An
//! arm's plain mean is then biased a little downwards (Nie, Tian, Taylor and Zou 2018). What comes out is a share for
//! companies that are new in the next period: those seen before keep their variant.
//!
//! floats: statistics, not money

use crate::error::{is_positive, positive};
use crate::{Random, StatisticsError, Sums, Tally};

/// The whole, in parts per million.
const WHOLE_PPM: u32 = 1_000_000;

/// What is believed about one arm's mean.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Posterior {
    /// A share: Beta(`a`, `b`).
    Beta {
        /// Successes, the prior's included.
        a: f64,
        /// Failures, the prior's included.
        b: f64,
    },
    /// A mean whose observations have a known variance.
    Normal {
        /// The mean.
        mean: f64,
        /// The variance of the mean.
        variance: f64,
    },
    /// A mean whose observations' variance was estimated: mean + scale · T(degrees).
    Student {
        /// The centre.
        mean: f64,
        /// The scale.
        scale: f64,
        /// Degrees of freedom.
        degrees: f64,
    },
}

impl Posterior {
    /// Of a share, from a uniform prior.
    pub fn share(tally: &Tally) -> Self {
        Self::Beta { a: 1.0 + tally.successes(), b: 1.0 + tally.failures() }
    }

    /// Of a mean, from the prior Normal(`prior_mean`, `prior_variance`) and the known variance of one observation:
    /// precisions add.
    ///
    /// # Errors
    /// Variances that are not positive and finite, or a mean that is not finite.
    pub fn mean_known(sums: &Sums, variance: f64, prior: (f64, f64)) -> Result<Self, StatisticsError> {
        let (prior_mean, prior_variance) = prior;
        positive(variance, "variance")?;
        if !is_positive(prior_variance) || !prior_mean.is_finite() {
            return Err(StatisticsError::OutOfRange("prior"));
        }
        let precision = 1.0 / prior_variance + sums.count() / variance;
        let mean = (prior_mean / prior_variance + sums.mean() * sums.count() / variance) / precision;
        Self::Normal { mean, variance: 1.0 / precision }.checked()
    }

    /// Of a mean with its variance estimated, from the prior 1 / variance (Jeffreys): Student's distribution with n − 1
    /// degrees of freedom.
    ///
    /// # Errors
    /// Fewer than three observations, or all the same.
    pub fn mean_estimated(sums: &Sums) -> Result<Self, StatisticsError> {
        let scale = (sums.variance() / sums.count()).sqrt();
        if sums.count() < 3.0 || !is_positive(scale) {
            return Err(StatisticsError::TooFew);
        }
        Self::Student { mean: sums.mean(), scale, degrees: sums.count() - 1.0 }.checked()
    }

    /// One draw.
    pub fn draw(&self, random: &mut Random) -> f64 {
        match *self {
            Self::Beta { a, b } => random.beta(a, b),
            Self::Normal { mean, variance } => mean + variance.sqrt() * random.normal(),
            Self::Student { mean, scale, degrees } => {
                let chi_square = 2.0 * random.gamma(degrees / 2.0);
                mean + scale * random.normal() * (degrees / chi_square).sqrt()
            }
        }
    }

    fn checked(self) -> Result<Self, StatisticsError> {
        let fine = match self {
            Self::Beta { a, b } => is_positive(a) && is_positive(b),
            Self::Normal { mean, variance } => mean.is_finite() && is_positive(variance),
            Self::Student { mean, scale, degrees } => mean.is_finite() && is_positive(scale) && is_positive(degrees),
        };
        if fine { Ok(self) } else { Err(StatisticsError::OutOfRange("posterior")) }
    }
}

/// The next period's share of every arm in parts per million, together the whole million: the chance that the arm is
/// the best (has the highest mean), estimated by `draws` joint draws, above a floor that every arm keeps. The weights
/// for [`crate::assign::Split::new`].
///
/// # Errors
/// No arm, a posterior out of range, no draws, or floors that are more than the whole.
pub fn allocation(arms: &[Posterior], draws: u32, floor_ppm: u32, seed: u64) -> Result<Vec<u32>, StatisticsError> {
    let floors = arms.len() as u64 * u64::from(floor_ppm);
    if arms.is_empty() || draws == 0 {
        return Err(StatisticsError::TooFew);
    }
    if floors > u64::from(WHOLE_PPM) {
        return Err(StatisticsError::OutOfRange("floor_ppm"));
    }
    for arm in arms {
        arm.checked()?;
    }
    let wins = wins(arms, draws, seed);
    let free = u64::from(WHOLE_PPM) - floors;
    Ok(apportion(&wins, draws, free).into_iter().map(|share| floor_ppm + share).collect())
}

/// How often each arm is the best.
fn wins(arms: &[Posterior], draws: u32, seed: u64) -> Vec<u32> {
    let mut random = Random::from_seed(seed);
    let mut wins = vec![0; arms.len()];
    for _ in 0..draws {
        let mut best = (0, f64::NEG_INFINITY);
        for (place, arm) in arms.iter().enumerate() {
            let value = arm.draw(&mut random);
            if value > best.1 {
                best = (place, value);
            }
        }
        wins[best.0] += 1;
    }
    wins
}

/// `free` parts by wins, running totals rounded, so that no part is lost.
fn apportion(wins: &[u32], draws: u32, free: u64) -> Vec<u32> {
    let (mut won, mut given) = (0, 0);
    let mut shares = Vec::with_capacity(wins.len());
    for win in wins {
        won += u64::from(*win);
        let total = free * won / u64::from(draws);
        shares.push((total - given) as u32);
        given = total;
    }
    shares
}
