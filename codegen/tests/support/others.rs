//! Other Slate documentation, where it lies on this machine, and what people read there.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use regex::Regex;
use serde_json::Value;
use slate_codegen::dialect::Dialect;
use slate_codegen::manifest::Manifest;
use slate_codegen::names::Names;
use slate_codegen::{Reading, Settings, files, read_docs, slate};

/// A documentation beside the repository, or beside the folder that `CAPILLARY_DOCS` names.
pub struct Other {
    docs: PathBuf,
    truth: Value,
    settings: Settings,
}

/// How well the operations were read.
pub struct Score {
    /// Those that people read.
    pub wanted: usize,
    /// Those that were found.
    pub found: usize,
    /// Those that are both.
    pub hit: usize,
    /// What people read and was not found.
    pub missed: Vec<String>,
}

impl Score {
    /// The harmonic mean of precision and recall.
    #[allow(clippy::cast_precision_loss, reason = "there are some hundreds")]
    pub fn f1(&self) -> f64 {
        2.0 * self.hit as f64 / (self.wanted + self.found).max(1) as f64
    }
}

impl Other {
    /// The documentation of that name, with the dialect of the test project; `None`, and a line that says so, where it is
    /// not there.
    pub fn open(name: &str) -> Option<Self> {
        let own = Path::new(env!("CARGO_MANIFEST_DIR"));
        let folder = std::env::var_os("CAPILLARY_DOCS").map_or_else(
            || own.join("../../shared/docs/other"),
            |told| Path::new(&told).join("../other"),
        );
        let docs = folder.join(name);
        let truth = folder.join(format!("../../truth/other/{name}.json"));
        let Ok(truth) = std::fs::read_to_string(&truth) else {
            eprintln!(
                "skipped, nothing was checked: {} is not there",
                truth.display()
            );
            return None;
        };
        let path = own.join(format!("tests/projects/{name}/dialect.yaml"));
        let yaml = std::fs::read_to_string(&path).unwrap();
        let manifest = Manifest::new("other-sdk");
        Some(Self {
            docs,
            truth: serde_json::from_str(&truth).unwrap(),
            settings: Settings {
                layout: manifest.layout("project"),
                manifest,
                dialect: Dialect::parse(&path.to_string_lossy(), &yaml).unwrap(),
                overrides: Vec::new(),
                names: Names::default(),
                version: "0.1.0".to_owned(),
            },
        })
    }

    /// Reads it.
    pub fn read(&self) -> Reading {
        let texts = slate::load_as(&self.docs, &self.settings.dialect.layout()).unwrap();
        read_docs(&texts, &self.settings).unwrap()
    }

    /// The files that are made of it.
    pub fn files(&self, reading: &Reading) -> usize {
        files(reading, &self.settings).unwrap().len()
    }

    /// Compares what was read with what people read: the heading, the method and the path of each operation.
    pub fn operations(&self, reading: &Reading) -> Score {
        let mut here: HashMap<(String, u64), Vec<(String, String)>> = HashMap::new();
        let mut found = 0;
        for entity in &reading.inferred.spec.entities {
            for operation in &entity.operations {
                found += 1;
                let at = (
                    file(&operation.source.file),
                    u64::from(operation.source.line),
                );
                let call = (operation.method.clone(), path(&operation.path));
                here.entry(at).or_default().push(call);
            }
        }
        let mut score = Score {
            wanted: 0,
            found,
            hit: 0,
            missed: Vec::new(),
        };
        for wanted in self.truth["operations"].as_array().unwrap() {
            score.wanted += 1;
            let text = |key: &str| wanted[key].as_str().unwrap_or_default();
            let others = wanted["alt_paths"].as_array().into_iter().flatten();
            let paths: BTreeSet<String> = others
                .filter_map(Value::as_str)
                .chain([text("path")])
                .map(path)
                .collect();
            let at = (
                file(text("file")),
                wanted["line"].as_u64().unwrap_or_default(),
            );
            let there = here.entry(at).or_default();
            let fits = |(method, path): &(String, String)| {
                (text("method").is_empty() || method == text("method")) && paths.contains(path)
            };
            if let Some(hit) = there.iter().position(fits) {
                there.remove(hit);
                score.hit += 1;
            } else {
                let (file, line, title) = (text("file"), &wanted["line"], text("title"));
                let method = text("method");
                score.missed.push(format!(
                    "{file}:{line} {title:?}: {method} {paths:?}, not {there:?}"
                ));
            }
        }
        for ((file, line), left) in here.into_iter().filter(|(_, left)| !left.is_empty()) {
            score
                .missed
                .push(format!("{file}:{line} is none: {left:?}"));
        }
        score
    }

