//! Takes request URLs apart: `https://{host}/v1.1/points/redeem?format={xml/json}`.

mod query;
mod slips;

pub use super::placeholder::{has_own_part, is_of_caller, placeholder, placeholders};
use query::{outside_braces, push_query, split_outside, split_query};
pub use slips::misspelt_scheme;
use slips::{NEVER_CLOSED, missing_mark};

/// The parts of a URL as the docs write it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Url {
    /// Method in front of it, upper case.
    pub method: Option<String>,
    /// Further methods in front of it: `[PUT|POST] /parcels`.
    pub other_methods: Vec<String>,
    /// Host, or its placeholder, without scheme; empty for a path alone.
    pub host: String,
    /// Segments of the path; placeholders as `{name}`.
    pub segments: Vec<String>,
    /// Suffix that is neither part of a name nor a format, such as `file`.
    pub suffix: Option<String>,
    /// Keys of the query with their values as written; keys that are placeholders stay out.
    pub query: Vec<(String, String)>,
    /// True when a pair stands for a parameter that the caller chooses: `{identifierName}={identifierValue}`.
    pub chosen: bool,
    /// What had to be mended, in words.
    pub mended: Vec<&'static str>,
}

impl Url {
    /// The path with a leading slash.
    #[must_use]
    pub fn path(&self) -> String {
        format!("/{}", self.segments.join("/"))
    }

    /// The names of the placeholders in its path.
    pub fn placeholders(&self) -> impl Iterator<Item = &str> {
        self.segments.iter().flat_map(|part| placeholders(part))
    }
}

/// Marks that are taken for the one that closes code.
pub const QUOTES: [char; 4] = ['\'', '’', '´', '"'];

/// The HTTP methods that docs name.
pub const METHODS: [&str; 7] = ["GET", "POST", "PUT", "DELETE", "PATCH", "HEAD", "OPTIONS"];

/// The method that a word is, in letters of any size.
#[must_use]
pub fn method_named(word: &str) -> Option<&'static str> {
    let is = |method: &&str| method.eq_ignore_ascii_case(word);
    METHODS.into_iter().find(is)
}

/// The methods that a line begins with, and what follows them: `GET /x`, `[PUT|POST] /x`, `PUT, PATCH /x`.
#[must_use]
pub fn methods(text: &str) -> Option<(Vec<&'static str>, &str)> {
    let one = |text: &'_ str| {
        METHODS.into_iter().find(|method| {
            let head = text.get(..method.len());
            let alone = !text
                .get(method.len()..)
                .is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
            alone && head.is_some_and(|head| head.eq_ignore_ascii_case(method))
        })
    };
    let open = text.starts_with(['[', '(']);
    let mut rest = text.trim_start_matches(['[', '(']);
    let first = one(rest)?;
    rest = &rest[first.len()..];
    let mut out = vec![first];
    while let Some(next) = rest.trim_start().strip_prefix(['|', '/', ',']) {
        let Some(method) = one(next.trim_start()) else {
            break;
        };
        out.push(method);
        rest = &next.trim_start()[method.len()..];
    }
    if open {
        rest = rest.strip_prefix([']', ')'])?;
    }
    out.dedup();
    rest.starts_with([' ', '\t', ':'])
        .then(|| (out, rest.trim_start_matches([' ', '\t', ':', '`'])))
}

