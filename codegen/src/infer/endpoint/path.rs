//! Which path an operation has: three witnesses, of which two that agree win.

use super::statement::{Statement, Statements};
use super::version::{Versions, version, without};
use crate::claims::{Claim, Decision, Facet, Step, Witness, decide};
use crate::read::facts::PageFacts;

/// A path, and what it rests on.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path without its version.
    pub tail: Decision,
    /// The version, where it has one.
    pub version: Option<Decision>,
    /// Where the path has been mended by a row: the place, and what was mended.
    pub mended: Vec<(String, String)>,
}

impl Found {
    /// The whole path.
    pub fn path(&self) -> String {
        let version = self.version.iter().map(|version| version.value.as_str());
        version.fold(String::new(), |out, one| format!("{out}/{one}")) + &self.tail.value
    }
}

/// Two statements of a section are those of another one, and its sample shows a path of its own.
const COPIED: Step = Step {
    name: "copied statement",
    text: "what another operation states too, and shows itself, was copied; the sample shows the path",
};

/// Decides on the path of an operation. `copied` says that its lines and rows are another operation's.
pub fn path(
    all: &Statements,
    copied: bool,
    page: &PageFacts,
    versions: Versions<'_>,
) -> Option<Found> {
    let (line, row) = (all.lines.first(), all.rows.first());
    pick(line, row, all.samples.first(), copied, page, versions)
}

/// Decides on the other paths of the same call: by further lines, each with its row, or else by further rows.
pub fn alternatives<'s>(
    all: &'s Statements,
    page: &PageFacts,
    versions: Versions<'_>,
) -> Vec<(Found, &'s Statement, Option<&'s Statement>)> {
    let more = if all.lines.is_empty() {
        &all.rows
    } else {
        &all.lines
    };
    let rest = more.iter().enumerate().skip(1);
    rest.filter_map(|(number, own)| {
        let row = all.rows.get(number);
        let line = (!all.lines.is_empty()).then_some(own);
        let found = pick(line, row, None, false, page, versions)?;
        Some((found, own, row))
    })
    .collect()
}

fn pick(
    line: Option<&Statement>,
    row: Option<&Statement>,
    sample: Option<&Statement>,
    copied: bool,
    page: &PageFacts,
    versions: Versions<'_>,
) -> Option<Found> {
    let mut claims = Vec::new();
    let mut said: Vec<(Witness, &Statement, Vec<String>)> = Vec::new();
    let mut mended = Vec::new();
    if let Some(line) = line {
        let mut tail = without(&line.url.segments).to_vec();
        if let Some(row) = row {
            mended = mend(&mut tail, without(&row.url.segments));
        }
        said.push((Witness::RequestLine, line, tail));
    }
    if let Some(sample) = sample {
        let tail = without(&sample.url.segments);
        let same = said.iter().find(|(_, _, known)| agree(known, tail));
        let tail = same.map_or_else(|| tail.to_vec(), |(_, _, known)| known.clone());
        said.push((Witness::SampleUrl, sample, tail));
    }
    if let Some(row) = row {
        let own = without(&row.url.segments);
        let whole = said.iter().find_map(|(_, _, known)| completed(known, own));
        let tail = whole.unwrap_or_else(|| below_module(row, page, versions));
        // What only samples complete, they show with values where the row has names.
        for (by, _, known) in &mut said {
            if *by == Witness::SampleUrl && agree(known, &tail) {
                known.clone_from(&tail);
            }
        }
        said.push((Witness::Cell, row, tail));
    }
    for (by, statement, tail) in &said {
        claims.push(Claim::new(join(tail), *by, statement.span));
    }
    let shown = |claim: &Claim| claim.by == Witness::SampleUrl;
    let tail = match claims.iter().find(|claim| shown(claim)) {
        Some(sample) if copied => {
            let value = sample.says.clone();
            let says = value.clone();
            Decision::new(value, COPIED, claims, |claim| claim.says == says)
        }
        _ => decide(Facet::Path, claims)?,
    };
    // Of versions only those speak that speak of this path.
    let of_path: Vec<(Witness, &Statement)> = said
        .iter()
        .filter(|(_, _, own)| join(own) == tail.value)
        .map(|(by, statement, _)| (*by, *statement))
        .collect();
    let segments: Vec<String> = tail.value.split('/').map(str::to_owned).collect();
    let version = version(&segments, &of_path, versions);
    Some(Found {
        tail,
        version,
        mended,
    })
}

