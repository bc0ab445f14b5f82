//! What goes on at the demo company just now: played through the program's own actions, not imported.

use kernel::{Date, Email, Instant, Quantity, Sku, UnitPrice};

use super::{Order, Str};

/// What goes on just now.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recent {
    /// What the buyer is charged for freight, when anything.
    pub freight: Option<Freight>,
    /// Rebate agreements with suppliers.
    pub agreements: Vec<SupplierAgreement>,
    /// Deals that run over months, agreed first first.
    pub running: Vec<Running>,
    /// Negotiations of the last weeks, oldest first; the engine has to answer each.
    pub asked: Vec<Asked>,
    /// Requests for quotation, oldest first.
    pub quotes: Vec<QuoteCase>,
    /// What a supplier is asked for, for the first case that waits at the desk of the story's rep.
    pub for_case: Option<SupplierQuestion>,
}

/// A charge for freight, in minor units of the merchant's currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Freight {
    /// An order pays so much,
    pub charge: i64,
    /// from this net value on nothing.
    pub free_from: i64,
}

/// What an agreement with a supplier counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counts {
    /// Thousandths of the product's unit.
    Quantity,
    /// Minor units of the merchant's currency.
    Amount,
}

/// A rebate agreement about one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierAgreement {
    /// Who pays.
    pub supplier: &'static str,
    /// The product.
    pub sku: Sku,
    /// What is counted.
    pub counts: Counts,
    /// How long: `term`, `quarter` or `year`.
    pub period: &'static str,
    /// Its first day.
    pub valid_from: Date,
    /// Its last day.
    pub valid_until: Date,
    /// Bought in the period so far.
    pub bought: i64,
    /// As of this day.
    pub bought_on: Date,
    /// How much must be bought, and what is paid back per unit then; both rise.
    pub steps: Vec<(i64, UnitPrice)>,
}

/// What a deal that runs over months is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Over {
    /// So many times the first order, called off within so many months.
    Commitment {
        /// Months.
        months: u16,
        /// Orders of this size in all.
        times: u16,
    },
    /// One order, with a rebate for growth that is paid at the end of so many months.
    Rebate {
        /// Months.
        months: u16,
    },
}

/// A deal that runs over months, with the orders that used it so far. The price of their lines is that of the deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Running {
    /// What was asked.
    pub asked: Asked,
    /// What it is.
    pub over: Over,
    /// The orders, oldest first.
    pub orders: Vec<Order>,
}

/// What the buyer does with the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reaction {
    /// Takes the first offer that uses one of these levers, in this order; else the first.
    Takes(&'static [&'static str]),
    /// Asks once more, nearer to the list price, then takes as before.
    AsksOnce(&'static [&'static str]),
    /// Lets all of them run out.
    Leaves,
    /// Takes the ask back.
    Withdraws,
}

/// An ask that the engine answers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// Number of the company.
    pub company: &'static str,
    /// Who asks.
    pub buyer: Email,
    /// The rep of the company.
    pub rep: Email,
    /// The product.
    pub sku: Sku,
    /// How much.
    pub quantity: Quantity,
    /// Wanted price of one unit.
    pub price: UnitPrice,
    /// Wanted price of the second ask, when there is one.
    pub second_price: UnitPrice,
    /// When.
    pub at: Instant,
    /// What becomes of it.
    pub reaction: Reaction,
}

/// A file with a drawing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawing {
    /// Its name.
    pub name: Str,
    /// What is in it, a PDF.
    pub bytes: Vec<u8>,
}

/// A line of a request for quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteLine {
    /// The product, when the buyer names one.
    pub sku: Option<Sku>,
    /// What is wanted, in words.
    pub description: &'static str,
    /// How much.
    pub quantity: Quantity,
    /// Needed by.
    pub need_by: Option<Date>,
    /// A drawing of it.
    pub drawing: Option<Drawing>,
}

/// An answer to one line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteAnswer {
    /// The article to be ordered.
    pub sku: Option<Sku>,
    /// The price of one unit; `None`: cannot be supplied.
    pub price: Option<UnitPrice>,
    /// What it costs, where the catalogue does not know.
    pub cost: Option<UnitPrice>,
    /// Working days.
    pub lead_days: i64,
    /// What the buyer reads about it.
    pub note: &'static str,
}

/// An answer to all lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteVersion {
    /// The price that the buyer named for the first line before, in answer to the version before.
    pub target: Option<UnitPrice>,
    /// So many days after the request.
    pub after_days: i64,
    /// Stands for so many days.
    pub valid_days: i64,
    /// What the buyer reads.
    pub message: &'static str,
    /// By line.
    pub answers: Vec<QuoteAnswer>,
}

/// A request for quotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuoteCase {
    /// Number of the company.
    pub company: &'static str,
    /// Who asks.
    pub buyer: Email,
    /// Who answers.
    pub rep: Email,
    /// Asked so many minutes before 'now'.
    pub minutes_ago: i64,
    /// The project's name.
    pub project: &'static str,
    /// Anything about it.
    pub comment: &'static str,
    /// What is asked for.
    pub lines: Vec<QuoteLine>,
    /// What a supplier was asked for one of the lines, by its place from 1.
    pub support: Option<(i64, SupplierQuestion)>,
    /// The answers so far, oldest first.
    pub versions: Vec<QuoteVersion>,
}

/// A question for a special price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupplierQuestion {
    /// The supplier's address.
    pub email: Email,
    /// What the supplier reads.
    pub note: &'static str,
    /// The wanted part of the usual cost, in per cent.
    pub percent: i64,
    /// What was granted, in per cent of the usual cost, with what the supplier says; `None`: no answer yet.
    pub granted: Option<(i64, &'static str)>,
}
