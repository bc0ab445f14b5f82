//! Results as pages show them: pictures with the tables behind them.

use i18n::Locale;
use simulation::{ArmReport, Differences, Dimension, Figures, Part, Report};
use web::charts::{self, Bar, Chart, Frame, Group, Tone};

use super::figures::{self, METRICS, Metric, Names, Number};
use super::verdict::{self, Judged};
use super::{RunSettings, SimulationRun};

/// Places of a breakdown that are drawn; the table has all.
const DRAWN_MAX: usize = 8;

/// A number in words, and how much more it is than with the policy in force.
pub(super) struct Shown {
    pub(super) value: String,
    /// The difference and its interval; empty where there is none to say.
    pub(super) change: String,
    /// `bad` where money is surely lost.
    pub(super) class: &'static str,
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
    pub(super) verdicts: Vec<Judged>,
    /// What is compared with, as a sentence; empty where there is nothing.
    pub(super) against: String,
    /// Who is counted in shares, as a sentence.
    pub(super) eligible: String,
    pub(super) main: Table,
    pub(super) pictures: Vec<Picture>,
    pub(super) all: Table,
    pub(super) differences: Vec<Table>,
    pub(super) parts: Vec<Table>,
}

/// The view of a report.
pub(super) fn of(locale: &Locale, names: &Names, settings: &RunSettings, report: &Report) -> ResultView {
    let arms: Vec<String> = settings.arms.iter().map(|arm| figures::arm(locale, arm)).collect();
    let main = METRICS.iter().filter(|metric| metric.is_main);
    let title = locale.text("simulation-side-by-side");
    ResultView {
        verdicts: verdict::all(locale, settings, report),
        against: against(locale, settings, report),
        eligible: eligible(locale, report),
        main: all(locale, report, &arms, title, |metric| metric.is_main),
        pictures: change(locale, report, &arms)
            .into_iter()
            .chain(main.map(|metric| picture(locale, metric, report, &arms)))
            .collect(),
        all: all(locale, report, &arms, locale.text("simulation-further"), |metric| !metric.is_main),
        differences: vec![against_list(locale, report, &arms)],
        parts: Dimension::ALL.into_iter().map(|dimension| by(locale, names, report, dimension, &arms)).collect(),
    }
}

/// What the changes are changes from.
fn against(locale: &Locale, settings: &RunSettings, report: &Report) -> String {
    let chosen = settings.arms.iter().find(|arm| Some(&arm.name) == report.against.as_ref());
    let chosen = chosen.filter(|_| report.arms.len() > 1);
    chosen.map_or_else(String::new, |arm| {
        locale.text_with("simulation-changes-from", &[("arm", figures::arm(locale, arm).into())])
    })
}

/// How many buyers the shares are over. Reports of earlier versions do not say.
fn eligible(locale: &Locale, report: &Report) -> String {
    let count = report.list.eligible;
    if count == 0 {
        return String::new();
    }
    let number = |count: u64| locale.number(i64::try_from(count).unwrap_or(i64::MAX));
    let others = report.list.negotiations.saturating_sub(count);
    locale.text_with("simulation-eligible", &[("count", number(count).into()), ("others", number(others).into())])
}

/// A figure and how much more it is, the same buyers on both sides: the interval is that of the difference.
fn shown(locale: &Locale, metric: &Metric, figures: &Figures, more: Option<&Differences>) -> Shown {
    let more = more.and_then(|more| metric.difference(more));
    let change = more.map_or_else(String::new, |more| changed(locale, more));
    let loses =
        more.is_some_and(|more| MARGINS.contains(&metric.code) && more.interval().is_some_and(|(_, high)| high < 0));
    Shown { value: metric.of(figures).text(locale), change, class: if loses { "bad" } else { "" } }
}

/// Figures of which less is a loss.
const MARGINS: [&str; 2] = ["lasting", "pocket"];

fn changed(locale: &Locale, more: Number) -> String {
    let interval = more.interval_text(locale);
    if interval.is_empty() {
        return locale.text_with("simulation-change", &[("change", more.text(locale).into())]);
    }
    locale
        .text_with("simulation-change-between", &[("change", more.text(locale).into()), ("interval", interval.into())])
}

