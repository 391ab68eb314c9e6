//! The files of a new project.

use std::fmt::Write as _;

use super::clue::Clue;
use super::{Survey, yaml};
use crate::dialect::Dialect;
use crate::manifest::Manifest;

/// Longer names are cut.
const LONGEST: usize = 40;

/// Words of titles that say nothing of the API.
const EMPTY_WORDS: [&str; 8] = [
    "api",
    "docs",
    "document",
    "documentation",
    "reference",
    "rest",
    "guide",
    "the",
];

impl Survey {
    /// What the API is called in names: the words of its title.
    #[must_use]
    pub fn slug(&self) -> String {
        let words: Vec<String> = self
            .title
            .split(|c: char| !c.is_ascii_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_ascii_lowercase)
            .collect();
        let telling = words
            .iter()
            .filter(|word| !EMPTY_WORDS.contains(&word.as_str()));
        let mut out = String::new();
        for word in telling {
            if out.len() + word.len() >= LONGEST {
                break;
            }
            if !out.is_empty() {
                out.push('-');
            }
            out.push_str(word);
        }
        match out.chars().next() {
            None => "api".to_owned(),
            Some(first) if first.is_ascii_digit() => format!("api-{out}"),
            _ => out,
        }
    }

    /// `slate.yaml`. `docs` is the way to the docs from the project's folder, `runtime` that to the runtime from the crate's,
    /// where it is not the one of the registry.
    #[must_use]
    pub fn manifest(&self, docs: &str, runtime: Option<&str>) -> String {
        let mut out = String::from(
            "# The project: what the API is called, where its documentation is, and where what is made of it goes. \
             Paths are\n# relative to this folder.\n",
        );
        let title = self.title.split_whitespace().collect::<Vec<_>>().join(" ");
        if !title.is_empty() && !title.contains(char::is_control) {
            let _ = writeln!(out, "title: {}", yaml::scalar(&title));
        }
        let name = format!("{}-sdk", self.slug());
        let runtime = match runtime {
            Some(path) => format!("runtime: {{path: {}}}\n", yaml::scalar(path)),
            None => "# The crate takes slate-runtime from the registry; with this line, from a folder, as the crate finds it:\n\
                     # runtime: {path: ../../slate/runtime}\n"
                .to_owned(),
        };
        let rest = format!(
            "crate: {name}\ndocs: {}\nsdk: sdk\n{runtime}",
            yaml::scalar(docs)
        );
        out.push_str(&rest);
        // What cannot be read back would end each command.
        if Manifest::parse("slate.yaml", &out).is_ok() {
            return out;
        }
        rest
    }

    /// `overrides.yaml`.
    #[must_use]
    pub fn overrides(&self) -> String {
        "# Corrections of what the documentation gets wrong. An entry names a place of the spec, what is right there, and the\n\
         # line of the docs that is wrong; it expires when that line changes:\n\
         #\n\
         # - at: parcel/operations/parcel.track/params/number\n\
         #   set: {type: string}\n\
         #   because: Numbers of parcels have leading zeros.\n\
         #   file: includes/_parcel.md\n\
         #   line: number | int | Number of the parcel\n"
            .to_owned()
    }

    /// How callers authenticate, as a key of the dialect: the ways that most samples show. One that signs is all that a
    /// client has to know.
    fn client(&self) -> String {
        let shown = self.auth.iter();
        let mut facts: Vec<(String, String)> = shown
            .filter_map(|claim| {
                let why = format!("{} ({} of {} samples)", claim.way, claim.count, claim.of);
                Some((claim.fact()?, why))
            })
            .collect();
        if facts.iter().any(|(fact, _)| fact == "signature") {
            facts.retain(|(fact, _)| fact == "signature");
        }
        let mut out = String::new();
        let mut said: Vec<&String> = Vec::new();
        for (fact, why) in &facts {
            if said.contains(&fact) {
                continue;
            }
            said.push(fact);
            let _ = write!(out, "    # {}\n    - {fact}\n", yaml::comment(why));
        }
        if out.is_empty() {
            return out;
        }
        let text = format!("\nclient:\n  auth:\n{out}");
        // What cannot be read back would end each command.
        if Dialect::parse("dialect.yaml", &text).is_ok() {
            text
        } else {
            String::new()
        }
    }

    /// `dialect.yaml`.
    #[must_use]
    pub fn dialect(&self) -> String {
        let mut out = String::from(
            "# How this documentation is written, where the common words do not say it. A key here counts instead of the common\n\
             # one; what stands below `add` counts beside it. The comments say what was counted.\n\n",
        );
        let _ = writeln!(out, "id: {}", yaml::scalar(&self.slug()));
        for line in self.counted() {
            let _ = write!(out, "\n# {}", yaml::comment(&line));
        }
        out.push('\n');
        if !self.proposals.is_empty() {
            let _ = write!(out, "\n{}", yaml::lines(&self.proposals));
        }
        out.push_str(&self.client());
        let open: Vec<&Clue> = self.unread.iter().take(10).collect();
        if !open.is_empty() {
            out.push_str("\n# Not read yet, and the key that would say it:\n");
            for clue in open {
                let _ = writeln!(out, "# {}: {}", clue.path(), yaml::comment(&clue.what));
            }
        }
        out
    }
}
