//! What stands in an address and in a table's cells.

use std::collections::{BTreeSet, HashMap};

use catalog::Catalog;
use db::ReadTx;
use i18n::Locale;
use kernel::{Amount, CategoryId, Date, Instant, Outcome, PolicyId, Rate, UserId};
use schemars::JsonSchema;
use serde::Deserialize;
use terms::figures::{self as registry, Figure, Mark};
use terms::policies;
use web::App;

use super::figures::Figures;
use super::{Deal, Dimension, Filter, rules};

/// Without dates in the address, so many days up to today are shown.
const DAYS_SHOWN: i64 = 180;

/// How a negotiation may stand.
const OUTCOMES: [&str; 3] = ["open", "won", "lost"];

/// Which negotiations count, as it stands in an address. What makes no sense is left out on pages.
#[derive(Debug, Clone, Default, Deserialize, JsonSchema)]
pub struct FilterQuery {
    /// First asked on this day or later, as `2026-11-27`; without it the last 180 days.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    pub from: Option<String>,
    /// First asked on this day or earlier.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    pub until: Option<String>,
    /// The customer's segment; `-` for those without one.
    #[serde(default)]
    pub segment: Option<String>,
    /// The code of a category, with all below it; `-` for products without one.
    #[serde(default)]
    pub category: Option<String>,
    /// The id of a rep; `-` for customers without one.
    #[serde(default)]
    pub rep: Option<String>,
    /// The number of a policy version.
    #[serde(default)]
    pub policy: Option<String>,
    /// `open`, `won` or `lost`.
    #[serde(default)]
    #[schemars(extend("enum" = OUTCOMES))]
    pub outcome: Option<String>,
    /// Why it ended, as a code.
    #[serde(default)]
    pub reason: Option<String>,
    /// The size of the deal: 0 to 4.
    #[serde(default)]
    #[schemars(extend("enum" = ["0", "1", "2", "3", "4"]))]
    pub size: Option<String>,
    /// The Monday of a week, as `2026-11-23`.
    #[serde(default)]
    #[schemars(extend("format" = "date"))]
    pub week: Option<String>,
    /// What became of an agreed deal: `agreed`, `ordered`, `lapsed` or `open`.
    #[serde(default)]
    #[schemars(extend("enum" = Deal::ALL.map(|(code, _)| code)))]
    pub deal: Option<String>,
    /// From 1.
    #[serde(default)]
    pub page: Option<String>,
    /// 1 to 200.
    #[serde(default)]
    pub per_page: Option<String>,
}

/// Stands for 'none' where an empty value means 'all'.
pub(super) const NONE: &str = "-";

fn some(value: &Option<String>) -> Option<&str> {
    value.as_deref().map(str::trim).filter(|value| !value.is_empty())
}

impl FilterQuery {
    /// The days shown.
    pub(super) fn days(&self, today: Date) -> (Date, Date) {
        let until = some(&self.until).and_then(Date::parse).unwrap_or(today);
        let from = some(&self.from).and_then(Date::parse).unwrap_or_else(|| until.plus_days(-DAYS_SHOWN));
        (from.min(until), until)
    }

    /// The filter that it says.
    pub(super) async fn filter(&self, tx: &ReadTx, app: &App) -> Outcome<Filter> {
        let (from, until) = self.days(app.system_ctx().today());
        let catalog = app.part::<Catalog>();
        let category = some(&self.category).and_then(|code| catalog.category_by_code(code));
        let policy = match some(&self.policy).and_then(|number| number.parse().ok()) {
            Some(number) => policies::queries::by_number(tx, number).await?.map(|version| version.id),
            None => None,
        };
        Ok(Filter {
            from: from.midnight(),
            until: until.plus_days(1).midnight(),
            segment: some(&self.segment).map(|segment| if segment == NONE { "" } else { segment }.to_owned()),
            categories: category.map(|category| catalog.subtree(category.id)),
            rep: some(&self.rep).and_then(UserId::parse),
            policy,
            company: None,
            outcome: some(&self.outcome).filter(|outcome| OUTCOMES.contains(outcome)).map(str::to_owned),
            reason: some(&self.reason).map(str::to_owned),
            size: some(&self.size).and_then(|size| size.parse().ok()),
            week: some(&self.week).and_then(Date::parse),
            without_rep: some(&self.rep) == Some(NONE),
            without_category: some(&self.category) == Some(NONE),
            deal: some(&self.deal).and_then(Deal::parse),
            now: app.now(),
        })
    }

