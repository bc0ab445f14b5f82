//! A small company in a running program: the same application that `kontor serve` starts, in this process, on a fresh
//! database and a free port, with a clock that the test moves.
//!
//! A world is used without `async`, as a person uses the program; it brings its own runtime.

use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, AtomicU32, Ordering};

use db::testing::TestDb;
use db::{Db, Engine};
use demo_data::{DemoCompany, ListScope};
use kernel::{Ctx, Ids, Instant, Role};
use kontor::configuration::Configuration;
use kontor::{Server, Started};
use serde_json::json;
use tokio::runtime::Runtime;

use crate::api::Api;
use crate::client::Client;

/// When worlds begin: a Monday morning.
const BEGIN: &str = "2026-11-23T09:00:00Z";
/// The seed of the demo company and of ids.
const SEED: u64 = 1_912;
/// Of the demo's products each so manieth is there, and the one of the textbook case.
const EVERY: usize = 40;

/// A running program.
pub struct World {
    /// Where it serves.
    pub base: String,
    /// The URL of its database.
    pub url: String,
    /// What it holds, by the demo's own keys.
    pub demo: DemoCompany,
    db: Db,
    engine: Engine,
    clock: Arc<AtomicI64>,
    data: PathBuf,
    running: Option<(Server, Started, TestDb)>,
    runtime: Runtime,
}

/// Runs a story on SQLite and, when a server is named, on PostgreSQL.
pub fn on_both(story: impl Fn(&World)) {
    on_both_holding(small, story);
}

/// The same in worlds that hold something else.
pub fn on_both_holding(made: impl Fn(Instant) -> DemoCompany + Copy, story: impl Fn(&World)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        if let Some(world) = World::holding(engine, made) {
            eprintln!("on {engine:?}");
            story(&world);
        }
    }
}

/// The whole demo company: all its customers, products and past.
pub fn whole(begin: Instant) -> DemoCompany {
    demo_data::generate(SEED, begin.date())
}

/// Two customers and some hundred products of the demo company, without its past negotiations.
pub fn small(begin: Instant) -> DemoCompany {
    let mut demo = whole(begin);
    demo.negotiations.clear();
    narrowed(demo, 2)
}

/// So many customers of the demo company with what they negotiated, and some hundred products.
pub fn with_past(begin: Instant, customers: usize) -> DemoCompany {
    narrowed(whole(begin), customers)
}

/// Products that were asked for stay.
fn narrowed(mut demo: DemoCompany, customers: usize) -> DemoCompany {
    let story = demo.story.clone();
    let mut others = 0;
    demo.companies.retain(|company| {
        others += usize::from(company.number != story.company);
        company.number == story.company || others < customers
    });
    let kept: HashSet<&str> = demo.companies.iter().map(|c| c.number).collect();
    demo.negotiations.retain(|past| kept.contains(past.case.company));
    let asked: HashSet<String> = demo.negotiations.iter().map(|past| past.case.sku.to_string()).collect();
    let mut place = 0;
    demo.products.retain(|product| {
        place += 1;
        place % EVERY == 0 || product.sku == story.sku || asked.contains(product.sku.as_str())
    });
    let skus: HashSet<String> = demo.products.iter().map(|p| p.sku.to_string()).collect();
    let numbers: HashSet<&str> = demo.companies.iter().map(|c| c.number).collect();
    demo.price_lists.retain(|list| match &list.scope {
        ListScope::General | ListScope::Group(_) => true,
        ListScope::Company(number) | ListScope::Contract { company: number, .. } => numbers.contains(number),
    });
    for list in &mut demo.price_lists {
        list.entries.retain(|entry| skus.contains(entry.sku.as_str()));
    }
    demo.relations.retain(|relation| skus.contains(relation.of.as_str()) && skus.contains(relation.other.as_str()));
    demo.open_negotiations.clear();
    demo
}

impl World {
    /// Starts one; `None` when there is no such database here.
    ///
    /// # Panics
    /// When the program does not start.
    pub fn start(engine: Engine) -> Option<Self> {
        Self::holding(engine, small)
    }

