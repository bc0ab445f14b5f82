//! What an answer costs and leaves, and who may send it. For the seller only.
//!
//! The buyer accepts lines one by one, so each is looked at by itself, and so is every selection ([`super::bounds`]); only where
//! the rep says 'all together or not at all' the total is all that counts. Everything is loaded once, whatever the number of
//! lines and alternatives.

use std::collections::HashMap;

use catalog::products::{Product, SellerFacts};
use db::ReadTx;
use kernel::{Amount, Date, Failure, Instant, Invalid, Outcome, Packing, ProductId, Quantity, QuoteId, UnitPrice};
use negotiation::offers;
use negotiation::requests::further::Further;
use negotiation::requests::situation;
use negotiation_engine::{
    Authority, Customer, History, LinePosition, LineTerms, ListLine, ListTerms, Position, Support, Terms, Tier,
    Waterfall,
};
use parties::companies::Company;
use pricing::{PriceBuyer, prices};
use pricing_engine::Resolved;
use terms::{cost_model, costs, figures, policies, support};

use super::bounds::{Order, Piece, Pieces};
use super::store::Costs;
use super::{Answer, Quote};

/// When something is looked at.
#[derive(Debug, Clone, Copy)]
pub(crate) struct When {
    pub(crate) now: Instant,
    /// The merchant's day.
    pub(crate) today: Date,
}

/// An answer as a line of a deal.
pub(crate) struct Quoted<'a> {
    pub(crate) answer: &'a Answer,
    pub(crate) price: UnitPrice,
    /// What the rep says that it costs.
    pub(crate) cost: Option<UnitPrice>,
}

/// Answers as a deal: what the rules look at.
pub(crate) struct QuotedDeal {
    pub(crate) policy: policies::PolicyVersion,
    pub(crate) position: Position,
    pub(crate) history: History,
    pub(crate) terms: Terms,
}

/// From which price concessions are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    /// The buyer's list price, where there is one.
    List,
    /// The quoted price: a counter moves away from that.
    Quoted,
}

/// Everything that is known about the articles of answers and about the customer.
pub(crate) struct Known {
    quote: QuoteId,
    currency: kernel::Currency,
    days: u16,
    policy: policies::PolicyVersion,
    customer: Customer,
    history: History,
    products: HashMap<ProductId, Product>,
    ladders: HashMap<ProductId, Resolved>,
    facts: HashMap<ProductId, SellerFacts>,
    supports: HashMap<(i64, ProductId), Support>,
    own: costs::DealCosts,
}

/// An answer with what is left of it.
pub(crate) struct Looked {
    pub(crate) position: i64,
    pub(crate) choice: i64,
    /// The buyer's list price.
    pub(crate) list: Option<UnitPrice>,
    pub(crate) cost: Option<UnitPrice>,
    pub(crate) stock: Option<Quantity>,
    /// Of the line by itself; `None` without a known cost.
    pub(crate) fall: Option<Waterfall>,
}

/// A whole answer, looked at.
pub(crate) struct Look {
    pub(crate) lines: Vec<Looked>,
    /// Of all lines together, without alternatives; `None` where a cost is not known.
    pub(crate) total: Option<Waterfall>,
    /// Of all that was given, alternatives too: what was accepted together.
    pub(crate) together: Option<Waterfall>,
    pub(crate) needs: Authority,
    /// Whether whatever the buyer accepts of it is at or above the floor.
    pub(crate) holds_floor: bool,
}

impl Known {
    /// Loads what the rules need to know about answers.
    pub(crate) async fn load(tx: &ReadTx, quote: &Quote, answers: &[&Answer], when: When) -> Outcome<Self> {
        let company = parties::companies::queries::company(tx, quote.company).await?.ok_or(Failure::NotFound)?;
        let policy = policies::queries::published(tx).await?;
        let mut ids: Vec<ProductId> = answers.iter().filter_map(|answer| answer.product).collect();
        ids.sort_unstable();
        ids.dedup();
        let found = catalog::products::queries::products(tx, &ids).await?;
        Ok(Self {
            quote: quote.id,
            currency: quote.currency,
            days: days_of(company.payment_days)?,
            customer: situation::customer(tx, &company, &policy.policy, when.now).await?,
            history: history(tx, &company, policy.policy.currency, when.now).await?,
            policy,
            products: found.into_iter().map(|product| (product.id, product)).collect(),
            ladders: prices::queries::ladders(tx, &PriceBuyer::of(&company), &ids, when.today).await?,
            facts: catalog::products::queries::seller_facts_many(tx, &ids).await?,
            supports: support::queries::for_quote(tx, quote.id, quote.currency, when.today).await?,
            own: cost_model::queries::current(tx).await?,
        })
    }

