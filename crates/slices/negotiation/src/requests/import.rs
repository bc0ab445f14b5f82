//! Negotiations that happened elsewhere, or before: stored as history, never decided again.

use db::WriteTx;
use kernel::{
    Amount, CompanyId, Ctx, Date, Instant, Invalid, NegotiationId, OfferId, Outcome, Permission, ProductId, Quantity,
    UnitId, UnitPrice, UserId,
};
use negotiation_engine::{LineTerms, ListLine, ListTerms, Request, Terms, Tier};
use terms::{figures, policies};
use workflow::WorkingCalendar;

use super::{answer, rules};
use crate::negotiations::{Competitor, Given, Line, Negotiation, PersonDecision, Recorded, State, store};
use crate::offers::{self, OfferRow, OfferState};
use crate::routing;

/// What was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastOffer {
    /// For this quantity.
    pub quantity: Quantity,
    /// Net price of one unit.
    pub price: UnitPrice,
    /// Paid after so many days.
    pub payment_days: i64,
    /// The person who made it, when it was one.
    pub made_by: Option<UserId>,
}

/// One ask and what was offered then.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastRound {
    /// When.
    pub at: Instant,
    /// How much.
    pub quantity: Quantity,
    /// The price asked for.
    pub price: UnitPrice,
    /// The answer's offers.
    pub offers: Vec<PastOffer>,
}

/// What a person decided.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastDecision {
    /// Who.
    pub person: UserId,
    /// `approval`, `counteroffer` or `rejection`.
    pub kind: &'static str,
    /// Why not: a code of [`crate::negotiations::REJECT_REASONS`].
    pub reason: Option<String>,
    /// Why, for the seller's own people.
    pub rationale: String,
    /// When.
    pub at: Instant,
}

/// A closed negotiation about one product.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastNegotiation {
    /// Who asked.
    pub company: CompanyId,
    /// For which unit.
    pub unit: Option<UnitId>,
    /// Which person.
    pub person: UserId,
    /// The product.
    pub product: ProductId,
    /// The buyer's list price then.
    pub list_price: UnitPrice,
    /// The buyer's usual days to pay.
    pub payment_days: i64,
    /// At least one.
    pub rounds: Vec<PastRound>,
    /// A cited competitor.
    pub competitor: Option<Competitor>,
    /// Needed by.
    pub need_by: Option<Date>,
    /// What the buyer wrote.
    pub comment: String,
    /// How it ended: agreed, declined, expired or withdrawn.
    pub state: State,
    /// When.
    pub closed_at: Instant,
    /// What was agreed.
    pub agreed: Option<PastOffer>,
    /// The order that used it.
    pub order_number: Option<String>,
    /// What a person decided, if one did.
    pub decision: Option<PastDecision>,
}

/// Stores closed negotiations in the given order; gives their ids in the same order.
///
/// # Errors
/// Invalid entries by their place, e.g. `[3].rounds`; the refusal `not-allowed`.
pub async fn import_many(tx: &WriteTx, ctx: &Ctx, all: &[PastNegotiation]) -> Outcome<Vec<NegotiationId>> {
    ctx.actor.must(Permission::RunSystem)?;
    let policy = policies::queries::published(tx).await?.id;
    let calendar = routing::queries::settings(tx).await?.calendar(&ctx.zone);
    let mut ids = Vec::with_capacity(all.len());
    for (at, past) in all.iter().enumerate() {
        check(at, past)?;
        // Ids tell the time, so an imported negotiation gets one of its own time.
        let then = Ctx { now: past.rounds[0].at, ..ctx.clone() };
        ids.push(import(tx, &then, past, (policy, &calendar)).await?);
    }
    Ok(ids)
}

fn check(at: usize, past: &PastNegotiation) -> Outcome<()> {
    if past.rounds.is_empty() {
        return Err(Invalid::field(format!("[{at}].rounds"), "required").into());
    }
    let closed = matches!(past.state, State::Agreed | State::Declined | State::Expired | State::Withdrawn);
    if !closed || (past.state == State::Agreed) != past.agreed.is_some() {
        return Err(Invalid::field(format!("[{at}].state"), "choice").into());
    }
    let unit = past.rounds[0].quantity.unit();
    let same = past.rounds.iter().all(|round| {
        let offers = round.offers.iter().chain(&past.agreed);
        round.quantity.unit() == unit
            && round.price.currency() == past.list_price.currency()
            && offers.into_iter().all(|o| o.quantity.unit() == unit && o.price.currency() == past.list_price.currency())
    });
    if same { Ok(()) } else { Err(Invalid::field(format!("[{at}]"), "currency-mismatch").into()) }
}

