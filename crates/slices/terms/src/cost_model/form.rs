//! The cost model as a form, in the reader's own way to write numbers.

use i18n::Locale;
use web::{Fields, FormState};

use super::api::CostModelJson;
use crate::costs::DealCosts;

pub(super) fn of(costs: &DealCosts, locale: &Locale) -> FormState {
    let model = CostModelJson::of(costs);
    let decimal = |text: &str| locale.decimal(text);
    FormState::of([
        ("handling_order", decimal(&model.handling_order)),
        ("handling_line", decimal(&model.handling_line)),
        ("freight_order", decimal(&model.freight_order)),
        ("freight_kilogram", decimal(&model.freight_kilogram)),
        ("capital", decimal(&model.capital)),
        ("consolidated_order", model.consolidated_order.as_deref().map_or_else(String::new, decimal)),
        ("consolidated_share", decimal(&model.consolidated_share)),
        ("flexible_days", model.flexible_days.to_string()),
        ("flexible_saves", decimal(&model.flexible_saves)),
        ("freight_charge", decimal(&model.freight_charge)),
        ("freight_free_from", decimal(&model.freight_free_from)),
    ])
}

/// What was typed, in the currency of the costs before.
pub(super) fn read(fields: &Fields, before: &DealCosts) -> CostModelJson {
    let text = |name: &str| fields.text(name).trim().to_owned();
    CostModelJson {
        currency: before.currency.code().into(),
        handling_order: text("handling_order"),
        handling_line: text("handling_line"),
        freight_order: text("freight_order"),
        freight_kilogram: text("freight_kilogram"),
        capital: text("capital"),
        consolidated_order: Some(text("consolidated_order")).filter(|text| !text.is_empty()),
        consolidated_share: text("consolidated_share"),
        flexible_days: text("flexible_days").parse().unwrap_or(0),
        flexible_saves: text("flexible_saves"),
        freight_charge: text("freight_charge"),
        freight_free_from: text("freight_free_from"),
    }
}
