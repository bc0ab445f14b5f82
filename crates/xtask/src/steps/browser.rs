//! The scripts of `tests/browser`, driven against a demo server of their own.

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use nix::sys::signal::Signal;

use crate::process::{Running, TempFolder};
use crate::tally::Tally;
use crate::{Done, install, postgres, process, repo};

/// How long the first start may take: it writes the whole demo company, in a build that is not optimised.
const FIRST_START: Duration = Duration::from_secs(180);

/// Each script gets a server over a copy of its own, so that what one buyer asks for does not change the next one's answer.
pub(super) fn run(program: &Path) -> (Tally, Done) {
    let mut tally = Tally::default();
    let done = Setup::prepare(program).and_then(|setup| {
        let mut failed = Vec::new();
        for script in scripts()? {
            let (counts, done) = setup.run(&script)?;
            tally += counts;
            failed.extend(done.err());
        }
        if failed.is_empty() { Ok(()) } else { Err(failed.join("\n")) }
    });
    if done.is_err() && tally.failed == 0 {
        tally.failed = 1;
    }
    (tally, done)
}

/// What every script needs.
struct Setup<'a> {
    program: &'a Path,
    artefacts: PathBuf,
    /// The demo company as it was made.
    made: TempFolder,
    address: String,
    chromium: PathBuf,
}

impl<'a> Setup<'a> {
    fn prepare(program: &'a Path) -> Done<Self> {
        let artefacts = repo::root().join("artefacts");
        std::fs::create_dir_all(&artefacts).map_err(|e| format!("artefacts: {e}"))?;
        let chromium = install::browser().ok_or("there is no Chromium")?;
        let address = format!("127.0.0.1:{}", postgres::free_port()?);
        let setup = Self { program, artefacts, made: TempFolder::new("demo")?, address, chromium };
        drop(setup.serve(setup.made.path(), "made")?);
        Ok(setup)
    }

    /// Serves the company in `folder`; makes it when there is none. Ends when the value is dropped.
    fn serve(&self, folder: &Path, log: &str) -> Done<Running> {
        let log_path = self.artefacts.join(format!("server-{log}.log"));
        let log = File::create(&log_path).map_err(|e| format!("{}: {e}", log_path.display()))?;
        let mut demo = Command::new(self.program);
        demo.arg("demo").arg("--data").arg(folder).args(["--listen", &self.address]).current_dir(repo::root());
        demo.stdout(log.try_clone().map_err(|e| e.to_string())?).stderr(log);
        let mut running = Running::start(&mut demo, Signal::SIGTERM)?;
        wait_until_ready(&mut running, &self.address, &log_path)?;
        Ok(running)
    }

    fn run(&self, script: &Path) -> Done<(Tally, Done)> {
        let name = script.file_name().unwrap_or_default().to_string_lossy().replace(".test.mjs", "");
        let folder = TempFolder::new(&format!("demo-{name}"))?;
        copy(self.made.path(), folder.path()).map_err(|e| format!("{}: {e}", folder.path().display()))?;
        let _running = self.serve(folder.path(), &name)?;
        let mut command = Command::new("node");
        command.args(["--test", "--test-reporter=spec"]).arg(script).current_dir(repo::root());
        command.env("KONTOR_TEST_URL", format!("http://{}", self.address));
        command.env("KONTOR_TEST_ARTEFACTS", &self.artefacts).env("CHROMIUM", &self.chromium);
        command.env("KONTOR_TEST_MAIL", folder.path().join("mail"));
        Ok(process::run_counting(&mut command))
    }
}

fn scripts() -> Done<Vec<PathBuf>> {
    let folder = std::fs::read_dir(repo::root().join("tests/browser")).map_err(|e| format!("tests/browser: {e}"))?;
    let mut scripts: Vec<_> = folder
        .flatten()
        .map(|entry| entry.path())
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    scripts.sort();
    Ok(scripts)
}

/// Copies a folder with everything in it.
fn copy(from: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(to)?;
    for entry in std::fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        match entry.file_type()?.is_dir() {
            true => copy(&entry.path(), &target)?,
            false => drop(std::fs::copy(entry.path(), target)?),
        }
    }
    Ok(())
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
