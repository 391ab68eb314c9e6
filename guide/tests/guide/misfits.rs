//! Snippets of "When the API answers something else".

use std::sync::{Arc, Mutex};

use capillary_sdk::mock::Server;
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::wire::{Number, Value};
use capillary_sdk::{CallOptions, Client, DriftKind, ErrorKind};

use crate::Outcome;

fn ten_points() -> Redeem {
    let customer = Customer::new(CustomerIdentifier::mobile("44700900999"));
    Redeem::new(10, customer, "4PZGXC")
}

/// A server that answers the next redemption with a balance that is no number.
fn server() -> Result<Server, Box<dyn std::error::Error>> {
    let sample = include_str!("../../../generated/samples/points/redeem_response_359.json");
    let server = Server::start()?;
    let body = sample.replace("2906", "\"many\"");
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
    // ANCHOR: raw
    let left: Option<Number> = match done.extra.get("balance") {
        // For example "1,200".
        Some(Value::String(text)) => text.replace(',', "").parse().ok(),
        _ => done.balance.clone(),
    };
    // ANCHOR_END: raw
    assert_eq!(left, None);
    assert_eq!(server.count("points.redeem"), 1);
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
