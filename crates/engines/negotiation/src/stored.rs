//! Storing sealed values. Position, policy, trace and decision do **not** implement `serde::Serialize`, so no buyer
//! surface can serialise them by accident. They become JSON only here, through functions that are named for it.

use kernel::{Amount, Currency, Date, Instant, Quantity, Rate, UnitPrice};
use serde_json::Value;

/// Why a stored value could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoredError {
    /// Where, e.g. `margins[2].floor`; empty for the whole.
    pub path: String,
    /// What is wrong there.
    pub reason: String,
}

impl StoredError {
    pub(crate) fn new(reason: impl Into<String>) -> Self {
        Self { path: String::new(), reason: reason.into() }
    }

    pub(crate) fn under(mut self, step: &str) -> Self {
        let joint = if self.path.is_empty() || self.path.starts_with('[') { "" } else { "." };
        self.path = format!("{step}{joint}{}", self.path);
        self
    }
}

impl std::fmt::Display for StoredError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.path, self.reason)
    }
}

impl std::error::Error for StoredError {}

/// Our own way to JSON and back, private to the crate. Objects have their keys sorted, so equal values give equal text.
pub(crate) trait Store: Sized {
    fn put(&self) -> Value;
    fn take(value: Value) -> Result<Self, StoredError>;
}

impl<T: Store> Store for Vec<T> {
    fn put(&self) -> Value {
        Value::Array(self.iter().map(Store::put).collect())
    }

    fn take(value: Value) -> Result<Self, StoredError> {
        let Value::Array(items) = value else { return Err(StoredError::new("a list is expected")) };
        let each = |(at, item)| T::take(item).map_err(|error| error.under(&format!("[{at}]")));
        items.into_iter().enumerate().map(each).collect()
    }
}

impl<T: Store> Store for Option<T> {
    fn put(&self) -> Value {
        self.as_ref().map_or(Value::Null, Store::put)
    }

    fn take(value: Value) -> Result<Self, StoredError> {
        if value.is_null() { Ok(None) } else { T::take(value).map(Some) }
    }
}

/// Types that serde may see anyway: plain values and buyer-facing types.
macro_rules! store_by_serde {
    ($($ty:ty),+ $(,)?) => {$(
        impl $crate::stored::Store for $ty {
            fn put(&self) -> serde_json::Value {
                serde_json::to_value(self).unwrap_or(serde_json::Value::Null)
            }

            fn take(value: serde_json::Value) -> Result<Self, $crate::stored::StoredError> {
                serde_json::from_value(value).map_err(|error| $crate::stored::StoredError::new(error.to_string()))
            }
        }
    )+};
}
pub(crate) use store_by_serde;

store_by_serde!(bool, u16, u32, u64, i64, String, Amount, Currency, Date, Instant, Quantity, Rate, UnitPrice);

/// Declares a struct that can be stored but not serialised. A missing field reads as `null`, an unknown one is an error.
/// A field with a default (`pub field: Type = default`) is left out of the text where it has that value, so that what an
/// older engine stored is still read, and written, as it was.
macro_rules! sealed {
    ($(#[$meta:meta])* pub struct $name:ident { $($(#[$field_meta:meta])* pub $field:ident: $ty:ty $(= $default:expr)?),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub struct $name { $($(#[$field_meta])* pub $field: $ty),+ }

        impl $crate::stored::Store for $name {
            fn put(&self) -> serde_json::Value {
                let mut map = serde_json::Map::new();
                $($crate::stored::put_field(&mut map, stringify!($field), &self.$field, None$(.or(Some($default)))?);)+
                serde_json::Value::Object(map)
            }

            fn take(value: serde_json::Value) -> Result<Self, $crate::stored::StoredError> {
                let serde_json::Value::Object(mut map) = value else {
                    return Err($crate::stored::StoredError::new("an object is expected"));
                };
                $(let $field: $ty =
                    $crate::stored::take_field(&mut map, stringify!($field), None$(.or(Some($default)))?)?;)+
                match map.keys().next() {
                    Some(key) => Err($crate::stored::StoredError::new("there is no such field").under(key)),
                    None => Ok(Self { $($field),+ }),
                }
            }
        }
    };
}
pub(crate) use sealed;

/// Puts a field into an object, unless it has its default value.
pub(crate) fn put_field<T: Store + PartialEq>(
    map: &mut serde_json::Map<String, Value>,
    name: &str,
    value: &T,
    default: Option<T>,
) {
    if default.as_ref() != Some(value) {
        map.insert(name.to_owned(), value.put());
    }
}

/// Takes a field out of an object; where it is missing, its default, else what `null` means for it.
pub(crate) fn take_field<T: Store>(
    map: &mut serde_json::Map<String, Value>,
    name: &str,
    default: Option<T>,
) -> Result<T, StoredError> {
    match (map.remove(name), default) {
        (None, Some(default)) => Ok(default),
        (value, _) => T::take(value.unwrap_or(Value::Null)).map_err(|error| error.under(name)),
    }
}

/// Text of a sealed value: one line of JSON.
pub(crate) fn to_text(value: &impl Store) -> String {
    value.put().to_string()
}

/// Reads what [`to_text`] wrote.
pub(crate) fn from_text<T: Store>(text: &str) -> Result<T, StoredError> {
    let value = serde_json::from_str(text).map_err(|error| StoredError::new(error.to_string()))?;
    T::take(value)
}
