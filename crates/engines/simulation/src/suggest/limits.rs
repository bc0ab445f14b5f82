//! Limits from quantiles of what was sold.
//!
//! floats: statistics of history; what leaves is rounded to amounts and rates

use kernel::{Amount, Currency};

use crate::{
    figures::{amount, quantile, rate, units},
    suggest::{COUNT_MIN, Making, tenths, whole},
};

/// Deals under this percentile of values are not worth talking about, those above the second are worth a person's time;
/// twice the third goes to a person anyway.
const DEAL_MIN: f64 = 0.05;
const WORTH_DEAL: f64 = 0.9;
const DEAL_MAX: f64 = 0.995;
/// Customers above this percentile of revenue are worth a person's time.
const WORTH_CUSTOMER: f64 = 0.9;
/// More than one and a half times this percentile of discounts is an outlier.
const DISCOUNT_MAX: f64 = 0.99;

impl Making<'_> {
    pub(super) fn limits(&mut self) {
        let currency = self.policy.currency;
        let mut values: Vec<f64> = self.sales.iter().map(|one| one.value).collect();
        if values.len() < COUNT_MIN {
            return self.because("limits", "starter", &[]);
        }
        self.policy.eligibility.deal_min = self.of_values(&mut values, DEAL_MIN, "eligibility.deal_min");
        self.policy.limits.worth_deal = self.of_values(&mut values, WORTH_DEAL, "limits.worth_deal");
        let largest = self.of_values(&mut values, DEAL_MAX, "limits.deal_max");
        let largest = Amount::new(largest.minor().saturating_mul(2), currency);
        self.policy.limits.deal_max = Some(largest);
        self.worth_customer();
        self.discount_max();
    }

    /// A percentile of deal values in a round number.
    fn of_values(&mut self, values: &mut [f64], percentile: f64, path: &str) -> Amount {
        let seen = quantile(values, percentile).unwrap_or(0.0);
        let numbers = [
            ("deals", whole(values.len())),
            ("percentile", rate(percentile).ppm()),
            ("seen", amount(seen, self.policy.currency).minor()),
        ];
        self.because(path, "deal_values", &numbers);
        rounded(seen, self.policy.currency)
    }

    fn worth_customer(&mut self) {
        let currency = self.policy.currency;
        let customers = self.frame.market.customers.iter();
        let revenues = customers.map(|customer| customer.revenue).filter(|revenue| revenue.currency() == currency);
        let mut revenues: Vec<f64> = revenues.map(units).filter(|revenue| *revenue > 0.0).collect();
        if revenues.len() < COUNT_MIN {
            return self.because("limits.worth_customer", "starter", &[]);
        }
        let seen = quantile(&mut revenues, WORTH_CUSTOMER).unwrap_or(0.0);
        self.policy.limits.worth_customer = rounded(seen, currency);
        let numbers = [
            ("customers", whole(revenues.len())),
            ("percentile", rate(WORTH_CUSTOMER).ppm()),
            ("seen", amount(seen, currency).minor()),
        ];
        self.because("limits.worth_customer", "revenues", &numbers);
    }

    fn discount_max(&mut self) {
        let mut discounts: Vec<f64> = self.sales.iter().map(|one| 1.0 - one.ln_paid.exp()).collect();
        let seen = quantile(&mut discounts, DISCOUNT_MAX).unwrap_or(0.0);
        self.policy.limits.discount_max = tenths(1.5 * seen, 0.15, 0.5);
        let numbers = [
            ("deals", whole(discounts.len())),
            ("percentile", rate(DISCOUNT_MAX).ppm()),
            ("seen", rate(seen.max(-1e6)).ppm()),
        ];
        self.because("limits.discount_max", "discounts", &numbers);
    }

    /// Classes of which no product has a known cost: the engine could not answer for them.
    pub(super) fn blocked(&mut self) {
        self.policy.eligibility.classes_blocked.clear();
        let (mut products, mut known) =
            (vec![0_usize; self.frame.classes.len()], vec![0_usize; self.frame.classes.len()]);
        for (product, class) in self.frame.market.products.iter().zip(&self.frame.class_of) {
            products[*class as usize] += 1;
            known[*class as usize] += usize::from(product.cost.is_some());
        }
        for (at, (products, known)) in products.iter().zip(known).enumerate() {
            if known == 0 {
                let path = format!("eligibility.classes_blocked[{}]", self.policy.eligibility.classes_blocked.len());
                self.policy.eligibility.classes_blocked.push(self.frame.classes[at].to_owned());
                self.because(path, "no_cost", &[("products", whole(*products))]);
            }
        }
    }
}

/// An amount with two digits, rounded; never negative, and small enough to be doubled.
fn rounded(value: f64, currency: Currency) -> Amount {
    let value = value.clamp(0.0, 1e15);
    if value < 1.0 {
        return Amount::zero(currency);
    }
    let step = 10_f64.powf(value.log10().floor() - 1.0).max(1.0);
    amount((value / step).round() * step, currency)
}
