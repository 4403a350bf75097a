//! Amazon CloudFront: Lambda@Edge. Synchronous.
//!
//! A function sees a request before the cache, `viewer-request`, or before the origin, `origin-request`, and answers with
//! the request, maybe changed, or with a response of its own: [`CloudFrontAnswer`]. It sees a response before it is cached,
//! `origin-response`, or sent, `viewer-response`, and answers with the response: [`CloudFrontResponse`].
//!
//! ```
//! use lambda_events::{
//!     Error,
//!     cloudfront::{CloudFrontAnswer, CloudFrontEvent, CloudFrontResponse},
//! };
//!
//! async fn handle(event: CloudFrontEvent) -> Result<CloudFrontAnswer, Error> {
//!     let mut request = event.into_request()?;
//!     if request.uri == "/old" {
//!         return Ok(CloudFrontResponse::new(302).with_header("Location", "/new").into());
//!     }
//!     request.headers.insert("X-Seen", "yes");
//!     Ok(request.into())
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html>,
//! <https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses.html>

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::{
    PayloadError,
    encodings::{Map, Text},
};

event! {
    /// A request or a response that passes through CloudFront.
    #[derive(Eq)]
    pub struct CloudFrontEvent {
        /// It: always one.
        #[serde(rename = "Records")]
        required pub records: Vec<CloudFrontRecord>,
    }

    /// What passes through CloudFront.
    #[derive(Eq)]
    pub struct CloudFrontRecord {
        /// It.
        required pub cf: CloudFrontData,
    }

    /// What passes through CloudFront.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CloudFrontData {
        /// Where, and when.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub config: CloudFrontConfig,
        /// The request. With a response, the one that it answers, which samples may leave out.
        pub request: Option<CloudFrontRequest>,
        /// The response. Absent with a request.
        pub response: Option<CloudFrontResponse>,
    }

    /// Where something passes through CloudFront, and when.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CloudFrontConfig {
        /// Domain of the distribution: `d111111abcdef8.cloudfront.net`. Absent in old samples.
        pub distribution_domain_name: Option<String>,
        /// Id of the distribution.
        pub distribution_id: String,
        /// When the function is called. Absent in old samples.
        pub event_type: Option<CloudFrontEventType>,
        /// Id of the request, between the viewer and CloudFront. Absent in old samples.
        pub request_id: Option<String>,
    }

    /// A request.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CloudFrontRequest {
        /// IP address of the viewer. Empty if a sample leaves it out, and not written then.
        #[serde(skip_serializing_if = "String::is_empty")]
        pub client_ip: String,
        /// Headers.
        #[serde(default)]
        pub headers: CloudFrontHeaders,
        /// Method of HTTP. It cannot be changed.
        pub method: Text,
        /// The query as the viewer wrote it, without `?`. Empty if there is none; absent in old samples.
        pub querystring: Option<String>,
        /// The path: `/index.html`.
        required pub uri: String,
        /// The body. Absent unless the function asks for it.
        pub body: Option<CloudFrontBody>,
        /// Where CloudFront gets the response. Only before the origin.
        pub origin: Option<CloudFrontOrigin>,
    }

    /// The body of a request.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CloudFrontBody {
        /// Whether it is longer than what the function sees: 40 KB of a viewer's request, 1 MB before the origin.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub input_truncated: bool,
        /// `read-only`, or `replace` if the function changes the body.
        pub action: Text,
        /// `base64` or `text`.
        pub encoding: Text,
        /// The body.
        pub data: String,
    }

    /// Where CloudFront gets a response: one of both.
    #[derive(Eq)]
    pub struct CloudFrontOrigin {
        /// A server.
        pub custom: Option<CloudFrontCustomOrigin>,
        /// A bucket of Amazon S3.
        pub s3: Option<CloudFrontS3Origin>,
    }

    /// A server.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CloudFrontCustomOrigin {
        /// Headers that CloudFront adds.
        #[serde(default)]
        pub custom_headers: CloudFrontHeaders,
        /// Its domain: `example.org`.
        pub domain_name: String,
        /// How long a connection is kept without requests, in seconds.
        #[serde(default)]
        pub keepalive_timeout: u32,
        /// What comes before the path of the request: `/production`. Empty for nothing.
        pub path: String,
        /// Its port.
        #[serde(default)]
        pub port: u16,
        /// `http` or `https`.
        pub protocol: Text,
        /// How long CloudFront waits for the response, in seconds.
        #[serde(default)]
        pub read_timeout: u32,
        /// How long CloudFront waits for the whole response, in seconds. Absent for no limit.
        pub response_completion_timeout: Option<u32>,
        /// Versions of TLS: `TLSv1.2`.
        pub ssl_protocols: Vec<String>,
    }

    /// A bucket of Amazon S3.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CloudFrontS3Origin {
        /// `origin-access-identity` or `none`.
        pub auth_method: Text,
        /// Headers that CloudFront adds.
        #[serde(default)]
        pub custom_headers: CloudFrontHeaders,
        /// Its domain: `bucket.s3.eu-west-1.amazonaws.com`.
        pub domain_name: String,
        /// What comes before the path of the request: `/production`. Empty for nothing.
        pub path: String,
        /// How long CloudFront waits for the response, in seconds. Absent for what the distribution says.
        pub read_timeout: Option<u32>,
        /// How long CloudFront waits for the whole response, in seconds. Absent for no limit.
        pub response_completion_timeout: Option<u32>,
        /// Its region. Absent, or empty, unless `auth_method` is `origin-access-identity`.
        pub region: Option<Text>,
    }

    /// A response: of an origin or the cache, or of a function's own.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CloudFrontResponse {
        /// Status code of HTTP. A string of digits on the wire.
        #[serde(with = "crate::de::text")]
        custom pub status: u16,
        /// What the status means: `OK`. Absent, CloudFront adds none.
        pub status_description: Option<String>,
        /// Headers.
        #[serde(default, skip_serializing_if = "CloudFrontHeaders::is_absent")]
        pub headers: CloudFrontHeaders,
        /// The body, of a function's own response. A function never sees the body of an origin; it can only replace it.
        pub body: Option<String>,
        /// `text` or `base64`. Absent for `text`.
        pub body_encoding: Option<Text>,
    }

    /// A value of a header.
    #[derive(Eq)]
    pub struct CloudFrontHeader {
        /// Name of the header, as HTTP/1.1 has it: `User-Agent`. Absent, the name of the list holds.
        pub key: Option<String>,
        /// The value.
        pub value: String,
    }
}

