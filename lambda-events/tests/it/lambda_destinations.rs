use lambda_events::lambda_destinations::{BatchRecord, InvocationCondition, InvocationRecord};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn a_failure_has_its_event_and_its_error() {
    let record: InvocationRecord = decode("lambda_destinations/failure.json");
    assert!(!record.is_success());
    assert_eq!(record.request_context.condition, InvocationCondition::RetriesExhausted);
    assert!(record.error().unwrap().error_message.starts_with("no box"));
    assert!(record.request_payload["orders"].is_array());
    let old: InvocationRecord = decode("lambda_destinations/too-old.json");
    assert!(old.response_context.is_none() && old.error().is_none());
}

#[test]
fn a_success_has_types_of_your_own() {
    #[derive(Clone, Debug, PartialEq, serde::Deserialize, serde::Serialize)]
    struct Order {
        id: u32,
    }
    let record: InvocationRecord<Order, String> = decode("lambda_destinations/success.json");
    assert!(record.is_success());
    assert_eq!((record.request_payload.id, record.response_payload.as_deref()), (17, Some("packed")));
}

#[test]
fn batches_say_which_records_were_given_up() {
    let kinesis: BatchRecord = decode("lambda_destinations/kinesis.json");
    let info = kinesis.kinesis_batch_info.as_ref().unwrap();
    assert_eq!((info.batch_size, info.shard_id.as_str()), (120, "shardId-000000000003"));
    assert_eq!(kinesis.event::<Value>().unwrap(), json!({"Records": []}));
    let dynamodb: BatchRecord = decode("lambda_destinations/dynamodb.json");
    assert!(dynamodb.event::<Value>().unwrap_err().is_absent());
    assert!(dynamodb.ddb_stream_batch_info.unwrap().approximate_creation_date_time_of_first_record.is_some());
    let kafka: BatchRecord = decode("lambda_destinations/kafka.json");
    assert_eq!(kafka.request_context.condition, InvocationCondition::PayloadSizeExceeded);
    assert_eq!(kafka.kafka_batch_info.unwrap().record_info.unwrap().offset, Some(80_215));
    let new: BatchRecord = decode("lambda_destinations/kafka-new-condition.json");
    assert_eq!(new.request_context.condition, InvocationCondition::Unknown("BrokerOutOfTea".into()));
}
