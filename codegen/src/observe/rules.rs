//! The kinds of what traffic shows: what each means, and what to do about it.

use serde::{Serialize, Serializer};

use crate::catalogue::catalogue;

/// What a kind says about the docs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Weight {
    /// The docs say otherwise, and calls may fail by it.
    Contradicts,
    /// The docs do not say it.
    Missing,
    /// Worth knowing; the traffic may just not have shown it.
    Note,
}

impl Weight {
    /// Its name.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Contradicts => "contradicts",
            Self::Missing => "missing",
            Self::Note => "note",
        }
    }
}

catalogue! {
    /// The kinds of what traffic shows.
    enum Kind;
    /// What it says about the docs.
    fn weight -> Weight;
    /// What was seen, in a few words.
    fn title;
    /// An object holds a member that neither a table nor a sample has. The SDK keeps it, untyped, among what else there
    /// is. Add it to the docs, or let `--write` add it to the type. A name that could be
    /// data is shown as the kind of key that it is: `{word}`, `{number}` or `{text}`.
    UndocumentedMember = "V001" Missing "undocumented member",
    /// A documented member of an answer was not there once, though the object that should hold it was. Look whether the
    /// docs still mean it. Nothing is written: that something was not seen does not show that it does not exist.
    /// A drift stream tells of a member that was not there only where its client was asked to, and never that it was.
    NeverSeen = "V002" Note "documented member never seen",
    /// A value cannot be read as its documented type, with all the ways in which this API writes one: numbers in quotation
    /// marks, one item without its list, empty texts for nothing. The SDK leaves the field empty and lists it among its
    /// misfits. Mend the type in the docs, or let `--write` correct it where it is clear.
    TypeMisfit = "V003" Contradicts "type does not hold",
    /// A value is none of those that the docs list. Enums of the SDK are open and carry it. Add it to the list. The value
    /// is not shown; `--write` writes those that are plain words and were seen several times.
    UnlistedValue = "V004" Missing "value outside of its list",
    /// An answer, or an item of it, has a code that no table of codes explains. Users cannot match on it by name. Add a row.
    UnknownCode = "V005" Missing "code without a row",
    /// What the answer is about stands at another place than documented. The SDK looks for it, and may find something else.
    /// Look at a real answer, and mend the sample, or let `--write` say where it is, if it was there each time.
    MovedPayload = "V006" Contradicts "payload at another place",
    /// The answer says that all went well, and what the docs show was nowhere. Look whether the API really answers with
    /// less when there is nothing to say.
    MissingPayload = "V007" Contradicts "no payload",
    /// The docs require a parameter, or one of several, and the API accepted calls without it. Clients refuse such calls
    /// before they are sent, so the docs forbid what works. Mark the parameter as optional, say when it is required, or let
    /// `--write` make it optional.
    InvalidAccepted = "V008" Contradicts "invalid by the docs, and accepted",
    /// Calls that were accepted have a query parameter without a row. Many servers ignore what they do not know, so look
    /// whether it does anything before it gets a row.
    UndocumentedParameter = "V009" Missing "undocumented query parameter",
    /// The traffic has calls to a path that no operation has. Add the operation, or leave such traffic out. Segments that
    /// occur in no documented path could be data and are shown as `{…}`; calls to other hosts than those of the API are
    /// counted and not listed.
    UndocumentedPath = "V010" Missing "undocumented path",
    /// The path is documented, by another method. One of them is a slip, or an operation is missing.
    OtherMethod = "V011" Missing "undocumented method of a documented path",
    /// A body is neither JSON nor XML, and as a request no form either, is cut off, or is nested too deeply. Proxies answer
    /// with texts of their own, and recorders cut long bodies off; if it is neither, the docs show another format than the
    /// API has. Such an answer does not show that its request was accepted.
    UnreadableBody = "V012" Note "unreadable body",
    /// HTTP says that the call went well, and what came is no answer of the operation: nothing, a page for people, or
    /// something that neither says how the call went nor holds what the docs show. Gateways and login pages answer so. It
    /// shows neither that its request is valid nor what answers hold, so nothing else of such an exchange is counted. If all
    /// answers of an operation are so, the docs show another answer than the API gives.
    NoAnswer = "V013" Note "no answer of the operation",
    /// Calls that were accepted have a header that the docs do not have, and that HTTP clients do not send by themselves.
    /// What passes calls on adds some, and servers ignore what they do not know, so look whether it does anything before it
    /// gets a row. Its values are not looked at.
    UndocumentedHeader = "V014" Note "undocumented request header",
}

impl Serialize for Kind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
