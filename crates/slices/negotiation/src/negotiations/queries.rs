//! Reading negotiations. A buyer's company is part of every query.

use db::{ReadTx, Row, Statement, params};
use kernel::{Actor, Amount, CompanyId, Failure, Fault, Instant, NegotiationId, Outcome, Permission, ProductId};
use negotiation_engine::{Authority, History, Inputs, Policy, Position};
use terms::{experiments, policies};
use web::Pager;

use super::store::{self, Filter, Order};
use super::{Negotiation, State};
use crate::counts;

db::sql! {
    OVER = "SELECT id FROM negotiation WHERE state = 'declined' AND closed_at IS NULL AND expires_at <= $1
        ORDER BY expires_at LIMIT 500";
    LAST_DECIDED = "SELECT negotiation_id FROM negotiation_decision WHERE person_id = $1 AND at > $2 AND undone_at IS NULL
        AND stood IS NOT NULL ORDER BY at DESC, id DESC LIMIT 1";
}

/// A negotiation: of the own company for buyers, any for people of the desk.
///
/// # Errors
/// Not found.
pub async fn negotiation(tx: &ReadTx, actor: &Actor, id: NegotiationId) -> Outcome<Negotiation> {
    let company = if actor.may(Permission::UseDesk) { None } else { Some(actor.company()?) };
    store::load(tx, company, id).await?.ok_or(Failure::NotFound)
}

/// The negotiations of a company, changed last first, and how many there are in all.
///
/// # Errors
/// A fault when the database fails.
pub async fn of_company(
    tx: &ReadTx,
    company: CompanyId,
    state: Option<State>,
    pager: Pager,
) -> Outcome<(Vec<Negotiation>, i64)> {
    let states = state.map(State::code).into_iter().collect();
    let filter = Filter { company: Some(company), states, is_for_buyer: true, ..Filter::default() };
    let rows = store::list(tx, &filter, Order::Newest, pager.per_page, pager.offset()).await?;
    Ok((rows, store::count(tx, &filter).await?))
}

/// What the buyer's company negotiates about one product, or has agreed and not yet ordered; the newest that matters.
///
/// # Errors
/// The refusal `no-company`.
pub async fn open_for_product(
    tx: &ReadTx,
    actor: &Actor,
    product: ProductId,
    now: Instant,
) -> Outcome<Option<Negotiation>> {
    let all = store::for_product(tx, actor.company()?, product).await?;
    let single = all.into_iter().filter(|n| n.lines.len() == 1 && !n.is_draft());
    Ok(single.into_iter().find(|n| matters(n, now)))
}

/// What the buyer's company negotiates about a cart as a whole.
///
/// # Errors
/// The refusal `no-company`.
pub async fn open_for_cart(
    tx: &ReadTx,
    actor: &Actor,
    cart: kernel::CartId,
    products: &[ProductId],
    now: Instant,
) -> Outcome<Option<Negotiation>> {
    let Some(first) = products.first() else { return Ok(None) };
    let all = store::for_product(tx, actor.company()?, *first).await?;
    Ok(all.into_iter().find(|n| n.cart == Some(cart) && !n.is_draft() && matters(n, now)))
}

/// Whether the panel shows it: it is live, its offers ran out lately, or what was agreed can still be ordered.
fn matters(n: &Negotiation, now: Instant) -> bool {
    const SHOWN_AFTER_END: i64 = 7 * Instant::DAY;
    match n.state(now) {
        State::Agreed => n.agreed().is_some_and(|row| row.order_number.is_none() && now < row.offer.expires),
        State::Expired => n.expires_at.is_some_and(|end| now.since(end) < SHOWN_AFTER_END),
        _ => n.is_live(now),
    }
}

/// How many negotiations wait for the buyer: offers are on the table.
///
/// # Errors
/// A fault when the database fails.
pub async fn waiting_for_buyer(tx: &ReadTx, company: CompanyId, now: Instant) -> Outcome<i64> {
    counts::queries::offered_count(tx, company, now).await
}

/// A decision, and what it is when computed again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Replay {
    /// As it was stored.
    pub stored: String,
    /// As it is computed from what was stored with it.
    pub again: String,
}

