//! Everything HTTP that the slices share: the application state, who visits, routes with their access and documentation,
//! forms, replies, problems, the page shell, live updates and assets.
//!
//! A request travels one way: the layers in [`serve`] give it an id, find out who visits and ask the route's
//! [`kernel::Access`]; the handler parses, calls an action or query of its slice, and answers with a page, a fragment or
//! JSON. A [`kernel::Failure`] that a handler returns becomes a page or an RFC 9457 document in one place, [`problem`].
#![warn(missing_docs)]

mod address;
mod api_doc;
mod app;
mod assets;
mod auth;
mod bodies;
pub mod charts;
mod cookies;
mod extract;
mod failed;
mod form;
mod headers;
mod idempotency;
mod kept;
mod listen;
mod live;
mod objects;
mod openapi;
mod origin;
mod page;
mod paging;
mod parameters;
mod paths;
mod problem;
mod routes;
mod serve;
mod settings;
mod shell;
mod unfit;

pub use address::{Proxies, network};
pub use api_doc::ApiDoc;
pub use app::{App, AppBuilder, Authenticate, Clock, NavLink, ShellData, ShellSource};
pub use assets::{are_built, asset_url};
pub use auth::{Credential, Person, SESSION_COOKIE, Visitor};
pub use cookies::{cookie, with_cookie};
pub use extract::{Form, Hx, Json, Multipart, Path, Query, notation};
pub use failed::Problem;
pub use form::{Fields, FormState, understood};
pub use idempotency::IdempotencyKey;
pub use kept::KeptAct;
pub use listen::{Limits, listen};
pub use openapi::{Document, document};
pub use page::{
    Reply, created, flash, flash_undo, fragment, json, leave_for, no_content, page, page_with, redirect, see_other,
};
pub use paging::{PageLink, PageParameters, Pager, encode, query_string};
pub use paths::{came_from, is_own_path};
pub use problem::with_retry_after;
pub use routes::{Kind, RouteInfo, Routes};
pub use serve::router;
pub use settings::{GuestPrices, Settings};
pub use shell::{Count, Shell};
pub use unfit::unfit;

pub use axum::extract::State;
pub use axum::http::{Method, StatusCode};
pub use axum::response::Response;

/// A boxed future, for the few traits that must be objects.
pub type BoxFuture<'a, T> = std::pin::Pin<Box<dyn Future<Output = T> + Send + 'a>>;
