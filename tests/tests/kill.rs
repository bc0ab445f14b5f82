//! `kill -9` in the middle of a thousand orders: what was confirmed is there once, nothing is there twice.
//!
//! Eight buyers order through the JSON API of a real `kontor` process, each order with its own key. The process is killed
//! at moments that come from a seed (printed; `KONTOR_TEST_SEED` repeats it) and started again on the same data. Whatever
//! was not confirmed is submitted again with the same key, as a client would.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread::sleep;
use std::time::{Duration, Instant};

use db::testing::TestDb;
use db::{Db, Engine};
use demo_data::{DemoCompany, ListScope};
use kernel::{Ctx, Email, Ids, Role};
use kontor_tests::process::{Folder, Running, agent, free_address, program};
use kontor_tests::world;
use serde_json::{Value, json};

const BUYERS: u32 = 8;
const ORDERS_EACH: u32 = 125;
const ORDERS: u32 = BUYERS * ORDERS_EACH;
/// How often the process is killed, each time in its own stretch of the whole.
const KILLS: u32 = 3;
/// Longer than a machine that does ten things at once has ever taken.
const PATIENCE: Duration = Duration::from_secs(300);

const NUMBERS: &str = "SELECT number AS value FROM purchase_order WHERE source = 'api' ORDER BY number";
const SUM_OF_ORDERS: &str = "SELECT CAST(SUM(net_minor) AS BIGINT) AS n FROM purchase_order WHERE source = 'api'";
const SUM_OF_LINES: &str = "SELECT CAST(SUM(l.net_minor) AS BIGINT) AS n FROM order_line l
    JOIN purchase_order o ON o.id = l.order_id WHERE o.source = 'api'";
const SUM_OF_PURCHASES: &str = "SELECT CAST(SUM(p.net_minor) AS BIGINT) AS n FROM purchase p
    JOIN purchase_order o ON o.number = p.order_number WHERE o.source = 'api'";
const LINES: &str = "SELECT COUNT(*) AS n FROM order_line l
    JOIN purchase_order o ON o.id = l.order_id WHERE o.source = 'api'";
const PURCHASES: &str = "SELECT COUNT(*) AS n FROM purchase p
    JOIN purchase_order o ON o.number = p.order_number WHERE o.source = 'api'";
const PLACED: &str = "SELECT COUNT(*) AS n FROM event WHERE kind = 'order.placed'";

#[test]
fn confirmed_orders_survive_a_kill_on_sqlite() {
    killed(Engine::Sqlite);
}

#[test]
fn confirmed_orders_survive_a_kill_on_postgres() {
    killed(Engine::Postgres);
}

fn killed(engine: Engine) {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let demo = demo();
    let test = runtime.block_on(async {
        let migrations = kontor::migrations();
        let test = match engine {
            Engine::Sqlite => TestDb::sqlite(&migrations).await,
            Engine::Postgres => TestDb::postgres(&migrations).await?,
        };
        let ctx = Ctx::system(kontor::system_clock()(), Ids::seeded(1));
        kontor::demo::create(&test.db, &demo, &ctx).await.expect("the company is written");
        Some(test)
    });
    let Some(test) = test else { return };
    let mut random = Random::seeded();
    eprintln!("{engine:?}, seed {}", random.seed);
    let data = Folder::new(&format!("kill-{engine:?}"));
    let address = free_address();
    let mut server = serve(&address, &test.url, data.path());
    let run = Run { base: format!("http://{address}"), ..Run::default() };
    let items = items(&demo);
    std::thread::scope(|scope| {
        // A panic anywhere must end everybody, or the others would wait for a server that nobody starts again.
        let run = &run;
        let _ended = Ended(&run.is_over);
        for (buyer, number) in demo.companies[0].users.iter().zip(0..BUYERS) {
            let items = &items;
            scope.spawn(move || {
                let _ended = EndedByPanic(&run.is_over);
                run.buy(buyer.email.as_str(), number, items);
            });
        }
        for kill in 0..KILLS {
            let stretch = ORDERS / (KILLS + 1);
            let moment = kill * stretch + stretch / 2 + random.below(stretch);
            run.wait(|| run.confirmed_count() >= moment);
            sleep(Duration::from_micros(u64::from(random.below(20_000))));
            server.kill();
            let stored = runtime.block_on(texts(&test.db, NUMBERS)).len();
            eprintln!("killed: {stored} orders stored, {} confirmed", run.confirmed_count());
            server = serve(&address, &test.url, data.path());
        }
        run.wait(|| run.confirmed_count() == ORDERS);
    });
    server.kill();
    eprintln!("{} submissions were broken off and repeated", run.repeated.load(Ordering::Relaxed));
    runtime.block_on(check(&test.db, &run.confirmed.into_inner().unwrap_or_else(PoisonError::into_inner)));
    runtime.block_on(test.remove());
}

