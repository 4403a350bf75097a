//! A body that is sent from elsewhere: another task, another thread.

use std::error::Error as StdError;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::sync::mpsc;

use super::Body;
use crate::diagnostic::Diagnostic;
use crate::error::Error;
use crate::failure::Failure;

/// A [`Body`] and the [`Sender`] that feeds it.
///
/// The sender is at most one chunk ahead of what has left: [`Sender::send_data`] waits, and so memory stays flat.
///
/// # Examples
///
/// ```
/// use lambda_rt::streaming;
///
/// # #[tokio::main(flavor = "current_thread")]
/// # async fn main() -> Result<(), streaming::Closed> {
/// let (mut sender, body) = streaming::channel();
/// sender.send_data("Hello".into()).await?;
/// drop(sender); // the body ends here
/// # let _ = body;
/// # Ok(())
/// # }
/// ```
pub fn channel() -> (Sender, Body) {
    let (chunks, received) = mpsc::channel(1);
    let failed = Arc::<Failed>::default();
    let sender =
        Sender { chunks: Some(chunks), failed: Arc::clone(&failed), interrupted: false, must_finish: false };
    (sender, Body::of_channel(Receiver { chunks: received, failed }))
}

/// Why a body ended, if not because everything was sent.
type Failed = Mutex<Option<Error>>;

/// The sending half of a [`channel`].
///
/// Dropping it ends the body. That is a success unless bytes are known to be missing, when the caller is told of a failure:
///
/// | The sender is dropped | The caller sees |
/// |---|---|
/// | after [`send_error`](Self::send_error) or by [`abort`](Self::abort) | a failure, with what was said |
/// | by a panic | a failure |
/// | after a [`send_data`](Self::send_data) that was cancelled before its chunk was taken | a failure |
/// | by [`finish`](Self::finish) | the end |
/// | at the end of its task, or because the task is aborted between two chunks | the end, or a failure if it [must finish](Self::must_finish) |
#[must_use = "dropping the sender ends the body"]
pub struct Sender {
    chunks: Option<mpsc::Sender<Bytes>>,
    failed: Arc<Failed>,
    /// A chunk was given to a `send_data` that has not ended.
    interrupted: bool,
    /// Only `finish` is a success.
    must_finish: bool,
}

impl Sender {
    /// Sends a chunk once the one before it has been taken.
    ///
    /// # Errors
    ///
    /// [`Closed`] when nobody waits for it any more.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future loses the chunk, and dropping the sender after that is a failure of the answer.
    pub async fn send_data(&mut self, chunk: Bytes) -> Result<(), Closed> {
        let chunks = self.chunks.as_ref().ok_or(Closed)?;
        self.interrupted = true;
        let sent = chunks.send(chunk).await.map_err(|_| Closed);
        self.interrupted = false;
        sent
    }

    /// Sends a chunk if there is room for it now.
    ///
    /// # Errors
    ///
    /// The chunk itself, when there is no room or nobody waits for it any more.
    pub fn try_send_data(&mut self, chunk: Bytes) -> Result<(), Bytes> {
        match &self.chunks {
            Some(chunks) => chunks.try_send(chunk).map_err(mpsc::error::TrySendError::into_inner),
            None => Err(chunk),
        }
    }

    /// Makes [`finish`](Self::finish) the only good end: a sender that is dropped without it, whatever the reason, tells the caller
    /// of a failure. So a task that is aborted, a `?` that leaves it early or a `return` too many is no short answer that looks whole.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn rows() -> Result<Vec<String>, lambda_rt::Error> { Ok(Vec::new()) }
    /// use lambda_rt::streaming;
    ///
    /// # async fn handler() -> streaming::Body {
    /// let (sender, body) = streaming::channel();
    /// tokio::spawn(async move {
    ///     let mut sender = sender.must_finish();
    ///     for row in rows().await? { // a failure here is told to the caller
    ///         sender.send_data(row.into()).await?;
    ///     }
    ///     sender.finish();
    ///     Ok::<_, lambda_rt::Error>(())
    /// });
    /// # body
    /// # }
    /// ```
    pub fn must_finish(mut self) -> Self {
        self.must_finish = true;
        self
    }

    /// Ends the body: everything has been sent.
    pub fn finish(mut self) {
        self.must_finish = false;
    }

    /// Ends the body with an error, which the caller is told after the bytes that were sent before.
    pub fn send_error(&mut self, error: impl Into<Error>) {
        if self.chunks.is_some() {
            *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.into());
            self.chunks = None;
        }
    }

    /// Ends the body with an error that says no more than that.
    pub fn abort(mut self) {
        self.send_error(failure("StreamAborted", "the function aborted its answer"));
    }

    /// Whether nobody waits for the body any more: the caller has gone, or the invocation is over.
    pub fn is_closed(&self) -> bool {
        self.chunks.as_ref().is_none_or(mpsc::Sender::is_closed)
    }

    /// Waits until nobody waits for the body any more.
    ///
    /// # Examples
    ///
    /// ```
    /// # async fn work() -> bytes::Bytes { bytes::Bytes::new() }
    /// # async fn send(mut sender: lambda_rt::streaming::Sender) -> Result<(), lambda_rt::Error> {
    /// let chunk = tokio::select! {
    ///     chunk = work() => chunk,
    ///     () = sender.closed() => return Ok(()), // what is still to be made, nobody will read
    /// };
    /// sender.send_data(chunk).await?;
    /// # Ok(())
    /// # }
    /// ```
    pub async fn closed(&self) {
        if let Some(chunks) = &self.chunks {
            chunks.closed().await;
        }
    }
}

