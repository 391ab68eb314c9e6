//! Adds a bill with two line items to a customer's account, and gives up in a way that is safe.
//!
//! `cargo xtask mock --port 8080` in one terminal, this in another:
//! `cargo run -p capillary-sdk --example add_transaction`.

use std::env;
use std::error::Error;

use capillary_sdk::Client;
use capillary_sdk::transaction::Code;
use capillary_sdk::transaction::add::request::{Customer, LineItem, Transaction, Type};
use capillary_sdk::wire::{DateTime, Number};

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

// ANCHOR: bill
fn bill(number: &str) -> Result<Transaction, Box<dyn Error>> {
    // Amounts are decimal texts: no digit is lost on the way, as one may be in an `f64`.
    let total: Number = "1249.50".parse()?;
    let time = DateTime::new(2018, 4, 1, 17, 30, 0).ok_or("no such time")?;
    Ok(Transaction::new(Type::Regular, number, total, time)
        .customer(Customer::default().mobile("919999000000").firstname("Tom"))
        .line_items([
            LineItem::new(1000, 1).serial(1).item_code("shirt-42"),
            LineItem::new("249.50".parse::<Number>()?, 2)
                .serial(2)
                .item_code("socks-9"),
        ]))
}
// ANCHOR_END: bill

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let client = client()?;
    let number = setting("BILL_NUMBER", "BILL99");

    // ANCHOR: add
    match client.transaction().add([bill(&number)?]).await {
        Ok(outcome) => {
            for item in &outcome {
                match item.result() {
                    Ok(added) => println!("{number} added as transaction {:?}", added.id),
                    // An earlier call did it, perhaps one whose answer was lost.
                    Err(refused) if refused.code() == Code::TransactionNumberAlreadyExists => {
                        println!("{number} is there already");
                    }
                    Err(refused) => return Err(refused.clone().into()),
                }
            }
        }
        // Do not send it again before somebody has looked: there may be two bills then.
        Err(error) if error.maybe_executed() => {
            println!("{number} is open, to be checked: {error}");
        }
        // Nothing happened. This may be sent again.
        Err(error) => return Err(error.into()),
    }
    // ANCHOR_END: add
    Ok(())
}

fn setting(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}
