//! `cargo xtask test`: what the tests need, then every step in order, stopping at the first that fails.
//!
//! Everything that is compiled is compiled with the whole workspace selected, so that Cargo unites features in one way
//! only and builds each crate once. Where clippy is among the steps, it is the compiler of our crates (see [`linting`]).

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use crate::tally::Tally;
use crate::{Done, deny, frontend, install, openapi, postgres, process, repo, tidy};

mod browser;

/// What the steps share.
struct Setup {
    postgres: Option<postgres::Server>,
    program: PathBuf,
    thorough: bool,
    /// Whether our crates are compiled by clippy.
    linted: bool,
}

/// A step: its name, what it checks, whether it needs PostgreSQL, and how it is done.
struct Step {
    name: &'static str,
    what: &'static str,
    postgres: bool,
    run: fn(&Setup) -> (Tally, Done),
}

const STEPS: &[Step] = &[
    Step { name: "frontend", what: "packages, build, types", postgres: false, run: |_| one(frontend_step()) },
    Step { name: "fmt", what: "cargo fmt --check", postgres: false, run: |_| one(fmt()) },
    Step { name: "tidy", what: "the rules of the house", postgres: false, run: |_| one(tidy::run(false)) },
    Step { name: "deny", what: "packages of others: holes, licences, sources", postgres: false, run: |_| deny::run() },
    Step { name: "clippy", what: "everything compiles without a warning", postgres: false, run: |s| one(build(s)) },
    Step { name: "build", what: "everything, tests included", postgres: false, run: |s| one(build(s)) },
    Step { name: "sql", what: "every statement on both engines", postgres: true, run: |b| one(sql(b)) },
    Step { name: "openapi", what: "docs/api/openapi.json is current", postgres: false, run: |b| one(api(b)) },
    Step { name: "tests", what: "all of the workspace", postgres: true, run: tests },
    Step { name: "docs", what: "examples in the documentation", postgres: true, run: doc_tests },
    Step { name: "browser", what: "stories and axe in Chromium", postgres: false, run: |b| browser::run(&b.program) },
    Step { name: "data", what: "the real data of ../shared/data", postgres: true, run: real_data },
];

/// Where the real data lies, from the root of the checkout.
const REAL_DATA: &str = "../shared/data";

/// The binary of `kontor-tests`, as arguments of a test runner.
const WHOLE_PROGRAM: [&str; 3] = ["--workspace", "--test", "program"];

/// Random cases of each property of the negotiation engine in a thorough run. Without the flag its tests choose.
const THOROUGH_CASES: &str = "100000";

/// Which steps are wanted, and how much of them.
pub struct Options {
    wanted: Vec<&'static Step>,
    thorough: bool,
}

impl Options {
    /// Understands `--only a,b`, `--from a` and `--thorough`.
    pub fn parse(words: &[OsString]) -> Done<Self> {
        let mut wanted: Vec<&Step> = STEPS.iter().collect();
        let mut thorough = false;
        let mut parser = lexopt::Parser::from_args(words);
        while let Some(arg) = parser.next().map_err(|e| e.to_string())? {
            if arg == lexopt::Arg::Long("thorough") {
                thorough = true;
                continue;
            }
            let is_from = arg == lexopt::Arg::Long("from");
            if !is_from && arg != lexopt::Arg::Long("only") {
                return Err(arg.unexpected().to_string());
            }
            let value = parser.value().map_err(|e| e.to_string())?;
            let names: Vec<String> = value.to_string_lossy().split(',').map(str::to_owned).collect();
            if let Some(unknown) = names.iter().find(|n| !STEPS.iter().any(|s| s.name == **n)) {
                let known: Vec<&str> = STEPS.iter().map(|s| s.name).collect();
                return Err(format!("there is no step {unknown}; the steps are {}", known.join(", ")));
            }
            if is_from {
                let start = wanted.iter().position(|s| s.name == names[0]).unwrap_or(0);
                wanted.drain(..start);
            } else {
                wanted.retain(|s| names.iter().any(|n| n == s.name));
            }
        }
        Ok(Self { wanted, thorough })
    }
}

