//! What holds for all commands: help, colours, completion, and errors that say what to do.

use crate::support;
use crate::support::page;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use page::PAGE;
use support::INDEX;
use tempfile::TempDir;

/// What escape sequences begin with.
const ESCAPE: &str = "\u{1b}[";

/// A project in the folder `parcels`, with its docs in `parcels/docs`.
fn project() -> TempDir {
    let root = TempDir::new().unwrap();
    let write = |path: &str, text: &str| {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("parcels/slate.yaml", "crate: parcels\n");
    write("parcels/docs/index.html.md", INDEX);
    write("parcels/docs/includes/_parcel.md", PAGE);
    root
}

/// The program, in a folder, with these variables and none of those that colours depend on.
fn run_with(folder: &Path, arguments: &[&str], variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
        command.env_remove(name);
    }
    command
        .args(arguments)
        .envs(variables.iter().copied())
        .current_dir(folder)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// What is said on standard error, by a run that must fail with 2.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str]) -> String {
    let output = run_with(folder, arguments, &[]);
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert_eq!(text(&output.stdout), "");
    assert!(said.starts_with("error: "), "{said}");
    assert!(!said.contains("os error"), "{said}");
    said
}

#[test]
fn help_has_examples_as_they_are_typed_here() {
    let root = TempDir::new().unwrap();
    let output = run_with(root.path(), &["lint", "--help"], &[]);
    let help = text(&output.stdout);
    assert_eq!(output.status.code(), Some(0));
    for part in [
        "Examples:\n  cargo xtask lint ",
        "Exit codes:\n  0  done\n  1  ",
        "--color <WHEN>",
    ] {
        assert!(help.contains(part), "{part}: {help}");
    }
}

