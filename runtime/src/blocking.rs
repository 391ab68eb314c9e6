//! Calls for code that is not async.

use std::future::IntoFuture;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;

use tokio::runtime::{Builder, Handle};

use crate::error::Error;

/// Sends a call, and blocks the thread until it has ended.
///
/// Every call of the client is one, so the blocking client is the same client. It works in threads
/// of an async runtime too, where it blocks one of the runtime's threads as any blocking code does.
pub trait SendBlocking<T>: Sized {
    /// Sends it.
    ///
    /// # Errors
    /// What awaiting it would end with.
    fn send_blocking(self) -> Result<T, Error>;
}

impl<T, F> SendBlocking<T> for F
where
    T: Send + 'static,
    F: IntoFuture<Output = Result<T, Error>>,
    F::IntoFuture: Send + 'static,
{
    fn send_blocking(self) -> Result<T, Error> {
        wait(self)?
    }
}

/// Runs any future that makes calls, and blocks the thread until it has ended: for what is more than
/// one call, such as [`Chunks`](crate::Chunks).
///
/// # Errors
/// The thread that runs futures cannot be started, or the future panicked.
pub fn wait<F>(future: F) -> Result<F::Output, Error>
where
    F: IntoFuture<Output: Send + 'static>,
    F::IntoFuture: Send + 'static,
{
    let future = future.into_future();
    let (give, take) = sync_channel(1);
    handle()?.spawn(async move {
        // The thread that waits is there until it has taken the outcome.
        let _ = give.send(future.await);
    });
    take.recv()
        .map_err(|_| Error::config("blocking: the call panicked"))
}

/// The runtime of all blocking calls: one thread for as long as the program runs, on which
/// connections stay open between calls.
fn handle() -> Result<&'static Handle, Error> {
    static RUNTIME: OnceLock<Option<Handle>> = OnceLock::new();
    let started = RUNTIME.get_or_init(|| {
        let runtime = Builder::new_current_thread().enable_all().build().ok()?;
        let handle = runtime.handle().clone();
        let forever = move || runtime.block_on(std::future::pending::<()>());
        let thread = std::thread::Builder::new().name("capillary-blocking".to_owned());
        thread.spawn(forever).ok().map(|_| handle)
    });
    let failed = || Error::config("blocking: the thread for calls cannot be started");
    started.as_ref().ok_or_else(failed)
}
