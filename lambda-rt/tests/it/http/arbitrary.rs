//! Whatever an event is, it becomes a request or a refusal, and never a panic.

use lambda_rt::http::{Body, Origin, RequestExt, RequestPayloadExt, Response, into_request, into_response};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::invocation;

/// Members that some source sends, and one that none does.
const MEMBERS: [&str; 20] = [
    "version",
    "httpMethod",
    "method",
    "path",
    "rawPath",
    "raw_path",
    "rawQueryString",
    "headers",
    "multiValueHeaders",
    "queryStringParameters",
    "query_string_parameters",
    "multiValueQueryStringParameters",
    "cookies",
    "body",
    "isBase64Encoded",
    "is_base64_encoded",
    "pathParameters",
    "stageVariables",
    "requestContext",
    "unheard-of",
];

const MEMBERS_OF_CONTEXT: [&str; 14] = [
    "elb",
    "http",
    "identity",
    "stage",
    "domainName",
    "connectionId",
    "routeKey",
    "targetGroupArn",
    "serviceNetworkArn",
    "authorizer",
    "requestId",
    "timeEpoch",
    "httpMethod",
    "path",
];

/// Text that may mean something to one of them.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        prop::sample::select(vec![
            "",
            "/",
            "//",
            "GET",
            "get it",
            "http",
            "javascript",
            "host",
            "cookie",
            "set-cookie",
            "content-length",
            "x-forwarded-proto",
            "x-forwarded-for",
            "transfer-encoding",
            "[::1",
            "h:99999",
            "user@h",
            "$default",
            "prod",
            "x.lambda-url.y",
            "x.execute-api.y",
            "YQ==",
            "YQ",
            "%",
            "%zz",
            "%ff",
            "%00",
            "a=1&a=2",
            "..",
            "\u{0}",
            "\r\nx: y",
            "ü",
            "\u{10ffff}",
            "999999999999999999999",
        ])
        .prop_map(str::to_owned),
        ".{0,12}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((text(), inner), 0..4)
                .prop_map(|members| members.into_iter().collect::<Map<_, _>>().into()),
        ]
    })
}

fn members(names: &'static [&'static str]) -> impl Strategy<Value = Value> {
    let member = (prop::sample::select(names), value());
    prop::collection::vec(member, 0..8).prop_map(|members| {
        members.into_iter().map(|(name, value)| (name.to_owned(), value)).collect::<Map<_, _>>().into()
    })
}

/// An event, most often with a context that is an object.
fn event() -> impl Strategy<Value = Value> {
    (members(&MEMBERS), prop::option::weighted(0.9, members(&MEMBERS_OF_CONTEXT))).prop_map(
        |(mut event, context)| {
            if let Some(context) = context {
                event["requestContext"] = context;
            }
            event
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_event_is_a_request_or_a_refusal(event in event()) {
        match into_request(invocation(event)) {
            Err(failure) => prop_assert_eq!(failure.category(), "Runtime.UnmarshalError"),
            Ok(request) => {
                let _ = (request.query_string_parameters(), request.path_parameters(), request.stage_variables());
                let _ = (request.raw_http_path(), request.request_context_ref(), request.payload::<Value>());
                let _ = (request.json::<Value>(), request.form_url_encoded::<Value>());
                prop_assert!(request.uri().path().starts_with('/'));
                let origin: Origin = request.extensions().get().cloned().unwrap();
                let answer = Response::builder().header("set-cookie", "a=1").body(Body::from("x")).unwrap();
                let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
                let reply = runtime.block_on(into_response(&origin, answer)).unwrap();
                let document: Value = serde_json::from_slice(reply.body().unwrap()).unwrap();
                prop_assert_eq!(&document["statusCode"], &json!(200));
            }
        }
    }

    #[test]
    fn any_bytes_are_a_request_or_a_refusal(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
        let invocation = lambda_rt::Invocation::new(bytes, lambda_rt::Context::default());
        prop_assert!(into_request(invocation).is_err());
    }
}
