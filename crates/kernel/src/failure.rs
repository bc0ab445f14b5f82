//! The three ways in which things go wrong, and 'not there'.

/// What an action or query gives back.
pub type Outcome<T> = Result<T, Failure>;

/// Why a command was not done.
#[derive(Debug)]
pub enum Failure {
    /// The rules say no. The code is part of the public interface.
    Refused(Refused),
    /// The input is wrong; each entry names its field.
    Invalid(Invalid),
    /// It does not exist, or not for this actor: the two are never told apart.
    NotFound,
    /// A bug or the world (disk, network, database).
    Fault(Fault),
}

/// How a refusal reads to a client; each maps to one HTTP status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RefusalKind {
    /// The state of things does not allow it (409).
    Conflict,
    /// The actor may not (403).
    Forbidden,
    /// The actor must sign in first (401).
    SignInRequired,
    /// Too often (429).
    TooMany,
}

/// A refusal with the values its sentence needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refused {
    /// The stable code; `refusal-<code>` is the key of its sentence in the message catalogues.
    pub code: &'static str,
    /// How it reads to a client.
    pub kind: RefusalKind,
    /// Named values for the sentence. Never seller-only values.
    pub args: Vec<(&'static str, String)>,
}

impl Refused {
    /// A refusal whose sentence needs no values.
    pub fn plain(code: &'static str, kind: RefusalKind) -> Self {
        Self { code, kind, args: Vec::new() }
    }

    /// The refusal with one more named value.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// One line of the catalogue of refusals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RefusalInfo {
    /// The stable code.
    pub code: &'static str,
    /// How it reads to a client.
    pub kind: RefusalKind,
    /// When it is given, for the documentation.
    pub doc: &'static str,
}

/// Declares the refusals of a capability in order of precedence, with code, kind and documentation in one place.
///
/// ```
/// kernel::refusals! {
///     /// Why an offer cannot be taken.
///     pub enum TakeRefusal {
///         /// The offer's validity has ended.
///         Expired = "offer-expired" => Conflict,
///     }
/// }
/// assert_eq!(TakeRefusal::ALL[0].code, "offer-expired");
/// ```
#[macro_export]
macro_rules! refusals {
    ($(#[doc = $top:literal])+ pub enum $name:ident { $($(#[doc = $doc:literal])+ $variant:ident = $code:literal => $kind:ident),+ $(,)? }) => {
        $(#[doc = $top])+
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum $name { $($(#[doc = $doc])+ $variant),+ }

        impl $name {
            /// Every refusal of this capability, in order of precedence.
            pub const ALL: &'static [$crate::RefusalInfo] = &[$($crate::RefusalInfo {
                code: $code, kind: $crate::RefusalKind::$kind, doc: concat!($($doc),+),
            }),+];

            /// The refusal as data, to which values can be added.
            pub fn refused(self) -> $crate::Refused {
                match self { $(Self::$variant => $crate::Refused::plain($code, $crate::RefusalKind::$kind)),+ }
            }

            /// Whether it is this refusal that was given.
            pub fn is(self, refused: &$crate::Refused) -> bool {
                self.refused().code == refused.code
            }
        }

        impl From<$name> for $crate::Failure {
            fn from(refusal: $name) -> Self { refusal.refused().into() }
        }
    };
}

/// One wrong field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The path of the field as the client sent it, e.g. `lines[0].quantity`.
    pub field: String,
    /// The stable code; `invalid-<code>` is the key of its sentence in the message catalogues.
    pub code: &'static str,
    /// Named values for the sentence.
    pub args: Vec<(&'static str, String)>,
}

impl FieldError {
    /// The name of the argument that holds a parser's own words. They are for programs; no sentence says them.
    pub const TECHNICAL: &'static str = "technical";

    /// The parser's own words, where one said something.
    pub fn technical(&self) -> Option<&str> {
        let mut said = self.args.iter().filter(|(name, _)| *name == Self::TECHNICAL);
        said.next().map(|(_, words)| words.as_str())
    }
}

/// What is wrong with a value: the stable code, and named values for its sentence.
pub type WrongValue = (&'static str, Vec<(&'static str, String)>);

/// Errors that are told at once. Whoever sends more mends these first; an answer is never many times as long as the question.
pub const FIELD_ERRORS_MAX: usize = 50;

/// Wrong input: at least one field, and at most [`FIELD_ERRORS_MAX`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Invalid {
    /// The wrong fields.
    pub fields: Vec<FieldError>,
}

impl Invalid {
    /// One wrong field.
    pub fn field(field: impl Into<String>, code: &'static str) -> Self {
        Self::default().and(field, code, Vec::new())
    }

