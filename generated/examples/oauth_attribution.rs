//! Calls with OAuth tokens, on behalf of a store; one call on behalf of a till.
//!
//! `cargo xtask mock --port 8080` in one terminal, this in another:
//! `cargo run -p capillary-sdk --example oauth_attribution`.

use std::env;
use std::error::Error;

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::{Attribution, CallOptions, Client};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let key = setting("CAPILLARY_KEY", "WnCygRI1Fmlf6YudKwTxQq1LI");
    let secret = setting(
        "CAPILLARY_SECRET",
        "hoqSBz6VwefECaZA8Q3oNx4V4H3pMDITksarZVES",
    );

    // ANCHOR: client
    // The real API is at `Client::builder(Cluster::Eu)`, and has no need of `allow_http`.
    let client = Client::builder_at(setting("CAPILLARY_URL", "http://127.0.0.1:8080"))
        .allow_http()
        .oauth(&key, &secret)
        .attribution(Attribution::store_code("blr-04"))
        .build()?;
    // ANCHOR_END: client

    // ANCHOR: calls
    // The first call that needs a token fetches it. Calls at the same time wait for that one token.
    let customer = client.customer();
    let (tom, rita) = tokio::try_join!(
        customer
            .get(Identifier::mobile("44700900000"))
            .into_future(),
        customer
            .get(Identifier::mobile("44700900999"))
            .into_future(),
    )?;
    println!("{} answers for the store", tom.len() + rita.len());

    let till = CallOptions::new().attribution(Attribution::till("blr-04.till7"));
    let tom = customer
        .get(Identifier::mobile("44700900000"))
        .with(till)
        .await?;
    println!("{} answer for the till", tom.len());
    // ANCHOR_END: calls
    Ok(())
}

fn setting(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}
