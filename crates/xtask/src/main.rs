//! The project's own commands: `cargo xtask demo` and `cargo xtask test` are all that a newcomer needs; the others are
//! the steps of `test`, one by one, and what writes the generated files.
//!
//! Dependencies stay light, because this is compiled before anything can be shown. What needs the whole program (checking
//! every SQL statement, for one) is a test in the package `kontor-tests` that is run from here.
#![expect(clippy::print_stdout, reason = "a command-line program talks on its standard output")]

mod bench;
mod ci;
mod compare;
mod demo;
mod deny;
mod frontend;
mod install;
mod openapi;
mod postgres;
mod process;
mod repo;
mod steps;
mod tally;
mod tidy;

use std::ffi::OsString;
use std::process::ExitCode;

/// What went wrong, as a sentence.
pub type Done<T = ()> = Result<T, String>;

const USAGE: &str = "\
cargo xtask COMMAND

  demo [--data DIR] [--listen ADDR] …   build everything and serve the demo company
  test [--only STEP,…] [--from STEP]    everything that CI runs; installs what the tests need
  test --thorough …                     the same with ten times as many random cases in property tests
  ci                                    test, and nothing may have changed in the checkout
  tidy [--shrink]                       the rules of the house; --shrink lowers what the ratchet allows
  sql                                   prepare every SQL statement on both engines
  openapi [--check]                     write docs/api/openapi.json
  refusals [--check]                    write docs/api/refusals.md
  bench …                               the table of budgets
  compare                               write docs/guide/comparison.md from the real history
";

fn main() -> ExitCode {
    let mut words = std::env::args_os().skip(1);
    let command = words.next().and_then(|word| word.into_string().ok()).unwrap_or_default();
    let rest: Vec<OsString> = words.collect();
    process::stop_children_on_interrupt();
    let done = match command.as_str() {
        "demo" => demo::run(&rest),
        "test" => steps::Options::parse(&rest).and_then(|options| steps::run(&options)),
        "ci" => ci::run(&rest),
        "tidy" => flag(&rest, "--shrink").and_then(tidy::run),
        "sql" => flag(&rest, "").and_then(|_| steps::sql_alone()),
        "openapi" => flag(&rest, "--check").and_then(openapi::run),
        "refusals" => flag(&rest, "--check").and_then(tidy::refusals::run),
        "bench" => bench::run(&rest),
        "compare" => compare::run(&rest),
        "" | "help" | "--help" | "-h" => {
            print!("{USAGE}");
            Ok(())
        }
        other => Err(format!("there is no command {other}\n\n{USAGE}")),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            if !message.is_empty() {
                eprintln!("{}", message.trim_end());
            }
            ExitCode::FAILURE
        }
    }
}

/// Whether the only flag a command knows is given.
fn flag(words: &[OsString], name: &str) -> Done<bool> {
    match words {
        [] => Ok(false),
        [word] if !name.is_empty() && word == name => Ok(true),
        [word, ..] => Err(format!("{} is not understood here\n\n{USAGE}", word.display())),
    }
}
