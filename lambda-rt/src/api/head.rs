//! A response head: status, framing, and the headers a caller asks for, without a copy of the rest.

use std::str;

use bytes::BytesMut;

/// Longer heads are refused: no service sends one, and memory must stay bounded whatever the peer does.
pub(crate) const LONGEST_HEAD: usize = 256 * 1024;

/// Enough for every real head; a longer one is parsed again with room on the heap.
const USUAL_HEADERS: usize = 32;
const MOST_HEADERS: usize = 2048;

/// How the end of a body is known (RFC 9112, section 6.3).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Framing {
    Length(u64),
    Chunked,
    UntilClose,
}

/// What a head says about the exchange; its headers go to the visitor as they are met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Head {
    pub(crate) status: u16,
    pub(crate) framing: Framing,
    /// Whether the peer lets the connection be used again.
    pub(crate) keep_alive: bool,
    /// Bytes of the head, the empty line included.
    pub(crate) length: usize,
}

/// Why bytes are not a head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct NotHttp(pub(crate) &'static str);

/// Receives each header as `(name, value)`, in order; the value has its surrounding white space removed.
pub(crate) trait Headers: Send {
    fn header(&mut self, name: &str, value: &[u8]);
}

/// A caller that wants no header.
impl Headers for () {
    fn header(&mut self, _: &str, _: &[u8]) {}
}

/// Parses the head at the start of `bytes`; `Ok(None)` when more bytes are needed.
///
/// # Errors
///
/// [`NotHttp`] when no continuation of `bytes` could be a response this client can frame.
pub(crate) fn parse(bytes: &[u8], headers: &mut dyn Headers) -> Result<Option<Head>, NotHttp> {
    let mut room = [httparse::EMPTY_HEADER; USUAL_HEADERS];
    match parse_with(bytes, &mut room, headers) {
        Err(httparse::Error::TooManyHeaders) => {
            let mut room = vec![httparse::EMPTY_HEADER; MOST_HEADERS];
            parse_with(bytes, &mut room, headers).map_err(describe)
        }
        other => other.map_err(describe),
    }?
    .transpose()
}

/// Takes the head of the response that counts from the start of `buffer`, and the interim ones before it (RFC 9110, section
/// 15.2); `Ok(None)` when more bytes are needed.
///
/// # Errors
///
/// As for [`parse`].
pub(crate) fn take_final(buffer: &mut BytesMut, headers: &mut dyn Headers) -> Result<Option<Head>, NotHttp> {
    while !buffer.is_empty()
        && let Some(head) = parse(buffer, headers)?
    {
        let _ = buffer.split_to(head.length);
        if head.status >= 200 {
            return Ok(Some(head));
        }
    }
    Ok(None)
}

type Parsed = Result<Option<Result<Head, NotHttp>>, httparse::Error>;

fn parse_with<'b>(bytes: &'b [u8], room: &mut [httparse::Header<'b>], headers: &mut dyn Headers) -> Parsed {
    let mut response = httparse::Response::new(room);
    let length = match response.parse(bytes)? {
        httparse::Status::Complete(length) => length,
        httparse::Status::Partial if bytes.len() >= LONGEST_HEAD => {
            return Ok(Some(Err(NotHttp("the head is longer than 256 KiB"))));
        }
        httparse::Status::Partial => return Ok(None),
    };
    let status = response.code.unwrap_or(0);
    let keep_alive_default = response.version == Some(1);
    Ok(Some(frame(status, keep_alive_default, response.headers).map(|(framing, keep_alive)| {
        // An interim response precedes the one that counts: what it carries is not part of that one.
        if status >= 200 {
            for header in response.headers.iter() {
                headers.header(header.name, header.value);
            }
        }
        Head { status, framing, keep_alive, length }
    })))
}

