//! Snippets of "Logging and personal data".

use std::io::Write;
use std::sync::{Arc, Mutex, PoisonError};

use capillary_sdk::customer::get::Identifier;
use capillary_sdk::mock::Server;

use crate::Outcome;

#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Write for Log {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        let mut log = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        log.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn spans_name_no_person() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    let log = Log::default();
    let writer = log.clone();
    // ANCHOR: subscriber
    use tracing_subscriber::fmt::format::FmtSpan;

    let subscriber = tracing_subscriber::fmt()
        .with_span_events(FmtSpan::CLOSE)
        .with_ansi(false)
        .with_writer(move || writer.clone())
        .finish();
    // ANCHOR_END: subscriber
    let guard = tracing::subscriber::set_default(subscriber);
    client
        .customer()
        .get(Identifier::mobile("44700900000"))
        .await?;
    drop(guard);
    let log = log.0.lock().map_err(|_| "poisoned")?.clone();
    let log = String::from_utf8(log)?;
    for part in ["api.call", "customer.get", "http_status=200", "attempts=1"] {
        assert!(log.contains(part), "{part} in {log}");
    }
    assert!(
        !log.contains("44700900000") && !log.contains("Sawyer"),
        "{log}"
    );
    Ok(())
}

#[tokio::test]
async fn words_of_the_api_are_asked_for() -> Outcome {
    let server = Server::start()?;
    let client = server.client();
    server.on("customer.get").code(400);
    let call = client.customer().get(Identifier::mobile("44700900000"));
    // ANCHOR: message
    let error = call.await.err().ok_or("no error")?;
    // Fit for a log: the operation, the code, the request's id, no word of the API.
    println!("{error}");
    // May repeat what was sent, a mobile number for one: for the eyes of somebody who may see it.
    let words = error.api_message().unwrap_or_default();
    // ANCHOR_END: message
    assert!(!words.is_empty() && !error.to_string().contains(words));
    assert!(!format!("{error:?}").contains(words));
    Ok(())
}

#[test]
fn debug_shows_names_only() {
    // ANCHOR: debug
    use capillary_sdk::customer::register::request::{Customer, CustomerIdentifier};

    let tom = Customer::new(CustomerIdentifier::mobile("44700900000")).firstname("Tom");
    let shown = format!("{tom:?}");
    assert!(!shown.contains("44700900000") && !shown.contains("Tom"));
    // ANCHOR_END: debug
    assert!(shown.starts_with("Customer"), "{shown}");
}
