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
    /// What a request has to hold beyond what its types ask for.
    pub rules: &'static [Rule],
    /// The place in the documentation it comes from, for error messages.
    pub source: &'static str,
    /// The address of its section in the published documentation; empty if there is none.
    pub docs: &'static str,
}

/// A rule of the documentation about the parameters of a request. It is checked before the request
/// leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rule {
    /// Where the parameters are sent.
    pub place: Place,
    /// Their names on the wire. In a body a name may lead further inside: `card.number`.
    pub names: &'static [&'static str],
    /// What is asked of them.
    pub need: Need,
    /// The rule holds only where the parameter of this name has this value, in whatever case. It
    /// stands in the same place, or in the body in an object around it; the nearest counts.
    pub when: Option<(&'static str, &'static str)>,
    /// The rule does not hold where this parameter of the query is true.
    pub unless: Option<&'static str>,
}

/// Where the parameters of a rule are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// In the query.
    Query,
    /// As headers.
    Header,
    /// In an object of the body: the keys down to it from the body without its wrappers. Of a list
    /// on the way every item is meant. The rule does not hold where there is no such object.
    Body(&'static [&'static str]),
    /// The same, for an object that has to be there.
    Needed(&'static [&'static str]),
}

/// What a rule asks of its parameters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Need {
    /// At least one of them is there and not blank.
    OneOf,
    /// The same, in a body; a member that is none of these documented ones does as well. The API takes
    /// more identifiers than the documentation lists.
    OneOfOrOther(&'static [&'static str]),
    /// All of them are there and not blank.
    All,
    /// All of them are there; they may be blank.
    Named,
    /// Those that are there are numbers from this one on.
    AtLeast(f64),
    /// Those that are there are numbers up to this one.
    AtMost(f64),
    /// Those that are there are blank or whole numbers.
    Integer,
    /// Those that are there are blank or numbers.
    Number,
    /// Those that are there are blank, or say true or false in one of the ways of this API.
    Boolean,
    /// Those that are there are blank, or dates in one of the documented forms.
    Date,
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
    /// HEAD: the answer has no body.
    Head,
    /// OPTIONS.
    Options,
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
            Self::Head => "HEAD",
            Self::Options => "OPTIONS",
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

/// How a request body is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Encoding {
    /// In the format of the call: JSON or XML.
    #[default]
    Document,
    /// As `application/x-www-form-urlencoded`.
    Form,
    /// As `multipart/form-data`, each field a part.
    Multipart,
    /// As `application/x-www-form-urlencoded`; a field that is no scalar holds JSON.
    JsonForm,
}

/// The wrappers of a request body, which exist on the wire only, and how it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wrap {
    /// The keys below which the body stands, from the outside in. The first is the root element in
    /// XML.
    pub keys: &'static [&'static str],
    /// Whether a list stands there, even of one.
    pub list: bool,
    /// Whether plain values stand there, not objects.
    pub values: bool,
    /// How the whole is written.
    pub encoding: Encoding,
}

impl Wrap {
    /// No wrapper.
    pub const NONE: Self = Self::at(&[]);

    /// Below these keys.
    #[must_use]
    pub const fn at(keys: &'static [&'static str]) -> Self {
        Self {
            keys,
            list: false,
            values: false,
            encoding: Encoding::Document,
        }
    }

    /// A list below these keys.
    #[must_use]
    pub const fn list_at(keys: &'static [&'static str]) -> Self {
        Self {
            list: true,
            ..Self::at(keys)
        }
    }

    /// The same, of plain values.
    #[must_use]
    pub const fn of_values(self) -> Self {
        Self {
            values: true,
            ..self
        }
    }

    /// The same, as a form.
    #[must_use]
    pub const fn as_form(self) -> Self {
        Self {
            encoding: Encoding::Form,
            ..self
        }
    }

    /// The same, as a form of which each field that is no scalar holds JSON.
    #[must_use]
    pub const fn as_form_of_json(self) -> Self {
        Self {
            encoding: Encoding::JsonForm,
            ..self
        }
    }

    /// The same, as a form in parts.
    #[must_use]
    pub const fn in_parts(self) -> Self {
        Self {
            encoding: Encoding::Multipart,
            ..self
        }
    }
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
    /// Whether the answer itself has a member `success` that says how the call went.
    pub says_success: bool,
    /// What is documented beside the status and the answer, in the object that holds both.
    pub beside: &'static [&'static str],
    /// What is documented in wrappers of the answer: for each of the last keys of `payload` the names beside it.
    pub inside: &'static [&'static [&'static str]],
}

impl Envelope {
    /// No wrapper, and no status.
    pub const NONE: Self = Self::of(&[], &[]);

