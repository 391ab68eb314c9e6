//! Clients are shared by threads, and calls are awaited in tasks that wander from one to another.

use std::future::IntoFuture;

use capillary_sdk::customer::{get, register};
use capillary_sdk::points::redeem;
use capillary_sdk::{CallOptions, Client, Error};

fn shared<T: Send + Sync + 'static>() {}

fn sent<T: Send + 'static>(_: T) {}

#[test]
fn clients_calls_and_answers_cross_threads() {
    shared::<Client>();
    shared::<CallOptions>();
    shared::<Error>();
    shared::<get::Get>();
    shared::<register::Register>();
    shared::<register::request::Customer>();
    shared::<<get::Get as IntoFuture>::Output>();
    shared::<<register::Register as IntoFuture>::Output>();
    shared::<<redeem::Redeem as IntoFuture>::Output>();
}

#[test]
fn calls_under_way_are_sent_to_other_threads() -> crate::Outcome {
    let client = Client::builder(capillary_sdk::Cluster::Eu)
        .basic_auth("till1", "123")
        .build()?;
    let customer = client.customer();
    sent(customer.get(get::Identifier::mobile("1")).into_future());
    sent(
        customer
            .register([register::request::Customer::default()])
            .into_future(),
    );
    // With what is around an await in a function of a user.
    sent(async move {
        let found = client.customer().get(get::Identifier::mobile("1")).await;
        (client, found.map(|found| found.len()))
    });
    Ok(())
}
