//! A small seeded generator for simulations and draws. Not for secrets.
//!
//! floats: statistics, not money

use crate::error::is_positive;

/// The generator xoshiro256++ 1.0 (Blackman and Vigna 2019, 'Scrambled linear pseudorandom number generators'; public
/// domain code at prng.di.unimi.it), its state filled by splitmix64 as its authors advise. Period 2^256 − 1.
#[derive(Debug, Clone, PartialEq)]
pub struct Random {
    state: [u64; 4],
    /// The second value of the last pair of normal draws.
    spare: Option<f64>,
}

impl Random {
    /// The generator of this seed. Every seed is a good one, 0 too.
    pub fn from_seed(seed: u64) -> Self {
        let mut mixer = seed;
        Self { state: std::array::from_fn(|_| split_mix(&mut mixer)), spare: None }
    }

    /// The generator number `stream` of this seed: one per buyer or task, so that the result does not depend on the
    /// order or the number of threads.
    pub fn from_stream(seed: u64, stream: u64) -> Self {
        let (mut a, mut b) = (seed, !stream);
        Self::from_seed(split_mix(&mut a) ^ split_mix(&mut b).rotate_left(32))
    }

    /// 64 random bits.
    pub fn bits(&mut self) -> u64 {
        let [a, b, c, d] = self.state;
        let result = a.wrapping_add(d).rotate_left(23).wrapping_add(a);
        let (c, d) = (c ^ a, d ^ b);
        self.state = [a ^ d, b ^ c, c ^ (b << 17), d.rotate_left(45)];
        result
    }

    /// Uniform in [0, 1), in steps of 2^−53.
    pub fn unit(&mut self) -> f64 {
        (self.bits() >> 11) as f64 * (1.0 / (1_u64 << 53) as f64)
    }

    /// Uniform in 0..`end`; 0 when `end` is 0. By multiplication (Lemire 2019), its bias of at most `end` / 2^64 left
    /// in.
    pub fn below(&mut self, end: u64) -> u64 {
        ((u128::from(self.bits()) * u128::from(end)) >> 64) as u64
    }

    /// True with this chance.
    pub fn chance(&mut self, probability: f64) -> bool {
        self.unit() < probability
    }

    /// Standard normal, by Marsaglia's polar method (1964).
    pub fn normal(&mut self) -> f64 {
        if let Some(spare) = self.spare.take() {
            return spare;
        }
        loop {
            let (x, y) = (2.0 * self.unit() - 1.0, 2.0 * self.unit() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                let factor = (-2.0 * square.ln() / square).sqrt();
                self.spare = Some(y * factor);
                return x * factor;
            }
        }
    }

    /// Gamma with this shape and scale 1 (Marsaglia and Tsang 2000). NaN unless the shape is positive and finite.
    pub fn gamma(&mut self, shape: f64) -> f64 {
        if !is_positive(shape) {
            return f64::NAN;
        }
        if shape < 1.0 {
            let power = (1.0 - self.unit()).ln() / shape;
            return self.gamma_from_one(shape + 1.0) * power.exp();
        }
        self.gamma_from_one(shape)
    }

    fn gamma_from_one(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x).powi(3);
            if v > 0.0 && (1.0 - self.unit()).ln() < 0.5 * x * x + d - d * v + d * v.ln() {
                return d * v;
            }
        }
    }

    /// Beta(`a`, `b`) as a ratio of gammas. NaN unless both are positive and finite.
    pub fn beta(&mut self, a: f64, b: f64) -> f64 {
        let (x, y) = (self.gamma(a), self.gamma(b));
        if x + y == 0.0 {
            // Both shapes are so small that the draws underflow: what is left of the distribution is its two ends.
            return f64::from(u8::from(self.chance(a / (a + b))));
        }
        x / (x + y)
    }
}

/// splitmix64 (Steele, Lea and Flood 2014; Vigna's constants).
fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The first outputs of the authors' C code from the state 1, 2, 3, 4 (as in the test of the crate rand_xoshiro).
    #[test]
    fn xoshiro_gives_the_reference_values() {
        let mut random = Random { state: [1, 2, 3, 4], spare: None };
        let expected =
            [41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205];
        assert_eq!(std::array::from_fn(|_| random.bits()), expected);
    }

    /// The first outputs of the authors' C code from the seed 1234567.
    #[test]
    fn split_mix_gives_the_reference_values() {
        let mut state = 1_234_567;
        let expected = [6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423];
        assert_eq!(std::array::from_fn(|_| split_mix(&mut state)), expected);
    }
}
