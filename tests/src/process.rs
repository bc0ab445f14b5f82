//! The program as a process of its own, as it runs at a merchant's.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// A process. Killed when dropped.
pub struct Running(pub Child);

impl Running {
    /// Starts `kontor serve` or the like, whose output nobody reads.
    ///
    /// # Panics
    /// When it cannot be started.
    pub fn start(command: &mut Command) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).spawn();
        Self(child.unwrap_or_else(|e| panic!("{command:?}: {e}")))
    }

    /// Waits until it serves at `address`.
    ///
    /// # Panics
    /// When it ends instead, or takes longer than `patience`.
    pub fn wait_until_ready(&mut self, address: &str, patience: Duration) {
        let (began, agent) = (Instant::now(), agent(patience));
        while !agent.get(format!("http://{address}/readyz")).call().is_ok_and(|answer| answer.status() == 200) {
            assert!(began.elapsed() < patience, "the program does not start");
            let ended = self.0.try_wait().expect("its state");
            assert!(ended.is_none(), "the program ended: {ended:?}");
            sleep(Duration::from_millis(5));
        }
    }

    /// SIGKILL: the process does nothing any more, not even close its files.
    ///
    /// # Panics
    /// When it cannot be killed.
    pub fn kill(&mut self) {
        self.0.kill().expect("it can be killed");
        self.0.wait().expect("it has ended");
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An HTTP client to which every status is an answer.
pub fn agent(patience: Duration) -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(patience));
    config.build().into()
}

/// A folder for data, files and mails. Removed when dropped.
pub struct Folder(PathBuf);

impl Folder {
    /// Makes it; `name` says what for.
    ///
    /// # Panics
    /// When it cannot be made.
    pub fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("kontor-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&path).expect("a folder");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// The program: named by `cargo xtask test`, or built beside the test.
///
/// # Panics
/// When there is none.
pub fn program() -> PathBuf {
    let beside = || {
        let own = std::env::current_exe().expect("this test is a file");
        own.ancestors().nth(2).expect("it lies in target/…/deps").join("kontor")
    };
    let program = std::env::var_os("KONTOR_TEST_BIN").map_or_else(beside, PathBuf::from);
    assert!(program.is_file(), "there is no {}: cargo build -p kontor", program.display());
    program
}

/// An address on which nobody listens.
///
/// # Panics
/// When there is none.
pub fn free_address() -> String {
    let listener = std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
    listener.local_addr().expect("its address").to_string()
}
