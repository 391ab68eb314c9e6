//! Comments in the docs that allow a finding: `<!-- slate-gen allow S012: both rows are meant -->`.
//!
//! A comment speaks for the block below it, be that a table or a code block of many lines; `allow-file` speaks for the whole
//! file. What is allowed stays among the findings, marked. This knows where comments and blocks are, and nothing of APIs.

use std::ops::RangeInclusive;

use crate::diagnostics::{Code, Diagnostics};
use crate::slate::block::{Block, BlockKind};
use crate::slate::source::{SourceFile, Sources, Span};
use crate::slate::{Document, Page};

/// How such comments begin.
const OPENING: &str = "slate-gen";

/// A kind that a comment allows, and in which lines.
pub struct Allowance {
    code: Code,
    file: u16,
    lines: RangeInclusive<usize>,
    /// Where the comment names it.
    span: Span,
}

/// What comments of the docs allow. One that is not understood is a finding.
pub fn read(
    document: &Document,
    sources: &Sources,
    diagnostics: &mut Diagnostics,
) -> Vec<Allowance> {
    let mut allowances = Vec::new();
    for page in &document.pages {
        let file = sources.file(page.file);
        let code = code_lines(page, file);
        for line in 0..file.line_count() {
            if !code.iter().any(|lines| lines.contains(&line)) {
                comment(page, file, line, &mut allowances, diagnostics);
            }
        }
    }
    allowances
}

/// Marks the findings that are allowed. What allows nothing is a finding.
pub fn apply(allowances: &[Allowance], sources: &Sources, diagnostics: &mut Diagnostics) {
    let mut used = vec![false; allowances.len()];
    for finding in diagnostics.all_mut() {
        let line = sources
            .file(finding.span.file)
            .line_index(finding.span.start as usize);
        for (allowance, used) in allowances.iter().zip(&mut used) {
            if allowance.code == finding.code
                && allowance.file == finding.span.file
                && allowance.lines.contains(&line)
            {
                finding.allowed = true;
                *used = true;
            }
        }
    }
    for (allowance, _) in allowances.iter().zip(used).filter(|(_, used)| !used) {
        diagnostics.push(
            Code::UnusedAllow,
            allowance.span,
            format!("there is no {} that this could allow", allowance.code.id()),
            "it may go",
        );
    }
}

/// The lines of code blocks: a comment in a sample is a part of the sample.
fn code_lines(page: &Page, file: &SourceFile) -> Vec<RangeInclusive<usize>> {
    let fences = page.blocks.iter().filter_map(|block| match &block.kind {
        BlockKind::Fence(_) => Some(lines_of(block, file)),
        _ => None,
    });
    fences.collect()
}

/// The lines of a block.
fn lines_of(block: &Block, file: &SourceFile) -> RangeInclusive<usize> {
    let end = match &block.kind {
        BlockKind::Fence(fence) => fence.body_span.end.max(block.span.end),
        BlockKind::Table(table) => table.rows.last().map_or(block.span.end, |row| row.span.end),
        _ => block.span.end,
    };
    let last = (end as usize).max(block.span.start as usize + 1) - 1;
    file.line_index(block.span.start as usize)..=file.line_index(last)
}

/// Reads what a line allows, if it is such a comment.
fn comment(
    page: &Page,
    file: &SourceFile,
    line: usize,
    out: &mut Vec<Allowance>,
    diagnostics: &mut Diagnostics,
) {
    let text = file.line(line);
    let Some(said) = said(text) else {
        return;
    };
    let start = file.line_range(line).start;
    let place = |part: &str| {
        let at = start + (part.as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        Span::new(page.file, at, at + part.len())
    };
    let (verb, rest) = said.split_once(char::is_whitespace).unwrap_or((said, ""));
    let lines = match verb {
        "allow" => below(page, file, line),
        "allow-file" => 0..=file.line_count(),
        _ => {
            let wrong = format!("{verb:?} is nothing that a comment can ask for");
            let known = "it was ignored: `allow` and `allow-file` are known";
            diagnostics.push(Code::UnknownAllow, place(said), wrong, known);
            return;
        }
    };
    // Behind a colon is why.
    let codes = rest.split(':').next().unwrap_or_default();
    let mut ids = codes
        .split([',', ' '])
        .filter(|id| !id.is_empty())
        .peekable();
    if ids.peek().is_none() {
        let wrong = "this names no kind of finding";
        diagnostics.push(Code::UnknownAllow, place(said), wrong, "it was ignored");
    }
    for id in ids {
        match Code::from_id(id) {
            Some(code) => out.push(Allowance {
                code,
                file: page.file,
                lines: lines.clone(),
                span: place(id),
            }),
            None => diagnostics.push(
                Code::UnknownAllow,
                place(id),
                format!("there is no kind of finding {id:?}"),
                "it was ignored",
            ),
        }
    }
}

/// What stands behind the opening of a comment for this program.
fn said(line: &str) -> Option<&str> {
    let inner = line.trim().strip_prefix("<!--")?;
    let inner = inner.split("-->").next().unwrap_or(inner).trim();
    let rest = inner.strip_prefix(OPENING)?;
    (rest.is_empty() || rest.starts_with(char::is_whitespace)).then(|| rest.trim_start())
}

/// The lines that a comment speaks for: those of the block below it, or else the next line that is not blank.
fn below(page: &Page, file: &SourceFile, line: usize) -> RangeInclusive<usize> {
    let passed = |at: &usize| {
        let text = file.line(*at);
        text.trim().is_empty() || said(text).is_some()
    };
    let next = (line + 1..file.line_count()).find(|at| !passed(at));
    let next = next.unwrap_or(file.line_count());
    let blocks = page.blocks.iter();
    let mut all = blocks.map(|block| lines_of(block, file));
    all.find(|lines| lines.contains(&next))
        .unwrap_or(next..=next)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_for_this_program() {
        for (line, want) in [
            ("<!-- slate-gen allow S012 -->", Some("allow S012")),
            (
                "  <!--slate-gen allow-file S1: why -->",
                Some("allow-file S1: why"),
            ),
            ("<!-- slate-gen -->", Some("")),
            ("<!-- slate-generator allow -->", None),
            ("<!-- allow S012 -->", None),
            ("text <!-- slate-gen allow S012 -->", None),
            ("<!-- slate-gen allow S012", Some("allow S012")),
        ] {
            assert_eq!(said(line), want, "{line}");
        }
    }
}