fn join(segments: &[String]) -> String {
    format!("/{}", segments.join("/"))
}

fn is_placeholder(segment: &str) -> bool {
    segment.starts_with('{')
}

/// Whether two paths are one: a placeholder stands for any word.
pub fn agree(a: &[String], b: &[String]) -> bool {
    a.len() == b.len()
        && a.iter()
            .zip(b)
            .all(|(a, b)| a.eq_ignore_ascii_case(b) || is_placeholder(a) || is_placeholder(b))
}

/// A row that has the end of a path, with the beginning of that path.
fn completed(path: &[String], row: &[String]) -> Option<Vec<String>> {
    let from = path.len().checked_sub(row.len())?;
    agree(&path[from..], row).then(|| {
        let end = path[from..].iter().zip(row);
        // The line names what the row may name otherwise; a sample has values.
        let end = end.map(|(own, row)| {
            if is_placeholder(own) {
                own
            } else if is_placeholder(row) {
                row
            } else {
                own
            }
        });
        path[..from].iter().chain(end).cloned().collect()
    })
}

/// A row that is relative to its module: `/get` of parcel is `/parcel/get`. Rows of modules that have hosts of their own
/// are not.
fn below_module(row: &Statement, page: &PageFacts, versions: Versions<'_>) -> Vec<String> {
    let own = without(&row.url.segments);
    let whole = own.len() < row.url.segments.len() || !row.url.host.is_empty();
    if versions.all.is_none() || whole || page.name.is_empty() {
        return own.to_vec();
    }
    let singular = |name: &str| name.to_lowercase().trim_end_matches('s').to_owned();
    let module = singular(&page.name);
    let named = own.first().is_some_and(|first| singular(first) == module);
    let name = (!named).then(|| page.name.clone());
    name.into_iter().chain(own.iter().cloned()).collect()
}

/// Mends the path of a request line by its row: a placeholder that is the word which the row has is a slip.
fn mend(path: &mut [String], row: &[String]) -> Vec<(String, String)> {
    let mut out = Vec::new();
    let Some(from) = path.len().checked_sub(row.len()) else {
        return out;
    };
    if !agree(&path[from..], row) {
        return out;
    }
    for (own, word) in path[from..].iter_mut().zip(row) {
        if is_placeholder(own) && own.trim_matches(['{', '}']) == word {
            out.push((own.clone(), word.clone()));
            word.clone_into(own);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(path: &str) -> Vec<String> {
        path.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn a_row_is_the_end_of_a_path() {
        let whole = |path: &str, row: &str| Some(completed(&split(path), &split(row))?.join("/"));
        for (path, row, want) in [
            ("parcel/add", "add", Some("parcel/add")),
            (
                "parcel/7/find",
                "parcel/{id}/find",
                Some("parcel/{id}/find"),
            ),
            (
                "parcel/{id}/find",
                "{number}/find",
                Some("parcel/{id}/find"),
            ),
            ("Parcel/Add", "parcel/add", Some("Parcel/Add")),
            ("parcel/add", "parcel/get", None),
            ("add", "parcel/add", None),
        ] {
            assert_eq!(whole(path, row).as_deref(), want, "{path} {row}");
        }
    }

    #[test]
    fn a_word_in_braces_is_mended_by_the_row() {
        let mut path = split("{lock}/v1/open");
        assert_eq!(mend(&mut path, &split("lock/v1/open")).len(), 1);
        assert_eq!(path, split("lock/v1/open"));
        let mut other = split("{box}/v1/open");
        assert!(mend(&mut other, &split("lock/v1/open")).is_empty());
    }
}
