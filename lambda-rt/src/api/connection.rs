//! One stream to the Runtime API, one request on it at a time.
//!
//! A failed exchange says at which point it failed, because that decides what may follow: a request may be sent again
//! as long as no status was read, and a status counts even if the text after it was cut off.

use std::fmt;
use std::future::poll_fn;
use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Poll, ready};
use std::time::Duration;

use bytes::{BufMut, Bytes, BytesMut};
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;

use super::chunked;
use super::endpoint::Endpoint;
use super::head::{self, Framing, Head, Headers, NotHttp};

/// Room for the head of an event and a small event: most invocations need one read and no second buffer.
const USUAL_READ: usize = 8 * 1024;
/// No more than this is reserved on the word of a `Content-Length`; the rest is reserved as it arrives.
const TRUSTED_LENGTH: usize = 8 * 1024 * 1024;
/// Ten times the largest event there is. A peer that sends more is broken, and memory stays bounded.
const LONGEST_BODY: usize = 64 * 1024 * 1024;
/// The endpoint is on this machine; a connect that takes longer than this is lost.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(2);

/// A response whose body has arrived whole.
#[derive(Debug)]
pub(crate) struct Response {
    pub(crate) status: u16,
    pub(crate) body: Bytes,
}

/// An exchange that did not end with a whole response.
#[derive(Debug)]
pub(crate) struct Broken {
    pub(crate) cause: Cause,
    /// The status, if a head was read before the body broke off.
    pub(crate) status: Option<u16>,
    /// The connection had served before, and not a byte of this response was read: it may simply have been closed
    /// while it was idle, so that a new one is worth an immediate try.
    pub(crate) stale: bool,
}

/// What broke an exchange.
#[derive(Debug)]
pub(crate) enum Cause {
    Resolve(io::Error),
    Connect(io::Error),
    Io(io::Error),
    Closed,
    Truncated,
    NotHttp(&'static str),
    TooLong,
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Resolve(error) => write!(f, "its host name cannot be resolved: {error}"),
            Self::Connect(error) => write!(f, "cannot connect: {error}"),
            Self::Io(error) => write!(f, "the connection broke: {error}"),
            Self::Closed => f.write_str("the connection was closed before a response"),
            Self::Truncated => f.write_str("the response was cut off"),
            Self::NotHttp(why) => write!(f, "the response is not HTTP/1.1: {why}"),
            Self::TooLong => f.write_str("the response body is longer than 64 MiB"),
        }
    }
}

impl Cause {
    pub(super) fn broken(self) -> Broken {
        Broken { cause: self, status: None, stale: false }
    }
}

impl From<NotHttp> for Cause {
    fn from(NotHttp(why): NotHttp) -> Self {
        Self::NotHttp(why)
    }
}

/// A connected stream and the bytes read from it that nobody has taken yet.
#[derive(Debug)]
pub(crate) struct Connection {
    pub(super) stream: TcpStream,
    pub(super) buffer: BytesMut,
    served: bool,
}

impl Connection {
    /// Opens a stream to `endpoint`, without Nagle's delay.
    pub(crate) async fn open(endpoint: &Endpoint) -> Result<Self, Broken> {
        match tokio::time::timeout(CONNECT_TIMEOUT, connect(endpoint)).await {
            Ok(Ok(stream)) => {
                // Without it a small POST could wait for the acknowledgement of the request before it.
                let _ = stream.set_nodelay(true);
                Ok(Self { stream, buffer: BytesMut::with_capacity(USUAL_READ), served: false })
            }
            Ok(Err(cause)) => Err(cause.broken()),
            Err(_) => Err(Cause::Connect(io::ErrorKind::TimedOut.into()).broken()),
        }
    }

    /// Sends `head` and `body`, reads one response, and says whether the connection may be used again.
    ///
    /// # Cancel safety
    ///
    /// A dropped exchange leaves the stream somewhere inside a message: the connection must be dropped with it.
    pub(crate) async fn exchange(
        &mut self,
        head: &[u8],
        body: &[u8],
        headers: &mut dyn Headers,
    ) -> Result<(Response, bool), Broken> {
        let reused = self.served;
        let stale = |cause| Broken { cause, status: None, stale: reused };
        if reused && self.unusable().await {
            return Err(stale(Cause::Closed));
        }
        let sent = self.send(head, body).await;
        let head = match self.read_head(headers).await {
            Ok(head) => head,
            // The reason why the request could not leave explains more than the silence that followed it.
            Err(cause) => {
                let untouched = self.buffer.is_empty();
                let cause = match sent {
                    Err(error) => Cause::Io(error),
                    Ok(_) => cause,
                };
                return Err(Broken { stale: reused && untouched, ..cause.broken() });
            }
        };
        self.served = true;
        match self.read_body(head.framing).await {
            Ok(body) => {
                let reusable = head.keep_alive && matches!(sent, Ok(Sent::Whole)) && self.buffer.is_empty();
                Ok((Response { status: head.status, body }, reusable))
            }
            Err(cause) => Err(Broken { cause, status: Some(head.status), stale: false }),
        }
    }

    /// Whether it has brought a response before.
    #[cfg(feature = "streaming")]
    pub(super) fn has_served(&self) -> bool {
        self.served
    }

