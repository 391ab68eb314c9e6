//! Snippets of "One type for one thing".

use capillary_sdk::mock::Server;

use crate::Outcome;

#[tokio::test]
async fn what_was_given_can_be_sent() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    // ANCHOR: copy
    use capillary_sdk::customer::get::Identifier;
    use capillary_sdk::customer::update::request;
    use capillary_sdk::types::CustomField;

    let mobile = Identifier::mobile("447700900000");
    let known = client.customer().get(mobile).await?.one()?;
    let fields: Vec<CustomField> = known.custom_fields;

    let customer = request::Customer::new(request::CustomerIdentifier::mobile("447700900000"))
        .firstname("Maria")
        .custom_fields(fields);
    client.customer().update(&customer).await?;
    // ANCHOR_END: copy
    Ok(())
}
