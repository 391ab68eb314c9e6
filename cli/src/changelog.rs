//! What a change of the docs does to the crate: its version, and an entry in its changelog.

use std::path::Path;

use anyhow::Context as _;
use slate_codegen::diff::{self, Step};
use slate_codegen::emit::OutFile;
use slate_codegen::names::Names;
use slate_codegen::spec::{self, Docs, Spec};
use slate_codegen::{Reading, Settings};

use crate::diff as sides;
use crate::home::Home;
use crate::output::note;

/// What it is called, in the folder of the crate.
pub const FILE: &str = "CHANGELOG.md";

const HEAD: &str = "# Changelog

`gen` adds an entry when the documentation changes. The text of older entries is for people to
edit, in the manner of [Keep a Changelog](https://keepachangelog.com).

";

/// Compares with the spec below `root`. Where other docs say something else, in facts or in words, the version moves and an
/// entry is added: users see the words as rustdoc. Where the docs are the same, whatever changed is no change of theirs
/// and nothing moves. Gives the changelog,
/// and the spec written down.
pub fn settle(
    root: &Path,
    home: &Home,
    reading: &mut Reading,
    settings: &mut Settings,
) -> anyhow::Result<(OutFile, Vec<(String, String)>)> {
    if let Some(version) = home.version_below(root) {
        settings.version = version;
    }
    let place = home.layout.sdk(FILE);
    let path = root.join(&place);
    let mut log = match std::fs::read_to_string(&path) {
        Ok(text) => Some(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
        Err(error) => return Err(error).with_context(|| path.display().to_string()),
    };
    let mut texts = spec::to_files(&reading.inferred.spec)?;
    let folder = root.join(home.spec("api"));
    let before = if folder.join("api.yaml").is_file() {
        // What is there may be half of a merge: it is written anew, and people have to look after the version.
        sides::folder_beside(&folder, &reading.inferred.spec, &texts)
            .inspect_err(|error| note!("the version stays, nothing to compare with: {error:#}"))
            .ok()
    } else {
        None
    };
    // What is the same moved nowhere.
    if let Some(before) = before
        .as_ref()
        .filter(|before| before.entities != reading.inferred.spec.entities)
    {
        let (spec, dialect) = (&reading.inferred.spec, &settings.dialect);
        reading.names = diff::carried(before, spec, dialect, &reading.names);
    }
    let spec = &mut reading.inferred.spec;
    let docs = spec.api.docs.clone().unwrap_or_default();
    let known = before.as_ref().and_then(|before| before.api.docs.clone());
    let mut entry = None;
    if let (Some(before), Some(known)) = (&before, &known) {
        if known.sha256 == docs.sha256 {
            keep_name(spec, known, &docs);
            if let Some(api) = texts.first_mut() {
                *api = spec::api_file(&spec.api)?;
            }
        } else {
            entry = moved(before, spec, settings, &reading.names, &docs)
                .with_context(|| home.crate_manifest())?;
        }
    }
    let text = match (log.take(), entry) {
        (Some(log), Some(entry)) => insert(&log, &entry),
        (Some(log), None) => log,
        (None, Some(entry)) => format!("{HEAD}{entry}"),
        (None, None) => format!("{HEAD}{}", first(&settings.version, &docs)),
    };
    let log = OutFile { path: place, text };
    Ok((log, texts))
}

/// The same docs without a name of their own keep the one they were given.
fn keep_name(spec: &mut Spec, known: &Docs, docs: &Docs) {
    if docs.sha256.starts_with(&docs.revision) {
        spec.api.docs = Some(Docs {
            revision: known.revision.clone(),
            ..docs.clone()
        });
    }
}

/// Moves the version by the step that the changes ask for, and gives the entry.
fn moved(
    before: &Spec,
    spec: &Spec,
    settings: &mut Settings,
    names: &Names,
    docs: &Docs,
) -> anyhow::Result<Option<String>> {
    let mut report = diff::compare(before, spec, &settings.dialect, names);
    diff::add_digest(&mut report, before, spec);
    let step = Step::of(&report, &settings.version);
    if step == Step::None {
        return Ok(None);
    }
    settings.version = step.apply(&settings.version)?;
    let entry = diff::changelog(&report, &settings.version, &docs.revision);
    Ok(Some(entry))
}

fn first(version: &str, docs: &Docs) -> String {
    format!(
        "## [{version}]\n\nThe first version, made from revision `{}` of the documentation.\n",
        docs.revision
    )
}

/// Puts an entry before the newest, below what people keep under `Unreleased`.
fn insert(log: &str, entry: &str) -> String {
    let mut at = 0;
    for line in log.split_inclusive('\n') {
        let heading = line.strip_prefix("## ");
        if heading.is_some_and(|title| !title.to_lowercase().contains("unreleased")) {
            let (head, rest) = log.split_at(at);
            return format!("{head}{entry}{rest}");
        }
        at += line.len();
    }
    let gap = if log.ends_with("\n\n") {
        ""
    } else if log.ends_with('\n') {
        "\n"
    } else {
        "\n\n"
    };
    format!("{log}{gap}{entry}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_entry_is_the_first_and_older_text_stays() {
        let log = "# Changelog\n\n## [Unreleased]\n\nBy hand.\n\n## [0.1.0]\n\nOld.\n";
        assert_eq!(
            insert(log, "## [0.2.0]\n\nNew.\n\n"),
            "# Changelog\n\n## [Unreleased]\n\nBy hand.\n\n## [0.2.0]\n\nNew.\n\n## [0.1.0]\n\nOld.\n"
        );
        assert_eq!(
            insert("# Changelog", "## [0.1.0]\n"),
            "# Changelog\n\n## [0.1.0]\n"
        );
    }
}
