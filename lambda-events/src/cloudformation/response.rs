use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::CloudFormationCustomResourceRequest;
use crate::encodings::{Map, Text};

/// Whether what was asked for was done.
///
/// Unlike other enums it is not open: a function says it, and CloudFormation takes these two words.
#[derive(Clone, Copy, Debug, Default, Deserialize, Eq, PartialEq, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum CloudFormationCustomResourceResponseStatus {
    /// It was.
    #[default]
    Success,
    /// It was not, and the stack rolls back.
    Failed,
}

event! {
    /// What a function puts to the address in the request. Up to 4,096 bytes.
    #[derive(Eq)]
    #[serde(rename_all = "PascalCase")]
    pub struct CloudFormationCustomResourceResponse {
        /// Whether what was asked for was done.
        pub status: CloudFormationCustomResourceResponseStatus,
        /// Why not. Required of a failure; else may be absent.
        pub reason: Option<String>,
        /// Id of the resource, up to 1 KiB. Another one than that of the request has the one before deleted.
        pub physical_resource_id: String,
        /// ARN of the stack, from the request.
        pub stack_id: String,
        /// Id of the request.
        pub request_id: String,
        /// Name of the resource in the template, from the request.
        pub logical_resource_id: String,
        /// Whether the data is secret, so that `Fn::GetAtt` shows it as asterisks.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub no_echo: bool,
        /// Attributes of the resource, for `Fn::GetAtt`. May be absent.
        pub data: Map<Value>,
    }
}

impl CloudFormationCustomResourceResponse {
    /// It was done. The physical id is that of the request, and that of a new resource the id of the request: unique, and the same
    /// when the request comes twice.
    pub fn success<P1, P2>(request: &CloudFormationCustomResourceRequest<P1, P2>) -> Self {
        Self {
            status: CloudFormationCustomResourceResponseStatus::Success,
            physical_resource_id: request
                .physical_resource_id()
                .unwrap_or_else(|| request.request_id())
                .to_owned(),
            stack_id: request.stack_id().to_owned(),
            request_id: request.request_id().to_owned(),
            logical_resource_id: request.logical_resource_id().to_owned(),
            ..Default::default()
        }
    }

    /// It could not be done, and why. CloudFormation shows the reason among the events of the stack.
    ///
    /// A resource that could not be created is deleted all the same, under the physical id of this answer.
    pub fn failed<P1, P2>(
        request: &CloudFormationCustomResourceRequest<P1, P2>,
        reason: impl Into<String>,
    ) -> Self {
        Self {
            status: CloudFormationCustomResourceResponseStatus::Failed,
            reason: Some(reason.into()),
            ..Self::success(request)
        }
    }

    /// Id of the resource, up to 1 KiB. Another one than that of the request has the one before deleted.
    #[must_use]
    pub fn with_physical_resource_id(mut self, id: impl Into<String>) -> Self {
        self.physical_resource_id = id.into();
        self
    }

    /// Adds an attribute of the resource, for `Fn::GetAtt`.
    #[must_use]
    pub fn with_data(mut self, name: impl Into<Text>, value: impl Into<Value>) -> Self {
        self.data.insert(name, value.into());
        self
    }

    /// The data is secret, so that `Fn::GetAtt` shows it as asterisks.
    #[must_use]
    pub fn with_no_echo(mut self) -> Self {
        self.no_echo = true;
        self
    }

    /// What to put to [`response_url`](CloudFormationCustomResourceRequest::response_url), with an empty content type: the
    /// signature of the address covers it.
    #[expect(clippy::missing_panics_doc, reason = "it cannot")]
    pub fn to_body(&self) -> Vec<u8> {
        serde_json::to_vec(self).expect("strings, booleans and values of JSON have a form in JSON")
    }
}
