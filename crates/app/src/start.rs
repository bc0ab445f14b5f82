//! From a configuration to a running application: database, caches, jobs.

use std::sync::Arc;

use db::Db;
use db::events::Bus;
use jobs::{Runner, Running};
use kernel::{Ctx, Fault, Ids, Outcome};
use negotiation_engine::Policy;
use parties::sessions::Sessions;
use web::{App, Clock};

use crate::configuration::Configuration;
use crate::shell::Shells;

/// A running application, without a server.
pub struct Started {
    /// The application.
    pub app: App,
    jobs: Running,
}

impl Started {
    /// Ends the jobs in hand, then the database.
    pub async fn stop(self) {
        self.jobs.stop().await;
        self.app.db().close().await;
    }
}

/// Opens the database, brings its schema up to date and starts everything that follows the event log.
///
/// # Errors
/// A fault that says what could not be opened and why.
pub async fn start(configuration: &Configuration, clock: Clock) -> Outcome<Started> {
    let db = open(configuration, &clock).await?;
    let bus = Bus::start(db.clone()).await?;
    let settings = configuration.merchant.clone();
    if settings.is_https() && settings.trusted_proxies.is_empty() {
        tracing::warn!(
            "merchant.trusted_proxies is empty: who comes by the proxy in front is one address to the limits on signing in"
        );
    }
    let ids = ids()?;

    let sessions = Sessions::new();
    sessions.follow(&bus);
    // Prices and products are most of what is read at the start; two tasks are nearly twice as quick on two cores.
    let (db_of_prices, bus_of_prices) = (db.clone(), bus.clone());
    let prices = tokio::spawn(async move { pricing::PriceBook::start(db_of_prices, &bus_of_prices).await });
    let catalog = catalog::Catalog::open(&db, Some(&configuration.index_folder())).await?;
    catalog.follow(&db, &bus);
    let prices = prices.await.map_err(|e| Fault::because("loading the prices", e))??;
    let buyers = pricing::Buyers::new(&settings)?;
    buyers.follow(&bus);
    let shells = Shells::new(&bus);

    let app = App::builder(db.clone(), bus, settings, clock.clone(), ids, sessions.clone(), shells)
        .with(sessions)
        .with(catalog)
        .with(prices)
        .with(results::tracking::follower::Follower::default())
        .with(buyers);
    let app = storefront::parts(app).build();
    storefront::follow(&app);
    results::tracking::follower::start(&app);
    let (ctx, zone) = (&app.system_ctx(), &i18n::time_zone(&app.settings().time_zone));
    app.write(|tx| async move {
        let groups = pricing::groups::all(&tx).await?;
        let groups = groups.iter().map(|group| group.code.as_str());
        parties::companies::actions::register(&tx, parties::companies::Word::PriceGroup, groups).await?;
        results::learning::jobs::schedule(&tx, ctx).await?;
        terms::profiles::jobs::schedule(&tx, ctx, zone).await
    })
    .await?;
    let post = post(configuration)?;
    let jobs = runner(&app, post, clock).start();
    Ok(Started { app, jobs })
}

/// Opens the database for work. An installation that is new gets the starter policy, by which prices are negotiated until
/// its people publish their own, and the usual working hours.
pub(crate) async fn open(configuration: &Configuration, clock: &Clock) -> Outcome<Db> {
    let db = migrated(configuration, clock).await?;
    let ctx = &Ctx::system(clock(), ids()?);
    let country = &kernel::Country::parse(&configuration.merchant.country).ok();
    db.write(|tx| async move {
        terms::policies::actions::setup(&tx, ctx, Policy::starter()).await?;
        negotiation::routing::actions::setup(&tx, ctx, country.clone()).await
    })
    .await?;
    Ok(db)
}

/// Opens the database, in a folder that is made when it is not there, and brings its schema up to date.
pub(crate) async fn migrated(configuration: &Configuration, clock: &Clock) -> Outcome<Db> {
    std::fs::create_dir_all(&configuration.data)
        .map_err(|e| Fault::because(format!("making the data folder {}", configuration.data.display()), e))?;
    let db = Db::open(&configuration.database_url()).await?;
    db.migrate(&crate::migrations(), clock()).await?;
    Ok(db)
}

/// A source of ids, seeded by the machine's randomness; also for commands that run without an application.
pub(crate) fn ids() -> Result<Ids, Fault> {
    let mut seed = [0_u8; 8];
    getrandom::fill(&mut seed).map_err(|e| Fault::new(format!("taking randomness: {e}")))?;
    Ok(Ids::seeded(u64::from_le_bytes(seed)))
}

fn post(configuration: &Configuration) -> Outcome<Arc<mail::Post>> {
    let merchant = &configuration.merchant;
    let email = kernel::Email::parse(&merchant.email)
        .map_err(|_| Fault::new(format!("merchant.email {:?} is no e-mail address", merchant.email)))?;
    let sender = mail::Sender { name: merchant.name.clone(), email };
    let imprint = std::iter::once(merchant.name.clone()).chain(merchant.address.clone()).collect();
    let brand = mail::Brand { name: merchant.name.clone(), url: merchant.base_url.clone(), imprint, logo_url: None };
    let templates = mail::Templates::new(configuration.theme.as_deref(), brand);
    Ok(Arc::new(mail::Post { templates, mailer: mail::Mailer::open(&configuration.mail_setting(), sender)? }))
}

fn runner(app: &App, post: Arc<mail::Post>, clock: Clock) -> Runner {
    let runner = Runner::new(app.db().clone(), clock).on_with(mail::JOB, &post, |post, job| async move {
        let outgoing: mail::Outgoing = job.read()?;
        post.deliver(&outgoing, job.now, &job.id.to_string()).await
    });
    let each = [
        parties::handlers,
        terms::handlers,
        price_lists::handlers,
        negotiation::handlers,
        desk::handlers,
        ordering::handlers,
        results::handlers,
    ];
    each.into_iter().fold(runner, |runner, handlers| handlers(runner, app))
}
