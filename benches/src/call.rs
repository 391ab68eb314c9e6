//! One whole call, by the SDK and by the HTTP client below it.

use std::error::Error;
use std::hint::black_box;
use std::time::Duration;

use capillary_sdk::{Client, PreparedRequest, customer, organization};
use tokio::runtime::{Builder, Runtime};

use crate::case::documented;
use crate::server;

/// A documented reply, and the call that gets it.
pub struct Exchange {
    /// The operation.
    pub name: &'static str,
    /// What the server answers.
    pub json: &'static str,
    request: fn(&Client) -> Result<PreparedRequest, capillary_sdk::Error>,
    call: fn(&Runtime, &Client) -> bool,
}

impl Exchange {
    /// Makes the call. Whether that worked.
    pub(crate) fn call(&self, runtime: &Runtime, client: &Client) -> bool {
        (self.call)(runtime, client)
    }
}

/// A reply of a common size, and the largest of all.
pub static EXCHANGES: [Exchange; 2] = [
    Exchange {
        name: "customer.get",
        json: documented!("customer/get_response_1631.json"),
        request: |client| get_customer(client).prepare(),
        call: |runtime, client| {
            let batch = runtime.block_on(async { get_customer(client).await });
            black_box(batch).is_ok_and(|batch| batch.iter().next().is_some())
        },
    },
    Exchange {
        name: "organization.get_org_entities",
        json: documented!("organization/get_org_entities_response_640.json"),
        request: |client| get_org_entities(client).prepare(),
        call: |runtime, client| {
            let batch = runtime.block_on(async { get_org_entities(client).await });
            black_box(batch).is_ok_and(|batch| batch.iter().next().is_some())
        },
    },
];

fn get_customer(client: &Client) -> customer::get::Get {
    client
        .customer()
        .get(customer::get::Identifier::mobile("919889999999"))
}

fn get_org_entities(client: &Client) -> organization::get_org_entities::GetOrgEntities {
    client.organization().get_org_entities("STORE")
}

/// A server that answers one exchange, and the clients that call it over connections they keep.
pub struct Caller {
    exchange: &'static Exchange,
    runtime: Runtime,
    sdk: Client,
    bare: reqwest::Client,
    request: PreparedRequest,
}

impl Caller {
    /// Starts the server and sets up the clients. Both have the same settings.
    ///
    /// # Errors
    /// The server cannot be started, or a client cannot be set up.
    pub fn new(exchange: &'static Exchange) -> Result<Self, Box<dyn Error>> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let address = runtime.block_on(server::start(exchange.json))?;
        let sdk = Client::builder_at(format!("http://{address}"))
            .basic_auth("till1", "123")
            .allow_http()
            .build()?;
        let bare = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .retry(reqwest::retry::never())
            .no_proxy()
            .timeout(Duration::from_secs(30))
            .connect_timeout(Duration::from_secs(10))
            .user_agent("capillary-sdk-rust/0.1.0")
            .build()?;
        let request = (exchange.request)(&sdk)?;
        Ok(Self {
            exchange,
            runtime,
            sdk,
            bare,
            request,
        })
    }

    /// Makes the call with the SDK. Whether that worked.
    #[must_use]
    pub fn sdk(&self) -> bool {
        self.exchange.call(&self.runtime, &self.sdk)
    }

    /// Sends the same request, and reads the answer as bytes. Whether that worked.
    #[must_use]
    pub fn bytes(&self) -> bool {
        self.runtime
            .block_on(async { self.fetch().await })
            .is_ok_and(|body| black_box(body).len() == self.exchange.json.len())
    }

    /// Sends the same request, and reads the answer into `serde_json::Value`. Whether that worked.
    #[must_use]
    pub fn value(&self) -> bool {
        self.runtime
            .block_on(async { self.fetch().await })
            .is_ok_and(|body| black_box(serde_json::from_slice::<serde_json::Value>(&body)).is_ok())
    }

    async fn fetch(
        &self,
    ) -> Result<impl AsRef<[u8]> + std::ops::Deref<Target = [u8]>, reqwest::Error> {
        let mut builder = self.bare.get(self.request.url());
        for (name, value) in self.request.headers() {
            builder = builder.header(name, value);
        }
        builder.send().await?.error_for_status()?.bytes().await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_makes_every_call() {
        for exchange in &EXCHANGES {
            let caller = Caller::new(exchange).unwrap();
            for _ in 0..2 {
                assert!(caller.sdk() && caller.bytes() && caller.value());
            }
        }
    }
}
