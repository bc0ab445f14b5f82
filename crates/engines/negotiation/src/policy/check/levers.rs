//! Whether a give-get table can be used: a policy's own, or a section's.

use kernel::Rate;

use super::{Faults, MULTIPLE_PPM_MAX};
use crate::{
    policy::{
        AlternativeLever, BonusLever, BundleLever, CommitmentLever, DeliveryRow, FreightRow, PaymentRow, PlainLever,
        Policy, RebateLever, Section, VolumeLever,
    },
    terms::FreightMode,
};

/// Most months of a commitment or a rebate: five years.
const MONTHS_MAX: u16 = 60;
/// Largest total of a commitment, as a multiple of the order.
const TIMES_MAX: u16 = 100;

/// The levers of a policy or a section.
pub(super) struct Levers<'a> {
    plain: &'a PlainLever,
    volume: Option<&'a VolumeLever>,
    payment: &'a [PaymentRow],
    delivery: &'a [DeliveryRow],
    freight: &'a [FreightRow],
    commitment: Option<&'a CommitmentLever>,
    rebate: Option<&'a RebateLever>,
    alternative: Option<&'a AlternativeLever>,
    bundle: Option<&'a BundleLever>,
    bonus: Option<&'a BonusLever>,
}

macro_rules! levers_of {
    ($of:expr) => {
        Self {
            plain: &$of.plain,
            volume: $of.volume.as_ref(),
            payment: &$of.payment,
            delivery: &$of.delivery,
            freight: &$of.freight,
            commitment: $of.commitment.as_ref(),
            rebate: $of.rebate.as_ref(),
            alternative: $of.alternative.as_ref(),
            bundle: $of.bundle.as_ref(),
            bonus: $of.bonus.as_ref(),
        }
    };
}

impl<'a> Levers<'a> {
    pub(super) fn of(policy: &'a Policy) -> Self {
        levers_of!(policy)
    }

    pub(super) fn of_section(section: &'a Section) -> Self {
        levers_of!(section)
    }

    /// Notes what is wrong, at paths that begin with `under`.
    pub(super) fn check(&self, under: &str, faults: &mut Faults) {
        self.check_plain_and_volume(under, faults);
        self.check_rows(under, faults);
        self.check_over_time(under, faults);
        self.check_goods(under, faults);
    }

    fn check_plain_and_volume(&self, under: &str, faults: &mut Faults) {
        let discount = discounts();
        let (from, to) = (self.plain.from, self.plain.to);
        faults.unless(discount.contains(&from), "out-of-range", || format!("{under}plain.from"));
        faults.unless(discount.contains(&to), "out-of-range", || format!("{under}plain.to"));
        faults.unless(from <= to, "falls", || format!("{under}plain.to"));
        if let Some(volume) = self.volume {
            faults
                .unless(discount.contains(&volume.per_double), "out-of-range", || format!("{under}volume.per_double"));
            let multiples = Rate::ONE..=Rate::from_ppm(MULTIPLE_PPM_MAX);
            faults.unless(multiples.contains(&volume.multiple_max), "out-of-range", || {
                format!("{under}volume.multiple_max")
            });
        }
    }

    fn check_rows(&self, under: &str, faults: &mut Faults) {
        let sorted = |pair: &[PaymentRow]| pair[0].days < pair[1].days && pair[0].grant >= pair[1].grant;
        faults.unless(self.payment.windows(2).all(sorted), "not-sorted", || format!("{under}payment"));
        let grants = Rate::percent(-50)..=Rate::percent(50);
        for (at, row) in self.payment.iter().enumerate() {
            faults.unless(grants.contains(&row.grant), "out-of-range", || format!("{under}payment[{at}].grant"));
        }
        let sorted = |pair: &[DeliveryRow]| pair[0].days < pair[1].days && pair[0].grant <= pair[1].grant;
        faults.unless(self.delivery.windows(2).all(sorted), "not-sorted", || format!("{under}delivery"));
        for (at, row) in self.delivery.iter().enumerate() {
            let sound = discounts().contains(&row.grant) && (1..=365).contains(&row.days);
            faults.unless(sound, "out-of-range", || format!("{under}delivery[{at}].grant"));
        }
        let sorted = |pair: &[FreightRow]| pair[0].grant <= pair[1].grant;
        faults.unless(self.freight.windows(2).all(sorted), "not-sorted", || format!("{under}freight"));
        for (at, row) in self.freight.iter().enumerate() {
            faults.unless(discounts().contains(&row.grant), "out-of-range", || format!("{under}freight[{at}].grant"));
            let is_lever = matches!(row.mode, FreightMode::Consolidated | FreightMode::Collected);
            faults.unless(is_lever, "not-a-mode", || format!("{under}freight[{at}].mode"));
            let again = self.freight[..at].iter().any(|other| other.mode == row.mode);
            faults.unless(!again, "duplicate-row", || format!("{under}freight[{at}].mode"));
        }
    }

    fn check_over_time(&self, under: &str, faults: &mut Faults) {
        if let Some(lever) = self.commitment {
            let worth = discounts().contains(&lever.per_double);
            faults.unless(worth, "out-of-range", || format!("{under}commitment.per_double"));
            let months = (1..=MONTHS_MAX).contains(&lever.months);
            faults.unless(months, "out-of-range", || format!("{under}commitment.months"));
            let times = (2..=TIMES_MAX).contains(&lever.times_max);
            faults.unless(times, "out-of-range", || format!("{under}commitment.times_max"));
        }
        let Some(lever) = self.rebate else { return };
        let months = (1..=MONTHS_MAX).contains(&lever.months);
        faults.unless(months, "out-of-range", || format!("{under}rebate.months"));
        let rising = |pair: &[crate::RebateRow]| pair[0].growth < pair[1].growth && pair[0].rate <= pair[1].rate;
        faults.unless(lever.rows.windows(2).all(rising), "not-sorted", || format!("{under}rebate.rows"));
        for (at, row) in lever.rows.iter().enumerate() {
            let growth = Rate::from_ppm(-900_000)..=Rate::from_ppm(MULTIPLE_PPM_MAX);
            faults.unless(growth.contains(&row.growth), "out-of-range", || format!("{under}rebate.rows[{at}].growth"));
            faults.unless(discounts().contains(&row.rate), "out-of-range", || format!("{under}rebate.rows[{at}].rate"));
        }
    }

    fn check_goods(&self, under: &str, faults: &mut Faults) {
        let share = Rate::ZERO..=Rate::ONE;
        if let Some(lever) = self.alternative {
            faults
                .unless(share.contains(&lever.saving_min), "out-of-range", || format!("{under}alternative.saving_min"));
        }
        let multiples = Rate::ZERO..=Rate::percent(1_000);
        if let Some(lever) = self.bundle {
            let worth = discounts().contains(&lever.per_double);
            faults.unless(worth, "out-of-range", || format!("{under}bundle.per_double"));
            faults.unless(multiples.contains(&lever.value_max), "out-of-range", || format!("{under}bundle.value_max"));
        }
        if let Some(lever) = self.bonus {
            faults.unless(discounts().contains(&lever.grant), "out-of-range", || format!("{under}bonus.grant"));
            faults.unless(share.contains(&lever.value_max), "out-of-range", || format!("{under}bonus.value_max"));
        }
    }
}

fn discounts() -> std::ops::RangeInclusive<Rate> {
    Rate::ZERO..=Rate::percent(50)
}
