//! The account by JSON.

use kernel::{Access, AddressId, Failure, Permission, UserId};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use web::{ApiDoc, App, Fields, Json, Method, Path, Reply, Routes, State, Visitor};

use super::{Account, data, pages, parse};
use crate::people::{self, PeopleRefusal, actions::Profile};
use crate::sessions::{self, Sessions, SignInRefusal};
use crate::{addresses, units};

pub(crate) fn routes() -> Routes {
    Routes::new()
        .merge(company_routes())
        .merge(data::api_routes())
        .api(
            Method::PUT,
            "/api/v1/account/profile",
            Access::SignedIn,
            doc("change_profile", "Changes one's own profile.").request::<ProfileBody>(),
            change_profile,
        )
        .api(
            Method::PUT,
            "/api/v1/account/password",
            Access::SignedIn,
            doc("change_password", "Changes one's own password; every session ends.")
                .request::<PasswordBody>()
                .refusals(SignInRefusal::ALL)
                .refusals(PeopleRefusal::ALL),
            change_password,
        )
        .api(
            Method::GET,
            "/api/v1/company",
            Access::Needs(Permission::ViewCompany),
            doc("own_company", "The own company with people, units and addresses.").response::<CompanyBody>(),
            own_company,
        )
}

fn doc(id: &'static str, summary: &'static str) -> ApiDoc {
    ApiDoc::new("account", id, summary)
}

fn company_routes() -> Routes {
    let manage = Access::Needs(Permission::ManageCompany);
    Routes::new()
        .api(
            Method::POST,
            "/api/v1/company/people",
            manage,
            doc("invite_colleague", "Adds a colleague and mails the link to set a password.")
                .request::<ColleagueBody>()
                .created::<Created>()
                .refusals(PeopleRefusal::ALL),
            invite,
        )
        .api(
            Method::PUT,
            "/api/v1/company/people/{id}/role",
            manage,
            doc("set_colleague_role", "Gives a colleague another role or unit.")
                .request::<RoleBody>()
                .refusals(PeopleRefusal::ALL),
            set_role,
        )
        .api(
            Method::PUT,
            "/api/v1/company/people/{id}/block",
            manage,
            doc("block_colleague", "Blocks a colleague; every session of theirs ends.").refusals(PeopleRefusal::ALL),
            block,
        )
        .api(
            Method::DELETE,
            "/api/v1/company/people/{id}/block",
            manage,
            doc("unblock_colleague", "Lets a blocked colleague in again."),
            unblock,
        )
        .api(
            Method::PUT,
            "/api/v1/company/people/{id}/erasure",
            manage,
            doc("erase_colleague", "Deletes the personal data of a blocked colleague; orders stay.")
                .refusals(PeopleRefusal::ALL),
            erase,
        )
        .api(
            Method::POST,
            "/api/v1/company/units",
            manage,
            doc("add_unit", "Adds a unit.").request::<UnitBody>().created::<Created>(),
            add_unit,
        )
        .api(
            Method::POST,
            "/api/v1/company/addresses",
            manage,
            doc("add_address", "Adds an address.").request::<AddressBody>().created::<Created>(),
            add_address,
        )
        .api(
            Method::DELETE,
            "/api/v1/company/addresses/{id}",
            manage,
            doc("archive_address", "Takes an address out of use.").refusals(addresses::AddressRefusal::ALL),
            archive_address,
        )
}

/// One's own profile.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProfileBody {
    name: String,
    phone: String,
    /// `en` or `pl`.
    language: String,
    /// IANA name.
    time_zone: String,
}

/// A change of password.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PasswordBody {
    present: String,
    new_password: String,
}

/// The id of what was made.
#[derive(Serialize, JsonSchema)]
pub(crate) struct Created {
    pub id: String,
}

/// A new colleague.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ColleagueBody {
    name: String,
    email: String,
    /// `buyer` or `company_admin`.
    role: String,
    #[serde(default)]
    title: String,
    #[serde(default)]
    unit: String,
}

