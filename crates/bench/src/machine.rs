//! What the machine says about itself and about processes, through `/proc`.

use std::time::Duration;

use crate::Done;

/// Linux counts CPU time for programs in hundredths of a second on every architecture that it runs on.
const TICK: Duration = Duration::from_millis(10);

/// User and system time that a process has used so far.
pub fn cpu_of(pid: u32) -> Done<Duration> {
    let path = format!("/proc/{pid}/stat");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    // The second field is a name in parentheses that may hold anything; what follows it is numbers.
    let numbers = text.rsplit_once(')').map_or("", |(_, rest)| rest);
    let fields: Vec<&str> = numbers.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at).and_then(|field| field.parse::<u32>().ok());
    match (ticks(11), ticks(12)) {
        (Some(user), Some(system)) => Ok(TICK * (user + system)),
        _ => Err(format!("{path} has another form than expected")),
    }
}

/// Memory of a process.
#[derive(Debug, Clone, Copy)]
pub struct Memory {
    /// In memory now, in MiB.
    pub resident: u64,
    /// The most that there was, in MiB.
    pub peak: u64,
}

/// Memory of a process.
pub fn memory_of(pid: u32) -> Done<Memory> {
    let path = format!("/proc/{pid}/status");
    let text = std::fs::read_to_string(&path).map_err(|e| format!("{path}: {e}"))?;
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name))?;
        line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes.div_ceil(1024))
    };
    let found = field("VmRSS:").zip(field("VmHWM:"));
    let (resident, peak) = found.ok_or_else(|| format!("{path} names no memory"))?;
    Ok(Memory { resident, peak })
}

/// Time of all processors since the machine started: busy and whole.
#[derive(Debug, Clone, Copy)]
pub struct Processors {
    busy: u64,
    whole: u64,
}

/// Reads the time of all processors.
pub fn processors() -> Processors {
    let text = std::fs::read_to_string("/proc/stat").unwrap_or_default();
    let line = text.lines().next().unwrap_or_default();
    let ticks: Vec<u64> = line.split_whitespace().skip(1).filter_map(|field| field.parse().ok()).collect();
    let idle: u64 = ticks.iter().skip(3).take(2).sum();
    let whole = ticks.iter().take(8).sum();
    Processors { busy: whole - idle, whole }
}

impl Processors {
    /// The share of all processors, in percent, that others than `ours` have taken since then.
    pub fn taken_by_others(self, ours: Duration) -> u64 {
        let now = processors();
        let ours = u64::try_from(ours.as_millis() / TICK.as_millis()).unwrap_or(0);
        let others = (now.busy - self.busy).saturating_sub(ours);
        others * 100 / (now.whole - self.whole).max(1)
    }
}

/// Load averages as the system writes them.
pub fn load() -> String {
    let text = std::fs::read_to_string("/proc/loadavg").unwrap_or_default();
    text.split_whitespace().take(3).collect::<Vec<_>>().join(" ")
}

/// The processor's name and how many there are.
pub fn processor() -> String {
    let text = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = text.lines().find_map(|line| line.strip_prefix("model name")?.split_once(':'));
    let count = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    format!("{count} × {}", name.map_or("unknown processor", |(_, name)| name.trim()))
}
