//! What the docs state, as they state it: the input of inference.

mod rows;

use crate::dialect::HeadingKind;
use crate::sample::{Format, Parsed};
use crate::slate::source::Span;

pub use rows::{Cells, Names, ParamRow};

/// Text with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// What is written, cleaned.
    pub text: String,
    /// Where.
    pub span: Span,
}

/// Everything the docs state.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// Title of the documentation.
    pub title: String,
    /// What the index says of the API as a whole.
    pub api: ApiFacts,
    /// The index, if it holds operations, and every include.
    pub pages: Vec<PageFacts>,
    /// Addresses of calls that the text outside of operations names.
    pub bases: Vec<BaseFact>,
    /// Tables outside of operations that describe objects.
    pub objects: Vec<ObjectFact>,
}

impl Facts {
    /// The operations of all pages.
    pub fn operations(&self) -> impl Iterator<Item = &OperationFacts> {
        self.pages.iter().flat_map(|page| &page.operations)
    }
}

/// A table outside of operations that describes an object.
#[derive(Clone, Debug)]
pub struct ObjectFact {
    /// The heading.
    pub title: Said,
    /// Its members.
    pub rows: Vec<ParamRow>,
    /// The table.
    pub span: Span,
}

/// An object in a message of an operation that a table outside of it describes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MembersFact {
    /// In which message.
    pub role: Role,
    /// The keys that lead to it.
    pub path: Vec<String>,
    /// The number of the table.
    pub object: usize,
    /// Whether there are several of it, where no sample but a sentence says what the message is.
    pub told: Option<bool>,
}

/// What the index says of all operations.
#[derive(Clone, Debug, Default)]
pub struct ApiFacts {
    /// Version segment of paths, such as `v1.1`.
    pub version: Option<Said>,
    /// Template of request URLs.
    pub url: Option<Said>,
    /// Hosts of all modules without their own.
    pub hosts: Vec<HostFact>,
    /// Codes of whole calls.
    pub codes: Vec<CodeFact>,
    /// Headers of requests.
    pub headers: Vec<ParamRow>,
    /// Sections about authentication: title and first sentence.
    pub auth: Vec<(Said, String)>,
}

/// A page.
#[derive(Clone, Debug)]
pub struct PageFacts {
    /// Name as the index lists it.
    pub name: String,
    /// Title of its first chapter.
    pub title: String,
    /// That title.
    pub span: Span,
    /// What it says before the first operation.
    pub doc: String,
    /// Its operations.
    pub operations: Vec<OperationFacts>,
    /// Its response codes.
    pub codes: Vec<CodeFact>,
    /// Its own hosts.
    pub hosts: Vec<HostFact>,
    /// Authentication of all its operations.
    pub auth: Option<Said>,
    /// Paragraphs before the first operation.
    pub intro: Vec<Said>,
}

/// An address below which calls are made, as the text names it.
#[derive(Clone, Debug)]
pub struct BaseFact {
    /// The address.
    pub url: Said,
    /// What it is called, where it is there to try things: `sandbox`.
    pub trial: Option<&'static str>,
}

/// A list of hosts.
#[derive(Clone, Debug)]
pub struct HostFact {
    /// Name of the placeholder or heading.
    pub name: String,
    /// Clusters and their hosts, in the docs' order.
    pub clusters: Vec<(String, String)>,
    /// Where.
    pub span: Span,
}

/// Whether codes mean success.
#[derive(
    Clone,
    Copy,
    Debug,
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
pub enum CodeKind {
    /// It went well.
    Success,
    /// It failed.
    Error,
    /// It went well, but.
    Warning,
    /// The docs do not say.
    Unknown,
}

impl CodeKind {
    /// What a status of HTTP means.
    #[must_use]
    pub fn of_http(status: u32) -> Self {
        match status {
            200..=299 => Self::Success,
            400..=599 => Self::Error,
            _ => Self::Unknown,
        }
    }
}

/// One code with one message.
#[derive(Clone, Debug)]
pub struct CodeFact {
    /// The number.
    pub code: u32,
    /// What it means; empty where the docs do not say.
    pub message: String,
    /// Whether it means success.
    pub kind: CodeKind,
    /// The heading that says so; `None` where the row or the number does.
    pub heading: Option<Span>,
    /// The row.
    pub span: Span,
    /// The cell with the number, or where the message stands that belongs to the number above.
    pub cell: Span,
}

