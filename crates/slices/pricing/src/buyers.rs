//! What prices and taxes of a company depend on, remembered between requests.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

use db::events::Bus;
use db::{Db, ReadTx};
use kernel::{CompanyId, Country, Failure, Fault, Outcome, Rate};
use parties::companies::{self, Company};
use pricing_engine::tax::{self, Journey, Proof, Ruling, Seat, TaxRule};
use tokio::sync::broadcast::error::RecvError;
use web::Settings;

use crate::PriceBuyer;

/// A company with what follows from its master data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Buyer {
    /// The company.
    pub company: Company,
    /// For whom its prices are asked.
    pub price: PriceBuyer,
    /// The tax on goods that are sent to its own country.
    pub tax: TaxRule,
    /// Where the merchant is.
    pub seat: Seat,
}

impl Buyer {
    /// The tax on goods that go this way.
    pub fn tax_to(&self, journey: &Journey) -> Ruling {
        tax::rule(&self.seat, journey, proof(&self.company))
    }
}

fn proof(company: &Company) -> Proof<'_> {
    match (&company.vat_id, company.vat_confirmed_on) {
        (None, _) => Proof::Missing,
        (Some(id), None) => Proof::Given(id),
        (Some(id), Some(_)) => Proof::Confirmed(id),
    }
}

/// The buyers, part of the application: read once, forgotten when their company changes. Cheap to clone.
#[derive(Debug, Clone)]
pub struct Buyers(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    seat: Seat,
    known: RwLock<Known>,
}

#[derive(Debug, Default)]
struct Known {
    /// Counts what was forgotten: what was read before is not kept after.
    generation: u64,
    buyers: HashMap<CompanyId, Arc<Buyer>>,
}

impl Buyers {
    /// Nobody known yet.
    ///
    /// # Errors
    /// A fault naming the setting of country or tax that does not read.
    pub fn new(settings: &Settings) -> Outcome<Self> {
        let wrong = |what: &str, value: &str| Fault::new(format!("the setting {what} = {value:?} is not valid"));
        let country = Country::parse(&settings.country).map_err(|_| wrong("country", &settings.country))?;
        let rate =
            Rate::parse_percent(&settings.vat_percent).map_err(|_| wrong("vat_percent", &settings.vat_percent))?;
        Ok(Self(Arc::new(Inner { seat: Seat { country, rate }, known: RwLock::default() })))
    }

    /// The tax on goods that are sent to a company's own country. Where an order goes is known when it is placed
    /// ([`Buyer::tax_to`]).
    pub fn tax(&self, company: &Company) -> TaxRule {
        tax::rule(&self.0.seat, &Journey::to(&company.country), proof(company)).rule
    }

    /// The tax that guests are shown: what is charged at home.
    pub fn guest_tax(&self) -> TaxRule {
        tax::rule(&self.0.seat, &Journey::to(&self.0.seat.country), Proof::Missing).rule
    }

    /// The buyer for a company, from memory or else from the database.
    ///
    /// # Errors
    /// Not found; a fault when the database fails.
    pub async fn get(&self, db: &Db, company: CompanyId) -> Outcome<Arc<Buyer>> {
        match self.remembered(company) {
            (Some(buyer), _) => Ok(buyer),
            (None, generation) => self.read(&db.read().await?, company, generation).await,
        }
    }

    /// The same with a connection that is already there.
    ///
    /// # Errors
    /// As [`Self::get`].
    pub async fn get_in(&self, tx: &ReadTx, company: CompanyId) -> Outcome<Arc<Buyer>> {
        match self.remembered(company) {
            (Some(buyer), _) => Ok(buyer),
            (None, generation) => self.read(tx, company, generation).await,
        }
    }

    fn remembered(&self, company: CompanyId) -> (Option<Arc<Buyer>>, u64) {
        let known = self.0.known.read().unwrap_or_else(PoisonError::into_inner);
        (known.buyers.get(&company).cloned(), known.generation)
    }

    async fn read(&self, tx: &ReadTx, id: CompanyId, generation: u64) -> Outcome<Arc<Buyer>> {
        let company = companies::queries::company(tx, id).await?.ok_or(Failure::NotFound)?;
        let (price, tax, seat) = (PriceBuyer::of(&company), self.tax(&company), self.0.seat.clone());
        let buyer = Arc::new(Buyer { price, tax, seat, company });
        let mut known = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        if known.generation == generation {
            known.buyers.insert(id, Arc::clone(&buyer));
        }
        Ok(buyer)
    }

    /// Forgets a company, or all.
    fn forget(&self, company: Option<CompanyId>) {
        let mut known = self.0.known.write().unwrap_or_else(PoisonError::into_inner);
        known.generation += 1;
        match company {
            Some(company) => drop(known.buyers.remove(&company)),
            None => known.buyers.clear(),
        }
    }

    /// Follows the event log from now on.
    pub fn follow(&self, bus: &Bus) {
        let (buyers, mut events) = (self.clone(), bus.subscribe());
        tokio::spawn(async move {
            loop {
                match events.recv().await {
                    Ok(event) if event.kind.starts_with("company.") => buyers.forget(CompanyId::parse(&event.subject)),
                    Ok(_) => {}
                    Err(RecvError::Lagged(_)) => buyers.forget(None),
                    Err(RecvError::Closed) => break,
                }
            }
        });
    }
}
