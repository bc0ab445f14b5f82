//! The office's pages for prices from a file.

use std::collections::BTreeSet;

use askama::Template;
use catalog::Catalog;
use kernel::{Failure, Invalid, Outcome, PriceListId, ProductId};
use pricing::lists::{self, PriceList};
use sheets::reading;
use terms::guard::Door;
use web::{App, Fields, FormState, Multipart, Path, Reply, Shell, State, StatusCode, Visitor, page_with};

use super::rules::{self, Line, Wrong};
use crate::changes::preview::{self, Preview};
use crate::changes::{self, ChangeLine};

/// A line that cannot be read, with its sentences.
struct WrongRow {
    number: String,
    sku: String,
    from: String,
    price: String,
    says: String,
}

#[derive(Template)]
#[template(path = "file/file.html")]
struct FilePage {
    shell: Shell,
    id: PriceListId,
    list: String,
    currency: &'static str,
    form: FormState,
    wrong: Vec<WrongRow>,
    wrong_count: usize,
    /// That there may be more wrong lines than those.
    is_cut: bool,
    preview: Option<Preview>,
    /// How many lines change nothing, in words; empty for none.
    unchanged: String,
    refusal: String,
}

/// A form as it was sent.
#[derive(Default)]
struct Sent {
    fields: Fields,
    file: Vec<u8>,
}

async fn sent(visitor: &Visitor, mut form: Multipart) -> Outcome<Sent> {
    let mut sent = Sent::default();
    while let Some(part) = form.next_field().await.map_err(unread)? {
        let name = part.name().unwrap_or_default().to_owned();
        if name == "file" {
            sent.file = part.bytes().await.map_err(unread)?.to_vec();
        } else {
            sent.fields.0.insert(name, part.text().await.map_err(unread)?);
        }
    }
    sent.fields = sent.fields.written_in(visitor.locale.notation());
    Ok(sent)
}

fn unread(error: axum::extract::multipart::MultipartError) -> Failure {
    let is_large = error.status() == StatusCode::PAYLOAD_TOO_LARGE;
    Invalid::field("file", if is_large { "price-file-large" } else { "malformed" }).into()
}

/// What a form asks for.
struct Asked {
    list: PriceList,
    lines: Vec<Line>,
    wrong: Vec<Wrong>,
    /// What would change, and of how many lines nothing.
    changes: Vec<ChangeLine>,
    unchanged: usize,
}

async fn asked(app: &App, visitor: &Visitor, id: PriceListId, sent: &Sent) -> Outcome<Asked> {
    let (most, notation) = (changes::rules::EDITS_MAX, visitor.locale.notation());
    let bytes = if sent.file.is_empty() { sent.fields.text("lines").as_bytes() } else { &sent.file };
    // One more for the head.
    let table = reading::read(bytes, most + 1).map_err(|why| rules::unreadable(why, most))?;
    let lines = rules::lines(&table, notation)?;
    let tx = app.db().read().await?;
    let list = lists::queries::list(&tx, id).await?;
    let catalog = app.part::<Catalog>();
    let goods = |sku: &str| catalog.by_sku(sku).map(|product| (product.id, product.packing));
    let (edits, wrong) = rules::edits(&lines, goods, list.currency, notation);
    if !wrong.is_empty() {
        return Ok(Asked { list, lines, wrong, changes: Vec::new(), unchanged: 0 });
    }
    let products: BTreeSet<ProductId> = edits.iter().map(|edit| edit.product).collect();
    let products: Vec<ProductId> = products.into_iter().collect();
    let present = lists::queries::steps_of(&tx, id, &products).await?;
    let bounds = changes::queries::bounds(&tx, &list, &products).await?;
    let changes = changes::rules::lines(&edits, &present, &bounds)?;
    Ok(Asked { unchanged: edits.len() - changes.len(), list, lines, wrong, changes })
}

/// What the page shows below its form.
#[derive(Default)]
struct Shown {
    form: FormState,
    wrong: Vec<WrongRow>,
    is_cut: bool,
    preview: Option<Preview>,
    unchanged: String,
    refusal: String,
}

async fn file_page(app: &App, visitor: &Visitor, id: PriceListId, shown: Shown, status: StatusCode) -> Reply {
    let locale = &visitor.locale;
    let list = lists::queries::list(&app.db().read().await?, id).await?;
    let Shown { form, wrong, is_cut, preview, unchanged, refusal } = shown;
    let template = FilePage {
        shell: Shell::load(app, visitor, &locale.text("price-file-title")).await?,
        id,
        list: list.name.get(locale.language()).to_owned(),
        currency: list.currency.code(),
        form,
        wrong_count: wrong.len(),
        wrong,
        is_cut,
        preview,
        unchanged,
        refusal,
    };
    page_with(status, &template)
}

fn list_id(text: &str) -> Outcome<PriceListId> {
    PriceListId::parse(text).ok_or(Failure::NotFound)
}

