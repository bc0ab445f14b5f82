//! Companies, each with an address and a person who can sign in, when the file has them.

use std::collections::HashMap;
use std::sync::Arc;

use db::WriteTx;
use kernel::{CompanyId, Country, Ctx, Currency, Email, Invalid, Outcome, Role, UserId, VatId, text};
use parties::addresses::{self, NewAddress};
use parties::companies::{self, Company, NewCompany, Word, actions::CompanyChange};
use parties::people::{self, NewMember};

use super::batches::{Fate, Group, Target, Written};
use super::catalogue::placed;
use super::cells::{self, Bound, Cells, Given, at_most, coded};
use super::mapping::{Field, Wrong, optional, required};
use super::report::RowError;
use super::source::RawRow;

/// Columns may be mapped to these.
pub(crate) const FIELDS: &[Field] = &[
    required("number"),
    required("name"),
    required("country"),
    required("currency"),
    optional("vat_id"),
    optional("segment"),
    optional("price_group"),
    optional("payment_days"),
    optional("credit_limit"),
    optional("rep_email"),
    optional("address_code"),
    optional("street"),
    optional("postal_code"),
    optional("city"),
    optional("person_name"),
    optional("person_email"),
    optional("person_title"),
    optional("person_phone"),
    optional("person_language"),
    optional("person_time_zone"),
];

#[derive(Debug, Clone)]
struct Street {
    code: String,
    street: String,
    postal_code: String,
    city: String,
}

#[derive(Debug, Clone)]
struct Person {
    name: String,
    email: Email,
    title: String,
    phone: String,
    language: String,
    time_zone: String,
}

/// A company as far as a row says something about it.
#[derive(Debug, Clone)]
pub(crate) struct Row {
    number: String,
    name: String,
    country: Country,
    currency: Currency,
    vat_id: Option<Option<VatId>>,
    segment: Option<String>,
    price_group: Option<Option<String>>,
    payment_days: Option<i64>,
    credit_limit_minor: Option<i64>,
    rep: Option<Option<Email>>,
    street: Option<Street>,
    person: Option<Person>,
}

/// The rows of one file.
pub(crate) struct Companies {
    bound: Arc<Bound>,
    seen: HashMap<String, u64>,
}

impl Target for Companies {
    type Item = Row;
    type Named = ();
    const FIELDS: &'static [Field] = FIELDS;

    fn new(bound: Arc<Bound>) -> Self {
        Self { bound, seen: HashMap::new() }
    }

    fn take(&mut self, row: RawRow) -> Option<Group<Row>> {
        let item = self.parse(&row);
        Some(Group { rows: vec![row], item })
    }

    fn named(self) -> Self::Named {}

    async fn known(tx: &WriteTx, items: &[&Row]) -> Outcome<()> {
        let segments = companies::queries::words(tx, Word::Segment).await?;
        let groups = companies::queries::words(tx, Word::PriceGroup).await?;
        let mut invalid = Invalid::default();
        for (at, row) in items.iter().enumerate() {
            let named = [
                ("segment", row.segment.as_ref(), &segments),
                ("price_group", row.price_group.as_ref().and_then(Option::as_ref), &groups),
            ];
            for (field, word, known) in named {
                if let Some(word) = word.filter(|word| !word.is_empty() && !known.contains(word)) {
                    let args = vec![("word", word.clone())];
                    invalid = invalid.and(format!("[{at}].{field}"), "import-unknown-word", args);
                }
            }
        }
        invalid.check()
    }

    async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
        write(tx, ctx, items).await
    }
}

impl Companies {
    fn parse(&mut self, row: &RawRow) -> Result<Row, Vec<RowError>> {
        let mut cells = self.bound.cells(row);
        let number = cells.must("number", at_most(40));
        if let Some(number) = &number
            && let Some(first) = self.seen.insert(number.clone(), row.number)
        {
            cells.note("number", "import-twice", vec![("row", first.to_string())]);
        }
        let value = fields(&mut cells, number);
        cells.finish(value)
    }
}

fn fields(cells: &mut Cells<'_>, number: Option<String>) -> Option<Row> {
    let scaled = cells.number();
    let name = cells.must("name", text::name);
    let country = cells.must("country", |text| coded(Country::known(text)));
    let currency = cells.must("currency", cells::currency);
    let limit = |text: &str| {
        let currency = currency.unwrap_or(Currency::Eur);
        cells::amount(scaled(text, currency.exponent()).map_err(Wrong::from)?, currency).map(|amount| amount.minor())
    };
    let credit_limit_minor = cells.get("credit_limit", limit).or_empty(0);
    let vat_id = cells.get("vat_id", |text| coded(VatId::parse(text))).map(Some).or_empty(None);
    let segment = cells.get("segment", at_most(40)).or_empty(String::new());
    let price_group = cells.get("price_group", at_most(40)).map(Some).or_empty(None);
    let payment_days = cells.get("payment_days", |text| scaled(text, 0).map_err(Wrong::from)).or_empty(0);
    let rep = cells.get("rep_email", |text| coded(Email::parse(text))).map(Some).or_empty(None);
    let (street, person) = (street(cells, country.as_ref()), person(cells));
    Some(Row {
        number: number?,
        name: name?,
        country: country?,
        currency: currency?,
        vat_id,
        segment,
        price_group,
        payment_days,
        credit_limit_minor,
        rep,
        street,
        person,
    })
}

