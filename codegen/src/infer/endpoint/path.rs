//! Which path an operation has: three witnesses, of which two that agree win.

use super::segments::{agree, is_placeholder, is_version, join, without};
use super::statement::{Statement, Statements};
use super::version::{Versions, version};
use crate::claims::{Claim, Decision, Facet, Step, Witness, decide};
use crate::read::facts::PageFacts;

/// A path, and what it rests on.
#[derive(Clone, Debug)]
pub struct Found {
    /// The path without its version.
    pub tail: Decision,
    /// The version, where it has one.
    pub version: Option<Decision>,
    /// What of the request line was mended by the row, as sentences: what is wrong, and what was done.
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
            mended.extend(fill(&mut tail, without(&row.url.segments)));
        }
        said.push((Witness::RequestLine, line, tail));
    }
    if let Some(sample) = sample {
        let tail = without(&sample.url.segments);
        let same = said.iter().find(|(_, _, known)| agree(known, tail));
        let tail = match same {
            Some((_, _, known)) => known.clone(),
            None if line.is_none() && row.is_none() => generic(tail),
            None => tail.to_vec(),
        };
        said.push((Witness::SampleUrl, sample, tail));
    }
    if let Some(row) = row {
        let own = without(&row.url.segments);
        let whole = said
            .iter()
            .find_map(|(by, _, known)| completed(known, own, *by == Witness::SampleUrl));
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
    // Of versions those speak that speak of this path. Where none of them has one, the others do: a slip in the path says
    // nothing of the version.
    let speaks = |own: &[String]| join(own) == tail.value;
    let of = |path: bool| -> Vec<(Witness, &Statement)> {
        let own = said.iter().filter(|(_, _, own)| !path || speaks(own));
        own.map(|(by, statement, _)| (*by, *statement)).collect()
    };
    let has_one = |said: &[(Witness, &Statement)]| {
        let mut first = said.iter().filter_map(|(_, one)| one.url.segments.first());
        first.any(|first| is_version(first))
    };
    let of_path = Some(of(true))
        .filter(|own| has_one(own))
        .unwrap_or_else(|| of(false));
    let segments: Vec<String> = tail.value.split('/').map(str::to_owned).collect();
    let version = version(&segments, &of_path, versions);
    Some(Found {
        tail,
        version,
        mended,
    })
}

/// A row that has the end of a path, with the beginning of that path. `sample` says that only a sample has the path.
fn completed(path: &[String], row: &[String], sample: bool) -> Option<Vec<String>> {
    let from = path.len().checked_sub(row.len())?;
    // A placeholder alone could be the end of anything, and a whole address.
    let says = row.iter().any(|segment| !is_placeholder(segment)) || from == 0;
    (says && agree(&path[from..], row)).then(|| {
        let end = path[from..].iter().zip(row);
        // The line names what the row may name otherwise; a sample has values.
        let end = end.map(|(own, row)| {
            if is_placeholder(own) && !sample {
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

/// What only a sample shows, with placeholders for the identifiers in it: `/parcels/4711` is `/parcels/{id}`.
fn generic(segments: &[String]) -> Vec<String> {
    let identifier = |at: usize, segment: &str| {
        let digits = segment.chars().filter(char::is_ascii_digit).count();
        let hex = |c: char| c.is_ascii_hexdigit() || c == '-';
        let long = segment.len() >= 16 && digits > 1 && segment.chars().all(hex);
        at > 0 && digits > 0 && (digits == segment.len() || long)
    };
    let mut number = 0;
    let segments = segments.iter().enumerate().map(|(at, segment)| {
        if !identifier(at, segment) {
            return segment.clone();
        }
        number += 1;
        match number {
            1 => "{id}".to_owned(),
            more => format!("{{id{more}}}"),
        }
    });
    segments.collect()
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
            let wrong = format!("{own} stands for {word:?} in the URI row");
            out.push((wrong, "the word was taken".to_owned()));
            word.clone_into(own);
        }
    }
    out
}

/// Gives a request line without placeholders those of its row, where the words of both are the same: a slip leaves
/// out, it does not invent.
fn fill(path: &mut Vec<String>, row: &[String]) -> Option<(String, String)> {
    let words: Vec<&String> = row
        .iter()
        .filter(|segment| !is_placeholder(segment))
        .collect();
    let from = path.len().checked_sub(words.len())?;
    let same = path[from..]
        .iter()
        .zip(&words)
        .all(|(own, word)| own.eq_ignore_ascii_case(word));
    let bare = !path.iter().any(|segment| is_placeholder(segment));
    if words.is_empty() || words.len() == row.len() || !same || !bare {
        return None;
    }
    let names: Vec<&str> = row
        .iter()
        .filter(|segment| is_placeholder(segment))
        .map(String::as_str)
        .collect();
    let wrong = format!("the request URL lacks {} of the URI row", names.join(", "));
    path.truncate(from);
    path.extend_from_slice(row);
    Some((wrong, "it was added".to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(path: &str) -> Vec<String> {
        path.split('/').map(str::to_owned).collect()
    }

    #[test]
    fn a_row_is_the_end_of_a_path() {
        let whole =
            |path: &str, row: &str| Some(completed(&split(path), &split(row), false)?.join("/"));
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
