//! The mapping: which column of a file is which field, and what to do on the way.
//!
//! A mapping is a TOML file. Unknown keys, fields that the kind does not have, and transforms that make no sense are
//! errors that name the line; a mapping is never half understood. `docs/guide/import.md` describes every key.

mod history;
mod parse;
mod transform;

use std::collections::BTreeMap;

use kernel::{Failure, Invalid, Outcome};

pub(crate) use history::HistorySpec;
pub(crate) use transform::{Transform, Wrong, plain_number};

use super::{catalogue, companies, history as past, orders, prices, relations};

/// What a file holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Products with their categories.
    Catalog,
    /// Which products could take the place of others, or go with them.
    Relations,
    /// Companies with an address and a person.
    Companies,
    /// Price lists.
    Prices,
    /// Orders that were placed elsewhere; with a section `[history]` a whole past.
    Orders,
}

impl Kind {
    /// Every kind.
    pub const ALL: [Self; 5] = [Self::Catalog, Self::Relations, Self::Companies, Self::Prices, Self::Orders];

    /// The word for it in mappings and on the command line.
    pub fn code(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Relations => "relations",
            Self::Companies => "companies",
            Self::Prices => "prices",
            Self::Orders => "orders",
        }
    }

    /// The kind with this word.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}

/// A field that a column can be mapped to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Field {
    pub(crate) name: &'static str,
    pub(crate) is_required: bool,
}

/// A field that must have a column or a constant.
pub(crate) const fn required(name: &'static str) -> Field {
    Field { name, is_required: true }
}

/// A field that may be left out.
pub(crate) const fn optional(name: &'static str) -> Field {
    Field { name, is_required: false }
}

/// How to read the file.
#[derive(Debug, Clone)]
pub(crate) struct SourceSpec {
    pub(crate) delimiter: u8,
    pub(crate) encoding: &'static encoding_rs::Encoding,
    /// The sheet of a workbook; the first one when not named.
    pub(crate) sheet: Option<String>,
    /// The row that names the columns; 0 when there is none and columns go by number.
    pub(crate) header: u64,
    pub(crate) decimal: char,
    /// The zone of moments without one.
    pub(crate) zone: jiff::tz::TimeZone,
}

/// Rows to pass over: those whose `column` matches one of the patterns.
#[derive(Debug, Clone)]
pub(crate) struct Skip {
    pub(crate) column: String,
    pub(crate) patterns: Vec<String>,
    pub(crate) reason: String,
}

/// A mapping, checked.
#[derive(Debug, Clone)]
pub struct Mapping {
    pub(crate) kind: Kind,
    pub(crate) source: SourceSpec,
    pub(crate) columns: BTreeMap<String, String>,
    pub(crate) constants: BTreeMap<String, String>,
    pub(crate) transforms: BTreeMap<String, Vec<Transform>>,
    pub(crate) values: BTreeMap<String, BTreeMap<String, String>>,
    pub(crate) skips: Vec<Skip>,
    /// Attribute keys and their columns (catalogues only).
    pub(crate) attributes: BTreeMap<String, String>,
    pub(crate) history: Option<HistorySpec>,
    /// Our own columns: a file may have any of them that it needs, and no others.
    pub(crate) is_own: bool,
}

/// Mappings that come with Kontor, by name: our own columns for each kind, and a published wholesale history.
pub const TEMPLATES: &[(&str, &str)] = &[
    ("catalog", include_str!("../../../mappings/catalog.toml")),
    ("relations", include_str!("../../../mappings/relations.toml")),
    ("companies", include_str!("../../../mappings/companies.toml")),
    ("prices", include_str!("../../../mappings/prices.toml")),
    ("orders", include_str!("../../../mappings/orders.toml")),
    ("online-retail", include_str!("../../../mappings/online-retail.toml")),
];

impl Mapping {
    /// Reads a mapping.
    ///
    /// # Errors
    /// Invalid `mapping`, with the line.
    pub fn parse(text: &str) -> Outcome<Self> {
        parse::mapping(text)
    }

    /// One of the mappings that come with Kontor.
    ///
    /// # Errors
    /// Not found.
    pub fn template(name: &str) -> Outcome<Self> {
        let text = TEMPLATES.iter().find(|(known, _)| *known == name).ok_or(Failure::NotFound)?;
        let mapping = Self::parse(text.1)?;
        Ok(Self { is_own: mapping.history.is_none(), ..mapping })
    }

    /// What it is for.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// The fields that columns can be mapped to.
    pub(crate) fn fields(kind: Kind, has_history: bool) -> &'static [Field] {
        match kind {
            Kind::Catalog => catalogue::FIELDS,
            Kind::Relations => relations::FIELDS,
            Kind::Companies => companies::FIELDS,
            Kind::Prices => prices::FIELDS,
            Kind::Orders if has_history => past::FIELDS,
            Kind::Orders => orders::FIELDS,
        }
    }
}

/// An error of the mapping as a whole, at a line when it is known.
pub(crate) fn wrong(code: &'static str, args: Vec<(&'static str, String)>) -> Failure {
    Invalid::default().and("mapping", code, args).into()
}
