//! The command line: arguments, progress, printing of findings, writing of files. All else is in `slate-codegen`.

#![cfg_attr(
    not(test),
    warn(clippy::unwrap_used, clippy::expect_used, clippy::panic)
)]

mod changelog;
mod diff;
mod explain;
mod generate;
mod help;
mod history;
mod home;
mod init;
mod kept;
mod lint;
mod mock;
mod observe;
mod openapi;
mod output;
mod project;
mod record;
mod request;
mod revision;
mod shell;
mod stamp;
mod watch;
mod why;
mod write;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{ColorChoice, Command, CommandFactory as _, FromArgMatches as _, Parser, Subcommand};
use home::Home;
use output::{BAD_INPUT, FINDINGS, print, print_styled};
use project::Project;

/// Reads Slate documentation, writes an intermediate spec and a Rust SDK.
#[derive(Parser)]
#[command(version)]
struct Arguments {
    /// The folder of the project, which has a `slate.yaml`.
    #[arg(long, global = true, value_name = "DIR")]
    project: Option<PathBuf>,
    /// When to use colours; `auto` is on a terminal, unless NO_COLOR or CLICOLOR_FORCE say otherwise.
    #[arg(long, global = true, value_enum, value_name = "WHEN", default_value_t = ColorChoice::Auto)]
    color: ColorChoice,
    #[command(subcommand)]
    command: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Docs → spec → crate. Writes only files whose content changes.
    Gen {
        /// Another Slate `source` folder.
        #[arg(long, value_name = "DIR")]
        docs: Option<PathBuf>,
        /// Write all that is made below this folder, in folders called as those of the project.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// What this revision of the docs is called; else the file REVISION beside them says so.
        #[arg(long, value_name = "NAME")]
        revision: Option<String>,
        /// Write nothing; exit with 1 and a summary if what is there is stale.
        #[arg(long)]
        check: bool,
        /// Run again whenever something changes that is read, until Ctrl-C.
        #[arg(long, conflicts_with = "check")]
        watch: bool,
    },
    /// Makes a project for docs that it has never seen: slate.yaml, dialect.yaml, overrides.yaml. Prints what was counted.
    Init(init::Arguments),
    /// Prints the whole intermediate spec as one document.
    Spec {
        /// Another Slate `source` folder.
        #[arg(long, value_name = "DIR")]
        docs: Option<PathBuf>,
        /// As JSON instead of YAML.
        #[arg(long)]
        json: bool,
    },
    /// Prints what is wrong in the docs, and what the generator did about it.
    Lint(lint::Arguments),
    /// Says what an id of `lint` (such as S014) or of `diff` (such as D064) means.
    Explain {
        /// The id; all ids are listed without one.
        id: Option<String>,
    },
    /// Says why a fact of the spec is what it is, with everyone who speaks for and against it.
    Why(why::Arguments),
    /// Prints the spec as an `OpenAPI` 3.1 document.
    Openapi {
        /// Another Slate `source` folder.
        #[arg(long, value_name = "DIR")]
        docs: Option<PathBuf>,
        /// As YAML instead of JSON.
        #[arg(long)]
        yaml: bool,
    },
    /// Prints what changed in the API, what it means for users of the SDK, and the version step it asks for.
    Diff {
        /// A Slate `source` folder, a folder of spec files, a file that `spec --json` printed, or `checked-in`.
        old: String,
        /// As for OLD.
        new: String,
        /// As JSON.
        #[arg(long, conflicts_with = "markdown")]
        json: bool,
        /// As an entry of a changelog.
        #[arg(long)]
        markdown: bool,
    },
    /// Runs `gen` over a folder of revisions in order, and measures what a user of all these versions would see.
    History(history::Arguments),
    /// Reads recorded traffic, and says where it contradicts the docs.
    Observe(observe::Arguments),
    /// Forwards calls to the API, and writes down what both sides say, without secrets and personal data.
    Record(record::Arguments),
    /// Serves the documented samples on a port of this machine, until it is ended.
    Mock {
        /// The port.
        #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
        port: u16,
    },
    /// Prints what a shell reads to complete commands and options.
    Completions(shell::Completions),
    /// Prints a man page, or writes one for each command.
    Man(shell::Man),
}

impl Task {
    /// Whether it reads other docs than those of a project, and writes nothing.
    fn only_reads_others(&self) -> bool {
        match self {
            Self::Spec { docs, .. } | Self::Openapi { docs, .. } => docs.is_some(),
            Self::Lint(arguments) => arguments.only_reads_others(),
            Self::Why(arguments) => arguments.docs.is_some(),
            _ => false,
        }
    }
}

