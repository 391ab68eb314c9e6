//! What a command hands back: data on standard output, and an exit code.

use std::sync::OnceLock;

use anyhow::Context as _;

/// Findings: the run did what was asked, and there is something to do.
pub const FINDINGS: u8 = 1;
/// Bad usage or unreadable input.
pub const BAD_INPUT: u8 = 2;

/// What this program is run as.
static COMMAND: OnceLock<&'static str> = OnceLock::new();

/// Says what this program is run as.
pub fn called(command: &'static str) {
    let _ = COMMAND.set(command);
}

/// What this program is run as: what messages tell people to type.
pub fn command() -> &'static str {
    COMMAND.get().copied().unwrap_or("slate-gen")
}

/// Prints data; a reader that went away is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    use std::io::Write as _;
    match std::io::stdout().write_all(text.as_bytes()) {
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output"),
    }
}
