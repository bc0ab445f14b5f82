//! Mails about what becomes of an order, built from what is true when they are sent. A cancellation is told when it cannot be
//! undone any more.

use db::{ReadTx, WriteTx};
use kernel::{Ctx, Failure, Fault, Instant, Outcome, Permission};
use mail::{Content, OrderNews, OrderNewsKind, Outgoing};
use parties::companies::{self, Company};
use parties::people::{self, Member};
use serde::{Deserialize, Serialize};
use web::App;

use super::{Order, OrderState, store};

/// The job that tells of an order.
const NEWS: &str = "order.news";

/// What is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    /// It waits for a release: to the buyer, and to whoever may release it.
    Held,
    /// It is cancelled: to the buyer and the rep.
    Cancelled,
    /// It was refused: to the buyer.
    Refused,
    /// The buyer wants to cancel what is on its way, because of this: to the rep.
    CancellationAsked(String),
}

#[derive(Debug, Serialize, Deserialize)]
struct About {
    number: String,
    kind: Kind,
    /// When it happened: what was undone meanwhile is not told.
    happened_at: i64,
}

/// Leaves the job that tells of an order at `at`.
pub(super) async fn tell(tx: &WriteTx, ctx: &Ctx, order: &Order, kind: Kind, at: Instant) -> Outcome<()> {
    let about = About { number: order.number.clone(), kind, happened_at: ctx.now.micros() };
    let payload = serde_json::to_value(&about).map_err(|e| Fault::because("writing down a job", e))?;
    Ok(tx.enqueue(ctx, NEWS, &payload, at).await?)
}

/// The handlers of this capability, for the runner of the application.
pub(crate) fn handlers(runner: jobs::Runner, app: &App) -> jobs::Runner {
    let app = app.clone();
    runner.on(NEWS, move |job| {
        let app = app.clone();
        async move { send(&app, &job.read::<About>()?).await }
    })
}

async fn send(app: &App, about: &About) -> Outcome<()> {
    let tx = app.db().read().await?;
    let Some(order) = store::by_number(&tx, None, &about.number).await?.filter(|order| stands(order, about)) else {
        return Ok(());
    };
    let company = companies::queries::company(&tx, order.company).await?.ok_or(Failure::NotFound)?;
    let mut mails = Vec::new();
    for (to, is_staff) in readers(&tx, &order, &company, &about.kind).await? {
        mails.push(outgoing(app, &order, &company, &about.kind, (&to, is_staff)).payload()?);
    }
    drop(tx);
    let (ctx, mails) = (&app.system_ctx(), &mails);
    app.write(|tx| async move {
        for payload in mails {
            tx.enqueue(ctx, mail::JOB, payload, ctx.now).await?;
        }
        Ok(())
    })
    .await
}

/// Whether what happened is still so.
fn stands(order: &Order, about: &About) -> bool {
    match about.kind {
        Kind::Held => order.state == OrderState::Held,
        Kind::Cancelled | Kind::Refused => {
            order.cancelled.is_some_and(|cancelled| cancelled.at.micros() == about.happened_at)
        }
        Kind::CancellationAsked(_) => true,
    }
}

/// Who is told, and whether that is staff.
async fn readers(tx: &ReadTx, order: &Order, company: &Company, kind: &Kind) -> Outcome<Vec<(Member, bool)>> {
    let mut readers = Vec::new();
    if !matches!(kind, Kind::CancellationAsked(_))
        && let Some(person) = order.person
    {
        readers.extend(people::queries::member(tx, person).await?.map(|buyer| (buyer, false)));
    }
    if !matches!(kind, Kind::Refused) {
        let rep = match company.rep {
            Some(rep) => people::queries::member(tx, rep).await?.filter(|rep| !rep.is_blocked),
            None => None,
        };
        match rep {
            Some(rep) => readers.push((rep, true)),
            None => {
                let staff = people::queries::staff(tx).await?.into_iter();
                let may = |member: &Member| member.roles.allow(Permission::ManageCompanies);
                readers.extend(staff.filter(may).map(|member| (member, true)));
            }
        }
    }
    readers.retain(|(member, _)| !member.is_blocked);
    Ok(readers)
}

fn outgoing(app: &App, order: &Order, company: &Company, kind: &Kind, (to, is_staff): (&Member, bool)) -> Outgoing {
    let locale = to.locale();
    let base = if is_staff { "office" } else { "account" };
    let content = OrderNews {
        kind: match kind {
            Kind::Held => OrderNewsKind::Held,
            Kind::Cancelled => OrderNewsKind::Cancelled,
            Kind::Refused => OrderNewsKind::Refused,
            Kind::CancellationAsked(_) => OrderNewsKind::CancellationAsked,
        },
        is_staff,
        number: order.number.clone(),
        company: company.name.clone(),
        total: locale.money(order.gross),
        reason: match kind {
            Kind::CancellationAsked(reason) => reason.clone(),
            _ => order.reason.clone(),
        },
        link: format!("{}/{base}/orders/{}", app.settings().base_url, web::encode(&order.number)),
    };
    Outgoing {
        to: to.email.clone(),
        to_name: to.name.clone(),
        language: to.language.clone(),
        zone: to.time_zone.clone(),
        content: Content::OrderNews(Box::new(content)),
    }
}
