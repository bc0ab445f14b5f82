//! The logistic function in integers, so that a ranking by chance is the same on every machine and for ever.

/// One, with 63 bits behind the point.
const ONE: u64 = 1 << 63;
/// Logits in parts per million at which the chance has long reached its end: 2^24 − 1.
const LOGIT_MAX: u64 = (1 << 24) - 1;
/// exp(−2^k / 1,000,000) for k = 0 to 23, with 63 bits behind the point, rounded to nearest (computed with 40 digits).
const DECAYS: [u64; 24] = [
    9_223_362_813_487_350_638,
    9_223_353_590_129_148_830,
    9_223_335_143_440_415_267,
    9_223_298_250_173_628_088,
    9_223_224_464_082_771_456,
    9_223_076_893_671_912_567,
    9_222_781_759_933_480_065,
    9_222_191_520_788_698_424,
    9_221_011_155_819_007_122,
    9_218_650_879_091_428_844,
    9_213_932_137_942_150_721,
    9_204_501_900_538_475_344,
    9_185_670_370_714_808_260,
    9_148_122_814_766_216_478,
    9_073_487_516_240_786_479,
    8_926_038_695_870_690_404,
    8_638_290_473_572_862_152,
    8_090_323_366_297_337_805,
    7_096_464_493_649_186_002,
    5_460_021_357_524_746_355,
    3_232_205_434_791_545_587,
    1_132_682_486_508_323_111,
    139_099_844_407_900_276,
    2_097_797_490_656_152,
];

/// `1 / (1 + exp(−logit))`, both in parts per million, to the nearest part. Never falls when the logit rises; the chances
/// of a logit and of its negative are a million together; 0 and 1,000,000 from about ∓14.5 on.
pub fn sigmoid_ppm(logit_ppm: i64) -> i64 {
    let decay = decay(logit_ppm.unsigned_abs().min(LOGIT_MAX));
    let below = u128::from(ONE) + decay;
    // At most 2^64: 128 bits hold the numerator. A chance of a half or more, rounded to nearest.
    let chance = ((1_000_000_u128 << 63) + below / 2) / below;
    if logit_ppm < 0 { 1_000_000 - chance as i64 } else { chance as i64 }
}

/// The chance of an offer: the logistic function of `Σ weight × feature`, all in parts per million. Features without a
/// weight, and weights without a feature, count as nothing.
pub fn chance_ppm(weights_ppm: &[i64], features_ppm: &[i64]) -> i64 {
    let logit = weights_ppm
        .iter()
        .zip(features_ppm)
        .fold(0_i128, |sum, (weight, feature)| sum.saturating_add(i128::from(*weight) * i128::from(*feature)));
    let logit = (logit / 1_000_000).clamp(i128::from(i64::MIN), i128::from(i64::MAX));
    sigmoid_ppm(logit as i64)
}

/// exp(−`logit`) with 63 bits behind the point: the product of the constants of its binary digits. Each product loses
/// less than 2^−63, neighbouring logits differ by 2^−20 of the value, so it falls strictly as long as a part per
/// million can tell.
fn decay(logit: u64) -> u128 {
    let digits = DECAYS.iter().enumerate().filter(|(place, _)| logit >> place & 1 == 1);
    digits.fold(u128::from(ONE), |product, (_, factor)| (product * u128::from(*factor)) >> 63)
}
