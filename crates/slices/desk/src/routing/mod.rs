//! The calendar, caps and absences of the people who decide, as pages and JSON. What they mean for a case
//! stands below ([`negotiation::routing`]).

mod api;
mod changes;
mod form;
mod pages;
#[cfg(test)]
mod tests;

use kernel::{Access, Permission};
use negotiation::routing::RoutingRefusal;
use terms::signoffs::SignoffRefusal;
use web::{ApiDoc, Method};

pub(crate) fn routes() -> web::Routes {
    let (manage, desk) = (Access::Needs(Permission::ManagePolicy), Access::Needs(Permission::UseDesk));
    let doc = |id, summary| ApiDoc::new("routing", id, summary);
    web::Routes::new()
        .page(Method::GET, "/office/routing", manage, pages::settings)
        .page(Method::POST, "/office/routing", manage, pages::save)
        .page(Method::POST, "/office/routing/caps", manage, pages::save_caps)
        .page(Method::POST, "/office/routing/changes/{id}/approval", manage, changes::confirm)
        .page(Method::POST, "/office/routing/changes/{id}/rejection", manage, changes::decline)
        .page(Method::GET, "/desk/absences", desk, pages::absences)
        .page(Method::POST, "/desk/absences", desk, pages::enter)
        .page(Method::POST, "/desk/absences/{id}/removal", desk, pages::remove)
        .api(
            Method::GET,
            "/api/v1/office/routing",
            manage,
            doc("get_routing", "When the desk works, and how cases are spread").response::<api::SettingsJson>(),
            api::settings,
        )
        .api(
            Method::PUT,
            "/api/v1/office/routing",
            manage,
            doc("save_routing", "Changes when the desk works; a second person confirms how cases are spread")
                .request::<api::SaveSettings>()
                .response::<api::SaveAnswer>()
                .refusals(RoutingRefusal::ALL)
                .refusals(SignoffRefusal::ALL),
            api::save,
        )
        .merge(change_routes(manage))
        .merge(person_routes(manage, desk))
}

fn change_routes(manage: Access) -> web::Routes {
    let doc = |id, summary| ApiDoc::new("routing", id, summary).refusals(SignoffRefusal::ALL);
    web::Routes::new()
        .api(
            Method::GET,
            "/api/v1/office/routing/changes",
            manage,
            doc("list_routing_changes", "What was changed, by whom and when; the newest 50")
                .response::<Vec<api::ChangeJson>>(),
            api::changes,
        )
        .api(
            Method::POST,
            "/api/v1/office/routing/changes/{id}/approval",
            manage,
            doc("approve_routing", "Confirms, as a second person, a change that waits")
                .request::<api::RoutingNote>()
                .refusals(RoutingRefusal::ALL),
            api::confirm,
        )
        .api(
            Method::POST,
            "/api/v1/office/routing/changes/{id}/rejection",
            manage,
            doc("reject_routing", "Declines a change that waits, or takes back one's own")
                .request::<api::RoutingNote>(),
            api::decline,
        )
}

fn person_routes(manage: Access, desk: Access) -> web::Routes {
    let doc = |id, summary| ApiDoc::new("routing", id, summary);
    web::Routes::new()
        .api(
            Method::GET,
            "/api/v1/desk/people",
            desk,
            doc("list_desk_people", "Who works on the desk, and how much everybody has")
                .response::<Vec<api::PersonJson>>(),
            api::people,
        )
        .api(
            Method::PUT,
            "/api/v1/desk/people/{id}/cap",
            manage,
            doc("set_desk_cap", "Changes how many cases a day brings to a person")
                .request::<api::SetCap>()
                .response::<Vec<api::PersonJson>>(),
            api::set_cap,
        )
        .api(
            Method::GET,
            "/api/v1/desk/absences",
            desk,
            doc("list_absences", "Absences that are not over").response::<Vec<api::AbsenceJson>>(),
            api::absences,
        )
        .api(
            Method::POST,
            "/api/v1/desk/absences",
            desk,
            doc("enter_absence", "Enters an absence; open cases of the person are passed on")
                .request::<api::EnterAbsence>()
                .created::<api::AbsenceJson>()
                .refusals(RoutingRefusal::ALL),
            api::enter,
        )
        .api(
            Method::DELETE,
            "/api/v1/desk/absences/{id}",
            desk,
            doc("remove_absence", "Takes an absence back").refusals(RoutingRefusal::ALL),
            api::remove,
        )
}
