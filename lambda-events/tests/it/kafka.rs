use std::cell::RefCell;

use lambda_events::{
    BatchError,
    kafka::{KafkaEvent, KafkaRecord},
};
use serde_json::Value;

use crate::cases::decode;

#[test]
fn bytes_of_headers_are_read_whatever_their_sign() {
    let event: KafkaEvent = decode("kafka/full.json");
    let record = &event.records["clicks-0"][0];
    assert_eq!(record.header("shop"), Some(&b"harbour"[..]));
    assert_eq!(record.headers[1]["signed"].text(), Some("ü"));
    assert_eq!(record.header("unsigned"), Some(&[195, 188, 200][..]));
    assert_eq!(record.header("empty"), Some(&[][..]));
    assert_eq!(record.header("missing"), None);
    let error = serde_json::from_str::<KafkaEvent>(
        r#"{"records": {"t-0": [{"partition": 0, "offset": 0, "headers": [{"h": [256]}]}]}}"#,
    );
    assert!(error.unwrap_err().to_string().contains("from -128 to 255"));
}

#[test]
fn nulls_tombstones_and_bad_values_leave_the_batch_readable() {
    let event: KafkaEvent = decode("kafka/full.json");
    let [first, tombstone] = &event.records["clicks-0"][..] else { panic!("two records") };
    assert_eq!(first.value_json::<Value>().unwrap()["page"], "/teas");
    assert_eq!(first.value_schema_metadata.as_ref().unwrap().data_format, "AVRO");
    assert_eq!(tombstone.value().unwrap(), None);
    assert!(tombstone.value_json::<Value>().unwrap_err().is_absent());
    let bad = &event.records["clicks-7"][0];
    assert_eq!((bad.timestamp, bad.key().unwrap(), bad.offset), (None, None, 9_007_199_254_740_993));
    let error = bad.value().unwrap_err();
    assert!(error.is_base64());
    assert_eq!(error.record(), Some("clicks-7@9007199254740993"));
    let text = r#"{"records": {"t-0": [{"topic": "t", "partition": "0", "offset": 1, "headers": null}]}}"#;
    assert_eq!(serde_json::from_str::<KafkaEvent>(text).unwrap().records["t-0"][0].partition, 0);
}

fn batch() -> KafkaEvent {
    let records = |partition: i64| -> Vec<KafkaRecord> {
        (0..3)
            .map(|offset| KafkaRecord { topic: "t".into(), partition, offset, ..Default::default() })
            .collect()
    };
    KafkaEvent {
        records: [("t-0", records(0)), ("t-1", records(1)), ("t-2", Vec::new())].into(),
        ..Default::default()
    }
}

#[tokio::test]
async fn a_partition_ends_at_its_first_failure_and_the_others_go_on() {
    let tried = RefCell::new(Vec::new());
    let handle = async |record: &KafkaRecord| {
        tried.borrow_mut().push((record.partition, record.offset));
        if record.partition == 0 && record.offset == 1 { Err("no") } else { Ok(()) }
    };
    let event = batch();
    let one_by_one = event.try_each(&handle).await.unwrap();
    assert_eq!(*tried.borrow(), [(0, 0), (0, 1), (1, 0), (1, 1), (1, 2)]);
    let failure = &one_by_one.batch_item_failures[0].item_identifier;
    assert_eq!(
        (failure.partition.as_str(), failure.offset, one_by_one.batch_item_failures.len()),
        ("t-0", 1, 1)
    );
    assert_eq!(event.try_each_concurrent(2, &handle).await.unwrap(), one_by_one);
}

#[tokio::test]
async fn a_batch_of_which_nothing_was_handled_is_an_error() {
    let error = batch().try_each(async |_| Err::<(), _>("gone")).await.unwrap_err();
    assert_eq!(BatchError::of(&*error).unwrap().failures().len(), 2);
    let response = batch()
        .try_each(async |record| if record.partition == 0 || record.offset == 2 { Err("no") } else { Ok(()) })
        .await
        .unwrap();
    assert_eq!(response.batch_item_failures.len(), 2);
}
