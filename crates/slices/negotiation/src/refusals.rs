//! Why a buyer's command about a negotiation, or about one of its offers, is refused.

kernel::refusals! {
    /// Why a buyer's command about a negotiation is refused.
    pub enum NegotiationRefusal {
        /// A product has no price for this buyer, so there is nothing to negotiate from.
        NotNegotiable = "not-negotiable" => Conflict,
        /// The company has too many negotiations open.
        TooManyOpen = "too-many-open" => Conflict,
        /// As many negotiations of the company have moved within a day as may.
        TooManyToday = "negotiations-too-many-today" => TooMany,
        /// The negotiation has ended.
        NotOpen = "negotiation-not-open" => Conflict,
        /// A person has it and will answer.
        WithPerson = "negotiation-with-person" => Conflict,
        /// A person has answered already; only a new ask can be given to a person again.
        AnsweredByPerson = "negotiation-answered-by-person" => Conflict,
        /// Every round is used, and a person has decided.
        RoundsExhausted = "rounds-exhausted" => Conflict,
        /// The offer is not on the table: it was never made, or another one was taken.
        OfferNotStanding = "offer-not-standing" => Conflict,
        /// The offer's validity has ended.
        OfferExpired = "offer-expired" => Conflict,
        /// Another order has used the agreed offer.
        OfferUsed = "offer-used" => Conflict,
    }
}
