//! Other programs: run to their end, watched, or kept running and stopped whatever happens.
//!
//! Each child leads a process group of its own, so that stopping it stops what it started too. Children are remembered
//! until they have ended; ctrl-c and `kill` stop them all before this program goes.

use std::io::{BufRead as _, BufReader, Read, Write as _};
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, killpg};
use nix::sys::wait::{WaitPidFlag, waitpid};
use nix::unistd::Pid;

use crate::Done;
use crate::tally::Tally;

/// What must be cleared away when this program ends before its time.
#[derive(Default)]
struct Leftovers {
    groups: Vec<(Pid, Signal)>,
    folders: Vec<std::path::PathBuf>,
}

static LEFTOVERS: Mutex<Leftovers> = Mutex::new(Leftovers { groups: Vec::new(), folders: Vec::new() });

/// How long a child may take to end in good order.
const PATIENCE: Duration = Duration::from_secs(10);

fn leftovers() -> std::sync::MutexGuard<'static, Leftovers> {
    LEFTOVERS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Installs what happens on ctrl-c, `kill` and a closed terminal.
pub fn stop_children_on_interrupt() {
    let installed = ctrlc::set_handler(|| {
        let left = leftovers();
        for (group, signal) in left.groups.iter().rev() {
            stop_group(*group, *signal);
        }
        left.folders.iter().for_each(|folder| drop(std::fs::remove_dir_all(folder)));
        eprintln!("\nstopped");
        std::process::exit(130);
    });
    if let Err(error) = installed {
        eprintln!("ctrl-c will not clean up: {error}");
    }
}

/// Asks a group to end, waits, then insists.
fn stop_group(group: Pid, signal: Signal) {
    let _ = killpg(group, signal);
    let start = Instant::now();
    // The signal 0 asks whether anyone is there. A leader that has ended still is until it is waited for.
    while waitpid(group, Some(WaitPidFlag::WNOHANG)).is_ok() && killpg(group, None).is_ok() {
        if start.elapsed() > PATIENCE {
            let _ = killpg(group, Signal::SIGKILL);
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
}

/// A program that keeps running until this value is dropped.
pub struct Running {
    child: Child,
    group: Pid,
    stop: Signal,
}

impl Running {
    /// Starts the program. `stop` is the signal by which it ends in good order.
    pub fn start(command: &mut Command, stop: Signal) -> Done<Self> {
        let words = words(command);
        command.stdin(Stdio::null()).process_group(0);
        let child = command.spawn().map_err(|e| format!("cannot start {words}: {e}"))?;
        let group = Pid::from_raw(i32::try_from(child.id()).map_err(|e| e.to_string())?);
        leftovers().groups.push((group, stop));
        Ok(Self { child, group, stop })
    }

    /// The status, if the program has ended by itself.
    pub fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().ok().flatten()
    }

    /// The child's output pipes, when they were asked for.
    fn take_pipes(&mut self) -> (Option<std::process::ChildStdout>, Option<std::process::ChildStderr>) {
        (self.child.stdout.take(), self.child.stderr.take())
    }

    fn wait(&mut self) -> Done<ExitStatus> {
        self.child.wait().map_err(|e| format!("waiting: {e}"))
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if self.ended().is_none() {
            let _ = killpg(self.group, self.stop);
            let start = Instant::now();
            while self.ended().is_none() && start.elapsed() < PATIENCE {
                std::thread::sleep(Duration::from_millis(20));
            }
        }
        // Whoever of the group is still there has had its time.
        let _ = killpg(self.group, Signal::SIGKILL);
        let _ = self.child.wait();
        leftovers().groups.retain(|(group, _)| *group != self.group);
    }
}

/// A folder for the time of a run.
pub struct TempFolder(std::path::PathBuf);

impl TempFolder {
    /// Makes it. `what` is part of its name.
    pub fn new(what: &str) -> Done<Self> {
        let path = std::env::temp_dir().join(format!("kontor-{what}-{}", std::process::id()));
        std::fs::create_dir_all(&path).map_err(|e| format!("cannot make {}: {e}", path.display()))?;
        leftovers().folders.push(path.clone());
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
        leftovers().folders.retain(|folder| *folder != self.0);
    }
}

/// The command as one would type it.
fn words(command: &Command) -> String {
    let all = std::iter::once(command.get_program()).chain(command.get_args());
    all.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

fn check(command: &Command, status: ExitStatus) -> Done {
    if status.success() { Ok(()) } else { Err(format!("`{}` failed ({status})", words(command))) }
}

/// Runs a program to its end; its output is shown.
pub fn run(command: &mut Command) -> Done {
    let status = Running::start(command, Signal::SIGTERM)?.wait()?;
    check(command, status)
}

/// Runs a program to its end; its output is shown only when it fails.
pub fn run_quietly(command: &mut Command) -> Done {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = Running::start(command, Signal::SIGTERM)?;
    let (out, err) = running.take_pipes();
    let err = std::thread::spawn(move || read_all(err));
    let said = [read_all(out), err.join().unwrap_or_default()].concat();
    let status = running.wait()?;
    if !status.success() {
        let _ = std::io::stderr().write_all(said.as_bytes());
    }
    check(command, status)
}

/// Runs a program to its end and gives what it wrote to its standard output.
pub fn output(command: &mut Command) -> Done<String> {
    command.stdout(Stdio::piped());
    let mut running = Running::start(command, Signal::SIGTERM)?;
    let said = read_all(running.take_pipes().0);
    let status = running.wait()?;
    check(command, status)?;
    Ok(said)
}

/// Runs tests; their output is shown and their counts are read from it.
pub fn run_counting(command: &mut Command) -> (Tally, Done) {
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut running = match Running::start(command, Signal::SIGTERM) {
        Ok(running) => running,
        Err(message) => return (Tally::default(), Err(message)),
    };
    let (out, err) = running.take_pipes();
    let err = std::thread::spawn(move || pass_on(err, std::io::stderr()));
    let tally = pass_on(out, std::io::stdout()) + err.join().unwrap_or_default();
    let done = running.wait().and_then(|status| check(command, status));
    (tally, done)
}

fn read_all(pipe: Option<impl Read>) -> String {
    let mut bytes = Vec::new();
    if let Some(mut pipe) = pipe {
        let _ = pipe.read_to_end(&mut bytes);
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn pass_on(pipe: Option<impl Read>, mut to: impl std::io::Write) -> Tally {
    let mut tally = Tally::default();
    let Some(pipe) = pipe else { return tally };
    for line in BufReader::new(pipe).split(b'\n').map_while(Result::ok) {
        tally += Tally::of_line(&String::from_utf8_lossy(&line));
        let _ = to.write_all(&line).and_then(|()| to.write_all(b"\n")).and_then(|()| to.flush());
    }
    tally
}

/// Whether a program can be found.
pub fn find(name: &str) -> Option<std::path::PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|folder| folder.join(name)).find(|file| file.is_file())
}
