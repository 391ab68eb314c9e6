//! How do callers say who they are?

use super::clue::Tally;
use super::draft::Draft;
use super::yaml;
use crate::read::command;
use crate::read::url;
use crate::slate::block::BlockKind;
use crate::text::plain;

/// Headers that say nothing of the caller.
const OTHER_HEADERS: [&str; 16] = [
    "accept",
    "accept-encoding",
    "accept-language",
    "accept-charset",
    "cache-control",
    "connection",
    "content-length",
    "content-type",
    "content-md5",
    "cookie",
    "expect",
    "host",
    "origin",
    "pragma",
    "referer",
    "user-agent",
];

/// Words in names of what tells the caller.
const SECRETS: [&str; 11] = [
    "access", "api", "app", "auth", "client", "key", "pass", "secret", "session", "sign", "token",
];

/// Words in names of parts of a signature.
const SIGNATURE: [&str; 3] = ["sign", "nonce", "timestamp"];

/// A way to say who calls, and how often it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The way: `Authorization: Bearer`, `header X-Key`, `query token`, `user and password (-u)`.
    pub way: String,
    /// How many samples or texts show it.
    pub count: usize,
    /// Of how many samples; 0 for texts.
    pub of: usize,
    /// Whether it looks like a part of a signature.
    pub signature: bool,
}

impl Claim {
    /// The way as a dialect says it; `None` where it has no word for it.
    pub(super) fn fact(&self) -> Option<String> {
        if let Some(scheme) = self.way.strip_prefix("Authorization: ") {
            let scheme = scheme.to_lowercase();
            return ["basic", "bearer"]
                .contains(&scheme.as_str())
                .then_some(scheme);
        }
        match self.way.split_once(' ')? {
            ("user", _) => Some("basic".to_owned()),
            (place @ ("header" | "query"), name) => {
                Some(format!("{{{place}: {}}}", yaml::scalar(name)))
            }
            _ => None,
        }
    }
}

/// The ways that samples and texts show, the most frequent first.
pub fn ask(draft: &Draft) -> Vec<Claim> {
    let (mut shown, mut told): (Tally, Tally) = (Tally::default(), Tally::default());
    let mut samples = 0;
    for under in draft.blocks() {
        match &under.block.kind {
            BlockKind::Fence(fence) => {
                let ways = ways_of_sample(&fence.body, draft);
                samples += usize::from(ways.is_some());
                for way in ways.into_iter().flatten() {
                    shown.add(&way);
                }
            }
            BlockKind::Paragraph(text) | BlockKind::Item(text) | BlockKind::Aside(text) => {
                let about = under.title.to_lowercase();
                if ["auth", "sign", "secur", "token", "header"]
                    .iter()
                    .any(|word| about.contains(word))
                {
                    for name in told_headers(&plain(text)) {
                        told.add(&name);
                    }
                }
            }
            _ => {}
        }
    }
    let shown = shown.sorted().into_iter().map(|all| (all, samples));
    let told = told.sorted().into_iter().map(|all| (all, 0));
    let mut out: Vec<Claim> = Vec::new();
    for ((way, count, ()), of) in shown.chain(told) {
        let lower = way.to_lowercase();
        let known = |claim: &Claim| claim.way.to_lowercase() == lower;
        if !out.iter().any(known) {
            let signature = SIGNATURE.iter().any(|word| lower.contains(word));
            out.push(Claim {
                way,
                count,
                of,
                signature,
            });
        }
    }
    out
}

/// The ways of a command, or of a message with its head; `None` for other blocks.
fn ways_of_sample(body: &str, draft: &Draft) -> Option<Vec<String>> {
    let (address, headers, user) = called(body)?;
    let mut out: Vec<String> = headers
        .iter()
        .filter_map(|line| way_of_header(line))
        .collect();
    if user {
        out.push("user and password (-u)".to_owned());
    }
    let query = draft.url(&address).map(|url| url.query);
    for (name, _) in query.into_iter().flatten() {
        let lower = name.to_lowercase();
        if SECRETS.iter().any(|word| lower.contains(word)) || lower == "sig" {
            out.push(format!("query {name}"));
        }
    }
    out.sort();
    out.dedup();
    Some(out)
}

/// Address and headers of what a sample calls, and whether it says who calls as a user with a password.
fn called(body: &str) -> Option<(String, Vec<String>, bool)> {
    let command = command::read(body);
    let command = command.and_then(|it| Some((it.address?, it.headers, it.user)));
    command.or_else(|| message(body).map(|(address, headers)| (address, headers, false)))
}

