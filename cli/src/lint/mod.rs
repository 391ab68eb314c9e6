//! `lint`: what is wrong in the docs, in the form that people, programs or GitHub want.

mod allow;
mod baseline;
mod finding;
mod fix;
mod github;
mod guide;
mod json;
mod report;
mod sarif;
mod text;

use std::path::PathBuf;

use anyhow::Context as _;
use baseline::Baseline;
use clap::{Args, ValueEnum};
pub use finding::underlined;
use finding::{Allowed, Finding};
pub use guide::page as guide_page;
use report::{Report, Threshold};
use slate_codegen::Reading;
use slate_codegen::diagnostics::{Code, Diagnostic, Level};

use crate::home::Home;
use crate::output::{FINDINGS, command, counted, note, print, print_styled};
use crate::project::Project;

/// Where the findings in the project's own docs are that are known.
const OWN_BASELINE: &str = "lint-baseline.yaml";

/// Arguments of `lint`.
#[derive(Args)]
pub struct Arguments {
    /// Another Slate `source` folder.
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,
    /// The form of the output.
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// The same as `--format json`.
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Exit with 1 when there are findings of this level or a graver one.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t)]
    fail_on: Threshold,
    /// Show findings of this level and of graver ones. What is not shown counts all the same.
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Threshold::Note)]
    show: Threshold,
    /// Look for these kinds only.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    only: Vec<Code>,
    /// These kinds are fine. They are counted, and neither shown nor do they fail.
    #[arg(long, value_name = "CODE", value_delimiter = ',', value_parser = code)]
    allow: Vec<Code>,
    /// Findings that are listed in this file are known: they are not shown and do not fail. For the project's own docs it
    /// is lint-baseline.yaml unless another one is named.
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// All findings are new.
    #[arg(long, conflicts_with = "baseline")]
    no_baseline: bool,
    /// Mend what has one right answer. Prints a patch, for `git apply` or `patch -p1` at the root of the repository, or here where there is none.
    #[arg(long, conflicts_with_all = ["format", "json", "write_baseline"])]
    fix: bool,
    /// Mend it in place, and print no patch.
    #[arg(long, requires = "fix")]
    write: bool,
    /// List the findings of now as known, as far as `--fail-on` goes, in the file of `--baseline`.
    #[arg(long, conflicts_with_all = ["only", "allow", "no_baseline"])]
    write_baseline: bool,
    /// Run again whenever something changes that is read, until Ctrl-C.
    #[arg(long, conflicts_with_all = ["fix", "write_baseline"])]
    pub watch: bool,
}

impl Arguments {
    /// Whether these are other docs than those of a project, and nothing is kept in the project.
    pub fn only_reads_others(&self) -> bool {
        self.docs.is_some() && !self.watch && !self.write_baseline
    }
}

/// The form of the output.
#[derive(Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
enum Form {
    /// For people, with the lines underlined.
    #[default]
    Text,
    /// One JSON document with all findings, known ones too.
    Json,
    /// Annotations of GitHub Actions.
    Github,
    /// SARIF 2.1.0, for code scanning and editors. What is known or allowed is in it as suppressed.
    Sarif,
}

fn code(id: &str) -> Result<Code, String> {
    Code::from_id(id)
        .ok_or_else(|| format!("there is no such kind; `{} explain` lists them", command()))
}

