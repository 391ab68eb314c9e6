//! Lines that say how a call is made, however they are dressed: in HTML, in bold, in code marks.

use std::borrow::Cow;

use super::calls;
use super::facts::Said;
use super::part::Part;
use super::url::{METHODS, method_named};
use crate::dialect::{Dialect, HeadingKind, ResourceRow};
use crate::slate::block::{BlockKind, Row, Table};
use crate::slate::source::Span;
use crate::text::plain;

/// HTML elements of running text. What merely looks like a tag (`<id>`) is a placeholder.
const TAGS: [&str; 33] = [
    "a", "b", "br", "button", "code", "div", "em", "font", "h1", "h2", "h3", "h4", "h5", "h6",
    "hr", "i", "img", "kbd", "label", "li", "ol", "p", "pre", "section", "small", "span", "strong",
    "sub", "sup", "td", "tr", "tt", "u",
];

/// Longer tags are none: looking for their ends would take long in text that is no HTML.
const LONGEST_TAG: usize = 1024;

/// The texts of a part, with their places. Lines of HTML that follow each other are one.
pub fn texts<'a>(part: &Part<'a>) -> Vec<(Cow<'a, str>, Span)> {
    let mut out: Vec<(Cow<'a, str>, Span)> = Vec::new();
    let mut html = false;
    for block in part.blocks {
        let text = match &block.kind {
            BlockKind::Table(table) => {
                html = false;
                out.extend(call_of(table).map(|call| (Cow::Owned(call), block.span)));
                continue;
            }
            BlockKind::Paragraph(text) | BlockKind::Item(text) => text,
            // Such boxes hold remarks; nothing but a call in one is no remark.
            BlockKind::Aside(text) | BlockKind::Label(text) if is_call(text) => text,
            _ => {
                html = false;
                continue;
            }
        };
        let tag = text.starts_with('<') && tag_at(text, &closed(text)).is_some();
        match out.last_mut().filter(|_| html && tag) {
            Some((before, span)) => {
                let before = before.to_mut();
                before.push('\n');
                before.push_str(text);
                span.end = block.span.end;
            }
            None => out.push((Cow::Borrowed(text), block.span)),
        }
        html = tag;
    }
    out
}

/// The call that a table is laid out as: a method in one cell and the address beside it, and remarks at most below.
pub fn call_of(table: &Table) -> Option<String> {
    let filled = |row: &Row| -> Vec<String> {
        let cells = row.cells.iter().map(|cell| plain(&cell.text));
        let bare = cells.map(|text| text.trim_matches(['*', '`', ' ']).to_owned());
        bare.filter(|text| !text.is_empty()).collect()
    };
    let mut rows = table.header.iter().chain(&table.rows).map(filled);
    let first = rows.next()?;
    let [method, address] = first.as_slice() else {
        return None;
    };
    let whole = METHODS.contains(&method.as_str())
        && addresses(address)
        && !address.contains(char::is_whitespace);
    (whole && rows.all(|row| row.len() < 2)).then(|| format!("{method} {address}"))
}

/// The lines of a text, as far as they can say how a call is made: without tags and emphasis, and a method that stands
/// alone with the address that follows.
pub fn lines(text: &str, dialect: &Dialect) -> Vec<String> {
    let patterns = dialect.request_lines.iter();
    let own: Vec<String> = patterns.flat_map(|pattern| pattern.calls(text)).collect();
    if !own.is_empty() {
        return own;
    }
    let text = with_marks(text);
    let text = without_tags(&text);
    let mut out = Vec::new();
    let mut method: Option<&str> = None;
    for line in text.lines() {
        let line = undressed(announced(line.trim(), dialect));
        let alone = METHODS
            .into_iter()
            .find(|known| line.trim_matches(['*', '`', ':', ' ']) == *known);
        if alone.is_some() {
            method = alone;
        } else if let Some(method) = method.take_if(|_| !line.is_empty() && addresses(&line)) {
            out.push(format!("{method} {line}"));
        } else {
            out.push(line.into_owned());
        }
    }
    out
}

/// `Endpoint: PUT /parcels`: the call, where the words before it announce one.
fn announced<'a>(line: &'a str, dialect: &Dialect) -> &'a str {
    let marks = ['*', '_', ' '];
    let Some((label, call)) = line.split_once(':') else {
        return line;
    };
    let label = label.trim_matches(marks);
    let call = call.trim_start_matches(marks);
    let announces = || {
        let row = dialect.resource_row(label);
        matches!(row, Some(ResourceRow::Uri | ResourceRow::Url))
            || dialect.heading(label) == Some(HeadingKind::Url)
    };
    let short = label.split_whitespace().count() <= 3;
    if short && calls::call(call.trim_matches('`'), dialect).is_some() && announces() {
        return call;
    }
    line
}

