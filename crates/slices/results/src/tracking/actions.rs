//! Keeping the read model up to date.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use db::{ReadTx, WriteTx};
use kernel::{CompanyId, Failure, Fault, Instant, NegotiationId, Outcome, PolicyId, ProductId};
use negotiation::negotiations::store::{self as negotiations, Filter, Order, list};
use negotiation::negotiations::{Negotiation, Recorded, State, summary};
use negotiation_engine;
use negotiation_engine::{
    Customer, History, Lever, LinePosition, ListLine, ListTerms, Policy, Position, Terms, Tier, Waterfall,
};
use parties::companies::{self, Company};
use terms::costs::{self, DealCosts};
use terms::{cost_model, policies};
use web::App;

use super::facts::{self, RoundFact};
use super::rules::{self, AgreedLine, Beside, OrderedLine};
use super::store::{self, Copied, Written};

/// Prices paid within this time before the first ask are what a deal is compared with.
pub const BASELINE_SPAN: i64 = 90 * Instant::DAY;
/// Negotiations of one transaction.
const BATCH: i64 = 200;
/// Batches before somebody else has a turn; the next look goes on.
const BATCHES_MAX: u32 = 1_000;

/// Brings the read model up to date: it follows from committed changes and can be rebuilt. Two nodes that do it at once write
/// the same rows; the second finds nothing left to do. A negotiation that cannot be read is logged and holds up no other.
///
/// # Errors
/// A fault when the database fails.
pub async fn follow(app: &App) -> Outcome<()> {
    for _ in 0..BATCHES_MAX {
        let ids = store::pending(&app.db().read().await?, BATCH).await?;
        if ids.is_empty() {
            return Ok(());
        }
        let batch = ids.as_slice();
        if let Err(failure) = app.write(|tx| async move { write(&tx, batch).await }).await {
            tracing::warn!("following {} negotiations, now one by one: {failure}", ids.len());
            return one_by_one(app, &ids).await;
        }
        if i64::try_from(ids.len()).unwrap_or(BATCH) < BATCH {
            return Ok(());
        }
    }
    Ok(())
}

async fn one_by_one(app: &App, ids: &[NegotiationId]) -> Outcome<()> {
    for id in ids {
        let alone = std::slice::from_ref(id);
        if let Err(failure) = app.write(|tx| async move { write(&tx, alone).await }).await {
            tracing::error!("following the negotiation {id}: {failure}");
        }
    }
    Ok(())
}

/// Writes the rows of up to `limit` negotiations that changed, and says how many.
///
/// # Errors
/// A fault when the database fails.
pub async fn refresh(tx: &WriteTx, limit: i64) -> Outcome<i64> {
    let ids = store::pending(tx, limit).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    write(tx, &ids).await?;
    Ok(i64::try_from(ids.len()).unwrap_or(limit))
}

async fn write(tx: &WriteTx, ids: &[NegotiationId]) -> Outcome<()> {
    let filter = Filter { ids: Some(ids.to_vec()), ..Filter::default() };
    let all = list(tx, &filter, Order::Newest, i64::try_from(ids.len()).unwrap_or(BATCH), 0).await?;
    let known = Known::load(tx, ids, &all).await?;
    let written: Vec<Written<'_>> = all.iter().map(|n| known.written(n)).collect::<Outcome<_>>()?;
    store::put(tx, &written).await
}

/// What a batch needs to know, loaded at once.
struct Known {
    published: Policy,
    policies: HashMap<PolicyId, Policy>,
    companies: HashMap<CompanyId, Company>,
    products: HashMap<ProductId, catalog::products::Product>,
    facts: HashMap<ProductId, catalog::products::SellerFacts>,
    rounds: HashMap<NegotiationId, Vec<RoundFact>>,
    looked_at: HashMap<NegotiationId, Vec<Lever>>,
    recorded: HashMap<NegotiationId, Vec<Recorded>>,
    costs: DealCosts,
    paid: HashMap<NegotiationId, Vec<(ProductId, i64, i64)>>,
    ordered: HashMap<NegotiationId, Vec<OrderedLine>>,
}

impl Known {
    async fn load(tx: &ReadTx, ids: &[NegotiationId], all: &[Negotiation]) -> Outcome<Self> {
        let mut products: Vec<ProductId> = all.iter().flat_map(summary::products_of).collect();
        products.sort_unstable();
        products.dedup();
        let rounds = facts::rounds(tx, ids).await?;
        let mut companies_of = HashMap::new();
        for n in all {
            if let Entry::Vacant(place) = companies_of.entry(n.company) {
                place.insert(companies::queries::company(tx, n.company).await?.ok_or(Failure::NotFound)?);
            }
        }
        let mut policies_of = HashMap::new();
        for id in rounds.values().flatten().map(|round| round.policy) {
            if let Entry::Vacant(place) = policies_of.entry(id) {
                let version = policies::queries::version(tx, id).await?;
                let version = version.ok_or_else(|| Fault::new("a round names a policy that is not there"))?;
                place.insert(version.policy);
            }
        }
        let found = catalog::products::queries::products(tx, &products).await?;
        Ok(Self {
            published: policies::queries::published(tx).await?.policy,
            policies: policies_of,
            companies: companies_of,
            products: found.into_iter().map(|product| (product.id, product)).collect(),
            facts: catalog::products::queries::seller_facts_many(tx, &products).await?,
            rounds,
            looked_at: facts::looked_at(tx, ids).await?,
            recorded: negotiations::recorded(tx, ids).await?,
            costs: cost_model::queries::current(tx).await?,
            paid: facts::paid_before(tx, ids, BASELINE_SPAN).await?,
            ordered: facts::ordered(tx, ids).await?,
        })
    }

