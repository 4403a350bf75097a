//! Ends what an SDK client does with the invocation it does it for.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use aws_smithy_async::rt::sleep::{self, AsyncSleep, TokioSleep};
use aws_smithy_types::body::SdkBody;
use http_body::{Body, Frame, SizeHint};

use crate::keep_alive::remaining;

/// Sleeps, and never longer than the invocation lasts. The SDK waits with it between retries, and measures its timeouts with it.
#[derive(Debug)]
pub(super) struct Sleep {
    margin: Duration,
}

impl Sleep {
    pub(super) fn new(margin: Duration) -> Self {
        Self { margin }
    }
}

impl AsyncSleep for Sleep {
    fn sleep(&self, duration: Duration) -> sleep::Sleep {
        let allowed = remaining(self.margin).map_or(duration, |remaining| remaining.min(duration));
        TokioSleep::new().sleep(allowed)
    }
}

/// The invocation has no time left for a call.
#[derive(Debug)]
pub(super) struct OutOfTime {
    endpoint: String,
    margin: Duration,
}

impl OutOfTime {
    pub(super) fn new(endpoint: String, margin: Duration) -> Self {
        Self { endpoint, margin }
    }
}

impl fmt::Display for OutOfTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { endpoint, margin } = self;
        write!(
            f,
            "{endpoint} has not answered, and the invocation ends in less than {} ms",
            margin.as_millis()
        )
    }
}

impl std::error::Error for OutOfTime {}

/// A body that ends with an error when the invocation does.
pub(super) struct Bounded {
    body: SdkBody,
    end: Pin<Box<tokio::time::Sleep>>,
    endpoint: String,
    margin: Duration,
}

impl Bounded {
    pub(super) fn new(body: SdkBody, remaining: Duration, endpoint: String, margin: Duration) -> Self {
        Self { body, end: Box::pin(tokio::time::sleep(remaining)), endpoint, margin }
    }
}

impl Body for Bounded {
    type Data = bytes::Bytes;
    type Error = Box<dyn std::error::Error + Send + Sync>;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<bytes::Bytes>, Self::Error>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            return Poll::Ready(frame);
        }
        std::task::ready!(self.end.as_mut().poll(cx));
        Poll::Ready(Some(Err(Box::new(OutOfTime::new(std::mem::take(&mut self.endpoint), self.margin)))))
    }

    fn is_end_stream(&self) -> bool {
        Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}