pub(super) async fn form(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Reply {
    file_page(&app, &visitor, list_id(&id)?, Shown::default(), StatusCode::OK).await
}

/// The form with the lines as they were read, so that they can be corrected and sent again without the file.
fn kept(fields: &Fields, lines: &[Line]) -> Fields {
    let mut kept = fields.clone();
    kept.0.insert("lines".into(), rules::text(lines));
    kept
}

fn wrong_row(visitor: &Visitor, wrong: &Wrong) -> WrongRow {
    let said: Vec<String> = wrong.errors.iter().map(|error| visitor.locale.error(error)).collect();
    let Line { sku, from, price, .. } = wrong.line.clone();
    let number = visitor.locale.number(i64::try_from(wrong.line.number).unwrap_or(i64::MAX));
    WrongRow { number, sku, from, price, says: said.join(" ") }
}

async fn with_wrong(app: &App, visitor: &Visitor, asked: &Asked, sent: &Sent) -> Reply {
    let wrong: Vec<WrongRow> = asked.wrong.iter().map(|wrong| wrong_row(visitor, wrong)).collect();
    let form = kept(&sent.fields, &asked.lines).kept();
    let shown = Shown { form, is_cut: wrong.len() >= rules::WRONG_MAX, wrong, ..Shown::default() };
    file_page(app, visitor, asked.list.id, shown, StatusCode::UNPROCESSABLE_ENTITY).await
}

/// The preview; with what is wrong with the fields beside it.
async fn with_preview(
    app: &App,
    visitor: &Visitor,
    asked: Asked,
    sent: &Sent,
    (invalid, refusal): (Invalid, String),
    status: StatusCode,
) -> Reply {
    let products: BTreeSet<ProductId> = asked.changes.iter().map(|line| line.product).collect();
    let bounds = {
        let tx = app.db().read().await?;
        changes::queries::bounds(&tx, &asked.list, &products.into_iter().collect::<Vec<_>>()).await?
    };
    let unchanged = match asked.unchanged {
        0 => String::new(),
        count => visitor.locale.text_with("price-file-unchanged", &[("count", count.into())]),
    };
    let shown = Shown {
        form: kept(&sent.fields, &asked.lines).rejected(&invalid, &visitor.locale),
        preview: Some(Preview::of(app, visitor, asked.changes, &bounds)),
        unchanged,
        refusal,
        ..Shown::default()
    };
    file_page(app, visitor, asked.list.id, shown, status).await
}

/// What the form asks for; or the page that says why nothing can be changed by it.
async fn looked(app: &App, visitor: &Visitor, id: PriceListId, sent: &Sent) -> Result<Asked, Reply> {
    match asked(app, visitor, id, sent).await {
        Ok(asked) if !asked.wrong.is_empty() => Err(with_wrong(app, visitor, &asked, sent).await),
        Ok(asked) if asked.changes.is_empty() => {
            let invalid = Invalid::field("file", "price-bulk-nothing");
            let form = kept(&sent.fields, &asked.lines).rejected(&invalid, &visitor.locale);
            let shown = Shown { form, ..Shown::default() };
            Err(file_page(app, visitor, id, shown, StatusCode::UNPROCESSABLE_ENTITY).await)
        }
        Ok(asked) => Ok(asked),
        Err(Failure::Invalid(invalid)) => {
            let shown = Shown { form: sent.fields.rejected(&invalid, &visitor.locale), ..Shown::default() };
            Err(file_page(app, visitor, id, shown, StatusCode::UNPROCESSABLE_ENTITY).await)
        }
        Err(failure) => Err(Err(failure.into())),
    }
}

/// The form as it came; or the page that says why it cannot be read.
async fn received(app: &App, visitor: &Visitor, id: PriceListId, form: Multipart) -> Result<Sent, Reply> {
    match sent(visitor, form).await {
        Ok(sent) => Ok(sent),
        Err(Failure::Invalid(invalid)) => {
            let shown = Shown { form: FormState::default().with_errors(&invalid, &visitor.locale), ..Shown::default() };
            Err(file_page(app, visitor, id, shown, StatusCode::UNPROCESSABLE_ENTITY).await)
        }
        Err(failure) => Err(Err(failure.into())),
    }
}

pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    form: Multipart,
) -> Reply {
    let id = list_id(&id)?;
    let sent = match received(&app, &visitor, id, form).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    match looked(&app, &visitor, id, &sent).await {
        Ok(asked) => {
            let nothing = (Invalid::default(), String::new());
            with_preview(&app, &visitor, asked, &sent, nothing, StatusCode::OK).await
        }
        Err(answer) => answer,
    }
}

pub(super) async fn change(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, form: Multipart) -> Reply {
    let id = list_id(&id)?;
    let sent = match received(&app, &visitor, id, form).await {
        Ok(sent) => sent,
        Err(answer) => return answer,
    };
    let asked = match looked(&app, &visitor, id, &sent).await {
        Ok(asked) => asked,
        Err(answer) => return answer,
    };
    let edits = preview::edits(&asked.changes);
    if sent.fields.text("sum") != preview::sum_of(&edits) {
        let moved = (Invalid::default(), visitor.locale.text("price-bulk-moved"));
        return with_preview(&app, &visitor, asked, &sent, moved, StatusCode::CONFLICT).await;
    }
    match preview::submit(&app, &visitor, (id, Door::Import), &sent.fields, edits).await {
        Ok(done) => preview::submitted(id, done),
        Err(Failure::Invalid(invalid)) => {
            let wrong = (invalid, String::new());
            with_preview(&app, &visitor, asked, &sent, wrong, StatusCode::UNPROCESSABLE_ENTITY).await
        }
        Err(Failure::Refused(refused)) => {
            let refusal = (Invalid::default(), visitor.refusal(&refused));
            with_preview(&app, &visitor, asked, &sent, refusal, StatusCode::CONFLICT).await
        }
        Err(failure) => Err(failure.into()),
    }
}