#[test]
fn colours_are_where_they_are_wanted() {
    let root = project();
    let lint: &[&str] = &["--project", "parcels", "lint"];
    let coloured = |more: &[&str], variables: &[(&str, &str)]| {
        let output = run_with(root.path(), &[lint, more].concat(), variables);
        let out = text(&output.stdout);
        assert!(out.contains("S011"), "{out}\n{}", text(&output.stderr));
        out.contains(ESCAPE)
    };
    // A pipe is no terminal.
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!coloured(
        &[],
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(coloured(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(!coloured(&["--color=never"], &[("CLICOLOR_FORCE", "1")]));
    // What programs read has none.
    for form in ["json", "sarif", "github"] {
        assert!(
            !coloured(&["--format", form, "--color", "always"], &[]),
            "{form}"
        );
    }
}

#[test]
fn the_other_commands_have_colours_too() {
    let root = project();
    let changed = PAGE.replace("id | itn", "number | string");
    fs::create_dir_all(root.path().join("new/includes")).unwrap();
    fs::write(root.path().join("new/index.html.md"), INDEX).unwrap();
    fs::write(root.path().join("new/includes/_parcel.md"), changed).unwrap();
    let commands: &[&[&str]] = &[
        &["--project", "parcels", "why", "parcel.get"],
        &["--project", "parcels", "diff", "parcels/docs", "new"],
        &["--help"],
    ];
    for arguments in commands {
        for (choice, wanted) in [("always", true), ("never", false)] {
            let all = [&["--color", choice], *arguments].concat();
            let output = run_with(root.path(), &all, &[]);
            let out = text(&output.stdout);
            assert!(!out.is_empty(), "{all:?}: {}", text(&output.stderr));
            assert_eq!(out.contains(ESCAPE), wanted, "{all:?}: {out}");
        }
    }
    for arguments in [&["--project", "nowhere", "lint"][..], &["lnit"]] {
        for (choice, wanted) in [("always", true), ("never", false)] {
            let all = [&["--color", choice], arguments].concat();
            let said = text(&run_with(root.path(), &all, &[]).stderr);
            assert_eq!(said.contains(ESCAPE), wanted, "{all:?}: {said}");
        }
    }
}

#[test]
fn no_progress_is_shown_in_a_pipe() {
    let root = project();
    let output = run_with(
        root.path(),
        &["--project", "parcels", "gen", "--color", "always"],
        &[],
    );
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(
        !said.contains("reading") && !said.contains(['\r', '\u{1b}']),
        "{said}"
    );
}

#[test]
fn every_shell_learns_the_commands() {
    let root = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let output = run_with(root.path(), &["completions", shell], &[]);
        let script = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{shell}");
        for word in ["slate-gen", "completions", "lint", "fail-on"] {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
    let syntax = run_with(root.path(), &["completions", "bash"], &[]);
    fs::write(root.path().join("completion"), &syntax.stdout).unwrap();
    if let Ok(bash) = Command::new("bash")
        .arg("-n")
        .arg(root.path().join("completion"))
        .output()
    {
        assert!(bash.status.success(), "{}", text(&bash.stderr));
    }
}

#[test]
fn there_is_a_man_page_for_each_command() {
    let root = TempDir::new().unwrap();
    let output = run_with(root.path(), &["man"], &[]);
    assert!(text(&output.stdout).contains("Exit codes"));
    let output = run_with(root.path(), &["man", "--out", "pages"], &[]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    for page in ["slate-gen.1", "slate-gen-lint.1", "slate-gen-gen.1"] {
        let text = fs::read_to_string(root.path().join("pages").join(page)).unwrap();
        assert!(text.contains("Exit codes"), "{page}: {text}");
    }
}

#[test]
fn the_wrong_folder_is_told_where_the_project_is() {
    let root = project();
    // One too high, one too low, none at all.
    let here = refused(root.path(), &["--project", ".", "lint"]);
    let low = refused(
        &root.path().join("parcels/docs"),
        &["--project", ".", "lint"],
    );
    for said in [here, low] {
        assert!(said.contains("it has no slate.yaml"), "{said}");
        assert!(said.contains("parcels has one: use `--project "), "{said}");
    }
    let said = refused(root.path(), &["--project", "nowhere", "lint"]);
    assert!(
        said.contains("there is no folder") && said.contains("init --docs DIR"),
        "{said}"
    );
}

#[test]
fn docs_that_are_missing_are_named_with_the_line_that_names_them() {
    let root = project();
    let docs = root.path().join("parcels/docs");
    fs::rename(&docs, root.path().join("parcels/source")).unwrap();
    let said = refused(root.path(), &["--project", "parcels", "lint"]);
    assert!(said.contains("slate.yaml says `docs: docs`"), "{said}");
    let said = refused(
        root.path(),
        &["--project", "parcels", "lint", "--docs", "gone"],
    );
    assert!(said.contains("there is no folder gone"), "{said}");
    let index = "parcels/source/index.html.md";
    let said = refused(
        root.path(),
        &["--project", "parcels", "lint", "--docs", index],
    );
    assert!(said.contains("is a file; the folder is meant"), "{said}");
    fs::remove_file(root.path().join(index)).unwrap();
    let said = refused(
        root.path(),
        &["--project", "parcels", "lint", "--docs", "parcels/source"],
    );
    assert!(said.contains("it has no index.html.md"), "{said}");
}

#[test]
fn a_file_of_a_newer_version_is_said_to_be_one() {
    let root = project();
    let names = root.path().join("parcels/names.yaml");
    fs::write(&names, "modules:\n  api:\nmoons:\n  api:\n").unwrap();
    let said = refused(root.path(), &["--project", "parcels", "gen"]);
    let version = env!("CARGO_PKG_VERSION");
    assert!(
        said.contains("names.yaml:3:1: unknown variant `moons`"),
        "{said}"
    );
    assert!(
        said.contains("written by a newer version? This is "),
        "{said}"
    );
    assert!(said.trim_end().ends_with(version), "{said}");
}

#[test]
fn what_is_missing_is_said_with_the_command_that_makes_it() {
    let root = project();
    for (arguments, part) in [
        (&["mock", "--port", "8080"][..], "gen` makes"),
        (
            &["lint", "--baseline", "gone.yaml"],
            "--write-baseline` makes it",
        ),
        (&["diff", "gone", "docs"], "there is no such folder or file"),
        (&["why", "moon"], "there is parcel"),
    ] {
        let said = refused(
            root.path(),
            &[&["--project", "parcels"], arguments].concat(),
        );
        assert!(said.contains(part), "{said}");
    }
}
