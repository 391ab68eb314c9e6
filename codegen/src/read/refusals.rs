//! Answers to calls that were refused: what they hold says nothing of what a call gives.

use std::collections::HashSet;

use super::facts::{Role, SampleFact};
use crate::diagnostics::{Code, Diagnostics};
use crate::sample::Tree;

/// Statuses of HTTP that docs show answers with; another number is none.
const STATUSES: [u16; 37] = [
    200, 201, 202, 203, 204, 206, 207, 301, 302, 303, 304, 307, 308, 400, 401, 402, 403, 404, 405,
    406, 408, 409, 410, 411, 412, 413, 415, 418, 422, 423, 424, 426, 428, 429, 500, 501, 503,
];

/// Words that a status stands behind, or in front of.
const BESIDE: [&str; 9] = [
    "http",
    "status",
    "code",
    "response",
    "error",
    "returns",
    "ok",
    "statuscode",
    "responses",
];

/// Words for an answer to a call that was refused.
const REFUSED: [&str; 12] = [
    "error",
    "errors",
    "failure",
    "failed",
    "fails",
    "unauthorized",
    "forbidden",
    "denied",
    "invalid",
    "fehler",
    "erro",
    "erreur",
];

/// The status that words above a sample name: `Not found (404)`, `400 Bad Request`, `Response 200`.
pub fn status(text: &str) -> Option<u16> {
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '(' | ')' | '[' | ']'))
        .filter(|word| !word.is_empty())
        .collect();
    let beside = |at: Option<usize>| {
        let word = at.and_then(|at| words.get(at));
        word.is_some_and(|word| BESIDE.contains(word))
    };
    words.iter().enumerate().find_map(|(at, word)| {
        let bare = word.trim_matches(['(', ')', '[', ']']);
        let known = bare.parse().ok().filter(|number| STATUSES.contains(number));
        let bracketed = bare.len() + 2 == word.len();
        known.filter(|_| bracketed || at == 0 || beside(at.checked_sub(1)) || beside(Some(at + 1)))
    })
}

/// Whether words above a sample say that the call was refused.
pub fn says(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|c: char| !c.is_alphanumeric());
    words.any(|word| REFUSED.contains(&word))
}

/// Takes the answers to refused calls out of the samples of an operation: those that a status says it of, and of those that
/// words say it of the ones that have nothing in common with any other answer.
pub fn take(samples: &mut Vec<SampleFact>, diagnostics: &mut Diagnostics) -> Vec<SampleFact> {
    let refused = |sample: &SampleFact| sample.status.is_some_and(|status| status >= 400);
    let answer = |sample: &SampleFact| sample.role == Role::Response;
    let others = samples
        .iter()
        .filter(|sample| answer(sample) && !refused(sample) && !sample.refused);
    let keys: HashSet<String> = others.clone().flat_map(keys).collect();
    let shown = others.count() > 0;
    let apart = |sample: &SampleFact| {
        let own = self::keys(sample);
        shown && !own.is_empty() && own.iter().all(|key| !keys.contains(key))
    };
    let (out, rest) = std::mem::take(samples)
        .into_iter()
        .partition::<Vec<_>, _>(|sample| {
            answer(sample) && (refused(sample) || (sample.refused && apart(sample)))
        });
    *samples = rest;
    for sample in &out {
        let status = sample
            .status
            .map(|status| format!(", with status {status}"));
        diagnostics.push(
            Code::UnusedSample,
            sample.span,
            format!(
                "this answers a call that is refused{}",
                status.unwrap_or_default()
            ),
            "it says nothing of what the call gives",
        );
    }
    out
}

fn keys(sample: &SampleFact) -> Vec<String> {
    let documents = sample.parsed.iter().flat_map(|parsed| &parsed.documents);
    let members = documents.flat_map(Tree::members);
    members.map(|member| member.key.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statuses_in_words() {
        for (text, want) in [
            ("Sucessful Response (200)", Some(200)),
            ("Access is denied (403)", Some(403)),
            ("404 Not Found", Some(404)),
            ("`422`: the parcel is too heavy", Some(422)),
            ("HTTP 500", Some(500)),
            ("Response: 201", Some(201)),
            ("Example 401 response", Some(401)),
            ("Sample request for 500 parcels", None),
            ("Sample POST Request", None),
            ("Add 200 points", None),
            ("Error 9001", None),
            ("Response (600)", None),
        ] {
            assert_eq!(status(text), want, "{text}");
        }
    }
}
