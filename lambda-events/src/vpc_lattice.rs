//! Amazon VPC Lattice: functions as targets of a service. Synchronous.
//!
//! ```
//! use lambda_events::{Error, vpc_lattice::{VpcLatticeRequest, VpcLatticeResponse}};
//!
//! async fn handle(request: VpcLatticeRequest) -> Result<VpcLatticeResponse, Error> {
//!     match request.header("x-token") {
//!         Some(_) => Ok(VpcLatticeResponse::text("hello")),
//!         None => Ok(VpcLatticeResponse::new(401)),
//!     }
//! }
//! ```
//!
//! The target group says in which version it sends events; [`VpcLatticeRequest`] reads both. An error of the function is a
//! status 500 to the client.
//!
//! <https://docs.aws.amazon.com/vpc-lattice/latest/ug/lambda-functions.html>

use serde::{Deserialize, Deserializer, Serialize, de};

use crate::encodings::{Body, Headers, Map, MultiHeaders, Text};

event! {
    /// A request, in version 1 of the event.
    #[derive(Eq)]
    #[serde(rename_all = "snake_case")]
    pub struct VpcLatticeRequestV1 {
        /// The path, with the query: `/api/product?id=5`. Absent unless the protocol is HTTP, HTTPS or gRPC.
        pub raw_path: Option<String>,
        /// Method of HTTP: `GET`. Absent unless the protocol is HTTP, HTTPS or gRPC.
        pub method: Option<Text>,
        /// Headers, their names in lower case. Values of a header that the client repeats are joined by commas.
        required pub headers: Headers,
        /// Parameters of the query. Of one that the client repeats, the last value.
        pub query_string_parameters: Map<String>,
        /// The body: text, or base64 if `is_base64_encoded`. Absent if there is none.
        pub body: Option<String>,
        /// Whether `body` is base64.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub is_base64_encoded: bool,
    }

    /// A request, in version 2 of the event.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct VpcLatticeRequestV2 {
        /// Version of the event: `2.0`.
        pub version: Text,
        /// The path: `/health`. Absent unless the protocol is HTTP, HTTPS or gRPC.
        pub path: Option<String>,
        /// Method of HTTP: `GET`. Absent unless the protocol is HTTP, HTTPS or gRPC.
        pub method: Option<Text>,
        /// Headers, their names in lower case, all values of each.
        pub headers: MultiHeaders,
        /// Parameters of the query, all values of each. Absent without any.
        pub query_string_parameters: Map<Vec<String>>,
        /// The body: text, or base64 if `is_base64_encoded`. Absent if there is none.
        pub body: Option<String>,
        /// Whether `body` is base64.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub is_base64_encoded: bool,
        /// What VPC Lattice knows of the request.
        required pub request_context: VpcLatticeRequestV2Context,
    }

    /// What VPC Lattice knows of a request.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct VpcLatticeRequestV2Context {
        /// ARN of the service network that the request came through.
        pub service_network_arn: String,
        /// ARN of the service.
        pub service_arn: String,
        /// ARN of the target group.
        pub target_group_arn: String,
        /// Who called.
        pub identity: Option<VpcLatticeRequestV2Identity>,
        /// Region: `us-west-2`.
        pub region: Text,
        /// When the request came, in microseconds since 1970. A string of digits in the event.
        #[serde(default, with = "crate::de::text::option", skip_serializing_if = "Option::is_none")]
        custom pub time_epoch: Option<u64>,
    }

    /// Who called.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct VpcLatticeRequestV2Identity {
        /// ARN of the VPC that the request came from.
        pub source_vpc_arn: Option<String>,
        /// `AWS_IAM`. This and what follows is absent without authentication.
        #[serde(rename = "type")]
        pub identity_type: Option<Text>,
        /// ARN of the caller.
        pub principal: Option<String>,
        /// Id of the organization of the caller.
        #[serde(rename = "principalOrgID")]
        pub principal_org_id: Option<String>,
        /// Name of the session of a role that the caller assumed.
        pub session_name: Option<String>,
        /// Organizational unit of who issued the certificate. This and what follows is only of callers of IAM Roles Anywhere.
        #[serde(rename = "x509IssuerOu")]
        pub x509_issuer_ou: Option<String>,
        /// Alternative name of the certificate: a name of DNS.
        #[serde(rename = "x509SanDns")]
        pub x509_san_dns: Option<String>,
        /// Alternative name of the certificate: the common name of a directory.
        #[serde(rename = "x509SanNameCn")]
        pub x509_san_name_cn: Option<String>,
        /// Alternative name of the certificate: a URI.
        #[serde(rename = "x509SanUri")]
        pub x509_san_uri: Option<String>,
        /// Common name of whom the certificate is for.
        #[serde(rename = "x509SubjectCn")]
        pub x509_subject_cn: Option<String>,
    }
}

