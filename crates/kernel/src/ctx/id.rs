//! One id type per entity, so that a product's id cannot be handed in for an order's.

/// Declares UUIDv7 newtypes that are stored and shown as hyphenated text.
macro_rules! typed_ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize, schemars::JsonSchema)]
        #[serde(transparent)]
        #[schemars(with = "String", extend("format" = "uuid"))]
        pub struct $name(uuid::Uuid);

        impl $name {
            /// A new id made at `ctx.now` from `ctx.ids`.
            pub fn new(ctx: &crate::Ctx) -> Self {
                Self(ctx.ids.next(ctx.now))
            }

            /// Wraps a UUID that was made elsewhere (a generator with its own seed).
            pub const fn from_uuid(uuid: uuid::Uuid) -> Self {
                Self(uuid)
            }

            /// The UUID itself.
            pub const fn uuid(self) -> uuid::Uuid {
                self.0
            }

            /// Parses hyphenated text; anything else is simply not an id.
            pub fn parse(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text).ok().map(Self)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.hyphenated().fmt(f)
            }
        }
    )+};
}

typed_ids! {
    /// A company that buys (or the merchant's own, for staff).
    CompanyId,
    /// A branch or department of a company.
    UnitId,
    /// A person who signs in.
    UserId,
    /// A postal address of a company.
    AddressId,
    /// A signed-in browser or API client.
    SessionId,
    /// A product.
    ProductId,
    /// A category of products.
    CategoryId,
    /// A price list.
    PriceListId,
    /// A change of prices in a list.
    PriceChangeId,
    /// A change of rules that a second person confirms.
    SignoffId,
    /// A contract with one company.
    ContractId,
    /// A version of the negotiation policy.
    PolicyId,
    /// A negotiation, from the first ask to its end.
    NegotiationId,
    /// One offer within a negotiation.
    OfferId,
    /// A cart.
    CartId,
    /// A line of a cart.
    CartLineId,
    /// An order.
    OrderId,
    /// A line of an order.
    OrderLineId,
    /// A record of something that happened.
    EventId,
    /// A run of policies against past or invented buyers.
    SimulationId,
    /// A piece of work to be done after commit.
    JobId,
    /// A mail.
    MailId,
    /// A request for quotation, with all its answers.
    QuoteId,
    /// A file that somebody attached.
    AttachmentId,
    /// A supplier who was asked for a special price.
    SupportId,
    /// A rebate agreement with a supplier.
    AgreementId,
}
