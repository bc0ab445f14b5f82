//! One buyer with a session, and the clock of what is measured.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::Value;

use crate::Done;
use crate::http::{Connection, Request, encoded};
use crate::queries::{Item, World};

/// The password of everybody in the demo company, as `kontor demo` prints it.
const PASSWORD: &str = "kontor-demo";

/// Numbers that look random and are the same in every run.
pub struct Random(u64);

impl Random {
    /// From a seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number (splitmix64).
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A place in a list of `count`.
    pub fn place(&mut self, count: usize) -> usize {
        let count = u64::try_from(count).unwrap_or(1).max(1);
        usize::try_from(self.number() % count).unwrap_or(0)
    }

    /// One of several.
    pub fn one<'a, T>(&mut self, all: &'a [T]) -> &'a T {
        &all[self.place(all.len())]
    }
}

/// When is measured, and at which pace.
#[derive(Debug, Clone, Copy)]
pub struct Window {
    /// From then on.
    pub begin: Instant,
    /// Until then.
    pub end: Instant,
    /// One request per client in this time; `None`: one after the other.
    pub every: Option<Duration>,
}

/// What a client has seen.
#[derive(Debug, Default)]
pub struct Log {
    /// How long each took, in microseconds.
    pub micros: Vec<u32>,
    /// How many were answered otherwise than wanted.
    pub errors: u64,
    /// What the first of them said.
    pub first_error: Option<String>,
}

/// Something that can be negotiated: product, quantity, and prices to ask for, the boldest first.
pub struct Wish {
    /// The product.
    pub sku: String,
    /// How much.
    pub quantity: String,
    /// What to ask for, in the first round and in the second.
    pub prices: [String; 2],
}

/// One buyer.
pub struct Client {
    connection: Connection,
    headers: [String; 3],
    /// What requests are made of.
    pub world: Arc<World>,
    /// Its own numbers.
    pub random: Random,
    /// Where orders go.
    pub ship_to: String,
    /// What it negotiates about.
    pub wishes: Vec<Wish>,
    /// The window and what was seen in it.
    pub window: Window,
    /// What was seen.
    pub log: Log,
    next: Instant,
    number: usize,
    count: u64,
}

/// As whom a request is sent.
#[derive(Debug, Clone, Copy)]
pub enum As {
    /// Nobody.
    Guest,
    /// The buyer, with a token.
    Token,
    /// The buyer, with a browser's cookie.
    Cookie,
}

impl Client {
    /// A client number `number` that is not signed in.
    pub fn guest(address: SocketAddr, world: &Arc<World>, number: usize) -> Self {
        let now = Instant::now();
        Self {
            connection: Connection::new(address),
            headers: Default::default(),
            world: world.clone(),
            random: Random::new(u64::try_from(number).unwrap_or(0) + 1),
            ship_to: String::new(),
            wishes: Vec::new(),
            window: Window { begin: now, end: now, every: None },
            log: Log::default(),
            next: now,
            number,
            count: 0,
        }
    }

    /// The client as a buyer of the demo company: number `number`, or one of them again when there are fewer.
    pub async fn buyer(address: SocketAddr, world: &Arc<World>, number: usize) -> Done<Self> {
        let mut client = Self::guest(address, world, number);
        let email = world.buyers[number % world.buyers.len()].email.clone();
        let body = serde_json::json!({ "email": email, "password": PASSWORD }).to_string();
        let session = client.json("POST", "/api/v1/sessions", &body).await?;
        let token = session["token"].as_str().ok_or("the session has no token")?;
        client.headers =
            [String::new(), format!("authorization: Bearer {token}\r\naccept: application/json\r\n"), String::new()];
        let cookie = client.cookie(&email).await?;
        client.headers[2] = format!("cookie: {cookie}\r\naccept: text/html\r\naccept-language: en\r\n");
        let company = client.json("GET", "/api/v1/company", "").await?;
        let addresses = company["addresses"].as_array().into_iter().flatten();
        let ship_to =
            addresses.filter(|address| address["is_shipping"] == true).find_map(|address| address["id"].as_str());
        client.ship_to = ship_to.ok_or(format!("the company of {email} has no delivery address"))?.to_owned();
        Ok(client)
    }