    fn written<'a>(&self, n: &'a Negotiation) -> Outcome<Written<'a>> {
        let company = self.companies.get(&n.company).ok_or(Failure::NotFound)?;
        let first = n.lines.first().and_then(|line| self.products.get(&line.product));
        let copied = Copied {
            company_name: company.name.clone(),
            segment: company.segment.clone(),
            rep: company.rep,
            category: first.map(|product| product.category),
            currency: self.published.currency,
        };
        let measured = rules::measure(n, &self.beside(n, company)?, copied.currency);
        Ok(Written { negotiation: n, copied, measured })
    }

    fn beside(&self, n: &Negotiation, company: &Company) -> Outcome<Beside> {
        let rounds = self.rounds.get(&n.id).map_or(&[][..], Vec::as_slice);
        let ordered = self.ordered.get(&n.id).cloned().unwrap_or_default();
        let of_order = rules::ordered_lines(&rules::agreed_lines(n), &ordered);
        let (agreed, waterfall, is_estimated) = self.waterfalls(n, company, rounds, &of_order)?;
        let by_engine = rounds.iter().find(|round| round.outcome != "waiting").map(|round| round.at);
        let recorded = self.recorded.get(&n.id).into_iter().flatten();
        let first = recorded.into_iter().find(|row| row.undone_at.is_none());
        let by_person = n.decisions.first().map(|decision| decision.at);
        Ok(Beside {
            escalated: rounds.iter().filter(|round| round.outcome == "waiting").map(|round| round.at).collect(),
            answer_minutes: first.and_then(|row| row.given.answer_minutes),
            first_answer: by_engine.into_iter().chain(by_person).min(),
            agreed_pocket: agreed.map(|fall| fall.pocket),
            waterfall,
            is_estimated,
            ordered,
            looked_at: self.looked_at.get(&n.id).cloned().unwrap_or_default(),
            paid: self.paid.get(&n.id).cloned().unwrap_or_default(),
        })
    }

    /// What is left of the agreed terms, and of the lines of them that were ordered: by the position stored with the last
    /// decision, else by today's costs, which is said third.
    fn waterfalls(
        &self,
        n: &Negotiation,
        company: &Company,
        rounds: &[RoundFact],
        ordered: &[AgreedLine],
    ) -> Outcome<(Option<Waterfall>, Option<Waterfall>, bool)> {
        let (Some(agreed), State::Agreed) = (n.agreed(), n.stored_state) else { return Ok((None, None, false)) };
        let (whole, taken) = (&agreed.offer.terms, in_quantities(&agreed.offer.terms, ordered));
        let both = |fall: &dyn Fn(&Terms) -> Option<Waterfall>| match fall(whole) {
            of_whole if ordered.is_empty() => (of_whole, None),
            of_whole if taken == *whole => (of_whole, of_whole),
            of_whole => (of_whole, fall(&taken)),
        };
        if let Some(round) = rounds.iter().rev().find(|round| !round.position.is_empty()) {
            let policy = self.policies.get(&round.policy).unwrap_or(&self.published);
            let position =
                Position::from_stored(&round.position).map_err(|e| Fault::because("reading a position", e))?;
            let history = read_history(round)?;
            let (agreed, taken) = both(&|terms| negotiation_engine::evaluate(policy, &position, &history, terms).ok());
            return Ok((agreed, taken, false));
        }
        let history = History::none(self.published.currency);
        let (agreed, taken) = both(&|terms| {
            let position = self.position_today(n, company, terms)?;
            negotiation_engine::evaluate(&self.published, &position, &history, terms).ok()
        });
        Ok((agreed, taken, true))
    }

    fn position_today(&self, n: &Negotiation, company: &Company, terms: &Terms) -> Option<Position> {
        let own = &self.costs;
        let (mut lists, mut lines) = (Vec::new(), Vec::new());
        for line in &terms.lines {
            let (product, facts) = (self.products.get(&line.product)?, self.facts.get(&line.product)?);
            let price = n.lines.iter().find(|asked| asked.product == line.product).map_or(line.price, |l| l.list_price);
            let from = kernel::Quantity::new(1, line.quantity.unit());
            lists.push(ListLine {
                product: line.product,
                packing: product.packing,
                tiers: vec![Tier { from, price }],
                anchor: None,
            });
            let cost = facts.cost.map(|cost| costs::convert_price(cost, n.currency));
            lines.push(LinePosition {
                freight: own.freight(product.weight_grams.max(0), n.currency),
                ..LinePosition::new(line.product, facts.class.clone(), cost, n.currency)
            });
        }
        let days = u16::try_from(company.payment_days).unwrap_or(u16::MAX);
        let customer = Customer::new(company.segment.clone(), kernel::Amount::zero(self.published.currency));
        let list = ListTerms { freight: own.charge(n.currency), ..ListTerms::new(n.currency, days, lists) };
        Some(Position {
            handling_order: own.amount(own.handling_order, n.currency),
            handling_line: own.amount(own.handling_line, n.currency),
            freight: own.amount(own.freight_order, n.currency),
            capital: own.capital,
            exchange: costs::exchange(n.currency, self.published.currency),
            ..Position::new(customer, list, lines)
        })
    }
}

/// The terms with the lines and quantities that were ordered.
fn in_quantities(terms: &Terms, ordered: &[AgreedLine]) -> Terms {
    let mut terms = terms.clone();
    terms.lines.retain_mut(|line| {
        let of = ordered.iter().find(|of| of.product == line.product && of.price == line.price);
        line.quantity = of.map_or(line.quantity, |of| of.quantity);
        of.is_some()
    });
    terms
}

fn read_history(round: &RoundFact) -> Outcome<History> {
    Ok(History::from_stored(&round.history).map_err(|e| Fault::because("reading a history", e))?)
}