async fn import(
    tx: &WriteTx,
    ctx: &Ctx,
    past: &PastNegotiation,
    (policy, calendar): (kernel::PolicyId, &WorkingCalendar),
) -> Outcome<NegotiationId> {
    let id = NegotiationId::new(ctx);
    let last = &past.rounds[past.rounds.len() - 1];
    let asked = terms(past, last.quantity, last.price, past.payment_days);
    let at_list = terms(past, last.quantity, past.list_price, past.payment_days);
    let currency = past.list_price.currency();
    let decided = past.decision.iter().map(|decision| decision.at).max();
    let n = Negotiation {
        number: tx.next_number("negotiation").await?,
        unit: past.unit,
        stored_state: past.state,
        currency,
        payment_days: past.payment_days,
        list_value: figures::net(&at_list, currency)?,
        ask_value: figures::net(&asked, currency)?,
        round: i64::try_from(past.rounds.len()).unwrap_or(i64::MAX),
        policy,
        competitor: past.competitor.clone(),
        need_by: past.need_by,
        comment: past.comment.clone(),
        reason: (past.state == State::Declined && decided.is_some()).then(|| "person".to_owned()),
        rep: past.decision.as_ref().map(|decision| decision.person),
        asked_at: last.at,
        changed_at: past.closed_at,
        expires_at: Some(past.closed_at),
        closed_at: Some(past.closed_at),
        lines: vec![Line {
            product: past.product,
            quantity: last.quantity,
            list_price: past.list_price,
            price: last.price,
        }],
        ..answer::blank(ctx, id, past.company, past.person)
    };
    store::insert(tx, &n).await?;
    for (round, number) in past.rounds.iter().zip(1_i64..) {
        import_round(tx, ctx, past, &n, round, number).await?;
    }
    if let Some(agreed) = &past.agreed {
        let row = offer_row(ctx, past, &n, agreed, last, n.round, 9)?;
        let order_number = past.order_number.clone();
        let taken = OfferRow { state: OfferState::Taken, taken_at: Some(past.closed_at), order_number, ..row };
        offers::store::insert(tx, &[taken]).await?;
    }
    if let Some(decision) = &past.decision {
        let decided = PersonDecision {
            person: decision.person,
            kind: decision.kind.to_owned(),
            reason: decision.reason.clone(),
            rationale: decision.rationale.clone(),
            message: String::new(),
            at: decision.at,
        };
        let given = Given {
            asked_at: Some(last.at),
            answer_minutes: Some(calendar.open_minutes_between(last.at, decision.at)),
            ..Given::default()
        };
        let id_of_decision = ctx.ids.next(ctx.now);
        let row = Recorded { id: id_of_decision, decision: decided, given, stood: String::new(), undone_at: None };
        store::insert_decision(tx, id, &row).await?;
    }
    Ok(id)
}

async fn import_round(
    tx: &WriteTx,
    ctx: &Ctx,
    past: &PastNegotiation,
    n: &Negotiation,
    round: &PastRound,
    number: i64,
) -> Outcome<()> {
    let request = Request {
        need_by: past.need_by,
        competitor_price: past.competitor.as_ref().and_then(|c| c.price),
        ..Request::new(terms(past, round.quantity, round.price, past.payment_days))
    };
    let row = store::RoundRow {
        round: number,
        at: round.at,
        policy: n.policy,
        request: serde_json::to_string(&request).map_err(|e| kernel::Fault::because("writing down a request", e))?,
        position: String::new(),
        history: String::new(),
        decision: String::new(),
        seed: 0,
        outcome: "imported".into(),
    };
    store::insert_round(tx, n.id, &row).await?;
    // What was agreed is a row of its own.
    let agreed = |offer: &PastOffer| {
        past.agreed.as_ref().is_some_and(|agreed| agreed.quantity == offer.quantity && agreed.price == offer.price)
    };
    let others = round.offers.iter().zip(1_i64..).filter(|(offer, _)| !agreed(offer));
    let rows = others.map(|(offer, position)| offer_row(ctx, past, n, offer, round, number, position));
    offers::store::insert(tx, &rows.collect::<Outcome<Vec<_>>>()?).await
}

fn terms(past: &PastNegotiation, quantity: Quantity, price: UnitPrice, days: i64) -> Terms {
    let line = LineTerms { product: past.product, quantity, price };
    Terms::new(vec![line], u16::try_from(days).unwrap_or(u16::MAX))
}

fn offer_row(
    ctx: &Ctx,
    past: &PastNegotiation,
    n: &Negotiation,
    offer: &PastOffer,
    round: &PastRound,
    number: i64,
    position: i64,
) -> Outcome<OfferRow> {
    let unit = round.quantity.unit();
    let list_line = ListLine {
        product: past.product,
        packing: kernel::Packing::single(unit),
        tiers: vec![Tier { from: Quantity::new(1, unit), price: past.list_price }],
        anchor: None,
    };
    let days = u16::try_from(past.payment_days).unwrap_or(u16::MAX);
    let list = ListTerms::new(past.list_price.currency(), days, vec![list_line]);
    let asked = terms(past, round.quantity, round.price, past.payment_days);
    let offered = terms(past, offer.quantity, offer.price, offer.payment_days);
    let made = rules::offer_of(&list, &asked, &offered, past.closed_at).ok_or(kernel::MoneyError::Overflow)?;
    let saving = if made.saving.minor() < 0 { Amount::zero(made.saving.currency()) } else { made.saving };
    Ok(OfferRow {
        id: OfferId::new(ctx),
        negotiation: n.id,
        round: number,
        position,
        state: OfferState::Superseded,
        net: figures::net(&offered, list.currency)?,
        spared: Amount::zero(list.currency),
        offer: negotiation_engine::Offer { saving, ..made },
        made_by: offer.made_by,
        made_at: round.at,
        taken_at: None,
        order_number: None,
    })
}
