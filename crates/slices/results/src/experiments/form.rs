//! A plan as people and programs type it.

use i18n::Locale;
use kernel::{Amount, Currency, FieldError, Invalid, Notation, Rate};
use negotiation_engine::{Policy, TacticKind};
use terms::experiments::{Allocation, Metric, Plan};
use terms::policies::file;
use web::{Fields, FormState};

/// A plan as typed, by the names of the form's fields.
#[derive(Debug, Clone, Default)]
pub(super) struct PlanText {
    /// How the numbers in it are written.
    pub(super) notation: Notation,
    pub(super) name: String,
    pub(super) hypothesis: String,
    pub(super) segment: String,
    pub(super) metric: String,
    pub(super) allocation: String,
    pub(super) exposure: String,
    pub(super) effect: String,
    pub(super) window_days: String,
    pub(super) days_max: String,
    pub(super) escalations: String,
    pub(super) withdrawals: String,
    pub(super) margin: String,
    pub(super) treatment: String,
}

impl PlanText {
    pub(super) fn of(fields: &Fields) -> Self {
        let text = |name: &str| fields.text(name).to_owned();
        Self {
            notation: fields.notation(),
            name: text("name"),
            hypothesis: text("hypothesis"),
            segment: text("segment"),
            metric: text("metric"),
            allocation: text("allocation"),
            exposure: text("exposure"),
            effect: text("effect"),
            window_days: text("window_days"),
            days_max: text("days_max"),
            escalations: text("escalations"),
            withdrawals: text("withdrawals"),
            margin: text("margin"),
            treatment: text("treatment"),
        }
    }

    /// The plan that it says. Every wrong field is reported at once.
    ///
    /// # Errors
    /// Invalid fields.
    pub(super) fn read(&self) -> Result<Plan, Invalid> {
        let mut invalid = Invalid::default();
        let treatment = read_policy(&self.treatment);
        if let Err((code, args)) = &treatment {
            invalid = invalid.and("treatment", code, args.clone());
        }
        let currency = treatment.as_ref().map_or(Currency::Eur, |policy| policy.currency);
        let metric = choice(&mut invalid, "metric", Metric::parse(&self.metric));
        let allocation = choice(&mut invalid, "allocation", Allocation::parse(&self.allocation));
        let mut percent = |field: &str, text: &str| {
            invalid.take(field, Rate::typed_percent(text, self.notation)).map_or(0, Rate::ppm)
        };
        let exposure_ppm = percent("exposure", &self.exposure);
        let escalations_ppm = percent("escalations", &self.escalations);
        let withdrawals_ppm = percent("withdrawals", &self.withdrawals);
        let margin_ppm = percent("margin", &self.margin);
        let effect = match metric {
            Some(Metric::Agreement) | None => percent("effect", &self.effect),
            Some(_) => {
                invalid.take("effect", Amount::typed(&self.effect, currency, self.notation)).map_or(0, Amount::minor)
            }
        };
        let days = |invalid: &mut Invalid, field: &str, text: &str| match text.trim().parse() {
            Ok(days) => days,
            Err(_) => {
                *invalid = std::mem::take(invalid).and(field, "number", Vec::new());
                0
            }
        };
        let window_days = days(&mut invalid, "window_days", &self.window_days);
        let days_max = days(&mut invalid, "days_max", &self.days_max);
        let (Ok(treatment), Some(metric), Some(allocation), true) =
            (treatment, metric, allocation, invalid.fields.is_empty())
        else {
            return Err(invalid);
        };
        Ok(Plan {
            name: self.name.trim().to_owned(),
            hypothesis: self.hypothesis.trim().to_owned(),
            segment: self.segment.trim().to_owned(),
            metric,
            allocation,
            exposure_ppm,
            effect,
            window_days,
            days_max,
            escalations_ppm,
            withdrawals_ppm,
            margin_ppm,
            treatment,
        })
    }
}

/// What is wrong with a text: its code, and what goes into the sentence.
type Wrong = (&'static str, Vec<(&'static str, String)>);

/// A whole policy: programs write it as JSON, people as the file that they know from the policy's pages.
fn read_policy(text: &str) -> Result<Policy, Wrong> {
    if text.len() > file::BYTES_MAX {
        return Err(("text-too-long", vec![("most", file::BYTES_MAX.to_string())]));
    }
    if text.trim_start().starts_with('{') {
        return Policy::from_json(text).map_err(|error| {
            let field = if error.path.is_empty() { "{ … }".to_owned() } else { error.path.clone() };
            ("experiment-json", vec![("field", field), (FieldError::TECHNICAL, error.to_string())])
        });
    }
    file::from_toml(text).map(|(policy, _)| policy).map_err(|errors| {
        let first = errors.first();
        let (line, column) = first.map_or((1, 1), |error| (error.line, error.column));
        let field = first.map_or_else(String::new, |error| error.error.field.clone());
        ("experiment-file", vec![("line", line.to_string()), ("column", column.to_string()), ("field", field)])
    })
}

