//! Working out hints. Nothing is written.

use db::ReadTx;
use kernel::{CompanyId, Date, Instant, NegotiationId, Outcome};
use negotiation_engine::{self as engine, Answer, DeclineReason, Lever, ListTerms, Offer, Request};
use terms::freight;

use super::Hint;
use crate::refusals::NegotiationRefusal;
use crate::requests::Ask;
use crate::requests::situation::{self, Asking, Situation};

/// Who is looking, and when.
#[derive(Debug, Clone, Copy)]
pub struct Looking {
    /// The company.
    pub company: CompanyId,
    /// The moment.
    pub now: Instant,
    /// The merchant's day.
    pub today: Date,
}

/// The offers that can be taken without asking, for what the buyer has in hand; prices in `basis` are not looked at. One line
/// gets its steps of volume first.
///
/// # Errors
/// Not found for products that are not there; [`NegotiationRefusal::NotNegotiable`].
pub async fn hints(tx: &ReadTx, looking: Looking, basis: &Ask) -> Outcome<Vec<Hint>> {
    let situation = load(tx, looking, basis).await?;
    let list = &situation.position.list;
    let (in_hand, _) = situation::values(list, &situation.request.terms)?;
    let hint = |offer: Offer| Hint {
        saving: offer.saving.plus(freight::spared(&offer, list.freight)).unwrap_or(offer.saving),
        freight: freight::reached(&offer, in_hand, list.freight),
        offer,
    };
    let mut found: Vec<Hint> = of(&situation, looking.now).into_iter().map(hint).collect();
    // Steps of volume stay a ladder; behind them, what saves most comes first, now that freight is counted.
    let ladder = found.iter().take_while(|hint| is_step(&hint.offer)).count();
    found[ladder..].sort_by_key(|hint| std::cmp::Reverse(hint.saving.minor().saturating_add(hint.freight.minor())));
    Ok(found)
}

/// Whether an offer is one step of the volume of one product.
pub(super) fn is_step(offer: &Offer) -> bool {
    offer.lever == Lever::Volume && offer.terms.lines.len() == 1
}

pub(super) async fn load(tx: &ReadTx, looking: Looking, basis: &Ask) -> Outcome<Situation> {
    let Looking { company, now, today } = looking;
    // A negotiation that does not exist: nothing of the company's others is left out.
    let id = NegotiationId::from_uuid(uuid::Uuid::nil());
    situation::load(tx, Asking::new(company, id, now, today), basis).await
}

/// The hints of a situation: none for those who may not negotiate, where too much is open, and where a person decides.
pub(super) fn of(situation: &Situation, now: Instant) -> Vec<Offer> {
    let Situation { policy, position, history, request, .. } = situation;
    let policy = &policy.policy;
    let customer = &position.customer;
    let open_max = policy.eligibility.open_max;
    if customer.blocked || customer.credit_hold || history.open > open_max || !may_negotiate(situation, now) {
        return Vec::new();
    }
    let mut offers = match request.terms.lines.len() {
        1 => engine::volume_steps(policy, position, history, &request.terms, now),
        _ => Vec::new(),
    };
    let has_volume = !offers.is_empty();
    let savings = engine::savings(policy, position, history, &request.terms, now);
    // Another product is looked at on its own page; it is not taken from here.
    let others = savings.into_iter().filter(|offer| offer.lever != Lever::Alternative);
    offers.extend(others.filter(|offer| !(has_volume && offer.lever == Lever::Volume)));
    offers.retain(|offer| !undercuts(&position.list, request, offer));
    offers
}

/// Whether an offer for one product is cheaper than a step of the list that begins above its quantity. Nobody would order
/// so much for more: the list stands beside the hints, and must be worth reaching.
fn undercuts(list: &ListTerms, request: &Request, offer: &Offer) -> bool {
    let [asked] = request.terms.lines.as_slice() else { return false };
    let Some(own) = list.lines.iter().find(|line| line.product == asked.product) else { return false };
    let lines = offer.terms.lines.iter().filter(|line| line.product == asked.product);
    lines.into_iter().any(|line| {
        let larger = own.tiers.iter().filter(|tier| tier.from.thousandths() > line.quantity.thousandths());
        larger.into_iter().any(|tier| line.price.micros() < tier.price.micros())
    })
}

/// Whether the engine would talk about these lines at all: whoever would be declined, or sent to a person for size or rule,
/// gets no hints.
fn may_negotiate(situation: &Situation, now: Instant) -> bool {
    let Situation { policy, position, history, request, .. } = situation;
    let mut asked = request.clone();
    for (line, list) in asked.terms.lines.iter_mut().zip(&position.list.lines) {
        let Some(price) = list.price_at(line.quantity) else { return false };
        // Hardly less than the list price: eligible or not is all that this asks.
        line.price = kernel::UnitPrice::new((price.micros() - 1).max(1), price.currency());
    }
    let decision = engine::decide(&policy.policy, position, history, &asked, now, 0);
    match decision.outcome {
        Answer::Accept(_) | Answer::Counter(_) => true,
        Answer::Decline { reason, .. } => reason == DeclineReason::NothingBetter,
        Answer::Escalate(_) => false,
    }
}

pub(super) const GONE: NegotiationRefusal = NegotiationRefusal::OfferNotStanding;
