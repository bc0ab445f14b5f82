//! Servers as processes of their own.

use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::http::{Connection, Request};
use crate::machine::{self, Memory};
use crate::{Done, floor};

/// How often is asked whether it answers: finer than what is measured.
const POLL: Duration = Duration::from_millis(2);
/// How long a server may take to end in good order.
const PATIENCE: Duration = Duration::from_secs(10);

/// A running server. Stopped when dropped.
pub struct Server {
    child: Child,
    /// Where it listens.
    pub address: SocketAddr,
    /// From the start of the process to the first good answer.
    pub started_in: Duration,
}

impl Server {
    /// Starts `command`, which listens on `address`, and waits until `path` is answered with 200.
    pub async fn start(command: &mut Command, address: SocketAddr, path: &str, within: Duration) -> Done<Self> {
        let began = Instant::now();
        let child = command.stdin(Stdio::null()).spawn().map_err(|e| format!("cannot start {command:?}: {e}"))?;
        let mut server = Self { child, address, started_in: Duration::ZERO };
        let mut connection = Connection::new(address);
        loop {
            let request = Request { method: "GET", path, headers: "", body: "" };
            if connection.send(request).await.is_ok_and(|answer| answer.status == 200) {
                server.started_in = began.elapsed();
                return Ok(server);
            }
            if let Some(status) = server.child.try_wait().map_err(|e| e.to_string())? {
                return Err(format!("{command:?} ended at once ({status})"));
            }
            if began.elapsed() > within {
                return Err(format!("{command:?} did not answer within {} s", within.as_secs()));
            }
            tokio::time::sleep(POLL).await;
        }
    }

    /// `kontor demo` on a data folder, with what it says in `log`.
    pub async fn demo(program: &Path, data: &Path, url: &str, within: Duration) -> Done<Self> {
        let address = free_address()?;
        let log = std::fs::File::create(data.join("bench.log")).map_err(|e| format!("the log: {e}"))?;
        let mut command = Command::new(program);
        command.arg("demo").arg("--data").arg(data).args(["--database", url, "--listen", &address.to_string()]);
        command.stdout(log.try_clone().map_err(|e| e.to_string())?).stderr(log);
        let started = Self::start(&mut command, address, "/readyz", within).await;
        started.map_err(|message| {
            format!("{message}\n{}", std::fs::read_to_string(data.join("bench.log")).unwrap_or_default())
        })
    }

    /// A floor server on a database.
    pub async fn floor(kind: floor::Kind, url: &str, path: &str) -> Done<Self> {
        let address = free_address()?;
        let program = std::env::current_exe().map_err(|e| e.to_string())?;
        let mut command = Command::new(program);
        command.args([floor::COMMAND, kind.code(), url, &address.to_string()]);
        Self::start(&mut command, address, path, Duration::from_secs(20)).await
    }

    /// User and system time so far.
    pub fn cpu(&self) -> Done<Duration> {
        machine::cpu_of(self.child.id())
    }

    /// Memory now and at most.
    pub fn memory(&self) -> Done<Memory> {
        machine::memory_of(self.child.id())
    }

    /// Ends it in good order.
    pub fn stop(mut self) {
        self.end();
    }

    fn end(&mut self) {
        let pid = i32::try_from(self.child.id()).map(Pid::from_raw);
        if self.child.try_wait().is_ok_and(|status| status.is_none())
            && let Ok(pid) = pid
        {
            let _ = kill(pid, Signal::SIGTERM);
            let began = Instant::now();
            while began.elapsed() < PATIENCE && self.child.try_wait().is_ok_and(|status| status.is_none()) {
                std::thread::sleep(Duration::from_millis(5));
            }
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end();
    }
}

/// An address that was free a moment ago.
fn free_address() -> Done<SocketAddr> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("finding a free port: {e}"))?;
    listener.local_addr().map_err(|e| e.to_string())
}
