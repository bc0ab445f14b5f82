//! Routes behind their real router, on a free port, with people who are known by a token.

use std::collections::HashMap;
use std::sync::Arc;

use catalog::Catalog;
use db::Db;
use db::events::Bus;
use i18n::Language;
use kernel::{Actor, Ids, Outcome, Role, Roles, SessionId, Via};
use pricing::{Buyers, PriceBook};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use web::{App, Authenticate, BoxFuture, Credential, Person, Settings, ShellData, ShellSource, Visitor};

use super::{NOW, World};

struct People(HashMap<String, Person>);

impl Authenticate for People {
    fn authenticate<'a>(&'a self, _: &'a App, credential: &'a Credential) -> BoxFuture<'a, Outcome<Option<Person>>> {
        let (Credential::Cookie(token) | Credential::Bearer(token)) = credential;
        Box::pin(async move { Ok(self.0.get(token).cloned()) })
    }
}

struct Plain;

impl ShellSource for Plain {
    fn load<'a>(&'a self, _: &'a App, _: &'a Visitor) -> BoxFuture<'a, Outcome<ShellData>> {
        Box::pin(async { Ok(ShellData::default()) })
    }
}

/// Routes that are being served.
pub struct Server {
    address: String,
}

/// An answer: status, head and body.
#[derive(Debug)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    /// What follows them.
    pub body: String,
}

impl Answer {
    /// Everything that went over the wire.
    pub fn bytes(&self) -> String {
        format!("{}\n{}", self.head, self.body)
    }
}

impl Server {
    pub async fn start(world: &World, db: &Db, routes: web::Routes) -> Self {
        let mut people = HashMap::new();
        let person = |name: &str, user, company, role: Role| Person {
            session: SessionId::from_uuid(uuid::Uuid::nil()),
            actor: Actor { user: Some(user), company, unit: None, roles: Roles::from_iter([role]), via: Via::Page },
            name: name.into(),
            email: format!("{name}@example.com"),
            company_name: "Company 1".into(),
            unit_name: String::new(),
            language: Language::En,
            time_zone: "Europe/Warsaw".into(),
        };
        people.insert("kerstin".into(), person("Kerstin", world.buyers[0], Some(world.company), Role::Buyer));
        people.insert("olga".into(), person("Olga", world.buyers[2], Some(world.other), Role::Buyer));
        people.insert("ann".into(), person("Ann", world.staff[0], None, Role::SalesRep));
        people.insert("pia".into(), person("Pia", world.staff[3], None, Role::PricingManager));
        let (settings, bus) = (Settings::default(), Bus::start(db.clone()).await.unwrap());
        let buyers = Buyers::new(&settings).unwrap();
        let app = App::builder(db.clone(), bus, settings, Arc::new(|| NOW), Ids::seeded(9), People(people), Plain)
            .with(Catalog::load(db).await.unwrap())
            .with(PriceBook::load(db).await.unwrap())
            .with(buyers)
            .build();
        let (router, _) = web::router(app, routes);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address }
    }

    /// One request of the person with this token.
    pub async fn send(&self, who: &str, method: &str, path: &str, extra: &str, body: &str) -> Answer {
        let mut stream = TcpStream::connect(&self.address).await.unwrap();
        let length = body.len();
        let request = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nCookie: kontor_session={who}\r\nAuthorization: Bearer {who}\r\n\
             Content-Length: {length}\r\nConnection: close\r\n{extra}\r\n{body}",
            self.address
        );
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await.unwrap();
        let text = String::from_utf8(answer).unwrap();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        let status = head[9..12].parse().unwrap();
        Answer { status, head: head.to_owned(), body: body.to_owned() }
    }

    /// A page or JSON, read.
    pub async fn get(&self, who: &str, path: &str) -> Answer {
        self.send(who, "GET", path, "", "").await
    }

    /// A form, sent as a browser does without script.
    pub async fn form(&self, who: &str, path: &str, fields: &str) -> Answer {
        self.send(who, "POST", path, "Content-Type: application/x-www-form-urlencoded\r\n", fields).await
    }

    /// The same as htmx sends it.
    pub async fn hx(&self, who: &str, path: &str, fields: &str) -> Answer {
        let headers = "Content-Type: application/x-www-form-urlencoded\r\nHX-Request: true\r\n";
        self.send(who, "POST", path, headers, fields).await
    }

    /// A document, sent as a program does.
    pub async fn json(&self, who: &str, path: &str, body: &str) -> Answer {
        self.send(who, "POST", path, "Content-Type: application/json\r\n", body).await
    }
}
