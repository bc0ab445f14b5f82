//! The bench behind `cargo xtask bench`: real servers, real requests, one table.
//!
//! * [`server`] runs `kontor` and the floor servers as processes of their own; [`floor`] is what those answer.
//! * [`place`] makes the demo company in a temporary folder, on SQLite and on PostgreSQL.
//! * [`load`] sends: own small generator over kept connections ([`http`]), bounded in clients and time, loopback only.
//!   [`client`] is one buyer with a session; [`cases`] says what a buyer does.
//! * [`engine`] measures decisions and simulations in this process.
//! * [`imports`], [`start`] measure files, cold start and memory.
//! * [`report`] puts every figure beside its budget and its ratio to the floor of the same run.
//!
//! Figures of a busy machine are worth little; so the report says how busy it was, and gives CPU time per request, which
//! suffers least.
#![expect(clippy::print_stdout, reason = "a command-line program talks on its standard output")]

mod cases;
mod client;
mod engine;
mod floor;
mod http;
mod imports;
mod load;
mod machine;
mod options;
mod place;
mod queries;
mod report;
mod run;
mod server;
mod start;

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// The program's allocator: decisions that are timed in this process shall find what they find in the program's.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// What went wrong, as a sentence.
pub type Done<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let words: Vec<_> = std::env::args_os().skip(1).collect();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return fail(&error.to_string()),
    };
    let done = if words.first().is_some_and(|word| word == floor::COMMAND) {
        runtime.block_on(floor::serve(&words[1..]))
    } else {
        options::Options::parse(&words).and_then(|options| runtime.block_on(run::run(&options)))
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => fail(&message),
    }
}

fn fail(message: &str) -> ExitCode {
    eprintln!("bench: {message}");
    ExitCode::FAILURE
}
