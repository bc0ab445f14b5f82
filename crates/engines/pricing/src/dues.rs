//! What is due when, for an order whose lines are paid on different terms.

use kernel::{Amount, Currency};
use serde::{Deserialize, Serialize};

/// What is due so many days after the invoice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Due {
    /// Days from invoice to payment; 0 is paid in advance.
    pub days: i64,
    /// Net, freight included where it is due with these lines.
    pub net: Amount,
    /// With tax.
    pub gross: Amount,
}

/// Groups `parts` (days to pay, and net) by their days, the earliest first, and splits `gross` among them by their net, so
/// that not a cent is lost. A part below zero counts as nothing.
pub fn dues(gross: Amount, parts: impl IntoIterator<Item = (i64, Amount)>) -> Vec<Due> {
    let mut groups: Vec<(i64, i64)> = Vec::new();
    for (days, net) in parts {
        let net = net.minor().max(0);
        match groups.iter_mut().find(|(of, _)| *of == days) {
            Some((_, sum)) => *sum = sum.saturating_add(net),
            None => groups.push((days, net)),
        }
    }
    groups.sort_unstable_by_key(|(days, _)| *days);
    // Weights that do not fit together are those of a sum that does not either: it was refused before.
    let total: i128 = groups.iter().map(|(_, net)| i128::from(*net)).sum();
    let weights: Vec<u64> = match i64::try_from(total) {
        Ok(_) => groups.iter().map(|(_, net)| net.unsigned_abs()).collect(),
        Err(_) => groups.iter().map(|_| 1).collect(),
    };
    let currency = gross.currency();
    let shares = gross.allocate(&weights);
    groups
        .into_iter()
        .zip(shares)
        .map(|((days, net), gross)| Due { days, net: Amount::new(net, currency), gross })
        .collect()
}

/// What of it is on credit: all that is not paid in advance, gross.
pub fn on_credit(dues: &[Due], currency: Currency) -> Amount {
    let later = dues.iter().filter(|due| due.days > 0).map(|due| due.gross.minor());
    Amount::new(later.fold(0, i64::saturating_add), currency)
}