/// A role and a unit.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RoleBody {
    /// `buyer` or `company_admin`.
    role: String,
    #[serde(default)]
    unit: String,
}

/// A new unit.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UnitBody {
    code: String,
    name: String,
    /// The unit above it.
    #[serde(default)]
    unit: String,
}

/// A new address.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AddressBody {
    code: String,
    name: String,
    street: String,
    /// May be left out where the country has none.
    #[serde(default)]
    postal_code: String,
    city: String,
    country: String,
    #[serde(default)]
    unit: String,
    #[serde(default)]
    is_billing: bool,
    #[serde(default)]
    is_shipping: bool,
}

/// The own company.
#[derive(Serialize, JsonSchema)]
pub(crate) struct CompanyBody {
    number: String,
    name: String,
    vat_id: Option<String>,
    country: String,
    currency: String,
    payment_days: i64,
    credit_limit: String,
    rep: Option<String>,
    units: Vec<UnitRow>,
    people: Vec<PersonRow>,
    addresses: Vec<AddressRow>,
}

#[derive(Serialize, JsonSchema)]
struct UnitRow {
    id: String,
    parent: Option<String>,
    code: String,
    name: String,
}

#[derive(Serialize, JsonSchema)]
struct PersonRow {
    id: String,
    name: String,
    email: String,
    roles: Vec<String>,
    is_blocked: bool,
}

#[derive(Serialize, JsonSchema)]
struct AddressRow {
    id: String,
    code: String,
    name: String,
    street: String,
    postal_code: String,
    city: String,
    country: String,
    is_billing: bool,
    is_shipping: bool,
}

impl CompanyBody {
    /// What the company itself may know: no segment, no price group.
    pub(crate) fn of(account: &Account) -> Self {
        let company = &account.company;
        Self {
            number: company.number.clone(),
            name: company.name.clone(),
            vat_id: company.vat_id.as_ref().map(ToString::to_string),
            country: company.country.to_string(),
            currency: company.currency.code().into(),
            payment_days: company.payment_days,
            credit_limit: company.credit_limit.to_decimal(),
            rep: account.rep.as_ref().map(|r| r.name.clone()),
            units: account
                .units
                .iter()
                .map(|u| UnitRow {
                    id: u.id.to_string(),
                    parent: u.parent.map(|p| p.to_string()),
                    code: u.code.clone(),
                    name: u.name.clone(),
                })
                .collect(),
            people: account.people.iter().map(PersonRow::of).collect(),
            addresses: account.addresses.iter().map(AddressRow::of).collect(),
        }
    }
}

impl PersonRow {
    fn of(member: &people::Member) -> Self {
        let roles = member.roles.iter().map(|r| r.code().to_owned()).collect();
        Self {
            id: member.id.to_string(),
            name: member.name.clone(),
            email: member.email.to_string(),
            roles,
            is_blocked: member.is_blocked,
        }
    }
}

impl AddressRow {
    fn of(a: &addresses::Address) -> Self {
        Self {
            id: a.id.to_string(),
            code: a.code.clone(),
            name: a.name.clone(),
            street: a.street.clone(),
            postal_code: a.postal_code.clone(),
            city: a.city.clone(),
            country: a.country.to_string(),
            is_billing: a.is_billing,
            is_shipping: a.is_shipping,
        }
    }
}

/// JSON fields as a form, so that both are parsed by the same code.
fn fields<const N: usize>(pairs: [(&str, String); N]) -> Fields {
    Fields::of(BTreeMap::from(pairs.map(|(name, value)| (name.to_owned(), value))))
}

async fn change_profile(State(app): State<App>, visitor: Visitor, Json(body): Json<ProfileBody>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let profile = &Profile { name: body.name, phone: body.phone, language: body.language, time_zone: body.time_zone };
    app.write(|tx| async move { people::actions::change_profile(&tx, ctx, profile).await }).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}

