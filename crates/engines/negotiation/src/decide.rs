//! One decision, from request to answer. The order of the checks is the precedence of the answers; see
//! [`crate::EscalateReason`] and [`crate::DeclineReason`].
//!
//! 1. An offer that stands and is taken is agreed, whatever else has changed.
//! 2. Inputs that do not belong together, or a policy that contradicts itself, go to a person.
//! 3. Quantities that cannot be ordered are declined, with the nearest that can.
//! 4. A buyer who wants a person gets one.
//! 5. Who asks for no more than the list terms gets them.
//! 6. Not eligible: declined, the list terms stand.
//! 7. No known cost, or an outlier in deal size or discount: a person.
//!    Nor does the engine speak where a person of the seller has made an offer, unless the policy says so; then it goes on, and
//!    never below that offer.
//! 8. Supported by profit and fairness: agreed, within the budget of concessions.
//! 9. No round left: a person.
//! 10. Otherwise the levers trade. Far out of reach of the best of them, and worth it: a person. Nothing to offer: no.

use kernel::{Amount, Instant, Rate, UnitPrice};

use crate::{
    answer::{concession_left, list_offer, offer},
    case::{Case, Unknown},
    choose::{Choice, choose},
    decision::{Answer, Decision, DeclineReason, EscalateReason, Escalation, Route},
    evaluate::{Waterfall, waterfall},
    facts::{DealFacts, LineFacts},
    offer::{Lever, Offer, covers},
    person::is_below,
    policy::{AfterPerson, Applied, Authority, Policy},
    position::{History, Position},
    route::{deal_value, route},
    terms::{Extras, Request},
    trace::{Dropped, Entry, Trace},
};

/// Answers a request. Pure: the same arguments give the same decision; `seed` breaks ties and nothing else.
pub fn decide(
    policy: &Policy,
    position: &Position,
    history: &History,
    request: &Request,
    now: Instant,
    seed: u64,
) -> Decision {
    let applied = policy.applied_to(position, request);
    let question = Question { position, history, request, now, seed };
    answer(policy, Applied { policy: &applied, is_checked: false }, &question)
}

/// What a decision depends on beside the policy.
pub(crate) struct Question<'q> {
    pub(crate) position: &'q Position,
    pub(crate) history: &'q History,
    pub(crate) request: &'q Request,
    pub(crate) now: Instant,
    pub(crate) seed: u64,
}

/// Decides by what applies of a policy.
pub(crate) fn answer(policy: &Policy, applied: Applied<'_>, question: &Question<'_>) -> Decision {
    let Question { position, history, request, now, seed } = *question;
    let mut trace = Trace::for_lines(request.terms.lines.len());
    trace.note(Entry::Policy { version: policy.version, at: now, seed: seed.to_string() });
    if let Some(price) = request.competitor_price {
        trace.note(Entry::Competitor { price });
    }
    let outcome = match taken(position, history, request, now) {
        Some(offer) => {
            trace.note(Entry::StandingTaken { lever: offer.lever });
            Answer::Accept(offer)
        }
        None => match Case::new(applied, position, history, request, now) {
            Ok(case) => Turn { case: &case, policy, history, request, now, seed, trace: &mut trace }.answer(),
            Err(unknown) => unanswerable(policy, position, history, unknown, now),
        },
    };
    note_outcome(&outcome, &mut trace);
    let round = u32::try_from(history.rounds.len()).unwrap_or(u32::MAX).saturating_add(1);
    Decision { outcome, round, trace }
}

/// Whether nothing of the policy's eligibility speaks against the request.
pub(crate) fn is_eligible(policy: &Policy, applied: Applied<'_>, question: &Question<'_>) -> bool {
    let Question { position, history, request, now, seed } = *question;
    let mut trace = Trace::for_lines(request.terms.lines.len());
    let Ok(case) = Case::new(applied, position, history, request, now) else { return true };
    let turn = Turn { case: &case, policy, history, request, now, seed, trace: &mut trace };
    turn.not_eligible().is_none()
}

