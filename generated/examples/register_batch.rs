//! Registers three customers in one call. Some may be refused: what can be mended is mended, and only
//! that is sent again.
//!
//! `cargo xtask mock --port 8080` in one terminal, this in another:
//! `cargo run -p capillary-sdk --example register_batch`.

use std::env;
use std::error::Error;

use capillary_sdk::Client;
use capillary_sdk::customer::Code;
use capillary_sdk::customer::register::request::{Customer, CustomerIdentifier};

fn client() -> Result<Client, capillary_sdk::Error> {
    // The real API is at `Client::builder(Cluster::Eu)`, and has no need of `allow_http`.
    Client::builder_at(setting("CAPILLARY_URL", "http://127.0.0.1:8080"))
        .allow_http()
        .basic_auth(
            &setting("CAPILLARY_USER", "till1"),
            &setting("CAPILLARY_PASSWORD", "123"),
        )
        .build()
}

fn customer(name: &str, mobile: &str) -> Customer {
    Customer::new(CustomerIdentifier::mobile(mobile))
        .firstname(name)
        .email(format!("{}@example.com", name.to_lowercase()))
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = client()?;
    let customers = [
        customer("Tom", "44700900000"),
        customer("Rita", "44700900999"),
        customer("Sam", "44700901111"),
    ];

    // ANCHOR: outcome
    let outcome = client.customer().register(customers.clone()).await?;
    if !outcome.is_complete() {
        // The answer does not say which item is which: nothing may be sent again by its place.
        return Err("fewer outcomes than customers: look them up".into());
    }
    let mut mended = Vec::new();
    for item in &outcome {
        match item.result() {
            Ok(customer) => println!(
                "item {}: registered as {:?}",
                item.index(),
                customer.user_id
            ),
            Err(refused) if refused.code() == Code::InvalidMobileNumber => {
                println!("{refused}; trying the e-mail address");
                let mut customer = customers[item.index()].clone();
                customer.mobile = None;
                mended.push(customer);
            }
            // The same item again would be refused again: this one is for a person.
            Err(refused) => println!("{refused}; given up"),
        }
    }
    // ANCHOR_END: outcome

    // ANCHOR: again
    if !mended.is_empty() {
        let outcome = client.customer().register(mended).await?;
        let (registered, refused) = outcome.split();
        println!(
            "second call: {} registered, {} refused",
            registered.len(),
            refused.len()
        );
    }
    // ANCHOR_END: again
    Ok(())
}

fn setting(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}
