//! A policy as forms: every field is named by its path (`payment.2.grant`, `sections.0.plain.from`). A form holds one part of
//! the policy; the rest is taken from the draft. Price ticks and the currency have no form, they are in the file.

mod condition;
mod margins;
mod read;

use i18n::Locale;
use kernel::Rate;
use serde_json::Value;
use web::{Fields, FormState};

pub(super) use condition::{ROWS as CONDITION_ROWS, turn};
pub(super) use margins::Axes;
pub(super) use read::{is_filled, read, renamed};

use super::example::Example;
use super::shape::{Field, POLICY, SECTION, Shape, held, whole};
use super::value::{Kind, typed};
use negotiation_engine::Policy;

/// Rows of a table beyond this are not read; nobody writes so many by hand.
pub(super) const ROWS_MAX: usize = 100;

/// A part of a policy that has a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// Who may negotiate about what.
    Who,
    /// Floors and targets.
    Margins,
    /// The levers.
    GiveGet,
    /// The tactic.
    Tactic,
    /// Limits and routing.
    Limits,
    /// The section at this place.
    Section(usize),
}

impl Part {
    /// The parts that every policy has, in the order of their tabs.
    pub(super) const ALL: [Self; 5] = [Self::Who, Self::Margins, Self::GiveGet, Self::Tactic, Self::Limits];

    /// The code in addresses.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Who => "who",
            Self::Margins => "margins",
            Self::GiveGet => "give-get",
            Self::Tactic => "tactic",
            Self::Limits => "limits",
            Self::Section(_) => "section",
        }
    }

    /// The part with this code.
    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Where the form is.
    pub(super) fn href(self) -> String {
        match self {
            Self::Section(at) => format!("/office/policy/draft/sections/{at}"),
            part => format!("/office/policy/draft/rules/{}", part.code()),
        }
    }

    /// The names of its fields, and what stands before them.
    pub(super) fn fields(self) -> (String, Vec<&'static Field>) {
        let levers = [
            "objective",
            "pairs",
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
        ];
        let of = |all: &'static [Field], names: &[&str]| {
            names.iter().filter_map(|name| all.iter().find(|field| field.name == *name)).collect()
        };
        match self {
            Self::Who => (String::new(), of(POLICY, &["eligibility", "proactive"])),
            Self::Margins => (String::new(), of(POLICY, &["margins"])),
            Self::GiveGet => (String::new(), of(POLICY, &levers)),
            Self::Tactic => (String::new(), of(POLICY, &["tactic"])),
            Self::Limits => (String::new(), of(POLICY, &["limits", "routing"])),
            Self::Section(at) => {
                let names = [&["name", "condition"], &levers[..], &["tactic"]].concat();
                (format!("sections.{at}."), of(SECTION, &names))
            }
        }
    }
}

/// The form of a part of a policy, and of the example beside it.
pub(super) fn of(policy: &Policy, part: Part, axes: &Axes, locale: &Locale) -> FormState {
    let values = values(policy, part, axes, locale);
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

/// What stands in each field of a form.
pub(super) fn values(policy: &Policy, part: Part, axes: &Axes, locale: &Locale) -> Vec<(String, String)> {
    let mut writer = Writer { values: Vec::new(), locale };
    let whole = whole(policy);
    let (prefix, fields) = part.fields();
    let object = match part {
        Part::Section(at) => held(&whole, "sections").get(at).unwrap_or(&Value::Null),
        _ => &whole,
    };
    for field in fields {
        match part {
            Part::Margins => margins::put(&mut writer, policy, axes),
            _ => writer.field(&format!("{prefix}{}", field.name), field, held(object, field.name)),
        }
    }
    writer.example(&Example::textbook(policy.currency));
    writer.values
}

/// A form being filled.
struct Writer<'a> {
    values: Vec<(String, String)>,
    locale: &'a Locale,
}

impl Writer<'_> {
    fn put(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.values.push((name.into(), value.into()));
    }

    fn field(&mut self, name: &str, field: &Field, value: &Value) {
        match field.shape {
            Shape::Value(Kind::Condition(subject)) => condition::put(self, name, subject, value.as_str().unwrap_or("")),
            Shape::Value(kind) => self.put(name, typed(kind, value, self.locale)),
            Shape::Group(fields) => {
                if field.optional {
                    self.put(format!("{name}.on"), if value.is_null() { "" } else { "1" });
                }
                for inner in fields {
                    self.field(&format!("{name}.{}", inner.name), inner, held(value, inner.name));
                }
            }
            Shape::Rows(fields, _) | Shape::Sections(fields) => {
                for (at, row) in value.as_array().into_iter().flatten().enumerate() {
                    for inner in fields {
                        self.field(&format!("{name}.{at}.{}", inner.name), inner, held(row, inner.name));
                    }
                }
            }
        }
    }

    fn example(&mut self, example: &Example) {
        let locale = self.locale;
        let rate = |rate: Option<Rate>| rate.map_or_else(String::new, |rate| locale.decimal(&rate.to_percent()));
        self.put("example.segment", example.segment.clone());
        self.put("example.revenue", locale.amount(example.revenue));
        self.put("example.growth", rate(example.growth));
        self.put("example.credit_hold", if example.credit_hold { "1" } else { "" });
        self.put("example.class", example.class.clone());
        self.put("example.category", example.category.clone().unwrap_or_default());
        self.put("example.brand", example.brand.clone().unwrap_or_default());
        self.put("example.stock", example.stock.map_or_else(String::new, |stock| locale.quantity(stock)));
        self.put("example.stock_days", example.stock_days.map_or_else(String::new, |days| days.to_string()));
        self.put("example.list", locale.unit_price(example.list));
        self.put("example.cost", locale.unit_price(example.cost));
        self.put("example.ask", locale.unit_price(example.ask));
        self.put("example.quantity", locale.quantity(example.quantity));
    }
}

/// The example deal that was typed, or the textbook one as far as fields are empty or wrong.
pub(super) fn example(fields: &Fields, usual: Example) -> Example {
    let currency = usual.list.currency();
    let price = |name: &str, usual| {
        let typed = fields.price(name, currency);
        typed.ok().filter(|price| price.micros() > 0).unwrap_or(usual)
    };
    let unit = usual.quantity.unit();
    let word = |name: &str| fields.some(name).map(str::to_owned);
    Example {
        segment: word("example.segment").unwrap_or(usual.segment),
        revenue: fields.amount("example.revenue", currency).unwrap_or(usual.revenue),
        growth: fields.percent("example.growth").ok(),
        credit_hold: fields.some("example.credit_hold").is_some(),
        class: word("example.class").unwrap_or(usual.class),
        category: word("example.category"),
        brand: word("example.brand"),
        stock: fields.quantity("example.stock", unit).ok(),
        stock_days: fields.text("example.stock_days").parse().ok(),
        list: price("example.list", usual.list),
        cost: price("example.cost", usual.cost),
        ask: price("example.ask", usual.ask),
        quantity: fields.quantity("example.quantity", unit).unwrap_or(usual.quantity),
        costs: usual.costs,
    }
}