/// Decides framing and persistence from the headers that govern them.
fn frame(
    status: u16,
    keep_alive_default: bool,
    headers: &[httparse::Header<'_>],
) -> Result<(Framing, bool), NotHttp> {
    let mut length = None;
    let mut chunked = false;
    let mut keep_alive = keep_alive_default;
    // Whatever such a response says of a body, it has none.
    let bodiless = matches!(status, 100..=199 | 204 | 304);
    for header in headers {
        if !bodiless && header.name.eq_ignore_ascii_case("content-length") {
            let value = content_length(header.value)?;
            if length.is_some_and(|other| other != value) {
                return Err(NotHttp("it has two content lengths"));
            }
            length = Some(value);
        } else if !bodiless && header.name.eq_ignore_ascii_case("transfer-encoding") {
            if !header.value.eq_ignore_ascii_case(b"chunked") {
                return Err(NotHttp("its transfer encoding is not chunked"));
            }
            chunked = true;
        } else if header.name.eq_ignore_ascii_case("connection") {
            for token in header.value.split(|b| *b == b',') {
                let token = token.trim_ascii();
                if token.eq_ignore_ascii_case(b"close") {
                    keep_alive = false;
                } else if token.eq_ignore_ascii_case(b"keep-alive") && !keep_alive_default {
                    keep_alive = true;
                }
            }
        }
    }
    let framing = match (bodiless, chunked, length) {
        (true, ..) => Framing::Length(0),
        // RFC 9112 lets chunked override a length, but the pair is how requests are smuggled: do not reuse it.
        (false, true, length) => {
            keep_alive &= length.is_none();
            Framing::Chunked
        }
        (false, false, Some(length)) => Framing::Length(length),
        (false, false, None) => {
            keep_alive = false;
            Framing::UntilClose
        }
    };
    Ok((framing, keep_alive))
}

/// A decimal number, possibly repeated with commas by a proxy that joined equal headers.
fn content_length(value: &[u8]) -> Result<u64, NotHttp> {
    let bad = NotHttp("its content length is not a number");
    let text = str::from_utf8(value).map_err(|_| bad)?;
    let mut parts = text.split(',').map(str::trim);
    let number = |part: &str| {
        part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse::<u64>().ok()).flatten().ok_or(bad)
    };
    let first = number(parts.next().unwrap_or_default())?;
    for part in parts {
        if number(part)? != first {
            return Err(NotHttp("it has two content lengths"));
        }
    }
    Ok(first)
}

fn describe(error: httparse::Error) -> NotHttp {
    NotHttp(match error {
        httparse::Error::HeaderName => "a header name is malformed",
        httparse::Error::HeaderValue => "a header value is malformed",
        httparse::Error::NewLine => "a line end is malformed",
        httparse::Error::Status => "the status is malformed",
        httparse::Error::Token => "a byte is out of place",
        httparse::Error::TooManyHeaders => "it has more than 2,048 headers",
        httparse::Error::Version => "it does not start with an HTTP/1 version",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn head(text: &str) -> Result<Option<Head>, NotHttp> {
        parse(text.as_bytes(), &mut ())
    }

    #[test]
    fn framing_follows_rfc_9112() {
        for (text, framing, keep_alive) in [
            ("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", Framing::Length(5), true),
            ("HTTP/1.1 200 OK\r\ncontent-length: 5, 5\r\n\r\n", Framing::Length(5), true),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n", Framing::Chunked, true),
            (
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n",
                Framing::Chunked,
                false,
            ),
            ("HTTP/1.1 200 OK\r\n\r\n", Framing::UntilClose, false),
            ("HTTP/1.1 204 No Content\r\n\r\n", Framing::Length(0), true),
            ("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\n", Framing::Length(1), false),
            (
                "HTTP/1.0 200 OK\r\nContent-Length: 1\r\nConnection: keep-alive\r\n\r\n",
                Framing::Length(1),
                true,
            ),
            (
                "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nConnection: x, Close\r\n\r\n",
                Framing::Length(1),
                false,
            ),
        ] {
            let head = head(text).unwrap().unwrap();
            assert_eq!(
                (head.framing, head.keep_alive, head.length),
                (framing, keep_alive, text.len()),
                "{text}"
            );
        }
    }

    #[test]
    fn what_cannot_be_framed_is_refused() {
        for text in [
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: +5\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999999\r\n\r\n",
            "HTTP/1.1 200 OK\r\nContent-Length:\r\n\r\n",
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n",
            "SSH-2.0-OpenSSH_9.2\r\n",
            "\u{0}\u{1}\u{2}",
        ] {
            assert!(head(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_head_of_32_kib_and_one_of_500_headers_are_read() {
        let long =
            format!("HTTP/1.1 200 OK\r\nX-Long: {}\r\nContent-Length: 0\r\n\r\n", "v".repeat(32 * 1024));
        assert!(head(&long).unwrap().is_some());
        let many = format!("HTTP/1.1 200 OK\r\n{}Content-Length: 0\r\n\r\n", "X-A: b\r\n".repeat(500));
        assert!(head(&many).unwrap().is_some());
    }

    #[test]
    fn a_head_without_end_is_given_up_at_256_kib() {
        let endless = format!("HTTP/1.1 200 OK\r\nX-Long: {}", "v".repeat(LONGEST_HEAD));
        assert_eq!(head(&endless), Err(NotHttp("the head is longer than 256 KiB")));
        assert_eq!(head("HTTP/1.1 200 OK\r\nX-Lo"), Ok(None));
    }
}
