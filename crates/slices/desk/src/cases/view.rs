//! A case's view: finished texts. For the seller's own people only.

use std::collections::HashMap;

use catalog::Catalog;
use kernel::UserId;
use negotiation::attachments::queries::FileView;
use negotiation::negotiations::{self, Recorded, State, summary};
use negotiation::panel::state_class;
use negotiation_engine::{Authority, Terms};
use terms::figures;
use terms::figures::hundredths;
use terms::support::view::RequestView;
use terms::trace::{self, TraceLine};
use terms::words::{self, Names};
use web::{App, FormState, Visitor};

use super::decision::{Begun, DecisionView};
use super::queries::{Case, CustomerFacts};
use super::typed::Chosen;
use super::waterfall::{self, Shown};
use super::way::WayView;
use super::{actions, rules};

/// What stands beside a figure.
pub(crate) struct Figure {
    pub(crate) label: String,
    pub(crate) value: String,
    pub(crate) unit: String,
    pub(crate) sub: String,
}

/// A case.
pub(crate) struct CaseView {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) title: String,
    pub(crate) meta: String,
    pub(crate) sku: String,
    pub(crate) product_href: String,
    pub(crate) tags: Vec<(&'static str, String)>,
    /// What the marks of the case mean: each with its explanation.
    pub(crate) legend: Vec<(String, String)>,
    pub(crate) answer_by: Option<(String, String)>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) comment: String,
    pub(crate) evidence: Vec<(String, String)>,
    pub(crate) lines: Vec<(String, String, String, String, String)>,
    pub(crate) waterfall: Option<waterfall::Table>,
    pub(crate) trace: Vec<TraceLine>,
    /// The form, while there is something to decide or an own offer to replace.
    pub(crate) decision: Option<DecisionView>,
    pub(crate) proposal: Option<ProposalView>,
    /// What came back of the other forms.
    pub(crate) form: FormState,
    pub(crate) is_open: bool,
    /// The customer knows nothing of it yet.
    pub(crate) is_draft: bool,
    /// Nobody had to decide it.
    pub(crate) is_by_shop: bool,
    pub(crate) decided: Vec<Decided>,
    pub(crate) reasons: Vec<(&'static str, String)>,
    pub(crate) refusal: String,
    /// What was typed for a case that can no longer be decided, with its labels.
    pub(crate) unsent: Vec<(String, String)>,
    pub(crate) files: Vec<FileView>,
    pub(crate) requests: Vec<RequestView>,
    /// Where the reader stays: this case in its queue.
    pub(crate) here: String,
    pub(crate) previous: String,
    pub(crate) next: String,
    pub(crate) way: Option<WayView>,
    /// On whose desk it lies; empty for the pool.
    pub(crate) holder: String,
}

/// What a colleague proposes.
pub(crate) struct ProposalView {
    pub(crate) title: String,
    pub(crate) why: String,
}

/// A decision that a person made.
pub(crate) struct Decided {
    pub(crate) what: String,
    pub(crate) who: String,
    pub(crate) when: String,
    pub(crate) terms: String,
    pub(crate) margin: String,
    pub(crate) message: String,
    pub(crate) rationale: String,
}

/// Everything that a case's view is made from.
pub(crate) struct Parts<'a> {
    pub(crate) app: &'a App,
    pub(crate) visitor: &'a Visitor,
    pub(crate) case: &'a Case,
    pub(crate) facts: &'a CustomerFacts,
    pub(crate) own: Authority,
    pub(crate) names: Names,
    /// The seller's own people.
    pub(crate) people: HashMap<UserId, String>,
}

/// What is shown beside what is stored.
#[derive(Default)]
pub(crate) struct Asked {
    /// What came back with errors, or was typed.
    pub(crate) form: Option<FormState>,
    pub(crate) chosen: Option<Chosen>,
    pub(crate) refusal: String,
    /// What people decided, with what only the seller knows of it.
    pub(crate) recorded: Vec<Recorded>,
    pub(crate) me: Option<UserId>,
}

