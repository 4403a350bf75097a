use lambda_events::{
    s3::S3Event,
    sns::{CloudWatchAlarmPayload, SnsEvent, SnsEventObj, SnsMessage},
    sqs::{SqsEvent, SqsMessage},
};
use serde_json::{Value, json};

use crate::cases::decode;

#[test]
fn a_message_that_does_not_decode_leaves_the_event_readable() {
    let event: SnsEventObj<Value> = decode("sns/full.json");
    assert_eq!(event.records[0].sns.payload().unwrap()["id"], 7);
    let event: SnsEventObj<Value> = decode("sns/minimal.json");
    let error = event.records[0].sns.payload().unwrap_err();
    assert_eq!(error.record(), Some("46006b35-bb32-4d06-8796-d46c38065f1e"));
}

#[test]
fn an_event_of_s3_in_a_notification_in_a_message_of_sqs_is_read() {
    let s3 = json!({ "Records": [{ "eventTime": "1970-01-01T00:00:00.000Z", "s3": {
        "bucket": { "name": "b" }, "object": { "key": "k" } } }] });
    // In a message of SQS, the URLs are spelt otherwise than in an event of SNS.
    let notification = json!({
        "Type": "Notification", "MessageId": "n", "TopicArn": "arn", "Message": s3.to_string(),
        "Timestamp": "2026-01-11T10:00:54.708Z", "SignatureVersion": "1", "Signature": "s",
        "SigningCertURL": "https://cert", "UnsubscribeURL": "https://unsubscribe",
    });
    let message = SqsMessage { message_id: "m".into(), body: notification.to_string(), ..Default::default() };
    let event = SqsEvent { records: vec![message], ..Default::default() };

    let notification: SnsMessage = event.records[0].json().unwrap();
    assert_eq!(notification.signing_cert_url, "https://cert");
    assert_eq!(notification.unsubscribe_url, "https://unsubscribe");
    let inner: S3Event = notification.json().unwrap();
    assert_eq!(inner.records[0].s3.bucket.name, "b");
    assert_eq!(notification.json::<u8>().unwrap_err().record(), Some("n"));
    assert_eq!(event.records[0].json::<S3Event>().unwrap_err().record(), Some("m"));
}

#[test]
fn alarms_are_typed() {
    let event: SnsEventObj<CloudWatchAlarmPayload> = decode("sns/alarm-math.json");
    let trigger = event.records[0].sns.payload().unwrap().trigger.as_ref().unwrap();
    assert_eq!(trigger.metrics.as_ref().unwrap().len(), 3);
    assert_eq!(trigger.threshold, Some(0.5));
    let event: SnsEvent = decode("sns/alarm-full.json");
    let alarm: CloudWatchAlarmPayload = event.records[0].sns.json().unwrap();
    assert_eq!(alarm.state_change_time.as_millis(), Ok(1_777_887_000_120));
}
