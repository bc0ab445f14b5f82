//! Results as pages show them: pictures with the tables behind them.

use i18n::Locale;
use simulation::{Differences, Dimension, Part, Report};
use web::charts::{self, Bar, Chart, Frame, Group, Tone};

use super::figures::{self, METRICS, Metric, Number};
use super::{RunSettings, SimulationRun};

/// Places of a breakdown that are drawn; the table has all.
const DRAWN_MAX: usize = 8;

/// A number and its interval in words.
pub(super) struct Shown {
    pub(super) value: String,
    pub(super) interval: String,
}

/// A row of a table: its name, and a number for each column.
pub(super) struct Line {
    pub(super) name: String,
    pub(super) arm: String,
    pub(super) cells: Vec<Shown>,
}

/// A table with its columns.
pub(super) struct Table {
    pub(super) title: String,
    pub(super) columns: Vec<String>,
    pub(super) lines: Vec<Line>,
    pub(super) chart: Option<Chart>,
    pub(super) is_open: bool,
}

/// A picture with its name.
pub(super) struct Picture {
    pub(super) title: String,
    pub(super) chart: Chart,
}

/// Everything that a page shows of results.
pub(super) struct ResultView {
    pub(super) pictures: Vec<Picture>,
    pub(super) all: Table,
    pub(super) differences: Vec<Table>,
    pub(super) parts: Vec<Table>,
}

/// The view of a report.
pub(super) fn of(locale: &Locale, settings: &RunSettings, report: &Report) -> ResultView {
    let arms: Vec<String> = settings.arms.iter().map(|arm| figures::arm(locale, arm)).collect();
    let main = METRICS.iter().filter(|metric| metric.is_main);
    ResultView {
        pictures: main.map(|metric| picture(locale, metric, report, &arms)).collect(),
        all: all(locale, report, &arms),
        differences: differences(locale, report, &arms, settings),
        parts: Dimension::ALL.into_iter().map(|dimension| by(locale, report, dimension, &arms)).collect(),
    }
}

fn shown(locale: &Locale, number: Option<Number>) -> Shown {
    Shown {
        value: number.map(|number| number.text(locale)).unwrap_or_default(),
        interval: number.map(|number| number.interval_text(locale)).unwrap_or_default(),
    }
}

/// The first arm is what is looked at, the second what it is compared with.
fn tone(at: usize) -> Tone {
    match at {
        0 => Tone::Brand,
        1 => Tone::Deal,
        _ => Tone::Quiet,
    }
}

fn bar(locale: &Locale, number: Number, at: usize, suffix: &str) -> Bar {
    let text = if suffix.is_empty() {
        number.text(locale)
    } else {
        let args = [("number", number.text(locale).into()), ("arm", suffix.into())];
        locale.text_with("simulation-bar", &args)
    };
    Bar { interval: number.interval(), ..Bar::new(number.size(), text, tone(at)) }
}

fn picture(locale: &Locale, metric: &Metric, report: &Report, arms: &[String]) -> Picture {
    let numbers: Vec<Number> = report.arms.iter().map(|arm| metric.of(&arm.figures)).collect();
    let group = |(at, (name, number)): (usize, (&String, &Number))| Group {
        label: name.clone(),
        bars: vec![bar(locale, *number, at, "")],
    };
    let groups: Vec<Group> = arms.iter().zip(&numbers).enumerate().map(group).collect();
    let title = metric.name(locale);
    Picture { chart: draw(locale, metric.code, &title, numbers.first().copied(), &groups), title }
}

fn draw(locale: &Locale, id: &str, title: &str, unit: Option<Number>, groups: &[Group]) -> Chart {
    let label = |size: i64| unit.map(|number| number.place(locale, size)).unwrap_or_default();
    let description = locale.text("simulation-picture");
    charts::bars(&Frame { id, title, description: &description, label: &label }, groups)
}

fn all(locale: &Locale, report: &Report, arms: &[String]) -> Table {
    let line = |metric: &Metric| Line {
        name: metric.name(locale),
        arm: String::new(),
        cells: report.arms.iter().map(|arm| shown(locale, Some(metric.of(&arm.figures)))).collect(),
    };
    Table {
        title: locale.text("simulation-all"),
        columns: arms.to_vec(),
        lines: METRICS.iter().map(line).collect(),
        chart: None,
        is_open: true,
    }
}

