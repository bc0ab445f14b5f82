//! Storing a past: first what orders refer to, in one transaction, and then orders and credits batch by batch.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, PoisonError};

use catalog::Texts;
use catalog::categories::{self, NewCategory};
use catalog::products::{self, NewProduct, SellerFacts};
use db::{Db, WriteTx};
use kernel::{
    CategoryId, CompanyId, Country, Ctx, Failure, Outcome, PriceListId, ProductId, Quantity, RefusalKind, Refused,
    Unit, UnitPrice,
};
use ordering::credits::{self, PastCredit, PastCreditLine};
use ordering::orders::{self, OrderState, PastLine, PastOrder};
use parties::companies::{self, NewCompany};
use pricing::lists::{self, ListPrice, ListScope, NewList};
use pricing_engine::Tier;
use pricing_engine::tax::{self, TaxRule};

use super::super::mapping::HistorySpec;
use super::super::{Options, Progress, Report, Step};
use super::credits::Match;
use super::derive::Derived;
use super::read::{Line, Past};

/// Lines in one transaction, for each row that other kinds put into one.
const LINES_PER_ROW: usize = 20;

/// A past with what follows from it.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    pub(super) past: &'a Past,
    pub(super) derived: &'a Derived,
    pub(super) spec: &'a HistorySpec,
}

