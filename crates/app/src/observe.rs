//! Structured logs with request ids, and metrics for Prometheus.

use std::io::Write;
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
    // What cannot be written is lost: said on standard error, which is just what failed, it would be a panic.
    let writer = || Lossy(std::io::stderr());
    let builder = tracing_subscriber::fmt().with_env_filter(filter).log_internal_errors(false).with_writer(writer);
    // A second start in one process (tests) keeps the first logger.
    let _ = if format == "json" { builder.json().try_init() } else { builder.with_target(false).try_init() };
}

/// Writes as long as that works. Where it does not (the log is a file on a full disk), entries are lost and counted, and the
/// work that they tell of goes on.
struct Lossy<W>(W);

impl<W: Write> Write for Lossy<W> {
    fn write(&mut self, entry: &[u8]) -> std::io::Result<usize> {
        if self.0.write_all(entry).is_err() {
            metrics::counter!("kontor_log_entries_lost_total").increment(1);
        }
        Ok(entry.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        let _ = self.0.flush();
        Ok(())
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A disk without room after so many bytes.
    struct Disk {
        left: usize,
        written: Vec<u8>,
    }

    impl Write for &mut Disk {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            let count = bytes.len().min(self.left);
            if count == 0 {
                return Err(std::io::ErrorKind::StorageFull.into());
            }
            self.left -= count;
            self.written.extend_from_slice(&bytes[..count]);
            Ok(count)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Err(std::io::ErrorKind::StorageFull.into())
        }
    }

    #[test]
    fn a_full_disk_loses_the_log_and_nothing_else() {
        let mut disk = Disk { left: 7, written: Vec::new() };
        let mut log = Lossy(&mut disk);
        for entry in ["first\n", "second\n", "third\n"] {
            assert_eq!(log.write(entry.as_bytes()).unwrap(), entry.len());
        }
        log.flush().unwrap();
        assert_eq!(disk.written, b"first\ns");
        disk.left = 100;
        Lossy(&mut disk).write_all(b"fourth\n").unwrap();
        assert!(disk.written.ends_with(b"fourth\n"), "it goes on where there is room again");
    }
}