/// Runs the wanted steps and prints the counts.
pub fn run(options: &Options) -> Done {
    let start = Instant::now();
    let mut tally = Tally::default();
    let done = run_steps(options, &mut tally);
    if done.is_err() && tally.failed == 0 {
        tally.failed = 1;
    }
    println!("\n{} in {}", if done.is_ok() { "all done" } else { "stopped" }, lasted(start));
    if let Err(message) = &done {
        println!("{message}");
    }
    // The last line is the counts, which machines read; nothing is said after it.
    println!("{tally}");
    done.map_err(|_| String::new())
}

fn run_steps(options: &Options, tally: &mut Tally) -> Done {
    let needs = |name: &str| options.wanted.iter().any(|s| s.name == name);
    let named = std::env::var_os("KONTOR_TEST_POSTGRES").is_some();
    let postgres = !named && options.wanted.iter().any(|s| s.postgres);
    let missing = install::missing(postgres, needs("browser"))?;
    if needs("browser") && !needs("frontend") {
        frontend::build()?;
    }
    let program = repo::target_folder()?.join("debug/kontor");
    let mut setup = Setup { postgres: None, program, thorough: options.thorough, linted: needs("clippy") };
    // Packages come over the network while the processors compile.
    std::thread::scope(|scope| {
        let mut installing = Some(scope.spawn(|| install::packages(&missing)));
        for step in &options.wanted {
            let installed = installing.take_if(|_| step.postgres || step.name == "browser");
            if let Some(installed) = installed {
                installed.join().map_err(|_| "installing packages panicked")??;
                setup.postgres = if postgres { Some(postgres::Server::start()?) } else { None };
            }
            run_step(step, &setup, tally)?;
        }
        Ok(())
    })
}

fn run_step(step: &Step, setup: &Setup, tally: &mut Tally) -> Done {
    println!("\n── {}: {}", step.name, step.what);
    let start = Instant::now();
    let (counts, done) = (step.run)(setup);
    *tally += counts;
    println!("── {} {} in {}", step.name, if done.is_ok() { "passed" } else { "failed" }, lasted(start));
    done.map_err(|message| format!("{}: {message}", step.name))
}

fn lasted(start: Instant) -> String {
    let seconds = start.elapsed().as_secs_f64();
    if seconds < 90.0 {
        format!("{seconds:.1} s")
    } else {
        format!("{:.0} min {:.0} s", (seconds / 60.0).floor(), seconds % 60.0)
    }
}

/// A step that is one check.
fn one(done: Done) -> (Tally, Done) {
    (Tally::one(done.is_ok()), done)
}

/// `cargo` for the wanted steps: by clippy when it is among them.
fn cargo(setup: &Setup, words: &[&str]) -> Command {
    let mut command = repo::cargo(words);
    if setup.linted {
        linting(&mut command);
    }
    command
}

/// Makes clippy the compiler of our crates, warnings denied. It is the compiler, with more lints: `cargo clippy` stops it before
/// code is made, and the build would then read every package a second time. Cargo keeps what a wrapper has built apart from the
/// rest, so all commands of a run are given the same one.
fn linting(command: &mut Command) {
    let beside = std::env::var_os("CARGO").map(|cargo| PathBuf::from(cargo).with_file_name("clippy-driver"));
    let driver = beside.filter(|path| path.is_file()).unwrap_or_else(|| "clippy-driver".into());
    // The separator is the one by which `cargo clippy` hands arguments on.
    command.env("RUSTC_WORKSPACE_WRAPPER", driver).env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
}

