//! From an event to the request that a web framework understands.

use std::borrow::Cow;
use std::io::Read;
use std::net::IpAddr;

use base64::Engine;
use base64::alphabet;
use base64::engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig};
use bytes::Bytes;
use http::header::{self, HeaderMap, HeaderName, HeaderValue};
use http::uri::Scheme;
use http::{Method, Request};

pub use super::adapter::LambdaRequest;
use super::body::Body;
pub use super::context::RequestContext;
use super::event::{Event, Pairs, Source, Text};
use super::origin::{Origin, Shape};
use crate::failure::Failure;
use crate::invocation::Invocation;
use crate::log;

/// Standard base64, with its padding or without.
const BASE64: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new().with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

/// More headers than any source sends, and fewer than a [`HeaderMap`] can hold.
const MOST_HEADERS: usize = 16 * 1024;

/// Makes a request of the text of an event, for tests that have events in files.
///
/// # Errors
///
/// As for [`into_request`](super::into_request).
///
/// # Examples
///
/// ```
/// let request = lambda_rt::http::request::from_str(r#"{"httpMethod": "GET", "path": "/a", "requestContext": {}}"#)?;
/// assert_eq!(request.uri().path(), "/a");
/// # Ok::<_, lambda_rt::Failure>(())
/// ```
pub fn from_str(event: &str) -> Result<Request<Body>, Failure> {
    super::into_request(Invocation::new(event.to_owned(), crate::Context::default()))
}

/// Makes a request of an event that is read to its end, such as a [`File`](std::fs::File).
///
/// # Errors
///
/// As for [`into_request`](super::into_request), and when it cannot be read.
///
/// # Examples
///
/// ```no_run
/// let request = lambda_rt::http::request::from_reader(std::fs::File::open("event.json")?)?;
/// # Ok::<_, lambda_rt::Error>(())
/// ```
pub fn from_reader(mut event: impl Read) -> Result<Request<Body>, Failure> {
    let mut payload = Vec::new();
    event.read_to_end(&mut payload).map_err(|error| unusable(format!("it cannot be read: {error}")))?;
    super::into_request(Invocation::new(payload, crate::Context::default()))
}

/// Makes a request of an invocation. `base` is a path without slashes at its ends that is taken off.
pub(super) fn of_invocation(invocation: Invocation, base: &str) -> Result<(Request<Body>, Shape), Failure> {
    let Invocation { payload, context } = invocation;
    let (event, source) = Event::read(&payload)?;
    let id = context.request_id.as_str();
    let mut headers = header_map(&event, &payload, id);
    if let Some(trace) = context.xray_trace_id.as_deref().and_then(|trace| HeaderValue::from_str(trace).ok())
    {
        headers.insert(HeaderName::from_static("x-amzn-trace-id"), trace);
    }
    let host = host(&event, &mut headers);
    let scheme = match headers.get("x-forwarded-proto").map(HeaderValue::as_bytes) {
        Some(b"http") => Scheme::HTTP,
        _ => Scheme::HTTPS,
    };
    let path = event.whole_path(source);
    let host = host.as_ref().and_then(|host| host.to_str().ok());
    let uri = event
        .uri(source, &path, base, (scheme, host))
        .map_err(|error| unusable(format!("its path and query make no URI: {error}")))?;
    let method = method(&event)?;
    let client = client(&event, source, &headers);
    let shape =
        Shape { source, multi_value: !event.multi_value_headers.is_empty(), streams: event.streams(source) };
    let body = body(event.body, event.is_base64_encoded == Some(true))?;
    sized(&mut headers, body.len());

    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = uri.clone();
    *request.headers_mut() = headers;
    let origin = Origin::new(payload.clone(), shape, path, uri, client);
    request.extensions_mut().insert(origin);
    request.extensions_mut().insert(context);
    Ok((request, shape))
}

impl Event<'_> {
    /// Whether an answer may be streamed to the source. An HTTP API buffers; behind a domain that is none of AWS's there may be
    /// anything, such as an emulator, and the function's word counts.
    fn streams(&self, source: Source) -> bool {
        let context = self.request_context.as_ref();
        let domain = context.and_then(|context| context.domain_name.as_ref()).map_or("", Text::as_str);
        match source {
            Source::RestApi | Source::FunctionUrl => true,
            Source::HttpApi => !domain.contains(".execute-api."),
            Source::WebSocket | Source::Alb | Source::VpcLattice => false,
        }
    }
}

fn method(event: &Event<'_>) -> Result<Method, Failure> {
    let http = event.request_context.as_ref().and_then(|context| context.http.as_ref());
    let method =
        http.and_then(|http| http.method.as_ref()).or(event.http_method.as_ref()).or(event.method.as_ref());
    // A WebSocket API names none.
    let Some(method) = method else { return Ok(Method::GET) };
    Method::from_bytes(method.as_str().as_bytes())
        .map_err(|_| unusable(format!("its method is {:?}, which is none", method.as_str())))
}

