//! Everything a decision needs to know, loaded in the command's own transaction: policy, position, history.

use db::ReadTx;
use kernel::{Amount, CompanyId, Date, Failure, Instant, Invalid, NegotiationId, Outcome, Quantity};
use negotiation_engine::{Customer, History, LinePosition, LineTerms, ListLine, ListTerms, Position, Request, Terms};
use parties::companies::Company;
use pricing::{credit, purchases};
use terms::costs::{self, DealCosts};
use terms::experiments::queries::Chosen;
use terms::experiments::{Exposure, queries as experiments};
use terms::policies::{self, PolicyVersion};
use terms::{beliefs, cost_model, figures, profiles};

use super::further::{self, Further};
use super::goods::{self, Goods};
use super::{Ask, rules};
use crate::counts;
use crate::negotiations::Negotiation;
use crate::negotiations::store::RoundRow;
use crate::offers;
use crate::refusals::NegotiationRefusal;

/// What a decision is made from.
pub struct Situation {
    /// The version that decides.
    pub policy: PolicyVersion,
    /// The experiment by whose variant is decided.
    pub exposure: Option<Exposure>,
    /// The goods, the customer and the costs.
    pub position: Position,
    /// What happened in this negotiation and beside it.
    pub history: History,
    /// The ask.
    pub request: Request,
}

impl Situation {
    /// The product class of the deal; `mixed` for several.
    pub(crate) fn class(&self) -> String {
        let mut classes = self.position.lines.iter().map(|line| line.class.as_str());
        let first = classes.next().unwrap_or_default();
        if classes.all(|class| class == first) { first.to_owned() } else { "mixed".to_owned() }
    }
}

/// Who asks, in which negotiation.
#[derive(Clone, Copy)]
pub struct Asking<'a> {
    pub(crate) company: CompanyId,
    /// The id of a negotiation that is new, or the one that goes on.
    pub(crate) id: NegotiationId,
    pub(crate) negotiation: Option<&'a Negotiation>,
    pub(crate) rounds: &'a [RoundRow],
    /// The policy by which it goes on, where that is known already.
    pub(crate) present: Option<&'a Chosen>,
    pub(crate) now: Instant,
    /// The merchant's day.
    pub(crate) today: Date,
}

impl Asking<'_> {
    /// A negotiation that has not begun.
    pub fn new(company: CompanyId, id: NegotiationId, now: Instant, today: Date) -> Self {
        Self { company, id, negotiation: None, rounds: &[], present: None, now, today }
    }
}

/// Loads the situation of an ask.
pub async fn load(tx: &ReadTx, asking: Asking<'_>, ask: &Ask) -> Outcome<Situation> {
    let now = asking.now;
    let company = parties::companies::queries::company(tx, asking.company).await?.ok_or(Failure::NotFound)?;
    let mut earlier = requests(asking.rounds)?;
    let own = cost_model::queries::current(tx).await?;
    let mut goods = goods::load(tx, asking, &company, ask, &own).await?;
    let list =
        list_terms(tx, Wanted { asking, company: &company, ask, earlier: &earlier, costs: &own }, &mut goods).await?;
    let lines = goods.asked.iter().filter_map(|product| goods.positions.get(&product.id).cloned()).collect();
    let days = ask.payment_days.unwrap_or(company.payment_days);
    let asked = ask.lines.iter().map(line_terms).collect();
    let terms = Terms { extras: ask.extras, ..Terms::new(asked, days_of(days)?) };
    let request = Request {
        person: ask.wants_person,
        need_by: ask.need_by,
        competitor_price: ask.competitor.as_ref().and_then(|c| c.price),
        fixed_quantities: ask.fixed_quantities,
        ..Request::new(terms)
    };
    if earlier.last().is_some_and(|last| repeats_for_a_person(&request, last)) {
        earlier.pop();
    }
    let (customer, Chosen { policy, exposure }) = chosen(tx, asking, &company).await?;
    let further = further::of(&goods);
    let buyer = beliefs::queries::model(tx, &customer.segment).await?;
    let position = Position { buyer, ..position(customer, list, lines, further, &own, &policy.policy) };
    let moved = earlier.last().is_some_and(|last| last.terms != request.terms);
    let mut history = history(tx, asking, &policy.policy, &earlier).await?;
    if let Some(negotiation) = asking.negotiation {
        history.looked_at = offers::store::looked_at(tx, negotiation.id).await?;
        // Whoever asks for the same again has not turned anything down.
        history.by_person = rules::by_person(negotiation);
        history.turned_down = if moved { rules::turned_down(negotiation, now) } else { Vec::new() };
    }
    Ok(Situation { policy, exposure, position, history, request })
}

