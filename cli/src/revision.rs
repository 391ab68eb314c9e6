//! Which docs are read: a digest of their texts, and what people call them.

use std::path::Path;

use anyhow::{Context as _, bail};
use slate_codegen::slate::{self, Texts};
use slate_codegen::spec::Docs;

/// A file beside the index whose first line is the name of the revision.
pub const FILE: &str = "REVISION";

/// Longer names are a mistake.
const LONGEST: usize = 80;

/// The docs of a folder. The name is that of the option, else that in the file, else the beginning of the digest.
pub fn docs(folder: &Path, texts: &Texts, name: Option<&str>) -> anyhow::Result<Docs> {
    let sha256 = slate::digest(texts);
    let revision = match (name, std::fs::read_to_string(folder.join(FILE))) {
        (Some(name), _) => checked(name).context("--revision")?,
        (None, Ok(text)) => checked(text.lines().next().unwrap_or_default())
            .with_context(|| folder.join(FILE).display().to_string())?,
        (None, Err(error)) if error.kind() == std::io::ErrorKind::NotFound => {
            sha256.chars().take(12).collect()
        }
        (None, Err(error)) => {
            return Err(error).with_context(|| folder.join(FILE).display().to_string());
        }
    };
    Ok(Docs {
        revision,
        sha256,
        lines: slate::lines_digest(texts),
    })
}

/// A name goes into a manifest, into Rust and into Markdown, and means nothing in any of them.
fn checked(name: &str) -> anyhow::Result<String> {
    let name = name.trim();
    let fine = |c: char| c.is_ascii_alphanumeric() || " ._+-".contains(c);
    if name.is_empty() || name.len() > LONGEST || !name.chars().all(fine) {
        bail!("the name of a revision is 1 to {LONGEST} letters, digits, blanks and `._+-`");
    }
    Ok(name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_plain() {
        assert_eq!(checked(" 2021-12-28 \n").unwrap(), "2021-12-28");
        for name in ["", " ", "a\"b", "a`b", "a\nb", "ä", &"x".repeat(81)] {
            assert!(checked(name).is_err(), "{name:?}");
        }
    }
}
