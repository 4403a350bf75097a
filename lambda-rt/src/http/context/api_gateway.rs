//! What API Gateway and function URLs say of a request.

use std::collections::HashMap;

use http::Method;
use serde_json::Value;

use super::context;

context! {
    /// `requestContext` of a REST API, and of an HTTP API with payload format 1.0.
    RestContext {
        /// The account that owns the API.
        account_id: Option<String>,
        /// The id of the API.
        #[serde(rename = "apiId")]
        apiid: Option<String>,
        /// What the authorizer returned, or the claims of a Cognito user pool.
        #[serde(with = "super::flat")]
        authorizer: RequestAuthorizer,
        /// The domain that was called.
        domain_name: Option<String>,
        /// The first label of the domain.
        domain_prefix: Option<String>,
        /// The id that the caller may be shown in support cases.
        extended_request_id: Option<String>,
        /// The method.
        #[serde(with = "super::method")]
        http_method: Method,
        /// Who called.
        #[serde(deserialize_with = "super::nullish")]
        identity: RestIdentity,
        /// The name of the operation.
        operation_name: Option<String>,
        /// The path with its stage or base path.
        path: Option<String>,
        /// The protocol, such as `HTTP/1.1`.
        protocol: Option<String>,
        /// API Gateway's id of the request.
        request_id: Option<String>,
        /// When the request came, as text.
        request_time: Option<String>,
        /// When the request came, in milliseconds since 1970.
        #[serde(deserialize_with = "super::nullish")]
        request_time_epoch: i64,
        /// The id of the resource.
        resource_id: Option<String>,
        /// The path of the resource, with its placeholders.
        resource_path: Option<String>,
        /// The stage.
        stage: Option<String>,
    }

    /// Who called a REST or WebSocket API.
    RestIdentity {
        /// The access key that signed the request.
        access_key: Option<String>,
        /// The account that signed the request.
        account_id: Option<String>,
        /// The caller's API key, where one is required.
        api_key: Option<String>,
        /// The id of the API key.
        api_key_id: Option<String>,
        /// The principal of a caller with IAM credentials.
        caller: Option<String>,
        /// The certificate of the caller, with mutual TLS.
        client_cert: Option<ClientCertificate>,
        /// The providers that vouched for a Cognito identity.
        cognito_authentication_provider: Option<String>,
        /// `authenticated` or `unauthenticated`.
        cognito_authentication_type: Option<String>,
        /// The Cognito identity.
        cognito_identity_id: Option<String>,
        /// The identity pool.
        cognito_identity_pool_id: Option<String>,
        /// The address of the caller.
        source_ip: Option<String>,
        /// The user of a caller with IAM credentials.
        user: Option<String>,
        /// The caller's user agent.
        user_agent: Option<String>,
        /// The ARN of a caller with IAM credentials.
        user_arn: Option<String>,
    }

    /// `requestContext` of an HTTP API or a function URL.
    HttpContext {
        /// The account that owns the API; `anonymous` for a function URL without authorization.
        account_id: Option<String>,
        /// The id of the API or the URL.
        #[serde(rename = "apiId")]
        apiid: Option<String>,
        /// The certificate of the caller, with mutual TLS.
        authentication: Option<HttpAuthentication>,
        /// What the authorizer found.
        authorizer: Option<RequestAuthorizer>,
        /// The domain that was called.
        domain_name: Option<String>,
        /// The first label of the domain.
        domain_prefix: Option<String>,
        /// The request line, and who sent it.
        #[serde(deserialize_with = "super::nullish")]
        http: HttpDescription,
        /// API Gateway's id of the request.
        request_id: Option<String>,
        /// The route, such as `GET /orders/{id}`.
        route_key: Option<String>,
        /// The stage.
        stage: Option<String>,
        /// When the request came, as text.
        time: Option<String>,
        /// When the request came, in milliseconds since 1970.
        #[serde(deserialize_with = "super::nullish")]
        time_epoch: i64,
    }

    /// The request line of an HTTP API or function URL, and who sent it.
    HttpDescription {
        /// The method.
        #[serde(with = "super::method")]
        method: Method,
        /// The path with its stage.
        path: Option<String>,
        /// The protocol, such as `HTTP/1.1`.
        protocol: Option<String>,
        /// The address of the caller.
        source_ip: Option<String>,
        /// The caller's user agent.
        user_agent: Option<String>,
    }

    /// How a caller of an HTTP API identified itself.
    HttpAuthentication {
        /// Its certificate.
        client_cert: Option<ClientCertificate>,
    }

    /// The certificate that a caller presented.
    ClientCertificate {
        /// The certificate in PEM.
        client_cert_pem: Option<String>,
        /// Whom it is for.
        #[serde(rename = "subjectDN")]
        subject_dn: Option<String>,
        /// Who issued it.
        #[serde(rename = "issuerDN")]
        issuer_dn: Option<String>,
        /// Its serial number.
        serial_number: Option<String>,
        /// From when to when it holds.
        #[serde(deserialize_with = "super::nullish")]
        validity: Validity,
    }

    /// From when to when a certificate holds, as OpenSSL writes times.
    Validity {
        /// The first moment.
        not_before: Option<String>,
        /// The last moment.
        not_after: Option<String>,
    }

    /// What an authorizer found.
    RequestAuthorizer {
        /// What a Lambda authorizer put into its `context`; of a REST or WebSocket API also `principalId`, or the `claims` of a
        /// Cognito user pool.
        #[serde(rename = "lambda", deserialize_with = "super::nullish")]
        fields: HashMap<String, Value>,
        /// Claims and scopes of a JSON web token, of an HTTP API.
        jwt: Option<JwtAuthorizer>,
        /// Who signed the request, of an HTTP API or a function URL.
        iam: Option<IamAuthorizer>,
    }

    /// A JSON web token that API Gateway has verified.
    JwtAuthorizer {
        /// The claims, all of them as text.
        #[serde(deserialize_with = "super::texts")]
        claims: HashMap<String, String>,
        /// The scopes.
        scopes: Option<Vec<String>>,
    }

    /// Who signed a request.
    IamAuthorizer {
        /// The access key that signed the request.
        access_key: Option<String>,
        /// The account of the caller.
        account_id: Option<String>,
        /// The id of the caller.
        caller_id: Option<String>,
        /// The Cognito identity behind the credentials.
        cognito_identity: Option<CognitoIdentity>,
        /// The organization of the caller.
        principal_org_id: Option<String>,
        /// The ARN of the user or role.
        user_arn: Option<String>,
        /// The id of the user or role.
        user_id: Option<String>,
    }

    /// A Cognito identity.
    CognitoIdentity {
        /// How the caller was authenticated.
        #[serde(deserialize_with = "super::nullish")]
        amr: Vec<String>,
        /// The identity.
        identity_id: Option<String>,
        /// The identity pool.
        identity_pool_id: Option<String>,
    }

    /// `requestContext` of a WebSocket API.
    WebSocketContext {
        /// The account that owns the API.
        account_id: Option<String>,
        /// The id of the API.
        #[serde(rename = "apiId")]
        apiid: Option<String>,
        /// What the authorizer returned.
        #[serde(with = "super::flat")]
        authorizer: RequestAuthorizer,
        /// When the connection was opened, in milliseconds since 1970.
        #[serde(deserialize_with = "super::nullish")]
        connected_at: i64,
        /// The connection, to which messages are posted at `https://{domain_name}/{stage}/@connections/{connection_id}`.
        connection_id: Option<String>,
        /// Why the connection ended.
        disconnect_reason: Option<String>,
        /// The status with which the connection ended.
        disconnect_status_code: Option<i64>,
        /// The domain that was called.
        domain_name: Option<String>,
        /// `CONNECT`, `MESSAGE` or `DISCONNECT`.
        event_type: Option<String>,
        /// The id that the caller may be shown in support cases.
        extended_request_id: Option<String>,
        /// Who called.
        #[serde(deserialize_with = "super::nullish")]
        identity: RestIdentity,
        /// `IN`.
        message_direction: Option<String>,
        /// The id of the message.
        message_id: Option<String>,
        /// API Gateway's id of the request.
        request_id: Option<String>,
        /// When the message came, as text.
        request_time: Option<String>,
        /// When the message came, in milliseconds since 1970.
        #[serde(deserialize_with = "super::nullish")]
        request_time_epoch: i64,
        /// The route, such as `$connect`.
        route_key: Option<String>,
        /// The stage.
        stage: Option<String>,
    }
}
