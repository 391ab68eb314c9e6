//! What of traffic may be shown: the docs' own words. Paths, methods and keys of objects may hold data: a customer's number
//! is a segment of a path, a name the key of an object.
//!
//! `observe` shows by these rules what it found, and the recorder writes by them. Neither shows a value.

use std::collections::{BTreeSet, HashSet};

use crate::dialect::Wire;
use crate::spec::{Entity, In, Operation, Spec};

/// What stands for a segment of a path that is not shown.
pub const SEGMENT: &str = "{…}";

/// The longest name that is shown.
const LONGEST: usize = 40;
/// More digits than names have; account numbers and telephone numbers do.
const MOST_DIGITS: usize = 4;

/// The names and paths of an API.
#[derive(Clone, Debug, Default)]
pub struct Documented {
    names: HashSet<Box<str>>,
    words: HashSet<Box<str>>,
    paths: Vec<Box<str>>,
    /// The segments of the paths that are no parameters, in small letters.
    segments: HashSet<Box<str>>,
    formats: Vec<Box<str>>,
}

impl Documented {
    /// The documented names, templates of paths with parameters as `{name}`, and ends of paths that name a format.
    #[must_use]
    pub fn new<'t>(
        names: impl IntoIterator<Item = &'t str>,
        paths: impl IntoIterator<Item = &'t str>,
        formats: impl IntoIterator<Item = &'t str>,
    ) -> Self {
        let mut out = Self::default();
        for name in names {
            out.words.extend(words(name).into_iter().map(Box::from));
            out.names.insert(name.into());
        }
        for path in paths {
            let segments = path
                .split('/')
                .filter(|segment| !segment.contains(['{', '}']));
            out.segments
                .extend(segments.map(|segment| segment.to_ascii_lowercase().into()));
            out.paths.push(path.into());
        }
        out.formats.extend(formats.into_iter().map(Box::from));
        out
    }

    /// Those of a spec.
    #[must_use]
    pub fn of(spec: &Spec, wire: &Wire) -> Self {
        let paths = paths(spec);
        let formats = wire.format_suffixes.iter().map(String::as_str);
        Self::new(names(spec, wire), paths.iter().map(String::as_str), formats)
    }

    /// Whether the docs have a name, or all of its words: `success_count`, where they have `success` and `count`.
    #[must_use]
    pub fn has_name(&self, name: &str) -> bool {
        if self.names.contains(name) {
            return true;
        }
        let words = words(name);
        let is_known = |word: &String| self.words.contains(word.as_str());
        is_name(name) && !name.bytes().any(|b| b.is_ascii_digit()) && words.iter().all(is_known)
    }

    /// The segments of a path that may be shown; nothing for each that may be data. Words that occur in no documented path
    /// may be names of people.
    #[must_use]
    pub fn segments<'p>(&self, path: &'p str) -> Vec<Option<&'p str>> {
        let segments: Vec<&str> = path.split('/').collect();
        let template = self.paths.iter().find(|template| {
            let wanted = template.split('/');
            wanted.clone().count() == segments.len()
                && wanted
                    .zip(&segments)
                    .all(|(wanted, segment)| is_parameter(wanted) || self.same(wanted, segment))
        });
        let known = |segment: &&str| {
            let bare = self.bare(segment).to_ascii_lowercase();
            segment.is_empty() || is_version(segment) || self.segments.contains(bare.as_str())
        };
        match template {
            Some(template) => template
                .split('/')
                .zip(segments)
                .map(|(wanted, segment)| Some(segment).filter(|_| !is_parameter(wanted)))
                .collect(),
            None => segments
                .into_iter()
                .map(|segment| Some(segment).filter(known))
                .collect(),
        }
    }

    /// A path of which only that is left which may be shown.
    #[must_use]
    pub fn path(&self, path: &str) -> String {
        let segments = self.segments(path);
        let shown = segments
            .into_iter()
            .map(|segment| segment.unwrap_or(SEGMENT));
        shown.collect::<Vec<_>>().join("/")
    }

    /// Keys such as `a.b[].c`, as they may be shown: the docs' own names, and if it came `often`, all that look like names.
    #[must_use]
    pub fn keys(&self, keys: &str, often: bool) -> String {
        let shown = |key: &str| {
            let name = key.trim_end_matches("[]");
            let stays = is_kind(name) || self.has_name(name) || (often && is_name(name));
            let shown = if stays || name.is_empty() {
                name
            } else {
                kind_of_key(name)
            };
            format!("{shown}{}", &key[name.len()..])
        };
        keys.split('.').map(shown).collect::<Vec<_>>().join(".")
    }

    /// Whether a segment of a path is that of a template. It may end in a format.
    fn same(&self, wanted: &str, segment: &str) -> bool {
        segment.eq_ignore_ascii_case(wanted) || self.bare(segment).eq_ignore_ascii_case(wanted)
    }

    fn bare<'p>(&self, segment: &'p str) -> &'p str {
        match segment.rsplit_once('.') {
            Some((bare, format)) if self.formats.iter().any(|known| **known == *format) => bare,
            _ => segment,
        }
    }
}

