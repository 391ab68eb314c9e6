//! Redeems points, and never twice: asks whether they can be redeemed, sends the customer a code,
//! redeems. If the answer to that is lost, it looks at what happened instead of trying again.
//!
//! `cargo xtask mock --port 8080` in one terminal, this in another:
//! `cargo run -p capillary-sdk --example redeem_points`.

use std::env;
use std::error::Error;

use capillary_sdk::customer::get_redemptions;
use capillary_sdk::points::redeem::request::{Customer, CustomerIdentifier, Redeem};
use capillary_sdk::points::{check_redeemable, issue_validation_code};
use capillary_sdk::wire::Number;
use capillary_sdk::{Client, ErrorKind};

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
    let client = client()?;
    let points = client.points();
    let mobile = setting("CUSTOMER_MOBILE", "44700900999");
    let amount: i64 = setting("POINTS", "30").parse()?;
    // Stored before anything is sent: it is how this redemption is found again.
    let bill = setting("BILL_NUMBER", "bill-121");

    // ANCHOR: check
    let identifier = check_redeemable::Identifier::mobile(&mobile);
    match points.check_redeemable(identifier, amount).await {
        Ok(answer) => {
            if answer.is_redeemable != Some(true) {
                println!("not redeemable");
                return Ok(());
            }
        }
        // The API says no: too few points, or not a multiple of what is allowed.
        Err(error) if error.kind() == ErrorKind::Item => {
            println!("not redeemable: {error}");
            return Ok(());
        }
        Err(error) => return Err(error.into()),
    }
    let identifier = issue_validation_code::Identifier::mobile(&mobile);
    points.issue_validation_code(identifier, amount).await?;
    // ANCHOR_END: check

    // What the customer reads out at the till.
    let code = setting("VALIDATION_CODE", "4PZGXC");

    // ANCHOR: redeem
    let customer = Customer::new(CustomerIdentifier::mobile(&mobile));
    let redeem = Redeem::new(amount, customer, code).transaction_number(&bill);
    match points.redeem(&redeem).await {
        Ok(done) => println!(
            "redeemed as {:?}, {:?} points left",
            done.redemption_id, done.balance
        ),
        Err(error) if error.maybe_executed() => {
            println!("{error}");
            match redeemed(&client, &mobile, &bill, amount).await {
                Ok(Some(id)) => println!("it was redeemed as {id}"),
                // It may still be under way, or the look-up failed too. Look again later, or ask a
                // person; do not redeem again.
                Ok(None) | Err(_) => println!("{bill} is open, to be checked"),
            }
        }
        // Not redeemed.
        Err(error) => return Err(error.into()),
    }
    // ANCHOR_END: redeem
    Ok(())
}

// ANCHOR: look
/// The redemption of these points on this bill, if the API knows it.
async fn redeemed(
    client: &Client,
    mobile: &str,
    bill: &str,
    amount: i64,
) -> Result<Option<i64>, capillary_sdk::Error> {
    let identifier = get_redemptions::Identifier::mobile(mobile);
    let history = client
        .customer()
        .get_redemptions(identifier)
        .type_(get_redemptions::Type::Points)
        .await?
        .into_inner();
    let points = history.redemptions.unwrap_or_default().points;
    let amount = Number::from(amount);
    let mut of_bill = points.iter().filter(|one| {
        one.transaction_number.as_deref() == Some(bill)
            && one.points_redeemed.as_ref() == Some(&amount)
    });
    Ok(of_bill.next().and_then(|one| one.id))
}
// ANCHOR_END: look

fn setting(name: &str, default: &str) -> String {
    env::var(name).unwrap_or_else(|_| default.to_owned())
}
