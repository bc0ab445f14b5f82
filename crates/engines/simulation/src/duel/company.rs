//! A company at the seller's door, as the product keeps it.

use kernel::{Instant, Quantity};
use negotiation_engine::{Answer, Decision, History, Offer, Policy, Position, Request, Terms, decide};

/// Anchors carry over for so long.
const LATELY: i64 = 90 * Instant::DAY;

/// All that one company does about one set of products, whoever of its people does it: colleagues who ask share one
/// negotiation with its rounds and offers, and the largest quantity asked for lately is remembered beyond it, so that
/// neither restarts nor colleagues make a difference.
#[derive(Debug, Clone)]
pub struct Company<'a> {
    policy: &'a Policy,
    position: Position,
    history: History,
    now: Instant,
    seed: u64,
    /// Per line, the largest quantity asked for in negotiations that are over, and when.
    lately: Vec<(Instant, Vec<Quantity>)>,
}

impl<'a> Company<'a> {
    /// A company that has not asked yet. The anchors of `position` are what it has bought lately.
    pub fn new(policy: &'a Policy, position: Position, now: Instant, seed: u64) -> Self {
        Self { policy, position, history: History::none(policy.currency), now, seed, lately: Vec::new() }
    }

    /// Somebody of the company asks for terms.
    pub fn ask(&mut self, terms: &Terms) -> Decision {
        let position = self.anchored(terms);
        let decision = decide(self.policy, &position, &self.history, &Request::new(terms.clone()), self.now, self.seed);
        self.history.rounds.push(terms.clone());
        let made = match &decision.outcome {
            Answer::Accept(offer) => std::slice::from_ref(offer),
            Answer::Counter(offers) => offers,
            Answer::Escalate(_) | Answer::Decline { .. } => &[],
        };
        let known: &mut Vec<Offer> = &mut self.history.standing;
        for offer in made {
            if !known.contains(offer) {
                known.push(offer.clone());
            }
        }
        decision
    }

    /// Ends the negotiation: withdrawn, or agreed and not ordered. The next ask begins a new one.
    pub fn leave(&mut self) {
        let rounds = std::mem::take(&mut self.history.rounds);
        self.history.standing.clear();
        if let Some(largest) = largest(&rounds) {
            self.lately.push((self.now, largest));
        }
    }

    /// Lets time pass. A negotiation without an offer that stands has ended by then.
    pub fn wait(&mut self, days: u16) {
        let then = self.now.plus(i64::from(days) * Instant::DAY);
        if self.history.standing.iter().all(|offer| offer.expires <= then) {
            self.leave();
        }
        self.now = then;
    }

    /// How often it has asked in this negotiation.
    pub fn rounds(&self) -> usize {
        self.history.rounds.len()
    }

    /// The position with the anchors of this moment: what was bought or asked for elsewhere, where that is more than was
    /// asked for first; else the engine looks at the first ask by itself.
    fn anchored(&self, terms: &Terms) -> Position {
        let first = self.history.rounds.first().unwrap_or(terms);
        let mut position = self.position.clone();
        let since = self.now.plus(-LATELY);
        for (at, (line, first)) in position.list.lines.iter_mut().zip(&first.lines).enumerate() {
            let lately = self.lately.iter().filter(|(when, _)| *when >= since);
            let asked = lately.filter_map(|(_, quantities)| quantities.get(at).copied());
            let elsewhere = asked.chain(line.anchor).max_by_key(|quantity| quantity.thousandths());
            line.anchor = elsewhere.filter(|quantity| quantity.thousandths() > first.quantity.thousandths());
        }
        position
    }
}

/// Per line, the largest quantity of some asks.
fn largest(rounds: &[Terms]) -> Option<Vec<Quantity>> {
    let quantities = |terms: &Terms| terms.lines.iter().map(|line| line.quantity).collect::<Vec<_>>();
    rounds.iter().map(quantities).reduce(|largest, asked| {
        let pairs = largest.into_iter().zip(asked);
        pairs.map(|(a, b)| if a.thousandths() >= b.thousandths() { a } else { b }).collect()
    })
}