/// The standing offer that the request takes: it covers the request, whose prices are no lower. Further quantity within
/// the offer's reach is part of it, if it can be ordered.
fn taken(position: &Position, history: &History, request: &Request, now: Instant) -> Option<Offer> {
    let asked = &request.terms;
    let takes = |offer: &&Offer| {
        let pays = offer.terms.lines.iter().all(|line| {
            let asked = asked.lines.iter().find(|asked| asked.product == line.product);
            asked.is_some_and(|asked| {
                let exactly = asked.quantity == line.quantity;
                let list = position.list.lines.iter().find(|list| list.product == line.product);
                let orderable = list.is_some_and(|list| is_orderable(list.packing, asked.quantity));
                asked.price.currency() == line.price.currency()
                    && asked.price.micros() >= line.price.micros()
                    && (exactly || orderable)
            })
        });
        !request.person && pays && covers(offer, asked, now)
    };
    let cost_to_buyer = |offer: &&Offer| -> i128 {
        let lines = offer.terms.lines.iter().zip(&asked.lines);
        lines.map(|(line, asked)| i128::from(line.price.micros()) * i128::from(asked.quantity.thousandths())).sum()
    };
    let offer = history.standing.iter().filter(takes).min_by_key(cost_to_buyer)?;
    let mut offer = offer.clone();
    for line in &mut offer.terms.lines {
        let asked = asked.lines.iter().find(|asked| asked.product == line.product);
        line.quantity = asked.map_or(line.quantity, |asked| asked.quantity);
    }
    Some(offer)
}

fn is_orderable(packing: kernel::Packing, quantity: kernel::Quantity) -> bool {
    packing.step > 0 && packing.check(quantity).is_ok()
}

/// Inputs that the engine cannot make sense of go to the highest authority with what stands.
fn unanswerable(policy: &Policy, position: &Position, history: &History, unknown: Unknown, now: Instant) -> Answer {
    let reason = if unknown == Unknown::Policy { EscalateReason::Policy } else { EscalateReason::Inputs };
    let answer_minutes = policy.routing.answer_minutes;
    let answer_by = now.plus(i64::from(answer_minutes).saturating_mul(Instant::MINUTE));
    let route = Route { authority: Authority::PricingManager, answer_by, answer_minutes, impact: None };
    let of_currency = |offer: &&Offer| now < offer.expires && offer.saving.currency() == position.list.currency;
    Answer::Escalate(Escalation {
        reason,
        route,
        suggested: history.standing.iter().filter(of_currency).take(3).cloned().collect(),
    })
}

fn note_outcome(outcome: &Answer, trace: &mut Trace) {
    match outcome {
        Answer::Accept(offer) => trace.note(Entry::Accepted { lever: offer.lever }),
        Answer::Counter(_) => {}
        Answer::Escalate(escalation) => trace.note(Entry::Escalated { reason: escalation.reason.code() }),
        Answer::Decline { reason, .. } => trace.note(Entry::Declined { reason: reason.code() }),
    }
}

/// One request being answered.
struct Turn<'t, 'a> {
    case: &'t Case<'a>,
    /// The whole policy, where the case has the levers of a section.
    policy: &'t Policy,
    history: &'t History,
    request: &'t Request,
    now: Instant,
    seed: u64,
    trace: &'t mut Trace,
}

impl Turn<'_, '_> {
    fn answer(mut self) -> Answer {
        self.note_start();
        if !self.is_orderable() {
            return self.decline(DeclineReason::Quantity);
        }
        if self.request.person {
            return self.escalate(EscalateReason::Person);
        }
        if self.list_suffices() {
            self.trace.note(Entry::ListSuffices {});
            return Answer::Accept(self.list_offer());
        }
        if let Some(reason) = self.not_eligible() {
            return self.decline(reason);
        }
        if let Some(reason) = self.for_a_person() {
            return self.escalate(reason);
        }
        if self.waits_for_the_person() {
            return self.escalate(EscalateReason::Countered);
        }
        if let Some(answer) = self.agree() {
            return answer;
        }
        if self.case.round > self.case.policy.tactic.rounds_max {
            return self.escalate(EscalateReason::Rounds);
        }
        self.trade()
    }

    fn is_orderable(&self) -> bool {
        let lists = self.case.position.list.lines.iter();
        self.request.terms.lines.iter().zip(lists).all(|(asked, list)| is_orderable(list.packing, asked.quantity))
    }

    /// Whether list prices and default payment give all that is asked.
    fn list_suffices(&self) -> bool {
        let lines = self.case.lines.iter();
        self.case.asked.days <= self.case.position.list.payment_days
            && self.case.asked.extras == Extras::default()
            && lines.clone().all(|l| l.price >= l.list(l.asked))
    }

