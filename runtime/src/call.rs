//! A call: an operation with its parameters, on its way to an answer.

use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use crate::answer::Answer;
use crate::auth::Auth;
use crate::batch::Batch;
use crate::client::{self, Client, check_header};
use crate::code::ResponseCode;
use crate::error::{Error, ErrorKind};
use crate::operation::{Effect, Operation};
use crate::options::CallOptions;
use crate::order::Sent;
use crate::parameter::Parameter;
use crate::prepare::{self, PreparedRequest, Queried};
use crate::reply::{Item, Reply};
use crate::retry::RetryPolicy;
use crate::send::send;
use crate::validate;
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

/// What ends the text of a refusal by a rule.
const WAY_ROUND: &str = "CallOptions::unchecked sends it all the same";

fn in_query<'q>(query: &'q [Queried], name: &str) -> Option<&'q str> {
    let found = query.iter().find(|other| other.name == name);
    found.map(|parameter| parameter.text.as_str())
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

    /// Takes another path of the same operation.
    pub fn alternative(&mut self, path: &'static str) {
        self.path = path;
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
    pub(crate) fn auth(&self) -> Result<Option<&Auth>, &'static str> {
        match &self.options.auth {
            Some(Ok(of_call)) => Ok(Some(of_call)),
            Some(Err(why)) => Err(why),
            None => Ok(self.client.auth()),
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

    fn chosen_format(&self) -> Result<Format, Error> {
        let formats = self.operation.formats;
        match self.options.format {
            Some(format)
                if formats.contains(&format) || formats.is_empty() || self.options.unchecked =>
            {
                Ok(format)
            }
            Some(format) => Err(Error::invalid(format!(
                "this operation is not documented in {} ({}); {WAY_ROUND}",
                format.as_str(),
                self.operation.source
            ))),
            None if formats.contains(&self.client.format()) => Ok(self.client.format()),
            None => Ok(formats.first().copied().unwrap_or(self.client.format())),
        }
    }

    /// The request as it would be sent, but for an access token, which is added when it is sent.
    /// Sends nothing.
    ///
    /// # Errors
    /// The client is not set up for this call, or the call breaks a rule that can be checked.
    pub fn prepare(&self) -> Result<PreparedRequest, Error> {
        self.prepared().map_err(|error| error.of(self.operation.id))
    }

    fn prepared(&self) -> Result<PreparedRequest, Error> {
        let operation = self.operation;
        let format = self.chosen_format()?;
        let auth = self.auth().map_err(Error::config)?;
        let base = self.client.hosts().base(operation.host)?;
        let mut query = self.query.clone();
        if operation.format_query {
            set_query(&mut query, "format", &format.as_str());
        }
        query.retain(|parameter| !self.options.leaves_out(&parameter.name));
        for (name, value) in &self.options.query {
            if in_query(&query, name).is_some() {
                return Err(Error::invalid(format!(
                    "the call itself sets {name} in the query: it cannot be set by \
                     CallOptions::query, too"
                )));
            }
            query.extend(Queried::new(name.clone(), value));
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
            let Some(auth) = auth else {
                return Err(Error::config(
                    "needs authentication: call basic_auth or oauth on the builder of the client",
                ));
            };
            if let Some(value) = auth.header() {
                headers.push(("Authorization".to_owned(), value.to_owned()));
            }
        }
        for (name, value) in self.client.headers() {
            prepare::replace(&mut headers, name, value);
        }
        let of_call = client::service_headers(
            self.client.service(),
            self.options.attribution.as_ref(),
            self.options.language.as_deref(),
        )
        .map_err(Error::invalid)?;
        let of_call = of_call.iter().map(|(name, value)| (*name, *value));
        let set = self
            .headers
            .iter()
            .map(|(name, value)| (*name, value.as_str()));
        let added = self.options.headers.iter();
        let added = added.map(|(name, value)| (name.as_str(), value.as_str()));
        let kept = of_call
            .chain(set)
            .filter(|(name, _)| !self.options.leaves_out(name));
        for (name, value) in kept.chain(added) {
            check_header(name, value)
                .map_err(|why| Error::invalid(format!("the header {name}: {why}")))?;
            prepare::replace(&mut headers, name, value);
        }
        if !self.options.unchecked {
            validate::check(
                operation,
                &validate::Request {
                    query: &|name| in_query(&query, name),
                    header: &|name| value(&headers, name),
                    chosen: &self.chosen,
                    body: self.body.as_ref(),
                },
            )
            .map_err(|broken| Error::invalid(format!("{broken}; {WAY_ROUND}")))?;
        }
        Ok(PreparedRequest {
            operation: operation.id,
            method: operation.method,
            url,
            headers,
            body,
            keep_headers: self.keeps_body(),
        })
    }

    /// Sends the call, and gives what `read` makes of its answer.
    async fn answer<T: Send>(
        self,
        read: impl Fn(&Answer) -> Result<T, Error> + Send + Sync,
    ) -> Result<T, Error> {
        let mut taken = None;
        let take = &mut |answer: &Answer| {
            taken = Some(read(answer)?);
            Ok(())
        };
        send(&self, take).await?;
        // An answer was taken, or there was an error.
        taken
            .ok_or_else(|| Error::new(ErrorKind::Transport, "no answer came").of(self.operation.id))
    }

    /// Sends the call, and reads the whole of its answer with all wrappers.
    pub(crate) fn whole(self) -> Pending<Value> {
        Box::pin(self.answer(Answer::whole))
    }

    /// Sends the call, and reads its answer.
    ///
    /// The result is an error if the call could not be sent, no answer came, the API refused the
    /// call as a whole, or its answer does not hold a `T`.
    #[must_use]
    pub fn reply<T: Decode + Send + 'static>(self) -> Pending<Reply<T>> {
        Box::pin(self.answer(Answer::reply))
    }

    /// Sends a call about one item. An item that the API refused is an error of kind
    /// [`Item`](crate::ErrorKind::Item).
    #[must_use]
    pub fn reply_item<T, C>(self) -> Pending<Reply<T>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(self.answer(Answer::reply_item::<T, C>))
    }

    /// Sends a call about many items. An item that the API refused is not an error of the call.
    #[must_use]
    pub fn batch<T, C>(self) -> Pending<Batch<T, C>>
    where
        T: Decode + Item + Send + 'static,
        C: ResponseCode,
    {
        Box::pin(self.answer(Answer::batch))
    }
}

/// The value of a header.
fn value<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut headers = headers.iter();
    headers
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
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
