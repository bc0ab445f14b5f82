//! The policy that a newcomer starts with.

use crate::policy::Policy;

impl Policy {
    /// A sensible first policy in EUR.
    pub fn starter() -> Self {
        todo!()
    }
}
