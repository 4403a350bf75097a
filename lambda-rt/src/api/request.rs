//! Request heads, as bytes.

use super::endpoint::Endpoint;
use super::header::{self, Answer};

/// What is posted, beside the body.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Post<'a> {
    pub(crate) content_type: &'a str,
    /// Echoed only if `next` carried one (protocol of 2026: a stale answer is refused with 410).
    pub(crate) invocation_id: Option<&'a str>,
    pub(crate) error_type: Option<&'a str>,
    pub(crate) xray_cause: Option<&'a str>,
}

/// The head that polls; it never changes, so it is made once.
pub(crate) fn next(endpoint: &Endpoint) -> Vec<u8> {
    let mut out = Vec::with_capacity(160);
    out.extend_from_slice(b"GET ");
    out.extend_from_slice(endpoint.prefix().as_bytes());
    out.extend_from_slice(header::NEXT.as_bytes());
    finish_common(&mut out, endpoint);
    out.extend_from_slice(b"\r\n");
    out
}

/// The head that answers `request_id` with a body of `length` bytes.
pub(crate) fn answer(
    out: &mut Vec<u8>,
    endpoint: &Endpoint,
    request_id: &str,
    answer: Answer,
    post: &Post<'_>,
    length: usize,
) {
    out.extend_from_slice(b"POST ");
    out.extend_from_slice(endpoint.prefix().as_bytes());
    header::push_answer_path(out, request_id, answer);
    finish_post(out, endpoint, post, length);
}

/// The head that answers `request_id` with a body that leaves in chunks, after which the connection is done with.
#[cfg(feature = "streaming")]
pub(crate) fn streamed_answer(out: &mut Vec<u8>, endpoint: &Endpoint, request_id: &str, post: &Post<'_>) {
    out.extend_from_slice(b"POST ");
    out.extend_from_slice(endpoint.prefix().as_bytes());
    header::push_answer_path(out, request_id, Answer::Response);
    push_post(out, endpoint, post);
    push(out, header::RESPONSE_MODE, "streaming");
    push(out, "Transfer-Encoding", "chunked");
    push(out, "Trailer", header::TRAILERS);
    push(out, "Connection", "close");
    out.extend_from_slice(b"\r\n");
}

/// The head that reports a failed init.
pub(crate) fn init_error(out: &mut Vec<u8>, endpoint: &Endpoint, post: &Post<'_>, length: usize) {
    out.extend_from_slice(b"POST ");
    out.extend_from_slice(endpoint.prefix().as_bytes());
    out.extend_from_slice(header::INIT_ERROR.as_bytes());
    finish_post(out, endpoint, post, length);
}

/// The head that waits for the restore.
pub(crate) fn restore_next(out: &mut Vec<u8>, endpoint: &Endpoint) {
    out.extend_from_slice(b"GET ");
    out.extend_from_slice(endpoint.prefix().as_bytes());
    out.extend_from_slice(header::RESTORE_NEXT.as_bytes());
    finish_common(out, endpoint);
    out.extend_from_slice(b"\r\n");
}

/// The head that reports a failed restore.
pub(crate) fn restore_error(out: &mut Vec<u8>, endpoint: &Endpoint, post: &Post<'_>, length: usize) {
    out.extend_from_slice(b"POST ");
    out.extend_from_slice(endpoint.prefix().as_bytes());
    out.extend_from_slice(header::RESTORE_ERROR.as_bytes());
    finish_post(out, endpoint, post, length);
}

fn finish_post(out: &mut Vec<u8>, endpoint: &Endpoint, post: &Post<'_>, length: usize) {
    push_post(out, endpoint, post);
    out.extend_from_slice(b"Content-Length: ");
    push_decimal(out, length);
    out.extend_from_slice(b"\r\n\r\n");
}

fn push_post(out: &mut Vec<u8>, endpoint: &Endpoint, post: &Post<'_>) {
    finish_common(out, endpoint);
    push(out, "Content-Type", post.content_type);
    if let Some(id) = post.invocation_id {
        push(out, header::ECHOED_INVOCATION_ID, id);
    }
    if let Some(kind) = post.error_type {
        push(out, header::ERROR_TYPE, kind);
    }
    if let Some(cause) = post.xray_cause {
        push(out, header::XRAY_CAUSE, cause);
    }
}

fn finish_common(out: &mut Vec<u8>, endpoint: &Endpoint) {
    out.extend_from_slice(b" HTTP/1.1\r\n");
    push(out, "Host", endpoint.authority());
    push(out, "User-Agent", header::USER_AGENT);
}

fn push(out: &mut Vec<u8>, name: &str, value: &str) {
    // Invariant: callers made the value legal; a line break that slipped through must not start a new header.
    debug_assert!(!value.bytes().any(|b| b == b'\r' || b == b'\n'), "{name}");
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b": ");
    out.extend(value.bytes().filter(|b| !matches!(b, b'\r' | b'\n' | 0)));
    out.extend_from_slice(b"\r\n");
}

/// Decimal digits without the formatting machinery: this runs once per invocation.
fn push_decimal(out: &mut Vec<u8>, mut number: usize) {
    let start = out.len();
    loop {
        out.push(b'0' + (number % 10) as u8);
        number /= 10;
        if number == 0 {
            break;
        }
    }
    out[start..].reverse();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_these_bytes() {
        let endpoint = Endpoint::parse("127.0.0.1:9001").unwrap();
        let mut out = Vec::new();
        let post = Post { content_type: "application/json", invocation_id: Some("t-1"), ..Post::default() };
        answer(&mut out, &endpoint, "id", Answer::Response, &post, 1207);
        assert_eq!(
            String::from_utf8(out).unwrap(),
            format!(
                "POST /2018-06-01/runtime/invocation/id/response HTTP/1.1\r\nHost: 127.0.0.1:9001\r\n\
                 User-Agent: lambda-rt/{}\r\nContent-Type: application/json\r\n\
                 Lambda-Runtime-Invocation-Id: t-1\r\nContent-Length: 1207\r\n\r\n",
                env!("CARGO_PKG_VERSION")
            )
        );
    }

    #[test]
    fn polling_carries_no_body_and_no_length() {
        let head = String::from_utf8(next(&Endpoint::parse("h:1").unwrap())).unwrap();
        assert!(head.starts_with("GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\nHost: h:1\r\n"));
        assert!(head.ends_with("\r\n\r\n") && !head.contains("Content-Length"));
    }
}
