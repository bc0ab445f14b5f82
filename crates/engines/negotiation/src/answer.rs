//! Forming offers: the buyer-facing side of a deal, its conditions in sentences, and what it costs the budget.

use kernel::{Amount, Instant, Quantity, Rounding, UnitPrice};

use crate::{
    arithmetic::PPM,
    case::{Case, Deal, Role},
    evaluate::amount_of,
    offer::{Condition, Lever, Offer},
    position::{AlternativeKind, History, Position},
    terms::{FreightMode, LineTerms, Rebate, Terms},
};

/// The offer of a deal.
pub(crate) fn offer(case: &Case<'_>, lever: Lever, deal: &Deal, now: Instant) -> Offer {
    let lines = case.lines.iter().enumerate().map(|(at, line)| LineTerms {
        product: line.product,
        quantity: Quantity::new(deal.quantities[at], line.unit),
        price: UnitPrice::new(deal.prices[at], case.currency),
    });
    let terms = Terms { lines: lines.collect(), payment_days: deal.step.days, extras: deal.step.extras };
    Offer {
        lever,
        conditions: conditions(case, &terms),
        up_to: up_to(case, deal),
        saving: amount_of(case, case.list_value(&deal.quantities) - case.paid(deal), Rounding::Down),
        expires: now.plus(i64::from(case.policy.limits.validity_hours).saturating_mul(Instant::HOUR)),
        terms,
    }
}

fn conditions(case: &Case<'_>, terms: &Terms) -> Vec<Condition> {
    let mut conditions = Vec::new();
    for (line, offered) in case.lines.iter().zip(&terms.lines) {
        let LineTerms { product, quantity, .. } = *offered;
        match line.role {
            Role::Asked => {}
            Role::Along => conditions.push(Condition::AlsoOrder { product, quantity }),
            Role::Free => conditions.push(Condition::ComesFree { product, quantity }),
        }
        let more = quantity.thousandths() - line.asked;
        if more > 0 && line.role == Role::Asked {
            let more = Quantity::new(more, offered.quantity.unit());
            conditions.push(Condition::OrderMore { product: offered.product, more, total: offered.quantity });
        }
    }
    match terms.payment_days {
        days if days >= case.asked.days => {}
        0 => conditions.push(Condition::Prepay),
        days => conditions.push(Condition::PayWithin { days }),
    }
    beyond_payment(case, terms, &mut conditions);
    if conditions.is_empty() {
        conditions.push(Condition::AsItIs);
    }
    conditions
}

/// What the terms ask for beside goods and payment that the buyer has not asked for.
fn beyond_payment(case: &Case<'_>, terms: &Terms, conditions: &mut Vec<Condition>) {
    let (asked, agreed) = (&case.asked.extras, &terms.extras);
    if agreed.flexible_days > asked.flexible_days {
        let free_freight = agreed.freight == FreightMode::Free;
        conditions.push(Condition::DeliverLater { days: agreed.flexible_days, free_freight });
    }
    if agreed.freight != asked.freight && agreed.freight != FreightMode::Free {
        conditions.push(Condition::Ship { mode: agreed.freight });
    }
    if let Some(commitment) = agreed.commitment.filter(|_| agreed.commitment != asked.commitment) {
        for line in &terms.lines {
            let total = commitment.total(line.quantity);
            conditions.push(Condition::CommitTo { product: line.product, total, months: commitment.months });
        }
    }
    if let Some(Rebate { rate, turnover, months }) = agreed.rebate {
        conditions.push(Condition::GrowTo { turnover, months, rate });
    }
}

/// The offer of another product in place of one that is asked: what is saved is saved against the list price of the latter.
pub(crate) fn instead(asked: &Case<'_>, other: &Case<'_>, deal: &Deal, now: Instant) -> Offer {
    let mut offer = offer(other, Lever::Alternative, deal, now);
    let saved = asked.asked_value() - other.paid(deal);
    offer.saving = amount_of(asked, saved, Rounding::Down);
    let lines = asked.position.lines.iter().zip(&offer.terms.lines);
    if let Some((of, line)) = lines.into_iter().find(|(asked, offered)| asked.product != offered.product) {
        let known = asked.position.alternatives.iter().find(|one| one.line.product == line.product);
        let lasts_longer = known.is_some_and(|one| one.kind == AlternativeKind::LastsLonger);
        let (of, LineTerms { product, quantity, .. }) = (of.product, *line);
        offer.conditions.retain(|condition| *condition != Condition::AsItIs);
        offer.conditions.insert(0, Condition::TakeInstead { of, product, quantity, lasts_longer });
    }
    offer
}

/// How far each quantity may rise at the same price: as far as the volume lever reaches, where each further unit earns
/// the demanded margin by itself; else not at all. Nor where the buyer pays for freight: a larger order may go free, and the
/// price was made with that money.
fn up_to(case: &Case<'_>, deal: &Deal) -> Vec<Quantity> {
    let is_charged = case.freight_charge(case.list_value(&deal.quantities)) > 0;
    let effect = case.effect(deal.step).filter(|_| !is_charged);
    let most = case.lines.iter().enumerate().map(|(at, line)| {
        let quantity = deal.quantities[at];
        let earns = line.role == Role::Asked
            && effect.is_some_and(|effect| {
                i128::from(deal.prices[at]) * line.keep(&effect) >= i128::from(line.unit_cost(&effect)) * PPM
            });
        Quantity::new(if earns { quantity.max(line.most) } else { quantity }, line.unit)
    });
    most.collect()
}

/// The list terms of the asked products, at the nearest quantities that can be ordered; they always stand.
pub(crate) fn list_offer(position: &Position, asked: &Terms, expires: Instant) -> Offer {
    let mut terms = asked.clone();
    for (line, list) in terms.lines.iter_mut().zip(&position.list.lines) {
        let unit = list.packing.unit;
        let wanted = line.quantity.thousandths().min(Quantity::THOUSANDTHS_MAX);
        let above = list.packing.round_up(wanted);
        let orderable = if above > Quantity::THOUSANDTHS_MAX { above - list.packing.step } else { above };
        line.quantity = Quantity::new(orderable, unit);
    }
    let terms = position.list.at(&terms).unwrap_or(terms);
    Offer {
        lever: Lever::List,
        up_to: terms.lines.iter().map(|line| line.quantity).collect(),
        terms,
        conditions: vec![Condition::AsItIs],
        saving: Amount::zero(position.list.currency),
        expires,
    }
}

/// What a deal costs the customer's budget of concessions, and what is left of it, in minor units of the policy's
/// currency; `None` when there is no budget.
pub(crate) fn concession_left(case: &Case<'_>, history: &History, deal: &Deal) -> Option<(i64, i64)> {
    let budget = case.policy.limits.budget?;
    let concession = amount_of(case, case.list_value(&deal.quantities) - case.paid(deal), Rounding::Up);
    let concession = case.position.in_policy_currency(concession, case.policy.currency);
    Some((concession.minor().max(0), budget.minor().saturating_sub(history.budget_used.minor())))
}
