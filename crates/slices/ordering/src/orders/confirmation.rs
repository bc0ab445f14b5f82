//! The mail that confirms an order, left as a job in the order's own transaction.

use db::WriteTx;
use i18n::Locale;
use kernel::{Ctx, Fault, Outcome};
use parties::people::Member;

use super::views::{dues_words, tax_words};
use super::{OrderAddress, OrderLine, WholeOrder};

pub(super) async fn enqueue(
    tx: &WriteTx,
    ctx: &Ctx,
    whole: &WholeOrder,
    to: &Member,
    locale: &Locale,
    base_url: &str,
) -> Outcome<()> {
    let outgoing = mail::Outgoing {
        to: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language.clone(),
        zone: to.time_zone.clone(),
        content: mail::Content::OrderConfirmation(Box::new(content(whole, locale, base_url))),
    };
    let payload = serde_json::to_value(&outgoing).map_err(|e| Fault::because("writing a mail", e))?;
    tx.enqueue(ctx, mail::JOB, &payload, ctx.now).await?;
    Ok(())
}

fn content(whole: &WholeOrder, locale: &Locale, base_url: &str) -> mail::OrderConfirmation {
    let order = &whole.order;
    let sum = |label: String, amount| mail::SumLine { label, amount: locale.money(amount) };
    let address = |a: &Option<OrderAddress>| a.as_ref().map(OrderAddress::lines).unwrap_or_default();
    let goods = order.goods().unwrap_or(order.net);
    let mut sums = match order.has_freight() {
        true => vec![sum(locale.text("order-goods"), goods), sum(locale.text("order-freight"), order.freight)],
        false => Vec::new(),
    };
    sums.push(sum(locale.text("order-net"), order.net));
    sums.push(sum(tax_words(order, locale), order.tax));
    sums.push(sum(locale.text("order-gross"), order.gross));
    mail::OrderConfirmation {
        number: order.number.clone(),
        placed_at: locale.long_moment(order.placed_at),
        po_number: Some(order.po_number.clone()).filter(|po| !po.is_empty()),
        requested_date: order.requested_on.map(|date| locale.date(date)),
        payment_terms: payment_terms(whole, locale),
        ship_to: address(&order.ship_to),
        bill_to: address(&order.bill_to),
        lines: whole.lines.iter().map(|line| mail_line(line, locale)).collect(),
        sums,
        link: format!("{base_url}/account/orders/{}", web::encode(&order.number)),
    }
}

/// '14 days net (295,200.00 EUR), 60 days net (1,019.06 EUR)'.
fn payment_terms(whole: &WholeOrder, locale: &Locale) -> String {
    let terms = dues_words(whole, locale).into_iter().map(|(words, sum)| match sum.is_empty() {
        true => words,
        false => format!("{words} ({sum})"),
    });
    terms.collect::<Vec<_>>().join(", ")
}

fn mail_line(line: &OrderLine, locale: &Locale) -> mail::OrderLine {
    let number = line.explanation.negotiation.map(|n| n.to_string());
    mail::OrderLine {
        sku: line.sku.clone(),
        name: line.name.clone(),
        quantity: locale.quantity_unit(line.quantity),
        unit_price: locale.unit_price(line.price),
        total: locale.amount(line.net),
        note: number.map(|number| locale.text_with("order-line-negotiated", &[("number", number.into())])),
    }
}