/// The customer, and the policy for it.
async fn chosen(tx: &ReadTx, asking: Asking<'_>, company: &Company) -> Outcome<(Customer, Chosen)> {
    if let Some(present) = asking.present {
        return Ok((customer(tx, company, &present.policy.policy, asking.now).await?, present.clone()));
    }
    let published = policies::queries::published(tx).await?;
    let customer = customer(tx, company, &published.policy, asking.now).await?;
    let is_new = asking.rounds.is_empty();
    let chosen = experiments::policy_for(tx, company.id, &customer, published, is_new).await?;
    Ok((customer, chosen))
}

fn line_terms(line: &super::AskLine) -> LineTerms {
    LineTerms { product: line.product, quantity: line.quantity, price: line.price }
}

fn days_of(days: i64) -> Outcome<u16> {
    let days = u16::try_from(days).ok().filter(|days| *days <= 365);
    days.ok_or_else(|| Invalid::field("payment_days", "payment-days-asked").into())
}

/// Whether a request only gives the ask before it to a person: that is discussed once more and is no further round.
fn repeats_for_a_person(request: &Request, before: &Request) -> bool {
    request.person && request.terms == before.terms
}

/// Earlier asks, oldest first.
pub(crate) fn requests(rounds: &[RoundRow]) -> Outcome<Vec<Request>> {
    let mut requests: Vec<Request> = Vec::with_capacity(rounds.len());
    for row in rounds.iter().filter(|row| !row.is_supported()) {
        let request: Request =
            serde_json::from_str(&row.request).map_err(|e| kernel::Fault::because("reading a stored request", e))?;
        if !requests.last().is_some_and(|before| repeats_for_a_person(&request, before)) {
            requests.push(request);
        }
    }
    Ok(requests)
}

/// What list terms are worked out from.
#[derive(Clone, Copy)]
struct Wanted<'a> {
    asking: Asking<'a>,
    company: &'a Company,
    ask: &'a Ask,
    earlier: &'a [Request],
    costs: &'a DealCosts,
}

async fn list_terms(tx: &ReadTx, wanted: Wanted<'_>, goods: &mut Goods) -> Outcome<ListTerms> {
    let Wanted { asking, company, ask, earlier, costs } = wanted;
    let Goods { asked: products, habits, tiers: ladders, .. } = goods;
    let since = asking.now.plus(-costs::LATELY);
    let asked = counts::queries::asked_elsewhere(tx, company.id, asking.id, since).await?;
    let mut lines = Vec::with_capacity(products.len());
    for (at, product) in products.iter().enumerate() {
        let tiers = ladders.remove(&product.id).filter(|tiers| !tiers.is_empty());
        let tiers = tiers.ok_or(NegotiationRefusal::NotNegotiable)?;
        let unit = product.packing.unit;
        let bought = habits.get(&product.id).map(|habit| habit.largest);
        let asked = asked.get(&product.id).map(|most| Quantity::new(*most, unit));
        let elsewhere = [bought, asked].into_iter().flatten().max_by_key(|quantity| quantity.thousandths());
        let first = earlier.first().and_then(|request| request.terms.lines.get(at)).map(|line| line.quantity);
        let anchor = rules::anchor(elsewhere, first.unwrap_or(ask.lines[at].quantity));
        lines.push(ListLine { product: product.id, packing: product.packing, tiers, anchor });
    }
    let days = days_of(company.payment_days)?;
    Ok(ListTerms { freight: costs.charge(company.currency), ..ListTerms::new(company.currency, days, lines) })
}

