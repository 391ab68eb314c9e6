//! What a command hands back: data on standard output, and an exit code.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;
use std::sync::OnceLock;

use anyhow::Context as _;
use clap::ColorChoice;
use clap::builder::styling::{AnsiColor, Effects, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Findings: the run did what was asked, and there is something to do.
pub const FINDINGS: u8 = 1;
/// Bad usage or unreadable input.
pub const BAD_INPUT: u8 = 2;

/// What is grave.
pub const BAD: Style = AnsiColor::Red.on_default().effects(Effects::BOLD);
/// What wants attention.
pub const WARN: Style = AnsiColor::Yellow.on_default().effects(Effects::BOLD);
/// What is fine.
pub const FINE: Style = AnsiColor::Green.on_default();
/// What is said beside.
pub const QUIET: Style = Style::new().effects(Effects::DIMMED);

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

/// Says when colours are wanted. With `auto` it is the usual conventions that say so: `NO_COLOR`, `CLICOLOR`,
/// `CLICOLOR_FORCE`, and whether a terminal is there.
pub fn colours(choice: ColorChoice) {
    match choice {
        ColorChoice::Auto => anstream::ColorChoice::Auto,
        ColorChoice::Always => anstream::ColorChoice::Always,
        ColorChoice::Never => anstream::ColorChoice::Never,
    }
    .write_global();
}

/// A text in a style. [`print_styled`] takes styles away again where none are wanted.
pub fn painted(text: &str, style: Style) -> String {
    format!("{style}{text}{style:#}")
}

/// Prints data; a reader that went away is no error.
pub fn print(text: &str) -> anyhow::Result<()> {
    wrote(io::stdout().write_all(text.as_bytes()))
}

/// Prints text for people, with its styles where they are wanted.
pub fn print_styled(text: &str) -> anyhow::Result<()> {
    wrote(anstream::stdout().write_all(text.as_bytes()))
}

fn wrote(done: io::Result<()>) -> anyhow::Result<()> {
    match done {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other.context("standard output"),
    }
}

/// Says something beside the data, as a line on standard error; a reader that went away is no error.
macro_rules! note {
    ($($text:tt)*) => {
        $crate::output::said(&format!("{}\n", format_args!($($text)*)))
    };
}
pub(crate) use note;

/// Says something beside the data, with its styles where they are wanted.
pub fn said(text: &str) {
    let _ = anstream::stderr().write_all(text.as_bytes());
}

/// Prints why a run ended.
pub fn print_error(error: &anyhow::Error) {
    note!("{}: {}", painted("error", BAD), told(error));
}

/// An error with its causes, in one line. What the system calls its errors by number helps nobody.
fn told(error: &anyhow::Error) -> String {
    let mut out = String::new();
    for cause in error.chain() {
        let text = cause.to_string();
        let text = text
            .rsplit_once(" (os error ")
            .map_or(text.as_str(), |(text, _)| text);
        // Some errors say their cause themselves.
        if out.ends_with(text) {
            continue;
        }
        let gap = if out.is_empty() { "" } else { ": " };
        let _ = write!(out, "{gap}{text}");
    }
    out
}

/// `1 warning`, `2 warnings`; `thing` is the word for one.
pub fn counted(count: usize, thing: &str) -> String {
    let s = if count == 1 { "" } else { "s" };
    format!("{count} {thing}{s}")
}

/// A path as people type it: what is in the current folder has no `./` in front.
pub fn shown(path: &Path) -> String {
    let short = path.strip_prefix(".").unwrap_or(path);
    if short.as_os_str().is_empty() {
        return "this folder".to_owned();
    }
    short.display().to_string()
}

/// Shows how far a long run is: on a terminal only, and not where a machine reads.
pub fn progress(steps: u64) -> ProgressBar {
    let somebody = io::stderr().is_terminal() && std::env::var_os("CI").is_none();
    let target = if somebody {
        ProgressDrawTarget::stderr()
    } else {
        ProgressDrawTarget::hidden()
    };
    let style = ProgressStyle::with_template("{msg} {bar:20} {pos}/{len}");
    ProgressBar::with_draw_target(Some(steps), target)
        .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn errors_are_told_without_numbers_of_the_system() {
        let missing = io::Error::from_raw_os_error(2);
        let text = missing.to_string();
        assert!(text.ends_with("(os error 2)"), "{text}");
        let error = anyhow::Error::new(missing).context("parcels");
        let told = told(&error);
        assert!(
            told.starts_with("parcels: ") && !told.contains("os error"),
            "{told}"
        );
    }

    #[test]
    fn one_thing_and_more() {
        let all = [0, 1, 2].map(|count| counted(count, "note"));
        assert_eq!(all, ["0 notes", "1 note", "2 notes"]);
    }

    #[test]
    fn paths_are_short() {
        let all =
            ["./slate.yaml", "parcels/slate.yaml", "/a/b", "."].map(|path| shown(Path::new(path)));
        assert_eq!(
            all,
            ["slate.yaml", "parcels/slate.yaml", "/a/b", "this folder"]
        );
    }
}
