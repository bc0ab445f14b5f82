//! The shop's pages and JSON through the router: who sees which price, hostile addresses, and nothing of the seller's.

use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Request, StatusCode};
use catalog::attributes::{self, Attribute, AttributeKey, Kind, Value};
use catalog::categories::{self, NewCategory};
use catalog::products::{self, NewProduct, SellerFacts};
use catalog::{Catalog, Texts};
use db::events::Bus;
use db::testing::TestDb;
use i18n::Language;
use kernel::{
    Actor, CompanyId, Country, Ctx, Currency, Ids, Instant, Outcome, Packing, Quantity, Role, SessionId, Sku, Unit,
    UnitPrice, UserId, Via,
};
use parties::companies::{self, NewCompany};
use pricing::lists::{self, ListPrice, ListScope, NewList};
use pricing::{Buyers, PriceBook};
use pricing_engine::Tier;
use tower::ServiceExt as _;
use web::{App, Authenticate, BoxFuture, Credential, GuestPrices, Person, Settings, ShellData, ShellSource, Visitor};

const NOW: Instant = Instant::from_micros(1_800_000_000_000_000);
/// Odd numbers that appear nowhere else: whatever answer holds one of them has leaked.
const COST: &str = "83.171717";
const CLASS: &str = "ZQX7";

/// Sign-in by the name of the role.
struct Names {
    company: CompanyId,
    user: UserId,
}

impl Authenticate for Names {
    fn authenticate<'a>(&'a self, _: &'a App, credential: &'a Credential) -> BoxFuture<'a, Outcome<Option<Person>>> {
        let (Credential::Cookie(name) | Credential::Bearer(name)) = credential;
        let role = Role::parse(name);
        Box::pin(async move {
            let Some(role) = role else { return Ok(None) };
            let company = (!role.is_staff()).then_some(self.company);
            let roles = [role].into_iter().collect();
            Ok(Some(Person {
                session: SessionId::from_uuid(self.user.uuid()),
                actor: Actor { user: Some(self.user), company, unit: None, roles, via: Via::Page },
                name: "Kim Test".into(),
                email: "kim@test.example".into(),
                company_name: "Buyer".into(),
                unit_name: String::new(),
                language: Language::En,
                time_zone: "UTC".into(),
            }))
        })
    }
}

struct Bare;

impl ShellSource for Bare {
    fn load<'a>(&'a self, _: &'a App, _: &'a Visitor) -> BoxFuture<'a, Outcome<ShellData>> {
        Box::pin(async { Ok(ShellData::default()) })
    }
}

struct World {
    router: axum::Router,
    test: TestDb,
}

fn migrations() -> Vec<db::Migration> {
    [
        parties::MIGRATIONS,
        catalog::MIGRATIONS,
        pricing::MIGRATIONS,
        terms::MIGRATIONS,
        negotiation::MIGRATIONS,
        buying::MIGRATIONS,
        ordering::MIGRATIONS,
    ]
    .concat()
}

fn price(text: &str) -> UnitPrice {
    UnitPrice::parse(text, Currency::Eur).unwrap()
}

fn bolt(sku: &str, length: i64, category: kernel::CategoryId) -> NewProduct {
    NewProduct {
        name: Texts::new(format!("Hexagon screw M8 {length}")).with(Language::Pl, format!("Śruba M8 {length}")),
        attributes: vec![
            Attribute::new("thread", Value::Text("M8".into())),
            Attribute::new("length", Value::Number(length * 1_000)),
        ],
        packing: Packing { unit: Unit::Piece, pack: 50_000, packs_per_pallet: 40, minimum: 50_000, step: 50_000 },
        stock: Quantity::whole(4_000, Unit::Piece),
        seller: SellerFacts { class: CLASS.into(), cost: Some(price(COST)), ..SellerFacts::default() },
        ..NewProduct::simple(Sku::parse(sku).unwrap(), category, Texts::default())
    }
}

