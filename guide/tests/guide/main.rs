//! What the guide says is compiled and run here, against the test server.

#![allow(
    clippy::items_after_statements,
    reason = "a snippet shows its imports, where its reader looks for them"
)]

mod authentication;
mod blocking;
mod book;
mod errors;
mod examples;
mod getting_started;
mod lists;
mod logging;
mod misfits;
mod money;
mod real_answers;
mod real_requests;
mod testing;
mod threads;
mod types;
mod upgrading;
mod wire_form;
mod xml;

type Outcome = Result<(), Box<dyn std::error::Error>>;
