//! Asking suppliers, and their answers.

use db::WriteTx;
use i18n::Locale;
use kernel::{Ctx, Failure, Invalid, Outcome, Permission, SupportId, UnitPrice};
use mail::{Content, Outgoing};
use negotiation::negotiations::{self, TEXT_MAX};
use parties::people;
use serde_json::json;
use terms::costs;
use terms::support::{self, About, Granted, State, SupplierRequest, rules, store};

use super::{NewRequest, SupportEvent, SupportRefusal, jobs, queries, token};
use crate::quotes;

/// What the mail to the supplier needs to know of the house.
#[derive(Debug, Clone, Copy)]
pub struct House<'a> {
    /// The merchant's name.
    pub name: &'a str,
    /// The address of this installation, without a slash at the end.
    pub base_url: &'a str,
    /// The language of the mail.
    pub locale: &'a Locale,
}

/// An answer as the supplier gives it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// `None`: no.
    pub granted: Option<Granted>,
    /// What the supplier says.
    pub note: String,
}

/// Asks a supplier for a special price. The supplier gets a link by mail, which works once and until the day given.
///
/// # Errors
/// Not found; invalid fields; [`SupportRefusal`]; the refusal `not-allowed`.
pub async fn ask(tx: &WriteTx, ctx: &Ctx, house: House<'_>, new: &NewRequest) -> Outcome<SupportId> {
    ctx.actor.must(Permission::UseDesk)?;
    check_case(tx, new).await?;
    let usual = usual_cost(tx, new).await?;
    let expires_at = check(ctx, new)?;
    // Whoever trades here, on either side, is no supplier: a cost that one grants oneself is none.
    if !people::queries::by_email(tx, &new.email).await?.is_empty() {
        return Err(Invalid::field("email", "supplier-known-person").into());
    }
    let others = support::queries::of(tx, new.about).await?;
    if others.iter().any(|other| other.product == new.product && rules::is_open(other, ctx.now)) {
        return Err(SupportRefusal::AskedAlready.into());
    }
    let token = token::new()?;
    let request = SupplierRequest {
        id: SupportId::new(ctx),
        about: new.about,
        product: new.product,
        email: new.email.clone(),
        supplier_sku: new.supplier_sku.trim().to_owned(),
        quantity: new.quantity,
        currency: new.asked.currency(),
        usual: costs::convert_price(usual, new.asked.currency()),
        asked: new.asked,
        note: new.note.trim().to_owned(),
        state: State::Open,
        granted: None,
        answer_note: String::new(),
        attempts: 0,
        asked_by: ctx.actor.user()?,
        asked_at: ctx.now,
        expires_at,
        answered_at: None,
    };
    store::insert(tx, &request, &token::hash(&token)).await?;
    let mail = mail(tx, house, &request, &token).await?;
    tx.enqueue(ctx, mail::JOB, &mail.payload()?, ctx.now).await?;
    tell(tx, ctx, &request, "support.asked").await?;
    Ok(request.id)
}

/// The case must be there and open, and be about the product.
async fn check_case(tx: &WriteTx, new: &NewRequest) -> Outcome<()> {
    let (is_open, is_about) = match new.about {
        About::Negotiation(id) => {
            let n = negotiations::store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
            let is_about = n.lines.iter().any(|line| line.product == new.product);
            (n.stored_state == negotiations::State::Waiting, is_about)
        }
        About::Quote(id, line) => {
            let quote = quotes::store::load(tx, None, id).await?.ok_or(Failure::NotFound)?;
            (quotes::rules::may_answer(&quote).is_ok(), quote.line(line).is_some())
        }
    };
    if !is_about {
        return Err(Failure::NotFound);
    }
    if is_open { Ok(()) } else { Err(SupportRefusal::CaseClosed.into()) }
}

async fn usual_cost(tx: &WriteTx, new: &NewRequest) -> Outcome<UnitPrice> {
    let facts = catalog::products::queries::seller_facts(tx, new.product).await?;
    facts.cost.ok_or_else(|| SupportRefusal::CostUnknown.into())
}

