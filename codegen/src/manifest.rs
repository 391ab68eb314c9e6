//! `slate.yaml`: what a project is called, where its documentation is, and where what is made of it goes.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use crate::InputError;
use crate::dialect::yaml_error;

/// `slate.yaml`.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// What the API is called in running text; the title of its docs, where this is empty.
    #[serde(default)]
    pub title: String,
    /// Name of the crate.
    #[serde(rename = "crate")]
    pub crate_name: String,
    /// The Slate `source` folder, relative to the project.
    #[serde(default = "docs")]
    pub docs: String,
    /// The folder of the crate, relative to the project.
    #[serde(default = "sdk")]
    pub sdk: String,
    /// Licence of the crate, as an SPDX expression.
    #[serde(default)]
    pub license: String,
    /// Address of the crate's repository.
    #[serde(default)]
    pub repository: String,
    /// Address of the crate's home page.
    #[serde(default)]
    pub homepage: String,
    /// Address of the crate's documentation.
    #[serde(default)]
    pub documentation: String,
    /// Address of the guide that the crate leads its readers to.
    #[serde(default)]
    pub guide: String,
    /// Words that the crate is found by, besides those that all such crates have: the registry takes three more.
    #[serde(default)]
    pub keywords: Vec<String>,
    /// The runtime that the crate is built with.
    #[serde(default)]
    pub runtime: Runtime,
    /// Whether the crate takes edition, licence and lints from a workspace.
    #[serde(default)]
    pub workspace: bool,
    /// How people run the generator on this project, as files that are made say it.
    #[serde(default = "command")]
    pub command: String,
    /// Credentials for examples.
    #[serde(default)]
    pub example: Example,
    /// Where the page on kinds of findings goes, relative to the project; it is not written where this is empty.
    #[serde(default)]
    pub findings_page: String,
    /// What `lint` is to know of these docs.
    #[serde(default)]
    pub lint: Lint,
}

/// What `lint` is to know of a project.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Lint {
    /// Kinds of findings that are fine, by their ids: everywhere, or in the files that are listed, as `lint` calls them.
    #[serde(default)]
    pub allow: BTreeMap<String, Option<Vec<String>>>,
}

/// The runtime of a crate.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Runtime {
    /// Its folder, relative to the crate; that of the registry, where this is empty.
    #[serde(default)]
    pub path: String,
}

/// Credentials for examples.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// A user.
    pub user: String,
    /// A password, or a token.
    pub password: String,
}

impl Default for Example {
    fn default() -> Self {
        Self {
            user: "user".to_owned(),
            password: "secret".to_owned(),
        }
    }
}

fn command() -> String {
    "slate-gen".to_owned()
}

fn docs() -> String {
    "docs".to_owned()
}

fn sdk() -> String {
    "sdk".to_owned()
}

/// Longer names are a mistake.
const LONGEST: usize = 64;

/// A registry takes five keywords; two are the same for all crates that are made.
const MORE_KEYWORDS: usize = 3;

/// Longer keywords are refused by the registry.
const LONGEST_KEYWORD: usize = 20;

impl Manifest {
    /// A project without a file of its own.
    #[must_use]
    pub fn new(crate_name: &str) -> Self {
        Self {
            title: String::new(),
            crate_name: crate_name.to_owned(),
            docs: docs(),
            sdk: sdk(),
            license: String::new(),
            repository: String::new(),
            homepage: String::new(),
            documentation: String::new(),
            guide: String::new(),
            keywords: Vec::new(),
            runtime: Runtime::default(),
            workspace: false,
            command: command(),
            example: Example::default(),
            findings_page: String::new(),
            lint: Lint::default(),
        }
    }

    /// The key of [`Manifest::lint`], as the file has it.
    pub const LINT_KEY: &'static str = "lint:";

    /// Reads the file; `path` is for messages.
    ///
    /// # Errors
    /// When the YAML is not valid, or something in it cannot be what it has to be.
    pub fn parse(path: &str, yaml: &str) -> Result<Self, InputError> {
        let manifest: Self =
            serde_yaml::from_str(yaml).map_err(|error| yaml_error(path, &error))?;
        manifest
            .check()
            .map_err(|why| InputError::new(format!("{path}: {why}")))?;
        Ok(manifest)
    }

