//! A policy as a form: every rule that people edit has a field, named by its path (`margins.2.floor`). Price ticks and the
//! currency are set through JSON only.

use i18n::Locale;
use kernel::{Amount, Currency, DecimalError, Invalid, Quantity, Rate};
use web::{Fields, FormState};

use super::rules::Example;
use crate::desk::rules::parse_authority;
use crate::engine::{
    Authority, Eligibility, Limits, MarginRow, PaymentRow, PlainLever, Policy, RouteRow, Routing, Tactic, VolumeLever,
};
use crate::requests::optional;

/// Rows of a table beyond this are not read; nobody writes so many by hand.
const ROWS_MAX: usize = 100;
/// Empty rows at the end of a table, to be filled in.
const SPARE: usize = 2;

/// The form of a policy and of the example beside it.
pub(super) fn of(policy: &Policy, locale: &Locale) -> FormState {
    let mut values: Vec<(String, String)> = Vec::new();
    let mut put = |name: &str, value: String| values.push((name.to_owned(), value));
    let rules = &policy.eligibility;
    put("eligibility.segments", rules.segments.join(", "));
    put("eligibility.segments_blocked", rules.segments_blocked.join(", "));
    put("eligibility.classes_blocked", rules.classes_blocked.join(", "));
    put("eligibility.deal_min", locale.amount(rules.deal_min));
    put("eligibility.open_max", rules.open_max.to_string());
    for (at, row) in policy.margins.iter().enumerate() {
        put(&format!("margins.{at}.segment"), row.segment.clone().unwrap_or_default());
        put(&format!("margins.{at}.class"), row.class.clone().unwrap_or_default());
        put(&format!("margins.{at}.floor"), percent(locale, row.floor));
        put(&format!("margins.{at}.target"), percent(locale, row.target));
    }
    put("plain.from", percent(locale, policy.plain.from));
    put("plain.to", percent(locale, policy.plain.to));
    put("plain.offered", flag(policy.plain.offered));
    put("volume.offered", flag(policy.volume.is_some()));
    if let Some(volume) = &policy.volume {
        put("volume.per_double", percent(locale, volume.per_double));
        put("volume.multiple_max", locale.decimal(&Rate::from_ppm(volume.multiple_max.ppm() / 100).to_percent()));
        put("volume.beyond_stock", flag(volume.beyond_stock));
    }
    for (at, row) in policy.payment.iter().enumerate() {
        put(&format!("payment.{at}.days"), row.days.to_string());
        put(&format!("payment.{at}.grant"), percent(locale, row.grant));
    }
    put("pairs", flag(policy.pairs));
    put("tactic.exponent", locale.decimal(&thousandths(policy.tactic.exponent)));
    put("tactic.rounds_max", policy.tactic.rounds_max.to_string());
    put("tactic.move_min", percent(locale, policy.tactic.move_min));
    put_limits(&mut put, &policy.limits, locale);
    put_routing(&mut put, &policy.routing, locale);
    put_example(&mut put, &Example::textbook(policy.currency), locale);
    FormState::of(values.iter().map(|(name, value)| (name.as_str(), value.clone())))
}

fn put_limits(put: &mut impl FnMut(&str, String), limits: &Limits, locale: &Locale) {
    let amount = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| locale.amount(amount));
    put("limits.validity_hours", limits.validity_hours.to_string());
    put("limits.offers_max", limits.offers_max.to_string());
    put("limits.budget", amount(limits.budget));
    put("limits.deal_max", amount(limits.deal_max));
    put("limits.discount_max", percent(locale, limits.discount_max));
    put("limits.far", percent(locale, limits.far));
    put("limits.worth_deal", locale.amount(limits.worth_deal));
    put("limits.worth_customer", locale.amount(limits.worth_customer));
}

fn put_routing(put: &mut impl FnMut(&str, String), routing: &Routing, locale: &Locale) {
    let amount = |amount: Option<Amount>| amount.map_or_else(String::new, |amount| locale.amount(amount));
    for (at, row) in routing.rows.iter().enumerate() {
        let name = |field: &str| format!("routing.rows.{at}.{field}");
        put(&name("authority"), row.authority.code().to_owned());
        put(&name("impact_max"), row.impact_max.map_or_else(String::new, |rate| percent(locale, rate)));
        put(&name("deal_max"), amount(row.deal_max));
        put(&name("customer_max"), amount(row.customer_max));
        put(&name("answer_minutes"), row.answer_minutes.to_string());
    }
    put("routing.below_floor", routing.below_floor.code().to_owned());
    put("routing.answer_minutes", routing.answer_minutes.to_string());
}

