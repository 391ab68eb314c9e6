//! What is fixed about an operation: the data that generated code describes it with.

use crate::wire::Format;

/// An operation of the API. Generated code has one `static` for each.
#[derive(Debug)]
pub struct Operation {
    /// Its name in the specification and in error messages: `parcel.send`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path below the address of its host, with path parameters as `{name}`.
    pub path: &'static str,
    /// What is appended to the path.
    pub suffix: Option<&'static str>,
    /// The family of hosts that serves it.
    pub host: &'static str,
    /// The formats it is documented for, the preferred one first.
    pub formats: &'static [Format],
    /// Whether the format is named in the query (`format=json`) too.
    pub format_query: bool,
    /// Whether it needs authentication.
    pub auth: bool,
    /// What sending it twice would do.
    pub effect: Effect,
    /// Query parameters that raise the effect when they are true.
    pub effect_when: &'static [(&'static str, Effect)],
    /// Where the body stands in the request.
    pub body: Wrap,
    /// Where the answer stands in the reply.
    pub reply: Envelope,
    /// The place in the documentation it comes from, for error messages.
    pub source: &'static str,
}

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// GET.
    Get,
    /// POST.
    Post,
    /// PUT.
    Put,
    /// PATCH.
    Patch,
    /// DELETE.
    Delete,
}

impl Method {
    /// As it stands in a request: `GET`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Patch => "PATCH",
            Self::Delete => "DELETE",
        }
    }
}

/// What sending a request a second time would do. Later ones are worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// Nothing: it only reads.
    Read,
    /// Someone gets a message again.
    Notify,
    /// Something changes again.
    Write,
}

/// The wrappers of a request body, which exist on the wire only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrap {
    /// The keys below which the body stands, from the outside in. The first is the root element in
    /// XML.
    pub keys: &'static [&'static str],
    /// Whether a list stands there, even of one.
    pub list: bool,
}

impl Wrap {
    /// No wrapper.
    pub const NONE: Self = Self {
        keys: &[],
        list: false,
    };
}

/// The wrappers of a reply, which exist on the wire only.
///
/// Paths are those in JSON. In XML the content of the root element is searched too, so an empty
/// `payload` means the whole object in JSON and the content of the root element in XML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// The keys down to the status of the call; empty if there is none.
    pub status: &'static [&'static str],
    /// The keys down to the answer; empty if the whole reply is the answer.
    pub payload: &'static [&'static str],
}

impl Envelope {
    /// No wrapper, and no status.
    pub const NONE: Self = Self {
        status: &[],
        payload: &[],
    };
}

/// A family of hosts: the address that serves a group of operations in each cluster.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HostFamily {
    /// Its name, to which [`Operation::host`] refers.
    pub name: &'static str,
    /// For each cluster its address: a host, or a URL with a path below which all paths stand. A
    /// cluster named `*` stands for all that are not listed.
    pub clusters: &'static [(&'static str, &'static str)],
}
