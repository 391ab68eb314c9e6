//! Long lists, sent a part at a time.

use std::fmt;
use std::future::IntoFuture;

use futures_util::{StreamExt as _, stream};

use crate::batch::Batch;
use crate::error::Error;

/// Sends a long list as several calls: some at a time, their outcomes in the order of the list.
///
/// ```
/// # use slate_runtime::{Batch, Chunks, Error};
/// # async fn send(parcels: Vec<u8>) -> Result<Batch<(), u32>, Error> { unimplemented!() }
/// # async fn example(parcels: Vec<u8>) {
/// let outcome = Chunks::of(100)
///     .concurrency(4)
///     .progress(|done, of| println!("{done} of {of}"))
///     .send(parcels, |chunk| send(chunk))
///     .await;
/// for chunk in outcome.chunks() {
///     match chunk.outcome() {
///         Ok(batch) => println!("{} answers", batch.len()),
///         Err(error) => println!("items from {} on: {error}", chunk.first()),
///     }
/// }
/// # }
/// ```
#[must_use = "nothing is sent before `send` is awaited"]
pub struct Chunks {
    size: usize,
    concurrency: usize,
    progress: Box<dyn Fn(usize, usize) + Send + Sync>,
}

impl Chunks {
    /// So many items a call. Zero counts as one.
    pub fn of(size: usize) -> Self {
        Self {
            size: size.max(1),
            concurrency: 1,
            progress: Box::new(|_, _| {}),
        }
    }

    /// How many calls may be under way at a time: one unless set.
    pub fn concurrency(mut self, calls: usize) -> Self {
        self.concurrency = calls.max(1);
        self
    }

    /// Is told after each call how many items have an outcome, and how many there are.
    pub fn progress(mut self, tell: impl Fn(usize, usize) + Send + Sync + 'static) -> Self {
        self.progress = Box::new(tell);
        self
    }

    /// Sends all items. A call that fails does not keep the others from being sent.
    pub async fn send<I, T, C, F>(
        self,
        items: impl IntoIterator<Item = I>,
        call: impl Fn(Vec<I>) -> F,
    ) -> Chunked<T, C>
    where
        F: IntoFuture<Output = Result<Batch<T, C>, Error>>,
    {
        let mut parts = Vec::new();
        let mut total = 0;
        let mut items = items.into_iter().peekable();
        while items.peek().is_some() {
            let part: Vec<I> = items.by_ref().take(self.size).collect();
            let first = total;
            total += part.len();
            parts.push((first, part));
        }
        let done = std::sync::atomic::AtomicUsize::new(0);
        let calls = parts.into_iter().map(|(first, part)| {
            let length = part.len();
            let pending = call(part).into_future();
            let (done, progress) = (&done, &self.progress);
            async move {
                let outcome = pending.await.map(|batch| batch.from(first));
                let before = done.fetch_add(length, std::sync::atomic::Ordering::Relaxed);
                progress(before + length, total);
                Chunk {
                    first,
                    length,
                    outcome,
                }
            }
        });
        let chunks = stream::iter(calls).buffered(self.concurrency).collect();
        Chunked {
            chunks: chunks.await,
        }
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Chunks")
            .field("size", &self.size)
            .field("concurrency", &self.concurrency)
            .finish_non_exhaustive()
    }
}

/// The outcomes of a long list.
#[derive(Debug)]
#[must_use]
pub struct Chunked<T, C> {
    chunks: Vec<Chunk<T, C>>,
}

/// The outcome of one part of a long list.
#[derive(Debug)]
pub struct Chunk<T, C> {
    first: usize,
    length: usize,
    outcome: Result<Batch<T, C>, Error>,
}

impl<T, C> Chunked<T, C> {
    /// The parts, in the order of the list.
    #[must_use]
    pub fn chunks(&self) -> &[Chunk<T, C>] {
        &self.chunks
    }

    /// The parts, in the order of the list.
    #[must_use]
    pub fn into_chunks(self) -> Vec<Chunk<T, C>> {
        self.chunks
    }

    /// Whether every item of every part was accepted.
    #[must_use]
    pub fn is_success(&self) -> bool {
        let accepted = |chunk: &Chunk<T, C>| chunk.outcome().is_ok_and(Batch::is_success);
        self.chunks.iter().all(accepted)
    }

    /// The places of the items that were certainly not accepted, in the order of the list: they may
    /// be sent again. Those of calls that may have been executed are not among them.
    #[must_use]
    pub fn refused(&self) -> Vec<usize> {
        let refused = |chunk: &Chunk<T, C>| match &chunk.outcome {
            Ok(batch) => batch.refused(),
            Err(error) if error.maybe_executed() => Vec::new(),
            Err(_) => (chunk.first..chunk.first + chunk.length).collect(),
        };
        self.chunks.iter().flat_map(refused).collect()
    }

    /// The places of the items of which nobody knows: their calls may have been executed, or their
    /// answers do not fit the items. Look what became of them before they are sent again.
    #[must_use]
    pub fn unknown(&self) -> Vec<usize> {
        let unknown = |chunk: &Chunk<T, C>| match &chunk.outcome {
            Ok(batch) if batch.is_complete() => batch.unclear(),
            Err(error) if !error.maybe_executed() => Vec::new(),
            Ok(_) | Err(_) => (chunk.first..chunk.first + chunk.length).collect(),
        };
        self.chunks.iter().flat_map(unknown).collect()
    }
}

impl<T, C> Chunk<T, C> {
    /// The place of its first item in the list, from 0.
    #[must_use]
    pub fn first(&self) -> usize {
        self.first
    }

    /// How many items it has.
    #[must_use]
    pub fn length(&self) -> usize {
        self.length
    }

    /// What its call ended with. The indices in it are those of the list.
    ///
    /// # Errors
    /// The call failed as a whole.
    pub fn outcome(&self) -> Result<&Batch<T, C>, &Error> {
        self.outcome.as_ref()
    }

    /// What its call ended with. The indices in it are those of the list.
    ///
    /// # Errors
    /// The call failed as a whole.
    pub fn into_outcome(self) -> Result<Batch<T, C>, Error> {
        self.outcome
    }
}
