//! The reports in the office.

use askama::Template;
use catalog::Catalog;
use i18n::Locale;
use kernel::{Amount, Failure, Outcome, Rate};
use terms::figures::{self as registry, Figure, Mark, Unit, whole_units};
use terms::policies;
use web::{App, Path, Query, Reply, Shell, State, Visitor};

use super::figures::Figures;
use super::follower;
use super::queries::{self, Scope};
use super::sections::{Maker, REPORTS, Section};
use super::view::{self, FilterQuery, Names};

/// A choice of a filter or a tab.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) is_chosen: bool,
}

/// The form of the filter, the same on every page.
pub(super) struct FilterForm {
    pub(super) action: String,
    pub(super) from: String,
    pub(super) until: String,
    pub(super) segments: Vec<Choice>,
    pub(super) categories: Vec<Choice>,
    pub(super) reps: Vec<Choice>,
    pub(super) policies: Vec<Choice>,
    /// Tabs: address, name, whether it is here.
    pub(super) tabs: Vec<Choice>,
    pub(super) query: String,
}

/// A figure with its note.
pub(super) struct Tile {
    pub(super) name: String,
    pub(super) value: String,
    pub(super) note: String,
    pub(super) mark: Mark,
    /// The negotiations that it counts.
    pub(super) href: String,
}

#[derive(Template)]
#[template(path = "tracking/report.html")]
struct ReportPage {
    shell: Shell,
    form: FilterForm,
    tiles: Vec<Tile>,
    sections: Vec<Section>,
    /// Where each section's table is a file, without its ending.
    exports: Vec<Export>,
    products: Vec<Choice>,
    is_empty: bool,
}

/// The query of a page: the filter, and the product of the scatter.
#[derive(Default, serde::Deserialize)]
pub(super) struct PageQuery {
    #[serde(default)]
    product: String,
}

/// Reps have their own summary; everybody else sees the overview.
pub(super) async fn overview(State(app): State<App>, visitor: Visitor, Query(query): Query<FilterQuery>) -> Reply {
    let scope = queries::scope(&app.db().read().await?, &visitor.actor).await?;
    if let Scope::Own(_) = scope {
        return web::see_other("/office/tracking/summaries/mine");
    }
    show(&app, &visitor, &query, "overview", "").await
}

pub(super) async fn report(
    State(app): State<App>,
    visitor: Visitor,
    Path(report): Path<String>,
    Query(query): Query<FilterQuery>,
    Query(page): Query<PageQuery>,
) -> Reply {
    show(&app, &visitor, &query, &report, &page.product).await
}

async fn show(app: &App, visitor: &Visitor, query: &FilterQuery, code: &str, product: &str) -> Reply {
    if !REPORTS.contains(&code) {
        return Err(Failure::NotFound.into());
    }
    let made = make(app, visitor, query, code, product).await?;
    let is_empty = made.sections.iter().all(|section| section.rows.is_empty());
    let title = visitor.locale.text("tracking-title");
    let shell = Shell::load(app, visitor, &title).await?;
    let exports = exports(code, &made, product);
    web::page(&ReportPage {
        shell,
        form: made.form,
        tiles: made.tiles,
        exports,
        sections: made.sections,
        products: made.products,
        is_empty,
    })
}

/// The addresses of a section's table.
pub(super) struct Export {
    pub(super) csv: String,
    pub(super) xlsx: String,
}

fn exports(code: &str, made: &Made, product: &str) -> Vec<Export> {
    let product = web::query_string(&[("product", product)]);
    let joint = if product.is_empty() || made.form.query.is_empty() { "" } else { "&" };
    let query = format!("{}{joint}{product}", made.form.query);
    let file =
        |section: &Section, ending: &str| format!("/office/tracking/reports/{code}/{}.{ending}?{query}", section.code);
    made.sections.iter().map(|s| Export { csv: file(s, "csv"), xlsx: file(s, "xlsx") }).collect()
}

/// A report as it is shown.
struct Made {
    form: FilterForm,
    tiles: Vec<Tile>,
    sections: Vec<Section>,
    products: Vec<Choice>,
}

