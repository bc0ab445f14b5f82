//! Filters, chips and sorting in finished words and links.

use catalog::attribute_text;
use catalog::attributes::Value;
use i18n::Locale;

use super::asked::{Asked, Filter, Sort, Wanted, plain};
use super::facets::{Facet, Selection};

/// Values shown before somebody asks for all.
const VALUES_SHOWN: usize = 10;
/// Filters that stand open at first.
const OPEN: usize = 3;

/// A box to tick.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) label: String,
    pub(super) count: String,
    pub(super) is_chosen: bool,
}

/// Bounds to fill in.
pub(super) struct Bounds {
    pub(super) from: String,
    pub(super) to: String,
    pub(super) least: String,
    pub(super) most: String,
}

/// One filter.
pub(super) struct FilterView {
    /// The name of its fields.
    pub(super) field: String,
    /// What the button for all values sends.
    pub(super) key: String,
    pub(super) name: String,
    pub(super) unit: String,
    pub(super) choices: Vec<Choice>,
    /// How many more values there are.
    pub(super) more: usize,
    pub(super) bounds: Option<Bounds>,
    pub(super) is_open: bool,
}

/// A link with a name; the address of a chip is the list without it.
pub(super) struct Linked {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) is_current: bool,
}

/// What stands beside and above a list.
pub(super) struct Filters {
    pub(super) filters: Vec<FilterView>,
    pub(super) in_stock: bool,
    pub(super) in_stock_count: String,
    pub(super) chips: Vec<Linked>,
    pub(super) sorts: Vec<Linked>,
    pub(super) sort: String,
    /// The order as a hidden field; empty for the usual one.
    pub(super) sort_code: &'static str,
    pub(super) path: String,
    /// The list without any condition.
    pub(super) clear: String,
    pub(super) query: String,
    pub(super) conditions: usize,
}

impl Filters {
    pub(super) fn of(selection: &Selection, asked: &Asked, path: &str, locale: &Locale, sorts_by_price: bool) -> Self {
        let filters = selection.facets.iter().enumerate().map(|(at, facet)| filter(facet, at, asked, locale));
        let sort = |sort: Sort| locale.text(&format!("shop-sort-{}", sort.code().trim_start_matches('-')));
        let label = |s: Sort| match s {
            Sort::Best if asked.query.is_empty() => locale.text("shop-sort-article"),
            Sort::PriceDown => locale.text("shop-sort-price-down"),
            s => sort(s),
        };
        let is_offered = |s: &Sort| sorts_by_price || !matches!(s, Sort::PriceUp | Sort::PriceDown);
        let sorts = Sort::ALL.iter().map(|(_, s)| *s).filter(is_offered).map(|s| Linked {
            label: label(s),
            href: href(path, &Asked { sort: s, ..asked.clone() }),
            is_current: s == asked.sort,
        });
        Self {
            filters: filters.collect(),
            in_stock: asked.in_stock,
            in_stock_count: locale.number(count(selection.in_stock)),
            chips: chips(selection, asked, path, locale),
            sorts: sorts.collect(),
            sort: label(asked.sort),
            sort_code: if asked.sort == Sort::Best { "" } else { asked.sort.code() },
            path: path.to_owned(),
            clear: href(path, &Asked { query: asked.query.clone(), ..Asked::default() }),
            query: asked.query.clone(),
            conditions: asked.conditions(),
        }
    }
}

pub(super) fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn href(path: &str, asked: &Asked) -> String {
    let address = asked.address();
    if address.is_empty() { path.to_owned() } else { format!("{path}?{address}") }
}

