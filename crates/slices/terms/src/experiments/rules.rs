//! Pure rules of experiments: who is in, which may run side by side.

use kernel::CompanyId;
use negotiation_engine::conditions::{Answer, Condition, Value};
use negotiation_engine::{Customer, CustomerCondition};
use statistics::assign::Split;

use super::Experiment;
use crate::policies;

/// The condition of a segment; `None` for all. It may ask about the customer only: all colleagues and all deals of a
/// company see the same.
///
/// # Errors
/// What is wrong.
pub fn segment(text: &str) -> Result<Option<Condition>, kernel::WrongValue> {
    if text.trim().is_empty() {
        return Ok(None);
    }
    let condition =
        Condition::parse(text, CustomerCondition::schema()).map_err(|error| policies::wrong_condition(&error))?;
    match condition.fields_used().iter().find(|field| !field.starts_with("customer.")) {
        Some(field) => Err(("experiment-customer-only", vec![("field", (*field).to_owned())])),
        None => Ok(Some(condition)),
    }
}

/// Whether a customer belongs to a segment. What depends on something unknown does not.
pub fn is_in(segment: &str, customer: &Customer) -> bool {
    let Ok(condition) = self::segment(segment) else { return false };
    let Some(condition) = condition else { return true };
    let value = |name: &str| match name {
        "customer.segment" => Value::from(customer.segment.as_str()),
        "customer.country" => customer.country.as_deref().map_or(Value::Unknown, Value::from),
        "customer.revenue" => Value::from(customer.revenue),
        "customer.margin" => customer.margin.map_or(Value::Unknown, Value::from),
        "customer.growth" => customer.growth.map_or(Value::Unknown, Value::from),
        "customer.orders" => customer.orders.map_or(Value::Unknown, |orders| Value::whole(i64::from(orders))),
        "customer.credit_hold" => Value::from(customer.credit_hold),
        _ => Value::Unknown,
    };
    let fields = CustomerCondition::schema().fields();
    let values: Vec<Value<'_>> = fields.iter().map(|field| value(field.name)).collect();
    condition.evaluate(&values) == Answer::Yes
}

/// Whether some customer could belong to both segments: unless their conjunction plainly contradicts itself.
pub fn overlap(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    if a.is_empty() || b.is_empty() {
        return true;
    }
    let both = Condition::parse(&format!("({a}) && ({b})"), CustomerCondition::schema());
    both.map_or(true, |both| !both.is_never())
}

/// The variant of a company, the same for ever as long as the shares are; `None` when it does not enter.
pub fn variant(experiment: &Experiment, company: CompanyId) -> Option<i64> {
    let treatment = u32::try_from(experiment.treatment_share_ppm.clamp(0, 1_000_000)).unwrap_or(0);
    let exposure = u32::try_from(experiment.plan.exposure_ppm.clamp(0, 1_000_000)).unwrap_or(0);
    let split = Split::new(&[1_000_000 - treatment, treatment], exposure).ok()?;
    let place = split.variant(experiment.id.as_bytes(), company, experiment.salt.cast_unsigned())?;
    i64::try_from(place).ok()
}
