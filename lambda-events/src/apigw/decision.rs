use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::iam::{IamPolicyDocument, IamPolicyEffect, IamPolicyStatement};

event! {
    /// The answer of an authorizer of a REST or WebSocket API.
    ///
    /// API Gateway keeps it for the token, for as long as the time to live of the authorizer says, and judges other methods
    /// by it: allow all that the caller may call, [`every_method_of`] the API for one, or turn the cache off.
    ///
    /// ```
    /// use lambda_events::apigw::{
    ///     ApiGatewayCustomAuthorizerRequest, ApiGatewayCustomAuthorizerResponse, every_method_of,
    /// };
    /// use serde_json::json;
    ///
    /// fn judge(request: &ApiGatewayCustomAuthorizerRequest) -> ApiGatewayCustomAuthorizerResponse {
    ///     match request.bearer_token() {
    ///         Some("secret") => {
    ///             ApiGatewayCustomAuthorizerResponse::allow("user-7", every_method_of(&request.method_arn))
    ///                 .with_context(json!({ "tenant": "a" }))
    ///         }
    ///         _ => ApiGatewayCustomAuthorizerResponse::deny("nobody", &request.method_arn),
    ///     }
    /// }
    /// ```
    #[serde(
        rename_all = "camelCase",
        bound(deserialize = "T: DeserializeOwned + Default", serialize = "T: Serialize")
    )]
    pub struct ApiGatewayCustomAuthorizerResponse<T = Value> {
        /// Who called. Integrations see it as `principalId` of the authorizer.
        pub principal_id: String,
        /// What the caller may call: statements about `execute-api:Invoke`.
        pub policy_document: ApiGatewayCustomAuthorizerPolicy,
        /// What integrations see of the authorizer: a map of strings, numbers and booleans. Not written if it is `null`.
        #[serde(default, skip_serializing_if = "crate::de::is_null")]
        custom pub context: T,
        /// The API key of the caller, if the API takes it from authorizers. Absent otherwise.
        pub usage_identifier_key: Option<String>,
    }

    /// The answer of an authorizer of an HTTP API, in the simple form: yes or no to this request.
    ///
    /// Only with payloads of version 2.0, and with simple responses turned on.
    #[serde(
        rename_all = "camelCase",
        bound(deserialize = "T: DeserializeOwned + Default", serialize = "T: Serialize")
    )]
    pub struct ApiGatewayV2CustomAuthorizerSimpleResponse<T = Value> {
        /// Whether the caller may.
        pub is_authorized: bool,
        /// What integrations see of the authorizer, as `lambda`. Not written if it is `null`.
        #[serde(default, skip_serializing_if = "crate::de::is_null")]
        custom pub context: T,
    }

    /// The answer of an authorizer of an HTTP API, in the form of a policy.
    #[serde(
        rename_all = "camelCase",
        bound(deserialize = "T: DeserializeOwned + Default", serialize = "T: Serialize")
    )]
    pub struct ApiGatewayV2CustomAuthorizerIamPolicyResponse<T = Value> {
        /// Who called.
        pub principal_id: String,
        /// What the caller may call: statements about `execute-api:Invoke`.
        pub policy_document: ApiGatewayCustomAuthorizerPolicy,
        /// What integrations see of the authorizer, as `lambda`. Not written if it is `null`.
        #[serde(default, skip_serializing_if = "crate::de::is_null")]
        custom pub context: T,
    }
}

/// [`IamPolicyDocument`], by the name that authorizers have for it.
pub type ApiGatewayCustomAuthorizerPolicy = IamPolicyDocument;

fn policy(effect: IamPolicyEffect, resource: String) -> IamPolicyDocument {
    IamPolicyDocument::new([IamPolicyStatement::new(effect, ["execute-api:Invoke"], [resource])])
}

/// The ARN of every method of the stage that a method belongs to.
///
/// An ARN that is not one of a method comes back as it is.
///
/// ```
/// use lambda_events::apigw::every_method_of;
///
/// let method = "arn:aws:execute-api:us-east-1:123456789012:api/prod/GET/pets/7";
/// assert_eq!(every_method_of(method), "arn:aws:execute-api:us-east-1:123456789012:api/prod/*");
/// ```
pub fn every_method_of(method_arn: &str) -> String {
    let mut parts = method_arn.splitn(3, '/');
    match (parts.next(), parts.next(), parts.next()) {
        (Some(api), Some(stage), Some(_)) => format!("{api}/{stage}/*"),
        _ => method_arn.to_owned(),
    }
}

/// The two answers with a policy.
macro_rules! policies {
    ($($response:ident),+) => {$(
        impl<T: Default> $response<T> {
            /// The caller may call this resource: the ARN of a method, maybe with `*`.
            pub fn allow(principal_id: impl Into<String>, resource: impl Into<String>) -> Self {
                Self::new(principal_id, policy(IamPolicyEffect::Allow, resource.into()))
            }

            /// The caller may not call this resource, and gets a 403.
            pub fn deny(principal_id: impl Into<String>, resource: impl Into<String>) -> Self {
                Self::new(principal_id, policy(IamPolicyEffect::Deny, resource.into()))
            }

            /// The caller may what the policy says.
            pub fn new(principal_id: impl Into<String>, policy_document: IamPolicyDocument) -> Self {
                Self { principal_id: principal_id.into(), policy_document, ..Self::default() }
            }
        }

        impl<T> $response<T> {
            /// The same answer with this context for integrations: a map of strings, numbers and booleans.
            #[must_use]
            pub fn with_context(mut self, context: T) -> Self {
                self.context = context;
                self
            }
        }
    )+};
}

policies!(ApiGatewayCustomAuthorizerResponse, ApiGatewayV2CustomAuthorizerIamPolicyResponse);

impl<T> ApiGatewayCustomAuthorizerResponse<T> {
    /// The same answer with this API key of the caller.
    #[must_use]
    pub fn with_usage_identifier_key(mut self, key: impl Into<String>) -> Self {
        self.usage_identifier_key = Some(key.into());
        self
    }
}

impl<T: Default> ApiGatewayV2CustomAuthorizerSimpleResponse<T> {
    /// The caller may.
    pub fn allow() -> Self {
        Self { is_authorized: true, ..Self::default() }
    }

    /// The caller may not, and gets a 403.
    pub fn deny() -> Self {
        Self::default()
    }
}

impl<T> ApiGatewayV2CustomAuthorizerSimpleResponse<T> {
    /// The same answer with this context for integrations: a map of strings, numbers and booleans.
    #[must_use]
    pub fn with_context(mut self, context: T) -> Self {
        self.context = context;
        self
    }
}
