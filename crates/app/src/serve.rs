//! The servers: pages and JSON on one address, metrics on another.

use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use axum::handler::Handler as _;
use axum::http::{HeaderMap, header};
use axum::middleware::from_fn;
use axum::routing::get;
use axum::{Extension, Router};
use kernel::{Access, Fault, Outcome};
use tokio::net::TcpListener;
use tokio::sync::{Mutex, watch};
use web::{App, Document, Method, Reply, Routes, State, StatusCode, Visitor};

use crate::observe;

/// Routes of the program itself.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .page(Method::GET, "/healthz", Access::Public, healthz)
        .page(Method::GET, "/readyz", Access::Public, readyz.layer(Extension(Readiness::default())))
        .page(Method::GET, "/api/v1/openapi.json", Access::Public, openapi.layer(Extension(Documents::default())))
}

/// The process runs. Which version it is, only the merchant's people hear.
async fn healthz(visitor: Visitor) -> Reply {
    let version = visitor.actor.is_staff().then_some(crate::VERSION);
    match version {
        Some(version) => web::json(&serde_json::json!({ "status": "ok", "version": version })),
        None => web::json(&serde_json::json!({ "status": "ok" })),
    }
}

/// The process can answer and write, and what it has read was whole. Each says why not to the log only.
async fn readyz(State(app): State<App>, Extension(readiness): Extension<Readiness>) -> Reply {
    let (status, word) = readiness.look(app.db()).await;
    let mut reply = web::json(&serde_json::json!({ "status": word }))?;
    *reply.status_mut() = status;
    Ok(reply)
}

/// When a write succeeded last: whoever asks often must not make the disk work often.
#[derive(Clone, Default)]
struct Readiness(Arc<Mutex<Option<Instant>>>);

/// How long a write that succeeded stands for the next.
const WRITTEN: Duration = Duration::from_secs(1);

impl Readiness {
    async fn look(&self, db: &db::Db) -> (StatusCode, &'static str) {
        if db.damage().is_some() {
            return (StatusCode::SERVICE_UNAVAILABLE, "damaged");
        }
        let mut written = self.0.lock().await;
        if written.is_some_and(|at| at.elapsed() < WRITTEN) && db::events::last(db).await.is_ok() {
            return (StatusCode::OK, "ready");
        }
        *written = None;
        match db.try_write().await {
            Ok(()) => {
                *written = Some(Instant::now());
                (StatusCode::OK, "ready")
            }
            Err(failure) => {
                tracing::error!("not ready: {failure}");
                (StatusCode::SERVICE_UNAVAILABLE, "cannot-write")
            }
        }
    }
}

/// What buyers' software may call, for anyone; everything, for the merchant's people.
async fn openapi(Extension(documents): Extension<Documents>, visitor: Visitor, headers: HeaderMap) -> Reply {
    documents.of(visitor.actor.is_staff()).reply(&headers)
}

/// The OpenAPI documents, made when somebody asks for one.
#[derive(Clone, Default)]
struct Documents(Arc<[OnceLock<Document>; 2]>);

impl Documents {
    fn of(&self, is_staff: bool) -> &Document {
        let [public, whole] = &*self.0;
        if is_staff {
            return whole.get_or_init(|| Document::new(crate::routes().table(), crate::VERSION));
        }
        public.get_or_init(|| {
            let mut table = crate::routes().table().to_vec();
            table.retain(|route| is_for_buyers(route.access));
            Document::new(&table, crate::VERSION)
        })
    }
}

/// Whether a buyer's software can have a use for a route.
fn is_for_buyers(access: Access) -> bool {
    match access {
        Access::Public | Access::SignedIn => true,
        Access::Needs(permission) => {
            kernel::Role::ALL.into_iter().any(|role| !role.is_staff() && role.permissions().contains(&permission))
        }
    }
}

/// A server in the background.
pub struct Server {
    /// Where it listens.
    pub address: SocketAddr,
    stop: watch::Sender<bool>,
    task: tokio::task::JoinHandle<()>,
}

impl Server {
    /// Takes no more requests, lets those in hand finish for a while, and ends.
    pub async fn stop(self) {
        let _ = self.stop.send(true);
        // Streams of live updates never finish by themselves.
        let _ = tokio::time::timeout(std::time::Duration::from_secs(5), self.task).await;
    }
}

/// Serves the application on `listen`, and metrics on `metrics` unless it is empty.
///
/// # Errors
/// A fault that names the address that could not be had.
pub async fn serve(app: App, listen: &str, metrics: &str) -> Outcome<Server> {
    let (router, _) = web::router(app, crate::routes());
    let router = if metrics.is_empty() {
        router
    } else {
        serve_metrics(metrics).await?;
        router.route_layer(from_fn(observe::count))
    };
    let limits = limits();
    let listener = bind(listen).await?;
    let address = listener.local_addr().map_err(|e| Fault::because("asking for the address", e))?;
    let (stop, mut stopped) = watch::channel(false);
    let task = tokio::spawn(async move {
        let ended = async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        web::listen(listener, router, limits, ended).await;
    });
    Ok(Server { address, stop, task })
}

/// As many connections as there are file handles, less those for files and databases.
fn limits() -> web::Limits {
    let usual = web::Limits::default();
    let own = 128;
    let connections = handles().map_or(usual.connections, |all| usual.connections.min(all.saturating_sub(own)));
    web::Limits { connections: connections.max(16), ..usual }
}

/// How many files this process may have open; `None` where the system does not say.
fn handles() -> Option<usize> {
    let limits = std::fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}

async fn bind(address: &str) -> Result<TcpListener, Fault> {
    let bound = TcpListener::bind(address).await;
    bound.map_err(|e| Fault::because(format!("listening on {address} (is another server running there?)"), e))
}

async fn serve_metrics(address: &str) -> Outcome<()> {
    let handle = observe::metrics()?;
    let page = move || {
        let handle = handle.clone();
        async move { ([(header::CONTENT_TYPE, "text/plain; version=0.0.4")], handle.render()) }
    };
    let listener = bind(address).await?;
    let router = Router::new().route("/metrics", get(page));
    tokio::spawn(async move {
        if let Err(error) = axum::serve(listener, router).await {
            tracing::error!("serving metrics: {error}");
        }
    });
    Ok(())
}
