//! The panel's view: finished texts and links, made from what a buyer may know.

use askama::Template;
use catalog::Catalog;
use i18n::Locale;
use kernel::{Fault, Instant, Outcome, UnitPrice};
use negotiation_engine::FreightMode;
use terms::words;
use web::{App, FormState, Shell, Visitor};

use super::subject::{self, Packing, Subject};
use crate::negotiations::queries::Seen;
use crate::negotiations::{Negotiation, State, summary};
use crate::offers::OfferRow;

/// An offer's card.
pub(crate) struct Card {
    pub(crate) title: String,
    pub(crate) price: String,
    pub(crate) unit: String,
    pub(crate) condition: String,
    pub(crate) net: String,
    pub(crate) saving: String,
    pub(crate) action: String,
    /// Its lines, conditions and until when it stands, one by one.
    pub(crate) details: Vec<String>,
    /// Where it is told that somebody has looked at them.
    pub(crate) look: String,
}

/// Who has it, or whom to talk to.
#[derive(Clone)]
pub struct Contact {
    /// The full name.
    pub name: String,
    /// For the round picture.
    pub initials: String,
    /// As it is dialled.
    pub phone: String,
    /// The address.
    pub email: String,
}

/// The form to ask.
pub(crate) struct AskForm {
    pub(crate) action: String,
    pub(crate) form: FormState,
    /// Product, quantity and price of each line of a cart; empty for one product.
    pub(crate) cart_lines: Vec<(String, String, String)>,
    pub(crate) cart: String,
    pub(crate) product: String,
    pub(crate) unit: String,
    pub(crate) price_unit: String,
    pub(crate) currency: &'static str,
    pub(crate) hint: String,
    /// The quantity in words, where the page has a field for it already and the form only follows; empty elsewhere.
    pub(crate) follows: String,
    pub(crate) packing: Packing,
    pub(crate) freight_modes: Vec<(&'static str, String)>,
    pub(crate) button: String,
}

impl AskForm {
    /// Whether what the buyer gives in return is shown: where there is something in it, or something wrong with it.
    pub(crate) fn in_return_open(&self) -> bool {
        let filled = ["flexible_days", "commitment_times", "commitment_months", "fixed_quantities"];
        filled.iter().any(|name| !self.form.value(name).is_empty() || self.form.wrong(name))
            || !matches!(self.form.value("freight"), "" | "usual")
    }
}

/// The panel. `state` is what the stylesheet knows: ask, open, waiting, agreed, expired, declined.
#[derive(Template)]
#[template(path = "panel/panel.html")]
pub(crate) struct Panel {
    pub(crate) shell: Shell,
    pub(crate) back: String,
    pub(crate) id: String,
    pub(crate) state: &'static str,
    pub(crate) title: String,
    pub(crate) corner: String,
    pub(crate) rounds: Vec<bool>,
    pub(crate) lead: String,
    pub(crate) explanation: String,
    pub(crate) message: Option<(String, String)>,
    pub(crate) terms: Vec<(&'static str, String)>,
    pub(crate) saving: String,
    pub(crate) cards: Vec<Card>,
    pub(crate) foot: String,
    pub(crate) contact: Option<Contact>,
    pub(crate) answer_by: Option<(String, String)>,
    pub(crate) ask: Option<AskForm>,
    pub(crate) may_hand_over: bool,
    pub(crate) may_withdraw: bool,
    pub(crate) cart_href: String,
}

/// The parts of the form that follow the quantity of a product's page, to be swapped where they stand.
#[derive(Template)]
#[template(path = "panel/following.html")]
struct Following<'a> {
    shell: &'a Shell,
    ask: &'a AskForm,
    is_part: bool,
}

/// The HTML of the parts that follow; empty where the panel has none.
pub(super) fn following(panel: &Panel) -> Outcome<String> {
    let Some(ask) = panel.ask.as_ref().filter(|ask| !ask.follows.is_empty()) else { return Ok(String::new()) };
    let parts = Following { shell: &panel.shell, ask, is_part: true };
    parts.render().map_err(|e| Fault::because("rendering the negotiation panel", e).into())
}

/// The panel's HTML, to be put into another page.
pub(super) fn html(panel: &Panel) -> Outcome<String> {
    panel.render().map_err(|e| Fault::because("rendering the negotiation panel", e).into())
}

impl Panel {
    /// The panel of a subject: of its negotiation when there is one, else the form to ask. `typed` is a form that comes
    /// back with errors.
    pub(crate) fn new(
        app: &App,
        visitor: &Visitor,
        subject: Subject,
        seen: Option<Seen>,
        back: &str,
        typed: FormState,
    ) -> Self {
        let shell = Shell::bare(app, visitor, "");
        let now = app.now();
        let mut panel = Self::blank(shell, back);
        match &seen {
            None => panel.title = panel.shell.t("deal-ask-title"),
            Some(seen) => panel.show(app, seen, &subject, now),
        }
        panel.ask = panel.form(&subject, seen.as_ref(), typed, now);
        panel
    }

