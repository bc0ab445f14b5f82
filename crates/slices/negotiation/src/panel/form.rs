//! The form of the panel: what was typed, and where its errors belong.

use i18n::Locale;
use kernel::Invalid;
use web::{Fields, FormState};

use crate::requests::{AskText, LineText};

/// The ask as it was typed: one product (`product`, `quantity`, `price`), or numbered lines of a cart with a `total`.
pub(crate) fn ask(fields: &Fields) -> AskText {
    let text = |name: &str| fields.text(name).to_owned();
    let line = |product: &str, quantity: &str, price: &str| LineText {
        product: text(product),
        quantity: text(quantity),
        price: text(price),
    };
    let lines = match fields.some("product") {
        Some(_) => vec![line("product", "quantity", "price")],
        None => (0..crate::requests::actions::LINES_MAX)
            .take_while(|at| fields.some(&format!("product_{at}")).is_some())
            .map(|at| line(&format!("product_{at}"), &format!("quantity_{at}"), &format!("price_{at}")))
            .collect(),
    };
    AskText {
        notation: fields.notation(),
        total: if lines.len() > 1 { text("total") } else { String::new() },
        lines,
        payment_days: text("payment_days"),
        flexible_days: text("flexible_days"),
        freight: text("freight"),
        commitment_times: text("commitment_times"),
        commitment_months: text("commitment_months"),
        fixed_quantities: fields.some("fixed_quantities").is_some(),
        competitor_name: text("competitor_name"),
        competitor_price: text("competitor_price"),
        competitor_note: text("competitor_note"),
        need_by: text("need_by"),
        comment: text("comment"),
        cart: text("cart"),
        wants_person: fields.some("wants_person").is_some(),
    }
}

/// The same input with its errors at the fields of the form, numbers in them written as the reader writes them.
pub(super) fn rejected(fields: &Fields, invalid: &Invalid, locale: &Locale) -> FormState {
    let is_cart = fields.some("product").is_none();
    let mut renamed = Invalid::default();
    for error in &invalid.fields {
        let field = match error.field.as_str() {
            // The lines of a cart cannot be edited here; whatever is wrong with them belongs to the total.
            line if line.starts_with("lines") && is_cart => "total",
            "lines[0].quantity" => "quantity",
            "lines[0].price" | "lines" => "price",
            "competitor.name" => "competitor_name",
            "competitor.price" => "competitor_price",
            "competitor.note" => "competitor_note",
            other => other,
        };
        renamed = renamed.and(field, error.code, localised(&error.args, locale));
    }
    fields.rejected(&renamed, locale)
}

/// Plain decimals (`2000`, `110.00`) as the reader writes them.
pub fn localised(args: &[(&'static str, String)], locale: &Locale) -> Vec<(&'static str, String)> {
    args.iter().map(|(name, value)| (*name, locale.decimal(value))).collect()
}