    fn own(&self) -> [(&'static str, &Option<String>); 11] {
        [
            ("from", &self.from),
            ("until", &self.until),
            ("segment", &self.segment),
            ("category", &self.category),
            ("rep", &self.rep),
            ("policy", &self.policy),
            ("outcome", &self.outcome),
            ("reason", &self.reason),
            ("size", &self.size),
            ("week", &self.week),
            ("deal", &self.deal),
        ]
    }

    /// Of what figures are, for programs that compare places: the days, and what they are narrowed to, with values added
    /// or replaced.
    pub(super) fn scope(&self, today: Date, added: &[(&str, &str)]) -> String {
        let (from, until) = self.days(today);
        let mut all: Vec<(&str, &str)> = added.to_vec();
        let kept = self.own().into_iter().skip(2).filter(|(name, _)| !added.iter().any(|(other, _)| other == name));
        all.extend(kept.filter_map(|(name, value)| Some((name, some(value)?))));
        all.retain(|(_, value)| !value.is_empty());
        all.sort_unstable();
        let narrowed: String = all.iter().map(|(name, value)| format!(" {name}={value}")).collect();
        format!("results {}/{}{narrowed}", day_text(from), day_text(until))
    }

    /// The query string with values added or replaced.
    pub(super) fn with(&self, added: &[(&str, &str)]) -> String {
        let kept = self.own().into_iter().filter(|(name, _)| !added.iter().any(|(other, _)| other == name));
        let kept = kept.map(|(name, value)| (name, some(value).unwrap_or("")));
        web::query_string(&kept.chain(added.iter().copied()).collect::<Vec<_>>())
    }
}

/// A cell: what is read, what is exported, and where it leads.
pub(super) struct Cell {
    pub(super) text: String,
    pub(super) href: String,
    pub(super) is_number: bool,
    pub(super) value: sheets::Cell,
    /// What the exported number counts, for the heading of a file; empty for a plain number and for words.
    pub(super) unit: String,
    /// The figure that it shows, where it is one that stands in other places too.
    pub(super) mark: Option<Mark>,
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        let (value, unit) = (sheets::Cell::Text(text.clone()), String::new());
        Self { value, unit, text, href: String::new(), is_number: false, mark: None }
    }

    pub(super) fn link(text: impl Into<String>, href: String) -> Self {
        Self { href, ..Self::text(text) }
    }

    pub(super) fn count(locale: &Locale, n: i64) -> Self {
        let (text, unit) = (locale.number(n), String::new());
        Self { text, href: String::new(), is_number: true, value: n.into(), unit, mark: None }
    }

    /// Where there is no number.
    pub(super) fn dash() -> Self {
        Self { is_number: true, ..Self::text("–") }
    }

    pub(super) fn percent(locale: &Locale, rate: Rate) -> Self {
        let value = sheets::Cell::Number(rate.to_percent());
        Self { text: percent(locale, rate), href: String::new(), is_number: true, value, unit: "%".into(), mark: None }
    }

    pub(super) fn money(locale: &Locale, amount: Amount) -> Self {
        let (value, unit) = (sheets::Cell::Number(amount.to_decimal()), amount.currency().code().to_owned());
        Self { text: locale.amount(amount), href: String::new(), is_number: true, value, unit, mark: None }
    }

    /// A decimal that is formatted as it stands; nothing where there is none.
    pub(super) fn decimal(locale: &Locale, plain: Option<String>) -> Self {
        let value = plain.clone().map_or(sheets::Cell::Empty, sheets::Cell::Number);
        let text = plain.map_or_else(|| "–".to_owned(), |plain| locale.decimal(&plain));
        Self { text, href: String::new(), is_number: true, value, unit: String::new(), mark: None }
    }

    /// A mean span of time: in words on the page, in seconds in a file.
    fn seconds(locale: &Locale, seconds: Option<i64>) -> Self {
        let plain = seconds.map(|seconds| seconds.to_string());
        Self { text: span(locale, seconds), unit: "s".into(), ..Self::decimal(locale, plain) }
    }

    /// The cell as the place of a figure.
    pub(super) fn marked(self, figure: Figure, value: Option<String>, scope: &str) -> Self {
        Self { mark: value.map(|value| Mark::new(figure, value, scope)), ..self }
    }
}

