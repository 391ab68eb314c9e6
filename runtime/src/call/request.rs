//! From a call to its request: where it goes, what it says, and whether it may.

use super::{Call, in_query, set_query};
use std::borrow::Cow;

use secrecy::{ExposeSecret as _, SecretString};

use crate::auth::{Auth, Offers};
use crate::client::{check_header, service_headers};
use crate::error::Error;
use crate::prepare::{self, PreparedRequest, Queried};
use crate::validate;
use crate::wire::Format;

/// What ends the text of a refusal by a rule.
const WAY_ROUND: &str = "CallOptions::unchecked sends it all the same";

/// Names and values.
type Headers = Vec<(String, String)>;

impl Call {
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
        let auth = self.auth()?.filter(|_| operation.auth);
        let base = self.client.hosts().base(operation.host)?;
        let query = self.whole_query(format)?;
        let (keys, plain) = self.keys(&query, auth.as_deref());
        let url = prepare::url(
            &base,
            self.path,
            operation.suffix,
            &self.path_parameters,
            &plain,
        )?;
        let mut headers = vec![("Accept".to_owned(), format.media_type().to_owned())];
        let body = match &self.body {
            Some(value) => {
                let (media_type, body) = prepare::body(operation.body, value.clone(), format)?;
                headers.push(("Content-Type".to_owned(), media_type.into_owned()));
                body
            }
            None => Vec::new(),
        };
        self.set_headers(&mut headers, auth.as_deref())?;
        if auth.is_none() && keys.is_empty() {
            self.may_go_without(&headers)?;
        }
        self.check(&query, &headers)?;
        let (url, url_with_key) = prepare::with_keys(url, &keys);
        Ok(PreparedRequest {
            operation: operation.id,
            method: operation.method,
            url,
            url_with_key,
            headers,
            body,
            keep_headers: self.keeps_body(),
        })
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

    /// The query as it is sent: with the format, without what is left out, and with what is added.
    fn whole_query(&self, format: Format) -> Result<Vec<Queried>, Error> {
        let mut query = self.query.clone();
        if self.operation.format_query {
            let name = self.client.service().format_query;
            set_query(&mut query, name, &format.as_str());
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
        Ok(query)
    }

    /// The keys that the query is to hold, and what else it holds. Those that were put there by hand must not be seen
    /// either.
    fn keys<'q>(
        &self,
        query: &'q [Queried],
        auth: Option<&Auth>,
    ) -> (Vec<(&'static str, SecretString)>, Cow<'q, [Queried]>) {
        let mut keys: Vec<(&'static str, SecretString)> = Vec::new();
        for name in Offers(self.client.service()).query_keys() {
            let by_hand = in_query(query, name).map(SecretString::from);
            let key = match auth {
                Some(Auth::Query(own, key)) if *own == name => Some(key.clone()),
                _ => by_hand,
            };
            keys.extend(key.map(|key| (name, key)));
        }
        let is_key = |parameter: &&Queried| keys.iter().any(|(name, _)| parameter.name == *name);
        let plain = if query.iter().any(|parameter| is_key(&parameter)) {
            let plain = query.iter().filter(|parameter| !is_key(parameter));
            Cow::Owned(plain.cloned().collect())
        } else {
            Cow::Borrowed(query)
        };
        (keys, plain)
    }

    /// Whether a call without credentials may be sent: one that needs none, or whose headers were set by hand.
    fn may_go_without(&self, headers: &Headers) -> Result<(), Error> {
        let offers = Offers(self.client.service());
        let by_hand = || {
            let mut known = offers.headers();
            known.any(|name| value(headers, name).is_some_and(|value| !value.trim().is_empty()))
        };
        if !self.operation.auth || !offers.are_needed() || by_hand() {
            return Ok(());
        }
        Err(Error::config(format!(
            "needs authentication: call {} on the builder of the client",
            offers.methods()
        )))
    }

    /// Sets the headers of the client, and in their place those of the call. What was set by a method for credentials
    /// counts more than a header of the same place, as far as it is known without asking.
    fn set_headers(&self, headers: &mut Headers, auth: Option<&Auth>) -> Result<(), Error> {
        for (name, value) in self.client.headers() {
            prepare::replace(headers, name, value);
        }
        let authenticate = |headers: &mut Headers| {
            if let Some(Auth::Header(name, value)) = auth {
                prepare::replace(headers, name, value.expose_secret());
            }
        };
        authenticate(headers);
        let service = self.client.service();
        let of_call = service_headers(
            service,
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
            check_header(service, name, value)
                .map_err(|why| Error::invalid(format!("the header {name}: {why}")))?;
            prepare::replace(headers, name, value);
        }
        if self.options.auth.is_some() {
            authenticate(headers);
        }
        Ok(())
    }

    /// Whether the call keeps the rules of its operation, unless it is not to be asked.
    fn check(&self, query: &[Queried], headers: &Headers) -> Result<(), Error> {
        if self.options.unchecked {
            return Ok(());
        }
        let request = validate::Request {
            query: &|name| in_query(query, name),
            header: &|name| value(headers, name),
            chosen: &self.chosen,
            body: self.body.as_ref(),
        };
        validate::check(self.operation, &request)
            .map_err(|broken| Error::invalid(format!("{broken}; {WAY_ROUND}")))
    }
}

/// The value of a header.
fn value<'h>(headers: &'h [(String, String)], name: &str) -> Option<&'h str> {
    let mut headers = headers.iter();
    headers
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map(|(_, value)| value.as_str())
}
