//! What `--help` says beyond the arguments: examples, and what the exit codes mean.
//!
//! Here is the one home of both. The guide's page on the command line has the same exit codes; a test compares them.

use std::fmt::Write as _;

use clap::Command;

use crate::output::{BAD_INPUT, FINDINGS};

/// What the help of a command ends with.
struct Page {
    /// The command; the program itself where it is empty.
    command: &'static str,
    /// What is typed behind the name of the program, and what it is for.
    examples: &'static [(&'static str, &'static str)],
    /// What exit code 1 means, for commands that have it.
    findings: Option<&'static str>,
}

/// What exit code 2 means, of every command.
const UNUSABLE: &str = "bad usage, or something cannot be read or written";

const PAGES: &[Page] = &[
    Page {
        command: "",
        examples: &[
            (
                "init --docs parcels/source --project parcels",
                "a project for docs that it has never seen",
            ),
            ("--project parcels lint", "what is wrong in the docs"),
            (
                "--project parcels gen",
                "a spec, and a crate with tests made of the samples",
            ),
        ],
        findings: Some("there is something to do: each command says what"),
    },
    Page {
        command: "gen",
        examples: &[
            ("gen", "read the docs of the project, write what changed"),
            (
                "gen --check",
                "write nothing, and fail where something is stale",
            ),
            (
                "gen --watch",
                "again whenever the docs or the project change",
            ),
            (
                "gen --docs ../new/source --out ../made",
                "the same of other docs, in another place",
            ),
        ],
        findings: Some("`--check`: what is there is stale"),
    },
    Page {
        command: "init",
        examples: &[
            (
                "init --docs source --dry-run",
                "only look: what would be read, and what not yet",
            ),
            (
                "init --docs source --project parcels",
                "make a project in the folder `parcels`",
            ),
        ],
        findings: None,
    },
    Page {
        command: "spec",
        examples: &[
            ("spec", "all that was understood of the docs"),
            (
                "spec --docs old/source --json > old.json",
                "of other docs, for `diff` or a program",
            ),
        ],
        findings: None,
    },
    Page {
        command: "lint",
        examples: &[
            (
                "lint --show warning",
                "without what is merely worth knowing",
            ),
            (
                "lint --only S014,S015 --fix",
                "a patch that mends two kinds",
            ),
            (
                "lint --fix --write",
                "the same of all kinds that have one right answer, in place",
            ),
            ("lint --watch", "again whenever the docs change"),
            (
                "lint --format sarif --fail-on never > lint.sarif",
                "for code scanning and editors",
            ),
        ],
        findings: Some(
            "there are findings as grave as `--fail-on` says, and neither known nor allowed",
        ),
    },
    Page {
        command: "explain",
        examples: &[
            ("explain", "all kinds, a line for each"),
            (
                "explain S014",
                "one of them, with an example wrong and right",
            ),
        ],
        findings: None,
    },
    Page {
        command: "why",
        examples: &[
            ("why parcel.get", "all facts of an operation"),
            ("why parcel.get weight", "a parameter or a member"),
            ("why parcel", "what an entity consists of"),
            ("why parcel.get path --json", "one facet, for a program"),
        ],
        findings: None,
    },
    Page {
        command: "openapi",
        examples: &[
            ("openapi > openapi.json", "the API as OpenAPI 3.1"),
            ("openapi --yaml > openapi.yaml", "the same as YAML"),
        ],
        findings: None,
    },
    Page {
        command: "diff",
        examples: &[
            (
                "diff checked-in ../new/source",
                "what new docs change of what is generated now",
            ),
            (
                "diff old/source new/source --markdown",
                "as an entry of a changelog",
            ),
            (
                "diff old.json new/source --json",
                "with what `spec --json` printed",
            ),
        ],
        findings: Some("facts changed, not only words"),
    },
    Page {
        command: "history",
        examples: &[
            (
                "history revisions",
                "each folder below `revisions`, in the order of their names",
            ),
            (
                "history revisions --every 10 --crates 5",
                "fewer of them, and build some of the crates",
            ),
        ],
        findings: Some("something does not hold from one revision to the next"),
    },
    Page {
        command: "observe",
        examples: &[
            (
                "observe traffic.har",
                "what a browser recorded, compared with the docs",
            ),
            (
                "observe exchanges.ndjson --examples",
                "with the form of what does not hold",
            ),
            (
                "observe exchanges.ndjson --write",
                "add corrections to overrides.yaml, for review",
            ),
        ],
        findings: Some("something contradicts the docs"),
    },
    Page {
        command: "record",
        examples: &[
            (
                "record --to https://api.example.com --port 8080",
                "write to exchanges.ndjson",
            ),
            (
                "record --to https://api.example.com --port 8080 --out a.ndjson --append",
                "go on with a file",
            ),
        ],
        findings: None,
    },
    Page {
        command: "mock",
        examples: &[
            (
                "mock --port 8080",
                "answer at http://127.0.0.1:8080, until Ctrl-C",
            ),
            ("mock --port 8080 --project parcels", "of another project"),
        ],
        findings: None,
    },
    Page {
        command: "completions",
        examples: &[
            (
                "completions bash > ~/.local/share/bash-completion/completions/slate-gen",
                "for bash",
            ),
            (
                "completions fish > ~/.config/fish/completions/slate-gen.fish",
                "for fish",
            ),
        ],
        findings: None,
    },
    Page {
        command: "man",
        examples: &[
            ("man", "the page on the whole program, for `man -l -`"),
            (
                "man --out ~/.local/share/man/man1",
                "a page for each command",
            ),
        ],
        findings: None,
    },
];

