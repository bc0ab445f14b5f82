//! The cart's pages.

use askama::Template;
use kernel::{CartId, CartLineId, Failure, OfferId, Outcome, ProductId};
use negotiation::panel::{self, CartAskLine};
use serde::Deserialize;
use web::{App, Fields, Form, FormState, Hx, Path, Query, Reply, Shell, State, StatusCode, Visitor, flash, fragment, page_with, see_other};

use super::queries::{self, Shown};
use super::view::{self, Breaks, LineView, TotalsView};
use super::{Cart, CartRefusal, actions, api, rules};

struct Tab {
    href: String,
    name: String,
    lines: String,
    is_here: bool,
}

#[derive(Template)]
#[template(path = "carts/cart.html", blocks = ["cart"])]
struct CartPage {
    shell: Shell,
    tabs: Vec<Tab>,
    id: Option<CartId>,
    name: String,
    is_named: bool,
    is_current: bool,
    lines: Vec<LineView>,
    count: String,
    notes: Vec<String>,
    totals: Option<TotalsView>,
    is_orderable: bool,
    panel: String,
    form: FormState,
    refusal: String,
}

/// What is wrong with a line's form when it comes back, or what it would do.
enum Said {
    Error(CartLineId, String, String),
    Breaks(CartLineId, String, Breaks),
}

/// What the page is shown for.
#[derive(Default)]
struct Shape {
    said: Option<Said>,
    form: Option<FormState>,
    refusal: String,
    is_fragment: bool,
}

impl Shape {
    fn status(&self) -> StatusCode {
        match (&self.said, &self.form, self.refusal.is_empty()) {
            (Some(Said::Breaks(..)), _, _) | (None, None, false) => StatusCode::CONFLICT,
            (Some(Said::Error(..)), _, _) | (None, Some(_), _) => StatusCode::UNPROCESSABLE_ENTITY,
            (None, None, true) => StatusCode::OK,
        }
    }
}

fn cart_href(cart: &Cart) -> String {
    if cart.is_current { "/cart".into() } else { format!("/cart?cart={}", cart.id) }
}

async fn tabs(app: &App, visitor: &Visitor, here: Option<CartId>) -> Outcome<Vec<Tab>> {
    let carts = queries::carts(&app.db().read().await?, &visitor.actor).await?;
    let named = |name: &str| if name.is_empty() { visitor.locale.text("cart-unnamed") } else { name.to_owned() };
    let tab = |cart: super::CartSummary| Tab {
        href: format!("/cart?cart={}", cart.id),
        name: named(&cart.name),
        lines: visitor.locale.number(cart.lines),
        is_here: Some(cart.id) == here,
    };
    Ok(carts.into_iter().map(tab).collect())
}

/// The panel in which the whole cart is negotiated; nothing while a fragment of the page is asked for.
async fn ask_panel(app: &App, visitor: &Visitor, shown: &Shown) -> Outcome<String> {
    let asked = |line: &super::PricedLine| CartAskLine {
        product: line.product,
        quantity: line.quantity,
        price: line.list_price,
    };
    let lines: Vec<CartAskLine> =
        shown.priced.lines.iter().filter(|line| line.problem.is_none()).map(asked).collect();
    let back = cart_href(&shown.cart);
    Ok(panel::for_cart(app, visitor, shown.cart.id, &lines, &back).await?.unwrap_or_default())
}

async fn cart_page(app: &App, visitor: &Visitor, cart: Option<Cart>, shape: Shape) -> Reply {
    let (locale, now, status) = (&visitor.locale, app.now(), shape.status());
    let shown = match cart {
        Some(cart) => Some(queries::shown(app, &app.db().read().await.map_err(Failure::from)?, cart).await?),
        None => None,
    };
    let mut lines = shown.as_ref().map_or_else(Vec::new, |shown| view::lines(shown, locale, now.date()));
    if let Some(said) = shape.said {
        say(&mut lines, said);
    }
    let cart = shown.as_ref().map(|shown| &shown.cart);
    let name = cart.map(|c| c.name.clone()).filter(|name| !name.is_empty());
    let title = name.clone().unwrap_or_else(|| locale.text("cart-unnamed"));
    let panel = match &shown {
        Some(shown) if !shape.is_fragment => ask_panel(app, visitor, shown).await?,
        _ => String::new(),
    };
    let template = CartPage {
        shell: if shape.is_fragment { Shell::bare(app, visitor, &title) } else { Shell::load(app, visitor, &title).await? },
        tabs: if shape.is_fragment { Vec::new() } else { tabs(app, visitor, cart.map(|c| c.id)).await? },
        id: cart.map(|c| c.id),
        is_named: name.is_some(),
        is_current: cart.is_none_or(|c| c.is_current),
        count: locale.text_with("lines", &[("count", lines.len().into())]),
        notes: shown.as_ref().map_or_else(Vec::new, |shown| view::ending_soon(shown, locale, now)),
        totals: shown.as_ref().filter(|s| !s.cart.lines.is_empty()).map(|s| {
            TotalsView::of(locale, &s.priced.totals, s.priced.tax, s.priced.saving.minor())
        }),
        is_orderable: shown.as_ref().is_some_and(|s| s.priced.is_orderable()),
        form: shape.form.unwrap_or_else(|| FormState::of([("name", name.unwrap_or_default())])),
        refusal: shape.refusal,
        name: title,
        lines,
        panel,
    };
    if shape.is_fragment { fragment(status, &template.as_cart()) } else { page_with(status, &template) }
}

