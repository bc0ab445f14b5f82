//! The queue's view, and what follows from its order.

use std::collections::HashMap;

use catalog::Catalog;
use kernel::{Instant, UserId};
use negotiation::negotiations::{Negotiation, Recorded, summary};
use negotiation::routing::queries::Workload;
use negotiation_engine::Authority;
use terms::figures;
use terms::figures::hundredths;
use terms::words::{self, Names};
use web::{App, Shell};

use super::queries::{QueueList, QueueRow, Sort, Whose};

/// A line of the queue.
pub(crate) struct QueueItem {
    pub(crate) href: String,
    pub(crate) is_here: bool,
    pub(crate) is_new: bool,
    pub(crate) company: String,
    pub(crate) value: String,
    pub(crate) currency: &'static str,
    pub(crate) what: String,
    /// Who has it, when that is not the reader.
    pub(crate) decider: String,
    pub(crate) iso: String,
    pub(crate) time: String,
}

/// The queue.
pub(crate) struct Queue {
    pub(crate) count: usize,
    pub(crate) tabs: Vec<(String, String, bool)>,
    /// The orders: address, words, whether it is this one; empty where there is but one.
    pub(crate) orders: Vec<(String, String, bool)>,
    pub(crate) groups: Vec<(String, Vec<QueueItem>)>,
    pub(crate) self_href: String,
    /// What is searched for.
    pub(crate) q: String,
    pub(crate) whose: &'static str,
    pub(crate) sort: &'static str,
    pub(crate) is_done: bool,
    /// What the reader has to do and has done.
    pub(crate) load: String,
    /// That not all are shown.
    pub(crate) more: String,
}

/// Which queue, in which order, beside which case.
pub(crate) struct Place<'a> {
    pub(crate) whose: Whose,
    pub(crate) sort: Sort,
    pub(crate) here: &'a str,
    pub(crate) people: &'a HashMap<UserId, String>,
    /// What is searched for; empty for everything.
    pub(crate) q: &'a str,
}

impl Place<'_> {
    /// The query of addresses that lead back to this queue.
    pub(crate) fn query(&self) -> String {
        self.query_as(self.whose, self.sort)
    }

    fn query_as(&self, whose: Whose, sort: Sort) -> String {
        web::query_string(&[("whose", whose.code()), ("sort", sort.code()), ("q", self.q)])
    }
}

/// Leaves the cases in which every word of a search stands: in the customer's name or number, the case's number, or a product's
/// number or name.
pub(crate) fn search(app: &App, locale: &i18n::Locale, list: QueueList, q: &str) -> QueueList {
    let words: Vec<String> = q.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return list;
    }
    let catalog = app.part::<Catalog>();
    let is_found = |row: &QueueRow| {
        let n = &row.negotiation;
        let products = n.lines.iter().filter_map(|line| catalog.product(line.product));
        let products = products.map(|product| format!("{} {}", product.sku, product.name.get(locale.language())));
        let parts = [row.company.name.clone(), row.company.number.clone(), n.number.to_string()];
        let text = parts.into_iter().chain(products).collect::<Vec<_>>().join(" ").to_lowercase();
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let rows: Vec<QueueRow> = list.rows.into_iter().filter(is_found).collect();
    QueueList { total: rows.len(), rows }
}

/// What was asked within this time is new.
const NEW: i64 = Instant::HOUR;

pub(crate) fn queue(app: &App, shell: &Shell, list: &QueueList, place: &Place<'_>) -> Queue {
    let (now, locale, Place { whose, sort, here, .. }) = (app.now(), &shell.visitor.locale, place);
    let mut groups: Vec<(String, Vec<QueueItem>)> = Vec::new();
    // A rep also follows the cases of the own customers that somebody else decides: behind the own, and not counted.
    let me = shell.visitor.actor.user;
    let is_others =
        |row: &&QueueRow| *whose == Whose::Mine && row.negotiation.rep.is_some() && row.negotiation.rep != me;
    let (others, own): (Vec<&QueueRow>, Vec<&QueueRow>) = list.rows.iter().partition(is_others);
    for row in own.iter().copied() {
        let title = group_title(shell, row, place, now);
        let item = item(app, shell, row, place, now);
        match groups.last_mut().filter(|(last, _)| *last == title) {
            Some((_, items)) => items.push(item),
            None => groups.push((title, vec![item])),
        }
    }
    if !others.is_empty() {
        let items = others.iter().map(|row| item(app, shell, row, place, now)).collect();
        groups.push((locale.text("desk-with-colleagues"), items));
    }
    let tab = |(code, choice): (&str, Whose)| {
        let href = format!("/desk?{}", place.query_as(choice, *sort));
        (href, locale.text(&format!("desk-{code}")), choice == *whose)
    };
    let order = |choice: Sort| {
        let href = format!("/desk?{}", place.query_as(*whose, choice));
        (href, locale.text(&format!("desk-sort-{}", choice.code())), choice == *sort)
    };
    let shown = list.rows.len();
    let more = [("shown", shown.into()), ("total", list.total.into())];
    Queue {
        count: list.total.saturating_sub(others.len()),
        tabs: Whose::ALL.into_iter().map(tab).collect(),
        orders: if *whose == Whose::Done { Vec::new() } else { [Sort::Due, Sort::Value].map(order).into() },
        groups,
        self_href: format!("/desk/queue?{}&at={here}", place.query()),
        q: place.q.to_owned(),
        whose: whose.code(),
        sort: sort.code(),
        is_done: *whose == Whose::Done,
        load: String::new(),
        more: if list.total > shown { locale.text_with("desk-more", &more) } else { String::new() },
    }
}

