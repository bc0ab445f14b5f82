//! A negotiation and its offers as JSON: what a buyer may see of them.

use catalog::Catalog;
use kernel::{NegotiationId, OfferId};
use negotiation_engine::Condition;
use schemars::JsonSchema;
use serde::Serialize;
use terms::words;
use web::{App, Visitor};

use super::api::CompetitorJson;
use crate::negotiations::queries::Seen;
use crate::negotiations::summary;
use crate::offers::{OfferRow, OfferState};

/// A negotiation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct NegotiationJson {
    /// Its id.
    pub id: NegotiationId,
    /// Its number, as people call it.
    pub number: i64,
    /// `offered`, `waiting`, `agreed`, `declined`, `expired` or `withdrawn`.
    pub state: &'static str,
    /// How often was asked.
    pub round: i64,
    /// Most rounds.
    pub rounds_max: i64,
    /// ISO 4217.
    pub currency: &'static str,
    /// Days to pay that were asked for.
    pub payment_days: i64,
    /// What is asked for.
    pub lines: Vec<LineJson>,
    /// The asked quantities at list prices.
    pub list_value: String,
    /// The asked quantities at asked prices.
    pub ask_value: String,
    /// Offers that stand, the best first; when agreed, the one that was taken.
    pub offers: Vec<OfferJson>,
    /// Why the answer was no.
    pub reason: Option<String>,
    /// What the rep wrote.
    pub message: Option<String>,
    /// Who has it or decided it.
    pub person: Option<PersonJson>,
    /// An answer is promised by then, RFC 3339.
    pub answer_by: Option<String>,
    /// A cited competitor.
    pub competitor: Option<CompetitorJson>,
    /// Needed by.
    pub need_by: Option<String>,
    /// What the buyer wrote.
    pub comment: String,
    /// When it began, RFC 3339.
    pub opened_at: String,
    /// When anything changed last, RFC 3339.
    pub changed_at: String,
    /// What can be done now: `rounds`, `handover`, `withdrawal`.
    pub actions: Vec<&'static str>,
}

/// One line of a negotiation.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct LineJson {
    /// The product.
    pub product_id: kernel::ProductId,
    /// Its SKU.
    pub sku: String,
    /// How much is asked for.
    pub quantity: String,
    /// The unit, e.g. `piece`.
    pub unit: &'static str,
    /// The list price of one unit at that quantity.
    pub list_price: String,
    /// The price asked for.
    pub asked_price: String,
}

/// An offer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OfferJson {
    /// Its id.
    pub id: OfferId,
    /// How it is earned: `list`, `plain`, `volume`, `payment`, `delivery`, `freight`, `commitment`, `rebate`, `alternative`,
    /// `bundle`, `bonus`, or two of the first of them joined by `_`.
    pub lever: &'static str,
    /// The whole offer as a sentence in the reader's language.
    pub sentence: String,
    /// What has to be done for it.
    pub conditions: Vec<ConditionJson>,
    /// The terms, line by line.
    pub lines: Vec<OfferLineJson>,
    /// Days from invoice to payment; 0 is prepaid.
    pub payment_days: u16,
    /// Net value.
    pub net: String,
    /// What it saves against the same goods without a deal: goods, a rebate, and the charge for freight that it spares.
    pub saving: String,
    /// The first moment at which it no longer stands, or can no longer be ordered, RFC 3339.
    pub expires_at: String,
    /// Whether it was taken.
    pub taken: bool,
    /// The order that used it.
    pub order_number: Option<String>,
}

/// What has to be done for an offer, or what comes with it. What a condition has no word for is left out.
#[derive(Debug, Clone, Default, Serialize, JsonSchema)]
pub struct ConditionJson {
    /// `as_it_is`, `order_more`, `prepay`, `pay_within`, `deliver_later`, `ship`, `commit_to`, `grow_to`, `take_instead`,
    /// `also_order` or `comes_free`.
    pub condition: &'static str,
    /// The product that it is about.
    pub product_id: Option<kernel::ProductId>,
    /// How much more than asked.
    pub more: Option<String>,
    /// How much in all.
    pub total: Option<String>,
    /// Days to pay, or days that the delivery may be later than requested.
    pub days: Option<u16>,
    /// Whether freight is free for the later delivery.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub free_freight: Option<bool>,
    /// The way of freight: `consolidated` or `collected`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mode: Option<&'static str>,
    /// Months from the agreement within which to call off, or to reach the turnover.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub months: Option<u16>,
    /// The turnover to be reached for a rebate.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turnover: Option<String>,
    /// The rebate in per cent of the net value.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rate: Option<String>,
    /// The product in place of which to take the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub instead_of: Option<kernel::ProductId>,
    /// Whether the other product is dearer and lasts longer; else it is cheaper.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub lasts_longer: Option<bool>,
}

/// One line of an offer.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct OfferLineJson {
    /// The product.
    pub product_id: kernel::ProductId,
    /// How much.
    pub quantity: String,
    /// Net price of one unit.
    pub price: String,
    /// The price holds up to this quantity.
    pub up_to: String,
}

/// Somebody to talk to.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PersonJson {
    /// The name.
    pub name: String,
    /// Telephone.
    pub phone: String,
    /// E-mail.
    pub email: String,
}

