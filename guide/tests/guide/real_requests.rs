//! Requests that the API takes and its documentation does not have.

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::customer::get_referral;
use capillary_sdk::mock::{Seen, Server};
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::transaction::add::request::{Customer as Buyer, Transaction, Type};
use capillary_sdk::wire::{Number, Value};
use capillary_sdk::{CallOptions, Client, ErrorKind, Reply, points};

use crate::Outcome;

const COUNTRY: &str = "X-CAP-CLIENT-COUNTRYCODE";

/// Two customers were asked for, and one of them is not registered.
const TWO: &str = r#"{"response": {
    "status": {"success": "true", "code": "200", "message": "Partial"},
    "customers": {"customer": [
        {"email": "rita@example.com", "user_id": "15",
         "item_status": {"success": "true", "code": "1000", "message": "Found"}},
        {"email": "nobody@example.com",
         "item_status": {"success": "false", "code": "1012", "message": "Not found"}}
    ]}
}}"#;

fn last(server: &Server) -> Result<Seen, &'static str> {
    server.seen().pop().ok_or("no request came")
}

#[tokio::test]
async fn several_customers_in_one_call() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    server.on("customer.get").body(TWO, "application/json");
    let both = client
        .customer()
        .get(Identifier::email("rita@example.com,nobody@example.com"))
        .await?;
    assert_eq!(both.len(), 2);
    assert_eq!(both.refused(), [1]);
    assert_eq!(
        both.items()[0].value().email.as_deref(),
        Some("rita@example.com")
    );
    assert!(both.items()[0].result().is_ok());
    let refused = both.items()[1].result().err().ok_or("not refused")?;
    assert_eq!(refused.code().code(), 1012);
    assert_eq!(
        last(&server)?.parameter("email"),
        Some("rita@example.com,nobody@example.com")
    );
    server.assert_all_used();
    Ok(())
}

#[tokio::test]
async fn customers_by_an_identifier_that_is_not_documented() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let by_id = || Identifier::other("id", "1,2");
    assert_eq!(format!("{:?}", by_id()), "GetIdentifier::Other(..)");
    // A slip, as far as the server knows.
    let error = client.customer().get(by_id()).await.err().ok_or("taken")?;
    assert_eq!(error.http_status(), Some(400));
    server.unchecked("customer.get");
    // ANCHOR: beyond
    let both = client
        .customer()
        .get(Identifier::other("id", "1,2")) // `id=1,2`: one item for each
        .with(CallOptions::new().header("X-CAP-CLIENT-COUNTRYCODE", "IN"))
        .await?;
    // ANCHOR_END: beyond
    assert!(both.is_success());
    assert_eq!(last(&server)?.parameter("id"), Some("1,2"));
    // Nobody is no customer.
    let nobody = client.customer().get(Identifier::other("id", " ")).await;
    let error = nobody.err().ok_or("sent")?;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    Ok(())
}

#[tokio::test]
async fn a_header_and_a_parameter_that_are_not_documented() -> Outcome {
    let server = Server::start()?;
    let client = server.builder().header(COUNTRY, "IN").build()?;
    let rita = || client.customer().get(Identifier::mobile("44700900999"));
    rita().await?;
    assert_eq!(last(&server)?.header(COUNTRY), Some("IN"));
    rita()
        .with(CallOptions::new().header(COUNTRY, "AE"))
        .await?;
    assert_eq!(last(&server)?.header(COUNTRY), Some("AE"));

    server.unchecked("customer.get");
    rita()
        .with(CallOptions::new().query("source", "WEB"))
        .await?;
    assert_eq!(last(&server)?.parameter("source"), Some("WEB"));
    let twice = rita().with(CallOptions::new().query("mobile", "5550"));
    let error = twice.prepare().err().ok_or("sent")?;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    Ok(())
}

