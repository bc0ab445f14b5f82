//! What commands say to whoever typed them.

use std::io::Write as _;

use i18n::Locale;
use kernel::Invalid;

/// A line of the answer. Where nobody can be told (a closed pipe, a full disk), the work goes on.
pub(crate) fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}

/// A line about what went wrong.
pub(crate) fn say_error(text: &str) {
    let _ = writeln!(std::io::stderr(), "{text}");
}

/// Every wrong field with its sentence, a line each.
pub(crate) fn say_invalid(locale: &Locale, invalid: &Invalid) {
    invalid.fields.iter().for_each(|error| say_error(&format!("{}: {}", error.field, locale.error(error))));
}