/// Two bolts on the general list at 120, at 110 for the company; a third without price, a fourth retired.
async fn fill(db: &db::Db, ctx: &Ctx) -> CompanyId {
    let category = &NewCategory {
        parent: None,
        code: "screws".into(),
        position: 0,
        icon: "bolt".into(),
        name: Texts::new("Screws").with(Language::Pl, "Śruby"),
        description: Texts::new("Metric."),
    };
    let key = |key: &str, kind| AttributeKey {
        key: key.into(),
        name: Texts::new(key),
        unit: String::new(),
        kind,
        is_filter: true,
        position: 0,
    };
    let keys = &[key("thread", Kind::Text), key("length", Kind::Number)];
    let company = &NewCompany {
        number: "K-1".into(),
        name: "Buyer".into(),
        vat_id: None,
        country: Country::parse("PL").unwrap(),
        segment: "volume".into(),
        price_group: None,
        currency: Currency::Eur,
        payment_days: 30,
        credit_limit_minor: 1_000_000,
        rep: None,
    };
    db.write(|tx| async move {
        attributes::put_many(&tx, ctx, keys).await?;
        let category = categories::actions::put(&tx, ctx, category).await?;
        let products = [
            bolt("M8X40", 40, category),
            bolt("M8X60;'<B>\"", 60, category),
            bolt("M8X80", 80, category),
            NewProduct { is_active: false, ..bolt("OLD", 99, category) },
        ];
        let ids = products::actions::create_many(&tx, ctx, &products).await?;
        let company = companies::actions::create(&tx, ctx, company).await?;
        for (code, scope, at) in [("base", ListScope::General, "120"), ("own", ListScope::Company(company), "110")] {
            let name = Texts::new(format!("List {code}"));
            let (valid_from, valid_until) = (None, None);
            let list = NewList { code: code.into(), name, scope, currency: Currency::Eur, valid_from, valid_until };
            let list = lists::actions::create(&tx, ctx, &list).await?;
            let step = |product, from, at: &str| ListPrice {
                product,
                tier: Tier { from: Quantity::whole(from, Unit::Piece), price: price(at) },
            };
            let steps =
                [step(ids[0], 50, at), step(ids[0], 2_500, "101.5"), step(ids[1], 50, at), step(ids[3], 50, at)];
            lists::actions::put_many(&tx, ctx, list, &steps).await?;
        }
        Ok(company)
    })
    .await
    .unwrap()
}

impl World {
    async fn all(settings: &Settings) -> Vec<Self> {
        let mut worlds = Vec::new();
        for test in TestDb::both(&migrations()).await {
            let ctx = Ctx::system(NOW, Ids::seeded(3));
            let company = fill(&test.db, &ctx).await;
            let bus = Bus::start(test.db.clone()).await.unwrap();
            let names = Names { company, user: UserId::new(&ctx) };
            let clock: web::Clock = Arc::new(|| NOW);
            let app = App::builder(test.db.clone(), bus, settings.clone(), clock, ctx.ids.clone(), names, Bare)
                .with(Catalog::load(&test.db).await.unwrap())
                .with(PriceBook::load(&test.db).await.unwrap())
                .with(Buyers::new(settings).unwrap());
            let (router, _) = web::router(crate::parts(app).build(), catalog::routes().merge(crate::routes()));
            worlds.push(Self { router, test });
        }
        worlds
    }

    /// Status, `Location` and body.
    async fn get(&self, who: &str, path: &str) -> (StatusCode, String, String) {
        let header = if path.starts_with("/api/") { "authorization" } else { "cookie" };
        let value =
            if path.starts_with("/api/") { format!("Bearer {who}") } else { format!("{}={who}", web::SESSION_COOKIE) };
        let request = Request::get(path).header(header, value).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let to = response.headers().get("location").map(|v| v.to_str().unwrap().to_owned()).unwrap_or_default();
        let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        (status, to, String::from_utf8_lossy(&body).into_owned())
    }

    /// Sends a form, or JSON to the API, as the merchant's administrator.
    async fn send(&self, method: &str, path: &str, body: &str) -> (u16, String) {
        let is_api = path.starts_with("/api/");
        let kind = if is_api { "application/json" } else { "application/x-www-form-urlencoded" };
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("content-type", kind)
            .header("authorization", "Bearer merchant_admin")
            .header("cookie", format!("{}=merchant_admin", web::SESSION_COOKIE))
            .body(Body::from(body.to_owned()))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 22).await.unwrap();
        (status, String::from_utf8_lossy(&body).into_owned())
    }

    async fn ok(&self, who: &str, path: &str) -> String {
        let (status, _, body) = self.get(who, path).await;
        assert_eq!(status, StatusCode::OK, "{who} {path}: {body}");
        assert!(!body.contains('⟦'), "{who} {path} lacks a text: {body}");
        body
    }
}