/// A text in which methods are words that it shows as badges: `![PUT](…)`, or a tag of the class `api-put`.
fn with_marks(text: &str) -> Cow<'_, str> {
    let words = || text.split(|c: char| !c.is_ascii_alphanumeric());
    let images = text.contains("![") || text.contains("<img");
    let badge = images || text.contains("class=");
    let said = |word: &str| METHODS.contains(&word);
    if !badge || (words().any(said) && !images) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['!', '<']) {
        let (before, here) = rest.split_at(at);
        out.push_str(before);
        let found = image(here)
            .or_else(|| picture(here))
            .or_else(|| class(here));
        let Some((method, length)) = found else {
            out.push_str(&here[..1]);
            rest = &here[1..];
            continue;
        };
        rest = &here[length..];
        out.push_str(method);
        let closed = rest.strip_prefix("</span>").unwrap_or(rest);
        if !closed.starts_with(char::is_whitespace) {
            out.push(' ');
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The method that an image stands for, and the length of what shows it.
fn image(text: &str) -> Option<(&'static str, usize)> {
    let inner = text.strip_prefix("![")?;
    let (alternative, target) = inner.split_once("](")?;
    let method = method_among(alternative.split_whitespace())?;
    let end = target.find(')')?;
    Some((method, "![](".len() + alternative.len() + end + 1))
}

/// The method that `<img src="…/put.png" alt="PUT">` stands for, and the length of the tag.
fn picture(text: &str) -> Option<(&'static str, usize)> {
    let tag = tag(text).filter(|tag| tag.starts_with("<img"))?;
    let words = tag.split(['"', '\'', '/', '.', ' ', '-', '_', '=', '>']);
    Some((method_among(words.rev())?, tag.len()))
}

/// The method in the class of a tag, and the length of the tag.
fn class(text: &str) -> Option<(&'static str, usize)> {
    let tag = tag(text)?;
    let (_, value) = tag.split_once("class=")?;
    let value = value.trim_start_matches(['"', '\'']);
    let value = value.split(['"', '\'', '>']).next()?;
    Some((method_among(value.split([' ', '-', '_']).rev())?, tag.len()))
}

/// The first of these words that is a method, in letters of any size.
fn method_among<'t>(mut words: impl Iterator<Item = &'t str>) -> Option<&'static str> {
    words.find_map(method_named)
}

/// The tag with which a text begins, up to what ends it.
fn tag(text: &str) -> Option<&str> {
    let mut bytes = text.bytes().take(LONGEST_TAG);
    let end = bytes.position(|byte| byte == b'>')?;
    text.get(..=end).filter(|tag| tag.starts_with('<'))
}

/// True for a method with an address, and nothing else.
fn is_call(text: &str) -> bool {
    let text = without_tags(text);
    let text = text.trim_matches(['*', '`', ' ', '\n']);
    let rest = METHODS
        .into_iter()
        .find_map(|method| text.strip_prefix(method));
    rest.is_some_and(|rest| {
        let address = rest.trim_start_matches(['*', '`', ':', ' ', '\n']);
        address.len() < rest.len() && addresses(address) && !address.contains(char::is_whitespace)
    })
}

fn addresses(line: &str) -> bool {
    line.trim_start_matches('`').starts_with(['/', '{', '<']) || line.contains("://")
}

/// `**GET** /parcels` and `` `GET` `/parcels` `` as `GET /parcels`; other lines as they are.
fn undressed(line: &str) -> Cow<'_, str> {
    let marks = ['*', '_', '`', ' ', ':'];
    let start = line.trim_start_matches(marks);
    let method = METHODS.into_iter().find(|method| {
        let rest = start.strip_prefix(method);
        rest.is_some_and(|rest| rest.starts_with(marks))
    });
    let Some(method) = method else {
        return Cow::Borrowed(line);
    };
    let rest = start[method.len()..].trim_start_matches(marks);
    let dressed = !line.starts_with(method) && !line.trim_start_matches('`').starts_with(method);
    let marked = start[method.len()..].starts_with(['*', '_', '`']);
    if (dressed || marked) && addresses(rest) {
        return Cow::Owned(format!(
            "{method} {}",
            rest.trim_end_matches(['*', '_', '`'])
        ));
    }
    Cow::Borrowed(line)
}

/// The text without the tags of its layout. A method keeps its distance from the address.
pub fn without_tags(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return Cow::Borrowed(text);
    }
    let closed = closed(text);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    let mut found = false;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some((name, length)) = tag_at(rest, &closed) {
            found = true;
            if matches!(name, "br" | "p" | "div" | "hr" | "li" | "tr") {
                out.push('\n');
            } else if METHODS.iter().any(|method| out.ends_with(method))
                && !rest[length..].starts_with(char::is_whitespace)
            {
                out.push(' ');
            }
            rest = &rest[length..];
        } else {
            out.push('<');
            rest = &rest[1..];
        }
    }
    if !found {
        return Cow::Borrowed(text);
    }
    out.push_str(rest);
    let out = out.replace("&lt;", "<").replace("&gt;", ">");
    Cow::Owned(out.replace("&nbsp;", " ").replace("&amp;", "&"))
}

