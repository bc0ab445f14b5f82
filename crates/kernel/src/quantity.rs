//! Quantities with a unit, a precision and exact pack arithmetic.

use serde::{Deserialize, Serialize};

use crate::decimal::{DecimalError, Notation, parse_decimal, understood_decimal};

/// Units of measure that goods are priced in. The code is UN/ECE Recommendation 20.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Piece, `H87`.
    Piece,
    /// Pair, `PR`.
    Pair,
    /// Set, `SET`.
    Set,
    /// Metre, `MTR`.
    Metre,
    /// Kilogram, `KGM`.
    Kilogram,
    /// Litre, `LTR`.
    Litre,
}

impl Unit {
    /// Every unit.
    pub const ALL: [Self; 6] = [Self::Piece, Self::Pair, Self::Set, Self::Metre, Self::Kilogram, Self::Litre];

    /// The code used in storage, API and import, e.g. `piece`. The message key of its short name is `unit-<code>`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Piece => "piece",
            Self::Pair => "pair",
            Self::Set => "set",
            Self::Metre => "metre",
            Self::Kilogram => "kilogram",
            Self::Litre => "litre",
        }
    }

    /// The UN/ECE Recommendation 20 code.
    pub fn unece(self) -> &'static str {
        match self {
            Self::Piece => "H87",
            Self::Pair => "PR",
            Self::Set => "SET",
            Self::Metre => "MTR",
            Self::Kilogram => "KGM",
            Self::Litre => "LTR",
        }
    }

    /// The unit with this code (ours or UN/ECE), in any case.
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim();
        Self::ALL.into_iter().find(|u| u.code().eq_ignore_ascii_case(code) || u.unece().eq_ignore_ascii_case(code))
    }

    /// Decimals a quantity of this unit may have: countable things none, the others three.
    pub fn decimals(self) -> u32 {
        match self {
            Self::Piece | Self::Pair | Self::Set => 0,
            Self::Metre | Self::Kilogram | Self::Litre => 3,
        }
    }
}

/// A quantity in thousandths of its unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Quantity {
    thousandths: i64,
    unit: Unit,
}

impl Quantity {
    /// Thousandths in one unit.
    pub const SCALE: i64 = 1_000;
    /// The largest quantity anyone may order: one thousand million units.
    pub const THOUSANDTHS_MAX: i64 = 1_000_000_000_000;

    /// `thousandths` thousandths of `unit`.
    pub fn new(thousandths: i64, unit: Unit) -> Self {
        Self { thousandths, unit }
    }

    /// `count` whole units.
    pub fn whole(count: i64, unit: Unit) -> Self {
        Self { thousandths: count.saturating_mul(Self::SCALE), unit }
    }

    /// Thousandths of the unit.
    pub fn thousandths(self) -> i64 {
        self.thousandths
    }

    /// The unit.
    pub fn unit(self) -> Unit {
        self.unit
    }

    /// Plain decimal text without unit, e.g. `2000` or `12.5`.
    pub fn to_decimal(self) -> String {
        let (whole, rest) = (self.thousandths / Self::SCALE, (self.thousandths % Self::SCALE).abs());
        if rest == 0 {
            return whole.to_string();
        }
        format!("{whole}.{}", format!("{rest:03}").trim_end_matches('0'))
    }

    /// Parses what a program wrote: positive, not above [`Self::THOUSANDTHS_MAX`], no more decimals than the unit has.
    ///
    /// # Errors
    /// [`QuantityError`].
    pub fn parse(text: &str, unit: Unit) -> Result<Self, QuantityError> {
        Self::typed(text, unit, Notation::Plain)
    }

    /// Parses what a person typed, as [`Self::parse`] in the person's own notation.
    ///
    /// # Errors
    /// [`QuantityError`].
    pub fn typed(text: &str, unit: Unit, notation: Notation) -> Result<Self, QuantityError> {
        Self::scaled(parse_decimal(text, unit.decimals(), notation), unit)
    }

    /// What a person typed, a number that is not clear as it was understood: for pages that show it and do nothing with it.
    ///
    /// # Errors
    /// [`QuantityError`].
    pub fn understood(text: &str, unit: Unit, notation: Notation) -> Result<Self, QuantityError> {
        Self::scaled(understood_decimal(text, unit.decimals(), notation), unit)
    }

    fn scaled(scaled: Result<i64, DecimalError>, unit: Unit) -> Result<Self, QuantityError> {
        let scaled = scaled.map_err(QuantityError::Decimal)?;
        let thousandths = scaled
            .checked_mul(10_i64.pow(3 - unit.decimals()))
            .ok_or(QuantityError::Decimal(DecimalError::TooLarge))?;
        if thousandths <= 0 {
            return Err(QuantityError::NotPositive);
        }
        if thousandths > Self::THOUSANDTHS_MAX {
            return Err(QuantityError::Decimal(DecimalError::TooLarge));
        }
        Ok(Self { thousandths, unit })
    }
}

/// How a product is packed and in which steps it is sold, all in thousandths of the product's unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Packing {
    /// The unit of measure.
    pub unit: Unit,
    /// Content of one pack; at least 1.
    pub pack: i64,
    /// Packs on one pallet; 0 when it is not sold by the pallet.
    pub packs_per_pallet: i64,
    /// Smallest quantity of an order line; a multiple of `step`.
    pub minimum: i64,
    /// Order lines are multiples of this; at least 1.
    pub step: i64,
}

impl Packing {
    /// Sold singly, by the whole unit.
    pub fn single(unit: Unit) -> Self {
        let one = Quantity::SCALE;
        Self { unit, pack: one, packs_per_pallet: 0, minimum: one, step: one }
    }

