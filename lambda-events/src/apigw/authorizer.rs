use super::{ApiGatewayRequestIdentity, ApiGatewayV2httpRequestContext, ApiGatewayWebsocketEventType};
use crate::encodings::{Headers, Map, MillisecondTimestamp, MultiHeaders, Text};

event! {
    /// A request to be judged, of an authorizer of the kind `REQUEST` of a REST or WebSocket API.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayCustomAuthorizerRequestTypeRequest {
        /// `REQUEST`.
        pub type_: Text,
        /// ARN of the method that was called: `arn:aws:execute-api:us-east-1:123456789012:api/stage/GET/pets`, or
        /// `…/stage/$connect`.
        required pub method_arn: String,
        /// Version of the payload: `1.0`. Only of an HTTP API.
        pub version: Option<Text>,
        /// The values that the answer is cached by, joined by commas. Only of an HTTP API.
        pub identity_source: Option<String>,
        /// The same. Only of an HTTP API.
        pub authorization_token: Option<String>,
        /// The path of the resource, with its parameters: `/pets/{id}`. Absent in a WebSocket API.
        pub resource: Option<String>,
        /// The path of the request: `/pets/7`. Absent in a WebSocket API.
        pub path: Option<String>,
        /// Method of HTTP: `GET`. Absent in a WebSocket API.
        pub http_method: Option<Text>,
        /// Headers. Of a header that the client repeats, the last value.
        pub headers: Headers,
        /// Headers, all values of each.
        pub multi_value_headers: MultiHeaders,
        /// Parameters of the query, decoded. Of one that the client repeats, the last value.
        pub query_string_parameters: Map<String>,
        /// Parameters of the query, decoded, all values of each.
        pub multi_value_query_string_parameters: Map<Vec<String>>,
        /// Parameters of the path, by the names that the resource gives them.
        pub path_parameters: Map<String>,
        /// Variables of the stage.
        pub stage_variables: Map<String>,
        /// What API Gateway knows of the request.
        required pub request_context: ApiGatewayCustomAuthorizerRequestTypeRequestContext,
    }

    /// What API Gateway knows of a request that is to be judged.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayCustomAuthorizerRequestTypeRequestContext {
        /// The path of the request, with the stage. Absent in a WebSocket API.
        pub path: Option<String>,
        /// Id of the account of the API. Absent in a WebSocket API.
        pub account_id: Option<String>,
        /// Id of the resource. Absent in a WebSocket API.
        pub resource_id: Option<String>,
        /// Name of the stage: `prod`.
        pub stage: String,
        /// The domain that was called. Absent in old samples.
        pub domain_name: Option<String>,
        /// The first label of `domain_name`.
        pub domain_prefix: Option<String>,
        /// Id of the request.
        pub request_id: String,
        /// Id of the request, which API Gateway gives to those who ask AWS for help.
        pub extended_request_id: Option<String>,
        /// `HTTP/1.1` or `HTTP/2.0`. Absent in a WebSocket API.
        pub protocol: Option<String>,
        /// Who called.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_default"
        )]
        pub identity: ApiGatewayRequestIdentity,
        /// Name of the operation, in an API that was imported from OpenAPI.
        pub operation_name: Option<String>,
        /// The path of the resource, with its parameters: `/pets/{id}`. Absent in a WebSocket API.
        pub resource_path: Option<String>,
        /// Method of HTTP: `GET`. Absent in a WebSocket API.
        pub http_method: Option<Text>,
        /// When the request came, as logs of Apache write it: `15/May/2020:06:01:09 +0000`.
        pub request_time: Option<String>,
        /// When the request came, in milliseconds since 1970.
        pub request_time_epoch: Option<MillisecondTimestamp>,
        /// Id of the API.
        #[serde(rename = "apiId")]
        pub apiid: String,
        /// When the client connected, in milliseconds since 1970. Only in a WebSocket API, as is all that follows.
        pub connected_at: Option<MillisecondTimestamp>,
        /// Id of the connection.
        pub connection_id: Option<String>,
        /// What happened: `CONNECT`.
        pub event_type: Option<ApiGatewayWebsocketEventType>,
        /// `IN`.
        pub message_direction: Option<Text>,
        /// The route: `$connect`.
        pub route_key: Option<String>,
    }
}