fn serve(address: &str, url: &str, data: &Path) -> Running {
    let mut command = Command::new(program());
    command.args(["serve", "--listen", address, "--database", url, "--log", "text", "--data"]).arg(data);
    let mut server = Running::start(&mut command);
    server.wait_until_ready(address, PATIENCE);
    server
}

/// Every order that was confirmed is there once, and everything that belongs to it.
async fn check(db: &Db, confirmed: &BTreeMap<String, String>) {
    assert_eq!(confirmed.len(), 1_000, "every submission was confirmed in the end");
    let mut told: Vec<&str> = confirmed.values().map(String::as_str).collect();
    told.sort_unstable();
    let stored = texts(db, NUMBERS).await;
    assert_eq!(told, stored, "what was confirmed is what is stored, each once");
    let numbers: Vec<u32> = stored.iter().map(|number| number_of(number)).collect();
    let gap = numbers.windows(2).find(|pair| pair[1] != pair[0] + 1);
    assert_eq!(gap, None, "numbers have no gaps");
    let sum = number(db, SUM_OF_ORDERS).await;
    assert!(sum > 0);
    assert_eq!(number(db, SUM_OF_LINES).await, sum, "lines sum up to orders");
    assert_eq!(number(db, SUM_OF_PURCHASES).await, sum, "purchases sum up to orders");
    assert_eq!(number(db, LINES).await, number(db, PURCHASES).await, "a purchase for each line");
    assert_eq!(number(db, PLACED).await, i64::from(ORDERS), "every order was told once");
}

fn number_of(text: &str) -> u32 {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    digits.parse().unwrap_or_else(|_| panic!("{text} is no order number"))
}

async fn number(db: &Db, sql: &'static str) -> i64 {
    let tx = db.read().await.expect("the database can be read");
    tx.one(sql, Vec::new()).await.and_then(|row| row.get("n")).unwrap_or_else(|e| panic!("{sql}: {e}"))
}

async fn texts(db: &Db, sql: &'static str) -> Vec<String> {
    let tx = db.read().await.expect("the database can be read");
    let rows = tx.all(sql, Vec::new()).await.unwrap_or_else(|e| panic!("{sql}: {e:?}"));
    rows.iter().map(|row| row.get("value").expect("a text")).collect()
}

/// One customer with eight buyers.
fn demo() -> DemoCompany {
    let mut demo = world::small(kontor::system_clock()());
    let story = demo.story.company;
    demo.companies.retain(|company| company.number == story);
    demo.price_lists.retain(|list| match &list.scope {
        ListScope::General | ListScope::Group(_) => true,
        ListScope::Company(number) | ListScope::Contract { company: number, .. } => *number == story,
    });
    let users = &mut demo.companies[0].users;
    let template = users[0].clone();
    for number in 0..BUYERS {
        let email = Email::parse(&format!("buyer-{number}@orders.example")).expect("an address");
        let mut buyer = template.clone();
        (buyer.email, buyer.role) = (email, Role::Buyer);
        users.insert(0, buyer);
    }
    demo
}

/// Three products that everybody has a price for, each with its smallest quantity.
fn items(demo: &DemoCompany) -> Vec<(String, String)> {
    let currency = demo.companies[0].currency;
    let general =
        demo.price_lists.iter().find(|list| matches!(list.scope, ListScope::General) && list.currency == currency);
    let general = general.expect("there is a general price list");
    let priced = |sku: &str| general.entries.iter().any(|entry| entry.sku.as_str() == sku);
    let products = demo.products.iter().filter(|p| priced(p.sku.as_str()));
    let smallest = |p: &demo_data::Product| kernel::Quantity::new(p.packing.minimum, p.packing.unit).to_decimal();
    let all: Vec<_> = products.map(|p| (p.sku.to_string(), smallest(p))).take(3).collect();
    assert_eq!(all.len(), 3);
    all
}

/// What the buyers share.
#[derive(Default)]
struct Run {
    base: String,
    /// Order numbers by key.
    confirmed: Mutex<BTreeMap<String, String>>,
    repeated: AtomicU32,
    is_over: AtomicBool,
}

impl Run {
    fn confirmed_count(&self) -> u32 {
        u32::try_from(self.confirmed.lock().unwrap_or_else(PoisonError::into_inner).len()).unwrap_or(0)
    }

