//! A case's view: finished texts. For the seller's own people only.

use catalog::Catalog;
use kernel::Rate;
use negotiation::attachments::queries::FileView;
use negotiation::negotiations::{self, State, summary};
use negotiation::panel::state_class;
use negotiation_engine::{Authority, Terms};
use terms::figures;
use terms::support::view::RequestView;
use terms::trace::{self, TraceLine, tenths};
use terms::words::{self, Names};
use web::{App, FormState, Visitor};

use super::queries::{Case, CustomerFacts};
use super::way::WayView;
use super::{actions, waterfall};

/// One answer that can be chosen.
pub(crate) struct AnswerChoice {
    pub(crate) value: String,
    pub(crate) title: String,
    pub(crate) terms: String,
    pub(crate) note: String,
    pub(crate) margin: String,
    pub(crate) pocket: String,
    pub(crate) class: &'static str,
    pub(crate) is_chosen: bool,
    pub(crate) key: String,
}

/// A line of the counter-offer's form.
pub(crate) struct CounterLine {
    pub(crate) at: usize,
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) price_unit: String,
}

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
    pub(crate) answer_by: Option<(String, String)>,
    pub(crate) figures: Vec<Figure>,
    pub(crate) comment: String,
    pub(crate) evidence: Vec<(String, String)>,
    pub(crate) lines: Vec<(String, String, String, String, String)>,
    pub(crate) waterfall: Option<waterfall::Table>,
    pub(crate) trace: Vec<TraceLine>,
    pub(crate) answers: Vec<AnswerChoice>,
    pub(crate) counter: Vec<CounterLine>,
    pub(crate) form: FormState,
    pub(crate) margin: MarginView,
    pub(crate) buyer: String,
    pub(crate) is_open: bool,
    /// Nobody had to decide it.
    pub(crate) is_by_shop: bool,
    pub(crate) decided: Vec<Decided>,
    pub(crate) reasons: Vec<(&'static str, String)>,
    pub(crate) refusal: String,
    pub(crate) files: Vec<FileView>,
    pub(crate) requests: Vec<RequestView>,
    pub(crate) previous: String,
    pub(crate) next: String,
    pub(crate) way: Option<WayView>,
    /// On whose desk it lies; empty for the pool.
    pub(crate) holder: String,
}

/// A decision that a person made.
pub(crate) struct Decided {
    pub(crate) what: String,
    pub(crate) when: String,
    pub(crate) message: String,
    pub(crate) rationale: String,
}

/// The live margin of what is typed.
#[derive(Default)]
pub(crate) struct MarginView {
    pub(crate) label: String,
    pub(crate) margin: String,
    pub(crate) class: &'static str,
    pub(crate) note: String,
}

/// Everything that a case's view is made from.
pub(crate) struct Parts<'a> {
    pub(crate) app: &'a App,
    pub(crate) visitor: &'a Visitor,
    pub(crate) case: &'a Case,
    pub(crate) facts: &'a CustomerFacts,
    pub(crate) own: Authority,
    pub(crate) names: Names,
}

