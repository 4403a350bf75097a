//! A body whose bytes come one chunk after the other, whatever they come from.

use std::any::Any;
use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf, Bytes};
use futures_core::Stream;
use http_body::{Body as HttpBody, Frame, SizeHint};
use pin_project_lite::pin_project;

use super::channel::{self, Receiver, Sender};
use crate::error::Error;

/// The bytes of a streamed answer.
///
/// It is made by [`channel`](super::channel), of a stream, of an [`http_body::Body`], or of bytes that are there already.
/// A handler may answer with it as it is.
///
/// # Examples
///
/// ```
/// use lambda_rt::streaming::Body;
///
/// let body = Body::from("all of it");
/// # let _ = body;
/// ```
pub struct Body {
    inner: Inner,
}

enum Inner {
    Once(Bytes),
    Channel(Receiver),
    Erased(Pin<Box<dyn HttpBody<Data = Bytes, Error = Error> + Send>>),
}

impl Body {
    /// A body without bytes.
    pub fn empty() -> Self {
        Self::from(Bytes::new())
    }

    /// As [`channel`](super::channel).
    pub fn channel() -> (Sender, Self) {
        channel::channel()
    }

    /// The bytes of an [`http_body::Body`]; its trailers are left out, Lambda having no place for them.
    ///
    /// # Examples
    ///
    /// ```
    /// use lambda_rt::streaming::Body;
    ///
    /// let body = Body::new("a String is an http_body::Body".to_owned());
    /// # let _ = body;
    /// ```
    pub fn new<B>(body: B) -> Self
    where
        B: HttpBody<Error: Into<Error>> + Send + 'static,
    {
        recognised(body).unwrap_or_else(|body| Self { inner: Inner::Erased(Box::pin(OfBody { body })) })
    }

    /// The items of a stream, each one chunk. An error ends it, and is told to the caller.
    pub fn from_stream<S, D, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<D, E>> + Send + 'static,
        D: Into<Bytes>,
        E: Into<Error>,
    {
        recognised(stream)
            .unwrap_or_else(|stream| Self { inner: Inner::Erased(Box::pin(OfStream { stream })) })
    }

    pub(super) fn of_channel(receiver: Receiver) -> Self {
        Self { inner: Inner::Channel(receiver) }
    }

    /// The next chunk, none of them empty.
    pub(crate) fn poll_chunk(&mut self, cx: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        loop {
            let chunk = match &mut self.inner {
                Inner::Once(bytes) if bytes.is_empty() => None,
                Inner::Once(bytes) => Some(Ok(std::mem::take(bytes))),
                Inner::Channel(receiver) => ready!(receiver.poll_recv(cx)),
                Inner::Erased(body) => match ready!(body.as_mut().poll_frame(cx)) {
                    Some(Ok(frame)) => Some(Ok(frame.into_data().unwrap_or_default())),
                    Some(Err(error)) => Some(Err(error)),
                    None => None,
                },
            };
            match chunk {
                Some(Ok(chunk)) if chunk.is_empty() => {}
                chunk => return Poll::Ready(chunk),
            }
        }
    }
}

/// A body that comes as one already is taken as it is rather than boxed in another.
fn recognised<B: 'static>(body: B) -> Result<Body, B> {
    let mut body = Some(body);
    if let Some(ours) = (&mut body as &mut dyn Any).downcast_mut::<Option<Body>>()
        && let Some(ours) = ours.take()
    {
        return Ok(ours);
    }
    // Invariant: it was put there, and taken only if it was returned.
    Err(body.expect("the body is there"))
}

impl Default for Body {
    fn default() -> Self {
        Self::empty()
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self { inner: Inner::Once(bytes) }
    }
}

impl From<Vec<u8>> for Body {
    fn from(bytes: Vec<u8>) -> Self {
        Self::from(Bytes::from(bytes))
    }
}

impl From<String> for Body {
    fn from(text: String) -> Self {
        Self::from(Bytes::from(text))
    }
}

impl From<&'static str> for Body {
    fn from(text: &'static str) -> Self {
        Self::from(Bytes::from_static(text.as_bytes()))
    }
}

impl From<&'static [u8]> for Body {
    fn from(bytes: &'static [u8]) -> Self {
        Self::from(Bytes::from_static(bytes))
    }
}

impl HttpBody for Body {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        self.poll_chunk(cx).map(|chunk| chunk.map(|chunk| chunk.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        match &self.inner {
            Inner::Once(bytes) => bytes.is_empty(),
            Inner::Channel(_) => false,
            Inner::Erased(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.inner {
            Inner::Once(bytes) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Channel(_) => SizeHint::new(),
            Inner::Erased(body) => body.size_hint(),
        }
    }
}

impl Stream for Body {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_chunk(cx)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = match &self.inner {
            Inner::Once(_) => "bytes",
            Inner::Channel(_) => "channel",
            Inner::Erased(_) => "stream",
        };
        f.debug_tuple("Body").field(&kind).finish()
    }
}

pin_project! {
    /// A body with its types made ours.
    struct OfBody<B> {
        #[pin]
        body: B,
    }
}

impl<B: HttpBody<Error: Into<Error>>> HttpBody for OfBody<B> {
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let frame = ready!(self.project().body.poll_frame(cx));
        // No copy is made where the data are `Bytes`.
        let ours = |frame: Frame<B::Data>| frame.map_data(|mut data| data.copy_to_bytes(data.remaining()));
        Poll::Ready(frame.map(|frame| frame.map(ours).map_err(Into::into)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

pin_project! {
    /// A stream as a body.
    struct OfStream<S> {
        #[pin]
        stream: S,
    }
}

impl<S, D, E> HttpBody for OfStream<S>
where
    S: Stream<Item = Result<D, E>>,
    D: Into<Bytes>,
    E: Into<Error>,
{
    type Data = Bytes;
    type Error = Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Error>>> {
        let item = ready!(self.project().stream.poll_next(cx));
        Poll::Ready(item.map(|item| item.map(|data| Frame::data(data.into())).map_err(Into::into)))
    }
}

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt;

    use super::*;

    #[tokio::test]
    async fn whatever_bytes_come_from_they_come_out_in_order_and_without_empty_chunks() {
        let (mut sender, channel) = Body::channel();
        let send = async move {
            for chunk in ["a", "", "bc"] {
                sender.send_data(chunk.into()).await.unwrap();
            }
        };
        let (received, ()) = tokio::join!(channel.collect(), send);
        assert_eq!(received.unwrap().to_bytes(), "abc");
        for body in [Body::from("abc"), Body::new("abc".to_owned()), Body::from(b"abc".to_vec())] {
            assert_eq!(HttpBody::size_hint(&body).exact(), Some(3));
            assert_eq!(Body::from_stream(body).collect().await.unwrap().to_bytes(), "abc");
        }
        assert!(Body::empty().is_end_stream());
    }

    #[test]
    fn a_body_of_a_body_is_not_boxed_again() {
        let inner = &Body::new(Body::from_stream(Body::from("x"))).inner;
        assert!(matches!(inner, Inner::Once(_)));
    }
}
