//! What `lambda_http` 1.3.2 is known to lose, alter or die of. Each row has a test, here or where it belongs:
//!
//! | Its defect | Our test |
//! |---|---|
//! | repeated headers of REST APIs replaced by the last | `repeated_request_headers_of_a_rest_api_are_not_replaced_by_their_last_value` |
//! | no host without single headers | `the_host_is_known_when_only_lists_of_headers_are_sent` |
//! | paths normalised | `dot_segments_and_odd_escapes_are_not_rewritten` |
//! | the caller chooses the scheme | `the_scheme_is_not_the_callers_to_choose` |
//! | a panic on a host that is none | `a_host_that_is_none_is_no_panic` |
//! | a panic on a query with quotes or braces | `bad_input::paths_and_queries_of_any_text_become_uris` |
//! | a panic on a body that is no base64 | `bad_input::a_body_that_is_not_the_base64_it_is_said_to_be_is_refused` |
//! | one bad header refuses the event | `bad_input::headers_that_http_does_not_allow_are_left_out_and_the_others_stay` |
//! | the stage put before the path | `the_stage_is_neither_doubled_nor_put_before_the_path` |
//! | the error of an unknown event hides its reason | `bad_input::an_event_of_another_kind_is_refused_with_what_it_has_and_what_it_lacks` |
//! | bytes without a content type decoded as text | `bytes_without_a_content_type_are_not_decoded_as_text` |
//! | Latin-1 written as UTF-8 | `latin_1_text_arrives_as_it_was_written` |
//! | text of many types sent as base64 | `text_of_any_type_is_text_whatever_the_case_of_its_name` |
//! | headers sent in both maps | `matrix::every_status_header_cookie_and_body_reaches_the_client` |
//! | a panic on a body that fails | `responses::a_body_that_fails_is_an_invocation_error_and_no_panic` |
//! | no status for errors of a handler | `responses::text_bytes_json_and_statuses_are_answers` |
//! | a failed stream is closed as a success, its trailers sent as text, nothing logged | `case_47_…` in `../streaming.rs` |
//! | a panic in a stream is closed as a success | `a_panic_and_a_deadline_in_the_middle_are_told_in_trailers` there |
//! | a panic when the client goes away | `the_end_of_the_connection_stops_the_producer_and_nothing_is_sent_again` there |
//! | a prelude before every stream | `chunks_leave_as_they_are_made_and_the_end_is_a_success` there |
//! | the prelude waits for the first byte | `case_49_…` there |

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
