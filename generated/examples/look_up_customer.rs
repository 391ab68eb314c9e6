//! Looks up a customer by mobile number: name, points, tier.
//!
//! `cargo xtask mock --port 8080` in one terminal, this in another:
//! `cargo run -p capillary-sdk --example look_up_customer`.

use std::env;
use std::error::Error;

use capillary_sdk::Client;
use capillary_sdk::customer::Code;
use capillary_sdk::customer::get::Identifier;

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

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let mobile = setting("CUSTOMER_MOBILE", "44700900000");

    // ANCHOR: call
    let found = client()?
        .customer()
        .get(Identifier::mobile(mobile))
        .next_slab(true)
        .await?;
    if found.is_empty() {
        println!("no such customer");
    }
    for item in &found {
        match item.result() {
            Ok(customer) => println!(
                "{} has {} points, tier {}",
                customer.firstname.as_deref().unwrap_or("someone"),
                customer.loyalty_points.clone().unwrap_or_default(),
                customer.current_slab.as_deref().unwrap_or("unknown"),
            ),
            // An answer to act on, not a failure of the call.
            Err(refused) if refused.code() == Code::CannotFindCustomerProvidedMobileNumber => {
                println!("no such customer");
            }
            // Names the operation, the code and the request; holds no personal data.
            Err(refused) => return Err(refused.clone().into()),
        }
    }
    // ANCHOR_END: call
    Ok(())
}

fn setting(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}