async fn make(app: &App, visitor: &Visitor, query: &FilterQuery, code: &str, product: &str) -> Outcome<Made> {
    queries::must_see_all(&app.db().read().await?, &visitor.actor).await?;
    follower::up_to_date(app).await?;
    let tx = app.db().read().await?;
    let names = Names::load(&tx, app).await?;
    let filter = query.filter(&tx, app).await?;
    let currency = policies::queries::published(&tx).await?.policy.currency;
    let locale = &visitor.locale;
    let today = app.system_ctx().today();
    let maker =
        Maker { tx: &tx, locale, names: &names, query, filter: &filter, currency, today, whose: None, is_linked: true };
    let mut sections = maker.report(code).await?;
    let mut products = Vec::new();
    if code == "prices" {
        let catalog = app.part::<Catalog>();
        let all = queries::products(&tx).await?;
        let asked = catalog.by_sku(product).map(|product| product.id).or(all.first().copied());
        sections = vec![maker.prices(asked).await?];
        products = all
            .iter()
            .filter_map(|id| catalog.product(*id))
            .map(|p| Choice {
                value: p.sku.to_string(),
                label: p.name.get(locale.language()).to_owned(),
                is_chosen: Some(p.id) == asked,
            })
            .collect();
    }
    let tiles =
        if code == "overview" { tiles(&maker, &queries::total(&tx, &filter, currency).await?) } else { Vec::new() };
    let form = form(app, &tx, visitor, query, &names, code).await?;
    Ok(Made { form, tiles, sections, products })
}