impl Drop for Sender {
    fn drop(&mut self) {
        if std::thread::panicking() {
            self.send_error(failure("Function.Panic", "the task that sent the answer panicked"));
        } else if self.interrupted {
            self.send_error(failure(
                "StreamInterrupted",
                "the function stopped sending its answer in the middle of a chunk",
            ));
        } else if self.must_finish {
            self.send_error(failure(
                "StreamUnfinished",
                "the function stopped sending before it had finished its answer",
            ));
        }
    }
}

fn failure(kind: &str, message: &str) -> Failure {
    Failure::from(Diagnostic { error_type: kind.to_owned(), error_message: message.to_owned() })
}

impl fmt::Debug for Sender {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Sender").field("closed", &self.is_closed()).finish_non_exhaustive()
    }
}

/// The receiving half: what a [`Body`] of a channel is inside.
pub(super) struct Receiver {
    chunks: mpsc::Receiver<Bytes>,
    failed: Arc<Failed>,
}

impl Receiver {
    pub(super) fn poll_recv(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        let chunk = ready!(self.chunks.poll_recv(cx));
        Poll::Ready(match chunk {
            Some(chunk) => Some(Ok(chunk)),
            // Invariant: a sender notes its failure before it lets go of the chunks.
            None => self.failed.lock().unwrap_or_else(PoisonError::into_inner).take().map(Err),
        })
    }
}

/// Nobody waits for the body any more: the caller has gone, the service has refused the answer, or the invocation is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Closed;

impl fmt::Display for Closed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("nobody waits for the rest of the answer")
    }
}

impl StdError for Closed {}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    async fn next(body: &mut Body) -> Option<Result<Bytes, String>> {
        let chunk = poll_fn(|cx| body.poll_chunk(cx)).await;
        chunk.map(|chunk| chunk.map_err(|error| error.to_string()))
    }

    #[tokio::test]
    async fn the_sender_is_one_chunk_ahead_and_no_more() {
        let (mut sender, mut body) = channel();
        sender.try_send_data("1".into()).unwrap();
        assert_eq!(sender.try_send_data("2".into()).unwrap_err(), "2");
        assert_eq!(next(&mut body).await, Some(Ok("1".into())));
        sender.try_send_data("2".into()).unwrap();
        drop(sender);
        assert_eq!((next(&mut body).await, next(&mut body).await), (Some(Ok("2".into())), None));
    }

    #[tokio::test]
    async fn a_sender_learns_that_the_body_is_gone() {
        let (mut sender, body) = channel();
        assert!(!sender.is_closed());
        drop(body);
        sender.closed().await;
        assert_eq!(sender.send_data("1".into()).await, Err(Closed));
        assert!(sender.is_closed());
    }

    #[tokio::test]
    async fn an_error_comes_after_what_was_sent_before_it() {
        let (mut sender, mut body) = channel();
        sender.send_data("1".into()).await.unwrap();
        sender.send_error("the table is gone");
        assert_eq!(sender.send_data("2".into()).await, Err(Closed));
        assert_eq!(next(&mut body).await, Some(Ok("1".into())));
        assert_eq!(next(&mut body).await, Some(Err("the table is gone".to_owned())));
        assert_eq!(next(&mut body).await, None);
        let (sender, mut body) = channel();
        sender.abort();
        assert!(next(&mut body).await.unwrap().unwrap_err().contains("aborted"));
    }

    #[tokio::test]
    async fn a_panic_and_a_cancelled_send_are_failures_and_a_drop_is_the_end() {
        let (sender, mut body) = channel();
        let panicked = tokio::spawn(async move {
            let _sender = sender;
            panic!("on purpose");
        });
        assert!(panicked.await.unwrap_err().is_panic());
        assert!(next(&mut body).await.unwrap().unwrap_err().contains("panicked"));

        let (mut sender, mut body) = channel();
        sender.send_data("1".into()).await.unwrap();
        let waits = tokio::time::timeout(std::time::Duration::ZERO, sender.send_data("2".into()));
        waits.await.unwrap_err();
        drop(sender);
        assert_eq!(next(&mut body).await, Some(Ok("1".into())));
        assert!(next(&mut body).await.unwrap().unwrap_err().contains("middle of a chunk"));

        let (sender, mut body) = channel();
        drop(sender);
        assert_eq!(next(&mut body).await, None);
    }

    #[tokio::test]
    async fn a_sender_that_must_finish_fails_unless_it_does() {
        let (sender, mut body) = channel();
        let mut sender = sender.must_finish();
        sender.send_data("1".into()).await.unwrap();
        sender.finish();
        assert_eq!((next(&mut body).await, next(&mut body).await), (Some(Ok("1".into())), None));

        let (sender, mut body) = channel();
        drop(sender.must_finish());
        assert!(next(&mut body).await.unwrap().unwrap_err().contains("before it had finished"));

        let (sender, mut body) = channel();
        let mut sender = sender.must_finish();
        sender.send_error("the table is gone");
        drop(sender);
        assert_eq!(next(&mut body).await, Some(Err("the table is gone".to_owned())));
    }

    #[tokio::test]
    async fn an_aborted_task_is_told_of_by_a_sender_that_must_finish() {
        for must_finish in [false, true] {
            let (sender, mut body) = channel();
            let task = tokio::spawn(async move {
                let mut sender = if must_finish { sender.must_finish() } else { sender };
                sender.send_data("1".into()).await.unwrap();
                std::future::pending::<()>().await;
                drop(sender);
            });
            assert_eq!(next(&mut body).await, Some(Ok("1".into())));
            task.abort();
            assert_eq!(next(&mut body).await.is_some(), must_finish);
        }
    }
}
