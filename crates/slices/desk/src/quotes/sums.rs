//! What a quote comes to, with tax.

use i18n::Locale;
use kernel::{Amount, Instant, Outcome, Rounding};
use pricing_engine::Totals;
use pricing_engine::tax::TaxRule;

use super::{Answer, Quote, Version, rules};

/// Net value of an answer; `None` where it cannot be supplied.
pub(super) fn net(answer: &Answer) -> Option<Amount> {
    answer.price.and_then(|price| price.times(answer.quantity, Rounding::HalfUp).ok())
}

/// What the open lines come to that can only be accepted together: of each line the answer that is chosen, else the first that
/// stands at `now`, and of a version that has lapsed the first that had a price.
///
/// # Errors
/// A fault when the sum does not fit.
pub(super) fn of_whole(
    quote: &Quote,
    version: &Version,
    (chosen, now): (&dyn Fn(i64) -> Option<i64>, Instant),
    tax: TaxRule,
) -> Outcome<Totals> {
    let line = |line: &super::Line| {
        let own = || version.answers.iter().filter(|answer| answer.position == line.position);
        let choice = chosen(line.position).and_then(|choice| version.answer(line.position, choice)).and_then(net);
        let stands = || own().filter(|answer| !rules::has_lapsed(version, answer, now)).find_map(net);
        choice.or_else(stands).or_else(|| own().find_map(net))
    };
    let open = quote.lines.iter().filter(|line| line.offer.is_none());
    Ok(Totals::form(quote.currency, open.filter_map(line), tax)?)
}

/// Net, tax and gross in words.
pub(super) fn words(totals: &Totals, tax: TaxRule, locale: &Locale) -> Vec<(String, String)> {
    let percent = [("percent", locale.percent(tax.rate).into())];
    vec![
        (locale.text("paper-net-total"), locale.money(totals.net)),
        (locale.text_with("paper-vat", &percent), locale.money(totals.tax)),
        (locale.text("paper-gross-total"), locale.money(totals.gross)),
    ]
}
