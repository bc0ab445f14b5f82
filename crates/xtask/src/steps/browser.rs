//! The scripts of `tests/browser`, driven against a demo server of their own.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::process::{Running, TempFolder};
use crate::tally::Tally;
use crate::{Done, install, postgres, process, repo};

/// How long the first start may take: it writes the whole demo company, in a build that is not optimised.
const FIRST_START: Duration = Duration::from_secs(180);

pub(super) fn run(program: &Path) -> (Tally, Done) {
    match prepare(program) {
        Ok((mut command, _running, _folder)) => process::run_counting(&mut command),
        Err(message) => (Tally::one(false), Err(message)),
    }
}

/// The command to run, and what must live as long as it.
fn prepare(program: &Path) -> Done<(Command, Running, TempFolder)> {
    let artefacts = repo::root().join("artefacts");
    std::fs::create_dir_all(&artefacts).map_err(|e| format!("artefacts: {e}"))?;
    let log_path = artefacts.join("server.log");
    let log = File::create(&log_path).map_err(|e| format!("{}: {e}", log_path.display()))?;
    let folder = TempFolder::new("demo")?;
    let address = format!("127.0.0.1:{}", postgres::free_port()?);
    let mut demo = Command::new(program);
    demo.arg("demo").arg("--data").arg(folder.path()).args(["--listen", &address]).current_dir(repo::root());
    demo.stdout(log.try_clone().map_err(|e| e.to_string())?).stderr(log);
    let mut running = Running::start(&mut demo, Signal::SIGTERM)?;
    wait_until_ready(&mut running, &address, &log_path)?;

    let mut scripts: Vec<_> = std::fs::read_dir(repo::root().join("tests/browser"))
        .map_err(|e| format!("tests/browser: {e}"))?
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    scripts.sort();
    let mut command = Command::new("node");
    command.args(["--test", "--test-reporter=spec", "--test-concurrency=1"]).args(scripts).current_dir(repo::root());
    command.env("KONTOR_TEST_URL", format!("http://{address}")).env("KONTOR_TEST_ARTEFACTS", &artefacts);
    command.env("CHROMIUM", install::browser().ok_or("there is no Chromium")?);
    Ok((command, running, folder))
}

fn wait_until_ready(running: &mut Running, address: &str, log: &Path) -> Done {
    let start = Instant::now();
    while start.elapsed() < FIRST_START {
        if let Some(status) = running.ended() {
            let said = std::fs::read_to_string(log).unwrap_or_default();
            return Err(format!("kontor demo ended at once ({status}):\n{said}"));
        }
        if is_ready(address) {
            return Ok(());
        }
        std::thread::sleep(Duration::from_millis(100));
    }
    Err(format!("kontor demo was not ready within {} s; see {}", FIRST_START.as_secs(), log.display()))
}

fn is_ready(address: &str) -> bool {
    let Ok(mut stream) = TcpStream::connect(address) else { return false };
    let _ = stream.set_read_timeout(Some(Duration::from_secs(10)));
    let asked = write!(stream, "GET /readyz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    let mut answer = String::new();
    asked.is_ok() && stream.read_to_string(&mut answer).is_ok() && answer.starts_with("HTTP/1.1 200")
}