async fn change_password(State(app): State<App>, visitor: Visitor, Json(body): Json<PasswordBody>) -> Reply {
    let (ctx, base_url) = (app.ctx(&visitor), &app.settings().base_url);
    let (present, new) = (&body.present, &body.new_password);
    sessions::actions::change_password(app.db(), &ctx, present, new, visitor.address, base_url).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}

async fn own_company(State(app): State<App>, visitor: Visitor) -> Reply {
    let account = super::own(&app.db().read().await?, &app.ctx(&visitor)).await?;
    web::json(&CompanyBody::of(&account))
}

async fn invite(State(app): State<App>, visitor: Visitor, Json(b): Json<ColleagueBody>) -> Reply {
    let fields = fields([("name", b.name), ("email", b.email), ("role", b.role), ("title", b.title), ("unit", b.unit)]);
    let id = pages::add_colleague(&app, &app.ctx(&visitor), &fields).await?;
    web::created("/api/v1/company", &Created { id: id.to_string() })
}

async fn set_role(State(app): State<App>, visitor: Visitor, Path(id): Path<UserId>, Json(b): Json<RoleBody>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let fields = fields([("role", b.role), ("unit", b.unit)]);
    let mut invalid = kernel::Invalid::default();
    let (roles, unit) = (parse::role(&fields, &mut invalid), parse::unit(&fields, &mut invalid));
    invalid.check()?;
    app.write(|tx| async move { people::actions::set_roles(&tx, ctx, id, roles, unit).await }).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}

async fn block(state: State<App>, visitor: Visitor, id: Path<UserId>) -> Reply {
    set_blocked(state, visitor, id, true).await
}

async fn unblock(state: State<App>, visitor: Visitor, id: Path<UserId>) -> Reply {
    set_blocked(state, visitor, id, false).await
}

async fn set_blocked(State(app): State<App>, visitor: Visitor, Path(id): Path<UserId>, is_blocked: bool) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { people::actions::set_blocked(&tx, ctx, id, is_blocked).await }).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}

async fn erase(State(app): State<App>, visitor: Visitor, Path(id): Path<UserId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    app.write(|tx| async move { people::actions::erase(&tx, ctx, id).await }).await?;
    app.part::<Sessions>().forget();
    web::no_content()
}

async fn add_unit(State(app): State<App>, visitor: Visitor, Json(b): Json<UnitBody>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let company = ctx.actor.company()?;
    let mut invalid = kernel::Invalid::default();
    let parent = parse::unit(&fields([("unit", b.unit)]), &mut invalid);
    invalid.check()?;
    let (code, name) = (&b.code, &b.name);
    let id = app.write(|tx| async move { units::create(&tx, ctx, company, parent, code, name).await }).await?;
    web::created("/api/v1/company", &Created { id: id.to_string() })
}

async fn add_address(State(app): State<App>, visitor: Visitor, Json(b): Json<AddressBody>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let company = ctx.actor.company()?;
    let flag = |is: bool| if is { "1".to_owned() } else { String::new() };
    let fields = fields([
        ("code", b.code),
        ("name", b.name),
        ("street", b.street),
        ("postal_code", b.postal_code),
        ("city", b.city),
        ("country", b.country),
        ("unit", b.unit),
        ("is_billing", flag(b.is_billing)),
        ("is_shipping", flag(b.is_shipping)),
    ]);
    let new = &parse::address(&fields)?;
    let id = app.write(|tx| async move { addresses::create(&tx, ctx, company, new).await }).await?;
    web::created("/api/v1/company", &Created { id: id.to_string() })
}

async fn archive_address(State(app): State<App>, visitor: Visitor, Path(id): Path<AddressId>) -> Reply {
    let ctx = &app.ctx(&visitor);
    let company = ctx.actor.company.ok_or(Failure::NotFound)?;
    app.write(|tx| async move { addresses::archive(&tx, ctx, company, id).await }).await?;
    web::no_content()
}