/// Against list prices, and against the chosen arm.
fn differences(locale: &Locale, report: &Report, arms: &[String], settings: &RunSettings) -> Vec<Table> {
    let table = |title: String, columns: Vec<String>, rows: Vec<&Differences>| {
        let line = |metric: &Metric| {
            let cells: Vec<Option<Number>> = rows.iter().map(|one| metric.difference(one)).collect();
            cells.iter().any(Option::is_some).then(|| Line {
                name: metric.name(locale),
                arm: String::new(),
                cells: cells.into_iter().map(|number| shown(locale, number)).collect(),
            })
        };
        let lines = METRICS.iter().filter_map(line).collect();
        Table { title, columns, lines, chart: None, is_open: true }
    };
    let list = report.arms.iter().map(|arm| &arm.incremental).collect();
    let mut tables = vec![table(locale.text("simulation-against-list"), arms.to_vec(), list)];
    let chosen = settings.arms.iter().find(|arm| Some(&arm.name) == report.against.as_ref());
    if let Some(chosen) = chosen {
        let others = report.arms.iter().zip(arms).filter(|(arm, _)| Some(&arm.name) != report.against.as_ref());
        let (columns, rows): (Vec<String>, Vec<&Differences>) =
            others.filter_map(|(arm, name)| Some((name.clone(), arm.difference.as_ref()?))).unzip();
        let title = locale.text_with("simulation-against", &[("arm", figures::arm(locale, chosen).into())]);
        tables.extend((!rows.is_empty()).then(|| table(title, columns, rows)));
    }
    tables
}

/// A breakdown: for each place a line of every arm.
fn by(locale: &Locale, report: &Report, dimension: Dimension, arms: &[String]) -> Table {
    let mut keys: Vec<&str> = Vec::new();
    for part in report.arms.iter().flat_map(|arm| &arm.parts).filter(|part| part.dimension == dimension) {
        if !keys.contains(&part.key.as_str()) {
            keys.push(&part.key);
        }
    }
    let part = |at: usize, key: &str| -> Option<&Part> {
        report.arms.get(at)?.parts.iter().find(|part| part.dimension == dimension && part.key == key)
    };
    let name = |key: &str| figures::key(locale, report, dimension, key);
    let main: Vec<&Metric> = METRICS.iter().filter(|metric| metric.is_main).collect();
    let mut lines = Vec::new();
    let mut groups: Vec<(i64, Group)> = Vec::new();
    let mut unit = None;
    for key in &keys {
        let mut bars = Vec::new();
        let mut size = 0_i64;
        for (at, arm) in arms.iter().enumerate() {
            let Some(part) = part(at, key) else { continue };
            let cells = main.iter().map(|metric| shown(locale, Some(metric.of(&part.figures))));
            lines.push(Line { name: name(key), arm: arm.clone(), cells: cells.collect() });
            let pocket = Number::Money(part.figures.pocket);
            unit = Some(pocket);
            size = size.max(pocket.size().saturating_abs());
            bars.push(bar(locale, pocket, at, arm));
        }
        groups.push((size, Group { label: name(key), bars }));
    }
    // The largest places, whatever they are called; those of the same size keep their order.
    groups.sort_by_key(|(size, _)| std::cmp::Reverse(*size));
    let left_out = groups.len().saturating_sub(DRAWN_MAX);
    let groups: Vec<Group> = groups.into_iter().take(DRAWN_MAX).map(|(_, group)| group).collect();
    let code = dimension_code(dimension);
    let title = locale.text(&format!("simulation-by-{code}"));
    let what = match left_out {
        0 => locale.text("simulation-pocket-by"),
        count => locale.text_with("simulation-pocket-by-largest", &[("count", count.into())]),
    };
    let chart = (keys.len() > 1).then(|| draw(locale, code, &what, unit, &groups));
    Table { title, columns: main.iter().map(|metric| metric.name(locale)).collect(), lines, chart, is_open: false }
}

pub(super) fn dimension_code(dimension: Dimension) -> &'static str {
    match dimension {
        Dimension::Segment => "segment",
        Dimension::Category => "category",
        Dimension::Lever => "lever",
        Dimension::Size => "size",
    }
}

/// What a run was made from, as names and values.
pub(super) fn settings(locale: &Locale, run: &SimulationRun) -> Vec<(String, String)> {
    let fact = |key: &str, value: String| (locale.text(key), value);
    let arms: Vec<String> = run.settings.arms.iter().map(|arm| figures::arm(locale, arm)).collect();
    let mut facts = vec![
        fact("simulation-policies", arms.join(", ")),
        fact("simulation-buyers", kind(locale, run)),
        fact("simulation-seed", run.settings.seed.to_string()),
        fact("simulation-currency", run.settings.currency.code().to_owned()),
    ];
    if let Some(examined) = &run.examined {
        facts.push(fact("simulation-hash", examined.hash.chars().take(12).collect()));
    }
    facts
}

/// Which buyers, in words.
pub(super) fn kind(locale: &Locale, run: &SimulationRun) -> String {
    match run.settings.kind {
        simulation::Kind::Backtest => locale.text("simulation-kind-backtest"),
        simulation::Kind::MonteCarlo { count } => {
            let count = locale.number(i64::try_from(count).unwrap_or(i64::MAX));
            locale.text_with("simulation-kind-invented", &[("count", count.into())])
        }
    }
}
