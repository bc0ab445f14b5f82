//! What an invoice line is. Pure.

/// Why a line is nothing to import. The order is precedence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Reason {
    /// A cancellation that cancels nothing: its quantity is not negative.
    CancelsNothing,
    /// Goods that left the stock without a customer: written off, lost, damaged.
    StockCorrection,
    /// A quantity of zero.
    NoQuantity,
    /// A negative price outside of a cancellation: a correction of the books.
    NegativePrice,
    /// Neither price nor description.
    NoName,
    /// Given away.
    Free,
}

impl Reason {
    /// The key of its sentence in the message catalogues.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::CancelsNothing => "import-listed-cancels-nothing",
            Self::StockCorrection => "import-listed-stock-correction",
            Self::NoQuantity => "import-listed-no-quantity",
            Self::NegativePrice => "import-listed-negative-price",
            Self::NoName => "import-listed-no-name",
            Self::Free => "import-listed-free",
        }
    }
}

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Class {
    Sale,
    Credit,
    Listed(Reason),
}

/// What a line is, by whether its document is a cancellation, its quantity, its price and whether it names the goods.
pub(super) fn class(is_cancellation: bool, quantity: i64, micros: i64, has_name: bool) -> Class {
    match (is_cancellation, quantity, micros) {
        (true, ..=-1, 1..) => Class::Credit,
        (true, ..) => Class::Listed(Reason::CancelsNothing),
        (false, ..=-1, _) => Class::Listed(Reason::StockCorrection),
        (false, 0, _) => Class::Listed(Reason::NoQuantity),
        (false, _, ..=-1) => Class::Listed(Reason::NegativePrice),
        (false, _, 0) if !has_name => Class::Listed(Reason::NoName),
        (false, _, 0) => Class::Listed(Reason::Free),
        (false, ..) => Class::Sale,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_something() {
        use Class::{Credit, Listed, Sale};
        for (cancellation, quantity, micros, named, want) in [
            (false, 1, 1, true, Sale),
            (false, 1, 1, false, Sale),
            (true, -1, 1, true, Credit),
            (true, 1, 1, true, Listed(Reason::CancelsNothing)),
            (true, -1, 0, true, Listed(Reason::CancelsNothing)),
            (false, -1, 0, false, Listed(Reason::StockCorrection)),
            (false, -1, 1, true, Listed(Reason::StockCorrection)),
            (false, 0, 1, true, Listed(Reason::NoQuantity)),
            (false, 1, -1, true, Listed(Reason::NegativePrice)),
            (false, 1, 0, false, Listed(Reason::NoName)),
            (false, 1, 0, true, Listed(Reason::Free)),
        ] {
            assert_eq!(
                class(cancellation, quantity, micros, named),
                want,
                "{cancellation} {quantity} {micros} {named}"
            );
        }
    }
}