    fn blank(shell: Shell, back: &str) -> Self {
        Self {
            shell,
            back: back.to_owned(),
            id: String::new(),
            state: "ask",
            title: String::new(),
            corner: String::new(),
            rounds: Vec::new(),
            lead: String::new(),
            explanation: String::new(),
            message: None,
            terms: Vec::new(),
            saving: String::new(),
            cards: Vec::new(),
            foot: String::new(),
            contact: None,
            answer_by: None,
            ask: None,
            may_hand_over: false,
            may_withdraw: false,
            cart_href: String::new(),
        }
    }

    /// The address by which the block asks for itself again.
    pub(crate) fn self_href(&self) -> String {
        let encoded: String = self
            .back
            .bytes()
            .map(|b| match b {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' => char::from(b).to_string(),
                other => format!("%{other:02X}"),
            })
            .collect();
        format!("/negotiations/{}/panel?back={encoded}", self.id)
    }

    fn locale(&self) -> Locale {
        self.shell.visitor.locale.clone()
    }

    fn show(&mut self, app: &App, seen: &Seen, subject: &Subject, now: Instant) {
        let (n, locale) = (&seen.negotiation, self.locale());
        self.id = n.id.to_string();
        self.contact = seen.contact(now).map(contact);
        self.may_hand_over = seen.may_hand_over(now);
        let asked = summary::asked(&locale, n);
        match n.state(now) {
            State::Offered => self.show_offers(app, seen, now),
            State::Waiting => self.show_waiting(app, seen, now),
            State::Agreed => self.show_agreed(app, n),
            State::Declined => self.show_declined(app, seen, subject, now),
            State::Expired => {
                self.state = "expired";
                let end = n.expires_at.map_or_else(String::new, |end| locale.moment(end));
                self.title = self.shell.ta("deal-expired-title", "moment", &end);
                self.lead = self.shell.ta("deal-expired-lead", "price", &summary::list(&locale, n));
                self.explanation = self.shell.t("deal-expired-text");
                self.may_hand_over = false;
            }
            State::Withdrawn => {
                self.state = "declined";
                self.title = self.shell.t("deal-withdrawn-title");
                self.lead = self.shell.ta("deal-withdrawn-lead", "asked", &asked);
                self.may_hand_over = false;
            }
        }
    }

    fn show_rounds(&mut self, seen: &Seen) {
        let (at, most) = (seen.negotiation.round.min(seen.rounds_max), seen.rounds_max);
        self.rounds = (1..=most.clamp(1, 12)).map(|round| round <= at).collect();
        self.corner = self.shell.ta2("deal-round", "round", &at.to_string(), "of", &most.to_string());
    }