    /// The buyer's list price of an answer's article.
    fn list_price(&self, answer: &Answer) -> Option<UnitPrice> {
        let resolved = answer.product.and_then(|product| self.ladders.get(&product))?;
        Some(resolved.ladder.price_at(answer.quantity))
    }

    /// Answers as a deal.
    pub(crate) fn deal(&self, answers: &[Quoted<'_>], from: From) -> QuotedDeal {
        let (mut list, mut positions, mut terms): (Vec<ListLine>, Vec<LinePosition>, Vec<LineTerms>) =
            Default::default();
        for (place, quoted) in answers.iter().enumerate() {
            let product = quoted.answer.product.and_then(|id| self.products.get(&id));
            let is_second = |id: ProductId| terms.iter().any(|line| line.product == id);
            let of = match product {
                Some(product) if !is_second(product.id) => product.id,
                _ => self.stands_for(place),
            };
            let listed = self.list_price(quoted.answer).filter(|_| from == From::List);
            let price = listed.filter(|list| list.micros() > quoted.price.micros()).unwrap_or(quoted.price);
            let tiers = vec![Tier { from: Quantity::new(1, quoted.answer.quantity.unit()), price }];
            let packing = product.map_or_else(|| Packing::single(quoted.answer.quantity.unit()), |p| p.packing);
            list.push(ListLine { product: of, packing, tiers, anchor: None });
            positions.push(self.line_position(of, quoted, product));
            terms.push(LineTerms { product: of, quantity: quoted.answer.quantity, price: quoted.price });
        }
        // Quoted goods are ordered through the cart, which charges freight as always.
        let freight = self.own.charge(self.currency);
        let list = ListTerms { freight, ..ListTerms::new(self.currency, self.days, list) };
        let customer = self.customer.clone();
        let position =
            situation::position(customer, list, positions, Further::default(), &self.own, &self.policy.policy);
        let (policy, history) = (self.policy.clone(), self.history.clone());
        QuotedDeal { position, history, policy, terms: Terms::new(terms, self.days) }
    }

    /// Lines without an article, and second lines of the same article, get one that stands for them: a deal knows every product
    /// once.
    fn stands_for(&self, place: usize) -> ProductId {
        let id = self.quote.uuid().as_u128().wrapping_add(place as u128 + 1);
        ProductId::from_uuid(uuid::Uuid::from_u128(id))
    }

    fn cost(&self, quoted: &Quoted<'_>) -> Option<UnitPrice> {
        let facts = quoted.answer.product.and_then(|product| self.facts.get(&product));
        let known = facts.and_then(|facts| facts.cost).map(|cost| costs::convert_price(cost, self.currency));
        // What the catalogue knows cannot be talked away; the rep's own word is for what has no article or no cost.
        known.or(quoted.cost)
    }

    fn line_position(&self, of: ProductId, quoted: &Quoted<'_>, product: Option<&Product>) -> LinePosition {
        let facts = product.and_then(|product| self.facts.get(&product.id));
        let class = facts.map_or("C", |facts| facts.class.as_str());
        let lead = quoted.answer.lead_days.or(product.map(|product| product.lead_days)).unwrap_or(0);
        let weight = product.map_or(0, |product| product.weight_grams.max(0));
        LinePosition {
            lead_days: u16::try_from(lead).unwrap_or(u16::MAX),
            freight: self.own.freight(weight, self.currency),
            support: product.and_then(|product| self.supports.get(&(quoted.answer.position, product.id)).cloned()),
            ..LinePosition::new(of, class, self.cost(quoted), self.currency)
        }
    }

    /// What is left of answers as one deal; `None` where a cost is not known.
    fn fall(&self, answers: &[Quoted<'_>]) -> Option<Waterfall> {
        let deal = self.deal(answers, From::List);
        negotiation_engine::evaluate(&deal.policy.policy, &deal.position, &deal.history, &deal.terms).ok()
    }

    /// Looks at every answer by itself, at all of them together, and at who may send them.
    pub(crate) fn look(&self, answers: &[&Answer], costs: &Costs, is_whole: bool) -> Look {
        let cost = |answer: &Answer| costs.get(&(answer.position, answer.choice)).copied();
        let quoted = answers.iter().filter_map(|answer| {
            let (answer, cost) = (*answer, cost(answer));
            Some(Quoted { answer, price: answer.price?, cost })
        });
        let quoted: Vec<Quoted<'_>> = quoted.collect();
        let mut lines = Vec::with_capacity(quoted.len());
        let mut pieces = Pieces { is_whole, order: self.order(), revenue: self.revenue(), ..Pieces::default() };
        for one in &quoted {
            let fall = self.fall(std::slice::from_ref(one));
            self.add(&mut pieces, one, fall.as_ref());
            let stock = one.answer.product.and_then(|id| self.products.get(&id)).map(|product| product.stock);
            let (position, choice) = (one.answer.position, one.answer.choice);
            let (list, cost) = (self.list_price(one.answer), self.cost(one));
            lines.push(Looked { position, choice, list, cost, stock, fall });
        }
        let together = if quoted.is_empty() { None } else { self.fall(&quoted) };
        let mains: Vec<Quoted<'_>> = quoted.into_iter().filter(|quoted| quoted.answer.choice == 0).collect();
        let total = if mains.is_empty() { None } else { self.fall(&mains) };
        let needs = pieces.needs(&self.policy.policy.routing);
        Look { lines, total, together, needs, holds_floor: pieces.holds_floor() }
    }

    fn add(&self, pieces: &mut Pieces, quoted: &Quoted<'_>, fall: Option<&Waterfall>) {
        let listed = self.list_price(quoted.answer);
        let is_list = listed.is_some_and(|list| quoted.price.micros() >= list.micros());
        let at_list = listed.map_or(quoted.price, |list| if is_list { quoted.price } else { list });
        let value = at_list.times(quoted.answer.quantity, kernel::Rounding::HalfUp).ok();
        let list = value.map_or(i128::from(i64::MAX), |value| self.in_policy_currency(value));
        let Some(fall) = fall else {
            pieces.has_unknown |= !is_list;
            pieces.unknown = pieces.unknown.saturating_add(list);
            return;
        };
        let charge = if list < pieces.order.free_from { pieces.order.charge } else { 0 };
        pieces.known.push(Piece {
            line: quoted.answer.position,
            net: fall.net.minor().into(),
            list,
            earned: i128::from(fall.pocket.minor()) + pieces.order.cost - charge,
            target: fall.target.ppm().into(),
            floor: fall.floor.ppm().into(),
            is_list,
        });
    }

    fn order(&self) -> Order {
        let own = |minor: i64| i128::from(self.own.amount(minor, self.currency).minor());
        let charge = self.own.charge(self.currency);
        Order {
            cost: own(self.own.handling_order) + own(self.own.freight_order),
            charge: charge.map_or(0, |charge| charge.charge.minor().into()),
            free_from: charge.map_or(0, |charge| self.in_policy_currency(charge.free_from)),
        }
    }

    fn revenue(&self) -> i128 {
        self.customer.revenue.minor().into()
    }

    fn in_policy_currency(&self, amount: Amount) -> i128 {
        costs::convert(amount, self.policy.policy.currency).minor().into()
    }
}

/// How far answers need somebody's authority. What cannot be computed is for the highest.
pub(crate) async fn needs(
    tx: &ReadTx,
    quote: &Quote,
    answers: &[&Answer],
    (costs, is_whole): (&Costs, bool),
    when: When,
) -> Outcome<Authority> {
    Ok(Known::load(tx, quote, answers, when).await?.look(answers, costs, is_whole).needs)
}

/// A customer's days to pay, if they can be agreed on.
pub(crate) fn days_of(days: i64) -> Outcome<u16> {
    let days = u16::try_from(days).ok().filter(|days| *days <= 365);
    days.ok_or_else(|| Invalid::field("payment_days", "payment-days-asked").into())
}

async fn history(tx: &ReadTx, company: &Company, currency: kernel::Currency, now: Instant) -> Outcome<History> {
    let conceded = offers::store::conceded(tx, company.id, now.plus(-costs::BUDGET_PERIOD)).await?;
    Ok(History { budget_used: figures::in_currency(conceded, currency), ..History::none(currency) })
}
