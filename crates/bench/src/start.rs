//! Cold start on existing data, and memory at rest.

use std::path::Path;
use std::time::Duration;

use crate::Done;
use crate::place::Place;
use crate::report::{Figure, Report};
use crate::server::Server;

/// How long a start may take before it is a failure.
pub const STARTING: Duration = Duration::from_secs(60);
/// After the start, until memory is looked at.
const REST: Duration = Duration::from_secs(1);

/// Starts `times` times and keeps the last server; reports the median.
pub async fn start(place: &Place, program: &Path, times: usize, report: &mut Report) -> Done<Server> {
    let mut took = Vec::new();
    loop {
        let server = Server::demo(program, &place.data, &place.url, STARTING).await?;
        took.push(server.started_in);
        if took.len() < times {
            server.stop();
            continue;
        }
        took.sort_unstable();
        let median = took[took.len() / 2].as_secs_f64() * 1e3;
        report.figure(Figure::at_most("cold start", "to the first 200 on /readyz", median, "ms", 1_000.0));
        tokio::time::sleep(REST).await;
        report.figure(memory(&server, "memory at rest")?);
        return Ok(server);
    }
}

/// What a server has in memory now; the budget is the same at rest and after load.
pub fn memory(server: &Server, what: &'static str) -> Done<Figure> {
    let memory = server.memory()?;
    let how = format!("resident; at most {} MiB so far", memory.peak);
    Ok(Figure::at_most(what, &how, float(memory.resident), "MiB", 200.0))
}

fn float(whole: u64) -> f64 {
    f64::from(u32::try_from(whole).unwrap_or(u32::MAX))
}
