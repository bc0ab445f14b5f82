//! Reading cases. For people of the desk only; every caller has asked for that permission.

use std::cmp::Reverse;

use db::ReadTx;
use kernel::{Amount, CompanyId, Failure, Fault, Instant, NegotiationId, Outcome, UserId};
use negotiation::negotiations::store::{self, Filter, Order};
use negotiation::negotiations::{Negotiation, State};
use negotiation::offers::{OfferRow, OfferState};
use negotiation::requests::situation;
use negotiation::routing;
use negotiation_engine::{History, Policy, Position, Request, StoredEntry};
use parties::companies::{self, Company};
use parties::people::{self, Member};
use pricing::purchases::{self, LastPaid, OpenOrder, Purchase};
use terms::{costs, figures, policies, trace};
use web::Pager;

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

/// A line of the queue.
#[derive(Debug, Clone)]
pub struct QueueRow {
    /// The negotiation.
    pub negotiation: Negotiation,
    /// Who asks.
    pub company: Company,
}

/// Most cases that one queue shows: nobody can work through more at once.
const QUEUE_MAX: i64 = 500;

/// The queue: by promised date, then the largest deal first. Done cases: the latest first.
///
/// # Errors
/// A fault when the database fails.
pub async fn queue(tx: &ReadTx, me: UserId, whose: Whose) -> Outcome<Vec<QueueRow>> {
    let (filter, order, limit) = match whose {
        Whose::Done => (Filter { closed_by: Some(me), ..Filter::default() }, Order::Newest, 50),
        _ => (Filter { states: vec![State::Waiting.code()], ..Filter::default() }, Order::Promised, QUEUE_MAX),
    };
    let all = store::list(tx, &filter, order, limit, 0).await?;
    let reach = level(tx, me).await?;
    let mut rows = Vec::with_capacity(all.len());
    let mut companies: std::collections::HashMap<CompanyId, Company> = std::collections::HashMap::new();
    for negotiation in all {
        let company = match companies.get(&negotiation.company) {
            Some(company) => company.clone(),
            None => {
                let company = companies::queries::company(tx, negotiation.company).await?.ok_or(Failure::NotFound)?;
                companies.insert(company.id, company.clone());
                company
            }
        };
        let is_shown = match whose {
            Whose::Mine => {
                let is_free = negotiation.rep.is_none() && routing::rules::needed(&negotiation) <= reach;
                negotiation.rep == Some(me) || company.rep == Some(me) || is_free
            }
            Whose::Team => negotiation.rep.is_some(),
            Whose::Pool => negotiation.rep.is_none(),
            Whose::All | Whose::Done => true,
        };
        if is_shown {
            rows.push(QueueRow { negotiation, company });
        }
    }
    if whose != Whose::Done {
        let day = |row: &QueueRow| row.negotiation.answer_by.map(Instant::date);
        rows.sort_by_key(|row| (day(row), Reverse(value(&row.negotiation)), row.negotiation.answer_by));
    }
    Ok(rows)
}

async fn level(tx: &ReadTx, person: UserId) -> Outcome<workflow::Level> {
    let member = people::queries::member(tx, person).await?.ok_or(Failure::NotFound)?;
    Ok(routing::rules::level(member.roles, member.leads_sales).unwrap_or(workflow::Level::REP))
}

/// The value of what is asked, comparable across currencies.
fn value(n: &Negotiation) -> i64 {
    costs::convert(n.ask_value, kernel::Currency::Eur).minor()
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
}

impl Case {
    /// Answers that the engine suggests, the best first.
    pub fn suggested(&self) -> impl Iterator<Item = &OfferRow> {
        self.negotiation.offers.iter().filter(|row| row.state == OfferState::Suggested)
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
    Ok(Case { negotiation, company, policy, discussed, trace })
}

/// What the desk knows of a customer.
#[derive(Debug, Clone)]
pub struct CustomerFacts {
    /// Net revenue of the last twelve months, in the customer's currency.
    pub revenue: Amount,
    /// The same of the twelve months before.
    pub revenue_before: Amount,
    /// Orders that are not done.
    pub open_orders: Vec<OpenOrder>,
    /// The last prices paid for the product of the ask, the newest first.
    pub paid: Vec<Purchase>,
    /// The last price paid for each product of the ask.
    pub last_paid: std::collections::HashMap<kernel::ProductId, LastPaid>,
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