impl Parts<'_> {
    pub(crate) fn text(&self, key: &str) -> String {
        self.visitor.locale.text(key)
    }

    /// Whether the reader may put another offer in the place of one that stands.
    pub(crate) fn is_replaceable(&self, me: UserId) -> bool {
        rules::replaceable(&self.case.negotiation, me, self.own, self.app.now()).next().is_some()
    }

    /// The view.
    pub(crate) fn view(&self, asked: Asked) -> CaseView {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        let product = match n.lines.as_slice() {
            [line] => self.app.part::<Catalog>().product(line.product),
            _ => None,
        };
        let is_open = n.stored_state == State::Waiting && self.case.discussed.is_some();
        let is_replacing = !is_open && asked.me.is_some_and(|me| self.is_replaceable(me));
        let begun = Begun { form: asked.form.clone(), chosen: asked.chosen, is_replacing };
        let decision = if is_open || is_replacing { self.decision(begun) } else { None };
        let waterfall = decision.is_none().then(|| self.past_waterfall(&asked.recorded)).flatten();
        let unsent = asked.form.as_ref().filter(|_| decision.is_none()).map(|form| self.unsent(form));
        CaseView {
            id: n.id.to_string(),
            version: n.version.to_string(),
            title: self.title(),
            meta: self.meta(),
            sku: product.as_ref().map_or_else(String::new, |product| product.sku.to_string()),
            product_href: product.map_or_else(String::new, |product| product.href()),
            tags: self.tags(),
            legend: self.legend(),
            answer_by: n.answer_by.map(|by| (by.to_rfc3339(), locale.moment(by))),
            figures: self.figures(),
            comment: n.comment.clone(),
            evidence: self.evidence(),
            lines: self.lines(),
            waterfall,
            trace: trace::lines(locale, &self.case.trace, &self.names),
            decision,
            proposal: self.proposal_view().filter(|_| is_open),
            form: asked.form.unwrap_or_default(),
            is_open,
            is_draft: n.is_draft(),
            is_by_shop: !is_open && n.decisions.is_empty() && n.stored_state != State::Withdrawn,
            decided: self.decided(&asked.recorded),
            reasons: negotiations::REJECT_REASONS
                .map(|code| (code, self.text(&format!("reject-reason-{code}"))))
                .into(),
            refusal: asked.refusal,
            unsent: unsent.unwrap_or_default(),
            files: Vec::new(),
            requests: Vec::new(),
            here: negotiations::desk_href(n.id),
            previous: String::new(),
            next: String::new(),
            way: None,
            holder: n.rep.map(|rep| rep.to_string()).unwrap_or_default(),
        }
    }

    fn title(&self) -> String {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        match n.lines.as_slice() {
            [line] => {
                let args = [
                    ("price", locale.unit_price(line.price).into()),
                    ("quantity", locale.quantity_unit(line.quantity).into()),
                    ("product", summary::subject(locale, n, &self.names).into()),
                ];
                locale.text_with(if n.is_unasked() { "case-title-unasked" } else { "case-title" }, &args)
            }
            lines => {
                let args = [("total", locale.money(n.ask_value).into()), ("n", lines.len().into())];
                locale.text_with("case-title-many", &args)
            }
        }
    }

    fn meta(&self) -> String {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        let case = locale.text_with("case-number", &[("number", n.number.to_string().into())]);
        let buyer = self.facts.asks.as_ref().map_or_else(String::new, |asks| asks.name.clone());
        let most = i64::from(self.case.policy.tactic.rounds_max);
        let round = locale.text_with("case-round", &[("round", n.round.into()), ("of", most.into())]);
        [case, buyer, round].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    }

    fn tags(&self) -> Vec<(&'static str, String)> {
        let n = &self.case.negotiation;
        let state = n.state(self.app.now());
        if state != State::Waiting {
            return vec![(state_class(state), self.text(&format!("case-state-{}", state.code())))];
        }
        let mut tags = Vec::new();
        if let Some(reason) = &n.reason {
            tags.push(("warn", self.text(&format!("escalated-{}", reason.replace('_', "-")))));
        }
        if let Some(authority) = &n.authority {
            tags.push(("", self.text(&format!("authority-{}", authority.replace('_', "-")))));
        }
        tags
    }

    /// The round and the reason why the case is here, explained.
    fn legend(&self) -> Vec<(String, String)> {
        let n = &self.case.negotiation;
        let reason = n.reason.as_ref().filter(|_| n.state(self.app.now()) == State::Waiting).map(|reason| {
            let code = reason.replace('_', "-");
            (self.text(&format!("escalated-{code}")), self.text(&format!("legend-{code}")))
        });
        reason.into_iter().chain([(self.text("legend-round-title"), self.text("legend-round"))]).collect()
    }

    fn figures(&self) -> Vec<Figure> {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        let off = figures::share(n.list_value.minus(n.ask_value).unwrap_or(n.ask_value), n.list_value);
        let under = locale.text_with("case-under-list", &[("percent", locale.percent(hundredths(off)).into())]);
        let money = n.currency.code().to_owned();
        let figure =
            |key: &str, value: String, unit: String, sub: String| Figure { label: self.text(key), value, unit, sub };
        let payment = words::payment(locale, n.payment_days);
        // What a rep began for the customer has a price to work with, but nobody has asked for it.
        let asked = |value, unit| (!n.is_unasked()).then(|| figure("case-asked", value, unit, under));
        let deal = figure("case-deal", locale.amount(n.ask_value), money.clone(), payment);
        let [line] = n.lines.as_slice() else {
            let list = figure("case-list", locale.amount(n.list_value), money.clone(), String::new());
            return asked(locale.amount(n.ask_value), money).into_iter().chain([list]).collect();
        };
        let unit = words::currency_per_unit(locale, line.price, line.quantity);
        let paid = self.facts.last_paid.get(&line.product);
        let (last, when) = match paid {
            Some(paid) => {
                let date = locale.date(locale.local_date(paid.at));
                (locale.unit_price(paid.price), format!("{date}, {}", locale.quantity_unit(paid.quantity)))
            }
            None => ("–".to_owned(), self.text("case-never-bought")),
        };
        let list = figure("case-list", locale.unit_price(line.list_price), unit.clone(), String::new());
        let paid_unit = if paid.is_some() { unit.clone() } else { String::new() };
        let paid = figure("case-last-paid", last, paid_unit, when);
        // Without an ask there is no deal yet, only what is offered.
        let deal = Some(deal).filter(|_| !n.is_unasked());
        let asked = asked(locale.unit_price(line.price), unit);
        asked.into_iter().chain([list, paid]).chain(deal).collect()
    }

    fn evidence(&self) -> Vec<(String, String)> {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        let mut evidence = Vec::new();
        if let Some(competitor) = &n.competitor {
            let price = competitor.price.zip(n.lines.first());
            let price = price.map(|(price, line)| words::per_unit(locale, price, line.quantity));
            let parts = [Some(competitor.name.clone()), price, Some(competitor.note.clone())];
            let text: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
            evidence.push((self.text("case-competitor"), text.join(" · ")));
        }
        if let Some(date) = n.need_by {
            evidence.push((self.text("deal-need-by"), locale.date(date)));
        }
        for row in n.standing(self.app.now()) {
            let args = [
                ("title", words::title(locale, &row.offer).into()),
                ("terms", self.full_terms(&row.offer.terms).into()),
                ("until", locale.moment(row.offer.expires).into()),
            ];
            evidence.push((self.text("case-stands"), locale.text_with("case-stands-one", &args)));
        }
        evidence
    }

    /// Quantity, price and payment, so that offers can be compared.
    fn full_terms(&self, terms: &Terms) -> String {
        let payment = words::payment(&self.visitor.locale, i64::from(terms.payment_days));
        let text = self.terms_text(terms);
        let text = if text.ends_with(&payment) { text } else { format!("{text}, {payment}") };
        self.with_beside(text, terms)
    }

    fn lines(&self) -> Vec<(String, String, String, String, String)> {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        if n.lines.len() < 2 {
            return Vec::new();
        }
        let line = |line: &negotiation::negotiations::Line| {
            (
                words::name(locale, &self.names, line.product),
                locale.quantity_unit(line.quantity),
                locale.unit_price(line.list_price),
                locale.unit_price(line.price),
                locale.percent(hundredths(figures::discount(line.price, line.list_price))),
            )
        };
        n.lines.iter().map(line).collect()
    }

    fn proposal_view(&self) -> Option<ProposalView> {
        let (proposal, row) = self.case.proposal()?;
        let name = self.people.get(&proposal.person).cloned().unwrap_or_default();
        let args = [("name", name.into()), ("terms", self.whole_text(&row.offer.terms).into())];
        let is_own = self.visitor.actor.user == Some(proposal.person);
        let key = if is_own { "case-proposal-waits" } else { "case-proposes" };
        let title = self.visitor.locale.text_with(key, &args);
        Some(ProposalView { title, why: proposal.rationale.clone() })
    }

    /// What somebody wrote while somebody else decided: it is not sent, and not lost either.
    fn unsent(&self, form: &FormState) -> Vec<(String, String)> {
        let locale = &self.visitor.locale;
        let line = |at: usize| {
            let (quantity, price) = (form.value(&format!("quantity_{at}")), form.value(&format!("price_{at}")));
            let args = [("quantity", quantity.to_owned().into()), ("price", price.to_owned().into())];
            locale.text_with("case-quantity-at", &args)
        };
        let mut rows = Vec::new();
        if form.value("sends") == "own" {
            let lines: Vec<String> = (0..self.case.negotiation.lines.len()).map(line).collect();
            rows.push((self.text("case-own-answer"), lines.join(" · ")));
            rows.push((self.text("case-counter-days"), form.value("payment_days").to_owned()));
        }
        rows.push((self.text("case-message-reject"), form.value("message").to_owned()));
        rows.push((self.text("case-rationale"), form.value("rationale").to_owned()));
        rows.retain(|(_, text)| !text.trim().is_empty());
        rows
    }

    /// The waterfall of what was asked and of what was given.
    fn past_waterfall(&self, recorded: &[Recorded]) -> Option<waterfall::Table> {
        let asked = actions::asked(self.case).ok()?;
        if self.case.negotiation.is_unasked() {
            return None;
        }
        let locale = &self.visitor.locale;
        let given = recorded.iter().rfind(|row| row.undone_at.is_none()).and_then(|row| row.given.offers.first());
        let agreed = self.case.negotiation.agreed().map(|row| &row.offer);
        let mut shown = vec![Shown { title: self.text("case-ask"), terms: &asked, is_at: false }];
        if let Some(offer) = agreed.or(given) {
            shown.push(Shown { title: words::title(locale, offer), terms: &offer.terms, is_at: true });
        }
        waterfall::table(locale, self.case, &shown)
    }

    /// Each decision as a step of its own: what was given and what it leaves, by whose authority, and why. One that was
    /// taken back is said, too.
    fn decided(&self, recorded: &[Recorded]) -> Vec<Decided> {
        recorded.iter().map(|row| self.one_decided(row)).collect()
    }

    fn one_decided(&self, row: &Recorded) -> Decided {
        let (locale, decision) = (&self.visitor.locale, &row.decision);
        let what = self.text(&format!("case-decided-{}", decision.kind));
        let reason = decision.reason.as_ref().map(|code| self.text(&format!("reject-reason-{code}")));
        let undone = row.undone_at.map(|_| self.text("case-undone"));
        let terms = row.given.offers.iter().map(|offer| self.whole_text(&offer.terms));
        Decided {
            what: [Some(what), reason, undone].into_iter().flatten().collect::<Vec<_>>().join(": "),
            who: self.people.get(&decision.person).cloned().unwrap_or_default(),
            when: locale.long_moment(decision.at),
            terms: terms.collect::<Vec<_>>().join(" · "),
            margin: given_text(locale, row),
            message: decision.message.clone(),
            rationale: decision.rationale.clone(),
        }
    }
}

