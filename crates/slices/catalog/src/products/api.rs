//! Products as JSON, for the seller. What buyers get, with their own prices, is in the storefront.

use kernel::{Country, Currency, Failure, Gtin, Invalid, Outcome, Packing, Quantity, Sku, Unit, UnitPrice};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use web::{App, Json, Pager, Path, Query, Reply, State, Visitor};

use super::{NewProduct, OrderType, ProductFilter, ProductRow, SellerFacts, actions, queries};
use crate::{Catalog, Texts};
