//! The office's list of products: what is asked for, and how it is shown.

use std::collections::BTreeMap;

use i18n::Language;
use kernel::{CategoryId, ProductId};
use web::{PageLink, Pager, Shell};

use crate::Catalog;
use crate::products::{OrderType, ProductFilter, ProductRow, ProductSort};

/// Search results beyond this many are not worth paging through.
const FOUND_MAX: usize = 2_000;

/// What the search found; `None` when nothing was searched for. A SKU or GTIN finds retired products too.
pub(super) fn found(catalog: &Catalog, query: &str, language: Language) -> Option<Vec<ProductId>> {
    let query: String = query.trim().chars().take(200).collect();
    if query.is_empty() {
        return None;
    }
    if let Some(product) = catalog.by_sku(&query) {
        return Some(vec![product.id]);
    }
    Some(catalog.search(&query, language, FOUND_MAX, 0).products.iter().map(|product| product.id).collect())
}

/// A category and all below it; nothing for a code that there is not.
pub(super) fn below(catalog: &Catalog, code: &str) -> Vec<CategoryId> {
    catalog.category_by_code(code).map(|category| catalog.subtree(category.id)).unwrap_or_default()
}

/// The list as the address says: `?q=&category=&state=&class=&type=&sort=-stock&page=`. What makes no sense is left out.
#[derive(Debug, Clone, Default)]
pub(super) struct Asked {
    values: BTreeMap<&'static str, String>,
}

const NAMES: [&str; 6] = ["q", "category", "state", "class", "type", "sort"];
const STATES: [&str; 4] = ["active", "retired", "out", "nocost"];

impl Asked {
    pub(super) fn of(query: &BTreeMap<String, String>) -> Self {
        let kept = |name: &&'static str| {
            let value: String = query.get(*name)?.trim().chars().take(200).collect();
            let known = match *name {
                "state" => STATES.contains(&value.as_str()),
                "type" => OrderType::parse(&value).is_some(),
                "sort" => ProductSort::ALL.iter().any(|(code, _)| *code == value.trim_start_matches('-')),
                _ => !value.is_empty(),
            };
            known.then_some((*name, value))
        };
        Self { values: NAMES.iter().filter_map(kept).collect() }
    }

    pub(super) fn get(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    pub(super) fn is(&self, name: &str, value: &str) -> bool {
        self.get(name) == value
    }

    /// The query string with one value changed; an empty value leaves it out.
    pub(super) fn with(&self, name: &'static str, value: &str) -> String {
        let mut values = self.values.clone();
        values.insert(name, value.to_owned());
        let pairs = values.iter().filter(|(_, value)| !value.is_empty());
        pairs.map(|(name, value)| format!("{name}={}", web::encode(value))).collect::<Vec<_>>().join("&")
    }

    pub(super) fn query(&self) -> String {
        self.with("page", "")
    }

    pub(super) fn filter(&self, catalog: &Catalog, language: Language) -> ProductFilter {
        let some = |name: &str| Some(self.get(name)).filter(|value| !value.is_empty());
        let sort = self.get("sort").trim_start_matches('-');
        let sort = ProductSort::ALL.iter().find(|(code, _)| *code == sort).map(|(_, sort)| *sort);
        ProductFilter {
            ids: found(catalog, self.get("q"), language),
            categories: some("category").map(|code| below(catalog, code)),
            order_type: some("type").and_then(OrderType::parse),
            class: some("class").map(str::to_owned),
            is_active: match self.get("state") {
                "active" => Some(true),
                "retired" => Some(false),
                _ => None,
            },
            lacks_cost: self.is("state", "nocost"),
            is_out: self.is("state", "out"),
            sort: sort.unwrap_or_default(),
            descending: self.get("sort").starts_with('-'),
        }
    }
}

/// A head cell that sorts.
pub(super) struct Column {
    pub(super) label: String,
    pub(super) href: String,
    /// The value of `aria-sort`; empty when the list is not in this order.
    pub(super) order: &'static str,
    pub(super) is_number: bool,
}

