//! Elastic Load Balancing: functions as targets of an Application Load Balancer. Synchronous.
//!
//! ```
//! use lambda_events::{Error, alb::{AlbTargetGroupRequest, AlbTargetGroupResponse}};
//!
//! async fn handle(request: AlbTargetGroupRequest) -> Result<AlbTargetGroupResponse, Error> {
//!     let agent = request.header("user-agent").unwrap_or("nobody");
//!     Ok(AlbTargetGroupResponse::text(format!("hello {agent}")).answering(&request))
//! }
//! ```
//!
//! A target group either has multi-value headers or has not, and the answer has to have what the request has:
//! [`AlbTargetGroupResponse::answering`] sees to that. An error of the function is a status 502 to the client.
//!
//! <https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html>

use crate::encodings::{Body, Headers, Map, MultiHeaders, Text};

event! {
    /// A request that a load balancer passes on.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlbTargetGroupRequest {
        /// Method of HTTP: `GET`.
        pub http_method: Text,
        /// The path of the request: `/path/to/resource`.
        pub path: String,
        /// Parameters of the query as the client wrote them: they are not decoded. Of one that it repeats, the last value.
        /// Absent with multi-value headers.
        pub query_string_parameters: Map<String>,
        /// Parameters of the query as the client wrote them, all values of each. Absent without multi-value headers.
        pub multi_value_query_string_parameters: Map<Vec<String>>,
        /// Headers, their names in lower case. Of a header that the client repeats, the last value. Absent with multi-value
        /// headers.
        pub headers: Headers,
        /// Headers, their names in lower case, all values of each. Absent without multi-value headers.
        pub multi_value_headers: MultiHeaders,
        /// Where the request comes from.
        required pub request_context: AlbTargetGroupRequestContext,
        /// Whether `body` is base64: the request has a `Content-Encoding`, or a `Content-Type` that is no text, JSON,
        /// JavaScript or XML.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub is_base64_encoded: bool,
        /// The body: text, or base64 if `is_base64_encoded`. Empty if there is none.
        pub body: Option<String>,
    }

    /// Where a request comes from.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AlbTargetGroupRequestContext {
        /// The load balancer.
        required pub elb: ElbContext,
    }

    /// A load balancer.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ElbContext {
        /// ARN of the target group.
        pub target_group_arn: String,
    }
}

http_answer! {
    /// The answer to a request that a load balancer passed on.
    pub struct AlbTargetGroupResponse {
        /// Status code and reason: `200 OK`. Absent, the load balancer adds the reason.
        pub status_description: Option<String>,
        /// Headers, a list of values per name. The load balancer only reads these if the target group has multi-value headers,
        /// and only `headers` if it has not.
        pub multi_value_headers: MultiHeaders,
    }
    others: status_description, multi_value_headers
}

request_bodies!(AlbTargetGroupRequest);

impl AlbTargetGroupRequest {
    /// Whether the target group has multi-value headers.
    pub fn is_multi_value(&self) -> bool {
        !self.multi_value_headers.is_absent()
    }

    /// A header, by its name in whatever case. The last value, of one that the client repeats.
    pub fn header(&self, name: &str) -> Option<&str> {
        let all = || self.multi_value_headers.get_all(name).last().map(String::as_str);
        self.headers.get(name).or_else(all)
    }

    /// A parameter of the query, as the client wrote it: it is not decoded. The last value, of one that it repeats.
    pub fn query(&self, name: &str) -> Option<&str> {
        let all = || self.multi_value_query_string_parameters.get(name)?.last();
        self.query_string_parameters.get(name).or_else(all).map(String::as_str)
    }
}

impl AlbTargetGroupResponse {
    /// The same answer with this value added to a header, for a target group with multi-value headers.
    #[must_use]
    pub fn with_multi_value_header(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.multi_value_headers.append(name, value);
        self
    }

    /// The same answer with this status code and reason: `200 OK`.
    #[must_use]
    pub fn with_status_description(mut self, description: impl Into<String>) -> Self {
        self.status_description = Some(description.into());
        self
    }

    /// The same answer with its headers where the load balancer reads them: in `multi_value_headers` if the target group of
    /// this request has them, in `headers` otherwise.
    #[must_use]
    pub fn answering(mut self, request: &AlbTargetGroupRequest) -> Self {
        if request.is_multi_value() {
            for (name, value) in std::mem::take(&mut self.headers) {
                if !self.multi_value_headers.contains(&name) {
                    self.multi_value_headers.insert(name, value);
                }
            }
        } else {
            for (name, values) in std::mem::take(&mut self.multi_value_headers) {
                self.headers.insert(name, values.join(", "));
            }
        }
        self
    }
}
