//! Whether a policy can be used.

use crate::policy::Policy;

/// What is wrong with a policy, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PolicyFault {
    /// The path of the field, e.g. `margins[2].floor`.
    pub path: String,
    /// The stable code of what is wrong.
    pub code: &'static str,
}

impl Policy {
    /// Everything that is wrong; empty when the policy can be published.
    pub fn faults(&self) -> Vec<PolicyFault> {
        todo!()
    }
}
