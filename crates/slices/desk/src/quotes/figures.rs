//! What a rep sees of an answer while typing it: list price, cost, stock and margin of each line, and of the whole, and whether
//! somebody else must agree. For the seller's own people only.

use catalog::Catalog;
use db::ReadTx;
use kernel::{Invalid, Outcome, UnitPrice};
use negotiation_engine::{Authority, Waterfall};
use terms::figures::hundredths;
use terms::words;
use web::{App, Visitor};

use super::authority::{Known, Looked, When};
use super::store::Costs;
use super::typed::AnswerText;
use super::{Answer, Quote};
use crate::cases::is_bad;

/// An answer's figures; its place is `<line>_<choice>`.
pub(crate) struct LineFigures {
    pub(crate) suffix: String,
    pub(crate) list: String,
    pub(crate) cost: String,
    pub(crate) stock: String,
    pub(crate) margin: String,
    pub(crate) pocket: String,
    pub(crate) class: &'static str,
}

/// All of them.
#[derive(Default)]
pub(crate) struct FiguresView {
    pub(crate) lines: Vec<LineFigures>,
    pub(crate) total: String,
    pub(crate) margin: String,
    pub(crate) pocket: String,
    pub(crate) class: &'static str,
    /// That somebody else must agree; empty within the own authority.
    pub(crate) needs: String,
}

impl FiguresView {
    /// The figures of one answer.
    pub(crate) fn of(&self, suffix: &str) -> Option<&LineFigures> {
        self.lines.iter().find(|line| line.suffix == suffix)
    }
}

/// Works out what is typed; what cannot be read yet has no figures.
pub(super) async fn figures(
    tx: &ReadTx,
    app: &App,
    visitor: &Visitor,
    quote: &Quote,
    (texts, is_whole): (&[AnswerText], bool),
) -> Outcome<FiguresView> {
    let (answers, costs) = read(texts, quote, app.part::<Catalog>());
    let answers: Vec<&Answer> = answers.iter().collect();
    if answers.is_empty() {
        return Ok(FiguresView::default());
    }
    let ctx = app.ctx(visitor);
    let (_, own) = terms::deciders::me(tx, &visitor.actor).await?;
    let known = Known::load(tx, quote, &answers, When { now: ctx.now, today: ctx.today() }).await?;
    let look = known.look(&answers, &costs, is_whole);
    let locale = &visitor.locale;
    let net = look.total.map(|fall| locale.money(fall.net));
    let (margin, pocket, class) = words_of(visitor, look.total.as_ref());
    Ok(FiguresView {
        lines: look.lines.iter().map(|line| line_figures(visitor, quote, line)).collect(),
        total: net.unwrap_or_else(|| "–".to_owned()),
        margin,
        pocket,
        class,
        needs: if look.needs > own { needs(visitor, look.needs) } else { String::new() },
    })
}

/// The answers that can be read so far, with the costs that were typed.
fn read(texts: &[AnswerText], quote: &Quote, catalog: &Catalog) -> (Vec<Answer>, Costs) {
    let (mut answers, mut costs) = (Vec::new(), Costs::new());
    for text in texts {
        let new = text.read(&mut Invalid::default(), quote, catalog);
        let Some(new) = new.filter(|new| new.quantity.thousandths() > 0) else { continue };
        let Some(price) = new.price.filter(|price| price.micros() > 0) else { continue };
        costs.extend(new.cost.map(|cost| ((new.position, new.choice), cost)));
        answers.push(Answer {
            position: new.position,
            choice: new.choice,
            product: new.product,
            quantity: new.quantity,
            price: Some(price),
            lead_days: new.lead_days,
            note: String::new(),
            valid_until: None,
        });
    }
    (answers, costs)
}

fn line_figures(visitor: &Visitor, quote: &Quote, line: &Looked) -> LineFigures {
    let locale = &visitor.locale;
    let quantity = quote.line(line.position).map(|line| line.quantity);
    let price = |price: Option<UnitPrice>| match price.zip(quantity) {
        Some((price, quantity)) => words::per_unit(locale, price, quantity),
        None => "–".to_owned(),
    };
    let (margin, pocket, class) = words_of(visitor, line.fall.as_ref());
    LineFigures {
        suffix: format!("{}_{}", line.position, line.choice),
        list: price(line.list),
        cost: price(line.cost),
        stock: line.stock.map_or_else(|| "–".to_owned(), |stock| locale.quantity_unit(stock)),
        margin,
        pocket,
        class,
    }
}

/// Margin, what is left, and how it is marked.
fn words_of(visitor: &Visitor, fall: Option<&Waterfall>) -> (String, String, &'static str) {
    let locale = &visitor.locale;
    match fall {
        Some(fall) => {
            let class = if is_bad(fall) { "bad" } else { "" };
            (locale.percent(hundredths(fall.margin)), locale.money(fall.pocket), class)
        }
        None => ("–".to_owned(), String::new(), ""),
    }
}

fn needs(visitor: &Visitor, needs: Authority) -> String {
    let authority = visitor.locale.text(&format!("authority-{}", needs.code().replace('_', "-")));
    visitor.locale.text_with("quote-needs", &[("authority", authority.into())])
}
