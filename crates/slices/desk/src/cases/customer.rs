//! The customer pane's view. For the seller's own people only.

use catalog::Catalog;
use kernel::Rate;
use negotiation::negotiations::{Negotiation, summary};
use negotiation::panel::state_class;
use terms::figures::Mark;
use terms::figures::hundredths;
use terms::{figures, words};
use web::{App, Visitor};

use super::queries::{Case, CustomerFacts};

/// The customer pane.
pub(crate) struct CustomerView {
    pub(crate) name: String,
    pub(crate) href: String,
    pub(crate) start_href: String,
    pub(crate) meta: String,
    pub(crate) facts: Vec<Fact>,
    pub(crate) paid: Vec<(String, String, String)>,
    pub(crate) past: Vec<(String, String, String, &'static str, String, String)>,
    pub(crate) orders: Vec<(String, String, String)>,
    pub(crate) people: Vec<(String, String, String)>,
}

/// A line of what is known.
#[derive(Default)]
pub(crate) struct Fact {
    pub(crate) name: String,
    pub(crate) value: String,
    pub(crate) unit: &'static str,
    pub(crate) class: &'static str,
    pub(crate) mark: Option<Mark>,
    /// The rows that it counts; empty for none.
    pub(crate) href: String,
    /// What it does not know.
    pub(crate) note: String,
}

impl Fact {
    fn new(name: String, value: String) -> Self {
        Self { name, value, ..Self::default() }
    }
}

pub(crate) fn customer(app: &App, visitor: &Visitor, case: &Case, facts: &CustomerFacts) -> CustomerView {
    let (locale, company) = (&visitor.locale, &case.company);
    let paid = facts.paid.iter().filter(|paid| paid.quantity.thousandths() > 0).map(|paid| {
        let date = locale.date(locale.local_date(paid.at));
        (date, locale.quantity(paid.quantity), locale.unit_price(paid.price))
    });
    let order = |order: &pricing::purchases::OpenOrder| {
        let date = locale.date(locale.local_date(order.at));
        (order.number.clone(), date, locale.money(order.net))
    };
    let segment = locale.text_with("case-segment", &[("segment", company.segment.as_str().into())]);
    CustomerView {
        name: company.name.clone(),
        href: format!("/office/companies/{}", company.number),
        start_href: format!("/desk/new?{}", web::query_string(&[("company", &company.number)])),
        meta: format!("{} · {segment} · {}", company.number, company.country),
        facts: customer_facts(visitor, case, facts),
        paid: paid.collect(),
        past: facts.past.iter().map(|n| past(app, visitor, n)).collect(),
        orders: facts.open_orders.iter().take(5).map(order).collect(),
        people: people(visitor, facts),
    }
}

fn customer_facts(visitor: &Visitor, case: &Case, facts: &CustomerFacts) -> Vec<Fact> {
    let (locale, company) = (&visitor.locale, &case.company);
    let (currency, scope) = (company.currency.code(), figures::of_company(&company.number));
    let fact = |key: &str, value: String, unit: &'static str| Fact { unit, ..Fact::new(locale.text(key), value) };
    let orders = format!("/office/orders?{}", web::query_string(&[("company", company.number.as_str())]));
    let revenue = Mark::new(figures::REVENUE_YEAR, facts.revenue.to_decimal(), &scope);
    let mut all = vec![Fact {
        mark: Some(revenue),
        href: orders.clone(),
        ..fact("case-revenue", locale.amount(facts.revenue), currency)
    }];
    let change = facts.revenue.minus(facts.revenue_before).ok().filter(|_| facts.revenue_before.minor() > 0);
    if let Some(change) = change.map(|change| hundredths(figures::share(change, facts.revenue_before))) {
        let (sign, class) = if change >= Rate::ZERO { ("+", "ok") } else { ("", "bad") };
        let text = format!("{sign}{}", locale.percent(change));
        all.push(Fact { class, ..fact("case-revenue-change", text, "") });
    }
    let open = figures::in_currency(facts.open_orders.iter().map(|order| order.net).collect(), company.currency);
    let count = i64::try_from(facts.open_orders.len()).unwrap_or(i64::MAX);
    all.push(Fact {
        mark: Some(Mark::new(figures::ORDERS_OPEN, count, &scope)),
        href: format!("{orders}&state=open"),
        ..fact("case-open-orders", format!("{} · {}", locale.number(count), locale.amount(open)), currency)
    });
    if let Some(credit) = facts.credit {
        let free = credit.free();
        all.push(Fact {
            mark: Some(Mark::new(figures::CREDIT_FREE, free.to_decimal(), &scope)),
            class: if free.minor() < 0 { "bad" } else { "" },
            note: locale.text("case-credit-unknown"),
            ..fact("case-credit-left", locale.amount(free), currency)
        });
    }
    all.push(fact("case-payment", words::payment(locale, company.payment_days), ""));
    all
}

fn past(app: &App, visitor: &Visitor, n: &Negotiation) -> (String, String, String, &'static str, String, String) {
    let locale = &visitor.locale;
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
    let state = n.state(app.now());
    let given = n.agreed().map(|row| {
        let at_list = row.net.plus(row.offer.saving).unwrap_or(row.net);
        locale.percent(hundredths(figures::share(row.offer.saving, at_list)))
    });
    (
        format!("/desk/{}", n.id),
        n.number.to_string(),
        summary::subject(locale, n, &names),
        state_class(state),
        locale.text(&format!("case-state-{}", state.code())),
        given.map_or_else(|| "–".to_owned(), |percent| format!("\u{2212}{percent}")),
    )
}

fn people(visitor: &Visitor, facts: &CustomerFacts) -> Vec<(String, String, String)> {
    let person = |member: &parties::people::Member, role: String| {
        let contact = if member.phone.is_empty() { member.email.to_string() } else { member.phone.clone() };
        let sub = [role, contact].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        (negotiation::panel::contact(member).initials, member.name.clone(), sub)
    };
    let asks = facts.asks.as_ref().map(|asks| person(asks, asks.title.clone()));
    let rep = facts.rep.as_ref().map(|rep| person(rep, visitor.locale.text("case-their-rep")));
    [asks, rep].into_iter().flatten().collect()
}
