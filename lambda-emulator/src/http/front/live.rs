//! The body of a response: whole, or as it comes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};
use tokio::sync::{mpsc, oneshot};

use crate::shell::Chunk;
use crate::state::Outcome;

/// Bytes that are there, and those that are still to come.
pub(in crate::http) struct Live {
    first: Bytes,
    rest: Option<Rest>,
}

struct Rest {
    chunks: mpsc::Receiver<Chunk>,
    /// How the invocation ended, once there are no more chunks.
    outcome: oneshot::Receiver<Outcome>,
}

impl Live {
    pub(super) fn whole(bytes: impl Into<Bytes>) -> Self {
        Self { first: bytes.into(), rest: None }
    }

    pub(super) fn streamed(
        first: Bytes,
        chunks: mpsc::Receiver<Chunk>,
        outcome: oneshot::Receiver<Outcome>,
    ) -> Self {
        Self { first, rest: Some(Rest { chunks, outcome }) }
    }
}

impl Body for Live {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, std::io::Error>>> {
        let this = &mut *self;
        if !this.first.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut this.first)))));
        }
        let Some(rest) = &mut this.rest else { return Poll::Ready(None) };
        while let Some(chunk) = ready!(rest.chunks.poll_recv(cx)) {
            if let Chunk::Data(data) = chunk {
                return Poll::Ready(Some(Ok(Frame::data(data))));
            }
        }
        // A stream that failed is cut off, which is all that a caller of a function URL is told.
        let outcome = ready!(Pin::new(&mut rest.outcome).poll(cx));
        this.rest = None;
        Poll::Ready(match outcome {
            Ok(Outcome::Success(_)) => None,
            _ => Some(Err(std::io::Error::other("the function failed while it streamed"))),
        })
    }

    fn is_end_stream(&self) -> bool {
        self.first.is_empty() && self.rest.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        match self.rest {
            None => SizeHint::with_exact(self.first.len() as u64),
            Some(_) => SizeHint::new(),
        }
    }
}
