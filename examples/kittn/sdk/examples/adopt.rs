//! Reads the register of kittens, adds one, and is refused: against a server for tests, which answers as the docs do.
//!
//! `cargo run --manifest-path examples/kittn/sdk/Cargo.toml --features mock --example adopt`.

// ANCHOR: adopt
#[cfg(feature = "mock")]
#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    use kittn_sdk::kittens::register::request::Body;
    use kittn_sdk::mock::Server;
    use kittn_sdk::{Client, ErrorKind, errors};

    let server = Server::start()?;
    // The API itself is at `Client::builder()`, and has no need of `allow_http`.
    let anyone = || Client::builder_at(server.url()).allow_http();
    let client = anyone().api_key("meowmeowmeow").build()?;

    let kittens = client.kittens().list().available(true).await?;
    for kitten in kittens.iter() {
        println!("{:?}: fluffiness {:?}", kitten.name, kitten.fluffiness);
    }

    let tom = Body::new("Tom").breed("tabby").fluffiness(8);
    let tom = client.kittens().register(&tom).await?;
    println!("Tom is number {:?}", tom.id);

    // A call without a key does not leave.
    let error = anyone().build()?.kittens().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Config);
    println!("{error}");

    // The server takes any key. It can be told to answer as the API does to a wrong one.
    server.on("kittens.list").status(401);
    let purr = anyone().api_key("purr").build()?;
    let error = purr.kittens().list().await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Authentication);
    assert_eq!(error.code_as(), Some(errors::Code::Unauthorized));
    println!("{error}");
    Ok(())
}
// ANCHOR_END: adopt

#[cfg(not(feature = "mock"))]
fn main() {
    eprintln!("the server for tests is a feature: --features mock");
}
