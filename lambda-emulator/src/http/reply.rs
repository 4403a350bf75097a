//! Answers, as hyper wants them.

use bytes::Bytes;
use http_body_util::Full;
use hyper::Response;
use hyper::header::{CONTENT_TYPE, HeaderName, HeaderValue};

use crate::state::refusal;

pub(super) type Reply = Response<Full<Bytes>>;

const JSON: HeaderValue = HeaderValue::from_static("application/json");

pub(super) fn json(status: u16, body: impl Into<Bytes>) -> Reply {
    with_type(status, body, JSON)
}

pub(super) fn text(status: u16, body: impl Into<Bytes>) -> Reply {
    with_type(status, body, HeaderValue::from_static("text/plain; charset=utf-8"))
}

/// What the Runtime API says to everything it takes.
pub(super) fn accepted() -> Reply {
    json(202, "{\"status\":\"OK\"}\n")
}

pub(super) fn error(status: u16, kind: &str, message: &str) -> Reply {
    json(status, refusal::document(kind, message))
}

pub(super) fn not_found(path: &str) -> Reply {
    error(404, "NotFound", &format!("there is nothing at {path}"))
}

/// `right` is what the path takes, as the header `Allow` lists it.
pub(super) fn wrong_method(right: &str) -> Reply {
    let mut reply = error(405, "MethodNotAllowed", &format!("this path takes {right}"));
    set(&mut reply, "allow", right);
    reply
}

pub(super) fn empty(status: u16) -> Reply {
    let mut reply = json(status, "");
    reply.headers_mut().remove(CONTENT_TYPE);
    reply
}

/// Sets a header; a value that no header can hold is left out.
pub(super) fn set(reply: &mut Reply, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_bytes(value.as_bytes()) {
        reply.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

fn with_type(status: u16, body: impl Into<Bytes>, content_type: HeaderValue) -> Reply {
    let mut reply = Response::new(Full::new(body.into()));
    // Invariant: every status in this crate is a literal between 200 and 502.
    *reply.status_mut() = hyper::StatusCode::from_u16(status).unwrap_or_default();
    reply.headers_mut().insert(CONTENT_TYPE, content_type);
    reply
}
