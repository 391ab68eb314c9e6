//! Snippets of "Money": what is sent again, and what is not.

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::points::{check_redeemable, issue_validation_code};
use capillary_sdk::wire::Number;
use capillary_sdk::{Client, ErrorKind};
use rust_decimal::Decimal;

use crate::Outcome;

#[tokio::test]
async fn only_reads_are_repeated() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let points = client.points();
    // ANCHOR: effects
    // The answer to whatever comes first is lost.
    server.any().cut();
    // It only reads: sent again.
    client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;
    assert_eq!(server.count("customer.get"), 2);

    server.any().cut();
    // It changes something: sent once.
    let customer = Customer::new(CustomerIdentifier::mobile("44700900999"));
    let redeem = Redeem::new(10, customer, "4PZGXC").external_reference_number("till7-000123");
    let error = points.redeem(&redeem).await.err().ok_or("no error")?;
    assert!(error.maybe_executed() && !error.is_retryable());
    assert_eq!(server.count("points.redeem"), 1);

    server.any().cut();
    // A GET too, but the customer gets a message: sent once.
    let identifier = issue_validation_code::Identifier::mobile("44700900999");
    let error = points
        .issue_validation_code(identifier, 10)
        .await
        .err()
        .ok_or("no error")?;
    assert!(error.maybe_executed());
    assert_eq!(server.count("points.issue_validation_code"), 1);
    // ANCHOR_END: effects

    // A query parameter may make a message of what only reads.
    let call = |otp| {
        let identifier = check_redeemable::Identifier::mobile("44700900999");
        points.check_redeemable(identifier, 10).issue_otp(otp)
    };
    server.any().cut();
    call(false).await?;
    assert_eq!(server.count("points.check_redeemable"), 2);
    server.any().cut();
    assert!(call(true).await.is_err());
    assert_eq!(server.count("points.check_redeemable"), 3);
    Ok(())
}

#[tokio::test]
async fn what_never_left_may_be_sent_again() -> Outcome {
    // A port on which nobody listens.
    let gone = Server::start()?.url().to_owned();
    let client = Client::builder_at(gone)
        .allow_http()
        .basic_auth("till1", "123")
        .build()?;
    let customer = Customer::new(CustomerIdentifier::mobile("44700900999"));
    // ANCHOR: never_left
    let redeem = Redeem::new(10, customer, "4PZGXC");
    let error = client
        .points()
        .redeem(&redeem)
        .await
        .err()
        .ok_or("no error")?;
    // No connection was made, so there is nothing to look up. It was tried three times.
    assert_eq!(error.kind(), ErrorKind::Transport);
    assert!(!error.maybe_executed() && error.is_retryable());
    assert_eq!(error.attempts(), 3);
    // ANCHOR_END: never_left
    Ok(())
}

#[test]
fn amounts_keep_their_digits() -> Outcome {
    // ANCHOR: amounts
    let amount: Number = "1249.50".parse()?;
    assert_eq!(amount.as_str(), "1249.50");
    // With the feature `decimal`, for sums:
    let doubled = amount.to_decimal()? * Decimal::TWO;
    assert_eq!(Number::from(doubled).as_str(), "2499.00");
    // ANCHOR_END: amounts
    Ok(())
}
