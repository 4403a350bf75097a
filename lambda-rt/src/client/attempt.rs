//! Sends a request: within its time, with its trace, and again where the connection was dead before it began.

use std::fmt::Write;
use std::time::{Duration, Instant};

use reqwest::header::{HeaderName, HeaderValue};
use reqwest::{Error, Method, Request, Response};

use super::{Inner, connecting};
use crate::keep_alive;

const TRACE: HeaderName = HeaderName::from_static(keep_alive::TRACE);

/// Whether the server may get a request twice, if the first did not bring an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Repeat {
    /// As its method says.
    IfIdempotent,
    /// Its sender says so.
    Always,
}

pub(super) async fn send(inner: &Inner, mut request: Request, repeat: Repeat) -> Result<Response, Error> {
    trace(&mut request);
    let time = time(inner, request.timeout().copied());
    let began = Instant::now();
    let again = match repeat {
        Repeat::IfIdempotent if !is_idempotent(request.method()) => None,
        _ => request.try_clone(),
    };
    *request.timeout_mut() = Some(time);
    let (result, connects) = connecting::watched(inner.pool.begin().execute(request)).await;
    let result = match (result, again) {
        (Err(error), Some(mut again)) if !connects && is_dead_connection(&error) => {
            inner.pool.counters().retried(&with_causes(&error));
            // The others are no younger. And only so is a new one opened.
            inner.pool.evict("one of them was dead");
            *again.timeout_mut() = Some(time.saturating_sub(began.elapsed()));
            inner.pool.begin().execute(again).await
        }
        (result, _) => {
            if result.is_ok() && !connects {
                inner.pool.counters().reused();
            }
            result
        }
    };
    inner.pool.used();
    result
}

/// Passes on the trace of the running invocation, byte for byte, unless the request has one.
fn trace(request: &mut Request) {
    if request.headers().contains_key(TRACE) {
        return;
    }
    // A trace that no header can have is not passed on.
    if let Some(id) = keep_alive::trace().and_then(|id| HeaderValue::try_from(id).ok()) {
        request.headers_mut().insert(TRACE, id);
    }
}

/// The time that a request has, whichever limit is the shortest.
fn time(inner: &Inner, own: Option<Duration>) -> Duration {
    match (own, keep_alive::remaining(inner.margin)) {
        (Some(own), Some(remaining)) => own.min(remaining),
        (own, remaining) => own.or(remaining).unwrap_or(inner.timeout),
    }
}

/// Source: RFC 9110, section 9.2.2.
fn is_idempotent(method: &Method) -> bool {
    [Method::GET, Method::HEAD, Method::PUT, Method::DELETE, Method::OPTIONS, Method::TRACE].contains(method)
}

/// Nothing that took too long, and nothing that would be no better on another connection.
fn is_dead_connection(error: &Error) -> bool {
    error.is_request() && !error.is_timeout() && !error.is_connect()
}

/// An error and why; `reqwest` keeps its causes apart.
pub(super) fn with_causes(error: &Error) -> String {
    let mut text = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(error) = cause {
        let _ = write!(text, ": {error}");
        cause = error.source();
    }
    text
}
