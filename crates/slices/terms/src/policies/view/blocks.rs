//! The blocks of an editor, made from the shape: which fields stand together, what they are called, what they take.

use i18n::Locale;
use negotiation_engine::Policy;
use negotiation_engine::conditions::{Condition, Operator};
use web::FormState;

use crate::policies::conditions::Known;
use crate::policies::diff::{count_unit, label};
use crate::policies::form::{Axes, CONDITION_ROWS, Part, ROWS_MAX};
use crate::policies::shape::{Field, Shape};
use crate::policies::value::{Kind, Subject, choice};

/// Empty rows at the end of a table, to be filled in.
const SPARE: usize = 2;
/// The blocks that have a sentence of explanation, by the path of their field.
const HINTS: &[&str] = &[
    "eligibility",
    "general",
    "plain",
    "volume",
    "payment",
    "delivery",
    "freight",
    "commitment",
    "rebate",
    "alternative",
    "bundle",
    "bonus",
    "tactic",
    "limits",
    "routing",
];

/// A field of a form.
pub(crate) struct Cell {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) unit: String,
    /// `text`, `check` or `select`.
    pub(crate) kind: &'static str,
    pub(crate) choices: Vec<(&'static str, String)>,
    pub(crate) is_number: bool,
}

/// A table to write in.
pub(crate) struct Table {
    pub(crate) title: String,
    pub(crate) columns: Vec<(String, String, bool)>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

/// A condition to be written or picked.
pub(crate) struct ConditionView {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) subject: &'static str,
    pub(crate) is_rows: bool,
    pub(crate) rows: Vec<String>,
    pub(crate) fields: Vec<(&'static str, String)>,
    pub(crate) operators: Vec<(&'static str, String)>,
    /// The line that is wrong, and what stands under it.
    pub(crate) caret: Option<(String, String)>,
}

/// Fields that belong together.
pub(crate) struct Block {
    pub(crate) id: String,
    pub(crate) title: String,
    pub(crate) hint: String,
    /// The field that says whether there is one at all; empty where there always is.
    pub(crate) switch: String,
    pub(crate) cells: Vec<Cell>,
    pub(crate) table: Option<Table>,
    pub(crate) conditions: Vec<ConditionView>,
}

/// Makes blocks.
pub(crate) struct Maker<'a> {
    pub(crate) form: &'a FormState,
    pub(crate) currency: &'static str,
    pub(crate) locale: &'a Locale,
}

impl Maker<'_> {
    /// The blocks of a part.
    pub(crate) fn blocks(&self, part: Part) -> Vec<Block> {
        let (prefix, fields) = part.fields();
        let mut general = self.block(&format!("{prefix}general"), "general", false);
        let mut blocks = Vec::new();
        for field in fields {
            let name = format!("{prefix}{}", field.name);
            match field.shape {
                Shape::Value(Kind::Condition(subject)) => {
                    general.conditions.push(self.condition(&name, field.name, subject))
                }
                Shape::Value(kind) => general.cells.push(self.cell(&name, field.name, kind)),
                Shape::Group(inner) => blocks.push(self.group(&name, field, inner)),
                Shape::Rows(inner, _) => {
                    let mut block = self.block(&name, field.name, false);
                    block.table = Some(self.table(&name, field.name, inner));
                    blocks.push(block);
                }
                Shape::Sections(_) => {}
            }
        }
        if !general.cells.is_empty() || !general.conditions.is_empty() {
            let at = if part == Part::Who { blocks.len() } else { 0 };
            if part != Part::GiveGet {
                general.hint.clear();
            }
            blocks.insert(at, general);
        }
        blocks
    }

    fn block(&self, id: &str, path: &str, has_switch: bool) -> Block {
        let hint = if HINTS.contains(&path) { self.locale.text(&format!("policy-h-{path}")) } else { String::new() };
        Block {
            id: id.to_owned(),
            title: label(self.locale, path),
            hint,
            switch: if has_switch { format!("{id}.on") } else { String::new() },
            cells: Vec::new(),
            table: None,
            conditions: Vec::new(),
        }
    }

