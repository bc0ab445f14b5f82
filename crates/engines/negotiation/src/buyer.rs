//! How likely a buyer takes an offer: a logistic model in whole numbers, so that the order of offers replays for ever. It is
//! learnt elsewhere, from outcomes; here it is only asked.

use crate::{
    offer::Lever,
    stored::{sealed, store_by_serde},
};

store_by_serde!((Lever, i64));

/// What the model looks at about an offer, all in parts per million.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Features {
    /// How far the prices lie above the asked ones, of the asked ones.
    pub gap: i64,
    /// Additional list value over the asked one.
    pub extra_value: i64,
    /// Payment earlier than asked, in hundredths of a thousand days: 30 days are 30,000 ppm.
    pub earlier: i64,
    /// The lever.
    pub lever: Lever,
}

impl Features {
    /// Bounds of each number: what lies beyond counts as the bound.
    pub const MAX: i64 = 2_000_000;

    /// Within [`Self::MAX`].
    pub fn bounded(self) -> Self {
        let bounded = |value: i64| value.clamp(0, Self::MAX);
        Self { gap: bounded(self.gap), extra_value: bounded(self.extra_value), earlier: bounded(self.earlier), ..self }
    }
}

sealed! {
    /// `P(accept) = 1 / (1 + exp(−(intercept + gap·g + extra·v + earlier·e + lever)))`, all weights in parts per million.
    pub struct BuyerModel {
        /// For an offer at the asked price with nothing else asked.
        pub intercept: i64,
        /// For each part of gap.
        pub gap: i64,
        /// For each part of additional value.
        pub extra_value: i64,
        /// For each part of earlier payment.
        pub earlier: i64,
        /// For a lever; zero for those not named.
        pub levers: Vec<(Lever, i64)>,
    }
}

impl BuyerModel {
    /// The chance in parts per million, within 20,000 to 950,000 as for the prior: nobody is ever certain.
    pub fn chance_ppm(&self, features: &Features) -> i64 {
        let Features { gap, extra_value, earlier, lever } = features.bounded();
        let times = |weight: i64, value: i64| i128::from(weight) * i128::from(value) / 1_000_000;
        let own = self.levers.iter().find(|(of, _)| *of == lever).map_or(0, |(_, weight)| *weight);
        let logit = i128::from(self.intercept)
            + i128::from(own)
            + times(self.gap, gap)
            + times(self.extra_value, extra_value)
            + times(self.earlier, earlier);
        let logit = logit.clamp(-20_000_000, 20_000_000);
        statistics::sigmoid_ppm(i64::try_from(logit).unwrap_or(0)).clamp(20_000, 950_000)
    }
}