fn say(lines: &mut [LineView], said: Said) {
    let (id, typed, error, breaks) = match said {
        Said::Error(id, typed, error) => (id, typed, error, None),
        Said::Breaks(id, typed, breaks) => (id, typed, String::new(), Some(breaks)),
    };
    if let Some(line) = lines.iter_mut().find(|line| line.id == id) {
        (line.typed, line.error, line.breaks) = (typed, error, breaks);
    }
}

#[derive(Deserialize)]
pub(super) struct CartQuery {
    #[serde(default)]
    cart: String,
}

pub(super) async fn cart(State(app): State<App>, visitor: Visitor, Query(query): Query<CartQuery>) -> Reply {
    let tx = app.db().read().await?;
    let cart = match query.cart.as_str() {
        "" => queries::current(&tx, &visitor.actor).await?,
        id => {
            let cart = queries::cart(&tx, &visitor.actor, CartId::parse(id).ok_or(Failure::NotFound)?).await?;
            Some(cart).filter(|cart| cart.ordered_at.is_none())
        }
    };
    drop(tx);
    if cart.is_none() && !query.cart.is_empty() {
        return see_other("/cart");
    }
    cart_page(&app, &visitor, cart, Shape::default()).await
}

pub(super) async fn create(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let (ctx, name) = (&app.ctx(&visitor), fields.text("name"));
    let done = app.write(|tx| async move { actions::create(&tx, ctx, name).await }).await;
    again(&app, &visitor, None, &fields, done.map(|_| ())).await
}

/// Back to the cart when it is done; the cart's page again, with what is wrong, when it is not.
async fn again(app: &App, visitor: &Visitor, id: Option<CartId>, fields: &Fields, done: Outcome<()>) -> Reply {
    let shape = match done {
        Ok(()) => return see_other("/cart"),
        Err(Failure::Invalid(invalid)) => {
            Shape { form: Some(fields.rejected(&invalid, &visitor.locale)), ..Shape::default() }
        }
        Err(Failure::Refused(refused)) => Shape { refusal: visitor.refusal(&refused), ..Shape::default() },
        Err(failure) => return Err(failure.into()),
    };
    let tx = app.db().read().await?;
    let cart = match id {
        Some(id) => Some(queries::cart(&tx, &visitor.actor, id).await?),
        None => queries::current(&tx, &visitor.actor).await?,
    };
    drop(tx);
    cart_page(app, visitor, cart, shape).await
}

/// The id in a path; what is none names nothing.
fn cart_id(text: &str) -> Outcome<CartId> {
    CartId::parse(text).ok_or(Failure::NotFound)
}

fn line_id(text: &str) -> Outcome<CartLineId> {
    CartLineId::parse(text).ok_or(Failure::NotFound)
}

