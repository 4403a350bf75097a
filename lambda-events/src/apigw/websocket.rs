use super::{ApiGatewayRequestAuthorizer, ApiGatewayRequestIdentity, identity::flat};
use crate::encodings::{Headers, Map, MillisecondTimestamp, MultiHeaders, Text};

event! {
    /// A client of a WebSocket API connected, sent a message, or is gone.
    ///
    /// The answer to `$connect` decides whether the client may connect: with a status of 200 it may. That to a message is
    /// sent to the client if its route has a route response. That to `$disconnect` is dropped.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayWebsocketProxyRequest {
        /// A path. WebSocket APIs do not send it.
        pub resource: Option<String>,
        /// A path. WebSocket APIs do not send it.
        pub path: Option<String>,
        /// A method. WebSocket APIs do not send it.
        pub http_method: Option<Text>,
        /// Headers. Absent with messages.
        pub headers: Headers,
        /// Headers, all values of each. Absent with messages.
        pub multi_value_headers: MultiHeaders,
        /// Parameters of the query with which the client connects. Only with `$connect`.
        pub query_string_parameters: Map<String>,
        /// The same, all values of each.
        pub multi_value_query_string_parameters: Map<Vec<String>>,
        /// Parameters of a path. WebSocket APIs do not send them.
        pub path_parameters: Map<String>,
        /// Variables of the stage. Absent without any.
        pub stage_variables: Map<String>,
        /// What API Gateway knows of the connection.
        required pub request_context: ApiGatewayWebsocketProxyRequestContext,
        /// The message: text, or base64 if `is_base64_encoded`. Absent with `$connect` and `$disconnect`.
        pub body: Option<String>,
        /// Whether `body` is base64: the message is binary.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub is_base64_encoded: bool,
    }

    /// What API Gateway knows of a connection.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayWebsocketProxyRequestContext {
        /// Id of the account of the API.
        pub account_id: Option<String>,
        /// Id of the API.
        #[serde(rename = "apiId")]
        pub apiid: String,
        /// What the authorizer of `$connect` said, also with messages: everything is in its `fields`. Empty without one.
        #[serde(default, with = "flat", skip_serializing_if = "flat::is_absent")]
        pub authorizer: ApiGatewayRequestAuthorizer,
        /// When the client connected, in milliseconds since 1970.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub connected_at: MillisecondTimestamp,
        /// Id of the connection, by which messages are sent to the client.
        required pub connection_id: String,
        /// Why the client is gone, as it says. Only with `$disconnect`.
        pub disconnect_reason: Option<String>,
        /// Status code of RFC 6455 with which the connection was closed: 1001. Only with `$disconnect`.
        pub disconnect_status_code: Option<u16>,
        /// The domain that was called: `id.execute-api.us-east-1.amazonaws.com`, or your own.
        pub domain_name: String,
        /// An error of an authorizer. Absent without one.
        pub error: Option<String>,
        /// What happened.
        #[serde(default)]
        pub event_type: ApiGatewayWebsocketEventType,
        /// Id of the request, which API Gateway gives to those who ask AWS for help.
        pub extended_request_id: Option<String>,
        /// A method. WebSocket APIs do not send it.
        pub http_method: Option<Text>,
        /// Who called.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_default"
        )]
        pub identity: ApiGatewayRequestIdentity,
        /// Latency of an integration, in milliseconds. Not in events of integrations with Lambda.
        pub integration_latency: Option<String>,
        /// `IN`.
        pub message_direction: Text,
        /// Id of the message. Only with messages.
        pub message_id: Option<String>,
        /// Id of the request.
        pub request_id: String,
        /// When the event came, as logs of Apache write it: `07/Jan/2019:09:20:57 +0000`.
        pub request_time: String,
        /// When the event came, in milliseconds since 1970.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub request_time_epoch: MillisecondTimestamp,
        /// Id of a resource. WebSocket APIs do not send it.
        pub resource_id: Option<String>,
        /// Path of a resource. WebSocket APIs do not send it.
        pub resource_path: Option<String>,
        /// The route that was chosen: `$connect`, `$disconnect`, `$default`, or one of your own.
        pub route_key: String,
        /// Name of the stage: `prod`.
        pub stage: String,
        /// A status. Not in events of integrations with Lambda.
        pub status: Option<String>,
    }
}

open_enum! {
    /// What happened to a connection.
    pub enum ApiGatewayWebsocketEventType {
        /// A client wants to connect.
        Connect = "CONNECT",
        /// A client sent a message.
        Message = "MESSAGE",
        /// The connection is closed.
        Disconnect = "DISCONNECT",
    }
}

request_bodies!(ApiGatewayWebsocketProxyRequest);

impl ApiGatewayWebsocketProxyRequestContext {
    /// The URL under which the management API takes messages to clients: `https://{domain}/{stage}`, or of a domain of your
    /// own `https://{domain}`, to which its base path has to be added if it has one.
    ///
    /// It is the endpoint URL for `PostToConnection` of the AWS SDK.
    pub fn management_endpoint(&self) -> String {
        if self.domain_name.contains(".execute-api.") {
            format!("https://{}/{}", self.domain_name, self.stage)
        } else {
            format!("https://{}", self.domain_name)
        }
    }
}
