//! Events that are deep, large or empty.

use lambda_events::{
    alb, appsync, cloudfront, code_commit, dynamodb, eventbridge::EventBridgeEvent, kinesis, s3, ses, sns,
    sqs, step_functions,
};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::cases::all;

/// Lists in lists, or objects in objects, so many levels of them.
fn nested(levels: usize, open: &str, close: &str) -> String {
    format!("{}1{}", open.repeat(levels), close.repeat(levels))
}

fn lists(levels: usize) -> String {
    nested(levels, "[", "]")
}

fn objects(levels: usize) -> String {
    nested(levels, r#"{"a":"#, "}")
}

/// The parser counts the levels of what it keeps, and skips what nobody knows without going down: the stack would not survive.
#[test]
fn an_event_that_is_too_deep_is_refused_or_skipped_and_never_overflows_the_stack() {
    for case in all() {
        for text in ["[".repeat(1_000_000), r#"{"Records":["#.repeat(100_000)] {
            assert!((case.again)(text.as_bytes()).is_err(), "{}/{}", case.service, case.name);
        }
        for text in [lists(100_000), objects(100_000)] {
            if let Err(error) = (case.again)(text.as_bytes()) {
                assert!(!error.is_eof() && !error.is_io(), "{}/{}: {error}", case.service, case.name);
            }
        }
    }
}

#[test]
fn what_is_free_in_form_may_be_a_hundred_levels_deep_and_not_a_thousand() {
    fn event<T: DeserializeOwned>(around: &str, depth: usize) -> [Result<T, serde_json::Error>; 2] {
        [lists(depth), objects(depth)].map(|deep| serde_json::from_str(&around.replace("DEEP", &deep)))
    }
    fn check<T: DeserializeOwned>(around: &str) {
        for read in event::<T>(around, 100) {
            assert!(read.is_ok(), "{around}: {:?}", read.err());
        }
        for read in event::<T>(around, 1_000) {
            let error = read.err().expect("an error");
            assert!(error.to_string().contains("recursion limit"), "{around}: {error}");
        }
    }
    check::<EventBridgeEvent>(r#"{"source": "s", "detail-type": "t", "detail": DEEP}"#);
    check::<EventBridgeEvent>("DEEP");
    check::<appsync::AppSyncDirectResolverEvent>(r#"{"info": {}, "arguments": DEEP}"#);
    check::<step_functions::TaskEvent>(r#"{"TaskToken": "t", "Input": DEEP}"#);
    // What nobody knows is skipped at any depth, unless it is kept.
    let unknown = r#"{"Records": [], "unknown": DEEP}"#;
    if cfg!(feature = "catch-all-fields") {
        check::<sqs::SqsEvent>(unknown);
    } else {
        assert!(event::<sqs::SqsEvent>(unknown, 100_000).iter().all(Result::is_ok));
    }
}

#[test]
fn attributes_in_attributes_are_read_to_the_depth_that_dynamodb_has() {
    let event = |levels: usize| {
        let value = nested(levels, r#"{"L": [{"M": {"a": "#, "}}]}").replace('1', r#"{"N": "1"}"#);
        serde_json::from_str::<dynamodb::Event>(&format!(
            r#"{{"Records": [{{"dynamodb": {{"SizeBytes": 1, "NewImage": {{"a": {value}}}}}}}]}}"#
        ))
    };
    // 32 levels of lists and maps are what an item may have.
    let event = |levels: usize| event(levels / 2);
    let record = event(32).expect("an item of 32 levels").records.remove(0);
    let item: Value = record.new_item().expect("JSON").expect("an image");
    assert_eq!(item.to_string().matches("\"a\"").count(), 17);
    assert!(event(1_000).is_err());
}

/// A document inside a text begins to count anew, in a parser of its own.
#[test]
fn bodies_that_are_too_deep_leave_their_batch_readable() {
    let batch = json!({"Records": [{"messageId": "deep", "body": lists(100_000)}, {"messageId": "flat", "body": "[1]"}]});
    let event: sqs::SqsEventObj<Value> = serde_json::from_value(batch).expect("a batch");
    assert!(event.records[0].payload().is_err_and(|error| error.is_json() && error.record() == Some("deep")));
    assert_eq!(*event.records[1].payload().expect("JSON"), json!([1]));
}

#[test]
fn a_batch_of_six_megabytes_is_read_and_written_as_it_was() {
    const SIZE: usize = 6 * 1024 * 1024;
    fn check<T: DeserializeOwned + serde::Serialize>(record: Value) {
        let count = SIZE / record.to_string().len() + 1;
        let batch = json!({ "Records": vec![record; count] });
        let text = batch.to_string();
        assert!(text.len() > SIZE);
        let event: T = serde_json::from_str(&text).expect("a batch");
        assert!(serde_json::to_value(event).expect("JSON") == batch);
    }
    check::<sqs::SqsEvent>(json!({
        "messageId": "m", "receiptHandle": "r", "body": "b".repeat(1024), "attributes": {"ApproximateReceiveCount": "1"},
        "md5OfBody": "", "eventSource": "aws:sqs", "eventSourceARN": "arn", "awsRegion": "eu-west-1",
    }));
    check::<kinesis::KinesisEvent>(json!({
        "kinesis": {
            "kinesisSchemaVersion": "1.0", "partitionKey": "p", "sequenceNumber": "1", "data": "YWJj".repeat(256),
            "approximateArrivalTimestamp": 1.5,
        },
        "eventSource": "aws:kinesis", "eventVersion": "1.0", "eventID": "e", "eventName": "n", "invokeIdentityArn": "i",
        "awsRegion": "r", "eventSourceARN": "a",
    }));
    // One record can be as large as all of them.
    let body = "\\\"ü".repeat(SIZE / 4);
    let event: sqs::SqsEvent =
        serde_json::from_value(json!({"Records": [{"body": body.clone()}]})).expect("a batch of one");
    assert_eq!(event.records[0].body, body);
}

#[test]
fn a_batch_of_nothing_is_read() {
    fn check<T: DeserializeOwned + serde::Serialize>() {
        let empty = json!({ "Records": [] });
        let event: T = serde_json::from_value(empty.clone()).expect("an empty batch");
        assert_eq!(serde_json::to_value(event).expect("JSON"), empty);
    }
    check::<sqs::SqsEvent>();
    check::<sqs::SqsEventObj<Value>>();
    check::<sns::SnsEvent>();
    check::<s3::S3Event>();
    check::<ses::SimpleEmailEvent>();
    check::<kinesis::KinesisEvent>();
    check::<dynamodb::Event>();
    check::<cloudfront::CloudFrontEvent>();
    check::<code_commit::CodeCommitEvent>();
    assert!(serde_json::from_str::<alb::AlbTargetGroupRequest>(r#"{"Records": []}"#).is_err());
}
