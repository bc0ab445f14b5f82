//! Work after commit: mails about quotes, and writing down that one has lapsed.

use catalog::Catalog;
use db::{ReadTx, WriteTx};
use i18n::Locale;
use kernel::{Ctx, Failure, Instant, Outcome, QuoteId};
use mail::{Content, Outgoing, QuoteKind};
use negotiation_engine::Authority;
use parties::people::{self, Member};
use serde::{Deserialize, Serialize};
use terms::deciders;
use web::App;

use super::{Answer, Quote, State, Version, actions, rules, store, view};

const NEWS: &str = "quote.news";
const LAPSE: &str = "quote.lapse";

/// What somebody is told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum News {
    /// To the rep.
    Requested,
    /// To the rep.
    Countered,
    /// To the rep.
    Accepted,
    /// To the buyer: these lines were accepted, and which answer of each.
    Confirmed(Vec<i64>),
    /// To the rep: a supplier has answered.
    Supported,
    /// To everybody who may send it: a draft waits for approval.
    Proposed,
    /// To the buyer.
    Answered,
    /// To the buyer.
    Declined,
    /// To the buyer: this version lapses soon.
    Lapsing(i64),
}

#[derive(Serialize, Deserialize)]
struct About {
    quote: QuoteId,
    news: Option<News>,
}

pub(super) async fn news(tx: &WriteTx, ctx: &Ctx, quote: QuoteId, news: News) -> Outcome<()> {
    later(tx, ctx, NEWS, &About { quote, news: Some(news) }, ctx.now).await
}

/// The rep hears that a supplier has answered about a line.
pub(crate) async fn supplier_answered(tx: &WriteTx, ctx: &Ctx, quote: QuoteId) -> Outcome<()> {
    news(tx, ctx, quote, News::Supported).await
}

/// Warns before a version lapses, and writes down that it has.
pub(super) async fn watch(tx: &WriteTx, ctx: &Ctx, quote: QuoteId, version: &Version) -> Outcome<()> {
    let warning = version.valid_until.plus(-rules::WARNING);
    if warning > ctx.now {
        later(tx, ctx, NEWS, &About { quote, news: Some(News::Lapsing(version.number)) }, warning).await?;
    }
    later(tx, ctx, LAPSE, &About { quote, news: None }, version.valid_until).await
}

async fn later(tx: &WriteTx, ctx: &Ctx, kind: &'static str, about: &About, at: Instant) -> Outcome<()> {
    let payload = serde_json::to_value(about).map_err(|e| kernel::Fault::because("writing down a job", e))?;
    Ok(tx.enqueue(ctx, kind, &payload, at).await?)
}

/// The handlers of quotes, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let runner = runner.on_with(NEWS, app, |app, job| async move { send(&app, job.read::<About>()?).await });
    runner.on_with(LAPSE, app, |app, job| async move {
        let (ctx, about) = (&app.system_ctx(), &job.read::<About>()?);
        app.write(|tx| async move { actions::lapse(&tx, ctx, about.quote).await }).await
    })
}

/// Builds the mails from what is true now and leaves them for the mailer; none when there is nothing left to say.
async fn send(app: &App, about: About) -> Outcome<()> {
    let tx = app.db().read().await?;
    let (Some(quote), Some(news)) = (store::load(&tx, None, about.quote).await?, about.news) else { return Ok(()) };
    let mails = outgoing(&tx, app, &quote, &news).await?;
    drop(tx);
    let (ctx, payloads) = (&app.system_ctx(), &mails.iter().map(Outgoing::payload).collect::<Outcome<Vec<_>>>()?);
    app.write(|tx| async move {
        for payload in payloads {
            tx.enqueue(ctx, mail::JOB, payload, ctx.now).await?;
        }
        Ok(())
    })
    .await
}