    fn check(&self) -> Result<(), String> {
        let name = &self.crate_name;
        let fine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
        let first = name.chars().next();
        if !name.chars().all(fine)
            || !first.is_some_and(|c| c.is_ascii_lowercase())
            || name.len() > LONGEST
            || crate::emit::ident::KEYWORDS.contains(&name.as_str())
        {
            return Err(format!(
                "crate: {name:?} is no name of a crate: lower case letters, digits, - and _, a letter first"
            ));
        }
        for (key, text) in [
            ("title", &self.title),
            ("license", &self.license),
            ("command", &self.command),
            ("runtime.path", &self.runtime.path),
            ("example.user", &self.example.user),
            ("example.password", &self.example.password),
        ] {
            if text.contains(char::is_control) {
                return Err(format!("{key}: a control character"));
            }
        }
        self.check_addresses()?;
        self.check_keywords()?;
        let licence = |c: char| c.is_ascii_alphanumeric() || " -+.()/".contains(c);
        if !self.license.chars().all(licence) {
            return Err(format!("license: {:?} is no SPDX expression", self.license));
        }
        for (key, path) in [("docs", &self.docs), ("sdk", &self.sdk)] {
            if path.is_empty() || Path::new(path).is_absolute() || path.contains(['\\', '\0']) {
                return Err(format!(
                    "{key}: {path:?} is no path below or beside the project"
                ));
            }
        }
        if up(&self.sdk) > 1 || up(&self.findings_page) > 1 {
            return Err(
                "what is written lies in the project or beside it, not further up".to_owned(),
            );
        }
        Ok(())
    }

    /// An address goes into the manifest and into comments of the crate as it is.
    fn check_addresses(&self) -> Result<(), String> {
        for (key, text) in [
            ("repository", &self.repository),
            ("homepage", &self.homepage),
            ("documentation", &self.documentation),
            ("guide", &self.guide),
        ] {
            let fine = |c: char| c.is_ascii_graphic() && !"\"\\<>()[]`{}|^".contains(c);
            let web = text.starts_with("https://") || text.starts_with("http://");
            let usable = text.is_empty() || (web && text.chars().all(fine));
            if !usable {
                return Err(format!(
                    "{key}: {text:?} is no address that begins with https://"
                ));
            }
        }
        Ok(())
    }

    /// What a registry would refuse is said here, where it can be mended.
    fn check_keywords(&self) -> Result<(), String> {
        if self.keywords.len() > MORE_KEYWORDS {
            return Err(format!("keywords: more than {MORE_KEYWORDS}"));
        }
        let inner = |c: char| c.is_ascii_alphanumeric() || "_-+".contains(c);
        for word in &self.keywords {
            let begins = word.starts_with(|c: char| c.is_ascii_alphanumeric());
            if !begins || word.len() > LONGEST_KEYWORD || !word.chars().all(inner) {
                return Err(format!(
                    "keywords: {word:?} is none: up to {LONGEST_KEYWORD} letters, digits, _, - and +"
                ));
            }
        }
        Ok(())
    }

    /// The name of the crate in Rust.
    #[must_use]
    pub fn library(&self) -> String {
        self.crate_name.replace('-', "_")
    }

    /// Where files are below the folder that holds all that is written.
    #[must_use]
    pub fn layout(&self, project: &str) -> Layout {
        let beside = up(&self.sdk) + up(&self.findings_page) > 0;
        let below = |path: &str| {
            let path = if beside {
                format!("{project}/{path}")
            } else {
                path.to_owned()
            };
            plain(&path)
        };
        Layout {
            beside,
            spec: below("."),
            sdk: below(&self.sdk),
            findings_page: below(&self.findings_page),
        }
    }
}

/// How far a path leads up at most.
fn up(path: &str) -> usize {
    let (mut depth, mut up) = (0_usize, 0_usize);
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir if depth == 0 => up += 1,
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            _ => {}
        }
    }
    up
}

