//! The desk's JSON: what comes in and what goes out. For the seller's own people only: it holds costs and margins.

use kernel::NegotiationId;
use negotiation::requests::json::{NegotiationJson, OfferJson};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::queries::{Sort, Whose};

/// Whose cases to list.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
pub struct CasesQuery {
    /// `mine`, `team`, `pool`, `all` or `done`; left out: what fits the person.
    #[serde(default)]
    #[schemars(extend("enum" = Whose::ALL.map(|(code, _)| code)))]
    pub whose: Option<String>,
    /// `due` (late first, the default) or `value`.
    #[serde(default)]
    #[schemars(extend("enum" = [Sort::Due, Sort::Value].map(Sort::code)))]
    pub sort: Option<String>,
}

/// A line of the queue.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CaseRowJson {
    /// The negotiation.
    pub id: NegotiationId,
    /// Its number.
    pub number: i64,
    /// Who asks.
    pub company: String,
    /// The customer number.
    pub company_number: String,
    /// The value at asked prices.
    pub ask_value: String,
    /// ISO 4217.
    pub currency: &'static str,
    /// Who must decide at least: `rep`, `sales_manager` or `pricing_manager`.
    pub authority: Option<String>,
    /// On whose desk it lies; `null`: in the pool.
    pub person_id: Option<kernel::UserId>,
    /// An answer is promised by then, RFC 3339.
    pub answer_by: Option<String>,
    /// The version to decide with.
    pub version: i64,
}

/// A case with all context.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CaseJson {
    /// The version to decide with.
    pub version: i64,
    /// Who asks.
    pub company: String,
    /// Why the shop did not decide alone, as a code.
    pub reason: Option<String>,
    /// Who must decide at least.
    pub authority: Option<String>,
    /// The negotiation as its buyer sees it.
    pub negotiation: NegotiationJson,
    /// What is left of the ask; `null` without a known cost.
    pub ask: Option<WaterfallJson>,
    /// Suggested answers, the best first.
    pub suggested: Vec<SuggestionJson>,
    /// Why the shop decided as it did, in sentences.
    pub trace: Vec<TraceJson>,
    /// Net revenue of the last twelve months.
    pub revenue: String,
    /// What people decided, the oldest first.
    pub decisions: Vec<DecisionJson>,
    /// On whose desk it lay and lies, the oldest first.
    pub assignments: Vec<AssignmentJson>,
    /// Who holds the negotiation: further asks come to this person first.
    pub held_by: Option<kernel::UserId>,
    /// Who began it for the customer.
    pub started_by: Option<kernel::UserId>,
}

/// What a person decided, and what it gave.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecisionJson {
    /// Who.
    pub person_id: kernel::UserId,
    /// `approval`, `counteroffer`, `rejection`, `replacement`, `quote` or `start`.
    pub kind: String,
    /// Why not, as a code.
    pub reason: Option<String>,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// What the buyer reads.
    pub message: String,
    /// When, RFC 3339.
    pub at: String,
    /// When it was taken back, RFC 3339.
    pub undone_at: Option<String>,
    /// What was granted or offered.
    pub terms: Vec<DecidedTermsJson>,
    /// The pocket margin, in percent.
    pub margin: Option<String>,
    /// What is left.
    pub pocket: Option<String>,
    /// How far the person's authority reached.
    pub authority: Option<String>,
    /// The authority that it needed.
    pub needed: Option<String>,
    /// Working minutes from the buyer's ask.
    pub answer_minutes: Option<i64>,
}

/// Terms that a person gave.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecidedTermsJson {
    /// Days from invoice to payment.
    pub payment_days: u16,
    /// Quantity and price of each product.
    pub lines: Vec<DecidedLineJson>,
}

/// A line of terms that a person gave.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DecidedLineJson {
    /// The product.
    pub product_id: kernel::ProductId,
    /// How much, as decimal text.
    pub quantity: String,
    /// Net price of one unit, as decimal text.
    pub price: String,
}