/// Who runs the commands.
#[derive(Clone, Copy, Debug)]
pub struct Caller<'a> {
    /// What is typed before the name of a command.
    pub command: &'static str,
    /// The project, where no other is named.
    pub project: &'a Path,
    /// The program that records exchanges, with its first arguments.
    pub recorder: &'a [&'a str],
}

/// Runs the command that the arguments of the program name. Errors are printed.
#[must_use]
pub fn run(caller: Caller<'_>) -> ExitCode {
    output::called(caller.command);
    // Help and complaints about arguments are printed before there are arguments.
    output::colours(colours_of(std::env::args_os()));
    let matches = command_line(caller).get_matches();
    let arguments = match Arguments::from_arg_matches(&matches) {
        Ok(arguments) => arguments,
        Err(error) => error.exit(),
    };
    output::colours(arguments.color);
    match task(&arguments, caller) {
        Ok(code) => ExitCode::from(code),
        Err(error) => {
            output::print_error(&error);
            ExitCode::from(BAD_INPUT)
        }
    }
}

/// The arguments with all that their help says.
fn command_line(caller: Caller<'_>) -> Command {
    help::add(Arguments::command(), caller.command).bin_name(caller.command)
}

/// What `--color` says, wherever it stands.
fn colours_of(arguments: impl Iterator<Item = OsString>) -> ColorChoice {
    let mut next_is_it = false;
    let mut choice = ColorChoice::Auto;
    for argument in arguments {
        let argument = argument.to_string_lossy();
        let value = argument
            .strip_prefix("--color=")
            .or(next_is_it.then_some(&*argument));
        next_is_it = argument == "--color";
        choice = value.and_then(|value| value.parse().ok()).unwrap_or(choice);
    }
    choice
}

fn task(arguments: &Arguments, caller: Caller<'_>) -> anyhow::Result<u8> {
    if let Task::Explain { id } = &arguments.command {
        let text = id
            .as_deref()
            .map_or_else(|| Ok(explain::list()), explain::page)?;
        print(&text)?;
        return Ok(0);
    }
    match &arguments.command {
        Task::Completions(shell) => return shell::completions(command_line(caller), shell),
        Task::Man(man) => return shell::man(command_line(caller), man),
        _ => {}
    }
    let folder = arguments.project.as_deref().unwrap_or(caller.project);
    if let Task::Init(arguments) = &arguments.command {
        return init::run(folder, arguments);
    }
    // Who only wants to see what is in docs needs no project.
    let home = &if arguments.project.is_none() && arguments.command.only_reads_others() {
        Home::open_or_none(folder)?
    } else {
        Home::open(folder)?
    };
    write::recover(&home.root)?;
    match &arguments.command {
        Task::Explain { .. } | Task::Init(_) | Task::Completions(_) | Task::Man(_) => Ok(0),
        Task::Gen {
            docs,
            out,
            revision,
            check,
            watch,
        } => {
            let mut once = |home: &Home| {
                generate::command(&request::Request {
                    home,
                    docs: docs.as_deref(),
                    out: out.as_deref(),
                    revision: revision.as_deref(),
                    check: *check,
                })
            };
            if *watch {
                watch::run(folder, docs.as_deref(), &mut once)
            } else {
                once(home)
            }
        }
        Task::Spec { docs, json } => {
            let project = Project::open(home, docs.as_deref())?;
            let reading = project.read()?;
            let spec = &reading.inferred.spec;
            let text = if *json {
                serde_json::to_string_pretty(spec)? + "\n"
            } else {
                project::yaml(spec)?
            };
            print(&text)?;
            Ok(0)
        }
        Task::Lint(arguments) if arguments.watch => {
            watch::run(folder, arguments.docs.as_deref(), &mut |home| {
                lint::run(home, arguments)
            })
        }
        Task::Lint(arguments) => lint::run(home, arguments),
        Task::Why(arguments) => why::run(home, arguments),
        Task::Openapi { docs, yaml } => {
            print(&openapi::text(home, docs.as_deref(), *yaml)?)?;
            Ok(0)
        }
        Task::Diff {
            old,
            new,
            json,
            markdown,
        } => {
            let form = match (json, markdown) {
                (true, _) => diff::Form::Json,
                (_, true) => diff::Form::Markdown,
                _ => diff::Form::Text,
            };
            let (text, facts) = diff::run(home, old, new, form)?;
            match form {
                diff::Form::Text => print_styled(&text),
                diff::Form::Json | diff::Form::Markdown => print(&text),
            }?;
            Ok(if facts { FINDINGS } else { 0 })
        }
        Task::History(arguments) => history::run(home, arguments),
        Task::Observe(arguments) => observe::run(home, arguments),
        Task::Record(arguments) => record::run(home, arguments, caller.recorder),
        Task::Mock { port } => mock::serve(home, *port),
    }
}
