//! What a rep sees of an offer while typing it: list price, cost, packs, stock and last price paid of each line, and the margin
//! of the whole. For the seller's own people only.

use catalog::Catalog;
use db::ReadTx;
use kernel::{NegotiationId, Outcome, Quantity, UnitPrice};
use negotiation::requests::situation::{self, Asking, Situation};
use negotiation::requests::{Ask, AskLine, product};
use negotiation_engine::Authority;
use parties::companies::Company;
use pricing::purchases::{self, LastPaid};
use terms::figures::hundredths;
use terms::{deciders, words};
use web::{App, Visitor};

use super::start::LineText;
use super::waterfall;

/// A line with what is known of it.
pub(crate) struct LineFigures {
    pub(crate) name: String,
    pub(crate) list: String,
    pub(crate) cost: String,
    pub(crate) packs: String,
    pub(crate) stock: String,
    pub(crate) paid: String,
}

/// Products that a typed text may mean: the value of the button and its words.
pub(crate) struct Meant {
    pub(crate) text: String,
    pub(crate) hits: Vec<(String, String)>,
}

/// All of it.
#[derive(Default)]
pub(crate) struct FiguresView {
    pub(crate) lines: Vec<LineFigures>,
    pub(crate) meant: Vec<Meant>,
    pub(crate) total: String,
    pub(crate) margin: String,
    pub(crate) class: &'static str,
    pub(crate) pocket: String,
    /// That somebody else must agree.
    pub(crate) needs: String,
}

/// Products shown for a text that is no article number.
const MEANT_MAX: usize = 6;

pub(super) async fn figures(
    tx: &ReadTx,
    app: &App,
    visitor: &Visitor,
    company: &Company,
    lines: &[LineText],
) -> Outcome<FiguresView> {
    let (catalog, locale) = (app.part::<Catalog>(), &visitor.locale);
    let (mut asked, mut view): (Vec<AskLine>, FiguresView) = (Vec::new(), FiguresView::default());
    let mut is_priced = true;
    for (line, at) in lines.iter().zip(0..) {
        let text = line.product.trim();
        let Some(found) = product(catalog, text) else {
            if !text.is_empty() {
                let hits = catalog.search(text, locale.language(), MEANT_MAX, 0).products;
                let hit = |hit: &std::sync::Arc<catalog::products::Product>| {
                    (format!("{at}:{}", hit.sku), format!("{} · {}", hit.sku, hit.name.get(locale.language())))
                };
                view.meant.push(Meant { text: text.to_owned(), hits: hits.iter().map(hit).collect() });
            }
            continue;
        };
        if asked.iter().any(|other| other.product == found.id) {
            continue;
        }
        let unit = found.packing.unit;
        let quantity =
            Quantity::typed(&line.quantity, unit, locale.notation()).ok().filter(|quantity| quantity.thousandths() > 0);
        let price = UnitPrice::typed(line.price.trim(), company.currency, locale.notation())
            .ok()
            .filter(|price| price.micros() > 0);
        is_priced &= quantity.is_some() && price.is_some();
        let quantity = quantity.unwrap_or(Quantity::new(found.packing.step.max(1), unit));
        let price = price.unwrap_or(UnitPrice::new(1, company.currency));
        asked.push(AskLine { product: found.id, quantity, price });
    }
    if asked.is_empty() {
        return Ok(view);
    }
    let ctx = app.ctx(visitor);
    let asking = Asking::new(company.id, NegotiationId::new(&ctx), ctx.now, ctx.today());
    let ask = Ask { wants_person: true, ..Ask::of(asked.clone()) };
    // What has no price cannot be offered here; the form says so when it is sent.
    let Ok(situation) = situation::load(tx, asking, &ask).await else { return Ok(view) };
    let products: Vec<_> = asked.iter().map(|line| line.product).collect();
    let paid = purchases::queries::last_paid_many(tx, company.id, &products).await?;
    for (at, line) in asked.iter().enumerate() {
        view.lines.extend(line_figures(visitor, app, &situation, at, line, paid.get(&line.product)));
    }
    if is_priced {
        let (_, own) = deciders::me(tx, &visitor.actor).await?;
        whole(&mut view, visitor, situation, own);
    }
    Ok(view)
}

fn line_figures(
    visitor: &Visitor,
    app: &App,
    situation: &Situation,
    at: usize,
    line: &AskLine,
    paid: Option<&LastPaid>,
) -> Option<LineFigures> {
    let locale = &visitor.locale;
    let (list, known) = (situation.position.list.lines.get(at)?, situation.position.lines.get(at)?);
    let found = app.part::<Catalog>().product(line.product)?;
    let none = || "–".to_owned();
    let per_unit = |price: UnitPrice| words::per_unit(locale, price, line.quantity);
    Some(LineFigures {
        name: format!("{} · {}", found.sku, found.name.get(locale.language())),
        list: list.price_at(line.quantity).map_or_else(none, per_unit),
        cost: known.cost.map_or_else(none, per_unit),
        packs: locale.text_with(
            "start-packs",
            &[("step", locale.quantity_unit(Quantity::new(found.packing.step, found.packing.unit)).into())],
        ),
        stock: known.stock.map_or_else(none, |stock| locale.quantity_unit(stock)),
        paid: paid.map_or_else(none, |paid| {
            let date = locale.date(locale.local_date(paid.at));
            format!("{}, {}, {date}", per_unit(paid.price), locale.quantity_unit(paid.quantity))
        }),
    })
}

/// The margin of the whole offer, and who may send it.
fn whole(view: &mut FiguresView, visitor: &Visitor, situation: Situation, own: Authority) {
    let Situation { policy, position, mut history, request, .. } = situation;
    let (locale, terms) = (&visitor.locale, &request.terms);
    // The ask that stands for what the customer would say is part of what was discussed.
    history.rounds.push(terms.clone());
    view.total = words::total(locale, terms);
    let fall = negotiation_engine::evaluate(&policy.policy, &position, &history, terms).ok();
    view.margin = fall.map_or_else(|| "–".to_owned(), |fall| locale.percent(hundredths(fall.margin)));
    view.pocket = fall.map_or_else(String::new, |fall| locale.money(fall.pocket));
    view.class = fall.map_or("", |fall| if waterfall::is_bad(&fall) { "bad" } else { "" });
    let check = negotiation_engine::check_counter(&policy.policy, &position, &history, terms, own);
    let needs = check.map_or(Authority::PricingManager, |check| check.needs);
    if needs > own {
        let authority = locale.text(&format!("authority-{}", needs.code().replace('_', "-")));
        view.needs = locale.text_with("case-needs", &[("authority", authority.into())]);
    }
}
