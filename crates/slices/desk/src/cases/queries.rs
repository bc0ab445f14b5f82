//! Reading cases. For people of the desk only; every caller has asked for that permission.

use std::collections::HashMap;

use db::ReadTx;
use kernel::{Amount, CompanyId, Failure, Fault, Instant, NegotiationId, Outcome, UserId};
use negotiation::negotiations::queries::{DeskFilter, DeskKey, desk_keys};
use negotiation::negotiations::store::{self, Filter, Order};
use negotiation::negotiations::{Negotiation, Recorded, State};
use negotiation::offers::{OfferRow, OfferState};
use negotiation::requests::situation;
use negotiation_engine::{Authority, History, Policy, Position, Request, StoredEntry};
use parties::companies::{self, Company};
use parties::people::{self, Member};
use pricing::credit::{self, Credit};
use pricing::purchases::{self, LastPaid, OpenOrder, Purchase};
use terms::{costs, deciders, figures, policies, trace};
use web::Pager;

use super::Proposal;

/// Whose cases are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Whose {
    /// Assigned to me, of my companies, or on nobody's desk and within my authority.
    Mine,
    /// Those on somebody's desk.
    Team,
    /// Those on nobody's desk.
    Pool,
    /// Everybody's.
    All,
    /// Those that I decided.
    Done,
}

impl Whose {
    /// Every choice with its code in addresses.
    pub const ALL: [(&'static str, Self); 5] =
        [("mine", Self::Mine), ("team", Self::Team), ("pool", Self::Pool), ("all", Self::All), ("done", Self::Done)];

    /// The choice with this code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|(known, _)| *known == code).map(|(_, whose)| whose)
    }

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Mine => "mine",
            Self::Team => "team",
            Self::Pool => "pool",
            Self::All => "all",
            Self::Done => "done",
        }
    }
}

/// How a queue is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// What is late first, then what is due next; of what is due at once the largest deal.
    #[default]
    Due,
    /// The largest deal first.
    Value,
}

impl Sort {
    /// The order with this code.
    pub fn parse(code: &str) -> Self {
        if code == "value" { Self::Value } else { Self::Due }
    }

    /// The code.
    pub fn code(self) -> &'static str {
        match self {
            Self::Due => "due",
            Self::Value => "value",
        }
    }
}

/// A line of the queue.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// The negotiation.
    pub negotiation: Negotiation,
    /// Who asks.
    pub company: Company,
    /// What was decided last, for done cases.
    pub decided: Option<Recorded>,
}

/// A queue, and how many cases it holds in all.
#[derive(Debug, Clone)]
pub struct QueueList {
    /// As many as are shown.
    pub rows: Vec<QueueRow>,
    /// All of them.
    pub total: usize,
}

/// Most cases that one queue shows: nobody can work through more at once.
const QUEUE_MAX: usize = 500;
/// Most done cases that are shown.
const DONE_MAX: i64 = 50;

/// The queue, late cases first.
///
/// # Errors
/// A fault when the database fails.
pub async fn queue(tx: &ReadTx, me: UserId, whose: Whose) -> Outcome<Vec<QueueRow>> {
    Ok(sorted_queue(tx, me, whose, Sort::Due).await?.rows)
}

/// The queue in an order. It is filtered whole and cut then; what lies on the reader's own desk is never cut away.
///
/// # Errors
/// A fault when the database fails.
pub async fn sorted_queue(tx: &ReadTx, me: UserId, whose: Whose, sort: Sort) -> Outcome<QueueList> {
    if whose == Whose::Done {
        return done(tx, me).await;
    }
    let filter = match whose {
        Whose::Mine => DeskFilter { person: Some((me, reach(tx, me).await?)), is_assigned: None },
        Whose::Team => DeskFilter { person: None, is_assigned: Some(true) },
        Whose::Pool => DeskFilter { person: None, is_assigned: Some(false) },
        Whose::All | Whose::Done => DeskFilter::default(),
    };
    let mut keys = desk_keys(tx, &filter).await?;
    let total = keys.len();
    keys.sort_by_key(|key| place(key, sort));
    let ids: Vec<NegotiationId> = cut(&keys, me, QUEUE_MAX);
    let filter = Filter { ids: Some(ids.clone()), ..Filter::default() };
    let most = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let found = store::list(tx, &filter, Order::Promised, most, 0).await?;
    let mut rows = with_companies(tx, found).await?;
    let order: HashMap<NegotiationId, usize> = ids.into_iter().zip(0..).collect();
    rows.sort_by_key(|row| order.get(&row.negotiation.id).copied());
    Ok(QueueList { rows, total })
}

