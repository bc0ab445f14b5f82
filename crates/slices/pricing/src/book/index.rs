//! Which lists hold for whom.

use std::collections::HashMap;
use std::sync::Arc;

use kernel::{CompanyId, PriceListId, ProductId};

use super::list::BookList;
use crate::PriceBuyer;
use crate::lists::ListScope;

/// The lists of the book, found by whom they hold for. A clone shares the lists.
#[derive(Debug, Clone, Default)]
pub(super) struct Index {
    /// Products are numbered in the order in which they are met; numbers are never given twice.
    numbers: Arc<HashMap<ProductId, u32>>,
    lists: HashMap<PriceListId, (ListScope, Arc<BookList>)>,
    general: Vec<Arc<BookList>>,
    groups: HashMap<String, Vec<Arc<BookList>>>,
    companies: HashMap<CompanyId, Vec<Arc<BookList>>>,
}

impl Index {
    pub(super) fn number(&self, product: ProductId) -> Option<u32> {
        self.numbers.get(&product).copied()
    }

    pub(super) fn number_for(&mut self, product: ProductId) -> u32 {
        if let Some(number) = self.number(product) {
            return number;
        }
        let numbers = Arc::make_mut(&mut self.numbers);
        let number = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        numbers.insert(product, number);
        number
    }

    pub(super) fn list(&self, id: PriceListId) -> Option<&Arc<BookList>> {
        self.lists.get(&id).map(|(_, list)| list)
    }

    pub(super) fn size(&self) -> (usize, usize) {
        (self.lists.len(), self.lists.values().map(|(_, list)| list.steps()).sum())
    }

    /// Calls `visit` with every list that holds for the buyer.
    pub(super) fn lists_of<'a>(&'a self, buyer: &PriceBuyer, mut visit: impl FnMut(&'a BookList)) {
        let group = buyer.price_group.as_ref().and_then(|group| self.groups.get(group));
        let company = buyer.company.as_ref().and_then(|company| self.companies.get(company));
        for list in company.into_iter().chain(group).chain([&self.general]).flatten() {
            visit(list);
        }
    }

    pub(super) fn remove(&mut self, id: PriceListId) {
        let Some((scope, _)) = self.lists.remove(&id) else { return };
        self.place(&scope).retain(|list| list.id() != id);
    }

    /// Puts a list in, in place of an older state of it.
    pub(super) fn put(&mut self, scope: ListScope, list: BookList) {
        self.remove(list.id());
        let list = Arc::new(list);
        self.place(&scope).push(Arc::clone(&list));
        self.lists.insert(list.id(), (scope, list));
    }

    fn place(&mut self, scope: &ListScope) -> &mut Vec<Arc<BookList>> {
        match scope {
            ListScope::General => &mut self.general,
            ListScope::Group(group) => self.groups.entry(group.clone()).or_default(),
            ListScope::Company(company) | ListScope::Contract { company, .. } => {
                self.companies.entry(*company).or_default()
            }
        }
    }
}
