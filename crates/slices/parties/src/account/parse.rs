//! From typed text to values, alike for forms and JSON.

use kernel::{CompanyId, Country, Email, Invalid, Outcome, Role, Roles, UnitId, text};
use web::Fields;

use crate::addresses::NewAddress;
use crate::people::{Member, NewMember};

fn no_args<T>(result: Result<T, &'static str>) -> Result<T, kernel::WrongValue> {
    result.map_err(|code| (code, Vec::new()))
}

/// The unit of a form: none, or an id.
pub(super) fn unit(fields: &Fields, invalid: &mut Invalid) -> Option<UnitId> {
    let text = fields.some("unit")?;
    invalid.take("unit", no_args(UnitId::parse(text).ok_or("choice")))
}

/// Company roles by their codes, from one field (`role`).
pub(super) fn role(fields: &Fields, invalid: &mut Invalid) -> Roles {
    let role = Role::parse(fields.text("role")).filter(|role| !role.is_staff());
    invalid.take("role", no_args(role.ok_or("choice"))).into_iter().collect()
}

/// A new colleague, who speaks the language of whoever invites until he or she says otherwise.
pub(super) fn colleague(fields: &Fields, company: CompanyId, by: &Member) -> Outcome<NewMember> {
    let mut invalid = Invalid::default();
    let email = invalid.take("email", no_args(Email::parse(fields.text("email"))));
    let name = invalid.take("name", text::person_name(fields.text("name"))).unwrap_or_default();
    let (unit, roles) = (unit(fields, &mut invalid), role(fields, &mut invalid));
    invalid.clone().check()?;
    let email = email.ok_or(invalid)?;
    Ok(NewMember {
        company: Some(company),
        unit,
        email,
        name,
        title: fields.text("title").to_owned(),
        phone: fields.text("phone").to_owned(),
        roles,
        language: by.language.clone(),
        time_zone: by.time_zone.clone(),
        leads_sales: false,
        password_hash: None,
    })
}

/// A new address.
pub(super) fn address(fields: &Fields) -> Outcome<NewAddress> {
    let mut invalid = Invalid::default();
    let country = invalid.take("country", no_args(Country::known(fields.text("country"))));
    let unit = unit(fields, &mut invalid);
    invalid.clone().check()?;
    let text = |name: &str| fields.text(name).to_owned();
    Ok(NewAddress {
        unit,
        code: text("code"),
        name: text("name"),
        street: text("street"),
        postal_code: text("postal_code"),
        city: text("city"),
        country: country.ok_or(invalid)?,
        is_billing: fields.some("is_billing").is_some(),
        is_shipping: fields.some("is_shipping").is_some(),
        note: text("note"),
    })
}
