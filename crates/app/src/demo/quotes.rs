//! Requests for quotation with their answers, and what suppliers are asked.

use db::Db;
use demo_data::{DemoCompany, QuoteCase, QuoteLine, QuoteVersion, SupplierQuestion};
use desk::quotes::actions::{self, NewDrawing};
use desk::quotes::answering::{self, NewAnswer, NewVersion};
use desk::quotes::{NewLine, NewQuote, Quote, State, queries};
use desk::suppliers::actions::{Answer, House};
use desk::suppliers::{self, NewRequest};
use i18n::{Language, Locale};
use kernel::{Ctx, Instant, Outcome, ProductId, Quantity, QuoteId, Rounding, Sku, UnitPrice};
use negotiation::attachments::NewFile;
use terms::support::{About, Granted};
use web::Settings;

use super::Keys;
use super::recent::{buyer, may_be_refused, rep};

/// A supplier has so many days to answer.
const ANSWER_DAYS: i64 = 10;
/// A granted price holds so many days.
const GRANTED_DAYS: i64 = 60;

/// Writes the requests with all that happened to them.
pub(super) async fn write(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys, settings: &Settings) -> Outcome<()> {
    for case in &demo.recent.quotes {
        let writer = Writer { db, demo, ctx, keys, settings };
        may_be_refused(writer.write(case).await)?;
    }
    Ok(())
}

/// Asks a supplier for the first case that waits at the desk of the story's rep.
pub(super) async fn ask_for_case(
    db: &Db,
    demo: &DemoCompany,
    ctx: &Ctx,
    keys: &Keys,
    settings: &Settings,
) -> Outcome<()> {
    let Some(question) = &demo.recent.for_case else { return Ok(()) };
    let rep = &rep(ctx, keys, &demo.story.rep, ctx.now)?;
    let waiting = {
        let me = rep.actor.user()?;
        desk::cases::queries::queue(&db.read().await?, me, desk::cases::queries::Whose::Mine).await?
    };
    let Some(n) = waiting.into_iter().next().map(|row| row.negotiation) else { return Ok(()) };
    let Some(line) = n.lines.first() else { return Ok(()) };
    let writer = Writer { db, demo, ctx, keys, settings };
    let of = (About::Negotiation(n.id), line.product, line.quantity);
    may_be_refused(writer.ask(rep, of, question).await)
}

struct Writer<'a> {
    db: &'a Db,
    demo: &'a DemoCompany,
    ctx: &'a Ctx,
    keys: &'a Keys,
    settings: &'a Settings,
}

