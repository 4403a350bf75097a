//! What a request says beside method, path, headers and body.

use lambda_rt::http::{Origin, RequestContext, RequestExt, RequestPayloadExt, Source};
use lambda_rt::{Context, Invocation};
use serde::Deserialize;
use serde_json::json;

use super::sources::{ALL, Sender, Sent};
use super::{header, request};

#[test]
fn every_source_is_recognised_and_its_context_typed() {
    for sender in ALL {
        let request = request(sender.event(&Sent::default()));
        let origin: &Origin = request.extensions().get().unwrap();
        let (source, named) = match (sender, request.request_context_ref()) {
            (Sender::RestApi, Some(RequestContext::ApiGatewayV1(context))) => {
                (Source::RestApi, context.stage.as_deref())
            }
            (Sender::HttpApi | Sender::HttpApiWithStage, Some(RequestContext::ApiGatewayV2(context))) => {
                (Source::HttpApi, context.route_key.as_deref())
            }
            (Sender::FunctionUrl, Some(RequestContext::ApiGatewayV2(context))) => {
                (Source::FunctionUrl, context.domain_name.as_deref())
            }
            (Sender::Alb | Sender::AlbMultiValue, Some(RequestContext::Alb(context))) => {
                (Source::Alb, context.elb.target_group_arn.as_deref())
            }
            (Sender::LatticeV2, Some(RequestContext::VpcLattice(context))) => {
                (Source::VpcLattice, Some(context.service_arn.as_str()).filter(|arn| !arn.is_empty()))
            }
            (Sender::LatticeV1, None) => (Source::VpcLattice, Some("it has no context")),
            (_, other) => panic!("{sender:?}: {other:?}"),
        };
        assert_eq!(origin.source(), source);
        assert!(named.is_some(), "{sender:?}");
    }
}

#[test]
fn the_event_and_the_context_are_extensions() {
    let event = Sender::HttpApi.event(&Sent::default()).to_string();
    let mut context = Context::default();
    context.request_id = "r-1".to_owned();
    context.xray_trace_id = Some("Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1".to_owned());
    let request = lambda_rt::http::into_request(Invocation::new(event.clone(), context)).unwrap();
    assert_eq!(request.lambda_context().request_id, "r-1");
    assert_eq!(request.origin().unwrap().event(), event.as_bytes());
    assert_eq!(header(&request, "x-amzn-trace-id"), ["Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"]);
    let (parts, _) = request.into_parts();
    assert_eq!(parts.lambda_context_ref().unwrap().request_id, "r-1");
    assert_eq!(parts.extensions.raw_http_path(), "/");
}

#[test]
fn stages_are_taken_off_and_kept_in_the_raw_path() {
    for (stage, domain, raw, path) in [
        ("prod", "abc.execute-api.eu-west-1.amazonaws.com", "/prod/a/", "/a/"),
        ("prod", "abc.execute-api.cn-north-1.amazonaws.com.cn", "/prod", "/"),
        ("$default", "abc.execute-api.eu-west-1.amazonaws.com", "/prod/a", "/prod/a"),
        ("prod", "api.example.com", "/prod/a", "/prod/a"),
        ("prod", "localhost", "/prod/a", "/a"),
        ("prod", "abc.execute-api.eu-west-1.amazonaws.com", "/production", "/production"),
    ] {
        let event = json!({
            "version": "2.0", "rawPath": raw, "rawQueryString": "",
            "requestContext": {"http": {"method": "GET"}, "stage": stage, "domainName": domain},
        });
        let request = request(event);
        assert_eq!((request.uri().path(), request.raw_http_path()), (path, raw), "{stage} {domain}");
    }
}

#[tokio::test]
async fn base_paths_are_taken_off_when_they_are_named() {
    let path =
        async |request: lambda_rt::http::Request| Ok::<_, lambda_rt::Error>(request.uri().path().to_owned());
    let mut service = lambda_rt::http::service(lambda_rt::service_fn(path)).base_path("/shop/v1/");
    for (sent, seen) in [
        ("/shop/v1/a", "/a"),
        ("/shop/v1", "/"),
        ("/shop/v10/a", "/shop/v10/a"),
        ("/a/shop/v1", "/a/shop/v1"),
    ] {
        for sender in ALL {
            let sent = Sent { path: sent.to_owned(), ..Sent::default() };
            let reply = super::call(&mut service, sender.event(&sent)).await.unwrap();
            assert_eq!(sender.received(reply.body().unwrap()).body, seen.as_bytes(), "{sender:?}");
        }
    }
}

