//! Snippets of "Getting started".

use capillary_sdk::mock::Server;

use crate::Outcome;

#[test]
fn a_client_for_a_cluster() -> Outcome {
    // ANCHOR: client
    use capillary_sdk::{Client, Cluster};

    let client = Client::builder(Cluster::Eu)
        .basic_auth("till1", "123")
        .build()?;
    // ANCHOR_END: client

    use capillary_sdk::customer::get::Identifier;
    // ANCHOR: prepare
    let call = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .next_slab(true);
    let request = call.prepare()?;
    println!("{}", request.url());
    // ANCHOR_END: prepare
    let url = request.url();
    assert!(
        url.starts_with("https://eu.api.capillarytech.com/v1.1/customer/get?"),
        "{url}"
    );
    assert!(url.contains("next_slab=true"), "{url}");
    Ok(())
}

#[tokio::test]
async fn options_of_one_call() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    // ANCHOR: options
    use std::time::Duration;

    use capillary_sdk::customer::get::Identifier;
    use capillary_sdk::{CallOptions, RetryPolicy};

    let hurried = CallOptions::new()
        .timeout(Duration::from_secs(3))
        .retry(RetryPolicy::never())
        .language("zh");
    let found = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .with(hurried)
        .await?;
    // ANCHOR_END: options
    assert_eq!(found.len(), 1);
    assert_eq!(server.seen()[0].header("language"), Some("zh"));
    Ok(())
}