/// A table as a file. What its numbers count stands in the heading of their column; where that differs from row to row, in a
/// column of its own behind it.
pub(super) fn sheet(locale: &Locale, name: &str, head: Vec<String>, rows: &[Vec<Cell>]) -> sheets::Sheet {
    let units_of = |column: usize| -> BTreeSet<&str> {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.filter(|cell| matches!(cell.value, sheets::Cell::Number(_))).map(|cell| cell.unit.as_str()).collect()
    };
    let units: Vec<BTreeSet<&str>> = (0..head.len()).map(units_of).collect();
    let mut heading = Vec::with_capacity(head.len());
    for (text, units) in head.into_iter().zip(&units) {
        match units.first().filter(|_| units.len() == 1) {
            Some(unit) => heading.push(with_unit(locale, text, unit)),
            None => heading.push(text),
        }
        if units.len() > 1 {
            heading.push(locale.text("column-unit"));
        }
    }
    let mut sheet = sheets::Sheet::new(name, heading);
    for row in rows {
        let mut cells = Vec::with_capacity(row.len());
        for (cell, units) in row.iter().zip(&units) {
            cells.push(cell.value.clone());
            if units.len() > 1 {
                cells.push(cell.unit.as_str().into());
            }
        }
        sheet.row(cells);
    }
    sheet
}

/// A heading with the unit of its column; once, where it says it already.
pub(super) fn with_unit(locale: &Locale, name: String, unit: &str) -> String {
    if unit.is_empty() || name.ends_with(&format!(", {unit}")) {
        return name;
    }
    locale.text_with("column-with-unit", &[("name", name.into()), ("unit", unit.to_owned().into())])
}

/// A rate to a tenth of a percent: more would pretend.
pub(crate) fn percent(locale: &Locale, rate: Rate) -> String {
    registry::percent(locale, rate)
}

/// A span of time in words: seconds, minutes, hours or days, rounded half up.
pub(super) fn span(locale: &Locale, seconds: Option<i64>) -> String {
    let Some(seconds) = seconds else { return "–".into() };
    let of =
        |unit: i64| i64::try_from(kernel::Rounding::HalfUp.divide(i128::from(seconds), i128::from(unit))).unwrap_or(0);
    let (key, n) = match seconds {
        0 => return locale.text("tracking-at-once"),
        ..0 | 1..60 => ("tracking-seconds", seconds),
        60..7_200 => ("tracking-minutes", of(60)),
        7_200..172_800 => ("tracking-hours", of(3_600)),
        _ => ("tracking-days", of(86_400)),
    };
    locale.text_with(key, &[("n", n.into())])
}

/// Names for the keys of groups.
pub(super) struct Names {
    reps: HashMap<UserId, String>,
    policies: HashMap<PolicyId, i64>,
    catalog: Catalog,
}

impl Names {
    pub(super) async fn load(tx: &ReadTx, app: &App) -> Outcome<Self> {
        let staff = parties::people::queries::staff(tx).await?;
        let versions = policies::queries::numbers(tx).await?;
        Ok(Self {
            reps: staff.into_iter().map(|member| (member.id, member.name)).collect(),
            policies: versions.into_iter().collect(),
            catalog: app.part::<Catalog>().clone(),
        })
    }

    pub(super) fn rep(&self, id: UserId) -> Option<&str> {
        self.reps.get(&id).map(String::as_str)
    }

    /// Every rep, by name.
    pub(super) fn reps(&self) -> Vec<(String, String)> {
        let mut all: Vec<_> = self.reps.iter().map(|(id, name)| (id.to_string(), name.clone())).collect();
        all.sort_by(|a, b| a.1.cmp(&b.1));
        all
    }

    /// Numbers of policy versions, the newest first.
    pub(super) fn policies(&self) -> Vec<String> {
        let mut all: Vec<i64> = self.policies.values().copied().collect();
        all.sort_unstable_by(|a, b| b.cmp(a));
        all.into_iter().map(|number| number.to_string()).collect()
    }