/// What orders refer to, in the order of the past.
struct Masters {
    products: Vec<Option<(ProductId, Unit)>>,
    companies: Vec<Option<(CompanyId, TaxRule)>>,
    made: Vec<(&'static str, u64)>,
}

/// What a batch did.
#[derive(Debug, Default)]
struct Done {
    /// Documents that are new.
    new: HashSet<u32>,
}

pub(super) async fn write(
    db: &Db,
    ctx: &Ctx,
    plan: Plan<'_>,
    options: &Options,
    progress: &dyn Progress,
    report: &mut Report,
) -> Outcome<()> {
    progress.begin(Step::Writing, plan.past.lines.len() as u64);
    let batches = batches(plan, options.batch.clamp(1, 5_000) * LINES_PER_ROW);
    let (masters, done) = if options.dry_run {
        taken_back(db, ctx, plan, &batches, progress).await?
    } else {
        kept(db, ctx, plan, &batches, progress).await?
    };
    for (key, count) in masters.made {
        report.made.insert(key, count);
    }
    for invoice in &plan.derived.in_time {
        tally(plan, *invoice, done.new.contains(invoice), report);
    }
    Ok(())
}

/// Documents whose lines fill one transaction.
fn batches(plan: Plan<'_>, lines_max: usize) -> Vec<&[u32]> {
    let all = plan.derived.in_time.as_slice();
    let (mut batches, mut start, mut lines) = (Vec::new(), 0, 0);
    for (at, invoice) in all.iter().enumerate() {
        lines += plan.derived.ranges[*invoice as usize].len();
        if lines >= lines_max {
            batches.push(&all[start..=at]);
            (start, lines) = (at + 1, 0);
        }
    }
    if start < all.len() {
        batches.push(&all[start..]);
    }
    batches
}

async fn kept(
    db: &Db,
    ctx: &Ctx,
    plan: Plan<'_>,
    batches: &[&[u32]],
    progress: &dyn Progress,
) -> Outcome<(Masters, Done)> {
    let masters = db.write(|tx| async move { masters(&tx, ctx, plan).await }).await?;
    let mut done = Done::default();
    let mut lines = 0;
    for batch in batches {
        let (batch, known) = (*batch, &masters);
        done.new.extend(db.write(|tx| async move { documents(&tx, ctx, plan, known, batch).await }).await?);
        lines += lines_of(plan, batch);
        progress.reached(lines);
    }
    Ok((masters, done))
}

/// Everything in one transaction, which is not committed.
async fn taken_back(
    db: &Db,
    ctx: &Ctx,
    plan: Plan<'_>,
    batches: &[&[u32]],
    progress: &dyn Progress,
) -> Outcome<(Masters, Done)> {
    const TAKEN_BACK: &str = "import-taken-back";
    let place: Mutex<Option<(Masters, Done)>> = Mutex::new(None);
    let result = &place;
    let outcome: Outcome<()> = db
        .write(|tx| async move {
            let masters = masters(&tx, ctx, plan).await?;
            let mut done = Done::default();
            let mut lines = 0;
            for batch in batches {
                done.new.extend(documents(&tx, ctx, plan, &masters, batch).await?);
                lines += lines_of(plan, batch);
                progress.reached(lines);
            }
            *result.lock().unwrap_or_else(PoisonError::into_inner) = Some((masters, done));
            Err(Refused::plain(TAKEN_BACK, RefusalKind::Conflict).into())
        })
        .await;
    match (outcome, place.into_inner().unwrap_or_else(PoisonError::into_inner)) {
        (Err(Failure::Refused(refused)), Some(done)) if refused.code == TAKEN_BACK => Ok(done),
        (Err(failure), _) => Err(failure),
        (Ok(()), _) => Err(kernel::Fault::new("a dry run was committed").into()),
    }
}

fn lines_of(plan: Plan<'_>, batch: &[u32]) -> u64 {
    batch.iter().map(|invoice| plan.derived.ranges[*invoice as usize].len() as u64).sum()
}

fn tally(plan: Plan<'_>, invoice: u32, is_new: bool, report: &mut Report) {
    let head = &plan.past.invoices[invoice as usize];
    let (count, made) = match (is_new, head.is_cancellation) {
        (false, _) => (&mut report.unchanged, None),
        (true, false) => (&mut report.created, Some("import-made-orders")),
        (true, true) => (&mut report.credited, Some("import-made-credits")),
    };
    plan.derived.lines(plan.past, invoice).for_each(|line| count.add(line.net_minor));
    if let Some(key) = made {
        *report.made.entry(key).or_default() += 1;
    }
    if let Some(found) = plan.derived.matches.get(&invoice) {
        let key = match found {
            Match::Whole(_) => "import-note-credits-whole",
            Match::Part(_) => "import-note-credits-part",
            Match::None => "import-note-credits-open",
        };
        *report.notes.entry(key).or_default() += 1;
    }
}

async fn masters(tx: &WriteTx, ctx: &Ctx, plan: Plan<'_>) -> Outcome<Masters> {
    let mut made = Vec::new();
    let category = category(tx, ctx, plan.spec).await?;
    let (products, new_products) = products(tx, ctx, plan, category).await?;
    let (companies, new_companies) = companies(tx, ctx, plan).await?;
    let steps = prices(tx, ctx, plan, &products).await?;
    made.push(("import-made-products", new_products));
    made.push(("import-made-companies", new_companies));
    made.push(("import-made-steps", steps));
    Ok(Masters { products, companies, made })
}

async fn category(tx: &WriteTx, ctx: &Ctx, spec: &HistorySpec) -> Outcome<CategoryId> {
    if let Some(category) = categories::queries::by_code(tx, &spec.category).await? {
        return Ok(category.id);
    }
    let new = NewCategory {
        parent: None,
        code: spec.category.clone(),
        position: 0,
        icon: "carton".into(),
        name: Texts::new(spec.category_name.as_str()),
        description: Texts::default(),
    };
    categories::actions::put(tx, ctx, &new).await
}

type Products = Vec<Option<(ProductId, Unit)>>;

/// Makes the products that are not there yet; gives all, and how many are new.
async fn products(tx: &WriteTx, ctx: &Ctx, plan: Plan<'_>, category: CategoryId) -> Outcome<(Products, u64)> {
    let skus: Vec<&kernel::Sku> = plan.past.products.iter().collect();
    let known = products::queries::ids_by_sku(tx, &skus).await?;
    let ids: Vec<ProductId> = known.values().copied().collect();
    let mut units = HashMap::with_capacity(ids.len());
    for some in ids.chunks(500) {
        units.extend(products::queries::products(tx, some).await?.into_iter().map(|p| (p.id, p.packing.unit)));
    }
    let (mut all, mut new, mut places) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (sku, derived)) in plan.past.products.iter().zip(&plan.derived.products).enumerate() {
        let present = known.get(sku).and_then(|id| Some((*id, *units.get(id)?)));
        if let (None, Some(derived)) = (&present, derived) {
            let name = &*plan.past.names[derived.name as usize];
            let name = if name.is_empty() { sku.as_str() } else { name };
            let mut product = NewProduct::simple(sku.clone(), category, Texts::new(name));
            product.stock = Quantity::whole(plan.spec.stock, Unit::Piece);
            product.lead_days = plan.spec.lead_days;
            product.seller = SellerFacts {
                class: derived.class.to_owned(),
                cost: derived.cost,
                is_cost_estimated: derived.cost.is_some(),
                stock_since: None,
            };
            new.push(product);
            places.push(place);
        }
        all.push(present);
    }
    let ids = products::actions::create_many(tx, ctx, &new).await?;
    for (place, id) in places.into_iter().zip(ids) {
        all[place] = Some((id, Unit::Piece));
    }
    Ok((all, new.len() as u64))
}

