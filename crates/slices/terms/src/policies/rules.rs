//! Pure rules about policies: faults as errors at fields, what nobody decides.

use kernel::Invalid;
use negotiation_engine::{Authority, Policy, PolicyFault};
use parties::people::Member;

use crate::deciders::authority;

/// Faults as errors at the paths of the policy's fields, e.g. `margins[2].floor`; codes are `policy-<fault>`.
pub fn invalid(faults: &[PolicyFault]) -> Invalid {
    faults.iter().fold(Invalid::default(), |all, fault| all.and(fault.path.clone(), code(fault.code), Vec::new()))
}

fn code(fault: &str) -> &'static str {
    match fault {
        "no-general-row" => "policy-no-general-row",
        "duplicate-row" => "policy-duplicate-row",
        "floor-above-target" => "policy-floor-above-target",
        "falls" => "policy-falls",
        "not-sorted" => "policy-not-sorted",
        "currency" => "policy-currency",
        "not-a-multiple" => "policy-not-a-multiple",
        "never" => "policy-never",
        "nobody" => "policy-nobody",
        "not-a-mode" => "policy-not-a-mode",
        "no-name" => "policy-no-name",
        "unreachable" => "policy-unreachable",
        "undecided" => "policy-undecided",
        _ => "policy-out-of-range",
    }
}

/// Whether two policies have the same rules, whatever their versions.
pub fn says_the_same(a: &Policy, b: &Policy) -> bool {
    Policy { version: 0, ..a.clone() } == Policy { version: 0, ..b.clone() }
}

/// Routes to an authority that no active person has, with the code `undecided`. Their cases would go to somebody above, who
/// is not meant to get them.
pub fn undecided(policy: &Policy, staff: &[Member]) -> Vec<PolicyFault> {
    let has = |needs: Authority| {
        staff.iter().any(|member| !member.is_blocked && authority(member.roles, member.leads_sales) == Some(needs))
    };
    let rows = policy.routing.rows.iter().enumerate();
    let rows = rows.map(|(at, row)| (format!("routing.rows[{at}].authority"), row.authority));
    let all = rows.chain([("routing.below_floor".to_owned(), policy.routing.below_floor)]);
    all.filter(|(_, needs)| !has(*needs)).map(|(path, _)| PolicyFault { path, code: "undecided" }).collect()
}
