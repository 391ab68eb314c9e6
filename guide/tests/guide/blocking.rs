//! Snippets of "Blocking code".

use capillary_sdk::mock::Server;

use crate::Outcome;

#[test]
fn calls_without_async() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    // ANCHOR: send
    use capillary_sdk::blocking::SendBlocking;
    use capillary_sdk::customer::get::Identifier;

    let found = client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .send_blocking()?;
    // ANCHOR_END: send
    assert!(found.is_success());
    Ok(())
}

#[test]
fn more_than_one_call() -> Outcome {
    use capillary_sdk::customer::register::request::{Customer, CustomerIdentifier};

    let server = Server::start()?;
    let client = server.client();
    let customers: Vec<Customer> = ["44700900000", "44700900999", "44700901111"]
        .map(|mobile| Customer::new(CustomerIdentifier::mobile(mobile)))
        .into();
    // ANCHOR: wait
    use capillary_sdk::{Chunks, blocking};

    let outcome = blocking::wait(async move {
        let register = |part| client.customer().register(part);
        Chunks::of(2).send(customers, register).await
    })?;
    // ANCHOR_END: wait
    assert!(outcome.is_success());
    assert_eq!(server.count("customer.register"), 2);
    Ok(())
}
