use lambda_events::{
    apigw::{
        ApiGatewayCustomAuthorizerRequest, ApiGatewayCustomAuthorizerRequestTypeRequest,
        ApiGatewayCustomAuthorizerResponse, ApiGatewayProxyRequest, ApiGatewayProxyResponse,
        ApiGatewayV2CustomAuthorizerIamPolicyResponse, ApiGatewayV2CustomAuthorizerSimpleResponse,
        ApiGatewayV2CustomAuthorizerV2Request, ApiGatewayV2httpRequest, ApiGatewayV2httpResponse,
        ApiGatewayWebsocketEventType, ApiGatewayWebsocketProxyRequest, StreamingPrelude, every_method_of,
    },
    encodings::{Body, Headers},
    iam::{IamPolicyDocument, IamPolicyEffect, IamPolicyStatement},
};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn a_rest_request_tells_everything_about_its_caller() {
    let request: ApiGatewayProxyRequest = decode("apigw/rest-full.json");
    let context = &request.request_context;
    assert_eq!(context.extended_request_id.as_deref(), Some("VkTeaShop1FiEJtA="));
    assert_eq!(context.request_time_epoch.unwrap().as_millis(), 1_796_118_087_318);
    let certificate = context.identity.client_cert.as_ref().unwrap();
    assert_eq!(certificate.subject_dn, "CN=till.example.com,O=Tea Shop,C=DE");
    assert_eq!(certificate.validity.not_before, "Nov 28 23:37:08 2026 GMT");
    assert_eq!(context.authorizer.principal_id(), Some("mira"));
    assert_eq!(context.authorizer.get("shopId"), Some(&json!(7)));
    assert_eq!(request.header("CONTENT-TYPE"), Some("application/json"));
    assert_eq!(request.json::<Value>().unwrap(), json!({"tea": "sencha", "cups": 3}));
}

#[test]
fn headers_and_queries_are_found_wherever_they_are() {
    let mut request: ApiGatewayProxyRequest = decode("apigw/rest-cognito.json");
    assert_eq!(request.query("size"), Some("large"));
    assert_eq!(request.query_all("size"), ["small", "large"]);
    assert_eq!(request.header("x-repeated"), Some("assam"));
    request.headers = Headers::new();
    request.query_string_parameters = Default::default();
    assert_eq!(request.query("size"), Some("large"));
    assert_eq!(request.header("x-repeated"), Some("assam"));
    assert_eq!(request.request_context.authorizer.claim("email").as_deref(), Some("mira@example.com"));
    assert_eq!(request.bytes().unwrap()[..], *b"\0\xffRIFF");
    assert!(request.text().unwrap_err().is_utf8());
    request.body = Some("%".to_owned());
    assert!(request.json::<Value>().unwrap_err().is_base64());
    request.body = None;
    assert!(request.json::<Value>().unwrap_err().is_absent());
    assert_eq!(request.text().unwrap(), "");
}

/// `aws_lambda_events` refused each of these.
#[test]
fn null_in_place_of_any_object_is_read() {
    let whole: Value = decode("apigw/rest-cognito.json");
    for place in [
        "/headers",
        "/multiValueHeaders",
        "/pathParameters",
        "/requestContext",
        "/requestContext/identity",
        "/isBase64Encoded",
    ] {
        let mut event = whole.clone();
        *event.pointer_mut(place).unwrap() = Value::Null;
        serde_json::from_value::<ApiGatewayProxyRequest>(event)
            .unwrap_or_else(|error| panic!("{place}: {error}"));
    }
}

#[test]
fn the_event_of_another_kind_of_api_is_refused() {
    let error = |event: &str| {
        let event: Value = decode(event);
        [
            serde_json::from_value::<ApiGatewayProxyRequest>(event.clone()).is_err(),
            serde_json::from_value::<ApiGatewayV2httpRequest>(event.clone()).is_err(),
            serde_json::from_value::<ApiGatewayWebsocketProxyRequest>(event).is_err(),
        ]
    };
    assert_eq!(error("apigw/rest-full.json"), [false, true, true]);
    assert_eq!(error("apigw/v2-iam.json"), [true, false, true]);
    assert_eq!(error("apigw/websocket-message.json"), [true, true, false]);
    let token = decode::<Value>("apigw/token-authorizer.json");
    assert!(serde_json::from_value::<ApiGatewayCustomAuthorizerRequestTypeRequest>(token).is_err());
    let request = decode::<Value>("apigw/request-authorizer.json");
    assert!(serde_json::from_value::<ApiGatewayCustomAuthorizerRequest>(request).is_err());
}

