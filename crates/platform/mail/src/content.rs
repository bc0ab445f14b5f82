//! What mails say. All figures, dates and links are finished texts, formatted for the reader by whoever writes the mail:
//! templates decide nothing but show and hide. Nothing here may hold costs, floors or margins.

use serde::{Deserialize, Serialize};

/// A mail's kind and values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "template", rename_all = "snake_case")]
pub enum Content {
    /// A link to choose a new password.
    PasswordReset(PasswordReset),
    /// The password has been changed.
    PasswordChanged(PasswordChanged),
    /// A new user may come in.
    Welcome(Welcome),
    /// An order has been placed.
    OrderConfirmation(Box<OrderConfirmation>),
    /// To the buyer: there is an answer.
    NegotiationAnswered(Box<NegotiationAnswered>),
    /// To the rep: a decision is wanted.
    NegotiationWaiting(Box<NegotiationWaiting>),
    /// Something became of an order.
    OrderNews(Box<OrderNews>),
    /// Something happened to a quote.
    QuoteNews(Box<QuoteNews>),
    /// To a supplier: a special price is wanted.
    SupplierAsked(Box<SupplierAsked>),
}

impl Content {
    /// The name of the templates: `<name>.html` and `<name>.txt`. Message keys begin with `mail-<name, with hyphens>-`.
    pub fn template(&self) -> &'static str {
        match self {
            Self::PasswordReset(_) => "password_reset",
            Self::PasswordChanged(_) => "password_changed",
            Self::Welcome(_) => "welcome",
            Self::OrderConfirmation(_) => "order_confirmation",
            Self::NegotiationAnswered(_) => "negotiation_answered",
            Self::NegotiationWaiting(_) => "negotiation_waiting",
            Self::OrderNews(_) => "order_news",
            Self::QuoteNews(_) => "quote_news",
            Self::SupplierAsked(_) => "supplier_asked",
        }
    }
}

/// A link to choose a new password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordReset {
    /// The page where the password is chosen, with its token.
    pub link: String,
    /// Until when the link works.
    pub valid_until: String,
}

/// The password has been changed: whoever did not do that must hear of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PasswordChanged {
    /// When.
    pub at: String,
    /// The page where one asks for a link to set another.
    pub link: String,
}

/// A new user may come in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Welcome {
    /// The company for which the user acts.
    pub company: String,
    /// The page where the first password is chosen, with its token.
    pub link: String,
    /// Until when the link works.
    pub valid_until: String,
}

/// An order has been placed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderConfirmation {
    /// The order's number.
    pub number: String,
    /// When it was placed.
    pub placed_at: String,
    /// The buyer's own number for it.
    pub po_number: Option<String>,
    /// When the goods are wanted.
    pub requested_date: Option<String>,
    /// How it is paid, in words.
    pub payment_terms: String,
    /// The delivery address, line by line.
    pub ship_to: Vec<String>,
    /// The invoice address, line by line.
    pub bill_to: Vec<String>,
    /// What was ordered.
    pub lines: Vec<OrderLine>,
    /// Net, tax by rate, gross: in the order in which they are shown; the last is the sum to pay.
    pub sums: Vec<SumLine>,
    /// The order's page.
    pub link: String,
}

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderLine {
    /// The SKU.
    pub sku: String,
    /// The product's name.
    pub name: String,
    /// With unit.
    pub quantity: String,
    /// Net, with currency and unit.
    pub unit_price: String,
    /// Net, with currency.
    pub total: String,
    /// Why the price is what it is, when it was negotiated.
    pub note: Option<String>,
}

/// A sum under the lines.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SumLine {
    /// What it is.
    pub label: String,
    /// With currency.
    pub amount: String,
}

/// To the buyer: there is an answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NegotiationAnswered {
    /// Which answer.
    pub answer: Answer,
    /// The product's name, or the cart's.
    pub product: String,
    /// The quantity asked for, with unit.
    pub quantity: String,
    /// The price asked for, with currency and unit.
    pub asked: String,
    /// The offers to choose from; for [`Answer::Agreed`] the one agreed on.
    pub offers: Vec<Offer>,
    /// Until when the offers hold.
    pub valid_until: Option<String>,
    /// The rep's name, when a person answered.
    pub rep: Option<String>,
    /// What the rep says about it.
    pub comment: Option<String>,
    /// The negotiation's page.
    pub link: String,
}

