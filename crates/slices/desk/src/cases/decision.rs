//! The form of a decision: one selected answer, and everything that follows from it. The fields of the counter-offer, the live
//! margin, the marked column of the waterfall and the words on the buttons are made here, together, so that they cannot say
//! different things.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use kernel::{NegotiationId, OfferId, Rate};
use negotiation::negotiations::{Line, summary};
use negotiation::offers::OfferRow;
use negotiation_engine::{Authority, Terms};
use terms::figures::hundredths;
use terms::{deciders, words};
use web::{App, Fields, FormState, Path, Query, Reply, Shell, State, Visitor};

use super::typed::{self, Chosen};
use super::view::Parts;
use super::waterfall::{self, Shown};
use super::{actions, pages, rules};

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

/// A line of the counter-offer's form. `…_asked` says what was asked where the field holds something else.
pub(crate) struct CounterLine {
    pub(crate) at: usize,
    pub(crate) name: String,
    pub(crate) unit: String,
    pub(crate) price_unit: String,
    pub(crate) price_asked: String,
    pub(crate) quantity_asked: String,
}

/// The live margin of the selected terms.
#[derive(Default)]
pub(crate) struct MarginView {
    pub(crate) label: String,
    pub(crate) margin: String,
    pub(crate) class: &'static str,
    pub(crate) money: String,
    pub(crate) note: String,
}

/// A button that says what it sends.
pub(crate) struct ButtonView {
    pub(crate) label: String,
    pub(crate) action: String,
    pub(crate) sends: String,
}

/// The form of a decision.
pub(crate) struct DecisionView {
    pub(crate) id: String,
    pub(crate) version: String,
    pub(crate) previous: String,
    pub(crate) next: String,
    pub(crate) whose: String,
    pub(crate) answers: Vec<AnswerChoice>,
    pub(crate) own: AnswerChoice,
    pub(crate) counter: Vec<CounterLine>,
    pub(crate) days_asked: String,
    pub(crate) base: String,
    pub(crate) form: FormState,
    pub(crate) margin: MarginView,
    pub(crate) waterfall: Option<waterfall::Table>,
    /// `None` where only one's own offer can be replaced.
    pub(crate) approve: Option<ButtonView>,
    pub(crate) send: ButtonView,
    pub(crate) needs_reason: bool,
    pub(crate) buyer: String,
}

/// What the form begins with.
pub(crate) struct Begun {
    /// What was typed or came back with errors.
    pub(crate) form: Option<FormState>,
    /// The answer that is selected; `None`: the usual one.
    pub(crate) chosen: Option<Chosen>,
    /// An own offer is to be replaced; nothing else can be decided.
    pub(crate) is_replacing: bool,
}

/// What is selected: an answer with its terms, or what stands in the fields.
struct Selected {
    chosen: Chosen,
    terms: Option<Terms>,
    base: Option<OfferId>,
}

