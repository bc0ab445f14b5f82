//! The figures that stand in more than one place: one definition each, whatever shows them.
//!
//! `figure-<code>` is what a figure is called, `figure-<code>-how` how it is worked out, in words. Whatever shows one carries a
//! [`Mark`]: the figure, its value as programs read it, and of what it is. Two marks with the same figure and scope and
//! different values are a fault; a test walks through all pages and looks for them.

/// What a figure counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Things.
    Count,
    /// Money, net of tax.
    Net,
    /// Money with tax.
    Gross,
    /// A part of a whole, in per cent.
    Share,
    /// A span of time, in seconds.
    Time,
    /// A mean, with two decimals.
    Mean,
}

impl Unit {
    /// Its code; `figures-unit-<code>` is the word.
    pub fn code(self) -> &'static str {
        match self {
            Self::Count => "count",
            Self::Net => "net",
            Self::Gross => "gross",
            Self::Share => "share",
            Self::Time => "time",
            Self::Mean => "mean",
        }
    }
}

/// A figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Figure {
    /// Its code.
    pub code: &'static str,
    /// What it counts in.
    pub unit: Unit,
    /// Where it is looked up first; an address of a page for staff.
    pub home: &'static str,
}

macro_rules! figures {
    ($($(#[doc = $doc:literal])+ $name:ident = $code:literal, $unit:ident, $home:ident;)+) => {
        $($(#[doc = $doc])+ pub const $name: Figure = Figure { code: $code, unit: Unit::$unit, home: $home };)+
        /// Every figure, in the order in which people read about them.
        pub const FIGURES: &[Figure] = &[$($name),+];
    };
}

const RESULTS: &str = "/office/tracking";
const LEVERS: &str = "/office/tracking/reports/levers";
const DESK: &str = "/desk";
const ORDERS: &str = "/office/orders";

figures! {
    /// Negotiations by their first ask.
    NEGOTIATIONS = "negotiations", Count, RESULTS;
    /// Of them agreed.
    DEALS_AGREED = "deals-agreed", Count, RESULTS;
    /// Agreed of all that ended.
    AGREEMENT = "agreement", Share, RESULTS;
    /// From the first ask to the first answer, on average.
    FIRST_ANSWER = "first-answer", Time, RESULTS;
    /// With a person, of all.
    WITH_PERSON = "with-person", Share, RESULTS;
    /// From the ask to a person's first decision, on average, in working time.
    PERSONS_ANSWER = "persons-answer", Time, RESULTS;
    /// Asks of one negotiation, on average.
    ROUNDS = "rounds", Mean, RESULTS;
    /// The discount asked for.
    DISCOUNT_ASKED = "discount-asked", Share, RESULTS;
    /// The discount given in what was agreed.
    DISCOUNT_GIVEN = "discount-given", Share, RESULTS;
    /// What was agreed.
    AGREED = "agreed", Net, RESULTS;
    /// Agreed deals of which something was ordered.
    DEALS_ORDERED = "deals-ordered", Count, RESULTS;
    /// What was ordered of agreed deals.
    ORDERED = "ordered", Net, RESULTS;
    /// Agreed deals of which nothing was ordered in time.
    DEALS_LAPSED = "deals-lapsed", Count, RESULTS;
    /// What was not ordered in time.
    LAPSED = "lapsed", Net, RESULTS;
    /// What is left of what was ordered, of it.
    MARGIN = "margin", Share, RESULTS;
    /// What is left of what was ordered.
    POCKET = "pocket", Net, RESULTS;
    /// What the same goods would have brought without negotiating.
    BASELINE = "baseline", Net, RESULTS;
    /// Ordered against the baseline.
    EFFECT = "effect", Net, RESULTS;
    /// What is missing to the floor.
    LEAKAGE = "leakage", Net, RESULTS;
    /// Offers that buyers had.
    OFFERS_MADE = "offers-made", Count, LEVERS;
    /// Of them taken.
    OFFERS_TAKEN = "offers-taken", Count, LEVERS;
    /// What a customer bought in twelve months.
    REVENUE_YEAR = "revenue-year", Net, DESK;
    /// A customer's orders that are not shipped yet.
    ORDERS_OPEN = "orders-open", Count, ORDERS;
    /// How much may be open.
    CREDIT_LIMIT = "credit-limit", Gross, DESK;
    /// What open orders take of it.
    CREDIT_USED = "credit-used", Gross, DESK;
    /// What is left of it.
    CREDIT_FREE = "credit-free", Gross, DESK;
}

/// A figure as it stands in a place, for programs that compare places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The figure's code.
    pub figure: &'static str,
    /// Its value as plain text: a decimal with a point, seconds, per cent.
    pub value: String,
    /// Of what: a customer, a span of time with what it is narrowed to.
    pub scope: String,
}

impl Mark {
    /// A figure with its value.
    pub fn new(figure: Figure, value: impl ToString, scope: &str) -> Self {
        Self { figure: figure.code, value: value.to_string(), scope: scope.to_owned() }
    }
}

/// The scope of a customer's figures.
pub fn of_company(number: &str) -> String {
    format!("company {number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_have_a_name_and_a_formula_in_every_language() {
        for language in i18n::Language::ALL {
            let locale = i18n::Locale::new(language, "Europe/Berlin");
            for figure in FIGURES {
                let asked = [format!("figure-{}", figure.code), format!("figure-{}-how", figure.code)];
                for key in asked.iter().chain([&format!("figures-unit-{}", figure.unit.code())]) {
                    assert_ne!(&locale.text(key), key, "{language:?}");
                }
            }
        }
    }

    #[test]
    fn figures_have_one_definition_each() {
        let mut codes: Vec<&str> = FIGURES.iter().map(|figure| figure.code).collect();
        codes.sort_unstable();
        codes.dedup();
        assert_eq!(codes.len(), FIGURES.len());
    }
}
