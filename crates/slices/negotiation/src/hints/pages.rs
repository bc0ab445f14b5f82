//! Hints on pages: a block under the form to ask, or a page of its own without script.

use askama::Template;
use axum::http::StatusCode;
use catalog::Catalog;
use kernel::{Amount, Failure, Outcome, Quantity};
use negotiation_engine::Lever;
use pricing::Buyers;
use terms::words;
use web::{App, Fields, Form, Hx, Reply, Shell, State, Visitor};

use super::queries::{self, Looking};
use super::{Chosen, Hint, actions};
use crate::attachments::form::Sent;
use crate::panel;
use crate::requests::Ask;

/// One hint in finished words.
struct HintView {
    lever: &'static str,
    quantity: String,
    price: String,
    unit: String,
    condition: String,
    to_go: String,
    saving: String,
    /// What of freight is no longer due; empty for nothing.
    freight: String,
}

#[derive(Template)]
#[template(path = "hints/hints.html")]
struct Hints {
    shell: Shell,
    back: String,
    hints: Vec<HintView>,
    /// The fields of the form that the hints are about.
    fields: Vec<(String, String)>,
}

#[derive(Template)]
#[template(path = "hints/page.html")]
struct HintsPage {
    shell: Shell,
    back: String,
    back_label: String,
    hints: Vec<HintView>,
    fields: Vec<(String, String)>,
}

/// What the form is about, without what is asked for: prices are not looked at.
async fn basis(app: &App, visitor: &Visitor, fields: &Fields) -> Result<Ask, Failure> {
    let mut text = panel::ask_text(fields);
    for line in &mut text.lines {
        line.price = "1".into();
    }
    text.total = String::new();
    (text.competitor_name, text.competitor_price, text.competitor_note) = Default::default();
    let buyer = app.part::<Buyers>().get(app.db(), visitor.actor.company()?).await?;
    text.read(app.part::<Catalog>(), buyer.company.currency)
}

fn looking(app: &App, visitor: &Visitor) -> Outcome<Looking> {
    Ok(Looking { company: visitor.actor.company()?, now: app.now(), today: app.today() })
}

/// What cannot be read or negotiated has no hints; the form says what is wrong when it is sent.
async fn found(app: &App, visitor: &Visitor, fields: &Fields) -> Outcome<(Vec<Hint>, Option<Ask>)> {
    let basis = match basis(app, visitor, fields).await {
        Ok(basis) => basis,
        Err(Failure::Invalid(_)) => return Ok((Vec::new(), None)),
        Err(other) => return Err(other),
    };
    let tx = app.db().read().await?;
    match queries::hints(&tx, looking(app, visitor)?, &basis).await {
        Ok(hints) => Ok((hints, Some(basis))),
        Err(Failure::Refused(_)) => Ok((Vec::new(), Some(basis))),
        Err(other) => Err(other),
    }
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, hx: Hx, sent: Sent) -> Reply {
    let fields = sent.fields;
    let (found, basis) = found(&app, &visitor, &fields).await?;
    let back = panel::back(fields.text("back"));
    let hints = hints(&app, &visitor, &found, basis.as_ref());
    let fields = kept(&fields);
    if hx.0 {
        let shell = Shell::bare(&app, &visitor, "");
        return web::fragment(StatusCode::OK, &Hints { shell, back, hints, fields });
    }
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("hints-title")).await?;
    let back_label = shell.t("back");
    web::page(&HintsPage { shell, back, back_label, hints, fields })
}

/// The fields that say what is in hand.
fn kept(fields: &Fields) -> Vec<(String, String)> {
    let is_goods = |name: &str| {
        ["product", "quantity", "cart", "need_by"]
            .iter()
            .any(|kept| name == *kept || name.starts_with(&format!("{kept}_")))
    };
    fields.iter().filter(|(name, _)| is_goods(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
}

fn hints(app: &App, visitor: &Visitor, found: &[Hint], basis: Option<&Ask>) -> Vec<HintView> {
    let locale = &visitor.locale;
    let money = |key: &str, amount: Amount| locale.text_with(key, &[("amount", locale.money(amount).into())]);
    let view = |hint: &Hint| {
        let offer = &hint.offer;
        let names = words::names_of(app.part::<Catalog>(), offer.terms.lines.iter().map(|line| line.product));
        let first = offer.terms.lines.first()?;
        let in_hand = basis.and_then(|basis| basis.lines.first()).map_or(0, |line| line.quantity.thousandths());
        let more = Quantity::new((first.quantity.thousandths() - in_hand).max(0), first.quantity.unit());
        let (price, unit) = match offer.terms.lines.as_slice() {
            [line] => (locale.unit_price(line.price), words::currency_per_unit(locale, line.price, line.quantity)),
            _ => (words::total(locale, &offer.terms), locale.text("net")),
        };
        Some(HintView {
            lever: offer.lever.code(),
            quantity: first.quantity.to_decimal(),
            price,
            unit,
            condition: words::condition(locale, offer, &names),
            to_go: if queries::is_step(offer) {
                locale.text_with("hint-to-go", &[("quantity", locale.quantity_unit(more).into())])
            } else {
                String::new()
            },
            saving: money("offer-saves", hint.saving),
            freight: if hint.freight.minor() > 0 { money("hint-freight-free", hint.freight) } else { String::new() },
        })
    };
    found.iter().filter_map(view).take(5).collect()
}

pub(super) async fn take(State(app): State<App>, visitor: Visitor, hx: Hx, Form(fields): Form<Fields>) -> Reply {
    let basis = basis(&app, &visitor, &fields).await?;
    let unit = basis.lines.first().map_or(kernel::Unit::Piece, |line| line.quantity.unit());
    let lever = Lever::parse(fields.text("hint_lever")).ok_or(Failure::NotFound)?;
    // The page has put it there for its own button, so nobody's way to write numbers is in it.
    let hinted = fields.text("hint_quantity");
    let quantity = Quantity::parse(hinted, unit).map_err(|_| Failure::NotFound)?;
    let (ctx, basis, chosen) = (&app.ctx(&visitor), &basis, Chosen { lever, quantity });
    let id = app.write(|tx| async move { actions::take(&tx, ctx, basis, chosen).await }).await?;
    panel::done(&app, &visitor, hx, id, &panel::back(fields.text("back"))).await
}