const PAGES: [&str; 9] = [
    "/",
    "/c/screws",
    "/c/screws?a.length=40&stock=1&sort=price",
    "/search?q=hexagon",
    "/search?q=nothing-of-the-kind",
    "/search",
    "/search/suggest?q=hex",
    "/p/M8X40",
    "/p/M8X80",
];
const API: [&str; 6] = [
    "/api/v1/products",
    "/api/v1/products?query=hexagon&category=screws",
    "/api/v1/products?category=screws&page=2&per_page=1",
    "/api/v1/products/M8X40",
    "/api/v1/products/m8x40?quantity=2500",
    "/api/v1/categories",
];

#[tokio::test]
async fn nothing_of_the_seller_reaches_buyers_and_guests() {
    for world in World::all(&Settings::default()).await {
        for path in PAGES.iter().chain(&API) {
            for who in ["", "buyer", "company_admin"] {
                let body = world.ok(who, path).await;
                let leaks = [COST, "83171717", CLASS, "\"cost", "\"class\""].iter().any(|secret| body.contains(secret));
                assert!(!leaks, "{who} {path}: {body}");
            }
        }
        assert!(
            world.ok("sales_rep", "/p/M8X40").await.contains(COST),
            "staff see it, so the test looks for the right thing"
        );
        assert!(world.ok("merchant_admin", "/office/products").await.contains(COST));
        for who in ["", "buyer", "company_admin"] {
            for path in
                ["/office/products", "/office/products.csv", "/office/products/M8X40", "/api/v1/seller/products"]
            {
                let (status, _, body) = world.get(who, path).await;
                assert!(status.is_client_error() || status == StatusCode::SEE_OTHER, "{who} {path}: {status}");
                assert!(!body.contains(COST));
            }
        }
        world.test.remove().await;
    }
}

#[tokio::test]
async fn everyone_sees_the_own_price() {
    for world in World::all(&Settings::default()).await {
        for (who, own, other) in
            [("", "120.00", "110.00"), ("buyer", "110.00", "120.00"), ("sales_rep", "120.00", "110.00")]
        {
            for path in
                ["/c/screws", "/search?q=hexagon", "/search/suggest?q=hexagon", "/api/v1/products?query=hexagon"]
            {
                let body = world.ok(who, path).await;
                assert!(body.contains(own) && !body.contains(other), "{who} {path}: {body}");
            }
        }
        let sorted = world.ok("buyer", "/c/screws?sort=price").await;
        let at = |sku: &str| sorted.find(&format!("<code class=\"sku\">{sku}")).unwrap();
        assert!(at("M8X40") < at("M8X80"), "what has no price comes last");
        assert!(!sorted.contains("OLD"), "retired products are in no list");
        assert!(world.ok("buyer", "/p/OLD").await.contains("no longer sold"));
        world.test.remove().await;
    }
}

#[tokio::test]
async fn guests_see_no_prices_where_the_merchant_says_so() {
    let settings = Settings { guest_prices: GuestPrices::None, ..Settings::default() };
    for world in World::all(&settings).await {
        for path in PAGES.iter().chain(&API) {
            let body = world.ok("", path).await;
            assert!(!["120.00", "110.00", "101.5"].iter().any(|price| body.contains(price)), "{path}: {body}");
        }
        assert!(world.ok("", "/c/screws").await.contains("/sign-in?next=%2Fp%2FM8X40"));
        assert!(world.ok("buyer", "/c/screws").await.contains("110.00"));
        world.test.remove().await;
    }
}