open_enum! {
    /// When a function is called.
    pub enum CloudFrontEventType {
        /// Before the cache.
        ViewerRequest = "viewer-request",
        /// Before the origin.
        OriginRequest = "origin-request",
        /// Before a response is cached.
        OriginResponse = "origin-response",
        /// Before a response is sent.
        ViewerResponse = "viewer-response",
    }
}

/// Headers as CloudFront has them: lists of values by the name in lower case, each with the name in a case of its own.
#[derive(Clone, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(transparent)]
pub struct CloudFrontHeaders(Map<Vec<CloudFrontHeader>>);

impl CloudFrontHeaders {
    /// No headers.
    pub const fn new() -> Self {
        Self(Map::new())
    }

    /// Whether there were no headers at all.
    pub fn is_absent(&self) -> bool {
        self.0.is_absent()
    }

    /// The first value of a header, by its name in whatever case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.get_all(name).next()
    }

    /// All values of a header, by its name in whatever case.
    pub fn get_all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.0.get_ignore_case(name).into_iter().flatten().map(|header| header.value.as_str())
    }

    /// Sets a header to this one value.
    pub fn insert(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        self.remove(&name);
        self.append(name, value);
    }

    /// Adds a value to a header.
    pub fn append(&mut self, name: impl Into<String>, value: impl Into<String>) {
        let name = name.into();
        let key = name.to_ascii_lowercase();
        let header = CloudFrontHeader { key: Some(name), value: value.into(), ..Default::default() };
        match self.0.get_mut(&key) {
            Some(values) => values.push(header),
            None => drop(self.0.insert(key, vec![header])),
        }
    }

    /// Takes a header out, by its name in whatever case.
    pub fn remove(&mut self, name: &str) -> Option<Vec<CloudFrontHeader>> {
        let key = self.0.keys().find(|key| key.eq_ignore_ascii_case(name)).map(Text::from)?;
        self.0.remove(&key)
    }

    /// The values, by the name in lower case.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &[CloudFrontHeader])> {
        self.0.iter().map(|(name, values)| (name, values.as_slice()))
    }
}

/// The answer to a request: what CloudFront goes on with.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "there is one per invocation")]
pub enum CloudFrontAnswer {
    /// The request, as it was or changed.
    Request(CloudFrontRequest),
    /// This response, instead of what the cache or the origin has.
    Response(CloudFrontResponse),
}

impl From<CloudFrontRequest> for CloudFrontAnswer {
    fn from(request: CloudFrontRequest) -> Self {
        Self::Request(request)
    }
}

impl From<CloudFrontResponse> for CloudFrontAnswer {
    fn from(response: CloudFrontResponse) -> Self {
        Self::Response(response)
    }
}

impl CloudFrontEvent {
    /// The request.
    ///
    /// # Errors
    ///
    /// Fails if the event has none: [`PayloadError::is_absent`].
    pub fn into_request(self) -> Result<CloudFrontRequest, PayloadError> {
        self.into_data().and_then(|data| data.request).ok_or_else(PayloadError::absent)
    }

    /// The response.
    ///
    /// # Errors
    ///
    /// Fails if the event has none, but a request: [`PayloadError::is_absent`].
    pub fn into_response(self) -> Result<CloudFrontResponse, PayloadError> {
        self.into_data().and_then(|data| data.response).ok_or_else(PayloadError::absent)
    }

    fn into_data(self) -> Option<CloudFrontData> {
        self.records.into_iter().next().map(|record| record.cf)
    }
}

impl CloudFrontBody {
    /// The body, decoded. It may be shorter than what the viewer sent: see `input_truncated`.
    ///
    /// # Errors
    ///
    /// Fails if it should be base64 and is not: [`PayloadError::is_base64`].
    pub fn bytes(&self) -> Result<Cow<'_, [u8]>, PayloadError> {
        crate::web::bytes(Some(&self.data), self.encoding == "base64")
    }
}

impl CloudFrontResponse {
    /// A response of this status.
    pub fn new(status: u16) -> Self {
        Self { status, ..Self::default() }
    }

    /// The same with what the status means: `Not Found`.
    #[must_use]
    pub fn with_status_description(mut self, description: impl Into<String>) -> Self {
        self.status_description = Some(description.into());
        self
    }

    /// The same with this header, which replaces the one of the same name.
    #[must_use]
    pub fn with_header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.insert(name, value);
        self
    }

    /// The same with this body: text, or bytes, which become base64.
    #[must_use]
    pub fn with_body(mut self, body: impl Into<crate::encodings::Body>) -> Self {
        use base64::{Engine, prelude::BASE64_STANDARD};

        use crate::encodings::Body;

        (self.body, self.body_encoding) = match body.into() {
            Body::Empty => (None, None),
            Body::Text(text) => (Some(text), Some("text".into())),
            Body::Binary(bytes) => (Some(BASE64_STANDARD.encode(bytes)), Some("base64".into())),
        };
        self
    }
}