/// Reads a URL, or a path, out of a cell or line. `None` when there is none. `formats` are suffixes that choose the
/// format of the answer.
#[must_use]
pub fn parse(text: &str, formats: &[String]) -> Option<Url> {
    let mut url = Url::default();
    let text = text.trim();
    let odd = text.matches('`').count() % 2 == 1;
    if odd {
        url.mended.push(missing_mark(text));
    }
    // `` `/parcels' ``: the mark that closes it is another one.
    let text = if odd && text.starts_with('`') {
        text.trim_end_matches(QUOTES)
    } else {
        text
    };
    let mut text = text
        .trim_matches(|c: char| c == '`' || c.is_whitespace())
        .to_owned();
    if let Some((methods, rest)) = methods(&text) {
        let mut methods = methods.into_iter().map(str::to_owned);
        url.method = methods.next();
        url.other_methods = methods.collect();
        text = rest.to_owned();
    } else if let Some(rest) = after_verb(&text) {
        url.mended.push("the word before it is no method of HTTP");
        text = rest.to_owned();
    }
    if begins_with_words(&text) {
        return None;
    }
    let text = braces(&text, &mut url);
    let (had_scheme, rest) = match text.split_once("://") {
        Some((scheme, rest))
            if scheme.len() < 8 && scheme.chars().all(|c| c.is_ascii_alphabetic()) =>
        {
            if rest.starts_with(char::is_whitespace) {
                url.mended.push("there are blanks behind its scheme");
            }
            if misspelt_scheme(scheme).is_some() {
                url.mended.push("its scheme is misspelt");
            }
            (true, rest.trim_start().to_owned())
        }
        _ => (false, text),
    };
    // The address ends where prose goes on.
    let end = outside_braces(&rest)
        .find(|(_, c)| c.is_whitespace() || is_prose(*c))
        .map_or(rest.len(), |(at, _)| at);
    let rest = closed(rest[..end].trim_end_matches(['`', ',', ';'])).to_owned();
    let (path, query) = split_query(&rest, &mut url.mended);
    let mut segments: Vec<String> = split_outside(&path, '/')
        .into_iter()
        .map(str::to_owned)
        .collect();
    if had_scheme {
        url.host = segments.remove(0);
        // `https://us/api.example.com/…`: a slash instead of a dot.
        if !url.host.contains(['.', '{', ':'])
            && segments.first().is_some_and(|next| is_domain(next))
        {
            url.host = format!("{}.{}", url.host, segments.remove(0));
            url.mended.push("its host has `/` for `.`");
        }
    } else if segments.first().is_some_and(|first| {
        first.starts_with("{host") || first.ends_with("host}") || is_domain(first)
    }) && segments.len() > 1
    {
        url.host = segments.remove(0);
    }
    let empty = segments.iter().skip(1).rev().skip(1).any(String::is_empty);
    if empty {
        url.mended.push("a part of its path is empty");
    }
    segments.retain(|segment| !segment.is_empty());
    // `/{name}={value}` belongs to the query.
    while segments
        .last()
        .is_some_and(|last| last.contains('=') && !is_key(last))
    {
        if let Some(last) = segments.pop() {
            url.chosen |= push_query(&last, &mut url.query);
            url.mended.push("its query stands in its path");
        }
    }
    while segments.last().is_some_and(|last| stands_for_query(last)) {
        segments.pop();
        url.mended.push("its query stands in its path");
    }
    segments.iter_mut().for_each(other_placeholder);
    if let Some(last) = segments.last_mut() {
        suffix(last, formats, &mut url.suffix);
    }
    for pair in split_outside(&query, '&') {
        url.chosen |= push_query(pair, &mut url.query);
    }
    let valid = |segment: &String| {
        if is_key(segment) {
            return true;
        }
        let inner = segment
            .strip_prefix('{')
            .and_then(|rest| rest.strip_suffix('}'));
        inner.map_or_else(
            || {
                segment.chars().all(|c| {
                    c.is_alphanumeric()
                        || matches!(
                            c,
                            '_' | '-' | '.' | '~' | '%' | '{' | '}' | ':' | ',' | '+' | '@'
                        )
                })
            },
            |name| !name.is_empty(),
        )
    };
    (!segments.is_empty() && segments.iter().all(valid)).then_some(())?;
    url.segments = segments;
    Some(url)
}

/// The address behind a word in capitals that stands where a method does: `TRACE https://…`.
fn after_verb(text: &str) -> Option<&str> {
    let (verb, rest) = text.split_once([' ', '\t'])?;
    let rest = rest.trim_start();
    let capitals = verb.len() > 1 && verb.bytes().all(|byte| byte.is_ascii_uppercase());
    let address =
        rest.starts_with('/') || rest.starts_with("http://") || rest.starts_with("https://");
    (capitals && address).then_some(rest)
}

/// True for a text that is not an address and has one later on: a command, or a sentence. A label is none of its words.
fn begins_with_words(text: &str) -> bool {
    let Some((before, _)) = text.split_once("://") else {
        return false;
    };
    let mut words = before.split_whitespace();
    let first = words.next().unwrap_or_default();
    let word = first.len() > 1 && first.chars().all(char::is_alphanumeric);
    word && words.next().is_some()
}

/// True for letters of scripts that addresses are never written in, and their punctuation: the sentence goes on.
fn is_prose(c: char) -> bool {
    // From Thai on; all of these are written without blanks.
    ('\u{e00}'..='\u{eff}').contains(&c) || c >= '\u{2e80}'
}

/// A part of a path that has a key in brackets: `Parcels({id})`, `Parcels(id='{id}')`.
fn is_key(segment: &str) -> bool {
    let Some((name, rest)) = segment.split_once('(') else {
        return false;
    };
    let word = |text: &str| text.chars().all(|c| c.is_alphanumeric() || c == '_');
    let Some(key) = rest.strip_suffix(')') else {
        return false;
    };
    let value = key
        .split_once('=')
        .filter(|(name, _)| word(name))
        .map_or(key, |(_, value)| value);
    let value = value.trim_matches('\'');
    let whole = placeholder(value).is_some_and(|(name, rest)| rest.is_empty() && !name.is_empty());
    !name.is_empty() && word(name) && whole
}

