//! Staff, and the companies with their units, addresses and people.

use db::Db;
use demo_data::{Company, DemoCompany};
use kernel::{Ctx, Outcome, Roles};
use parties::addresses::{self, NewAddress};
use parties::companies::{self, NewCompany};
use parties::people::{self, NewMember};
use parties::sessions::hash_password;
use parties::units;
use parties::vat::{self, Confirmation};

use super::{Keys, PASSWORD};

pub(super) async fn staff(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &mut Keys) -> Outcome<()> {
    let hash = hash_password(PASSWORD).await?;
    let members: Vec<NewMember> = demo
        .staff
        .iter()
        .map(|person| NewMember {
            company: None,
            unit: None,
            email: person.email.clone(),
            name: person.name.to_string(),
            title: person.title.en.to_string(),
            phone: person.phone.to_string(),
            roles: Roles::from_iter([person.role]),
            language: person.language.into(),
            time_zone: person.time_zone.into(),
            leads_sales: person.leads_sales,
            password_hash: Some(hash.clone()),
        })
        .collect();
    write_people(db, ctx, keys, &members).await
}

async fn write_people(db: &Db, ctx: &Ctx, keys: &mut Keys, members: &[NewMember]) -> Outcome<()> {
    let ids = db.write(|tx| async move { people::actions::create_many(&tx, ctx, members).await }).await?;
    keys.people.extend(members.iter().map(|m| m.email.to_string()).zip(ids));
    Ok(())
}

pub(super) async fn companies(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &mut Keys) -> Outcome<()> {
    let new = demo.companies.iter().map(|company| new_company(company, keys)).collect::<Outcome<Vec<_>>>()?;
    let new = &new;
    let ids = db.write(|tx| async move { companies::actions::create_many(&tx, ctx, new).await }).await?;
    keys.companies.extend(new.iter().map(|c| c.number.clone()).zip(ids));
    confirm_vat_ids(db, demo, ctx, keys).await?;
    // One password for all: hashing it a hundred times would only cost the visitor's time.
    let hash = hash_password(PASSWORD).await?;
    let (mut all_addresses, mut all_people) = (Vec::new(), Vec::new());
    for company in &demo.companies {
        write_units(db, ctx, keys, company).await?;
        let id = keys.companies[company.number];
        let unit = |code: &str| keys.units.get(&(company.number.to_owned(), code.to_owned())).copied();
        all_addresses.extend(company.addresses.iter().map(|a| (id, new_address(a, unit(a.unit)))));
        all_people.extend(company.users.iter().map(|u| new_member(u, id, unit(u.unit), &hash)));
    }
    let (all_addresses, all_people) = (&all_addresses, &all_people);
    db.write(|tx| async move { addresses::create_many(&tx, ctx, all_addresses).await }).await?;
    write_people(db, ctx, keys, all_people).await
}

/// The demo's customers have traded for years: their VAT ids were confirmed.
async fn confirm_vat_ids(db: &Db, demo: &DemoCompany, ctx: &Ctx, keys: &Keys) -> Outcome<()> {
    let confirmed = |company: &Company| {
        let new = Confirmation { vat_id: company.vat_id.clone(), on: ctx.today(), reference: String::new() };
        Some((*keys.companies.get(company.number)?, new))
    };
    let all: Vec<_> = demo.companies.iter().filter_map(confirmed).collect();
    let all = &all;
    db.write(|tx| async move {
        for (company, new) in all {
            vat::confirm(&tx, ctx, *company, new).await?;
        }
        Ok(())
    })
    .await
}

fn new_company(company: &Company, keys: &Keys) -> Outcome<NewCompany> {
    Ok(NewCompany {
        number: company.number.into(),
        name: company.name.to_string(),
        vat_id: Some(company.vat_id.clone()),
        country: company.country.clone(),
        segment: company.segment.into(),
        price_group: company.price_group.map(str::to_owned),
        currency: company.currency,
        payment_days: i64::from(company.payment_days),
        credit_limit_minor: company.credit_limit.minor(),
        rep: Some(Keys::find(&keys.people, &company.rep.to_string())?),
    })
}

async fn write_units(db: &Db, ctx: &Ctx, keys: &mut Keys, company: &Company) -> Outcome<()> {
    let id = keys.companies[company.number];
    for unit in &company.units {
        let parent =
            unit.parent.and_then(|code| keys.units.get(&(company.number.to_owned(), code.to_owned())).copied());
        let made =
            db.write(|tx| async move { units::create(&tx, ctx, id, parent, unit.code, &unit.name).await }).await?;
        keys.units.insert((company.number.to_owned(), unit.code.to_owned()), made);
    }
    Ok(())
}

fn new_address(address: &demo_data::CompanyAddress, unit: Option<kernel::UnitId>) -> NewAddress {
    let a = &address.address;
    NewAddress {
        unit,
        code: address.code.to_string(),
        name: a.name.to_string(),
        street: a.street.to_string(),
        postal_code: a.postal_code.to_string(),
        city: a.city.to_string(),
        country: a.country.clone(),
        is_billing: address.is_billing,
        is_shipping: address.is_shipping,
        note: address.note.to_string(),
    }
}

fn new_member(
    user: &demo_data::User,
    company: kernel::CompanyId,
    unit: Option<kernel::UnitId>,
    hash: &str,
) -> NewMember {
    NewMember {
        company: Some(company),
        unit,
        email: user.email.clone(),
        name: user.name.to_string(),
        title: user.title.en.to_string(),
        phone: user.phone.to_string(),
        roles: Roles::from_iter([user.role]),
        language: user.language.into(),
        time_zone: user.time_zone.into(),
        leads_sales: false,
        password_hash: Some(hash.to_owned()),
    }
}
