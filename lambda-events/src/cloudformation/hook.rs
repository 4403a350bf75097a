use serde_json::Value;

use crate::encodings::Map;

open_enum! {
    /// Whether an operation may go on.
    pub enum CloudFormationHookStatus {
        /// It may.
        Success = "SUCCESS",
        /// It may not, or the hook only warns: as the hook is configured.
        Failed = "FAILED",
        /// The function wants to be asked again. Up to 3 times.
        InProgress = "IN_PROGRESS",
    }

    /// Why an operation may not go on.
    pub enum CloudFormationHookErrorCode {
        /// What is to be done is against the rules.
        NonCompliant = "NonCompliant",
        /// It could not be judged.
        InternalFailure = "InternalFailure",
    }
}

event! {
    /// An operation of CloudFormation or of the Cloud Control API is to be judged, before it happens, within 30 seconds: a Lambda
    /// Hook.
    ///
    /// <https://docs.aws.amazon.com/cloudformation-cli/latest/hooks-userguide/lambda-hooks-create-lambda-function.html>
    #[serde(rename_all = "camelCase")]
    pub struct CloudFormationHookRequest {
        /// Identifies the request, the same when it comes again.
        required pub client_request_token: String,
        /// Account of the operation, 12 digits.
        pub aws_account_id: String,
        /// ARN of the stack. Absent for operations of the Cloud Control API.
        #[serde(rename = "stackId", alias = "stackID")]
        pub stack_id: Option<String>,
        /// ARN of the change set. Absent unless the operation is of one.
        pub change_set_id: Option<String>,
        /// Name of the hook: `MyTestHook::LambdaHook::Hook`.
        pub hook_type_name: String,
        /// Version of the hook.
        pub hook_type_version: String,
        /// Configuration of the hook, with `LambdaFunction` in it.
        pub hook_model: Map<Value>,
        /// When the hook is asked: `CREATE_PRE_PROVISION`, `UPDATE_PRE_PROVISION`, `DELETE_PRE_PROVISION`.
        pub action_invocation_point: String,
        /// What is to be judged.
        required pub request_data: CloudFormationHookRequestData,
        /// How often it was asked before.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub request_context: CloudFormationHookContext,
    }

    /// What a hook is to judge.
    #[serde(rename_all = "camelCase")]
    pub struct CloudFormationHookRequestData {
        /// Type of the resource, `AWS::S3::Bucket`, or `STACK`, `CHANGE_SET`, `CLOUD_CONTROL`.
        pub target_name: String,
        /// The same, or `RESOURCE`.
        pub target_type: String,
        /// Name of the resource in the template. Of a stack or change set its ARN.
        pub target_logical_id: String,
        /// The resource, with `resourceProperties` and, in an update, `previousResourceProperties`. Empty for stacks.
        pub target_model: Map<Value>,
        /// Where to get the template or the changes: an address in S3, signed. Absent for resources.
        pub payload: Option<String>,
    }

    /// How often a hook was asked before.
    #[serde(rename_all = "camelCase")]
    pub struct CloudFormationHookContext {
        /// Which invocation this is: 1 is the first.
        #[serde(default)]
        pub invocation: u32,
        /// What the function answered the last time with `IN_PROGRESS`. Absent the first time.
        pub callback_context: Option<Value>,
    }

    /// Whether an operation may go on.
    #[serde(rename_all = "camelCase")]
    pub struct CloudFormationHookResponse {
        /// Whether the operation may go on.
        pub hook_status: CloudFormationHookStatus,
        /// Why not. Required of a failure, else absent.
        pub error_code: Option<CloudFormationHookErrorCode>,
        /// What whoever started the operation is told. Up to 4,096 characters; of the Cloud Control API up to 1,024.
        pub message: Option<String>,
        /// The token of the request.
        pub client_request_token: String,
        /// What the next invocation is told, with `IN_PROGRESS`. Else absent.
        pub callback_context: Option<Value>,
        /// When to ask again, in seconds, with `IN_PROGRESS`. Else absent.
        pub callback_delay_seconds: Option<u32>,
    }
}

impl CloudFormationHookResponse {
    fn new(request: &CloudFormationHookRequest, status: CloudFormationHookStatus) -> Self {
        Self {
            hook_status: status,
            client_request_token: request.client_request_token.clone(),
            ..Default::default()
        }
    }

    /// The operation may go on.
    pub fn success(request: &CloudFormationHookRequest) -> Self {
        Self::new(request, CloudFormationHookStatus::Success)
    }

    /// The operation is against the rules, and why.
    pub fn non_compliant(request: &CloudFormationHookRequest, reason: impl Into<String>) -> Self {
        Self {
            error_code: Some(CloudFormationHookErrorCode::NonCompliant),
            message: Some(reason.into()),
            ..Self::new(request, CloudFormationHookStatus::Failed)
        }
    }

    /// The operation could not be judged, and why.
    pub fn internal_failure(request: &CloudFormationHookRequest, reason: impl Into<String>) -> Self {
        Self {
            error_code: Some(CloudFormationHookErrorCode::InternalFailure),
            message: Some(reason.into()),
            ..Self::new(request, CloudFormationHookStatus::Failed)
        }
    }

    /// Ask again in so many seconds. Up to 3 times.
    pub fn in_progress(request: &CloudFormationHookRequest, delay_seconds: u32) -> Self {
        Self {
            callback_delay_seconds: Some(delay_seconds),
            ..Self::new(request, CloudFormationHookStatus::InProgress)
        }
    }

    /// What whoever started the operation is told.
    #[must_use]
    pub fn with_message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// What the next invocation is told, as [`CloudFormationHookContext::callback_context`].
    #[must_use]
    pub fn with_callback_context(mut self, context: impl Into<Value>) -> Self {
        self.callback_context = Some(context.into());
        self
    }
}