/// A request, in either version of the event.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
#[serde(untagged)]
#[allow(clippy::large_enum_variant, reason = "there is one per invocation")]
pub enum VpcLatticeRequest {
    /// Version 2, which has a context.
    V2(VpcLatticeRequestV2),
    /// Version 1.
    V1(VpcLatticeRequestV1),
}

impl<'de> Deserialize<'de> for VpcLatticeRequest {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let event = serde_json::Value::deserialize(deserializer)?;
        let read = match event.get("requestContext") {
            Some(_) => serde_json::from_value(event).map(Self::V2),
            None => serde_json::from_value(event).map(Self::V1),
        };
        read.map_err(de::Error::custom)
    }
}

http_answer! {
    /// The answer to a request of either version.
    pub struct VpcLatticeResponse {
        /// Status code and reason: `200 OK`. Absent, VPC Lattice adds the reason.
        pub status_description: Option<String>,
    }
    others: status_description
}

request_bodies!(VpcLatticeRequestV1, VpcLatticeRequestV2);

impl VpcLatticeRequestV1 {
    /// A header, by its name in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }
}

impl VpcLatticeRequestV2 {
    /// A header, by its name in whatever case. The first value, of one that the client repeats.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }
}

impl VpcLatticeRequest {
    /// Method of HTTP: `GET`. `None` unless the protocol is HTTP, HTTPS or gRPC.
    pub fn method(&self) -> Option<&str> {
        match self {
            Self::V1(request) => request.method.as_deref(),
            Self::V2(request) => request.method.as_deref(),
        }
    }

    /// The path, without the query. `None` unless the protocol is HTTP, HTTPS or gRPC.
    pub fn path(&self) -> Option<&str> {
        let path = match self {
            Self::V1(request) => request.raw_path.as_deref(),
            Self::V2(request) => request.path.as_deref(),
        };
        path.map(|path| path.split_once('?').map_or(path, |(path, _)| path))
    }

    /// A header, by its name in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        match self {
            Self::V1(request) => request.header(name),
            Self::V2(request) => request.header(name),
        }
    }

    /// The body as bytes, decoded if the service wrote it as base64. Empty if there is none.
    ///
    /// # Errors
    ///
    /// Fails if the body should be base64 and is not: [`is_base64`](crate::PayloadError::is_base64).
    pub fn bytes(&self) -> Result<std::borrow::Cow<'_, [u8]>, crate::PayloadError> {
        match self {
            Self::V1(request) => request.bytes(),
            Self::V2(request) => request.bytes(),
        }
    }

    /// What the body says in JSON, decoded if the service wrote it as base64.
    ///
    /// # Errors
    ///
    /// As [`VpcLatticeRequestV2::json`].
    pub fn json<T: de::DeserializeOwned>(&self) -> Result<T, crate::PayloadError> {
        match self {
            Self::V1(request) => request.json(),
            Self::V2(request) => request.json(),
        }
    }
}
