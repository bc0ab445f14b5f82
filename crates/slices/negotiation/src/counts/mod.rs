//! How much a company has open and how much it asks for: what quotas and the rules of a round look at.

pub(crate) mod queries;
