//! Snippets of "Models in logs, queues and webhooks".

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::customer::get::response::Customer;
use capillary_sdk::mock::Server;

use crate::Outcome;

#[tokio::test]
async fn models_go_into_a_queue_and_come_back() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    // ANCHOR: write
    let found = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;
    let customer = found.one()?;
    let line = serde_json::to_string(&customer)?;
    // ANCHOR_END: write
    assert!(line.contains(r#""custom_fields":{"field":["#), "{line}");
    let again: Customer = serde_json::from_str(&line)?;
    assert_eq!(again.lastname, customer.lastname);
    assert!(again.lastname.is_some());

    // ANCHOR: read
    let hook =
        r#"{"firstname": "Rita", "lifetime_purchases": "1200.50", "loyalty_points": "many"}"#;
    let customer: Customer = serde_json::from_str(hook)?;
    assert_eq!(customer.firstname.as_deref(), Some("Rita"));
    assert!(customer.loyalty_points.is_none() && customer.extra.get("loyalty_points").is_some());
    // ANCHOR_END: read
    assert_eq!(
        customer
            .lifetime_purchases
            .map(|n| n.to_string())
            .as_deref(),
        Some("1200.50")
    );
    Ok(())
}
