//! What a buyer does, case by case.

use kernel::{Currency, Quantity, Rate, Rounding, Unit, UnitPrice};
use serde_json::{Value, json};

use crate::Done;
use crate::client::{As, Client, Wish};
use crate::http::{Request, encoded};
use crate::place::Engine;

/// One kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Case {
    /// One row by key.
    Floor,
    /// `GET /api/v1/products/{sku}` with own prices.
    ProductJson,
    /// `GET /p/{sku}` with a cookie.
    ProductPage,
    /// `GET /c/{code}` with a cookie.
    Category,
    /// `GET /search?q=` three words, with a cookie.
    Search,
    /// Add a line, say where to and how, order: three commands, three commits, counted as one.
    Checkout,
    /// `POST /api/v1/carts/current/lines`.
    Cart,
    /// `POST /api/v1/negotiations`, then one more round where it goes on. What is left open is withdrawn between rounds;
    /// that is not counted, but it takes the server's time.
    Round,
}

/// A promise of `design.md`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Budget {
    /// At least so many percent of the floor's requests per second.
    OfFloor(u32),
    /// At least so many per second.
    PerSecond(u32),
    /// At this pace, 99 of 100 within so many milliseconds.
    Within(u32),
}

/// The pace of [`Budget::Within`].
pub const PACE: u32 = 500;

/// Products that one buyer puts into carts and negotiates about: few enough that a cart never becomes full.
const OWN: usize = 40;

impl Case {
    /// Those of the program, in the order in which they run: what reads, then what writes. Orders before carts, so that
    /// the carts that are ordered have one line.
    pub const ALL: [Self; 7] =
        [Self::ProductJson, Self::ProductPage, Self::Category, Self::Search, Self::Checkout, Self::Cart, Self::Round];

    /// Its name.
    pub fn code(self) -> &'static str {
        match self {
            Self::Floor => "floor",
            Self::ProductJson => "product-json",
            Self::ProductPage => "product-page",
            Self::Category => "category",
            Self::Search => "search",
            Self::Checkout => "checkout",
            Self::Cart => "cart",
            Self::Round => "round",
        }
    }

    /// The budget at 32 clients.
    pub fn budget(self, engine: Engine) -> Option<Budget> {
        match (self, engine) {
            (Self::ProductJson, _) => Some(Budget::OfFloor(35)),
            (Self::ProductPage, _) => Some(Budget::OfFloor(20)),
            (Self::Search, _) => Some(Budget::PerSecond(5_000)),
            (Self::Checkout, Engine::Sqlite) => Some(Budget::PerSecond(1_000)),
            (Self::Checkout, Engine::Postgres) => Some(Budget::PerSecond(500)),
            (Self::Floor | Self::Category | Self::Cart | Self::Round, _) => None,
        }
    }

    /// Does it once.
    pub async fn act(self, client: &mut Client) -> Done {
        match self {
            Self::Floor => {
                let path = format!("/{}", encoded(&client.item().sku));
                get(client, As::Guest, &path).await
            }
            Self::ProductJson => {
                let path = format!("/api/v1/products/{}", encoded(&client.item().sku));
                get(client, As::Token, &path).await
            }
            Self::ProductPage => {
                let path = format!("/p/{}", encoded(&client.item().sku));
                get(client, As::Cookie, &path).await
            }
            Self::Category => {
                let world = client.world.clone();
                let path = format!("/c/{}", encoded(client.random.one(&world.categories[..]).as_str()));
                get(client, As::Cookie, &path).await
            }
            Self::Search => {
                let words = three_words(client);
                get(client, As::Cookie, &format!("/search?q={}", encoded(&words))).await
            }
            Self::Checkout => checkout(client).await,
            Self::Cart => {
                let began = client.turn().await;
                add(client).await?;
                client.note(began);
                Ok(())
            }
            Self::Round => rounds(client).await,
        }
    }
}

async fn get(client: &mut Client, who: As, path: &str) -> Done {
    let began = client.turn().await;
    client.ask(who, Request { method: "GET", path, headers: "", body: "" }, 200).await?;
    client.note(began);
    Ok(())
}