/// Where a case stands in an order. Promises count by the minute, so that value decides between those of one moment.
fn place(key: &DeskKey, sort: Sort) -> (i64, i64, NegotiationId) {
    let due = key.answer_by.map_or(i64::MAX, |by| by.micros().div_euclid(Instant::MINUTE));
    let value = costs::convert(key.ask_value, kernel::Currency::Eur).minor().saturating_neg();
    match sort {
        Sort::Due => (due, value, key.id),
        Sort::Value => (value, due, key.id),
    }
}

/// The first of sorted cases, and all of the reader's own.
fn cut(keys: &[DeskKey], me: UserId, most: usize) -> Vec<NegotiationId> {
    let own = keys.iter().filter(|key| key.rep == Some(me)).count();
    let mut others = most.saturating_sub(own);
    let kept = keys.iter().filter(|key| {
        let is_kept = key.rep == Some(me) || others > 0;
        others -= usize::from(key.rep != Some(me) && others > 0);
        is_kept
    });
    kept.map(|key| key.id).collect()
}

/// What the reader decided, or for whoever leads everybody, the latest first.
async fn done(tx: &ReadTx, me: UserId) -> Outcome<QueueList> {
    let leads = reach(tx, me).await? > Authority::Rep;
    let closed_by = Some(me).filter(|_| !leads);
    let filter = Filter { closed_by, is_decided: true, ..Filter::default() };
    let total = usize::try_from(store::count(tx, &filter).await?).unwrap_or(0);
    let found = store::list(tx, &filter, Order::Newest, DONE_MAX, 0).await?;
    let ids: Vec<NegotiationId> = found.iter().map(|n| n.id).collect();
    let mut recorded = store::recorded(tx, &ids).await?;
    let mut rows = with_companies(tx, found).await?;
    for row in &mut rows {
        let all = recorded.remove(&row.negotiation.id).unwrap_or_default();
        row.decided = all.into_iter().rfind(|row| row.undone_at.is_none());
    }
    Ok(QueueList { rows, total })
}

async fn with_companies(tx: &ReadTx, all: Vec<Negotiation>) -> Outcome<Vec<QueueRow>> {
    let mut rows = Vec::with_capacity(all.len());
    let mut known: HashMap<CompanyId, Company> = HashMap::new();
    for negotiation in all {
        let company = match known.get(&negotiation.company) {
            Some(company) => company.clone(),
            None => {
                let company = companies::queries::company(tx, negotiation.company).await?.ok_or(Failure::NotFound)?;
                known.insert(company.id, company.clone());
                company
            }
        };
        rows.push(QueueRow { negotiation, company, decided: None });
    }
    Ok(rows)
}

/// How far a person's decisions reach.
async fn reach(tx: &ReadTx, person: UserId) -> Outcome<Authority> {
    let member = people::queries::member(tx, person).await?.ok_or(Failure::NotFound)?;
    Ok(deciders::authority(member.roles, member.leads_sales).unwrap_or(Authority::Rep))
}

/// How many cases wait for a person: assigned to him or her, or of his or her companies; for managers all.
///
/// # Errors
/// A fault when the database fails.
pub async fn waiting_count(tx: &ReadTx, me: UserId) -> Outcome<i64> {
    let filter = Filter { states: vec![State::Waiting.code()], rep: Some(me), ..Filter::default() };
    store::count(tx, &filter).await
}

/// A case as the desk sees it.
#[derive(Debug, Clone)]
pub struct Case {
    /// The negotiation.
    pub negotiation: Negotiation,
    /// Who asks.
    pub company: Company,
    /// The policy version of the last decision.
    pub policy: Policy,
    /// What the seller alone knows, the history with the ask under discussion, and the ask; `None` for imported ones.
    pub discussed: Option<(Position, History, Request)>,
    /// Why the shop decided as it did.
    pub trace: Vec<StoredEntry>,
    /// What colleagues propose, the latest first.
    pub proposals: Vec<Proposal>,
}

