//! What people and programs type, read into an [`Ask`]. Every wrong field is reported at once, under the name it has in
//! JSON (`lines[0].price`); pages rename those of their form.

use catalog::Catalog;
use kernel::{Amount, CartId, Currency, Date, Failure, Invalid, Notation, Outcome, ProductId, Quantity, UnitPrice};
use negotiation_engine::{Commitment, Extras, FreightMode, LineTerms};

use super::actions::LINES_MAX;
use super::{Ask, AskLine, rules};
use crate::negotiations::Competitor;

/// One line as typed.
#[derive(Debug, Clone, Default)]
pub struct LineText {
    /// The product's id or SKU.
    pub product: String,
    /// How much.
    pub quantity: String,
    /// The target price.
    pub price: String,
}

/// An ask as typed; empty texts are not given.
#[derive(Debug, Clone, Default)]
pub struct AskText {
    /// How the numbers in it are written.
    pub notation: Notation,
    /// The lines.
    pub lines: Vec<LineText>,
    /// A target for all lines together; prices of the lines are then today's prices, to be scaled.
    pub total: String,
    /// Days to pay.
    pub payment_days: String,
    /// Days that the buyer can wait.
    pub flexible_days: String,
    /// The way of freight, as its code.
    pub freight: String,
    /// A commitment: so many times this order,
    pub commitment_times: String,
    /// within so many months.
    pub commitment_months: String,
    /// The quantities are what a project needs.
    pub fixed_quantities: bool,
    /// Who else offers.
    pub competitor_name: String,
    /// At which price.
    pub competitor_price: String,
    /// Anything about it.
    pub competitor_note: String,
    /// Needed by, as `2026-11-27`.
    pub need_by: String,
    /// Why, or an own proposal.
    pub comment: String,
    /// The cart.
    pub cart: String,
    /// To a person at once.
    pub wants_person: bool,
}

impl AskText {
    /// Reads it for a buyer who pays in `currency`.
    ///
    /// # Errors
    /// Invalid fields; not found for products that are not there.
    pub fn read(&self, catalog: &Catalog, currency: Currency) -> Outcome<Ask> {
        // Before anything is looked up: whoever sends a thousand times as many lines shall not cost a thousand times as much.
        if self.lines.len() > LINES_MAX {
            return Err(Invalid::default()
                .and("lines", "too-many-lines", vec![("most", LINES_MAX.to_string())])
                .into());
        }
        let mut invalid = Invalid::default();
        let mut lines = Vec::new();
        for (at, text) in self.lines.iter().enumerate() {
            let product = product(catalog, &text.product).ok_or(Failure::NotFound)?;
            let quantity = Quantity::typed(&text.quantity, product.packing.unit, self.notation);
            let quantity = invalid.take(&format!("lines[{at}].quantity"), quantity);
            let price = self.price(&mut invalid, &format!("lines[{at}].price"), &text.price, currency);
            if let (Some(quantity), Some(price)) = (quantity, price) {
                lines.push(AskLine { product: product.id, quantity, price });
            }
        }
        if !self.total.is_empty() {
            self.scale(&mut invalid, &mut lines, currency);
        }
        let days = some(&self.payment_days).and_then(|text| days(&mut invalid, text, self.notation));
        let extras = self.extras(&mut invalid);
        let need_by = some(&self.need_by).and_then(|text| date(&mut invalid, text));
        let competitor = self.competitor(&mut invalid, currency);
        invalid.check()?;
        Ok(Ask {
            lines,
            payment_days: days,
            extras,
            fixed_quantities: self.fixed_quantities,
            competitor,
            need_by,
            comment: self.comment.trim().to_owned(),
            cart: CartId::parse(&self.cart),
            wants_person: self.wants_person,
        })
    }

    fn price(&self, invalid: &mut Invalid, field: &str, text: &str, currency: Currency) -> Option<UnitPrice> {
        let text = own_currency(invalid, field, text, currency)?;
        let price = invalid.take(field, UnitPrice::typed(&text, currency, self.notation))?;
        if price.micros() <= 0 {
            *invalid = std::mem::take(invalid).and(field, "price-positive", Vec::new());
            return None;
        }
        Some(price)
    }

