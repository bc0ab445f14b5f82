//! Structured logs with request ids, and metrics for Prometheus.

use std::time::Duration;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;
use kernel::Fault;
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tracing_subscriber::EnvFilter;

/// Starts logging to standard error; `format` is `text` or `json`, `RUST_LOG` filters.
pub(crate) fn log(format: &str) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,tantivy=warn"));
    let builder = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    // A second start in one process (tests) keeps the first logger.
    let _ = if format == "json" { builder.json().try_init() } else { builder.with_target(false).try_init() };
}

/// Upper ends of the latency buckets, in seconds.
const BUCKETS: [f64; 11] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0];

/// Starts counting; the handle renders the page for Prometheus.
pub(crate) fn metrics() -> Result<PrometheusHandle, Fault> {
    let doing = "starting metrics";
    let builder = PrometheusBuilder::new().set_buckets_for_metric(Matcher::Suffix("_seconds".into()), &BUCKETS);
    builder.map_err(|e| Fault::because(doing, e))?.install_recorder().map_err(|e| Fault::because(doing, e))
}

/// Counts requests by route, method and status, and how long they took.
pub(crate) async fn count(request: Request, next: Next) -> Response {
    let began = std::time::Instant::now();
    let path = request.extensions().get::<MatchedPath>().map_or("other".to_owned(), |path| path.as_str().to_owned());
    let method = request.method().as_str().to_owned();
    let response = next.run(request).await;
    let took = began.elapsed();
    let status = response.status().as_u16();
    metrics::counter!("kontor_requests_total", "route" => path.clone(), "method" => method.clone(), "status" => status.to_string()).increment(1);
    metrics::histogram!("kontor_request_seconds", "route" => path.clone(), "method" => method.clone())
        .record(took.as_secs_f64());
    if took > Duration::from_secs(1) {
        tracing::warn!(
            http.route = path,
            http.method = method,
            http.status = status,
            took.ms = took.as_millis(),
            "a slow answer"
        );
    }
    response
}
