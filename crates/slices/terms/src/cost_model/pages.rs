//! The cost model in the office: the form, what a change would mean, and the word of the second person.

use askama::Template;
use axum::http::StatusCode;
use i18n::Locale;
use kernel::{Amount, Failure, Outcome, SignoffId};
use parties::people;
use web::{App, Fields, Form, FormState, Path, Reply, Shell, State, Visitor};

use super::api::CostModelJson;
use super::{actions, form, preview, queries};
use crate::costs::DealCosts;
use crate::signoffs::view::{self, Answering, Waiting, Wanted, decided};
use crate::signoffs::{self, Signoff, SignoffState, Subject};

struct PastRow {
    at: String,
    by: String,
    reason: String,
    state: String,
    decided: String,
}

#[derive(Template)]
#[template(path = "cost_model/costs.html")]
struct CostsPage {
    shell: Shell,
    form: FormState,
    currency: &'static str,
    refusal: String,
    /// What the form would change, before it is sent.
    asked: Option<Wanted>,
    waiting: Option<Waiting>,
    past: Vec<PastRow>,
}

#[derive(Default)]
struct Returned {
    form: Option<FormState>,
    asked: Option<DealCosts>,
    refusal: String,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    web::page(&page(&app, &visitor, Returned::default()).await?)
}

async fn page(app: &App, visitor: &Visitor, returned: Returned) -> Outcome<CostsPage> {
    let (locale, tx) = (&visitor.locale, app.db().read().await?);
    let costs = queries::current(&tx).await?;
    let month = preview::month(&tx, costs.currency, app.now()).await?;
    let staff = people::queries::staff(&tx).await?;
    let name = |user: Option<kernel::UserId>| {
        let known = user.and_then(|user| staff.iter().find(|member| member.id == user));
        known.map_or_else(|| "–".to_owned(), |member| member.name.clone())
    };
    let past = signoffs::queries::past(&tx, Subject::CostModel).await?;
    let waiting = match past.iter().find(|signoff| signoff.state == SignoffState::Waiting) {
        Some(signoff) => {
            let wanted = CostModelJson::stored(&signoff.text)?.read(kernel::Notation::Plain)?;
            Some(Waiting {
                by: name(signoff.by),
                at: locale.moment(signoff.at),
                reason: signoff.reason.clone(),
                wanted: wanted_of(locale, &month, &costs, &wanted),
                answering: Answering::of(&tx, &visitor.actor, signoff).await?,
            })
        }
        None => None,
    };
    drop(tx);
    let row = |signoff: &Signoff| PastRow {
        at: locale.moment(signoff.at),
        by: name(signoff.by),
        reason: signoff.reason.clone(),
        state: locale.text(&format!("signoff-state-{}", signoff.state.code())),
        decided: decided(locale, signoff, name),
    };
    Ok(CostsPage {
        form: returned.form.unwrap_or_else(|| form::of(&costs, locale)),
        currency: costs.currency.code(),
        refusal: returned.refusal,
        asked: returned.asked.map(|wanted| wanted_of(locale, &month, &costs, &wanted)),
        waiting,
        past: past.iter().filter(|signoff| signoff.state != SignoffState::Waiting).map(row).collect(),
        shell: Shell::load(app, visitor, &locale.text("costs-title")).await?,
    })
}

/// The fields of the form with the keys of their labels.
const FIELDS: [(&str, &str); 11] = [
    ("handling_order", "costs-handling-order"),
    ("handling_line", "costs-handling-line"),
    ("capital", "costs-capital"),
    ("freight_order", "costs-freight-order"),
    ("freight_kilogram", "costs-freight-kilogram"),
    ("consolidated_order", "costs-consolidated-order"),
    ("consolidated_share", "costs-consolidated-share"),
    ("flexible_days", "costs-flexible-days"),
    ("flexible_saves", "costs-flexible-saves"),
    ("freight_charge", "costs-freight-charge"),
    ("freight_free_from", "costs-freight-free-from"),
];

