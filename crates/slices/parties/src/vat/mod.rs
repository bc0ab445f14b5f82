//! Whether a company's VAT id was confirmed.
//!
//! Goods that go to another member state are free of tax only for a buyer whose VAT id is valid, and the seller has to be
//! able to show that it asked: the day and the reference of the answer are kept, and the event says who. A confirmation is
//! of one id; `Company::vat_confirmed_on` is empty again when the company gets another.

mod store;
#[cfg(test)]
mod tests;

use db::WriteTx;
use db::events::Event;
use kernel::{Access, CompanyId, Ctx, Date, Failure, Invalid, Outcome, Permission, VatId};
use schemars::JsonSchema;
use serde::Deserialize;
use web::{ApiDoc, App, Fields, Form, Json, Method, Path, Reply, Routes, State, Visitor};

use crate::companies;

/// The longest reference.
const REFERENCE_MAX: usize = 60;
/// As long ago as a confirmation may be when it is written down, in days.
const AGE_DAYS_MAX: i64 = 3_650;

kernel::refusals! {
    /// Why a VAT id is not confirmed.
    pub enum VatRefusal {
        /// The company has no VAT id, or another one than was confirmed.
        OtherId = "vat-other-id" => Conflict,
    }
}

/// That the authority has confirmed a VAT id.
#[derive(Debug, Clone)]
pub struct Confirmation {
    /// The id that was asked about.
    pub vat_id: VatId,
    /// The day of the answer.
    pub on: Date,
    /// The number of the consultation; may be empty.
    pub reference: String,
}

/// What happens to VAT ids.
#[derive(Debug)]
struct Confirmed {
    company: CompanyId,
    vat_id: VatId,
    reference: String,
}

impl Event for Confirmed {
    fn kind(&self) -> &'static str {
        "company.vat_confirmed"
    }
    fn subject(&self) -> String {
        self.company.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        Some(self.company)
    }
    fn payload(&self) -> serde_json::Value {
        serde_json::json!({ "vat_id": self.vat_id.as_str(), "reference": self.reference })
    }
}

/// Writes down that a company's VAT id was confirmed.
///
/// # Errors
/// Not found; [`VatRefusal`]; invalid `on` or `reference`; the refusal `not-allowed`.
pub async fn confirm(tx: &WriteTx, ctx: &Ctx, id: CompanyId, new: &Confirmation) -> Outcome<()> {
    ctx.actor.must(Permission::ManageCompanies)?;
    let company = companies::queries::company(tx, id).await?.ok_or(Failure::NotFound)?;
    if company.vat_id.as_ref() != Some(&new.vat_id) {
        return Err(VatRefusal::OtherId.into());
    }
    let today = ctx.today();
    let mut invalid = Invalid::default();
    if new.on > today || new.on < today.plus_days(-AGE_DAYS_MAX) {
        invalid = invalid.and("on", "vat-confirmed-on", Vec::new());
    }
    if new.reference.chars().count() > REFERENCE_MAX {
        invalid = invalid.and("reference", "too-long", vec![("most", REFERENCE_MAX.to_string())]);
    }
    invalid.check()?;
    store::put(tx, ctx, id, new).await?;
    let Confirmation { vat_id, reference, .. } = new.clone();
    tx.append(ctx, &Confirmed { company: id, vat_id, reference }).await?;
    Ok(())
}

pub(crate) fn routes() -> Routes {
    let manage = Access::Needs(Permission::ManageCompanies);
    let doc =
        ApiDoc::new("companies", "confirm_vat_id", "Writes down that the authority has confirmed a company's VAT id.");
    Routes::new().page(Method::POST, "/office/companies/{number}/vat-confirmation", manage, confirm_page).api(
        Method::PUT,
        "/api/v1/companies/{number}/vat-confirmation",
        manage,
        doc.request::<ConfirmationBody>().refusals(VatRefusal::ALL),
        confirm_json,
    )
}

async fn write(app: &App, visitor: &Visitor, number: &str, new: &Confirmation) -> Outcome<()> {
    let company = companies::queries::by_number(&app.db().read().await?, number).await?.ok_or(Failure::NotFound)?;
    let ctx = &app.ctx(visitor);
    app.write(|tx| async move { confirm(&tx, ctx, company.id, new).await }).await
}

fn read(vat_id: &str, on: &str, reference: &str) -> Outcome<Confirmation> {
    let mut invalid = Invalid::default();
    let vat_id = invalid.take("vat_id", VatId::parse(vat_id).map_err(|code| (code, Vec::new())));
    let on = invalid.take("on", Date::parse(on).ok_or(("vat-confirmed-on", Vec::new())));
    match (vat_id, on) {
        (Some(vat_id), Some(on)) => Ok(Confirmation { vat_id, on, reference: reference.trim().to_owned() }),
        _ => Err(invalid.into()),
    }
}

async fn confirm_page(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Form(fields): Form<Fields>,
) -> Reply {
    let done = match read(fields.text("vat_id"), fields.text("on"), fields.text("reference")) {
        Ok(new) => write(&app, &visitor, &number, &new).await,
        Err(failure) => Err(failure),
    };
    let back = format!("/office/companies/{}", web::encode(&number));
    match done {
        Ok(()) => web::flash(web::see_other(&back), "saved"),
        Err(Failure::Invalid(_)) => web::flash(web::see_other(&back), "vat-not-confirmed"),
        Err(other) => Err(other.into()),
    }
}

/// That the authority has confirmed a VAT id.
#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ConfirmationBody {
    /// The id that was asked about: the company's own.
    vat_id: String,
    /// The day of the answer, as `2026-11-27`.
    on: String,
    /// The number of the consultation; at most 60 characters.
    #[serde(default)]
    reference: String,
}

async fn confirm_json(
    State(app): State<App>,
    visitor: Visitor,
    Path(number): Path<String>,
    Json(body): Json<ConfirmationBody>,
) -> Reply {
    write(&app, &visitor, &number, &read(&body.vat_id, &body.on, &body.reference)?).await?;
    web::no_content()
}
