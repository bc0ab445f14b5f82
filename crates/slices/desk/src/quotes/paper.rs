//! A version of a quote as a paper.

use catalog::Catalog;
use documents::{Column, Paper, Party, Row, Sum};
use i18n::Locale;
use kernel::{Amount, Outcome};
use parties::companies::Company;
use pricing::Buyers;
use pricing_engine::Totals;
use terms::words;
use web::Settings;

use super::sums::net;
use super::{Answer, Quote, Version, view};

/// What a paper is made from.
pub(super) struct Parts<'a> {
    pub(super) quote: &'a Quote,
    pub(super) version: &'a Version,
    pub(super) company: &'a Company,
    pub(super) catalog: &'a Catalog,
    pub(super) buyers: &'a Buyers,
    pub(super) settings: &'a Settings,
    pub(super) locale: &'a Locale,
}

/// The PDF of a version.
///
/// # Errors
/// A fault when it cannot be written, or sums do not fit.
pub(super) fn pdf(parts: &Parts<'_>) -> Outcome<Vec<u8>> {
    let locale = parts.locale;
    let page_of =
        |page: usize, pages: usize| locale.text_with("paper-page", &[("page", page.into()), ("pages", pages.into())]);
    Ok(documents::render(&parts.paper()?, &page_of)?)
}

impl Parts<'_> {
    fn text(&self, key: &str) -> String {
        self.locale.text(key)
    }

    fn paper(&self) -> Outcome<Paper> {
        let (quote, version, locale) = (self.quote, self.version, self.locale);
        let number = [("number", quote.number.to_string().into()), ("version", version.number.to_string().into())];
        let days = words::payment(locale, self.company.payment_days);
        Ok(Paper {
            language: locale.language().code().into(),
            title: locale.text_with("paper-quote", &number),
            subtitle: quote.project.clone(),
            sender: self.sender(),
            recipient: Party { name: self.company.name.clone(), lines: vec![self.company.number.clone()] },
            facts: vec![
                (
                    self.text("paper-prices-hold"),
                    self.text(if version.is_whole { "paper-together" } else { "paper-by-line" }),
                ),
                (self.text("paper-date"), locale.date(locale.local_date(version.made_at))),
                (self.text("paper-valid-until"), view::last_day(locale, version.valid_until)),
                (self.text("paper-customer"), self.company.number.clone()),
            ],
            opening: version.message.clone(),
            columns: self.columns(),
            rows: self.rows(),
            sums: self.sums()?,
            terms: vec![(self.text("paper-payment"), days), (self.text("paper-terms"), self.text("paper-terms-text"))],
        })
    }

    fn sender(&self) -> Party {
        let contact = [&self.settings.phone, &self.settings.email];
        let lines = self.settings.address.iter().chain(contact).filter(|line| !line.is_empty());
        Party { name: self.settings.name.clone(), lines: lines.cloned().collect() }
    }

    fn columns(&self) -> Vec<Column> {
        let column = |key: &str, share: u16, is_figure: bool| Column { title: self.text(key), share, is_figure };
        vec![
            column("paper-position", 4, false),
            column("paper-what", 26, false),
            column("quantity", 9, true),
            column("paper-price", 13, true),
            column("paper-net", 13, true),
        ]
    }

    fn rows(&self) -> Vec<Row> {
        self.version.answers.iter().filter_map(|answer| self.row(answer)).collect()
    }

    fn row(&self, answer: &Answer) -> Option<Row> {
        let line = self.quote.line(answer.position)?;
        let product = answer.product.and_then(|id| self.catalog.product(id));
        let name = product.as_ref().map(|product| product.name.get(self.locale.language()).to_owned());
        let what = match (answer.choice, name) {
            (0, None) => view::title(line, self.catalog, self.locale),
            (0, Some(name)) => name,
            (_, name) => {
                let args = [("product", name.unwrap_or_default().into())];
                self.locale.text_with("paper-alternative", &args)
            }
        };
        let mut notes = Vec::new();
        notes.extend(product.map(|product| product.sku.to_string()));
        notes.extend(answer.lead_days.map(|days| self.locale.text_with("quote-lead-days", &[("n", days.into())])));
        notes.extend(answer.valid_until.map(|end| {
            let args = [("date", view::last_day(self.locale, end).into())];
            self.locale.text_with("quote-line-until", &args)
        }));
        notes.extend(Some(answer.note.clone()).filter(|note| !note.is_empty()));
        let (price, net) = match (answer.price, net(answer)) {
            (Some(price), Some(net)) => (words::per_unit(self.locale, price, answer.quantity), self.locale.money(net)),
            _ => (self.text("quote-not-supplied"), String::new()),
        };
        let place = if answer.choice == 0 { answer.position.to_string() } else { String::new() };
        let cells = vec![place, what, self.locale.quantity_unit(answer.quantity), price, net];
        Some(Row { cells, note: notes.join(" · ") })
    }

    /// Alternatives are instead of a line, so they are not part of the sum.
    fn sums(&self) -> Outcome<Vec<Sum>> {
        let mains = self.version.answers.iter().filter(|answer| answer.choice == 0);
        let tax = self.buyers.tax(self.company);
        let totals = Totals::form(self.quote.currency, mains.filter_map(net), tax)?;
        let percent = [("percent", self.locale.percent(tax.rate).into())];
        let sum =
            |label: String, amount: Amount, is_total: bool| Sum { label, amount: self.locale.money(amount), is_total };
        Ok(vec![
            sum(self.text("paper-net-total"), totals.net, false),
            sum(self.locale.text_with("paper-vat", &percent), totals.tax, false),
            sum(self.text("paper-gross-total"), totals.gross, true),
        ])
    }
}