fn put_example(put: &mut impl FnMut(&str, String), example: &Example, locale: &Locale) {
    put("example.segment", example.segment.clone());
    put("example.class", example.class.clone());
    put("example.list", locale.unit_price(example.list));
    put("example.cost", locale.unit_price(example.cost));
    put("example.ask", locale.unit_price(example.ask));
    put("example.quantity", locale.quantity(example.quantity));
}

fn percent(locale: &Locale, rate: Rate) -> String {
    locale.decimal(&rate.to_percent()).replace('\u{2212}', "-")
}

fn flag(on: bool) -> String {
    if on { "1".into() } else { String::new() }
}

fn thousandths(value: u32) -> String {
    Quantity::new(i64::from(value), kernel::Unit::Metre).to_decimal()
}

/// The rows of a table in a form: those that were sent, and spare ones.
pub(super) fn rows(form: &FormState, table: &str, key: &str) -> Vec<String> {
    let used = (0..ROWS_MAX).take_while(|at| {
        let name = |field: &str| format!("{table}.{at}.{field}");
        !form.value(&name(key)).is_empty() || has_more(form, table, *at) || form.wrong(&name(key))
    });
    let used = used.count();
    (0..used + SPARE).map(|at| format!("{table}.{at}")).collect()
}

fn has_more(form: &FormState, table: &str, at: usize) -> bool {
    let fields = ["segment", "class", "floor", "target", "days", "grant", "authority", "answer_minutes"];
    (at..at + 3).any(|at| fields.iter().any(|field| !form.value(&format!("{table}.{at}.{field}")).is_empty()))
}

/// A form being read: every wrong field is noted.
struct Reader<'a> {
    fields: &'a Fields,
    currency: Currency,
    invalid: Invalid,
}

/// The places of the rows that were kept, by table, for faults that name a row.
#[derive(Default)]
pub(super) struct Places {
    margins: Vec<usize>,
    payment: Vec<usize>,
    routing: Vec<usize>,
}

/// Reads a policy; what has no field is taken from `base`.
///
/// # Errors
/// Every wrong field under its name in the form.
pub(super) fn read(fields: &Fields, base: &Policy) -> Result<(Policy, Places), Invalid> {
    let mut form = Reader { fields, currency: base.currency, invalid: Invalid::default() };
    let mut places = Places::default();
    let policy = Policy {
        version: base.version,
        currency: base.currency,
        eligibility: form.eligibility(base),
        margins: form.margins(&mut places),
        plain: PlainLever {
            from: form.rate("plain.from"),
            to: form.rate("plain.to"),
            offered: form.flag("plain.offered"),
        },
        volume: form.volume(),
        payment: form.payment(&mut places),
        pairs: form.flag("pairs"),
        tactic: Tactic {
            exponent: form.scaled("tactic.exponent", 3),
            rounds_max: form.count("tactic.rounds_max"),
            move_min: form.rate("tactic.move_min"),
            ..base.tactic
        },
        limits: form.limits(),
        routing: form.routing(&mut places),
        ..base.clone()
    };
    if form.invalid.fields.is_empty() { Ok((policy, places)) } else { Err(form.invalid) }
}