/// An address needs all its parts, or none.
fn street(cells: &mut Cells<'_>, country: Option<&Country>) -> Option<Street> {
    let code = cells.get("address_code", at_most(20)).value();
    let street = cells.get("street", at_most(120)).value();
    let postal_code = cells.get("postal_code", at_most(12)).value();
    let city = cells.get("city", at_most(80)).value();
    if street.is_none() && postal_code.is_none() && city.is_none() {
        return None;
    }
    let has_postal_codes = country.is_none_or(Country::has_postal_codes);
    for (field, value) in [("street", &street), ("postal_code", &postal_code), ("city", &city)] {
        if value.is_none() && (field != "postal_code" || has_postal_codes) {
            cells.note(field, "required", Vec::new());
        }
    }
    let code = code.unwrap_or_else(|| "MAIN".to_owned());
    Some(Street { code, street: street?, postal_code: postal_code.unwrap_or_default(), city: city? })
}

fn person(cells: &mut Cells<'_>) -> Option<Person> {
    let language = |text: &str| {
        i18n::Language::parse(text).map(|language| language.code().to_owned()).ok_or_else(|| ("choice", vec![]))
    };
    let zone = |text: &str| {
        let known = i18n::Locale::new(i18n::Language::En, text).zone_name() == text;
        if known { Ok(text.to_owned()) } else { Err(("time-zone", vec![])) }
    };
    let email = cells.get("person_email", |text| coded(Email::parse(text)));
    let name = cells.get("person_name", text::person_name).value();
    let title = cells.get("person_title", at_most(120)).value().unwrap_or_default();
    let phone = cells.get("person_phone", at_most(40)).value().unwrap_or_default();
    let language = cells.get("person_language", language).value().unwrap_or_else(|| "en".to_owned());
    let time_zone = cells.get("person_time_zone", zone).value().unwrap_or_else(|| "UTC".to_owned());
    let Given::Value(email) = email else { return None };
    let name = name.unwrap_or_else(|| name_in(&email));
    Some(Person { name, email, title, phone, language, time_zone })
}

/// What stands before the `@`, as words.
fn name_in(email: &Email) -> String {
    let local = email.as_str().split('@').next().unwrap_or_default();
    let words = local.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ").chars().take(text::NAME_MAX).collect()
}

async fn write(tx: &WriteTx, ctx: &Ctx, items: &[&Row]) -> Outcome<Written> {
    let reps = reps(tx).await?;
    let mut written = Written::default();
    let mut ids: Vec<Option<CompanyId>> = Vec::with_capacity(items.len());
    let (mut new, mut new_at) = (Vec::new(), Vec::new());
    for (at, row) in items.iter().enumerate() {
        let rep = match &row.rep {
            Some(Some(email)) => {
                let known = reps.get(email).copied();
                Some(Some(known.ok_or_else(|| Invalid::field(format!("[{at}].rep_email"), "import-rep"))?))
            }
            Some(None) => Some(None),
            None => None,
        };
        match companies::queries::by_number(tx, &row.number).await? {
            Some(company) => {
                ids.push(Some(company.id));
                written.fates.push(update(tx, ctx, at, row, rep, company).await?);
            }
            None => {
                ids.push(None);
                written.fates.push(Fate::Created);
                new.push(new_company(row, rep.flatten()));
                new_at.push(at);
            }
        }
    }
    let created = companies::actions::create_many(tx, ctx, &new).await.map_err(|e| placed(e, &new_at))?;
    for (at, id) in new_at.into_iter().zip(created) {
        ids[at] = Some(id);
    }
    let pairs: Vec<(CompanyId, &Row)> = ids.into_iter().flatten().zip(items.iter().copied()).collect();
    add_addresses(tx, ctx, &pairs, &mut written).await?;
    add_people(tx, ctx, &pairs, &mut written).await?;
    Ok(written)
}

async fn reps(tx: &WriteTx) -> Outcome<HashMap<Email, UserId>> {
    let staff = people::queries::staff(tx).await?.into_iter();
    Ok(staff.filter(|member| !member.is_blocked).map(|member| (member.email, member.id)).collect())
}