    fn show_offers(&mut self, app: &App, seen: &Seen, now: Instant) {
        let n = &seen.negotiation;
        self.state = "open";
        self.title = self.asked_title(n);
        self.show_rounds(seen);
        self.cards = self.cards_of(app, n, now, 3);
        let count = self.cards.len();
        let by_person = n.standing(now).next().is_some_and(|row| row.made_by.is_some());
        self.lead = match (by_person, &self.contact) {
            (true, Some(contact)) => self.shell.ta("deal-lead-person", "name", &contact.name),
            _ => self.shell.tn("deal-lead-offers", &i64::try_from(count).unwrap_or(3)),
        };
        self.message = person_message(seen);
        let ends: Vec<Instant> = n.standing(now).take(3).map(|row| row.offer.expires).collect();
        if let Some(first) = ends.iter().min() {
            let moment = self.locale().moment(*first);
            let same = ends.iter().all(|end| end == first);
            let key = if !same { "deal-holds-first" } else { "deal-holds" };
            let n = i64::try_from(count).unwrap_or(3);
            self.foot = self.locale().text_with(key, &[("n", n.into()), ("moment", moment.into())]);
        }
    }

    /// 'You asked 110.00 for 2,000'.
    fn asked_title(&self, n: &Negotiation) -> String {
        let locale = self.locale();
        if n.is_unasked() {
            return self.shell.t("deal-unasked");
        }
        match n.lines.as_slice() {
            [line] => self.shell.ta2(
                "deal-you-asked",
                "price",
                &locale.unit_price(line.price),
                "quantity",
                &locale.quantity(line.quantity),
            ),
            _ => self.shell.ta2(
                "deal-you-asked-total",
                "total",
                &locale.money(n.ask_value),
                "list",
                &locale.money(n.list_value),
            ),
        }
    }

    fn cards_of(&self, app: &App, n: &Negotiation, now: Instant, most: usize) -> Vec<Card> {
        let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
        n.standing(now).take(most).map(|row| card(&self.shell, row, &names)).collect()
    }

    fn show_waiting(&mut self, app: &App, seen: &Seen, now: Instant) {
        let (n, locale) = (&seen.negotiation, self.locale());
        self.state = "waiting";
        self.title = match &self.contact {
            Some(contact) => self.shell.ta("deal-waiting-title", "name", &contact.name),
            None => self.shell.t("deal-waiting-title-team"),
        };
        self.corner = self.shell.ta("deal-case", "number", &n.number.to_string());
        self.answer_by = n.answer_by.map(|by| (by.to_rfc3339(), locale.moment(by)));
        let reason = if n.reason.as_deref() == Some("person") { "deal-waiting-wanted" } else { "deal-waiting-beyond" };
        self.explanation = format!("{}. {}", self.asked_title(n), self.shell.t(reason));
        self.cards = self.cards_of(app, n, now, 3);
        self.may_withdraw = seen.may_withdraw(now);
        self.may_hand_over = false;
    }

    fn show_agreed(&mut self, app: &App, n: &Negotiation) {
        let Some(row) = n.agreed() else { return };
        let locale = self.locale();
        self.state = "agreed";
        self.title = self.shell.ta("deal-agreed-title", "price", &words::price(&locale, &row.offer));
        self.corner = self.shell.ta("deal-number", "number", &n.number.to_string());
        self.lead = match row.offer.terms.lines.as_slice() {
            [line] => self.shell.ta2(
                "deal-agreed-lead",
                "quantity",
                &locale.quantity_unit(line.quantity),
                "total",
                &locale.money(row.net),
            ),
            _ => self.shell.ta("deal-agreed-lead-many", "total", &locale.money(row.net)),
        };
        if let [line] = row.offer.terms.lines.as_slice() {
            let most = row.offer.up_to.first().filter(|most| most.thousandths() > line.quantity.thousandths());
            let quantity = locale.quantity_unit(line.quantity);
            self.terms.push((
                "box",
                match most {
                    Some(most) => {
                        self.shell.ta2("deal-term-up-to", "quantity", &quantity, "most", &locale.quantity_unit(*most))
                    }
                    None => self.shell.ta("deal-term-quantity", "quantity", &quantity),
                },
            ));
        }
        self.terms.push(("card", words::payment(&locale, i64::from(row.offer.terms.payment_days))));
        let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
        self.terms.extend(words::further(&locale, &row.offer, &names).into_iter().map(|text| ("check", text)));
        let until = locale.moment(row.offer.expires);
        match &row.order_number {
            Some(number) => self.terms.push(("file", self.shell.ta("deal-term-ordered", "number", number))),
            None => {
                self.terms.push(("calendar", self.shell.ta("deal-term-order-until", "moment", &until)));
                self.cart_href = format!("/cart/deals/{}", row.id);
            }
        }
        if row.saving().minor() > 0 {
            self.saving = self.shell.ta("deal-agreed-saves", "amount", &locale.money(row.saving()));
        }
        self.may_hand_over = false;
    }

