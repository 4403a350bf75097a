//! Inputs that the incumbent is known to lose, alter or die of.

use lambda_rt::http::{Body, Response};
use serde_json::json;

use super::sources::{ALL, Sender, Sent};
use super::{call, header, request};

#[test]
fn repeated_request_headers_of_a_rest_api_are_not_replaced_by_their_last_value() {
    let mut event = Sender::RestApi.event(&Sent::default());
    event["multiValueHeaders"]["accept"] = json!(["a", "b"]);
    event["headers"]["accept"] = json!("b");
    event["headers"]["x-only-single"] = json!("c");
    let request = request(event);
    assert_eq!((header(&request, "accept"), header(&request, "x-only-single")), (vec!["a", "b"], vec!["c"]));
}

#[test]
fn the_host_is_known_when_only_lists_of_headers_are_sent() {
    let mut event = Sender::RestApi.event(&Sent::default());
    event["headers"] = json!(null);
    assert_eq!(request(event).uri().host(), Some("shop.example.com"));
}

#[test]
fn dot_segments_and_odd_escapes_are_not_rewritten() {
    for path in ["/a/../b/./c", "/a%20b/%E4../..%2F/.."] {
        for sender in ALL {
            let sent = Sent { path: path.to_owned(), ..Sent::default() };
            assert_eq!(request(sender.event(&sent)).uri().path(), path, "{sender:?}");
        }
    }
}

#[test]
fn the_scheme_is_not_the_callers_to_choose() {
    for (proto, scheme) in
        [("javascript", "https"), ("http", "http"), ("https", "https"), ("", "https"), ("HTTP", "https")]
    {
        for sender in ALL {
            let mut sent = Sent::default();
            sent.headers.push(("x-forwarded-proto", proto.to_owned()));
            assert_eq!(request(sender.event(&sent)).uri().scheme_str(), Some(scheme), "{sender:?} {proto}");
        }
    }
}

#[test]
fn a_host_that_is_none_is_no_panic() {
    for host in ["a b", "h:99999", "", "[::1", "ü", "a/b", "user@h", "h\u{1}"] {
        for sender in ALL {
            let mut sent = Sent { path: "/a".to_owned(), ..Sent::default() };
            sent.headers[0].1 = host.to_owned();
            assert_eq!(request(sender.event(&sent)).uri().path(), "/a", "{sender:?} {host}");
        }
    }
}

#[test]
fn the_stage_is_neither_doubled_nor_put_before_the_path() {
    let sent = Sent { path: "/auth/login".to_owned(), ..Sent::default() };
    for sender in [Sender::RestApi, Sender::HttpApiWithStage] {
        assert_eq!(request(sender.event(&sent)).uri().path(), "/auth/login", "{sender:?}");
    }
}

/// The document of an answer, for a REST API.
async fn document(response: Response<Body>) -> serde_json::Value {
    let mut response = Some(response);
    let service = lambda_rt::service_fn(move |_| {
        let response = response.take().unwrap();
        async move { Ok::<_, lambda_rt::Error>(response) }
    });
    let reply =
        call(&mut lambda_rt::http::service(service), Sender::RestApi.event(&Sent::default())).await.unwrap();
    serde_json::from_slice(reply.body().unwrap()).unwrap()
}

#[tokio::test]
async fn bytes_without_a_content_type_are_not_decoded_as_text() {
    let document = document(Response::new(Body::from(vec![0xff, 0xd8, 0, 0x41]))).await;
    assert_eq!((&document["isBase64Encoded"], &document["body"]), (&json!(true), &json!("/9gAQQ==")));
}

#[tokio::test]
async fn latin_1_text_arrives_as_it_was_written() {
    let response = Response::builder().header("content-type", "text/plain; charset=iso-8859-1");
    let document = document(response.body(Body::from(vec![b'c', 0xe9])).unwrap()).await;
    assert_eq!((&document["isBase64Encoded"], &document["body"]), (&json!(true), &json!("Y+k=")));
}

#[tokio::test]
async fn text_of_any_type_is_text_whatever_the_case_of_its_name() {
    for kind in [
        "application/x-ndjson",
        "application/graphql",
        "application/x-www-form-urlencoded",
        "application/toml",
        "application/jwt",
        "APPLICATION/JSON",
    ] {
        let response = Response::builder().header("content-type", kind).body(Body::from("größe")).unwrap();
        let document = document(response).await;
        assert_eq!(
            (&document["isBase64Encoded"], &document["body"]),
            (&json!(false), &json!("größe")),
            "{kind}"
        );
    }
}