impl Parts<'_> {
    /// The form for a case that can be decided; `None` for imported ones, about which nothing is known.
    pub(crate) fn decision(&self, begun: Begun) -> Option<DecisionView> {
        let asked = actions::asked(self.case).ok()?;
        let selected = self.selected(&begun, &asked);
        let form = self.filled(&selected, begun.form, &asked);
        let needs = selected.terms.as_ref().map(|terms| actions::needs_of(self.case, selected.chosen.offer(), terms));
        Some(DecisionView {
            id: self.case.negotiation.id.to_string(),
            version: self.case.negotiation.version.to_string(),
            previous: String::new(),
            next: String::new(),
            whose: String::new(),
            answers: if begun.is_replacing { Vec::new() } else { self.answers(&asked, selected.chosen) },
            own: self.own_answer(&selected),
            counter: self.counter_lines(&form, &asked),
            days_asked: self.days_asked(&form, &asked),
            base: selected.base.map(|base| base.to_string()).unwrap_or_default(),
            margin: self.margin(&selected, needs, &form),
            waterfall: self.waterfall(&asked, &selected),
            approve: (!begun.is_replacing).then(|| self.approve_button(&asked, selected.chosen)),
            send: self.send_button(&form, begun.is_replacing),
            needs_reason: needs.is_some_and(|needs| needs > self.own),
            buyer: self.facts.asks.as_ref().map_or_else(String::new, |asks| asks.name.clone()),
            form,
        })
    }

    /// The proposal of a colleague if there is one, else the ask: what A sends at once.
    fn usual(&self) -> Chosen {
        self.case.proposal().map_or(Chosen::Ask, |(_, row)| Chosen::Offer(row.id))
    }

    fn selected(&self, begun: &Begun, asked: &Terms) -> Selected {
        let chosen = begun.chosen.unwrap_or_else(|| if begun.is_replacing { Chosen::Own } else { self.usual() });
        let row = |id: OfferId| self.case.suggested().find(|row| row.id == id);
        match chosen {
            Chosen::Ask => Selected { chosen, terms: Some(asked.clone()), base: None },
            Chosen::Offer(id) => match row(id) {
                Some(row) => {
                    let is_base =
                        actions::list(self.case).is_ok_and(|list| rules::is_about_the_ask(&row.offer.terms, list));
                    let base = Some(id).filter(|_| is_base);
                    Selected { chosen, terms: Some(row.offer.terms.clone()), base }
                }
                None => Selected { chosen: Chosen::Ask, terms: Some(asked.clone()), base: None },
            },
            Chosen::Own => self.own_terms(begun, asked),
        }
    }

    fn own_terms(&self, begun: &Begun, asked: &Terms) -> Selected {
        let Some(form) = &begun.form else {
            let standing = self.case.negotiation.standing(self.app.now()).find(|row| row.made_by.is_some());
            let terms = standing.map_or_else(|| asked.clone(), |row| row.offer.terms.clone());
            let is_base = actions::list(self.case).is_ok_and(|list| rules::is_about_the_ask(&terms, list));
            let base = standing.map(|row| row.id).filter(|_| is_base);
            return Selected { chosen: Chosen::Own, terms: Some(terms), base };
        };
        let text = |name: &str| form.value(name).to_owned();
        let counter = typed::counter_of(self.case, &text, self.visitor.locale.notation(), 0);
        let terms = counter.ok().and_then(|counter| actions::counter_terms(self.case, &counter).ok());
        Selected { chosen: Chosen::Own, terms, base: OfferId::parse(form.value("base")) }
    }

    /// The fields: as typed, or filled from the selected answer. A suggestion with other goods leaves those of the ask.
    fn filled(&self, selected: &Selected, form: Option<FormState>, asked: &Terms) -> FormState {
        let is_typed = selected.chosen == Chosen::Own;
        if let Some(form) = form.as_ref().filter(|form| is_typed || form.has_errors()) {
            return form.clone();
        }
        let locale = &self.visitor.locale;
        let terms = selected.terms.as_ref().filter(|_| selected.base.is_some() || is_typed).unwrap_or(asked);
        let mut values: Vec<(String, String)> = Vec::new();
        for (at, _) in self.case.negotiation.lines.iter().enumerate() {
            let Some(line) = terms.lines.get(at) else { continue };
            values.push((format!("quantity_{at}"), locale.quantity(line.quantity)));
            values.push((format!("price_{at}"), locale.unit_price(line.price)));
        }
        values.push(("payment_days".into(), terms.payment_days.to_string()));
        values.push(("base".into(), selected.base.map(|base| base.to_string()).unwrap_or_default()));
        let kept = |name: &str| form.as_ref().map_or_else(String::new, |form| form.value(name).to_owned());
        let proposal = self.case.proposal().filter(|(_, row)| selected.chosen.offer() == Some(row.id));
        let message = Some(kept("message")).filter(|text| !text.is_empty());
        let message = message.or(proposal.map(|(proposal, _)| proposal.message.clone()));
        values.push(("message".into(), message.unwrap_or_default()));
        values.push(("rationale".into(), kept("rationale")));
        FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
    }

    fn answers(&self, asked: &Terms, chosen: Chosen) -> Vec<AnswerChoice> {
        let n = &self.case.negotiation;
        let mut rows = Vec::new();
        if let Some((proposal, row)) = self.case.proposal() {
            let name = self.people.get(&proposal.person).cloned().unwrap_or_default();
            let title = self.visitor.locale.text_with("case-proposed-by", &[("name", name.into())]);
            rows.push((
                Chosen::Offer(row.id),
                (title, self.whole_text(&row.offer.terms), proposal.rationale.clone()),
                &row.offer.terms,
            ));
        }
        let ask = (self.text("case-as-asked"), self.terms_text(asked), String::new());
        rows.push((Chosen::Ask, ask, asked));
        let by_engine = self.case.suggested().filter(|row| row.made_by.is_none());
        for row in by_engine.take(3) {
            rows.push((Chosen::Offer(row.id), self.suggestion(row), &row.offer.terms));
        }
        // Of what nobody has asked for there is no ask to grant, where a proposal says it already.
        let rows = rows.into_iter().filter(|(of, ..)| *of != Chosen::Ask || !n.is_draft());
        let mut choices = Vec::new();
        for (at, (of, words, terms)) in (1..).zip(rows) {
            let choice = self.choice(of, words, Some(terms));
            choices.push(AnswerChoice { is_chosen: of == chosen, key: at.to_string(), ..choice });
        }
        choices
    }

    fn suggestion(&self, row: &OfferRow) -> (String, String, String) {
        let locale = &self.visitor.locale;
        let chance = self.chance(row.offer.lever.code());
        let saves = locale.text_with("case-saves-them", &[("amount", locale.money(row.offer.saving).into())]);
        let note = [chance, Some(saves)].into_iter().flatten().collect::<Vec<_>>().join("; ");
        let terms = words::condition(locale, &row.offer, &self.names);
        let terms = format!("{} — {terms}", words::price(locale, &row.offer));
        (words::title(locale, &row.offer), terms, note)
    }

    /// `words` are title, terms and a note.
    fn choice(&self, of: Chosen, words: (String, String, String), terms: Option<&Terms>) -> AnswerChoice {
        let (locale, (title, text, note)) = (&self.visitor.locale, words);
        let fall = terms.and_then(|terms| waterfall::of(self.case, terms));
        let needs = terms.map(|terms| actions::needs_of(self.case, of.offer(), terms));
        let beyond = needs.and_then(|needs| self.beyond(needs));
        let note = [beyond, Some(note)].into_iter().flatten().filter(|part| !part.is_empty());
        AnswerChoice {
            value: of.value(),
            title,
            terms: text,
            note: note.collect::<Vec<_>>().join("; "),
            margin: fall.map_or_else(|| "–".into(), |fall| locale.percent(hundredths(fall.margin))),
            pocket: fall.map_or_else(String::new, |fall| locale.money(fall.pocket)),
            class: fall.map_or("", |fall| if waterfall::is_bad(&fall) { "bad" } else { "" }),
            is_chosen: false,
            key: String::new(),
        }
    }

    fn own_answer(&self, selected: &Selected) -> AnswerChoice {
        let is_chosen = selected.chosen == Chosen::Own;
        let terms = selected.terms.as_ref().filter(|_| is_chosen);
        let text = terms.map_or_else(String::new, |terms| self.whole_text(terms));
        let words = (self.text("case-own-answer"), text, String::new());
        let none = AnswerChoice { margin: String::new(), ..self.choice(Chosen::Own, words, terms) };
        AnswerChoice { is_chosen, margin: terms.map_or_else(String::new, |terms| self.margin_text(terms)), ..none }
    }

    fn margin_text(&self, terms: &Terms) -> String {
        let fall = waterfall::of(self.case, terms);
        fall.map_or_else(|| "–".into(), |fall| self.visitor.locale.percent(hundredths(fall.margin)))
    }

    /// That somebody else must send it; `None` within the own authority.
    fn beyond(&self, needs: Authority) -> Option<String> {
        let authority = self.text(&format!("authority-{}", needs.code().replace('_', "-")));
        (needs > self.own).then(|| self.visitor.locale.text_with("case-needs", &[("authority", authority.into())]))
    }

    /// '40 pc at 11.72', with the payment where it is not what was asked for.
    pub(crate) fn terms_text(&self, terms: &Terms) -> String {
        let locale = &self.visitor.locale;
        let goods = match terms.lines.as_slice() {
            [line] => locale.text_with(
                "case-quantity-at",
                &[
                    ("quantity", locale.quantity_unit(line.quantity).into()),
                    ("price", locale.unit_price(line.price).into()),
                ],
            ),
            _ => words::total(locale, terms),
        };
        let days = i64::from(terms.payment_days);
        if days == self.case.negotiation.payment_days {
            return goods;
        }
        format!("{goods}, {}", words::payment(locale, days))
    }

    /// The same with what the buyer is to do beside, in the words that the buyer reads: a counter-offer keeps what the suggestion
    /// asks for from which it starts.
    pub(crate) fn whole_text(&self, terms: &Terms) -> String {
        self.with_beside(self.terms_text(terms), terms)
    }

    /// A text about terms, followed by what they ask for beside goods and payment and the ask did not have.
    pub(crate) fn with_beside(&self, text: String, terms: &Terms) -> String {
        let offer = actions::offer(self.case, terms, self.app.now());
        let beside =
            offer.map_or_else(|_| Vec::new(), |offer| words::further(&self.visitor.locale, &offer, &self.names));
        std::iter::once(text).chain(beside).collect::<Vec<_>>().join(", ")
    }

    /// How likely the engine thinks that a lever's offer is taken, from its trace. Its scale ends at two per cent.
    fn chance(&self, lever: &str) -> Option<String> {
        let text = negotiation_engine::Arg::Text(lever.to_owned());
        let entry = self.case.trace.iter().rev().find(|entry| {
            entry.code == "candidate" && entry.args.iter().any(|arg| arg.name == "lever" && arg.arg == text)
        })?;
        let rate = entry.args.iter().find_map(|arg| match (&*arg.name, &arg.arg) {
            ("chance", negotiation_engine::Arg::Rate(rate)) => Some(*rate),
            _ => None,
        })?;
        let locale = &self.visitor.locale;
        if rate < Rate::percent(5) {
            return Some(locale.text_with("case-chance-low", &[("percent", locale.percent(Rate::percent(5)).into())]));
        }
        let whole = kernel::Rounding::HalfUp.divide(i128::from(rate.ppm()), 10_000);
        let whole = Rate::from_ppm(i64::try_from(whole).unwrap_or(0).saturating_mul(10_000));
        Some(locale.text_with("case-chance", &[("percent", locale.percent(whole).into())]))
    }

    fn counter_lines(&self, form: &FormState, asked: &Terms) -> Vec<CounterLine> {
        let locale = &self.visitor.locale;
        let line = |(at, line): (usize, &Line)| {
            let was = asked.lines.get(at);
            let differs = |name: &str, was: Option<String>| {
                let typed = form.value(&format!("{name}_{at}")).trim().to_owned();
                let was = was.filter(|was| *was != typed && !typed.is_empty());
                was.map_or_else(String::new, |was| locale.text_with("case-differs", &[("asked", was.into())]))
            };
            CounterLine {
                at,
                name: words::name(locale, &self.names, line.product),
                unit: locale.text(&format!("unit-{}", line.quantity.unit().code())),
                price_unit: words::currency_per_unit(locale, line.price, line.quantity),
                price_asked: differs("price", was.map(|was| locale.unit_price(was.price))),
                quantity_asked: differs("quantity", was.map(|was| locale.quantity(was.quantity))),
            }
        };
        self.case.negotiation.lines.iter().enumerate().map(line).collect()
    }

    fn days_asked(&self, form: &FormState, asked: &Terms) -> String {
        let (typed, was) = (form.value("payment_days").trim(), asked.payment_days.to_string());
        if typed.is_empty() || typed == was {
            return String::new();
        }
        self.visitor.locale.text_with("case-differs", &[("asked", was.into())])
    }

    /// The margin of what is selected, and who may send it. A loss stays in money, and is red.
    fn margin(&self, selected: &Selected, needs: Option<Authority>, form: &FormState) -> MarginView {
        let locale = &self.visitor.locale;
        let label = self.text(if selected.chosen == Chosen::Own { "case-live-margin" } else { "case-chosen-margin" });
        let Some(terms) = &selected.terms else {
            let wrong = form.errors().first().map(|(_, sentence)| (*sentence).to_owned());
            let note = wrong.unwrap_or_else(|| self.text("case-margin-unclear"));
            return MarginView { label, margin: "–".into(), class: "", money: String::new(), note };
        };
        let fall = waterfall::of(self.case, terms);
        MarginView {
            label,
            margin: fall.map_or_else(|| "–".into(), |fall| locale.percent(hundredths(fall.margin))),
            class: fall.map_or("", |fall| if waterfall::is_bad(&fall) { "bad" } else { "" }),
            money: fall.map_or_else(String::new, |fall| locale.money(fall.pocket)),
            note: needs.and_then(|needs| self.beyond(needs)).unwrap_or_default(),
        }
    }

    fn waterfall(&self, asked: &Terms, selected: &Selected) -> Option<waterfall::Table> {
        let n = &self.case.negotiation;
        // Of what nobody asked for there is nothing to work out.
        if n.is_unasked() {
            return None;
        }
        let locale = &self.visitor.locale;
        let is_at = |of: Chosen| of == selected.chosen;
        let mut shown = vec![Shown { title: self.text("case-ask"), terms: asked, is_at: is_at(Chosen::Ask) }];
        for row in self.case.suggested().take(4) {
            let title = match self.case.proposals.iter().find(|proposal| proposal.offer == row.id) {
                Some(proposal) => self.people.get(&proposal.person).cloned().unwrap_or_default(),
                None => words::title(locale, &row.offer),
            };
            shown.push(Shown { title, terms: &row.offer.terms, is_at: is_at(Chosen::Offer(row.id)) });
        }
        if let Some(terms) = selected.terms.as_ref().filter(|_| selected.chosen == Chosen::Own) {
            shown.push(Shown { title: self.text("case-own-answer"), terms, is_at: true });
        }
        waterfall::table(locale, self.case, &shown)
    }

    /// A sends the selected answer; while somebody types a counter-offer, the usual one.
    fn approve_button(&self, asked: &Terms, chosen: Chosen) -> ButtonView {
        let of = if chosen == Chosen::Own { self.usual() } else { chosen };
        let row = of.offer().and_then(|id| self.case.suggested().find(|row| row.id == id));
        let terms = row.map_or(asked, |row| &row.offer.terms);
        let locale = &self.visitor.locale;
        let is_beyond = actions::needs_of(self.case, of.offer(), terms) > self.own;
        // A suggestion's title says what it asks for beside the price; a colleague's proposal has none.
        let is_titled = row.is_some_and(|row| row.made_by.is_none()) && !is_beyond;
        let told = if is_titled { self.terms_text(terms) } else { self.whole_text(terms) };
        let args = [
            ("terms", told.into()),
            ("title", row.map_or_else(String::new, |row| words::title(locale, &row.offer)).into()),
        ];
        let key = match row {
            _ if is_beyond => "case-send-on",
            Some(row) if row.made_by.is_none() => "case-send-answer",
            _ => "case-approve-terms",
        };
        let action = if is_beyond { "proposal" } else { "approval" };
        self.button(locale.text_with(key, &args), action, of)
    }

    fn send_button(&self, form: &FormState, is_replacing: bool) -> ButtonView {
        let locale = &self.visitor.locale;
        let text = |name: &str| form.value(name).to_owned();
        let counter = typed::counter_of(self.case, &text, self.visitor.locale.notation(), 0).ok();
        let terms = counter.and_then(|counter| actions::counter_terms(self.case, &counter).ok());
        let needs = terms.as_ref().map(|terms| actions::needs_of(self.case, None, terms));
        let is_beyond = needs.is_some_and(|needs| needs > self.own);
        let (plain, worded, action) = match (is_replacing, is_beyond) {
            (true, _) => ("case-replace", "case-replace-with", "replacement"),
            (false, true) => ("case-counter", "case-send-on", "proposal"),
            (false, false) => ("case-counter", "case-counter-with", "counteroffer"),
        };
        let label = match &terms {
            Some(terms) => locale.text_with(worded, &[("terms", self.whole_text(terms).into())]),
            None => locale.text(plain),
        };
        self.button(label, action, Chosen::Own)
    }

    fn button(&self, label: String, action: &str, of: Chosen) -> ButtonView {
        ButtonView { label, action: format!("/desk/{}/{action}", self.case.negotiation.id), sends: of.value() }
    }
}