/// A case on a desk.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct AssignmentJson {
    /// On whose desk; `null`: in the pool.
    pub person_id: Option<kernel::UserId>,
    /// `asked`, `step`, `escalated`, `absent`, `left`, `found`, `taken` or `passed`.
    pub cause: &'static str,
    /// Why this person, as codes in the order of thought.
    pub because: Vec<String>,
    /// Which step.
    pub step: i64,
    /// Of how many.
    pub steps: i64,
    /// What whoever put it there says.
    pub note: String,
    /// Since when, RFC 3339.
    pub at: String,
    /// Promised by then, RFC 3339.
    pub promised: String,
    /// When the holder was reminded, RFC 3339.
    pub reminded_at: Option<String>,
    /// How it ended; `null`: it lies there.
    pub outcome: Option<String>,
}

/// A suggested answer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SuggestionJson {
    /// The offer.
    pub offer: OfferJson,
    /// What is left of it.
    pub waterfall: Option<WaterfallJson>,
    /// Who may send it at least.
    pub needs: &'static str,
    /// The colleague who proposes it; `null`: the engine suggests it.
    pub proposed_by: Option<kernel::UserId>,
    /// Why the colleague proposes it.
    pub rationale: Option<String>,
}

/// From list price to pocket. Amounts are decimal text; rates are percent.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct WaterfallJson {
    /// At list prices.
    pub list: String,
    /// List less net.
    pub discount: String,
    /// What is invoiced.
    pub net: String,
    /// Cost of the goods.
    pub cost: String,
    /// Handling.
    pub handling: String,
    /// Freight.
    pub freight: String,
    /// Cost of waiting for the money.
    pub financing: String,
    /// Paid back to the buyer at the end of a period.
    pub rebate: String,
    /// Supplier bonus and support.
    pub bonus: String,
    /// What of it the supplier pays for this deal (ship and debit).
    pub support: String,
    /// What is left.
    pub pocket: String,
    /// Pocket over net.
    pub margin: String,
    /// Never crossed without a person.
    pub floor: String,
    /// Aimed for.
    pub target: String,
}

/// One sentence of the trace.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct TraceJson {
    /// The stable code.
    pub code: String,
    /// The sentence.
    pub text: String,
}

/// Grants the ask, or sends a suggested answer.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveCase {
    /// The version that was read.
    pub version: i64,
    /// The suggested offer to send; left out: the ask itself is granted.
    #[serde(default)]
    pub offer_id: Option<String>,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
    /// Why, for the seller's own people.
    #[serde(default)]
    pub rationale: String,
}

/// Other terms.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterCase {
    /// The version that was read.
    pub version: i64,
    /// Quantity and price for each line of the ask, in its order.
    pub lines: Vec<CounterLineJson>,
    /// Days from invoice to payment; left out: as asked.
    #[serde(default)]
    pub payment_days: Option<i64>,
    /// The suggested offer that it starts from: what is agreed beside goods and payment stays as there; left out: as asked.
    #[serde(default)]
    pub offer_id: Option<String>,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
    /// Why, for the seller's own people.
    #[serde(default)]
    pub rationale: String,
}

/// A line of other terms.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CounterLineJson {
    /// How much, as decimal text.
    pub quantity: String,
    /// Net price of one unit, as decimal text.
    pub price: String,
}

/// Sends an answer on for approval: the ask, a suggested offer, or other terms.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposeCase {
    /// The version that was read.
    pub version: i64,
    /// The suggested offer; left out with `lines`: the ask itself.
    #[serde(default)]
    pub offer_id: Option<String>,
    /// Other terms: quantity and price for each line of the ask, in its order.
    #[serde(default)]
    pub lines: Option<Vec<CounterLineJson>>,
    /// Days from invoice to payment; left out: as asked.
    #[serde(default)]
    pub payment_days: Option<i64>,
    /// What the buyer is to read.
    #[serde(default)]
    pub message: String,
    /// Why, for whoever approves.
    pub rationale: String,
}

/// Says no.
#[derive(Debug, Clone, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RejectCase {
    /// The version that was read.
    pub version: i64,
    /// `below-floor`, `quantity-too-small`, `not-comparable`, `scarce`, `credit`, `conditions-not-kept` or `other`.
    pub reason: String,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// What the buyer reads.
    #[serde(default)]
    pub message: String,
}
