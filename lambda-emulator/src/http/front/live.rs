//! The body of a response: whole, or as it comes.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use super::super::tapped::Tapped;
use crate::state::Outcome;

/// Bytes that are there, and those that are still to come.
pub(in crate::http) struct Live {
    first: Bytes,
    rest: Option<Tapped>,
}

impl Live {
    pub(super) fn whole(bytes: impl Into<Bytes>) -> Self {
        Self { first: bytes.into(), rest: None }
    }

    pub(super) fn streamed(first: Bytes, rest: Tapped) -> Self {
        Self { first, rest: Some(rest) }
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
        if let Some(data) = ready!(rest.poll_data(cx)) {
            return Poll::Ready(Some(Ok(Frame::data(data))));
        }
        // A stream that failed is cut off, which is all that a caller of a function URL is told.
        let outcome = ready!(rest.poll_outcome(cx));
        this.rest = None;
        Poll::Ready(match outcome {
            Outcome::Success(_) => None,
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
