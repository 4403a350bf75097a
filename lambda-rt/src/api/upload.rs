//! A request whose body leaves piece by piece, while the service may say at any time that it wants no more of it.
//!
//! An early refusal, or the end of the connection, ends the body. An early acceptance does not: a service that passes the body on
//! as it comes may say yes before it has seen the end.

use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, timeout_at};

use super::chunked;
use super::connection::{Broken, Cause, Connection, Response};
use super::head::{self, Head};

/// A streamed POST on its way. The connection is used for nothing after it.
#[derive(Debug)]
pub(crate) struct Upload {
    connection: Connection,
    /// What the service has said before the body's end.
    said: Option<Head>,
    /// The size line of the chunk that leaves, kept for its allocation.
    size: Vec<u8>,
}

/// Why no more of a body is sent.
#[derive(Debug)]
pub(crate) enum Stop {
    Refused,
    Broken(Cause),
}

impl Upload {
    /// Sends the head and the first chunk in one write.
    ///
    /// # Errors
    ///
    /// [`Broken`] when they did not leave whole; they may be sent again on another connection.
    pub(crate) async fn begin(
        connection: Connection,
        mut head: Vec<u8>,
        first: &Bytes,
    ) -> Result<Self, Broken> {
        let mut upload = Self { connection, said: None, size: Vec::with_capacity(16) };
        let stale = |cause, reused| Broken { cause, status: None, stale: reused };
        let reused = upload.connection.has_served();
        if reused {
            // What is lost here cannot be sent again as other requests can: the readiness asked for is to be the latest.
            tokio::task::yield_now().await;
            if upload.connection.unusable().await {
                return Err(stale(Cause::Closed, true));
            }
        }
        let sent = match first.is_empty() {
            true => upload.write([&head, &[], &[]]).await,
            false => {
                chunked::push_size(first.len(), &mut head);
                upload.write([&head, first, chunked::END]).await
            }
        };
        match sent {
            // A refusal is heard at the next step.
            Ok(()) | Err(Stop::Refused) => Ok(upload),
            Err(Stop::Broken(cause)) => Err(stale(cause, reused)),
        }
    }

    /// Waits for `future`, unless the service stops the upload first.
    pub(crate) async fn listening<F: Future>(&mut self, future: F) -> Result<F::Output, Stop> {
        let mut future = pin!(future);
        poll_fn(|cx| {
            if let Poll::Ready(stop) = self.poll_stopped(cx) {
                return Poll::Ready(Err(stop));
            }
            future.as_mut().poll(cx).map(Ok)
        })
        .await
    }

    /// Sends one chunk, for which the service has until `end`.
    pub(crate) async fn chunk(&mut self, data: &Bytes, end: Option<Instant>) -> Result<(), Stop> {
        let mut size = std::mem::take(&mut self.size);
        size.clear();
        chunked::push_size(data.len(), &mut size);
        let parts = [&size, &data[..], chunked::END];
        let written = match end {
            None => self.write(parts).await,
            Some(end) => timeout_at(end, self.write(parts))
                .await
                .unwrap_or_else(|_| Err(Stop::Broken(Cause::Io(io::ErrorKind::TimedOut.into())))),
        };
        self.size = size;
        written
    }

    /// Ends the body, with trailers if something went wrong with it.
    pub(crate) async fn finish(&mut self, trailers: &[(&str, String)]) -> Result<(), Stop> {
        let mut last = Vec::new();
        chunked::finish(trailers, &mut last);
        self.write([&last, &[], &[]]).await
    }

    /// What the service says to it all.
    ///
    /// # Errors
    ///
    /// [`Broken`] without a status when it says nothing. The body cannot be sent again.
    pub(crate) async fn response(mut self, sent: Result<(), Stop>) -> Result<Response, Broken> {
        let head = match self.said.take() {
            Some(head) => head,
            None => match (self.connection.read_head(&mut ()).await, sent) {
                (Ok(head), _) => head,
                // The reason why the body could not leave explains more than the silence that followed it.
                (Err(_), Err(Stop::Broken(cause))) | (Err(cause), _) => return Err(cause.broken()),
            },
        };
        match self.connection.read_body(head.framing).await {
            Ok(body) => Ok(Response { status: head.status, body }),
            Err(cause) => Err(Broken { status: Some(head.status), ..cause.broken() }),
        }
    }

    async fn write(&mut self, parts: [&[u8]; 3]) -> Result<(), Stop> {
        let mut slices = parts.map(IoSlice::new);
        let mut left = &mut slices[..];
        // Parts that are empty are stepped over.
        IoSlice::advance_slices(&mut left, 0);
        poll_fn(|cx| {
            while !left.is_empty() {
                match Pin::new(&mut self.connection.stream).poll_write_vectored(cx, left) {
                    Poll::Ready(Ok(0)) => {
                        return Poll::Ready(Err(Stop::Broken(Cause::Io(io::ErrorKind::WriteZero.into()))));
                    }
                    Poll::Ready(Ok(count)) => IoSlice::advance_slices(&mut left, count),
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(Stop::Broken(Cause::Io(error)))),
                    // A service that has stopped reading would otherwise be waited for without end.
                    Poll::Pending => return self.poll_stopped(cx).map(Err),
                }
            }
            Poll::Ready(Ok(()))
        })
        .await
    }

    /// Ready once the service has refused the body or has gone.
    fn poll_stopped(&mut self, cx: &mut Context<'_>) -> Poll<Stop> {
        loop {
            match self.said {
                Some(Head { status: 200..=299, .. }) => return Poll::Pending,
                Some(_) => return Poll::Ready(Stop::Refused),
                None => {}
            }
            let mut room = [0; 1024];
            let mut read = ReadBuf::new(&mut room);
            let Connection { stream, buffer, .. } = &mut self.connection;
            if let Err(error) = ready!(Pin::new(stream).poll_read(cx, &mut read)) {
                return Poll::Ready(Stop::Broken(Cause::Io(error)));
            }
            if read.filled().is_empty() {
                return Poll::Ready(Stop::Broken(Cause::Closed));
            }
            buffer.extend_from_slice(read.filled());
            match head::take_final(buffer, &mut ()) {
                Ok(said) => self.said = said,
                Err(not_http) => return Poll::Ready(Stop::Broken(not_http.into())),
            }
        }
    }
}
