//! Custom resources behind the provider framework of the AWS CDK, which tells CloudFormation what the function returns.
//!
//! An error of the function is a failure of the resource.
//!
//! ```
//! use lambda_events::{Error, cloudformation::provider::{
//!     CloudFormationCustomResourceRequest, CloudFormationCustomResourceResponse,
//! }};
//!
//! async fn on_event(
//!     request: CloudFormationCustomResourceRequest,
//! ) -> Result<CloudFormationCustomResourceResponse, Error> {
//!     Ok(match request {
//!         CloudFormationCustomResourceRequest::Create(_) => {
//!             CloudFormationCustomResourceResponse::new().with_physical_resource_id("bucket-7")
//!         }
//!         _ => CloudFormationCustomResourceResponse::new(),
//!     })
//! }
//! ```
//!
//! <https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib.custom_resources-readme.html>

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::encodings::{Map, Text};

/// What CloudFormation wants of a custom resource.
///
/// `P1` is the type of the properties before an update, `P2` of those that are wanted. Numbers and booleans in them are strings.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(tag = "RequestType", bound(deserialize = "P1: Deserialize<'de>, P2: Deserialize<'de>"))]
pub enum CloudFormationCustomResourceRequest<P1 = Value, P2 = Value> {
    /// The resource is to be created.
    Create(CreateRequest<P2>),
    /// The properties of the resource have changed.
    Update(UpdateRequest<P1, P2>),
    /// The resource is to be deleted.
    Delete(DeleteRequest<P2>),
}

impl<P1, P2: Default> Default for CloudFormationCustomResourceRequest<P1, P2> {
    fn default() -> Self {
        Self::Create(CreateRequest::default())
    }
}

impl<P1, P2> CloudFormationCustomResourceRequest<P1, P2> {
    /// What all kinds of requests have.
    pub fn common(&self) -> &CommonRequestParams<P2> {
        match self {
            Self::Create(request) => &request.common,
            Self::Update(request) => &request.common,
            Self::Delete(request) => &request.common,
        }
    }

    /// The id that the function gave the resource. None before it is created.
    pub fn physical_resource_id(&self) -> Option<&str> {
        match self {
            Self::Create(_) => None,
            Self::Update(request) => Some(&request.physical_resource_id),
            Self::Delete(request) => Some(&request.physical_resource_id),
        }
    }
}

/// What all kinds of requests have. Its members are those of the request itself.
// Not an `event!`: a flattened struct that keeps unknown members would keep those of the request around it, twice.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "PascalCase", bound(deserialize = "P2: Deserialize<'de>"))]
pub struct CommonRequestParams<P2 = Value> {
    /// Name of the resource in the template.
    #[serde(deserialize_with = "crate::de::null_as_default")]
    pub logical_resource_id: String,
    /// The properties in the template, and `ServiceToken`.
    pub resource_properties: P2,
    /// Type of the resource in the template: `Custom::Bucket`.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub resource_type: String,
    /// Id of the request, unique.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub request_id: String,
    /// ARN of the stack.
    #[serde(default, deserialize_with = "crate::de::null_as_default")]
    pub stack_id: String,
    /// ARN of the framework's function. Absent from older frameworks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service_token: Option<String>,
    /// Three dots: the framework keeps the address to itself. Absent from older frameworks.
    #[serde(rename = "ResponseURL", default, skip_serializing_if = "Option::is_none")]
    pub response_url: Option<String>,
}

event! {
    /// A custom resource is to be created.
    #[serde(rename_all = "PascalCase", bound(deserialize = "P2: Deserialize<'de>"))]
    pub struct CreateRequest<P2 = Value> {
        /// What all kinds of requests have.
        #[serde(flatten)]
        pub common: CommonRequestParams<P2>,
    }

    /// The properties of a custom resource have changed.
    ///
    /// To replace the resource, answer with another physical id: CloudFormation deletes the one before.
    #[serde(
        rename_all = "PascalCase",
        bound(deserialize = "P1: Deserialize<'de>, P2: Deserialize<'de>")
    )]
    pub struct UpdateRequest<P1 = Value, P2 = Value> {
        /// The id that the function gave the resource.
        required pub physical_resource_id: String,
        /// The properties before.
        custom pub old_resource_properties: P1,
        /// What all kinds of requests have.
        #[serde(flatten)]
        pub common: CommonRequestParams<P2>,
    }

    /// A custom resource is to be deleted.
    #[serde(rename_all = "PascalCase", bound(deserialize = "P2: Deserialize<'de>"))]
    pub struct DeleteRequest<P2 = Value> {
        /// The id that the function gave the resource.
        required pub physical_resource_id: String,
        /// What all kinds of requests have.
        #[serde(flatten)]
        pub common: CommonRequestParams<P2>,
    }

    /// What the function returns that handles requests, `onEvent`. `D` is the type of the attributes.
    #[serde(rename_all = "PascalCase", bound(deserialize = "D: Deserialize<'de>"))]
    pub struct CloudFormationCustomResourceResponse<D = Map<Value>> {
        /// Id of the resource. Absent is that of the request, and of a new resource the id of the request.
        pub physical_resource_id: Option<String>,
        /// Attributes of the resource, for `Fn::GetAtt`.
        custom pub data: D,
        /// Whether the data is secret, so that `Fn::GetAtt` shows it as asterisks.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub no_echo: bool,
    }

    /// What the function returns that says whether a resource is ready, `isComplete`. It is asked every few seconds, with the
    /// request and the answer of `onEvent` in one.
    #[serde(rename_all = "PascalCase")]
    pub struct IsCompleteResponse {
        /// Whether the resource is ready. If not, the function is asked again.
        pub is_complete: bool,
        /// Attributes of the resource, which add to those of `onEvent`. Only when it is ready; may be absent.
        pub data: Map<Value>,
    }
}

impl CloudFormationCustomResourceResponse {
    /// An answer without attributes, for the resource of the request.
    pub fn new() -> Self {
        Self { data: Map::from([] as [(&str, Value); 0]), ..Default::default() }
    }

    /// Adds an attribute of the resource, for `Fn::GetAtt`.
    #[must_use]
    pub fn with_attribute(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.data.insert(name, value.into());
        self
    }
}

impl<D> CloudFormationCustomResourceResponse<D> {
    /// Id of the resource. Another one than that of the request has the one before deleted.
    #[must_use]
    pub fn with_physical_resource_id(mut self, id: impl Into<String>) -> Self {
        self.physical_resource_id = Some(id.into());
        self
    }

    /// The data is secret, so that `Fn::GetAtt` shows it as asterisks.
    #[must_use]
    pub fn with_no_echo(mut self) -> Self {
        self.no_echo = true;
        self
    }

    /// The same answer with other attributes.
    pub fn with_data<E>(self, data: E) -> CloudFormationCustomResourceResponse<E> {
        CloudFormationCustomResourceResponse {
            physical_resource_id: self.physical_resource_id,
            data,
            no_echo: self.no_echo,
            #[cfg(feature = "catch-all-fields")]
            other: self.other,
        }
    }
}

impl IsCompleteResponse {
    /// The resource is ready.
    pub fn complete() -> Self {
        Self { is_complete: true, ..Default::default() }
    }

    /// The resource is not ready yet.
    pub fn not_yet() -> Self {
        Self::default()
    }

    /// Adds an attribute of the resource, for `Fn::GetAtt`.
    #[must_use]
    pub fn with_attribute(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.data.insert(name, value.into());
        self
    }
}
