//! The application state that handlers get.

mod provided;

pub use provided::{Authenticate, NavLink, ShellData, ShellSource};

use std::any::{Any, TypeId, type_name};
use std::collections::HashMap;
use std::sync::Arc;

use db::events::Bus;
use db::{Db, WriteTx};
use kernel::{Ctx, Date, Ids, Instant, Outcome, TimeZone};

use crate::{Credential, Person, Settings, Visitor};

/// Tells the time. The only place where it comes from.
pub type Clock = Arc<dyn Fn() -> Instant + Send + Sync>;

/// The application: database, settings, clock, and the parts that slices add (caches, index, mailer). Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    db: Db,
    bus: Bus,
    settings: Settings,
    zone: TimeZone,
    clock: Clock,
    ids: Ids,
    parts: HashMap<TypeId, Box<dyn Any + Send + Sync>>,
    authenticate: Box<dyn Authenticate>,
    shell: Box<dyn ShellSource>,
}

/// Collects the parts of an [`App`] at start-up.
pub struct AppBuilder {
    inner: Inner,
}

impl App {
    /// Begins with what every installation has.
    pub fn builder(
        db: Db,
        bus: Bus,
        settings: Settings,
        clock: Clock,
        ids: Ids,
        authenticate: impl Authenticate + 'static,
        shell: impl ShellSource + 'static,
    ) -> AppBuilder {
        let (authenticate, shell) = (Box::new(authenticate), Box::new(shell));
        AppBuilder {
            inner: Inner {
                db,
                bus,
                zone: i18n::time_zone(&settings.time_zone),
                settings,
                clock,
                ids,
                parts: HashMap::new(),
                authenticate,
                shell,
            },
        }
    }

    /// The database.
    pub fn db(&self) -> &Db {
        &self.0.db
    }

    /// The event log of this process and others, as it grows.
    pub fn bus(&self) -> &Bus {
        &self.0.bus
    }

    /// The merchant's settings.
    pub fn settings(&self) -> &Settings {
        &self.0.settings
    }

    /// The time.
    pub fn now(&self) -> Instant {
        (self.0.clock)()
    }

    /// Where ids come from.
    pub fn ids(&self) -> &Ids {
        &self.0.ids
    }

    /// A part that a slice added at start-up.
    ///
    /// # Panics
    /// When it was not added: a bug of the start-up, found by the first request of any test.
    pub fn part<T: Any + Send + Sync>(&self) -> &T {
        let part = self.0.parts.get(&TypeId::of::<T>()).and_then(|part| part.downcast_ref());
        part.unwrap_or_else(|| panic!("the application was started without {}", type_name::<T>()))
    }

    /// The merchant's calendar day, by which prices are valid; see [`Ctx::today`].
    pub fn today(&self) -> Date {
        self.now().date_in(&self.0.zone)
    }

    /// The circumstances of a command of `visitor`, now.
    pub fn ctx(&self, visitor: &Visitor) -> Ctx {
        Ctx {
            actor: visitor.actor.clone(),
            now: self.now(),
            ids: self.0.ids.clone(),
            request_id: visitor.request_id,
            zone: self.0.zone.clone(),
        }
    }

    /// The circumstances of a command of the system itself, now.
    pub fn system_ctx(&self) -> Ctx {
        Ctx::system(self.now(), self.0.ids.clone()).in_zone(self.0.zone.clone())
    }

    /// Runs one command in one transaction; see [`Db::write`].
    ///
    /// # Errors
    /// What the command returns.
    pub async fn write<T, F, Fut>(&self, command: F) -> Outcome<T>
    where
        F: Fn(WriteTx) -> Fut,
        Fut: Future<Output = Outcome<T>> + Send,
    {
        self.0.db.write(command).await
    }

    /// The person behind what a request brought along; `None` for guests.
    pub(crate) async fn person(&self, credential: Option<&Credential>) -> Outcome<Option<Person>> {
        match credential {
            Some(credential) => self.0.authenticate.authenticate(self, credential).await,
            None => Ok(None),
        }
    }

    pub(crate) fn shell_source(&self) -> &dyn ShellSource {
        &*self.0.shell
    }
}

impl AppBuilder {
    /// Adds a part, found again by its type.
    #[must_use]
    pub fn with<T: Any + Send + Sync>(mut self, part: T) -> Self {
        self.inner.parts.insert(TypeId::of::<T>(), Box::new(part));
        self
    }

    /// The finished application.
    pub fn build(self) -> App {
        App(Arc::new(self.inner))
    }
}
