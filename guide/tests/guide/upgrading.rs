//! Snippets of "Upgrading".

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;

use crate::Outcome;

#[tokio::test]
async fn what_the_docs_do_not_name_is_kept() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let body = r#"{"response":{"status":{"success":true,"code":200},"customers":{"customer":{
        "firstname":"Tom","nickname":"Tommy","item_status":{"success":"false","code":"123456"}}}}}"#;
    server
        .on("customer.get")
        .answer()
        .body(body, "application/json");
    let found = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;
    // ANCHOR: unknown
    use capillary_sdk::customer::Code;

    for item in &found {
        // A member that this version of the SDK has no field for.
        if let Some(nickname) = item.value().extra.get("nickname") {
            println!("{:?}", nickname.as_str());
        }
        // A code that it has no name for.
        if let Err(refused) = item.result() {
            match refused.code() {
                Code::InvalidMobileNumber => println!("check the number"),
                Code::Unknown(code) => println!("refused with {code}"),
                other => println!("refused: {other:?}"),
            }
        }
    }
    // ANCHOR_END: unknown
    let item = &found.items()[0];
    let nickname = item
        .value()
        .extra
        .get("nickname")
        .and_then(|value| value.as_str());
    assert_eq!(nickname, Some("Tommy"));
    let refused = item.result().err().ok_or("accepted")?;
    assert_eq!(refused.code(), Code::Unknown(123_456));
    Ok(())
}

#[test]
fn enums_stay_open() {
    // ANCHOR: open
    use capillary_sdk::customer::register::request::Type;

    // A value that the docs do not name goes out as it is.
    let new = Type::from("PARTNER");
    assert_eq!(new, Type::Other("PARTNER".to_owned()));
    // ANCHOR_END: open
}
