//! Changes of prices as JSON.

use kernel::{Failure, Outcome, PriceChangeId, PriceListId, ProductId, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Pager, Path, Query, Reply, State, Visitor, json, no_content};

use super::{Change, ChangeLine, Submitted, actions, queries};

/// What became of prices that were sent: how many of them.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct SubmittedView {
    /// The change; `null` when nothing differed from what was there.
    change: Option<PriceChangeId>,
    /// Hold from now on.
    in_force: usize,
    /// Will hold from a later day on.
    planned: usize,
    /// Wait for a second person.
    waiting: usize,
    /// Changed by somebody else meanwhile, so left out.
    overtaken: usize,
}

impl From<Submitted> for SubmittedView {
    fn from(done: Submitted) -> Self {
        let Submitted { change, in_force, planned, waiting, overtaken } = done;
        Self { change, in_force, planned, waiting, overtaken }
    }
}

#[derive(Deserialize, JsonSchema)]
pub(super) struct ChangeQuery {
    /// Only of this list.
    list: Option<PriceListId>,
    /// `waiting` for those of which something waits for a second person.
    #[serde(default)]
    #[schemars(extend("enum" = ["waiting"]))]
    state: String,
    /// The page, from 1.
    page: Option<String>,
    /// Rows on a page, 1 to 200.
    per_page: Option<String>,
}

/// A change of prices.
#[derive(Serialize, JsonSchema)]
pub(super) struct ChangeView {
    id: PriceChangeId,
    list: PriceListId,
    /// `price`, `bulk`, `import` or `api`.
    door: String,
    reason: String,
    /// The first day on which it holds; at once without one.
    holds_from: Option<String>,
    /// Who made it; `null` for the system.
    by: Option<UserId>,
    at: String,
    /// How many prices wait for a second person.
    waiting: i64,
    /// Who confirmed or declined it.
    decided_by: Option<UserId>,
    decided_at: Option<String>,
    decided_note: Option<String>,
}

impl ChangeView {
    fn of(change: &Change) -> Self {
        let decision = change.decision.as_ref();
        Self {
            id: change.id,
            list: change.list,
            door: change.door.code().into(),
            reason: change.reason.clone(),
            holds_from: change.holds_from.map(|day| day.to_string()),
            by: change.by,
            at: change.at.to_rfc3339(),
            waiting: change.waiting,
            decided_by: decision.map(|decision| decision.by),
            decided_at: decision.map(|decision| decision.at.to_rfc3339()),
            decided_note: decision.map(|decision| decision.note.clone()),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ChangePage {
    items: Vec<ChangeView>,
    total: i64,
    page: i64,
}

/// One price of a change.
#[derive(Serialize, JsonSchema)]
pub(super) struct ChangeLineView {
    product: ProductId,
    from: String,
    /// What was there; `null`: nothing.
    old: Option<String>,
    /// What is to be there; `null`: nothing.
    new: Option<String>,
    /// `under-floor`, `below-cost` or `gift`, where a second person is wanted.
    concern: Option<String>,
    /// `waiting`, `planned`, `in_force`, `declined` or `overtaken`.
    state: String,
}

impl ChangeLineView {
    fn of(line: &ChangeLine) -> Self {
        Self {
            product: line.product,
            from: line.from.to_decimal(),
            old: line.old.map(kernel::UnitPrice::to_decimal),
            new: line.new.map(kernel::UnitPrice::to_decimal),
            concern: line.concern.map(|concern| concern.code().into()),
            state: line.state.code().into(),
        }
    }
}

#[derive(Serialize, JsonSchema)]
pub(super) struct ChangeDetail {
    #[serde(flatten)]
    change: ChangeView,
    /// Those that wait first; at most 1,000.
    lines: Vec<ChangeLineView>,
    /// How many there are in all.
    lines_total: i64,
}

/// A second person's note.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct NoteInput {
    /// Why; required to decline.
    #[serde(default)]
    note: String,
}

/// The id in a path; what is none names nothing.
pub(super) fn change_id(text: &str) -> Outcome<PriceChangeId> {
    PriceChangeId::parse(text).ok_or(Failure::NotFound)
}

pub(super) async fn list(State(app): State<App>, Query(query): Query<ChangeQuery>) -> Reply {
    let pager = Pager::asked(query.page.as_deref(), query.per_page.as_deref());
    let tx = app.db().read().await?;
    let (changes, total) = queries::changes(&tx, query.list, query.state == "waiting", pager).await?;
    json(&ChangePage { items: changes.iter().map(ChangeView::of).collect(), total, page: pager.page })
}

/// Most lines of one answer.
const LINES_MAX: i64 = 1_000;

pub(super) async fn one(State(app): State<App>, Path(id): Path<String>) -> Reply {
    let tx = app.db().read().await?;
    let change = queries::change(&tx, change_id(&id)?).await?;
    let all = Pager { page: 1, per_page: LINES_MAX, total: 0 };
    let (lines, lines_total) = queries::lines(&tx, change.id, all).await?;
    let lines = lines.iter().map(ChangeLineView::of).collect();
    json(&ChangeDetail { change: ChangeView::of(&change), lines, lines_total })
}

pub(super) async fn approve(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Json(input): Json<NoteInput>,
) -> Reply {
    let (ctx, id, note) = (&app.ctx(&visitor), change_id(&id)?, input.note.as_str());
    let done = app.write(|tx| async move { actions::approve(&tx, ctx, id, note).await }).await?;
    json(&SubmittedView::from(done))
}

pub(super) async fn decline(
    State(app): State<App>,
    visitor: Visitor,
    Path(id): Path<String>,
    Json(input): Json<NoteInput>,
) -> Reply {
    let (ctx, id, note) = (&app.ctx(&visitor), change_id(&id)?, input.note.as_str());
    app.write(|tx| async move { actions::decline(&tx, ctx, id, note).await }).await?;
    no_content()
}
