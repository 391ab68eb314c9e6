//! A call: an operation with its parameters, on its way to an answer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;

use crate::answer::Answer;
use crate::batch::Batch;
use crate::client::{Client, check_header};
use crate::code::ResponseCode;
use crate::error::Error;
use crate::operation::{Effect, Operation};
use crate::parameter::Parameter;
use crate::prepare::{self, PreparedRequest};
use crate::reply::{Item, Reply};
use crate::wire::{Decode, Encode, Format, Value};

/// What a call is until it has ended: a future that can be sent to another task.
pub type Pending<T> = Pin<Box<dyn Future<Output = Result<T, Error>> + Send>>;

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
    query: Parameters,
    headers: Parameters,
    body: Option<Value>,
    format: Option<Format>,
}

type Parameters = Vec<(&'static str, String)>;

fn set(parameters: &mut Parameters, name: &'static str, value: &dyn Parameter) {
    parameters.retain(|(other, _)| *other != name);
    if let Some(text) = value.text() {
        parameters.push((name, text));
    }
}

impl Call {
    pub(crate) fn new(client: Client, operation: &'static Operation) -> Self {
        Self {
            client,
            operation,
            path: operation.path,
            path_parameters: Vec::new(),
            query: Vec::new(),
            headers: Vec::new(),
            body: None,
            format: None,
        }
    }

    /// Sets a parameter of the path.
    pub fn path(&mut self, name: &'static str, value: &dyn Parameter) {
        set(&mut self.path_parameters, name, value);
    }

    /// Sets a parameter of the query. Lists are joined by commas; `None` leaves it out.
    pub fn query(&mut self, name: &'static str, value: &dyn Parameter) {
        set(&mut self.query, name, value);
    }

    /// Sets a header. `None` leaves it out.
    pub fn header(&mut self, name: &'static str, value: &dyn Parameter) {
        set(&mut self.headers, name, value);
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

    /// Takes another path of the same operation.
    pub fn alternative(&mut self, path: &'static str) {
        self.path = path;
    }

    /// Takes another format than the client.
    pub fn format(&mut self, format: Format) {
        self.format = Some(format);
    }

    /// What sending this call twice would do, with the query it has now.
    #[must_use]
    pub fn effect(&self) -> Effect {
        let raised = self.operation.effect_when.iter().filter(|(name, _)| {
            let value = self.query.iter().find(|(other, _)| other == name);
            value.is_some_and(|(_, text)| crate::wire::truth(text) == Some(true))
        });
        raised
            .map(|(_, effect)| *effect)
            .fold(self.operation.effect, Effect::max)
    }

    fn chosen_format(&self) -> Result<Format, Error> {
        let formats = self.operation.formats;
        match self.format {
            Some(format) if formats.contains(&format) || formats.is_empty() => Ok(format),
            Some(format) => Err(Error::invalid(format!(
                "this operation is not documented in {} ({})",
                format.as_str(),
                self.operation.source
            ))),
            None if formats.contains(&self.client.format()) => Ok(self.client.format()),
            None => Ok(formats.first().copied().unwrap_or(self.client.format())),
        }
    }

    /// The request as it would be sent. Sends nothing.
    ///
    /// # Errors
    /// The client is not set up for this call, or the call breaks a rule that can be checked.
    pub fn prepare(&self) -> Result<PreparedRequest, Error> {
        self.prepared().map_err(|error| error.of(self.operation.id))
    }

    fn prepared(&self) -> Result<PreparedRequest, Error> {
        let operation = self.operation;
        let format = self.chosen_format()?;
        let base = self.client.hosts().base(operation.host)?;
        let mut query = self.query.clone();
        if operation.format_query {
            set(&mut query, "format", &format.as_str());
        }
        let url = prepare::url(
            &base,
            self.path,
            operation.suffix,
            &self.path_parameters,
            &query,
        )?;
        let mut headers = vec![("Accept".to_owned(), format.media_type().to_owned())];
        let body = match &self.body {
            Some(value) => {
                headers.push(("Content-Type".to_owned(), format.media_type().to_owned()));
                prepare::body(operation, value.clone(), format)?
            }
            None => Vec::new(),
        };
        if operation.auth {
            let Some(auth) = self.client.auth() else {
                return Err(Error::config(
                    "needs authentication: call basic_auth on the builder of the client",
                ));
            };
            headers.push(("Authorization".to_owned(), auth.header().to_owned()));
        }
        for (name, value) in self.client.headers() {
            replace(&mut headers, name, value);
        }
        for (name, value) in &self.headers {
            check_header(name, value)
                .map_err(|why| Error::invalid(format!("the header {name}: {why}")))?;
            replace(&mut headers, name, value);
        }
        Ok(PreparedRequest {
            operation: operation.id,
            method: operation.method,
            url,
            headers,
            body,
        })
    }

    /// Sends the call, once. Everything that does not depend on the type of the answer is in here.
    async fn answer(self) -> Result<Answer, Error> {
        let request = self.prepare()?;
        let sent = match &self.body {
            Some(Value::List(items)) => Some(items.len()),
            Some(_) => Some(1),
            None => None,
        };
        let effect = self.effect();
        let outcome = self.client.transport().send(&request).await;
        let limits = *self.client.limits();
        Answer::new(
            self.operation,
            effect,
            sent,
            limits,
            self.client.keeps_bodies(),
            outcome,
        )
    }

    /// Sends the call, and reads its answer.
    ///
    /// The result is an error if the call could not be sent, no answer came, the API refused the
    /// call as a whole, or its answer does not hold a `T`.
    #[must_use]
    pub fn reply<T: Decode + Send + 'static>(self) -> Pending<Reply<T>> {
        Box::pin(async move { self.answer().await?.reply() })
    }

    /// Sends a call about one item. An item that the API refused is an error of kind
    /// [`Item`](crate::ErrorKind::Item).
    #[must_use]
    pub fn reply_item<T, C>(self) -> Pending<Reply<T>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(async move { self.answer().await?.reply_item::<T, C>() })
    }

    /// Sends a call about many items. An item that the API refused is not an error of the call.
    #[must_use]
    pub fn batch<T, C>(self) -> Pending<Batch<T, C>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(async move { self.answer().await?.batch() })
    }
}

fn replace(headers: &mut Vec<(String, String)>, name: &str, value: &str) {
    headers.retain(|(other, _)| !other.eq_ignore_ascii_case(name));
    headers.push((name.to_owned(), value.to_owned()));
}

impl fmt::Debug for Call {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names = |list: &Parameters| list.iter().map(|(name, _)| *name).collect::<Vec<_>>();
        f.debug_struct("Call")
            .field("operation", &self.operation.id)
            .field("path", &names(&self.path_parameters))
            .field("query", &names(&self.query))
            .field("headers", &names(&self.headers))
            .field("has_body", &self.body.is_some())
            .finish_non_exhaustive()
    }
}
