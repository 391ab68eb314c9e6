//! Snippets of "XML".

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;

use crate::Outcome;

#[tokio::test]
async fn both_formats_are_one_type() -> Outcome {
    let server = Server::start()?;
    // ANCHOR: formats
    use capillary_sdk::Format;

    // For all calls of a client:
    let client = server.builder().format(Format::Xml).build()?;
    let of_xml = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;

    // For one call:
    let call = client.customer().get(Identifier::mobile("44700900000"));
    let of_json = call.format(Format::Json).await?;
    // ANCHOR_END: formats
    let seen = server.seen();
    assert_eq!(seen[0].header("accept"), Some("application/xml"));
    assert_eq!(seen[0].parameter("format"), Some("xml"));
    assert_eq!(seen[1].header("accept"), Some("application/json"));
    assert_eq!(seen[1].parameter("format"), Some("json"));
    // One type for both: this would not compile otherwise.
    let names: Vec<_> = [of_xml, of_json]
        .iter()
        .map(|found| found.items()[0].value().firstname.clone())
        .collect();
    assert_eq!(names, [Some("Tom".to_owned()), Some("Tom".to_owned())]);
    Ok(())
}