/// The customer as the engine sees it, amounts in the currency of the policy.
pub async fn customer(
    tx: &ReadTx,
    company: &Company,
    policy: &negotiation_engine::Policy,
    now: Instant,
) -> Outcome<Customer> {
    let since = now.plus(-costs::REVENUE_PERIOD);
    let revenue = figures::in_currency(purchases::queries::revenue(tx, company.id, since).await?, policy.currency);
    let known = profiles::queries::profile(tx, company.id).await?;
    let customer = Customer {
        blocked: company.is_negotiation_blocked,
        credit_hold: is_on_hold(tx, company).await?,
        country: Some(company.country.to_string()),
        ..Customer::new(company.segment.clone(), revenue)
    };
    let Some(known) = known else { return Ok(customer) };
    Ok(Customer {
        margin: known.margin,
        growth: known.growth,
        orders: u32::try_from(known.orders).ok(),
        behaviour: known.behaviour,
        turnover: Some(known.revenue).filter(|turnover| turnover.currency() == policy.currency),
        ..customer
    })
}

/// Over the credit limit with what is ordered and not yet done, gross as the limit is.
async fn is_on_hold(tx: &ReadTx, company: &Company) -> Outcome<bool> {
    Ok(credit::queries::of(tx, company).await?.is_some_and(|credit| credit.free().minor() < 0))
}

/// What a decision is made from besides the ask and the history.
pub fn position(
    customer: Customer,
    list: ListTerms,
    lines: Vec<LinePosition>,
    further: Further,
    own: &DealCosts,
    policy: &negotiation_engine::Policy,
) -> Position {
    let currency = list.currency;
    Position {
        consolidation: own.consolidation(currency),
        flexible: own.flexible(currency),
        alternatives: further.alternatives,
        companions: further.companions,
        handling_order: own.amount(own.handling_order, currency),
        handling_line: own.amount(own.handling_line, currency),
        freight: own.amount(own.freight_order, currency),
        capital: own.capital,
        exchange: costs::exchange(currency, policy.currency),
        ..Position::new(customer, list, lines)
    }
}

async fn history(
    tx: &ReadTx,
    asking: Asking<'_>,
    policy: &negotiation_engine::Policy,
    earlier: &[Request],
) -> Outcome<History> {
    let now = asking.now;
    let conceded = offers::store::conceded(tx, asking.company, now.plus(-costs::BUDGET_PERIOD)).await?;
    let open = counts::queries::open_count(tx, asking.company, asking.id, now).await?;
    let standing = asking.negotiation.map(|n| n.standing(now).map(|row| row.offer.clone()).collect());
    Ok(History {
        rounds: earlier.iter().map(|request| request.terms.clone()).collect(),
        standing: standing.unwrap_or_default(),
        budget_used: figures::in_currency(conceded, policy.currency),
        open: u32::try_from(open).unwrap_or(u32::MAX),
        ..History::none(policy.currency)
    })
}

/// The values of terms and of the same quantities at list prices.
pub fn values(list: &ListTerms, terms: &Terms) -> Outcome<(Amount, Amount)> {
    let at_list = list.at(terms).ok_or(NegotiationRefusal::NotNegotiable)?;
    Ok((figures::net(&at_list, list.currency)?, figures::net(terms, list.currency)?))
}

/// The stored position and history of the last ask, as the desk needs them: the history holds the ask under discussion.
pub fn under_discussion(rounds: &[RoundRow]) -> Outcome<Option<(Position, History, Request)>> {
    let Some(last) = rounds.iter().rev().find(|row| !row.position.is_empty()) else { return Ok(None) };
    let fault = |e: negotiation_engine::StoredError| kernel::Fault::because("reading a stored decision", e);
    let position = Position::from_stored(&last.position).map_err(fault)?;
    let mut history = History::from_stored(&last.history).map_err(fault)?;
    let request: Request =
        serde_json::from_str(&last.request).map_err(|e| kernel::Fault::because("reading a stored request", e))?;
    history.rounds.push(request.terms.clone());
    Ok(Some((position, history, request)))
}