#[test]
fn an_http_request_has_its_method_cookies_and_authorizer() {
    let request: ApiGatewayV2httpRequest = decode("apigw/v2-iam.json");
    let context = &request.request_context;
    let iam = context.authorizer.as_ref().unwrap().iam.as_ref().unwrap();
    assert_eq!(
        iam.cognito_identity.as_ref().unwrap().amr[1..],
        ["login.example.com", "login.example.com:TeaShop:buyer-88"]
    );
    assert_eq!(request.method(), "PUT");
    assert_eq!(context.time_epoch.as_millis(), 1_796_118_087_205);
    let request: ApiGatewayV2httpRequest = decode("apigw/v2-full.json");
    let authorizer = request.request_context.authorizer.as_ref().unwrap();
    assert_eq!(authorizer.claim("shop").as_deref(), Some("berlin"));
    assert_eq!(authorizer.jwt.as_ref().unwrap().scopes.as_deref().unwrap(), ["orders:read", "orders:write"]);
    let request: ApiGatewayV2httpRequest = decode("apigw/v2-lambda-context.json");
    assert_eq!(request.request_context.authorizer.unwrap().get("shop"), Some(&json!("berlin")));
    let request =
        ApiGatewayV2httpRequest { cookies: Some(vec!["a=1".into(), "b=x=y".into()]), ..Default::default() };
    assert_eq!((request.cookie("b"), request.cookie("c")), (Some("x=y"), None));
}

/// Emulators write the claims of a token as they are in the token.
#[test]
fn claims_that_are_no_strings_are_read() {
    let mut event: Value = decode("apigw/v2-full.json");
    *event.pointer_mut("/requestContext/authorizer/jwt/claims").unwrap() =
        json!({"exp": 1_700_000_000, "admin": true, "groups": ["a", "b"], "none": null});
    let request: ApiGatewayV2httpRequest = serde_json::from_value(event).unwrap();
    let authorizer = request.request_context.authorizer.unwrap();
    let claims = ["exp", "admin", "groups", "none"].map(|name| authorizer.claim(name).unwrap().into_owned());
    assert_eq!(claims, ["1700000000", "true", "a,b", ""]);
}

#[test]
fn a_websocket_says_what_happened_and_where_to_answer() {
    let request: ApiGatewayWebsocketProxyRequest = decode("apigw/websocket-message.json");
    let context = &request.request_context;
    assert_eq!(context.event_type, ApiGatewayWebsocketEventType::Message);
    assert_eq!(
        context.management_endpoint(),
        "https://w5teatable.execute-api.eu-central-1.amazonaws.com/prod"
    );
    assert_eq!(context.authorizer.get("table"), Some(&json!(7)));
    let request: ApiGatewayWebsocketProxyRequest = decode("apigw/websocket-disconnect.json");
    assert_eq!(request.request_context.disconnect_status_code, Some(1001));
}

#[test]
fn the_default_of_every_answer_is_a_200_that_api_gateway_takes() {
    assert_eq!(
        serde_json::to_value(ApiGatewayProxyResponse::default()).unwrap(),
        json!({"statusCode": 200, "isBase64Encoded": false})
    );
    assert_eq!(
        serde_json::to_value(ApiGatewayV2httpResponse::default()).unwrap(),
        json!({"statusCode": 200, "isBase64Encoded": false})
    );
}

#[test]
fn bytes_are_always_sent_as_base64() {
    let built = ApiGatewayV2httpResponse::new(201).with_body(vec![0, 255]);
    assert!(built.is_base64_encoded);
    let literal = ApiGatewayV2httpResponse { body: Some(Body::Binary(vec![0, 255])), ..Default::default() };
    assert_eq!(
        serde_json::to_value(literal).unwrap(),
        json!({"statusCode": 200, "body": "AP8=", "isBase64Encoded": true})
    );
    let text = built.with_body("text");
    assert_eq!(
        serde_json::to_value(text).unwrap(),
        json!({"statusCode": 201, "body": "text", "isBase64Encoded": false})
    );
}

#[test]
fn answers_are_built_with_headers_and_cookies() {
    let answer = ApiGatewayProxyResponse::json(&json!({"a": 1}))
        .unwrap()
        .with_status_code(202)
        .with_header("Content-Type", "application/hal+json")
        .with_multi_value_header("Set-Cookie", "a=1")
        .with_multi_value_header("set-cookie", "b=2");
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({
            "statusCode": 202, "headers": {"content-type": "application/hal+json"},
            "multiValueHeaders": {"Set-Cookie": ["a=1", "b=2"]}, "body": "{\"a\":1}", "isBase64Encoded": false,
        })
    );
    let answer = ApiGatewayV2httpResponse::text("hi").with_cookie("a=1");
    assert_eq!(answer.cookies, ["a=1"]);
    assert_eq!(answer.headers.get("content-type"), Some("text/plain; charset=utf-8"));
}

