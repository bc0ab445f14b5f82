//! The merchant, its people and its customers.

use kernel::{Amount, Country, Currency, Date, Email, Role};

use crate::companies_table::{ROWS, Row};
use crate::cultures::{CULTURES, Culture, INDUSTRIES};
use crate::model::{Address, Company, CompanyAddress, CompanyUnit, Merchant, PriceGroup, Staff, Text, User};
use crate::rng::Rng;
use crate::vat::vat_id;

/// Number of the company whose buyer asks in the textbook case.
pub const STORY_COMPANY: &str = "K10001";

const POLISH_ZONE: &str = "Europe/Warsaw";

/// The merchant.
pub fn merchant(seed: u64) -> Merchant {
    Merchant {
        name: "Wendtmark Industrial Supply sp. z o.o.".into(),
        short_name: "Wendtmark".into(),
        claim: Text::new(
            "Twelve thousand parts, one price you can talk about.",
            "Dwanaście tysięcy części i cena, o której można porozmawiać.",
        ),
        vat_id: vat_id("PL", &mut Rng::of(seed, "merchant")),
        address: Address {
            name: "Wendtmark Industrial Supply".into(),
            street: "ul. Nabrzeżna 14".into(),
            postal_code: "80-601".into(),
            city: "Gdańsk".into(),
            country: country("PL"),
        },
        email: email("office@kontor.example"),
        phone: "+48 58 555 01 00".into(),
        currency: Currency::Eur,
        time_zone: POLISH_ZONE,
    }
}

/// The merchant's people: four reps, who leads them, pricing and administration.
pub fn staff() -> Vec<Staff> {
    let person = |local: &str, name: &'static str, title: Text, number: u8, role: Role| Staff {
        email: email(&format!("{local}@kontor.example")),
        name: name.into(),
        title,
        phone: format!("+48 58 555 01 {number:02}").into(),
        role,
        language: "en",
        time_zone: POLISH_ZONE,
        leads_sales: false,
    };
    let rep = || Text::new("Sales representative", "Przedstawiciel handlowy");
    vec![
        person("ann", "Ann Lewandowska", rep(), 11, Role::SalesRep),
        Staff { language: "pl", ..person("piotr", "Piotr Wysocki", rep(), 12, Role::SalesRep) },
        Staff { time_zone: "Europe/Berlin", ..person("jonas", "Jonas Ehlers", rep(), 13, Role::SalesRep) },
        Staff { time_zone: "Europe/Oslo", ..person("marit", "Marit Dahle", rep(), 14, Role::SalesRep) },
        Staff {
            leads_sales: true,
            ..person("helena", "Helena Brandt", Text::new("Head of sales", "Kierownik sprzedaży"), 10, Role::SalesRep)
        },
        person(
            "tomasz",
            "Tomasz Zieliński",
            Text::new("Pricing manager", "Kierownik ds. cen"),
            20,
            Role::PricingManager,
        ),
        person(
            "admin",
            "Olga Marek",
            Text::new("System administrator", "Administrator systemu"),
            30,
            Role::MerchantAdmin,
        ),
    ]
}

/// The price groups.
pub fn groups() -> Vec<PriceGroup> {
    [
        ("PG-VOLUME", "Volume buyers", "Odbiorcy hurtowi"),
        ("PG-OEM", "Machine builders (OEM)", "Producenci maszyn (OEM)"),
        ("PG-RESELLER", "Resellers", "Odsprzedawcy"),
        ("PG-PROJECT", "Project business", "Klienci projektowi"),
    ]
    .map(|(code, en, pl)| PriceGroup { code, name: Text::new(en, pl) })
    .into()
}

/// The customers.
pub fn companies(seed: u64, today: Date) -> Vec<Company> {
    ROWS.iter().map(|row| company(seed, today, row)).collect()
}

fn email(text: &str) -> Email {
    Email::parse(text).expect("addresses of the demo are valid")
}

fn country(code: &str) -> Country {
    Country::parse(code).expect("countries of the demo have two letters")
}

/// Reps by country: Ann the north of Poland and the story, Piotr the rest of Poland and Lithuania, Jonas Germany and
/// the Czech Republic, Marit the Nordics, Estonia and Britain.
fn rep(row: &Row) -> Email {
    email(match row.country {
        "PL" if matches!(row.number, "K10001" | "K10004" | "K10009" | "K10010" | "K10007" | "K10002") => {
            "ann@kontor.example"
        }
        "PL" | "LT" => "piotr@kontor.example",
        "DE" | "CZ" => "jonas@kontor.example",
        _ => "marit@kontor.example",
    })
}