type Companies = Vec<Option<(CompanyId, TaxRule)>>;

/// Makes the companies that are not there yet; gives those with documents, and how many are new.
async fn companies(tx: &WriteTx, ctx: &Ctx, plan: Plan<'_>) -> Outcome<(Companies, u64)> {
    let used: BTreeSet<u32> =
        plan.derived.in_time.iter().map(|invoice| plan.past.invoices[*invoice as usize].company).collect();
    let known: HashMap<String, CompanyId> =
        companies::queries::all(tx).await?.into_iter().map(|company| (company.number, company.id)).collect();
    let mut all: Companies = vec![None; plan.past.companies.len()];
    let (mut new, mut places) = (Vec::new(), Vec::new());
    for place in used {
        let company = company(plan, place)?;
        let seat = tax::Seat { country: plan.spec.home_country.clone(), rate: plan.spec.tax_rate };
        let rule = tax::rule(&seat, &tax::Journey::to(&company.country), tax::Proof::Missing).rule;
        match known.get(&company.number) {
            Some(id) => all[place as usize] = Some((*id, rule)),
            None => {
                new.push(company);
                places.push((place as usize, rule));
            }
        }
    }
    let ids = companies::actions::create_many(tx, ctx, &new).await?;
    for ((place, rule), id) in places.into_iter().zip(ids) {
        all[place] = Some((id, rule));
    }
    Ok((all, new.len() as u64))
}

fn company(plan: Plan<'_>, place: u32) -> Outcome<NewCompany> {
    let (found, spec) = (&plan.past.companies[place as usize], plan.spec);
    let named = found.countries.iter().filter(|(country, _)| !country.is_empty()).max_by_key(|(_, rows)| **rows);
    let country =
        named.and_then(|(country, _)| Country::parse(country).ok()).unwrap_or_else(|| spec.home_country.clone());
    let (number, name) = match &found.number {
        Some(number) => (number.clone(), spec.company_name.replace("{number}", number)),
        None => (format!("WALK-IN-{country}"), spec.walk_in_name.replace("{country}", country.as_str())),
    };
    let minor = spec.credit_limit.checked_mul(10_i64.pow(spec.currency.exponent()));
    Ok(NewCompany {
        number,
        name,
        vat_id: None,
        country,
        segment: spec.segment.clone(),
        price_group: None,
        currency: spec.currency,
        payment_days: spec.payment_days,
        credit_limit_minor: minor.ok_or(kernel::MoneyError::Overflow)?,
        rep: None,
    })
}

/// Puts the steps of products that have no price in the list yet; gives how many.
async fn prices(tx: &WriteTx, ctx: &Ctx, plan: Plan<'_>, products: &Products) -> Outcome<u64> {
    let list = list(tx, ctx, plan.spec).await?;
    let mut priced = HashSet::new();
    lists::queries::every_price(tx, list, |price| {
        priced.insert(price.product);
    })
    .await?;
    let mut new = Vec::new();
    for (product, derived) in products.iter().zip(&plan.derived.products) {
        let (Some((product, unit)), Some(derived)) = (product, derived) else { continue };
        if priced.contains(product) {
            continue;
        }
        new.extend(derived.steps.iter().map(|step| {
            let price = UnitPrice::new(step.micros, plan.spec.currency);
            ListPrice { product: *product, tier: Tier { from: Quantity::whole(step.from, *unit), price } }
        }));
    }
    lists::actions::put_many(tx, ctx, list, &new).await?;
    Ok(new.len() as u64)
}

