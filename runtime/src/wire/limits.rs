//! What both parsers share: limits and the error they end with.

/// How large a body may be before it is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Limits {
    /// How many bytes the body may have.
    pub max_bytes: usize,
    /// How deep lists and objects may stand in each other. Each level takes room on the stack.
    pub max_depth: usize,
}

impl Default for Limits {
    /// 16 MiB, and 64 levels.
    fn default() -> Self {
        Self {
            max_bytes: 16 << 20,
            max_depth: 64,
        }
    }
}

/// Why a body could not be parsed. Names the place, never the content.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ParseError {
    /// The body breaks the grammar of its format.
    #[error("not well-formed {format} at byte {offset}")]
    #[non_exhaustive]
    Syntax {
        /// `JSON` or `XML`.
        format: &'static str,
        /// How many bytes stand before the place.
        offset: u64,
    },
    /// The body is not in UTF-8.
    #[error("not UTF-8")]
    NotUtf8,
    /// The body is longer than the limit.
    #[error("longer than {0} bytes")]
    TooLong(usize),
    /// Lists and objects stand deeper in each other than the limit.
    #[error("nested deeper than {0} levels")]
    TooDeep(usize),
    /// The XML has a document type, which could define entities of any size.
    #[error("a document type declaration is not accepted")]
    DocumentType,
    /// The XML refers to an entity that is none of the five that XML defines itself.
    #[error("a reference to an entity that XML does not define")]
    UnknownEntity,
}

/// The format in which a body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// JSON.
    #[default]
    Json,
    /// XML.
    Xml,
}

impl Format {
    /// `json` or `xml`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Xml => "xml",
        }
    }

    /// The media type: `application/json` or `application/xml`.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Xml => "application/xml",
        }
    }

    /// The format that a body is really in: some replies are in the other one than was asked for.
    #[must_use]
    pub fn of(body: &[u8]) -> Self {
        let text = body.strip_prefix("\u{feff}".as_bytes()).unwrap_or(body);
        match text.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'<') => Self::Xml,
            _ => Self::Json,
        }
    }
}

/// The body as text, without a byte order mark.
pub(crate) fn text<'a>(body: &'a [u8], limits: &Limits) -> Result<&'a str, ParseError> {
    if body.len() > limits.max_bytes {
        return Err(ParseError::TooLong(limits.max_bytes));
    }
    let text = std::str::from_utf8(body).map_err(|_| ParseError::NotUtf8)?;
    Ok(text.strip_prefix('\u{feff}').unwrap_or(text))
}
