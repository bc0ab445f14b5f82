//! Who decides what the engine does not: the cheapest authority that suffices.

use kernel::{Instant, Rate, Rounding};

use crate::{
    case::Case,
    decision::Route,
    evaluate::{Waterfall, amount_of},
    policy::{Authority, RouteRow},
};

/// The route of terms with this waterfall (`None`: no known cost), promised from `now` on.
pub(crate) fn route(case: &Case<'_>, waterfall: Option<&Waterfall>, now: Instant) -> Route {
    let routing = &case.policy.routing;
    let impact = waterfall.map(|w| Rate::from_ppm(w.target.ppm().saturating_sub(w.margin.ppm()).max(0)));
    let under_floor = waterfall.is_none_or(|waterfall| waterfall.margin < waterfall.floor);
    let least = if under_floor { routing.below_floor } else { Authority::Rep };
    let (deal, revenue) = (deal_value(case), case.position.customer.revenue);
    let fits = |row: &&RouteRow| {
        row.authority >= least
            && row.impact_max.is_none_or(|max| impact.is_some_and(|impact| impact <= max))
            && row.deal_max.is_none_or(|max| deal.minor() <= max.minor())
            && row.customer_max.is_none_or(|max| revenue.minor() <= max.minor())
    };
    let row = routing.rows.iter().filter(fits).min_by_key(|row| (row.authority, row.answer_minutes));
    let (authority, answer_minutes) =
        row.map_or((Authority::PricingManager, routing.answer_minutes), |row| (row.authority, row.answer_minutes));
    let answer_by = now.plus(i64::from(answer_minutes).saturating_mul(Instant::MINUTE));
    Route { authority, answer_by, answer_minutes, impact }
}

/// The asked quantities at list prices, in the policy's currency.
pub(crate) fn deal_value(case: &Case<'_>) -> kernel::Amount {
    let list = amount_of(case, case.asked_value(), Rounding::HalfUp);
    case.position.in_policy_currency(list, case.policy.currency)
}