async fn outgoing(tx: &ReadTx, app: &App, quote: &Quote, news: &News) -> Outcome<Vec<Outgoing>> {
    let kind = match news {
        News::Requested => QuoteKind::Requested,
        News::Countered => QuoteKind::Countered,
        News::Accepted => QuoteKind::Accepted,
        News::Confirmed(_) => QuoteKind::Confirmed,
        News::Supported => QuoteKind::Supported,
        News::Proposed => QuoteKind::Proposed,
        News::Answered if quote.present().is_some_and(|version| version.is_whole) => QuoteKind::AnsweredTogether,
        News::Answered => QuoteKind::Answered,
        News::Declined => QuoteKind::Declined,
        News::Lapsing(_) => QuoteKind::Lapsing,
    };
    if let News::Lapsing(number) = news {
        let stands = matches!(quote.state(app.now()), State::Answered | State::Partly | State::Countered);
        if !stands || quote.present().is_none_or(|present| present.number != *number) {
            return Ok(Vec::new());
        }
    }
    let is_to_buyer = matches!(news, News::Answered | News::Declined | News::Lapsing(_) | News::Confirmed(_));
    let is_proposed = *news == News::Proposed;
    let proposal = store::proposal(tx, quote.id).await?.filter(|_| is_proposed);
    let to = match (&proposal, is_to_buyer) {
        (Some(proposal), _) => approvers(tx, proposal).await?,
        (None, _) if is_proposed => Vec::new(),
        (None, true) => vec![people::queries::member(tx, quote.person).await?.ok_or(Failure::NotFound)?],
        (None, false) => match quote.rep {
            Some(rep) => vec![people::queries::member(tx, rep).await?.ok_or(Failure::NotFound)?],
            None => Vec::new(),
        },
    };
    let company = parties::companies::queries::company(tx, quote.company).await?.ok_or(Failure::NotFound)?;
    let path = if is_to_buyer { format!("/account/quotes/{}", quote.id) } else { format!("/desk/quotes/{}", quote.id) };
    let link = format!("{}{path}", app.settings().base_url);
    let why = proposal.map(|proposal| proposal.rationale);
    let mail = |to: &Member| {
        let mut content = content(to, quote, kind, company.name.clone(), link.clone());
        content.details = details(app.part::<Catalog>(), quote, news, &to.locale());
        content.message = why.clone().or(content.message);
        Outgoing {
            to: to.email.clone(),
            to_name: to.name.clone(),
            language: to.language.clone(),
            zone: to.time_zone.clone(),
            content: Content::QuoteNews(Box::new(content)),
        }
    };
    Ok(to.iter().map(mail).collect())
}

/// Everybody who may send what a colleague proposes.
async fn approvers(tx: &ReadTx, proposal: &super::Proposal) -> Outcome<Vec<Member>> {
    let needed = deciders::parse_authority(&proposal.needed).unwrap_or(Authority::PricingManager);
    let staff = people::queries::staff(tx).await?;
    let may = |member: &Member| deciders::authority(member.roles, member.leads_sales).is_some_and(|a| a >= needed);
    Ok(staff.into_iter().filter(|member| !member.is_blocked && may(member)).collect())
}

/// What is to be read line by line: which answers were accepted, and which of those that stand end before the others.
fn details(catalog: &Catalog, quote: &Quote, news: &News, locale: &Locale) -> Vec<String> {
    let name = |answer: &Answer| {
        let product = answer.product.and_then(|id| catalog.product(id))?;
        Some(format!("{} · {}", product.sku, product.name.get(locale.language())))
    };
    let all: Vec<i64> = quote.lines.iter().map(|line| line.position).collect();
    match (news, quote.present()) {
        (News::Confirmed(lines), _) => view::accepted(quote, lines, &name, locale),
        (News::Accepted, _) => view::accepted(quote, &all, &name, locale),
        (News::Answered | News::Lapsing(_), Some(version)) => view::own_ends(quote, version, locale),
        _ => Vec::new(),
    }
}

fn content(to: &Member, quote: &Quote, kind: QuoteKind, company: String, link: String) -> mail::QuoteNews {
    let locale = to.locale();
    let message = match kind {
        QuoteKind::Requested => quote.comment.clone(),
        QuoteKind::Declined => quote.reply.clone(),
        QuoteKind::Countered => quote.counters.last().map_or_else(String::new, |counter| counter.message.clone()),
        _ => quote.present().map_or_else(String::new, |version| version.message.clone()),
    };
    mail::QuoteNews {
        kind,
        number: quote.number.to_string(),
        company,
        project: Some(quote.project.clone()).filter(|project| !project.is_empty()),
        lines: locale.text_with("lines", &[("count", quote.lines.len().into())]),
        valid_until: quote.valid_until.map(|end| view::last_day(&locale, end)),
        message: Some(message).filter(|message| !message.is_empty()),
        details: Vec::new(),
        link,
    }
}