    /// One with its status and its answer there.
    #[must_use]
    pub const fn of(status: &'static [&'static str], payload: &'static [&'static str]) -> Self {
        Self {
            status,
            payload,
            says_success: false,
            beside: &[],
            inside: &[],
        }
    }

    /// The same, and the answer itself has a member `success`.
    #[must_use]
    pub const fn saying_success(self) -> Self {
        Self {
            says_success: true,
            ..self
        }
    }

    /// The same, with more beside the status and the answer.
    #[must_use]
    pub const fn beside(self, names: &'static [&'static str]) -> Self {
        Self {
            beside: names,
            ..self
        }
    }

    /// The same, with more in the wrappers of the answer: for each of the last keys of `payload` the names beside it.
    #[must_use]
    pub const fn inside(self, names: &'static [&'static [&'static str]]) -> Self {
        Self {
            inside: names,
            ..self
        }
    }

    /// Whether a member of this name is documented somewhere beside the answer.
    pub(crate) fn has_beside(&self, name: &str) -> bool {
        let inside = self.inside.iter().copied();
        let mut all = std::iter::once(self.beside).chain(inside);
        all.any(|names| names.contains(&name))
    }

    /// What is documented in a wrapper beside the key of `payload` at this depth.
    pub(crate) fn inside_at(&self, depth: usize) -> &'static [&'static str] {
        let first = self.payload.len().saturating_sub(self.inside.len());
        let at = depth.checked_sub(first);
        at.and_then(|at| self.inside.get(at))
            .copied()
            .unwrap_or_default()
    }
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

/// What the operations of an API have in common.
#[derive(Debug)]
pub struct Service {
    /// The families of hosts that serve them.
    pub hosts: &'static [HostFamily],
    /// The ways in which the API takes credentials, the usual one first; beside access tokens that are fetched. None at
    /// all: calls are sent without.
    pub auth: &'static [AuthScheme],
    /// How access tokens are made and sent, if the API has them.
    pub oauth: Option<&'static OauthScheme>,
    /// The headers that say on whose behalf a call is made: for what the next one holds, and for
    /// which one it is.
    pub attribution: Option<(&'static str, &'static str)>,
    /// The header that names the language of texts in replies.
    pub language: Option<&'static str>,
    /// The header in which the API names a request, for questions to its support.
    pub request_id: Option<&'static str>,
    /// The header `User-Agent` of clients that set no other.
    pub user_agent: &'static str,
    /// The keys down to the status where most replies have it; empty if there is no such place.
    pub status: &'static [&'static str],
    /// Where a refused call without a status says why, if there is such a place.
    pub faults: Option<Faults>,
    /// The members of an item that say which one it is. Outcomes that have them too are matched
    /// with the items that were sent.
    pub identity: &'static [&'static str],
    /// The codes that do not say whether the call, or the item, was executed.
    pub unknown_outcome: &'static [u32],
    /// The codes of whole calls that ask for fewer calls, whatever the HTTP status says.
    pub rate_limited: &'static [u32],
    /// The parameter of the query with which operations that have one choose a format; empty if none has.
    pub format_query: &'static str,
}

/// A way in which an API takes credentials.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum AuthScheme {
    /// A user and a password.
    Basic,
    /// The same with the MD5 of the password in its place, in hexadecimal digits.
    BasicMd5,
    /// A token that the caller has: `Authorization: Bearer …`.
    Bearer,
    /// A key in the header of this name.
    Header(&'static str),
    /// A key in the parameter of the query of this name.
    Query(&'static str),
    /// The caller signs each request, and sets the headers for that. The client asks for nothing.
    Signature,
    /// What needs credentials may be called without, too: the API gives less then.
    Optional,
}

/// Where the answer to a refused call says why: `{"errors": [{"code": 8015, "message": "…"}]}`.
///
/// Without [`accepted`](Self::accepted) only what HTTP calls the caller's fault is read so: beside an answer such a list may
/// be about a part of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Faults {
    /// The keys down to a list of objects, of which the first counts, or to an object.
    pub at: &'static [&'static str],
    /// The member that holds the code.
    pub code: &'static str,
    /// The member that says it in words.
    pub message: &'static str,
    /// The codes that mean success, if every answer has one, whatever HTTP says of it. An answer with another one is a
    /// refusal.
    pub accepted: &'static [&'static str],
}

/// How access tokens are made and sent.
#[derive(Debug)]
pub struct OauthScheme {
    /// The operation that makes one. It needs no authentication.
    pub operation: &'static Operation,
    /// The member of its body that holds the client's key.
    pub key: &'static str,
    /// The member of its body that holds the client's secret.
    pub secret: &'static str,
    /// The keys down to the token in its reply.
    pub token: &'static [&'static str],
    /// The keys down to the seconds for which the token is good.
    pub ttl: &'static [&'static str],
    /// The header in which calls send the token.
    pub header: &'static str,
}
