//! Findings for programs.

use std::collections::BTreeMap;

use serde_json::json;

use super::report::Report;

/// One document. Known and allowed findings are in it too, and say so.
pub fn print(report: &Report) -> anyhow::Result<String> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    let mut findings = Vec::new();
    for finding in &report.findings {
        *counts.entry(finding.code.id()).or_default() += 1;
        let mut value = json!({
            "code": finding.code.id(),
            "level": finding.level,
            "file": finding.place.file,
            "line": finding.place.line,
            "column": finding.place.column,
            "message": finding.message,
            "action": finding.action,
            "known": finding.known,
        });
        if let Some(by) = finding.allowed {
            value["allowed"] = json!(by.word());
        }
        if let Some(also) = &finding.also {
            value["also"] =
                json!({"file": also.place.file, "line": also.place.line, "what": also.what});
        }
        findings.push(value);
    }
    let mut value = json!({"findings": findings, "counts": counts, "files": report.by_file()});
    if let Some((path, gone)) = &report.baseline {
        value["baseline"] = json!({"file": path, "gone": gone});
    }
    Ok(serde_json::to_string_pretty(&value)? + "\n")
}
