//! Who says something, and what a fact is worth that only they speak for.

/// Who makes a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Witness {
    /// A correction: it beats all others, and says what it beats.
    Override,
    /// The file of published names.
    Published,
    /// A cell of a table about the operation, or a line in the manner of one.
    Cell,
    /// A line that says how to call the operation.
    RequestLine,
    /// A row of a table of parameters or codes.
    Row,
    /// A sentence, an aside, or a mark that they explain.
    Sentence,
    /// A heading.
    Heading,
    /// The URL of a sample.
    SampleUrl,
    /// The label of a sample.
    Label,
    /// A sample, or a table, of a body.
    Body,
    /// A value in a JSON sample.
    Json,
    /// A value in an XML sample.
    Xml,
    /// What the index says of all operations.
    Index,
    /// What is said of the same name elsewhere.
    Elsewhere,
    /// The words of a name, as the dialect understands them.
    Words,
    /// Nobody: a habit of such docs.
    Habit,
}

impl Witness {
    /// What a fact rests on that only this witness speaks for.
    #[must_use]
    pub fn basis(self) -> Basis {
        match self {
            Self::Override => Basis::Corrected,
            Self::Published
            | Self::Cell
            | Self::RequestLine
            | Self::Row
            | Self::Sentence
            | Self::Heading => Basis::Stated,
            Self::SampleUrl | Self::Label | Self::Body | Self::Json | Self::Xml => Basis::Shown,
            Self::Index | Self::Elsewhere => Basis::Borrowed,
            Self::Words | Self::Habit => Basis::Assumed,
        }
    }

    /// True for a witness of its own: what is usual is none, and what is seen in one body is a sign only.
    #[must_use]
    pub fn speaks(self) -> bool {
        !matches!(self, Self::Body | Self::Words | Self::Habit)
    }

    /// Who that is, for people.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Override => "an override",
            Self::Published => "the file of published names",
            Self::Cell => "the resource table",
            Self::RequestLine => "the request line",
            Self::Row => "the row",
            Self::Sentence => "a sentence",
            Self::Heading => "the heading",
            Self::SampleUrl => "the URL of a sample",
            Self::Label => "the label of a sample",
            Self::Body => "a body that is documented",
            Self::Json => "a JSON sample",
            Self::Xml => "an XML sample",
            Self::Index => "the index, on all operations",
            Self::Elsewhere => "the same name elsewhere",
            Self::Words => "the words of the name, as the dialect has them",
            Self::Habit => "what is usual",
        }
    }
}

/// What a fact of the spec rests on. Earlier ones are surer.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    /// The overrides say so.
    Corrected,
    /// The docs say so.
    Stated,
    /// Recorded traffic shows it.
    Observed,
    /// Samples show it.
    #[default]
    Shown,
    /// The docs say or show it of something else that has the same name.
    Borrowed,
    /// Nothing in the docs says or shows it.
    Assumed,
}

impl Basis {
    /// The word that stands in the spec.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Corrected => "corrected",
            Self::Stated => "stated",
            Self::Observed => "observed",
            Self::Shown => "shown",
            Self::Borrowed => "borrowed",
            Self::Assumed => "assumed",
        }
    }

    /// True for what the place itself neither states nor shows.
    #[must_use]
    pub fn is_guess(self) -> bool {
        matches!(self, Self::Borrowed | Self::Assumed)
    }
}