fn check(ctx: &Ctx, new: &NewRequest) -> Outcome<kernel::Instant> {
    let mut invalid = Invalid::default();
    for (field, text) in [("note", &new.note), ("supplier_sku", &new.supplier_sku)] {
        if text.chars().count() > TEXT_MAX {
            invalid = invalid.and(field, "text-too-long", vec![("most", TEXT_MAX.to_string())]);
        }
    }
    if new.quantity.thousandths() <= 0 {
        invalid = invalid.and("quantity", "quantity-positive", Vec::new());
    }
    if new.asked.micros() <= 0 {
        invalid = invalid.and("asked", "price-positive", Vec::new());
    }
    let end = quotes::rules::end_of(new.answer_by, ctx.today(), &ctx.zone);
    let end = end.filter(|_| new.answer_by <= ctx.today().plus_days(rules::ANSWER_DAYS_MAX));
    if end.is_none() {
        invalid = invalid.and("answer_by", "quote-valid-until", vec![("days", rules::ANSWER_DAYS_MAX.to_string())]);
    }
    invalid.check()?;
    Ok(end.unwrap_or(ctx.now))
}

async fn mail(tx: &WriteTx, house: House<'_>, request: &SupplierRequest, token: &str) -> Outcome<Outgoing> {
    let found = catalog::products::queries::product(tx, request.product).await?.ok_or(Failure::NotFound)?;
    let locale = house.locale;
    let content = mail::SupplierAsked {
        merchant: house.name.to_owned(),
        product: found.name.get(locale.language()).to_owned(),
        sku: super::supplier::shown_sku(request, &found),
        quantity: locale.quantity_unit(request.quantity),
        asked: terms::words::per_unit(locale, request.asked, request.quantity),
        comment: Some(request.note.clone()).filter(|note| !note.is_empty()),
        answer_by: locale.moment(request.expires_at),
        link: format!("{}/supplier/{token}", house.base_url),
    };
    Ok(Outgoing {
        to: request.email.clone(),
        to_name: String::new(),
        language: locale.language().code().to_owned(),
        zone: locale.zone_name().to_owned(),
        content: Content::SupplierAsked(Box::new(content)),
    })
}

/// The supplier answers, by the token of the link. Once.
///
/// # Errors
/// Not found for a wrong token, an old one and one that was used.
pub async fn answer(tx: &WriteTx, ctx: &Ctx, token: &str, answer: &Answer) -> Outcome<()> {
    let request = queries::open_by_token(tx, token, ctx.now).await?;
    write_down(tx, ctx, request, answer).await
}

/// An answer that a supplier gave otherwise, by telephone or letter, written down by somebody of the desk. The link is used
/// up by it.
///
/// # Errors
/// Not found for a request that is not open; the refusal `not-allowed`.
pub async fn answer_for(tx: &WriteTx, ctx: &Ctx, id: SupportId, answer: &Answer) -> Outcome<()> {
    ctx.actor.must(Permission::UseDesk)?;
    let request = store::load(tx, id).await?.filter(|request| rules::is_open(request, ctx.now));
    write_down(tx, ctx, request.ok_or(Failure::NotFound)?, answer).await
}

async fn write_down(tx: &WriteTx, ctx: &Ctx, mut request: SupplierRequest, answer: &Answer) -> Outcome<()> {
    request.state = if answer.granted.is_some() { State::Granted } else { State::Refused };
    request.granted = answer.granted;
    request.answer_note = answer.note.trim().chars().take(TEXT_MAX).collect();
    request.answered_at = Some(ctx.now);
    if !store::answer(tx, &request).await? {
        return Err(Failure::NotFound);
    }
    tell(tx, ctx, &request, "support.answered").await?;
    jobs::move_on(tx, ctx, request.id).await
}

/// Counts an answer that could not be read.
///
/// # Errors
/// Not found, as [`answer`].
pub async fn count_attempt(tx: &WriteTx, ctx: &Ctx, token: &str) -> Outcome<()> {
    let request = queries::open_by_token(tx, token, ctx.now).await?;
    store::count_attempt(tx, request.id).await
}

async fn tell(tx: &WriteTx, ctx: &Ctx, request: &SupplierRequest, kind: &'static str) -> Outcome<()> {
    let subject = match request.about {
        About::Negotiation(id) => id.to_string(),
        About::Quote(id, _) => id.to_string(),
    };
    let payload = json!({ "support": request.id.to_string(), "state": request.state.code() });
    Ok(tx.append(ctx, &SupportEvent { kind, subject, payload }).await?)
}
