//! What is believed, in the office.

use askama::Template;
use kernel::{Outcome, Rate};
use negotiation_engine::{Features, Lever};
use serde::Deserialize;
use terms::beliefs::{Belief, queries, rules};
use terms::words;
use web::{App, Query, Reply, Shell, State, Visitor};

/// How far above the ask offers are shown, in tenths of a per cent.
const GAPS: [i64; 4] = [0, 10, 20, 50];

/// A chance in words, with a bar.
struct Cell {
    percent: i64,
    text: String,
    between: String,
}

struct SegmentRow {
    href: String,
    name: String,
    is_here: bool,
    outcomes: String,
    taken: String,
    cells: Vec<Cell>,
}

#[derive(Template)]
#[template(path = "learning/page.html")]
struct ModelPage {
    shell: Shell,
    gaps: Vec<String>,
    segments: Vec<SegmentRow>,
    here: String,
    levers: Vec<(String, Cell)>,
    at: String,
}

#[derive(Deserialize)]
pub(super) struct Asked {
    #[serde(default)]
    segment: String,
}

pub(super) async fn show(State(app): State<App>, visitor: Visitor, Query(asked): Query<Asked>) -> Reply {
    let beliefs = queries::beliefs(&app.db().read().await?).await?;
    let locale = &visitor.locale;
    let name = |segment: &str| match segment {
        "" => locale.text("buyer-model-all"),
        own => own.to_owned(),
    };
    let here = beliefs.iter().find(|belief| belief.segment == asked.segment).or(beliefs.first());
    let cell = |belief: &Belief, gap: i64, lever: Lever| {
        let chance = belief.chance(&Features { gap: gap * 1_000, extra_value: 0, earlier: 0, lever })?;
        let args = [("low", chance.low.into()), ("high", chance.high.into())];
        Ok::<_, kernel::Failure>(Cell {
            percent: chance.percent,
            text: locale.percent(Rate::percent(chance.percent)),
            between: locale.text_with("buyer-model-between", &args),
        })
    };
    let row = |belief: &Belief| {
        let share = Rate::from_ppm(belief.taken.saturating_mul(1_000) / belief.outcomes.max(1) * 1_000);
        Ok(SegmentRow {
            href: format!("/office/buyer-model?segment={}", web::encode(&belief.segment)),
            name: name(&belief.segment),
            is_here: here.is_some_and(|here| here.segment == belief.segment),
            outcomes: locale.number(belief.outcomes),
            taken: locale.percent(share),
            cells: GAPS.iter().map(|gap| cell(belief, *gap, Lever::Plain)).collect::<Outcome<_>>()?,
        })
    };
    let lever = |of: Lever| Ok((words::lever(locale, of), here.map(|here| cell(here, 0, of)).transpose()?));
    let levers = rules::levers().filter(|lever| *lever != Lever::List).map(lever).collect::<Outcome<Vec<_>>>()?;
    let gap = |gap: &i64| {
        let args = [("gap", locale.percent(Rate::from_ppm(gap * 1_000)).into())];
        if *gap == 0 { locale.text("buyer-model-at-ask") } else { locale.text_with("buyer-model-above", &args) }
    };
    let page = ModelPage {
        gaps: GAPS.iter().map(gap).collect(),
        segments: beliefs.iter().map(row).collect::<Outcome<_>>()?,
        here: here.map_or_else(String::new, |here| name(&here.segment)),
        levers: levers.into_iter().filter_map(|(name, cell)| Some((name, cell?))).collect(),
        at: here.map_or_else(String::new, |here| locale.long_moment(here.learnt_at)),
        shell: Shell::load(&app, &visitor, &locale.text("buyer-model-title")).await?,
    };
    web::page(&page)
}