/// A negotiation as its buyer may see it.
pub fn json_of(app: &App, visitor: &Visitor, seen: &Seen) -> NegotiationJson {
    let (n, now) = (&seen.negotiation, app.now());
    let names = words::names_of(app.part::<Catalog>(), summary::products_of(n));
    let state = n.state(now);
    let offers: Vec<&OfferRow> = match n.agreed() {
        Some(row) => vec![row],
        None => n.standing(now).collect(),
    };
    let allowed = [
        ("rounds", seen.may_ask_again(now)),
        ("handover", seen.may_hand_over(now)),
        ("withdrawal", seen.may_withdraw(now)),
    ];
    NegotiationJson {
        id: n.id,
        number: n.number,
        state: state.code(),
        round: n.round,
        rounds_max: seen.rounds_max,
        currency: n.currency.code(),
        payment_days: n.payment_days,
        lines: n.lines.iter().map(|line| line_json(line, &names)).collect(),
        list_value: n.list_value.to_decimal(),
        ask_value: n.ask_value.to_decimal(),
        offers: offers.into_iter().map(|row| offer_json(visitor, row, &names)).collect(),
        reason: n.reason.clone().filter(|_| state == crate::negotiations::State::Declined),
        message: n.decisions.last().map(|last| last.message.clone()).filter(|message| !message.is_empty()),
        person: seen.contact(now).map(|person| PersonJson {
            name: person.name.clone(),
            phone: person.phone.clone(),
            email: person.email.to_string(),
        }),
        answer_by: n.answer_by.map(kernel::Instant::to_rfc3339),
        competitor: n.competitor.as_ref().map(|competitor| CompetitorJson {
            name: competitor.name.clone(),
            price: competitor.price.map(kernel::UnitPrice::to_decimal),
            note: competitor.note.clone(),
        }),
        need_by: n.need_by.map(|date| date.to_string()),
        comment: n.comment.clone(),
        opened_at: n.opened_at.to_rfc3339(),
        changed_at: n.changed_at.to_rfc3339(),
        actions: allowed.into_iter().filter(|(_, may)| *may).map(|(action, _)| action).collect(),
    }
}

fn line_json(line: &crate::negotiations::Line, names: &words::Names) -> LineJson {
    LineJson {
        product_id: line.product,
        sku: names.get(&line.product).map_or_else(String::new, |(sku, _)| sku.clone()),
        quantity: line.quantity.to_decimal(),
        unit: line.quantity.unit().code(),
        list_price: line.list_price.to_decimal(),
        asked_price: line.price.to_decimal(),
    }
}

/// An offer as buyers may see it.
pub fn offer_json(visitor: &Visitor, row: &OfferRow, names: &words::Names) -> OfferJson {
    let offer = &row.offer;
    OfferJson {
        id: row.id,
        lever: offer.lever.code(),
        sentence: words::sentence(&visitor.locale, offer, names),
        conditions: offer.conditions.iter().map(condition_json).collect(),
        lines: offer_lines(offer),
        payment_days: offer.terms.payment_days,
        net: row.net.to_decimal(),
        saving: row.saving().to_decimal(),
        expires_at: offer.expires.to_rfc3339(),
        taken: row.state == OfferState::Taken,
        order_number: row.order_number.clone(),
    }
}

pub(crate) fn offer_lines(offer: &negotiation_engine::Offer) -> Vec<OfferLineJson> {
    let lines = offer.terms.lines.iter().zip(&offer.up_to).map(|(line, up_to)| OfferLineJson {
        product_id: line.product,
        quantity: line.quantity.to_decimal(),
        price: line.price.to_decimal(),
        up_to: up_to.to_decimal(),
    });
    lines.collect()
}

pub(crate) fn condition_json(condition: &Condition) -> ConditionJson {
    let plain = |condition| ConditionJson { condition, ..ConditionJson::default() };
    match condition {
        Condition::AsItIs => plain("as_it_is"),
        Condition::Prepay => plain("prepay"),
        Condition::PayWithin { days } => ConditionJson { days: Some(*days), ..plain("pay_within") },
        Condition::OrderMore { product, more, total } => ConditionJson {
            product_id: Some(*product),
            more: Some(more.to_decimal()),
            total: Some(total.to_decimal()),
            ..plain("order_more")
        },
        Condition::DeliverLater { days, free_freight } => {
            ConditionJson { days: Some(*days), free_freight: Some(*free_freight), ..plain("deliver_later") }
        }
        Condition::Ship { mode } => ConditionJson { mode: Some(mode.code()), ..plain("ship") },
        Condition::CommitTo { product, total, months } => ConditionJson {
            product_id: Some(*product),
            total: Some(total.to_decimal()),
            months: Some(*months),
            ..plain("commit_to")
        },
        Condition::GrowTo { turnover, months, rate } => ConditionJson {
            turnover: Some(turnover.to_decimal()),
            months: Some(*months),
            rate: Some(rate.to_percent()),
            ..plain("grow_to")
        },
        Condition::TakeInstead { of, product, quantity, lasts_longer } => ConditionJson {
            product_id: Some(*product),
            instead_of: Some(*of),
            total: Some(quantity.to_decimal()),
            lasts_longer: Some(*lasts_longer),
            ..plain("take_instead")
        },
        Condition::AlsoOrder { product, quantity } => {
            ConditionJson { product_id: Some(*product), total: Some(quantity.to_decimal()), ..plain("also_order") }
        }
        Condition::ComesFree { product, quantity } => {
            ConditionJson { product_id: Some(*product), total: Some(quantity.to_decimal()), ..plain("comes_free") }
        }
    }
}
