//! Orders in finished words and figures, for pages.

use std::collections::HashMap;

use i18n::Locale;
use kernel::{Instant, UserId};

use super::{Order, OrderState, WholeOrder, rules};

/// A line of a list of orders.
pub(super) struct OrderRow {
    pub number: String,
    pub href: String,
    pub placed: String,
    pub po_number: String,
    pub state: String,
    pub tag: &'static str,
    pub net: String,
    pub company: String,
}

/// The colour of a state's tag; the word always stands beside it.
fn tag(state: OrderState) -> &'static str {
    match state {
        OrderState::Held => "warn",
        OrderState::Open => "info",
        OrderState::Shipped => "brand",
        OrderState::Completed => "ok",
        OrderState::Cancelled => "",
    }
}

pub(super) fn state_words(state: OrderState, locale: &Locale) -> String {
    match state {
        OrderState::Held => locale.text("order-state-held"),
        OrderState::Open => locale.text("order-state-open"),
        OrderState::Shipped => locale.text("order-state-shipped"),
        OrderState::Completed => locale.text("order-state-completed"),
        OrderState::Cancelled => locale.text("order-state-cancelled"),
    }
}

impl OrderRow {
    /// The row; `base` is the list's path, `company` the buyer's name for staff.
    pub(super) fn of(order: &Order, base: &str, company: String, locale: &Locale) -> Self {
        Self {
            href: format!("{base}/{}", web::encode(&order.number)),
            number: order.number.clone(),
            placed: locale.date(locale.local_date(order.placed_at)),
            po_number: order.po_number.clone(),
            state: state_words(order.state, locale),
            tag: tag(order.state),
            net: locale.money(order.net),
            company,
        }
    }
}

/// A line of an order's page.
pub(super) struct LineView {
    pub name: String,
    pub sku: String,
    pub href: String,
    pub quantity: String,
    pub price: String,
    /// The list price, when the price paid is another one; else empty.
    pub list_price: String,
    pub net: String,
    pub source: String,
    pub deal_href: String,
}

/// An order as its page shows it.
pub(super) struct OrderView {
    pub number: String,
    pub placed: String,
    pub state: String,
    pub tag: &'static str,
    /// Where it is cancelled, or asked to be; empty when neither can be.
    pub cancel_href: String,
    /// Whether cancelling is only asked for: it is on its way.
    pub is_asked: bool,
    /// Whether it waits for a release.
    pub is_held: bool,
    /// Why it was cancelled; empty for nothing.
    pub reason: String,
    /// Until when the reader can undo the cancellation; empty when not.
    pub undo_until: String,
    pub po_number: String,
    pub requested: String,
    /// When is paid what: the terms, and the gross sum (empty for all of it).
    pub payment: Vec<(String, String)>,
    pub note: String,
    pub ship_to: Vec<String>,
    pub bill_to: Vec<String>,
    pub lines: Vec<LineView>,
    pub currency: &'static str,
    pub goods: String,
    /// Empty where neither freight was charged nor a deal spared it.
    pub freight: String,
    pub net: String,
    pub tax: String,
    pub tax_words: String,
    pub gross: String,
    pub saving: String,
}

pub(super) fn payment_words(days: i64, locale: &Locale) -> String {
    if days == 0 { locale.text("payment-prepaid") } else { locale.text_with("payment-days", &[("n", days.into())]) }
}

/// When is paid what.
pub(super) fn dues_words(whole: &WholeOrder, locale: &Locale) -> Vec<(String, String)> {
    match whole.dues().as_slice() {
        [] => vec![(payment_words(whole.order.payment_days, locale), String::new())],
        [due] => vec![(payment_words(due.days, locale), String::new())],
        many => many.iter().map(|due| (payment_words(due.days, locale), locale.money(due.gross))).collect(),
    }
}

pub(super) fn tax_words(order: &Order, locale: &Locale) -> String {
    match order.tax_rule.code() {
        "home" => locale.text_with("order-tax-home", &[("rate", locale.percent(order.tax_rule.rate).into())]),
        "reverse-charge" => locale.text("order-tax-reverse-charge"),
        _ => locale.text("order-tax-export"),
    }
}

impl OrderView {
    pub(super) fn of(
        whole: &WholeOrder,
        lists: &HashMap<String, String>,
        (reader, now): (Option<UserId>, Instant),
        locale: &Locale,
    ) -> Self {
        let order = &whole.order;
        let undo = rules::undo_until(order, reader, now);
        let number = web::encode(&order.number);
        let can_end = matches!(order.state, OrderState::Held | OrderState::Open | OrderState::Shipped);
        let saving: i64 = whole
            .lines
            .iter()
            .filter_map(|line| {
                line.list_price
                    .times(line.quantity, kernel::Rounding::HalfUp)
                    .ok()
                    .map(|list| list.minor() - line.net.minor())
            })
            .sum();
        let freight = order.list_freight.minor() - order.freight.minor();
        let saving = kernel::Amount::new(saving.saturating_add(freight), order.currency);
        Self {
            number: order.number.clone(),
            placed: locale.long_moment(order.placed_at),
            state: state_words(order.state, locale),
            tag: tag(order.state),
            cancel_href: if can_end { format!("/account/orders/{number}/cancellation") } else { String::new() },
            is_asked: order.state == OrderState::Shipped,
            is_held: order.state == OrderState::Held,
            reason: order.reason.clone(),
            undo_until: undo.map(|end| locale.moment(end)).unwrap_or_default(),
            po_number: order.po_number.clone(),
            requested: order.requested_on.map(|d| locale.date(d)).unwrap_or_default(),
            payment: dues_words(whole, locale),
            note: order.note.clone(),
            ship_to: order.ship_to.as_ref().map(super::OrderAddress::lines).unwrap_or_default(),
            bill_to: order.bill_to.as_ref().map(super::OrderAddress::lines).unwrap_or_default(),
            lines: whole.lines.iter().map(|line| LineView::of(line, lists, locale)).collect(),
            currency: order.currency.code(),
            goods: locale.amount(order.goods().unwrap_or(order.net)),
            freight: if order.has_freight() { locale.amount(order.freight) } else { String::new() },
            net: locale.amount(order.net),
            tax: locale.amount(order.tax),
            tax_words: tax_words(order, locale),
            gross: locale.amount(order.gross),
            saving: if saving.minor() > 0 { locale.money(saving) } else { String::new() },
        }
    }
}

impl LineView {
    fn of(line: &super::OrderLine, lists: &HashMap<String, String>, locale: &Locale) -> Self {
        let explanation = &line.explanation;
        let source = match explanation.negotiation {
            Some(number) => locale.text_with("order-line-negotiated", &[("number", number.to_string().into())]),
            None if line.negotiation.is_some() => locale.text("order-line-negotiated-plain"),
            None if explanation.price_lists.is_empty() => String::new(),
            None => {
                let name = |code: &String| lists.get(code).unwrap_or(code).clone();
                let names: Vec<String> = explanation.price_lists.iter().map(name).collect();
                locale.text_with("order-line-list", &[("lists", names.join(", ").into())])
            }
        };
        Self {
            name: line.name.clone(),
            sku: line.sku.clone(),
            href: format!("/p/{}", web::encode(&line.sku)),
            quantity: locale.quantity_unit(line.quantity),
            price: locale.unit_price(line.price),
            list_price: if line.price == line.list_price { String::new() } else { locale.unit_price(line.list_price) },
            net: locale.amount(line.net),
            source,
            deal_href: line.negotiation.map(|id| format!("/account/negotiations/{id}")).unwrap_or_default(),
        }
    }
}
