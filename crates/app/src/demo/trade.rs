//! Two years of orders, past negotiations, and the cases that wait on the desk.

use std::collections::HashMap;

use db::Db;
use demo_data::{Case, DemoCompany, Ending, Order as DemoOrder};
use kernel::{Ctx, Failure, Fault, Instant, NegotiationId, OfferId, Outcome, UserId};
use negotiation::negotiations::{Competitor, State};
use negotiation::requests::actions as requests;
use negotiation::requests::{Ask, AskLine, PastDecision, PastNegotiation, PastOffer, PastRound, import_many};
use ordering::orders::{self, OrderAddress, OrderState, PastLine, PastOrder};
use pricing_engine::tax;

use super::{Keys, recent};

/// Orders per transaction.
const BATCH: usize = 500;

/// Past negotiations by the demo's numbers.
pub(super) type Negotiations = HashMap<String, NegotiationId>;

/// Writes the closed negotiations, each with the order that used it.
pub(super) async fn negotiations(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys) -> Outcome<Negotiations> {
    let used: HashMap<String, String> = demo
        .orders()
        .flat_map(|order| {
            order
                .lines
                .into_iter()
                .filter_map(|line| line.negotiation)
                .map(move |n| (n, order.number.clone()))
                .collect::<Vec<_>>()
        })
        .collect();
    let past = demo.negotiations.iter().map(|n| past_negotiation(n, keys, &used)).collect::<Outcome<Vec<_>>>()?;
    let past = &past;
    let ids = db.write(|tx| async move { import_many(&tx, ctx, past).await }).await?;
    Ok(demo.negotiations.iter().map(|n| n.case.number.clone()).zip(ids).collect())
}

fn past_negotiation(
    n: &demo_data::Negotiation,
    keys: &Keys,
    used: &HashMap<String, String>,
) -> Outcome<PastNegotiation> {
    let case = &n.case;
    let rep = Keys::find(&keys.people, &case.rep.to_string())?;
    let offer = |o: &demo_data::Offer| PastOffer {
        quantity: o.quantity,
        price: o.price,
        payment_days: i64::from(o.payment_days),
        made_by: o.by_rep.then_some(rep),
    };
    let rounds = case.rounds.iter().map(|round| PastRound {
        at: round.asked_at,
        quantity: round.quantity,
        price: round.price,
        offers: round.offers.iter().map(offer).collect(),
    });
    Ok(PastNegotiation {
        company: Keys::find(&keys.companies, &case.company.to_owned())?,
        unit: None,
        person: Keys::find(&keys.people, &case.buyer.to_string())?,
        product: Keys::find(&keys.products, &case.sku.to_string())?,
        list_price: case.list_price,
        payment_days: i64::from(case.payment_days),
        rounds: rounds.collect(),
        competitor: competitor(case),
        need_by: case.need_by,
        comment: case.comment.into(),
        state: match n.ending {
            Ending::AgreedAtOnce | Ending::OfferTaken | Ending::RepApproved | Ending::RepCounterTaken => State::Agreed,
            Ending::Rejected(_) => State::Declined,
            Ending::RepCounterLapsed | Ending::Expired => State::Expired,
            Ending::Abandoned => State::Withdrawn,
        },
        closed_at: n.closed_at,
        agreed: n.agreed.as_ref().map(offer),
        order_number: used.get(&case.number).cloned(),
        decision: decision(n, rep),
    })
}

fn competitor(case: &Case) -> Option<Competitor> {
    let cited = case.competitor.as_ref()?;
    Some(Competitor { name: cited.name.into(), price: Some(cited.price), note: String::new() })
}

fn decision(n: &demo_data::Negotiation, person: UserId) -> Option<PastDecision> {
    let (kind, reason) = match n.ending {
        Ending::RepApproved => ("approval", None),
        Ending::RepCounterTaken | Ending::RepCounterLapsed => ("counteroffer", None),
        Ending::Rejected(reason) => ("rejection", Some(reason.code().to_owned())),
        _ => return None,
    };
    Some(PastDecision { person, kind, reason, rationale: n.rationale.into(), at: n.closed_at })
}

/// Writes the orders.
pub(super) async fn orders(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys, deals: &Negotiations) -> Outcome<()> {
    let names: HashMap<&str, &str> = demo.products.iter().map(|p| (p.sku.as_str(), &*p.name.en)).collect();
    let companies: HashMap<&str, &demo_data::Company> = demo.companies.iter().map(|c| (c.number, c)).collect();
    let country = &demo.merchant.address.country;
    let mut batch = Vec::with_capacity(BATCH);
    for order in demo.orders() {
        let past = past_order(&order, companies[order.company], country, keys, deals, &names)?;
        batch.push(past);
        if batch.len() == BATCH {
            write_orders(db, ctx, &batch).await?;
            batch.clear();
        }
    }
    write_orders(db, ctx, &batch).await
}

async fn write_orders(db: &Db, ctx: &Ctx, batch: &[PastOrder]) -> Outcome<()> {
    if batch.is_empty() {
        return Ok(());
    }
    db.write(|tx| async move { orders::import_many(&tx, ctx, batch).await }).await.map(|_| ())
}