    /// The session cookie of a browser in which this buyer signs in: a program's token is none.
    async fn cookie(&mut self, email: &str) -> Done<String> {
        let body = format!("email={}&password={}&next=%2F", encoded(email), encoded(PASSWORD));
        let headers = "content-type: application/x-www-form-urlencoded\r\nsec-fetch-site: same-origin\r\n";
        let request = Request { method: "POST", path: "/sign-in", headers, body: &body };
        let answer = self.connection.send(request).await?;
        let head = String::from_utf8_lossy(answer.head);
        let cookies = head
            .lines()
            .filter_map(|line| line.split_once(": "))
            .filter(|(name, _)| name.eq_ignore_ascii_case("set-cookie"));
        let session = cookies.map(|(_, cookie)| cookie.split(';').next().unwrap_or_default());
        let found = session.into_iter().find(|cookie| cookie.contains("kontor_session="));
        found.map(str::to_owned).ok_or(format!("signing in as {email} answered {} without a session", answer.status))
    }

    /// A key that nobody else uses.
    pub fn key(&mut self) -> String {
        self.count += 1;
        format!("bench-{}-{}-{}", std::process::id(), self.number, self.count)
    }

    /// One of the client's own products: they depend on nothing but the client.
    pub fn own_item(&self, number: usize) -> Item {
        let seed = u64::try_from(self.number * 1_000 + number).unwrap_or(0);
        Random::new(seed).one(&self.world.items).clone()
    }

    /// A random product.
    pub fn item(&mut self) -> Item {
        self.random.one(&self.world.items).clone()
    }

    /// Waits until the next request is due; gives the moment from which it counts. A client that is late counts from
    /// when it should have begun, so that a slow server cannot hide its queue.
    pub async fn turn(&mut self) -> Instant {
        let Some(every) = self.window.every else { return Instant::now() };
        let now = Instant::now();
        if self.next + every * 20 < now {
            self.next = now;
        }
        let due = self.next;
        self.next += every;
        if due <= now {
            return due;
        }
        tokio::time::sleep(due - now).await;
        Instant::now()
    }

    /// Begins a window; clients of one pace are spread over it.
    pub fn open(&mut self, window: Window, spread: Duration) {
        self.window = window;
        self.log = Log::default();
        self.next = Instant::now() + spread;
    }

    /// Writes down something that began then and ended now.
    pub fn note(&mut self, began: Instant) {
        let ended = Instant::now();
        if ended >= self.window.begin && ended <= self.window.end {
            self.log.micros.push(u32::try_from((ended - began).as_micros()).unwrap_or(u32::MAX));
        }
    }

    /// Sends a request and wants this status; gives the body.
    pub async fn ask(&mut self, who: As, request: Request<'_>, status: u16) -> Done<&[u8]> {
        let headers = match who {
            As::Guest => &self.headers[0],
            As::Token => &self.headers[1],
            As::Cookie => &self.headers[2],
        };
        let both = format!("{headers}{}", request.headers);
        let answer = self.connection.send(Request { headers: &both, ..request }).await?;
        if answer.status == status {
            return Ok(answer.body);
        }
        let said: String = String::from_utf8_lossy(answer.body).chars().take(300).collect();
        Err(format!("{} {} answered {}: {said}", request.method, request.path, answer.status))
    }

    /// Sends JSON as the buyer; any good answer will do.
    pub async fn json(&mut self, method: &str, path: &str, body: &str) -> Done<Value> {
        let request = Request { method, path, headers: &self.headers[1], body };
        let answer = self.connection.send(request).await?;
        if answer.status >= 300 {
            let said: String = String::from_utf8_lossy(answer.body).chars().take(300).collect();
            return Err(format!("{method} {path} answered {}: {said}", answer.status));
        }
        if answer.body.is_empty() {
            return Ok(Value::Null);
        }
        serde_json::from_slice(answer.body).map_err(|e| format!("{method} {path}: {e}"))
    }
}