/// Every header that is one. Those with all their values are taken where a source sends them in both forms.
fn header_map(event: &Event<'_>, payload: &Bytes, id: &str) -> HeaderMap {
    let (multi, single) = (&event.multi_value_headers, &event.headers);
    let mut headers = HeaderMap::with_capacity(multi.0.len().max(single.0.len()).min(64) + 4);
    append_all(&mut headers, multi, payload, id);
    if multi.is_empty() {
        append_all(&mut headers, single, payload, id);
    } else {
        for (name, value) in &single.0 {
            if let Some((name, value)) = header(name, value, payload, id)
                && !headers.contains_key(&name)
                && headers.len() < MOST_HEADERS
            {
                headers.append(name, value);
            }
        }
    }
    if let Some(cookies) = event.cookies.as_deref().filter(|cookies| !cookies.is_empty()) {
        let cookies: Vec<&str> = cookies.iter().map(Text::as_str).collect();
        let cookies = Text(Cow::Owned(cookies.join("; ")));
        if let Some((name, value)) = header(&Text(Cow::Borrowed("cookie")), &cookies, payload, id) {
            headers.insert(name, value);
        }
    }
    headers
}

fn append_all(headers: &mut HeaderMap, pairs: &Pairs<'_>, payload: &Bytes, id: &str) {
    for (name, value) in &pairs.0 {
        if headers.len() == MOST_HEADERS {
            log::warn(
                id,
                format_args!("a request has more than {MOST_HEADERS} headers; the rest is left out"),
            );
            break;
        }
        if let Some((name, value)) = header(name, value, payload, id) {
            headers.append(name, value);
        }
    }
}

/// A header, its value shared with the event where it can be. One that HTTP does not allow is left out, with a warning.
fn header(name: &Text<'_>, value: &Text<'_>, payload: &Bytes, id: &str) -> Option<(HeaderName, HeaderValue)> {
    let shared = match &value.0 {
        Cow::Borrowed(text) => HeaderValue::from_maybe_shared(payload.slice_ref(text.as_bytes())),
        Cow::Owned(text) => HeaderValue::from_maybe_shared(Bytes::copy_from_slice(text.as_bytes())),
    };
    match (header_name(name.as_str()), shared) {
        (Some(name), Ok(value)) => Some((name, value)),
        _ => {
            let name = name.as_str().escape_debug();
            log::warn(id, format_args!("the header {name} of a request is not legal; it is left out"));
            None
        }
    }
}

fn header_name(name: &str) -> Option<HeaderName> {
    // Those that every event has and that `http` does not know by heart cost no allocation this way.
    match name {
        "x-forwarded-for" | "X-Forwarded-For" => Some(HeaderName::from_static("x-forwarded-for")),
        "x-forwarded-port" | "X-Forwarded-Port" => Some(HeaderName::from_static("x-forwarded-port")),
        "x-forwarded-proto" | "X-Forwarded-Proto" => Some(HeaderName::from_static("x-forwarded-proto")),
        "x-amzn-trace-id" | "X-Amzn-Trace-Id" => Some(HeaderName::from_static("x-amzn-trace-id")),
        name => HeaderName::from_bytes(name.as_bytes()).ok(),
    }
}

/// The host, which becomes a header where there is none.
fn host(event: &Event<'_>, headers: &mut HeaderMap) -> Option<HeaderValue> {
    if let Some(host) = headers.get(header::HOST) {
        return Some(host.clone());
    }
    let domain = event.request_context.as_ref()?.domain_name.as_ref()?;
    let host = HeaderValue::from_str(domain.as_str()).ok()?;
    headers.insert(header::HOST, host.clone());
    Some(host)
}

/// The address the caller has by the source's own knowledge. A load balancer and VPC Lattice add it to the end of a header whose
/// beginning the caller may have made up.
fn client(event: &Event<'_>, source: Source, headers: &HeaderMap) -> Option<IpAddr> {
    let context = event.request_context.as_ref();
    let address = match source {
        Source::HttpApi | Source::FunctionUrl => context?.http.as_ref()?.source_ip.as_ref()?.as_str(),
        Source::RestApi | Source::WebSocket => context?.identity.as_ref()?.source_ip.as_ref()?.as_str(),
        Source::Alb | Source::VpcLattice => {
            headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?.rsplit(',').next()?.trim()
        }
    };
    address.parse().ok()
}

fn body(body: Option<Text<'_>>, is_base64: bool) -> Result<Body, Failure> {
    match body {
        None => Ok(Body::Empty),
        Some(text) if text.0.is_empty() => Ok(Body::Empty),
        Some(text) if is_base64 => BASE64
            .decode(text.as_str())
            .map(Body::Binary)
            .map_err(|error| unusable(format!("its body is said to be base64 and is not: {error}"))),
        Some(text) => Ok(Body::Text(text.0.into_owned())),
    }
}

/// The length of the body as it is, whatever it was on the way; a body that was sent in chunks has one now.
fn sized(headers: &mut HeaderMap, length: usize) {
    let said =
        headers.get(header::CONTENT_LENGTH).map(|said| said.to_str().ok().and_then(|said| said.parse().ok()));
    if length > 0 && said != Some(Some(length)) || said.is_some_and(|said| said != Some(length)) {
        headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    }
    if length > 0 {
        headers.remove(header::TRANSFER_ENCODING);
    }
}

fn unusable(what: String) -> Failure {
    Failure::of_runtime("Runtime.UnmarshalError", format!("the event is no valid HTTP request: {what}"))
}
