//! What the project allows: the key `lint` of `slate.yaml`. Comments in the docs are read with them.

use slate_codegen::diagnostics::Code;
use slate_codegen::manifest::{Lint, Manifest};
use slate_codegen::slate::source::{Place, SourceFile};

use super::finding::{Allowed, Finding};

/// Marks the findings that the project allows. With `own` docs, an entry that allows nothing is a finding, as is one that
/// nobody understands; `manifest` is the file that has them.
pub fn apply(lint: &Lint, manifest: &SourceFile, own: bool, findings: &mut Vec<Finding>) {
    let mut wrong = Vec::new();
    for (id, files) in &lint.allow {
        let Some(code) = Code::from_id(id) else {
            let message = format!("there is no kind of finding {id:?}");
            wrong.push((Code::UnknownAllow, id, message, "it was ignored"));
            continue;
        };
        let everywhere = [None];
        let files: Vec<Option<&String>> = match files {
            None => everywhere.to_vec(),
            Some(files) => files.iter().map(Some).collect(),
        };
        for file in files {
            let fits = |finding: &&mut Finding| {
                finding.code == code && file.is_none_or(|file| finding.place.file == *file)
            };
            let mut any = false;
            for finding in findings.iter_mut().filter(fits) {
                finding.allowed.get_or_insert(Allowed::Project);
                any = true;
            }
            if !any && own {
                let place = file.map_or(String::new(), |file| format!(" in {file}"));
                let message = format!("there is no {}{place} that this could allow", code.id());
                wrong.push((Code::UnusedAllow, file.unwrap_or(id), message, "it may go"));
            }
        }
    }
    for (code, word, message, action) in wrong {
        findings.push(in_manifest(manifest, code, word, message, action));
    }
}

/// A finding on a word of the manifest, behind its key `lint`.
fn in_manifest(
    manifest: &SourceFile,
    code: Code,
    word: &str,
    message: String,
    action: &str,
) -> Finding {
    let from = Manifest::LINT_KEY;
    let lines = 0..manifest.line_count();
    let begins = lines
        .clone()
        .find(|&line| manifest.line(line).starts_with(from));
    let found = lines
        .skip(begins.unwrap_or(0))
        .find_map(|line| Some((line, manifest.line(line).find(word)?)));
    let (line, at) = found.unwrap_or((begins.unwrap_or(0), 0));
    let text = manifest.line(line).to_owned();
    let end = (at + word.len()).min(text.len());
    let before = text.get(..at).unwrap_or_default().chars().count();
    let number = |n: usize| u32::try_from(n + 1).unwrap_or(u32::MAX);
    Finding {
        code,
        level: code.level(),
        place: Place {
            file: manifest.path.clone(),
            line: number(line),
            column: number(before),
        },
        in_docs: false,
        marked: at.min(end)..end,
        line: text,
        message,
        action: action.to_owned(),
        also: None,
        known: false,
        allowed: None,
    }
}