impl Writer<'_> {
    async fn write(&self, case: &QuoteCase) -> Outcome<()> {
        let asked_at = self.ctx.now.plus(-case.minutes_ago * Instant::MINUTE);
        let person = |now| buyer(self.ctx, self.keys, case.company, &case.buyer, now);
        let rep = |now| rep(self.ctx, self.keys, &case.rep, now);
        let (then, new) = (&person(asked_at)?, &self.request(case)?);
        let drawings = &drawings(&case.lines);
        let id = self.db.write(|tx| async move { actions::request(&tx, then, new, drawings).await }).await?;
        if let Some((position, question)) = &case.support {
            let line = usize::try_from(position - 1).ok().and_then(|at| new.lines.get(at));
            if let Some((line, product)) = line.and_then(|line| Some((line, line.product?))) {
                let of = (About::Quote(id, *position), product, line.quantity);
                may_be_refused(self.ask(&rep(asked_at.plus(Instant::HOUR))?, of, question).await)?;
            }
        }
        for version in &case.versions {
            let at = asked_at.plus(version.after_days * Instant::DAY);
            if let Some(target) = version.target {
                let then = &person(at.plus(-20 * Instant::HOUR))?;
                let read = self.load(then, id).await?.present().map_or(0, |present| present.number);
                let targets = &[(1, target)];
                let said = "The plates are above our budget. Can you meet this price?";
                self.db.write(|tx| async move { actions::counter(&tx, then, id, read, targets, said).await }).await?;
            }
            let rep = &rep(at)?;
            let quote = self.load(rep, id).await?;
            // When the rules have answered the buyer already, nobody has to.
            if matches!(quote.stored_state, State::Requested | State::Countered) {
                let new = &self.version(&quote, version, rep)?;
                self.db.write(|tx| async move { answering::send(&tx, rep, id, new).await }).await?;
            }
        }
        Ok(())
    }

    async fn load(&self, ctx: &Ctx, id: QuoteId) -> Outcome<Quote> {
        queries::quote(&self.db.read().await?, &ctx.actor, id).await
    }

    fn product(&self, sku: Option<&Sku>) -> Outcome<Option<ProductId>> {
        sku.map(|sku| Keys::find(&self.keys.products, &sku.to_string())).transpose()
    }

    fn request(&self, case: &QuoteCase) -> Outcome<NewQuote> {
        let line = |line: &QuoteLine| {
            Ok(NewLine {
                product: self.product(line.sku.as_ref())?,
                description: line.description.to_owned(),
                quantity: line.quantity,
                need_by: line.need_by,
                target: None,
            })
        };
        Ok(NewQuote {
            project: case.project.to_owned(),
            comment: case.comment.to_owned(),
            lines: case.lines.iter().map(line).collect::<Outcome<_>>()?,
        })
    }

    fn version(&self, quote: &Quote, version: &QuoteVersion, rep: &Ctx) -> Outcome<NewVersion> {
        let answer = |(answer, line): (&demo_data::QuoteAnswer, &desk::quotes::Line)| {
            Ok(NewAnswer {
                position: line.position,
                choice: 0,
                product: self.product(answer.sku.as_ref())?,
                quantity: line.quantity,
                price: answer.price,
                cost: answer.cost,
                lead_days: Some(answer.lead_days),
                note: answer.note.to_owned(),
                valid_until: None,
            })
        };
        Ok(NewVersion {
            read: quote.version,
            valid_until: rep.today().plus_days(version.valid_days),
            message: version.message.to_owned(),
            is_whole: false,
            answers: version.answers.iter().zip(&quote.lines).map(answer).collect::<Outcome<_>>()?,
        })
    }

    /// Asks a supplier, and writes down what the supplier has granted.
    async fn ask(
        &self,
        rep: &Ctx,
        (about, product, quantity): (About, ProductId, Quantity),
        question: &SupplierQuestion,
    ) -> Outcome<()> {
        let Some((sku, usual)) = self.usual(product) else { return Ok(()) };
        let part = |percent: i64| {
            let micros = usual.micros().saturating_mul(percent) / 100;
            // Three figures are as exact as people ask; a screw costs less than a cent.
            let tick = (micros / 1_000).max(100) / 100 * 100;
            UnitPrice::new(micros, usual.currency()).to_tick(tick.min(10_000), Rounding::HalfUp)
        };
        let new = &NewRequest {
            about,
            product,
            email: question.email.clone(),
            supplier_sku: format!("S-{sku}"),
            quantity,
            asked: part(question.percent),
            note: question.note.to_owned(),
            answer_by: rep.today().plus_days(ANSWER_DAYS),
        };
        let locale = &Locale::new(Language::En, &self.settings.time_zone);
        let house = House { name: &self.settings.name, base_url: &self.settings.base_url, locale };
        let id = self.db.write(|tx| async move { suppliers::actions::ask(&tx, rep, house, new).await }).await?;
        let Some((percent, note)) = question.granted else { return Ok(()) };
        let granted = Granted { price: part(percent), up_to: quantity, until: rep.today().plus_days(GRANTED_DAYS) };
        let (later, answer) = (
            &Ctx { now: rep.now.plus(5 * Instant::HOUR), ..rep.clone() },
            &Answer { granted: Some(granted), note: note.to_owned() },
        );
        self.db.write(|tx| async move { suppliers::actions::answer_for(&tx, later, id, answer).await }).await
    }

    /// SKU and usual cost of a product.
    fn usual(&self, id: ProductId) -> Option<(String, UnitPrice)> {
        let of = |product: &&demo_data::Product| self.keys.products.get(&product.sku.to_string()) == Some(&id);
        let product = self.demo.products.iter().find(of)?;
        Some((product.sku.to_string(), product.unit_cost?))
    }
}

fn drawings(lines: &[QuoteLine]) -> Vec<NewDrawing> {
    let drawing = |(line, position): (&QuoteLine, i64)| {
        let drawing = line.drawing.as_ref()?;
        let file = NewFile { name: drawing.name.to_string(), bytes: drawing.bytes.clone() };
        Some(NewDrawing { field: format!("drawing{position}"), line: Some(position), file })
    };
    lines.iter().zip(1..).filter_map(drawing).collect()
}