/// How an ask was answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Yes.
    Agreed,
    /// These offers instead.
    Offers,
    /// These offers, before anything was asked.
    Unasked,
    /// No.
    Declined,
}

/// One offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// What it is about, e.g. 'Order more'.
    pub title: String,
    /// With currency and unit.
    pub price: String,
    /// Its condition in one sentence.
    pub condition: String,
    /// What it saves, in one sentence.
    pub saving: Option<String>,
}

/// To the rep: a decision is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NegotiationWaiting {
    /// The company that asks.
    pub company: String,
    /// The person who asks.
    pub buyer: String,
    /// The product's name, or the cart's.
    pub product: String,
    /// The quantity asked for, with unit.
    pub quantity: String,
    /// The price asked for, with currency and unit.
    pub asked: String,
    /// The price that holds without a deal, with currency and unit.
    pub current: String,
    /// What the deal is worth, with currency.
    pub value: String,
    /// By when an answer was promised.
    pub promised_by: String,
    /// What the buyer says about it.
    pub comment: Option<String>,
    /// The case on the desk.
    pub link: String,
}

/// Something became of an order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OrderNews {
    /// What.
    pub kind: OrderNewsKind,
    /// Whether the reader is the seller's.
    pub is_staff: bool,
    /// The order's number.
    pub number: String,
    /// The company that ordered.
    pub company: String,
    /// What the order comes to, with tax and currency.
    pub total: String,
    /// Why; empty for nothing.
    pub reason: String,
    /// The order's page.
    pub link: String,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderNewsKind {
    /// It is over the credit limit and waits for a release.
    Held,
    /// It is cancelled.
    Cancelled,
    /// It was not released.
    Refused,
    /// The buyer wants to cancel what is on its way.
    CancellationAsked,
}

impl OrderNewsKind {
    /// The name in texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Held => "held",
            Self::Cancelled => "cancelled",
            Self::Refused => "refused",
            Self::CancellationAsked => "cancellation_asked",
        }
    }
}

/// Something happened to a quote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct QuoteNews {
    /// What.
    pub kind: QuoteKind,
    /// The quote's number.
    pub number: String,
    /// The company that asks.
    pub company: String,
    /// The project's name.
    pub project: Option<String>,
    /// How many lines, in words.
    pub lines: String,
    /// The last day of the version that stands.
    pub valid_until: Option<String>,
    /// What the other side says.
    pub message: Option<String>,
    /// Single lines, in words: which answers were accepted, or which end before the others.
    #[serde(default)]
    pub details: Vec<String>,
    /// The quote's page.
    pub link: String,
}

/// What happened to a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum QuoteKind {
    /// To the rep: it was asked for.
    Requested,
    /// To the rep: other prices were named.
    Countered,
    /// To the rep: lines were accepted.
    Accepted,
    /// To the buyer: which answers were accepted.
    Confirmed,
    /// To the rep: a supplier has answered.
    Supported,
    /// To whoever may send it: a colleague's answer waits for approval.
    Proposed,
    /// To the buyer: a version was sent.
    Answered,
    /// To the buyer: a version was sent that holds for all lines together only.
    AnsweredTogether,
    /// To the buyer: no quote.
    Declined,
    /// To the buyer: a version lapses soon.
    Lapsing,
}

impl QuoteKind {
    /// The name in texts.
    pub fn code(self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Countered => "countered",
            Self::Accepted => "accepted",
            Self::Confirmed => "confirmed",
            Self::Supported => "supported",
            Self::Proposed => "proposed",
            Self::Answered => "answered",
            Self::AnsweredTogether => "answered_together",
            Self::Declined => "declined",
            Self::Lapsing => "lapsing",
        }
    }
}

/// To a supplier: a special price is wanted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupplierAsked {
    /// Who asks.
    pub merchant: String,
    /// The product's name.
    pub product: String,
    /// What the supplier calls it.
    pub sku: String,
    /// How much, with unit.
    pub quantity: String,
    /// The price asked for, with currency and unit.
    pub asked: String,
    /// What the merchant says about it.
    pub comment: Option<String>,
    /// Until when it can be answered.
    pub answer_by: String,
    /// The page to answer on, with its token.
    pub link: String,
}
