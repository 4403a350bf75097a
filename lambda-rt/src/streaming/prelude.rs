//! What precedes the bytes of a streamed HTTP answer: its status, its headers and its cookies, as JSON and eight zero bytes.

use std::borrow::Cow;
use std::fmt::Write as _;
use std::io::Write as _;

use bytes::Bytes;
use http::StatusCode;
use http::header::{HeaderMap, HeaderName, HeaderValue, SET_COOKIE};

/// Ends the prelude. No JSON text holds a zero byte.
pub(super) const DELIMITER: [u8; 8] = [0; 8];

/// The status, headers and cookies of a streamed HTTP answer.
///
/// Function URLs and API Gateway read them in front of the bytes. A prelude that says nothing, which is the default, is not
/// sent, and the answer is a stream of bytes without more: a function URL makes of it a 200 of type `application/octet-stream`.
/// API Gateway asks for a prelude, so set a header at least; `lambda_rt::http` always sends one.
///
/// Headers that occur more than once are joined with commas, but for `set-cookie`, each value of which becomes a cookie.
///
/// Source: AWS Lambda developer guide, "Response streaming"; the media type is
/// `application/vnd.awslambda.http-integration-response`.
///
/// # Examples
///
/// ```
/// use http::{HeaderMap, StatusCode, header};
/// use lambda_rt::MetadataPrelude;
///
/// let prelude = MetadataPrelude {
///     status_code: StatusCode::ACCEPTED,
///     headers: HeaderMap::from_iter([(header::CONTENT_TYPE, "text/event-stream".parse()?)]),
///     cookies: vec!["seen=1; Path=/".to_owned()],
/// };
/// # let _ = prelude;
/// # Ok::<_, lambda_rt::Error>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MetadataPrelude {
    /// The status; 200 by default.
    pub status_code: StatusCode,
    /// The headers.
    pub headers: HeaderMap,
    /// The values of `Set-Cookie` headers, one each.
    pub cookies: Vec<String>,
}

impl MetadataPrelude {
    /// Whether there is nothing in it that an answer without a prelude would not say.
    pub(super) fn says_nothing(&self) -> bool {
        self.status_code == StatusCode::OK && self.headers.is_empty() && self.cookies.is_empty()
    }

    /// The JSON and its delimiter, as one chunk.
    pub(crate) fn encode(&self) -> Bytes {
        let mut out = Vec::with_capacity(256);
        let _ = write!(out, "{{\"statusCode\":{},\"headers\":", self.status_code.as_u16());
        push_headers(&mut out, &self.headers);
        let set = self.headers.get_all(SET_COOKIE).iter().map(text);
        let mut cookies = set.chain(self.cookies.iter().map(|cookie| Cow::from(cookie.as_str()))).peekable();
        if cookies.peek().is_none() {
            // Not asked for by the service, but by `cargo lambda watch`.
            out.extend_from_slice(b",\"cookies\":[]");
        }
        push_cookies(&mut out, cookies);
        out.push(b'}');
        out.extend_from_slice(&DELIMITER);
        out.into()
    }
}

/// Appends an object of the headers, values of one name joined, cookies left out.
pub(crate) fn push_headers(out: &mut Vec<u8>, headers: &HeaderMap) {
    let mut before = b'{';
    for name in headers.keys().filter(|name| **name != SET_COOKIE) {
        out.push(before);
        before = b',';
        push_header(out, name, headers);
    }
    if before == b'{' {
        out.push(before);
    }
    out.push(b'}');
}

fn push_header(out: &mut Vec<u8>, name: &HeaderName, headers: &HeaderMap) {
    push_text(out, name.as_str());
    out.push(b':');
    let mut values = headers.get_all(name).iter().map(text);
    let mut joined = values.next().unwrap_or_default();
    for value in values {
        let _ = write!(joined.to_mut(), ", {value}");
    }
    push_text(out, &joined);
}

/// Appends the member `cookies`, unless there are none.
pub(crate) fn push_cookies<'v>(out: &mut Vec<u8>, cookies: impl Iterator<Item = Cow<'v, str>>) {
    let mut some = false;
    for cookie in cookies {
        out.extend_from_slice(if some { b"," } else { b",\"cookies\":[" });
        some = true;
        push_text(out, &cookie);
    }
    if some {
        out.push(b']');
    }
}

/// Appends a JSON string.
pub(crate) fn push_text(out: &mut Vec<u8>, text: &str) {
    // Invariant: neither a string nor a vector gives serde_json a reason to fail.
    let _ = serde_json::to_writer(out, text);
}

/// A header's value as text: UTF-8, or else what its bytes are in Latin-1, of which HTTP once was.
pub(crate) fn text(value: &HeaderValue) -> Cow<'_, str> {
    match str::from_utf8(value.as_bytes()) {
        Ok(text) => Cow::Borrowed(text),
        Err(_) => value.as_bytes().iter().copied().map(char::from).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoded(prelude: &MetadataPrelude) -> String {
        let bytes = prelude.encode();
        let json = bytes.strip_suffix(&[0; 8]).expect("it ends in eight zero bytes");
        assert!(!json.contains(&0));
        String::from_utf8(json.to_vec()).unwrap()
    }

    #[test]
    fn case_49_the_prelude_is_compact_json_and_exactly_eight_zero_bytes() {
        assert_eq!(encoded(&MetadataPrelude::default()), r#"{"statusCode":200,"headers":{},"cookies":[]}"#);
        let mut prelude = MetadataPrelude { status_code: StatusCode::NOT_FOUND, ..Default::default() };
        for (name, value) in [
            ("vary", &b"accept"[..]),
            ("set-cookie", b"a=1"),
            ("vary", b"origin"),
            ("x-latin", b"caf\xe9"),
            ("set-cookie", b"b=\"2\""),
        ] {
            let name = HeaderName::from_static(name);
            prelude.headers.append(name, HeaderValue::from_bytes(value).unwrap());
        }
        prelude.cookies.push("c=3".to_owned());
        assert_eq!(
            encoded(&prelude),
            r#"{"statusCode":404,"headers":{"vary":"accept, origin","x-latin":"café"},"cookies":["a=1","b=\"2\"","c=3"]}"#
        );
    }
}
