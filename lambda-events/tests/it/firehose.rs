use lambda_events::firehose::{
    KinesisFirehoseEvent, KinesisFirehoseOtfOperation, KinesisFirehoseResponse, KinesisFirehoseResponseRecord,
};
use serde_json::json;

use crate::cases::decode;

#[test]
fn records_are_answered_one_by_one() {
    let event: KinesisFirehoseEvent = decode("firehose/full.json");
    assert_eq!(event.records[0].data().unwrap(), b"Hello harbour");
    let answer = KinesisFirehoseResponse::new(vec![
        KinesisFirehoseResponseRecord::ok("1", "x").with_partition_key("page", "/").with_table(
            "db",
            "t",
            KinesisFirehoseOtfOperation::Insert,
        ),
        KinesisFirehoseResponseRecord::dropped("2"),
        KinesisFirehoseResponseRecord::failed_as_it_was(&event.records[0]),
    ]);
    assert_eq!(
        serde_json::to_value(answer).unwrap(),
        json!({ "records": [
            { "recordId": "1", "result": "Ok", "data": "eA==", "metadata": { "partitionKeys": { "page": "/" }, "otfMetadata": {
                "destinationDatabaseName": "db", "destinationTableName": "t", "operation": "insert" } } },
            { "recordId": "2", "result": "Dropped", "data": "" },
            { "recordId": event.records[0].record_id, "result": "ProcessingFailed", "data": "SGVsbG8gaGFyYm91cg==" },
        ] })
    );
}

#[test]
fn numbers_and_times_that_are_strings_are_read() {
    let event: KinesisFirehoseEvent = serde_json::from_value(json!({ "records": [{
        "recordId": "1",
        "approximateArrivalTimestamp": "2012-04-23T18:25:43.511Z",
        "data": "",
        "kinesisRecordMetadata": { "subsequenceNumber": "123456", "approximateArrivalTimestamp": "1495072949453" },
    }] }))
    .unwrap();
    let record = &event.records[0];
    assert_eq!(record.approximate_arrival_timestamp.as_millis(), 1_335_205_543_511);
    assert_eq!(record.kinesis_firehose_record_metadata.as_ref().unwrap().subsequence_number, Some(123_456));
}
