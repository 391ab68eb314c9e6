//! Snippets of "Errors and retries".

use std::time::Duration;

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::{CallOptions, Client, Error, ErrorKind, RetryPolicy, points};

use crate::Outcome;

// ANCHOR: kinds
enum Next {
    TellTheCustomer(String),
    TryLater(Duration),
    LookFirst,
    CallSomebody,
}

fn next(error: &Error) -> Next {
    if error.maybe_executed() {
        return Next::LookFirst;
    }
    if error.is_retryable() {
        return Next::TryLater(error.retry_after().unwrap_or(Duration::from_mins(1)));
    }
    match error.kind() {
        // The API refused the item, and says why.
        ErrorKind::Item => match error.code_as::<points::Code>() {
            Some(points::Code::ValidationCodeInvalid) => {
                Next::TellTheCustomer("That code is not right.".to_owned())
            }
            _ => Next::TellTheCustomer("These points cannot be redeemed.".to_owned()),
        },
        // Wrong set-up, wrong request, wrong credentials, …: trying again changes nothing.
        _ => Next::CallSomebody,
    }
}
// ANCHOR_END: kinds

fn redeem(client: &Client) -> points::redeem::Redeem {
    let customer = Customer::new(CustomerIdentifier::mobile("44700900999"));
    client.points().redeem(&Redeem::new(10, customer, "4PZGXC"))
}

#[tokio::test]
async fn each_kind_asks_for_something_else() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let failed = async || redeem(&client).await.err().ok_or("no error");

    server.on("points.redeem").refuse_items(&[0], 808);
    let text = "That code is not right.";
    assert!(matches!(next(&failed().await?), Next::TellTheCustomer(told) if told == text));

    server.on("points.redeem").status(429).retry_after("7");
    let asked = Duration::from_secs(7);
    assert!(matches!(next(&failed().await?), Next::TryLater(wait) if wait == asked));

    server.on("points.redeem").cut();
    assert!(matches!(next(&failed().await?), Next::LookFirst));

    server.on("points.redeem").status(401);
    assert!(matches!(next(&failed().await?), Next::CallSomebody));
    // Nothing was sent twice in any of this.
    assert_eq!(server.count("points.redeem"), 4);
    Ok(())
}

#[tokio::test]
async fn a_rule_of_the_docs_is_checked_before_sending() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    // ANCHOR: rule
    let nobody = Redeem::new(10, Customer::default(), "");
    let error = client
        .points()
        .redeem(&nobody)
        .await
        .err()
        .ok_or("no error")?;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(error.attempts(), 0);
    // ANCHOR_END: rule
    assert!(
        error.to_string().contains("customer must not be missing"),
        "{error}"
    );
    assert!(server.seen().is_empty());
    Ok(())
}

#[tokio::test]
async fn time_outs_and_retries() -> Outcome {
    let server = Server::start()?;
    // ANCHOR: policy
    let client = server
        .builder()
        .timeout(Duration::from_secs(20)) // a call with all its attempts
        .attempt_timeout(Duration::from_secs(5)) // one attempt
        .connect_timeout(Duration::from_secs(2)) // its connection
        .retry(
            RetryPolicy::default()
                .attempts(4)
                .base(Duration::from_millis(50)),
        )
        .build()?;
    // ANCHOR_END: policy
    server.on("customer.get").status(503).times(3);
    let found = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;
    assert!(found.is_success());
    assert_eq!(server.count("customer.get"), 4);
    Ok(())
}

/// It went well, and what follows is not what the docs show.
const UNFIT: &str = r#"{"response":{"status":{"success":"true","code":"200"},"responses":7}}"#;

#[tokio::test]
async fn an_answer_that_cannot_be_read() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let half = r#"{"response": {"status": {"success": "true""#;
    server.on("points.redeem").body(half, "application/json");
    // ANCHOR: body
    let error = redeem(&client).await.err().ok_or("no error")?;
    if error.maybe_executed() {
        // Look at the redemptions. What came may help a person, and does not belong into a log.
        let answer = error.body().unwrap_or_default();
        println!("{} bytes of an answer", answer.len());
    }
    // ANCHOR_END: body
    assert!(error.maybe_executed() && !error.was_executed() && !error.is_retryable());
    assert_eq!(error.body(), Some(half.as_bytes()));
    // What can be read says that it went well: that is no error, unless the call is strict.
    server.on("points.redeem").body(UNFIT, "application/json");
    assert!(redeem(&client).await.is_ok());
    server.on("points.redeem").body(UNFIT, "application/json");
    let strict = redeem(&client).with(CallOptions::new().strict());
    let error = strict.await.err().ok_or("no error")?;
    assert!(error.was_executed() && error.body() == Some(UNFIT.as_bytes()));
    Ok(())
}