impl Reader<'_> {
    fn take<T>(&mut self, name: &str, result: Result<T, DecimalError>) -> Option<T> {
        self.invalid.take(name, result)
    }

    fn wrong(&mut self, name: &str, code: &'static str) {
        self.invalid = std::mem::take(&mut self.invalid).and(name, code, Vec::new());
    }

    fn rate(&mut self, name: &str) -> Rate {
        let parsed = Rate::parse_percent(self.fields.text(name));
        self.take(name, parsed).unwrap_or_default()
    }

    fn rate_or_none(&mut self, name: &str) -> Option<Rate> {
        let parsed = optional(self.fields.text(name), Rate::parse_percent);
        self.take(name, parsed).flatten()
    }

    fn amount(&mut self, name: &str) -> Amount {
        let parsed = Amount::parse(self.fields.text(name), self.currency);
        self.take(name, parsed).unwrap_or(Amount::zero(self.currency))
    }

    fn amount_or_none(&mut self, name: &str) -> Option<Amount> {
        let currency = self.currency;
        let parsed = optional(self.fields.text(name), |text| Amount::parse(text, currency));
        self.take(name, parsed).flatten()
    }

    fn scaled(&mut self, name: &str, decimals: u32) -> u32 {
        let parsed = kernel::parse_decimal(self.fields.text(name), decimals, false);
        let Some(number) = self.take(name, parsed) else { return 0 };
        u32::try_from(number).unwrap_or_else(|_| {
            self.wrong(name, "policy-out-of-range");
            0
        })
    }

    fn count(&mut self, name: &str) -> u32 {
        self.scaled(name, 0)
    }

    fn flag(&self, name: &str) -> bool {
        self.fields.some(name).is_some()
    }

    fn words(&self, name: &str) -> Vec<String> {
        let parts = self.fields.text(name).split(',').map(str::trim);
        parts.filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    fn word(&self, name: &str) -> Option<String> {
        self.fields.some(name).map(str::to_owned)
    }

    fn authority(&mut self, name: &str) -> Authority {
        match parse_authority(self.fields.text(name)) {
            Some(authority) => authority,
            None => {
                self.wrong(name, "choice");
                Authority::PricingManager
            }
        }
    }

    fn eligibility(&mut self, base: &Policy) -> Eligibility {
        Eligibility {
            segments: self.words("eligibility.segments"),
            segments_blocked: self.words("eligibility.segments_blocked"),
            classes_blocked: self.words("eligibility.classes_blocked"),
            deal_min: self.amount("eligibility.deal_min"),
            open_max: self.count("eligibility.open_max"),
            ..base.eligibility.clone()
        }
    }

    /// The places of rows where any of `fields` is filled in.
    fn filled(&self, table: &str, fields: &[&str]) -> Vec<usize> {
        let has = |at: &usize| fields.iter().any(|field| self.fields.some(&format!("{table}.{at}.{field}")).is_some());
        (0..ROWS_MAX).filter(has).collect()
    }

    fn margins(&mut self, places: &mut Places) -> Vec<MarginRow> {
        places.margins = self.filled("margins", &["segment", "class", "floor", "target"]);
        let row = |at: &usize| MarginRow {
            segment: self.word(&format!("margins.{at}.segment")),
            class: self.word(&format!("margins.{at}.class")),
            condition: None,
            floor: self.rate(&format!("margins.{at}.floor")),
            target: self.rate(&format!("margins.{at}.target")),
        };
        places.margins.iter().map(row).collect()
    }

    fn volume(&mut self) -> Option<VolumeLever> {
        if !self.flag("volume.offered") {
            return None;
        }
        Some(VolumeLever {
            per_double: self.rate("volume.per_double"),
            // Typed as a multiple with six decimals: 3 is three times.
            multiple_max: Rate::from_ppm(i64::from(self.scaled("volume.multiple_max", 6))),
            beyond_stock: self.flag("volume.beyond_stock"),
        })
    }

    fn payment(&mut self, places: &mut Places) -> Vec<PaymentRow> {
        places.payment = self.filled("payment", &["days", "grant"]);
        let row = |at: &usize| {
            let name = format!("payment.{at}.days");
            let days = u16::try_from(self.count(&name)).unwrap_or_else(|_| {
                self.wrong(&name, "policy-out-of-range");
                0
            });
            PaymentRow { days, grant: self.rate(&format!("payment.{at}.grant")) }
        };
        places.payment.iter().map(row).collect()
    }

    fn limits(&mut self) -> Limits {
        Limits {
            validity_hours: self.count("limits.validity_hours"),
            offers_max: self.count("limits.offers_max"),
            budget: self.amount_or_none("limits.budget"),
            deal_max: self.amount_or_none("limits.deal_max"),
            discount_max: self.rate("limits.discount_max"),
            far: self.rate("limits.far"),
            worth_deal: self.amount("limits.worth_deal"),
            worth_customer: self.amount("limits.worth_customer"),
        }
    }

    fn routing(&mut self, places: &mut Places) -> Routing {
        places.routing = self.filled("routing.rows", &["impact_max", "deal_max", "customer_max", "answer_minutes"]);
        let row = |at: &usize| {
            let name = |field: &str| format!("routing.rows.{at}.{field}");
            RouteRow {
                authority: self.authority(&name("authority")),
                impact_max: self.rate_or_none(&name("impact_max")),
                deal_max: self.amount_or_none(&name("deal_max")),
                customer_max: self.amount_or_none(&name("customer_max")),
                answer_minutes: self.count(&name("answer_minutes")),
            }
        };
        Routing {
            rows: places.routing.iter().map(row).collect(),
            below_floor: self.authority("routing.below_floor"),
            answer_minutes: self.count("routing.answer_minutes"),
        }
    }
}

