//! Takes out what nobody else may see, and keeps the kinds of things.
//!
//! It is a list of what may stay, not of what has to go: truth values, small numbers, dates and listed words stay, unless
//! the name of their member says that they are about a person or a secret. Of all else only the kind is left: a text is
//! `masked`, a text of digits `0`, a number `0`.

use capillary_runtime::wire::{Format, Limits, Map, Value, json, parse, shown_name, xml};
use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use crate::Settings;
use crate::words::has_any;

/// What stands in place of a text.
pub const MASKED: &str = "masked";

/// A whole number that fits nowhere: what is left of another one.
const HUGE: &str = "99999999999999999999";

/// Takes out what nobody else may see.
#[derive(Clone, Debug)]
pub struct Mask {
    settings: Settings,
}

/// What is known of the place that is masked.
#[derive(Clone, Copy)]
struct Around<'a> {
    /// The name of the member.
    name: &'a str,
    /// Inside of something personal.
    personal: bool,
    /// Directly in an object that says how it went.
    outcome: bool,
}

impl Mask {
    /// A mask for an API.
    #[must_use]
    pub fn new(settings: Settings) -> Self {
        Self { settings }
    }

    /// The value of a header.
    #[must_use]
    pub fn header<'v>(&self, name: &str, value: &'v str) -> &'v str {
        let is = |known: &String| known.eq_ignore_ascii_case(name);
        if self.settings.headers.iter().any(is) {
            value
        } else {
            MASKED
        }
    }

    /// A path with its query.
    #[must_use]
    pub fn url(&self, url: &str) -> String {
        let (path, query) = url.split_once('?').unwrap_or((url, ""));
        let mut out = self.path(path);
        for (number, pair) in query.split('&').filter(|pair| !pair.is_empty()).enumerate() {
            let decoded = |text: &str| {
                let text = text.replace('+', " ");
                percent_decode_str(&text).decode_utf8_lossy().into_owned()
            };
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let (name, value) = (decoded(name), decoded(value));
            let around = Around {
                name: &name,
                personal: self.is_personal(&name),
                outcome: false,
            };
            let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
            out.push(if number == 0 { '?' } else { '&' });
            // Underscores and dots are common, and harmless.
            let name = encoded(shown_name(&name))
                .replace("%5F", "_")
                .replace("%2E", ".");
            out.push_str(&name);
            out.push('=');
            out.push_str(&encoded(&self.text(&value, around)).replace("%2E", "."));
        }
        out
    }

    fn path(&self, path: &str) -> String {
        let segments: Vec<&str> = path.split('/').collect();
        let template = self.settings.paths.iter().find_map(|template| {
            let wanted: Vec<&str> = template.split('/').collect();
            let fits = wanted.len() == segments.len()
                && wanted
                    .iter()
                    .zip(&segments)
                    .all(|(wanted, segment)| is_parameter(wanted) || same(wanted, segment));
            fits.then_some(wanted)
        });
        let masked: Vec<&str> = match template {
            Some(wanted) => wanted
                .iter()
                .zip(&segments)
                .map(|(wanted, segment)| {
                    if is_parameter(wanted) {
                        MASKED
                    } else {
                        segment
                    }
                })
                .collect(),
            None => segments
                .iter()
                .map(|segment| if is_word(segment) { segment } else { MASKED })
                .collect(),
        };
        masked.join("/")
    }

    /// A body in its own format; nothing if it cannot be read.
    #[must_use]
    pub fn body(&self, body: &[u8]) -> Option<String> {
        let node = parse(body, &Limits::default()).ok()?;
        let around = Around {
            name: "",
            personal: false,
            outcome: false,
        };
        let masked = self.value(&node.to_value(), around);
        let bytes = match Format::of(body) {
            Format::Json => json::write(&masked),
            Format::Xml => {
                let Value::Object(document) = &masked else {
                    return None;
                };
                let (root, content) = document.iter().next()?;
                xml::write(root, content).ok()?
            }
        };
        String::from_utf8(bytes).ok()
    }

    fn value(&self, value: &Value, around: Around<'_>) -> Value {
        match value {
            Value::Null => Value::Null,
            Value::Bool(truth) => Value::Bool(*truth),
            Value::Number(number) => {
                let text = self.number(number.as_str(), around);
                text.parse().map_or(Value::from(0), Value::Number)
            }
            Value::String(text) => Value::String(self.text(text, around)),
            Value::List(items) => {
                Value::List(items.iter().map(|item| self.value(item, around)).collect())
            }
            Value::Object(members) => {
                let outcome = self
                    .settings
                    .outcomes
                    .iter()
                    .any(|known| known == around.name);
                let mut out = Map::new();
                for (name, member) in members.iter() {
                    let plain = name.trim_start_matches(['@', '#']);
                    let around = Around {
                        // The text beside attributes is that of the element.
                        name: if name == "#text" { around.name } else { plain },
                        personal: around.personal || self.is_personal(plain),
                        outcome,
                    };
                    out.insert(free(&out, shown_name(name)), self.value(member, around));
                }
                Value::Object(out)
            }
        }
    }

    fn text(&self, text: &str, around: Around<'_>) -> String {
        let trimmed = text.trim();
        let is_truth = ["true", "false", "yes", "no", "y", "n"]
            .iter()
            .any(|word| trimmed.eq_ignore_ascii_case(word));
        if trimmed.is_empty() || is_truth {
            return text.to_owned();
        }
        if is_number(trimmed) {
            return self.number(trimmed, around);
        }
        let is_listed = self
            .settings
            .listed
            .iter()
            .any(|known| known == around.name);
        let stays = !around.personal && (is_date(trimmed) || (is_listed && is_word(trimmed)));
        if stays {
            text.to_owned()
        } else {
            MASKED.to_owned()
        }
    }

    /// A number as it stays: whole or not, and whether an `i64` holds it.
    fn number(&self, text: &str, around: Around<'_>) -> String {
        let whole = text.trim_start_matches(['-', '+']);
        let digits = whole
            .split(['.', 'e', 'E'])
            .next()
            .unwrap_or_default()
            .len();
        let is_outcome = around.outcome
            && self
                .settings
                .outcome_fields
                .iter()
                .any(|known| known == around.name);
        if digits <= 6 && whole.len() <= 12 && (is_outcome || !around.personal) {
            text.to_owned()
        } else if whole.contains(['.', 'e', 'E']) {
            "0.5".to_owned()
        } else if text.parse::<i64>().is_err() {
            HUGE.to_owned()
        } else {
            "0".to_owned()
        }
    }

    fn is_personal(&self, name: &str) -> bool {
        has_any(name, &self.settings.personal)
    }
}

