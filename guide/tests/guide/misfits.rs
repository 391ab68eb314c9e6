//! Snippets of "When the API answers something else".

use std::sync::{Arc, Mutex};

use capillary_sdk::mock::Server;
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::points::redeem::response::Point;
use capillary_sdk::wire::{Number, Value};
use capillary_sdk::{CallOptions, Client, DriftKind, ErrorKind};

use crate::Outcome;

fn ten_points() -> Redeem {
    let customer = Customer::new(CustomerIdentifier::mobile("44700900999"));
    Redeem::new(10, customer, "4PZGXC")
}

const SAMPLE: &str = include_str!("../../../generated/samples/points/redeem_response_359.json");

/// A server that answers the next redemption with a balance that is no number.
fn server() -> Result<Server, Box<dyn std::error::Error>> {
    let server = Server::start()?;
    let body = SAMPLE.replace("2906", "\"many\"");
    server.on("points.redeem").body(body, "application/json");
    Ok(server)
}

#[tokio::test]
async fn what_does_not_fit_can_be_read() -> Outcome {
    let server = server()?;
    let client = server.client();
    let redeem = ten_points();
    // ANCHOR: misfit
    let done = client.points().redeem(&redeem).await?;
    if done.misfits().is_empty() {
        println!("{:?} points left", done.balance);
    } else {
        for misfit in done.misfits() {
            // "response.responses.points.balance: wanted a number, found string"
            println!("{misfit}");
        }
    }
    // ANCHOR_END: misfit
    assert_eq!(done.misfits().len(), 1);
    assert_eq!(
        done.misfits()[0].to_string(),
        "response.responses.points.balance: wanted a number, found string"
    );
    assert!(done.balance.is_none());
    assert_eq!(done.misfits()[0].value(), &Value::from("many"));
    assert_eq!(left(&done), None);
    assert_eq!(server.count("points.redeem"), 1);
    Ok(())
}

// ANCHOR: raw
/// The points that are left, if the answer tells them in any way.
fn left(done: &Point) -> Option<Number> {
    match done.extra.get("balance") {
        // For example "1,200".
        Some(Value::String(text)) => text.replace(',', "").parse().ok(),
        _ => done.balance.clone(),
    }
}
// ANCHOR_END: raw

#[tokio::test]
async fn a_till_does_not_redeem_again() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let redeem = ten_points();
    for (balance, text) in [("2906", "2906"), (r#""1,200""#, "1200"), ("[]", "?")] {
        let body = SAMPLE.replace("2906", balance);
        server.on("points.redeem").body(body, "application/json");
        // ANCHOR: till
        // No error: the points are redeemed, whatever else the answer says.
        let done = client.points().redeem(&redeem).await?;
        let receipt = match left(&done) {
            Some(points) => format!("Thank you. You have {points} points left."),
            None => "Thank you. Your points are redeemed.".to_owned(),
        };
        // ANCHOR_END: till
        assert_eq!(receipt.contains(text), text != "?", "{receipt}");
    }
    assert_eq!(server.count("points.redeem"), 3);
    // What the item says of itself is read from its status alone. If that is none, nobody knows.
    let (before, _) = SAMPLE.split_once(r#""item_status""#).ok_or("no status")?;
    let body = format!(r#"{before}"item_status": "redeemed?"}}}}}}}}"#);
    server.on("points.redeem").body(body, "application/json");
    let error = client.points().redeem(&redeem).await.err().ok_or("taken")?;
    assert!(error.kind() == ErrorKind::Item && error.maybe_executed());
    Ok(())
}

#[tokio::test]
async fn an_answer_may_stand_elsewhere() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let redeem = ten_points();
    let body = SAMPLE.replace(r#""responses""#, r#""result""#);
    server.on("points.redeem").body(body, "application/json");
    // ANCHOR: elsewhere
    // {"response": {"status": …, "result": {"points": {"balance": 2906, …}}}}, where the docs have "responses".
    let done = client.points().redeem(&redeem).await?;
    assert_eq!(done.balance, Some(Number::from(2906)));
    assert!(done.misfits().is_empty());
    // ANCHOR_END: elsewhere
    let body = r#"{"response": {"status": {"success": "true", "code": 200}, "text": "done"}}"#;
    server.on("points.redeem").body(body, "application/json");
    let done = client.points().redeem(&redeem).await?;
    assert!(done.balance.is_none() && done.misfits().len() == 1);
    Ok(())
}

#[tokio::test]
async fn a_strict_call_gives_an_error() -> Outcome {
    let server = server()?;
    let client = server.client();
    let redeem = ten_points();
    // ANCHOR: strict
    let strict = CallOptions::new().strict();
    let result = client.points().redeem(&redeem).with(strict).await;
    if let Err(error) = &result
        && error.was_executed()
    {
        println!("the points are redeemed, and the answer is odd: {error}");
    }
    // ANCHOR_END: strict
    let error = result.err().ok_or("no error")?;
    assert!(error.kind() == ErrorKind::Decode && error.was_executed());
    Ok(())
}

#[tokio::test]
async fn answers_can_be_kept() -> Outcome {
    let server = server()?;
    let redeem = ten_points();
    // ANCHOR: keep
    let client: Client = server.builder().keep_body().build()?;
    let done = client.points().redeem(&redeem).await?;
    if let Some(raw) = done.raw() {
        println!("HTTP {}, {} bytes", raw.status(), raw.body().len());
    }
    // ANCHOR_END: keep
    assert!(done.raw().is_some_and(|raw| raw.status() == 200));
    Ok(())
}

#[tokio::test]
async fn who_listens_is_told() -> Outcome {
    let server = server()?;
    let redeem = ten_points();
    // ANCHOR: drift
    let lines = Arc::new(Mutex::new(Vec::new()));
    let stream = Arc::clone(&lines);
    let client: Client = server
        .builder()
        .on_drift(move |drift| {
            if drift.kind() == DriftKind::Misfit {
                eprintln!("{drift}");
            }
            if let Ok(mut lines) = stream.lock() {
                lines.push(drift.to_json());
            }
        })
        .build()?;
    client.points().redeem(&redeem).await?;
    // ANCHOR_END: drift
    let lines = lines.lock().map_err(|_| "poisoned")?;
    assert_eq!(
        *lines,
        [
            r#"{"drift":"misfit","operation":"points.redeem","path":"response.responses.points.balance","wanted":"a number","found":"string","count":1}"#
        ]
    );
    Ok(())
}

#[test]
fn a_client_calls_by_way_of_a_proxy() -> Outcome {
    // ANCHOR: proxy
    let client = Client::builder_at("http://127.0.0.1:8088")
        .allow_http()
        .basic_auth("till1", "123")
        .build()?;
    // ANCHOR_END: proxy
    let call = client.points().redeem(&ten_points()).prepare()?;
    assert!(call.url().starts_with("http://127.0.0.1:8088/"));
    Ok(())
}
