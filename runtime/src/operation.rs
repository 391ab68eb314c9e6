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
