//! Results as a file for a spreadsheet: a row for each figure of each arm, of the whole and of every part.

use kernel::{Failure, Outcome, SimulationId};
use sheets::{Cell, Sheet};
use simulation::Figures;
use web::{App, Path, Reply, State, Visitor};

use super::{figures, queries, view};

const COLUMNS: [&str; 9] = ["arm", "by", "key", "figure", "value", "low", "high", "unit", "buyers"];

pub(super) async fn csv(State(app): State<App>, visitor: Visitor, Path(id): Path<SimulationId>) -> Reply {
    sheet(&app, &visitor, id).await?.csv()
}

pub(super) async fn xlsx(State(app): State<App>, visitor: Visitor, Path(id): Path<SimulationId>) -> Reply {
    sheet(&app, &visitor, id).await?.xlsx()
}

async fn sheet(app: &App, visitor: &Visitor, id: SimulationId) -> Outcome<Sheet> {
    let tx = app.db().read().await?;
    let run = queries::run(&tx, id).await?.ok_or(Failure::NotFound)?;
    let results = queries::results(&tx, id).await?.ok_or(Failure::NotFound)?;
    let locale = &visitor.locale;
    let names = figures::Names::load(&tx, locale).await?;
    let head = COLUMNS.map(|column| locale.text(&format!("simulation-column-{column}"))).into();
    let mut sheet = Sheet::new(&format!("simulation-{}", run.number), head);
    let currency = results.report.currency.code();
    let mut add = |arm: &str, by: &str, key: &str, figures: &Figures| {
        for metric in &figures::METRICS {
            let number = metric.of(figures);
            let unit = match number {
                figures::Number::Share(_) => "%",
                figures::Number::Points(_) => "p.p.",
                figures::Number::Money(_) => currency,
                figures::Number::Plain(_) if metric.code == "work" => "min",
                _ => "",
            };
            let [value, low, high] =
                number.plain().map(|text| if text.is_empty() { Cell::Empty } else { Cell::Number(text) });
            let buyers = Cell::Number(figures.negotiations.to_string());
            let words: [Cell; 4] = [arm.into(), by.into(), key.into(), metric.name(locale).into()];
            sheet.row(words.into_iter().chain([value, low, high, unit.into(), buyers]).collect());
        }
    };
    for (named, arm) in run.settings.arms.iter().zip(&results.report.arms) {
        let name = figures::arm(locale, named);
        add(&name, "", "", &arm.figures);
        for part in &arm.parts {
            let by = locale.text(&format!("simulation-by-{}", view::dimension_code(part.dimension)));
            add(&name, &by, &figures::key(locale, &names, &results.report, part.dimension, &part.key), &part.figures);
        }
    }
    Ok(sheet)
}
