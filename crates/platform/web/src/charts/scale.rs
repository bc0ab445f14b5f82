//! From values to places: round ticks and integer geometry that cannot overflow.

/// Ticks wanted on an axis, at most.
const TICKS_MAX: i128 = 6;

/// A value axis between two places of the picture. `from` may lie after `to` (upwards).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Scale {
    low: i128,
    high: i128,
    from: i64,
    to: i64,
    /// Values with a gridline, rising.
    pub(super) ticks: Vec<i64>,
}

impl Scale {
    /// The scale that holds all `values`, widened to round numbers; an empty one holds 0 to 1.
    pub(super) fn holding(values: impl IntoIterator<Item = i64>, from: i64, to: i64) -> Self {
        let mut values = values.into_iter();
        let first = values.next();
        let (least, most) =
            values.fold((first.unwrap_or(0), first.unwrap_or(1)), |(low, high), v| (low.min(v), high.max(v)));
        let (least, most) = (i128::from(least), i128::from(most).max(i128::from(least) + 1));
        let step = round_step(most - least);
        let (low, high) = (least.div_euclid(step) * step, (most + step - 1).div_euclid(step) * step);
        let ticks = (0..=(high - low) / step).filter_map(|place| i64::try_from(low + place * step).ok()).collect();
        Self { low, high, from, to, ticks }
    }

    /// The place of a value; values outside stop at the ends.
    pub(super) fn place(&self, value: i64) -> i64 {
        let value = i128::from(value).clamp(self.low, self.high);
        let length = i128::from(self.to) - i128::from(self.from);
        let along = (value - self.low) * length * 2 / (self.high - self.low).max(1);
        // Half a unit is added before halving, away from zero: a mirrored axis has mirrored places.
        let rounded = (along + along.signum()) / 2;
        self.from + i64::try_from(rounded).unwrap_or(0)
    }

    /// Where zero is, or the end that is nearest to it.
    pub(super) fn zero(&self) -> i64 {
        self.place(0)
    }
}

/// The smallest of 1, 2, 5 times a power of ten that needs no more than [`TICKS_MAX`] steps.
fn round_step(range: i128) -> i128 {
    let mut power = 1_i128;
    loop {
        for step in [power, 2 * power, 5 * power] {
            if range <= step * (TICKS_MAX - 1) {
                return step;
            }
        }
        power *= 10;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_hold_everything() {
        let ticks = |values: &[i64]| Scale::holding(values.iter().copied(), 0, 100).ticks;
        assert_eq!(ticks(&[]), [0, 1]);
        assert_eq!(ticks(&[7]), [7, 8]);
        assert_eq!(ticks(&[0, 10]), [0, 2, 4, 6, 8, 10]);
        assert_eq!(ticks(&[3, 97]), [0, 20, 40, 60, 80, 100]);
        assert_eq!(ticks(&[-13, 41]), [-20, 0, 20, 40, 60]);
        let all = Scale::holding([i64::MIN, i64::MAX], 0, 100);
        assert_eq!((all.place(i64::MIN), all.place(i64::MAX)), (4, 96));
    }

    #[test]
    fn places_are_proportional_and_stop_at_the_ends() {
        let up = Scale::holding([0, 10], 200, 0);
        let places: Vec<i64> = [-5, 0, 1, 5, 10, 99].into_iter().map(|v| up.place(v)).collect();
        assert_eq!(places, [200, 200, 180, 100, 0, 0]);
        assert_eq!(Scale::holding([5, 10], 0, 100).zero(), 0);
    }
}
