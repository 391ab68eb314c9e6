//! Answers as the API was seen to give them, which the documentation does not show: what was done is never an error.

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::{CallOptions, Client, Error, ErrorKind, Format, transaction};
use serde_json::{Value as Json, json};

use crate::Outcome;

const REDEEMED: &str = include_str!("../../../generated/samples/points/redeem_response_359.json");
const CUSTOMER: &str = include_str!("../../../generated/samples/customer/get_response_1631.json");
const BILL: &str = include_str!("../../../generated/samples/transaction/add_request_48.json");
const ADDED: &str = include_str!("../../../generated/samples/transaction/add_response_523.json");

/// Members of an answer to a redemption as they came, and whether their types take them: points are exact numbers,
/// whatever integers the samples show.
fn oddities() -> [(&'static str, Json, bool); 7] {
    let huge = || serde_json::from_str("99999999999999999999").unwrap();
    [
        ("balance", json!("70.5"), true),
        ("balance", huge(), true),
        ("points_redeemed", json!("ten"), false),
        ("redemption_id", json!({"id": "r0njPT"}), false),
        ("mobile", json!(["919700000000", "919700000001"]), false),
        ("side_effects", json!("none"), false),
        ("user_id", huge(), false),
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

/// The same answer as XML: members are elements, and items of a list elements of one name.
fn xml(name: &str, value: &Json) -> String {
    let inside = match value {
        Json::Array(items) => return items.iter().map(|item| xml(name, item)).collect(),
        Json::Object(members) => members
            .iter()
            .map(|(name, value)| xml(name, value))
            .collect(),
        Json::String(text) => text.replace('&', "&amp;").replace('<', "&lt;"),
        Json::Null => String::new(),
        plain => plain.to_string(),
    };
    format!("<{name}>{inside}</{name}>")
}

#[tokio::test]
async fn a_redemption_that_was_made_is_no_error() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    for (member, value, fits) in oddities() {
        let body = with(REDEEMED, "/response/responses/points", member, value)?;
        let read: Json = serde_json::from_str(&body)?;
        let forms = [
            (Format::Json, body, "application/json"),
            (
                Format::Xml,
                xml("response", &read["response"]),
                "application/xml",
            ),
        ];
        for (format, body, media) in forms {
            let options = CallOptions::new().format(format);
            server.on("points.redeem").body(body.clone(), media);
            let done = client
                .points()
                .redeem(&redeem())
                .with(options.clone())
                .await?;
            let misfits = done.misfits();
            let count = usize::from(!fits);
            assert_eq!(misfits.len(), count, "{format:?} {member}: {misfits:?}");
            if let [misfit] = misfits {
                let path = format!("response.responses.points.{member}");
                assert!(misfit.path().starts_with(&path), "{misfit}");
                // What came stands beside the field.
                assert!(done.extra.get(member).is_some(), "{format:?} {member}");
            }
            // The rest is as it should be.
            assert!(done.redeemed_value.is_some() && done.item_status.is_some());

            server.on("points.redeem").body(body, media);
            let strict = client.points().redeem(&redeem()).with(options.strict());
            let result = strict.await;
            if fits {
                assert!(result.is_ok(), "{format:?} {member}");
                continue;
            }
            let error: Error = result.err().ok_or("no error")?;
            assert_eq!(error.kind(), ErrorKind::Decode);
            assert!(error.was_executed());
        }
    }
    server.assert_all_used();
    Ok(())
}

#[tokio::test]
async fn a_customer_with_odd_members_is_a_customer() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    for (member, value) in [
        ("lifetime_points", json!("many")),
        ("user_id", json!({"id": 7})),
        ("mobile", json!(["91900000000", "91900000001"])),
        ("custom_fields", json!("none")),
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
    assert!(item.misfits().is_empty(), "{:?}", item.misfits());
    let customer = item.value().customer.as_ref().ok_or("no customer")?;
    assert_eq!(customer.loyalty_points, Some("106.5".parse()?));
    Ok(())
}
