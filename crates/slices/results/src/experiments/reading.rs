//! What an experiment shows, from its observations: one per company whose window has passed.
//!
//! floats: statistics, not money; amounts become floats here and nowhere else

use kernel::Instant;
use statistics::power::{self, ErrorRates};
use statistics::sequential::{self, Alarm, Design, Guardrail, Harm, Reading, Verdict};
use statistics::thompson::{self, Posterior};
use statistics::{StatisticsError, Sums, Tally};
use terms::experiments::{Allocation, Metric, Plan, StopReason};

/// What one company did in its window.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Observation {
    /// 0 for the control, 1 for the treatment.
    pub variant: i64,
    /// When its window had passed.
    pub at: Instant,
    /// Negotiations that it began.
    pub asked: i64,
    /// Of them agreed by then.
    pub won: i64,
    /// Of them with a person.
    pub escalated: i64,
    /// Of them taken back.
    pub withdrawn: i64,
    /// What is left of the agreed ones, in minor units.
    pub pocket: i64,
    /// What they come to. Agreed, not ordered: what was seen once must not change after the window has passed.
    pub net: i64,
}

/// What an experiment shows at a time.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    /// Companies that count: control, treatment.
    pub counts: [u64; 2],
    /// The metric's mean: control, treatment.
    pub means: [f64; 2],
    /// The last look; `None` before the first company counted.
    pub reading: Option<Reading>,
    /// Every look that changed something: the day, and what it showed.
    pub looks: Vec<(Instant, Reading)>,
    /// Escalations, withdrawals, pocket margin.
    pub guardrails: [Alarm; 3],
}

/// Running sums of one arm.
#[derive(Debug, Clone, Copy, Default)]
struct Running {
    count: u64,
    sum: f64,
    squares: f64,
}

impl Running {
    fn add(&mut self, value: f64) {
        self.count += 1;
        self.sum += value;
        self.squares += value * value;
    }

    fn sums(&self) -> Result<Sums, StatisticsError> {
        Sums::new(self.count, self.sum, self.squares)
    }
}

fn per_negotiation(part: i64, observation: &Observation) -> f64 {
    part as f64 / observation.asked.max(1) as f64
}

fn value(metric: Metric, o: &Observation) -> f64 {
    match metric {
        Metric::Agreement => per_negotiation(o.won, o),
        Metric::Margin => per_negotiation(o.pocket, o),
        Metric::Revenue => per_negotiation(o.net, o),
    }
}

/// The least difference worth finding, in the units of the metric.
fn effect(plan: &Plan) -> f64 {
    match plan.metric {
        Metric::Agreement => plan.effect as f64 / 1e6,
        Metric::Margin | Metric::Revenue => plan.effect as f64,
    }
}

/// Reads the observations, which are in the order of their times. Looks are daily: what is known at the end of each day.
///
/// # Errors
/// A plan whose effect is not positive, or sums beyond all bounds.
pub fn standing(plan: &Plan, observations: &[Observation]) -> Result<Standing, StatisticsError> {
    let design = Design::new(ErrorRates::default(), effect(plan))?;
    let mut arms = [Running::default(); 2];
    let mut looks: Vec<(Instant, Reading)> = Vec::new();
    for (place, observation) in observations.iter().enumerate() {
        arm_of(&mut arms, observation).add(value(plan.metric, observation));
        let is_last_of_day = observations.get(place + 1).is_none_or(|next| next.at.date() != observation.at.date());
        if is_last_of_day {
            let reading = look(plan, &arms, &design)?;
            let reading = looks.last().map_or(reading, |(_, earlier)| reading.after(earlier));
            looks.push((observation.at, reading));
        }
    }
    let [control, treatment] = [arms[0].sums()?, arms[1].sums()?];
    Ok(Standing {
        counts: [arms[0].count, arms[1].count],
        means: [control.mean(), treatment.mean()],
        reading: looks.last().map(|(_, reading)| *reading),
        looks,
        guardrails: guardrails(plan, observations)?,
    })
}

fn arm_of<'a>(arms: &'a mut [Running; 2], observation: &Observation) -> &'a mut Running {
    let [control, treatment] = arms;
    if observation.variant == 0 { control } else { treatment }
}

fn look(plan: &Plan, arms: &[Running; 2], design: &Design) -> Result<Reading, StatisticsError> {
    let (control, treatment) = (arms[0].sums()?, arms[1].sums()?);
    Ok(match plan.allocation {
        Allocation::Even => sequential::means(&control, &treatment, design),
        Allocation::Thompson => sequential::means_adaptive(&control, &treatment, design),
    })
}

