//! Calls for code that is not async.

use std::future::IntoFuture;
use std::sync::OnceLock;
use std::sync::mpsc::sync_channel;
use std::thread::ThreadId;

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
/// one call, such as [`Chunks`](crate::Chunks). If the future panics, so does this.
///
/// # Errors
/// The thread that runs futures cannot be started, or this is called on that thread, by a future
/// that runs there: awaiting is what it is to do instead.
pub fn wait<F>(future: F) -> Result<F::Output, Error>
where
    F: IntoFuture<Output: Send + 'static>,
    F::IntoFuture: Send + 'static,
{
    let runner = Runner::get()?;
    if std::thread::current().id() == runner.thread {
        return Err(Error::config(
            "blocking: a call that blocks was made by a future that runs in a blocking call: await it",
        ));
    }
    let (give, take) = sync_channel(1);
    let task = runner.handle.spawn(future.into_future());
    runner.handle.spawn(async move {
        // The thread that waits is there until it has taken the outcome.
        let _ = give.send(task.await);
    });
    match take.recv() {
        Ok(Ok(output)) => Ok(output),
        Ok(Err(failed)) if failed.is_panic() => std::panic::resume_unwind(failed.into_panic()),
        _ => Err(Error::config("blocking: the thread for calls has ended")),
    }
}

/// The runtime of all blocking calls: one thread for as long as the program runs, on which
/// connections stay open between calls.
struct Runner {
    handle: Handle,
    thread: ThreadId,
}

impl Runner {
    fn get() -> Result<&'static Self, Error> {
        static RUNNER: OnceLock<Option<Runner>> = OnceLock::new();
        let failed = || Error::config("blocking: the thread for calls cannot be started");
        RUNNER.get_or_init(Self::start).as_ref().ok_or_else(failed)
    }

    fn start() -> Option<Self> {
        let runtime = Builder::new_current_thread().enable_all().build().ok()?;
        let handle = runtime.handle().clone();
        let forever = move || runtime.block_on(std::future::pending::<()>());
        let thread = std::thread::Builder::new().name("blocking-calls".to_owned());
        let thread = thread.spawn(forever).ok()?.thread().id();
        Some(Self { handle, thread })
    }
}
