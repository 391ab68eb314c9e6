//! What is known of an operation when its rows are read.

use super::endpoint::Endpoint;
use super::kind::{Elsewhere, Found, Question, decide};
use super::known::Known;
use super::meaning::Rules;
use super::place::Copies;
use super::shape::Shape;
use crate::diagnostics::Diagnostics;
use crate::dialect::Dialect;
use crate::read::facts::{ObjectFact, OperationFacts, ParamRow};
use crate::read::url::{self, Url};
use crate::sample::Format;
use crate::slate::source::Span;

/// What the other operations tell.
#[derive(Clone, Copy)]
pub struct Lore<'a> {
    /// Fields of all messages: of requests, and of answers.
    pub known: &'a [Known; 2],
    /// Number of the page.
    pub page: usize,
    /// Where the rows of the page stand.
    pub copies: &'a Copies,
    /// What is known of names.
    pub elsewhere: Elsewhere<'a>,
    /// Headers that the index lists.
    pub headers: &'a [ParamRow],
    /// Formats of all samples, and those that callers can choose.
    pub formats: &'a [Format],
    /// Tables outside of operations that describe objects.
    pub objects: &'a [ObjectFact],
}

/// What is known of an operation when its rows are read.
pub struct Context<'a> {
    /// What the other operations tell.
    pub lore: Lore<'a>,
    /// The operation.
    pub operation: &'a OperationFacts,
    /// Method, path, URLs.
    pub endpoint: &'a Endpoint,
    /// The dialect.
    pub dialect: &'a Dialect,
    /// Rules of each table.
    pub rules: &'a [Rules],
}

impl Context<'_> {
    /// Whether a request has a body, by its method.
    pub fn sends(&self) -> bool {
        !matches!(self.endpoint.method.as_str(), "GET" | "HEAD")
    }

    /// The query key that is spelt like the name, as the URLs spell it.
    pub fn query_key(&self, name: &str) -> Option<&str> {
        self.endpoint
            .urls
            .iter()
            .flat_map(|(url, _)| &url.query)
            .map(|(key, _)| key.as_str())
            .find(|key| key.eq_ignore_ascii_case(name))
    }

    /// The URL that has a query key which is spelt like the name.
    pub fn query_place(&self, name: &str) -> Option<Span> {
        let mut urls = self.endpoint.urls.iter();
        urls.find(|(url, _)| has_key(url, name))
            .map(|(_, span)| *span)
    }

    /// The command, or the code, whose address has a query key that is spelt like the name.
    pub fn called_place(&self, name: &str) -> Option<Span> {
        let formats = &self.dialect.wire.format_suffixes;
        let mut called = self.operation.called.iter();
        let shows = |text: &str| url::parse(text, formats).is_some_and(|url| has_key(&url, name));
        let found = called.find(|said| shows(&said.text))?;
        Some(found.span)
    }

    /// Whether every request URL has a query key that is spelt like the name.
    pub fn always_in_query(&self, name: &str) -> bool {
        self.all_templates(|url| has_key(url, name))
    }

    /// `type` for a row `type_value` when a URL says `type=<type_value>`.
    pub fn key_of_placeholder(&self, name: &str) -> Option<&str> {
        let same = |value: &str| {
            let inner = value
                .strip_prefix('{')
                .and_then(|rest| rest.strip_suffix('}'));
            inner.is_some_and(|inner| inner.eq_ignore_ascii_case(name))
        };
        self.endpoint
            .urls
            .iter()
            .flat_map(|(url, _)| &url.query)
            .find(|(_, value)| same(value))
            .map(|(key, _)| key.as_str())
    }

    /// The request URLs that are to be filled in.
    pub fn templates(&self) -> impl Iterator<Item = &(Url, Span)> {
        let urls = self.endpoint.urls.iter();
        urls.filter(|(url, _)| url.host.starts_with('{'))
    }

    /// True when there are request URLs to be filled in, and all of them are such.
    pub fn all_templates(&self, are: impl Fn(&Url) -> bool) -> bool {
        let mut templates = self.templates().peekable();
        templates.peek().is_some() && templates.all(|(url, _)| are(url))
    }

    /// True when every request URL has a pair for a parameter that the caller chooses.
    pub fn always_chosen(&self) -> bool {
        self.all_templates(|url| url.chosen)
    }

    /// The type of a parameter outside of the body. What samples show against its row is no finding there.
    pub fn type_outside(
        &self,
        name: &str,
        shape: &Shape,
        row: Option<&ParamRow>,
        place: Span,
    ) -> Found {
        let question = Question {
            name,
            shape,
            row,
            beside: &[],
            inside: "",
            elsewhere: self.lore.elsewhere,
            answer: None,
            hints: &self.dialect.names,
            place,
        };
        decide(question, &mut Diagnostics::default())
    }

    /// The placeholder of the path that is spelt like the name.
    pub fn path_key(&self, name: &str) -> Option<&str> {
        self.endpoint
            .path
            .split('/')
            .flat_map(url::placeholders)
            .find(|key| key.eq_ignore_ascii_case(name))
    }

    /// The query parameter whose value is an expression, such as `q=({param}:{operator}:{value})`.
    pub fn expression(&self) -> Option<&str> {
        self.endpoint
            .urls
            .iter()
            .flat_map(|(url, _)| &url.query)
            .find(|(_, value)| value.matches('{').count() > 1 && value.contains(':'))
            .map(|(key, _)| key.as_str())
    }
}

/// Whether a URL has a query key that is spelt like the name.
fn has_key(url: &Url, name: &str) -> bool {
    url.query
        .iter()
        .any(|(key, _)| key.eq_ignore_ascii_case(name))
}