impl Parts<'_> {
    /// 'Countered: Pomorska, case 375'.
    pub(crate) fn undo_title(&self, row: &Recorded) -> String {
        let what = self.text(&format!("case-decided-{}", row.decision.kind));
        let number = self.case.negotiation.number.to_string();
        let case = self.visitor.locale.text_with("case-number", &[("number", number.into())]);
        format!("{what}: {}, {case}", self.case.company.name)
    }

    /// What was sent, and what of it is not what was asked for.
    pub(crate) fn undo_terms(&self, row: &Recorded) -> String {
        let locale = &self.visitor.locale;
        let Some(offer) = row.given.offers.first() else { return String::new() };
        let terms = self.full_terms(&offer.terms);
        match actions::asked(self.case) {
            Ok(asked) if asked != offer.terms => {
                let args = [("terms", terms.into()), ("asked", self.full_terms(&asked).into())];
                locale.text_with("case-sent-other", &args)
            }
            _ => locale.text_with("case-sent", &[("terms", terms.into())]),
        }
    }
}

/// What a decision left, and by whose authority; empty where it was not written down.
pub(crate) fn given_text(locale: &i18n::Locale, row: &Recorded) -> String {
    let Some(authority) = &row.given.authority else { return String::new() };
    let authority = locale.text(&format!("authority-{}", authority.replace('_', "-")));
    let margin = row.given.margin.map_or_else(|| "–".to_owned(), |margin| locale.percent(hundredths(margin)));
    let pocket = row.given.pocket.map_or_else(|| "–".to_owned(), |pocket| locale.money(pocket));
    let args = [("margin", margin.into()), ("pocket", pocket.into()), ("authority", authority.into())];
    locale.text_with(if row.given.offers.is_empty() { "case-given-nothing" } else { "case-given" }, &args)
}
