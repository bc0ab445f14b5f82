//! What staff do with the companies that buy here.

pub(crate) mod api;
pub(crate) mod pages;

use kernel::{Country, Currency, Invalid, Outcome, UserId, VatId, text};
use web::Fields;

use crate::companies::{Word, actions::CompanyChange};

/// Which kind of word is to be added, and the word.
fn word(kind: &str, text: &str) -> Result<(Word, String), Invalid> {
    let word = [Word::Segment, Word::PriceGroup].into_iter().find(|word| word.code() == kind);
    word.map(|word| (word, text.to_owned())).ok_or_else(|| Invalid::field("kind", "choice"))
}

/// Errors at the field where the word was typed, whatever kind it is of.
fn at_word(mut invalid: Invalid) -> Invalid {
    for error in &mut invalid.fields {
        if error.field != "kind" {
            error.field = "word".to_owned();
        }
    }
    invalid
}

/// A change of a company as typed; `currency` is the company's own.
fn change(fields: &Fields, currency: Currency) -> Outcome<CompanyChange> {
    let mut invalid = Invalid::default();
    let code = |code: &'static str| (code, Vec::new());
    let name = invalid.take("name", text::name(fields.text("name"))).unwrap_or_default();
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
