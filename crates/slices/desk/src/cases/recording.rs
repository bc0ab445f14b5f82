//! What is noted of a decision: what it gave and left, by whose authority, how long the buyer waited, and how everything stood
//! before, so that it can be taken back.

use db::WriteTx;
use kernel::{Ctx, Instant, OfferId, Outcome, UserId};
use negotiation::negotiations::{Given, Negotiation, State};
use negotiation::offers::OfferState;
use negotiation::routing;
use negotiation_engine::{Authority, Offer};
use serde::{Deserialize, Serialize};

use super::queries::Case;
use super::waterfall;

/// A case at the moment of a decision.
pub(super) struct Before {
    pub(super) case: Case,
    pub(super) own: Authority,
    pub(super) needs: Authority,
    /// How everything stood, as text.
    pub(super) stood: String,
}

impl Before {
    pub(super) fn of(case: Case, own: Authority, needs: Authority) -> Outcome<Self> {
        let stood = Stood::of(&case.negotiation);
        let stood = serde_json::to_string(&stood).map_err(|e| kernel::Fault::because("writing down a case", e))?;
        Ok(Self { case, own, needs, stood })
    }
}

/// What a decision changes of a negotiation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stood {
    pub(super) state: String,
    pub(super) reason: Option<String>,
    pub(super) authority: Option<String>,
    pub(super) rep: Option<UserId>,
    pub(super) waiting_since: Option<Instant>,
    pub(super) answer_by: Option<Instant>,
    pub(super) expires_at: Option<Instant>,
    /// The offers there were, and where they stood.
    pub(super) offers: Vec<(OfferId, String)>,
}

impl Stood {
    fn of(n: &Negotiation) -> Self {
        Self {
            state: n.stored_state.code().to_owned(),
            reason: n.reason.clone(),
            authority: n.authority.clone(),
            rep: n.rep,
            waiting_since: n.waiting_since,
            answer_by: n.answer_by,
            expires_at: n.expires_at,
            offers: n.offers.iter().map(|row| (row.id, row.state.code().to_owned())).collect(),
        }
    }

    /// Puts a negotiation back. Tells where each of its offers stands again; what was made since is undone.
    pub(super) fn put_back(&self, n: &mut Negotiation) -> Vec<(OfferId, OfferState)> {
        n.stored_state = State::parse(&self.state).unwrap_or(State::Waiting);
        (n.reason, n.authority, n.rep) = (self.reason.clone(), self.authority.clone(), self.rep);
        (n.waiting_since, n.answer_by, n.expires_at) = (self.waiting_since, self.answer_by, self.expires_at);
        n.closed_at = None;
        let was = |id: OfferId| self.offers.iter().find(|(known, _)| *known == id).map(|(_, code)| code.as_str());
        let moved = n.offers.iter().filter_map(|row| {
            let state = was(row.id).and_then(OfferState::parse).unwrap_or(OfferState::Undone);
            (state != row.state).then_some((row.id, state))
        });
        moved.collect()
    }
}

/// What a decision gave.
pub(super) async fn given(tx: &WriteTx, ctx: &Ctx, before: &Before, offers: Vec<Offer>) -> Outcome<Given> {
    let n = &before.case.negotiation;
    let fall = offers.first().and_then(|offer| waterfall::of(&before.case, &offer.terms));
    // Nobody has asked for what a person only prepared.
    let asked_at = (n.stored_state == State::Waiting && !n.is_draft()).then_some(n.asked_at);
    let answer_minutes = match asked_at {
        Some(asked) => Some(routing::queries::answer_minutes(tx, asked, ctx.now, &ctx.zone).await?),
        None => None,
    };
    Ok(Given {
        offers,
        margin: fall.map(|fall| fall.margin),
        pocket: fall.map(|fall| fall.pocket),
        authority: Some(before.own.code().to_owned()),
        needed: Some(before.needs.code().to_owned()),
        asked_at,
        answer_minutes,
    })
}