#[tokio::test]
async fn a_transaction_of_a_customer_who_is_named_by_user_id() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let bill = |customer: Buyer| {
        Transaction::new(Type::Regular, "BILL99", 120, "2024-09-10 16:35:52").customer(customer)
    };
    let named = Buyer::default().other("user_id", "98662653");
    let added = client.transaction().add([bill(named)]).await?;
    assert!(added.is_success());
    assert!(last(&server)?.text().contains(r#""user_id":"98662653""#));

    let nobody = Buyer::default().firstname("Rita");
    let error = client.transaction().add([bill(nobody)]).await;
    let error = error.err().ok_or("sent")?;
    assert_eq!(error.kind(), ErrorKind::InvalidRequest);
    assert_eq!(server.count("transaction.add"), 1);
    Ok(())
}

fn without_code(client: &Client) -> points::redeem::Redeem {
    let customer = Customer::new(CustomerIdentifier::mobile("44700900999"));
    let redeem = Redeem::without_validation_code(10, customer);
    client.points().redeem(&redeem)
}

#[tokio::test]
async fn points_without_a_validation_code() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let reply: Reply<_> = without_code(&client).skip_validation(true).await?;
    assert_eq!(reply.points_redeemed, Some(10.into()));
    let seen = last(&server)?;
    assert_eq!(seen.parameter("skip_validation"), Some("true"));
    assert!(!seen.text().contains("validation_code"));

    // Without the flag the code is asked for, and the text says what to do.
    for call in [
        without_code(&client),
        without_code(&client).skip_validation(false),
    ] {
        let error = call.await.err().ok_or("sent")?;
        assert_eq!(error.kind(), ErrorKind::InvalidRequest);
        assert_eq!(error.attempts(), 0);
        let text = error.to_string();
        assert!(
            text.contains("validation_code must not be missing or blank"),
            "{text}"
        );
        assert!(text.contains("unless skip_validation is true"), "{text}");
        assert!(
            text.contains("CallOptions::unchecked sends it all the same"),
            "{text}"
        );
    }
    assert_eq!(server.count("points.redeem"), 1);

    server.unchecked("points.redeem");
    without_code(&client)
        .with(CallOptions::new().unchecked())
        .await?;
    assert_eq!(server.count("points.redeem"), 2);
    Ok(())
}

#[tokio::test]
async fn an_argument_that_the_api_does_not_need() -> Outcome {
    let server = Server::start()?;
    server.unchecked("points.check_redeemable");
    let client = server.client();
    let rita = points::check_redeemable::Identifier::mobile("44700900999");
    let call = client.points().check_redeemable(rita, 0);
    call.with(CallOptions::new().without("points").unchecked())
        .await?;
    assert_eq!(last(&server)?.parameter("points"), None);
    Ok(())
}

/// As the API answers, with members that the documentation does not have.
const REDEEMABLE: &str = r#"{"response": {
    "status": {"success": "true", "code": 200, "message": "SUCCESS"},
    "points": {"redeemable": {
        "mobile": "44700900999", "email": "rita@example.com", "external_id": "EXT7",
        "points": "100", "is_redeemable": "true", "points_redeem_value": 25.5,
        "points_redeem_local_value": 249.75, "input_type": "points",
        "points_currency_ratio": "0.255",
        "item_status": {"success": "true", "code": 800, "message": "Points can be redeemed"}
    }}
}}"#;

#[tokio::test]
async fn whether_points_can_be_redeemed() -> Outcome {
    let server = Server::start()?;
    server
        .on("points.check_redeemable")
        .body(REDEEMABLE, "application/json");
    let client = server.client();
    let rita = points::check_redeemable::Identifier::mobile("44700900999");
    let reply = client.points().check_redeemable(rita, 100).await?;
    assert_eq!(reply.is_redeemable, Some(true));
    assert_eq!(reply.points, Some(100.into()));
    let number = |number: &Option<Number>| number.as_ref().map(ToString::to_string);
    assert_eq!(number(&reply.points_redeem_value).as_deref(), Some("25.5"));
    assert_eq!(
        number(&reply.points_redeem_local_value).as_deref(),
        Some("249.75")
    );
    assert_eq!(
        number(&reply.points_currency_ratio).as_deref(),
        Some("0.255")
    );
    let input = reply.extra.get("input_type").and_then(Value::as_str);
    assert_eq!(input, Some("points"));
    server.assert_all_used();
    Ok(())
}

#[tokio::test]
async fn dates_of_referrals() -> Outcome {
    let answer = r#"{"response": {
        "status": {"success": "true", "code": 200, "message": "ok"},
        "customer": {
            "referees": {"referee": [{"added_on": "20240910T16:35:52.x"}]},
            "item_status": {"success": "true", "code": 1000, "message": "ok"}
        }
    }}"#;
    let server = Server::start()?;
    server
        .on("customer.get_referral")
        .body(answer, "application/json");
    let client = server.client();
    let rita = get_referral::Identifier::mobile("44700900999");
    let reply = client.customer().get_referral(rita).await?;
    let added = reply.referees[0].added_on.as_ref().ok_or("no date")?;
    assert_eq!(added.as_str(), "20240910T16:35:52.x");
    let civil = added.civil().ok_or("no date")?;
    assert_eq!((civil.year(), civil.month(), civil.day()), (2024, 9, 10));
    assert_eq!((civil.hour(), civil.minute(), civil.second()), (16, 35, 52));
    assert_eq!(civil.nanosecond(), 0);
    Ok(())
}
