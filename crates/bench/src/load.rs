//! Many clients at once, for a bounded time.

use std::time::{Duration, Instant};

use crate::Done;
use crate::cases::Case;
use crate::client::{Client, Window};
use crate::machine;
use crate::server::Server;

/// Before anything is measured: caches, connections, prepared statements.
const WARM: Duration = Duration::from_millis(300);
/// A client that is refused must not become a loop that takes the processor.
const AFTER_ERROR: Duration = Duration::from_millis(2);

/// One measurement.
#[derive(Debug, Clone)]
pub struct Sample {
    /// Per second.
    pub rate: f64,
    /// Half were answered within so many microseconds,
    pub p50: u64,
    /// and 99 of 100 within so many.
    pub p99: u64,
    /// CPU time of the server for one, in microseconds.
    pub cpu: f64,
    /// The share of all processors that neither the server nor this program took, in percent. PostgreSQL's is in it.
    pub others: u64,
    /// Answered otherwise than wanted.
    pub errors: u64,
    /// What the first of these said.
    pub first_error: Option<String>,
}

/// Lets `clients` do `case` against `server` for `time`, as fast as they can or `per_second` together.
pub async fn run(
    case: Case,
    clients: &mut Vec<Client>,
    server: &Server,
    time: Duration,
    per_second: Option<u32>,
) -> Done<Sample> {
    let count = u32::try_from(clients.len()).unwrap_or(1).max(1);
    let begin = Instant::now() + WARM;
    let every = per_second.map(|rate| Duration::from_secs(1) * count / rate);
    let window = Window { begin, end: begin + time, every };
    let mut tasks = Vec::new();
    for (mut client, number) in clients.drain(..).zip(0_u32..) {
        client.open(window, every.unwrap_or_default() * number / count);
        tasks.push(tokio::spawn(async move {
            work(case, &mut client).await;
            client
        }));
    }
    tokio::time::sleep_until(window.begin.into()).await;
    let (cpu_before, own_before, processors) = (server.cpu()?, own_cpu()?, machine::processors());
    tokio::time::sleep_until(window.end.into()).await;
    let cpu = server.cpu()? - cpu_before;
    let others = processors.taken_by_others(cpu + own_cpu()? - own_before);
    for task in tasks {
        clients.push(task.await.map_err(|e| e.to_string())?);
    }
    Ok(Sample { others, ..sample(clients, time, cpu) })
}

fn own_cpu() -> Done<Duration> {
    machine::cpu_of(std::process::id())
}

async fn work(case: Case, client: &mut Client) {
    while Instant::now() < client.window.end {
        if let Err(message) = case.act(client).await {
            client.log.errors += 1;
            client.log.first_error.get_or_insert(message);
            tokio::time::sleep(AFTER_ERROR).await;
        }
    }
}

fn sample(clients: &[Client], time: Duration, cpu: Duration) -> Sample {
    let mut all: Vec<u32> = clients.iter().flat_map(|client| client.log.micros.iter().copied()).collect();
    all.sort_unstable();
    let part = |of_hundred: usize| {
        all.get(all.len().saturating_sub(1) * of_hundred / 100).map_or(0, |micros| u64::from(*micros))
    };
    let count = f64::from(u32::try_from(all.len()).unwrap_or(u32::MAX));
    Sample {
        rate: count / time.as_secs_f64(),
        p50: part(50),
        p99: part(99),
        cpu: cpu.as_secs_f64() * 1e6 / count.max(1.0),
        others: 0,
        errors: clients.iter().map(|client| client.log.errors).sum(),
        first_error: clients.iter().find_map(|client| client.log.first_error.clone()),
    }
}

/// The medians of several.
pub fn median(samples: &[Sample]) -> Sample {
    let float = |of: fn(&Sample) -> f64| {
        let mut all: Vec<f64> = samples.iter().map(of).collect();
        all.sort_unstable_by(f64::total_cmp);
        all.get(all.len() / 2).copied().unwrap_or(0.0)
    };
    let whole = |of: fn(&Sample) -> u64| {
        let mut all: Vec<u64> = samples.iter().map(of).collect();
        all.sort_unstable();
        all.get(all.len() / 2).copied().unwrap_or(0)
    };
    Sample {
        rate: float(|s| s.rate),
        p50: whole(|s| s.p50),
        p99: whole(|s| s.p99),
        cpu: float(|s| s.cpu),
        others: whole(|s| s.others),
        errors: samples.iter().map(|s| s.errors).sum(),
        first_error: samples.iter().find_map(|s| s.first_error.clone()),
    }
}
