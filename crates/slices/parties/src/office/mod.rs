//! What staff do with the companies that buy here.

pub(crate) mod api;
pub(crate) mod pages;

use kernel::{Country, Currency, Invalid, Outcome, UserId, VatId};
use web::Fields;

use crate::companies::actions::CompanyChange;

/// A change of a company as typed; `currency` is the company's own.
fn change(fields: &Fields, currency: Currency) -> Outcome<CompanyChange> {
    let mut invalid = Invalid::default();
    let code = |code: &'static str| (code, Vec::new());
    let name = fields.text("name").to_owned();
    if name.is_empty() {
        invalid = invalid.and("name", "required", Vec::new());
    }
    let vat_id = fields.some("vat_id").and_then(|text| invalid.take("vat_id", VatId::parse(text).map_err(code)));
    let country = invalid.take("country", Country::parse(fields.text("country")).map_err(code));
    let days = invalid.take("payment_days", fields.number("payment_days", 0));
    let limit = invalid.take("credit_limit", fields.amount("credit_limit", currency));
    let rep = fields.some("rep").and_then(|text| invalid.take("rep", UserId::parse(text).ok_or(code("choice"))));
    let segment = fields.text("segment").to_owned();
    if segment.is_empty() {
        invalid = invalid.and("segment", "required", Vec::new());
    }
    invalid.clone().check()?;
    let (Some(country), Some(payment_days), Some(limit)) = (country, days, limit) else { return Err(invalid.into()) };
    Ok(CompanyChange {
        version: fields.text("version").parse().unwrap_or(0),
        name,
        vat_id,
        country,
        segment,
        price_group: fields.some("price_group").map(str::to_owned),
        payment_days,
        credit_limit_minor: limit.minor(),
        rep,
        is_negotiation_blocked: fields.some("is_negotiation_blocked").is_some(),
    })
}
