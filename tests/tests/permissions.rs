//! Who may what: every route of the program × guest, every role, and somebody of another company. Whoever may not is told
//! so in the same way everywhere, and nothing has happened.

use kernel::{Access, Role, Roles};
use kontor_tests::client::{Answer, Client};
use kontor_tests::world::{World, on_both};
use serde_json::json;
use web::{Kind, RouteInfo};

/// Whose things stand under a path. A new route with a name in its path must fit one of these lines.
const OWNED: &[(&str, &str)] = &[
    ("/orders/{number}", ORDER),
    ("/account/orders/{number}", ORDER),
    ("/api/v1/orders/{number}", ORDER),
    ("/account/company/addresses/{id}", ADDRESS),
    ("/api/v1/company/addresses/{id}", ADDRESS),
    ("/account/company/people/{id}", PERSON),
    ("/api/v1/company/people/{id}", PERSON),
    ("/negotiations/{id}", NEGOTIATION),
    ("/account/negotiations/{id}", NEGOTIATION),
    ("/api/v1/negotiations/{id}", NEGOTIATION),
    ("/carts/{id}", CART),
    ("/cart/lines/{id}", CART_LINE),
    ("/cart/deals/{offer}", OFFER),
    ("/api/v1/carts/lines/{id}", CART_LINE),
    ("/api/v1/carts/{id}", CART),
    ("/attachments/{id}", ATTACHMENT),
    ("/account/quotes/{id}", QUOTE),
    ("/quotes/{id}", QUOTE),
    ("/api/v1/quotes/{id}", QUOTE),
];
/// Paths of things that belong to no customer: the catalogue, the merchant's own, links that carry their own proof.
const SHARED: &[&str] = &[
    "/p/",
    "/c/",
    "/media/",
    "/assets/",
    "/settings/",
    "/password/",
    "/desk/",
    "/office/",
    "/api/v1/products/",
    "/api/v1/categories/",
    "/api/v1/seller/",
    "/api/v1/companies/",
    "/api/v1/desk/",
    "/api/v1/office/",
    "/api/v1/price-lists/",
    "/api/v1/price-changes/",
    "/api/v1/cost-model/",
    "/api/v1/segments/",
    "/api/v1/policies/",
    "/api/v1/customers/",
    "/api/v1/tracking/",
    "/api/v1/experiments/",
    "/api/v1/simulations/",
    "/api/v1/supplier-agreements/",
    "/supplier/",
];
/// Where reps are let in and then asked whether they lead: sales managers are reps who do.
const FOR_LEADERS: &[&str] = &["/office/tracking/", "/api/v1/tracking/"];

const ORDER: &str =
    "SELECT MIN(o.number) AS value FROM purchase_order o JOIN company c ON c.id = o.company_id WHERE c.number = $1";
const ADDRESS: &str =
    "SELECT MIN(a.id) AS value FROM address a JOIN company c ON c.id = a.company_id WHERE c.number = $1";
const PERSON: &str =
    "SELECT MIN(p.id) AS value FROM person p JOIN company c ON c.id = p.company_id WHERE c.number = $1";
const NEGOTIATION: &str =
    "SELECT MIN(n.id) AS value FROM negotiation n JOIN company c ON c.id = n.company_id WHERE c.number = $1";
const CART: &str = "SELECT MIN(k.id) AS value FROM cart k JOIN company c ON c.id = k.company_id WHERE c.number = $1";
const CART_LINE: &str = "SELECT MIN(l.id) AS value FROM cart_line l JOIN cart k ON k.id = l.cart_id JOIN company c ON c.id = k.company_id WHERE c.number = $1";
const ATTACHMENT: &str =
    "SELECT MIN(a.id) AS value FROM attachment a JOIN company c ON c.id = a.company_id WHERE c.number = $1";
const QUOTE: &str = "SELECT MIN(q.id) AS value FROM quote q JOIN company c ON c.id = q.company_id WHERE c.number = $1";
const OFFER: &str = "SELECT MIN(o.id) AS value FROM offer o JOIN negotiation n ON n.id = o.negotiation_id JOIN company c ON c.id = n.company_id WHERE c.number = $1";

/// Somebody with a browser and, if signed in, a token.
struct Somebody {
    name: String,
    roles: Roles,
    email: Option<String>,
    browser: Client,
    token: String,
}

impl Somebody {
    fn guest(world: &World) -> Self {
        Self {
            name: "guest".into(),
            roles: Roles::default(),
            email: None,
            browser: world.guest(),
            token: String::new(),
        }
    }

    fn signed_in(world: &World, name: &str, email: &str, role: Role) -> Self {
        let browser = world.sign_in(email);
        let token = world.token(email);
        let roles = Roles::default().with(role);
        Self { name: name.into(), roles, email: Some(email.into()), browser, token }
    }

    /// Requests may end the session; then the person signs in again.
    fn again(&mut self, world: &World) {
        if let Some(email) = &self.email
            && self.browser.send("GET", "/account", &[], "").status == 303
        {
            self.browser = world.sign_in(email);
            self.token = world.token(email);
        }
    }

    fn ask(&self, route: &RouteInfo, path: &str) -> Answer {
        let method = route.method.as_str();
        match route.kind {
            Kind::Page if method == "GET" => self.browser.send("GET", path, &[], ""),
            Kind::Page => self.browser.post_once(path, &[]),
            Kind::Api => {
                let bearer = format!("Bearer {}", self.token);
                let mut headers = vec![("content-type", "application/json")];
                if !self.token.is_empty() {
                    headers.push(("authorization", &bearer));
                }
                self.browser.send(method, path, &headers, if method == "GET" { "" } else { "{}" })
            }
        }
    }

