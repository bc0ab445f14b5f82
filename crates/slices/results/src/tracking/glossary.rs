//! What each figure means: for people as a page, for programs as JSON.

use askama::Template;
use i18n::Locale;
use kernel::Access;
use schemars::JsonSchema;
use serde::Serialize;
use terms::figures::FIGURES;
use web::{ApiDoc, App, Method, Reply, Shell, State, Visitor};

use super::queries::{self, Scope};

/// A figure that is shown in more than one place.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FigureJson {
    /// Its code.
    pub code: &'static str,
    /// What it is called, in the reader's language.
    pub name: String,
    /// How it is worked out, in words.
    pub how: String,
    /// What it counts in, in words.
    pub unit: String,
    /// The page on which to look it up.
    pub home: &'static str,
}

pub(super) fn routes(may: Access) -> web::Routes {
    let doc = ApiDoc::new("tracking", "list_figures", "What each figure means, and how it is worked out")
        .response::<Vec<FigureJson>>();
    web::Routes::new().page(Method::GET, "/office/figures", may, show).api(
        Method::GET,
        "/api/v1/figures",
        may,
        doc,
        list,
    )
}

fn all(locale: &Locale) -> Vec<FigureJson> {
    let one = |figure: &terms::figures::Figure| FigureJson {
        code: figure.code,
        name: locale.text(&format!("figure-{}", figure.code)),
        how: locale.text(&format!("figure-{}-how", figure.code)),
        unit: locale.text(&format!("figures-unit-{}", figure.unit.code())),
        home: figure.home,
    };
    FIGURES.iter().map(one).collect()
}

/// Where the reports lie: reps see their own work in their summary.
const REPORTS: &str = "/office/tracking/reports/";

#[derive(Template)]
#[template(path = "tracking/glossary.html")]
struct GlossaryPage {
    shell: Shell,
    /// Each with whether its page is open to the reader.
    rows: Vec<(FigureJson, bool)>,
}

async fn show(State(app): State<App>, visitor: Visitor) -> Reply {
    let sees_all = queries::scope(&app.db().read().await?, &visitor.actor).await? == Scope::All;
    let rows = all(&visitor.locale).into_iter().map(|row| {
        let is_open = sees_all || !row.home.starts_with(REPORTS);
        (row, is_open)
    });
    let shell = Shell::load(&app, &visitor, &visitor.locale.text("figures-title")).await?;
    web::page(&GlossaryPage { rows: rows.collect(), shell })
}

async fn list(visitor: Visitor) -> Reply {
    web::json(&all(&visitor.locale))
}
