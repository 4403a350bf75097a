//! `InvokeWithResponseStream`, read by the decoder of the AWS SDK.

use aws_smithy_eventstream::frame::{DecodedFrame, MessageFrameDecoder};
use e2e::post;
use serde_json::{Value, json};

use crate::http::Served;

/// The types and payloads of the events that a request for `path` brings.
fn events(path: &str) -> Vec<(String, Vec<u8>)> {
    let served = Served::start("http-streaming", None);
    let event = json!({
        "version": "2.0", "rawPath": path, "rawQueryString": "",
        "requestContext": {"http": {"method": "GET"}, "domainName": "x.lambda-url.us-east-1.on.aws"},
    });
    let target = "/2021-11-15/functions/http-streaming/response-streaming-invocations";
    let answer = post(served.port, target, event.to_string());
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (200, Some("application/vnd.amazon.eventstream"))
    );
    let (mut decoder, mut bytes) = (MessageFrameDecoder::new(), bytes::Bytes::from(answer.body));
    let mut events = Vec::new();
    while let DecodedFrame::Complete(message) = decoder.decode_frame(&mut bytes).expect("a message") {
        let header = |name: &str| {
            let header = message.headers().iter().find(|header| header.name().as_str() == name).unwrap();
            header.value().as_string().unwrap().as_str().to_owned()
        };
        assert_eq!(header(":message-type"), "event");
        events.push((header(":event-type"), message.payload().to_vec()));
    }
    assert!(bytes.is_empty(), "{bytes:?}");
    events
}

/// The bytes of all chunks, which come before the one event that ends the stream, and what that says.
fn told(path: &str) -> (String, Value) {
    let mut events = events(path);
    let (last, complete) = events.pop().unwrap();
    assert_eq!(last, "InvokeComplete");
    assert!(events.len() >= 3 && events.iter().all(|(kind, _)| kind == "PayloadChunk"), "{events:?}");
    let bytes = events.into_iter().flat_map(|(_, payload)| payload).collect();
    (String::from_utf8(bytes).unwrap(), serde_json::from_slice(&complete).unwrap())
}

#[test]
fn the_decoder_of_the_sdk_reads_a_stream_of_a_real_function() {
    let (bytes, complete) = told("/");
    let (prelude, body) = bytes.split_once("\0\0\0\0\0\0\0\0").expect("eight zero bytes");
    let prelude: Value = serde_json::from_str(prelude).unwrap();
    assert_eq!(
        prelude,
        json!({"statusCode": 200, "headers": {"content-type": "text/event-stream"}, "cookies": []})
    );
    assert_eq!(body, "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n");
    assert_eq!(complete, json!({}));
}

#[test]
fn a_failure_in_the_middle_is_in_the_last_event() {
    let (bytes, complete) = told("/broken");
    assert!(bytes.ends_with("data: 2\n\n"), "{bytes}");
    assert_eq!(complete["ErrorCode"], "Function.Error");
    let details: Value = serde_json::from_str(complete["ErrorDetails"].as_str().unwrap()).unwrap();
    assert_eq!(details["errorMessage"], "the source of events is gone");
}
