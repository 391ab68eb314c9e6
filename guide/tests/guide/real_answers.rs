//! Answers as the API was seen to give them, which the documentation does not show: what was done is never an error.

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::wire::Value;
use capillary_sdk::{CallOptions, Client, Error, ErrorKind, transaction};
use serde_json::{Value as Json, json};

use crate::Outcome;

const REDEEMED: &str = include_str!("../../../generated/samples/points/redeem_response_359.json");
const CUSTOMER: &str = include_str!("../../../generated/samples/customer/get_response_1631.json");
const BILL: &str = include_str!("../../../generated/samples/transaction/add_request_48.json");
const ADDED: &str = include_str!("../../../generated/samples/transaction/add_response_523.json");

/// Members of an answer to a redemption that do not fit the types that the documentation shows.
fn oddities() -> [(&'static str, Json); 6] {
    [
        ("balance", json!("70.5")),
        ("points_redeemed", json!("ten")),
        ("redemption_id", json!({"id": "r0njPT"})),
        ("mobile", json!(["919700000000", "919700000001"])),
        ("side_effects", json!("none")),
        (
            "balance",
            serde_json::from_str("99999999999999999999").unwrap(),
        ),
    ]
}

/// A documented answer with another value of one member, below a path.
fn with(sample: &str, path: &str, member: &str, value: Json) -> Result<String, serde_json::Error> {
    let mut body: Json = serde_json::from_str(sample)?;
    if let Some(object) = body.pointer_mut(path).and_then(Json::as_object_mut) {
        object.insert(member.to_owned(), value);
    }
    serde_json::to_string(&body)
}

fn redeem() -> Redeem {
    let customer = Customer::new(CustomerIdentifier::mobile("919700000000"));
    Redeem::new(10, customer, "4PZGXC")
}

fn answer(server: &Server, operation: &str, body: String) {
    server.on(operation).body(body, "application/json");
}

#[tokio::test]
async fn a_redemption_that_was_made_is_no_error() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    for (member, value) in oddities() {
        let body = with(
            REDEEMED,
            "/response/responses/points",
            member,
            value.clone(),
        )?;
        answer(&server, "points.redeem", body.clone());
        let done = client.points().redeem(&redeem()).await?;
        assert_eq!(done.misfits().len(), 1, "{member}: {:?}", done.misfits());
        let misfit = &done.misfits()[0];
        assert!(
            misfit
                .path()
                .starts_with(&format!("response.responses.points.{member}"))
        );
        // What came stands beside the field.
        assert!(done.extra.get(member).is_some(), "{member}");
        // The rest is as it should be.
        assert!(done.redeemed_value.is_some() && done.item_status.is_some());

        answer(&server, "points.redeem", body);
        let strict = CallOptions::new().strict();
        let error: Error = client
            .points()
            .redeem(&redeem())
            .with(strict)
            .await
            .err()
            .ok_or("no error")?;
        assert_eq!(error.kind(), ErrorKind::Decode);
        assert!(error.was_executed());
    }
    server.assert_all_used();
    Ok(())
}

#[tokio::test]
async fn a_customer_with_odd_members_is_a_customer() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    for (member, value) in [
        ("loyalty_points", json!("70.5")),
        ("lifetime_points", json!("many")),
        ("user_id", json!({"id": 7})),
        ("mobile", json!(["91900000000", "91900000001"])),
        ("custom_fields", json!("none")),
        (
            "loyalty_points",
            serde_json::from_str("99999999999999999999")?,
        ),
    ] {
        let body = with(CUSTOMER, "/response/customers/customer", member, value)?;
        answer(&server, "customer.get", body);
        let found = client
            .customer()
            .get(Identifier::mobile("91900000000"))
            .await?;
        let item = &found.items()[0];
        assert_eq!(item.misfits().len(), 1, "{member}: {:?}", item.misfits());
        let customer = item.result().ok().ok_or("refused")?;
        assert_eq!(customer.firstname.as_deref(), Some("Tom"));
        assert!(customer.extra.get(member).is_some(), "{member}");
    }
    Ok(())
}

#[tokio::test]
async fn a_bill_that_was_added_is_no_error() -> Outcome {
    let server = Server::start()?;
    let client: Client = server.client();
    let path = "/response/transactions/transaction/0/customer";
    let body = with(ADDED, path, "loyalty_points", json!("106.5"))?;
    assert!(body.contains("106.5"), "{ADDED}");
    answer(&server, "transaction.add", body);
    let sample: Json = serde_json::from_str(BILL)?;
    let bill: transaction::add::request::Transaction =
        serde_json::from_value(sample["root"]["transaction"][0].clone())?;
    let added = client.transaction().add([bill]).await?;
    assert!(added.is_complete());
    let item = &added.items()[0];
    assert!(item.result().is_ok());
    let raw = item.misfits().first().ok_or("no misfit")?;
    assert_eq!(raw.value(), &Value::from("106.5"));
    Ok(())
}
