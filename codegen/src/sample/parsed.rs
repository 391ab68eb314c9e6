//! What reading a sample gives: the documents in it, and what had to be repaired for them.

use super::tree::Tree;

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