    /// Starts one that holds what is made for its beginning; `None` when there is no such database here.
    ///
    /// # Panics
    /// When the program does not start.
    pub fn holding(engine: Engine, made: impl Fn(Instant) -> DemoCompany) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
        let begin = Instant::parse(BEGIN).expect("a moment");
        let clock = Arc::new(AtomicI64::new(begin.micros()));
        let count = COUNT.fetch_add(1, Ordering::Relaxed);
        let data = std::env::temp_dir().join(format!("kontor-world-{}-{count}", std::process::id()));
        let demo = made(begin);
        let running = runtime.block_on(async {
            let migrations = kontor::migrations();
            let test = match engine {
                Engine::Sqlite => TestDb::sqlite(&migrations).await,
                Engine::Postgres => TestDb::postgres(&migrations).await?,
            };
            let ctx = Ctx::system(begin, Ids::seeded(SEED));
            kontor::demo::create(&test.db, &demo, &ctx).await.expect("the small company is written");
            let mut configuration =
                Configuration { database: test.url.clone(), data: data.clone(), ..Configuration::default() };
            // Tests say by the header of a proxy from where somebody calls.
            configuration.merchant.trusted_proxies = web::Proxies::parse("127.0.0.1").expect("an address");
            let told = clock.clone();
            let clock: web::Clock = Arc::new(move || Instant::from_micros(told.load(Ordering::Relaxed)));
            let started = kontor::start(&configuration, clock).await.expect("the program starts");
            let server = kontor::serve(started.app.clone(), "127.0.0.1:0", "").await.expect("it serves");
            Some((server, started, test))
        })?;
        let (base, db) = (format!("http://{}", running.0.address), running.2.db.clone());
        let url = running.2.url.clone();
        Some(Self { base, url, demo, db, engine, clock, data, running: Some(running), runtime })
    }

    /// Which database it runs on.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// A browser of somebody who is not signed in.
    pub fn guest(&self) -> Client {
        Client::new(&self.base)
    }

    /// A browser in which this person is signed in.
    ///
    /// # Panics
    /// When the person may not sign in.
    #[track_caller]
    pub fn sign_in(&self, email: &str) -> Client {
        let client = self.guest();
        let answer =
            client.post_once("/sign-in", &[("email", email), ("password", kontor::demo::PASSWORD), ("next", "/")]);
        assert_eq!(answer.status, 303, "{email} signs in: {}", answer.body);
        client
    }

    /// A program that acts for this person.
    ///
    /// # Panics
    /// When the person may not sign in.
    #[track_caller]
    pub fn api(&self, email: &str) -> Api {
        let api = Api::new(&self.base);
        let session = api.call("open_session", json!({ "email": email, "password": kontor::demo::PASSWORD }));
        let token = session["token"].as_str().expect("a session has a token").to_owned();
        api.with_token(&token)
    }

    /// The token of a program that acts for this person.
    ///
    /// # Panics
    /// When the person may not sign in.
    #[track_caller]
    pub fn token(&self, email: &str) -> String {
        let body = json!({ "email": email, "password": kontor::demo::PASSWORD }).to_string();
        let answer = self.guest().send("POST", "/api/v1/sessions", &[("content-type", "application/json")], &body);
        assert_eq!(answer.status, 201, "{email} signs in: {}", answer.body);
        let session: serde_json::Value = serde_json::from_str(&answer.body).expect("a session is JSON");
        session["token"].as_str().expect("a session has a token").to_owned()
    }

    /// The buyer of the textbook case.
    pub fn buyer(&self) -> String {
        self.demo.story.buyer.to_string()
    }

    /// Somebody of the other customer.
    pub fn stranger(&self) -> String {
        let other =
            self.demo.companies.iter().find(|c| c.number != self.demo.story.company).expect("there are two customers");
        other.users[0].email.to_string()
    }

    /// One of the merchant's people with this role.
    pub fn staff(&self, role: Role) -> String {
        let of_role = self.demo.staff.iter().find(|s| s.role == role);
        of_role.unwrap_or_else(|| panic!("nobody is {role:?}")).email.to_string()
    }

    /// Lets time pass.
    pub fn pass(&self, micros: i64) {
        self.clock.fetch_add(micros, Ordering::Relaxed);
    }

    /// The time in this world.
    pub fn now(&self) -> Instant {
        Instant::from_micros(self.clock.load(Ordering::Relaxed))
    }

    /// How many things people have done: the same number before and after means that nobody changed anything. What jobs do in
    /// the meantime does not count.
    pub fn events(&self) -> i64 {
        self.number("SELECT COUNT(*) AS n FROM event WHERE user_id IS NOT NULL")
    }

    /// The number `n` of a statement.
    ///
    /// # Panics
    /// When the statement fails.
    pub fn number(&self, sql: &'static str) -> i64 {
        let read = async { self.db.read().await?.one(sql, Vec::new()).await?.get("n") };
        self.runtime.block_on(read).unwrap_or_else(|e: kernel::Fault| panic!("{sql}: {e}"))
    }

    /// The text `value` of a statement with one parameter; `None` when it gives none.
    ///
    /// # Panics
    /// When the statement fails.
    pub fn text(&self, sql: &'static str, parameter: &str) -> Option<String> {
        let read = async {
            let row = self.db.read().await?.optional(sql, db::params![parameter]).await?;
            Ok(row.map(|row| row.get::<Option<String>>("value")).transpose()?.flatten())
        };
        self.runtime.block_on(read).unwrap_or_else(|e: kernel::Fault| panic!("{sql}: {e}"))
    }

    /// The mails sent so far, oldest first, as text.
    pub fn mails(&self) -> Vec<String> {
        let folder = std::fs::read_dir(self.data.join("mail")).into_iter().flatten().flatten();
        let mut files: Vec<PathBuf> = folder.map(|entry| entry.path()).filter(|path| path.is_file()).collect();
        files.sort();
        files.iter().filter_map(|path| std::fs::read_to_string(path).ok()).collect()
    }
}

impl Drop for World {
    fn drop(&mut self) {
        if let Some((server, started, test)) = self.running.take() {
            self.runtime.block_on(async {
                server.stop().await;
                started.stop().await;
                test.remove().await;
            });
        }
        let _ = std::fs::remove_dir_all(&self.data);
    }
}
