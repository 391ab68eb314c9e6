//! What stays unread, and which key would mend it.

use super::clue::{Clue, Tally, times};
use super::draft::Draft;
use super::{outcome, request_lines, resource_rows, tables, words};
use crate::diagnostics::Code;

/// So many kinds are listed.
const MOST: usize = 25;

/// So many are listed although they are there once.
const FEW: usize = 10;

/// All that stays unread, the largest first.
pub fn all(draft: &Draft) -> Vec<Clue> {
    let questions = [
        request_lines::ask,
        resource_rows::ask,
        tables::headings,
        tables::columns,
        words::types,
        words::presence,
        words::unmarked,
        words::quoted,
        words::labels,
    ];
    let mut out: Vec<Clue> = questions.iter().flat_map(|ask| ask(draft)).collect();
    out.extend(findings(draft));
    out.extend(outcome::refused(draft).or_else(|| outcome::ask(draft)));
    out.sort_by_key(|clue| std::cmp::Reverse(clue.count));
    // Long lists of what is there once are of no help.
    let often = out.iter().filter(|clue| clue.count > 1).count();
    out.truncate(MOST.min(often.max(FEW)));
    out
}

/// Findings of the reader by their kinds, where a key of the dialect can help.
fn findings(draft: &Draft) -> Vec<Clue> {
    let mut tally: Tally<Option<Code>> = Tally::default();
    for finding in &draft.diagnostics {
        if key(finding.code).is_some() {
            *tally.add(finding.code.id()) = Some(finding.code);
        }
    }
    let all = tally.sorted().into_iter();
    all.filter_map(|(id, count, code)| {
        let code = code?;
        let what = format!(
            "{} [{id}]: {}",
            times(count, "finding", "findings"),
            code.title()
        );
        Some(Clue::listed(&[key(code)?], None, count, what))
    })
    .collect()
}

/// The key of the dialect that findings of a kind may ask for.
fn key(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::IncompleteOperation | Code::BadUrl | Code::PageWithoutOperation => "request_lines",
        Code::UnknownResourceRow => "add.resource_rows",
        Code::MisplacedHeading | Code::UnusedTable => "add.headings",
        Code::BadParameterRow => "add.columns",
        Code::UnclearMark => "marks",
        Code::UnlabelledSample => "add.labels",
        Code::BadCodeRow => "add.code_columns",
        _ => return None,
    })
}