    fn show_declined(&mut self, app: &App, seen: &Seen, subject: &Subject, now: Instant) {
        let (n, locale) = (&seen.negotiation, self.locale());
        self.state = "declined";
        self.show_rounds(seen);
        self.cards = self.cards_of(app, n, now, 3);
        let reason = n.reason.as_deref().unwrap_or("nothing_better");
        let known = ["quantity", "customer", "credit", "product", "deal_too_small", "too_many_open"];
        if known.contains(&reason) {
            self.title = self.shell.t(&format!("deal-declined-{reason}-title"));
            self.explanation = self.shell.t(&format!("deal-declined-{reason}-text"));
        } else {
            self.title = self.shell.ta("deal-declined-title", "asked", &summary::asked(&locale, n));
            self.message = person_message(seen);
        }
        self.lead = match self.cards.first() {
            Some(_) => self.shell.t("deal-declined-nearest"),
            None => self.shell.ta("deal-declined-list", "price", &summary::list(&locale, n)),
        };
        if let (Some((from, price)), true) = (subject.next_tier, self.cards.is_empty()) {
            let from = locale.quantity_unit(from);
            self.foot = self.shell.ta2("deal-next-tier", "from", &from, "price", &locale.unit_price(price));
        }
    }

    /// The form: for a new negotiation where none is running, and while another round is possible.
    fn form(&self, subject: &Subject, seen: Option<&Seen>, typed: FormState, now: Instant) -> Option<AskForm> {
        let first = subject.lines.first()?;
        let goes_on = seen.filter(|seen| seen.negotiation.is_live(now));
        if let Some(seen) = goes_on
            && !seen.may_ask_again(now)
        {
            return None;
        }
        let action = match goes_on {
            Some(seen) => format!("/negotiations/{}/rounds", seen.negotiation.id),
            None => "/negotiations".to_owned(),
        };
        let last = seen.map(|seen| &seen.negotiation);
        let is_cart = subject.lines.len() > 1 || subject.cart.is_some();
        let locale = self.locale();
        let currency = first.price.map_or(kernel::Currency::Eur, UnitPrice::currency);
        let unit = locale.text(&format!("unit-{}", first.product.packing.unit.code()));
        let total = subject::total(subject);
        // The price of the quantity that stands in the form, which may be in a tier of its own.
        let line = goes_on.and_then(|seen| seen.negotiation.lines.first());
        let price = line.map(|line| line.list_price).or(first.price);
        let hint = match (is_cart, price, total) {
            (false, Some(price), _) => self.shell.ta("deal-you-pay-now", "price", &locale.unit_price(price)),
            (true, _, Some(total)) => self.shell.ta("deal-you-pay-now", "price", &locale.amount(total)),
            _ => String::new(),
        };
        // One quantity on the product's page: the form is about the one above it.
        let is_followed =
            !is_cart && goes_on.is_none() && self.back == first.product.href() && !typed.wrong("quantity");
        let follows = if is_followed { locale.quantity_unit(first.quantity) } else { String::new() };
        let form = match typed.has_errors() {
            true => typed,
            false => prefilled(&locale, subject, last.filter(|_| !is_followed)),
        };
        let button = if goes_on.is_some() { "deal-ask-again" } else { "deal-ask" };
        Some(AskForm {
            action,
            form,
            cart_lines: if is_cart { subject::cart_lines(subject, locale.notation()) } else { Vec::new() },
            cart: subject.cart.map_or_else(String::new, |cart| cart.to_string()),
            product: first.product.id.to_string(),
            price_unit: format!("{} / {unit}", currency.code()),
            unit,
            currency: currency.code(),
            hint,
            follows,
            packing: subject::packing(first),
            freight_modes: [FreightMode::Usual, FreightMode::Consolidated, FreightMode::Collected]
                .map(|mode| (mode.code(), locale.text(&format!("deal-freight-{}", mode.code()))))
                .into(),
            button: self.shell.t(button),
        })
    }
}

fn person_message(seen: &Seen) -> Option<(String, String)> {
    let last = seen.negotiation.decisions.last().filter(|last| !last.message.is_empty())?;
    let name = seen.person.as_ref().filter(|person| person.id == last.person).map(|person| person.name.clone());
    Some((last.message.clone(), name.unwrap_or_default()))
}

/// A person of the seller as a buyer sees him or her.
pub fn contact(member: &parties::people::Member) -> Contact {
    Contact {
        name: member.name.clone(),
        initials: member.name.split_whitespace().filter_map(|word| word.chars().next()).take(2).collect(),
        phone: member.phone.clone(),
        email: member.email.to_string(),
    }
}

pub(crate) fn card(shell: &Shell, row: &OfferRow, names: &words::Names) -> Card {
    let (locale, offer) = (&shell.visitor.locale, &row.offer);
    // The large figure of several lines is their total already.
    let (price, unit, net) = match offer.terms.lines.as_slice() {
        [line] => (
            locale.unit_price(line.price),
            words::currency_per_unit(locale, line.price, line.quantity),
            shell.ta("deal-net", "amount", &locale.money(row.net)),
        ),
        _ => {
            let unit = format!("{}, {}", row.net.currency().code(), shell.t("net"));
            (locale.amount(row.net), unit, String::new())
        }
    };
    Card {
        title: words::title(locale, offer),
        price,
        unit,
        condition: words::condition(locale, offer, names),
        net,
        saving: if row.saving().minor() > 0 {
            shell.ta("offer-saves", "amount", &locale.amount(row.saving()))
        } else {
            String::new()
        },
        action: format!("/negotiations/{}/offers/{}/acceptance", row.negotiation, row.id),
        details: details(locale, row, names),
        look: format!("/negotiations/{}/offers/{}/looks", row.negotiation, row.id),
    }
}

fn details(locale: &Locale, row: &OfferRow, names: &words::Names) -> Vec<String> {
    let line = |line: &negotiation_engine::LineTerms| {
        let args = [
            ("product", words::name(locale, names, line.product).into()),
            ("quantity", locale.quantity_unit(line.quantity).into()),
            ("price", words::per_unit(locale, line.price, line.quantity).into()),
        ];
        locale.text_with("deal-detail-line", &args)
    };
    let mut all: Vec<String> = row.offer.terms.lines.iter().take(10).map(line).collect();
    all.extend(words::further(locale, &row.offer, names));
    all.push(words::payment(locale, i64::from(row.offer.terms.payment_days)));
    all.push(locale.text_with("deal-detail-until", &[("moment", locale.moment(row.offer.expires).into())]));
    all
}

fn prefilled(locale: &Locale, subject: &Subject, last: Option<&Negotiation>) -> FormState {
    let line = last.and_then(|n| n.lines.first()).filter(|_| subject.lines.len() == 1);
    let quantity = line.map(|line| line.quantity).or(subject.lines.first().map(|line| line.quantity));
    let mut values = vec![("quantity", quantity.map_or_else(String::new, |quantity| locale.quantity(quantity)))];
    if let Some(n) = last {
        // What a rep worked with is not what the buyer would ask for.
        let asked = line.filter(|_| !n.is_unasked());
        values.push(("price", asked.map_or_else(String::new, |line| locale.unit_price(line.price))));
        values.push(("total", locale.amount(n.ask_value)));
        values.push(("comment", n.comment.clone()));
        values.push(("need_by", n.need_by.map_or_else(String::new, |date| date.to_string())));
        if let Some(competitor) = &n.competitor {
            values.push(("competitor_name", competitor.name.clone()));
            values.push(("competitor_price", competitor.price.map_or_else(String::new, |p| locale.unit_price(p))));
            values.push(("competitor_note", competitor.note.clone()));
        }
    }
    FormState::of(values)
}
