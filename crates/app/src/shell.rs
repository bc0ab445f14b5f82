//! What stands around every page: categories, cart, deals, the rep. Counted once per person and remembered until
//! something happens in the person's company. Whoever has just changed something reads their own change, so nothing remembered
//! is believed before the events of everything committed are known here.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, RwLock};

use db::Db;
use db::events::Bus;
use i18n::Language;
use kernel::{CompanyId, Outcome, Permission, UserId};
use web::{App, BoxFuture, NavLink, ShellData, ShellSource, Visitor};

/// By person: whose company, and what was counted.
type Counted = HashMap<UserId, (Option<CompanyId>, ShellData)>;

/// Fills the shell.
#[derive(Clone)]
pub(crate) struct Shells {
    counted: Arc<RwLock<Counted>>,
    bus: Bus,
    /// Events that were looked at.
    seen: Arc<AtomicU64>,
}

impl Shells {
    pub(crate) fn new(bus: &Bus) -> Self {
        let shells = Self { counted: Arc::default(), bus: bus.clone(), seen: Arc::default() };
        let (mine, mut events) = (shells.clone(), bus.subscribe());
        tokio::spawn(async move {
            loop {
                match events.recv().await {
                    // Staff see counts over all companies, so any event may change theirs.
                    Ok(event) => {
                        mine.forget(|company| company.is_none() || event.company.is_none() || company == event.company);
                        mine.seen.fetch_add(1, Ordering::SeqCst);
                    }
                    Err(tokio::sync::broadcast::error::RecvError::Lagged(missed)) => {
                        mine.forget(|_| true);
                        mine.seen.fetch_add(missed, Ordering::SeqCst);
                    }
                    Err(tokio::sync::broadcast::error::RecvError::Closed) => break,
                }
            }
        });
        shells
    }

    fn forget(&self, which: impl Fn(Option<CompanyId>) -> bool) {
        let mut counted = self.counted.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        counted.retain(|_, (company, _)| !which(*company));
    }

    fn known(&self, db: &Db, person: UserId) -> Option<ShellData> {
        self.bus.given(db).filter(|given| self.seen.load(Ordering::SeqCst) >= *given)?;
        let counted = self.counted.read().unwrap_or_else(std::sync::PoisonError::into_inner);
        counted.get(&person).map(|(_, data)| data.clone())
    }

    async fn count(&self, app: &App, visitor: &Visitor, person: UserId) -> Outcome<ShellData> {
        let mut data = ShellData::default();
        let actor = &visitor.actor;
        let tx = app.db().read().await?;
        if let Some(company) = actor.company {
            data.cart_lines = buying::carts::queries::line_count(&tx, actor).await?;
            data.deals_waiting = negotiation::negotiations::queries::waiting_for_buyer(&tx, company, app.now()).await?;
            let buyer = app.part::<pricing::Buyers>().get_in(&tx, company).await?;
            if let Some(rep) = buyer.company.rep
                && let Some(rep) = parties::people::queries::member(&tx, rep).await?
            {
                data.rep = Some((rep.name, rep.email.to_string()));
            }
        }
        if actor.may(Permission::UseDesk) {
            data.desk_waiting = desk::cases::queries::waiting_count(&tx, person).await?;
        }
        let mut counted = self.counted.write().unwrap_or_else(std::sync::PoisonError::into_inner);
        counted.insert(person, (actor.company, data.clone()));
        Ok(data)
    }
}

fn categories(app: &App, language: Language) -> Vec<NavLink> {
    let roots = app.part::<catalog::Catalog>().roots();
    roots.iter().map(|c| NavLink { label: c.name.get(language).to_owned(), href: format!("/c/{}", c.code) }).collect()
}

impl ShellSource for Shells {
    fn load<'a>(&'a self, app: &'a App, visitor: &'a Visitor) -> BoxFuture<'a, Outcome<ShellData>> {
        Box::pin(async move {
            let mut data = match visitor.actor.user {
                None => ShellData::default(),
                Some(person) => match self.known(app.db(), person) {
                    Some(data) => data,
                    None => self.count(app, visitor, person).await?,
                },
            };
            data.categories = categories(app, visitor.locale.language());
            Ok(data)
        })
    }
}
