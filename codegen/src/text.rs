//! Cleaning of running text and cells.

use std::borrow::Cow;

use indexmap::IndexMap;

/// Removes the HTML that docs use for layout and keeps what it says: `<br>` becomes a line break, links become
/// Markdown links, other known tags vanish. What merely looks like a tag (`<X>`, `<cluster url>`) is text and stays.
#[must_use]
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut link: Option<String> = None;
    let mut rest = text;
    while let Some(at) = rest.find('<') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[1..end];
        let closing = tag.starts_with('/');
        let name: String = tag
            .trim_start_matches('/')
            .chars()
            .take_while(char::is_ascii_alphanumeric)
            .collect::<String>()
            .to_lowercase();
        match name.as_str() {
            "br" | "p" | "div" | "li" | "ul" | "ol" | "hr" => out.push('\n'),
            "b" | "strong" => out.push_str("**"),
            "i" | "em" => out.push('*'),
            "code" | "kbd" | "tt" => out.push('`'),
            "a" if closing => {
                if let Some(url) = link.take() {
                    out.push_str("](");
                    out.push_str(&url);
                    out.push(')');
                }
            }
            "a" if tag.contains("href") => {
                let url = attribute(tag, "href").unwrap_or_default();
                if !url.is_empty() && rest[end..].contains("</a") {
                    out.push('[');
                    link = Some(url);
                }
            }
            "a" | "span" | "font" | "u" | "sup" | "sub" | "small" | "aside" => {}
            _ => {
                out.push('<');
                rest = &rest[1..];
                continue;
            }
        }
        rest = &rest[end + 1..];
    }
    out.push_str(rest);
    if let Some(url) = link {
        out.push_str("](");
        out.push_str(&url);
        out.push(')');
    }
    let out = out
        .replace("&nbsp;", " ")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&");
    let lines: Vec<String> = out
        .lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|line| !line.is_empty())
        .collect();
    lines.join("\n")
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(name)? + name.len();
    let value = tag[at..].trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next()?;
    let value = if matches!(quote, '"' | '\'') {
        value[1..].split(quote).next()?
    } else {
        value.split_whitespace().next()?
    };
    Some(value.to_owned())
}

/// The text without code marks, emphasis and quotes: what a cell names.
#[must_use]
pub fn bare(text: &str) -> String {
    let text = plain(text);
    text.trim()
        .trim_matches(['`', '"', '\'', '“', '”', '‘', '’'])
        .trim()
        .to_owned()
}

/// A link within running text, and what stands around it.
pub struct Link<'t> {
    /// The text in front of it.
    pub before: &'t str,
    /// What it says.
    pub text: &'t str,
    /// Where it leads to.
    pub target: &'t str,
    /// The text behind it.
    pub after: &'t str,
}

/// The first link of a text: `Array of [Address](#address)`. What it says may have brackets of its own.
pub fn link(text: &str) -> Option<Link<'_>> {
    let (head, rest) = text.split_once("](")?;
    let (target, after) = rest.split_once(')')?;
    let mut open = 1_usize;
    let start = head.rfind(|c| {
        open = match c {
            ']' => open + 1,
            '[' => open - 1,
            _ => open,
        };
        open == 0
    })?;
    Some(Link {
        before: &head[..start],
        text: &head[start + 1..],
        target,
        after,
    })
}

/// The text with the letters of other scripts as they sound in Latin ones: `Envío` is `Envio`.
///
/// Names of files, modules and types are made of what comes out.
#[must_use]
pub fn in_latin(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match deunicode::deunicode_char(c).filter(|_| !c.is_ascii() && c.is_alphabetic()) {
            Some(sound) => out.push_str(sound),
            None => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// True for a character that can stand in a name on the wire.
#[must_use]
pub fn is_name_char(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// Whether a name says that a person or a secret stands there: one of its words is such, or all of them together are.
pub fn is_personal(name: &str, personal: &[String]) -> bool {
    let words = heck::ToSnakeCase::to_snake_case(name);
    let is = |word: &str| personal.iter().any(|known| word == known);
    is(&words) || words.split('_').any(is)
}

/// The text that most of them have; of equal counts the first. Empty ones do not count.
pub fn most_common<'t>(texts: impl IntoIterator<Item = &'t str>) -> Option<&'t str> {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for text in texts.into_iter().filter(|text| !text.is_empty()) {
        *counts.entry(text).or_insert(0) += 1;
    }
    let most = counts.values().copied().max()?;
    let mut counts = counts.into_iter();
    counts
        .find(|(_, count)| *count == most)
        .map(|(text, _)| text)
}

/// True when one character was dropped, added, changed or swapped.
#[must_use]
pub fn one_slip(right: &str, written: &str) -> bool {
    // Most words differ in length already.
    if right.chars().count().abs_diff(written.chars().count()) > 1 {
        return false;
    }
    let (a, b): (Vec<char>, Vec<char>) = (right.chars().collect(), written.chars().collect());
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (ra, rb) = (&a[same..], &b[same..]);
    let swapped = ra.len() == rb.len()
        && ra.len() >= 2
        && ra[0] == rb[1]
        && ra[1] == rb[0]
        && ra[2..] == rb[2..];
    let changed = !ra.is_empty() && !rb.is_empty() && ra[1..] == rb[1..];
    let dropped = !ra.is_empty() && ra[1..] == *rb;
    let added = !rb.is_empty() && *ra == rb[1..];
    swapped || changed || dropped || added
}

/// True for the same letters in another order.
#[must_use]
pub fn swapped(right: &str, written: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(right) == sorted(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layout_goes_words_stay() {
        assert_eq!(plain("a <br>**b**<BR/> c"), "a\n**b**\nc");
        assert_eq!(plain("multiple of <X>. Check"), "multiple of <X>. Check");
        assert_eq!(
            plain("see <a href=\"http://x/y\" target=\"_blank\">this</a> page"),
            "see [this](http://x/y) page"
        );
        assert_eq!(plain("a < b"), "a < b");
        assert_eq!(
            plain("`https://<cluster url>/x`"),
            "`https://<cluster url>/x`"
        );
    }

    #[test]
    fn names_lose_their_dress() {
        assert_eq!(bare(" `customer/add` "), "customer/add");
        assert_eq!(bare("canonical_name\""), "canonical_name");
    }

    #[test]
    fn a_slip_of_the_pen() {
        assert!(one_slip("boolean", "boolen"));
        assert!(one_slip("string", "strnig"));
        assert!(one_slip("integer", "integerr"));
        assert!(one_slip("double", "doubel"));
        assert!(!one_slip("string", "strong1"));
        assert!(!one_slip("date", "database"));
    }
}
