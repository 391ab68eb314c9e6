//! Serves the documented samples: builds and runs the server that is an example of the SDK.
//!
//! This program must work where the SDK does not compile, so it does not depend on it.

use std::process::Command;

use anyhow::Context as _;

use crate::home::Home;

/// Serves until it is ended. Gives its exit code.
pub fn serve(home: &Home, port: u16) -> anyhow::Result<u8> {
    let manifest = home.root.join(home.crate_manifest());
    if !manifest.is_file() {
        anyhow::bail!(
            "there is no crate to build the server from; `{} gen` makes {}",
            crate::output::command(),
            manifest.display()
        );
    }
    check_port(port)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut command = Command::new(cargo);
    command
        .args(["run", "--quiet", "--manifest-path"])
        .arg(manifest)
        .args(["--features", "mock", "--example", "mock_server"])
        .args(["--", "--port", &port.to_string()]);
    run(&mut command).context("cargo cannot be run: it builds the server, and comes with Rust")
}

/// Whether a port is free. Asked before a build, which takes a while; the server says the same if it is taken by then.
pub fn check_port(port: u16) -> anyhow::Result<()> {
    drop(
        std::net::TcpListener::bind(("127.0.0.1", port))
            .with_context(|| format!("cannot listen on port {port}"))?,
    );
    Ok(())
}

/// Becomes the command, so that whoever ends this program ends the server.
#[cfg(unix)]
pub fn run(command: &mut Command) -> std::io::Result<u8> {
    use std::os::unix::process::CommandExt as _;
    Err(command.exec())
}

#[cfg(not(unix))]
pub fn run(command: &mut Command) -> std::io::Result<u8> {
    let code = command.status()?.code();
    Ok(code
        .and_then(|code| u8::try_from(code).ok())
        .unwrap_or(crate::output::BAD_INPUT))
}
