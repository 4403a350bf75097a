//! From an answer to the document that each source expects.

use std::io::Write as _;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_ENCODING, CONTENT_TYPE, HeaderMap, SET_COOKIE};
use http::response::Parts;

use super::event::Source;
use super::origin::Shape;
use crate::reply::Reply;
use crate::streaming::{push_cookies, push_headers, push_text, text};

/// How a body goes into the document: an extension of a response that decides it, where the [rule](super#bodies) decides wrongly.
///
/// # Examples
///
/// ```
/// use lambda_rt::http::{Body, BodyEncoding, Response};
///
/// let mut response = Response::new(Body::from("%PDF-1.7"));
/// response.extensions_mut().insert(BodyEncoding::Base64);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum BodyEncoding {
    /// As text, as long as it is UTF-8.
    Text,
    /// As base64.
    Base64,
}

/// Writes an answer as `shape` wants it.
pub(super) fn reply(shape: Shape, parts: &Parts, body: &Bytes) -> Reply {
    let mut out = Vec::with_capacity(512 + body.len() + body.len() / 3);
    let status = parts.status;
    let _ = write!(out, "{{\"statusCode\":{}", status.as_u16());
    let headers = &parts.headers;
    match shape.source {
        Source::HttpApi | Source::FunctionUrl => {
            out.extend_from_slice(b",\"headers\":");
            push_headers(&mut out, headers);
            push_cookies(&mut out, headers.get_all(SET_COOKIE).iter().map(text));
        }
        Source::RestApi | Source::WebSocket => {
            out.extend_from_slice(b",\"multiValueHeaders\":");
            push_lists(&mut out, headers);
        }
        Source::Alb if shape.multi_value => {
            push_description(&mut out, status);
            out.extend_from_slice(b",\"multiValueHeaders\":");
            push_lists(&mut out, headers);
        }
        Source::Alb | Source::VpcLattice => {
            push_description(&mut out, status);
            out.extend_from_slice(b",\"headers\":");
            push_single(&mut out, headers);
        }
    }
    push_body(&mut out, parts, body);
    out.push(b'}');
    Reply::json(out)
}

fn push_description(out: &mut Vec<u8>, status: StatusCode) {
    let reason = status.canonical_reason().unwrap_or("Unknown");
    let _ = write!(out, ",\"statusDescription\":\"{} {reason}\"", status.as_u16());
}

/// Appends an object of lists of values.
fn push_lists(out: &mut Vec<u8>, headers: &HeaderMap) {
    let mut before = b'{';
    for name in headers.keys() {
        out.push(before);
        before = b',';
        push_text(out, name.as_str());
        let mut before = &b":["[..];
        for value in headers.get_all(name) {
            out.extend_from_slice(before);
            before = b",";
            push_text(out, &text(value));
        }
        out.push(b']');
    }
    if before == b'{' {
        out.push(before);
    }
    out.push(b'}');
}

/// Appends an object of single values for sources that know no other.
///
/// Cookies cannot be joined. Each gets a name of its own, which differs in the case of its letters: `set-cookie`, `Set-cookie`.
fn push_single(out: &mut Vec<u8>, headers: &HeaderMap) {
    push_headers(out, headers);
    let mut none_yet = out.ends_with(b"{}");
    // The object is opened again for the cookies.
    out.pop();
    for (number, cookie) in headers.get_all(SET_COOKIE).iter().enumerate() {
        if !std::mem::take(&mut none_yet) {
            out.push(b',');
        }
        push_text(out, &cased(SET_COOKIE.as_str(), number));
        out.push(b':');
        push_text(out, &text(cookie));
    }
    out.push(b'}');
}

/// The name with its letters in upper case where `number` has a bit.
fn cased(name: &str, mut number: usize) -> String {
    let cased = |c: char| {
        let upper = c.is_ascii_alphabetic() && number & 1 == 1;
        number >>= usize::from(c.is_ascii_alphabetic());
        if upper { c.to_ascii_uppercase() } else { c }
    };
    name.chars().map(cased).collect()
}

fn push_body(out: &mut Vec<u8>, parts: &Parts, body: &[u8]) {
    match str::from_utf8(body).ok().filter(|_| !is_binary(parts)) {
        Some(text) => {
            out.extend_from_slice(b",\"isBase64Encoded\":false,\"body\":");
            push_text(out, text);
        }
        None => {
            out.extend_from_slice(b",\"isBase64Encoded\":true,\"body\":\"");
            let start = out.len();
            out.resize(start + body.len().div_ceil(3) * 4, 0);
            // Invariant: base64 makes four bytes of every three that are begun.
            let written = BASE64_STANDARD.encode_slice(body, &mut out[start..]).unwrap_or(0);
            out.truncate(start + written);
            out.push(b'"');
        }
    }
}

/// Whether a body is bytes even if it happens to be UTF-8.
fn is_binary(parts: &Parts) -> bool {
    if let Some(encoding) = parts.extensions.get::<BodyEncoding>() {
        return *encoding == BodyEncoding::Base64;
    }
    if parts.headers.get(CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return true;
    }
    // `lambda_http` has this header in place of an extension.
    if parts.headers.get("x-lambda-http-content-encoding").is_some_and(|encoding| encoding == "text") {
        return false;
    }
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    let Some((main, sub)) = kind.split_once('/') else { return false };
    let is = |known: &[&str], name: &str| known.iter().any(|known| known.eq_ignore_ascii_case(name));
    if is(&["image", "audio", "video", "font"], main) {
        return !sub.eq_ignore_ascii_case("svg+xml");
    }
    is(&["application"], main) && is(BINARY_APPLICATIONS, sub)
}

/// Types of `application/` that are never text. Of those that are not here the bytes decide.
const BINARY_APPLICATIONS: &[&str] = &[
    "octet-stream",
    "pdf",
    "zip",
    "gzip",
    "x-gzip",
    "zstd",
    "x-tar",
    "x-7z-compressed",
    "wasm",
    "protobuf",
    "x-protobuf",
    "grpc",
    "msgpack",
    "x-msgpack",
    "cbor",
    "avro",
    "vnd.apache.parquet",
    "vnd.amazon.eventstream",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cookie_has_a_name_that_is_the_same_without_regard_to_case() {
        let names: std::collections::HashSet<String> = (0..300).map(|n| cased("set-cookie", n)).collect();
        assert_eq!(names.len(), 300);
        assert!(names.contains("set-cookie") && names.contains("Set-cookie"));
        assert!(names.iter().all(|name| name.eq_ignore_ascii_case("set-cookie")));
    }
}