fn past_order(
    order: &DemoOrder,
    company: &demo_data::Company,
    home: &kernel::Country,
    keys: &Keys,
    deals: &Negotiations,
    names: &HashMap<&str, &str>,
) -> Outcome<PastOrder> {
    let address = |fits: &dyn Fn(&demo_data::CompanyAddress) -> bool| {
        company.addresses.iter().find(|a| fits(a)).map(|a| OrderAddress {
            name: a.address.name.to_string(),
            street: a.address.street.to_string(),
            postal_code: a.address.postal_code.to_string(),
            city: a.address.city.to_string(),
            country: a.address.country.clone(),
        })
    };
    let lines = order.lines.iter().map(|line| {
        Ok(PastLine {
            product: Keys::find(&keys.products, &line.sku.to_string())?,
            sku: line.sku.to_string(),
            name: names.get(line.sku.as_str()).copied().unwrap_or_default().to_owned(),
            quantity: line.quantity,
            price: line.price,
            list_price: line.list_price,
            price_lists: line.price_list.iter().map(ToString::to_string).collect(),
            negotiation: line.negotiation.as_ref().and_then(|number| deals.get(number)).copied(),
            offer: None,
        })
    });
    let ship_to = address(&|a| a.code == order.ship_to);
    let (country, postal_code) = match &ship_to {
        Some(to) => (to.country.clone(), to.postal_code.clone()),
        None => (company.country.clone(), String::new()),
    };
    let seat = tax::Seat { country: home.clone(), rate: kernel::Rate::percent(23) };
    let journey = tax::Journey { country, postal_code, is_collected: false };
    Ok(PastOrder {
        number: order.number.clone(),
        company: Keys::find(&keys.companies, &order.company.to_owned())?,
        unit: keys.units.get(&(order.company.to_owned(), order.unit.to_owned())).copied(),
        person: Some(Keys::find(&keys.people, &order.buyer.to_string())?),
        state: match order.state {
            demo_data::OrderState::Open => OrderState::Open,
            demo_data::OrderState::Shipped => OrderState::Shipped,
            demo_data::OrderState::Completed => OrderState::Completed,
            demo_data::OrderState::Cancelled => OrderState::Cancelled,
        },
        currency: company.currency,
        payment_days: i64::from(order.payment_days),
        po_number: order.po_number.clone(),
        requested_on: order.requested,
        ship_to,
        bill_to: address(&|a| a.is_billing),
        tax_rule: tax::rule(&seat, &journey, tax::Proof::Confirmed(&company.vat_id)).rule,
        placed_at: order.placed,
        lines: lines.collect::<Outcome<_>>()?,
    })
}

/// An order that used a deal, at the deal's prices.
pub(super) fn of_deal(
    demo: &DemoCompany,
    order: &DemoOrder,
    keys: &Keys,
    (negotiation, offer): (NegotiationId, OfferId),
    agreed: &negotiation_engine::Terms,
) -> Outcome<PastOrder> {
    let company = demo.companies.iter().find(|company| company.number == order.company);
    let company = company.ok_or_else(|| Fault::new(format!("the order {} is nobody's", order.number)))?;
    let names: HashMap<&str, &str> = demo.products.iter().map(|p| (p.sku.as_str(), &*p.name.en)).collect();
    let country = &demo.merchant.address.country;
    let mut past = past_order(order, company, country, keys, &Negotiations::new(), &names)?;
    for line in &mut past.lines {
        (line.negotiation, line.offer) = (Some(negotiation), Some(offer));
        if let Some(terms) = agreed.lines.iter().find(|terms| terms.product == line.product) {
            line.price = terms.price;
        }
    }
    Ok(past)
}

/// Plays the open cases through the real engine, at times before now, until they wait on the desk.
pub(super) async fn open_negotiations(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys) -> Outcome<()> {
    for open in &demo.open_negotiations {
        let handed_over = ctx.now.plus(-open.escalated_minutes_ago * Instant::MINUTE);
        match play(db, ctx, keys, &open.case, handed_over).await {
            // The engine may agree at once, or the account's own limits may forbid another round: then there is no case.
            Ok(()) | Err(Failure::Refused(_)) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(())
}

async fn play(db: &Db, ctx: &Ctx, keys: &Keys, case: &Case, handed_over: Instant) -> Outcome<()> {
    let actor = recent::buyer(ctx, keys, case.company, &case.buyer, handed_over)?.actor;
    let product = Keys::find(&keys.products, &case.sku.to_string())?;
    let mut id = None;
    for (round, ago) in case.rounds.iter().zip((1..=case.rounds.len()).rev()) {
        let minutes = i64::try_from(ago).unwrap_or(1) * 20;
        let then = &Ctx { now: handed_over.plus(-minutes * Instant::MINUTE), ..ctx.acting_as(actor.clone()) };
        let ask = &Ask {
            competitor: competitor(case),
            need_by: case.need_by,
            comment: case.comment.into(),
            ..Ask::of(vec![AskLine { product, quantity: round.quantity, price: round.price }])
        };
        id = Some(db.write(|tx| async move { requests::open(&tx, then, ask).await }).await?);
    }
    let Some(id) = id else { return Ok(()) };
    let then = &Ctx { now: handed_over, ..ctx.acting_as(actor) };
    db.write(|tx| async move { requests::hand_to_rep(&tx, then, id).await }).await
}
