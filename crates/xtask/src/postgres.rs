//! A PostgreSQL server of one's own for the time of a test run: fresh, on a free port, gone afterwards. It trades safety
//! for speed (no fsync): what it holds is worth nothing after the run.

use std::fs::OpenOptions;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;
use nix::unistd::{Uid, User, chown};

use crate::process::{Running, TempFolder};
use crate::{Done, install, process};

/// A running server. Stopped and removed when dropped; the order of the fields is the order of that.
pub struct Server {
    _running: Running,
    _folder: TempFolder,
    url: String,
}

/// PostgreSQL refuses to run as root; Debian's package brings this user for it.
const USER: &str = "postgres";

impl Server {
    /// Starts a server for tests and waits until it answers.
    pub fn start() -> Done<Self> {
        Self::start_with(Disk::Later)
    }

    /// Starts a server that has a commit on disk before it confirms it, for measuring.
    pub fn start_durable() -> Done<Self> {
        Self::start_with(Disk::AtOnce)
    }

    fn start_with(disk: Disk) -> Done<Self> {
        let programs = install::postgres_programs().ok_or("PostgreSQL's programs are not installed")?;
        let folder = TempFolder::new("postgres")?;
        let user = if Uid::effective().is_root() {
            let user = User::from_name(USER).ok().flatten().ok_or(format!("there is no user {USER}"))?;
            chown(folder.path(), Some(user.uid), Some(user.gid)).map_err(|e| format!("chown: {e}"))?;
            Some(user)
        } else {
            None
        };
        let program = |name: &str| {
            let mut command = Command::new(programs.join(name));
            command.current_dir(folder.path()).env("LC_ALL", "C");
            if let Some(user) = &user {
                command.uid(user.uid.as_raw()).gid(user.gid.as_raw());
            }
            command
        };
        let data = folder.path().join("data");
        let mut initdb = program("initdb");
        initdb.arg("--pgdata").arg(&data).args(["--username=kontor", "--auth=trust", "--encoding=UTF8"]);
        process::run_quietly(initdb.args(["--locale=C", "--no-sync", "--no-instructions"]))?;
        let port = free_port()?;
        let log_path = folder.path().join("log");
        let log = OpenOptions::new().create(true).append(true).open(&log_path).map_err(|e| format!("the log: {e}"))?;
        let mut postgres = program("postgres");
        postgres.arg("-D").arg(&data).args(settings(folder.path(), port, disk));
        postgres.stdout(log.try_clone().map_err(|e| e.to_string())?).stderr(log);
        // SIGINT is PostgreSQL's quick shutdown: sessions are ended, nothing is waited for.
        let mut running = Running::start(&mut postgres, Signal::SIGINT)?;
        wait_until_ready(&mut running, port, &log_path)?;
        Ok(Self { _running: running, _folder: folder, url: format!("postgres://kontor@127.0.0.1:{port}") })
    }

    /// The server's URL without a database.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// When a commit is on disk.
#[derive(Clone, Copy)]
enum Disk {
    /// Before it is confirmed.
    AtOnce,
    /// Some time; what is worth nothing after the run need not outlive a power cut.
    Later,
}

/// Several test processes run at once, each with several pools of up to sixteen connections.
fn settings(folder: &Path, port: u16, disk: Disk) -> Vec<String> {
    let durable = match disk {
        Disk::AtOnce => "on",
        Disk::Later => "off",
    };
    let pairs = [
        ("listen_addresses", "127.0.0.1".to_owned()),
        ("port", port.to_string()),
        ("unix_socket_directories", folder.display().to_string()),
        ("max_connections", "300".to_owned()),
        ("shared_buffers", "256MB".to_owned()),
        ("fsync", durable.to_owned()),
        ("synchronous_commit", durable.to_owned()),
        ("full_page_writes", durable.to_owned()),
        ("log_min_messages", "error".to_owned()),
        ("log_min_error_statement", "panic".to_owned()),
    ];
    pairs.iter().flat_map(|(name, value)| ["-c".to_owned(), format!("{name}={value}")]).collect()
}

/// A port that was free a moment ago.
pub fn free_port() -> Done<u16> {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).map_err(|e| format!("finding a free port: {e}"))?;
    listener.local_addr().map(|address| address.port()).map_err(|e| e.to_string())
}

fn wait_until_ready(running: &mut Running, port: u16, log: &Path) -> Done {
    let start = Instant::now();
    let said = || std::fs::read_to_string(log).unwrap_or_default();
    while start.elapsed() < Duration::from_secs(30) {
        if let Some(status) = running.ended() {
            return Err(format!("PostgreSQL ended at once ({status}):\n{}", said()));
        }
        if answers(port) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    Err(format!("PostgreSQL did not answer within 30 s:\n{}", said()))
}

/// Whether the server takes a session: it answers a request for TLS with one letter as soon as it is up, but refuses
/// sessions while it starts, so a whole start-up message is sent.
fn answers(port: u16) -> bool {
    use std::io::{Read as _, Write as _};
    let Ok(mut stream) = std::net::TcpStream::connect(("127.0.0.1", port)) else { return false };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(2)));
    let body = b"\0\x03\0\0user\0kontor\0database\0postgres\0\0";
    let length = u32::try_from(body.len() + 4).unwrap_or_default().to_be_bytes();
    let sent = stream.write_all(&length).and_then(|()| stream.write_all(body));
    let mut kind = [0_u8];
    // 'R' is an answer about authentication, 'E' an error such as 'the database system is starting up'.
    sent.and_then(|()| stream.read_exact(&mut kind)).is_ok() && kind[0] == b'R'
}