    fn group(&self, name: &str, field: &Field, fields: &'static [Field]) -> Block {
        let mut block = self.block(name, field.name, field.optional);
        for inner in fields {
            let (name, path) = (format!("{name}.{}", inner.name), format!("{}.{}", field.name, inner.name));
            match inner.shape {
                Shape::Value(Kind::Condition(subject)) => block.conditions.push(self.condition(&name, &path, subject)),
                Shape::Value(kind) => block.cells.push(self.cell(&name, &path, kind)),
                Shape::Rows(columns, _) => block.table = Some(self.table(&name, &path, columns)),
                Shape::Group(_) | Shape::Sections(_) => {}
            }
        }
        block
    }

    fn cell(&self, name: &str, path: &str, kind: Kind) -> Cell {
        let choices = match kind {
            Kind::Choice(codes) => codes.iter().map(|code| (*code, choice(self.locale, code))).collect(),
            _ => Vec::new(),
        };
        Cell {
            name: name.to_owned(),
            label: label(self.locale, path),
            unit: self.unit(path, kind),
            kind: match kind {
                Kind::Flag => "check",
                Kind::Choice(_) => "select",
                _ => "text",
            },
            choices,
            is_number: !matches!(kind, Kind::Word | Kind::Words | Kind::Choice(_) | Kind::Flag),
        }
    }

    fn unit(&self, path: &str, kind: Kind) -> String {
        match kind {
            Kind::Rate => "%".into(),
            Kind::Multiple => "×".into(),
            Kind::Amount => self.currency.into(),
            Kind::Count(_) => count_unit(self.locale, path).unwrap_or_default(),
            _ => String::new(),
        }
    }

    fn table(&self, name: &str, path: &str, fields: &'static [Field]) -> Table {
        let columns = fields.iter().filter_map(|field| match field.shape {
            Shape::Value(kind) => {
                let cell = self.cell("", &format!("{path}.{}", field.name), kind);
                // 'Days days' says it twice.
                let is_named = !cell.unit.is_empty() && cell.label.to_lowercase().contains(&cell.unit);
                Some((cell.label, if is_named { String::new() } else { cell.unit }, cell.is_number))
            }
            _ => None,
        });
        let rows = (0..self.used(name, fields) + SPARE).map(|at| {
            let cells = fields.iter().filter_map(|field| match field.shape {
                Shape::Value(kind) => {
                    Some(self.cell(&format!("{name}.{at}.{}", field.name), &format!("{path}.{}", field.name), kind))
                }
                _ => None,
            });
            cells.collect()
        });
        Table { title: label(self.locale, path), columns: columns.collect(), rows: rows.collect() }
    }

    /// How many rows of a table are written in or wrong, up to the last.
    fn used(&self, name: &str, fields: &[Field]) -> usize {
        let is_used = |at: &usize| {
            let full = |field: &Field| format!("{name}.{at}.{}", field.name);
            let has = |field: &str| !self.form.value(&format!("{name}.{at}.{field}")).is_empty();
            crate::policies::form::is_filled(fields, has) || fields.iter().any(|field| self.form.wrong(&full(field)))
        };
        (0..ROWS_MAX).rev().find(is_used).map_or(0, |last| last + 1)
    }

    /// A condition as the form has it.
    pub(crate) fn condition(&self, name: &str, path: &str, subject: Subject) -> ConditionView {
        let filled = |at: &usize| !self.form.value(&format!("{name}.rows.{at}.field")).is_empty();
        let used = (0..CONDITION_ROWS).rev().find(filled).map_or(0, |last| last + 1);
        let rows = (0..(used + 1).min(CONDITION_ROWS)).map(|at| format!("{name}.rows.{at}"));
        let field = |field: &negotiation_engine::conditions::Field| (field.name, cel_field(self.locale, field.name));
        let operator =
            |operator: Operator| (operator.code(), self.locale.text(&format!("policy-operator-{}", operator.code())));
        ConditionView {
            name: name.to_owned(),
            label: label(self.locale, path),
            subject: subject.code(),
            is_rows: match self.form.value(&format!("{name}.mode")) {
                "" => self.form.value(name).is_empty(),
                mode => mode == "rows",
            },
            rows: rows.collect(),
            fields: subject.schema().fields().iter().map(field).collect(),
            operators: Operator::ALL.map(operator).into(),
            caret: caret(self.form.value(name), subject),
        }
    }

