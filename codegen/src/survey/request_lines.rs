//! Which lines have a method and an address, and are read by nobody?

use std::sync::LazyLock;

use regex::Regex;

use super::clue::{Clue, Tally, in_quotes, times};
use super::draft::{Draft, key};
use super::yaml;
use crate::read::command;
use crate::read::request;
use crate::read::samples::is_usage;
use crate::slate::block::BlockKind;
use crate::slate::source::Span;

/// What stands around method and address is longer in prose.
const LONGEST: usize = 60;

/// So many kinds of lines are named.
const MOST: usize = 12;

/// Methods as a pattern.
const METHOD: &str = "(?i:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)";

static LINE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let address = r#"(?:https?://[^\s/`'"]+)?/[A-Za-z0-9{<:_$][^\s`'"|,)\]]*"#;
    let method = r"\b(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)\b";
    Regex::new(&format!(
        "(?<m1>{method}).*?(?<a1>{address})|(?<a2>{address}).*?(?<m2>{method})"
    ))
    .ok()
});

/// A line with a method and an address, taken apart.
#[derive(Debug, PartialEq, Eq)]
struct Shape<'a> {
    before: &'a str,
    between: &'a str,
    behind: &'a str,
    /// Whether the method comes first.
    method_first: bool,
    method: &'a str,
    address: &'a str,
}

impl<'a> Shape<'a> {
    fn of(line: &'a str) -> Option<Self> {
        let whole = line.trim();
        let found = LINE.as_ref()?.captures(whole)?;
        let method = found.name("m1").or(found.name("m2"))?;
        let address = found.name("a1").or(found.name("a2"))?;
        let method_first = method.start() < address.start();
        // `application/x` and `/x/GET` are one word.
        let before = whole[..address.start()].chars().next_back();
        if before.is_some_and(char::is_alphanumeric) || method.start() == address.end() {
            return None;
        }
        // A tag that closes behind the address is none of its placeholders.
        let length = address.as_str().find("</").unwrap_or(address.len());
        let end = address.start() + length;
        let (start, between) = if method_first {
            (method.start(), method.end()..address.start())
        } else {
            (address.start(), end..method.start())
        };
        let shape = Self {
            before: whole.get(..start)?,
            between: whole.get(between)?,
            behind: whole.get(end.max(method.end())..)?,
            method_first,
            method: method.as_str(),
            address: whole.get(address.start()..end)?,
        };
        let around = shape.before.len() + shape.between.len() + shape.behind.len();
        (around <= LONGEST).then_some(shape)
    }

    /// The line with words in the place of method and address.
    fn text(&self) -> String {
        let (first, second) = if self.method_first {
            ("METHOD", "/path")
        } else {
            ("/path", "METHOD")
        };
        [self.before, first, self.between, second, self.behind].concat()
    }

    /// A pattern for lines of this shape.
    fn pattern(&self) -> String {
        let literal = |text: &str| {
            let words: Vec<String> = text.split_whitespace().map(regex::escape).collect();
            let edge = |is: bool| if is { r"\s*" } else { "" };
            let (start, end) = (
                edge(text.starts_with(char::is_whitespace)),
                edge(text.ends_with(char::is_whitespace) && !words.is_empty()),
            );
            format!("{start}{}{end}", words.join(r"\s+"))
        };
        let method = format!("(?<method>{METHOD})");
        let path = r"(?<path>\S+?)".to_owned();
        let (first, second) = if self.method_first {
            (method, path)
        } else {
            (path, method)
        };
        format!(
            r"^\s*{}{first}{}{second}{}\s*$",
            literal(self.before),
            literal(self.between),
            literal(self.behind)
        )
    }
}

/// What is kept of a kind of lines.
#[derive(Default)]
struct Seen {
    pattern: String,
    /// Whether such lines stand in running text, where patterns are looked for.
    text: bool,
    first: Option<Span>,
}

fn shows_command(body: &str) -> bool {
    command::read(body).is_some()
}

/// Kinds of lines with a method and an address that are the call of no operation.
pub fn ask(draft: &Draft) -> Vec<Clue> {
    let known = draft.calls();
    let mut tally: Tally<Seen> = Tally::default();
    let mut see = |line: &str, place: &'static str, span: Span| {
        let Some(shape) = Shape::of(line) else { return };
        let url = draft.url(shape.address);
        let stated = url.is_none_or(|url| known.contains_key(&key(shape.method, &url)));
        if stated {
            return;
        }
        let seen = tally.add(&format!("{}{place}", shape.text()));
        seen.pattern = shape.pattern();
        seen.text = place.is_empty();
        seen.first = seen.first.or(Some(span));
    };
    for under in draft.blocks() {
        let span = under.block.span;
        let (text, place) = match &under.block.kind {
            BlockKind::Paragraph(text) | BlockKind::Item(text) => (text, ""),
            BlockKind::Aside(text) => (text, " in an aside"),
            BlockKind::Label(text) => (text, " in a label"),
            BlockKind::Heading { text, .. } => (text, " in a heading"),
            BlockKind::Fence(fence) if is_usage(fence) || shows_command(&fence.body) => continue,
            BlockKind::Fence(fence) => (&fence.body, " in a block of code"),
            BlockKind::Table(_) => continue,
        };
        let lines = request::lines(text, &draft.dialect);
        for line in &lines {
            see(line, place, span);
        }
    }
    let kinds = tally.sorted().into_iter().take(MOST);
    kinds
        .map(|(text, count, seen)| {
            let lines = times(count, "line is", "lines are");
            let place = seen.first.map(|span| draft.sources().place(span));
            let place = place.map_or_else(String::new, |place| {
                format!(", first {}:{}", place.file, place.line)
            });
            Clue::listed(
                &["request_lines"],
                seen.text.then(|| yaml::pattern(&seen.pattern)),
                count,
                format!("{lines} like {}{place}", in_quotes(&text)),
            )
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_taken_apart() {
        for (line, text, address) in [
            (
                "HTTP method GET - /parcels/<id>",
                "HTTP method METHOD - /path",
                "/parcels/<id>",
            ),
            (
                "<x>/parcels</x> (POST)",
                "<x>/path</x> (METHOD)",
                "/parcels",
            ),
            ("[PUT] /parcels/{id} !", "[METHOD] /path !", "/parcels/{id}"),
        ] {
            let shape = Shape::of(line).unwrap();
            assert_eq!((shape.text().as_str(), shape.address), (text, address));
            let pattern = Regex::new(&shape.pattern()).unwrap();
            let found = pattern.captures(line).unwrap();
            assert_eq!(&found["path"], address);
        }
        assert_eq!(Shape::of("Get the best of it"), None);
        assert_eq!(Shape::of(&format!("GET /a {}", "long ".repeat(20))), None);
    }
}