/// The key figures, each with its negotiations.
pub(super) fn tiles(maker: &Maker<'_>, f: &Figures) -> Vec<Tile> {
    let (locale, scope) = (maker.locale, maker.scope(&[]));
    let tile = |figure: Figure, key: &str, rows: &[(&str, &str)], note: String| Tile {
        name: locale.text(&format!("tracking-tile-{key}")),
        value: at_a_glance(locale, f, figure),
        note,
        mark: Mark::new(figure, f.value(figure).unwrap_or_default(), &scope),
        href: maker.rows(rows),
    };
    let text = |key: &str, args: &[(&str, i18n::Arg<'_>)]| locale.text_with(&format!("tracking-note-{key}"), args);
    let glance = |figure: Figure| at_a_glance(locale, f, figure);
    let money = |minor: i64| in_units(locale, f.money(minor));
    let cycle = view::span(locale, Figures::average(f.cycle_seconds, f.cycles));
    let ordered = text("ordered", &[("n", f.ordered.into()), ("amount", money(f.volume).into())]);
    let effect = text("pocket-effect", &[("amount", money(f.pocket_effect().minor()).into())]);
    let turnaround = text("turnaround", &[("time", glance(registry::PERSONS_ANSWER).into())]);
    let lapsed = text("lapsed", &[("n", f.lapsed.into()), ("amount", money(f.open_net).into())]);
    let estimated = text("estimated", &[("n", f.estimated.into())]);
    let of_deals = [("deal", "ordered")];
    vec![
        tile(registry::NEGOTIATIONS, "count", &[], text("open", &[("n", (f.count - f.won - f.lost).into())])),
        tile(
            registry::AGREEMENT,
            "agreement",
            &[],
            text("win-loss", &[("won", f.won.into()), ("lost", f.lost.into())]),
        ),
        tile(registry::FIRST_ANSWER, "answer", &[], text("cycle", &[("time", cycle.into())])),
        tile(registry::WITH_PERSON, "escalated", &[], turnaround),
        tile(
            registry::DISCOUNT_GIVEN,
            "discount",
            &[("deal", "agreed")],
            text("asked", &[("percent", glance(registry::DISCOUNT_ASKED).into())]),
        ),
        tile(registry::AGREED, "agreed", &[("deal", "agreed")], text("deals", &[("n", f.won.into())])),
        tile(registry::ORDERED, "revenue", &of_deals, ordered),
        tile(registry::LAPSED, "lapsed", &[("deal", "lapsed")], lapsed),
        tile(registry::MARGIN, "margin", &of_deals, estimated),
        tile(registry::EFFECT, "effect", &of_deals, effect),
        tile(registry::BASELINE, "baseline", &of_deals, text("matched", &[("n", f.baseline_paid.into())])),
        tile(registry::LEAKAGE, "leakage", &of_deals, text("leakage", &[])),
    ]
}

/// Whole units are enough for a glance; the tables have the rest.
fn in_units(locale: &Locale, amount: Amount) -> String {
    format!("{} {}", locale.number(whole_units(amount)), amount.currency().code())
}

/// A figure as a tile shows it.
fn at_a_glance(locale: &Locale, f: &Figures, figure: Figure) -> String {
    let Some(value) = f.value(figure) else { return "–".to_owned() };
    match figure.unit {
        Unit::Net | Unit::Gross => Amount::parse(&value, f.currency).map_or(value, |amount| in_units(locale, amount)),
        Unit::Share => Rate::parse_percent(&value).map_or(value, |rate| view::percent(locale, rate)),
        Unit::Time => view::span(locale, value.parse().ok()),
        Unit::Count => value.parse().map_or(value, |n: i64| locale.number(n)),
        Unit::Mean => locale.decimal(&value),
    }
}

/// The filter's form and the tabs.
pub(super) async fn form(
    app: &App,
    tx: &db::ReadTx,
    visitor: &Visitor,
    query: &FilterQuery,
    names: &Names,
    code: &str,
) -> Outcome<FilterForm> {
    let locale = &visitor.locale;
    let (from, until) = query.days(app.system_ctx().today());
    let catalog = app.part::<Catalog>();
    let choice = |chosen: &Option<String>, value: String, label: String| Choice {
        is_chosen: chosen.as_deref() == Some(value.as_str()),
        value,
        label,
    };
    let segments = queries::segments(tx).await?;
    let roots = catalog.roots().into_iter().map(|c| (c.code.clone(), c.name.get(locale.language()).to_owned()));
    let path = |code: &str| match code {
        "overview" => "/office/tracking".to_owned(),
        "negotiations" => "/office/tracking/negotiations".to_owned(),
        other => format!("/office/tracking/reports/{other}"),
    };
    let tab = |tab: &str| Choice {
        value: format!("{}?{}", path(tab), query.with(&[("outcome", ""), ("reason", ""), ("size", ""), ("week", "")])),
        label: locale.text(&format!("tracking-report-{tab}")),
        is_chosen: tab == code,
    };
    let version = |number: &String| locale.text_with("policy-version", &[("number", number.into())]);
    Ok(FilterForm {
        action: path(code),
        from: view::day_text(from),
        until: view::day_text(until),
        segments: segments
            .into_iter()
            .filter(|segment| !segment.is_empty())
            .map(|segment| choice(&query.segment, segment.clone(), segment))
            .collect(),
        categories: roots.map(|(code, name)| choice(&query.category, code, name)).collect(),
        reps: names.reps().into_iter().map(|(id, name)| choice(&query.rep, id, name)).collect(),
        policies: names
            .policies()
            .into_iter()
            .map(|number| choice(&query.policy, number.clone(), version(&number)))
            .collect(),
        tabs: REPORTS.iter().chain(&["negotiations"]).map(|code| tab(code)).collect(),
        query: query.with(&[]),
    })
}

/// A section's table as a file: `asks/categories.csv`.
pub(super) async fn export(
    State(app): State<App>,
    visitor: Visitor,
    Path((report, table)): Path<(String, String)>,
    Query(query): Query<FilterQuery>,
    Query(page): Query<PageQuery>,
) -> Reply {
    let made = make(&app, &visitor, &query, &report, &page.product).await?;
    let (code, kind) = table.rsplit_once('.').ok_or(Failure::NotFound)?;
    let section = made.sections.iter().find(|section| section.code == code).ok_or(Failure::NotFound)?;
    match kind {
        "csv" => section.sheet(&visitor.locale).csv(),
        "xlsx" => section.sheet(&visitor.locale).xlsx(),
        _ => Err(Failure::NotFound.into()),
    }
}