    /// Whether an idle connection was closed by the peer or holds bytes that answer nothing.
    pub(super) async fn unusable(&mut self) -> bool {
        let mut byte = [0; 1];
        let stream = &mut self.stream;
        // Asks the readiness tokio already knows of: no system call unless something has happened.
        poll_fn(|cx| Poll::Ready(stream.poll_read_ready(cx).is_ready())).await
            && !matches!(stream.try_read(&mut byte), Err(error) if error.kind() == io::ErrorKind::WouldBlock)
    }

    /// Writes the request; a peer that answers before it has read everything is listened to.
    async fn send(&mut self, head: &[u8], body: &[u8]) -> io::Result<Sent> {
        let Self { stream, buffer, .. } = self;
        let total = head.len() + body.len();
        let mut sent = 0;
        poll_fn(|cx| {
            while sent < total {
                let slices = match sent.checked_sub(head.len()) {
                    None => [IoSlice::new(&head[sent..]), IoSlice::new(body)],
                    Some(from) => [IoSlice::new(&body[from..]), IoSlice::new(&[])],
                };
                match Pin::new(&mut *stream).poll_write_vectored(cx, &slices) {
                    Poll::Ready(Ok(0)) => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                    Poll::Ready(Ok(count)) => sent += count,
                    Poll::Ready(Err(error)) => return Poll::Ready(Err(error)),
                    Poll::Pending => {
                        // A refusal such as 413 may come while the body is still leaving; a peer that has
                        // stopped reading would otherwise be waited for without end.
                        let mut room = [0; 1024];
                        let mut early = ReadBuf::new(&mut room);
                        ready!(Pin::new(&mut *stream).poll_read(cx, &mut early))?;
                        buffer.extend_from_slice(early.filled());
                        return Poll::Ready(Ok(Sent::Interrupted));
                    }
                }
            }
            Poll::Ready(Ok(Sent::Whole))
        })
        .await
    }

    pub(super) async fn read_head(&mut self, headers: &mut dyn Headers) -> Result<Head, Cause> {
        loop {
            if let Some(head) = head::take_final(&mut self.buffer, headers)? {
                return Ok(head);
            }
            if self.read().await? == 0 {
                return Err(if self.buffer.is_empty() { Cause::Closed } else { Cause::Truncated });
            }
        }
    }

    pub(super) async fn read_body(&mut self, framing: Framing) -> Result<Bytes, Cause> {
        match framing {
            Framing::Length(0) => Ok(Bytes::new()),
            Framing::Length(length) => {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                self.read_length(length).await
            }
            Framing::Chunked => self.read_chunks().await,
            Framing::UntilClose => {
                while self.read().await? > 0 {
                    within_bounds(self.buffer.len())?;
                }
                Ok(self.buffer.split().freeze())
            }
        }
    }

    async fn read_length(&mut self, length: usize) -> Result<Bytes, Cause> {
        within_bounds(length)?;
        if length <= USUAL_READ {
            while self.buffer.len() < length {
                self.buffer.reserve(length - self.buffer.len());
                if self.read().await? == 0 {
                    return Err(Cause::Truncated);
                }
            }
            return Ok(self.buffer.split_to(length).freeze());
        }
        // A large body gets an allocation of exactly its size, which its owner frees as soon as it is decoded,
        // while the connection keeps its small buffer.
        let arrived = self.buffer.len().min(length);
        let mut body = BytesMut::with_capacity(length.min(TRUSTED_LENGTH));
        body.extend_from_slice(&self.buffer.split_to(arrived));
        while body.len() < length {
            let missing = length - body.len();
            if body.capacity() == body.len() {
                body.reserve(missing.min(TRUSTED_LENGTH));
            }
            let read = self.stream.read_buf(&mut (&mut body).limit(missing)).await;
            if read.map_err(Cause::Io)? == 0 {
                return Err(Cause::Truncated);
            }
        }
        Ok(body.freeze())
    }

    async fn read_chunks(&mut self) -> Result<Bytes, Cause> {
        let mut decoder = chunked::Decoder::default();
        let mut body = BytesMut::new();
        while !decoder.decode(&mut self.buffer, &mut body).map_err(Cause::NotHttp)? {
            within_bounds(body.len())?;
            if self.read().await? == 0 {
                return Err(Cause::Truncated);
            }
        }
        Ok(body.freeze())
    }

    async fn read(&mut self) -> Result<usize, Cause> {
        self.buffer.reserve(USUAL_READ / 2);
        self.stream.read_buf(&mut self.buffer).await.map_err(Cause::Io)
    }
}

/// How much of a request left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sent {
    Whole,
    /// The peer answered before it had taken everything; the connection cannot be used again.
    Interrupted,
}

fn within_bounds(length: usize) -> Result<(), Cause> {
    if length > LONGEST_BODY { Err(Cause::TooLong) } else { Ok(()) }
}

async fn connect(endpoint: &Endpoint) -> Result<TcpStream, Cause> {
    let addresses = match endpoint.address() {
        Some(address) => vec![address],
        None => {
            let found = tokio::net::lookup_host((endpoint.host(), endpoint.port())).await;
            found.map_err(Cause::Resolve)?.collect()
        }
    };
    let mut last = io::Error::new(io::ErrorKind::NotFound, "it has no address");
    for address in addresses {
        match TcpStream::connect(address).await {
            Ok(stream) => return Ok(stream),
            Err(error) => last = error,
        }
    }
    Err(Cause::Connect(last))
}