/// An address without the bracket of the sentence around it; `/(name)` and `=(value)` at its end keep their own.
fn closed(address: &str) -> &str {
    let mut out = address;
    while let Some(rest) = out.strip_suffix(')') {
        let of_key = || out.rsplit('/').next().is_some_and(is_key);
        if of_key()
            || rest.rfind('(').is_some_and(|open| {
                rest[..open].ends_with(['/', '=']) && !rest[open..].contains(')')
            })
        {
            break;
        }
        out = rest.trim_end_matches(['`', ',', ';']);
    }
    out
}

/// `<cluster url>` and `{{host}}` become `{…}`; placeholders lose their blanks.
fn braces(text: &str, url: &mut Url) -> String {
    let mut out = String::with_capacity(text.len());
    let mut depth = 0_usize;
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '<' | '{' => {
                if depth == 0 {
                    out.push('{');
                }
                depth += 1;
            }
            '>' | '}' => {
                if depth == 1 {
                    out.push('}');
                }
                depth = depth.saturating_sub(1);
            }
            ' ' | '\t' if depth > 0 && text.len() < 4096 => {
                if chars.peek().is_some() {
                    out.push('_');
                }
            }
            // A placeholder that is never closed.
            '&' | '?' if depth > 0 => {
                out.push('}');
                out.push(c);
                depth = 0;
                url.mended.push(NEVER_CLOSED);
            }
            other => out.push(other),
        }
    }
    if depth > 0 {
        out.push('}');
        url.mended.push(NEVER_CLOSED);
    }
    out
}

fn is_domain(text: &str) -> bool {
    let labels: Vec<&str> = text.split('.').collect();
    labels.len() >= 3
        && labels.iter().all(|label| {
            !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-')
        })
        && labels
            .last()
            .is_some_and(|last| last.len() >= 2 && last.chars().all(|c| c.is_ascii_alphabetic()))
}

/// `{request_params}` at the end of a path stands for the query.
fn stands_for_query(segment: &str) -> bool {
    let lower = segment.to_lowercase();
    let inner = lower.trim_matches(['{', '}', '(', ')']);
    (segment.starts_with('{') || segment.starts_with('('))
        && (inner.contains("params")
            || (inner.contains("query") && inner != "query")
            || inner == "param")
}

/// `/:parcel_id` is `/{parcel_id}` in the hand of a router, and `/(parcel_id)` or `/[parcel_id]` in that of others. A
/// bracket inside, such as that of `{[parcel_id}`, is none of the name.
fn other_placeholder(segment: &mut String) {
    let bracketed = || {
        segment
            .strip_prefix(['(', '['])
            .and_then(|rest| rest.strip_suffix([')', ']']))
    };
    let odd = || {
        let inner = segment.strip_prefix('{')?.strip_suffix('}')?;
        let name = inner.trim_matches(['[', ']', '(', ')']);
        (name.len() < inner.len()).then_some(name)
    };
    let named = segment
        .strip_prefix([':', '$'])
        .or_else(bracketed)
        .or_else(odd);
    let named = named.filter(|name| {
        name.starts_with(char::is_alphabetic)
            && name.chars().all(|c| c.is_alphanumeric() || c == '_')
    });
    if let Some(name) = named {
        *segment = format!("{{{name}}}");
    }
}

/// Suffixes that name a format. Where a dialect has no formats to choose from, they are a part of the path like any other.
const FORMATS: [&str; 6] = ["csv", "html", "json", "pdf", "xml", "yaml"];

/// Cuts `.json`, `.{xml/json}` and the like off the last segment.
fn suffix(segment: &mut String, formats: &[String], other: &mut Option<String>) {
    let Some(at) = outside_braces(segment)
        .filter(|(_, c)| *c == '.')
        .map(|(at, _)| at)
        .last()
    else {
        return;
    };
    let end = segment[at + 1..].to_lowercase();
    let words: Vec<&str> = end
        .trim_matches(['{', '}', '(', ')'])
        .split(['/', '|', ','])
        .collect();
    let all_formats = words
        .iter()
        .all(|word| formats.iter().any(|format| format == word));
    let fixed = formats.is_empty() && FORMATS.contains(&end.as_str());
    if all_formats && at > 0 {
        segment.truncate(at);
    } else if at > 0
        && !fixed
        && end.len() <= 4
        && end.chars().all(|c| c.is_ascii_alphabetic())
        && !segment[..at].starts_with(char::is_numeric)
    {
        *other = Some(end);
        segment.truncate(at);
    }
}

#[cfg(test)]
mod tests;
