//! The table, and the same as JSON.

use std::time::Duration;

use serde_json::{Value, json};

use crate::Done;
use crate::cases::{Budget, PACE};
use crate::load::Sample;
use crate::machine;

/// One measured case.
#[derive(Debug, Clone)]
pub struct Row {
    /// Which database; empty for floors.
    pub engine: &'static str,
    /// The case.
    pub case: String,
    /// How many clients.
    pub clients: usize,
    /// What was measured.
    pub sample: Sample,
    /// What was promised.
    pub budget: Option<Budget>,
}

/// One figure that is no load.
#[derive(Debug, Clone)]
pub struct Figure {
    what: &'static str,
    how: String,
    value: f64,
    unit: &'static str,
    limit: f64,
    more_is_better: bool,
    engine: &'static str,
}

impl Figure {
    /// Good when it is no larger.
    pub fn at_most(what: &'static str, how: &str, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { what, how: how.to_owned(), value, unit, limit, more_is_better: false, engine: "" }
    }

    /// Good when it is no smaller.
    pub fn at_least(what: &'static str, how: &str, value: f64, unit: &'static str, limit: f64) -> Self {
        Self { more_is_better: true, ..Self::at_most(what, how, value, unit, limit) }
    }

    fn is_met(&self) -> bool {
        if self.more_is_better { self.value >= self.limit } else { self.value <= self.limit }
    }
}

/// Everything that a run has found.
#[derive(Debug, Default)]
pub struct Report {
    head: Vec<String>,
    rows: Vec<Row>,
    figures: Vec<Figure>,
    notes: Vec<String>,
    /// Which database is measured now.
    pub engine: &'static str,
}

impl Report {
    /// A line for the head.
    pub fn head(&mut self, line: String) {
        self.head.push(line);
    }

    /// A line for the foot.
    pub fn note(&mut self, line: String) {
        self.notes.push(line);
    }

    /// A figure.
    pub fn figure(&mut self, figure: Figure) {
        self.figures.push(Figure { engine: self.engine, ..figure });
    }

    /// A case at a number of clients. The floor of 32 clients is what everything at 32 is compared with, and so on.
    pub fn row(&mut self, case: String, clients: usize, sample: Sample, budget: Option<Budget>) {
        let row = Row { engine: self.engine, case, clients, sample, budget };
        if let Some(error) = &row.sample.first_error {
            let (name, errors) = (&row.case, row.sample.errors);
            self.notes.push(format!("{} {name}, {clients} clients: {errors} errors, the first: {error}", self.engine));
        }
        self.rows.push(row);
    }

    /// The floor for as many clients: requests per second and CPU time.
    fn floor_of(&self, clients: usize) -> Option<&Sample> {
        let floor = self.rows.iter().find(|row| row.case == FLOOR && row.clients == clients);
        floor.map(|row| &row.sample)
    }

    fn verdict(&self, row: &Row) -> Option<bool> {
        let sample = &row.sample;
        Some(match row.budget? {
            Budget::OfFloor(percent) => sample.rate * 100.0 >= self.floor_of(row.clients)?.rate * f64::from(percent),
            Budget::PerSecond(count) => sample.rate >= f64::from(count),
            // A pace that is not kept is a budget that is not met, however quick the few were.
            Budget::Within(millis) => sample.p99 < u64::from(millis) * 1_000 && sample.rate >= f64::from(PACE) * 0.95,
        })
    }

    /// The table as text.
    pub fn text(&self) -> String {
        let mut lines = self.head.clone();
        lines.push(String::new());
        let title = [
            "database", "case", "clients", "/s", "p50 ms", "p99 ms", "CPU µs", "of floor", "by CPU", "others",
            "budget", "",
        ];
        let mut cells = vec![title.map(str::to_owned).to_vec()];
        cells.extend(self.rows.iter().map(|row| self.cells(row)));
        lines.extend(aligned(&cells, 2));
        lines.push(String::new());
        let mut cells = vec![["database", "figure", "value", "budget", "", "how"].map(str::to_owned).to_vec()];
        cells.extend(self.figures.iter().map(|figure| {
            let Figure { what, how, value, unit, limit, more_is_better, engine } = figure;
            let sign = if *more_is_better { "≥" } else { "<" };
            let value = format!("{} {unit}", thousands(*value));
            let budget = format!("{sign} {} {unit}", thousands(*limit));
            vec![(*engine).into(), (*what).into(), value, budget, mark(Some(figure.is_met())).into(), how.clone()]
        }));
        lines.extend(aligned(&cells, 2));
        lines.push(String::new());
        lines.extend(self.notes.iter().cloned());
        lines.join("\n")
    }