impl Replay {
    /// Whether both are the same to the cent.
    pub fn is_identical(&self) -> bool {
        self.stored == self.again
    }
}

/// Computes a stored decision again. `round` counts decisions, from 1. For the seller only.
///
/// # Errors
/// Not found, also for imported rounds, which were not decided here; the refusal `not-allowed`.
pub async fn replay(tx: &ReadTx, actor: &Actor, id: NegotiationId, round: i64) -> Outcome<Replay> {
    actor.must(Permission::ViewCosts)?;
    let rows = store::rounds(tx, id).await?;
    let row = rows.into_iter().find(|row| row.round == round && !row.decision.is_empty()).ok_or(Failure::NotFound)?;
    let policy = policies::queries::version(tx, row.policy).await?;
    let policy = policy.ok_or_else(|| Fault::new("a decision names a policy that is not there"))?;
    let inputs = inputs(&row, policy.policy)?;
    Ok(Replay { again: inputs.decide().to_stored(), stored: row.decision })
}

/// Everything that a stored decision was made from.
pub fn inputs(row: &store::RoundRow, policy: Policy) -> Outcome<Inputs> {
    let fault = |e: negotiation_engine::StoredError| Fault::because("reading a stored decision", e);
    Ok(Inputs {
        policy,
        position: Position::from_stored(&row.position).map_err(fault)?,
        history: History::from_stored(&row.history).map_err(fault)?,
        request: serde_json::from_str(&row.request).map_err(|e| Fault::because("reading a stored request", e))?,
        now: row.at,
        seed: row.seed,
    })
}

/// A negotiation with what its readers need to know beside it. Still nothing of the seller's own.
#[derive(Debug, Clone)]
pub struct Seen {
    /// The negotiation.
    pub negotiation: Negotiation,
    /// Most rounds by the rules in force.
    pub rounds_max: i64,
    /// Decisions so far.
    pub(crate) decisions: i64,
    /// Who has it, or who decided it last.
    pub person: Option<parties::people::Member>,
    /// The company's rep.
    pub rep: Option<parties::people::Member>,
}

impl Seen {
    /// Whether asking again is possible.
    pub fn may_ask_again(&self, now: Instant) -> bool {
        super::rules::may_ask_again(&self.negotiation, self.decisions, self.rounds_max, now).is_ok()
    }

    /// Whether it can be given to a person.
    pub fn may_hand_over(&self, now: Instant) -> bool {
        super::rules::may_hand_over(&self.negotiation, self.decisions, now).is_ok()
    }

    /// Whom the buyer talks to about it. Of a case that waits only whoever has it: while it lies in the pool nobody does, and
    /// naming the company's rep would promise somebody who may never see it.
    pub fn contact(&self, now: Instant) -> Option<&parties::people::Member> {
        match self.negotiation.state(now) {
            State::Waiting => self.person.as_ref().filter(|person| self.negotiation.rep == Some(person.id)),
            _ => self.person.as_ref().or(self.rep.as_ref()),
        }
    }

    /// Whether it can be taken back.
    pub fn may_withdraw(&self, now: Instant) -> bool {
        super::rules::may_withdraw(&self.negotiation, now).is_ok()
    }
}

/// A negotiation with what its readers need to know beside it.
///
/// # Errors
/// A fault when the database fails.
pub async fn seen(tx: &ReadTx, negotiation: Negotiation) -> Outcome<Seen> {
    use parties::people::queries::member;
    let policy = experiments::queries::present(tx, negotiation.company).await?.policy;
    let who = negotiation.rep.or(negotiation.decisions.last().map(|last| last.person));
    let rep = rep(tx, negotiation.company).await?;
    Ok(Seen {
        rounds_max: i64::from(policy.policy.tactic.rounds_max),
        decisions: counts::queries::decisions(tx, negotiation.id).await?,
        person: match who {
            Some(who) => member(tx, who).await?,
            None => None,
        },
        rep,
        negotiation,
    })
}