/// The example deal that was typed, or the textbook one as far as fields are empty or wrong.
pub(super) fn example(fields: &Fields, currency: Currency) -> Example {
    let usual = Example::textbook(currency);
    let price = |name: &str, usual| {
        let typed = kernel::UnitPrice::parse(fields.text(name), currency);
        typed.ok().filter(|price| price.micros() > 0).unwrap_or(usual)
    };
    let quantity = Quantity::parse(fields.text("example.quantity"), usual.quantity.unit());
    Example {
        segment: fields.some("example.segment").unwrap_or(&usual.segment).to_owned(),
        class: fields.some("example.class").unwrap_or(&usual.class).to_owned(),
        list: price("example.list", usual.list),
        cost: price("example.cost", usual.cost),
        ask: price("example.ask", usual.ask),
        quantity: quantity.unwrap_or(usual.quantity),
    }
}

/// Faults of the policy under the names of the form's fields.
pub(super) fn renamed(invalid: &Invalid, places: &Places) -> Invalid {
    let mut renamed = Invalid::default();
    for error in &invalid.fields {
        renamed = renamed.and(name_of(&error.field, places), error.code, error.args.clone());
    }
    renamed
}

/// `margins[2].floor` is the third row that was kept, wherever it stands in the form.
fn name_of(path: &str, places: &Places) -> String {
    let place = |table: &str, of: &[usize], usual: &str| {
        let rest = path.strip_prefix(table)?.strip_prefix('[')?;
        let (at, field) = rest.split_once(']')?;
        let at: usize = at.parse().ok()?;
        let field = field.trim_start_matches('.');
        let field = if field.is_empty() { usual } else { field };
        // The minutes for when no row fits are checked after those of the rows.
        of.get(at).map(|at| format!("{table}.{at}.{field}")).or_else(|| Some("routing.answer_minutes".to_owned()))
    };
    match path {
        "margins" => "margins.0.floor".to_owned(),
        "payment" => "payment.0.days".to_owned(),
        "routing.rows.deal_max" => "routing.rows.0.deal_max".to_owned(),
        "routing.rows.customer_max" => "routing.rows.0.customer_max".to_owned(),
        _ => place("margins", &places.margins, "floor")
            .or_else(|| place("payment", &places.payment, "grant"))
            .or_else(|| place("routing.rows", &places.routing, "answer_minutes"))
            .unwrap_or_else(|| path.to_owned()),
    }
}

/// Every field of a policy's form, for tests.
#[cfg(test)]
pub(super) fn names(policy: &Policy) -> Vec<String> {
    let mut names: Vec<String> = [
        "eligibility.segments",
        "eligibility.segments_blocked",
        "eligibility.classes_blocked",
        "eligibility.deal_min",
        "eligibility.open_max",
        "plain.from",
        "plain.to",
        "plain.offered",
        "volume.offered",
        "volume.per_double",
        "volume.multiple_max",
        "volume.beyond_stock",
        "pairs",
        "tactic.exponent",
        "tactic.rounds_max",
        "tactic.move_min",
        "limits.validity_hours",
        "limits.offers_max",
        "limits.budget",
        "limits.deal_max",
        "limits.discount_max",
        "limits.far",
        "limits.worth_deal",
        "limits.worth_customer",
        "routing.below_floor",
        "routing.answer_minutes",
    ]
    .map(str::to_owned)
    .into();
    let mut table = |table: &str, rows: usize, fields: &[&str]| {
        names.extend((0..rows).flat_map(|at| fields.iter().map(move |field| format!("{table}.{at}.{field}"))));
    };
    table("margins", policy.margins.len(), &["segment", "class", "floor", "target"]);
    table("payment", policy.payment.len(), &["days", "grant"]);
    let route = ["authority", "impact_max", "deal_max", "customer_max", "answer_minutes"];
    table("routing.rows", policy.routing.rows.len(), &route);
    names
}