/// Three words of one product's name, in their order: what somebody types who knows what it is called.
fn three_words(client: &mut Client) -> String {
    let mut words = client.item().words;
    while words.len() > 3 {
        words.remove(client.random.place(words.len()));
    }
    words.join(" ")
}

/// Adds the smallest quantity of one of the client's own products.
async fn add(client: &mut Client) -> Done {
    let number = client.random.place(OWN);
    let item = client.own_item(number);
    let body = json!({ "sku": item.sku, "quantity": item.minimum }).to_string();
    let request = Request { method: "POST", path: "/api/v1/carts/current/lines", headers: "", body: &body };
    client.ask(As::Token, request, 201).await.map(|_| ())
}

async fn checkout(client: &mut Client) -> Done {
    let began = client.turn().await;
    add(client).await?;
    let terms = json!({ "ship_to": client.ship_to, "po_number": client.key() }).to_string();
    let cart = client.json("PUT", "/api/v1/carts/current/checkout", &terms).await?;
    let headers = format!("idempotency-key: {}\r\n", client.key());
    let body = json!({ "cart": cart["id"] }).to_string();
    let order = Request { method: "POST", path: "/api/v1/orders", headers: &headers, body: &body };
    client.ask(As::Token, order, 201).await?;
    client.note(began);
    Ok(())
}

async fn rounds(client: &mut Client) -> Done {
    let place = client.random.place(client.wishes.len());
    let wish = client.wishes.get(place).ok_or("there is nothing to negotiate about")?;
    let line = |price: &str| json!({ "product": wish.sku, "quantity": wish.quantity, "price": price });
    let bodies = wish.prices.each_ref().map(|price| json!({ "lines": [line(price)] }).to_string());
    let began = client.turn().await;
    let mut answer = client.json("POST", "/api/v1/negotiations", &bodies[0]).await?;
    client.note(began);
    let id = answer["id"].as_str().ok_or("a negotiation has no id")?.to_owned();
    if allows(&answer, "rounds") {
        let began = client.turn().await;
        answer = client.json("POST", &format!("/api/v1/negotiations/{id}/rounds"), &bodies[1]).await?;
        client.note(began);
    }
    if allows(&answer, "withdrawal") {
        client.json("POST", &format!("/api/v1/negotiations/{id}/withdrawal"), "").await?;
    }
    Ok(())
}

fn allows(negotiation: &Value, action: &str) -> bool {
    negotiation["actions"].as_array().is_some_and(|actions| actions.iter().any(|a| a == action))
}

/// What a deal is worth at least: less is not negotiated.
const DEAL_MINOR: i64 = 100_000;

/// Gives the client something to negotiate about: products with the prices that it really has.
pub async fn wish(client: &mut Client, currency: Currency) -> Done {
    for number in 0..4 * OWN {
        if client.wishes.len() == OWN {
            break;
        }
        let item = client.own_item(number);
        let path = format!("/api/v1/products/{}", encoded(&item.sku));
        let seen = client.json("GET", &path, "").await?;
        let Some((unit, price)) = unit_and_price(&seen, currency) else { continue };
        let minimum = Quantity::parse(&item.minimum, unit).map_err(|e| format!("{}: {e:?}", item.sku))?;
        let Ok(worth) = price.times(minimum, Rounding::HalfUp) else { continue };
        let times = DEAL_MINOR / worth.minor().max(1) + 1;
        let quantity = Quantity::new(minimum.thousandths() * times, unit).to_decimal();
        let seen = client.json("GET", &format!("{path}?quantity={quantity}"), "").await?;
        let Some((_, price)) = unit_and_price(&seen, currency) else { continue };
        let less = |percent: i64| price.less(Rate::percent(percent), Rounding::HalfUp).to_decimal();
        client.wishes.push(Wish { sku: item.sku, quantity, prices: [less(7), less(4)] });
    }
    Ok(())
}

fn unit_and_price(product: &Value, currency: Currency) -> Option<(Unit, UnitPrice)> {
    let unit = Unit::parse(product["unit"].as_str()?)?;
    let price = UnitPrice::parse(product["price"]["net"].as_str()?, currency).ok()?;
    Some((unit, price))
}