    fn may(&self, access: Access) -> bool {
        match access {
            Access::Public => true,
            Access::SignedIn => self.email.is_some(),
            Access::Needs(permission) => self.roles.allow(permission),
        }
    }
}

/// The path with names that nothing has.
fn filled(path: &str, value: &str) -> String {
    let parts = path.split('/').map(|part| if part.starts_with('{') { value } else { part });
    parts.collect::<Vec<_>>().join("/")
}

fn cast(world: &World) -> Vec<Somebody> {
    let mut all = vec![Somebody::guest(world), Somebody::signed_in(world, "buyer", &world.buyer(), Role::Buyer)];
    let own = world.demo.companies.iter().find(|c| c.number == world.demo.story.company).expect("the story's company");
    if let Some(admin) = own.users.iter().find(|u| u.role == Role::CompanyAdmin) {
        all.push(Somebody::signed_in(world, "company admin", &admin.email.to_string(), Role::CompanyAdmin));
    }
    for (name, role) in
        [("rep", Role::SalesRep), ("pricing manager", Role::PricingManager), ("merchant admin", Role::MerchantAdmin)]
    {
        all.push(Somebody::signed_in(world, name, &world.staff(role), role));
    }
    all
}

/// Whether an answer says 'sign in first' or 'you may not', in the way of its kind.
fn is_denied(route: &RouteInfo, who: &Somebody, answer: &Answer) -> bool {
    match (who.email.is_some(), route.kind) {
        (true, _) => answer.status == 403,
        (false, Kind::Page) if route.method == web::Method::GET => {
            answer.status == 303 && answer.header("location").starts_with("/sign-in")
        }
        (false, _) => answer.status == 401,
    }
}

#[test]
fn every_route_asks_who_is_there() {
    on_both(|world| {
        let table = kontor::routes();
        let mut wrong = Vec::new();
        for mut who in cast(world) {
            for route in table.table() {
                let before = world.events();
                let answer = who.ask(route, &filled(route.path, "00000000-0000-7000-8000-000000000000"));
                let line = format!("{} {} as {}: {}", route.method, route.path, who.name, answer.status);
                let by_scope = FOR_LEADERS.iter().any(|prefix| route.path.starts_with(prefix)) && answer.status == 403;
                let may = who.may(route.access) && !by_scope;
                if may == is_denied(route, &who, &answer) || answer.status >= 500 {
                    wrong.push(line);
                } else if !may && world.events() != before {
                    wrong.push(format!("{line}, and yet something happened"));
                }
                if route.method != web::Method::GET {
                    who.again(world);
                }
            }
        }
        assert!(wrong.is_empty(), "on {:?}:\n{}", world.engine(), wrong.join("\n"));
    });
}

/// The story's buyer attaches a file to the only negotiation.
fn attach(world: &World) {
    let id = world.text(NEGOTIATION, world.demo.story.company).expect("there is a negotiation");
    let body =
        "--b\r\ncontent-disposition: form-data; name=\"file\"; filename=\"offer.pdf\"\r\n\r\n%PDF-1.7\r\n--b--\r\n";
    let headers = [("content-type", "multipart/form-data; boundary=b"), ("sec-fetch-site", "same-origin")];
    let path = format!("/negotiations/{id}/attachments");
    let answer = world.sign_in(&world.buyer()).send("POST", &path, &headers, body);
    assert_eq!(answer.status, 303, "{}", answer.body);
}

#[test]
fn what_another_company_has_is_not_there() {
    on_both(|world| {
        let sku = world.demo.story.sku.to_string();
        let own = world.api(&world.buyer());
        own.call("open_negotiation", json!({ "lines": [{ "product": sku, "quantity": "2000", "price": "110.00" }] }));
        own.call("add_cart_line", json!({ "sku": sku, "quantity": "50" }));
        own.call("request_quote", json!({ "lines": [{ "description": "A bracket by drawing", "quantity": "20" }] }));
        attach(world);
        let stranger = Somebody::signed_in(world, "stranger", &world.stranger(), Role::Buyer);
        let table = kontor::routes();
        let mut wrong = Vec::new();
        for route in table.table().iter().filter(|route| route.path.contains('{')) {
            let Some((_, sql)) = OWNED.iter().find(|(prefix, _)| route.path.starts_with(prefix)) else {
                if !SHARED.iter().any(|prefix| route.path.starts_with(prefix)) {
                    wrong.push(format!("{}: say in OWNED or SHARED whose this is", route.path));
                }
                continue;
            };
            let id = world
                .text(sql, world.demo.story.company)
                .unwrap_or_else(|| panic!("nothing stands under {}", route.path));
            let before = world.events();
            let answer = stranger.ask(route, &filled(route.path, &id));
            // An empty form may be refused before the thing is looked for; that tells nothing about it either.
            let is_hidden =
                matches!(answer.status, 403 | 404) || (route.method != web::Method::GET && answer.status == 422);
            if !is_hidden || world.events() != before {
                wrong.push(format!("{} {}: {}", route.method, route.path, answer.status));
            }
        }
        assert!(wrong.is_empty(), "on {:?}:\n{}", world.engine(), wrong.join("\n"));
    });
}
