//! Snippets of "Batches and long lists".

use capillary_sdk::customer::register::request::{Customer, CustomerIdentifier};
use capillary_sdk::mock::Server;

use crate::Outcome;

fn customers(count: usize) -> Vec<Customer> {
    let mobile = |number| format!("4470090{number:04}");
    let customer = |number| Customer::new(CustomerIdentifier::mobile(mobile(number)));
    (0..count).map(customer).collect()
}

#[tokio::test]
async fn what_was_refused() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let customers = customers(3);
    server.on("customer.register").refuse_items(&[1], 1004);
    // ANCHOR: failed_of
    let outcome = client.customer().register(customers.clone()).await?;
    // Once the cause is mended, those and no others:
    let again = outcome.failed_of(&customers);
    // ANCHOR_END: failed_of
    assert_eq!(again, [customers[1].clone()]);
    assert_eq!(outcome.refused(), [1]);

    // ANCHOR: split
    // Without the places: what was accepted, and the errors.
    let (accepted, refused) = outcome.split();
    println!("{} accepted, {} refused", accepted.len(), refused.len());
    for error in &refused {
        eprintln!("{error}");
    }
    // ANCHOR_END: split
    assert_eq!((accepted.len(), refused.len()), (2, 1));
    Ok(())
}

#[tokio::test]
async fn an_answer_that_is_short_names_no_places() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let body = r#"{"response":{"status":{"success":true,"code":200},"customers":{"customer":[{"item_status":{"success":"false","code":1004}}]}}}"#;
    server
        .on("customer.register")
        .answer()
        .body(body, "application/json");
    let customers = customers(3);
    let outcome = client.customer().register(customers.clone()).await?;
    assert!(!outcome.is_complete() && !outcome.is_success());
    assert!(outcome.failed_of(&customers).is_empty());
    Ok(())
}

#[tokio::test]
async fn a_long_list_in_parts() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    // The second part of three is lost on its way back, and one item of the first is refused.
    server
        .on("customer.register")
        .refuse_items(&[7], 1001)
        .cut();
    let customers = customers(250);
    // ANCHOR: chunks
    use capillary_sdk::Chunks;

    let outcome = Chunks::of(100)
        .progress(|done, of| println!("{done} of {of}"))
        .send(customers.clone(), |part| client.customer().register(part))
        .await;

    // Certainly not registered: to be mended, and sent again.
    let refused = outcome.refused();
    // Nobody knows: to be looked up first.
    let unknown = outcome.unknown();
    println!("{} refused, {} to look up", refused.len(), unknown.len());
    // ANCHOR_END: chunks
    assert_eq!(refused, [7]);
    assert_eq!(unknown, (100..200).collect::<Vec<_>>());
    assert_eq!(server.count("customer.register"), 3);

    // ANCHOR: parts
    for part in outcome.chunks() {
        match part.outcome() {
            Ok(batch) => println!("from {} on: {} answers", part.first(), batch.len()),
            Err(error) => println!("from {} on: {error}", part.first()),
        }
    }
    // ANCHOR_END: parts
    Ok(())
}