    /// What a group is called, and the filter's value that shows its negotiations.
    pub(super) fn group(&self, locale: &Locale, by: Dimension, key: &str) -> (String, Vec<(&'static str, String)>) {
        match by {
            Dimension::Total => (locale.text("tracking-all"), Vec::new()),
            Dimension::Week => {
                let day = Date::from_days(key.parse().unwrap_or(0));
                (locale.date(day), vec![("week", day_text(day))])
            }
            Dimension::Size => {
                let place: usize = key.parse().unwrap_or(0);
                (size(locale, place), vec![("size", key.to_owned())])
            }
            Dimension::Category => {
                let category = CategoryId::parse(key).and_then(|id| self.catalog.category(id));
                match category {
                    Some(category) => {
                        (category.name.get(locale.language()).to_owned(), vec![("category", category.code.clone())])
                    }
                    None => (locale.text("unknown"), vec![("category", NONE.to_owned())]),
                }
            }
            Dimension::Segment => (segment(locale, key), vec![("segment", none_or(key))]),
            Dimension::Rep => {
                let name = UserId::parse(key).and_then(|id| self.rep(id)).map(str::to_owned);
                (name.unwrap_or_else(|| locale.text("tracking-no-rep")), vec![("rep", none_or(key))])
            }
            Dimension::Policy => {
                let number = PolicyId::parse(key).and_then(|id| self.policies.get(&id)).map(i64::to_string);
                let number = number.unwrap_or_default();
                (locale.text_with("policy-version", &[("number", (&number).into())]), vec![("policy", number)])
            }
            Dimension::Reason => {
                let (outcome, reason) = key.split_once(' ').unwrap_or((key, ""));
                let filter = vec![("outcome", outcome.to_owned()), ("reason", reason.to_owned())];
                (self::reason(locale, outcome, reason), filter)
            }
        }
    }
}

fn none_or(key: &str) -> String {
    if key.is_empty() { NONE.to_owned() } else { key.to_owned() }
}

/// `2026-11-27`.
pub(super) fn day_text(day: Date) -> String {
    day.civil().to_string()
}

pub(super) fn segment(locale: &Locale, segment: &str) -> String {
    if segment.is_empty() { locale.text("tracking-no-segment") } else { segment.to_owned() }
}

fn size(locale: &Locale, place: usize) -> String {
    let number = |n: i64| locale.number(n);
    let low = place.checked_sub(1).and_then(|at| rules::SIZES.get(at)).copied();
    let high = rules::SIZES.get(place).copied();
    match (low, high) {
        (None, Some(high)) => locale.text_with("tracking-size-below", &[("high", number(high).into())]),
        (Some(low), Some(high)) => {
            locale.text_with("tracking-size-between", &[("low", number(low).into()), ("high", number(high).into())])
        }
        (low, None) => locale.text_with("tracking-size-above", &[("low", number(low.unwrap_or(0)).into())]),
    }
}

/// Why a negotiation ended so, in words.
pub(super) fn reason(locale: &Locale, outcome: &str, reason: &str) -> String {
    match (outcome, reason) {
        ("won", _) => locale.text(&format!("tracking-won-{reason}")),
        ("open", "waiting") => locale.text("case-state-waiting"),
        ("open", _) => locale.text("case-state-offered"),
        (_, "expired") => locale.text("case-state-expired"),
        (_, "withdrawn") => locale.text("case-state-withdrawn"),
        (_, "person") => locale.text("tracking-lost-person"),
        _ if negotiation::negotiations::REJECT_REASONS.contains(&reason) => {
            locale.text(&format!("reject-reason-{reason}"))
        }
        _ => locale.text(&format!("declined-{reason}")),
    }
}

/// The columns of figures, without the first.
pub(super) const COLUMNS: [&str; 12] = [
    "tracking-column-count",
    "tracking-column-agreement",
    "tracking-column-asked",
    "tracking-column-given",
    "tracking-column-rounds",
    "tracking-column-escalated",
    "tracking-column-turnaround",
    "tracking-column-agreed",
    "tracking-column-revenue",
    "tracking-column-lapsed",
    "tracking-column-margin",
    "tracking-column-effect",
];

/// The cells for [`COLUMNS`].
pub(super) fn figures_cells(locale: &Locale, f: &Figures, scope: &str) -> Vec<Cell> {
    let turnaround = Figures::average(f.turnaround_seconds, f.turnarounds);
    // A share of nothing is not zero.
    let of = |whole: i64, rate: Rate| if whole > 0 { Cell::percent(locale, rate) } else { Cell::decimal(locale, None) };
    let all = [
        (registry::NEGOTIATIONS, Cell::count(locale, f.count)),
        (registry::AGREEMENT, of(f.won + f.lost, f.agreement())),
        (registry::DISCOUNT_ASKED, of(f.list, f.asked_discount())),
        (registry::DISCOUNT_GIVEN, of(f.agreed_list, f.given_discount())),
        (registry::ROUNDS, Cell::decimal(locale, f.value(registry::ROUNDS))),
        (registry::WITH_PERSON, of(f.count, f.escalation())),
        (registry::PERSONS_ANSWER, Cell::seconds(locale, turnaround)),
        (registry::AGREED, Cell::money(locale, f.money(f.agreed))),
        (registry::ORDERED, Cell::money(locale, f.money(f.net))),
        (registry::LAPSED, Cell::money(locale, f.money(f.lapsed_net))),
        (registry::MARGIN, of(f.costed_net, f.margin())),
        (registry::EFFECT, Cell::money(locale, f.revenue_effect())),
    ];
    all.into_iter().map(|(figure, cell)| cell.marked(figure, f.value(figure), scope)).collect()
}

/// The moment in the reader's calendar.
pub(super) fn day(locale: &Locale, at: Instant) -> String {
    locale.date(locale.local_date(at))
}