/// '3 open, 5 of 40 decided today, half of them within 42 minutes'; empty for people who do not decide.
pub(crate) fn load(shell: &Shell, load: Option<&Workload>) -> String {
    let Some(load) = load else { return String::new() };
    let key = if load.turnaround_minutes.is_some() { "load-line-turnaround" } else { "load-line" };
    let args = [
        ("open", i64::from(load.open).into()),
        ("decided", i64::from(load.decided_today).into()),
        ("cap", i64::from(load.cap).into()),
        ("minutes", load.turnaround_minutes.unwrap_or(0).into()),
    ];
    shell.visitor.locale.text_with(key, &args)
}

fn group_title(shell: &Shell, row: &QueueRow, place: &Place<'_>, now: Instant) -> String {
    let locale = &shell.visitor.locale;
    if place.whose == Whose::Done {
        return locale.day(locale.local_date(row.negotiation.changed_at));
    }
    if place.sort == Sort::Value {
        return locale.text("desk-by-value");
    }
    match row.negotiation.answer_by {
        Some(by) if by < now => locale.text("desk-late"),
        Some(by) if locale.local_date(by) == locale.local_date(now) => locale.text("desk-due-today"),
        Some(by) => locale.day(locale.local_date(by)),
        None => locale.text("desk-no-date"),
    }
}

fn item(app: &App, shell: &Shell, row: &QueueRow, place: &Place<'_>, now: Instant) -> QueueItem {
    let (n, locale, whose) = (&row.negotiation, &shell.visitor.locale, place.whose);
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
    let is_done = whose == Whose::Done;
    let at = if is_done { Some(n.changed_at) } else { n.answer_by };
    QueueItem {
        href: format!("/desk/{}?{}", n.id, place.query()),
        is_here: n.id.to_string() == place.here,
        is_new: !is_done && now.since(n.asked_at) < NEW,
        company: row.company.name.clone(),
        value: locale.amount(row.decided.as_ref().and_then(given_value).unwrap_or(n.ask_value)),
        currency: n.currency.code(),
        what: row.decided.as_ref().map_or_else(|| what(locale, n, &names), |row| decided(locale, n, &names, row)),
        decider: holder(shell, row, place),
        iso: at.map_or_else(String::new, Instant::to_rfc3339),
        time: at.map_or_else(String::new, |at| locale.time(at)),
    }
}

/// Who has a case that is not the reader's own; of a done one who decided it, when that was somebody else.
fn holder(shell: &Shell, row: &QueueRow, place: &Place<'_>) -> String {
    let who = row.decided.as_ref().map_or(row.negotiation.rep, |decided| Some(decided.decision.person));
    let others = who.filter(|who| Some(*who) != shell.visitor.actor.user);
    others.and_then(|who| place.people.get(&who)).cloned().unwrap_or_default()
}

/// What was granted or offered is worth.
fn given_value(row: &Recorded) -> Option<kernel::Amount> {
    let offer = row.given.offers.first()?;
    figures::net(&offer.terms, offer.saving.currency()).ok()
}

/// What was decided: 'Countered: Ball valve DN 50, 600 pc at 12.40'.
fn decided(locale: &i18n::Locale, n: &Negotiation, names: &Names, row: &Recorded) -> String {
    let what = locale.text(&format!("case-decided-{}", row.decision.kind));
    let subject = summary::subject(locale, n, names);
    let terms = row.given.offers.first().map(|offer| match offer.terms.lines.as_slice() {
        [line] => locale.text_with(
            "case-quantity-at",
            &[
                ("quantity", locale.quantity_unit(line.quantity).into()),
                ("price", locale.unit_price(line.price).into()),
            ],
        ),
        _ => words::total(locale, &offer.terms),
    });
    let reason = row.decision.reason.as_ref().map(|code| locale.text(&format!("reject-reason-{code}")));
    let said = [Some(subject), terms, reason].into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("{what}: {said}")
}

/// 'Ball valve DN 50, 2,000 pc at 104.00'.
pub(super) fn what(locale: &i18n::Locale, n: &Negotiation, names: &Names) -> String {
    match n.lines.as_slice() {
        [line] => {
            let args = [
                ("product", summary::subject(locale, n, names).into()),
                ("quantity", locale.quantity_unit(line.quantity).into()),
                ("price", locale.unit_price(line.price).into()),
            ];
            locale.text_with("case-what", &args)
        }
        _ => {
            let off = figures::share(n.list_value.minus(n.ask_value).unwrap_or(n.ask_value), n.list_value);
            let percent = locale.percent(hundredths(off));
            let args = [("n", n.lines.len().into()), ("percent", percent.into())];
            locale.text_with("case-what-many", &args)
        }
    }
}

/// The neighbours of a case in the queue, for J and K.
pub(crate) fn neighbours(rows: &[QueueRow], place: &Place<'_>) -> (String, String) {
    let href = |row: Option<&QueueRow>| {
        row.map_or_else(String::new, |row| format!("/desk/{}?{}", row.negotiation.id, place.query()))
    };
    match rows.iter().position(|row| row.negotiation.id.to_string() == place.here) {
        Some(at) => (href(at.checked_sub(1).and_then(|at| rows.get(at))), href(rows.get(at + 1))),
        None => (String::new(), href(rows.first())),
    }
}

/// The choice of a queue that fits somebody: managers see all cases, reps their own.
pub(crate) fn usual(own: Authority) -> Whose {
    if own >= Authority::SalesManager { Whose::All } else { Whose::Mine }
}
