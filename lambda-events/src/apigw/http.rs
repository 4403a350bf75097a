use super::{ApiGatewayClientCert, ApiGatewayRequestAuthorizer};
use crate::encodings::{Body, Headers, Map, MillisecondTimestamp, Text};

event! {
    /// A request to an HTTP API, with payloads of version 2.0.
    ///
    /// The method is in `request_context.http`.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayV2httpRequest {
        /// Version of the payload: `2.0`.
        pub version: Text,
        /// The route that was chosen: `GET /pets/{id}`, or `$default`.
        pub route_key: Text,
        /// The path as the client wrote it, with the stage unless it is `$default`: `/pets/7`.
        pub raw_path: String,
        /// The query as the client wrote it. Empty if there is none.
        pub raw_query_string: String,
        /// The cookies, `name=value`, of the header that is not among `headers`. Absent if there are none.
        pub cookies: Option<Vec<String>>,
        /// Headers, their names in lower case. Values of a header that the client repeats are joined by commas.
        pub headers: Headers,
        /// Parameters of the query, decoded. Values of one that the client repeats are joined by commas. Absent without any.
        pub query_string_parameters: Map<String>,
        /// Parameters of the path, by the names that the route gives them. Absent without any.
        pub path_parameters: Map<String>,
        /// What API Gateway knows of the request: the API, the stage, the caller.
        required pub request_context: ApiGatewayV2httpRequestContext,
        /// Variables of the stage. Absent without any.
        pub stage_variables: Map<String>,
        /// The body: text, or base64 if `is_base64_encoded`. Absent if there is none.
        pub body: Option<String>,
        /// Whether `body` is base64: API Gateway takes its `Content-Type` for one of bytes.
        #[serde(default, deserialize_with = "crate::de::null_as_default")]
        custom pub is_base64_encoded: bool,
    }

    /// What API Gateway knows of a request to an HTTP API.
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayV2httpRequestContext {
        /// Id of the account of the API.
        pub account_id: Text,
        /// Id of the API.
        #[serde(rename = "apiId")]
        pub apiid: Text,
        /// The certificate of the client. Absent without mutual TLS.
        pub authentication: Option<ApiGatewayV2httpRequestContextAuthentication>,
        /// What the authorizer of the route said. Absent without one.
        pub authorizer: Option<ApiGatewayRequestAuthorizer>,
        /// The domain that was called: `id.execute-api.us-east-1.amazonaws.com`, or your own.
        pub domain_name: String,
        /// The first label of `domain_name`.
        pub domain_prefix: Text,
        /// The request itself.
        pub http: ApiGatewayV2httpRequestContextHttpDescription,
        /// Id of the request.
        pub request_id: Text,
        /// The route that was chosen: `GET /pets/{id}`, or `$default`.
        pub route_key: Text,
        /// Name of the stage: `$default`.
        pub stage: Text,
        /// When the request came, as logs of Apache write it: `12/Mar/2020:19:03:58 +0000`.
        pub time: String,
        /// When the request came, in milliseconds since 1970. 0 if a sample does not say.
        #[serde(default, skip_serializing_if = "crate::de::is_default")]
        pub time_epoch: MillisecondTimestamp,
    }

    /// How the client identified itself.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayV2httpRequestContextAuthentication {
        /// The certificate of the client, with mutual TLS.
        pub client_cert: Option<ApiGatewayClientCert>,
    }

    /// A request of HTTP.
    #[derive(Eq)]
    #[serde(rename_all = "camelCase")]
    pub struct ApiGatewayV2httpRequestContextHttpDescription {
        /// Method: `GET`.
        required pub method: Text,
        /// The path of the request, with the stage unless it is `$default`: `/pets/7`.
        pub path: String,
        /// `HTTP/1.1` or `HTTP/2.0`.
        pub protocol: Text,
        /// IP address of the caller.
        pub source_ip: Text,
        /// Header `User-Agent` of the caller. Absent if there was none.
        pub user_agent: Option<String>,
    }
}

http_answer! {
    /// The answer of an HTTP API, with payloads of version 2.0.
    ///
    /// A function may answer with any other JSON: API Gateway takes that for the body of a 200 of type `application/json`.
    pub struct ApiGatewayV2httpResponse {
        /// Values of `Set-Cookie`: `name=value; Secure`.
        #[serde(
            default,
            deserialize_with = "crate::de::null_as_default",
            skip_serializing_if = "Vec::is_empty"
        )]
        custom pub cookies: Vec<String>,
    }
    others: cookies
}

request_bodies!(ApiGatewayV2httpRequest);

impl ApiGatewayV2httpRequest {
    /// Method of HTTP: `GET`.
    pub fn method(&self) -> &str {
        &self.request_context.http.method
    }

    /// A header, by its name in whatever case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)
    }

    /// The value of a cookie.
    pub fn cookie(&self, name: &str) -> Option<&str> {
        crate::web::cookie(self.cookies.as_deref(), name)
    }
}

impl ApiGatewayV2httpResponse {
    /// The same answer with this value of `Set-Cookie`: `name=value; Secure`.
    #[must_use]
    pub fn with_cookie(mut self, cookie: impl Into<String>) -> Self {
        self.cookies.push(cookie.into());
        self
    }
}
