//! What examples in documentation run on.

use super::documented::Documented;
use super::server::{Server, fail};
use crate::client::Client;
use crate::service::Service;

/// Runs an example against a server of its own, with a client that calls it.
///
/// # Panics
/// The example ends in an error, or the server cannot be started.
pub fn example<C, F>(operations: &'static [Documented], service: &'static Service, run: F)
where
    C: From<Client>,
    F: AsyncFnOnce(C) -> Result<(), Box<dyn std::error::Error>>,
{
    let server = match Server::start(operations, service) {
        Ok(server) => server,
        Err(error) => fail(&format!("the server cannot be started: {error}")),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build();
    let runtime = match runtime {
        Ok(runtime) => runtime,
        Err(error) => fail(&format!("there is no runtime: {error}")),
    };
    if let Err(error) = runtime.block_on(run(server.client())) {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(error) = cause {
            text.push_str(": ");
            text.push_str(&error.to_string());
            cause = error.source();
        }
        for refusal in server.refusals() {
            text.push_str("\nthe server refused ");
            text.push_str(&refusal);
        }
        fail(&text)
    }
}
