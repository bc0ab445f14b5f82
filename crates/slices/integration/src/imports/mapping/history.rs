//! The section `[history]`: how a past is made from invoice lines.

use kernel::{Country, Currency, Outcome, Rate};
use serde::Deserialize;
use toml::Spanned;

use super::parse::Lines;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HistoryText {
    currency: Spanned<String>,
    list_code: String,
    list_name: String,
    margin: Spanned<String>,
    category: String,
    category_name: String,
    company_name: String,
    walk_in_name: String,
    segment: String,
    payment_days: i64,
    #[serde(default)]
    credit_limit: i64,
    #[serde(default)]
    lead_days: i64,
    #[serde(default)]
    stock: i64,
    home_country: Spanned<String>,
    tax_rate: Spanned<String>,
    cancellation: String,
    #[serde(default = "window_days")]
    window_days: i64,
    #[serde(default = "lines_min")]
    lines_min: usize,
    #[serde(default = "saving_min")]
    saving_min: Spanned<String>,
}

fn window_days() -> i64 {
    365
}

fn lines_min() -> usize {
    5
}

fn saving_min() -> Spanned<String> {
    Spanned::new(0..0, "3".to_owned())
}

/// How a past is made from invoice lines.
#[derive(Debug, Clone)]
pub(crate) struct HistorySpec {
    /// The currency of the whole file.
    pub(crate) currency: Currency,
    /// Key of the general price list that is derived.
    pub(crate) list_code: String,
    /// Its name, which buyers read.
    pub(crate) list_name: String,
    /// The margin that is assumed on what was really charged, because the file has no costs.
    pub(crate) margin: Rate,
    /// Code of the category of all products.
    pub(crate) category: String,
    /// Its name.
    pub(crate) category_name: String,
    /// Name of a company, with `{number}`.
    pub(crate) company_name: String,
    /// Name of the company that rows without a customer belong to, with `{country}`.
    pub(crate) walk_in_name: String,
    /// Segment of all companies.
    pub(crate) segment: String,
    /// Days to pay of all companies.
    pub(crate) payment_days: i64,
    /// Credit limit of all companies, in whole units of the currency.
    pub(crate) credit_limit: i64,
    /// Lead time of all products.
    pub(crate) lead_days: i64,
    /// Stock of all products.
    pub(crate) stock: i64,
    /// Where the merchant is taxed.
    pub(crate) home_country: Country,
    /// The rate there; the file has net prices only.
    pub(crate) tax_rate: Rate,
    /// What the numbers of cancellations begin with.
    pub(crate) cancellation: String,
    /// Prices come from the last so many days of a product's sales.
    pub(crate) window_days: i64,
    /// Lines that a price step must rest on.
    pub(crate) lines_min: usize,
    /// What a larger quantity must save to make a step.
    pub(crate) saving_min: Rate,
}

impl HistoryText {
    pub(super) fn check(self, lines: &Lines<'_>) -> Outcome<HistorySpec> {
        let currency = Currency::parse(self.currency.get_ref()).ok_or_else(|| {
            lines.wrong(&self.currency, "import-mapping-currency", vec![("value", self.currency.get_ref().clone())])
        })?;
        let percent = |text: &Spanned<String>| {
            let within = |rate: &Rate| *rate >= Rate::ZERO && *rate < Rate::ONE;
            let rate = Rate::parse_percent(text.get_ref()).ok().filter(within);
            rate.ok_or_else(|| lines.wrong(text, "import-mapping-percent", vec![("value", text.get_ref().clone())]))
        };
        let home_country = Country::parse(self.home_country.get_ref()).map_err(|_| {
            lines.wrong(
                &self.home_country,
                "import-mapping-country",
                vec![("value", self.home_country.get_ref().clone())],
            )
        })?;
        Ok(HistorySpec {
            currency,
            margin: percent(&self.margin)?,
            saving_min: percent(&self.saving_min)?,
            list_code: self.list_code,
            list_name: self.list_name,
            category: self.category,
            category_name: self.category_name,
            company_name: self.company_name,
            walk_in_name: self.walk_in_name,
            segment: self.segment,
            payment_days: self.payment_days,
            credit_limit: self.credit_limit,
            lead_days: self.lead_days,
            stock: self.stock,
            home_country,
            tax_rate: percent(&self.tax_rate)?,
            cancellation: self.cancellation,
            window_days: self.window_days.max(1),
            lines_min: self.lines_min.max(1),
        })
    }
}
