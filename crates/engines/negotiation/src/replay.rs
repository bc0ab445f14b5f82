//! Inputs stored with a decision, so that it can be computed again years later.

use kernel::Instant;

use crate::{
    buyer::Features,
    case::Case,
    choose::features,
    decide::decide,
    decision::Decision,
    offer::Lever,
    policy::{Applied, Policy},
    position::{History, Position},
    stored::{StoredError, from_text, sealed, to_text},
    terms::Request,
};

sealed! {
    /// Everything that a decision depends on.
    pub struct Inputs {
        /// The policy version that decided.
        pub policy: Policy,
        /// The position.
        pub position: Position,
        /// The history.
        pub history: History,
        /// The request.
        pub request: Request,
        /// The time of the decision.
        pub now: Instant,
        /// The seed.
        pub seed: u64,
    }
}

impl Inputs {
    /// Text to be stored. For the seller only.
    pub fn to_stored(&self) -> String {
        to_text(self)
    }

    /// Reads what [`Self::to_stored`] wrote.
    ///
    /// # Errors
    /// [`StoredError`].
    pub fn from_stored(text: &str) -> Result<Self, StoredError> {
        from_text(text)
    }

    /// The decision for these inputs.
    pub fn decide(&self) -> Decision {
        decide(&self.policy, &self.position, &self.history, &self.request, self.now, self.seed)
    }

    /// What a buyer model sees of each offer that these inputs allow, whether it was made or not: to learn from what became of
    /// those that were. Nothing for inputs that cannot be decided on.
    pub fn features(&self) -> Vec<(Lever, Features)> {
        let applied = self.policy.applied_to(&self.position, &self.request);
        match Case::new(
            Applied { policy: &applied, is_checked: false },
            &self.position,
            &self.history,
            &self.request,
            self.now,
        ) {
            Ok(case) => features(&case),
            Err(_) => Vec::new(),
        }
    }
}

/// Decides again from stored inputs.
///
/// # Errors
/// [`StoredError`] when the text was not written by [`Inputs::to_stored`].
pub fn replay(stored: &str) -> Result<Decision, StoredError> {
    Ok(Inputs::from_stored(stored)?.decide())
}
