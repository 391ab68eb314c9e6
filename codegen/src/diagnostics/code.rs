//! The kinds of findings.

use std::fmt;

use serde::Serialize;

use crate::catalogue::catalogue;

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Something is lost unless the docs or the overrides are mended.
    Error,
    /// The reader had to guess or repair.
    Warning,
    /// Worth knowing, nothing is lost.
    Note,
}

impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        })
    }
}

/// The catalogue, and a page for each kind.
macro_rules! codes {
    ($($(#[doc = $doc:literal])+ $name:ident = $id:literal $level:ident,)+) => {
        catalogue! {
            /// The kinds of findings. Ids begin with S for the docs, with O for overrides.
            enum Code;
            /// How bad findings of this kind are.
            fn level -> Level;
            $($(#[doc = $doc])+ $name = $id $level,)+
        }

        impl Code {
            /// A page on the kind: what it means, why it matters, an example and how it is mended, what the generator
            /// does. Markdown.
            #[must_use]
            pub fn page(self) -> &'static str {
                match self { $(Self::$name => include_str!(concat!("explain/", $id, ".md"))),+ }
            }
        }
    };
}

codes! {
    /// The file holds bytes that are not UTF-8. They were replaced, so that the rest can be read.
    NotUtf8 = "S001" Warning,
    /// A code block has no closing line, or no opening one. It was ended behind its value, or before the next text or block.
    UnclosedFence = "S002" Warning,
    /// The index lists a page twice. It was read once.
    DuplicateInclude = "S003" Warning,
    /// A heading that looks like a part of an operation stands at the level of an operation, or outside of one.
    MisplacedHeading = "S004" Warning,
    /// A section has the shape of an operation but no method or no path can be found for it.
    IncompleteOperation = "S005" Error,
    /// Two places state different paths for one operation.
    PathConflict = "S006" Warning,
    /// A URL cannot be read, or is malformed in a way that could be mended.
    BadUrl = "S007" Warning,
    /// A row of a resource table has a name or a value that the reader does not know.
    UnknownResourceRow = "S008" Note,
    /// The place that the heading of a parameter table states is not where its parameters are sent.
    WrongPlace = "S009" Warning,
    /// A row has fewer or more cells than its table, or a cell without use.
    BadParameterRow = "S010" Warning,
    /// The type of a parameter is not known, or misspelt.
    UnknownType = "S011" Warning,
    /// The same parameter stands in one table twice, or the query has two parameters of one name.
    DuplicateParameter = "S012" Warning,
    /// A mark such as `*` is used but the section does not say what it means, or what it says contradicts the table.
    UnclearMark = "S013" Warning,
    /// A sample is in another format than its fence says.
    WrongFormat = "S014" Warning,
    /// A sample had to be repaired before it could be parsed.
    RepairedSample = "S015" Warning,
    /// A sample cannot be read, not even repaired.
    UnreadableSample = "S016" Error,
    /// It is not clear whether a sample is a request or a response; the content or the method decided.
    UnlabelledSample = "S017" Note,
    /// The JSON and the XML sample of one message differ in structure.
    SampleMismatch = "S018" Warning,
    /// The type that a table states contradicts the samples.
    TypeConflict = "S019" Warning,
    /// A documented field is in no sample; its place in the body is a guess.
    UnplacedField = "S020" Note,
    /// A row of a code table cannot be read.
    BadCodeRow = "S021" Warning,
    /// A response code is documented more than once with different messages.
    RepeatedCode = "S022" Note,
    /// A response code occurs in a sample but in no table.
    UndocumentedCode = "S023" Note,
    /// A table that the reader has no use for.
    UnusedTable = "S024" Note,
    /// A query parameter occurs in a URL, or in a remark of a sample, but in no table.
    UndocumentedQuery = "S025" Note,
    /// A rule in prose that could not be turned into a rule of the spec.
    UnreadRule = "S026" Note,
    /// Two operations have the same method and path.
    SharedPath = "S027" Note,
    /// A code block that shows no message of an operation.
    UnusedSample = "S028" Note,
    /// A sample shows a value that is not in the documented list.
    UnlistedValue = "S029" Note,
    /// A page in which no operation is found. What it says of calls is not in the spec.
    PageWithoutOperation = "S030" Warning,
    /// A sample shows a whole answer, with its status, inside of another one. The inner one was taken.
    AnswerInAnswer = "S031" Warning,
    /// Nothing in the docs says or shows it: what is usual in such docs was taken.
    AssumedFact = "S032" Warning,
    /// Two places state one fact differently. The other one was followed.
    OutvotedStatement = "S033" Warning,
    /// Nothing in the docs says or shows of which type a member is.
    AssumedType = "S034" Note,
    /// The type of a member is what the same name has elsewhere: here it is neither stated nor shown.
    BorrowedType = "S035" Note,
    /// A documented field is in no sample of its message. It was put where another message has it.
    BorrowedPlace = "S036" Note,
    /// Neither a heading nor a sample says whether a parameter is sent in the URL or in the body.
    AssumedSending = "S037" Warning,
    /// A mark behind a name is explained nowhere. What it means in such docs was taken.
    AssumedPresence = "S038" Note,
    /// The version in front of a path is what the index says of all paths: no URL of the operation shows it.
    BorrowedVersion = "S039" Note,
    /// Neither a row nor a sample says in which formats an operation answers.
    AssumedFormats = "S040" Note,
    /// No place of the docs names a host.
    AssumedHost = "S041" Warning,
    /// Neither a heading nor a sample says whether a code means success: the words of its message do.
    AssumedKind = "S042" Note,
    /// A page has the marks of a merge that nobody finished.
    UnfinishedMerge = "S043" Error,
    /// A comment of the docs, or the project, allows a kind of finding that does not exist.
    UnknownAllow = "S044" Warning,
    /// A comment of the docs, or the project, allows a finding that is not there.
    UnusedAllow = "S045" Warning,
    /// An aside is never closed, or by another tag. What is below it, down to the end of the page, is shown inside of it.
    UnclosedAside = "S046" Warning,
    /// The line below the header of a table is missing, or has fewer cells than the header. Most readers show no table there.
    ShortDelimiter = "S047" Warning,
    /// A page begins with a byte-order mark. Put behind another page, it hides what the first line is.
    ByteOrderMark = "S048" Note,
    /// A line takes in a text that is not there.
    MissingPartial = "S049" Error,
    /// The header of a column has a slip of the pen. It was read as the word that is meant.
    MisspeltHeader = "S050" Warning,
    /// A table outside of operations has the members of objects that samples show.
    ObjectTable = "S051" Note,
    /// A label above a sample is one letter away from a word that says what the sample is. It was read as that word.
    MisspeltLabel = "S052" Warning,
    /// Tabs stand between the cells of a table: columns look as they should in some editors only.
    TabInTable = "S053" Note,
    /// A heading has a slip of the pen. It was read as the word that is meant.
    MisspeltHeading = "S054" Warning,
    /// A cell that is to say whether a parameter is required says it in no known word.
    UnknownPresence = "S055" Warning,
    /// A name is of one type in most of the API, and of another one here.
    DifferingType = "S056" Note,
    /// An override is for a place that the docs or the spec do not have any more.
    OverridePlaceGone = "O001" Error,
    /// The line that an override corrects, or one that it relies on, reads differently now.
    OverrideLineChanged = "O002" Error,
    /// The docs make the correction of an override themselves now.
    OverrideNotNeeded = "O003" Error,
    /// The docs make a part of the correction of an override themselves now.
    OverrideNotNeededInPart = "O004" Warning,
}

impl Code {
    /// What the kind is, in a sentence without its full stop.
    #[must_use]
    pub fn title(self) -> &'static str {
        let text = self.explanation().trim();
        let end = text.find([';', '\n']).unwrap_or(text.len());
        let end = text.find(". ").map_or(end, |stop| stop.min(end));
        text[..end].trim_end_matches('.')
    }

    /// The [page](Self::page) as people read it: without what tells the tests how to try its examples.
    #[must_use]
    pub fn readable_page(self) -> String {
        let mut out = String::new();
        for line in self.page().lines() {
            let fence = line.strip_prefix("~~~~").filter(|info| !info.is_empty());
            match fence.and_then(|info| info.split_whitespace().next()) {
                Some(language) => out.extend(["~~~~", language]),
                None => out.push_str(line),
            }
            out.push('\n');
        }
        out
    }

    /// The kind with this id.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL
            .iter()
            .copied()
            .find(|code| code.id().eq_ignore_ascii_case(id))
    }
}