fn company(seed: u64, today: Date, row: &'static Row) -> Company {
    let mut rng = Rng::of(seed, row.number);
    let culture = CULTURES.iter().find(|c| c.country == row.country).expect("every country has a culture");
    let industry = INDUSTRIES.iter().find(|i| i.code == row.industry).expect("every industry is known");
    Company {
        number: row.number,
        name: row.name.into(),
        vat_id: vat_id(row.country, &mut rng),
        country: country(row.country),
        segment: row.segment,
        price_group: (!row.group.is_empty()).then_some(row.group),
        industry: Text::new(industry.words.0, industry.words.1),
        employees: row.employees,
        currency: Currency::Eur,
        payment_days: row.payment_days,
        credit_limit: Amount::new(row.credit * 100_000, Currency::Eur),
        rep: rep(row),
        since: today.plus_days(-rng.between(760, 3_900)),
        units: units(row, culture),
        addresses: addresses(row, culture, &mut rng),
        users: users(row, culture, &mut rng),
    }
}

fn units(row: &'static Row, culture: &Culture) -> Vec<CompanyUnit> {
    let head = CompanyUnit { code: "HQ", parent: None, name: culture.head_office.into() };
    let branches =
        row.branches.iter().map(|(code, name, ..)| CompanyUnit { code, parent: Some("HQ"), name: (*name).into() });
    std::iter::once(head).chain(branches).collect()
}

fn addresses(row: &'static Row, culture: &Culture, rng: &mut Rng) -> Vec<CompanyAddress> {
    let mut street = || {
        let number = rng.between(2, 118).to_string();
        culture.streets[rng.index(culture.streets.len())].replace("{}", &number)
    };
    let address = |name: &str, street: String, city: &'static str, postal_code: &'static str| Address {
        name: name.to_string().into(),
        street: street.into(),
        postal_code: postal_code.into(),
        city: city.into(),
        country: country(row.country),
    };
    let mut all = vec![CompanyAddress {
        code: "MAIN".into(),
        unit: "HQ",
        address: address(row.name, street(), row.city.0, row.city.1),
        is_billing: true,
        is_shipping: true,
        note: "".into(),
    }];
    if row.employees >= 100 {
        all.push(CompanyAddress {
            code: "STORE".into(),
            unit: "HQ",
            address: address(row.name, street(), row.city.0, row.city.1),
            is_billing: false,
            is_shipping: true,
            note: "Goods in, gate 2, 7:00 to 14:00".into(),
        });
    }
    for (code, name, city, postal_code) in row.branches {
        all.push(CompanyAddress {
            code: (*code).into(),
            unit: code,
            address: address(&format!("{}, {name}", row.name), street(), city, postal_code),
            is_billing: false,
            is_shipping: true,
            note: "".into(),
        });
    }
    all
}

/// A purchaser who runs the account, then buyers of the head office and of the branches.
fn users(row: &'static Row, culture: &'static Culture, rng: &mut Rng) -> Vec<User> {
    let wanted = match row.employees {
        ..=40 => 2,
        41..=120 => 3,
        121..=300 => 4,
        _ => 5,
    };
    let first = rng.index(culture.people.len());
    let mut users: Vec<User> = (0..wanted.min(culture.people.len()))
        .map(|place| {
            let (name, local) = culture.people[(first + place) % culture.people.len()];
            let unit = if place < 2 { "HQ" } else { row.branches.get(place - 2).map_or("HQ", |branch| branch.0) };
            user(row, culture, (name, local), unit, if place == 0 { Role::CompanyAdmin } else { Role::Buyer })
        })
        .collect();
    if row.number == STORY_COMPANY {
        users.insert(0, user(row, culture, ("Jan Kowalski", "jan.kowalski"), "HQ", Role::Buyer));
    }
    for (place, user) in users.iter_mut().enumerate() {
        user.phone = format!("{} {:02} {:02}", culture.dial, rng.between(10, 99), place + 10).into();
    }
    users
}

fn user(
    row: &'static Row,
    culture: &'static Culture,
    person: (&'static str, &'static str),
    unit: &'static str,
    role: Role,
) -> User {
    User {
        email: email(&format!("{}@{}.example", person.1, row.domain)),
        name: person.0.into(),
        title: match role {
            Role::CompanyAdmin => Text::new("Head of purchasing", "Kierownik zakupów"),
            _ => Text::new("Buyer", "Specjalista ds. zakupów"),
        },
        phone: "".into(),
        role,
        unit,
        language: if culture.country == "PL" { "pl" } else { "en" },
        time_zone: culture.time_zone,
    }
}