impl Page {
    fn text(&self, program: &str) -> String {
        let mut out = String::from("Examples:\n");
        for (line, purpose) in self.examples {
            let _ = writeln!(out, "  {program} {line}\n      {purpose}");
        }
        out.push_str("\nExit codes:\n");
        for (code, meaning) in self.codes() {
            let _ = writeln!(out, "  {code}  {meaning}");
        }
        out
    }

    fn codes(&self) -> impl Iterator<Item = (u8, &'static str)> {
        let findings = self.findings.map(|meaning| (FINDINGS, meaning));
        let fine = std::iter::once((0, "done"));
        fine.chain(findings).chain([(BAD_INPUT, UNUSABLE)])
    }
}

/// The command line with all that its help says.
pub fn add(command: Command, program: &str) -> Command {
    let mut command = command;
    for page in PAGES {
        let text = page.text(program);
        command = if page.command.is_empty() {
            command.after_help(text)
        } else {
            command.mut_subcommand(page.command, |it| it.after_help(text))
        };
    }
    command
}

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use super::*;
    use crate::Arguments;

    #[test]
    fn every_command_has_examples_that_can_be_typed() {
        let command = Arguments::command();
        let names: Vec<&str> = command.get_subcommands().map(Command::get_name).collect();
        for name in &names {
            assert!(
                PAGES.iter().any(|page| page.command == *name),
                "{name} has no examples"
            );
        }
        for page in PAGES {
            assert!((2..=5).contains(&page.examples.len()), "{}", page.command);
            assert!(page.command.is_empty() || names.contains(&page.command));
            for (line, _) in page.examples {
                // What stands behind `>` is the shell's.
                let words = line.split_whitespace().take_while(|word| *word != ">");
                let words: Vec<&str> = std::iter::once("slate-gen").chain(words).collect();
                if let Err(error) = Arguments::try_parse_from(&words) {
                    panic!("{line}: {error}");
                }
                assert!(
                    words.contains(&page.command) || page.command.is_empty(),
                    "{line}"
                );
            }
        }
        add(command, "slate-gen").debug_assert();
    }

    #[test]
    fn the_guide_has_the_same_exit_codes() {
        let path = concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../docs/guide/src/command-line.md"
        );
        // A package has no guide beside it.
        let Ok(guide) = std::fs::read_to_string(path) else {
            eprintln!("skipped: there is no guide here");
            return;
        };
        for page in PAGES.iter().filter(|page| !page.command.is_empty()) {
            if let Some(meaning) = page.findings {
                let row = format!("| `{}` | {meaning} |", page.command);
                assert!(guide.contains(&row), "the guide does not have: {row}");
            }
        }
        let row = format!("| {BAD_INPUT} | {UNUSABLE} |");
        assert!(guide.contains(&row), "the guide does not have: {row}");
    }
}