fn filter(facet: &Facet, at: usize, asked: &Asked, locale: &Locale) -> FilterView {
    let shown = if asked.all == facet.key.key { usize::MAX } else { VALUES_SHOWN };
    // What is chosen is always to be seen.
    let chosen_below = facet.values.iter().rposition(|value| value.is_chosen).map_or(0, |place| place + 1);
    let shown = shown.max(chosen_below);
    let choice = |value: &super::facets::FacetValue| Choice {
        value: code(&value.attribute.value),
        label: attribute_text(&value.attribute.value, locale),
        count: locale.number(count(value.count)),
        is_chosen: value.is_chosen,
    };
    let number = |number: i64| locale.decimal(&plain(number));
    FilterView {
        field: format!("a.{}", facet.key.key),
        key: facet.key.key.clone(),
        name: facet.key.name.get(locale.language()).to_owned(),
        unit: facet.key.unit.clone(),
        choices: facet.values.iter().take(shown).map(choice).collect(),
        more: facet.values.len().saturating_sub(shown),
        bounds: facet.range.map(|range| Bounds {
            from: range.from.map(number).unwrap_or_default(),
            to: range.to.map(number).unwrap_or_default(),
            least: number(range.least),
            most: number(range.most),
        }),
        is_open: at < OPEN || facet.is_active,
    }
}

/// A value as it stands in an address.
fn code(value: &Value) -> String {
    match value {
        Value::Text(text) => text.first().to_owned(),
        Value::Number(number) => plain(*number),
        Value::Flag(flag) => if *flag { "yes" } else { "no" }.to_owned(),
    }
}

fn chips(selection: &Selection, asked: &Asked, path: &str, locale: &Locale) -> Vec<Linked> {
    let mut chips = Vec::new();
    for (at, filter) in asked.filters.iter().enumerate() {
        let facet = selection.facets.iter().find(|facet| facet.key.key == filter.key);
        let Some(facet) = facet else { continue };
        for (label, rest) in parts(filter, facet, locale) {
            let mut without = asked.clone();
            match rest {
                Some(rest) => without.filters[at].wanted = rest,
                None => drop(without.filters.remove(at)),
            }
            chips.push(Linked { label, href: href(path, &without), is_current: true });
        }
    }
    if asked.in_stock {
        let without = Asked { in_stock: false, ..asked.clone() };
        chips.push(Linked { label: locale.text("shop-in-stock-now"), href: href(path, &without), is_current: true });
    }
    chips
}

/// Each value of a condition in words, with what is left of the condition without it.
fn parts(filter: &Filter, facet: &Facet, locale: &Locale) -> Vec<(String, Option<Wanted>)> {
    let unit = |text: String| if facet.key.unit.is_empty() { text } else { format!("{text} {}", facet.key.unit) };
    let number = |number: i64| locale.decimal(&plain(number));
    let name = facet.key.name.get(locale.language());
    match &filter.wanted {
        Wanted::Texts(texts) => each(texts, Wanted::Texts, |text| {
            let same = |value: &&super::facets::FacetValue| code(&value.attribute.value) == *text;
            let known = facet.values.iter().find(same);
            known.map_or_else(|| text.clone(), |value| attribute_text(&value.attribute.value, locale))
        }),
        Wanted::Numbers(numbers) => each(numbers, Wanted::Numbers, |n| unit(number(*n))),
        Wanted::Flags(flags) => {
            each(flags, Wanted::Flags, |flag| format!("{name}: {}", locale.text(if *flag { "yes" } else { "no" })))
        }
        Wanted::Between(from, to) => {
            let bound = |bound: Option<i64>| bound.map(number).unwrap_or_default();
            vec![(format!("{name} {}", unit(format!("{}–{}", bound(*from), bound(*to)))), None)]
        }
    }
}

fn each<T: Clone + PartialEq>(
    values: &[T],
    wanted: fn(Vec<T>) -> Wanted,
    label: impl Fn(&T) -> String,
) -> Vec<(String, Option<Wanted>)> {
    let rest = |value: &T| {
        let rest: Vec<T> = values.iter().filter(|other| *other != value).cloned().collect();
        if rest.is_empty() { None } else { Some(wanted(rest)) }
    };
    values.iter().map(|value| (label(value), rest(value))).collect()
}