    fn not_eligible(&self) -> Option<DeclineReason> {
        let (case, customer) = (self.case, &self.case.position.customer);
        let rules = &case.policy.eligibility;
        let allowed = rules.segments.is_empty() || rules.segments.contains(&customer.segment);
        if customer.blocked || !allowed || rules.segments_blocked.contains(&customer.segment) {
            return Some(DeclineReason::Customer);
        }
        if customer.credit_hold {
            return Some(DeclineReason::Credit);
        }
        if case.position.lines.iter().any(|line| rules.classes_blocked.contains(&line.class)) {
            return Some(DeclineReason::Product);
        }
        if deal_value(case).minor() < rules.deal_min.minor() {
            return Some(DeclineReason::DealTooSmall);
        }
        if let Some(reason) = self.not_by_condition() {
            return Some(reason);
        }
        (self.history.open > rules.open_max).then_some(DeclineReason::TooManyOpen)
    }

    /// Whether customer and deal, and every product, meet the conditions.
    fn not_by_condition(&self) -> Option<DeclineReason> {
        let (case, rules) = (self.case, &self.case.policy.eligibility);
        if rules.customers.as_ref().is_some_and(|condition| !condition.is_met(&self.deal_facts())) {
            return Some(DeclineReason::Customer);
        }
        let products = rules.products.as_ref()?;
        let lists = case.position.list.lines.iter().zip(&self.request.terms.lines);
        let mut lines = case.position.lines.iter().zip(lists);
        let met = lines.all(|(line, (list, asked))| {
            let list_price = list.price_at(asked.quantity);
            products.is_met(&LineFacts { customer: &case.position.customer, line, list_price })
        });
        (!met).then_some(DeclineReason::Product)
    }