    /// One more wrong field.
    #[must_use]
    pub fn and(mut self, field: impl Into<String>, code: &'static str, args: Vec<(&'static str, String)>) -> Self {
        self.note(field.into(), code, args);
        self
    }

    fn note(&mut self, field: String, code: &'static str, args: Vec<(&'static str, String)>) {
        if !self.is_full() {
            self.fields.push(FieldError { field, code, args });
        }
    }

    /// Whether as much is wrong as is told; whoever reads a long list stops here.
    pub fn is_full(&self) -> bool {
        self.fields.len() >= FIELD_ERRORS_MAX
    }

    /// `Ok` when no field is wrong.
    ///
    /// # Errors
    /// `self`, when a field is wrong.
    pub fn check(self) -> Outcome<()> {
        if self.fields.is_empty() { Ok(()) } else { Err(Failure::Invalid(self)) }
    }

    /// The value, or `None` with the error noted at `field`: lets a form report all its errors at once.
    pub fn take<T, E: Into<WrongValue>>(&mut self, field: &str, result: Result<T, E>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                let (code, args) = error.into();
                self.note(field.into(), code, args);
                None
            }
        }
    }
}

impl From<crate::DecimalError> for WrongValue {
    fn from(error: crate::DecimalError) -> Self {
        (error.code(), error.args())
    }
}

impl From<crate::QuantityError> for WrongValue {
    fn from(error: crate::QuantityError) -> Self {
        (error.code(), error.args())
    }
}

/// A bug or the world: what was being done, and the cause.
#[derive(Debug)]
pub struct Fault {
    doing: String,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
    retry: bool,
    is_full: bool,
}

impl Fault {
    /// A fault without a cause of its own: a broken invariant, a corrupt row.
    pub fn new(doing: impl Into<String>) -> Self {
        Self { doing: doing.into(), cause: None, retry: false, is_full: false }
    }

    /// A fault with its cause.
    pub fn because(doing: impl Into<String>, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self { doing: doing.into(), cause: Some(cause.into()), retry: false, is_full: false }
    }

    /// The same fault, marked as passing: the whole command may be tried again.
    #[must_use]
    pub fn passing(mut self) -> Self {
        self.retry = true;
        self
    }

    /// Whether the whole command may be tried again.
    pub fn is_passing(&self) -> bool {
        self.retry
    }

    /// The same fault, marked: there was no space to write to.
    #[must_use]
    pub fn without_space(mut self) -> Self {
        self.is_full = true;
        self
    }

    /// Whether nothing could be written because there is no space. What is there can still be read.
    pub fn is_without_space(&self) -> bool {
        self.is_full
    }
}

impl std::fmt::Display for Fault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.doing)?;
        let mut cause = self.cause.as_deref().map(|c| c as &dyn std::error::Error);
        while let Some(error) = cause {
            write!(f, ": {error}")?;
            cause = error.source();
        }
        Ok(())
    }
}

impl std::error::Error for Fault {}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refused) => write!(f, "refused: {}", refused.code),
            Self::Invalid(invalid) => {
                f.write_str("invalid:")?;
                invalid.fields.iter().try_for_each(|e| write!(f, " {} ({})", e.field, e.code))
            }
            Self::NotFound => f.write_str("not found"),
            Self::Fault(fault) => fault.fmt(f),
        }
    }
}

impl std::error::Error for Failure {}

impl From<Refused> for Failure {
    fn from(refused: Refused) -> Self {
        Self::Refused(refused)
    }
}

impl From<Invalid> for Failure {
    fn from(invalid: Invalid) -> Self {
        Self::Invalid(invalid)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl From<crate::MoneyError> for Failure {
    fn from(error: crate::MoneyError) -> Self {
        match error {
            crate::MoneyError::Overflow => Invalid::field("", "amount-too-large").into(),
            crate::MoneyError::CurrencyMismatch => Invalid::field("currency", "currency-mismatch").into(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{FIELD_ERRORS_MAX, Invalid, WrongValue};

    #[test]
    fn attack_m10_no_more_errors_are_kept_than_are_told() {
        let mut invalid = Invalid::default();
        for at in 0..40_000 {
            let wrong: Result<(), WrongValue> = Err(("number", Vec::new()));
            assert!(invalid.take(&format!("lines[{at}].quantity"), wrong).is_none());
            invalid = invalid.and(format!("lines[{at}].sku"), "choice", Vec::new());
        }
        assert_eq!(invalid.fields.len(), FIELD_ERRORS_MAX);
        assert!(invalid.is_full());
        assert_eq!(invalid.fields[1].field, "lines[0].sku", "the first ones are told");
        assert!(invalid.check().is_err());
    }
}
