//! Findings as annotations of GitHub Actions: workflow commands on standard output.
//!
//! <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>

use std::fmt::Write as _;
use std::path::{Component, Path};

use slate_codegen::diagnostics::Level;

use super::finding::Finding;
use super::report::Report;
use crate::output::command;

/// The gravest first, because GitHub shows the first few of a step only. `docs` and `project` are folders.
pub fn print(report: &Report, docs: &Path, project: &Path) -> String {
    let mut shown: Vec<&Finding> = report.shown().collect();
    shown.sort_by_key(|finding| finding.level);
    let (docs, project) = (prefix(docs), prefix(project));
    let mut out = String::new();
    for finding in shown {
        let folder = if finding.in_docs { &docs } else { &project };
        out.push_str(&one(finding, folder));
    }
    if let Some((path, gone)) = &report.baseline {
        for entry in gone {
            let message = data(&format!(
                "{entry} is gone from the docs; `{} lint --write-baseline`",
                command()
            ));
            let _ = writeln!(out, "::warning title={}::{message}", property(path));
        }
    }
    if let Some(line) = report.on_allowed() {
        let _ = writeln!(out, "{line}");
    }
    let _ = writeln!(out, "{}", report.total());
    out
}

fn one(finding: &Finding, folder: &str) -> String {
    let command = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let id = finding.code.id();
    let column = finding.place.column;
    let marked = finding.line.get(finding.marked.clone()).unwrap_or_default();
    let width = u32::try_from(marked.chars().count()).unwrap_or(0);
    let mut message = format!("{}\n{}", finding.message, finding.action);
    if let Some(also) = &finding.also {
        let _ = write!(
            message,
            "\n{}:{}: {}",
            also.place.file, also.place.line, also.what
        );
    }
    format!(
        "::{command} file={},line={},col={column},endColumn={},title={}::{}\n",
        property(&format!("{folder}{}", finding.place.file)),
        finding.place.line,
        column.saturating_add(width),
        property(&format!("{id}: {}", finding.code.title())),
        data(&message)
    )
}

/// What stands before the files of a folder in paths below the root of its repository: nothing, or a path that ends with
/// a slash. Outside of any repository the path is one below the current folder, or else the whole one: never with `..`,
/// which neither `git apply` nor `patch` takes.
pub fn prefix(folder: &Path) -> String {
    let absolute = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let root = absolute
        .ancestors()
        .find(|above| above.join(".git").exists())
        .map(Path::to_owned)
        .or_else(|| std::env::current_dir().ok()?.canonicalize().ok());
    let below = root.and_then(|root| absolute.strip_prefix(root).ok());
    let mut out = String::new();
    for part in below.unwrap_or(&absolute).components() {
        match part {
            Component::RootDir => out.push('/'),
            part => out.extend([&*part.as_os_str().to_string_lossy(), "/"]),
        }
    }
    out
}

/// Text after the second `::`.
fn data(text: &str) -> String {
    text.replace('%', "%25")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// The value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use slate_codegen::diagnostics::Code;
    use slate_codegen::slate::source::Place;

    use super::*;

    fn finding(file: &str, message: &str) -> Finding {
        Finding {
            code: Code::WrongFormat,
            level: Level::Warning,
            place: Place {
                file: file.to_owned(),
                line: 3,
                column: 5,
            },
            in_docs: true,
            line: "    ééé".to_owned(),
            marked: 4..8,
            message: message.to_owned(),
            action: "left".to_owned(),
            also: None,
            known: false,
            allowed: None,
        }
    }

    #[test]
    fn a_finding_is_one_line_that_github_understands() {
        assert_eq!(
            one(&finding("includes/_a.md", "100 %"), "docs/source/"),
            "::warning file=docs/source/includes/_a.md,line=3,col=5,endColumn=7,\
             title=S014%3A A sample is in another format than its fence says::100 %25%0Aleft\n"
        );
    }

    #[test]
    fn paths_are_below_the_root_of_the_repository() {
        let root = tempfile::tempdir().unwrap();
        let source = root.path().join("docs/source");
        std::fs::create_dir_all(&source).unwrap();
        let given = prefix(&source);
        assert!(
            given.starts_with('/') && given.ends_with("/docs/source/"),
            "{given}"
        );
        std::fs::create_dir(root.path().join(".git")).unwrap();
        assert_eq!(prefix(&source), "docs/source/");
        assert_eq!(prefix(&source.join("../source")), "docs/source/");
        assert_eq!(prefix(root.path()), "");
        assert_eq!(prefix(Path::new("no/such")), "no/such/");
    }

    #[test]
    fn a_path_outside_of_any_repository_has_no_dots() {
        let root = tempfile::tempdir().unwrap();
        let source = root.path().join("source");
        std::fs::create_dir_all(&source).unwrap();
        assert_eq!(prefix(&source.join("../source")), prefix(&source));
        assert!(!prefix(&source.join("../source")).contains(".."));
    }

    #[test]
    fn text_of_the_docs_begins_no_command_and_no_property() {
        let said = one(&finding("a,line=9:b.md", "x\r\n::error::y"), "");
        assert_eq!(said.lines().count(), 1);
        assert!(
            said.starts_with("::warning file=a%2Cline=9%3Ab.md,line=3,"),
            "{said}"
        );
        assert!(said.ends_with("::x%0D%0A::error::y%0Aleft\n"), "{said}");
    }
}
