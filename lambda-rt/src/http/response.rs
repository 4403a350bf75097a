//! What a handler may answer with.

use std::future::{poll_fn, ready};
use std::pin::Pin;

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_TYPE, HeaderValue};
use http::{Response, StatusCode};
use http_body::Body as HttpBody;

use super::body::Body;
use crate::error::Error;
use crate::{log, streaming};

/// An answer on its way to being one of our own types.
pub type ResponseFuture = Pin<Box<dyn Future<Output = Response<Body>> + Send>>;

/// What an HTTP handler may answer with: a [`Response`] of any body, text, bytes, JSON, each also with a status.
///
/// A `Result` of two of them is one too: with an error type that is an answer, a handler maps its errors to a status and a body
/// instead of failing the invocation, which callers see as a 502.
///
/// # Examples
///
/// ```
/// use lambda_rt::Error;
/// use lambda_rt::http::http::StatusCode;
/// use lambda_rt::http::{IntoResponse, Request};
///
/// fn order(request: &Request) -> Result<String, (StatusCode, &'static str)> {
///     let id = request.uri().path().strip_prefix("/orders/").ok_or((StatusCode::NOT_FOUND, "no such page"))?;
///     Ok(format!("order {id}"))
/// }
///
/// async fn handler(request: Request) -> Result<impl IntoResponse, Error> {
///     Ok(order(&request))
/// }
/// # let _ = lambda_rt::http::service(lambda_rt::service_fn(handler));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the answer to an HTTP request",
    label = "it does not implement `lambda_rt::http::IntoResponse`",
    note = "return `lambda_rt::http::Response<B>`, a `String`, a `serde_json::Value`, bytes, or a pair of `StatusCode` and one of these"
)]
pub trait IntoResponse {
    /// The answer with its body at hand. A body that fails becomes a 500, and the failure is logged.
    fn into_response(self) -> ResponseFuture;

    /// The answer with its body as it is.
    #[doc(hidden)]
    fn into_answer(self) -> Answer
    where
        Self: Sized,
    {
        Answer::Later(self.into_response())
    }
}

/// An answer whose body may still have to be waited for.
#[doc(hidden)]
#[non_exhaustive]
pub enum Answer {
    Whole(Response<Bytes>),
    Body(Response<streaming::Body>),
    Later(ResponseFuture),
}

impl std::fmt::Debug for Answer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Answer").finish_non_exhaustive()
    }
}

impl<B> IntoResponse for Response<B>
where
    B: HttpBody<Error: Into<Error>> + Send + 'static,
{
    fn into_response(self) -> ResponseFuture {
        let (parts, body) = self.into_parts();
        let mut body = streaming::Body::new(body);
        Box::pin(async move {
            let mut collected = Collected::default();
            while let Some(chunk) = poll_fn(|cx| body.poll_chunk(cx)).await {
                match chunk {
                    Ok(chunk) => collected.push(chunk),
                    Err(error) => {
                        log::error("", format_args!("the body of an answer failed: {error}"));
                        return whole(StatusCode::INTERNAL_SERVER_ERROR, (), false);
                    }
                }
            }
            Response::from_parts(parts, text_or_bytes(collected.take()))
        })
    }

    fn into_answer(self) -> Answer {
        let mut this = Some(self);
        if let Some(ours) = (&mut this as &mut dyn std::any::Any).downcast_mut::<Option<Response<Body>>>()
            && let Some(ours) = ours.take()
        {
            return Answer::Whole(ours.map(Body::into_bytes));
        }
        match this {
            Some(response) => Answer::Body(response.map(streaming::Body::new)),
            // Invariant: it is taken only if it is returned.
            None => Answer::Whole(Response::new(Bytes::new())),
        }
    }
}

fn text_or_bytes(bytes: Bytes) -> Body {
    match String::from_utf8(bytes.into()) {
        Ok(text) if text.is_empty() => Body::Empty,
        Ok(text) => Body::Text(text),
        Err(error) => Body::Binary(error.into_bytes()),
    }
}

/// A whole answer; JSON says that it is.
fn whole(status: StatusCode, body: impl Into<Body>, json: bool) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = status;
    if json {
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
    response
}

macro_rules! answers {
    ($($type:ty, $json:literal, $body:expr;)*) => {
        $(impl IntoResponse for $type {
            fn into_response(self) -> ResponseFuture {
                (StatusCode::OK, self).into_response()
            }

            fn into_answer(self) -> Answer {
                (StatusCode::OK, self).into_answer()
            }
        }

        impl IntoResponse for (StatusCode, $type) {
            fn into_response(self) -> ResponseFuture {
                Box::pin(ready(whole(self.0, $body(self.1), $json)))
            }

            fn into_answer(self) -> Answer {
                Answer::Whole(whole(self.0, $body(self.1), $json).map(Body::into_bytes))
            }
        })*
    };
}

answers! {
    String, false, Body::from;
    &str, false, Body::from;
    Vec<u8>, false, Body::from;
    &[u8], false, Body::from;
    Bytes, false, Body::from;
    Body, false, Body::from;
    serde_json::Value, true, |value: serde_json::Value| Body::Text(value.to_string());
}

impl<R: IntoResponse, E: IntoResponse> IntoResponse for Result<R, E> {
    fn into_response(self) -> ResponseFuture {
        match self {
            Ok(answer) => answer.into_response(),
            Err(error) => error.into_response(),
        }
    }

    fn into_answer(self) -> Answer {
        match self {
            Ok(answer) => answer.into_answer(),
            Err(error) => error.into_answer(),
        }
    }
}

/// Chunks on their way to being one.
#[derive(Debug, Default)]
pub(super) struct Collected {
    first: Bytes,
    rest: BytesMut,
}

impl Collected {
    pub(super) fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.rest.is_empty() {
            self.rest.reserve(self.first.len() + chunk.len());
            self.rest.extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.rest.extend_from_slice(&chunk);
    }

    pub(super) fn len(&self) -> usize {
        self.first.len() + self.rest.len()
    }

    /// All of it; a body of one chunk has not been copied.
    pub(super) fn take(&mut self) -> Bytes {
        if self.rest.is_empty() { std::mem::take(&mut self.first) } else { self.rest.split().freeze() }
    }
}
