//! An event of payload format 2.0.

use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use hyper::HeaderMap;
use hyper::header::{CONTENT_TYPE, COOKIE};
use hyper::http::request::Parts;
use serde_json::{Map, Value, json};

use super::super::{header, runtime_api};
use crate::front::Front;
use crate::id;
use crate::settings::Settings;
use crate::state::Invocation;

pub(super) fn of_request(front: Front, head: &Parts, body: &[u8], settings: &Settings) -> Invocation {
    let request_id = id::unique();
    let trace_id = header(&head.headers, "x-amzn-trace-id").unwrap_or_else(id::trace);
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    let domain = front.domain(&settings.region);
    let (path, query) = (head.uri.path(), head.uri.query().unwrap_or_default());
    let text = std::str::from_utf8(body).ok().filter(|_| is_text(&head.headers));
    let mut event = json!({
        "version": "2.0",
        "routeKey": "$default",
        "rawPath": path,
        "rawQueryString": query,
        "headers": headers(&head.headers, &trace_id),
        "requestContext": {
            "accountId": "123456789012",
            "apiId": "local",
            "domainName": domain,
            "domainPrefix": "local",
            "http": {
                "method": head.method.as_str(),
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": "127.0.0.1",
                "userAgent": header(&head.headers, "user-agent"),
            },
            "requestId": request_id,
            "routeKey": "$default",
            "stage": "$default",
            "timeEpoch": u64::try_from(now.as_millis()).unwrap_or(u64::MAX),
        },
        "isBase64Encoded": text.is_none() && !body.is_empty(),
    });
    let cookies: Vec<&str> = head
        .headers
        .get_all(COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';').map(str::trim))
        .collect();
    if !cookies.is_empty() {
        event["cookies"] = json!(cookies);
    }
    if !query.is_empty() {
        event["queryStringParameters"] = parameters(query);
    }
    if !body.is_empty() {
        event["body"] = text.map_or_else(|| BASE64_STANDARD.encode(body).into(), Value::from);
    }
    Invocation {
        request_id,
        invocation_id: id::unique(),
        payload: event.to_string().into(),
        trace_id: Some(trace_id),
        ..Invocation::default()
    }
}

/// Values of one name are joined with commas; cookies have a place of their own.
fn headers(headers: &HeaderMap, trace_id: &str) -> Map<String, Value> {
    let mut all = Map::new();
    for name in headers.keys().filter(|name| **name != COOKIE) {
        let values: Vec<_> =
            headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
        all.insert(name.to_string(), values.join(",").into());
    }
    for (name, value) in [
        ("x-amzn-trace-id", trace_id),
        ("x-forwarded-for", "127.0.0.1"),
        ("x-forwarded-port", "80"),
        ("x-forwarded-proto", "http"),
    ] {
        all.insert(name.to_owned(), value.into());
    }
    all
}

/// Parameters decoded, those of one name joined with commas.
fn parameters(query: &str) -> Value {
    let mut all = Map::<String, Value>::new();
    let decoded = |text: &str| runtime_api::percent_decoded(&text.replace('+', " "));
    for pair in query.split('&').filter(|pair| !pair.is_empty()) {
        let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
        let (name, value) = (decoded(name), decoded(value));
        let joined = match all.get(&name).and_then(Value::as_str) {
            Some(before) => format!("{before},{value}"),
            None => value,
        };
        all.insert(name, joined.into());
    }
    all.into()
}

/// Whether a body of this type is passed on as text. Forms are not.
fn is_text(headers: &HeaderMap) -> bool {
    let kind = headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or("text/plain");
    let kind = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    kind.starts_with("text/")
        || ["application/json", "application/javascript", "application/xml"].contains(&kind.as_str())
        || kind.ends_with("+json")
        || kind.ends_with("+xml")
}