fn new_company(row: &Row, rep: Option<UserId>) -> NewCompany {
    NewCompany {
        number: row.number.clone(),
        name: row.name.clone(),
        vat_id: row.vat_id.clone().flatten(),
        country: row.country.clone(),
        segment: row.segment.clone().unwrap_or_default(),
        price_group: row.price_group.clone().flatten(),
        currency: row.currency,
        payment_days: row.payment_days.unwrap_or_default(),
        credit_limit_minor: row.credit_limit_minor.unwrap_or_default(),
        rep,
    }
}

async fn update(
    tx: &WriteTx,
    ctx: &Ctx,
    at: usize,
    row: &Row,
    rep: Option<Option<UserId>>,
    old: Company,
) -> Outcome<Fate> {
    // Orders, prices and limits of the company are in its currency; another one would be another company.
    if old.currency != row.currency {
        return Err(Invalid::field(format!("[{at}].currency"), "currency-mismatch").into());
    }
    let new = CompanyChange {
        version: old.version,
        name: row.name.clone(),
        vat_id: row.vat_id.clone().unwrap_or_else(|| old.vat_id.clone()),
        country: row.country.clone(),
        segment: row.segment.clone().unwrap_or_else(|| old.segment.clone()),
        price_group: row.price_group.clone().unwrap_or_else(|| old.price_group.clone()),
        payment_days: row.payment_days.unwrap_or(old.payment_days),
        credit_limit_minor: row.credit_limit_minor.unwrap_or(old.credit_limit.minor()),
        rep: rep.unwrap_or(old.rep),
        is_negotiation_blocked: old.is_negotiation_blocked,
    };
    let same = new.name == old.name
        && new.vat_id == old.vat_id
        && new.country == old.country
        && new.segment == old.segment
        && new.price_group == old.price_group
        && new.payment_days == old.payment_days
        && new.credit_limit_minor == old.credit_limit.minor()
        && new.rep == old.rep;
    if same {
        return Ok(Fate::Unchanged);
    }
    companies::actions::update(tx, ctx, old.id, &new).await.map_err(|failure| at_group(failure, at))?;
    Ok(Fate::Updated)
}

fn at_group(failure: kernel::Failure, at: usize) -> kernel::Failure {
    let kernel::Failure::Invalid(mut invalid) = failure else { return failure };
    for error in &mut invalid.fields {
        error.field = format!("[{at}].{}", error.field);
    }
    kernel::Failure::Invalid(invalid)
}

/// Addresses are only added: one with the code that is there already stays as people have set it.
async fn add_addresses(tx: &WriteTx, ctx: &Ctx, rows: &[(CompanyId, &Row)], written: &mut Written) -> Outcome<()> {
    let mut new = Vec::new();
    for (company, row) in rows {
        let Some(street) = &row.street else { continue };
        if addresses::of_company(tx, *company).await?.iter().any(|address| address.code == street.code) {
            continue;
        }
        written.made.push(("import-made-addresses", format!("{} {}", row.number, street.code)));
        let address = NewAddress {
            unit: None,
            code: street.code.clone(),
            name: row.name.clone(),
            street: street.street.clone(),
            postal_code: street.postal_code.clone(),
            city: street.city.clone(),
            country: row.country.clone(),
            is_billing: true,
            is_shipping: true,
            note: String::new(),
        };
        new.push((*company, address));
    }
    if !new.is_empty() {
        addresses::create_many(tx, ctx, &new).await?;
    }
    Ok(())
}

/// People are only added, as admins of their company, and set a password by a mailed link. An address may act for several
/// companies.
async fn add_people(tx: &WriteTx, ctx: &Ctx, rows: &[(CompanyId, &Row)], written: &mut Written) -> Outcome<()> {
    let mut new: Vec<NewMember> = Vec::new();
    for (company, row) in rows {
        let Some(person) = &row.person else { continue };
        let known = people::queries::by_email(tx, &person.email).await?;
        let mut there = known.iter().map(|member| (&member.email, member.company));
        let mut planned = new.iter().map(|member| (&member.email, member.company));
        let wanted = (&person.email, Some(*company));
        if there.any(|one| one == wanted) || planned.any(|one| one == wanted) {
            continue;
        }
        written.made.push(("import-made-people", person.email.to_string()));
        new.push(NewMember {
            company: Some(*company),
            unit: None,
            email: person.email.clone(),
            name: person.name.clone(),
            title: person.title.clone(),
            phone: person.phone.clone(),
            roles: [Role::Buyer, Role::CompanyAdmin].into_iter().collect(),
            language: person.language.clone(),
            time_zone: person.time_zone.clone(),
            leads_sales: false,
            password_hash: None,
        });
    }
    if !new.is_empty() {
        people::actions::create_many(tx, ctx, &new).await?;
    }
    Ok(())
}
