//! Findings as SARIF 2.1.0, which code scanning of GitHub and many editors read.
//!
//! <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use md5::{Digest as _, Md5};
use serde_json::{Value, json};
use slate_codegen::diagnostics::{Code, Level};

use super::finding::{Allowed, Finding};
use super::github::prefix;
use super::report::Report;

const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// One document with one run. Known and allowed findings are in it, as suppressed. `docs` and `project` are folders.
pub fn print(report: &Report, docs: &Path, project: &Path) -> anyhow::Result<String> {
    let (docs, project) = (prefix(docs), prefix(project));
    let mut same: BTreeMap<String, usize> = BTreeMap::new();
    let findings = report.findings.iter();
    let seen = findings.filter(|finding| report.show.reaches(finding.level));
    let results: Vec<Value> = seen
        .map(|finding| {
            let folder = if finding.in_docs { &docs } else { &project };
            result(finding, folder, &docs, &mut same)
        })
        .collect();
    let rules: Vec<Value> = Code::ALL.iter().map(|code| rule(*code)).collect();
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "slate-gen",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules,
            }},
            // Columns count characters, not units of UTF-16.
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    Ok(serde_json::to_string_pretty(&log)? + "\n")
}

fn word(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}

/// A kind, with what `explain` says of it.
fn rule(code: Code) -> Value {
    let page = code.readable_page();
    json!({
        "id": code.id(),
        "name": format!("{code:?}"),
        "shortDescription": {"text": code.title()},
        "fullDescription": {"text": code.explanation().trim()},
        "help": {"text": page.trim(), "markdown": page.trim()},
        "defaultConfiguration": {"level": word(code.level())},
        "properties": {"tags": ["documentation"]},
    })
}

/// `folder` is where the finding's file is; the second place of one is always in the docs.
fn result(
    finding: &Finding,
    folder: &str,
    docs: &str,
    same: &mut BTreeMap<String, usize>,
) -> Value {
    let marked = finding.line.get(finding.marked.clone()).unwrap_or_default();
    let width = u32::try_from(marked.chars().count()).unwrap_or(0);
    let start = finding.place.column;
    let mut out = json!({
        "ruleId": finding.code.id(),
        "ruleIndex": Code::ALL.iter().position(|code| *code == finding.code),
        "level": word(finding.level),
        "message": {"text": format!("{}: {}", finding.message, finding.action)},
        "locations": [location(folder, &finding.place.file, &json!({
            "startLine": finding.place.line,
            "startColumn": start,
            "endLine": finding.place.line,
            "endColumn": start.saturating_add(width),
        }))],
        // The one that code scanning tells findings apart by.
        "partialFingerprints": {"primaryLocationLineHash": fingerprint(finding, same)},
    });
    if let Some(also) = &finding.also {
        let mut place = location(
            docs,
            &also.place.file,
            &json!({"startLine": also.place.line}),
        );
        place["message"] = json!({"text": also.what});
        out["relatedLocations"] = json!([place]);
    }
    let suppressed = match finding.allowed {
        Some(Allowed::Comment) => Some(("inSource", "a comment allows it")),
        Some(Allowed::Project) => Some(("external", "the project allows it")),
        Some(Allowed::Option) => Some(("external", "an option allows it")),
        None if finding.known => Some(("external", "the baseline has it")),
        None => None,
    };
    if let Some((kind, why)) = suppressed {
        out["suppressions"] = json!([{"kind": kind, "justification": why}]);
    }
    out
}

fn location(folder: &str, file: &str, region: &Value) -> Value {
    json!({"physicalLocation": {
        "artifactLocation": {"uri": uri(&format!("{folder}{file}"))},
        "region": region,
    }})
}

/// A path as a reference of a URI.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
    // An absolute path needs its scheme.
    if out.starts_with('/') {
        out.insert_str(0, "file://");
    }
    out
}

/// What tells a finding from all others, wherever its line moves.
fn fingerprint(finding: &Finding, same: &mut BTreeMap<String, usize>) -> String {
    let words: Vec<&str> = finding.line.split_whitespace().collect();
    let parts = [
        finding.code.id(),
        &finding.place.file,
        &finding.message,
        &words.join(" "),
    ];
    let mut hash = String::new();
    for byte in Md5::digest(parts.join("\n")) {
        let _ = write!(hash, "{byte:02x}");
    }
    let number = same.entry(hash.clone()).or_default();
    *number += 1;
    format!("{hash}:{number}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_references() {
        assert_eq!(uri("docs/a b#c%.md"), "docs/a%20b%23c%25.md");
        assert_eq!(uri("/a/é.md"), "file:///a/%C3%A9.md");
    }
}
