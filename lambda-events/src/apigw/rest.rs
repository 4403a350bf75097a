use super::{ApiGatewayRequestAuthorizer, ApiGatewayRequestIdentity, identity::flat};
use crate::encodings::{Body, Headers, Map, MillisecondTimestamp, MultiHeaders, Text};

event! {
    /// A request to a REST API, or to an HTTP API with payloads of version 1.0.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayProxyRequest {
        /// Version of the payload: `1.0`. Only HTTP APIs say it.
        pub version: Option<String>,
        /// The path of the resource, with its parameters: `/pets/{id}`.
        pub resource: String,
        /// The path of the request, without the stage: `/pets/7`.
        pub path: String,
        /// Method of HTTP: `GET`.
        required pub http_method: Text,
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
        /// What API Gateway knows of the request: the API, the stage, the caller.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        pub request_context: ApiGatewayProxyRequestContext,
        /// The body: text, or base64 if `is_base64_encoded`. Absent if there is none.
        pub body: Option<String>,
        /// Whether `body` is base64: its type is among the binary media types of the API.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub is_base64_encoded: bool,
    }

    /// What API Gateway knows of a request to a REST API.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayProxyRequestContext {
        /// Id of the account of the API. From the console, of the caller.
        pub account_id: Text,
        /// Id of the API.
        #[serde(rename = "apiId")]
        pub apiid: Text,
        /// What the authorizer of the method said: everything is in its `fields`. Empty without an authorizer.
        #[serde(default, with = "flat", skip_serializing_if = "flat::is_absent")]
        pub authorizer: ApiGatewayRequestAuthorizer,
        /// Id of the deployment of the stage. Absent in old samples.
        pub deployment_id: Option<Text>,
        /// The domain that was called: `id.execute-api.us-east-1.amazonaws.com`, or your own.
        pub domain_name: Option<String>,
        /// The first label of `domain_name`.
        pub domain_prefix: Option<String>,
        /// Id of the request, which API Gateway gives to those who ask AWS for help.
        pub extended_request_id: Option<String>,
        /// Method of HTTP: `GET`.
        pub http_method: Text,
        /// Who called.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "crate::de::is_default"
        )]
        pub identity: ApiGatewayRequestIdentity,
        /// Name of the operation, in an API that was imported from OpenAPI. Absent without one.
        pub operation_name: Option<String>,
        /// The path of the request, with the stage: `/prod/pets/7`.
        pub path: Option<String>,
        /// `HTTP/1.1` or `HTTP/2.0`.
        pub protocol: Option<Text>,
        /// Id of the request. Clients can set it with the header `x-amzn-requestid`.
        pub request_id: String,
        /// When the request came, as logs of Apache write it: `15/May/2020:06:01:09 +0000`.
        pub request_time: Option<String>,
        /// When the request came, in milliseconds since 1970.
        pub request_time_epoch: Option<MillisecondTimestamp>,
        /// Id of the resource.
        pub resource_id: Text,
        /// The path of the resource, with its parameters: `/pets/{id}`.
        pub resource_path: String,
        /// Name of the stage: `prod`.
        pub stage: Text,
    }
}

http_answer! {
    /// The answer of a REST or WebSocket API, or of an HTTP API with payloads of version 1.0.
    ///
    /// API Gateway answers 502 to the client if it cannot read this.
    ///
    /// ```
    /// use lambda_events::apigw::ApiGatewayProxyResponse;
    ///
    /// let answer = ApiGatewayProxyResponse::json(&["a", "b"])?
    ///     .with_header("cache-control", "no-store")
    ///     .with_multi_value_header("set-cookie", "a=1")
    ///     .with_multi_value_header("set-cookie", "b=2");
    /// # Ok::<(), serde_json::Error>(())
    /// ```
    pub struct ApiGatewayProxyResponse {
        /// Headers, a list of values per name. They are joined with `headers`; of a name in both, these count.
        pub multi_value_headers: MultiHeaders,
    }
    others: multi_value_headers
}

request_bodies!(ApiGatewayProxyRequest);

impl ApiGatewayProxyRequest {
    /// A header, by its name in whatever case. The last value, of one that the client repeats.
    pub fn header(&self, name: &str) -> Option<&str> {
        let all = || self.multi_value_headers.get_all(name).last().map(String::as_str);
        self.headers.get(name).or_else(all)
    }

    /// A parameter of the query. The last value, of one that the client repeats.
    pub fn query(&self, name: &str) -> Option<&str> {
        let all = || self.multi_value_query_string_parameters.get(name)?.last();
        self.query_string_parameters.get(name).or_else(all).map(String::as_str)
    }

    /// All values of a parameter of the query.
    pub fn query_all(&self, name: &str) -> &[String] {
        match self.multi_value_query_string_parameters.get(name) {
            Some(values) => values,
            None => self.query_string_parameters.get(name).map(std::slice::from_ref).unwrap_or_default(),
        }
    }
}

impl ApiGatewayProxyResponse {
    /// The same answer with this value added to a header.
    #[must_use]
    pub fn with_multi_value_header(mut self, name: impl Into<Text>, value: impl Into<String>) -> Self {
        self.multi_value_headers.append(name, value);
        self
    }
}
