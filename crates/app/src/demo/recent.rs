//! What goes on just now, played through the real engine and the same actions that people use.

use db::Db;
use demo_data::{Asked, Counts, DemoCompany, Over, Reaction, Running, SupplierAgreement};
use desk::cases::{self, Approval};
use desk::suppliers::agreements;
use kernel::{Actor, AgreementId, Ctx, Failure, Fault, Instant, NegotiationId, OfferId, Outcome, Role, Roles, Via};
use negotiation::negotiations::{Negotiation, State, queries};
use negotiation::offers;
use negotiation::requests::actions as requests;
use negotiation::requests::{Ask, AskLine};
use negotiation_engine::{Commitment, Extras, Policy, Rebate};
use ordering::orders::{self, PastOrder};
use results::learning;
use terms::agreements::{Agreement, Basis, Period, Step};
use terms::costs::DealCosts;
use terms::profiles;

use super::{Keys, trade};

/// Negotiations that are learnt from in one transaction.
const LEARN_BATCH: i64 = 100;

/// What serving a deal costs, freight charge included, and what suppliers pay back: known before anything is decided.
pub(super) async fn conditions(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys) -> Outcome<()> {
    let recent = &demo.recent;
    let agreements = recent.agreements.iter().map(|of| agreement(of, demo, keys)).collect::<Outcome<Vec<_>>>()?;
    let agreements = &agreements;
    let costs = recent.freight.map(|freight| DealCosts {
        freight_charge: freight.charge,
        freight_free_from: freight.free_from,
        ..DealCosts::STANDARD
    });
    db.write(|tx| async move {
        if let Some(costs) = &costs {
            terms::cost_model::actions::set(&tx, ctx, costs).await?;
        }
        for agreement in agreements {
            agreements::actions::create(&tx, ctx, agreement).await?;
        }
        Ok(())
    })
    .await
}

fn agreement(of: &SupplierAgreement, demo: &DemoCompany, keys: &Keys) -> Outcome<Agreement> {
    let product = demo.products.iter().find(|product| product.sku == of.sku);
    let product =
        product.ok_or_else(|| Fault::new(format!("the demo data agree about {}, which is not there", of.sku)))?;
    let period = Period::parse(of.period);
    Ok(Agreement {
        // Given by the action.
        id: AgreementId::from_uuid(Default::default()),
        supplier: of.supplier.to_owned(),
        product: Some(Keys::find(&keys.products, &of.sku.to_string())?),
        brand: None,
        basis: match of.counts {
            Counts::Quantity => Basis::Quantity,
            Counts::Amount => Basis::Amount,
        },
        unit: product.packing.unit,
        currency: demo.merchant.currency,
        period: period.ok_or_else(|| Fault::new(format!("the demo data name the period {:?}", of.period)))?,
        valid_from: of.valid_from,
        valid_until: of.valid_until,
        bought: of.bought,
        bought_on: of.bought_on,
        steps: of.steps.iter().map(|(reaches, per_unit)| Step { reaches: *reaches, per_unit: *per_unit }).collect(),
        version: 0,
    })
}

/// Plays the last weeks: deals that run, and negotiations with their endings; then learns from what was taken.
pub(super) async fn play(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys) -> Outcome<()> {
    // Rebates are for growth over a year that must be known.
    db.write(|tx| async move { profiles::actions::recompute(&tx, ctx).await }).await?;
    for running in &demo.recent.running {
        run(db, demo, ctx, keys, running).await?;
    }
    for asked in &demo.recent.asked {
        may_be_refused(end(db, ctx, keys, asked).await)?;
    }
    while db.write(|tx| async move { learning::actions::learn(&tx, LEARN_BATCH, ctx.now).await }).await? == LEARN_BATCH
    {
    }
    Ok(())
}