    /// Makes the target of the whole into prices of lines.
    fn scale(&self, invalid: &mut Invalid, lines: &mut [AskLine], currency: Currency) {
        let Some(text) = own_currency(invalid, "total", &self.total, currency) else { return };
        let Some(total) = invalid.take("total", Amount::typed(&text, currency, self.notation)) else { return };
        let terms: Vec<LineTerms> = lines
            .iter()
            .map(|line| LineTerms { product: line.product, quantity: line.quantity, price: line.price })
            .collect();
        let prices = if total.minor() > 0 { rules::scale_to(&terms, total) } else { None };
        let fits = prices.as_ref().is_some_and(|all| all.iter().all(|price| price.micros() > 0));
        if !fits {
            *invalid = std::mem::take(invalid).and("total", "price-positive", Vec::new());
            return;
        }
        for (line, price) in lines.iter_mut().zip(prices.into_iter().flatten()) {
            line.price = price;
        }
    }

    /// What the buyer proposes to give. A rebate is the seller's to offer, free freight comes with waiting.
    fn extras(&self, invalid: &mut Invalid) -> Extras {
        let mut whole = |field: &'static str, text: &str, most: i64| {
            let number = some(text).map(|text| kernel::parse_decimal(text, 0, self.notation)).transpose();
            let number = invalid.take(field, number).flatten().unwrap_or(0);
            if !(0..=most).contains(&number) {
                *invalid = std::mem::take(invalid).and(field, "number-at-most", vec![("most", most.to_string())]);
            }
            u16::try_from(number).unwrap_or(0)
        };
        let flexible_days = whole("flexible_days", &self.flexible_days, 365);
        let times = whole("commitment_times", &self.commitment_times, 100);
        let months = whole("commitment_months", &self.commitment_months, 60);
        if (times > 1) != (months > 0) {
            let field = if months > 0 { "commitment_times" } else { "commitment_months" };
            *invalid = std::mem::take(invalid).and(field, "commitment-half", Vec::new());
        }
        let freight = some(&self.freight).map_or(Some(FreightMode::Usual), FreightMode::parse);
        let freight = freight.filter(|mode| *mode != FreightMode::Free);
        if freight.is_none() {
            *invalid = std::mem::take(invalid).and("freight", "choice", Vec::new());
        }
        Extras {
            flexible_days,
            freight: freight.unwrap_or_default(),
            commitment: (times > 1 && months > 0).then_some(Commitment { months, times }),
            rebate: None,
        }
    }

    fn competitor(&self, invalid: &mut Invalid, currency: Currency) -> Option<Competitor> {
        let is_empty =
            [&self.competitor_name, &self.competitor_price, &self.competitor_note].iter().all(|t| t.trim().is_empty());
        if is_empty {
            return None;
        }
        let price =
            some(&self.competitor_price).and_then(|text| self.price(invalid, "competitor.price", text, currency));
        let (name, note) = (self.competitor_name.trim().to_owned(), self.competitor_note.trim().to_owned());
        Some(Competitor { name, price, note })
    }
}

fn some(text: &str) -> Option<&str> {
    Some(text.trim()).filter(|text| !text.is_empty())
}

/// A product by id or SKU.
pub fn product(catalog: &Catalog, text: &str) -> Option<std::sync::Arc<catalog::products::Product>> {
    match ProductId::parse(text) {
        Some(id) => catalog.product(id),
        None => catalog.by_sku(text.trim()),
    }
}

/// The number without the buyer's own currency, which people like to type; another currency is an error.
fn own_currency(invalid: &mut Invalid, field: &str, text: &str, currency: Currency) -> Option<String> {
    const SIGNS: [(&str, Currency); 5] =
        [("€", Currency::Eur), ("$", Currency::Usd), ("£", Currency::Gbp), ("zł", Currency::Pln), ("¥", Currency::Jpy)];
    let text = text.trim();
    let codes = Currency::ALL.into_iter().map(|c| (c.code(), c));
    for (sign, other) in codes.chain(SIGNS) {
        let upper = text.to_uppercase();
        let sign_upper = sign.to_uppercase();
        let Some(rest) = upper.strip_suffix(&sign_upper).or_else(|| upper.strip_prefix(&sign_upper)) else { continue };
        if other == currency {
            return Some(rest.trim().to_owned());
        }
        let args = vec![("currency", currency.code().to_owned())];
        *invalid = std::mem::take(invalid).and(field, "price-currency", args);
        return None;
    }
    Some(text.to_owned())
}

fn days(invalid: &mut Invalid, text: &str, notation: Notation) -> Option<i64> {
    let days = kernel::parse_decimal(text, 0, notation);
    let days = invalid.take("payment_days", days)?;
    if (0..=365).contains(&days) {
        return Some(days);
    }
    *invalid = std::mem::take(invalid).and("payment_days", "payment-days-asked", Vec::new());
    None
}

fn date(invalid: &mut Invalid, text: &str) -> Option<Date> {
    let date = Date::parse(text);
    if date.is_none() {
        *invalid = std::mem::take(invalid).and("need_by", "date", Vec::new());
    }
    date
}
