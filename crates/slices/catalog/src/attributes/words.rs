//! Values in the reader's words.

use i18n::Locale;

use super::Value;

/// The value of an attribute without its unit.
pub fn attribute_text(value: &Value, locale: &Locale) -> String {
    match value {
        Value::Number(thousandths) => locale.decimal(&plain(*thousandths)),
        Value::Text(text) => text.get(locale.language()).to_owned(),
        Value::Flag(flag) => locale.text(if *flag { "yes" } else { "no" }),
    }
}

/// Thousandths as plain decimal text without idle zeros.
fn plain(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "-" } else { "" };
    let (whole, rest) = (thousandths.unsigned_abs() / 1_000, thousandths.unsigned_abs() % 1_000);
    match rest {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{}", format!("{rest:03}").trim_end_matches('0')),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_plainly() {
        assert_eq!([plain(8_000), plain(-1_500), plain(50), plain(0)], ["8", "-1.5", "0.05", "0"]);
    }
}