async fn list(tx: &WriteTx, ctx: &Ctx, spec: &HistorySpec) -> Outcome<PriceListId> {
    if let Some(list) = lists::queries::by_code(tx, &spec.list_code).await? {
        return Ok(list.id);
    }
    let new = NewList {
        code: spec.list_code.clone(),
        name: Texts::new(spec.list_name.as_str()),
        scope: ListScope::General,
        currency: spec.currency,
        valid_from: None,
        valid_until: None,
    };
    lists::actions::create(tx, ctx, &new).await
}

/// Stores the documents of a batch that are not there yet; gives these.
async fn documents(tx: &WriteTx, ctx: &Ctx, plan: Plan<'_>, known: &Masters, batch: &[u32]) -> Outcome<Vec<u32>> {
    let (mut orders, mut credits, mut new) = (Vec::new(), Vec::new(), Vec::new());
    for invoice in batch {
        let head = &plan.past.invoices[*invoice as usize];
        let is_there = match head.is_cancellation {
            true => credits::is_known(tx, &head.number).await?,
            false => orders::is_known(tx, &head.number).await?,
        };
        if is_there {
            continue;
        }
        match head.is_cancellation {
            true => credits.push(credit(plan, known, *invoice)?),
            false => orders.push(order(plan, known, *invoice)?),
        }
        new.push(*invoice);
    }
    if !orders.is_empty() {
        orders::import_many(tx, ctx, &orders).await?;
    }
    if !credits.is_empty() {
        credits::import_many(tx, ctx, &credits).await?;
    }
    Ok(new)
}

fn lost(what: &str) -> Failure {
    kernel::Fault::new(format!("a line of a past refers to a {what} that was not made")).into()
}

/// Product, SKU, name and price of a line.
fn goods(plan: Plan<'_>, known: &Masters, line: &Line) -> Outcome<(ProductId, Quantity, String, String, UnitPrice)> {
    let (product, unit) = known.products[line.product as usize].ok_or_else(|| lost("product"))?;
    let sku = &plan.past.products[line.product as usize];
    let own = &*plan.past.names[line.name as usize];
    let usual = || plan.derived.products[line.product as usize].as_ref().map(|p| &*plan.past.names[p.name as usize]);
    let name = if own.is_empty() { usual().filter(|name| !name.is_empty()).unwrap_or(sku.as_str()) } else { own };
    let price = UnitPrice::new(line.micros, plan.spec.currency);
    Ok((product, Quantity::whole(line.quantity.abs(), unit), sku.to_string(), name.to_owned(), price))
}

fn order(plan: Plan<'_>, known: &Masters, invoice: u32) -> Outcome<PastOrder> {
    let head = &plan.past.invoices[invoice as usize];
    let (company, tax_rule) = known.companies[head.company as usize].ok_or_else(|| lost("company"))?;
    let line = |line: &Line| {
        let (product, quantity, sku, name, price) = goods(plan, known, line)?;
        // The list of that day is not known: what was paid is what it cost.
        let list_price = price;
        let price_lists = Vec::new();
        Ok(PastLine { product, sku, name, quantity, price, list_price, price_lists, negotiation: None, offer: None })
    };
    Ok(PastOrder {
        number: head.number.clone(),
        company,
        unit: None,
        person: None,
        state: OrderState::Completed,
        currency: plan.spec.currency,
        payment_days: plan.spec.payment_days,
        po_number: String::new(),
        requested_on: None,
        ship_to: None,
        bill_to: None,
        tax_rule,
        placed_at: head.at,
        lines: plan.derived.lines(plan.past, invoice).map(line).collect::<Outcome<_>>()?,
    })
}

fn credit(plan: Plan<'_>, known: &Masters, invoice: u32) -> Outcome<PastCredit> {
    let head = &plan.past.invoices[invoice as usize];
    let (company, _) = known.companies[head.company as usize].ok_or_else(|| lost("company"))?;
    let order_number = match plan.derived.matches.get(&invoice) {
        Some(Match::Whole(order) | Match::Part(order)) => Some(plan.past.invoices[*order].number.clone()),
        _ => None,
    };
    let line = |line: &Line| {
        let (product, quantity, sku, name, price) = goods(plan, known, line)?;
        Ok(PastCreditLine { product, sku, name, quantity, price })
    };
    Ok(PastCredit {
        number: head.number.clone(),
        company,
        order_number,
        currency: plan.spec.currency,
        issued_at: head.at,
        lines: plan.derived.lines(plan.past, invoice).map(line).collect::<Outcome<_>>()?,
    })
}
