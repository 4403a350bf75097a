//! A response of what the function answered: a document, or a prelude and what streams after it.

use std::future::poll_fn;

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use bytes::{Bytes, BytesMut};
use hyper::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue, SET_COOKIE};
use hyper::{Response, StatusCode};
use serde_json::{Map, Value};

use super::super::tapped::Tapped;
use super::live::Live;
use crate::state::Outcome;

/// The media type of a stream that begins with a prelude.
const WITH_PRELUDE: &str = "application/vnd.awslambda.http-integration-response";
/// Ends the prelude.
const DELIMITER: [u8; 8] = [0; 8];
/// A prelude that has not ended by then is none.
const LONGEST_PRELUDE: usize = 256 * 1024;

/// What a caller is told when there is no answer.
pub(super) fn failed(status: u16, message: &str) -> Response<Live> {
    let mut response = Response::new(Live::whole(
        Value::from(Map::from_iter([("message".to_owned(), message.into())])).to_string(),
    ));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// The response of a document; `None` for a failure, and for what is no document.
pub(super) fn whole(outcome: Outcome) -> Option<Response<Live>> {
    let Outcome::Success(body) = outcome else { return None };
    let document: Value = serde_json::from_slice(&body).ok()?;
    let Some(members) = document.as_object().filter(|members| members.contains_key("statusCode")) else {
        // Anything else is the body itself.
        let body = document.as_str().map_or(body, |text| Bytes::copy_from_slice(text.as_bytes()));
        return headed(&Map::new(), Live::whole(body));
    };
    let body = match members.get("body") {
        None | Some(Value::Null) => Bytes::new(),
        Some(Value::String(text)) if members.get("isBase64Encoded") == Some(&Value::Bool(true)) => {
            BASE64_STANDARD.decode(text).ok()?.into()
        }
        Some(Value::String(text)) => text.clone().into(),
        Some(_) => return None,
    };
    headed(members, Live::whole(body))
}

/// The response of a stream, as soon as its prelude is there; `None` for one that ends before.
pub(super) async fn streamed(content_type: Option<&str>, mut stream: Tapped) -> Option<Response<Live>> {
    if content_type != Some(WITH_PRELUDE) {
        let mut response = headed(&Map::new(), Live::streamed(Bytes::new(), stream))?;
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/octet-stream"));
        return Some(response);
    }
    let mut prelude = BytesMut::new();
    let at = loop {
        let data = poll_fn(|cx| stream.poll_data(cx)).await?;
        // The delimiter may have begun in what came before.
        let from = prelude.len().saturating_sub(DELIMITER.len() - 1);
        prelude.extend_from_slice(&data);
        if let Some(at) = prelude[from..].windows(DELIMITER.len()).position(|window| window == DELIMITER) {
            break from + at;
        }
        if prelude.len() > LONGEST_PRELUDE {
            return None;
        }
    };
    let rest = prelude.split_off(at + DELIMITER.len()).freeze();
    let members: Map<String, Value> = serde_json::from_slice(&prelude[..at]).ok()?;
    headed(&members, Live::streamed(rest, stream))
}

/// A response with the status, headers and cookies of `members`; `None` if they are not legal.
fn headed(members: &Map<String, Value>, body: Live) -> Option<Response<Live>> {
    let mut response = Response::new(body);
    if let Some(status) = members.get("statusCode") {
        let status = status.as_u64().or_else(|| status.as_str()?.parse().ok())?;
        *response.status_mut() = StatusCode::from_u16(u16::try_from(status).ok()?).ok()?;
    }
    let headers = response.headers_mut();
    for (name, value) in members.get("headers").and_then(Value::as_object).into_iter().flatten() {
        let text = match value {
            Value::String(text) => text.clone(),
            Value::Bool(_) | Value::Number(_) => value.to_string(),
            _ => continue,
        };
        headers.append(HeaderName::try_from(name).ok()?, HeaderValue::try_from(text).ok()?);
    }
    for cookie in members.get("cookies").and_then(Value::as_array).into_iter().flatten() {
        headers.append(SET_COOKIE, HeaderValue::try_from(cookie.as_str()?).ok()?);
    }
    framed_by_us(headers);
    Some(response)
}

/// The connection is the front's own, and so is the framing of what goes over it.
fn framed_by_us(headers: &mut HeaderMap) {
    for name in ["connection", "content-length", "transfer-encoding"] {
        headers.remove(name);
    }
    if !headers.contains_key(CONTENT_TYPE) {
        headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    }
}
