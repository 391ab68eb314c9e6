//! What a line begins.

use std::ops::Range;

use pulldown_cmark::HeadingLevel;

use crate::text::one_slip;

/// The info string when the line opens (or closes: then it is empty) a fence.
pub fn opens_fence(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = line
        .strip_prefix("```")
        .or_else(|| line.strip_prefix("~~~"))?;
    let info = rest.trim_start_matches(['`', '~']).trim();
    (!info.contains('`')).then_some(info)
}

pub fn heading_level(line: &str) -> Option<usize> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    ((1..=6).contains(&hashes) && line[hashes..].starts_with([' ', '\t'])).then_some(hashes)
}

/// The level of `###Title`: no heading by today's Markdown, and one by that of older tools.
pub fn slack_heading(line: &str) -> Option<HeadingLevel> {
    let hashes = line.len() - line.trim_start_matches('#').len();
    let title = line[hashes..].starts_with(char::is_alphabetic);
    HeadingLevel::try_from(hashes)
        .ok()
        .filter(|level| title && *level != HeadingLevel::H1)
}

/// The level and the title of `<h2 id="parcels">Parcels</h2>`, a heading as generators write it. Smaller ones dress
/// requests.
pub fn html_heading(line: &str) -> Option<(HeadingLevel, &str)> {
    let rest = line.strip_prefix("<h")?;
    let level: usize = rest.get(..1)?.parse().ok()?;
    let level = HeadingLevel::try_from(level).ok()?;
    let (attributes, rest) = rest[1..].split_once('>')?;
    let title = rest.strip_suffix(&format!("</{level}>"))?.trim();
    let plain = attributes.is_empty() || attributes.starts_with(' ');
    let named = title.starts_with(char::is_alphabetic) && !title.contains('<');
    (plain && named && level <= HeadingLevel::H4).then_some((level, title))
}

pub fn is_label(line: &str) -> bool {
    let line = line.trim_start();
    line.strip_prefix('>').is_some_and(|rest| {
        let rest = rest.trim_start();
        // `> 404 Not Found`, but not `> 5`.
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let status = digits == 3 && !rest[digits..].starts_with(['.', ',', '%']);
        status
            || rest.starts_with(|c: char| c.is_alphabetic() || matches!(c, '*' | '`' | '#' | '('))
    })
}

/// What a label says, without its mark and that of a heading.
pub fn label(text: &str) -> &str {
    let text = text.trim_start_matches('>').trim_start();
    text.trim_start_matches('#').trim()
}

/// True for a line that is bold as a whole: what is below it is another matter.
pub fn is_bold(line: &str) -> bool {
    let inner = line
        .strip_prefix("**")
        .and_then(|rest| rest.trim_end_matches(':').strip_suffix("**"));
    inner.is_some_and(|inner| !inner.is_empty() && !inner.contains("**"))
}

pub fn is_item(text: &str) -> bool {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    text.starts_with("* ")
        || text.starts_with("- ")
        || text.starts_with("+ ")
        || (digits > 0 && text[digits..].starts_with(['.', ')']))
}

pub fn is_aside(line: &str) -> bool {
    line.get(..6)
        .is_some_and(|start| start.eq_ignore_ascii_case("<aside"))
}

/// What ends the aside with which a text begins: `</aside>`, one with a slip of the pen, or a second `<aside>` at the end
/// of a line, where none can begin.
pub fn aside_end(text: &str) -> Option<Range<usize>> {
    let lower = text.to_ascii_lowercase();
    let tags = lower.match_indices("</").map(|(at, _)| at);
    let mut closing = tags.filter_map(|at| {
        let inner = &lower[at + 2..];
        let length = inner.find('>');
        let name = &inner[..length.unwrap_or(inner.len())];
        let is = name.starts_with("aside") || one_slip("aside", name);
        is.then(|| at..length.map_or(text.len(), |length| at + 2 + length + 1))
    });
    closing.next().or_else(|| {
        let end = lower.trim_end().len();
        let start = lower[..end].strip_suffix(ASIDE)?.len();
        (!lower[..start].trim().is_empty()).then_some(start..end)
    })
}

/// The tag that begins an aside, and by mistake ends one.
pub const ASIDE: &str = "<aside>";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_aside_ends_with_what_is_meant_to_end_it() {
        for (text, end) in [
            ("<aside>So.</aside> And", Some("</aside>")),
            ("<aside class=\"a\">So.</ASIDE", Some("</ASIDE")),
            ("<aside class=\"a\">So.</asid>", Some("</asid>")),
            ("<aside class=\"a\">So.</asdie>", Some("</asdie>")),
            ("<aside class=\"a\">So.<aside>", Some("<aside>")),
            ("<aside class=\"a\"><b>So.</b>", None),
            ("<aside>", None),
        ] {
            assert_eq!(aside_end(text).map(|end| &text[end]), end, "{text}");
        }
    }
}
