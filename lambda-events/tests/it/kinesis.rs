use lambda_events::{
    encodings::Base64Data,
    encodings::Map,
    kinesis::{KinesisEncryptionType, KinesisEvent, KinesisTimeWindowEvent, KinesisTimeWindowEventResponse},
};
use serde_json::Value;

use crate::cases::decode;

#[test]
fn data_that_is_not_base64_leaves_the_batch_readable_and_names_its_record() {
    let event: KinesisEvent = decode("kinesis/full.json");
    assert_eq!(event.records[0].data_json::<Value>().unwrap()["page"], "/teas");
    let error = event.records[1].data().unwrap_err();
    assert!(error.is_base64());
    assert_eq!(error.record(), Some("49857433028295022881702606724852053573420480783614019994"));
}

#[test]
fn times_have_their_milliseconds_and_shards_their_names() {
    let event: KinesisEvent = decode("kinesis/full.json");
    let record = &event.records[0];
    assert_eq!(record.kinesis.approximate_arrival_timestamp.as_millis(), 1_777_887_000_987);
    assert_eq!(record.shard_id(), Some("shardId-000000000003"));
    assert_eq!(record.kinesis.encryption_type, Some(KinesisEncryptionType::Kms));
    assert!(decode::<KinesisEvent>("kinesis/minimal.json").records[0].kinesis.encryption_type.is_none());
}

#[test]
fn the_state_of_a_window_may_be_numbers() {
    let event: KinesisTimeWindowEvent<Map<u64>> = decode("kinesis/time-window-full.json");
    assert_eq!(event.state["/about"], 27);
    let response = serde_json::to_value(KinesisTimeWindowEventResponse::new(event.state)).unwrap();
    assert_eq!(
        response,
        serde_json::json!({ "state": { "/teas": 311, "/about": 27 }, "batchItemFailures": [] })
    );
}

#[tokio::test]
async fn a_batch_goes_on_at_the_record_that_could_not_be_read() {
    let event: KinesisEvent = decode("kinesis/full.json");
    let response = event.try_each(async |record| record.data().map(drop)).await.unwrap();
    assert_eq!(response.batch_item_failures.len(), 1);
    assert_eq!(response.batch_item_failures[0].item_identifier, event.records[1].kinesis.sequence_number);
}

#[tokio::test]
async fn a_panic_is_a_failure() {
    let event: KinesisEvent = decode("kinesis/full.json");
    let second = &event.records[1].kinesis.sequence_number;
    let response = event
        .try_each(async |record| {
            assert_ne!(&record.kinesis.sequence_number, second, "a bug");
            Ok::<_, String>(())
        })
        .await
        .unwrap();
    assert_eq!(&response.batch_item_failures[0].item_identifier, second);
}

#[test]
fn bytes_are_had_directly_and_text_that_is_no_base64_panics_where_it_is_used() {
    let data: Base64Data = serde_json::from_str(r#""aGVsbG8=""#).unwrap();
    assert_eq!((String::from_utf8(data.to_vec()).as_deref(), data.len()), (Ok("hello"), 5));
    let bad: Base64Data = serde_json::from_str(r#""%%%""#).unwrap();
    assert!(std::panic::catch_unwind(|| bad.len()).is_err());
}