    fn deal_facts(&self) -> DealFacts<'_> {
        DealFacts::of(self.case.policy.currency, self.case.position, self.request)
    }

    fn for_a_person(&self) -> Option<EscalateReason> {
        let (case, limits) = (self.case, &self.case.policy.limits);
        if !case.cost_known {
            return Some(EscalateReason::NoCost);
        }
        if case.policy.eligibility.person.as_ref().is_some_and(|condition| condition.is_met(&self.deal_facts())) {
            return Some(EscalateReason::Rule);
        }
        if limits.deal_max.is_some_and(|max| deal_value(case).minor() > max.minor()) {
            return Some(EscalateReason::DealSize);
        }
        let asks_too_much = case.lines.iter().any(|line| {
            let list = UnitPrice::new(line.list(line.asked), case.currency);
            UnitPrice::new(line.price, case.currency).discount_from(list) > limits.discount_max
        });
        asks_too_much.then_some(EscalateReason::Discount)
    }

    /// Agreed when both conditions hold, unless the budget is used up.
    fn agree(&mut self) -> Option<Answer> {
        let ask = self.case.ask();
        let (profit, fairness) = self.case.conditions(&ask).unwrap_or((false, false));
        let word = |holds: bool| if holds { "holds" } else { "fails" };
        self.trace.note(Entry::Supported { profit: word(profit), fairness: word(fairness) });
        if !(profit && fairness) {
            return None;
        }
        if let Some((concession, left)) = concession_left(self.case, self.history, &ask) {
            let currency = self.case.policy.currency;
            let (concession, left) = (Amount::new(concession, currency), Amount::new(left, currency));
            self.trace.note(Entry::Budget { concession, left });
            if concession.minor() > left.minor() {
                return Some(self.escalate(EscalateReason::Budget));
            }
        }
        let granted = offer(self.case, Lever::Plain, &ask, self.now);
        if is_below(&granted.terms, &self.history.by_person) {
            return Some(self.escalate(EscalateReason::Countered));
        }
        Some(Answer::Accept(granted))
    }

    /// Whether a person has made an offer, and the policy leaves what follows to that person.
    fn waits_for_the_person(&self) -> bool {
        !self.history.by_person.is_empty() && self.case.policy.routing.after_person == AfterPerson::Person
    }

    fn trade(&mut self) -> Answer {
        let choice = self.choose();
        let far = choice.gap.is_none_or(|gap| gap > self.case.policy.limits.far.ppm());
        if far && self.is_worth_it(choice.gap) {
            let reason = if choice.budget_hit && choice.offers.is_empty() {
                EscalateReason::Budget
            } else {
                EscalateReason::OutOfReach
            };
            return self.escalate_with(reason, choice.offers);
        }
        if choice.offers.is_empty() {
            return self.decline(DeclineReason::NothingBetter);
        }
        let (below, kept): (Vec<Offer>, Vec<Offer>) =
            choice.offers.into_iter().partition(|offer| is_below(&offer.terms, &self.history.by_person));
        for offer in &below {
            self.trace.note(Entry::LeverDropped { lever: offer.lever, why: Dropped::Person });
        }
        if kept.is_empty() { self.escalate_with(EscalateReason::Countered, below) } else { Answer::Counter(kept) }
    }

    fn is_worth_it(&mut self, gap: Option<i64>) -> bool {
        let limits = &self.case.policy.limits;
        let (deal, revenue) = (deal_value(self.case), self.case.position.customer.revenue);
        let gap = Rate::from_ppm(gap.unwrap_or(i64::MAX));
        self.trace.note(Entry::FarOff { gap, far: limits.far, deal, revenue });
        deal.minor() >= limits.worth_deal.minor() || revenue.minor() >= limits.worth_customer.minor()
    }

    fn choose(&mut self) -> Choice {
        choose(self.case, self.history, self.now, self.seed, self.trace)
    }

    fn escalate(&mut self, reason: EscalateReason) -> Answer {
        let suggested = if self.case.cost_known { self.choose().offers } else { Vec::new() };
        self.escalate_with(reason, suggested)
    }

    fn escalate_with(&mut self, reason: EscalateReason, suggested: Vec<Offer>) -> Answer {
        let waterfall = self.ask_waterfall();
        let route = route(self.case, waterfall.as_ref(), self.now);
        self.trace.note(Entry::Routed {
            authority: route.authority.code(),
            minutes: route.answer_minutes,
            impact: route.impact.unwrap_or(Rate::ONE),
            deal: deal_value(self.case),
            revenue: self.case.position.customer.revenue,
        });
        Answer::Escalate(Escalation { reason, route, suggested })
    }

    /// No, with the best offer that stands: one already made for these products, else the list terms.
    fn decline(&self, reason: DeclineReason) -> Answer {
        let products = |offer: &Offer| {
            let lines = offer.terms.lines.iter().zip(&self.request.terms.lines);
            offer.terms.lines.len() == self.request.terms.lines.len()
                && lines.clone().all(|(a, b)| a.product == b.product)
        };
        let standing = self.history.standing.iter().filter(|offer| self.now < offer.expires && products(offer));
        let nearest = standing.max_by_key(|offer| offer.saving.minor()).cloned();
        Answer::Decline { reason, nearest: nearest.unwrap_or_else(|| self.list_offer()) }
    }

    fn list_offer(&self) -> Offer {
        let hours = i64::from(self.case.policy.limits.validity_hours);
        list_offer(self.case.position, &self.request.terms, self.now.plus(hours.saturating_mul(Instant::HOUR)))
    }

    fn ask_waterfall(&self) -> Option<Waterfall> {
        if self.case.cost_known { waterfall(self.case, &self.case.ask()) } else { None }
    }

    /// The numbers that the decision starts from.
    fn note_start(&mut self) {
        let case = self.case;
        if !self.policy.sections.is_empty()
            && let Some(section) = self.policy.section(&self.deal_facts())
        {
            self.trace.note(Entry::Section { name: section.name.clone() });
        }
        let (round, rounds_max) = (case.round, case.policy.tactic.rounds_max);
        self.trace.note(Entry::Round { round, rounds_max, step: case.step, share: case.share });
        if let Some(before) = case.needed_before
            && case.needed > before.saturating_sub(case.policy.tactic.move_min.ppm())
        {
            let (needed, before) = (Rate::from_ppm(case.needed), Rate::from_ppm(before));
            self.trace.note(Entry::AskedAgain { needed, before });
        }
        self.trace.note(Entry::Concession { plain: Rate::from_ppm(case.plain) });
        for at in 0..case.lines.len() {
            self.note_line(at);
        }
        if let Some(waterfall) = self.ask_waterfall() {
            let Waterfall { net, pocket, margin, demanded, .. } = waterfall;
            self.trace.note(Entry::Ask { net, pocket, margin, demanded, needed: Rate::from_ppm(case.needed) });
        }
    }

    fn note_line(&mut self, at: usize) {
        let (case, line) = (self.case, &self.case.lines[at]);
        let (position, asked) = (&case.position.lines[at], &self.request.terms.lines[at]);
        let product = position.product;
        self.trace.note(Entry::Line {
            product,
            list: UnitPrice::new(line.list(line.asked), case.currency),
            asked: asked.price,
            quantity: asked.quantity,
            anchor: kernel::Quantity::new(line.anchor, asked.quantity.unit()),
        });
        self.trace.note(Entry::Margins {
            product,
            class: position.class.clone(),
            floor: Rate::from_ppm(line.floor),
            target: Rate::from_ppm(line.target),
            demanded: Rate::from_ppm(line.demanded),
        });
        if let Some(cost) = position.cost {
            self.trace.note(Entry::Cost { product, cost });
        }
    }
}
