//! The page that asks before prices go to a second person: what is wrong with which, and what happens if they are meant.

use askama::Template;
use catalog::Catalog;
use kernel::{Outcome, Permission, ProductId};
use pricing::lists;
use terms::deciders;
use terms::guard::{Concern, Door};
use web::{App, Fields, FormState, Reply, Shell, StatusCode, Visitor, page_with};

use super::view::PriceRow;
use super::{Edit, Submission, queries, rules};

/// Lines that the page shows; what is beyond is counted.
const SHOWN: usize = 200;

#[derive(Template)]
#[template(path = "changes/confirm.html")]
struct ConfirmPage {
    shell: Shell,
    title: String,
    list: String,
    back: String,
    action: String,
    currency: &'static str,
    warning: String,
    is_grave: bool,
    is_own: bool,
    button: String,
    lines: Vec<PriceRow>,
    hidden: Vec<(String, String)>,
    form: FormState,
}

/// What a form of a person sends along with its prices.
pub(crate) fn submission(
    list: kernel::PriceListId,
    door: Door,
    fields: &Fields,
    edits: Vec<Edit>,
) -> Result<Submission, kernel::Invalid> {
    let holds_from = match fields.some("holds_from").map(kernel::Date::parse) {
        Some(None) => return Err(kernel::Invalid::field("holds_from", "date")),
        Some(day) => day,
        None => None,
    };
    let is_confirmed = fields.text("confirmed") == "yes";
    Ok(Submission { list, door, holds_from, reason: fields.text("reason").to_owned(), is_confirmed, edits })
}

/// The question: the lines of the submission that want a second person, with the whole form kept.
pub(crate) async fn ask(
    app: &App,
    visitor: &Visitor,
    submission: &Submission,
    (action, fields): (&str, &Fields),
    form: FormState,
) -> Reply {
    let (locale, tx) = (&visitor.locale, app.db().read().await?);
    let list = lists::queries::list(&tx, submission.list).await?;
    let products: Vec<ProductId> = submission.edits.iter().map(|edit| edit.product).collect();
    let present = lists::queries::steps_of(&tx, list.id, &products).await?;
    let bounds = queries::bounds(&tx, &list, &products).await?;
    let is_own = is_own(&tx, visitor).await?;
    drop(tx);
    let unseen: Vec<Edit> = submission.edits.iter().map(|edit| Edit { seen: None, ..*edit }).collect();
    let lines = rules::lines(&unseen, &present, &bounds).unwrap_or_default();
    let (count, gravest) = rules::concerns(&lines).unwrap_or((0, Concern::UnderFloor));
    let rows = lines.iter().filter(|line| line.concern.is_some()).take(SHOWN);
    let warning = format!("price-confirm-{}", gravest.code());
    let kept = fields.iter().filter(|(name, _)| !matches!(*name, "reason" | "holds_from" | "confirmed"));
    let title = locale.text("price-confirm-title");
    let template = ConfirmPage {
        shell: Shell::load(app, visitor, &title).await?,
        title,
        list: list.name.get(locale.language()).to_owned(),
        back: format!("/office/price-lists/{}", list.id),
        action: action.to_owned(),
        currency: list.currency.code(),
        warning: locale.text_with(&warning, &[("count", count.into())]),
        is_grave: gravest >= Concern::BelowCost,
        button: locale
            .text_with(if is_own { "price-confirm-own" } else { "price-confirm-send" }, &[("count", count.into())]),
        is_own,
        lines: rows.map(|line| PriceRow::of(app.part::<Catalog>(), locale, line, &bounds, true)).collect(),
        hidden: kept.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        form,
    };
    page_with(StatusCode::CONFLICT, &template)
}

/// Whether the visitor's own word counts, because nobody else may manage prices.
async fn is_own(tx: &db::ReadTx, visitor: &Visitor) -> Outcome<bool> {
    let able = deciders::able(tx, Permission::ManagePrices).await?;
    let me: Vec<_> = visitor.actor.user.into_iter().collect();
    Ok(deciders::second_person(&visitor.actor, &me, &able) == Some(true))
}