#[tokio::test]
async fn hostile_addresses_do_no_harm() {
    let odd = "M8X60%3B%27%3CB%3E%22";
    let long = "x".repeat(10_000);
    for world in World::all(&Settings::default()).await {
        for (path, want) in [
            ("/c/screws?page=-1", 200),
            ("/c/screws?page=999999", 200),
            ("/c/screws?page=abc&per_page=-5&sort=%00&a.%FF=1", 200),
            ("/c/screws?a.length.from=99999999999999999999&a.length.to=-1", 200),
            ("/c/screws?a.thread=%3Cscript%3Ealert(1)%3C/script%3E", 200),
            (&format!("/c/screws?a.thread={long}"), 200),
            (&format!("/search?q={long}"), 200),
            (&format!("/search/suggest?q={long}"), 200),
            ("/search?q=%22%20OR%201%3D1%20--%20%2A%20%28%5B%7E%5E%3A", 200),
            ("/search/suggest?q=%00%FF%F0%9F%98%80", 200),
            (&format!("/p/{odd}"), 200),
            (&format!("/media/products/{odd}.svg"), 200),
            ("/media/products/M8X40.png", 404),
            ("/media/products/..%2F..%2Fetc%2Fpasswd.svg", 404),
            ("/media/categories/nothing.svg", 404),
            ("/c/nothing", 404),
            ("/c/..%2F..%2Fetc", 404),
            ("/p/NOTHING", 404),
            ("/p/%00", 404),
            (&format!("/p/{long}"), 404),
            ("/p/M8X40?quantity=-1", 200),
            ("/p/M8X40?quantity=1000000000000000000", 200),
            ("/p/M8X40?quantity=1,2,3", 200),
            ("/api/v1/products?page=-1&per_page=0", 422),
            ("/api/v1/products?page=AAA", 422),
            ("/api/v1/products?q=valve", 422),
            ("/api/v1/products?page=1000000", 200),
            ("/api/v1/products?category=nothing", 404),
            (&format!("/api/v1/products?query={long}"), 200),
            ("/api/v1/products/NOTHING", 404),
        ] {
            let (status, _, body) = world.get("buyer", path).await;
            assert_eq!(status.as_u16(), want, "{path}");
            assert!(!body.contains("<script>alert") && !body.contains("'<B>"), "{path} is not escaped");
        }
        assert_eq!(world.get("buyer", "/search?q=m8x40").await.1, "/p/M8X40", "a whole SKU leads to its product");
        assert_eq!(world.get("buyer", "/search?q=old").await.1, "/p/OLD");
        world.test.remove().await;
    }
}

#[tokio::test]
async fn the_office_changes_a_product_by_form_and_by_json() {
    const FORM: &str = "name=Bolt&category=screws&unit=piece&pack=50&packs_per_pallet=40&minimum=100&step=50&stock=1%2C200\
        &order_type=stock&lead_days=4&weight_grams=12&class=A&cost=1.25&is_active=yes&name_pl=%C5%9Aruba";
    for world in World::all(&Settings::default()).await {
        let (status, page) = world.send("POST", "/office/products/M8X40", &format!("{FORM}&version=1")).await;
        assert_eq!((status, page.as_str()), (303, ""));
        let page = world.ok("merchant_admin", "/office/products/M8X40").await;
        assert!(page.contains("Śruba") && page.contains("1,200") && page.contains("value=\"2\""), "{page}");

        let (status, page) = world.send("POST", "/office/products/M8X40", &format!("{FORM}&version=1")).await;
        assert!(status == 409 && page.contains("Somebody else changed this product"), "{status}");
        let bad =
            FORM.replace("minimum=100", "minimum=75").replace("stock=1%2C200", "stock=-5") + "&gtin=4006381333932";
        let (status, page) = world.send("POST", "/office/products/M8X40", &bad).await;
        assert_eq!(status, 422);
        for text in ["The last digit does not fit", "value=\"4006381333932\"", "stock-error", "value=\"75\""] {
            assert!(page.contains(text), "{text}: {page}");
        }

        let json = |version: i64| {
            format!(
                r#"{{"version": {version}, "category": "screws", "name": "By JSON", "unit": "H87", "step": "50",
                "order_type": "stock", "class": "B", "attributes": [{{"key": "length", "value": "40.5"}}]}}"#
            )
        };
        for (path, body, want) in [
            ("/api/v1/products/M8X40", json(2), 200),
            ("/api/v1/products/M8X40", json(2), 409),
            ("/api/v1/products/NEW-1", json(0), 200),
            ("/api/v1/products/NEW-2", json(0).replace("screws", "nothing"), 422),
            ("/api/v1/products/NEW-2", json(0).replace("40.5", "forty"), 422),
            ("/api/v1/products/NEW-2", json(0).replace("\"class\"", "\"klass\""), 422),
            ("/api/v1/products/NEW-2", "{".into(), 422),
            ("/api/v1/products/a%20b", json(0), 422),
        ] {
            let (status, answer) = world.send("PUT", path, &body).await;
            assert_eq!(status, want, "{path} {body}: {answer}");
        }
        let sheet = world.ok("merchant_admin", "/office/products.csv?state=active&q=&sort=-cost&nonsense=1").await;
        assert_eq!(sheet.lines().count(), 5, "the head, three products on sale and the new one: {sheet}");
        assert!(
            world
                .ok("merchant_admin", "/office/products?page=-1&state=out&type=eto&sort=nothing")
                .await
                .contains("Nothing found")
        );
        world.test.remove().await;
    }
}
