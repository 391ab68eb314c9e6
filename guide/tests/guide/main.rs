//! What the guide says is compiled and run here, against the test server.

mod authentication;
mod blocking;
mod book;
mod errors;
mod examples;
mod getting_started;
mod lists;
mod logging;
mod money;
mod testing;
mod upgrading;
mod xml;

type Outcome = Result<(), Box<dyn std::error::Error>>;
