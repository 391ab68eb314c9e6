//! Bodies: held as a whole up to a length, passed on piece by piece beyond it.

use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};

use http_body_util::BodyExt as _;
use hyper::body::{Body, Bytes, Frame, SizeHint};

/// How many bytes a body may have to be written down.
pub(crate) const RECORDED: usize = 16 << 20;

/// What came of a body.
pub(crate) enum Taken<B> {
    /// All of it.
    Whole(Bytes),
    /// It is too long: its beginning, and where the rest comes from.
    Longer(Rest<B>),
}

/// Takes a body, as far as it may be held.
pub(crate) async fn take<B: Body<Data = Bytes> + Unpin>(mut body: B) -> Result<Taken<B>, B::Error> {
    let mut pieces = VecDeque::new();
    let mut length = 0;
    while let Some(frame) = body.frame().await {
        // Trailers are about the connection.
        let Ok(piece) = frame?.into_data() else {
            continue;
        };
        length += piece.len();
        pieces.push_back(piece);
        if length > RECORDED {
            return Ok(Taken::Longer(Rest { pieces, body }));
        }
    }
    let whole = match pieces.len() {
        1 => pieces.pop_front().unwrap_or_default(),
        _ => pieces.make_contiguous().concat().into(),
    };
    Ok(Taken::Whole(whole))
}

/// A body that is passed on: what was taken, and what still comes.
pub(crate) struct Rest<B> {
    pieces: VecDeque<Bytes>,
    body: B,
}

impl<B: Body<Data = Bytes> + Unpin> Body for Rest<B> {
    type Data = Bytes;
    type Error = B::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, B::Error>>> {
        match self.pieces.pop_front() {
            Some(piece) => Poll::Ready(Some(Ok(Frame::data(piece)))),
            None => Pin::new(&mut self.body).poll_frame(context),
        }
    }

    fn size_hint(&self) -> SizeHint {
        let taken: usize = self.pieces.iter().map(Bytes::len).sum();
        let taken = u64::try_from(taken).unwrap_or(u64::MAX);
        match self.body.size_hint().exact() {
            Some(rest) => SizeHint::with_exact(rest.saturating_add(taken)),
            None => SizeHint::default(),
        }
    }
}
