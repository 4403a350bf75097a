//! An invocation whose caller wants the answer as it comes.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::sync::{mpsc, oneshot};

use crate::shell::{Chunk, Shell};
use crate::state::{Invocation, Outcome};

/// What is still to come of an answer that has begun.
pub(super) struct Tapped {
    chunks: mpsc::Receiver<Chunk>,
    /// How the invocation ended, once there are no more chunks.
    outcome: oneshot::Receiver<Outcome>,
}

/// How an answer begins.
pub(super) enum Begun {
    /// It is streamed, and of this type.
    Streamed { content_type: Option<String>, rest: Tapped },
    /// It came in one piece, or there is none.
    Whole(Outcome),
}

impl Tapped {
    /// Invokes the function and waits for whatever comes first: the beginning of a stream, or the end of the invocation.
    ///
    /// The request id must be nobody else's.
    pub(super) async fn invoke(shell: &Arc<Shell>, invocation: Invocation) -> Begun {
        let id = invocation.request_id.clone();
        // Before the event is delivered, so that no chunk comes too early.
        let mut chunks = shell.taps().open(&id);
        let (_, mut outcome) = shell.submit(invocation);
        let first = poll_fn(|cx| match chunks.poll_recv(cx) {
            Poll::Ready(first) => Poll::Ready(Ok(first)),
            Poll::Pending => Pin::new(&mut outcome).poll(cx).map(Err),
        });
        let begun = match first.await {
            Ok(Some(Chunk::Begin { content_type })) => {
                Begun::Streamed { content_type, rest: Self { chunks, outcome } }
            }
            Ok(_) => Begun::Whole(told(outcome.await)),
            Err(outcome) => Begun::Whole(told(outcome)),
        };
        shell.taps().close(&id);
        begun
    }

    /// The next bytes; `None` at the end, good or bad.
    pub(super) fn poll_data(&mut self, cx: &mut Context<'_>) -> Poll<Option<Bytes>> {
        loop {
            match ready!(self.chunks.poll_recv(cx)) {
                Some(Chunk::Data(data)) => return Poll::Ready(Some(data)),
                Some(Chunk::Begin { .. }) => {}
                None => return Poll::Ready(None),
            }
        }
    }

    /// How it ended; asked for after the last bytes, and once.
    pub(super) fn poll_outcome(&mut self, cx: &mut Context<'_>) -> Poll<Outcome> {
        Pin::new(&mut self.outcome).poll(cx).map(told)
    }
}

/// Nobody tells only when the emulator ends.
fn told(outcome: Result<Outcome, oneshot::error::RecvError>) -> Outcome {
    outcome.unwrap_or_else(|_| Outcome::shut_down())
}