secret_event! {
    /// A request to be judged, of an authorizer of an HTTP API with payloads of version 1.0.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayV2CustomAuthorizerV1Request {
        /// Version of the payload: `1.0`.
        pub version: Text,
        /// `REQUEST`.
        pub type_: Text,
        /// ARN of the route that was called.
        required pub method_arn: String,
        /// What identifies the caller, separated by commas: the values that the authorizer names. Absent if it names none.
        pub identity_source: Option<String>,
        /// The same as `identity_source`.
        pub authorization_token: Option<String>,
        /// The path of the route, with its parameters: `/pets/{id}`.
        pub resource: String,
        /// The path of the request: `/pets/7`.
        pub path: String,
        /// Method of HTTP: `GET`.
        pub http_method: Text,
        /// Headers. Of a header that the client repeats, the last value.
        pub headers: Headers,
        /// Headers, all values of each.
        pub multi_value_headers: MultiHeaders,
        /// Parameters of the query, decoded. Of one that the client repeats, the last value.
        pub query_string_parameters: Map<String>,
        /// Parameters of the query, decoded, all values of each.
        pub multi_value_query_string_parameters: Map<Vec<String>>,
        /// Parameters of the path, by the names that the route gives them.
        pub path_parameters: Map<String>,
        /// Variables of the stage.
        pub stage_variables: Map<String>,
        /// What API Gateway knows of the request.
        required pub request_context: ApiGatewayV2CustomAuthorizerV1RequestTypeRequestContext,
    }
    secrets: identity_source, authorization_token
}

secret_event! {
    /// A request to be judged, of an authorizer of an HTTP API with payloads of version 2.0.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayV2CustomAuthorizerV2Request {
        /// Version of the payload: `2.0`.
        pub version: Text,
        /// `REQUEST`.
        pub type_: Text,
        /// ARN of the route that was called: `arn:aws:execute-api:us-east-1:123456789012:api/stage/GET/pets`.
        required pub route_arn: String,
        /// What identifies the caller: the values that the authorizer names. Absent if it names none.
        #[serde(deserialize_with = "crate::de::scalar::optional_list")]
        pub identity_source: Option<Vec<String>>,
        /// The route that was chosen: `GET /pets/{id}`, or `$default`.
        pub route_key: String,
        /// The path as the client wrote it.
        pub raw_path: String,
        /// The query as the client wrote it. Empty if there is none.
        pub raw_query_string: String,
        /// The cookies, `name=value`. Absent if there are none.
        pub cookies: Option<Vec<String>>,
        /// Headers, their names in lower case. Values of a header that the client repeats are joined by commas.
        pub headers: Headers,
        /// Parameters of the query, decoded. Values of one that the client repeats are joined by commas. Absent without any.
        pub query_string_parameters: Map<String>,
        /// What API Gateway knows of the request.
        required pub request_context: ApiGatewayV2httpRequestContext,
        /// Parameters of the path, by the names that the route gives them. Absent without any.
        pub path_parameters: Map<String>,
        /// Variables of the stage. Absent without any.
        pub stage_variables: Map<String>,
    }
    secrets: identity_source
}

secret_event! {
    /// A token to be judged, of an authorizer of the kind `TOKEN` of a REST API.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayCustomAuthorizerRequest {
        /// `TOKEN`.
        pub type_: Text,
        /// Value of the header that the authorizer names: `Bearer …`.
        required pub authorization_token: String,
        /// ARN of the method that was called: `arn:aws:execute-api:us-east-1:123456789012:api/stage/GET/pets`.
        pub method_arn: String,
    }
    secrets: authorization_token
}

/// [`ApiGatewayCustomAuthorizerRequestTypeRequestContext`], by the name that HTTP APIs have for it.
pub type ApiGatewayV2CustomAuthorizerV1RequestTypeRequestContext =
    ApiGatewayCustomAuthorizerRequestTypeRequestContext;

impl ApiGatewayCustomAuthorizerRequest {
    /// What follows `Bearer` in the token, in whatever case. `None` if it starts with another word.
    pub fn bearer_token(&self) -> Option<&str> {
        let (scheme, token) = self.authorization_token.trim().split_once(' ')?;
        scheme.eq_ignore_ascii_case("bearer").then(|| token.trim_start())
    }
}