/// Each guardrail's share or ratio per company. The design looks for harm twice as large as what is tolerated, at least two
/// percentage points.
fn guardrails(plan: &Plan, observations: &[Observation]) -> Result<[Alarm; 3], StatisticsError> {
    let alarm = |tolerated_ppm: i64, harm: Harm, value: &dyn Fn(&Observation) -> Option<f64>| {
        let mut arms = [Running::default(); 2];
        for observation in observations {
            if let Some(value) = value(observation) {
                arm_of(&mut arms, observation).add(value);
            }
        }
        let margin = tolerated_ppm as f64 / 1e6;
        let design = Design::new(ErrorRates::default(), margin.max(0.02))?;
        Ok(sequential::guardrail(&arms[0].sums()?, &arms[1].sums()?, &design, Guardrail { harm, margin }))
    };
    Ok([
        alarm(plan.escalations_ppm, Harm::Higher, &|o| Some(per_negotiation(o.escalated, o)))?,
        alarm(plan.withdrawals_ppm, Harm::Higher, &|o| Some(per_negotiation(o.withdrawn, o)))?,
        // Only who bought has a margin.
        alarm(plan.margin_ppm, Harm::Lower, &|o| (o.net > 0).then(|| o.pocket as f64 / o.net as f64))?,
    ])
}

/// Whether it must end now. `required` are the companies per variant that were planned.
pub fn stop(standing: &Standing, required: u64, is_over: bool) -> Option<StopReason> {
    if standing.guardrails.iter().any(|alarm| alarm.is_breached) {
        return Some(StopReason::Guardrail);
    }
    match standing.reading.map(|reading| reading.verdict) {
        Some(Verdict::Higher) => return Some(StopReason::Higher),
        Some(Verdict::Lower) => return Some(StopReason::Lower),
        _ => {}
    }
    let is_reached = standing.counts.iter().all(|count| *count >= required);
    (is_reached || is_over).then_some(StopReason::Undecided)
}

/// The share of new companies for the treatment, in parts per million, when the shares follow the outcomes. `None` when too
/// little is known to move them.
pub fn treatment_share_ppm(plan: &Plan, observations: &[Observation], seed: u64) -> Option<i64> {
    const DRAWS: u32 = 4_000;
    const FLOOR_PPM: u32 = 100_000;
    let mut arms = [Running::default(); 2];
    for observation in observations {
        arm_of(&mut arms, observation).add(value(plan.metric, observation));
    }
    let posterior = |arm: &Running| Posterior::mean_estimated(&arm.sums().ok()?).ok();
    let arms = [posterior(&arms[0])?, posterior(&arms[1])?];
    let shares = thompson::allocation(&arms, DRAWS, FLOOR_PPM, seed).ok()?;
    shares.get(1).map(|share| i64::from(*share))
}

/// The least effect that so many companies per variant could show, in the plan's units: by halving, because the needed sample
/// falls as the effect grows. `None` where even the largest that can be planned could not be shown.
pub fn detectable(plan: &Plan, past: &[Observation], per_arm: u64) -> Option<i64> {
    let is_shown = |effect: i64| {
        let plan = Plan { effect, ..plan.clone() };
        needed(&plan, past, 1.0).is_ok_and(|needed| needed.per_arm <= per_arm)
    };
    // No share differs by more than the whole.
    let most = if plan.metric == Metric::Agreement { 1_000_000 } else { 1_000_000_000 };
    if !is_shown(most) {
        return None;
    }
    let (mut low, mut high) = (plan.effect.clamp(1, most), most);
    while low < high {
        let middle = low + (high - low) / 2;
        if is_shown(middle) { high = middle } else { low = middle + 1 }
    }
    Some(high)
}

/// What is needed, as far as the past tells.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Needed {
    /// Companies per variant.
    pub per_arm: u64,
    /// Whole days until they are there, when they come as they came; `None` when none come.
    pub days: Option<u64>,
}

/// The sample that finds the planned effect with 80 % power at 5 % error, from the last months' companies (one observation
/// each; the variant does not matter) and how many come in a day.
///
/// # Errors
/// Nothing in the past that varies, or an effect out of range.
pub fn needed(plan: &Plan, past: &[Observation], companies_per_day: f64) -> Result<Needed, StatisticsError> {
    let mut all = Running::default();
    past.iter().for_each(|observation| all.add(value(plan.metric, observation)));
    let (sums, rates) = (all.sums()?, ErrorRates::default());
    let mut per_arm = power::sequential_means(sums.variance().sqrt(), effect(plan), rates)?;
    if plan.allocation == Allocation::Thompson {
        // Its intervals are about one and a half times as wide.
        per_arm = power::inflated(per_arm, &[2.25])?;
    }
    let exposure = Tally::new(u64::try_from(plan.exposure_ppm).unwrap_or(0), 1_000_000)?;
    Ok(Needed { per_arm, days: power::days(per_arm, 2, companies_per_day, &exposure) })
}
