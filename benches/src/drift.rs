//! One whole call through memory, with and without somebody who is told how answers differ from the documentation.

use std::error::Error;
use std::hint::black_box;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use capillary_sdk::{Client, PreparedRequest, Response, Sending, Transport};
use tokio::runtime::{Builder, Runtime};

use crate::call::Exchange;

/// Answers every request with the same body.
struct Canned(&'static str);

impl Transport for Canned {
    fn send<'a>(&'a self, _: &'a PreparedRequest) -> Sending<'a> {
        Box::pin(async { Ok(Response::new(200, self.0)) })
    }
}

/// The same call by clients that differ in who listens.
pub struct Listening {
    exchange: &'static Exchange,
    runtime: Runtime,
    nobody: Client,
    listener: Client,
    absent: Client,
    told: Arc<AtomicUsize>,
}

impl Listening {
    /// Sets up the clients.
    ///
    /// # Errors
    /// A client cannot be set up.
    pub fn new(exchange: &'static Exchange) -> Result<Self, Box<dyn Error>> {
        let told = Arc::new(AtomicUsize::new(0));
        let count = |told: &Arc<AtomicUsize>| {
            let told = Arc::clone(told);
            move |_: &capillary_sdk::Drift| {
                told.fetch_add(1, Ordering::Relaxed);
            }
        };
        let builder = || {
            Client::builder_at("https://api.example.com")
                .basic_auth("till1", "123")
                .transport(Canned(exchange.json))
        };
        Ok(Self {
            exchange,
            runtime: Builder::new_current_thread().enable_all().build()?,
            nobody: builder().build()?,
            listener: builder().on_drift(count(&told)).build()?,
            absent: builder().on_drift(count(&told)).drift_absent().build()?,
            told,
        })
    }

    /// Nobody listens.
    #[must_use]
    pub fn nobody(&self) -> bool {
        self.call(&self.nobody)
    }

    /// Somebody listens.
    #[must_use]
    pub fn listener(&self) -> bool {
        self.call(&self.listener)
    }

    /// Somebody listens, and asks for what is not there, too.
    #[must_use]
    pub fn absent(&self) -> bool {
        self.call(&self.absent)
    }

    /// How much was told so far.
    #[must_use]
    pub fn told(&self) -> usize {
        self.told.load(Ordering::Relaxed)
    }

    fn call(&self, client: &Client) -> bool {
        black_box(self.exchange.call(&self.runtime, client))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::call::EXCHANGES;

    #[test]
    fn who_asks_is_told() {
        let ways = Listening::new(&EXCHANGES[0]).unwrap();
        assert!(ways.nobody());
        assert_eq!(ways.told(), 0);
        assert!(ways.listener() && ways.absent());
        assert!(ways.told() > 0);
    }
}