/// An operation as its section describes it.
#[derive(Clone, Debug)]
pub struct OperationFacts {
    /// Title.
    pub title: String,
    /// The heading.
    pub span: Span,
    /// What it does.
    pub doc: String,
    /// `URI` rows: name of the row, value.
    pub uris: Vec<(String, Said)>,
    /// Request URLs: what is said before, URL.
    pub urls: Vec<(String, Said)>,
    /// What commands and code in its samples call.
    pub called: Vec<Said>,
    /// The media types of the bodies that commands and messages send.
    pub media: Vec<Said>,
    /// HTTP method.
    pub method: Option<Said>,
    /// Authentication.
    pub auth: Option<Said>,
    /// Batch support.
    pub batch: Option<Said>,
    /// Rate limit.
    pub rate_limit: Option<Said>,
    /// Formats of the answer.
    pub formats: Option<Said>,
    /// Version of the API.
    pub version: Option<Said>,
    /// Tables of parameters, and parameters in prose.
    pub tables: Vec<ParamTable>,
    /// Asides and paragraphs, which may state rules: the tables under the same heading, and the text.
    pub notes: Vec<(std::ops::Range<usize>, Said)>,
    /// What tables of codes say that an answer is, where a call went well.
    pub returned: Vec<Said>,
    /// Where it says that an answer has no body.
    pub empty: Option<Span>,
    /// Answers to calls that were refused.
    pub refusals: Vec<SampleFact>,
    /// Samples.
    pub samples: Vec<SampleFact>,
    /// Objects in its samples that tables outside of it describe.
    pub members: Vec<MembersFact>,
}

impl OperationFacts {
    /// The addresses that it states: request lines, and then rows.
    pub fn stated(&self) -> impl Iterator<Item = &Said> {
        self.urls.iter().chain(&self.uris).map(|(_, said)| said)
    }

    /// The lines of its samples of URLs.
    pub fn url_lines(&self) -> impl Iterator<Item = (&str, Span)> {
        let samples = self.samples.iter();
        let samples = samples.filter(|sample| sample.role == Role::Url);
        samples.flat_map(|sample| sample.body.lines().map(|line| (line, sample.span)))
    }
}

/// A table of parameters.
#[derive(Clone, Debug)]
pub struct ParamTable {
    /// What its heading says.
    pub kind: HeadingKind,
    /// The heading.
    pub heading: Said,
    /// The rows.
    pub rows: Vec<ParamRow>,
}

/// Which way a sample goes.
#[derive(
    Clone,
    Copy,
    Debug,
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
pub enum Role {
    /// To the server.
    Request,
    /// From the server.
    Response,
    /// A URL.
    Url,
}

/// How the body of a request is written, where that is not one of the formats.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Encoding {
    /// As a form: `application/x-www-form-urlencoded`.
    Form,
    /// As a form in parts: `multipart/form-data`.
    Multipart,
    /// As a form of which each field that is no scalar holds JSON.
    JsonForm,
}

impl Encoding {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Form, Self::Multipart, Self::JsonForm];

    /// The word that stands in the spec.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Multipart => "multipart",
            Self::JsonForm => "json_form",
        }
    }

    /// What requests call it.
    #[must_use]
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Form | Self::JsonForm => "application/x-www-form-urlencoded",
            Self::Multipart => "multipart/form-data",
        }
    }
}

/// A block of code of an operation.
#[derive(Clone, Debug)]
pub struct SampleFact {
    /// Which way it goes.
    pub role: Role,
    /// The format it is in, if it can be told.
    pub format: Option<Format>,
    /// The form that a command sends, in the place of a format.
    pub encoding: Option<Encoding>,
    /// The fields of it that hold files, by the names on the way to them.
    pub files: Vec<Vec<String>>,
    /// The status that comes with it, where words above it, or its head, name one.
    pub status: Option<u16>,
    /// Whether words above it say that the call was refused.
    pub refused: bool,
    /// The label above it, if any.
    pub label: Option<String>,
    /// Remark lines at its top, which often say what case it shows.
    pub remark: Option<String>,
    /// The parsed content.
    pub parsed: Option<Parsed>,
    /// The text.
    pub body: String,
    /// Where the text begins.
    pub body_span: Span,
    /// The opening line.
    pub span: Span,
}
