//! The thread that serves: connections, requests as they come, bodies as they go.

use std::convert::Infallible;
use std::fmt;
use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::thread::JoinHandle;
use std::time::Duration;

use http_body_util::{BodyExt as _, Limited};
use hyper::body::{Body, Bytes, Frame, Incoming, SizeHint};
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::time::{Sleep, sleep};

use super::decide::Answer;
use super::route;
use super::seen::Seen;
use super::state::State;

/// How many bytes a request may have.
const MAX_REQUEST: usize = 64 << 20;

/// How long what was written before a cut has to leave.
const BEFORE_CUT: Duration = Duration::from_millis(20);

/// The thread of a server.
pub(super) struct Running {
    stop: oneshot::Sender<Infallible>,
    thread: JoinHandle<()>,
}

impl Running {
    /// Stops the server, and waits until its port is free.
    pub(super) fn stop(self) {
        drop(self.stop);
        // It has nothing to say if it ended otherwise.
        drop(self.thread.join());
    }
}

/// Starts the thread.
pub(super) fn start(listener: std::net::TcpListener, state: Arc<State>) -> io::Result<Running> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_io()
        .enable_time()
        .build()?;
    let listener = {
        let _inside = runtime.enter();
        TcpListener::from_std(listener)?
    };
    let (stop, stopped) = oneshot::channel::<Infallible>();
    let thread = std::thread::Builder::new()
        .name("mock-server".to_owned())
        .spawn(move || {
            runtime.spawn(accept(listener, state));
            // Ends when the sender is dropped; all connections go with the runtime.
            drop(runtime.block_on(stopped));
        })?;
    Ok(Running { stop, thread })
}

async fn accept(listener: TcpListener, state: Arc<State>) {
    loop {
        match listener.accept().await {
            Ok((stream, _)) => drop(tokio::spawn(connection(stream, Arc::clone(&state)))),
            // No file handle is free, or the other side has gone already.
            Err(_) => sleep(Duration::from_millis(5)).await,
        }
    }
}

async fn connection(stream: TcpStream, state: Arc<State>) {
    // Pieces of a slow answer are to leave one by one.
    drop(stream.set_nodelay(true));
    let service = service_fn(move |request| respond(request, Arc::clone(&state)));
    let served =
        hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    // An error is a cut that was asked for, or a client that went away.
    drop(served.await);
}

/// The connection is to be closed.
#[derive(Debug)]
struct Cut;

impl fmt::Display for Cut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("cut off as the test wants it")
    }
}

impl std::error::Error for Cut {}

async fn respond(request: Request<Incoming>, state: Arc<State>) -> Result<Response<Pieces>, Cut> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, MAX_REQUEST).collect().await else {
        return Err(Cut);
    };
    let body = body.to_bytes();
    let seen = Seen {
        operation: None,
        method: head.method.as_str().to_owned(),
        path: head.uri.path().to_owned(),
        query: route::query(head.uri.query().unwrap_or_default()),
        headers: head
            .headers
            .iter()
            .map(|(name, value)| {
                let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
                (name.as_str().to_owned(), value)
            })
            .collect(),
        body: Vec::new(),
        status: None,
        refused: None,
        script: None,
    };
    let plan = state.decide(seen, &body);
    if !plan.delay.is_zero() {
        sleep(plan.delay).await;
    }
    let mut answer = plan.answer.ok_or(Cut)?;
    let mut response = Response::builder().status(answer.status);
    if let Some(name) = state.service().request_id {
        response = response.header(name, state.request_id());
    }
    for (name, value) in std::mem::take(&mut answer.headers) {
        response = response.header(name, value);
    }
    response.body(Pieces::new(answer)).map_err(|_| Cut)
}

/// The body of an answer: whole, in pieces with pauses, or cut off.
struct Pieces {
    rest: Bytes,
    /// The length that is announced.
    length: u64,
    piece: usize,
    pause: Duration,
    cut: bool,
    waiting: Option<Pin<Box<Sleep>>>,
}

impl Pieces {
    fn new(answer: Answer) -> Self {
        let length = u64::try_from(answer.body.len()).unwrap_or(u64::MAX);
        let mut rest = Bytes::from(answer.body);
        let cut = answer.cut_after.is_some_and(|bytes| bytes < rest.len());
        if let Some(bytes) = answer.cut_after {
            rest.truncate(bytes);
        }
        let (piece, pause) = answer.slow.unwrap_or((usize::MAX, Duration::ZERO));
        Self {
            rest,
            length,
            piece,
            pause,
            cut,
            waiting: None,
        }
    }
}

impl Body for Pieces {
    type Data = Bytes;
    type Error = Cut;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Cut>>> {
        if let Some(waiting) = &mut self.waiting {
            if waiting.as_mut().poll(context).is_pending() {
                return Poll::Pending;
            }
            self.waiting = None;
            if self.rest.is_empty() {
                return Poll::Ready(self.cut.then_some(Err(Cut)));
            }
        } else if self.rest.is_empty() && self.cut {
            // What came before has to leave first.
            let mut waiting = Box::pin(sleep(BEFORE_CUT));
            let ready = waiting.as_mut().poll(context).is_ready();
            self.waiting = (!ready).then_some(waiting);
            return if ready {
                Poll::Ready(Some(Err(Cut)))
            } else {
                Poll::Pending
            };
        }
        if self.rest.is_empty() {
            return Poll::Ready(None);
        }
        let piece = self.piece.min(self.rest.len());
        let piece = self.rest.split_to(piece);
        if !self.pause.is_zero() && (self.cut || !self.rest.is_empty()) {
            self.waiting = Some(Box::pin(sleep(self.pause)));
        }
        Poll::Ready(Some(Ok(Frame::data(piece))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && !self.cut
    }

    fn size_hint(&self) -> SizeHint {
        // Only asked before the first piece.
        SizeHint::with_exact(self.length)
    }
}