/// The path without `.` and `..`.
fn plain(path: &str) -> String {
    let mut out: Vec<String> = Vec::new();
    for part in Path::new(path).components() {
        match part {
            Component::ParentDir => drop(out.pop()),
            Component::Normal(part) => out.push(part.to_string_lossy().into_owned()),
            _ => {}
        }
    }
    out.join("/")
}

/// Where the files of a project are, with `/`, below the folder that holds all that is written: the project's folder, or
/// the one above where the crate stands beside it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Whether the crate stands beside the project.
    pub beside: bool,
    /// The project; empty for the folder itself.
    pub spec: String,
    /// The crate.
    pub sdk: String,
    /// The page on kinds of findings; empty if there is none.
    pub findings_page: String,
}

impl Layout {
    /// The folder that holds all that is written.
    #[must_use]
    pub fn root(&self, project: &Path) -> PathBuf {
        let above = self.beside.then(|| project.parent()).flatten();
        above.unwrap_or(project).to_owned()
    }

    /// A file of the project.
    #[must_use]
    pub fn spec(&self, file: &str) -> String {
        join(&self.spec, file)
    }

    /// A file of the crate.
    #[must_use]
    pub fn sdk(&self, file: &str) -> String {
        join(&self.sdk, file)
    }

    /// Folders that belong to the generator: files in them that it no longer makes are removed. Most examples of the crate
    /// are written by people, so nothing is removed there.
    #[must_use]
    pub fn owned(&self) -> [String; 4] {
        [
            self.spec("api"),
            self.sdk("samples"),
            self.sdk("src"),
            self.sdk("tests"),
        ]
    }
}

fn join(folder: &str, file: &str) -> String {
    if folder.is_empty() {
        file.to_owned()
    } else {
        format!("{folder}/{file}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_enough() {
        let manifest = Manifest::parse("slate.yaml", "crate: parcel-sdk\n").unwrap();
        assert_eq!(manifest, Manifest::new("parcel-sdk"));
        assert_eq!(manifest.library(), "parcel_sdk");
        let layout = manifest.layout("project");
        assert_eq!(layout.spec("names.yaml"), "names.yaml");
        assert_eq!(layout.sdk("src/lib.rs"), "sdk/src/lib.rs");
        assert_eq!(layout.root(Path::new("/a/b")), Path::new("/a/b"));
    }

    #[test]
    fn the_crate_may_stand_beside_the_project() {
        let yaml = "crate: parcel-sdk\nsdk: ../generated\nfindings_page: ../docs/x.md\n";
        let layout = Manifest::parse("slate.yaml", yaml).unwrap().layout("spec");
        assert_eq!(layout.spec("names.yaml"), "spec/names.yaml");
        assert_eq!(layout.sdk("src/lib.rs"), "generated/src/lib.rs");
        assert_eq!(layout.findings_page, "docs/x.md");
        assert_eq!(layout.root(Path::new("/a/spec")), Path::new("/a"));
    }

    #[test]
    fn what_cannot_be_is_an_error() {
        for (yaml, part) in [
            ("crate: Parcel", "no name of a crate"),
            ("crate: self", "no name of a crate"),
            ("crate: ''", "no name of a crate"),
            ("crate: a\nsdk: /etc", "no path"),
            ("crate: a\nsdk: ../../x", "further up"),
            ("crate: a\nsdk: x/../../../y", "further up"),
            ("crate: a\ntitle: \"a\\nb\"", "control character"),
            ("crate: a\nlicense: 'MIT\"'", "SPDX"),
            ("crate: a\nrepository: 'git@host:a'", "no address"),
            ("crate: a\nhomepage: 'https://a.example/\"x'", "no address"),
            ("crate: a\nguide: 'https://a.example/)x'", "no address"),
            ("crate: a\nkeywords: [a, b, c, d]", "more than 3"),
            ("crate: a\nkeywords: ['two words']", "is none"),
            ("crate: a\nname: b", "unknown field"),
            ("title: a", "missing field"),
        ] {
            let error = Manifest::parse("slate.yaml", yaml).unwrap_err().to_string();
            assert!(
                error.contains(part) && error.contains("slate.yaml"),
                "{yaml}: {error}"
            );
        }
    }
}
