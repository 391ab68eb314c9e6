//! `cargo xtask …`: the commands of `slate-gen`, run on the project of this workspace.

use std::path::PathBuf;
use std::process::ExitCode;

/// A third of a run is memory that is taken and given back, in small pieces.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    // Cargo says which workspace it is: those that share a target folder may run each other's program. Started without
    // Cargo, it is the one that the program was built in.
    let package = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let workspace = package.parent().unwrap_or(&package);
    slate_gen::run(slate_gen::Caller {
        command: "cargo xtask",
        project: &workspace.join("spec"),
        recorder: &[
            &cargo,
            "run",
            "--quiet",
            "--package",
            "slate-recorder",
            "--",
        ],
    })
}
