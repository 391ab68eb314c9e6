//! Snippets of "Testing": what a user's own tests look like.

use std::time::Duration;

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::{Client, Error};

use crate::Outcome;

// ANCHOR: code
/// The code under test: a greeting that leaves out the points when they cannot be had.
async fn greeting(client: &Client, mobile: &str) -> Result<String, Error> {
    match client.customer().get(Identifier::mobile(mobile)).await {
        Ok(found) => Ok(match found.iter().find_map(|item| item.result().ok()) {
            Some(customer) => format!(
                "{} points",
                customer.loyalty_points.clone().unwrap_or_default()
            ),
            None => "Join our programme!".to_owned(),
        }),
        Err(error) if error.is_retryable() => Ok("Welcome!".to_owned()),
        Err(error) => Err(error),
    }
}
// ANCHOR_END: code

#[tokio::test]
async fn answers_need_not_fit() -> Outcome {
    let server = capillary_sdk::mock::Server::start()?;
    let client = server.client();
    // ANCHOR: misfit
    server.on("customer.get").misfit("loyalty_points");
    let found = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;
    let customer = &found.items()[0];
    assert!(customer.result().is_ok());
    assert_eq!(customer.value().loyalty_points, None);
    assert_eq!(customer.misfits().len(), 1);
    // ANCHOR_END: misfit
    server.assert_all_used();
    // ANCHOR: misfits
    for seed in 0..50 {
        server.misfits(seed, 1.0);
        // The customer is one, whatever of it cannot be read.
        let text = greeting(&client, "44700900000").await?;
        assert!(text.ends_with("points"), "seed {seed}: {text}");
    }
    // For example "response.customers.customer[0].loyalty_points".
    assert!(!server.misfitted()[0].path.is_empty());
    // ANCHOR_END: misfits
    Ok(())
}

// ANCHOR: test
#[tokio::test]
async fn greets_whatever_happens() -> Result<(), Box<dyn std::error::Error>> {
    use capillary_sdk::mock::Server;

    let server = Server::start()?;
    let client = server.client();
    // The answer is the one of the documentation.
    assert_eq!(greeting(&client, "44700900000").await?, "500 points");

    server.on("customer.get").refuse_items(&[0], 1012);
    assert_eq!(greeting(&client, "1").await?, "Join our programme!");

    // Three attempts, all in vain.
    server.on("customer.get").status(503).times(3);
    assert_eq!(greeting(&client, "44700900000").await?, "Welcome!");

    assert_eq!(server.count("customer.get"), 5);
    assert_eq!(server.seen()[1].parameter("mobile"), Some("1"));
    // What the API would have refused: nothing.
    assert!(server.refusals().is_empty());
    Ok(())
}
// ANCHOR_END: test

#[tokio::test]
async fn slow_servers_and_wrong_requests() -> Outcome {
    use capillary_sdk::mock::Server;
    use capillary_sdk::{ErrorKind, RetryPolicy};

    let server = Server::start()?;
    // ANCHOR: script
    server
        .on("customer.get")
        // Late.
        .answer()
        .delay(Duration::from_millis(300))
        // Half an answer.
        .answer()
        .cut_after(40)
        // A failure in HTTP status 200.
        .code(517);
    // ANCHOR_END: script
    let client = server
        .builder()
        .attempt_timeout(Duration::from_millis(100))
        .retry(RetryPolicy::never())
        .build()?;
    for kind in [
        ErrorKind::Timeout,
        ErrorKind::Transport,
        ErrorKind::RateLimited,
    ] {
        let error = greeting_error(&client).await?;
        assert_eq!(error.kind(), kind);
    }
    assert_eq!(greeting(&client, "44700900000").await?, "500 points");
    Ok(())
}

async fn greeting_error(client: &Client) -> Result<Error, &'static str> {
    let call = client.customer().get(Identifier::mobile("44700900000"));
    call.await.err().ok_or("no error")
}
