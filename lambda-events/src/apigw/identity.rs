use std::borrow::Cow;

use serde_json::Value;

use crate::encodings::{Map, Text};

event! {
    /// Who called, as far as API Gateway knows: the address, the API key, the AWS identity, the certificate.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayRequestIdentity {
        /// IP address of the caller: `192.0.2.1`. From the console it is `test-invoke-source-ip`.
        pub source_ip: Text,
        /// Header `User-Agent` of the caller. Absent if there was none.
        pub user_agent: Option<String>,
        /// The API key. Absent where the method needs none.
        pub api_key: Option<String>,
        /// Id of the API key. Absent where the method needs none.
        pub api_key_id: Option<Text>,
        /// Access key that signed the request. This and what follows is absent without authorization by IAM.
        pub access_key: Option<Text>,
        /// Id of the account that signed the request.
        pub account_id: Option<Text>,
        /// Id of the principal that signed the request.
        pub caller: Option<String>,
        /// Id of the user whose resource is accessed.
        pub user: Option<String>,
        /// ARN of the user or role that signed the request.
        pub user_arn: Option<String>,
        /// Id of the organization that the caller belongs to.
        pub principal_org_id: Option<Text>,
        /// `authenticated` or `unauthenticated`. This and what follows is absent without an identity of Amazon Cognito.
        pub cognito_authentication_type: Option<String>,
        /// The providers that vouched for the caller, separated by commas.
        pub cognito_authentication_provider: Option<String>,
        /// Id of the caller in the identity pool.
        pub cognito_identity_id: Option<String>,
        /// Id of the identity pool.
        pub cognito_identity_pool_id: Option<String>,
        /// Certificate of the caller. Absent without mutual TLS.
        pub client_cert: Option<ApiGatewayClientCert>,
        /// Id of the VPC of the caller. Only in private APIs.
        pub vpc_id: Option<String>,
        /// Id of the VPC endpoint that the caller uses. Only in private APIs.
        pub vpce_id: Option<String>,
    }

    /// The certificate that a client presented, with mutual TLS.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayClientCert {
        /// The certificate in PEM.
        pub client_cert_pem: String,
        /// Distinguished name of whom the certificate is for: `C=US,CN=My Client`.
        #[serde(rename = "subjectDN")]
        pub subject_dn: String,
        /// Distinguished name of who issued it.
        #[serde(rename = "issuerDN")]
        pub issuer_dn: String,
        /// Its serial number: bytes in hexadecimal with colons, or a number.
        pub serial_number: Text,
        /// From when to when it holds.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_default"
        )]
        pub validity: ApiGatewayClientCertValidity,
    }

    /// From when to when a certificate holds.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayClientCertValidity {
        /// The first moment, as OpenSSL writes it: `May 28 12:30:02 2019 GMT`.
        pub not_before: String,
        /// The last moment, as OpenSSL writes it.
        pub not_after: String,
    }

    /// What the authorizer of a route said.
    ///
    /// In a REST or WebSocket API, everything is in `fields`: what the Lambda authorizer put into its `context`, and
    /// `principalId`; or the `claims` of an Amazon Cognito user pool. In an HTTP API, it is where the kind of the authorizer
    /// puts it. [`get`](Self::get) and [`claim`](Self::claim) look in all places.
    pub struct ApiGatewayRequestAuthorizer {
        /// What a JWT authorizer of an HTTP API read in the token.
        pub jwt: Option<ApiGatewayRequestAuthorizerJwtDescription>,
        /// What a Lambda authorizer put into its `context`: strings, numbers and booleans.
        #[serde(rename = "lambda")]
        pub fields: Map<Value>,
        /// Who signed a request to an HTTP API that is authorized by IAM.
        pub iam: Option<ApiGatewayRequestAuthorizerIamDescription>,
    }

    /// What a JWT authorizer read in the token.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayRequestAuthorizerJwtDescription {
        /// The claims of the token. API Gateway writes all of them as strings, a list as `[a b]`.
        pub claims: Map<String>,
        /// The scopes that the route asks for. Absent if it asks for none.
        pub scopes: Option<Vec<String>>,
    }

    /// Who signed a request.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayRequestAuthorizerIamDescription {
        /// Access key that signed the request.
        pub access_key: Text,
        /// Id of the account of the caller.
        pub account_id: Text,
        /// Id of the principal: `AIDA…`, or `AROA…:session`.
        pub caller_id: String,
        /// The identity of Amazon Cognito behind the credentials. Absent if there is none.
        pub cognito_identity: Option<ApiGatewayRequestAuthorizerCognitoIdentity>,
        /// Id of the organization of the caller. Absent if there is none.
        pub principal_org_id: Option<Text>,
        /// ARN of the user or role.
        pub user_arn: String,
        /// Id of the user or role.
        pub user_id: Text,
    }

    /// An identity of Amazon Cognito.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayRequestAuthorizerCognitoIdentity {
        /// How the caller was authenticated: `authenticated`, the provider, and the provider with the user.
        pub amr: Vec<String>,
        /// Id of the caller in the identity pool.
        pub identity_id: String,
        /// Id of the identity pool.
        pub identity_pool_id: String,
    }
}