/// The elements that are closed somewhere in a text.
fn closed(text: &str) -> Vec<String> {
    let behind = text.split("</").skip(1);
    let name = |rest: &str| -> String {
        let name = rest.chars().take_while(char::is_ascii_alphanumeric);
        name.flat_map(char::to_lowercase).collect()
    };
    behind.map(name).filter(|name| !name.is_empty()).collect()
}

/// The name and the length of the tag with which a text begins. A tag without attributes is one where it is `closed`
/// somewhere, or never is; one that HTML does not know is one where it is closed.
fn tag_at<'t>(text: &'t str, closed: &[String]) -> Option<(&'t str, usize)> {
    let tag = tag(text)?;
    let inner = &tag[1..tag.len() - 1];
    let closing = inner.starts_with('/');
    let word = inner
        .trim_start_matches('/')
        .split([' ', '\t', '\n', '/'])
        .next()?;
    let known = TAGS.iter().any(|name| name.eq_ignore_ascii_case(word));
    let void = matches!(word, "br" | "hr" | "img");
    let is_closed = closed.iter().any(|name| name.eq_ignore_ascii_case(word));
    let is = is_closed || (known && (closing || void || inner.contains('=')));
    is.then_some((word, tag.len()))
}

/// `POST https://…` as a paragraph of its own, outside of a section for URLs.
pub fn stated_calls(part: &Part<'_>, dialect: &Dialect) -> Vec<(String, Said)> {
    let mut out = Vec::new();
    for (text, span) in texts(part) {
        for line in lines(&text, dialect) {
            let line = line.replace(['*', '`'], "");
            if let Some(text) = calls::call(line.trim(), dialect) {
                out.push((String::new(), Said { text, span }));
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<String> {
        let dialect = Dialect::parse("d", "").unwrap();
        let lines = lines(text, &dialect).into_iter();
        lines
            .filter(|line| !line.trim().is_empty())
            .map(|line| line.trim().to_owned())
            .collect()
    }

    #[test]
    fn layout_goes_and_placeholders_stay() {
        for (text, want) in [
            (
                "<i class=\"label\">POST</i><h6>/parcels/<id></h6>",
                vec!["POST /parcels/<id>"],
            ),
            (
                "<div class=\"x\">\n<i class='a'>PUT</i>\n<h6>/parcels/&lt;id&gt;</h6>\n</div>",
                vec!["PUT /parcels/<id>"],
            ),
            (
                "<span class=\"box-method\">GET</span> <span>/parcels</span>",
                vec!["GET /parcels"],
            ),
            ("`GET /parcels/<code>`", vec!["`GET /parcels/<code>`"]),
            (
                "<code>DELETE /parcels/<b></code>",
                vec!["DELETE /parcels/<b>"],
            ),
            ("`GET /a`<br/>\n`GET /b`", vec!["`GET /a`", "`GET /b`"]),
            ("**GET** /parcels", vec!["GET /parcels"]),
            ("`GET` `/parcels`", vec!["GET /parcels"]),
            ("**GET /parcels**", vec!["GET /parcels"]),
            ("GET\n/parcels", vec!["GET /parcels"]),
            ("Get the best of it", vec!["Get the best of it"]),
            ("GET\nit all", vec!["it all"]),
            (
                "<span class=\"api api-put\"></span> <code>/parcels/{id}</code>",
                vec!["PUT /parcels/{id}"],
            ),
            (
                "![PATCH](https://badge.example.com/PATCH) `/parcels/{id}`",
                vec!["PATCH `/parcels/{id}`"],
            ),
            (
                "<div class='endpoint post'>/parcels</div>",
                vec!["POST /parcels"],
            ),
            (
                "<span class=\"api example\"></span> <code>/parcels/7</code>",
                vec!["/parcels/7"],
            ),
            (
                "<img src=\"../images/put.png\"/><api>https://a.example.com/parcels/<id></api>",
                vec!["PUT https://a.example.com/parcels/<id>"],
            ),
            ("**Endpoint:** `POST /parcels`", vec!["`POST /parcels`"]),
            ("Endpoint: GET /parcels/[id]", vec!["GET /parcels/[id]"]),
            ("Note: GET /parcels", vec!["Note: GET /parcels"]),
        ] {
            assert_eq!(of(text), want, "{text}");
        }
    }

    #[test]
    fn remarks_are_calls_where_they_say_nothing_else() {
        for (text, want) in [
            ("`GET /parcels`", true),
            ("`POST` /parcels/{id}", true),
            ("Endpoint", false),
            ("Ask `GET /parcels` for it", false),
            ("Try GET /parcels", false),
        ] {
            assert_eq!(is_call(text), want, "{text}");
        }
    }

    #[test]
    fn a_dialect_knows_other_lines() {
        let yaml = "request_lines: ['^Call (?<path>\\S+) by (?<method>\\w+)$']\n";
        let dialect = Dialect::parse("d", yaml).unwrap();
        assert_eq!(lines("Call /parcels by POST", &dialect), ["POST /parcels"]);
        assert_eq!(lines("GET /a", &dialect), ["GET /a"]);
    }
}