/// A choice of a filter.
pub(super) struct Choice {
    pub(super) label: String,
    pub(super) href: String,
    pub(super) is_chosen: bool,
}

/// A row of the list.
pub(super) struct Line {
    pub(super) sku: String,
    pub(super) href: String,
    pub(super) name: String,
    pub(super) category: String,
    pub(super) order_type: String,
    pub(super) class: String,
    pub(super) stock: String,
    pub(super) unit: String,
    pub(super) is_out: bool,
    pub(super) cost: String,
    pub(super) currency: &'static str,
    pub(super) is_cost_estimated: bool,
    pub(super) lead_days: i64,
    pub(super) is_active: bool,
}

pub(super) fn line(row: &ProductRow, catalog: &Catalog, shell: &Shell) -> Line {
    let language = shell.visitor.locale.language();
    let name = catalog.product(row.id).map_or_else(|| row.name.clone(), |p| p.name.get(language).to_owned());
    let category = catalog.category(row.category).map(|category| category.name.get(language).to_owned());
    Line {
        sku: row.sku.to_string(),
        href: format!("/office/products/{}", web::encode(row.sku.as_str())),
        name,
        category: category.unwrap_or_default(),
        order_type: shell.t(&format!("product-order-type-{}", row.order_type.code())),
        class: row.seller.class.clone(),
        stock: shell.quantity(&row.stock),
        unit: shell.t(&format!("unit-{}", row.stock.unit().code())),
        is_out: row.stock.thousandths() <= 0,
        cost: row.seller.cost.map(|cost| shell.price(&cost)).unwrap_or_default(),
        currency: row.seller.cost.map_or("", |cost| cost.currency().code()),
        is_cost_estimated: row.seller.is_cost_estimated,
        lead_days: row.lead_days,
        is_active: row.is_active,
    }
}

const PATH: &str = "/office/products";

pub(super) fn columns(asked: &Asked, shell: &Shell) -> Vec<Column> {
    let present = if asked.get("sort").is_empty() { "sku" } else { asked.get("sort") };
    let column = |(code, sort): &(&'static str, ProductSort)| {
        let order = match present.strip_prefix('-') {
            Some(descending) if descending == *code => "descending",
            None if present == *code => "ascending",
            _ => "",
        };
        let next = if order == "ascending" { format!("-{code}") } else { (*code).to_owned() };
        Column {
            label: shell.t(&format!("products-column-{code}")),
            href: format!("{PATH}?{}", asked.with("sort", &next)),
            order,
            is_number: matches!(sort, ProductSort::Stock | ProductSort::Cost | ProductSort::LeadTime),
        }
    };
    ProductSort::ALL.iter().map(column).collect()
}

pub(super) fn states(asked: &Asked, shell: &Shell) -> Vec<Choice> {
    let choice = |code: &str| Choice {
        label: shell.t(&format!("products-state-{}", if code.is_empty() { "all" } else { code })),
        href: format!("{PATH}?{}", asked.with("state", code)),
        is_chosen: asked.is("state", code),
    };
    std::iter::once("").chain(STATES).map(choice).collect()
}

/// The filters that are on, each with the address without it.
pub(super) fn chips(asked: &Asked, catalog: &Catalog, shell: &Shell) -> Vec<Choice> {
    let language = shell.visitor.locale.language();
    let chip = |name: &'static str| {
        let value = asked.get(name);
        let label = match name {
            _ if value.is_empty() => return None,
            "category" => catalog.category_by_code(value).map(|c| c.name.get(language).to_owned())?,
            "type" => shell.t(&format!("product-order-type-{value}")),
            "class" => shell.ta("products-class", "class", value),
            _ => shell.ta("products-query", "query", value),
        };
        Some(Choice { label, href: format!("{PATH}?{}", asked.with(name, "")), is_chosen: true })
    };
    ["q", "category", "type", "class"].into_iter().filter_map(chip).collect()
}

pub(super) fn links(asked: &Asked, pager: &Pager) -> Vec<PageLink> {
    pager.links(PATH, &asked.query())
}
