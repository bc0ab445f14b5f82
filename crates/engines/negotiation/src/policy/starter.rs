//! The policy that a newcomer starts with.

use kernel::{Amount, Currency, Rate, UnitPrice};

use crate::{
    policy::{
        AfterPerson, AlternativeLever, Authority, BonusLever, BundleLever, CommitmentLever, DeliveryRow, Eligibility,
        FreightRow, Limits, MarginRow, Objective, PaymentRow, PlainLever, Policy, RebateLever, RebateRow, RouteRow,
        Routing, Tactic, TickRow, VolumeLever,
    },
    terms::FreightMode,
};

impl Policy {
    /// A sensible first policy in EUR.
    ///
    /// Four rounds, a mild Boulware tactic; plain discount 3.2 % rising to 6 %; each +100 % of quantity earns 5.2 %, up to
    /// three times the asked quantity; prepayment earns 2.3 % against 30 days. So a list price of 120.00, asked at 110.00
    /// for 2,000, is answered with 4,000 in all at 110.00, prepaid at 113.40, or plainly 116.20.
    ///
    /// Segments used: `key`, `small`, all others general. Product classes used: `commodity` (thin margins), `special`
    /// (wide margins), `fixed` (not negotiable), all others general.
    pub fn starter() -> Self {
        Self {
            version: 1,
            currency: Currency::Eur,
            eligibility: Eligibility {
                segments: Vec::new(),
                segments_blocked: Vec::new(),
                classes_blocked: vec!["fixed".into()],
                deal_min: euro(250),
                open_max: 10,
                customers: None,
                products: None,
                person: None,
            },
            margins: margins(),
            plain: PlainLever { from: Rate::from_ppm(32_000), to: Rate::percent(6), offered: true },
            volume: Some(VolumeLever {
                per_double: Rate::from_ppm(52_000),
                multiple_max: Rate::percent(300),
                beyond_stock: true,
            }),
            payment: [(0, 23_000), (14, 8_000), (30, 0), (60, -12_000)]
                .map(|(days, grant)| PaymentRow { days, grant: Rate::from_ppm(grant) })
                .to_vec(),
            delivery: Vec::new(),
            freight: Vec::new(),
            commitment: None,
            rebate: None,
            alternative: None,
            bundle: None,
            bonus: None,
            pairs: true,
            tactic: Tactic::by_time(1_500, 4, Rate::from_ppm(2_500)),
            limits: Limits {
                validity_hours: 72,
                offers_max: 3,
                budget: None,
                deal_max: Some(euro(1_000_000)),
                discount_max: Rate::percent(30),
                far: Rate::percent(8),
                worth_deal: euro(5_000),
                worth_customer: euro(100_000),
            },
            routing: routing(),
            ticks: ticks(),
            objective: Objective::Margin,
            proactive: false,
            sections: Vec::new(),
        }
    }

    /// The starter with every lever, shown unasked where that can be: a policy to grow into, also the demo company's.
    ///
    /// Beyond the starter: any day within a week earns 1 %, within two 1.6 % and free freight; freight together with others
    /// 0.8 %, collected 1.5 %; each +100 % committed to within six months 2.6 %; 10 % growth within a year pays 1 % back, 25 %
    /// pays 2.5 %; another product where it saves 5 %; goods ordered along, worth as much as the deal, earn 4 %; up to 3 % more
    /// where it is given in goods.
    pub fn complete() -> Self {
        let ppm = Rate::from_ppm;
        let later = |days, grant, free_freight| DeliveryRow { days, grant: ppm(grant), free_freight };
        let by = |mode, grant| FreightRow { mode, grant: ppm(grant) };
        let growth = |growth, rate| RebateRow { growth: ppm(growth), rate: ppm(rate) };
        Self {
            delivery: vec![later(7, 10_000, false), later(14, 16_000, true)],
            freight: vec![by(FreightMode::Consolidated, 8_000), by(FreightMode::Collected, 15_000)],
            commitment: Some(CommitmentLever { months: 6, per_double: ppm(26_000), times_max: 6 }),
            rebate: Some(RebateLever { months: 12, rows: vec![growth(100_000, 10_000), growth(250_000, 25_000)] }),
            alternative: Some(AlternativeLever { saving_min: Rate::percent(5) }),
            bundle: Some(BundleLever { per_double: Rate::percent(4), value_max: Rate::percent(100) }),
            bonus: Some(BonusLever { grant: Rate::percent(3), value_max: Rate::percent(10) }),
            proactive: true,
            ..Self::starter()
        }
    }
}

fn euro(whole: i64) -> Amount {
    Amount::new(whole * 100, Currency::Eur)
}

fn margins() -> Vec<MarginRow> {
    let row = |segment: Option<&str>, class: Option<&str>, floor: i64, target: i64| MarginRow {
        segment: segment.map(Into::into),
        class: class.map(Into::into),
        condition: None,
        floor: Rate::percent(floor),
        target: Rate::percent(target),
    };
    vec![
        row(None, None, 8, 16),
        row(Some("key"), None, 7, 14),
        row(Some("small"), None, 12, 20),
        row(None, Some("commodity"), 5, 11),
        row(None, Some("special"), 15, 25),
        row(Some("key"), Some("special"), 13, 22),
    ]
}

fn routing() -> Routing {
    let row = |authority, impact: Option<i64>, deal: Option<i64>, customer: Option<i64>, answer_minutes| RouteRow {
        authority,
        impact_max: impact.map(Rate::percent),
        deal_max: deal.map(euro),
        customer_max: customer.map(euro),
        answer_minutes,
    };
    Routing {
        rows: vec![
            row(Authority::Rep, Some(3), Some(50_000), Some(1_000_000), 120),
            row(Authority::Rep, Some(6), Some(10_000), Some(250_000), 120),
            row(Authority::SalesManager, Some(8), Some(500_000), None, 240),
            row(Authority::PricingManager, None, None, None, 480),
        ],
        below_floor: Authority::PricingManager,
        answer_minutes: 480,
        after_person: AfterPerson::Person,
    }
}

/// A ten-thousandth below one, a hundredth up to a hundred, a tenth above (scaled for currencies without decimals).
fn ticks() -> Vec<TickRow> {
    let rows = |currency: Currency| {
        let minor = currency.micros_per_minor();
        let row = |from: i64, tick_micros: i64| TickRow { from: UnitPrice::new(from, currency), tick_micros };
        [row(0, minor / 100), row(100 * minor, minor), row(10_000 * minor, 10 * minor)]
    };
    Currency::ALL.into_iter().flat_map(rows).collect()
}
