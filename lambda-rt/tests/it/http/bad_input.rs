//! Events that are none, and values that HTTP does not allow.

use lambda_rt::http::RequestExt;
use serde_json::json;

use super::super::support::Server;
use super::sources::{ALL, Sender, Sent};
use super::{header, refusal, request};

#[test]
fn an_event_of_another_kind_is_refused_with_what_it_has_and_what_it_lacks() {
    for (event, has, lacks) in [
        (json!({"Records": [{"eventSource": "aws:sqs"}]}), "`Records`", "there is no `requestContext`"),
        (json!({}), "no field", "there is no `requestContext`"),
        (
            json!({"requestContext": {"stage": "x"}, "path": "/"}),
            "`path`, `requestContext`",
            "has none of `http`, `elb`",
        ),
        (
            json!({"version": "0", "detail-type": "x", "source": "y"}),
            "`detail-type`",
            "there is no `requestContext`",
        ),
    ] {
        let message = refusal(event);
        assert!(message.contains(has) && message.contains(lacks), "{message}");
    }
}

#[test]
fn json_that_is_no_event_is_refused_with_its_position() {
    for (event, told) in [
        ("", "EOF"),
        ("[{}]", "invalid type"),
        ("\"x\"", "invalid type"),
        (r#"{"httpMethod": "GET", "path": {"a": 1}, "requestContext": {}}"#, "`path`"),
        (r#"{"httpMethod": "GET", "headers": {"a": {"b": 1}}, "requestContext": {}}"#, "`headers.a"),
        (r#"{"httpMethod": "GET", "path": "\ud800", "requestContext": {}}"#, "hex escape"),
    ] {
        let message = refusal(event);
        assert!(message.contains(told) && message.contains("HTTP request"), "{event}: {message}");
    }
    let mut event = br#"{"httpMethod":"GET","path":"/x","requestContext":{}}"#.to_vec();
    event[30] = 0xff;
    let invocation = lambda_rt::Invocation::new(event, lambda_rt::Context::default());
    assert!(lambda_rt::http::into_request(invocation).is_err());
}

#[test]
fn a_body_that_is_not_the_base64_it_is_said_to_be_is_refused() {
    for body in ["!", "a", "YQ==YQ==", "ü"] {
        let mut event = Sender::RestApi.event(&Sent::default());
        event["body"] = json!(body);
        event["isBase64Encoded"] = json!(true);
        let message = refusal(event);
        assert!(message.contains("its body is said to be base64 and is not"), "{message}");
    }
    let mut event = Sender::RestApi.event(&Sent::default());
    event["body"] = json!("YQ");
    event["isBase64Encoded"] = json!(true);
    assert_eq!(&**request(event).body(), b"a", "padding may be missing");
}

#[test]
fn headers_that_http_does_not_allow_are_left_out_and_the_others_stay() {
    for (name, value) in [("x bad", "1"), ("", "1"), ("x-bad", "a\nb"), ("x-bad", "a\u{0}b"), ("größe", "1")]
    {
        for sender in ALL {
            let mut event = sender.event(&Sent::default());
            for key in ["headers", "multiValueHeaders"] {
                if let Some(headers) = event.get_mut(key) {
                    let list = headers["host"].is_array();
                    headers[name] = if list { json!([value]) } else { json!(value) };
                }
            }
            let request = request(event);
            assert_eq!(header(&request, "host"), ["shop.example.com"], "{sender:?}");
            assert!(request.headers().get("x-bad").is_none(), "{sender:?}");
        }
    }
}

#[test]
fn header_bombs_are_read() {
    let headers: serde_json::Map<_, _> =
        (0..10_000).map(|number| (format!("x-{number}"), json!("v".repeat(100)))).collect();
    let mut event = Sender::HttpApi.event(&Sent::default());
    event["headers"] = headers.into();
    assert!(request(event).headers().len() >= 10_000);
    let many: serde_json::Map<_, _> = (0..60_000).map(|number| (format!("x-{number}"), json!("v"))).collect();
    let mut event = Sender::HttpApi.event(&Sent::default());
    event["headers"] = many.into();
    event["cookies"] = json!(["a=1"]);
    event["body"] = json!("x");
    assert_eq!(header(&request(event), "content-length"), ["1"]);
}

#[test]
fn methods_and_targets_that_are_none_are_refused() {
    for method in ["", "GET /", "a b", "ü"] {
        let mut event = Sender::Alb.event(&Sent::default());
        event["httpMethod"] = json!(method);
        assert!(refusal(event).contains("its method is"), "{method}");
    }
    let sent = Sent { path: format!("/{}", "x".repeat(70_000)), ..Sent::default() };
    assert!(refusal(Sender::FunctionUrl.event(&sent)).contains("its path and query make no URI"));
}

#[test]
fn nulls_and_missing_members_are_as_good_as_empty_ones() {
    let request = request(json!({
        "httpMethod": "GET", "path": null, "headers": null, "multiValueHeaders": null, "queryStringParameters": null,
        "multiValueQueryStringParameters": null, "pathParameters": null, "stageVariables": null, "body": null,
        "isBase64Encoded": null, "requestContext": {"identity": null, "authorizer": null, "stage": null},
    }));
    assert_eq!(request.uri(), "/");
    assert!(request.headers().is_empty() && request.body().is_empty());
    let numbers = json!({
        "httpMethod": "GET", "requestContext": {}, "headers": {"x-port": 443, "x-on": true, "x-none": null},
        "multiValueHeaders": {"x-off": [false, 7, null]},
        "queryStringParameters": {"page": 2},
    });
    let request = super::request(numbers);
    assert_eq!((header(&request, "x-port"), header(&request, "x-on")), (vec!["443"], vec!["true"]));
    assert_eq!(header(&request, "x-off"), ["false", "7"]);
    assert_eq!(request.uri().query(), Some("page=2"));
}

#[test]
fn paths_and_queries_of_any_text_become_uris() {
    for (path, seen) in [
        ("", "/"),
        ("a", "/a"),
        ("//", "//"),
        ("//evil.example.com/x", "//evil.example.com/x"),
        ("/a b?c#d", "/a%20b%3Fc%23d"),
        ("/<\"{`}>", "/%3C%22%7B%60%7D%3E"),
        ("/%zz%", "/%zz%"),
        ("/\u{7f}\t\n", "/%7F%09%0A"),
        ("/ü", "/%C3%BC"),
    ] {
        let sent = Sent { path: path.to_owned(), query: "a=\"ü {<#%".to_owned(), ..Sent::default() };
        for sender in [Sender::FunctionUrl, Sender::HttpApi] {
            let request = request(sender.event(&sent));
            assert_eq!(request.uri().path(), seen);
            assert_eq!(request.uri().query(), Some("a=%22%C3%BC%20{%3C%23%"));
            assert_eq!(request.uri().host(), Some("shop.example.com"));
        }
    }
}

#[test]
fn a_health_check_of_a_load_balancer_is_a_request_like_any_other() {
    for path in [json!(""), json!("/"), json!(null)] {
        let request = request(json!({
            "requestContext": {"elb": {"targetGroupArn": "arn:aws:elasticloadbalancing:eu-west-1:1:targetgroup/t/1"}},
            "httpMethod": "GET", "path": path, "queryStringParameters": {}, "body": "",
            "headers": {"user-agent": "ELB-HealthChecker/2.0"}, "isBase64Encoded": false,
        }));
        assert_eq!((request.method().as_str(), request.uri().to_string()), ("GET", "/".to_owned()));
        assert_eq!(request.origin().unwrap().client_address(), None);
    }
}

#[test]
fn members_that_are_missing_or_null_in_the_events_of_every_source_are_as_good_as_empty_ones() {
    for sender in ALL {
        let whole = sender.event(&Sent::default());
        for name in whole.as_object().unwrap().keys() {
            // Without these there is nothing that says what the event is.
            if ["requestContext", "raw_path", "method", "httpMethod"].contains(&name.as_str()) {
                continue;
            }
            for null in [true, false] {
                let mut event = whole.clone();
                match null {
                    true => event[name] = json!(null),
                    false => drop(event.as_object_mut().unwrap().remove(name)),
                }
                let request = request(event);
                assert_eq!((request.uri().path(), request.body().len()), ("/", 0), "{sender:?} {name}");
            }
        }
    }
}

#[tokio::test]
async fn bytes_that_are_no_utf_8_stay_encoded_until_somebody_decodes_them() {
    let app =
        axum::Router::new().route("/{name}", axum::routing::get(async |_: axum::extract::Path<String>| "no"));
    let mut service = lambda_rt::http::service(app);
    let sent = Sent { path: "/%FF".to_owned(), query: "q=%FF".to_owned(), ..Sent::default() };
    for sender in ALL {
        let event = sender.event(&sent);
        assert_eq!(request(&event).uri().path(), "/%FF");
        assert_eq!(request(&event).query_string_parameters().first("q"), Some("\u{fffd}"), "{sender:?}");
        let reply = super::call(&mut service, event).await.unwrap();
        assert_eq!(sender.received(reply.body().unwrap()).status, 400, "{sender:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_that_is_no_request_is_told_and_the_next_one_is_served() {
    let server = Server::start().await;
    let handler =
        lambda_rt::service_fn(async |_: lambda_rt::http::Request| Ok::<_, lambda_rt::Error>("fine"));
    server
        .serves(lambda_rt::http::runtime(handler), async {
            let mut peer = server.accept().await;
            let mut no_base64 = Sender::HttpApi.event(&Sent::default());
            no_base64["body"] = json!("!");
            no_base64["isBase64Encoded"] = json!(true);
            for (event, told) in [("{}".to_owned(), "no `requestContext`"), (no_base64.to_string(), "base64")]
            {
                peer.deliver("1", &event).await;
                let (kind, message) = peer.answered().await.error_for("1");
                assert_eq!(kind, "Runtime.UnmarshalError");
                assert!(message.contains(told), "{message}");
                peer.deliver("2", &Sender::HttpApi.event(&Sent::default()).to_string()).await;
                assert_eq!(Sender::HttpApi.received(&peer.answered().await.body).body, b"fine");
            }
        })
        .await;
}