/// The names of all parameters and members, and those that every answer has.
#[must_use]
pub fn names<'s>(spec: &'s Spec, wire: &'s Wire) -> BTreeSet<&'s str> {
    let params = operations(spec).flat_map(|operation| &operation.params);
    let params = params.filter(|param| param.place != In::Header);
    let members = spec.entities.iter().flat_map(Entity::members);
    let of_wire = [
        &wire.item,
        &wire.status,
        &wire.item_status,
        &wire.format_query,
    ]
    .into_iter()
    .chain(&wire.roots)
    .chain(&wire.status_fields)
    .chain(&wire.remarks)
    .chain(&wire.empty_remarks)
    .chain(&wire.null_attributes);
    params
        .map(|param| param.name.as_str())
        .chain(members.map(|field| field.name.as_str()))
        .chain(of_wire.map(String::as_str).filter(|name| !name.is_empty()))
        .collect()
}

/// The templates of all paths. Those of hosts that have a path, too: a client may send it to a recorder.
#[must_use]
pub fn paths(spec: &Spec) -> BTreeSet<String> {
    let own = operations(spec).flat_map(|operation| {
        let others = operation.alternatives.iter().map(|other| &other.path);
        std::iter::once(&operation.path).chain(others).cloned()
    });
    let of_hosts = hosts(spec).filter_map(|host| {
        let (_, path) = host.split_once('/')?;
        Some(format!("/{path}"))
    });
    own.chain(of_hosts).collect()
}

/// All hosts, with the path that some have, and with placeholders.
pub(crate) fn hosts(spec: &Spec) -> impl Iterator<Item = &str> {
    spec.api.hosts.values().flat_map(|family| {
        let hosts = family.clusters.values().chain([&family.url]);
        hosts.map(|host| {
            host.rsplit_once("://")
                .map_or(host.as_str(), |(_, host)| host)
        })
    })
}

fn operations(spec: &Spec) -> impl Iterator<Item = &Operation> {
    spec.entities.iter().flat_map(|entity| &entity.operations)
}

/// Whether a key looks like the name of a member: letters, digits, `_`, `-` and `.`, or an attribute that is written `@name`.
#[must_use]
pub fn is_name(key: &str) -> bool {
    let name = key.strip_prefix('@').unwrap_or(key);
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte);
    let has_letter = name.bytes().any(|byte| byte.is_ascii_alphabetic());
    has_letter && name.len() <= LONGEST && digits <= MOST_DIGITS && name.bytes().all(plain)
}

/// What stands for a key that is not shown: its kind. No name has such braces.
#[must_use]
pub fn kind_of_key(key: &str) -> &'static str {
    if is_name(key) {
        WORD
    } else if !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_digit()) {
        "{number}"
    } else {
        "{text}"
    }
}

/// What stands for a word.
pub const WORD: &str = "{word}";

/// Whether it stands for a key that is not shown.
#[must_use]
pub fn is_kind(key: &str) -> bool {
    key.starts_with('{')
}

/// The name of a method, if it is one of HTTP. Another one may be anything.
#[must_use]
pub fn method(method: &str) -> Option<&'static str> {
    let known = [
        "GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "CONNECT",
    ];
    known
        .into_iter()
        .find(|known| known.eq_ignore_ascii_case(method))
}

