//! Experiments: another policy for some companies, to find out what it causes.
//!
//! * A **variant** is a whole policy. The control is the version that was in force at the start, the treatment a text of
//!   its own; at the start it becomes an unchanging row of `policy` in the state `variant`, so that every round names what
//!   decided it and can be replayed.
//! * **Assignment** is by company ([`statistics::assign`]): all colleagues see the same. It is stored at the first exposure,
//!   the beginning of a new negotiation; what began before goes on as it began. While an experiment runs, its companies stay
//!   with its two variants, whatever is published meanwhile.
//! * **Measuring.** A company counts once, when its window has passed: what it asked for in the so many days from its
//!   exposure on, and what had become of that by their end. So an observation never changes, and the mixture sequential test
//!   ([`statistics::sequential`]; Johari, Koomen, Pekelis and Walsh 2022) holds however often one looks. Under Thompson
//!   allocation the shares follow the outcomes, so each arm has a confidence sequence of its own.
//! * **A second person.** A treatment decides with real customers, so it takes the way of a policy: the plan is simulated
//!   where there is a past, somebody who wrote none of it approves it, and no floor of it lies under the floors in force.
//! * **Guardrails**: escalations, withdrawals and pocket margin, each read alone, because a missed harm costs more than a
//!   stopped experiment.
//! * **Stop rules**, looked at daily: a guardrail is breached, the difference is shown, the planned sample is reached, or
//!   the days are over.
//! * At most one experiment runs for any company: two may run at once only if their segments plainly exclude each other.

pub mod actions;
mod api;
mod course;
mod form;
pub(crate) mod jobs;
mod pages;
pub mod queries;
pub mod reading;
pub mod rules;
mod store;
#[cfg(test)]
pub(crate) mod tests;
mod way;

use db::events::Event;
use kernel::{Access, CompanyId, Permission};
use uuid::Uuid;
use web::{ApiDoc, Method};

use crate::simulation::SimulationRefusal;

kernel::refusals! {
    /// Why an experiment is not changed.
    pub enum ExperimentRefusal {
        /// Somebody else changed it after it was read.
        Changed = "experiment-changed" => Conflict,
        /// It has begun, so its plan is fixed.
        NotDraft = "experiment-not-draft" => Conflict,
        /// It is not running.
        NotRunning = "experiment-not-running" => Conflict,
        /// The treatment says the same as the published policy.
        NoDifference = "experiment-no-difference" => Conflict,
        /// Another experiment runs for some of the same customers.
        Overlap = "experiment-overlap" => Conflict,
        /// The plan was not simulated, though there is a past to try it on.
        NotSimulated = "experiment-not-simulated" => Conflict,
        /// An author of the plan may not approve it while somebody else could. Carries as `people` the names of those who
        /// wrote none of it, `none` where nobody is left: then the plan is discarded and made again by one of its authors.
        OwnApproval = "experiment-own-approval" => Conflict,
        /// The plan was approved while another policy was in force: it is simulated and approved again. Carries as `approved`
        /// and `published` the numbers of both versions.
        PolicyChanged = "experiment-policy-changed" => Conflict,
        /// The plan was not approved.
        NotApproved = "experiment-not-approved" => Conflict,
        /// All asks go to people since an emergency stop.
        Stopped = "experiment-stopped" => Conflict,
        /// It cannot reach its size, and the sender has not said that this is known. Carries `needed` and `exist`, companies
        /// per variant, and as `detectable` the least difference that could be seen at all,
        /// `none` where none could.
        TooSmall = "experiment-too-small" => Conflict,
        /// There is no better treatment to be published.
        NoWinner = "experiment-no-winner" => Conflict,
    }
}

/// Something that happened to an experiment.
#[derive(Debug)]
pub(crate) struct ExperimentEvent {
    kind: &'static str,
    id: Uuid,
}

impl Event for ExperimentEvent {
    fn kind(&self) -> &'static str {
        self.kind
    }
    fn subject(&self) -> String {
        self.id.to_string()
    }
    fn company(&self) -> Option<CompanyId> {
        None
    }
}

pub(crate) fn routes() -> web::Routes {
    let may = Access::Needs(Permission::ManagePolicy);
    api_routes(page_routes(may), may)
}

fn page_routes(may: Access) -> web::Routes {
    web::Routes::new()
        .page(Method::GET, "/office/experiments", may, pages::list)
        .page(Method::GET, "/office/experiments/new", may, pages::new)
        .page(Method::POST, "/office/experiments", may, pages::create)
        .page(Method::GET, "/office/experiments/{id}", may, pages::one)
        .page(Method::GET, "/office/experiments/{id}/plan", may, pages::edit)
        .page(Method::POST, "/office/experiments/{id}/plan", may, pages::save)
        .page(Method::POST, "/office/experiments/{id}/simulation", may, pages::simulate)
        .page(Method::POST, "/office/experiments/{id}/approval", may, pages::approve)
        .page(Method::POST, "/office/experiments/{id}/removal", may, pages::discard)
        .page(Method::POST, "/office/experiments/{id}/start", may, pages::start)
        .page(Method::POST, "/office/experiments/{id}/end", may, pages::end)
        .page(Method::POST, "/office/experiments/{id}/draft", may, pages::draft)
}

fn doc(id: &'static str, summary: &'static str) -> ApiDoc {
    ApiDoc::new("experiments", id, summary)
}

fn change(id: &'static str, summary: &'static str) -> ApiDoc {
    doc(id, summary).response::<api::ExperimentJson>().refusals(ExperimentRefusal::ALL)
}

fn api_routes(routes: web::Routes, may: Access) -> web::Routes {
    let routes = routes
        .api(
            Method::GET,
            "/api/v1/experiments",
            may,
            doc("list_experiments", "All experiments").response::<Vec<api::ExperimentJson>>(),
            api::list,
        )
        .api(
            Method::POST,
            "/api/v1/experiments",
            may,
            doc("plan_experiment", "Plans an experiment").request::<api::PlanBody>().created::<api::ExperimentJson>(),
            api::create,
        )
        .api(
            Method::GET,
            "/api/v1/experiments/{id}",
            may,
            doc("get_experiment", "One experiment with what it shows so far").response::<api::ResultJson>(),
            api::one,
        )
        .api(
            Method::PUT,
            "/api/v1/experiments/{id}",
            may,
            change("change_experiment", "Changes the plan of an experiment that has not begun")
                .request::<api::ChangeBody>(),
            api::save,
        );
    course_routes(routes, may)
}

/// From the simulation to the draft that a better treatment becomes.
fn course_routes(routes: web::Routes, may: Access) -> web::Routes {
    routes
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/simulation",
            may,
            change("simulate_experiment", "Tries the treatment on the past, against the policy in force")
                .request::<api::VersionBody>()
                .refusals(SimulationRefusal::ALL),
            api::simulate,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/approval",
            may,
            change("approve_experiment", "Approves, as a second person, the plan as it was read")
                .request::<api::ApprovalBody>(),
            api::approve,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/removal",
            may,
            doc("discard_experiment", "Throws a plan away that has not begun")
                .request::<api::VersionBody>()
                .refusals(ExperimentRefusal::ALL),
            api::discard,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/start",
            may,
            change("start_experiment", "Begins an experiment").request::<api::StartBody>(),
            api::start,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/end",
            may,
            change("end_experiment", "Ends an experiment").request::<api::VersionBody>(),
            api::end,
        )
        .api(
            Method::POST,
            "/api/v1/experiments/{id}/draft",
            may,
            change("draft_of_experiment", "Makes the better treatment the draft of the policy"),
            api::draft,
        )
}
