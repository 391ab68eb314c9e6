//! Reads the samples of the docs: JSON and XML that were written by hand.
//!
//! Nothing here knows operations. A sample becomes a [`Tree`], with a list of what had to be repaired on the way.

pub mod json;
mod json_reader;
#[cfg(test)]
mod json_tests;
mod json_words;
pub mod xml;

use std::ops::Range;

/// A value with the places of its members.
#[derive(Clone, Debug, PartialEq)]
pub enum Tree {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as it is written.
    Number(String),
    /// Text.
    Text(String),
    /// A list.
    List(Vec<Tree>),
    /// An object, or an element with children.
    Object(Vec<Member>),
}

/// A member of an object.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Its key.
    pub key: String,
    /// Its value.
    pub value: Tree,
    /// Bytes of the sample where the key stands, as it is written.
    pub at: Range<usize>,
    /// What a remark beside it says.
    pub remark: Option<String>,
}

impl Tree {
    /// The members of an object, nothing for other values.
    #[must_use]
    pub fn members(&self) -> &[Member] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The value of a member.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Tree> {
        self.members()
            .iter()
            .find(|member| member.key == key)
            .map(|member| &member.value)
    }

    /// True when there is nothing in it: `null`, `""`, `[]`, `{}`.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        match self {
            Self::Null => true,
            Self::Text(text) => text.is_empty(),
            Self::List(items) => items.is_empty(),
            Self::Object(members) => members.is_empty(),
            Self::Bool(_) | Self::Number(_) => false,
        }
    }
}

/// How a sample is written.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Format {
    /// JSON.
    Json,
    /// XML.
    Xml,
    /// One or more URLs.
    Url,
}

impl Format {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
            Self::Url => "url",
        }
    }
}

/// What had to be done to read a sample.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Repair {
    /// Lines that are remarks.
    RemarkLine,
    /// Blank lines before an XML declaration.
    LeadingBlank,
    /// A comma before a closing bracket, or two in a row.
    ExtraComma,
    /// No comma between two members.
    MissingComma,
    /// No colon between key and value.
    MissingColon,
    /// A key without quotes, or with other ones.
    UnquotedKey,
    /// Text without quotes, or with other ones.
    UnquotedText,
    /// A line break or tab inside a string.
    RawControl,
    /// A string, list or object that is never closed.
    Truncated,
    /// A bracket that closes nothing, or another bracket.
    WrongBracket,
    /// Members without the object around them.
    BareMembers,
    /// More than one document.
    SeveralDocuments,
    /// An ellipsis.
    Ellipsis,
    /// A quote inside a string that is not escaped.
    InnerQuote,
    /// A key that occurs twice in one object.
    RepeatedKey,
    /// Tags that do not match, or characters that have to be escaped.
    BrokenMarkup,
    /// Characters that mean nothing.
    Junk,
}

impl Repair {
    /// What was wrong, in words.
    #[must_use]
    pub fn description(self) -> &'static str {
        match self {
            Self::RemarkLine => "remark lines",
            Self::LeadingBlank => "blank lines before the XML declaration",
            Self::ExtraComma => "a comma too many",
            Self::MissingComma => "a missing comma",
            Self::MissingColon => "a missing colon",
            Self::UnquotedKey => "a key without quotes",
            Self::UnquotedText => "text without quotes",
            Self::RawControl => "a line break or tab inside a string",
            Self::Truncated => "cut off",
            Self::WrongBracket => "brackets that do not match",
            Self::BareMembers => "members without an object around them",
            Self::SeveralDocuments => "several documents in one block",
            Self::Ellipsis => "an ellipsis",
            Self::InnerQuote => "a quote inside a string",
            Self::RepeatedKey => "a key twice in one object",
            Self::BrokenMarkup => "broken markup",
            Self::Junk => "stray characters",
        }
    }
}

/// A sample that was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Parsed {
    /// How it is written.
    pub format: Format,
    /// The document, or the documents when several stand in one block.
    pub documents: Vec<Tree>,
    /// What had to be repaired, with the byte offset of each.
    pub repairs: Vec<(Repair, usize)>,
    /// True when the members came without an object around them: the sample shows a part of a message.
    pub fragment: bool,
}

impl Parsed {
    /// True when a strict parser reads it as it stands.
    #[must_use]
    pub fn is_strict(&self) -> bool {
        self.repairs.is_empty()
    }
}

/// The format that a block of code is in, whatever its fence says. `None` when it is empty or neither.
#[must_use]
pub fn format_of(body: &str) -> Option<Format> {
    let first = body.lines().map(str::trim).find(|line| {
        !line.is_empty() && !is_remark_line(line) && !line.trim_matches('.').is_empty()
    })?;
    let first = first.trim_start_matches('\u{feff}');
    let is_url = |text: &str| {
        let text = text.trim_start_matches(['`', '\'', '"']);
        let lower = text.to_ascii_lowercase();
        lower.starts_with("http://")
            || lower.starts_with("https://")
            || ["get ", "post ", "put ", "delete ", "patch "]
                .iter()
                .any(|method| {
                    lower.starts_with(method)
                        && (lower.contains("://")
                            || lower[method.len()..].trim_start().starts_with('/'))
                })
    };
    if is_url(first) {
        Some(Format::Url)
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

fn is_key(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '"'))
}

/// True for a line that is a remark of the author inside a sample.
pub(crate) fn is_remark_line(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//")
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
