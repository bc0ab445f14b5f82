//! Values that go into statements and come out of rows.

use kernel::{Country, Currency, Date, Email, Fault, Gtin, Instant, Rate, Role, Sku, Unit, VatId};
use sqlx::Row as _;

/// A value of one of the four column kinds, with typed nulls.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// TEXT.
    Text(Option<String>),
    /// BIGINT.
    Int(Option<i64>),
    /// BOOLEAN.
    Bool(Option<bool>),
    /// Bytes.
    Bytes(Option<Vec<u8>>),
}

/// Types that can be handed to a statement.
pub trait Bind {
    /// The value as a column kind.
    fn to_value(&self) -> Value;
    /// The null of this type's column kind.
    fn null() -> Value
    where
        Self: Sized;
}

impl<T: Bind> Bind for Option<T> {
    fn to_value(&self) -> Value {
        self.as_ref().map_or_else(T::null, Bind::to_value)
    }
    fn null() -> Value {
        T::null()
    }
}

impl<T: Bind> Bind for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
    fn null() -> Value {
        T::null()
    }
}

/// `Bind` for types by an expression of the column's type.
macro_rules! bind {
    ($kind:ident: $($type:ty => |$v:ident| $value:expr),+ $(,)?) => {$(
        impl Bind for $type {
            fn to_value(&self) -> Value { let $v = self; Value::$kind(Some($value)) }
            fn null() -> Value { Value::$kind(None) }
        }
    )+};
}

bind! { Text:
    String => |v| v.clone(),
    &str => |v| (*v).to_owned(),
    Currency => |v| v.code().to_owned(),
    Unit => |v| v.code().to_owned(),
    Role => |v| v.code().to_owned(),
    Country => |v| v.to_string(),
    Email => |v| v.to_string(),
    Sku => |v| v.to_string(),
    Gtin => |v| v.to_string(),
    VatId => |v| v.to_string(),
    uuid::Uuid => |v| v.hyphenated().to_string(),
}
bind! { Int:
    i64 => |v| *v,
    i32 => |v| i64::from(*v),
    u32 => |v| i64::from(*v),
    Instant => |v| v.micros(),
    Date => |v| v.days(),
    Rate => |v| v.ppm(),
}
bind! { Bool: bool => |v| *v }
bind! { Bytes: Vec<u8> => |v| v.clone() }

/// A row of either engine.
#[derive(Debug)]
pub enum Row {
    /// Of SQLite.
    Sqlite(sqlx::sqlite::SqliteRow),
    /// Of PostgreSQL.
    Postgres(sqlx::postgres::PgRow),
}

impl Row {
    /// The value of the column `name`.
    ///
    /// # Errors
    /// A fault naming the column when it is missing, null or not of this type: a corrupt row or a bug.
    pub fn get<T: Column>(&self, name: &str) -> Result<T, Fault> {
        T::read(self, name)
    }

    fn raw<T>(&self, name: &str) -> Result<T, Fault>
    where
        T: for<'r> sqlx::Decode<'r, sqlx::Sqlite> + sqlx::Type<sqlx::Sqlite>,
        T: for<'r> sqlx::Decode<'r, sqlx::Postgres> + sqlx::Type<sqlx::Postgres>,
    {
        match self {
            Self::Sqlite(row) => row.try_get(name),
            Self::Postgres(row) => row.try_get(name),
        }
        .map_err(|e| Fault::because(format!("reading column {name}"), e))
    }
}

/// Types that can be read from a column.
pub trait Column: Sized {
    /// Reads the column `name`.
    ///
    /// # Errors
    /// A fault naming the column.
    fn read(row: &Row, name: &str) -> Result<Self, Fault>;
    /// Reads the column `name`, which may be null.
    ///
    /// # Errors
    /// A fault naming the column.
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Fault>;
}

impl<T: Column> Column for Option<T> {
    fn read(row: &Row, name: &str) -> Result<Self, Fault> {
        T::read_optional(row, name)
    }
    fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Fault> {
        T::read_optional(row, name).map(Some)
    }
}

macro_rules! column {
    ($($type:ty),+) => {$(
        impl Column for $type {
            fn read(row: &Row, name: &str) -> Result<Self, Fault> { row.raw(name) }
            fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Fault> { row.raw(name) }
        }
    )+};
}
column!(String, i64, bool, Vec<u8>);

/// `Column` for types parsed from a stored text or number; a value that does not parse is a corrupt row.
macro_rules! column_via {
    ($raw:ty: $($type:ty => |$v:ident| $value:expr),+ $(,)?) => {$(
        impl Column for $type {
            fn read(row: &Row, name: &str) -> Result<Self, Fault> {
                Self::read_optional(row, name)?.ok_or_else(|| Fault::new(format!("column {name} is null")))
            }
            fn read_optional(row: &Row, name: &str) -> Result<Option<Self>, Fault> {
                let Some($v) = row.raw::<Option<$raw>>(name)? else { return Ok(None) };
                let parsed: Option<Self> = $value;
                parsed.map(Some).ok_or_else(|| Fault::new(format!("column {name} holds no {}", stringify!($type))))
            }
        }
    )+};
}

column_via! { String:
    Currency => |v| Currency::parse(&v),
    Unit => |v| Unit::parse(&v),
    Role => |v| Role::parse(&v),
    Country => |v| Country::parse(&v).ok(),
    Email => |v| Email::parse(&v).ok(),
    Sku => |v| Sku::parse(&v).ok(),
    Gtin => |v| Gtin::parse(&v).ok(),
    VatId => |v| VatId::parse(&v).ok(),
    uuid::Uuid => |v| uuid::Uuid::try_parse(&v).ok(),
}
column_via! { i64:
    Instant => |v| Some(Instant::from_micros(v)),
    Date => |v| Some(Date::from_days(v)),
    Rate => |v| Some(Rate::from_ppm(v)),
}

/// Ids are stored as hyphenated text.
macro_rules! ids {
    ($($id:ident),+ $(,)?) => {
        bind! { Text: $(kernel::$id => |v| v.to_string()),+ }
        column_via! { String: $(kernel::$id => |v| kernel::$id::parse(&v)),+ }
    };
}
ids!(
    CompanyId,
    UnitId,
    UserId,
    AddressId,
    SessionId,
    SignoffId,
    ProductId,
    CategoryId,
    PriceChangeId,
    PriceListId,
    ContractId,
    PolicyId,
    SimulationId,
    NegotiationId,
    OfferId,
    CartId,
    CartLineId,
    OrderId,
    OrderLineId,
    EventId,
    JobId,
    MailId,
    QuoteId,
    AttachmentId,
    SupportId,
    AgreementId,
);
