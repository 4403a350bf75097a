use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::encodings::{Headers, Map, Text};

event! {
    /// A query to be judged.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned + Default"))]
    pub struct AppSyncLambdaAuthorizerRequestContext<T = Value> {
        /// Id of the API.
        #[serde(rename = "apiId")]
        pub apiid: String,
        /// Id of the account of the API.
        pub account_id: String,
        /// Id of the request.
        pub request_id: String,
        /// The query, as GraphQL.
        pub query_string: String,
        /// Name of the operation, if the query has several. Absent, or `null`, if it has none.
        pub operation_name: Option<String>,
        /// Variables of the query.
        pub variables: Map<T>,
    }

    /// What an authorizer of GraphQL says.
    #[serde(rename_all = "camelCase", bound(deserialize = "T: DeserializeOwned + Default"))]
    pub struct AppSyncLambdaAuthorizerResponse<T = Value> {
        /// Whether the caller may. Without, AppSync answers with an `UnauthorizedException`.
        pub is_authorized: bool,
        /// What resolvers see as `resolverContext` of the identity, up to 5 MiB of JSON.
        pub resolver_context: Map<T>,
        /// Fields that are `null` for this caller: ARNs, or `Type.field`. Absent if there are none.
        pub denied_fields: Option<Vec<String>>,
        /// For how many seconds this is kept for the token; 0 for not at all. Absent, the setting of the API holds.
        pub ttl_override: Option<u32>,
    }

    /// What is asked for.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsAuthorizerRequestContext {
        /// Id of the API.
        #[serde(rename = "apiId")]
        pub apiid: Text,
        /// Id of the account of the API.
        pub account_id: String,
        /// Id of the request.
        pub request_id: String,
        /// What is asked for.
        required pub operation: AppSyncEventsOperation,
        /// Name of the namespace of the channel. `None` when somebody connects.
        pub channel_namespace_name: Option<String>,
        /// The channel: `/default/orders`. `None` when somebody connects.
        pub channel: Option<String>,
    }

    /// What an authorizer of AppSync Events says.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsAuthorizerResponse {
        /// Whether the caller may.
        pub is_authorized: bool,
        /// What handlers see as `handlerContext` of the identity: strings.
        pub handler_context: Map<String>,
        /// For how many seconds this is kept for the token; 0 for not at all. Absent, the setting of the API holds.
        pub ttl_override: Option<u32>,
    }
}

secret_event! {
    /// A request to be judged, of a Lambda authorizer of AppSync Events.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncEventsAuthorizerRequest {
        /// Value of the header `Authorization`.
        pub authorization_token: String,
        /// What is asked for.
        required pub request_context: AppSyncEventsAuthorizerRequestContext,
        /// Headers of the request.
        pub request_headers: Headers,
    }
    secrets: authorization_token
}

secret_event! {
    /// A query to be judged, of a Lambda authorizer of GraphQL.
    #[serde(rename_all = "camelCase")]
    pub struct AppSyncLambdaAuthorizerRequest {
        /// Value of the header `Authorization`.
        pub authorization_token: String,
        /// The query.
        required pub request_context: AppSyncLambdaAuthorizerRequestContext,
        /// Headers of the request. Absent in old samples.
        pub request_headers: Headers,
    }
    secrets: authorization_token
}

open_enum! {
    /// What is done with AppSync Events. Handlers see `PUBLISH` and `SUBSCRIBE`, authorizers the others.
    pub enum AppSyncEventsOperation {
        /// Somebody publishes to a channel.
        Publish = "PUBLISH",
        /// Somebody subscribes to a channel.
        Subscribe = "SUBSCRIBE",
        /// Somebody connects, to be judged.
        EventConnect = "EVENT_CONNECT",
        /// Somebody publishes to a channel, to be judged.
        EventPublish = "EVENT_PUBLISH",
        /// Somebody subscribes to a channel, to be judged.
        EventSubscribe = "EVENT_SUBSCRIBE",
    }
}

impl<T> AppSyncLambdaAuthorizerResponse<T>
where
    Self: Default,
{
    /// The caller may.
    pub fn allow() -> Self {
        Self { is_authorized: true, ..Self::default() }
    }

    /// The caller may not.
    pub fn deny() -> Self {
        Self::default()
    }

    /// The same with this for resolvers.
    #[must_use]
    pub fn with_context(mut self, name: impl Into<Text>, value: impl Into<T>) -> Self {
        self.resolver_context.insert(name, value.into());
        self
    }

    /// The same without these fields: ARNs, or `Type.field`.
    #[must_use]
    pub fn with_denied_fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> Self {
        self.denied_fields = Some(fields.into_iter().map(Into::into).collect());
        self
    }

    /// The same, kept for this many seconds.
    #[must_use]
    pub fn with_ttl(mut self, seconds: u32) -> Self {
        self.ttl_override = Some(seconds);
        self
    }
}

impl AppSyncEventsAuthorizerResponse {
    /// The caller may.
    pub fn allow() -> Self {
        Self { is_authorized: true, ..Self::default() }
    }

    /// The caller may not.
    pub fn deny() -> Self {
        Self::default()
    }

    /// The same with this for handlers.
    #[must_use]
    pub fn with_context(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.handler_context.insert(name, value.into());
        self
    }

    /// The same, kept for this many seconds.
    #[must_use]
    pub fn with_ttl(mut self, seconds: u32) -> Self {
        self.ttl_override = Some(seconds);
        self
    }
}