/// The rep of a company, if he or she is here.
///
/// # Errors
/// A fault when the database fails.
pub async fn rep(tx: &ReadTx, company: CompanyId) -> Outcome<Option<parties::people::Member>> {
    let company = parties::companies::queries::company(tx, company).await?;
    let Some(rep) = company.and_then(|company| company.rep) else { return Ok(None) };
    Ok(parties::people::queries::member(tx, rep).await?.filter(|member| !member.is_blocked))
}

/// The negotiation that a person decided last, after a moment, and has not taken back.
pub async fn last_decided(tx: &ReadTx, person: kernel::UserId, after: Instant) -> Outcome<Option<NegotiationId>> {
    let row = tx.optional(LAST_DECIDED, params![person, after]).await?;
    Ok(row.map(|row| row.get("negotiation_id")).transpose()?)
}

const MINE_ALL: &str =
    "(n.rep_id = ? OR n.company_id IN (SELECT c.id FROM company c WHERE c.rep_id = ?) OR n.rep_id IS NULL)";
const MINE_SALES_MANAGER: &str = "(n.rep_id = ? OR n.company_id IN (SELECT c.id FROM company c WHERE c.rep_id = ?)
    OR (n.rep_id IS NULL AND n.authority IN ('rep', 'sales_manager')))";
const MINE_REP: &str = "(n.rep_id = ? OR n.company_id IN (SELECT c.id FROM company c WHERE c.rep_id = ?)
    OR (n.rep_id IS NULL AND n.authority = 'rep'))";

/// What the order of a queue is made from.
#[derive(Debug, Clone, Copy)]
pub struct DeskKey {
    /// The case.
    pub id: NegotiationId,
    /// On whose desk.
    pub rep: Option<kernel::UserId>,
    /// An answer is promised by then.
    pub answer_by: Option<Instant>,
    /// The value at asked prices.
    pub ask_value: Amount,
}

/// Whose cases a queue holds.
#[derive(Debug, Clone, Default)]
pub struct DeskFilter {
    /// On this person's desk, of this person's customers, or in the pool and within this reach.
    pub person: Option<(kernel::UserId, Authority)>,
    /// On somebody's desk (`true`), or in the pool.
    pub is_assigned: Option<bool>,
}

/// Every waiting case that a queue holds, by its key alone: the queue is sorted and cut when it is known whole.
pub async fn desk_keys(tx: &ReadTx, filter: &DeskFilter) -> Outcome<Vec<DeskKey>> {
    let mut statement =
        Statement::new("SELECT n.id, n.rep_id, n.answer_by, n.ask_value_minor, n.currency FROM negotiation n")
            .filter("n.state = 'waiting'", Vec::new());
    if let Some((person, reach)) = &filter.person {
        // Who looks after a customer is asked here and not company by company: a queue is read on every change of a case.
        statement = match reach {
            Authority::Rep => statement.filter(MINE_REP, params![*person, *person]),
            Authority::SalesManager => statement.filter(MINE_SALES_MANAGER, params![*person, *person]),
            Authority::PricingManager => statement.filter(MINE_ALL, params![*person, *person]),
        };
    }
    match filter.is_assigned {
        Some(true) => statement = statement.filter("n.rep_id IS NOT NULL", Vec::new()),
        Some(false) => statement = statement.filter("n.rep_id IS NULL", Vec::new()),
        None => {}
    }
    let read = |row: &Row| {
        let currency = row.get("currency")?;
        Ok::<_, Fault>(DeskKey {
            id: row.get("id")?,
            rep: row.get("rep_id")?,
            answer_by: row.get("answer_by")?,
            ask_value: Amount::new(row.get("ask_value_minor")?, currency),
        })
    };
    Ok(tx.list(statement).await?.iter().map(read).collect::<Result<_, _>>()?)
}

/// Negotiations that ended with a no, after which nothing more can come.
pub(crate) async fn over(tx: &ReadTx, now: Instant) -> Outcome<Vec<NegotiationId>> {
    let rows = tx.all(OVER, params![now]).await?;
    Ok(rows.iter().map(|row| row.get("id")).collect::<Result<_, _>>()?)
}