fn wanted_of(locale: &Locale, month: &preview::Month, before: &DealCosts, after: &DealCosts) -> Wanted {
    let (was, is) = (form::of(before, locale), form::of(after, locale));
    let changed = FIELDS.iter().filter(|(field, _)| was.value(field) != is.value(field));
    let change =
        |(field, label): &(&str, &str)| (locale.text(label), was.value(field).to_owned(), is.value(field).to_owned());
    let (old, new) = (preview::serving(month, before), preview::serving(month, after));
    let money = |minor: i64| locale.money(Amount::new(minor, before.currency));
    let row = |label: &str, old: i64, new: i64| (locale.text(label), money(old), money(new));
    let says = [("orders", month.orders.into()), ("more", money(new.total() - old.total()).into())];
    Wanted {
        changes: changed.map(change).collect(),
        meaning: vec![
            row("costs-meaning-handling", old.handling, new.handling),
            row("costs-meaning-freight", old.freight, new.freight),
            row("costs-meaning-capital", old.capital, new.capital),
            row("costs-meaning-total", old.total(), new.total()),
        ],
        says: locale.text_with("costs-meaning", &says),
    }
}

/// First what would change, then, confirmed and with a reason, the change itself.
pub(super) async fn save(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let before = queries::current(&app.db().read().await?).await?;
    let costs = match form::read(&fields, &before).read(fields.notation()) {
        Ok(costs) => costs,
        Err(invalid) => {
            let form = Some(fields.rejected(&invalid, &visitor.locale));
            let returned = Returned { form, ..Returned::default() };
            return web::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page(&app, &visitor, returned).await?);
        }
    };
    if fields.text("confirmed") != "yes" {
        let returned = Returned { form: Some(fields.kept()), asked: Some(costs), ..Returned::default() };
        return web::page(&page(&app, &visitor, returned).await?);
    }
    let (ctx, wanted, reason) = (&app.ctx(&visitor), &costs, fields.text("reason"));
    let done = app.write(|tx| async move { actions::propose(&tx, ctx, wanted, reason).await }).await;
    let flash = match &done {
        Ok(signoff) if signoff.state == SignoffState::Waiting => "signoff-sent",
        _ => "costs-saved",
    };
    let returned = Returned { asked: Some(costs), ..Returned::default() };
    answer(&app, &visitor, &fields, done.map(|_| ()), flash, returned).await
}

async fn answer(
    app: &App,
    visitor: &Visitor,
    fields: &Fields,
    done: Outcome<()>,
    flash: &'static str,
    returned: Returned,
) -> Reply {
    let (status, returned) = match done {
        Ok(()) => return web::flash(web::see_other("/office/costs"), flash),
        Err(Failure::Invalid(invalid)) => {
            let form = Some(fields.rejected(&invalid, &visitor.locale));
            (StatusCode::UNPROCESSABLE_ENTITY, Returned { form, ..returned })
        }
        Err(Failure::Refused(refused)) => {
            (StatusCode::CONFLICT, Returned { refusal: visitor.refusal(&refused), ..returned })
        }
        Err(failure) => return Err(failure.into()),
    };
    web::page_with(status, &page(app, visitor, returned).await?)
}

pub(super) async fn confirm(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, note) = (&app.ctx(&visitor), fields.text("note"));
    let done = app.write(|tx| async move { actions::confirm(&tx, ctx, id, note).await }).await;
    answer(&app, &visitor, &Fields::default(), done, "costs-saved", Returned::default()).await
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<SignoffId>,
    Form(fields): Form<Fields>,
) -> Reply {
    let done = view::decline(&app, &visitor, Subject::CostModel, id, fields.text("note")).await;
    answer(&app, &visitor, &Fields::default(), done, "signoff-declined", Returned::default()).await
}
