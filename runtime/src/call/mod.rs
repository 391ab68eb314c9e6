//! A call: an operation with its parameters, and what is other for it than for the client.

mod macros;
mod request;

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::auth::{Auth, TokenSource};
use crate::client::Client;
use crate::error::Error;
use crate::operation::{Effect, Operation};
use crate::options::CallOptions;
use crate::order::Sent;
use crate::parameter::Parameter;
use crate::prepare::Queried;
use crate::retry::RetryPolicy;
use crate::wire::{Encode, Format, Value};

/// An operation with its parameters. Made by [`Client::call`]; nothing is sent before one of
/// [`reply`](Self::reply), [`reply_item`](Self::reply_item) and [`batch`](Self::batch) is awaited.
///
/// Setting a parameter again replaces its value. `Debug` shows names, never a value.
#[derive(Clone)]
#[must_use = "nothing is sent before the call is awaited"]
pub struct Call {
    client: Client,
    operation: &'static Operation,
    path: &'static str,
    path_parameters: Parameters,
    query: Vec<Queried>,
    headers: Parameters,
    /// Parameters in whose place another one was chosen.
    chosen: Vec<&'static str>,
    body: Option<Value>,
    options: CallOptions,
}

type Parameters = Vec<(&'static str, String)>;

fn set(parameters: &mut Parameters, name: &'static str, value: &dyn Parameter) {
    parameters.retain(|(other, _)| *other != name);
    if let Some(text) = value.text() {
        parameters.push((name, text));
    }
}

fn set_query(query: &mut Vec<Queried>, name: &'static str, value: &dyn Parameter) {
    query.retain(|other| other.name != name);
    query.extend(Queried::new(name, value));
}

fn in_query<'q>(query: &'q [Queried], name: &str) -> Option<&'q str> {
    let found = query.iter().find(|other| other.name == name);
    found.map(|parameter| parameter.text.as_str())
}

impl Client {
    /// Begins a call. Nothing is sent before it is awaited.
    pub fn call(&self, operation: &'static Operation) -> Call {
        Call::new(self.clone(), operation)
    }
}

