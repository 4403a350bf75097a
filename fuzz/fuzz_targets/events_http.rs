//! Whatever is sent as a request over HTTP, of whichever service, reading it and its body never panics, and what is read is written as
//! it was.

#![no_main]

use lambda_events::{alb, apigw, appsync, cloudfront, iam, lambda_function_urls, vpc_lattice};
use lambda_rt_fuzz::{again, told};
use libfuzzer_sys::fuzz_target;
use serde_json::Value;

fuzz_target!(|bytes: &[u8]| {
    if let Some(request) = again::<apigw::ApiGatewayProxyRequest>(bytes) {
        told(request.json::<Value>());
        let _ =
            (request.header("a"), request.query_all("a"), request.request_context.authorizer.claim("sub"));
    }
    if let Some(request) = again::<apigw::ApiGatewayV2httpRequest>(bytes) {
        told(request.text());
        let _ = (request.header("a"), request.cookie("a"));
    }
    if let Some(request) = again::<vpc_lattice::VpcLatticeRequest>(bytes) {
        told(request.bytes());
        let _ = request.path();
    }
    if let Some(request) = again::<alb::AlbTargetGroupRequest>(bytes) {
        let answer = alb::AlbTargetGroupResponse::text("a").answering(&request);
        assert!(serde_json::to_string(&answer).is_ok());
    }
    if let Some(request) = again::<apigw::ApiGatewayCustomAuthorizerRequest>(bytes) {
        let _ = (request.bearer_token(), apigw::every_method_of(&request.method_arn));
    }
    again::<apigw::ApiGatewayWebsocketProxyRequest>(bytes);
    again::<apigw::ApiGatewayCustomAuthorizerRequestTypeRequest>(bytes);
    again::<apigw::ApiGatewayV2CustomAuthorizerV1Request>(bytes);
    again::<apigw::ApiGatewayV2CustomAuthorizerV2Request>(bytes);
    again::<apigw::ApiGatewayCustomAuthorizerResponse>(bytes);
    again::<apigw::ApiGatewayProxyResponse>(bytes);
    again::<apigw::StreamingPrelude>(bytes);
    again::<alb::AlbTargetGroupResponse>(bytes);
    again::<lambda_function_urls::LambdaFunctionUrlRequest>(bytes);
    again::<iam::IamPolicyDocument>(bytes);
    again::<cloudfront::CloudFrontEvent>(bytes);
    again::<cloudfront::CloudFrontResponse>(bytes);
    again::<appsync::AppSyncDirectResolverEvent>(bytes);
    again::<appsync::AppSyncEventsEvent>(bytes);
    again::<appsync::AppSyncIdentity>(bytes);
    again::<appsync::AppSyncLambdaAuthorizerRequest>(bytes);
});
