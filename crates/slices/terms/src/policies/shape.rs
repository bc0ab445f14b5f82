//! Every field of a policy, written down once: where it stands, what it holds, what it is when it is left out. Form, file,
//! comparison and the pages are made from this; a field that the engine gains must get its line here (there is a test).

use negotiation_engine::Policy;
use serde_json::{Map, Value};

use super::value::{Kind, Subject};

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Shape {
    /// One value.
    Value(Kind),
    /// A group of fields: a table of the file, a block of the form.
    Group(&'static [Field]),
    /// Rows of single values, found again by the first `usize` of them.
    Rows(&'static [Field], usize),
    /// Rows that hold groups, each a table of its own in the file.
    Sections(&'static [Field]),
}

/// A field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field {
    /// Its name, as in the engine.
    pub(super) name: &'static str,
    /// What it holds.
    pub(super) shape: Shape,
    /// Whether there may be none.
    pub(super) optional: bool,
    /// What the engine takes when it is left out, as JSON; empty where it may not be.
    pub(super) usual: &'static str,
    /// What the file says above it.
    pub(super) comment: &'static str,
}

impl Field {
    const fn new(name: &'static str, shape: Shape) -> Self {
        Self { name, shape, optional: false, usual: "", comment: "" }
    }

    const fn value(name: &'static str, kind: Kind) -> Self {
        Self::new(name, Shape::Value(kind))
    }

    const fn optional(self) -> Self {
        Self { optional: true, usual: "null", ..self }
    }

    const fn usual(self, usual: &'static str) -> Self {
        Self { usual, ..self }
    }

    const fn says(self, comment: &'static str) -> Self {
        Self { comment, ..self }
    }

    /// What it is when it is left out.
    pub(super) fn usual_value(&self) -> Option<Value> {
        serde_json::from_str(self.usual).ok()
    }
}

/// The codes of [`negotiation_engine::Authority`].
pub(super) const AUTHORITIES: &[&str] = &["rep", "sales_manager", "pricing_manager"];
/// The codes of [`negotiation_engine::AfterPerson`].
pub(super) const AFTER_PERSON: &[&str] = &["person", "engine"];
/// The codes of [`negotiation_engine::TacticKind`].
pub(super) const TACTICS: &[&str] = &["time", "mirror", "minimal"];
/// The codes of [`negotiation_engine::Objective`].
pub(super) const OBJECTIVES: &[&str] = &["margin", "revenue"];
/// The codes of [`negotiation_engine::FreightMode`] that are levers.
pub(super) const FREIGHT: &[&str] = &["consolidated", "collected"];

const U16: Kind = Kind::Count(u16::MAX as i64);
const U32: Kind = Kind::Count(u32::MAX as i64);

/// Every field of a policy, in the order of the file.
pub(super) const POLICY: &[Field] = &[
    Field::value("version", U32).says("The version that this text was exported from. A draft takes the next number."),
    Field::value("currency", Kind::Currency).says("The currency of every amount below."),
    Field::value("objective", Kind::Choice(OBJECTIVES))
        .usual("\"margin\"")
        .says("Which offers the buyer sees first: those that leave most (margin) or sell most (revenue)."),
    Field::value("proactive", Kind::Flag).usual("false").says("Whether offers are shown before anyone asks."),
    Field::value("pairs", Kind::Flag).says("Whether two levers may be asked together where one is not enough."),
    Field::new("margins", Shape::Rows(MARGIN, 3)).says(
        "Floors and targets of the pocket margin. The narrower rule wins: the first whose condition is met, then segment \
         and class, then class, then segment, then neither.",
    ),
    PAYMENT,
    DELIVERY,
    FREIGHT_ROWS,
    Field::new("ticks", Shape::Rows(TICK, 1))
        .says("Offered prices from `from` on are whole multiples of `tick_micros` millionths of the currency."),
    Field::new("eligibility", Shape::Group(ELIGIBILITY)).says("Who may negotiate about what."),
    PLAIN,
    VOLUME,
    COMMITMENT,
    REBATE,
    ALTERNATIVE,
    BUNDLE,
    BONUS,
    TACTIC,
    Field::new("limits", Shape::Group(LIMITS)).says("What the shop does by itself."),
    Field::new("routing", Shape::Group(ROUTING)).says("Who decides what the shop does not."),
    Field::new("sections", Shape::Sections(SECTION))
        .usual("[]")
        .says("Other levers and tactics for some customers and deals; the first whose condition is met applies."),
];

/// The fields of a section.
pub(super) const SECTION: &[Field] = &[
    Field::value("name", Kind::Word),
    Field::value("condition", Kind::Condition(Subject::Customer)).says("CEL: for these customers and deals."),
    Field::value("objective", Kind::Choice(OBJECTIVES)).usual("\"margin\""),
    Field::value("pairs", Kind::Flag).usual("true"),
    PAYMENT.usual("[]"),
    DELIVERY,
    FREIGHT_ROWS,
    PLAIN,
    VOLUME,
    COMMITMENT,
    REBATE,
    ALTERNATIVE,
    BUNDLE,
    BONUS,
    TACTIC,
];

const ELIGIBILITY: &[Field] = &[
    Field::value("segments", Kind::Words).says("Segments that may negotiate; none named: all."),
    Field::value("segments_blocked", Kind::Words).says("Segments that may not, even if named above."),
    Field::value("classes_blocked", Kind::Words).says("Product classes that are not negotiable."),
    Field::value("deal_min", Kind::Amount).says("Smallest deal at list prices."),
    Field::value("open_max", U32).says("Most other open negotiations of one customer."),
    Field::value("customers", Kind::Condition(Subject::Customer))
        .optional()
        .says("CEL: customers and deals that may negotiate. Not written: all."),
    Field::value("products", Kind::Condition(Subject::Product))
        .optional()
        .says("CEL: products that may be negotiated; every line must meet it. Not written: all."),
    Field::value("person", Kind::Condition(Subject::Customer))
        .optional()
        .says("CEL: customers and deals that always get a person. Not written: none."),
];

const MARGIN: &[Field] = &[
    Field::value("segment", Kind::Word).optional(),
    Field::value("class", Kind::Word).optional(),
    Field::value("condition", Kind::Condition(Subject::Product)).optional(),
    Field::value("floor", Kind::Rate),
    Field::value("target", Kind::Rate),
];

const PLAIN: Field = Field::new(
    "plain",
    Shape::Group(&[
        Field::value("from", Kind::Rate),
        Field::value("to", Kind::Rate),
        Field::value("offered", Kind::Flag).says("Whether a plain-price card is offered at all."),
    ]),
)
.says("Discount that needs nothing in return, in the first and in the last round.");

const VOLUME: Field = Field::new(
    "volume",
    Shape::Group(&[
        Field::value("per_double", Kind::Rate).says("Extra discount for each +100 % of the quantity."),
        Field::value("multiple_max", Kind::Multiple).says("At most so many times the asked quantity."),
        Field::value("beyond_stock", Kind::Flag).says("Whether more than the stock may be offered."),
    ]),
)
.optional()
.says("Order more.");

const PAYMENT: Field =
    Field::new("payment", Shape::Rows(&[Field::value("days", U16), Field::value("grant", Kind::Rate)], 1))
        .says("Days from invoice to payment and what they are worth against the other rows: days rise, grants fall.");

const DELIVERY: Field = Field::new(
    "delivery",
    Shape::Rows(
        &[
            Field::value("days", U16),
            Field::value("grant", Kind::Rate),
            Field::value("free_freight", Kind::Flag).usual("false"),
        ],
        1,
    ),
)
.usual("[]")
.says("What it is worth when delivery may be so many days later: days rise, grants do not fall.");

const FREIGHT_ROWS: Field = Field::new(
    "freight",
    Shape::Rows(&[Field::value("mode", Kind::Choice(FREIGHT)), Field::value("grant", Kind::Rate)], 1),
)
.usual("[]")
.says("What another way of freight is worth: consolidated, collected; grants do not fall.");

const COMMITMENT: Field = Field::new(
    "commitment",
    Shape::Group(&[
        Field::value("months", U16).says("From the agreement to the last call-off."),
        Field::value("per_double", Kind::Rate).says("Extra discount for each +100 % over what is usual."),
        Field::value("times_max", U16).says("Largest total as a multiple of this order."),
    ]),
)
.optional()
.says("Volume over months, called off as needed.");

const REBATE: Field = Field::new(
    "rebate",
    Shape::Group(&[
        Field::value("months", U16).says("From the agreement to the end of the period."),
        Field::new("rows", Shape::Rows(&[Field::value("growth", Kind::Rate), Field::value("rate", Kind::Rate)], 1))
            .says("So much more turnover than in the period before, and what is paid back."),
    ]),
)
.optional()
.says("A rebate for growth, paid at the end of a period.");

const ALTERNATIVE: Field = Field::new("alternative", Shape::Group(&[Field::value("saving_min", Kind::Rate)]))
    .optional()
    .says("Another product in place of one that is asked, where the buyer saves at least so much.");

const BUNDLE: Field = Field::new(
    "bundle",
    Shape::Group(&[
        Field::value("per_double", Kind::Rate).says("Extra discount when the goods are worth as much as the deal."),
        Field::value("value_max", Kind::Rate).says("Largest value of the goods, as a share of the deal."),
    ]),
)
.optional()
.says("Goods that the buyer orders along.");

const BONUS: Field = Field::new(
    "bonus",
    Shape::Group(&[
        Field::value("grant", Kind::Rate).says("So much more than the plain concession, when it is given in goods."),
        Field::value("value_max", Kind::Rate).says("Largest value of the goods, as a share of the deal."),
    ]),
)
.optional()
.says("Goods for free in place of a lower price.");

const TACTIC: Field = Field::new(
    "tactic",
    Shape::Group(&[
        Field::value("kind", Kind::Choice(TACTICS))
            .usual("\"time\"")
            .says("time: by the number of the buyer's moves; mirror: by their size; minimal: one step for each."),
        Field::value("exponent", Kind::Thousandths).says("For time: above 1 late, 1 even, below 1 early."),
        Field::value("rounds_max", U32).says("Most rounds before a person takes over."),
        Field::value("move_min", Kind::Rate).says("The smallest move of the buyer that counts as one."),
        Field::value("mirror", Kind::Rate).usual("1000000").says("For mirror: the share of a move that is given back."),
        Field::value("increment", Kind::Rate).usual("5000").says("For minimal: the concession for each move."),
    ]),
)
.says("How the demanded margin falls from target to floor.");

const LIMITS: &[Field] = &[
    Field::value("validity_hours", U32).says("Hours for which an offer stands."),
    Field::value("offers_max", U32).says("Most offers in one answer, 1 to 3."),
    Field::value("budget", Kind::Amount).optional().says("Most concessions to one customer in 90 days."),
    Field::value("deal_max", Kind::Amount).optional().says("Larger deals go to a person."),
    Field::value("discount_max", Kind::Rate).says("Who asks for more on any line gets a person."),
    Field::value("far", Kind::Rate)
        .says("An ask this far below what any lever carries is far out of reach. It goes to a person"),
    Field::value("worth_deal", Kind::Amount).says("when the deal is worth at least this,"),
    Field::value("worth_customer", Kind::Amount).says("or the customer."),
];

const ROUTING: &[Field] = &[
    Field::value("below_floor", Kind::Choice(AUTHORITIES))
        .says("The least authority for terms under the floor, or without a known cost."),
    Field::value("answer_minutes", U32).says("Minutes promised when no row fits."),
    Field::value("after_person", Kind::Choice(AFTER_PERSON)).usual("\"person\"").says(
        "Once a person has made an offer: person waits for that person, engine goes on and never below that offer.",
    ),
    Field::new(
        "rows",
        Shape::Rows(
            &[
                Field::value("authority", Kind::Choice(AUTHORITIES)),
                Field::value("impact_max", Kind::Rate).optional(),
                Field::value("deal_max", Kind::Amount).optional(),
                Field::value("customer_max", Kind::Amount).optional(),
                Field::value("answer_minutes", U32),
            ],
            0,
        ),
    )
    .says("Up to these limits, this authority suffices; a limit that is not written is none."),
];

const TICK: &[Field] = &[Field::value("from", Kind::Price), Field::value("tick_micros", Kind::Count(i64::MAX))];

/// The policy as JSON with every field, also those that the engine leaves out of its own text.
pub(super) fn whole(policy: &Policy) -> Value {
    let mut value = serde_json::from_str(&policy.to_json()).unwrap_or(Value::Null);
    fill(&mut value, POLICY);
    value
}

fn fill(value: &mut Value, fields: &[Field]) {
    let Value::Object(map) = value else { return };
    for field in fields {
        if !map.contains_key(field.name) {
            let usual = field.usual_value().unwrap_or(Value::Null);
            map.insert(field.name.to_owned(), usual);
        }
        let Some(held) = map.get_mut(field.name) else { continue };
        match (field.shape, held) {
            (Shape::Group(inner), held) => fill(held, inner),
            (Shape::Rows(inner, _) | Shape::Sections(inner), Value::Array(rows)) => {
                rows.iter_mut().for_each(|row| fill(row, inner));
            }
            _ => {}
        }
    }
}

/// The field with a name.
pub(super) fn field(fields: &'static [Field], name: &str) -> Option<&'static Field> {
    fields.iter().find(|field| field.name == name)
}

/// What stands under a name in an object.
pub(super) fn held<'a>(object: &'a Value, name: &str) -> &'a Value {
    object.get(name).unwrap_or(&Value::Null)
}

/// An object of these entries.
pub(super) fn object(entries: impl IntoIterator<Item = (String, Value)>) -> Value {
    Value::Object(entries.into_iter().collect::<Map<_, _>>())
}
