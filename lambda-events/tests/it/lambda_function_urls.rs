use lambda_events::lambda_function_urls::{LambdaFunctionUrlRequest, LambdaFunctionUrlResponse};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn a_request_has_its_method_cookies_body_and_signer() {
    let request: LambdaFunctionUrlRequest = decode("lambda_function_urls/full.json");
    assert_eq!(request.method(), "POST");
    assert_eq!((request.cookie("theme"), request.cookie("none")), (Some("dark=ish"), None));
    assert_eq!(request.json::<Value>().unwrap(), json!({"n": 1}));
    let iam = request.request_context.authorizer.unwrap().iam.unwrap();
    assert_eq!(iam.principal_org_id.as_deref(), Some("o-teashop001"));
    let public: LambdaFunctionUrlRequest = decode("lambda_function_urls/minimal.json");
    assert!(public.request_context.authorizer.is_none());
}

#[test]
fn an_answer_is_a_200_with_what_it_was_given() {
    let answer = LambdaFunctionUrlResponse::text("hi").with_cookie("a=1").with_header("x-a", "b");
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({
            "statusCode": 200, "headers": {"content-type": "text/plain; charset=utf-8", "x-a": "b"},
            "body": "hi", "isBase64Encoded": false, "cookies": ["a=1"],
        })
    );
}