    fn wait(&self, until: impl Fn() -> bool) {
        let began = Instant::now();
        while !until() {
            assert!(began.elapsed() < PATIENCE, "the orders do not go on");
            assert!(!self.is_over.load(Ordering::Relaxed), "a buyer has given up");
            sleep(Duration::from_millis(1));
        }
    }

    /// One buyer's day.
    fn buy(&self, email: &str, number: u32, items: &[(String, String)]) {
        let mut buyer = Buyer { run: self, agent: agent(PATIENCE), token: String::new() };
        let session = json!({ "email": email, "password": kontor::demo::PASSWORD });
        let session = buyer.insist("POST", "/api/v1/sessions", "", &session);
        buyer.token = session["token"].as_str().expect("a token").to_owned();
        let company = buyer.insist("GET", "/api/v1/company", "", &Value::Null);
        let addresses = company["addresses"].as_array().into_iter().flatten();
        let ship_to =
            addresses.into_iter().find(|address| address["is_shipping"] == true).expect("an address")["id"].clone();
        for count in 0..ORDERS_EACH {
            let key = format!("kill-{number}-{count}");
            let (sku, quantity) = &items[count as usize % items.len()];
            buyer.insist("POST", "/api/v1/carts/current/lines", "", &json!({ "sku": sku, "quantity": quantity }));
            // Half of them name the cart; the others order the current one, which is another when they repeat themselves.
            let cart = buyer.insist("PUT", "/api/v1/carts/current/checkout", "", &json!({ "ship_to": ship_to }));
            let which = match number % 2 {
                0 => json!({ "cart": cart["id"], "seen_net": cart["net"] }),
                _ => json!({ "seen_net": cart["net"] }),
            };
            let order = buyer.insist("POST", "/api/v1/orders", &key, &which);
            let order = order["number"].as_str().expect("an order has a number").to_owned();
            let before = self.confirmed.lock().unwrap_or_else(PoisonError::into_inner).insert(key, order);
            assert_eq!(before, None);
        }
    }
}

struct Buyer<'a> {
    run: &'a Run,
    agent: ureq::Agent,
    token: String,
}

impl Buyer<'_> {
    /// Sends the same request until there is an answer, which must be a good one.
    fn insist(&self, method: &str, path: &str, key: &str, body: &Value) -> Value {
        for attempt in 1.. {
            if let Ok((status, text)) = self.send(method, path, key, body) {
                assert!(status < 300, "{method} {path} {key}: {status} {text}");
                return serde_json::from_str(&text).unwrap_or_else(|e| panic!("{path}: {e}"));
            }
            // Nobody knows whether it was done. That is the point.
            if attempt == 1 && !key.is_empty() {
                self.run.repeated.fetch_add(1, Ordering::Relaxed);
            }
            assert!(!self.run.is_over.load(Ordering::Relaxed), "the test is over");
            sleep(Duration::from_millis(20));
        }
        unreachable!("it goes on until there is an answer")
    }

    fn send(&self, method: &str, path: &str, key: &str, body: &Value) -> Result<(u16, String), ureq::Error> {
        let mut request = ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.run.base));
        if !self.token.is_empty() {
            request = request.header("authorization", format!("Bearer {}", self.token));
        }
        if !key.is_empty() {
            request = request.header("idempotency-key", key);
        }
        let body = if body.is_null() { String::new() } else { body.to_string() };
        let request = request.header("content-type", "application/json").body(body)?;
        let mut response = self.agent.run(request)?;
        Ok((response.status().as_u16(), response.body_mut().read_to_string()?))
    }
}

/// Tells everybody that it is over.
struct Ended<'a>(&'a AtomicBool);

impl Drop for Ended<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// The same, when it is over because something is wrong.
struct EndedByPanic<'a>(&'a AtomicBool);

impl Drop for EndedByPanic<'_> {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.0.store(true, Ordering::Relaxed);
        }
    }
}

/// Numbers from a seed (splitmix64).
struct Random {
    seed: u64,
    state: u64,
}

impl Random {
    /// From `KONTOR_TEST_SEED`, or from what the standard library shuffles its hash maps by.
    fn seeded() -> Self {
        use std::hash::{BuildHasher as _, RandomState};
        let named = std::env::var("KONTOR_TEST_SEED").ok().and_then(|text| text.parse().ok());
        let seed = named.unwrap_or_else(|| RandomState::new().hash_one(0) % 1_000_000);
        Self { seed, state: seed }
    }

    fn below(&mut self, limit: u32) -> u32 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        u32::try_from((mixed ^ (mixed >> 31)) % u64::from(limit.max(1))).unwrap_or(0)
    }
}
