//! The form for a new simulation.

use i18n::Locale;
use kernel::Invalid;
use simulation::Kind;
use terms::policies::{PolicyState, PolicyVersion};
use web::{Fields, FormState};

use super::rules::{Choice, Wanted};

/// Retired versions that can be ticked; older ones by the API.
const VERSIONS: usize = 6;
/// Buyers unless told.
pub(super) const COUNT: u64 = 20_000;

/// A box to tick: name of the field, label.
pub(super) type Tick = (String, String);

fn field(choice: Choice) -> String {
    format!("arm.{}", choice.code())
}

/// What can be simulated: policies, then reference rules.
pub(super) fn boxes(locale: &Locale, versions: &[PolicyVersion]) -> (Vec<Tick>, Vec<Tick>) {
    let label = |choice: Choice| {
        let key = match choice {
            Choice::Version(_) => "simulation-arm-version".to_owned(),
            other => format!("simulation-arm-{}", other.code()),
        };
        let number = |is: fn(PolicyState) -> bool| {
            versions.iter().find(|version| is(version.state)).map(|version| version.number)
        };
        let number = match choice {
            Choice::Published => number(|state| state == PolicyState::Published),
            Choice::Draft => number(PolicyState::is_open),
            Choice::Version(number) => Some(number),
            _ => None,
        };
        locale.text_with(&key, &[("number", number.unwrap_or_default().to_string().into())])
    };
    let has_draft = versions.iter().any(|version| version.state.is_open());
    let retired = versions.iter().filter(|version| version.state == PolicyState::Retired).take(VERSIONS);
    let retired = retired.map(|version| Choice::Version(version.number));
    let draft = Some(Choice::Draft).filter(|_| has_draft);
    let policies =
        draft.into_iter().chain([Choice::Published, Choice::Suggested]).chain(retired).chain([Choice::Starter]);
    let named = |choice: Choice| (field(choice), label(choice));
    (policies.map(named).collect(), Choice::REFERENCES.map(named).into())
}

/// The form as it first stands: the draft or the suggestion against what is in force and the reference rules.
pub(super) fn first(versions: &[PolicyVersion]) -> FormState {
    let has_draft = versions.iter().any(|version| version.state.is_open());
    let new = if has_draft { Choice::Draft } else { Choice::Suggested };
    let ticked =
        [new, Choice::Published].into_iter().chain(Choice::REFERENCES).map(|choice| (field(choice), "1".to_owned()));
    let ticked: Vec<(String, String)> = ticked.collect();
    let boxes = ticked.iter().map(|(name, value)| (name.as_str(), value.clone()));
    let rest = [("kind", "monte_carlo".to_owned()), ("count", COUNT.to_string()), ("seed", "1".to_owned())];
    FormState::of(boxes.chain(rest))
}

/// What was asked for, the newest policies first.
///
/// # Errors
/// What cannot be read, at `count` and `seed`.
pub(super) fn read(fields: &Fields) -> Result<Wanted, Invalid> {
    let ticked = fields.0.keys().filter_map(|name| Choice::parse(name.strip_prefix("arm.")?));
    let mut arms: Vec<Choice> = ticked.collect();
    arms.sort_by_key(|choice| match choice {
        Choice::Draft => (0, 0),
        Choice::Suggested => (1, 0),
        Choice::Published => (2, 0),
        Choice::Version(number) => (3, -number),
        other => {
            (4, Choice::NAMED.iter().position(|named| named == other).map_or(0, |at| i64::try_from(at).unwrap_or(0)))
        }
    });
    let mut invalid = Invalid::default();
    let mut number = |name: &'static str| {
        let number = invalid.take(name, fields.number(name, 0)).unwrap_or(0);
        u64::try_from(number).unwrap_or_else(|_| {
            invalid = std::mem::take(&mut invalid).and(name, "not-a-number", Vec::new());
            0
        })
    };
    let seed = number("seed");
    let kind = match fields.text("kind") {
        "backtest" => Kind::Backtest,
        _ => Kind::MonteCarlo { count: number("count") },
    };
    if invalid.fields.is_empty() { Ok(Wanted { arms, kind, seed }) } else { Err(invalid) }
}