#[test]
fn a_query_of_objects_keeps_the_order_of_its_event() {
    let request = request(
        r#"{"httpMethod":"GET","path":"/","requestContext":{},"multiValueQueryStringParameters":{"z":["2","1"],"a":["x y","%"],"m":[]}}"#,
    );
    assert_eq!(request.uri().query(), Some("z=2&z=1&a=x%20y&a=%25"));
}

#[test]
fn a_websocket_message_has_its_route_as_its_path() {
    let event = json!({
        "requestContext": {
            "connectionId": "c-1", "eventType": "MESSAGE", "routeKey": "$default", "stage": "prod",
            "domainName": "abc.execute-api.eu-west-1.amazonaws.com", "identity": {"sourceIp": "192.0.2.7"},
        },
        "body": "{\"text\":\"hi\"}", "isBase64Encoded": false,
    });
    let request = request(event);
    assert_eq!((request.method().as_str(), request.uri().path()), ("GET", "/$default"));
    assert_eq!(&**request.body(), b"{\"text\":\"hi\"}");
    let RequestContext::WebSocket(context) = request.request_context() else { panic!("{request:?}") };
    assert_eq!(context.connection_id.as_deref(), Some("c-1"));
    assert_eq!(header(&request, "host"), ["abc.execute-api.eu-west-1.amazonaws.com"]);
}

#[test]
fn path_parameters_and_stage_variables_are_typed() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Path {
        id: u32,
        name: String,
    }
    #[derive(Deserialize)]
    struct Stage {
        debug: bool,
    }
    let mut event = Sender::RestApi.event(&Sent::default());
    event["pathParameters"] = json!({"id": "7", "name": "a%20b"});
    event["stageVariables"] = json!({"debug": "true"});
    let request = request(&event);
    assert_eq!(request.decode_path_parameters::<Path>().unwrap(), Path { id: 7, name: "a%20b".to_owned() });
    assert!(request.decode_stage_variables::<Stage>().unwrap().debug);
    assert_eq!(request.path_parameters().first("id"), Some("7"));
    event["pathParameters"]["id"] = json!("seven");
    let error = super::request(&event).decode_path_parameters::<Path>().unwrap_err().to_string();
    assert!(error.contains("`id` is \"seven\""), "{error}");
}

#[test]
fn bodies_are_decoded_as_their_type_says() {
    #[derive(Debug, Deserialize, PartialEq)]
    struct Args {
        x: u8,
        y: u8,
    }
    for (kind, body) in [
        ("application/json; charset=utf-8", r#"{"x":1,"y":2}"#),
        ("application/problem+json", r#"{"x":1,"y":2}"#),
        ("Application/X-WWW-Form-Urlencoded", "x=1&y=2"),
    ] {
        let mut sent = Sent { method: "POST", body: body.into(), ..Sent::default() };
        sent.headers.push(("content-type", kind.to_owned()));
        let decoded = request(Sender::HttpApi.event(&sent)).payload::<Args>().unwrap();
        assert_eq!(decoded, Some(Args { x: 1, y: 2 }), "{kind}");
        sent.body = b"{".to_vec();
        request(Sender::HttpApi.event(&sent)).payload::<Args>().unwrap_err();
        sent.body = Vec::new();
        assert_eq!(request(Sender::HttpApi.event(&sent)).payload::<Args>().unwrap(), None);
    }
}

#[test]
fn a_test_can_make_its_own_request() {
    let request = lambda_rt::http::Request::new("body".into())
        .with_query_string_parameters([("a", "1")].into_iter().collect::<lambda_rt::http::QueryMap>())
        .with_raw_http_path("/raw")
        .with_lambda_context(Context::default());
    assert_eq!(request.query_string_parameters().first("a"), Some("1"));
    assert_eq!(request.raw_http_path(), "/raw");
    assert!(request.path_parameters_ref().is_none() && request.lambda_context_ref().is_some());
}
