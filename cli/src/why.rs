//! `why PLACE`: why a fact of the spec is what it is.

use std::fmt::Write as _;
use std::path::PathBuf;

use annotate_snippets::{AnnotationKind, Group, Level, Renderer, Snippet};
use slate_codegen::slate::source::{Sources, Span};
use slate_codegen::why::{Fact, Listed, Lost, Reply, Statement, why};

use crate::home::Home;
use crate::lint::underlined;
use crate::output::{print, print_styled};
use crate::project::Project;

/// How many statements on one side are shown in text; `--json` has all.
const SHOWN: usize = 6;

#[derive(clap::Args)]
pub struct Arguments {
    /// An operation, an entity or `api`, and what of it: `customer.get`, `customer.get path`,
    /// `customer.get loyalty_points`, `points.redeem request root.redeem.customer`, `customer 1001`, `api hosts`.
    #[arg(required = true, value_name = "PLACE")]
    place: Vec<String>,
    /// Another Slate `source` folder.
    #[arg(long, value_name = "DIR")]
    pub docs: Option<PathBuf>,
    /// As JSON.
    #[arg(long)]
    json: bool,
}

pub fn run(home: &Home, arguments: &Arguments) -> anyhow::Result<u8> {
    let project = Project::open(home, arguments.docs.as_deref())?;
    let reading = project.read()?;
    let reply = why(&arguments.place, &reading, &project.settings)?;
    if arguments.json {
        print(&(serde_json::to_string_pretty(&reply)? + "\n"))?;
    } else {
        print_styled(&text(&reply, &reading.sources))?;
    }
    Ok(0)
}

fn text(reply: &Reply, sources: &Sources) -> String {
    let mut out = String::new();
    for fact in &reply.facts {
        out.push_str(&of_fact(fact, sources));
        out.push('\n');
    }
    for part in &reply.parts {
        let _ = writeln!(out, "{}", of_part(part));
    }
    for lost in &reply.left_out {
        out.push_str(&of_lost(lost, sources));
        out.push('\n');
    }
    if !reply.near.is_empty() {
        let _ = writeln!(out, "nearest names: {}", reply.near.join(", "));
    }
    out
}

/// `parcel.add: POST /parcel/add, "Add Parcel" (includes/_parcel.md:3)`.
fn of_part(part: &Listed) -> String {
    let Listed { of, says, .. } = part;
    match &part.place {
        Some(place) => format!("{of}: {says} ({}:{})", place.file, place.line),
        None => format!("{of}: {says}"),
    }
}

/// `parcel.add weight: type = integer (stated)`, the rule, and who says what.
fn of_fact(fact: &Fact, sources: &Sources) -> String {
    let mut out = String::new();
    let _ = writeln!(
        out,
        "{}: {} = {} ({})",
        fact.of,
        fact.facet,
        fact.value,
        fact.basis.word()
    );
    let _ = writeln!(out, "  by the rule \"{}\": {}", fact.rule, fact.because);
    for (side, statements) in [("for", &fact.r#for), ("against", &fact.against)] {
        for statement in statements.iter().take(SHOWN) {
            out.push_str(&of_statement(side, statement, sources));
        }
        if statements.len() > SHOWN {
            let _ = writeln!(out, "  and {} more {side} it", statements.len() - SHOWN);
        }
    }
    out
}

fn of_statement(side: &str, statement: &Statement, sources: &Sources) -> String {
    let Statement { says, by, .. } = statement;
    let title = format!("{by}: {says}");
    let Some(span) = statement.span else {
        return format!("{side}: {title}\n");
    };
    let level = Level::NOTE.with_name(side.to_owned());
    underline(level, &title, "", span, sources)
}

fn of_lost(lost: &Lost, sources: &Sources) -> String {
    let title = if lost.code.is_empty() {
        lost.message.clone()
    } else {
        format!("{} [{}]", lost.message, lost.code)
    };
    let (name, read) = match lost.read_as.as_slice() {
        [] => ("not in the spec", String::new()),
        facts => ("in the docs", facts.join(", ")),
    };
    let mut out = underline(
        Level::NOTE.with_name(name),
        &title,
        &lost.action,
        lost.span,
        sources,
    );
    if !lost.code.is_empty() && !read.is_empty() {
        let _ = writeln!(out, "  the line was read as: {read}");
    }
    out
}

/// The line of the docs with what is meant underlined.
fn underline(level: Level<'_>, title: &str, label: &str, span: Span, sources: &Sources) -> String {
    let (line, marked) = underlined(sources.file(span.file), span);
    let place = sources.place(span);
    let mut mark = AnnotationKind::Primary.span(marked);
    if !label.is_empty() {
        mark = mark.label(label);
    }
    let snippet = Snippet::source(line.as_str())
        .line_start(place.line as usize)
        .path(place.file.as_str())
        .annotation(mark);
    let group: Group<'_> = level.primary_title(title).element(snippet);
    Renderer::styled().render(&[group]) + "\n"
}
