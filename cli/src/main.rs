//! `slate-gen`: the commands, run on the project in the folder where it stands.

use std::path::Path;
use std::process::ExitCode;

/// A third of a run is memory that is taken and given back, in small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    slate_gen::run(slate_gen::Caller {
        command: "slate-gen",
        project: Path::new("."),
        recorder: &["slate-recorder"],
    })
}