/// Adds what tests read from the environment.
fn with_environment<'a>(command: &'a mut Command, setup: &Setup) -> &'a mut Command {
    command.env("KONTOR_TEST_BIN", &setup.program).env("KONTOR_REQUIRE_POSTGRES", "1");
    if let Some(server) = &setup.postgres {
        command.env("KONTOR_TEST_POSTGRES", server.url());
    }
    if setup.thorough {
        command.env("KONTOR_TEST_CASES", THOROUGH_CASES);
    }
    command
}

/// Cargo's own test runner, or nextest where it is installed, for the test targets named by `targets`.
fn test_command(setup: &Setup, targets: &[&str], only_ignored: bool) -> Command {
    let colour = if std::io::IsTerminal::is_terminal(&std::io::stdout()) { "--color=always" } else { "--color=never" };
    let nextest = process::find("cargo-nextest").is_some();
    let head: &[&str] = if nextest { &["nextest", "run", "--no-fail-fast"] } else { &["test", "--no-fail-fast"] };
    let mut command = cargo(setup, head);
    command.arg(colour).args(targets);
    match (only_ignored, nextest) {
        (true, true) => drop(command.args(["--run-ignored", "only"])),
        (true, false) => drop(command.args(["--", "--ignored"])),
        (false, _) => {}
    }
    command
}

/// The tests of the whole program whose names begin so.
fn program_test(setup: &Setup, name: &str, only_ignored: bool) -> Command {
    test_command(setup, &[&WHOLE_PROGRAM[..], &[name]].concat(), only_ignored)
}

fn frontend_step() -> Done {
    frontend::build()?;
    frontend::check()
}

fn fmt() -> Done {
    process::run(&mut repo::cargo(&["fmt", "--all", "--check"]))
}

/// Both of the steps `clippy` and `build`: after the first the second finds nothing to do.
fn build(setup: &Setup) -> Done {
    process::run(&mut cargo(setup, &["build", "--quiet", "--workspace", "--all-targets"]))
}

fn sql(setup: &Setup) -> Done {
    process::run(with_environment(&mut program_test(setup, "sql::", false), setup))
}

fn api(setup: &Setup) -> Done {
    openapi::of_program(&setup.program, true)
}

fn tests(setup: &Setup) -> (Tally, Done) {
    let targets = ["--workspace", "--lib", "--bins", "--tests"];
    process::run_counting(with_environment(&mut test_command(setup, &targets, false), setup))
}

fn doc_tests(setup: &Setup) -> (Tally, Done) {
    let mut command = cargo(setup, &["test", "--quiet", "--workspace", "--doc"]);
    process::run_counting(with_environment(&mut command, setup))
}

/// The tests of the real data are marked `ignore`, so the step `tests` has counted them as skipped.
fn real_data(setup: &Setup) -> (Tally, Done) {
    let data = std::env::var_os("KONTOR_TEST_REAL_DATA").map_or_else(|| repo::root().join(REAL_DATA), PathBuf::from);
    let Ok(data) = data.canonicalize() else {
        println!("skipped: no shared data");
        let required = std::env::var_os("KONTOR_REQUIRE_REAL_DATA").is_some();
        return match required {
            true => one(Err("KONTOR_REQUIRE_REAL_DATA is set, but there is no shared data".into())),
            false => (Tally { skipped: 1, ..Tally::default() }, Ok(())),
        };
    };
    let mut command = program_test(setup, "real_data::", true);
    process::run_counting(with_environment(&mut command, setup).env("KONTOR_TEST_REAL_DATA", data))
}

/// `cargo xtask sql`: only that step, and nothing compiled that it does not need.
pub fn sql_alone() -> Done {
    install::for_tests(true, false)?;
    let setup =
        Setup { postgres: Some(postgres::Server::start()?), program: PathBuf::new(), thorough: false, linted: false };
    let mut command = test_command(&setup, &["--package", "kontor-tests", "--test", "program", "sql::"], false);
    process::run(with_environment(&mut command, &setup).env("RUST_BACKTRACE", "0"))
}