    /// Checks a quantity against minimum and step.
    ///
    /// # Errors
    /// [`QuantityError`], in the order of its variants.
    pub fn check(&self, quantity: Quantity) -> Result<(), QuantityError> {
        if quantity.unit != self.unit {
            return Err(QuantityError::WrongUnit);
        }
        if quantity.thousandths <= 0 {
            return Err(QuantityError::NotPositive);
        }
        if quantity.thousandths < self.minimum {
            return Err(QuantityError::BelowMinimum { minimum: Quantity::new(self.minimum, self.unit) });
        }
        if quantity.thousandths % self.step != 0 {
            let below = quantity.thousandths - quantity.thousandths % self.step;
            return Err(QuantityError::NotAMultiple {
                step: Quantity::new(self.step, self.unit),
                below: Quantity::new(below.max(self.minimum), self.unit),
                above: Quantity::new(self.round_up(quantity.thousandths), self.unit),
            });
        }
        Ok(())
    }

    /// The smallest orderable quantity that is at least `thousandths`.
    pub fn round_up(&self, thousandths: i64) -> i64 {
        let least = thousandths.max(self.minimum);
        match least % self.step {
            0 => least,
            rest => least.saturating_add(self.step - rest),
        }
    }

    /// Whole packs in `quantity`, and whether nothing is left over.
    pub fn packs(&self, quantity: Quantity) -> (i64, bool) {
        (quantity.thousandths / self.pack.max(1), quantity.thousandths % self.pack.max(1) == 0)
    }
}

/// Why a quantity cannot be ordered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantityError {
    /// Not a number of the unit's precision.
    Decimal(DecimalError),
    /// Another unit than the product's.
    WrongUnit,
    /// Zero or negative.
    NotPositive,
    /// Less than the smallest order.
    BelowMinimum {
        /// The smallest order.
        minimum: Quantity,
    },
    /// Not a multiple of the step (usually the pack).
    NotAMultiple {
        /// The step.
        step: Quantity,
        /// The nearest orderable quantity below.
        below: Quantity,
        /// The nearest orderable quantity above.
        above: Quantity,
    },
}

impl QuantityError {
    /// The stable code; `invalid-<code>` is the key of its sentence in the message catalogues.
    pub fn code(self) -> &'static str {
        match self {
            Self::Decimal(DecimalError::TooPrecise) => "quantity-whole",
            Self::Decimal(DecimalError::TooLarge) => "quantity-too-large",
            Self::Decimal(error) => error.code(),
            Self::WrongUnit => "quantity-unit",
            Self::NotPositive => "quantity-positive",
            Self::BelowMinimum { .. } => "quantity-minimum",
            Self::NotAMultiple { .. } => "quantity-multiple",
        }
    }

    /// Named values for the sentence: `minimum`, or `step`, `below` and `above`, as plain decimals; of a number that is not
    /// clear how it was understood.
    pub fn args(self) -> Vec<(&'static str, String)> {
        match self {
            Self::Decimal(error) => error.args(),
            Self::BelowMinimum { minimum } => vec![("minimum", minimum.to_decimal())],
            Self::NotAMultiple { step, below, above } => {
                vec![("step", step.to_decimal()), ("below", below.to_decimal()), ("above", above.to_decimal())]
            }
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PACKED: Packing =
        Packing { unit: Unit::Piece, pack: 50_000, packs_per_pallet: 40, minimum: 100_000, step: 50_000 };

    #[test]
    fn typed_quantities() {
        let typed = |text, unit, notation| Quantity::typed(text, unit, notation);
        assert_eq!(typed("2,000", Unit::Piece, Notation::Point), Ok(Quantity::whole(2_000, Unit::Piece)));
        assert_eq!(typed("12,5", Unit::Metre, Notation::Comma), Ok(Quantity::new(12_500, Unit::Metre)));
        assert_eq!(typed("2,500", Unit::Metre, Notation::Comma), Ok(Quantity::new(2_500, Unit::Metre)));
        let unclear = typed("1.125", Unit::Metre, Notation::Comma).unwrap_err();
        assert_eq!(unclear.code(), "number-two-readings");
        assert_eq!(unclear.args(), [("understood", "1,125".to_owned()), ("other", "1125".to_owned())]);
        assert_eq!(Quantity::parse("2,000", Unit::Piece).unwrap_err().code(), "number-plain");
        assert_eq!(Quantity::parse("0", Unit::Piece), Err(QuantityError::NotPositive));
        assert_eq!(Quantity::parse("-5", Unit::Piece), Err(QuantityError::NotPositive));
        assert_eq!(Quantity::parse("1.5", Unit::Piece).unwrap_err().code(), "quantity-whole");
        assert_eq!(Quantity::parse("1000000000000000000", Unit::Piece).unwrap_err().code(), "quantity-too-large");
        assert_eq!(Quantity::parse("1000000001", Unit::Piece).unwrap_err().code(), "quantity-too-large");
    }

    #[test]
    fn packs_and_steps() {
        assert_eq!(PACKED.check(Quantity::whole(2_000, Unit::Piece)), Ok(()));
        assert_eq!(PACKED.check(Quantity::whole(50, Unit::Piece)).unwrap_err().code(), "quantity-minimum");
        assert_eq!(PACKED.check(Quantity::whole(50, Unit::Metre)).unwrap_err().code(), "quantity-unit");
        let error = PACKED.check(Quantity::whole(120, Unit::Piece)).unwrap_err();
        assert_eq!(error.args(), vec![("step", "50".into()), ("below", "100".into()), ("above", "150".into())]);
        assert_eq!(PACKED.round_up(1), 100_000);
        assert_eq!(PACKED.packs(Quantity::whole(120, Unit::Piece)), (2, false));
    }
}
