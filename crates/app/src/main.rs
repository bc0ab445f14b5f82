//! The binary. Everything is in the library.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Small objects of many threads: mimalloc keeps memory lower and answers faster than the system's allocator.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    kontor::cli::main()
}
