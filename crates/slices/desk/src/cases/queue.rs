//! The queue's view, and what follows from its order.

use catalog::Catalog;
use kernel::Instant;
use negotiation::negotiations::{Negotiation, summary};
use negotiation::routing::queries::Workload;
use negotiation_engine::Authority;
use terms::figures;
use terms::trace::tenths;
use terms::words::{self, Names};
use web::{App, Shell};

use super::queries::{QueueRow, Whose};

/// A line of the queue.
pub(crate) struct QueueItem {
    pub(crate) href: String,
    pub(crate) is_here: bool,
    pub(crate) is_new: bool,
    pub(crate) company: String,
    pub(crate) value: String,
    pub(crate) currency: &'static str,
    pub(crate) what: String,
    /// Whose decision it is, when it is not the reader's own.
    pub(crate) decider: String,
    pub(crate) iso: String,
    pub(crate) time: String,
}

/// The queue.
pub(crate) struct Queue {
    pub(crate) count: usize,
    pub(crate) tabs: Vec<(String, String, bool)>,
    pub(crate) groups: Vec<(String, Vec<QueueItem>)>,
    pub(crate) self_href: String,
    pub(crate) is_done: bool,
    /// What the reader has to do and has done.
    pub(crate) load: String,
}

/// What was asked within this time is new.
const NEW: i64 = Instant::HOUR;

pub(crate) fn queue(app: &App, shell: &Shell, rows: &[QueueRow], whose: Whose, here: &str) -> Queue {
    let (now, locale) = (app.now(), &shell.visitor.locale);
    let mut groups: Vec<(String, Vec<QueueItem>)> = Vec::new();
    for row in rows {
        let title = group_title(shell, row, whose, now);
        let item = item(app, shell, row, whose, here, now);
        match groups.last_mut().filter(|(last, _)| *last == title) {
            Some((_, items)) => items.push(item),
            None => groups.push((title, vec![item])),
        }
    }
    let tab = |(code, choice): (&str, Whose)| {
        (format!("/desk?whose={code}"), locale.text(&format!("desk-{code}")), choice == whose)
    };
    // A rep also follows the cases of the own companies that somebody else decides; they are not counted.
    let decides = |row: &&QueueRow| whose != Whose::Mine || row.negotiation.rep == shell.visitor.actor.user;
    Queue {
        count: rows.iter().filter(decides).count(),
        tabs: Whose::ALL.into_iter().map(tab).collect(),
        groups,
        self_href: format!("/desk/queue?whose={}&at={here}", whose.code()),
        is_done: whose == Whose::Done,
        load: String::new(),
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

fn group_title(shell: &Shell, row: &QueueRow, whose: Whose, now: Instant) -> String {
    let locale = &shell.visitor.locale;
    if whose == Whose::Done {
        return locale.day(locale.local_date(row.negotiation.changed_at));
    }
    match row.negotiation.answer_by {
        Some(by) if by < now => locale.text("desk-late"),
        Some(by) if locale.local_date(by) == locale.local_date(now) => locale.text("desk-due-today"),
        Some(by) => locale.day(locale.local_date(by)),
        None => locale.text("desk-no-date"),
    }
}

fn item(app: &App, shell: &Shell, row: &QueueRow, whose: Whose, here: &str, now: Instant) -> QueueItem {
    let (n, locale) = (&row.negotiation, &shell.visitor.locale);
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
    let at = if whose == Whose::Done { Some(n.changed_at) } else { n.answer_by };
    QueueItem {
        href: format!("/desk/{}?whose={}", n.id, whose.code()),
        is_here: n.id.to_string() == here,
        is_new: whose != Whose::Done && now.since(n.asked_at) < NEW,
        company: row.company.name.clone(),
        value: locale.amount(n.ask_value),
        currency: n.currency.code(),
        what: what(locale, n, &names),
        decider: decider(shell, n, whose),
        iso: at.map_or_else(String::new, Instant::to_rfc3339),
        time: at.map_or_else(String::new, |at| locale.time(at)),
    }
}

fn decider(shell: &Shell, n: &Negotiation, whose: Whose) -> String {
    let others = n.authority.as_ref().filter(|_| whose == Whose::Mine && n.rep != shell.visitor.actor.user);
    others.map_or_else(String::new, |code| shell.t(&format!("authority-{}", code.replace('_', "-"))))
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
            let percent = locale.percent(tenths(off));
            let args = [("n", n.lines.len().into()), ("percent", percent.into())];
            locale.text_with("case-what-many", &args)
        }
    }
}

/// The neighbours of a case in the queue, for J and K.
pub(crate) fn neighbours(rows: &[QueueRow], here: &str, whose: Whose) -> (String, String) {
    let href = |row: Option<&QueueRow>| {
        row.map_or_else(String::new, |row| format!("/desk/{}?whose={}", row.negotiation.id, whose.code()))
    };
    // The queue is shown by groups of dates; its order is the order of the rows.
    match rows.iter().position(|row| row.negotiation.id.to_string() == here) {
        Some(at) => (href(at.checked_sub(1).and_then(|at| rows.get(at))), href(rows.get(at + 1))),
        None => (String::new(), href(rows.first())),
    }
}

/// The choice of a queue that fits somebody: managers see all cases, reps their own.
pub(crate) fn usual(own: Authority) -> Whose {
    if own >= Authority::SalesManager { Whose::All } else { Whose::Mine }
}
