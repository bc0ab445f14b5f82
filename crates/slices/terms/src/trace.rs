//! The engine's trace in words, for the seller's own people. Every code has a sentence `trace-<code>`.

use i18n::{Arg, Locale};
use kernel::{Fault, Outcome};
use negotiation_engine::StoredEntry;

use crate::figures;
use crate::words::{self, Names};

/// One sentence of a trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TraceLine {
    /// The stylesheet's class: `yes`, `no`, `stop` or empty.
    pub class: &'static str,
    /// The sentence.
    pub text: String,
    /// The code of the rule.
    pub code: String,
}

/// The trace within a stored decision.
pub fn stored(decision: &str) -> Outcome<Vec<StoredEntry>> {
    let value: serde_json::Value =
        serde_json::from_str(decision).map_err(|e| Fault::because("reading a stored decision", e))?;
    let text = value.get("trace").map(ToString::to_string).unwrap_or_default();
    let trace = negotiation_engine::Trace::read(&text).map_err(|e| Fault::because("reading a stored trace", e))?;
    Ok(trace)
}

/// A stored trace in the reader's language.
pub fn lines(locale: &Locale, trace: &[StoredEntry], names: &Names) -> Vec<TraceLine> {
    trace.iter().map(|entry| line(locale, entry, names)).collect()
}

/// A trace that was not stored, in the reader's language.
pub(crate) fn of_trace(locale: &Locale, trace: &negotiation_engine::Trace, names: &Names) -> Vec<TraceLine> {
    let stored = |entry: &negotiation_engine::Entry| StoredEntry {
        code: entry.code().to_owned(),
        args: entry
            .args()
            .into_iter()
            .map(|(name, arg)| negotiation_engine::StoredArg { name: name.to_owned(), arg })
            .collect(),
    };
    trace.entries().iter().map(|entry| line(locale, &stored(entry), names)).collect()
}

fn line(locale: &Locale, entry: &StoredEntry, names: &Names) -> TraceLine {
    let args: Vec<(&str, Arg<'_>)> =
        entry.args.iter().map(|arg| (arg.name.as_str(), value(locale, &entry.code, arg, names))).collect();
    let key = format!("trace-{}", entry.code.replace('_', "-"));
    TraceLine { class: class(entry), text: locale.text_with(&key, &args), code: entry.code.clone() }
}

fn class(entry: &StoredEntry) -> &'static str {
    let says = |name: &str, word: &str| {
        let text = negotiation_engine::Arg::Text(word.to_owned());
        entry.args.iter().any(|arg| arg.name == name && arg.arg == text)
    };
    match entry.code.as_str() {
        "accepted" | "chosen" | "standing_taken" | "standing_kept" | "list_suffices" | "candidate" => "yes",
        "supported" if says("profit", "holds") && says("fairness", "holds") => "yes",
        "supported" | "lever_dropped" | "asked_again" | "declined" => "no",
        "far_off" | "budget" | "escalated" | "routed" => "stop",
        _ => "",
    }
}

fn value(locale: &Locale, code: &str, arg: &negotiation_engine::StoredArg, names: &Names) -> Arg<'static> {
    match &arg.arg {
        negotiation_engine::Arg::Count(count) => (*count).into(),
        negotiation_engine::Arg::Days(days) => i64::from(*days).into(),
        // The target less what is left: a difference of two shares.
        negotiation_engine::Arg::Rate(rate) if arg.name == "impact" => figures::points(locale, *rate).into(),
        negotiation_engine::Arg::Rate(rate) => locale.percent(figures::hundredths(*rate)).into(),
        negotiation_engine::Arg::Price(price) => {
            format!("{} {}", locale.unit_price(*price), price.currency().code()).into()
        }
        negotiation_engine::Arg::Quantity(quantity) => locale.quantity_unit(*quantity).into(),
        negotiation_engine::Arg::Amount(amount) => locale.money(*amount).into(),
        negotiation_engine::Arg::At(at) => locale.long_moment(*at).into(),
        negotiation_engine::Arg::Product(product) => words::name(locale, names, *product).into(),
        negotiation_engine::Arg::Text(text) if arg.name == "lever" => match negotiation_engine::Lever::parse(text) {
            Some(lever) => words::lever(locale, lever).into(),
            None => text.clone().into(),
        },
        negotiation_engine::Arg::Text(text) => match word_key(code, &arg.name, text) {
            Some(key) => locale.text(&key).into(),
            None => text.clone().into(),
        },
    }
}

/// The key of a stable word; names of the policy (segments, classes) are shown as they are.
fn word_key(code: &str, name: &str, text: &str) -> Option<String> {
    let text = text.replace('_', "-");
    Some(match (code, name) {
        (_, "why") => format!("trace-why-{text}"),
        (_, "profit" | "fairness") => format!("trace-{text}"),
        (_, "authority") => format!("authority-{text}"),
        ("preference", "seen") => format!("trace-seen-{text}"),
        ("escalated", "reason") => format!("escalated-{text}"),
        ("declined", "reason") => format!("declined-{text}"),
        _ => return None,
    })
}