impl Case {
    /// Answers that the engine suggests, the best first, and those that colleagues propose. What the buyer holds already
    /// is none.
    pub fn suggested(&self) -> impl Iterator<Item = &OfferRow> {
        let offers = &self.negotiation.offers;
        let is_held = |row: &OfferRow| {
            let same = |other: &&OfferRow| other.state == OfferState::Open && other.offer.terms == row.offer.terms;
            // One that had run out by then may be made again.
            row.made_by.is_none() && offers.iter().filter(same).any(|other| other.offer.expires > row.made_at)
        };
        offers.iter().filter(move |row| row.state == OfferState::Suggested && !is_held(row))
    }

    /// The answer that a colleague proposes, if one does: the latest.
    pub fn proposal(&self) -> Option<(&Proposal, &OfferRow)> {
        let row = |proposal: &Proposal| self.suggested().find(|row| row.id == proposal.offer);
        self.proposals.iter().find_map(|proposal| Some((proposal, row(proposal)?)))
    }
}

/// A case by id.
///
/// # Errors
/// Not found.
pub async fn case(tx: &ReadTx, id: NegotiationId) -> Outcome<Case> {
    let negotiation = store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
    let company = companies::queries::company(tx, negotiation.company).await?.ok_or(Failure::NotFound)?;
    let rounds = store::rounds(tx, id).await?;
    let policy = policies::queries::version(tx, negotiation.policy).await?;
    let policy = policy.ok_or_else(|| Fault::new("a negotiation names a policy that is not there"))?.policy;
    let trace = match rounds.iter().rev().find(|row| !row.decision.is_empty()) {
        Some(row) => trace::stored(&row.decision)?,
        None => Vec::new(),
    };
    let discussed = situation::under_discussion(&rounds)?;
    let proposals = super::store::proposals(tx, id).await?;
    Ok(Case { negotiation, company, policy, discussed, trace, proposals })
}

/// What the desk knows of a customer.
#[derive(Debug, Clone)]
pub struct CustomerFacts {
    /// Net revenue of the last twelve months, in the customer's currency.
    pub revenue: Amount,
    /// The same of the twelve months before.
    pub revenue_before: Amount,
    /// Orders that are accepted and not shipped yet.
    pub open_orders: Vec<OpenOrder>,
    /// How much of the credit is taken; `None` without a limit.
    pub credit: Option<Credit>,
    /// The last prices paid for the product of the ask, the newest first.
    pub paid: Vec<Purchase>,
    /// The last price paid for each product of the ask.
    pub last_paid: HashMap<kernel::ProductId, LastPaid>,
    /// Earlier negotiations, the newest first.
    pub past: Vec<Negotiation>,
    /// The person who asks.
    pub asks: Option<Member>,
    /// The rep.
    pub rep: Option<Member>,
}

/// The customer of a case.
///
/// # Errors
/// A fault when the database fails.
pub async fn customer(tx: &ReadTx, case: &Case, now: Instant) -> Outcome<CustomerFacts> {
    let (n, company) = (&case.negotiation, &case.company);
    let year = |from: i64| now.plus(-from * costs::REVENUE_PERIOD);
    let one = figures::in_currency(purchases::queries::revenue(tx, company.id, year(1)).await?, company.currency);
    let two = figures::in_currency(purchases::queries::revenue(tx, company.id, year(2)).await?, company.currency);
    let products: Vec<_> = n.lines.iter().map(|line| line.product).collect();
    let paid = match products.first() {
        Some(first) => purchases::queries::recent_of_product(tx, company.id, *first, 5).await?,
        None => Vec::new(),
    };
    let pager = Pager::asked(None, Some("9"));
    let (past, _) = negotiation::negotiations::queries::of_company(tx, company.id, None, pager).await?;
    Ok(CustomerFacts {
        revenue: one,
        revenue_before: two.minus(one)?,
        open_orders: purchases::queries::open_orders(tx, company.id).await?,
        credit: credit::queries::of(tx, company).await?,
        paid,
        last_paid: purchases::queries::last_paid_many(tx, company.id, &products).await?,
        past: past.into_iter().filter(|other| other.id != n.id).take(8).collect(),
        asks: people::queries::member(tx, n.person).await?,
        rep: match company.rep {
            Some(rep) => people::queries::member(tx, rep).await?,
            None => None,
        },
    })
}
