//! Reads the samples of the docs: JSON and XML that were written by hand.
//!
//! Nothing here knows operations. A sample becomes a [`Tree`], with a list of what had to be repaired on the way.

pub mod json;
mod json_reader;
#[cfg(test)]
mod json_tests;
mod json_words;
mod parsed;
mod remark;
mod tree;
pub mod xml;

pub use parsed::{Format, Parsed, Repair};
pub(crate) use remark::leading_remark;
pub use tree::{Member, Tree};

/// The format that a block of code is in, whatever its fence says. `None` when it is empty or neither.
#[must_use]
pub fn format_of(body: &str) -> Option<Format> {
    let first = body.lines().map(str::trim).find(|line| {
        !line.is_empty() && leading_remark(line).is_none() && !line.trim_matches('.').is_empty()
    })?;
    let first = first.trim_start_matches('\u{feff}');
    let is_url = |text: &str| {
        let text = text.trim_start_matches(['`', '\'', '"']);
        let lower = text.to_ascii_lowercase();
        lower.starts_with("http://")
            || lower.starts_with("https://")
            || [
                "get ", "post ", "put ", "delete ", "patch ", "head ", "options ",
            ]
            .iter()
            .any(|method| {
                lower.starts_with(method)
                    && (lower.contains("://")
                        || lower[method.len()..].trim_start().starts_with('/'))
            })
    };
    if is_url(first) {
        Some(Format::Url)
    } else if is_script(first) {
        None
    } else if first.starts_with('<') {
        Some(Format::Xml)
    } else if first.starts_with(['{', '[', '"', '“', '}'])
        || first.split_once(':').is_some_and(|(key, _)| is_key(key))
    {
        Some(Format::Json)
    } else {
        None
    }
}

/// True for the beginning of a program that is written into a page.
fn is_script(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let program = lower.starts_with("<?") && !lower.starts_with("<?xml");
    program || lower.starts_with("<%") || lower.starts_with("<script")
}

fn is_key(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '"'))
}

/// Reads a block of code.
#[must_use]
pub fn parse(body: &str) -> Option<Parsed> {
    match format_of(body)? {
        Format::Json => json::parse(body),
        Format::Xml => xml::parse(body),
        Format::Url => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_in_a_page_is_no_message() {
        for (text, is) in [
            ("<root/>", Some(Format::Xml)),
            ("<?xml version=\"1.0\"?><root/>", Some(Format::Xml)),
            ("<?php print_r($parcels); ?>", None),
            ("<% parcels.each do |parcel| %>", None),
            ("<script>let parcels;</script>", None),
            ("{\"a\": 1}", Some(Format::Json)),
            ("OPTIONS https://a.example.com/b", Some(Format::Url)),
            ("head /parcels", Some(Format::Url)),
        ] {
            assert_eq!(format_of(text), is, "{text}");
        }
    }
}
