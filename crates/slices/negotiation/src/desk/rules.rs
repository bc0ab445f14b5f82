//! Pure rules of the desk: who may decide, who gets a case, what a decision must say.

use std::collections::HashMap;

use kernel::{Invalid, Role, Roles, UserId};
use parties::people::Member;

use crate::engine::{Authority, ListTerms, Terms};

/// Why a request is rejected; `reject-reason-<code>` is the key of the words. For the seller's own people.
pub const REJECT_REASONS: [&str; 7] =
    ["below-floor", "quantity-too-small", "not-comparable", "scarce", "credit", "conditions-not-kept", "other"];

/// How far somebody's decisions reach.
pub fn authority(roles: Roles, leads_sales: bool) -> Option<Authority> {
    if roles.has(Role::PricingManager) || roles.has(Role::MerchantAdmin) {
        Some(Authority::PricingManager)
    } else if roles.has(Role::SalesRep) {
        Some(if leads_sales { Authority::SalesManager } else { Authority::Rep })
    } else {
        None
    }
}

/// The authority with this code.
pub fn parse_authority(code: &str) -> Option<Authority> {
    [Authority::Rep, Authority::SalesManager, Authority::PricingManager].into_iter().find(|a| a.code() == code)
}

/// Who gets a case: the company's own rep when that suffices; else, among those with exactly the authority, whoever has
/// the fewest cases; nobody there, then those above. Blocked people get none, so a rep who has left is substituted.
pub fn assignee(
    staff: &[Member],
    rep: Option<UserId>,
    needs: Authority,
    waiting: &HashMap<UserId, i64>,
) -> Option<UserId> {
    let able: Vec<(Authority, &Member)> = staff
        .iter()
        .filter(|member| !member.is_blocked)
        .filter_map(|member| authority(member.roles, member.leads_sales).map(|authority| (authority, member)))
        .filter(|(authority, _)| *authority >= needs)
        .collect();
    if let Some((_, own)) = able.iter().find(|(_, member)| Some(member.id) == rep) {
        return Some(own.id);
    }
    let load = |member: &Member| waiting.get(&member.id).copied().unwrap_or(0);
    // Pricing managers come before merchant admins, who run the system and have other work.
    let aside = |member: &Member| member.roles.has(Role::MerchantAdmin);
    let best = able.into_iter().min_by_key(|(authority, member)| (*authority, aside(member), load(member), member.id));
    best.map(|(_, member)| member.id)
}

/// Who may decide what needs this authority, by name, for the sentence that refuses.
pub fn who_may(staff: &[Member], needs: Authority) -> String {
    let able = staff.iter().filter(|m| !m.is_blocked && authority(m.roles, m.leads_sales).is_some_and(|a| a >= needs));
    able.map(|member| member.name.as_str()).take(5).collect::<Vec<_>>().join(", ")
}

/// What is wrong with terms that a person types, at `lines[n].quantity`, `lines[n].price` and `payment_days`.
pub fn check_terms(terms: &Terms, list: &ListTerms) -> Invalid {
    let mut invalid = Invalid::default();
    for (at, (line, list_line)) in terms.lines.iter().zip(&list.lines).enumerate() {
        if let Err(error) = list_line.packing.check(line.quantity) {
            invalid = invalid.and(format!("lines[{at}].quantity"), error.code(), error.args());
            continue;
        }
        let field = format!("lines[{at}].price");
        let most = list_line.price_at(line.quantity);
        if line.price.currency() != list.currency {
            let args = vec![("currency", list.currency.code().to_owned())];
            invalid = invalid.and(field, "price-currency", args);
        } else if line.price.micros() <= 0 {
            invalid = invalid.and(field, "price-positive", Vec::new());
        } else if let Some(most) = most.filter(|most| line.price.micros() > most.micros()) {
            invalid = invalid.and(field, "counter-above-list", vec![("list", most.to_decimal())]);
        }
    }
    invalid
}