pub(super) async fn select(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Reply {
    let (ctx, id) = (&app.ctx(&visitor), cart_id(&id)?);
    app.write(|tx| async move { actions::select(&tx, ctx, id).await }).await?;
    see_other("/cart")
}

pub(super) async fn rename(State(app): State<App>, visitor: Visitor, Path(id): Path<String>, Form(fields): Form<Fields>) -> Reply {
    let (ctx, id, name) = (&app.ctx(&visitor), cart_id(&id)?, fields.text("name"));
    let done = app.write(|tx| async move { actions::rename(&tx, ctx, id, name).await }).await;
    match done {
        Ok(()) => see_other(&format!("/cart?cart={id}")),
        done => again(&app, &visitor, Some(id), &fields, done).await,
    }
}

pub(super) async fn remove_cart(State(app): State<App>, visitor: Visitor, Path(id): Path<String>) -> Reply {
    let (ctx, id) = (&app.ctx(&visitor), cart_id(&id)?);
    app.write(|tx| async move { actions::remove_cart(&tx, ctx, id).await }).await?;
    flash(see_other("/cart"), "cart-removed")
}

/// Where a form says that it came from, when that is a path of this installation.
fn back(fields: &Fields) -> &str {
    let safe = |path: &&str| path.starts_with('/') && !path.starts_with("//") && !path.contains(['\\', '\r', '\n']);
    fields.some("back").filter(safe).unwrap_or("/cart")
}

pub(super) async fn add(State(app): State<App>, visitor: Visitor, Form(fields): Form<Fields>) -> Reply {
    let id = fields.some("product").and_then(ProductId::parse);
    let product = api::product(&app, fields.some("sku"), id)?;
    let (ctx, add) = (&app.ctx(&visitor), &api::parse_add(&app, &visitor, product, fields.text("quantity")).await?);
    app.write(|tx| async move { actions::add(&tx, ctx, add).await }).await?;
    flash(see_other(back(&fields)), "cart-added")
}

pub(super) async fn set_quantity(
    State(app): State<App>,
    visitor: Visitor,
    Hx(is_fragment): Hx,
    Path(line): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), line_id(&line)?);
    let (cart, product) = &api::product_of(&app, &visitor, line).await?;
    let keeps = fields.some("quantity_keep");
    let (typed, confirmed) = (keeps.unwrap_or(fields.text("quantity")), fields.some("confirmed").is_some());
    let done = match rules::quantity(typed, product) {
        Ok(quantity) => app.write(|tx| async move { actions::set_quantity(&tx, ctx, line, product, quantity, confirmed).await }).await,
        Err(failure) => Err(failure),
    };
    let said = match done {
        Ok(()) if !is_fragment => return see_other(&cart_href(cart)),
        Ok(()) => None,
        Err(Failure::Invalid(invalid)) => {
            Some(Said::Error(line, typed.to_owned(), view::error_sentence(&invalid, &visitor.locale)))
        }
        Err(Failure::Refused(refused)) if refused == CartRefusal::DealBreaks.refused() => {
            let breaks = what_happens(&app, &visitor, cart, line, rules::quantity(typed, product)?).await?;
            breaks.map(|breaks| Said::Breaks(line, typed.to_owned(), breaks))
        }
        Err(failure) => return Err(failure.into()),
    };
    let cart = queries::cart(&app.db().read().await?, &visitor.actor, cart.id).await?;
    cart_page(&app, &visitor, Some(cart), Shape { said, is_fragment, ..Shape::default() }).await
}

/// What a quantity would do to the deals of a cart.
async fn what_happens(app: &App, visitor: &Visitor, cart: &Cart, line: CartLineId, quantity: kernel::Quantity) -> Outcome<Option<Breaks>> {
    let before = queries::shown(app, &app.db().read().await?, cart.clone()).await?;
    let mut changed = cart.clone();
    if let Some(line) = changed.lines.iter_mut().find(|l| l.id == line) {
        line.quantity = quantity;
    }
    let after = queries::shown_with(app, changed, before.buyer.clone(), before.offers.clone())?;
    Ok(view::breaks(&before, &after, line, &visitor.locale))
}

#[derive(Template)]
#[template(path = "carts/preview.html")]
struct Preview {
    breaks: Option<Breaks>,
    error: String,
}

#[derive(Deserialize)]
pub(super) struct PreviewQuery {
    #[serde(default)]
    quantity: String,
}

pub(super) async fn preview(
    State(app): State<App>,
    visitor: Visitor,
    Path(line): Path<String>,
    Query(query): Query<PreviewQuery>,
) -> Reply {
    let line = line_id(&line)?;
    let (cart, product) = api::product_of(&app, &visitor, line).await?;
    match rules::quantity(&query.quantity, &product) {
        Ok(quantity) => {
            let breaks = what_happens(&app, &visitor, &cart, line, quantity).await?;
            fragment(StatusCode::OK, &Preview { breaks, error: String::new() })
        }
        Err(Failure::Invalid(invalid)) => {
            let error = view::error_sentence(&invalid, &visitor.locale);
            fragment(StatusCode::OK, &Preview { breaks: None, error })
        }
        Err(failure) => Err(failure.into()),
    }
}

pub(super) async fn remove(State(app): State<App>, visitor: Visitor, Path(line): Path<String>) -> Reply {
    let (ctx, line) = (&app.ctx(&visitor), line_id(&line)?);
    let (cart, _) = api::product_of(&app, &visitor, line).await?;
    app.write(|tx| async move { actions::remove(&tx, ctx, line).await }).await?;
    see_other(&cart_href(&cart))
}

pub(super) async fn add_deal(State(app): State<App>, visitor: Visitor, Path(offer): Path<String>) -> Reply {
    let (ctx, offer) = (&app.ctx(&visitor), OfferId::parse(&offer).ok_or(Failure::NotFound)?);
    let done = app.write(|tx| async move { actions::add_deal(&tx, ctx, offer).await }).await;
    match done {
        Ok(_) => flash(see_other("/cart"), "cart-deal-added"),
        done => again(&app, &visitor, None, &Fields::default(), done.map(|_| ())).await,
    }
}
