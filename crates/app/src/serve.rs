//! The servers: pages and JSON on one address, metrics on another.

use std::net::SocketAddr;

use axum::Router;
use axum::http::header;
use axum::middleware::from_fn;
use axum::routing::get;
use kernel::{Access, Fault, Outcome};
use tokio::net::TcpListener;
use tokio::sync::watch;
use web::{App, Method, Reply, Routes, State};

use crate::observe;

/// Routes of the program itself.
pub(crate) fn routes() -> Routes {
    Routes::new()
        .page(Method::GET, "/healthz", Access::Public, healthz)
        .page(Method::GET, "/readyz", Access::Public, readyz)
        .page(Method::GET, "/api/v1/openapi.json", Access::Public, openapi)
}

/// The process runs.
async fn healthz() -> Reply {
    web::json(&serde_json::json!({ "status": "ok", "version": crate::VERSION }))
}

/// The process can answer: the database does.
async fn readyz(State(app): State<App>) -> Reply {
    db::events::last(app.db()).await?;
    web::json(&serde_json::json!({ "status": "ready" }))
}

async fn openapi() -> Reply {
    web::json(&crate::openapi())
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
    let listener = bind(listen).await?;
    let address = listener.local_addr().map_err(|e| Fault::because("asking for the address", e))?;
    let (stop, mut stopped) = watch::channel(false);
    let task = tokio::spawn(async move {
        let ended = async move {
            let _ = stopped.wait_for(|stop| *stop).await;
        };
        // Who is at the other end of the connection is what limits on signing in count by.
        let service = router.into_make_service_with_connect_info::<SocketAddr>();
        if let Err(error) = axum::serve(listener, service).with_graceful_shutdown(ended).await {
            tracing::error!("serving: {error}");
        }
    });
    Ok(Server { address, stop, task })
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