    /// The conditional rows of floors and targets: the name of each, its condition.
    pub(crate) fn conditional_margins(&self) -> Vec<(String, ConditionView)> {
        let is_used = |at: &usize| {
            let has = |part: &str| !self.form.value(&format!("margins.{at}.{part}")).is_empty();
            ["segment", "class", "condition", "floor", "target", "condition.rows.0.field"].into_iter().any(has)
        };
        let used = (0..ROWS_MAX).rev().find(is_used).map_or(0, |last| last + 1);
        let row = |at: usize| {
            let name = format!("margins.{at}");
            let condition = self.condition(&format!("{name}.condition"), "margins.condition", Subject::Product);
            (name, condition)
        };
        (0..(used + 1).min(ROWS_MAX)).map(row).collect()
    }
}

/// What a field of conditions is called.
pub(crate) fn cel_field(locale: &Locale, name: &str) -> String {
    locale.text(&format!("policy-cel-{}", name.replace(['.', '_'], "-")))
}

/// The wrong line of a condition, and a caret under the wrong column.
fn caret(text: &str, subject: Subject) -> Option<(String, String)> {
    if text.is_empty() {
        return None;
    }
    let error = Condition::parse(text, subject.schema()).err()?;
    let before: String = text.chars().take(error.column - 1).collect();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let line = text[start..].lines().next().unwrap_or_default();
    Some((line.to_owned(), format!("{}^", " ".repeat(before[start..].chars().count()))))
}

/// A cell of the matrix: the beginning of its fields' names, and what applies while it is empty.
pub(crate) struct MatrixCell {
    pub(crate) name: String,
    pub(crate) label: String,
    pub(crate) floor: String,
    pub(crate) target: String,
    pub(crate) from: String,
}

/// The matrix of floors and targets.
pub(crate) struct Matrix {
    /// The name of each class's field and its title; an empty title is for a new one.
    pub(crate) classes: Vec<(String, String)>,
    pub(crate) rows: Vec<((String, String), Vec<MatrixCell>)>,
}

impl Matrix {
    /// What the form shows where nothing is typed comes from `policy`.
    pub(crate) fn of(policy: &Policy, axes: &Axes, locale: &Locale) -> Self {
        let title = |value: &String, at: usize| if at == 0 { locale.text("all") } else { value.clone() };
        let spare = [String::new()];
        let named = |axis: &str, values: &[String]| {
            let all = values.iter().chain(&spare).enumerate();
            all.map(|(at, value)| (format!("matrix.{axis}.{at}"), title(value, at))).collect::<Vec<_>>()
        };
        let cell = |(s, segment): (usize, &String), (c, class): (usize, &String)| {
            let wins = policy.margins_for(segment, class);
            let shown =
                |rate: Option<kernel::Rate>| rate.map_or_else(String::new, |rate| locale.decimal(&rate.to_percent()));
            let from = wins.map_or_else(String::new, |row| {
                let name = |value: &Option<String>| value.clone().unwrap_or_else(|| locale.text("all"));
                let args = [("segment", name(&row.segment).into()), ("class", name(&row.class).into())];
                locale.text_with("policy-matrix-from", &args)
            });
            let args = [("segment", title(segment, s).into()), ("class", title(class, c).into())];
            MatrixCell {
                name: format!("matrix.{s}.{c}"),
                label: locale.text_with("policy-matrix-cell", &args),
                floor: shown(wins.map(|row| row.floor)),
                target: shown(wins.map(|row| row.target)),
                from,
            }
        };
        let (segments, classes) = (named("segment", &axes.segments), named("class", &axes.classes));
        let rows = axes.segments.iter().chain(&spare).enumerate().map(|segment| {
            axes.classes.iter().chain(&spare).enumerate().map(|class| cell(segment, class)).collect::<Vec<_>>()
        });
        Self { classes, rows: segments.into_iter().zip(rows).collect() }
    }
}

/// The fields that conditions may ask, for the table of help: name, what it is, its kind, known values.
pub(crate) fn help(subject: Subject, known: &Known, locale: &Locale) -> Vec<(&'static str, String, String, String)> {
    let row = |field: &negotiation_engine::conditions::Field| {
        let kind = locale.text(&format!("policy-kind-{}", field.kind.code()));
        let values = known.values(field.name);
        let shown = values.iter().take(12).cloned().collect::<Vec<_>>().join(", ");
        (field.name, cel_field(locale, field.name), kind, shown)
    };
    subject.schema().fields().iter().map(row).collect()
}