impl Call {
    fn new(client: Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            path: operation.path,
            path_parameters: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            chosen: Vec::new(),
            body: None,
            options: CallOptions::default(),
        }
    }

    /// Sets a parameter of the path.
    pub fn path(&mut self, name: &'static str, value: &dyn Parameter) {
        set(&mut self.path_parameters, name, value);
    }

    /// Sets a parameter of the query. `None` leaves it out.
    ///
    /// The items of a list are joined by commas. A comma within an item, or in a value that is no
    /// list, is sent as `%2C`. That is a comma again for an API that takes several values in one
    /// text (`"1,2"`): it decodes the text before it splits it. Where the API does split, no form of
    /// a request tells it that a comma belongs to the value.
    pub fn query(&mut self, name: &'static str, value: &dyn Parameter) {
        set_query(&mut self.query, name, value);
    }

    /// Sets a header. `None` leaves it out.
    pub fn header(&mut self, name: &'static str, value: &dyn Parameter) {
        set(&mut self.headers, name, value);
    }

    /// Takes one of several parameters for given of which one is needed: another one was set in its
    /// place, which the documentation does not list. A blank one is in nobody's place.
    pub fn instead_of(&mut self, name: &'static str, value: &dyn Parameter) {
        if value.text().is_some_and(|text| !text.trim().is_empty()) {
            self.chosen.push(name);
        }
    }

    /// Sets the body, without the wrappers of the operation.
    pub fn body(&mut self, body: impl Into<Value>) {
        self.body = Some(body.into());
    }

    /// Sets one field of the body, given by the keys down to it. A value that is absent (`None`, an
    /// empty list) leaves the body as it is. For setters of builders that have no body type.
    pub fn field(&mut self, keys: &[&'static str], value: &dyn Encode) {
        if value.is_absent() {
            return;
        }
        let mut place = self.body.get_or_insert_default();
        for key in keys {
            place = place.member(key);
        }
        *place = value.encode();
    }

    /// Takes another path of the same operation. Values that were set for placeholders which that path does not have are
    /// forgotten.
    pub fn alternative(&mut self, path: &'static str) {
        self.path = path;
        self.path_parameters.retain(|(name, _)| {
            let mut segments = path.split(['{', '}']).skip(1).step_by(2);
            segments.any(|placeholder| placeholder == *name)
        });
    }

    /// Takes another format than the client.
    pub fn format(&mut self, format: Format) {
        self.options.format = Some(format);
    }

    /// Sets what is other for this call than for the client.
    pub fn with(&mut self, options: CallOptions) {
        let before = std::mem::take(&mut self.options);
        self.options = options.over(before);
    }

    pub(crate) fn client(&self) -> &Client {
        &self.client
    }

    pub(crate) fn operation(&self) -> &'static Operation {
        self.operation
    }

    /// Who makes the call.
    pub(crate) fn auth(&self) -> Result<Option<Arc<Auth>>, Error> {
        match &self.options.auth {
            Some(of_call) => Ok(Some(Arc::new(of_call.auth(self.client.service())?))),
            None => Ok(self.client.auth().cloned()),
        }
    }

    /// Where the call's access token comes from, if it has one.
    pub(crate) fn token_source(&self) -> Option<&Arc<TokenSource>> {
        let own = self.options.auth.is_some() || !self.operation.auth;
        match self.client.auth().filter(|_| !own).map(|auth| &**auth) {
            Some(Auth::Oauth(source)) => Some(source),
            _ => None,
        }
    }

    pub(crate) fn timeout(&self) -> Duration {
        self.options.timeout.unwrap_or(self.client.timeouts().call)
    }

    pub(crate) fn attempt_timeout(&self) -> Duration {
        let of_client = self.client.timeouts().attempt;
        self.options.attempt_timeout.unwrap_or(of_client)
    }

    pub(crate) fn retry_policy(&self) -> &RetryPolicy {
        let of_client = self.client.retry_policy();
        self.options.retry.as_ref().unwrap_or(of_client)
    }

    /// Whether an answer that does not fit its types is an error.
    pub(crate) fn is_strict(&self) -> bool {
        self.options.strict || self.client.reading().strict
    }

    /// Whether answers are kept as they came.
    pub(crate) fn keeps_body(&self) -> bool {
        self.options.keep_body || self.client.reading().keep_body
    }

    /// The items that are sent.
    pub(crate) fn sent(&self) -> Option<Sent> {
        let body = self.body.as_ref()?;
        // Which item is which matters only to what must not be sent twice.
        let identity = match self.effect() {
            Effect::Read => &[],
            Effect::Notify | Effect::Write => self.client.service().identity,
        };
        Some(Sent::of(body, identity))
    }

    /// What sending this call twice would do, with the query it has now.
    #[must_use]
    pub fn effect(&self) -> Effect {
        let raised = self.operation.effect_when.iter().filter(|(name, _)| {
            let mut added = self.options.query.iter();
            let added = added.find(|(other, _)| other == name);
            let value = added.map(|(_, value)| value.as_str());
            let own = in_query(&self.query, name).filter(|_| !self.options.leaves_out(name));
            let value = value.or(own);
            value.is_some_and(|text| crate::wire::truth(text) == Some(true))
        });
        raised
            .map(|(_, effect)| *effect)
            .fold(self.operation.effect, Effect::max)
    }
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |list: &Parameters| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        let query: Vec<&str> = self
            .query
            .iter()
            .map(|parameter| &*parameter.name)
            .collect();
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("path", &names(&self.path_parameters))
            .field("query", &query)
            .field("headers", &names(&self.headers))
            .field("has_body", &self.body.is_some())
            .finish_non_exhaustive()
    }
}
