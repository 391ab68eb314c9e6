//! Snippets of "Authentication".

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;
use capillary_sdk::{Attribution, CallOptions, Client, Cluster, ErrorKind};

use crate::Outcome;

#[test]
fn basic_authentication() -> Outcome {
    // ANCHOR: basic
    // The password itself; its MD5 and the Base64 of both are made inside.
    let client = Client::builder(Cluster::Eu)
        .basic_auth("till1", "123")
        .build()?;
    // The MD5, where that is all you keep.
    let same = Client::builder(Cluster::Eu)
        .basic_auth_md5("till1", "202cb962ac59075b964b07152d234b70")
        .build()?;
    // ANCHOR_END: basic
    for client in [client, same] {
        let call = client.customer().get(Identifier::mobile("44700900000"));
        let request = call.prepare()?;
        let (_, value) = request
            .headers()
            .find(|(name, _)| *name == "Authorization")
            .ok_or("no credentials")?;
        assert_eq!(
            value,
            "Basic dGlsbDE6MjAyY2I5NjJhYzU5MDc1Yjk2NGIwNzE1MmQyMzRiNzA="
        );
        assert!(!format!("{client:?}{request:?}").contains("dGlsbDE6"));
    }
    Ok(())
}

#[tokio::test]
async fn a_user_for_each_till() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let till = ("till7", "123");
    // ANCHOR: tills
    // Same connections, time-outs and retry budget; another user.
    let of_till = client.with_basic_auth(till.0, till.1)?;
    of_till
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;
    // Or for one call.
    let as_till = CallOptions::new().basic_auth(till.0, till.1);
    client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .with(as_till)
        .await?;
    // ANCHOR_END: tills
    let mut sent = Vec::new();
    let md5 = "202cb962ac59075b964b07152d234b70";
    let same = client.with_basic_auth_md5(till.0, md5)?;
    let as_till = CallOptions::new().basic_auth_md5(till.0, md5);
    for (client, options) in [
        (&of_till, CallOptions::new()),
        (&same, CallOptions::new()),
        (&client, as_till),
    ] {
        let call = client.customer().get(Identifier::mobile("44700900000"));
        let request = call.with(options).prepare()?;
        let mut headers = request.headers();
        let found = headers.find(|(name, _)| *name == "Authorization");
        sent.extend(found.map(|(_, value)| value.to_owned()));
    }
    let till7 = "Basic dGlsbDc6MjAyY2I5NjJhYzU5MDc1Yjk2NGIwNzE1MmQyMzRiNzA=";
    assert_eq!(sent, [till7; 3]);
    assert_eq!(server.count("customer.get"), 2);
    Ok(())
}

#[tokio::test]
async fn a_token_that_ended_is_renewed_within_the_call() -> Outcome {
    let server = Server::start()?;
    // ANCHOR: expired
    let client = server.builder().oauth("key", "secret").build()?;
    let customer = client.customer();
    customer.get(Identifier::mobile("44700900000")).await?;

    server.expire_tokens();
    // Answered with 401, sent again with a new token.
    customer.get(Identifier::mobile("44700900000")).await?;
    assert_eq!(server.count("oauth.generate_access_token"), 2);
    assert_eq!(server.count("customer.get"), 3);
    // ANCHOR_END: expired
    Ok(())
}

#[tokio::test]
async fn credentials_that_are_refused() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    server.on("customer.get").status(401);
    let call = client.customer().get(Identifier::mobile("44700900000"));
    let error = call.await.err().ok_or("no error")?;
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(server.count("customer.get"), 1);
    Ok(())
}

#[tokio::test]
async fn on_behalf_of_a_till() -> Outcome {
    let server = Server::start()?;
    let client = server
        .builder()
        .attribution(Attribution::store_code("blr-04"))
        .build()?;
    // ANCHOR: attribution
    let till = CallOptions::new().attribution(Attribution::till("blr-04.till7"));
    let call = client.customer().get(Identifier::mobile("44700900000"));
    call.with(till).await?;
    // ANCHOR_END: attribution
    let seen = server.seen();
    assert_eq!(
        seen[0].header("x-cap-api-attribution-entity-type"),
        Some("TILL")
    );
    assert_eq!(
        seen[0].header("x-cap-api-attribution-entity-code"),
        Some("blr-04.till7")
    );
    Ok(())
}