    /// Rows of tables and blocks of code that neither the spec nor a finding names, in the files of which one does.
    pub fn silent(&self, reading: &Reading) -> Vec<String> {
        let mut named = BTreeSet::new();
        places(
            &serde_json::to_value(&reading.inferred.spec).unwrap(),
            &mut named,
        );
        for finding in &reading.diagnostics {
            let place = reading.sources.place(finding.span);
            named.insert((place.file, u64::from(place.line)));
        }
        let files: BTreeSet<&String> = named.iter().map(|(file, _)| file).collect();
        let source = match self.docs.join("source") {
            source if source.is_dir() => source,
            _ => self.docs.clone(),
        };
        let texts = files.into_iter().filter_map(|file| {
            let bytes = std::fs::read(source.join(file)).ok()?;
            Some((file, String::from_utf8_lossy(&bytes).into_owned()))
        });
        texts
            .flat_map(|(file, text)| lost(file, &text, &named))
            .collect()
    }
}

/// Rows and blocks of a file that nothing names.
fn lost(file: &str, text: &str, named: &BTreeSet<(String, u64)>) -> Vec<String> {
    let regex = |text: &str| Regex::new(text).unwrap();
    let fence = regex(r"^\s*(```|~~~)");
    let heading = regex(r"^#{1,6} ");
    let ruler = regex(r"^\s*\|?\s*:?-{2,}:?\s*(\|\s*:?-*:?\s*)+$");
    let resource =
        regex(r"(?i)^\|?\s*(uri|http methods?|authentication|batch support|rate limited?)\b");
    let lines: Vec<&str> = text.trim_start_matches('\u{feff}').split('\n').collect();
    let (mut out, mut inside, mut head, mut at) = (Vec::new(), false, 0, 0);
    let is_named = |lines: &[usize]| {
        let mut lines = lines.iter();
        lines.any(|line| named.contains(&(file.to_owned(), *line as u64)))
    };
    while at < lines.len() {
        if fence.is_match(lines[at]) {
            inside = !inside;
            if inside && !is_named(&[at + 1, at + 2, head]) {
                out.push(format!("{file}:{}: {}", at + 1, lines[at]));
            }
        } else if !inside {
            if heading.is_match(lines[at]) {
                head = at + 1;
            }
            if at > 0 && lines[at - 1].contains('|') && ruler.is_match(lines[at].trim_end()) {
                let header = at;
                let rows = lines[at + 1..].iter().take_while(|line| line.contains('|'));
                let rows: Vec<(usize, &str)> = (at + 2..).zip(rows.map(|row| row.trim())).collect();
                at += rows.len() + 1;
                // What such a table says is a trait of the operation.
                if !rows.iter().any(|(_, row)| resource.is_match(row)) {
                    let rows = rows
                        .iter()
                        .filter(|(line, _)| !is_named(&[*line, header, head]));
                    out.extend(rows.map(|(line, row)| format!("{file}:{line}: {row}")));
                }
                continue;
            }
        }
        at += 1;
    }
    out
}

/// All places that a spec names.
fn places(value: &Value, out: &mut BTreeSet<(String, u64)>) {
    match value {
        Value::Object(map) => {
            if let (2, Some(file), Some(line)) = (
                map.len(),
                map.get("file").and_then(Value::as_str),
                map.get("line").and_then(Value::as_u64),
            ) {
                out.insert((file.to_owned(), line));
            }
            map.values().for_each(|value| places(value, out));
        }
        Value::Array(items) => items.iter().for_each(|value| places(value, out)),
        _ => {}
    }
}

fn file(path: &str) -> String {
    let path = path.strip_prefix("./").unwrap_or(path);
    let path = path.strip_prefix("source/").unwrap_or(path);
    path.replace("localizable/", "")
}

/// A path without host, query and names of placeholders.
fn path(text: &str) -> String {
    let regex = |text: &str| Regex::new(text).unwrap();
    let text = regex(r"^https?://[^/]+").replace(text.trim(), "");
    let text = regex(r"\{+[^}]*\}+|<[^>]*>|:[A-Za-z_]\w*").replace_all(&text, "{}");
    let text = regex(r"\?.*|\(\?.*").replace(&text, "");
    format!("/{}", text.trim().trim_matches('/'))
}