/// The key, or another one where it is taken: members that are masked alike stay as many as they are.
fn free(taken: &Map, key: &str) -> String {
    // A name of an element cannot be an asterisk.
    let key = if key == "*" { MASKED } else { key };
    let mut out = key.to_owned();
    let mut number = 2;
    while taken.get(&out).is_some() {
        out = format!("{key}{number}");
        number += 1;
    }
    out
}

fn is_parameter(segment: &str) -> bool {
    segment.starts_with('{') && segment.ends_with('}')
}

/// Whether a segment of a path is that of a template. The path may end in a format.
fn same(wanted: &str, segment: &str) -> bool {
    let without = |ending: &str| segment.strip_suffix(ending);
    segment == wanted || without(".json") == Some(wanted) || without(".xml") == Some(wanted)
}

/// A word, a version, or something like them: few digits, and nothing that words do not have.
fn is_word(text: &str) -> bool {
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let plain = |c: char| c.is_ascii_alphanumeric() || "_-. ".contains(c);
    let version = text
        .strip_prefix('v')
        .or(text.contains('.').then_some(text));
    let is_version = version.is_some_and(|version| {
        version.len() <= 4 && version.bytes().all(|b| b.is_ascii_digit() || b == b'.')
    });
    text.len() <= 40 && text.chars().all(plain) && (digits == 0 || is_version)
}

fn is_number(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    digits(whole) && digits(fraction)
}

/// A day, and a time of day behind it.
fn is_date(text: &str) -> bool {
    let (day, time) = text.split_once(['T', ' ']).unwrap_or((text, ""));
    let parts: Vec<&str> = day.split(['-', '/']).collect();
    let digits = |part: &&str| part.bytes().all(|b| b.is_ascii_digit());
    let lengths: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let is_day = parts.iter().all(digits)
        && matches!(lengths.as_slice(), [4, 1..=2, 1..=2] | [1..=2, 1..=2, 4])
        && parts
            .iter()
            .any(|part| part.len() == 4 && ("1900".."2200").contains(part));
    let is_time = time.len() <= 24
        && time
            .bytes()
            .all(|b| b.is_ascii_digit() || b":.+-Z ".contains(&b));
    is_day && (time.is_empty() || (time.contains(':') && is_time))
}

#[cfg(test)]
#[path = "mask_tests.rs"]
mod tests;
