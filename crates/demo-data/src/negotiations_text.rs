//! What buyers and reps write in negotiations. Competitors are invented.

use crate::model::RejectReason;
use crate::rng::Rng;

/// Competitors that buyers cite.
pub const COMPETITORS: [&str; 6] =
    ["Hansadirekt Technik", "Norrteil Supply", "Eurołącznik Hurt", "Kranz & Ottmar", "Vistula Parts", "Boltline North"];

/// What buyers write; mostly nothing.
pub const COMMENTS: [&str; 14] = [
    "",
    "",
    "",
    "",
    "",
    "",
    "Framework for the whole quarter, we want one price.",
    "Our project budget is fixed, we need this price to order today.",
    "We can take delivery in two parts.",
    "Last year we paid less, please check.",
    "Regular need, about every six weeks.",
    "Potrzebujemy ceny na przetarg, decyzja w tym tygodniu.",
    "Stały odbiór co miesiąc, prosimy o lepszą cenę.",
    "Możemy zapłacić z góry, jeśli cena będzie odpowiednia.",
];

/// Why a rep approves.
pub fn approval(rng: &mut Rng) -> &'static str {
    rng.word(&[
        "Keeps the monthly volume with us; margin stays above target with the next call-off.",
        "Strategic project, follow-up orders confirmed by the buyer.",
        "Slow stock, better sold than stored.",
        "Competitor's offer is real and includes freight; we match it.",
    ])
}

/// Why a rep counters.
pub fn counter(rng: &mut Rng) -> &'static str {
    rng.word(&[
        "Met in the middle; below this the line does not pay for its handling.",
        "Half of the wish now, the rest with a yearly volume.",
        "Price includes two part deliveries; more is not possible.",
        "Copper went up since the last offer, this is today's best.",
    ])
}

/// Why a rep rejects.
pub fn rejection(reason: RejectReason, rng: &mut Rng) -> &'static str {
    match reason {
        RejectReason::BelowFloor => rng.word(&[
            "The wish lies below our purchase price plus handling.",
            "No room at this quantity; offered the next tier by telephone.",
        ]),
        RejectReason::QuantityTooSmall => "A single box does not carry a project price; pallets would.",
        RejectReason::NotComparable => "The cited offer is for another strength class without certificate.",
        RejectReason::Scarce => "The rest of the stock is reserved; new goods arrive at a higher cost.",
        RejectReason::Credit => "Open invoices over 60 days; we talk again when they are settled.",
    }
}
