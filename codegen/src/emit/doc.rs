//! Text of the docs as rustdoc.
//!
//! The text is data: it must not end a comment, open a doc test, start HTML, or become a link to an item.

use proc_macro2::TokenStream;
use quote::quote;

/// The text as Markdown that rustdoc shows as it is meant.
#[must_use]
pub fn markdown(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(line).collect();
    // What goes on below an item of a list belongs to it, and is written so.
    let mut inside = 0;
    for line in &mut lines {
        match item(line) {
            _ if line.is_empty() => inside = 0,
            0 => line.insert_str(0, &" ".repeat(inside)),
            marker => inside = marker,
        }
    }
    lines.join("\n").trim().to_owned()
}

/// How long the marker of a list item is with its blank; 0 for what is no item.
fn item(line: &str) -> usize {
    if line.starts_with("* ") || line.starts_with("- ") {
        return 2;
    }
    let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ordered = line[digits..].starts_with(". ") || line[digits..].starts_with(") ");
    // More digits are no marker in Markdown.
    if ordered && (1..10).contains(&digits) {
        digits + 2
    } else {
        0
    }
}

fn line(text: &str) -> String {
    // Without indentation and fences nothing can become a code block, and so no doc test.
    let text: String = text
        .trim()
        .chars()
        .filter(|c| !c.is_control() && !is_bidi(*c))
        .collect();
    let text = text
        .trim_start_matches('\u{feff}')
        .replace("```", "'''")
        .replace("~~~", "---");
    let odd = text.matches('`').count() % 2 == 1;
    let mut out = String::with_capacity(text.len() + 8);
    for (number, piece) in text.split('`').enumerate() {
        let code = number % 2 == 1 && !(odd && number == text.matches('`').count());
        if number > 0 {
            out.push_str(if odd && number == text.matches('`').count() {
                "\\`"
            } else {
                "`"
            });
        }
        if code {
            out.push_str(piece);
        } else {
            prose(piece, &mut out);
        }
    }
    let list = out.starts_with("* ") || out.starts_with("- ");
    if !list && out.starts_with(['#', '>', '=', '+', '-']) {
        out.insert(0, '\\');
    }
    out
}

/// Marks that change the direction of text could make code look like something else.
pub fn is_bidi(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{200e}' | '\u{200f}' | '\u{061c}')
}

fn prose(text: &str, out: &mut String) {
    let mut rest = text;
    while !rest.is_empty() {
        if let Some((label, url, length)) = link(rest) {
            match url {
                Some(url) => {
                    out.push('[');
                    escape(label, out);
                    out.push_str("](");
                    out.push_str(url);
                    out.push(')');
                }
                None => escape(label, out),
            }
            rest = &rest[length..];
        } else if rest.starts_with("http://") || rest.starts_with("https://") {
            let end = rest
                .find(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '"' | ')' | ']' | '`'))
                .unwrap_or(rest.len());
            let url = rest[..end].trim_end_matches(['.', ',', ';', ':']);
            if is_plain_url(url) {
                out.push('<');
                out.push_str(url);
                out.push('>');
            } else {
                // A template is no link.
                out.push('`');
                out.push_str(&url.replace('`', "'"));
                out.push('`');
            }
            rest = &rest[url.len()..];
        } else {
            let next = rest.char_indices().skip(1).find(|(at, c)| {
                *c == '['
                    || rest[*at..].starts_with("http://")
                    || rest[*at..].starts_with("https://")
            });
            let end = next.map_or(rest.len(), |(at, _)| at);
            escape(&rest[..end], out);
            rest = &rest[end..];
        }
    }
}

fn is_plain_url(url: &str) -> bool {
    url.chars()
        .all(|c| c.is_ascii_alphanumeric() || "-._~:/?#@!$&'*+,;=%".contains(c))
        && url.len() > 10
}

/// `[label](https://…)` at the start: label, URL, length. What is on the page of the docs itself has no URL here.
fn link(text: &str) -> Option<(&str, Option<&str>, usize)> {
    let inner = text.strip_prefix('[')?;
    let end = inner.find(']')?;
    let label = &inner[..end];
    let rest = inner[end + 1..].strip_prefix('(')?;
    let close = rest.find(')')?;
    let url = rest[..close].trim();
    let whole = (url.starts_with("https://") || url.starts_with("http://")) && is_plain_url(url);
    let inner = url.starts_with(['#', '/']) && !url.contains(char::is_whitespace);
    let fine = (whole || inner) && !label.contains('[') && !label.is_empty();
    fine.then_some((
        label,
        Some(url).filter(|_| whole),
        1 + end + 1 + 1 + close + 1,
    ))
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        if matches!(c, '<' | '>' | '[' | ']' | '\\' | '|') {
            out.push('\\');
        }
        out.push(c);
    }
}

/// The text as doc attributes, one a line.
#[must_use]
pub fn attributes(text: &str) -> TokenStream {
    let lines = text.lines().map(|line| {
        if line.is_empty() {
            String::new()
        } else {
            format!(" {line}")
        }
    });
    let lines: Vec<String> = lines.collect();
    quote! { #(#[doc = #lines])* }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stays_text() {
        for (text, want) in [
            ("Pass `true` to see it.", "Pass `true` to see it."),
            (
                "multiple of <X>. Check [this]",
                r"multiple of \<X\>. Check \[this\]",
            ),
            (
                "see [docs](https://example.com/a) now",
                "see [docs](https://example.com/a) now",
            ),
            ("see [list *x*](#list) now", "see list *x* now"),
            ("f[0](x)", r"f\[0\](x)"),
            ("see https://example.com/a.", "see <https://example.com/a>."),
            ("call https://{host}/v1/a", "call `https://{host}/v1/a`"),
            ("    indented", "indented"),
            ("```rust\nfn main() {}\n```", "'''rust\nfn main() {}\n'''"),
            ("one ` mark", "one \\` mark"),
            ("*/ end", "*/ end"),
            ("# head", "\\# head"),
            (
                "- one\ntwo\n- three\n\nfour",
                "- one\n  two\n- three\n\nfour",
            ),
            (
                "10. one\ntwo\n1) three\nfour",
                "10. one\n    two\n1) three\n   four",
            ),
            ("2020. one", "2020. one"),
            ("a\u{202e}b", "ab"),
        ] {
            assert_eq!(markdown(text), want);
        }
    }
}