#[test]
fn an_authorizer_allows_a_method_and_all_of_its_stage() {
    let request: ApiGatewayCustomAuthorizerRequest = decode("apigw/token-authorizer.json");
    let answer = ApiGatewayCustomAuthorizerResponse::allow("user", every_method_of(&request.method_arn))
        .with_context(json!({"tenant": "a"}))
        .with_usage_identifier_key("key");
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({
            "principalId": "user",
            "policyDocument": {"Version": "2012-10-17", "Statement": [{
                "Effect": "Allow", "Action": ["execute-api:Invoke"],
                "Resource": ["arn:aws:execute-api:eu-central-1:444455556666:q7tea3shop/prod/*"],
            }]},
            "context": {"tenant": "a"},
            "usageIdentifierKey": "key",
        })
    );
    assert_eq!(every_method_of("*"), "*");
}

#[test]
fn a_denial_has_no_context_unless_one_is_given() {
    let answer: ApiGatewayCustomAuthorizerResponse =
        ApiGatewayCustomAuthorizerResponse::deny("nobody", "arn");
    let written = serde_json::to_value(&answer).unwrap();
    assert_eq!(written["policyDocument"]["Statement"][0]["Effect"], "Deny");
    assert_eq!(written.get("context"), None);
    let simple = ApiGatewayV2CustomAuthorizerSimpleResponse::<Value>::deny();
    assert_eq!(serde_json::to_value(&simple).unwrap(), json!({"isAuthorized": false}));
    assert_eq!(ApiGatewayV2CustomAuthorizerSimpleResponse::<Value>::default(), simple);

    #[derive(Clone, Debug, Default, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Context {
        admin: bool,
    }
    let allowed = ApiGatewayV2CustomAuthorizerSimpleResponse::allow().with_context(Context::default());
    assert_eq!(
        serde_json::to_value(allowed).unwrap(),
        json!({"isAuthorized": true, "context": {"admin": false}})
    );
}

/// The way programs written for `aws_lambda_events` make an answer.
#[test]
#[allow(clippy::field_reassign_with_default, reason = "that is how they do it")]
fn an_answer_is_built_from_its_parts() {
    let mut statement = IamPolicyStatement::default();
    statement.action = vec!["execute-api:Invoke".to_owned()];
    statement.resource = vec!["arn".to_owned()];
    statement.effect = IamPolicyEffect::Allow;
    statement.condition = None;
    let policy = IamPolicyDocument {
        version: Some("2012-10-17".into()),
        statement: vec![statement],
        ..Default::default()
    };
    let answer = ApiGatewayV2CustomAuthorizerIamPolicyResponse::<Value> {
        principal_id: "user".into(),
        policy_document: policy,
        ..Default::default()
    };
    assert_eq!(answer, ApiGatewayV2CustomAuthorizerIamPolicyResponse::allow("user", "arn"));
}

#[test]
fn authorizers_find_their_token() {
    let mut request: ApiGatewayCustomAuthorizerRequest = decode("apigw/token-authorizer.json");
    assert_eq!(request.bearer_token(), None);
    request.authorization_token = "bearer  abc".to_owned();
    assert_eq!(request.bearer_token(), Some("abc"));
    let request: ApiGatewayCustomAuthorizerRequest = decode("apigw/token-authorizer-bearer.json");
    assert_eq!(request.bearer_token(), Some("let-mira-in"));
    let request: ApiGatewayV2CustomAuthorizerV2Request = decode("apigw/v2-authorizer.json");
    assert_eq!(request.identity_source.unwrap(), ["Bearer let-mira-in", "berlin"]);
    let request: ApiGatewayCustomAuthorizerRequestTypeRequest = decode("apigw/websocket-authorizer.json");
    assert_eq!(request.request_context.route_key.as_deref(), Some("$connect"));
}

#[test]
fn a_stream_begins_with_its_prelude_and_eight_zeros() {
    let prelude = StreamingPrelude::new(404).with_header("x-a", "b").with_cookie("c=1");
    let bytes = prelude.to_bytes();
    let (json, zeros) = bytes.split_at(bytes.len() - 8);
    assert_eq!(zeros, [0; 8]);
    assert_eq!(
        serde_json::from_slice::<Value>(json).unwrap(),
        json!({"statusCode": 404, "headers": {"x-a": "b"}, "cookies": ["c=1"]})
    );
}
