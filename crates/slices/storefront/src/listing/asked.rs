//! What a list is asked for, as it stands in the address: `?a.thread=M8&a.length.from=16&stock=1&sort=-price&page=2`.
//!
//! Anything may stand there. What is unknown, malformed or too much is left out; nothing in an address is an error.

use std::sync::Arc;

use catalog::attributes::{AttributeKey, Kind};
use kernel::Notation;

/// Looks up the attribute with a key.
pub(super) type Keys<'a> = &'a dyn Fn(&str) -> Option<Arc<AttributeKey>>;

/// The order of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Sort {
    /// As the tree and the SKUs go, or by how well it fits what was searched for.
    #[default]
    Best,
    Name,
    PriceUp,
    PriceDown,
    Stock,
}

impl Sort {
    /// Every order with its code in addresses.
    pub(super) const ALL: [(&'static str, Self); 5] = [
        ("best", Self::Best),
        ("name", Self::Name),
        ("price", Self::PriceUp),
        ("-price", Self::PriceDown),
        ("stock", Self::Stock),
    ];

    pub(super) fn code(self) -> &'static str {
        Self::ALL.iter().find(|(_, sort)| *sort == self).map_or("best", |(code, _)| code)
    }
}

/// What an attribute must be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Wanted {
    /// One of these texts (in the merchant's first language).
    Texts(Vec<String>),
    /// One of these numbers, in thousandths.
    Numbers(Vec<i64>),
    /// One of these.
    Flags(Vec<bool>),
    /// A number within these bounds, in thousandths.
    Between(Option<i64>, Option<i64>),
}

/// One condition on one attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    pub(super) key: String,
    pub(super) wanted: Wanted,
}

/// What a list is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Asked {
    /// What was searched for; empty on a category page.
    pub(super) query: String,
    pub(super) filters: Vec<Filter>,
    /// Only what is in stock.
    pub(super) in_stock: bool,
    pub(super) sort: Sort,
    pub(super) page: i64,
    /// The attribute whose values are all shown.
    pub(super) all: String,
}

const FILTERS_MAX: usize = 20;
const VALUES_MAX: usize = 50;
const CHARS_MAX: usize = 200;

impl Asked {
    /// From an address; bounds in it were typed by who writes numbers so.
    pub(super) fn of(pairs: &[(String, String)], keys: Keys<'_>, notation: Notation) -> Self {
        let mut asked = Self { page: 1, ..Self::default() };
        for (name, value) in pairs.iter().take(FILTERS_MAX * VALUES_MAX) {
            let value: String = value.trim().chars().take(CHARS_MAX).collect();
            match name.as_str() {
                _ if value.is_empty() => {}
                "q" => asked.query = value,
                "stock" => asked.in_stock = value == "1",
                "sort" => asked.sort = Sort::ALL.iter().find(|(c, _)| *c == value).map_or(Sort::Best, |(_, s)| *s),
                "page" => asked.page = value.parse().unwrap_or(1).clamp(1, 100_000),
                "all" => asked.all = value,
                name => asked.filter(name, &value, keys, notation),
            }
        }
        asked
    }

    fn filter(&mut self, name: &str, value: &str, keys: Keys<'_>, notation: Notation) {
        let Some(name) = name.strip_prefix("a.") else { return };
        let (key, bound) = match name.rsplit_once('.') {
            Some((key, bound @ ("from" | "to"))) => (key, Some(bound)),
            _ => (name, None),
        };
        let Some(kind) = keys(key).filter(|key| key.is_filter).map(|key| key.kind) else { return };
        // The page shows a bound as it was understood; addresses of our own are plain, and are understood so.
        let number =
            kernel::understood_decimal(value, 3, if bound.is_some() { notation } else { Notation::Plain }).ok();
        let wanted = match (kind, bound, number) {
            (Kind::Text, None, _) => Wanted::Texts(vec![value.to_owned()]),
            (Kind::Flag, None, _) if matches!(value, "yes" | "no") => Wanted::Flags(vec![value == "yes"]),
            (Kind::Number, None, Some(number)) => Wanted::Numbers(vec![number]),
            (Kind::Number, Some("from"), Some(number)) => Wanted::Between(Some(number), None),
            (Kind::Number, Some(_), Some(number)) => Wanted::Between(None, Some(number)),
            _ => return,
        };
        self.add(key, wanted);
    }

    /// Values of one attribute widen, bounds narrow, attributes add up.
    fn add(&mut self, key: &str, wanted: Wanted) {
        let kind = std::mem::discriminant(&wanted);
        let same = |filter: &Filter| filter.key == key && std::mem::discriminant(&filter.wanted) == kind;
        let Some(at) = self.filters.iter().position(same) else {
            if self.filters.len() < FILTERS_MAX {
                self.filters.push(Filter { key: key.to_owned(), wanted });
            }
            return;
        };
        match (&mut self.filters[at].wanted, wanted) {
            (Wanted::Texts(known), Wanted::Texts(more)) => widen(known, more),
            (Wanted::Numbers(known), Wanted::Numbers(more)) => widen(known, more),
            (Wanted::Flags(known), Wanted::Flags(more)) => widen(known, more),
            (Wanted::Between(from, to), Wanted::Between(more_from, more_to)) => {
                *from = more_from.or(*from);
                *to = more_to.or(*to);
            }
            _ => {}
        }
    }

    /// How many conditions there are.
    pub(super) fn conditions(&self) -> usize {
        self.filters.len() + usize::from(self.in_stock)
    }

    /// The query string of this list, without the page.
    pub(super) fn address(&self) -> String {
        let mut pairs = vec![("q".to_owned(), self.query.clone())];
        for Filter { key, wanted } in &self.filters {
            let name = format!("a.{key}");
            match wanted {
                Wanted::Texts(texts) => pairs.extend(texts.iter().map(|text| (name.clone(), text.clone()))),
                Wanted::Numbers(numbers) => pairs.extend(numbers.iter().map(|number| (name.clone(), plain(*number)))),
                Wanted::Flags(flags) => {
                    pairs.extend(flags.iter().map(|flag| (name.clone(), if *flag { "yes" } else { "no" }.to_owned())));
                }
                Wanted::Between(from, to) => {
                    pairs.extend(from.map(|from| (format!("{name}.from"), plain(from))));
                    pairs.extend(to.map(|to| (format!("{name}.to"), plain(to))));
                }
            }
        }
        pairs.push(("stock".into(), if self.in_stock { "1".into() } else { String::new() }));
        pairs.push(("sort".into(), if self.sort == Sort::Best { String::new() } else { self.sort.code().into() }));
        pairs.retain(|(_, value)| !value.is_empty());
        pairs
            .iter()
            .map(|(name, value)| format!("{}={}", web::encode(name), web::encode(value)))
            .collect::<Vec<_>>()
            .join("&")
    }
}

fn widen<T: PartialEq>(known: &mut Vec<T>, more: Vec<T>) {
    for value in more {
        if known.len() < VALUES_MAX && !known.contains(&value) {
            known.push(value);
        }
    }
}

/// Thousandths as plain decimal text without idle zeros.
pub(super) fn plain(thousandths: i64) -> String {
    // A quantity writes them so; its unit does not matter.
    kernel::Quantity::new(thousandths, kernel::Unit::Metre).to_decimal()
}
