//! A function that streams, under peers that buffer or pass on what it sends.

use e2e::program;
use serde_json::json;

use crate::rie::Rie;

#[test]
fn a_streamed_http_answer_reaches_the_caller_of_rie_with_its_prelude() {
    let rie = Rie::start(program("http-streaming"), 10);
    let event = json!({
        "version": "2.0", "rawPath": "/", "rawQueryString": "",
        "requestContext": {"http": {"method": "GET"}, "domainName": "x.lambda-url.us-east-1.on.aws"},
    });
    for _ in 0..2 {
        let answer = rie.invoke(&event);
        let body = String::from_utf8(answer.body).unwrap();
        let (prelude, events) = body.split_once("\0\0\0\0\0\0\0\0").expect("eight zero bytes");
        let prelude: serde_json::Value = serde_json::from_str(prelude).unwrap();
        assert_eq!(prelude, json!({"statusCode": 200, "headers": {"content-type": "text/event-stream"}}));
        assert_eq!(events, "data: 1\n\ndata: 2\n\ndata: 3\n\ndata: 4\n\ndata: 5\n\n");
    }
}
