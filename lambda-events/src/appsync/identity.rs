use serde::{Deserialize, Deserializer, Serialize, de};
use serde_json::Value;

use crate::encodings::Map;

event! {
    /// A caller who signed with AWS IAM.
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncIamIdentity {
        /// Id of the account of the caller.
        pub account_id: String,
        /// The provider that vouched for the caller. This and the other `cognito` fields are absent without Amazon Cognito.
        pub cognito_identity_auth_provider: Option<String>,
        /// `authenticated` or `unauthenticated`.
        pub cognito_identity_auth_type: Option<String>,
        /// Id of the caller in the identity pool.
        pub cognito_identity_id: Option<String>,
        /// Id of the identity pool.
        pub cognito_identity_pool_id: Option<String>,
        /// IP addresses of the caller, and of proxies in between.
        pub source_ip: Vec<String>,
        /// Id of the user, which some samples have in place of `username`.
        pub user: Option<String>,
        /// Id of the user, maybe with a session: `AIDA…`.
        pub username: Option<String>,
        /// ARN of the user or role.
        pub user_arn: String,
    }

    /// A caller of an Amazon Cognito user pool.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: Default + de::DeserializeOwned"))]
    pub struct AppSyncCognitoIdentity<T = Value> {
        /// The claims of the token.
        pub claims: Map<T>,
        /// What the API does without a directive: `ALLOW` or `DENY`.
        pub default_auth_strategy: Option<String>,
        /// The groups of the user. `None` without any.
        pub groups: Option<Vec<String>>,
        /// Who issued the token.
        pub issuer: String,
        /// IP addresses of the caller, and of proxies in between.
        pub source_ip: Vec<String>,
        /// UUID of the user.
        pub sub: String,
        /// Name of the user.
        pub username: String,
    }

    /// A caller with a token of OpenID Connect.
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncIdentityOIDC<T = Value> {
        /// The claims of the token.
        pub claims: T,
        /// Who issued the token.
        pub issuer: String,
        /// Who the token is for.
        pub sub: String,
    }

    /// A caller whom a Lambda authorizer let in.
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncIdentityLambda<T = Value> {
        /// What an authorizer of GraphQL put into its `resolverContext`.
        pub resolver_context: Option<T>,
        /// What an authorizer of AppSync Events put into its `handlerContext`.
        pub handler_context: Option<T>,
    }
}

/// Who called, by the kind of the authorization. With an API key there is no identity.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum AppSyncIdentity {
    /// Signed with AWS IAM.
    IAM(AppSyncIamIdentity),
    /// Of an Amazon Cognito user pool.
    Cognito(AppSyncCognitoIdentity),
    /// With a token of OpenID Connect.
    OIDC(AppSyncIdentityOIDC),
    /// Let in by a Lambda authorizer.
    Lambda(AppSyncIdentityLambda),
}

impl Default for AppSyncIdentity {
    fn default() -> Self {
        Self::IAM(AppSyncIamIdentity::default())
    }
}

impl AppSyncIdentity {
    /// Name of the caller: of the user with AWS IAM and Amazon Cognito, `sub` with OpenID Connect.
    pub fn name(&self) -> Option<&str> {
        match self {
            Self::IAM(identity) => identity.username.as_deref().or(identity.user.as_deref()),
            Self::Cognito(identity) => Some(&identity.username),
            Self::OIDC(identity) => Some(&identity.sub),
            Self::Lambda(_) => None,
        }
    }
}

/// The kinds are told apart by the members that only they have.
impl<'de> Deserialize<'de> for AppSyncIdentity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let identity = Value::deserialize(deserializer)?;
        let has = |member| identity.get(member).is_some_and(|value| !value.is_null());
        let read = if has("resolverContext") || has("handlerContext") {
            serde_json::from_value(identity).map(Self::Lambda)
        } else if has("username") && has("claims") {
            serde_json::from_value(identity).map(Self::Cognito)
        } else if has("claims") {
            serde_json::from_value(identity).map(Self::OIDC)
        } else {
            serde_json::from_value(identity).map(Self::IAM)
        };
        read.map_err(de::Error::custom)
    }
}