/// A version, such as `v2` or `1.1`.
#[must_use]
pub fn is_version(text: &str) -> bool {
    let version = text
        .strip_prefix('v')
        .or(text.contains('.').then_some(text));
    version.is_some_and(|version| {
        version.len() <= 4
            && version.bytes().any(|b| b.is_ascii_digit())
            && version.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    })
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

/// The words of a name in lower case, without digits: `cardExternal_id2` has three.
#[must_use]
pub fn words(name: &str) -> Vec<String> {
    let letters: Vec<char> = name.chars().collect();
    let mut out = Vec::new();
    let mut word = String::new();
    for (at, &c) in letters.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| letters.get(at));
        let after = letters.get(at + 1);
        let was_upper = before.is_some_and(|c| c.is_uppercase());
        let is_lower_next = after.is_some_and(|c| c.is_lowercase());
        // `cardNo` has a word at its `N`, `OTPCode` at its `C`.
        let begins = c.is_uppercase() && (!was_upper || is_lower_next);
        if (begins || !c.is_alphabetic()) && !word.is_empty() {
            out.push(std::mem::take(&mut word));
        }
        if c.is_alphabetic() {
            word.extend(c.to_lowercase());
        }
    }
    if !word.is_empty() {
        out.push(word);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn documented() -> Documented {
        Documented::new(
            ["success", "count", "item_status", "cardNumber", "size"],
            ["/v1.1/parcel/get", "/v1/parcel/{id}/gone", "/mobile"],
            ["json", "xml"],
        )
    }

    #[test]
    fn of_paths_the_documented_words_are_shown() {
        for (path, shown) in [
            ("/v1.1/parcel/get", "/v1.1/parcel/get"),
            ("/V1.1/Parcel/get.json", "/V1.1/Parcel/get.json"),
            ("/v1.1/parcel/get.rita", "/v1.1/parcel/{…}"),
            ("/v1/parcel/rita/gone", "/v1/parcel/{…}/gone"),
            // What is a word elsewhere is data at the place of a parameter.
            ("/v1/parcel/mobile/gone", "/v1/parcel/{…}/gone"),
            ("/v2/users/TomSawyer/get/4711/", "/v2/{…}/{…}/get/{…}/"),
            ("/v44700/rita%20meyer", "/{…}/{…}"),
            ("/gateway/v1.1/parcel/get", "/{…}/v1.1/parcel/get"),
            ("/", "/"),
            ("", ""),
        ] {
            assert_eq!(documented().path(path), shown);
        }
    }

    #[test]
    fn names_are_those_of_the_docs_and_what_is_made_of_their_words() {
        let documented = documented();
        for name in [
            "success",
            "success_count",
            "cardCount",
            "item-size",
            "@status",
        ] {
            assert!(documented.has_name(name), "{name}");
        }
        for name in [
            "TomSawyer",
            "rita_meyer",
            "count4711",
            "4711",
            "",
            "size rita",
            "__",
        ] {
            assert!(!documented.has_name(name), "{name}");
        }
    }

    #[test]
    fn keys_have_kinds() {
        for name in ["weight", "@id", "line-1", "v1.1", "b_2"] {
            assert!(is_name(name) && kind_of_key(name) == WORD, "{name}");
        }
        let long = "n".repeat(41);
        for (key, kind) in [
            ("4711", "{number}"),
            ("44700900000", "{number}"),
            ("", "{text}"),
            ("tom@example.com", "{text}"),
            ("Tom Sawyer", "{text}"),
            ("a44700900000", "{text}"),
            ("größe", "{text}"),
            ("a\u{1b}[31m", "{text}"),
            ("*", "{text}"),
            (&long, "{text}"),
        ] {
            assert_eq!(kind_of_key(key), kind);
        }
        assert_eq!(method("patch"), Some("PATCH"));
        assert_eq!(method("PURGERITA"), None);
    }

    #[test]
    fn names_are_split_where_people_see_words() {
        assert_eq!(words("cardExternal_id-7"), ["card", "external", "id"]);
        assert_eq!(words("MOBILE"), ["mobile"]);
        assert_eq!(words("OTPCode"), ["otp", "code"]);
        assert_eq!(words("theIDCard2x"), ["the", "id", "card", "x"]);
    }

    #[test]
    fn versions_are_short() {
        for version in ["v1.1", "1.2", "v2"] {
            assert!(is_version(version), "{version}");
        }
        for other in ["v12345", "12345.6", "v", ".", "2"] {
            assert!(!is_version(other), "{other}");
        }
    }
}