/// The engine may decide otherwise than the demo's author thought: then that part of the story is missing.
pub(super) fn may_be_refused(outcome: Outcome<()>) -> Outcome<()> {
    match outcome {
        Err(Failure::Refused(_)) => Ok(()),
        other => other,
    }
}

/// The buyer as the one who acts, at a moment.
pub(super) fn buyer(ctx: &Ctx, keys: &Keys, company: &str, person: &kernel::Email, now: Instant) -> Outcome<Ctx> {
    let actor = Actor {
        user: Some(Keys::find(&keys.people, &person.to_string())?),
        company: Some(Keys::find(&keys.companies, &company.to_owned())?),
        unit: None,
        roles: Roles::from_iter([Role::Buyer]),
        via: Via::Page,
    };
    Ok(Ctx { now, ..ctx.acting_as(actor) })
}

/// A sales rep as the one who acts, at a moment.
pub(super) fn rep(ctx: &Ctx, keys: &Keys, person: &kernel::Email, now: Instant) -> Outcome<Ctx> {
    let actor = Actor {
        user: Some(Keys::find(&keys.people, &person.to_string())?),
        company: None,
        unit: None,
        roles: Roles::from_iter([Role::SalesRep]),
        via: Via::Page,
    };
    Ok(Ctx { now, ..ctx.acting_as(actor) })
}

fn ask_of(asked: &Asked, keys: &Keys, price: kernel::UnitPrice) -> Outcome<Ask> {
    let product = Keys::find(&keys.products, &asked.sku.to_string())?;
    Ok(Ask::of(vec![AskLine { product, quantity: asked.quantity, price }]))
}

async fn open(db: &Db, ctx: &Ctx, ask: &Ask) -> Outcome<Negotiation> {
    let id = db.write(|tx| async move { requests::open(&tx, ctx, ask).await }).await?;
    load(db, ctx, id).await
}

async fn load(db: &Db, ctx: &Ctx, id: NegotiationId) -> Outcome<Negotiation> {
    queries::negotiation(&db.read().await?, &ctx.actor, id).await
}

/// Asks, and does with the answer what the buyer does.
async fn end(db: &Db, ctx: &Ctx, keys: &Keys, asked: &Asked) -> Outcome<()> {
    let at = |minutes: i64| buyer(ctx, keys, asked.company, &asked.buyer, asked.at.plus(minutes * Instant::MINUTE));
    let mut n = open(db, &at(0)?, &ask_of(asked, keys, asked.price)?).await?;
    if matches!(asked.reaction, Reaction::AsksOnce(_)) && n.stored_state == State::Offered {
        n = open(db, &at(15)?, &ask_of(asked, keys, asked.second_price)?).await?;
    }
    if n.stored_state == State::Waiting {
        decide(db, &rep(ctx, keys, &asked.rep, asked.at.plus(50 * Instant::MINUTE))?, &n).await?;
        n = load(db, &at(55)?, n.id).await?;
    }
    let (id, later) = (n.id, &at(90)?);
    match asked.reaction {
        _ if n.stored_state == State::Agreed => Ok(()),
        Reaction::Takes(levers) | Reaction::AsksOnce(levers) if n.stored_state == State::Offered => {
            let Some(offer) = preferred(&n, later.now, levers) else { return Ok(()) };
            db.write(|tx| async move { requests::take(&tx, later, id, offer).await }).await.map(|_| ())
        }
        Reaction::Leaves if n.stored_state == State::Offered => {
            let ends = n.expires_at.filter(|ends| *ends < ctx.now).unwrap_or(ctx.now);
            let then = &Ctx { now: ends, ..ctx.clone() };
            db.write(|tx| async move { requests::expire(&tx, then, id).await }).await
        }
        _ => db.write(|tx| async move { requests::withdraw(&tx, later, id).await }).await,
    }
}

