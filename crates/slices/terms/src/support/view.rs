//! Requests to suppliers in words, for the desk.

use i18n::Locale;

use super::{State, SupplierRequest};
use crate::words;

/// A request in a list, in words.
pub struct RequestView {
    /// Whom.
    pub email: String,
    /// What was asked for.
    pub what: String,
    /// Where it stands, as a word.
    pub state: String,
    /// The stylesheet's class for it.
    pub class: &'static str,
    /// What was granted; empty for nothing.
    pub answer: String,
    /// When it was answered, or asked.
    pub when: String,
    /// What the supplier says.
    pub note: String,
}

/// Requests in words, for the desk.
pub fn views(requests: &[SupplierRequest], locale: &Locale) -> Vec<RequestView> {
    let view = |request: &SupplierRequest| {
        let asked = words::per_unit(locale, request.asked, request.quantity);
        let args = [("quantity", locale.quantity_unit(request.quantity).into()), ("price", asked.into())];
        let answer = request.granted.map(|granted| {
            let price = words::per_unit(locale, granted.price, granted.up_to);
            let up_to = locale.quantity_unit(granted.up_to);
            let args =
                [("price", price.into()), ("quantity", up_to.into()), ("date", locale.date(granted.until).into())];
            locale.text_with("support-granted", &args)
        });
        RequestView {
            email: request.email.to_string(),
            what: locale.text_with("support-asked", &args),
            state: locale.text(&format!("support-state-{}", request.state.code())),
            class: match request.state {
                State::Open => "warn",
                State::Granted => "ok",
                State::Refused => "",
            },
            answer: answer.unwrap_or_default(),
            when: locale.moment(request.answered_at.unwrap_or(request.asked_at)),
            note: request.answer_note.clone(),
        }
    };
    requests.iter().map(view).collect()
}