/// Whether an arm has a change to show: the chosen one has none from itself.
fn has_change(report: &Report, arm: &str) -> bool {
    report.against.as_deref() != Some(arm)
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
    Bar::new(number.size(), text, tone(at))
}

/// What changes in lasting margin against the chosen arm, with the interval of the difference.
fn change(locale: &Locale, report: &Report, arms: &[String]) -> Option<Picture> {
    let others = report.arms.iter().zip(arms).enumerate().filter(|(_, (arm, _))| has_change(report, &arm.name));
    let numbers: Vec<(usize, &String, Number)> = others
        .filter_map(|(at, (arm, name))| Some((at, name, Number::Money(arm.difference.as_ref()?.lasting))))
        .collect();
    let unit = numbers.first().map(|(_, _, number)| *number)?;
    let group = |(at, name, number): &(usize, &String, Number)| Group {
        label: (*name).clone(),
        bars: vec![Bar { interval: number.interval(), ..bar(locale, *number, *at, "") }],
    };
    let groups: Vec<Group> = numbers.iter().map(group).collect();
    let title = locale.text("simulation-change-lasting");
    Some(Picture { chart: draw(locale, "change", &title, Some(unit), &groups), title })
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

fn all(locale: &Locale, report: &Report, arms: &[String], title: String, wanted: impl Fn(&Metric) -> bool) -> Table {
    let more = |arm: &'_ ArmReport| arm.difference.clone().filter(|_| has_change(report, &arm.name));
    let line = |metric: &&Metric| Line {
        name: metric.name(locale),
        arm: String::new(),
        cells: report.arms.iter().map(|arm| shown(locale, metric, &arm.figures, more(arm).as_ref())).collect(),
    };
    let lines = METRICS.iter().filter(|metric| wanted(metric)).collect::<Vec<_>>();
    Table { title, columns: arms.to_vec(), lines: lines.iter().map(line).collect(), chart: None, is_open: true }
}

/// Nothing but changes, from list prices for everybody.
fn against_list(locale: &Locale, report: &Report, arms: &[String]) -> Table {
    let line = |metric: &Metric| {
        let cells: Vec<Option<Number>> = report.arms.iter().map(|arm| metric.difference(&arm.incremental)).collect();
        let shown = |number: Option<Number>| Shown {
            value: number.map(|number| number.text(locale)).unwrap_or_default(),
            change: number.map(|number| number.interval_text(locale)).unwrap_or_default(),
            class: "",
        };
        let is_known = cells.iter().any(Option::is_some);
        let cells = cells.into_iter().map(shown).collect();
        is_known.then(|| Line { name: metric.name(locale), arm: String::new(), cells })
    };
    let title = locale.text("simulation-against-list");
    let lines = METRICS.iter().filter_map(line).collect();
    Table { title, columns: arms.to_vec(), lines, chart: None, is_open: true }
}

/// A breakdown: for each place a line of every arm.
fn by(locale: &Locale, names: &Names, report: &Report, dimension: Dimension, arms: &[String]) -> Table {
    let mut keys: Vec<&str> = Vec::new();
    for part in report.arms.iter().flat_map(|arm| &arm.parts).filter(|part| part.dimension == dimension) {
        if !keys.contains(&part.key.as_str()) {
            keys.push(&part.key);
        }
    }
    let part = |at: usize, key: &str| -> Option<&Part> {
        report.arms.get(at)?.parts.iter().find(|part| part.dimension == dimension && part.key == key)
    };
    let name = |key: &str| figures::key(locale, names, report, dimension, key);
    let main: Vec<&Metric> = METRICS.iter().filter(|metric| metric.is_main).collect();
    let mut lines = Vec::new();
    let mut groups: Vec<(i64, Group)> = Vec::new();
    let mut unit = None;
    for key in &keys {
        let mut bars = Vec::new();
        let mut size = 0_i64;
        for (at, arm) in arms.iter().enumerate() {
            let Some(part) = part(at, key) else { continue };
            let more = part.difference.as_ref().filter(|_| has_change(report, &report.arms[at].name));
            let cells = main.iter().map(|metric| shown(locale, metric, &part.figures, more));
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