    fn cells(&self, row: &Row) -> Vec<String> {
        let sample = &row.sample;
        let floor = self.floor_of(row.clients);
        let share =
            |part: f64, whole: f64| if whole > 0.0 { format!("{:.0} %", part * 100.0 / whole) } else { "–".into() };
        let budget = row.budget.map_or(String::new(), |budget| match budget {
            Budget::OfFloor(percent) => format!("≥ {percent} % of floor"),
            Budget::PerSecond(count) => format!("≥ {}/s", thousands(f64::from(count))),
            Budget::Within(millis) => format!("p99 < {millis} ms at {PACE}/s"),
        });
        let millis = |micros: u64| format!("{:.2}", Duration::from_micros(micros).as_secs_f64() * 1e3);
        vec![
            row.engine.into(),
            row.case.clone(),
            row.clients.to_string(),
            thousands(sample.rate),
            millis(sample.p50),
            millis(sample.p99),
            format!("{:.0}", sample.cpu),
            floor.map_or("–".into(), |floor| share(sample.rate, floor.rate)),
            floor.map_or("–".into(), |floor| share(floor.cpu, sample.cpu)),
            format!("{} %", sample.others),
            budget,
            mark(self.verdict(row)).into(),
        ]
    }

    /// The same as JSON, for comparing runs.
    pub fn json(&self) -> Value {
        let rows = self.rows.iter().map(|row| {
            let Sample { rate, p50, p99, cpu, errors, others, .. } = &row.sample;
            let floor = self.floor_of(row.clients).filter(|floor| floor.rate > 0.0);
            json!({
                "database": row.engine, "case": row.case, "clients": row.clients, "per_second": rate, "p50_us": p50,
                "p99_us": p99, "cpu_us": cpu, "others_percent": others, "errors": errors, "of_floor": floor.map(|floor| rate / floor.rate),
                "budget_met": self.verdict(row),
            })
        });
        let figures = self.figures.iter().map(|f| {
            json!({
                "database": f.engine, "figure": f.what, "how": f.how, "value": f.value, "unit": f.unit,
                "budget": f.limit, "budget_met": f.is_met(),
            })
        });
        json!({
            "machine": machine::processor(), "head": self.head, "notes": self.notes,
            "cases": rows.collect::<Vec<_>>(), "figures": figures.collect::<Vec<_>>(),
        })
    }

    /// Prints the table and writes the JSON.
    pub fn write(&self, path: &std::path::Path) -> Done {
        println!("{}", self.text());
        let text = serde_json::to_string_pretty(&self.json()).map_err(|e| e.to_string())?;
        let folder = path.parent().unwrap_or(path);
        let written = std::fs::create_dir_all(folder).and_then(|()| std::fs::write(path, text + "\n"));
        written.map_err(|e| format!("{}: {e}", path.display()))
    }
}

/// The floor that ratios are to.
pub const FLOOR: &str = "floor sqlx";

fn mark(is_met: Option<bool>) -> &'static str {
    match is_met {
        Some(true) => "met",
        Some(false) => "MISSED",
        None => "",
    }
}

/// A number as people read it: 1,234.
fn thousands(value: f64) -> String {
    let digits = format!("{value:.0}");
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 && digit.is_ascii_digit() {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Columns of equal width; the first `left` to the left, numbers to the right, the last as it is.
fn aligned(rows: &[Vec<String>], left: usize) -> Vec<String> {
    let columns = rows.first().map_or(0, Vec::len);
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).enumerate().map(|(column, (cell, width))| {
            if column < left || column + 2 >= columns { format!("{cell:<width$}") } else { format!("{cell:>width$}") }
        });
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_grouped() {
        assert_eq!([0.4, 999.6, 12_345.0, 1_234_567.0].map(thousands), ["0", "1,000", "12,345", "1,234,567"]);
    }

    fn sample(rate: f64, p99: u64) -> Sample {
        Sample { rate, p50: 1, p99, cpu: 10.0, others: 0, errors: 0, first_error: None }
    }

    #[test]
    fn budgets_are_judged() {
        let mut report = Report { engine: "sqlite", ..Report::default() };
        report.row(FLOOR.into(), 32, sample(10_000.0, 900), None);
        report.row("a".into(), 32, sample(3_500.0, 900), Some(Budget::OfFloor(35)));
        report.row("b".into(), 32, sample(3_499.0, 900), Some(Budget::OfFloor(35)));
        report.row("c".into(), 32, sample(499.0, 9_000), Some(Budget::Within(10)));
        report.row("d".into(), 32, sample(300.0, 9_000), Some(Budget::Within(10)));
        report.figure(Figure::at_most("cold start", "", 1_100.0, "ms", 1_000.0));
        let verdicts: Vec<_> = report.rows.iter().map(|row| report.verdict(row)).collect();
        assert_eq!(verdicts, [None, Some(true), Some(false), Some(true), Some(false)]);
        let text = report.text();
        assert!(text.contains("sqlite    a") && text.contains("35 %") && text.contains("1,100 ms"), "{text}");
        assert_eq!(text.matches("MISSED").count(), 3, "{text}");
        assert_eq!(report.json()["cases"][1]["budget_met"], true);
    }
}