/// Prints the findings. Gives the exit code.
pub fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<u8> {
    let project = Project::open(home, arguments.docs.as_deref())?;
    let reading = project.read()?;
    let own = arguments.docs.is_none();
    let folder = arguments.docs.clone().unwrap_or_else(|| home.docs());
    let root = slate_codegen::slate::root(&folder)?;
    let mut findings = finding::collect(&project, &reading, own);
    let lint = &project.settings.manifest.lint;
    allow::apply(lint, &project.manifest, own, &mut findings);
    let only = |code: Code| arguments.only.is_empty() || arguments.only.contains(&code);
    let wanted = |code: Code| only(code) && !arguments.allow.contains(&code);
    findings.retain(|finding| only(finding.code));
    for finding in findings.iter_mut().filter(|finding| !wanted(finding.code)) {
        finding.allowed.get_or_insert(Allowed::Option);
    }
    if arguments.write_baseline {
        return write_baseline(arguments, &project, findings);
    }
    if arguments.fix {
        let fine = |finding: &Diagnostic| {
            let mut all = findings.iter();
            all.any(|one| one.allowed.is_none() && one.is_of(finding, &reading))
        };
        let mended = fix::mend(&reading, fine, |path| project.page(path));
        return fix::run(&mended, &root, arguments.write);
    }
    if own {
        unheard(&project, &reading);
    }
    let mut report = Report {
        findings,
        baseline: None,
        show: arguments.show,
    };
    if let Some((path, mut baseline)) = read_baseline(arguments, &project)? {
        baseline.keep(wanted);
        let gone = baseline.mark(&mut report.findings);
        report.baseline = Some((path, gone));
    }
    let form = if arguments.json {
        Form::Json
    } else {
        arguments.format
    };
    match form {
        Form::Text => print_styled(&text::print(&report)),
        Form::Json => print(&json::print(&report)?),
        Form::Github => print(&github::print(&report, &root, &home.root)),
        Form::Sarif => print(&sarif::print(&report, &root, &home.root)?),
    }?;
    let bad = report
        .new_ones()
        .any(|finding| arguments.fail_on.reaches(finding.level));
    // An entry that nobody removes would hide the next finding of its kind there.
    let gone = !report.gone().is_empty() && arguments.fail_on.reaches(Level::Warning);
    Ok(if bad || gone { FINDINGS } else { 0 })
}

/// The file of known findings: where it is, and how it is called in messages.
fn baseline_path(arguments: &Arguments, project: &Project) -> Option<(PathBuf, String)> {
    match (&arguments.baseline, &arguments.docs) {
        (Some(path), _) => Some((path.clone(), path.display().to_string())),
        (None, None) => {
            let file = project.home.spec(OWN_BASELINE);
            Some((project.path(&file), file))
        }
        (None, Some(_)) => None,
    }
}

fn read_baseline(
    arguments: &Arguments,
    project: &Project,
) -> anyhow::Result<Option<(String, Baseline)>> {
    let Some((path, name)) = baseline_path(arguments, project).filter(|_| !arguments.no_baseline)
    else {
        return Ok(None);
    };
    match std::fs::read_to_string(&path) {
        Ok(yaml) => Ok(Some((name.clone(), Baseline::parse(&name, &yaml)?))),
        // The project may have none; a file that was named must be there.
        Err(error)
            if error.kind() == std::io::ErrorKind::NotFound && arguments.baseline.is_none() =>
        {
            Ok(None)
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => anyhow::bail!(
            "{name}: there is no such file; `{} lint --baseline {name} --write-baseline` makes it",
            command()
        ),
        Err(error) => Err(error).context(name),
    }
}

fn write_baseline(
    arguments: &Arguments,
    project: &Project,
    mut findings: Vec<Finding>,
) -> anyhow::Result<u8> {
    let (path, name) = baseline_path(arguments, project)
        .context("--write-baseline for other docs needs a file: --baseline FILE")?;
    findings
        .retain(|finding| finding.allowed.is_none() && arguments.fail_on.reaches(finding.level));
    let yaml = Baseline::of(&findings).to_yaml()?;
    std::fs::write(&path, yaml).with_context(|| name.clone())?;
    let known = counted(findings.len(), "known finding");
    note!("{known} written to {name}");
    Ok(0)
}

/// Names the parameters that the dialect has a rule for and the docs do not have, which decides on what is sent twice.
pub fn unheard(project: &Project, reading: &Reading) {
    for name in slate_codegen::infer::unheard(&project.settings.dialect, &reading.inferred.spec) {
        note!(
            "warning: `effect_when` in the dialect names {name:?}, which no operation has in its query: was it renamed? A \
             call that it was about may be sent a second time"
        );
    }
}

/// Reports overrides that have expired, for `gen`. An error when that ends the run.
pub fn expired(project: &Project, reading: &Reading, own: bool) -> anyhow::Result<()> {
    if own {
        unheard(project, reading);
    }
    let findings = finding::expired(project, reading, own);
    for finding in &findings {
        if own {
            note!("{}\n", text::one(finding));
        } else {
            let Finding {
                level,
                code,
                place,
                message,
                ..
            } = finding;
            note!(
                "{level}[{}]: {}:{}: {message}",
                code.id(),
                place.file,
                place.line
            );
        }
    }
    let errors = findings
        .iter()
        .filter(|finding| finding.level == Level::Error)
        .count();
    if errors > 0 {
        anyhow::bail!(
            "{} expired; `{} explain` has a page on each kind",
            if errors == 1 {
                "an override has".to_owned()
            } else {
                format!("{errors} overrides have")
            },
            command()
        );
    }
    Ok(())
}
