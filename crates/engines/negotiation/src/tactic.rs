//! The tactics: the share of the way from target to floor that is given up at a step. First the time-dependent one (Faratin,
//! Sierra and Jennings 1998, "Negotiation decision functions for autonomous agents").
//!
//! `share(step) = ((step − 1) / (steps − 1)) ^ exponent`, so that the first answer concedes nothing beyond `from` and the
//! last one all. Their `β` is `1 / exponent`: above 1 Boulware, 1 linear, below 1 conceder. Time is counted in real
//! moves of the buyer, not in seconds or requests: waiting or asking again does not pay.
//!
//! The power is fixed point with nine decimals: whole powers by multiplication, the fraction by square roots over its
//! binary digits (`t^0.b₁b₂… = Π t^(bᵢ/2ⁱ)`). Every operation rounds down and is monotone, so shares never overshoot and
//! never fall from one step to the next.

use kernel::Rate;

use crate::policy::{Policy, Tactic, TacticKind};

const SCALE: u64 = 1_000_000_000;
const FRACTION_BITS: u32 = 16;

/// The share given up at `step` (from 1), after the buyer has given up `buyer_moved` of discount since the first ask, in
/// parts per million, rounded down.
///
/// * [`TacticKind::Time`]: see above.
/// * [`TacticKind::Mirror`]: `mirror × buyer_moved` of discount, as a share of what the plain concession can move, but in each
///   step no more than an even share of the way: who opens absurdly low and then jumps is not paid for the jump.
/// * [`TacticKind::Minimal`]: `(step − 1) × increment` of discount, likewise.
///
/// The latter two also end where the plain concession ends. Where it cannot move, the margin moves by the time-dependent
/// rule, which is all that is left to move.
pub(crate) fn share(policy: &Policy, step: u32, buyer_moved: i64) -> Rate {
    let tactic = &policy.tactic;
    let way = policy.plain.to.ppm() - policy.plain.from.ppm();
    let past = i128::from(step.max(1) - 1);
    let evenly = i128::from(way) * past / (i128::from(tactic.rounds_max.max(2)) - 1);
    let conceded = match tactic.kind {
        TacticKind::Mirror if way > 0 => {
            (i128::from(tactic.mirror.ppm()) * i128::from(buyer_moved) / 1_000_000).min(evenly)
        }
        TacticKind::Minimal if way > 0 => i128::from(tactic.increment.ppm()) * past,
        _ => return by_time(tactic, step),
    };
    let share = conceded.clamp(0, i128::from(way)) * 1_000_000 / i128::from(way);
    Rate::from_ppm(i64::try_from(share).unwrap_or(0))
}

/// The time-dependent share at `step`.
fn by_time(tactic: &Tactic, step: u32) -> Rate {
    let steps = u64::from(tactic.rounds_max.max(1)) - 1;
    let past = u64::from(step.max(1)) - 1;
    if past >= steps {
        return if past == 0 { Rate::ZERO } else { Rate::ONE };
    }
    let share = power(past * SCALE / steps, tactic.exponent.min(20_000));
    Rate::from_ppm(i64::try_from(share / 1_000).unwrap_or(0))
}

/// `base ^ (exponent_thousandths / 1000)` for a base in 0..=1, scaled by [`SCALE`].
fn power(base: u64, exponent_thousandths: u32) -> u64 {
    let times = |a: u64, b: u64| a * b / SCALE; // both at most SCALE: the product fits 60 bits
    let whole = (0..exponent_thousandths / 1_000).fold(SCALE, |power, _| times(power, base));
    let fraction = (exponent_thousandths % 1_000) * (1 << FRACTION_BITS) / 1_000;
    let (mut power, mut root) = (whole, base);
    for bit in (0..FRACTION_BITS).rev() {
        root = (root * SCALE).isqrt();
        if fraction >> bit & 1 == 1 {
            power = times(power, root);
        }
    }
    power
}

/// `from + (to − from) × share`, rounded towards `from`.
pub(crate) fn moved(from: Rate, to: Rate, share: Rate) -> Rate {
    let way = (i128::from(to.ppm()) - i128::from(from.ppm())) * i128::from(share.ppm()) / 1_000_000;
    Rate::from_ppm(i64::try_from(i128::from(from.ppm()) + way).unwrap_or(from.ppm()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(kind: TacticKind, exponent: u32, rounds_max: u32) -> Policy {
        let mut policy = Policy::starter();
        (policy.tactic.kind, policy.tactic.exponent, policy.tactic.rounds_max) = (kind, exponent, rounds_max);
        (policy.plain.from, policy.plain.to) = (Rate::percent(2), Rate::percent(6));
        policy
    }

    fn shares(exponent: u32, rounds_max: u32) -> Vec<i64> {
        let policy = policy(TacticKind::Time, exponent, rounds_max);
        (1..=rounds_max).map(|step| share(&policy, step, 0).ppm()).collect()
    }

    #[test]
    fn mirrors_what_the_buyer_gives() {
        let mut policy = policy(TacticKind::Mirror, 1_000, 4);
        policy.tactic.mirror = Rate::percent(50);
        // Half of one per cent of the four that can be given; however many rounds it took, but no faster than evenly.
        let shares = [(1, 0), (2, 10_000), (4, 10_000), (2, 900_000), (3, 900_000), (4, 80_000), (4, 900_000)];
        let has = shares.map(|(step, moved)| share(&policy, step, moved).ppm());
        assert_eq!(has, [0, 125_000, 125_000, 333_325, 666_650, 1_000_000, 1_000_000]);
    }

    #[test]
    fn concedes_the_minimum_for_each_move() {
        let mut policy = policy(TacticKind::Minimal, 1_000, 4);
        policy.tactic.increment = Rate::from_ppm(5_000);
        assert_eq!([1, 2, 3, 4].map(|step| share(&policy, step, 900_000).ppm()), [0, 125_000, 250_000, 375_000]);
        policy.plain.to = policy.plain.from;
        assert_eq!([1, 2, 3, 4].map(|step| share(&policy, step, 0).ppm()), [0, 333_333, 666_666, 1_000_000]);
    }

    #[test]
    fn curves() {
        assert_eq!(shares(1_000, 5), [0, 250_000, 500_000, 750_000, 1_000_000]);
        assert_eq!(shares(2_000, 5), [0, 62_500, 250_000, 562_500, 1_000_000]);
        // 0.25^0.5, 0.5^0.5, 0.75^0.5
        assert_eq!(shares(500, 5), [0, 500_000, 707_106, 866_025, 1_000_000]);
        // (1/3)^1.5 = 0.19245, (2/3)^1.5 = 0.54433
        assert_eq!(shares(1_500, 4), [0, 192_450, 544_331, 1_000_000]);
        assert_eq!(shares(1_000, 1), [0]);
    }

    #[test]
    fn rises_for_every_exponent() {
        for exponent in (50..20_000).step_by(37) {
            let shares = shares(exponent, 50);
            assert!(shares.is_sorted(), "{exponent}: {shares:?}");
        }
    }

    #[test]
    fn moves_never_pass_the_end() {
        let (target, floor) = (Rate::percent(20), Rate::percent(10));
        assert_eq!(moved(target, floor, Rate::ZERO), target);
        assert_eq!(moved(target, floor, Rate::ONE), floor);
        assert_eq!(moved(target, floor, Rate::from_ppm(1)), target);
    }
}
