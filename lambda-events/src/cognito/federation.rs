use serde_json::Value;

use super::CognitoEventUserPoolsHeader;
use crate::encodings::{Map, Text};

open_enum! {
    /// What made Cognito ask about the attributes of a user of another identity provider.
    pub enum CognitoEventUserPoolsInboundFederationTriggerSource {
        /// The user signs in with another identity provider.
        ExternalProvider = "InboundFederation_ExternalProvider",
    }

    /// Kinds of identity providers.
    pub enum CognitoFederationProviderType {
        /// OpenID Connect.
        Oidc = "OIDC",
        /// SAML 2.0.
        Saml = "SAML",
        /// Facebook.
        Facebook = "Facebook",
        /// Google.
        Google = "Google",
        /// Sign in with Apple.
        SignInWithApple = "SignInWithApple",
        /// Login with Amazon.
        LoginWithAmazon = "LoginWithAmazon",
    }
}

event! {
    /// Somebody signs in with another identity provider, and the attributes that it sent can be others.
    ///
    /// <https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-inbound-federation.html>
    pub struct CognitoEventUserPoolsInboundFederation {
        /// What every event of a user pool begins with.
        #[serde(flatten)]
        pub cognito_event_user_pools_header:
            CognitoEventUserPoolsHeader<CognitoEventUserPoolsInboundFederationTriggerSource>,
        /// What the provider sent.
        required pub request: CognitoEventUserPoolsInboundFederationRequest,
        /// The answer: attributes of the user.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub response: CognitoEventUserPoolsInboundFederationResponse,
    }

    /// What an identity provider sent.
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsInboundFederationRequest {
        /// Name of the provider in the user pool.
        pub provider_name: String,
        /// Kind of the provider.
        #[serde(default)]
        pub provider_type: CognitoFederationProviderType,
        /// What it said about the user.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub attributes: CognitoEventUserPoolsInboundFederationAttributes,
    }

    /// What an identity provider said about a user. Values are strings, but for claims that the provider has as something else.
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsInboundFederationAttributes {
        /// Answer of the token endpoint: `access_token`, `expires_in`. Only of OpenID Connect and social providers.
        pub token_response: Map<Value>,
        /// Claims of the id token. Only of OpenID Connect and social providers.
        pub id_token: Map<Value>,
        /// Answer of the endpoint for user information. Only of OpenID Connect and social providers.
        pub user_info: Map<Value>,
        /// Attributes of the assertion. Only of SAML.
        pub saml_response: Map<Value>,
    }

    /// Attributes of a user of another identity provider.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct CognitoEventUserPoolsInboundFederationResponse {
        /// All attributes that the user gets, by their names at the provider: those that are missing are dropped. Empty leaves
        /// those that the provider sent.
        pub user_attributes_to_map: Map<String>,
    }
}

impl CognitoEventUserPoolsInboundFederationResponse {
    /// The attributes as the provider sent them.
    pub fn new() -> Self {
        Self { user_attributes_to_map: Map::from([] as [(&str, String); 0]), ..Default::default() }
    }

    /// Adds an attribute. From the first one on, only those that were added count.
    #[must_use]
    pub fn with_attribute(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.user_attributes_to_map.insert(name, value.into());
        self
    }
}