/// The rep sends the first suggestion that lies within the own authority.
async fn decide(db: &Db, rep: &Ctx, n: &Negotiation) -> Outcome<()> {
    for suggested in n.offers.iter().filter(|row| row.state == offers::OfferState::Suggested) {
        let approval = &Approval {
            version: n.version,
            offer: Some(suggested.id),
            rationale: "Within what the shop suggests; the customer comes back every quarter.".into(),
            ..Approval::default()
        };
        match db.write(|tx| async move { cases::actions::approve(&tx, rep, n.id, approval).await }).await {
            Err(Failure::Refused(_)) => {}
            other => return other,
        }
    }
    Ok(())
}

fn preferred(n: &Negotiation, now: Instant, levers: &[&str]) -> Option<OfferId> {
    let wanted = levers.iter().find_map(|lever| n.standing(now).find(|row| row.offer.lever.code() == *lever));
    wanted.or_else(|| n.standing(now).next()).map(|row| row.id)
}

/// Agrees a deal that runs over months, and writes the orders that used it.
async fn run(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys, running: &Running) -> Outcome<()> {
    let asked = &running.asked;
    let then = &buyer(ctx, keys, asked.company, &asked.buyer, asked.at)?;
    let ask = &Ask { extras: extras(db, then, running.over).await?, ..ask_of(asked, keys, asked.price)? };
    let n = open(db, then, ask).await?;
    let is_wanted = |extras: &Extras| match running.over {
        Over::Commitment { .. } => extras.commitment.is_some(),
        Over::Rebate { .. } => extras.rebate.is_some(),
    };
    let Reaction::Takes(levers) = asked.reaction else { return Ok(()) };
    let chosen = n.agreed().map(|row| row.id).or_else(|| preferred(&n, then.now, levers));
    let offer = n.offers.iter().find(|row| Some(row.id) == chosen);
    let Some(row) = offer.filter(|row| is_wanted(&row.offer.terms.extras)) else {
        return db.write(|tx| async move { requests::withdraw(&tx, then, n.id).await }).await;
    };
    let (id, offer, terms) = (n.id, row.id, &row.offer.terms);
    db.write(|tx| async move { requests::take(&tx, then, id, offer).await }).await?;
    for order in &running.orders {
        let at = &Ctx { now: order.placed, ..then.clone() };
        let past = &trade::of_deal(demo, order, keys, (id, offer), terms)?;
        db.write(|tx| async move { use_offer(&tx, ctx, at, offer, past).await }).await?;
    }
    Ok(())
}

async fn use_offer(tx: &db::WriteTx, ctx: &Ctx, at: &Ctx, offer: OfferId, order: &PastOrder) -> Outcome<()> {
    let lines: Vec<_> = order.lines.iter().map(|line| (line.product, line.quantity)).collect();
    orders::import_many(tx, ctx, std::slice::from_ref(order)).await?;
    offers::actions::mark_used(tx, at, offer, &order.number, &lines).await
}

/// What the deal is about. A rebate is the seller's to offer: it is what the policy gives for growth over the year before.
async fn extras(db: &Db, then: &Ctx, over: Over) -> Outcome<Extras> {
    match over {
        Over::Commitment { months, times } => {
            Ok(Extras { commitment: Some(Commitment { months, times }), ..Extras::default() })
        }
        Over::Rebate { months } => {
            let Some(row) = Policy::complete().rebate.and_then(|lever| lever.rows.first().cloned()) else {
                return Ok(Extras::default());
            };
            let known = profiles::queries::profile(&db.read().await?, then.actor.company()?).await?;
            let Some(year) = known.map(|known| known.revenue) else { return Ok(Extras::default()) };
            // A cent more than the policy asks for, so that no rounding stands in the way.
            let growth = year.portion(row.growth, kernel::Rounding::Up)?.minor() + 1;
            let turnover = kernel::Amount::new(year.minor() + growth, year.currency());
            Ok(Extras { rebate: Some(Rebate { rate: row.rate, turnover, months }), ..Extras::default() })
        }
    }
}