impl ApiGatewayRequestAuthorizer {
    /// What a Lambda authorizer put into its `context` under this name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.fields.get(name)
    }

    /// The caller, as a Lambda authorizer of a REST or WebSocket API named it.
    pub fn principal_id(&self) -> Option<&str> {
        self.get("principalId")?.as_str()
    }

    /// A claim of the token, of a JWT authorizer or an Amazon Cognito user pool. What is no string is its JSON.
    pub fn claim(&self, name: &str) -> Option<Cow<'_, str>> {
        if let Some(claim) = self.jwt.as_ref().and_then(|jwt| jwt.claims.get(name)) {
            return Some(claim.into());
        }
        match self.get("claims")?.get(name)? {
            Value::String(claim) => Some(claim.into()),
            claim => Some(claim.to_string().into()),
        }
    }

    /// Whether nothing was said: there is no authorizer.
    pub fn is_empty(&self) -> bool {
        self.jwt.is_none() && self.iam.is_none() && self.fields.is_empty()
    }
}

/// How a REST and a WebSocket API write what an authorizer said: without a level for its kind.
pub(super) mod flat {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use super::{ApiGatewayRequestAuthorizer, Map};

    pub(crate) fn is_absent(authorizer: &ApiGatewayRequestAuthorizer) -> bool {
        authorizer.fields.is_absent()
    }

    pub(crate) fn serialize<S: Serializer>(
        authorizer: &ApiGatewayRequestAuthorizer,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        authorizer.fields.serialize(serializer)
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<ApiGatewayRequestAuthorizer, D::Error> {
        let fields = Map::deserialize(deserializer)?;
        Ok(ApiGatewayRequestAuthorizer { fields, ..Default::default() })
    }
}

/// Where the caller of an authorizer is described as in a request.
pub type ApiGatewayCustomAuthorizerRequestTypeRequestIdentity = ApiGatewayRequestIdentity;
/// [`ApiGatewayClientCert`], by the name that authorizers have for it.
pub type ApiGatewayCustomAuthorizerRequestTypeRequestIdentityClientCert = ApiGatewayClientCert;
/// [`ApiGatewayClientCertValidity`], by the name that authorizers have for it.
pub type ApiGatewayCustomAuthorizerRequestTypeRequestIdentityClientCertValidity =
    ApiGatewayClientCertValidity;
/// [`ApiGatewayClientCert`], by the name that HTTP APIs have for it.
pub type ApiGatewayV2httpRequestContextAuthenticationClientCert = ApiGatewayClientCert;
/// [`ApiGatewayClientCertValidity`], by the name that HTTP APIs have for it.
pub type ApiGatewayV2httpRequestContextAuthenticationClientCertValidity = ApiGatewayClientCertValidity;
/// [`ApiGatewayRequestAuthorizer`], by the name that HTTP APIs have for it.
pub type ApiGatewayV2httpRequestContextAuthorizerDescription = ApiGatewayRequestAuthorizer;
/// [`ApiGatewayRequestAuthorizerJwtDescription`], by the name that HTTP APIs have for it.
pub type ApiGatewayV2httpRequestContextAuthorizerJwtDescription = ApiGatewayRequestAuthorizerJwtDescription;
/// [`ApiGatewayRequestAuthorizerIamDescription`], by the name that HTTP APIs have for it.
pub type ApiGatewayV2httpRequestContextAuthorizerIamDescription = ApiGatewayRequestAuthorizerIamDescription;
/// [`ApiGatewayRequestAuthorizerCognitoIdentity`], by the name that HTTP APIs have for it.
pub type ApiGatewayV2httpRequestContextAuthorizerCognitoIdentity = ApiGatewayRequestAuthorizerCognitoIdentity;
