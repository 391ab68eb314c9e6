//! Which operation a request is for: by method and path, whatever stands before the path.

use std::borrow::Cow;
use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::found::truth;
use super::places::Places;

/// The paths of all operations.
pub(super) struct Routes<'s> {
    /// Paths without parameters, and their operations.
    plain: HashMap<String, Vec<u32>>,
    /// Paths with parameters, and their operations.
    templates: Vec<(Vec<Cow<'s, str>>, u32)>,
    methods: Vec<&'s str>,
    suffixes: Vec<String>,
}

/// What a request asks for.
pub(super) enum Routed {
    /// One of these operations.
    To(Vec<u32>),
    /// Operations have this path, by other methods.
    OtherMethods,
    Nowhere,
}

impl<'s> Routes<'s> {
    pub(super) fn new(places: &Places<'s>) -> Self {
        let formats = places.wire.format_suffixes.iter();
        let mut out = Self {
            plain: HashMap::new(),
            templates: Vec::new(),
            methods: Vec::new(),
            suffixes: formats.map(|format| format!(".{format}")).collect(),
        };
        for (number, known) in (0..).zip(&places.operations) {
            let operation = known.operation;
            out.methods.push(&operation.method);
            let suffix = operation.suffix.as_ref().map(|suffix| format!(".{suffix}"));
            let suffix = suffix.unwrap_or_default();
            let others = operation.alternatives.iter().map(|other| &other.path);
            for path in std::iter::once(&operation.path).chain(others) {
                out.add(path, &suffix, number);
            }
        }
        out
    }

    fn add(&mut self, path: &'s str, suffix: &str, number: u32) {
        let path = path.trim_matches('/');
        if !path.contains('{') {
            let key = format!("/{path}{suffix}").to_ascii_lowercase();
            let known = self.plain.entry(key).or_default();
            if !known.contains(&number) {
                known.push(number);
            }
            return;
        }
        let mut steps: Vec<Cow<'s, str>> = path.split('/').map(Cow::Borrowed).collect();
        if let Some(last) = steps.last_mut().filter(|last| !last.starts_with('{')) {
            last.to_mut().push_str(suffix);
        }
        self.templates.push((steps, number));
    }

    /// The operations with a method and a path; `path` is without host and query.
    pub(super) fn find(&self, method: &str, path: &str) -> Routed {
        let mut found = self.at(path);
        if found.is_empty() {
            for suffix in &self.suffixes {
                if let Some(path) = path.strip_suffix(suffix.as_str()) {
                    found = self.at(path);
                }
            }
        }
        if found.is_empty() {
            return Routed::Nowhere;
        }
        found.retain(|number| {
            let known = self.methods.get(*number as usize);
            known.is_some_and(|known| known.eq_ignore_ascii_case(method))
        });
        if found.is_empty() {
            Routed::OtherMethods
        } else {
            Routed::To(found)
        }
    }

    fn at(&self, path: &str) -> Vec<u32> {
        let path = path.strip_suffix('/').unwrap_or(path);
        let decoded = if path.contains('%') {
            percent_decode_str(path).decode_utf8_lossy()
        } else {
            Cow::Borrowed(path)
        };
        let lower = if decoded.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(decoded.to_ascii_lowercase())
        } else {
            Cow::Borrowed(decoded.as_ref())
        };
        // The longest end of the path that is known: what stands before it is a gateway's.
        for (start, _) in lower.match_indices('/') {
            if let Some(known) = self.plain.get(&lower[start..]) {
                return known.clone();
            }
        }
        let steps: Vec<&str> = path.split('/').filter(|step| !step.is_empty()).collect();
        let mut best: Vec<(usize, u32)> = Vec::new();
        for (template, number) in &self.templates {
            if let Some(plain) = fit(template, &steps) {
                best.push((plain, *number));
            }
        }
        // The most steps that are no parameters.
        let most = best.iter().map(|(plain, _)| *plain).max();
        let nearest = best.into_iter().filter(|(plain, _)| Some(*plain) == most);
        nearest.map(|(_, number)| number).collect()
    }
}

/// How many steps of a template that a path ends in are words.
fn fit(template: &[Cow<'_, str>], steps: &[&str]) -> Option<usize> {
    let end = steps.get(steps.len().checked_sub(template.len())?..)?;
    let mut plain = 0;
    for (wanted, there) in template.iter().zip(end) {
        if wanted.starts_with('{') {
            continue;
        }
        if !percent_decode_str(there).eq(wanted.bytes()) && !there.eq_ignore_ascii_case(wanted) {
            return None;
        }
        plain += 1;
    }
    (plain > 0).then_some(plain)
}

/// A URL without its host: the path, and the query.
pub(super) fn split(url: &str) -> (&str, &str) {
    let url = url.split('#').next().unwrap_or_default();
    let rest = match url.find("://") {
        Some(at) => {
            let host = &url[at + 3..];
            host.find(['/', '?']).map_or("/", |at| &host[at..])
        }
        None => url,
    };
    rest.split_once('?').unwrap_or((rest, ""))
}

/// The parameters of a query, decoded.
pub(super) fn query(text: &str) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
    text.split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(value)))
}

/// Which of these flags are true in a query, each as a bit.
pub(super) fn lifted(flags: &[&str], text: &str) -> u64 {
    // Few operations have any.
    if flags.is_empty() {
        return 0;
    }
    query(text)
        .filter(|(_, value)| truth(value.as_bytes()) == Some(true))
        .filter_map(|(name, _)| flags.iter().position(|flag| *flag == name))
        .fold(0, |bits, at| bits | 1 << at)
}

fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains(['%', '+']) {
        return Cow::Borrowed(text);
    }
    let text = text.replace('+', " ");
    Cow::Owned(percent_decode_str(&text).decode_utf8_lossy().into_owned())
}
