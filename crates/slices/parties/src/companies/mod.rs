//! Firms that buy here.

pub mod actions;
pub mod queries;
mod store;

use db::events::Event;
use kernel::{Amount, CompanyId, Country, Currency, Date, UserId, VatId};

/// A firm that buys here, with the terms it buys on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Company {
    /// Its id.
    pub id: CompanyId,
    /// The customer number, as in the ERP.
    pub number: String,
    /// The name.
    pub name: String,
    /// The VAT identification number, when known.
    pub vat_id: Option<VatId>,
    /// When this VAT id was confirmed, if it was ([`crate::vat`]).
    pub vat_confirmed_on: Option<Date>,
    /// Where it is taxed.
    pub country: Country,
    /// The segment that pricing and negotiation rules name.
    pub segment: String,
    /// The price group whose lists apply.
    pub price_group: Option<String>,
    /// The currency it buys in.
    pub currency: Currency,
    /// Days from invoice to payment; 0 is prepaid.
    pub payment_days: i64,
    /// How much may be open.
    pub credit_limit: Amount,
    /// The sales rep.
    pub rep: Option<UserId>,
    /// Excluded from negotiation by hand.
    pub is_negotiation_blocked: bool,
    /// Counts changes; a form carries it, so that two people do not overwrite each other.
    pub version: i64,
}

/// What is needed to create a company.
#[derive(Debug, Clone)]
pub struct NewCompany {
    /// The customer number.
    pub number: String,
    /// The name.
    pub name: String,
    /// The VAT identification number.
    pub vat_id: Option<VatId>,
    /// Where it is taxed.
    pub country: Country,
    /// The segment.
    pub segment: String,
    /// The price group.
    pub price_group: Option<String>,
    /// The currency it buys in.
    pub currency: Currency,
    /// Days from invoice to payment.
    pub payment_days: i64,
    /// How much may be open, in minor units of the currency.
    pub credit_limit_minor: i64,
    /// The sales rep.
    pub rep: Option<UserId>,
}

/// A line of the list of companies.
#[derive(Debug, Clone)]
pub struct CompanyRow {
    /// The company.
    pub company: Company,
    /// The rep's name; empty for none.
    pub rep_name: String,
    /// People who can sign in.
    pub people: i64,
}

/// Which companies to list.
#[derive(Debug, Clone, Default)]
pub struct CompanyFilter {
    /// Part of name or number.
    pub text: Option<String>,
    /// Of this rep.
    pub rep: Option<UserId>,
    /// Of this segment.
    pub segment: Option<String>,
}

/// The words that put companies into classes. Policies and price lists name them, so a company may only be given one that is
/// there: a new one is an act of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Word {
    /// The segment that pricing and negotiation rules name.
    Segment,
    /// The price group whose lists apply.
    PriceGroup,
}

impl Word {
    /// The stored code, which is also the name of the field.
    pub fn code(self) -> &'static str {
        match self {
            Self::Segment => "segment",
            Self::PriceGroup => "price_group",
        }
    }
}

/// What happens to companies.
#[derive(Debug)]
pub enum CompanyEvent {
    /// A segment or a price group was added; no company is in it yet.
    WordAdded(Word, String),
    /// Created.
    Created(CompanyId),
    /// Terms, segment, rep or anything else changed.
    Changed(CompanyId),
}

impl Event for CompanyEvent {
    fn kind(&self) -> &'static str {
        match self {
            Self::WordAdded(..) => "company.word_added",
            Self::Created(_) => "company.created",
            Self::Changed(_) => "company.changed",
        }
    }
    fn subject(&self) -> String {
        match self {
            Self::WordAdded(word, text) => format!("{} {text}", word.code()),
            Self::Created(id) | Self::Changed(id) => id.to_string(),
        }
    }
    fn company(&self) -> Option<CompanyId> {
        match self {
            Self::WordAdded(..) => None,
            Self::Created(id) | Self::Changed(id) => Some(*id),
        }
    }
}
