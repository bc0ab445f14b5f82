//! What is typed on the decision form, read into what actions take, and what is wrong with it at its own fields.

use kernel::{Failure, Invalid, Notation, OfferId, Quantity, UnitPrice};
use negotiation::panel::localised;
use web::{Fields, FormState, Visitor};

use super::Counter;
use super::queries::Case;

/// The answer that is selected on the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Chosen {
    /// To grant the ask.
    Ask,
    /// A suggested answer, or a colleague's proposal.
    Offer(OfferId),
    /// The terms in the fields.
    Own,
}

impl Chosen {
    /// The choice with this value of the form.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        match text {
            "ask" => Some(Self::Ask),
            "own" => Some(Self::Own),
            other => OfferId::parse(other).map(Self::Offer),
        }
    }

    /// Its value in the form.
    pub(crate) fn value(self) -> String {
        match self {
            Self::Ask => "ask".into(),
            Self::Own => "own".into(),
            Self::Offer(id) => id.to_string(),
        }
    }

    /// The suggested answer that it is.
    pub(crate) fn offer(self) -> Option<OfferId> {
        match self {
            Self::Offer(id) => Some(id),
            Self::Ask | Self::Own => None,
        }
    }
}

/// What a form sends: what its button says. Where another answer was selected after the button was worded, nothing is sent.
pub(crate) enum Sent {
    /// This answer.
    Answer(Chosen),
    /// Another answer was selected than the one that the button names.
    Unclear(Chosen),
}

/// The answer that a form sends.
pub(crate) fn sent(fields: &Fields) -> Sent {
    let selected = Chosen::parse(fields.text("answer"));
    let named = Chosen::parse(fields.text("sends"));
    match (named, selected) {
        // Fields that were typed without script leave the selection where it was.
        (Some(Chosen::Own), _) => Sent::Answer(Chosen::Own),
        (Some(named), Some(selected)) if selected != named && selected != Chosen::Own => Sent::Unclear(selected),
        (Some(named), _) => Sent::Answer(named),
        (None, selected) => Sent::Answer(selected.unwrap_or(Chosen::Ask)),
    }
}

/// The counter-offer as typed: `quantity_0`, `price_0` … and `payment_days`; `base` is the suggestion that it starts from.
pub(crate) fn counter_of(
    case: &Case,
    text: &dyn Fn(&str) -> String,
    notation: Notation,
    version: i64,
) -> Result<Counter, Invalid> {
    let n = &case.negotiation;
    let mut invalid = Invalid::default();
    let mut lines = Vec::new();
    for (at, line) in n.lines.iter().enumerate() {
        let quantity = Quantity::typed(&text(&format!("quantity_{at}")), line.quantity.unit(), notation);
        let quantity = invalid.take(&format!("lines[{at}].quantity"), quantity);
        let price = UnitPrice::typed(&text(&format!("price_{at}")), n.currency, notation);
        let price = invalid.take(&format!("lines[{at}].price"), price);
        lines.extend(quantity.zip(price));
    }
    let payment_days = match kernel::parse_decimal(&text("payment_days"), 0, notation) {
        Ok(days) => days,
        Err(kernel::DecimalError::Empty) => n.payment_days,
        Err(error) => {
            invalid = invalid.and("payment_days", error.code(), error.args());
            0
        }
    };
    if !invalid.fields.is_empty() {
        return Err(invalid);
    }
    let (message, rationale) = (text("message"), text("rationale"));
    Ok(Counter { version, base: OfferId::parse(&text("base")), lines, payment_days, message, rationale })
}

/// The typed form with its errors at its own fields.
pub(crate) fn rejected(fields: &Fields, invalid: &Invalid, visitor: &Visitor) -> FormState {
    let mut renamed = Invalid::default();
    for error in &invalid.fields {
        let parts = error.field.strip_prefix("lines[").and_then(|rest| rest.split_once("]."));
        let field = parts.map_or_else(|| error.field.clone(), |(at, name)| format!("{name}_{at}"));
        renamed = renamed.and(field, error.code, localised(&error.args, &visitor.locale));
    }
    fields.rejected(&renamed, &visitor.locale)
}

/// What is wrong with fields, of any failure.
pub(crate) fn invalid_of(failure: Failure) -> Invalid {
    match failure {
        Failure::Invalid(invalid) => invalid,
        _ => Invalid::field("lines", "other-products"),
    }
}

/// The version of the case that a form has read.
pub(crate) fn version(fields: &Fields) -> i64 {
    fields.text("version").parse().unwrap_or(0)
}