/// `GET /parcels HTTP/1.1` and the headers below it.
fn message(body: &str) -> Option<(String, Vec<String>)> {
    let mut lines = body.trim_start().lines();
    let (method, rest) = lines.next()?.split_once(' ')?;
    let address = rest.split_whitespace().next()?;
    let calls =
        url::METHODS.contains(&method) && (address.starts_with('/') || address.contains("://"));
    let headers = lines.take_while(|line| !line.trim().is_empty());
    calls.then(|| (address.to_owned(), headers.map(str::to_owned).collect()))
}

/// What a header says of the caller.
fn way_of_header(line: &str) -> Option<String> {
    let (name, value) = line.split_once(':')?;
    let name = name.trim();
    if !is_header(name) || OTHER_HEADERS.contains(&name.to_lowercase().as_str()) {
        return None;
    }
    if !name.eq_ignore_ascii_case("authorization") {
        return Some(format!("header {name}"));
    }
    let (mut words, scheme) = (value.split_whitespace(), |word: &str| {
        word.len() < 20 && word.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    });
    let first = words
        .next()
        .filter(|word| scheme(word) && words.next().is_some());
    Some(first.map_or_else(
        || "header Authorization".to_owned(),
        |scheme| format!("Authorization: {scheme}"),
    ))
}

fn is_header(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name.len() <= 64
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
}

/// Names of headers that a text about authentication has, such as `X-Parcel-Key`.
fn told_headers(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_')));
    let mut out: Vec<String> = Vec::new();
    for word in words {
        let parts: Vec<&str> = word.split('-').collect();
        let capital = |part: &&str| part.starts_with(|c: char| c.is_ascii_uppercase());
        let lower = word.to_lowercase();
        let names = parts.len() > 1
            && parts.iter().all(capital)
            && is_header(word)
            && !OTHER_HEADERS.contains(&lower.as_str())
            && (parts[0].len() == 1
                || SECRETS
                    .iter()
                    .chain(&SIGNATURE)
                    .any(|part| lower.contains(part)));
        if names && !out.iter().any(|known| known == word) {
            out.push(format!("header {word}"));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_that_tell_the_caller() {
        for (line, want) in [
            ("Authorization: Bearer abc", Some("Authorization: Bearer")),
            ("authorization: Basic abc==", Some("Authorization: Basic")),
            ("Authorization: meowmeow", Some("header Authorization")),
            ("X-Key: 1", Some("header X-Key")),
            ("Content-Type: application/json", None),
            ("no header", None),
            ("a b: c", None),
        ] {
            assert_eq!(way_of_header(line).as_deref(), want, "{line}");
        }
    }

    #[test]
    fn ways_as_a_dialect_says_them() {
        for (way, want) in [
            ("Authorization: Bearer", Some("bearer")),
            ("Authorization: Basic", Some("basic")),
            ("Authorization: AWS4-HMAC-SHA256", None),
            ("user and password (-u)", Some("basic")),
            ("header X-Key", Some("{header: X-Key}")),
            ("query api_key", Some("{query: api_key}")),
            ("query key}", Some("{query: \"key}\"}")),
        ] {
            let claim = Claim {
                way: way.to_owned(),
                count: 1,
                of: 1,
                signature: false,
            };
            assert_eq!(claim.fact().as_deref(), want, "{way}");
            if let Some(fact) = want {
                let yaml = format!("client: {{auth: [{fact}]}}");
                crate::dialect::Dialect::parse("dialect.yaml", &yaml).unwrap();
            }
        }
    }

    #[test]
    fn headers_in_running_text() {
        let text = "Send X-Parcel-Key, Parcel-Api-Sign and Content-Type. Well-known Time-Saving.";
        assert_eq!(
            told_headers(text),
            ["header X-Parcel-Key", "header Parcel-Api-Sign"]
        );
    }

    #[test]
    fn a_message_is_a_command() {
        let (address, headers) = message("GET /a?token=1 HTTP/1.1\nX-Key: 1\n\n{}").unwrap();
        assert_eq!(
            (address.as_str(), headers[0].as_str()),
            ("/a?token=1", "X-Key: 1")
        );
        assert!(message("{\"GET\": 1}").is_none() && message("").is_none());
    }
}