impl Parts<'_> {
    fn text(&self, key: &str) -> String {
        self.visitor.locale.text(key)
    }

    /// The view; `form` is what came back with errors, if anything did.
    pub(crate) fn view(&self, form: Option<FormState>, refusal: String) -> CaseView {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        let product = match n.lines.as_slice() {
            [line] => self.app.part::<Catalog>().product(line.product),
            _ => None,
        };
        let is_open = n.stored_state == State::Waiting && self.case.discussed.is_some();
        let form = form.unwrap_or_else(|| self.first_form());
        CaseView {
            id: n.id.to_string(),
            version: n.version.to_string(),
            title: self.title(),
            meta: self.meta(),
            sku: product.as_ref().map_or_else(String::new, |product| product.sku.to_string()),
            product_href: product.map_or_else(String::new, |product| product.href()),
            tags: self.tags(),
            answer_by: n.answer_by.map(|by| (by.to_rfc3339(), locale.moment(by))),
            figures: self.figures(),
            comment: n.comment.clone(),
            evidence: self.evidence(),
            lines: self.lines(),
            // Of what nobody asked for there is nothing to work out.
            waterfall: waterfall::table(locale, self.case).filter(|_| !n.is_unasked()),
            trace: trace::lines(locale, &self.case.trace, &self.names),
            answers: if is_open { self.answers() } else { Vec::new() },
            counter: self.counter_lines(),
            margin: self.margin_of_form(&form),
            form,
            buyer: self.facts.asks.as_ref().map_or_else(String::new, |asks| asks.name.clone()),
            is_open,
            is_by_shop: !is_open && n.decisions.is_empty() && n.stored_state != State::Withdrawn,
            decided: self.decided(),
            reasons: negotiations::REJECT_REASONS
                .map(|code| (code, self.text(&format!("reject-reason-{code}"))))
                .into(),
            refusal,
            files: Vec::new(),
            requests: Vec::new(),
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

    fn figures(&self) -> Vec<Figure> {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        let off = figures::share(n.list_value.minus(n.ask_value).unwrap_or(n.ask_value), n.list_value);
        let under = locale.text_with("case-under-list", &[("percent", locale.percent(tenths(off)).into())]);
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
        let stands: Vec<String> = n
            .standing(self.app.now())
            .map(|row| format!("{} ({})", words::price(locale, &row.offer), words::title(locale, &row.offer)))
            .collect();
        if !stands.is_empty() {
            evidence.push((self.text("case-stands"), stands.join(", ")));
        }
        evidence
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
                locale.percent(tenths(figures::discount(line.price, line.list_price))),
            )
        };
        n.lines.iter().map(line).collect()
    }

    fn answers(&self) -> Vec<AnswerChoice> {
        let locale = &self.visitor.locale;
        let mut answers: Vec<AnswerChoice> = Vec::new();
        for row in self.case.suggested().take(3) {
            let chance = self.chance(row.offer.lever.code());
            let saves = locale.text_with("case-saves-them", &[("amount", locale.money(row.offer.saving).into())]);
            let note = [chance, Some(saves)].into_iter().flatten().collect::<Vec<_>>().join("; ");
            let title = format!("{}:", words::title(locale, &row.offer));
            let terms = words::condition(locale, &row.offer, &self.names);
            let terms = format!("{} — {terms}", words::price(locale, &row.offer));
            let needs = actions::suggestion_needs(self.case, &row.offer.terms);
            answers.push(self.choice(row.id.to_string(), (title, terms, note), &row.offer.terms, needs));
        }
        if let Ok(asked) = actions::asked(self.case) {
            let n = &self.case.negotiation;
            let terms = format!("{}, {}", summary::quantity(locale, n), summary::asked(locale, n));
            let needs = actions::needs(self.case, &asked, self.own);
            let words = (self.text("case-as-asked"), terms, String::new());
            answers.push(self.choice("ask".into(), words, &asked, needs));
        }
        for (answer, at) in answers.iter_mut().zip(1..) {
            answer.is_chosen = at == 1;
            answer.key = at.to_string();
        }
        answers
    }

    /// `words` are title, terms and a note; `needs` is who may send it at least.
    fn choice(&self, value: String, words: (String, String, String), of: &Terms, needs: Authority) -> AnswerChoice {
        let (locale, (title, terms, note)) = (&self.visitor.locale, words);
        let fall = waterfall::of(self.case, of);
        let beyond = (needs > self.own).then(|| {
            let authority = self.text(&format!("authority-{}", needs.code().replace('_', "-")));
            locale.text_with("case-needs", &[("authority", authority.into())])
        });
        let note = [beyond, Some(note)].into_iter().flatten().filter(|part| !part.is_empty());
        AnswerChoice {
            value,
            title,
            terms,
            note: note.collect::<Vec<_>>().join("; "),
            margin: fall.map_or_else(|| "–".into(), |fall| locale.percent(tenths(fall.margin))),
            pocket: fall.map_or_else(String::new, |fall| locale.amount(fall.pocket)),
            class: fall.map_or("", |fall| if fall.margin < fall.floor { "bad" } else { "" }),
            is_chosen: false,
            key: String::new(),
        }
    }

    /// How likely the engine thinks that a lever's offer is taken, from its trace.
    fn chance(&self, lever: &str) -> Option<String> {
        let text = negotiation_engine::Arg::Text(lever.to_owned());
        let entry = self.case.trace.iter().rev().find(|entry| {
            entry.code == "candidate" && entry.args.iter().any(|arg| arg.name == "lever" && arg.arg == text)
        })?;
        let rate = entry.args.iter().find_map(|arg| match (&*arg.name, &arg.arg) {
            ("chance", negotiation_engine::Arg::Rate(rate)) => Some(*rate),
            _ => None,
        })?;
        let whole = Rate::from_ppm(rate.ppm() / 10_000 * 10_000);
        Some(self.visitor.locale.text_with("case-chance", &[("percent", self.visitor.locale.percent(whole).into())]))
    }

    fn counter_lines(&self) -> Vec<CounterLine> {
        let locale = &self.visitor.locale;
        let line = |(at, line): (usize, &negotiation::negotiations::Line)| CounterLine {
            at,
            name: words::name(locale, &self.names, line.product),
            unit: locale.text(&format!("unit-{}", line.quantity.unit().code())),
            price_unit: words::currency_per_unit(locale, line.price, line.quantity),
        };
        self.case.negotiation.lines.iter().enumerate().map(line).collect()
    }

    /// The counter-offer starts from the first suggestion, or from the ask.
    fn first_form(&self) -> FormState {
        let (n, locale) = (&self.case.negotiation, &self.visitor.locale);
        let terms = self.case.suggested().next().map(|row| row.offer.terms.clone());
        let mut values: Vec<(String, String)> = Vec::new();
        let days = terms.as_ref().map_or(n.payment_days, |terms| i64::from(terms.payment_days));
        for (at, line) in n.lines.iter().enumerate() {
            let offered = terms.as_ref().and_then(|terms| terms.lines.get(at));
            let quantity = offered.map_or(line.quantity, |line| line.quantity);
            let price = offered.map_or(line.price, |line| line.price);
            values.push((format!("quantity_{at}"), locale.quantity(quantity)));
            values.push((format!("price_{at}"), locale.unit_price(price)));
        }
        values.push(("payment_days".into(), days.to_string()));
        FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
    }

    fn margin_of_form(&self, form: &FormState) -> MarginView {
        let fields = |name: &str| form.value(name).to_owned();
        let days = fields("payment_days");
        match super::pages::counter_of(self.case, &fields, (&days, self.visitor.locale.notation()), 0) {
            Ok(counter) => self.margin(&actions::counter_terms(self.case, &counter).ok()),
            Err(_) => self.margin(&None),
        }
    }

    /// The live margin of terms, and who may send them.
    pub(crate) fn margin(&self, terms: &Option<Terms>) -> MarginView {
        let locale = &self.visitor.locale;
        let label = self.text("case-live-margin");
        let Some(terms) = terms else {
            return MarginView { label, margin: "–".into(), class: "", note: self.text("case-margin-unclear") };
        };
        let fall = waterfall::of(self.case, terms);
        let needs = actions::needs(self.case, terms, self.own);
        let note = if needs > self.own {
            let authority = self.text(&format!("authority-{}", needs.code().replace('_', "-")));
            locale.text_with("case-needs", &[("authority", authority.into())])
        } else {
            fall.map_or_else(String::new, |fall| locale.money(fall.pocket))
        };
        MarginView {
            label,
            margin: fall.map_or_else(|| "–".into(), |fall| locale.percent(tenths(fall.margin))),
            class: fall.map_or("", |fall| if fall.margin < fall.floor { "bad" } else { "" }),
            note,
        }
    }

    fn decided(&self) -> Vec<Decided> {
        let locale = &self.visitor.locale;
        let decided = |decision: &negotiation::negotiations::PersonDecision| {
            let what = self.text(&format!("case-decided-{}", decision.kind));
            let reason = decision.reason.as_ref().map(|code| self.text(&format!("reject-reason-{code}")));
            Decided {
                what: [Some(what), reason].into_iter().flatten().collect::<Vec<_>>().join(": "),
                when: locale.long_moment(decision.at),
                message: decision.message.clone(),
                rationale: decision.rationale.clone(),
            }
        };
        self.case.negotiation.decisions.iter().map(decided).collect()
    }
}