#[derive(Template)]
#[template(path = "cases/decision.html", blocks = ["section", "live"])]
struct Fragment {
    shell: Shell,
    decision: DecisionView,
}

/// The form for another answer, or what follows from what is typed (`typed`).
pub(super) async fn fragment(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<NegotiationId>,
    Query(fields): Query<Fields>,
) -> Reply {
    let is_typed = !fields.text("typed").is_empty();
    let tx = app.db().read().await?;
    let (me, own) = deciders::me(&tx, &visitor.actor).await?;
    let (case, facts) = pages::case_parts(&tx, &app, id).await?;
    let people = pages::names(&tx).await?;
    drop(tx);
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(&case.negotiation));
    let parts = Parts { app: &app, visitor: &visitor, case: &case, facts: &facts, own, names, people };
    let text = |name: &str| fields.text(name).to_owned();
    let wrong = typed::counter_of(&case, &text, visitor.locale.notation(), 0)
        .and_then(|counter| actions::counter_terms(&case, &counter).map_err(typed::invalid_of))
        .err()
        .filter(|_| is_typed);
    let form = wrong.map_or_else(|| fields.kept(), |invalid| typed::rejected(&fields, &invalid, &visitor));
    let is_replacing = parts.is_replaceable(me.id);
    let chosen = if is_typed { Some(Chosen::Own) } else { Chosen::parse(fields.text("answer")) };
    let view = parts.decision(Begun { form: Some(form), chosen, is_replacing });
    let view = view.ok_or(kernel::Failure::NotFound)?;
    let decision = DecisionView { previous: text("previous"), next: text("next"), whose: text("whose"), ..view };
    let page = Fragment { shell: Shell::bare(&app, &visitor, ""), decision };
    if is_typed {
        web::fragment(StatusCode::OK, &page.as_live())
    } else {
        web::fragment(StatusCode::OK, &page.as_section())
    }
}
