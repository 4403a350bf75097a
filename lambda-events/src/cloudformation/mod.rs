//! AWS CloudFormation: custom resources, macros, and hooks.
//!
//! A custom resource is invoked asynchronously, directly or by SNS, and answers not with what the function returns: it puts a
//! [`CloudFormationCustomResourceResponse`] to the address in the request. Until it does, for an hour by default, the stack
//! waits. [`CloudFormationCustomResourceResponse::to_body`] is what to put; leave the content type empty. With the provider
//! framework of the AWS CDK, the framework puts it, and the function returns its answer: [`provider`].
//!
//! ```
//! use lambda_events::cloudformation::{CloudFormationCustomResourceRequest, CloudFormationCustomResourceResponse};
//!
//! #[derive(serde::Deserialize)]
//! #[serde(rename_all = "PascalCase")]
//! struct Bucket {
//!     name: String,
//! }
//!
//! fn answer(request: &CloudFormationCustomResourceRequest<Bucket, Bucket>) -> CloudFormationCustomResourceResponse {
//!     match request {
//!         CloudFormationCustomResourceRequest::Create(create) if create.resource_properties.name.is_empty() => {
//!             CloudFormationCustomResourceResponse::failed(request, "Name must not be empty")
//!         }
//!         _ => CloudFormationCustomResourceResponse::success(request).with_data("Arn", "arn:aws:s3:::b"),
//!     }
//! }
//! ```
//!
//! Macros ([`CloudFormationMacroRequest`]) and Lambda Hooks ([`CloudFormationHookRequest`]) are synchronous.
//!
//! <https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/crpg-ref.html>

mod hook;
mod macros;
pub mod provider;
mod response;

pub use self::{
    hook::{
        CloudFormationHookContext, CloudFormationHookErrorCode, CloudFormationHookRequest,
        CloudFormationHookRequestData, CloudFormationHookResponse, CloudFormationHookStatus,
    },
    macros::{CloudFormationMacroRequest, CloudFormationMacroResponse},
    response::{CloudFormationCustomResourceResponse, CloudFormationCustomResourceResponseStatus},
};

use serde::{Deserialize, Serialize};
use serde_json::Value;

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

event! {
    /// A custom resource is to be created.
    #[serde(rename_all = "PascalCase", bound(deserialize = "P2: Deserialize<'de>"))]
    pub struct CreateRequest<P2 = Value> {
        /// ARN of the function or topic that the request was sent to. Absent in samples, not from the service.
        pub service_token: Option<String>,
        /// Id of the request, unique.
        required pub request_id: String,
        /// Where to put the answer: an address in S3, signed, valid for 2 hours.
        #[serde(rename = "ResponseURL")]
        required pub response_url: String,
        /// ARN of the stack.
        pub stack_id: String,
        /// Type of the resource in the template: `Custom::Bucket`.
        pub resource_type: String,
        /// Name of the resource in the template.
        pub logical_resource_id: String,
        /// The properties in the template, and `ServiceToken`.
        custom pub resource_properties: P2,
    }

    /// The properties of a custom resource have changed.
    ///
    /// To replace the resource, answer with another physical id: CloudFormation deletes the one before.
    #[serde(
        rename_all = "PascalCase",
        bound(deserialize = "P1: Deserialize<'de>, P2: Deserialize<'de>")
    )]
    pub struct UpdateRequest<P1 = Value, P2 = Value> {
        /// ARN of the function or topic that the request was sent to. Absent in samples, not from the service.
        pub service_token: Option<String>,
        /// Id of the request, unique.
        required pub request_id: String,
        /// Where to put the answer: an address in S3, signed, valid for 2 hours.
        #[serde(rename = "ResponseURL")]
        required pub response_url: String,
        /// ARN of the stack.
        pub stack_id: String,
        /// Type of the resource in the template: `Custom::Bucket`.
        pub resource_type: String,
        /// Name of the resource in the template.
        pub logical_resource_id: String,
        /// The id that the function gave the resource.
        required pub physical_resource_id: String,
        /// The properties in the template, and `ServiceToken`.
        custom pub resource_properties: P2,
        /// The properties before.
        custom pub old_resource_properties: P1,
    }

    /// A custom resource is to be deleted.
    ///
    /// Also one that could not be created: answer with success if there is none.
    #[serde(rename_all = "PascalCase", bound(deserialize = "P2: Deserialize<'de>"))]
    pub struct DeleteRequest<P2 = Value> {
        /// ARN of the function or topic that the request was sent to. Absent in samples, not from the service.
        pub service_token: Option<String>,
        /// Id of the request, unique.
        required pub request_id: String,
        /// Where to put the answer: an address in S3, signed, valid for 2 hours.
        #[serde(rename = "ResponseURL")]
        required pub response_url: String,
        /// ARN of the stack.
        pub stack_id: String,
        /// Type of the resource in the template: `Custom::Bucket`.
        pub resource_type: String,
        /// Name of the resource in the template.
        pub logical_resource_id: String,
        /// The id that the function gave the resource, or that CloudFormation made up if it gave none.
        required pub physical_resource_id: String,
        /// The properties in the template, and `ServiceToken`.
        custom pub resource_properties: P2,
    }
}

impl<P1, P2: Default> Default for CloudFormationCustomResourceRequest<P1, P2> {
    fn default() -> Self {
        Self::Create(CreateRequest::default())
    }
}

impl<P1, P2> CloudFormationCustomResourceRequest<P1, P2> {
    /// Where to put the answer: an address in S3, signed, valid for 2 hours.
    pub fn response_url(&self) -> &str {
        match self {
            Self::Create(request) => &request.response_url,
            Self::Update(request) => &request.response_url,
            Self::Delete(request) => &request.response_url,
        }
    }

    /// Id of the request, unique.
    pub fn request_id(&self) -> &str {
        match self {
            Self::Create(request) => &request.request_id,
            Self::Update(request) => &request.request_id,
            Self::Delete(request) => &request.request_id,
        }
    }

    /// ARN of the stack.
    pub fn stack_id(&self) -> &str {
        match self {
            Self::Create(request) => &request.stack_id,
            Self::Update(request) => &request.stack_id,
            Self::Delete(request) => &request.stack_id,
        }
    }

    /// Name of the resource in the template.
    pub fn logical_resource_id(&self) -> &str {
        match self {
            Self::Create(request) => &request.logical_resource_id,
            Self::Update(request) => &request.logical_resource_id,
            Self::Delete(request) => &request.logical_resource_id,
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

    /// The properties that are wanted, or that the resource had that is to be deleted.
    pub fn resource_properties(&self) -> &P2 {
        match self {
            Self::Create(request) => &request.resource_properties,
            Self::Update(request) => &request.resource_properties,
            Self::Delete(request) => &request.resource_properties,
        }
    }
}
