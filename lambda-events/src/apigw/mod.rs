//! Amazon API Gateway: REST, HTTP and WebSocket APIs, and their authorizers. Synchronous.
//!
//! | What calls | Event | Answer |
//! |---|---|---|
//! | REST API; HTTP API with payloads of version 1.0 | [`ApiGatewayProxyRequest`] | [`ApiGatewayProxyResponse`] |
//! | HTTP API, version 2.0 | [`ApiGatewayV2httpRequest`] | [`ApiGatewayV2httpResponse`] |
//! | WebSocket API | [`ApiGatewayWebsocketProxyRequest`] | [`ApiGatewayProxyResponse`] |
//! | authorizer of the kind `TOKEN` | [`ApiGatewayCustomAuthorizerRequest`] | [`ApiGatewayCustomAuthorizerResponse`] |
//! | authorizer of the kind `REQUEST`, also of a WebSocket API | [`ApiGatewayCustomAuthorizerRequestTypeRequest`] | [`ApiGatewayCustomAuthorizerResponse`] |
//! | authorizer of an HTTP API, version 1.0 | [`ApiGatewayV2CustomAuthorizerV1Request`] | [`ApiGatewayV2CustomAuthorizerIamPolicyResponse`] |
//! | authorizer of an HTTP API, version 2.0 | [`ApiGatewayV2CustomAuthorizerV2Request`] | [`ApiGatewayV2CustomAuthorizerSimpleResponse`] or [`ApiGatewayV2CustomAuthorizerIamPolicyResponse`] |
//!
//! ```
//! use lambda_events::{Error, apigw::{ApiGatewayV2httpRequest, ApiGatewayV2httpResponse}};
//!
//! #[derive(serde::Deserialize)]
//! struct Order {
//!     item: String,
//! }
//!
//! async fn handle(request: ApiGatewayV2httpRequest) -> Result<ApiGatewayV2httpResponse, Error> {
//!     let Ok(order) = request.json::<Order>() else {
//!         return Ok(ApiGatewayV2httpResponse::new(400));
//!     };
//!     Ok(ApiGatewayV2httpResponse::text(format!("ordered {}", order.item)).with_status_code(201))
//! }
//! ```
//!
//! An error of the function is a status 502 to the client. The error of an authorizer is a 500, unless its message is
//! exactly `Unauthorized`, which is a 401.
//!
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html>,
//! <https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html>

mod authorizer;
mod decision;
mod http;
mod identity;
mod rest;
mod websocket;

pub use self::{
    authorizer::{
        ApiGatewayCustomAuthorizerRequest, ApiGatewayCustomAuthorizerRequestTypeRequest,
        ApiGatewayCustomAuthorizerRequestTypeRequestContext, ApiGatewayV2CustomAuthorizerV1Request,
        ApiGatewayV2CustomAuthorizerV1RequestTypeRequestContext, ApiGatewayV2CustomAuthorizerV2Request,
    },
    decision::{
        ApiGatewayCustomAuthorizerPolicy, ApiGatewayCustomAuthorizerResponse,
        ApiGatewayV2CustomAuthorizerIamPolicyResponse, ApiGatewayV2CustomAuthorizerSimpleResponse,
        every_method_of,
    },
    http::{
        ApiGatewayV2httpRequest, ApiGatewayV2httpRequestContext,
        ApiGatewayV2httpRequestContextAuthentication, ApiGatewayV2httpRequestContextHttpDescription,
        ApiGatewayV2httpResponse,
    },
    identity::{
        ApiGatewayClientCert, ApiGatewayClientCertValidity,
        ApiGatewayCustomAuthorizerRequestTypeRequestIdentity,
        ApiGatewayCustomAuthorizerRequestTypeRequestIdentityClientCert,
        ApiGatewayCustomAuthorizerRequestTypeRequestIdentityClientCertValidity, ApiGatewayRequestAuthorizer,
        ApiGatewayRequestAuthorizerCognitoIdentity, ApiGatewayRequestAuthorizerIamDescription,
        ApiGatewayRequestAuthorizerJwtDescription, ApiGatewayRequestIdentity,
        ApiGatewayV2httpRequestContextAuthenticationClientCert,
        ApiGatewayV2httpRequestContextAuthenticationClientCertValidity,
        ApiGatewayV2httpRequestContextAuthorizerCognitoIdentity,
        ApiGatewayV2httpRequestContextAuthorizerDescription,
        ApiGatewayV2httpRequestContextAuthorizerIamDescription,
        ApiGatewayV2httpRequestContextAuthorizerJwtDescription,
    },
    rest::{ApiGatewayProxyRequest, ApiGatewayProxyRequestContext, ApiGatewayProxyResponse},
    websocket::{
        ApiGatewayWebsocketEventType, ApiGatewayWebsocketProxyRequest, ApiGatewayWebsocketProxyRequestContext,
    },
};
pub use crate::web::prelude::StreamingPrelude;