fn choice<T>(invalid: &mut Invalid, field: &str, value: Option<T>) -> Option<T> {
    if value.is_none() {
        *invalid = std::mem::take(invalid).and(field, "choice", Vec::new());
    }
    value
}

/// A plan that came from the form: what stands in the usual fields is put into the text of the treatment.
///
/// # Errors
/// Invalid fields.
pub(super) fn read(fields: &Fields) -> Result<Plan, Invalid> {
    let mut plan = PlanText::of(fields).read()?;
    let mut invalid = Invalid::default();
    let treatment = &mut plan.treatment;
    if let Some(code) = fields.some("tactic_kind") {
        let kind = TacticKind::ALL.into_iter().find(|kind| kind.code() == code);
        if let Some(kind) = choice(&mut invalid, "tactic_kind", kind) {
            treatment.tactic.kind = kind;
        }
    }
    if fields.some("tactic_exponent").is_some() {
        // Typed as a decimal, kept in thousandths; a rate has the same digits and four more.
        if let Some(rate) = invalid.take("tactic_exponent", fields.percent("tactic_exponent")) {
            treatment.tactic.exponent = u32::try_from(rate.ppm() / 10).unwrap_or(0);
        }
    }
    for (field, place) in [("plain_from", &mut treatment.plain.from), ("plain_to", &mut treatment.plain.to)] {
        if let Some(rate) = fields.some(field).and_then(|_| invalid.take(field, fields.percent(field))) {
            *place = rate;
        }
    }
    let per_double = fields.some("volume_per_double");
    if let (Some(volume), Some(_)) = (&mut treatment.volume, per_double)
        && let Some(rate) = invalid.take("volume_per_double", fields.percent("volume_per_double"))
    {
        volume.per_double = rate;
    }
    if invalid.fields.is_empty() { Ok(plan) } else { Err(invalid) }
}

/// The form of a plan.
pub(super) fn of(plan: &Plan, locale: &Locale) -> FormState {
    let percent = |ppm: i64| locale.decimal(&Rate::from_ppm(ppm).to_percent());
    let policy = &plan.treatment;
    let effect = match plan.metric {
        Metric::Agreement => percent(plan.effect),
        _ => locale.amount(Amount::new(plan.effect, policy.currency)),
    };
    let exponent = Rate::from_ppm(i64::from(policy.tactic.exponent) * 10);
    let per_double = policy.volume.as_ref().map_or_else(String::new, |volume| percent(volume.per_double.ppm()));
    FormState::of([
        ("name", plan.name.clone()),
        ("hypothesis", plan.hypothesis.clone()),
        ("segment", plan.segment.clone()),
        ("metric", plan.metric.code().into()),
        ("allocation", plan.allocation.code().into()),
        ("exposure", percent(plan.exposure_ppm)),
        ("effect", effect),
        ("window_days", plan.window_days.to_string()),
        ("days_max", plan.days_max.to_string()),
        ("escalations", percent(plan.escalations_ppm)),
        ("withdrawals", percent(plan.withdrawals_ppm)),
        ("margin", percent(plan.margin_ppm)),
        ("treatment", file::to_toml(policy)),
        ("tactic_kind", policy.tactic.kind.code().into()),
        ("tactic_exponent", locale.decimal(&exponent.to_percent())),
        ("plain_from", percent(policy.plain.from.ppm())),
        ("plain_to", percent(policy.plain.to.ppm())),
        ("volume_per_double", per_double),
    ])
}

/// A plan to begin with: the published policy, five percentage points of agreement, two weeks.
pub(super) fn blank(published: &Policy) -> Plan {
    Plan {
        name: String::new(),
        hypothesis: String::new(),
        segment: String::new(),
        metric: Metric::Agreement,
        allocation: Allocation::Even,
        exposure_ppm: 1_000_000,
        effect: 50_000,
        window_days: 14,
        days_max: 180,
        escalations_ppm: 50_000,
        withdrawals_ppm: 50_000,
        margin_ppm: 20_000,
        treatment: published.clone(),
    }
}
