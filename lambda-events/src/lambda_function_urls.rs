//! Lambda function URLs: HTTP without an API in between. Synchronous.
//!
//! ```
//! use lambda_events::{
//!     Error,
//!     lambda_function_urls::{LambdaFunctionUrlRequest, LambdaFunctionUrlResponse},
//! };
//!
//! async fn handle(request: LambdaFunctionUrlRequest) -> Result<LambdaFunctionUrlResponse, Error> {
//!     Ok(LambdaFunctionUrlResponse::text(format!("{} {}", request.method(), request.raw_path)))
//! }
//! ```
//!
//! An error of the function is a status 502 to the client. A URL with the invoke mode `RESPONSE_STREAM` may be answered
//! with a [`StreamingPrelude`] and a body as it comes.
//!
//! <https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html>

pub use crate::web::prelude::StreamingPrelude;

use crate::encodings::{Body, Headers, Map, MillisecondTimestamp, Text};

event! {
    /// A request to the URL of a function: as to an HTTP API, with payloads of version 2.0.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LambdaFunctionUrlRequest {
        /// Version of the payload: `2.0`.
        pub version: Text,
        /// `$default`: a URL has no other route. Absent in old samples.
        pub route_key: Option<Text>,
        /// The path as the client wrote it: `/my/path`.
        pub raw_path: String,
        /// The query as the client wrote it. Empty if there is none.
        pub raw_query_string: String,
        /// The cookies, `name=value`. Absent if there are none.
        pub cookies: Option<Vec<String>>,
        /// Headers, their names in lower case. Values of a header that the client repeats are joined by commas.
        pub headers: Headers,
        /// Parameters of the query, decoded. Values of one that the client repeats are joined by commas. Absent without any.
        pub query_string_parameters: Map<String>,
        /// Parameters of a path. A URL has none: absent, or `null`.
        pub path_parameters: Map<String>,
        /// Variables of a stage. A URL has none: absent, or `null`.
        pub stage_variables: Map<String>,
        /// What Lambda knows of the request: the URL, the caller.
        required pub request_context: LambdaFunctionUrlRequestContext,
        /// The body: text, or base64 if `is_base64_encoded`. Absent if there is none.
        pub body: Option<String>,
        /// Whether `body` is base64: Lambda takes its `Content-Type` for one of bytes.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub is_base64_encoded: bool,
    }

    /// What Lambda knows of a request to a URL.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LambdaFunctionUrlRequestContext {
        /// Id of the account of the function. Of a URL without authorization, `anonymous`.
        pub account_id: String,
        /// Id of the URL.
        #[serde(rename = "apiId")]
        pub apiid: String,
        /// How the client identified itself. A URL has no certificates: absent, or `null`.
        pub authentication: Option<serde_json::Value>,
        /// Who signed the request. Absent of a URL without authorization.
        pub authorizer: Option<LambdaFunctionUrlRequestContextAuthorizerDescription>,
        /// The domain of the URL: `{id}.lambda-url.{region}.on.aws`.
        pub domain_name: String,
        /// Id of the URL.
        pub domain_prefix: String,
        /// The request itself.
        pub http: LambdaFunctionUrlRequestContextHttpDescription,
        /// Id of the invocation.
        pub request_id: String,
        /// `$default`. Absent in old samples.
        pub route_key: Option<Text>,
        /// `$default`. Absent in old samples.
        pub stage: Option<Text>,
        /// When the request came, as logs of Apache write it: `12/Mar/2020:19:03:58 +0000`.
        pub time: String,
        /// When the request came, in milliseconds since 1970. 0 if a sample does not say.
        #[serde(default, skip_serializing_if = "crate::de::is_default")]
        pub time_epoch: MillisecondTimestamp,
    }

    /// Who signed a request.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LambdaFunctionUrlRequestContextAuthorizerDescription {
        /// The identity of AWS IAM.
        pub iam: Option<LambdaFunctionUrlRequestContextAuthorizerIamDescription>,
    }

    /// An identity of AWS IAM.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LambdaFunctionUrlRequestContextAuthorizerIamDescription {
        /// Access key that signed the request.
        pub access_key: String,
        /// Id of the account of the caller.
        pub account_id: String,
        /// Id of the principal: `AIDA…`, or `AROA…:session`.
        pub caller_id: String,
        /// An identity of Amazon Cognito. A URL has none: absent, or `null`.
        pub cognito_identity: Option<serde_json::Value>,
        /// Id of the organization of the caller. Absent if there is none.
        pub principal_org_id: Option<String>,
        /// ARN of the user or role.
        pub user_arn: String,
        /// Id of the user or role.
        pub user_id: String,
    }

    /// A request of HTTP.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct LambdaFunctionUrlRequestContextHttpDescription {
        /// Method: `GET`.
        required pub method: Text,
        /// The path of the request: `/my/path`.
        pub path: String,
        /// `HTTP/1.1`.
        pub protocol: Text,
        /// IP address of the caller.
        pub source_ip: String,
        /// Header `User-Agent` of the caller. Absent if there was none.
        pub user_agent: Option<String>,
    }
}

http_answer! {
    /// The answer of a function URL with the invoke mode `BUFFERED`.
    ///
    /// A function may answer with any other JSON: Lambda takes that for the body of a 200 of type `application/json`.
    pub struct LambdaFunctionUrlResponse {
        /// Values of `Set-Cookie`: `name=value; Secure`.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "Vec::is_empty"
        )]
        custom pub cookies: Vec<String>,
    }
    others: cookies
}

request_bodies!(LambdaFunctionUrlRequest);

impl LambdaFunctionUrlRequest {
    /// Method of HTTP: `GET`.
    pub fn method(&self) -> &str {
        &self.request_context.http.method
    }

    /// A header, by its name in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        crate::web::cookie(self.cookies.as_deref(), name)
    }
}

impl LambdaFunctionUrlResponse {
    /// The same answer with this value of `Set-Cookie`: `name=value; Secure`.
    #[must_use]
    pub fn with_cookie(mut self, cookie: impl Into<String>) -> Self {
        self.cookies.push(cookie.into());
        self
    }
}
