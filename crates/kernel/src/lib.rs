//! The words every other crate speaks: money, quantities, rates, ids, time, who acts, and how things go wrong.
//!
//! No I/O, no async, no clock, no randomness: all of that is passed in. Values are checked when they are made
//! (parsed once at the edge), so code behind the edge need not check them again. Nothing here is a float.
#![warn(missing_docs)]

mod codes;
mod ctx;
mod decimal;
mod failure;
mod money;
mod normal;
mod quantity;
mod rate;
pub mod text;
mod time;

pub use codes::{Country, Email, Gtin, Sku, VatId};
pub use ctx::actor::{Access, Actor, Permission, Role, Roles, Via};
pub use ctx::id::{
    AddressId, AgreementId, AttachmentId, CartId, CartLineId, CategoryId, CompanyId, ContractId, EventId, JobId,
    MailId, NegotiationId, OfferId, OrderId, OrderLineId, PolicyId, PriceChangeId, PriceListId, ProductId, QuoteId,
    SessionId, SignoffId, SimulationId, SupportId, UnitId, UserId,
};
pub use ctx::{Ctx, Ids};
pub use decimal::{DecimalError, Notation, Unclear, parse_decimal, understood_decimal};
pub use failure::{
    FIELD_ERRORS_MAX, Failure, Fault, FieldError, Invalid, Outcome, RefusalInfo, RefusalKind, Refused, WrongValue,
};
pub use jiff::tz::TimeZone;
pub use money::{Amount, Currency, MoneyError, Rounding, UnitPrice};
pub use normal::{normal, normal_code};
pub use quantity::{Packing, Quantity, QuantityError, Unit};
pub use rate::Rate;
pub use time::{Date, Instant};
