//! Errors that say which endpoint they are of.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_types::body::SdkBody;
use http_body::{Body, Frame, SizeHint};

/// The scheme, host and port of a request.
pub(super) fn of(request: &HttpRequest) -> String {
    let uri = request.uri();
    let authority = uri.find("://").map_or(0, |at| at + 3);
    let end = uri[authority..].find(['/', '?']).map_or(uri.len(), |at| authority + at);
    uri[..end].to_owned()
}

/// The error of an endpoint. Its kind says what the SDK makes of it, and stays.
pub(super) fn at(endpoint: String, error: ConnectorError) -> ConnectorError {
    let (timeout, user, io, kind) = (error.is_timeout(), error.is_user(), error.is_io(), error.as_other());
    let connection = error.connection_metadata().cloned();
    let source = Box::new(AtEndpoint { what: "no answer", endpoint, source: error.into_source() });
    let error = if timeout {
        ConnectorError::timeout(source)
    } else if user {
        ConnectorError::user(source)
    } else if io {
        ConnectorError::io(source)
    } else {
        ConnectorError::other(source, kind)
    };
    match connection {
        Some(connection) => error.with_connection(connection),
        None => error,
    }
}

/// What went wrong, and where.
#[derive(Debug)]
struct AtEndpoint {
    what: &'static str,
    endpoint: String,
    source: BoxError,
}

impl fmt::Display for AtEndpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} from {}", self.what, self.endpoint)
    }
}

impl std::error::Error for AtEndpoint {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&*self.source)
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

/// The body of an answer: its errors name the endpoint, and it ends with one when the invocation does.
pub(super) struct AnswerBody {
    body: SdkBody,
    end: Option<Pin<Box<tokio::time::Sleep>>>,
    endpoint: String,
    margin: Duration,
}

impl AnswerBody {
    /// `end` is when the invocation has no time left; `None` outside of one.
    pub(super) fn new(
        body: SdkBody,
        end: Option<tokio::time::Instant>,
        endpoint: String,
        margin: Duration,
    ) -> Self {
        Self { body, end: end.map(|end| Box::pin(tokio::time::sleep_until(end))), endpoint, margin }
    }
}

impl Body for AnswerBody {
    type Data = bytes::Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<bytes::Bytes>, BoxError>>> {
        if let Poll::Ready(frame) = Pin::new(&mut self.body).poll_frame(cx) {
            return Poll::Ready(frame.map(|frame| {
                frame.map_err(|source| {
                    let endpoint = self.endpoint.clone();
                    Box::new(AtEndpoint { what: "half an answer", endpoint, source }) as BoxError
                })
            }));
        }
        let Some(end) = &mut self.end else { return Poll::Pending };
        ready!(end.as_mut().poll(cx));
        Poll::Ready(Some(Err(Box::new(OutOfTime::new(self.endpoint.clone(), self.margin)))))
    }

    fn is_end_stream(&self) -> bool {
        Body::is_end_stream(&self.body)
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_endpoint_has_no_path() {
        let of = |url: &str| of(&HttpRequest::get(url).unwrap());
        assert_eq!(
            of("https://sqs.eu-west-1.amazonaws.com/queue?x=/y"),
            "https://sqs.eu-west-1.amazonaws.com"
        );
        assert_eq!(of("http://127.0.0.1:80?x"), "http://127.0.0.1:80");
    }
}
