//! What commands say to whoever typed them.

use i18n::Locale;
use kernel::Invalid;

/// A line of the answer.
#[expect(clippy::print_stdout, reason = "the command line talks to people")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}

/// A line about what went wrong.
pub(crate) fn say_error(text: &str) {
    eprintln!("{text}");
}

/// Every wrong field with its sentence, a line each.
pub(crate) fn say_invalid(locale: &Locale, invalid: &Invalid) {
    invalid.fields.iter().for_each(|error| say_error(&format!("{}: {}", error.field, locale.error(error))));
}
